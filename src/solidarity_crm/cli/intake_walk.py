"""What is asked in a terminal before a reply to the web form is accepted: who it is, from where, what they offer; then one yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import prompts
from solidarity_crm.cli.cards import facts
from solidarity_crm.cli.context import current
from solidarity_crm.errors import Declined
from solidarity_crm.reports import text_form
from solidarity_crm.rules.refs import parse

if TYPE_CHECKING:
    from solidarity_crm.cli.commands.intake_accept import Typed
    from solidarity_crm.queries.proposals import Likely
    from solidarity_crm.reports.cards.proposal import Proposed

NEW, ANOTHER, NONE = "somebody new", "another contact", "no organisation"


def walked(found: Proposed, typed: Typed) -> Typed:
    """Ask what was not said, and then whether to go on; what was said is not asked again.

    Raises Declined, or KeyboardInterrupt when the person gives up.
    """
    ref = parse(found.proposal.ref)
    assert ref is not None  # noqa: S101 - it is a record's own ref
    output.note(text_form.text(facts(ref)[1], current().style.width))
    typed = _named(found, _organised(found, _who(found, typed)))
    typed = _offered(found, typed)
    if not prompts.agree(_told(found, typed)):
        raise Declined
    return typed


def _who(found: Proposed, typed: Typed) -> Typed:
    """Ask which contact it is, when it may be one."""
    if typed.contact or typed.new or not found.likely:
        return typed._replace(new=not typed.contact)
    listed = {_candidate(each): each.ref for each in found.likely}
    chosen = prompts.choose(f"Who is {found.proposal.who}", [*listed, NEW, ANOTHER])
    if chosen == NEW:
        return typed._replace(new=True)
    named = prompts.text("Which contact, by ref or name") if chosen == ANOTHER else listed[chosen]
    return typed._replace(contact=given.record("P")(named))


def _candidate(each: Likely) -> str:
    """Give a contact as a choice, with why it may be them."""
    care = "; DO NOT CONTACT" if each.do_not_contact else ""
    return f"{each.ref} {each.name}: {', '.join(each.reasons)}{care}"


def _organised(found: Proposed, typed: Typed) -> Typed:
    """Ask which organisation is meant, when they named one."""
    named = found.proposal.organisation
    if typed.organisation or typed.no_organisation or not named:
        return typed
    near = [found.organisation_like] if found.organisation_like else []
    there = {f"{each.ref} {each.name}": each.ref for each in (*found.organisations, *near)}
    new = f"new: {named}"
    chosen = prompts.choose(
        f"Where do they work; they wrote {named!r}", [*there, new, NONE] if found.organisations else [new, *there, NONE]
    )
    if chosen == NONE:
        return typed._replace(no_organisation=True)
    return typed._replace(organisation=parse(there[chosen]) if chosen in there else named)


def _named(found: Proposed, typed: Typed) -> Typed:
    """Ask for the name that a new contact needs."""
    if typed.contact or typed.name or found.proposal.name:
        return typed
    return typed._replace(name=prompts.text("What are they called"))


def _offered(found: Proposed, typed: Typed) -> Typed:
    """Ask what they offer, and for whom; what the words say is ticked to begin with."""
    if typed.kinds is None:
        typed = typed._replace(kinds=tuple(prompts.tick("What do they offer", given.kinds(), [each.value for each in found.kinds])))
    if typed.kinds and typed.communities is None and given.communities():
        ticked = [each.value for each in found.communities]
        typed = typed._replace(communities=tuple(prompts.tick("For whom", given.communities(), ticked)))
    return typed


def _told(found: Proposed, typed: Typed) -> str:
    """Say in a line what would be done."""
    who = f"{typed.contact} is filled in" if typed.contact else f"{typed.name or found.proposal.who} is added"
    offers = f"offers of {', '.join(typed.kinds)}" if typed.kinds else "no offer"
    return f"{who}, with {offers} and a follow-up to reply"
