"""What one record becomes of two that are of the same person, or the same organisation.

A blank is filled from the other record. Where the two differ, what protects the person more wins by itself (whether and
how they may be contacted, what they are owed), texts are joined, and for the rest somebody says which value stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.errors import BadValue, UnknownChoice, Usage
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEEP, OTHER = "keep", "other"
# the fields of which one value stays and the other goes
CHOICES = {"contact": ("name", "known_as", "pronouns", "source"), "organisation": ("name", "kind", "website", "address")}
_BLANK = ("kind", "other")  # what an organisation is of which nobody said
_PERMITTING = ("contract", "consent", "public task", "legitimate interests")  # what permits less first
Image = dict[str, Any]


class Outcome(NamedTuple):
    """A field in which two records differ: what each says, what it becomes, and how that was settled.

    ``how`` is ``keep`` or ``other`` where either could stay, else ``filled``, ``joined`` or ``stricter``.
    """

    field: str
    keep: Any
    other: Any
    becomes: Any
    how: str


class Pair(NamedTuple):
    """Two records' rows as the database has them, and their refs; ``keep`` is the one that stays."""

    keep_ref: str
    other_ref: str
    keep: Image
    other: Image

    def both(self, field: str) -> tuple[Any, Any]:
        """Give what the two say of a field."""
        return self.keep[field], self.other[field]

    def said(self, field: str) -> list[Any]:
        """Give what is said of a field, by either, blanks left out."""
        return [value for value in self.both(field) if value]


def merged(noun: str, pair: Pair, take: Mapping[str, str]) -> list[Outcome]:
    """Give every field that the two differ in and what it becomes; ``take`` says which value stays, KEEP's if it says nothing.

    Raises UnknownChoice, or Usage for a field in which there is nothing to choose.
    """
    _check(noun, take)
    found = list(_contact(pair, take) if noun == "contact" else _organisation(pair, take))
    settled = {outcome.field for outcome in found if outcome.how in (KEEP, OTHER)}
    for field in take:
        if field not in settled:
            ruled = next((outcome.how for outcome in found if outcome.field == field), None)
            sentence = f"{field} is not for choosing here: " + (
                f"it is {ruled}" if ruled else f"{pair.keep_ref} and {pair.other_ref} do not differ in it"
            )
            raise Usage(sentence, "the same command without it, or with --dry-run to see where they differ")
    return found


def read_take(text: str) -> tuple[str, str]:
    """Read which record's value of a field stays: ``name=other``.

    Raises BadValue.
    """
    field, _, side = text.partition("=")
    if fold(side) not in (KEEP, OTHER) or not field.strip():
        raise BadValue("--take", text, "not a field and whose value stays", "--take name=other, or --take name=keep")
    return field.strip().replace("-", "_"), fold(side)


def _check(noun: str, take: Mapping[str, str]) -> None:
    for field in take:
        if field not in CHOICES[noun]:
            raise UnknownChoice("field to choose", field, CHOICES[noun])


def _contact(pair: Pair, take: Mapping[str, str]) -> Iterator[Outcome]:
    """Settle a contact's fields."""
    yield from _chosen(pair, ("name",), take)
    same = fold(pair.keep["name"]) == fold(pair.other["name"])
    for part in ("given_name", "family_name"):  # they go with the name, unless that is one
        yield from _filled(pair, part) if same else _with_name(pair, part, take)
    yield from _chosen(pair, ("known_as", "pronouns"), take)
    yield from _provenance(pair, take)
    yield from _settled(pair, "basis", _basis, "stricter")
    yield from _settled(pair, "cadence_days", lambda p: min(p.said("cadence_days"), default=None), "stricter")
    yield from _safety(pair)
    # 0 is an answer here: nothing may be asked of them
    yield from _settled(
        pair, "ask_budget", lambda p: min((each for each in p.both("ask_budget") if each is not None), default=None), "stricter"
    )
    yield from _settled(pair, "asks_paused_until", lambda p: max(p.said("asks_paused_until"), default=None), "stricter")
    yield from _settled(pair, "note", _texts, "joined")


def _organisation(pair: Pair, take: Mapping[str, str]) -> Iterator[Outcome]:
    """Settle an organisation's fields."""
    yield from _chosen(pair, CHOICES["organisation"], take)
    yield from _settled(pair, "member_since", lambda p: min(p.said("member_since"), default=None), "joined")
    yield from _settled(pair, "member_until", _member_until, "joined")
    yield from _settled(pair, "revealing", lambda p: max(p.both("revealing")), "stricter")
    yield from _settled(pair, "subscriber", _subscriber, "stricter")
    yield from _settled(pair, "note", _texts, "joined")


def _chosen(pair: Pair, fields: tuple[str, ...], take: Mapping[str, str]) -> Iterator[Outcome]:
    """Settle fields of which one value stays: a blank is filled, else what ``take`` says."""
    for field in fields:
        keep, other = (None if (field, value) == _BLANK else value for value in pair.both(field))
        if keep == other or other is None:
            continue
        how = take.get(field, KEEP) if keep is not None else "filled"
        yield Outcome(field, keep, other, keep if how == KEEP else other, how)


def _filled(pair: Pair, field: str) -> Iterator[Outcome]:
    yield from _settled(pair, field, lambda p: next(iter(p.said(field)), None), "filled")


