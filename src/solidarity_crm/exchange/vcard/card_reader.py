"""One card as an address-book entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm import text
from solidarity_crm.exchange.address_book import Entry, Identifier, Rejected
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.vcard import names, own, points, roles
from solidarity_crm.exchange.vcard.charsets import decoded
from solidarity_crm.exchange.vcard.labels import apple_label, rank
from solidarity_crm.exchange.vcard.properties import properties
from solidarity_crm.exchange.vcard.values import clean_lines, split, unescape, words

if TYPE_CHECKING:
    from solidarity_crm.exchange.vcard.cards import RawCard
    from solidarity_crm.exchange.vcard.properties import Property

_URN = "urn:uuid:"
_NOT_A_PERSON = ("group", "location", "device", "application")
_N_PARTS, _LONGEST_NAME = 5, 500
_READ = frozenset((
    "VERSION", "PRODID", "UID", "KIND", "FN", "N", "NICKNAME", "EMAIL", "TEL", "URL", "ADR", "LABEL", "ORG", "TITLE", "ROLE",
    "NOTE", "CATEGORIES", "IMPP", "SOCIALPROFILE", "PRONOUNS",
))  # fmt: skip
# what programs add by themselves is no tag of a person's
_SYSTEM_TAGS = frozenset(("mycontacts", "my contacts", "starred", "imported"))
_ANDROID_NICKNAME = "vnd.android.cursor.item/nickname"


class CardReader:
    """A card being read: its properties by name, and what of it could not be read."""

    def __init__(self, card: RawCard, file: str) -> None:
        """Read the properties of ``card``, which is one of ``file``."""
        self._card, self._file = card, file
        self._doubts: dict[tuple[str, str], list[int]] = {}  # lines by property and reason
        self._kept: list[str] = []  # what goes into the note, having no place elsewhere
        self._found: dict[str, list[Property]] = {}
        alternatives: set[tuple[str, str]] = set()
        for each in properties(card, self._doubt):
            if alternative := each.first("ALTID"):  # the same in another language or script (RFC 6350 §5.4)
                if (each.name, alternative) in alternatives:
                    continue
                alternatives.add((each.name, alternative))
            self._found.setdefault(each.name, []).append(each)
        self._tell_unknown()
        if card.problem:
            self._doubt(card.line, "END", card.problem)
        self._own = any(name.startswith(own.PREFIX) for name in self._found) or own.OURS in self._first("PRODID")

    def read(self) -> Entry | Rejected | Problem:
        """Give the card as an entry, as rejected if it names nobody, or as passed over if it is no person's."""
        if not self._found:
            return self._nobody()
        kind = self._first("KIND", "X-ADDRESSBOOKSERVER-KIND").strip().lower()
        if kind in _NOT_A_PERSON:
            called = words(self._first("FN")) or ""
            return Problem(
                self._file,
                self._card.line,
                "KIND",
                f"{called!r} is a {kind} and was passed over" if called else f"a {kind} was passed over",
            )
        entry = self._entry(kind)
        if not (entry.name or entry.emails or entry.phones):
            return self._nobody()
        return entry._replace(note=self._note(), doubts=self._told(), raw=self._raw())

    def _nobody(self) -> Rejected:
        """Give the card as rejected."""
        self._doubt(self._card.line, "", "has no name, e-mail address or phone number")
        return Rejected(self._card.line, self._told(), self._raw())

    def _entry(self, kind: str) -> Entry:
        """Give the card's parts; the note and the doubts come last, since parts may end there."""
        found, apple = self._found, self._apple_labels()
        emails, phones = points.emails(found, apple, self._doubt), points.phones(found, apple, self._doubt)
        held = roles.roles(found, self._keep)
        name, given, family = self._names()
        organisation = held[0].organisation if held else None
        company = self._is_organisation(kind, name, organisation)
        if company:
            self._keep_person(name, organisation)
            name, given, family = organisation or name, None, None
        known_as = self._known_as()
        return Entry(
            self._card.line,
            name=name or organisation or known_as or (emails[0].value if emails else None),
            given_name=given,
            family_name=family,
            known_as=known_as,
            pronouns=words(self._first("PRONOUNS", own.PRONOUNS, "X-PRONOUNS", "X-PRONOUN")),
            emails=emails,
            phones=phones,
            websites=points.websites(found, apple, self._doubt),
            addresses=points.addresses(found, apple),
            roles=roles.held(own.roles(found), [] if company else held),
            tags=self._tags(),
            works_with=own.several(found, own.WORKS_WITH),
            do_not_contact=own.opt_out(found),
            uid=words(self._first(own.UID)),
            identifiers=self._identifiers(),
            former_names=own.several(found, own.FORMER),
            is_organisation=company,
            fields=own.fields(found),
        )

    def _first(self, *wanted: str) -> str:
        """Give the first value, preferred before others, of the first property that is there; empty if none is."""
        for name in wanted:
            if name in self._found:
                return min(self._found[name], key=lambda each: rank(each) or 101).value
        return ""

    def _apple_labels(self) -> dict[str, str]:
        """Give the labels of groups."""
        return {each.group: apple_label(said) for each in self._found.get("X-ABLABEL", ()) if each.group and (said := words(each.value))}

    def _names(self) -> tuple[str | None, str | None, str | None]:
        """Give (name, given name, family name)."""
        name = words(self._first("FN"))
        if self._first(own.UNSPLIT) == own.NO_PARTS:
            return name, None, None
        family, given, middle, prefix, suffix = ([*map(self._name_part, split(self._first("N"))), *[None] * _N_PARTS])[:_N_PARTS]
        if not (given or family or middle):
            return (name, *(names.parts(name) if name and not self._own else (None, None)))
        return name or names.joined(prefix, given, middle, family, suffix), given, family

    def _name_part(self, part: str) -> str | None:
        """Give a part of N; from 3.0 on it may be several words between commas (RFC 2426 §3.1.2)."""
        if self._own or self._first("VERSION").strip() == "2.1" or "," not in part:
            return words(part)
        return " ".join(word for each in split(part, ",") if (word := words(each))) or None

    def _known_as(self) -> str | None:
        """Give the first of the nicknames."""
        nick = next((word for part in split(self._first("NICKNAME"), ",") if (word := words(part))), None)
        android = (split(each.value) for each in self._found.get("X-ANDROID-CUSTOM", ()))
        return nick or next((words(parts[1]) for parts in android if parts[0] == _ANDROID_NICKNAME and len(parts) > 1), None)

    def _is_organisation(self, kind: str, name: str | None, organisation: str | None) -> bool:
        """Say whether the card is an organisation's: it says so, or names nothing else."""
        if kind == "org" or any(each.name.startswith("X-ABSHOWAS") and "COMPANY" in each.value.upper() for each in self._company_marks()):
            return True
        if self._own or kind == "individual" or not organisation:
            return False
        unnamed = not any(part.strip() for part in split(self._first("N")))
        return unnamed and (name is None or _alike(name, organisation))

    def _keep_person(self, name: str | None, organisation: str | None) -> None:
        """Keep the name of the person that a company's card names too."""
        if name and organisation and not _alike(name, organisation):
            self._doubt(self._card.line, "FN", "a person's name on a card that is shown as a company's; kept in the note")
            self._kept.append(f"Name: {name}")

    def _company_marks(self) -> list[Property]:
        """Give what says that a card is shown as a company's; KDE writes the name of it twice."""
        return [each for name in ("X-ABSHOWAS", "X-ABSHOWAS-ABSHOWAS") for each in self._found.get(name, ())]

    def _tags(self) -> tuple[str, ...]:
        """Give the categories, each once."""
        values = (word for each in self._found.get("CATEGORIES", ()) for part in split(each.value, ",") if (word := words(part)))
        tags = {tag.casefold(): tag for tag in reversed([value.removeprefix("* ") for value in values] if not self._own else list(values))}
        return tuple(tag for key, tag in reversed(tags.items()) if self._own or key not in _SYSTEM_TAGS)

    def _identifiers(self) -> tuple[Identifier, ...]:
        """Give what other programs call the person; a UID that we wrote is none."""
        listed = own.identifiers(self._found)
        uid, recorded = words(self._first("UID")), words(self._first(own.UID))
        ours = own.OURS in self._first("PRODID") or (
            recorded and uid and uid.lower().removeprefix(_URN) == recorded.lower().removeprefix(_URN)
        )
        if uid and not ours and not any(each.value == uid for each in listed):
            listed.append(Identifier("vcard", uid))
        return tuple(listed)

    def _note(self) -> str | None:
        """Give the notes, and what had no place elsewhere."""
        notes = [said for each in self._found.get("NOTE", ()) if (said := clean_lines(unescape(each.value)))]
        return "\n".join([*notes, *self._kept]) or None

    def _keep(self, found: Property, reason: str) -> None:
        """Keep a property in the note, and say why."""
        self._doubt(found.line, found.name, f"{reason}; kept in the note")
        self._kept.append(f"{found.name.capitalize()}: {words(found.value)}")

    def _tell_unknown(self) -> None:
        """Tell of properties that no standard has, most often the rest of a broken line."""
        for name, each in self._found.items():
            if name not in _READ and not name.startswith("X-"):
                self._doubt(each[0].line, text.shorten(name, 30), "is no property of a vCard")

    def _doubt(self, line: int, column: str, reason: str) -> None:
        """Remember what could not be read; of several that are alike the first."""
        lines = self._doubts.setdefault((column, reason), [])
        lines.append(line)

    def _told(self) -> tuple[Problem, ...]:
        """Give the doubts."""
        more = {key: f" (and {len(lines) - 1} more like it)" if len(lines) > 1 else "" for key, lines in self._doubts.items()}
        return tuple(Problem(self._file, lines[0], *key[:1], key[1] + more[key]) for key, lines in self._doubts.items())

    def _raw(self) -> str:
        """Give the card's text as it was."""
        return decoded(self._card.raw)[0]


def _alike(one: str, other: str) -> bool:
    """Say whether two names are the same but for case, accents and signs; what is too long for a name is not folded."""
    return one == other or (max(len(one), len(other)) <= _LONGEST_NAME and text.fold(one) == text.fold(other))
