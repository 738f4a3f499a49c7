"""Letters: one template, and the message that it makes for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from solidarity_crm.errors import BadValue, NotFound, NotWritten, Refused, Unfilled
from solidarity_crm.exchange.outreach.mail import address
from solidarity_crm.exchange.outreach.markdown import escaped
from solidarity_crm.exchange.outreach.templates import Form, Message, tidy
from solidarity_crm.queries import lookup
from solidarity_crm.queries.contacts import contact
from solidarity_crm.queries.dead_addresses import dead, is_dead
from solidarity_crm.queries.introductions import Introduction
from solidarity_crm.queries.offers import Offer
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports import letter_facts as facts
from solidarity_crm.reports.letters_of_introduction import People, Words, told_to
from solidarity_crm.reports.wording import mention
from solidarity_crm.rules import notices, refs
from solidarity_crm.rules.closings import Network, closed
from solidarity_crm.rules.outreach import words_said
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from solidarity_crm.exchange.outreach.template_files import Template
    from solidarity_crm.queries.contacts import Contact
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.rules.permission import Permission
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.settings import Settings

_ALWAYS = ("contact", "network", "sender", "today", "notice")
_BY_OPTION = {
    "about": "--about with the ref of an offer, ask, introduction or meeting",
    "offer": "--about with an offer's ref, like H1",
    "ask": "--about with an ask's ref, like A1",
    "introduction": "--about with an introduction's ref, like I1",
    "meeting": "--about with a meeting's ref, like M1",
    "kind": "--kind with a kind of help, like information",
}
_IN_SETTINGS = {
    "network.address": 'address = "12 Example Row, Leeds" under [network] in solidarity.toml',
    "network.email": 'email = "hello@example.org" under [network] in solidarity.toml',
    "sender.email": 'email = "you@example.org" under [[people]] in solidarity.toml',
}


class Order(NamedTuple):
    """What is to be written, by whom, and what was said about it on the command line.

    ``description`` and ``words`` are for asking about an introduction: who the other is, without a name, and a word of ours.
    """

    template: Template
    owner: str
    about: Ref | None
    kind: str | None
    values: Mapping[str, str]
    description: str | None = None
    words: str | None = None


class Letter(NamedTuple):
    """A message to one person, not kept yet."""

    to: Named
    to_address: str
    template: str
    about: Named | None
    purpose: str
    subject: str
    body: str
    with_notice: bool
    owner: str


class _Told(NamedTuple):
    """What a template is told of a record for one person, and why it is not told the rest."""

    values: facts.Told
    reasons: Mapping[str, str]


class Writer:
    """Writes one template to one person after the other."""

    def __init__(self, store: Store, order: Order, *, today: date) -> None:
        """Read the template and what it is about, once for everybody.

        Raises CannotRead for a template that does not parse, Unfilled for one that needs what was not given, BadValue
        for a value that it has no place for, or NotFound.
        """
        html = store.settings.html if order.template.html is None else order.template.html
        order = order._replace(template=order.template._replace(html=html))
        self._store, self._order, self._today = store, order, today
        self._form = Form(order.template)
        self._subject = facts.subject_of(store, order.about, today=today) if order.about else None
        if order.about and self._subject is None:
            raise NotFound(order.about.noun.word, str(order.about))
        self._about = Named(str(order.about), lookup.name_of(store, order.about) or "") if order.about else None
        self._once = self._told_once()
        self._dead = dead(store)
        self._check_given()

    def letter(self, person: Contact, allowed: Permission | None = None) -> Letter:
        """Write to one person; ``allowed`` says whether they may be written to, where that is known already.

        Raises NotWritten when they may not be, or the template cannot be filled in for them.
        """
        template, number = self._order.template, int(person.ref[1:])
        allowed = allowed or Permissions(self._store, [number], today=self._today).of(number, template.purpose)
        if not allowed.allowed:
            raise refused(person, allowed)
        to_address = _checked_address(person, self._dead)
        notice = self._notice(person)
        message = self._filled(person, notice)
        if template.html:
            notice = escaped(notice)
        owed = allowed.owes("notice")
        carried = _flat(notice) in _flat(message.body)
        body = closed(message.body, network_of(self._store.settings, self._order.owner, markdown=bool(template.html)))
        body = f"{body}\n{tidy(notice)}" if owed and not carried else body
        avoided = words_said(f"{message.subject}\n{body}", person.words_to_avoid)
        if avoided:
            raise not_written(person, f"the message says {avoided[0]!r}, which is not to be used with them")
        with_notice = person.notice_given_on is None and (owed or carried)
        to = Named(person.ref, person.name)
        return Letter(to, to_address, template.name, self._about, template.purpose, message.subject, body, with_notice, self._order.owner)

    def _filled(self, person: Contact, notice: str) -> Message:
        """Fill the template in for one person."""
        told = self._told_of_subject(person)
        theirs = {"contact": facts.told_of_contact(person, today=self._today), "notice": notice, **told.values}
        try:
            return self._form.fill({**self._once, **theirs})
        except Unfilled as problem:
            why = next((reason for field, reason in told.reasons.items() if f"{problem.field}.".startswith(f"{field}.")), problem.reason)
            sentence = f"the template {self._order.template.name} needs {problem.field}, which {why}"
            if problem.field in ("the message", "the template", "something printed"):
                sentence = f"{problem.field} {why}"
            raise not_written(person, sentence, self._hint(problem.field)) from None

    def _hint(self, field: str) -> str | None:
        """Give where a field that is missing can be filled in, if that is not with the person."""
        if self._about and field.partition(".")[0] in _BY_OPTION:
            return f"solidarity show {self._about.ref}"
        return _IN_SETTINGS.get(field)

    def _told_once(self) -> dict[str, object]:
        """Give what the template is told whoever it is for."""
        settings, order = self._store.settings, self._order
        return {
            **order.values,
            "network": {"name": settings.name, "email": settings.email, "address": settings.address, "sign_off": settings.sign_off},
            "sender": {"name": order.owner, "email": settings.email_of(order.owner)},
            "today": facts.long_day(self._today),
            "kind": order.kind or getattr(self._subject, "kind", None),
        }

    def _told_of_subject(self, person: Contact) -> _Told:
        """Give what the template is told of the record it is about."""
        subject = self._subject
        if subject is None or self._about is None:
            return _Told({}, {})
        if isinstance(subject, Introduction):
            return self._told_of_introduction(subject, person)
        told = facts.told_of(subject)
        if isinstance(subject, Offer) and not _gave(subject, person, self._today):
            giver = subject.contact or subject.organisation
            return _Told({"about": told, "offer": None}, {"offer": f"is not theirs: {subject.ref} came from {mention(giver)}"})
        return _Told({"about": told, refs.BY_LETTER[self._about.ref[0]].word: told}, {})

    def _told_of_introduction(self, subject: Introduction, person: Contact) -> _Told:
        """Give what the template is told of an introduction, and why it is told no more of the two."""
        there = People({side.contact.ref: self._contact(side.contact.ref) for side in subject.sides}, self._today)
        words = Words(self._order.description, self._order.words)
        found = told_to(subject, person, there, words)
        if found.told is None:
            return _Told({"about": None, "introduction": None}, dict.fromkeys(("introduction", "about"), found.reasons[""]))
        named_reasons = {f"{name}.{field}": why for name in ("introduction", "about") for field, why in found.reasons.items()}
        return _Told({"about": found.told, "introduction": found.told}, named_reasons)

    def _contact(self, ref: str) -> Contact:
        """Give a contact that is known to be there."""
        found = contact(self._store, int(ref[1:]), today=self._today)
        if found is None:  # a side of an introduction is a contact, by the store's own rules
            raise NotFound("contact", ref)
        return found

    def _notice(self, person: Contact) -> str:
        """Give the privacy notice for a person: the partnership's own, or the one that comes with the program."""
        settings = self._store.settings
        return settings.privacy_notice or notices.wording(settings.name, person.source, person.basis)

    def _check_given(self) -> None:
        """Raise Unfilled for what the template needs and was not given, BadValue for what it was given and does not know."""
        template = self._order.template.name
        for name in self._order.values:
            if name in _ALWAYS or name in _BY_OPTION:
                raise BadValue("--set", name, "that is filled in by the program", _BY_OPTION.get(name))
            if name not in self._form.names:
                raise BadValue("--set", name, f"the template {template} has no place for it", "solidarity outreach templates")
        given = {*_ALWAYS, *self._once, *(("about", refs.BY_LETTER[self._about.ref[0]].word) if self._about else ())}
        given -= {name for name, value in self._once.items() if not value}
        missing = sorted(self._form.needs - given)
        if missing:
            raise Unfilled(
                template, missing[0], "was not given", _BY_OPTION.get(missing[0], f"the same command with --set {missing[0]}=TEXT")
            )