def _with_name(pair: Pair, part: str, take: Mapping[str, str]) -> Iterator[Outcome]:
    """Settle a part of a name: it is of the name that stays."""
    keep, other = pair.both(part)
    if take.get("name") == OTHER and keep != other:
        yield Outcome(part, keep, other, other, "joined")


def _settled(pair: Pair, field: str, rule: Callable[[Pair], Any], how: str) -> Iterator[Outcome]:
    """Settle a field by a rule; it is told where the field changes, or two values became one."""
    keep, other = pair.both(field)
    becomes = rule(pair)
    if becomes != keep or (keep and other and keep != other):
        blank = keep is None and becomes == other and field != "channels"  # none said are all of them
        yield Outcome(field, keep, other, becomes, "filled" if blank else how)


def _texts(pair: Pair) -> str | None:
    """Join two notes, unless one has the other."""
    keep, other = (value or "" for value in pair.both("note"))
    return (keep if other in keep else other if keep in other else f"{keep}\n\n{other}") or None


def _member_until(pair: Pair) -> str | None:
    """Give when the membership ended: not while either is a member."""
    members = [image for image in (pair.keep, pair.other) if image["member_since"]]
    ended = [image["member_until"] for image in members]
    return max(ended) if ended and all(ended) else None


def _subscriber(pair: Pair) -> str | None:
    """Give what protects more: an organisation is a corporate subscriber only where nothing says otherwise of either."""
    both = pair.both("subscriber")
    return "individual" if "individual" in both else "corporate" if both == ("corporate", "corporate") else None


def _basis(pair: Pair) -> str | None:
    """Give the basis that permits less (rules.permission): a contract covers the least, legitimate interests the most."""
    return next((basis for basis in _PERMITTING if basis in pair.both("basis")), None)


# --- where it comes from, and what is owed for that -------------------------------------------------------


def _provenance(pair: Pair, take: Mapping[str, str]) -> Iterator[Outcome]:
    """Settle where the details come from; while a privacy notice is owed for either, it stays owed."""
    ours = {f"introduced by {pair.keep_ref}", f"introduced by {pair.other_ref}"}  # nobody introduces themselves
    real = [image["source"] for image in (pair.keep, pair.other) if image["source"] not in ours] or ["self"]
    sources = [image["source"] if image["source"] not in ours else real[0] for image in (pair.keep, pair.other)]
    owing = [
        source for source, image in zip(sources, (pair.keep, pair.other), strict=True) if source != "self" and not image["notice_given_on"]
    ]
    if not owing and sources[0] != sources[1]:
        how = take.get("source", KEEP)
        yield Outcome("source", *pair.both("source"), sources[how == OTHER], how)
    else:
        yield from _settled(pair, "source", lambda _: (owing or sources)[0], "stricter")
    yield from _settled(pair, "obtained_on", lambda p: min(p.said("obtained_on")), "stricter")
    notice = None if owing else max(pair.said("notice_given_on"), default=None)
    yield from _settled(pair, "notice_given_on", lambda _: notice, "stricter")


# --- how they may be reached ------------------------------------------------------------------------------


def _safety(pair: Pair) -> Iterator[Outcome]:
    """Settle whether and how somebody may be reached: only as both records allow."""
    channels, clash = _channels(pair)
    reasons = [image["do_not_contact_reason"] for image in (pair.keep, pair.other) if image["do_not_contact"]] + [clash]
    barred = bool(clash or pair.keep["do_not_contact"] or pair.other["do_not_contact"])
    reason = "; ".join(dict.fromkeys(filter(None, reasons))) or None
    yield from _settled(pair, "do_not_contact", lambda p: int(barred) if barred else p.keep["do_not_contact"], "stricter")
    yield from _settled(pair, "do_not_contact_reason", lambda _: reason, "joined")
    yield from _settled(pair, "channels", lambda _: channels, "stricter")
    yield from _settled(pair, "contact_hours", lambda p: "; ".join(dict.fromkeys(p.said("contact_hours"))) or None, "joined")
    yield from _settled(pair, "no_voicemail", lambda p: max(p.both("no_voicemail")), "stricter")
    yield from _settled(pair, "words_to_avoid", _avoided, "joined")


def _channels(pair: Pair) -> tuple[str | None, str | None]:
    """Give the channels that both records call safe, and what to say when there is none."""
    said = [image["channels"] for image in (pair.keep, pair.other) if image["channels"]]
    if len(said) < 2:  # noqa: PLR2004 - of two records
        return next(iter(said), None), None
    common = [channel for channel in _parts(said[0]) if channel in _parts(said[1])]
    if common:
        return ", ".join(common), None
    return said[0], f"no channel is safe by both of two merged records ({said[0]}; {said[1]}): say which is"


def _avoided(pair: Pair) -> str | None:
    """Give every word that either record avoids."""
    words: dict[str, str] = {}
    for text in pair.said("words_to_avoid"):
        for word in _parts(text):
            words.setdefault(fold(word), word)
    return ", ".join(words.values()) or None


def _parts(text: str) -> list[str]:
    """Give the parts of a text with commas between them."""
    return [part.strip() for part in text.split(",") if part.strip()]
