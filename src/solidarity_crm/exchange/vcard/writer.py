"""vCards as other address books import them: 3.0 unless 4.0 is asked for (exchange.md A9, D2).

Every text passes ``text.safe`` or ``text.one_line`` and is escaped here, so that nothing that somebody typed can end a line.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from solidarity_crm import __version__
from solidarity_crm.exchange.vcard import names, own
from solidarity_crm.exchange.vcard.folding import fold
from solidarity_crm.exchange.vcard.labels import OWN_LABEL, PHONES, PLACES
from solidarity_crm.exchange.vcard.values import parameter, plain_semicolons, written, written_lines
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from solidarity_crm.exchange.address_book import Entry, Point, PostalAddress

Version = Literal["3.0", "4.0"]
PRODID = f"-//{own.OURS}//solidarity {__version__}//EN"
_GLOBAL = re.compile(r"\+\d+(?: \d+)*\Z")  # what comes back from a tel: URI as it was

_IN_PARTS = frozenset(("N", "ORG", "ADR", own.ROLE, own.IDENTIFIER))


def write(entries: Iterable[Entry], *, version: Version = "3.0", notes: bool = False) -> bytes:
    """Give entries as one file, in order; see :func:`card`."""
    return b"".join(card(entry, version=version, notes=notes) for entry in entries)


def card(entry: Entry, *, version: Version = "3.0", notes: bool = False) -> bytes:
    """Give an entry as a card.

    With ``notes`` comes also what was written for ourselves alone: the note, former names, words to avoid, and why somebody is not
    to be contacted. REV is ``updated_at`` of the entry's fields.
    """
    said = [
        *_identity(entry, version),
        *_places(entry, version),
        *_words(entry, version, notes=notes),
        *own.write(entry, version, private=notes),
    ]
    uid = ("UID", _uid(entry, said)) if entry.uid or version == "3.0" else ("UID;VALUE=text", _uid(entry, said))
    lines = [("BEGIN", "VCARD"), ("VERSION", version), ("PRODID", PRODID), uid, *_changed(entry), *said, ("END", "VCARD")]
    if version == "4.0":
        lines = [(name, value if name.partition(";")[0] in _IN_PARTS else plain_semicolons(value)) for name, value in lines]
    return b"".join(fold(f"{name}:{value}") for name, value in lines)


def _uid(entry: Entry, said: list[tuple[str, str]]) -> str:
    """Give what the card is called for good: the record's own UUID, another program's word for it, or one made of what it says."""
    if entry.uid:
        return f"urn:uuid:{entry.uid}" if _is_uuid(entry.uid) else written(entry.uid)
    theirs = next((each.value for each in entry.identifiers if each.system == "vcard"), None)
    return written(theirs) if theirs else f"urn:uuid:{uuid5(NAMESPACE_URL, repr(said))}"


def _is_uuid(text: str) -> bool:
    """Say whether a text is a UUID as it is written."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _changed(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give when the record was last changed, in UTC; what has no zone is in it already."""
    moment: Any = entry.fields.get("updated_at")
    try:
        at = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    except ValueError:
        return
    yield "REV", (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y%m%dT%H%M%SZ")


def _identity(entry: Entry, version: Version) -> Iterator[tuple[str, str]]:
    """Give who it is: FN and N both, always (RFC 2426 §3.1), and where they work."""
    given, family = entry.given_name, entry.family_name
    name = one_line(entry.name or names.joined(None, given, None, family, None) or next((each.value for each in entry.emails), "") or "?")
    if entry.is_organisation:
        if version == "4.0":
            yield "KIND", "org"
        yield from (("FN", written(name)), ("N", ";;;;"), ("ORG", written(name)), ("X-ABShowAs", "COMPANY"))
        return
    if not (given or family):
        given, family = names.parts(name)
        given = given or (None if family else name)
    yield from (("FN", written(name)), ("N", f"{written(family or '')};{written(given or '')};;;"))
    if role := own.standard_role(entry):
        yield "ORG", written(role.organisation)
        if role.title:
            yield "TITLE", written(role.title)


def _places(entry: Entry, version: Version) -> Iterator[tuple[str, str]]:
    """Give where they are reached."""
    for point in entry.emails:
        yield _head("EMAIL", point, PLACES, version, ("INTERNET",)), written(point.value)
    for point in entry.phones:
        head = _head("TEL", point, PHONES, version, ("VOICE",))
        if version == "4.0" and _GLOBAL.match(point.value):
            yield head.replace("TEL", "TEL;VALUE=uri", 1), f"tel:{point.value.replace(' ', '-')}"
        else:
            yield head, written(point.value)
    for address in entry.addresses:
        yield _head("ADR", address, PLACES, version), _address(address)
    for point in entry.websites:  # a URI: commas and semicolons are its own (RFC 2426 §3.6.8)
        yield _head("URL", point, PLACES, version), one_line(point.value).replace("\\", "\\\\")


def _head(name: str, of: Point | PostalAddress, known: Mapping[str, tuple[str, ...]], version: Version, plain: tuple[str, ...] = ()) -> str:
    """Give a property's name with what it is for; a label that TYPE has no word for goes into a parameter of our own."""
    types = known.get(of.label or "", plain if name == "TEL" else ())
    preferred = getattr(of, "preferred", False)
    own_label = f";{OWN_LABEL}={parameter(of.label)}" if of.label and of.label not in known else ""
    if version == "4.0":
        listed = ",".join(types).lower()
        typed = f';TYPE="{listed}"' if "," in listed else f";TYPE={listed}" if listed else ""
        return f"{name}{typed}{';PREF=1' if preferred else ''}{own_label}"
    if name == "EMAIL":
        types = (*plain, *types)
    types = (*types, "PREF") if preferred else types
    return f"{name}{';TYPE=' + ','.join(types) if types else ''}{own_label}"


def _address(address: PostalAddress) -> str:
    """Give an address in seven parts: post-office box and extension are lines of its street."""
    rest = (address.locality, address.region, address.postal_code, address.country)
    return ";".join(("", "", written_lines(address.street or ""), *(written(part or "") for part in rest)))


def _words(entry: Entry, version: Version, *, notes: bool) -> Iterator[tuple[str, str]]:
    """Give what else is said of them."""
    if entry.known_as:
        yield "NICKNAME", written(entry.known_as)
    if entry.pronouns and version == "4.0":  # RFC 9554 §3.4
        yield "PRONOUNS", written(entry.pronouns)
    if entry.tags:
        yield "CATEGORIES", ",".join(map(written, entry.tags))
    if entry.note and notes:
        yield "NOTE", written_lines(entry.note)
