"""A proposal's card: who wrote, who it may be, what accepting it would do and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.proposals import Likely, Proposal, likely, organisation_like, organisations_called, proposal, sorted_reply
from solidarity_crm.reports.cards.sections import moved, said, table, text
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day, mention
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.queries.reading import Named, Store
    from solidarity_crm.rules.sorting import Choice

WAITING = "waiting"


class Sorting(NamedTuple):
    """A kind of help or a community that a reply was sorted into, and why."""

    value: str
    because: str


class Proposed(NamedTuple):
    """A proposal with what accepting it would make of it; the last five are empty once it was accepted or rejected.

    ``organisations`` are those called as they wrote, ``organisation_like`` the one called most like it when none is.
    """

    proposal: Proposal
    likely: tuple[Likely, ...]
    organisations: tuple[Named, ...]
    organisation_like: Named | None
    kinds: tuple[Sorting, ...]
    communities: tuple[Sorting, ...]

    def record(self) -> dict[str, object]:
        """Give the proposal's fields and what is proposed, as JSON has them."""
        return {**self.proposal._asdict(), **{field: value for field, value in self._asdict().items() if field != "proposal"}}


def proposed(store: Store, number: int) -> Proposed | None:
    """Give a proposal with what is proposed, or None."""
    found = proposal(store, number)
    if found is None:
        return None
    if found.status != WAITING:
        return Proposed(found, (), (), None, (), ())
    sorted_into = sorted_reply(found, store.settings)
    called = organisations_called(store, found.organisation)
    like = None if called else organisation_like(store, found.organisation)
    return Proposed(
        found, tuple(likely(store, found)), tuple(called), like, _sortings(sorted_into.kinds), _sortings(sorted_into.communities)
    )


def card(store: Store, number: int, *, today: date) -> tuple[dict[str, object], Document] | None:
    """Give a proposal and its card, or None."""
    found = proposed(store, number)
    if found is None:
        return None
    one = found.proposal
    facts = [
        ("From", one.name),
        ("Pronouns", one.pronouns),
        ("E-mail", one.email),
        ("Phone", one.phone),
        ("Organisation", _organisation(found)),
        ("Role", one.role),
        ("Came by", f"{one.origin}, {day(one.received_on)} ({ago(one.received_on, today)})"),
        ("Reply due", f"{day(one.reply_due)} ({ago(one.reply_due, today)})" if one.status == WAITING else None),
        ("Consent", one.consent or ("none ticked" if one.body else None)),
        ("Status", one.status + (f" on {day(one.ended_on)}" if one.ended_on else "")),
        ("Contact", mention(one.contact)),
        ("Owner", one.owner),
    ]
    return found.record(), Document(f"{one.ref} {one.who}", "Form reply", filled(facts), [*_sections(store, found)])


def would(found: Proposed) -> str:
    """Say in a few lines what accepting a proposal would do, and what it leaves to be decided."""
    one = found.proposal
    sure = [each for each in found.likely if each.sure]
    if len(sure) == 1:
        who = f"fills in what {sure[0].ref} {sure[0].name} lacks; nothing there is overwritten"
    elif found.likely:
        who = f"asks who it is: --as {found.likely[0].ref}, or --new for somebody new"
    else:
        who = f"adds {one.who} as a new contact"
    basis = "the basis is consent" if one.consent else "no consent was ticked, so the basis is left open"
    offered = ", ".join(each.value for each in found.kinds)
    what = f"adds {'an offer' if len(found.kinds) == 1 else 'offers'} of {offered}" if found.kinds else "adds no offer: --kind says one"
    return "\n".join((who, basis, what, f"keeps the text with the contact, and a follow-up to reply by {day(one.reply_due)}"))


def _sections(store: Store, found: Proposed) -> Iterable[Section]:
    """Give the parts of the card that have something to say."""
    one = found.proposal
    yield from table(
        "Who it may be",
        ("Ref", "Name", "Why"),
        [(each.ref, each.name, ", ".join(each.reasons) + (" (do not contact)" if each.do_not_contact else "")) for each in found.likely],
    )
    yield from table("Offers", ("Kind", "Why"), [(each.value, each.because) for each in found.kinds])
    yield from table("For", ("Community", "Why"), [(each.value, each.because) for each in found.communities])
    yield from text("What they wrote", one.body)
    if one.status == WAITING:
        yield Section("Accepting it", text=would(found))
    yield from moved(store, one.ref)
    yield from said(store, one.ref)


def _organisation(found: Proposed) -> str | None:
    """Say which organisation is meant, or that it would be new."""
    if found.proposal.status != WAITING or not found.proposal.organisation:
        return found.proposal.organisation
    if found.organisations:
        return mention(found.organisations[0]) + "".join(f" or {mention(other)}" for other in found.organisations[1:])
    near = f"; or is it {mention(found.organisation_like)}?" if found.organisation_like else ""
    return f"{found.proposal.organisation} (new{near})"


def _sortings(choices: tuple[Choice, ...]) -> tuple[Sorting, ...]:
    """Give choices with their reasons in words."""
    return tuple(Sorting(choice.value, str(choice.reason)) for choice in choices)
