"""Outreach: drafts made from a template, one to a person, handed over for sending, or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import BadValue, NobodyWrittenTo, NotFound, NotWritten, Refused
from solidarity_crm.exchange.outreach.mail import eml
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.move import Move
from solidarity_crm.queries import drafts
from solidarity_crm.queries.contacts import contact, contacts
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Store
from solidarity_crm.reports.letters import Writer, not_written
from solidarity_crm.rules import lifecycles
from solidarity_crm.rules.outreach import words_said
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import budgets, introduction_words
from solidarity_crm.services.moves import move
from solidarity_crm.services.outgoing import AS_THEY_ARE, Leaving, Recipients, has_left, has_not_arrived
from solidarity_crm.store.interrupts import heed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from solidarity_crm.queries.contacts import Contact as Person
    from solidarity_crm.queries.contacts import ContactFilter
    from solidarity_crm.reports.letters import Letter, Order
    from solidarity_crm.store.transaction import Tx


class Group(NamedTuple):
    """Who is written to: contacts by their refs, or all that a filter finds."""

    refs: Sequence[Ref] = ()
    wanted: ContactFilter | None = None
    name: str | None = None  # of a filter that is kept


class Drafted(NamedTuple):
    """The drafts that were made, and who was left out with the reason."""

    made: list[Ref]
    left_out: list[NotWritten]


class File(NamedTuple):
    """A draft as a mail program opens it."""

    ref: Ref
    content: bytes
    message_id: str


class Exported(NamedTuple):
    """The files to hand over, and who was left out with the reason."""

    files: list[File]
    left_out: list[NotWritten]


def draft(
    tx: Tx,
    order: Order,
    group: Group,
    *,
    today: date,
    again: bool = False,
    anyway: str | None = None,
    watched: Callable[[Sequence[Person]], Iterable[Person]] = iter,
) -> Drafted:
    """Make one draft for each person of a group; who may not be written to is left out.

    ``again`` makes one also for those with a draft of the same template about the same record that has not gone out.
    Who was asked for something too often is left out of asking for more (an engagement template), unless ``anyway`` says
    why it cannot wait. ``watched`` goes through the people, so that a command can show how far it is. Raises what
    :class:`solidarity_crm.reports.letters.Writer` raises, NotWritten or NobodyWrittenTo when nobody is left, and Refused
    for a group of nobody.
    """
    store = Store(tx.connection, tx.settings)
    writer = Writer(store, order, today=today)
    standing = {} if again else drafts.standing(store, order.template.name, str(order.about) if order.about else None)
    done, people = Drafted([], []), _people(store, group, today=today)
    too_often = _asked_too_often(tx, order, people, today=today)
    permissions = Permissions(store, [int(person.ref[1:]) for person in people], today=today)
    go_on, rows = bool(anyway and anyway.strip()), []
    for person in watched(people):
        heed()
        there = standing.get(int(person.ref[1:]))
        if there:
            done.left_out.append(not_written(person, f"they have draft {there} already", "the same command with --again, for one more"))
            continue
        why = too_often.get(int(person.ref[1:]))
        allowed = permissions.of(int(person.ref[1:]), order.template.purpose, asked_too_much=why, anyway=go_on)
        try:
            letter = writer.letter(person, allowed)
            if why:
                budgets.keep(tx, int(person.ref[1:]), order.about, on=today, reason=anyway or "")
            rows.append(_row(letter, anyway if why else None))
        except NotWritten as reason:
            done.left_out.append(reason)
    done.made.extend(_keep(tx, rows))
    _check_somebody(done.made, done.left_out)
    return done


def write(tx: Tx, order: Order, to: Ref, *, today: date, anyway: str | None = None) -> Ref:
    """Make one draft to one contact, whose ask budget was looked at already if it asks them for something.

    ``anyway`` is the reason that took, if it took one. Raises what :class:`solidarity_crm.reports.letters.Writer` raises, NotFound or NotWritten.
    """
    tx.session.flush()
    store = Store(tx.connection, tx.settings)
    letter = Writer(store, order, today=today).letter(_person(store, to, today=today))
    (made,) = _keep(tx, [_row(letter, anyway)])
    return made


def export(tx: Tx, refs: Sequence[Ref], how: Leaving = AS_THEY_ARE, *, today: date, unsent: bool = True) -> Exported:
    """Mark drafts as handed over for sending, and give their files; without refs, all that have not gone out.

    An ``unsent`` message is marked so, for a program that opens it ready to send. Who has since become somebody who may not be
    written to is left out. A draft that was exported before keeps its Message-ID. What a draft tells (the privacy notice, what
    came of an introduction) counts as told on that day. Raises Refused without an address to write from, MoveRefused, NotFound,
    or NotWritten or NobodyWrittenTo when nobody is left.
    """
    done = Exported([], [])
    there = _together(tx, refs)  # by one question; each is asked for by itself then, and found in memory
    wanted = [_one(tx, ref) for ref in dict.fromkeys(refs)] if refs else there
    recipients, moves = Recipients(tx, wanted, how, today=today), []
    for one in wanted:
        heed()
        why = recipients.objection(one)
        if why:
            done.left_out.append(why)
        else:
            moves += _moves(one, today)
            done.files.append(_hand_over(tx, one, recipients, today=today, unsent=unsent))
    tx.insert_values(Move, moves)
    _check_somebody(done.files, done.left_out)
    return done


def put_back(tx: Tx, refs: Sequence[Ref], *, today: date) -> None:
    """Make drafts that were exported today, and whose files could not be written after all, drafts again.

    Raises NotFound.
    """
    for ref in refs:
        one = tx.get(Draft, ref.number)
        move(tx, one, lifecycles.DRAFT, "put back", on=today, why="its file could not be written")
        has_not_arrived(tx, one)
        one.exported_at = None


def reword(tx: Tx, ref: Ref, subject: str, body: str) -> None:
    """Change what a draft says; one that was approved is to be read again.

    Raises NotFound, MoveRefused for one that has gone out, BadValue for an empty or too long text, NotWritten for words
    that are not to be used with its person, or Refused for words that give the other person of an introduction away.
    """
    one = tx.get(Draft, ref.number)
    lifecycles.after(lifecycles.DRAFT, one.ref, one.status, "send")
    if (one.subject, one.body) == (subject.strip(), body):
        return
    person = tx.get(Contact, one.contact_id)
    avoided = words_said(f"{subject}\n{body}", person.words_to_avoid)
    if avoided:
        raise not_written(person, f"the message says {avoided[0]!r}, which is not to be used with them")
    introduction_words.check_reworded(tx, one, f"{subject}\n{body}")
    one.change(subject=subject, body=body)
    one.approved_on = None


def cancel(tx: Tx, ref: Ref, *, on: date, why: str | None = None) -> Ref:
    """Cancel a draft; whom one that was exported would have told what came of an introduction, or given the privacy notice, is owed that again.

    Raises MoveRefused or NotFound.
    """
    draft = tx.get(Draft, ref.number)
    if draft.status == "exported":
        has_not_arrived(tx, draft)
    move(tx, draft, lifecycles.DRAFT, "cancel", on=on, why=why)
    return ref


def _people(store: Store, group: Group, *, today: date) -> list[Person]:
    """Give the people of a group, each once.

    Raises Refused when there are none, or NotFound.
    """
    if group.wanted is None:
        return [_person(store, ref, today=today) for ref in dict.fromkeys(group.refs)]
    found = contacts(store, today=today, wanted=group.wanted)
    if not found:
        sentence = "no contact is in that group"
        kept = group.name and f'solidarity outreach group show "{group.name}"'
        raise Refused(sentence, kept or "solidarity contact list with the same options")
    return found


def _asked_too_often(tx: Tx, order: Order, people: Sequence[Person], *, today: date) -> dict[int, str]:
    """Give who should not be asked for one more thing now, and why, when the template asks for something."""
    if order.template.purpose != "engagement":
        return {}
    return budgets.weigh(tx, [int(person.ref[1:]) for person in people], order.about, on=today)


def _person(store: Store, ref: Ref, *, today: date) -> Person:
    """Give a contact.

    Raises NotFound.
    """
    found = contact(store, ref.number, today=today)
    if found is None:
        raise NotFound("contact", str(ref))
    return found


def _keep(tx: Tx, rows: Sequence[dict[str, Any]]) -> list[Ref]:
    """Store drafts."""
    return [Ref("D", number) for number in tx.insert_values(Draft, rows)]


def _row(letter: Letter, anyway: str | None) -> dict[str, Any]:
    """Give a letter as the draft that is kept of it, with why it may ask somebody past their budget.

    Raises NotWritten for a subject or an address that is too long.
    """
    fields = {**letter._asdict(), "contact_id": int(letter.to.ref[1:]), "about": letter.about and letter.about.ref, "anyway": anyway}
    try:
        return Draft.checked_values(**fields)
    except BadValue as problem:
        raise not_written(letter.to, problem.sentence) from None


def _one(tx: Tx, ref: Ref) -> Draft:
    """Give a draft that may be exported.

    Raises NotFound or MoveRefused.
    """
    found = tx.get(Draft, ref.number)
    lifecycles.after(lifecycles.DRAFT, found.ref, found.status, "export")
    return found


def _moves(one: Draft, today: date) -> list[dict[str, Any]]:
    """Take the step of a draft that is exported; give the move, for all drafts' to be stored at once."""
    before, one.status = one.status, lifecycles.after(lifecycles.DRAFT, one.ref, one.status, "export")
    if before == one.status:
        return []
    return [Move.checked_values(ref=one.ref, from_status=before, to_status=one.status, moved_on=today)]


def _hand_over(tx: Tx, one: Draft, recipients: Recipients, *, today: date, unsent: bool) -> File:
    """Mark a draft as handed over and give its file."""
    message = recipients.let_go(one)
    one.exported_at = tx.now
    has_left(tx, one, recipients.of(one), on=today)
    return File(Ref("D", stored(one)), eml(message, unsent=unsent), message.message_id)


def _together(tx: Tx, refs: Sequence[Ref]) -> list[Draft]:
    """List the drafts of these refs that there are, or all that have not gone out, in order."""
    wanted = col(Draft.id).in_({ref.number for ref in refs}) if refs else col(Draft.status) == "draft"
    return list(tx.session.exec(select(Draft).where(wanted).order_by(col(Draft.id))))


def _check_somebody(made: Sequence[object], left_out: Sequence[NotWritten]) -> None:
    """Raise NotWritten or NobodyWrittenTo when everybody was left out."""
    if left_out and not made:
        raise left_out[0] if len(left_out) == 1 else NobodyWrittenTo(left_out)
