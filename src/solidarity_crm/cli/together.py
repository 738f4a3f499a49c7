"""What is typed, looked at once it is all there: what a single value's parser cannot see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import BadValue, Usage
from solidarity_crm.queries.lookup import begins, name_of
from solidarity_crm.rules.refs import parse
from solidarity_crm.text import one_line, words

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.rules.refs import Ref


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that were typed.

    Raises Usage when none was.
    """
    found = {name: value for name, value in fields.items() if value is not None}
    if not found:
        sentence = "nothing to change was given"
        raise Usage(sentence, "the same command with --help, for what can be changed")
    return found


def not_ahead(when: date) -> date:
    """Give a day on which something happened.

    Raises BadValue for a day that has not come.
    """
    if when > today():
        raise BadValue("day", when, "it has not come yet", "--on today")
    return when


def not_the_name(ref: Ref, text: str, command: str) -> None:
    """Refuse a word that goes on with the name of the record before it, as in ``contact tag amina yusuf`` without quotes.

    Raises Usage; a record that is named by its ref has no name to go on with.
    """
    typed, name = current().typed.get(ref, str(ref)), name_of(current().store, ref) or ""
    if words(text) and not parse(typed) and begins(name, [*words(typed), *words(text)]):
        sentence = f"{one_line(text)!r} is a part of the name of {ref} {one_line(name)}; what has several words goes in quotes"
        raise Usage(sentence, f'solidarity {command} {ref} "{one_line(text)}", if it is more than the name')


def next_step(what: str | None, due: date | None) -> tuple[str, date] | None:
    """Give a follow-up that was asked for beside something else, or None.

    Raises Usage when only half of it was given.
    """
    if what is None and due is None:
        return None
    if what is None or due is None:
        sentence = "a follow-up needs both --follow-up and --due"
        raise Usage(sentence, '--follow-up "Send the leaflet" --due friday')
    return what, due
