"""Accepting a reply to the web form: what was typed, what the reply says, and in a terminal what is asked, made one decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import NotFound, Refused, Usage
from solidarity_crm.queries.contacts import contact
from solidarity_crm.reports.cards.proposal import proposed
from solidarity_crm.reports.wording import mentions
from solidarity_crm.rules import lifecycles
from solidarity_crm.rules.refs import Ref, parse
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from solidarity_crm.reports.cards.proposal import Proposed
    from solidarity_crm.services.intake import Decision, Made


class Typed(NamedTuple):
    """What was said on the command line; None where nothing was."""

    contact: Ref | None
    new: bool
    name: str | None
    email: str | None
    phone: str | None
    organisation: Ref | str | None
    no_organisation: bool
    role: str | None
    kinds: tuple[str, ...] | None
    communities: tuple[str, ...] | None
    about: str | None
    owner: str | None
    basis: str | None


def contact_meant(text: str | Ref) -> Ref:
    """Read which contact wrote a reply; the name of somebody who uses the program is taken for a slip.

    Raises Usage, or what finding a contact raises.
    """
    if isinstance(text, Ref):
        return text
    if parse(text) is None and any(fold(person).startswith(fold(text)) for person in given.people()):
        sentence = f"--as names the contact who wrote, and {text!r} is who is typing"
        raise Usage(sentence, f"--as P12 for the contact; solidarity --as {text!r} intake accept … for who is typing")
    return given.record("P")(text)


Reply = Annotated[Any, given.argument("R", "The reply, by ref or name.")]
As = Annotated[
    Any,
    typer.Option(
        "--as",
        help="The contact who wrote it, by ref or name.",
        parser=contact_meant,
        autocompletion=given.completing("P"),
        metavar="CONTACT",
        show_default=False,
    ),
]
Kinds = Annotated[
    list[Any] | None, given.one_of("kind of help", given.kinds, "--kind", text="A kind of help they offer; several times.", metavar="KIND")
]


def accept(
    reply: Reply,
    as_: As = None,
    new: Annotated[bool, typer.Option("--new", help="It is somebody new.")] = False,
    name: Annotated[str | None, typer.Option("--name", help="Their name, if it is not what they wrote.", show_default=False)] = None,
    email: Annotated[str | None, typer.Option("--email", help='Their address, put right; "" for none.', show_default=False)] = None,
    phone: Annotated[str | None, typer.Option("--phone", help='Their number, put right; "" for none.', show_default=False)] = None,
    org: Annotated[Any, given.option("O", "--org", text="The organisation where they have a role.")] = None,
    new_org: Annotated[str | None, typer.Option("--new-org", help="The name of an organisation to add.", show_default=False)] = None,
    no_org: Annotated[bool, typer.Option("--no-org", help="No role at an organisation.")] = False,
    role: opt.Role = None,
    kind: Kinds = None,
    no_offer: Annotated[bool, typer.Option("--no-offer", help="They offer no help yet.")] = False,
    for_: given.ForCommunities = None,
    about: Annotated[str | None, typer.Option("--about", help="What they offer, in a line.", metavar="TEXT", show_default=False)] = None,
    owner: given.Owner = None,
    basis: opt.Basis = None,
    yes: given.Yes = False,
) -> None:
    """Accept a reply: contact, role, offers, what they wrote and the follow-up, in one step that undo takes back.

    In a terminal you are asked what is not said. Example: solidarity intake accept R1 --as amina --kind data
    """
    _check(as_, new=new, name=name, org=org, new_org=new_org, no_org=no_org, kind=kind, no_offer=no_offer)
    store = current().store
    found = proposed(store, reply.number)
    if found is None:
        raise NotFound("proposal", str(reply))
    lifecycles.after(lifecycles.PROPOSAL, str(reply), found.proposal.status, "accept")
    typed = Typed(
        as_,
        new,
        name,
        email,
        phone,
        org or new_org or None,
        no_org,
        role,
        () if no_offer else tuple(kind) if kind else None,
        tuple(for_) if for_ else None,
        about,
        owner,
        basis or None,
    )
    if current().interactive and not yes:
        from solidarity_crm.cli.intake_walk import walked  # noqa: PLC0415 - only when somebody is asked

        typed = walked(found, typed)
    decided = decision(found, typed)
    with change("intake accept") as tx:
        made = services.intake.accept(tx, reply, decided, today=today())
    show(reply)
    _tell(found, decided, made)


def decision(found: Proposed, typed: Typed) -> Decision:
    """Make one decision of what was said and what the reply says.

    Raises Refused where somebody must say which contact or organisation is meant, Usage for a reply without a name.
    """
    from solidarity_crm.services.intake import Decision  # noqa: PLC0415 - with SQLModel, which reading does without

    one = found.proposal
    who = typed.contact or (None if typed.new else _sure(found))
    if who is None and not (typed.name or one.name):
        sentence = f"{one.ref} has no name in it, and a contact needs one"
        raise Usage(sentence, f"solidarity intake accept {one.ref} --name NAME")
    return Decision(
        who,
        typed.name or one.name,
        (one.email if typed.email is None else typed.email) or None,
        (one.phone if typed.phone is None else typed.phone) or None,
        None if typed.no_organisation else typed.organisation or _organisation(found),
        typed.role or one.role,
        tuple(each.value for each in found.kinds) if typed.kinds is None else typed.kinds,
        tuple(each.value for each in found.communities) if typed.communities is None else typed.communities,
        typed.about,
        typed.owner,
        typed.basis,
    )


def _sure(found: Proposed) -> Ref | None:
    """Give the one contact whom the reply is surely of, or None when nobody is like whoever wrote it.

    Raises Refused when it may be somebody, and is not sure.
    """
    sure = [each for each in found.likely if each.sure]
    if len(sure) == 1:
        return parse(sure[0].ref)
    if not found.likely:
        return None
    candidates = "; ".join(f"{each.ref} {each.name} ({', '.join(each.reasons)})" for each in found.likely[:5])
    ref = found.proposal.ref
    sentence = f"{ref} may be of somebody you have: {candidates}"
    raise Refused(sentence, f"solidarity intake accept {ref} --as {found.likely[0].ref}, or --new for somebody new")


def _organisation(found: Proposed) -> Ref | str | None:
    """Give the organisation that they named: the one there is, or the name of a new one.

    Raises Refused when several are called so.
    """
    if len(found.organisations) > 1:
        sentence = f"{found.proposal.organisation!r} could be any of: {mentions(found.organisations)}"
        raise Refused(sentence, f"solidarity intake accept {found.proposal.ref} --org {found.organisations[0].ref}")
    return parse(found.organisations[0].ref) if found.organisations else found.proposal.organisation


def _check(contact: Ref | None, *, new: bool, name: str | None, **said: Any) -> None:
    """Refuse what contradicts itself.

    Raises Usage.
    """
    if contact and new:
        sentence = "it is either somebody you have or somebody new"
        raise Usage(sentence, f"--as {contact}, or --new")
    if contact and name:
        sentence = "a contact that is there keeps its name"
        raise Usage(sentence, f'solidarity contact edit {contact} --name "{name}"')
    if sum(bool(said[each]) for each in ("org", "new_org", "no_org")) > 1:
        sentence = "only one of --org, --new-org and --no-org can be"
        raise Usage(sentence, "--org NAME")
    if said["kind"] and said["no_offer"]:
        sentence = "either they offer help of a kind or none"
        raise Usage(sentence, "--kind KIND, or --no-offer")


def _tell(found: Proposed, decided: Decision, made: Made) -> None:
    """Say what was made, and what somebody should know before they answer."""
    offered = f", {', '.join(map(str, made.offers))}" if made.offers else ""
    kept = "filled in" if decided.contact else "added"
    output.note(f"{made.contact} {kept}{offered}, {made.interaction}; to do: {made.followup}; solidarity undo takes all of it back")
    for other in found.likely if decided.contact is None else ():
        reasons = ", ".join(other.reasons)
        output.note(f"{other.ref} {other.name} may be the same person ({reasons}): solidarity contact merge {other.ref} {made.contact}")
    person = contact(current().store, made.contact.number, today=today())
    if person and not person.basis:
        output.note(
            f"no consent was ticked: solidarity contact edit {made.contact} --basis BASIS, once you know on what ground you keep this"
        )
    if person and person.do_not_contact:
        why = f": {person.do_not_contact_reason}" if person.do_not_contact_reason else ""
        output.note(f"TAKE CARE: {person.ref} {person.name} is marked do not contact{why}. That stays so until you change it")