class Somebody(Protocol):
    """A person, by ref and name."""

    @property
    def ref(self) -> str:
        """The ref."""

    @property
    def name(self) -> str:
        """The name."""


def network_of(settings: Settings, owner: str | None, *, markdown: bool) -> Network:
    """Give who a message says that it is from; without an address of the partnership's, its answers go to whoever writes."""
    email = settings.email or settings.email_of(owner)
    typed = escaped if markdown else str
    return Network(typed(settings.name), typed(settings.sign_off), typed(settings.address or ""), typed(email or ""))


def not_written(person: Somebody, why: str, hint: str | None = None) -> NotWritten:
    """Give the error for a person to whom nothing was written."""
    return NotWritten(f"{person.ref} {one_line(person.name)}", why, hint)


def refused(person: Somebody, answer: Permission, ref: str | None = None) -> NotWritten:
    """Give the error for a person who may not be written to, with every reason; ``ref`` is the draft that there is already."""
    hints = [reason.hint.replace("REF", person.ref) for reason in answer.against if reason.hint]
    return not_written(
        person, f"{ref}: {answer.why_not}" if ref else answer.why_not, hints[0] if len(answer.against) == len(hints) == 1 else None
    )


def _checked_address(person: Contact, dead_ones: frozenset[str]) -> str:
    """Give the address that a person prefers, of those at which something arrives.

    Raises NotWritten when there is none, or for one that no mail program could send to.
    """
    alive = [point.value for point in person.emails if not is_dead(point.value, dead_ones)]
    if not alive:
        raise not_written(person, f"nothing arrives at {person.emails[0].value} any more")
    try:
        address(person.name, alive[0])
    except Refused as problem:
        raise not_written(person, problem.sentence) from None
    return alive[0]


def _gave(subject: Offer, person: Contact, today: date) -> bool:
    """Say whether an offer came from a person, or from an organisation where they are."""
    if subject.contact:
        return subject.contact.ref == person.ref
    return any(role.organisation == subject.organisation for role in person.current(today))


def _flat(text: str) -> str:
    """Give a text for comparing, however its lines are broken."""
    return " ".join(text.split())
