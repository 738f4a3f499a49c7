"""Who has heard what came of an introduction: by a letter once it has left, or in another way that was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.models.draft import Draft
from solidarity_crm.models.introduction import Introduction
from solidarity_crm.rules import lifecycles, telling
from solidarity_crm.rules.refs import Ref, parse
from solidarity_crm.services.introductions import sides_of
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.models.introduction import IntroductionSide
    from solidarity_crm.store.transaction import Tx


def told(tx: Tx, draft: Draft, *, on: date) -> None:
    """Count whoever a letter that has left tells what came of an introduction as told, and thanks that it says as given."""
    introduction, sides = _told_by(tx, draft)
    if introduction is None or introduction.ended_on is None:
        return
    hear(introduction, sides, draft.contact_id, on)


def untold(tx: Tx, draft: Draft) -> None:
    """Count whom a letter that had left told, and did not reach after all, as not told, and thanks that it said as owed.

    Thanks that were recorded on another day stay.
    """
    introduction, sides = _told_by(tx, draft)
    if introduction is None or not (draft.exported_at or draft.sent_at):
        return
    days = [introduction.introducer_told_on] if introduction.introducer_id else [side.told_on for side in sides]
    theirs = [side for side in sides if side.contact_id == draft.contact_id and side.told_on]
    thanked_by_it = bool(theirs) if introduction.introducer_id is None else draft.contact_id == introduction.introducer_id
    if thanked_by_it and introduction.thanked_on == max((day for day in days if day), default=None):
        introduction.thanked_on = None
    for side in theirs:
        side.told_on = None
    if draft.contact_id == introduction.introducer_id:
        introduction.introducer_told_on = None


def hear(introduction: Introduction, sides: Sequence[IntroductionSide], number: int, on: date) -> None:
    """Count somebody as told, and thanks as given once whoever helped has been: the introducer, or both of the two."""
    for side in sides:
        if side.contact_id == number:
            side.told_on = side.told_on or on
    if number == introduction.introducer_id:
        introduction.introducer_told_on = introduction.introducer_told_on or on
    heard = introduction.introducer_told_on if introduction.introducer_id else all(side.told_on for side in sides)
    if heard and introduction.met_on and introduction.thanked_on is None:
        introduction.thanked_on = on


def waiting(tx: Tx, ref: Ref) -> dict[int, Draft]:
    """Give the letters that tell what came of an introduction and have not left, or perhaps not, by whom they are to."""
    letters = select(Draft).where(Draft.about == str(ref), col(Draft.template).in_(telling.TEMPLATES))
    found = tx.session.exec(letters.where(col(Draft.status).in_(lifecycles.WAITING_DRAFT)).order_by(col(Draft.id).desc()))
    return {one.contact_id: one for one in found}


def take_back(tx: Tx, letters: Iterable[Draft], *, on: date) -> None:
    """Cancel letters to people who were told in another way."""
    for one in letters:
        if one.status == "draft":
            move(tx, one, lifecycles.DRAFT, "cancel", on=on, why="they were told in another way")


def _told_by(tx: Tx, draft: Draft) -> tuple[Introduction | None, list[IntroductionSide]]:
    """Give the introduction of which a letter tells what came, and its sides; None for any other letter."""
    ref = parse(draft.about or "")
    if ref is None or ref.letter != "I" or draft.template not in telling.TEMPLATES:
        return None, []
    return tx.get(Introduction, ref.number), list(sides_of(tx, ref).values())
