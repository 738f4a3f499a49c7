"""A reply, put together from questions and answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.forms.dates import day_in
from solidarity_crm.exchange.forms.questions import DROPPED, asked, option
from solidarity_crm.exchange.forms.reply import Answer, Reply
from solidarity_crm.text import fold, one_line, safe, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LINE, TEXT = 500, 90_000  # what a record holds; more is cut, and nobody fills in so much
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,190}\.[^\s@<>()\[\],;:\"'.]{2,60}")
_NUMBER = re.compile(r"[+(]?\d[\d\s()./-]{4,30}")
_NO = frozenset(("", "0", "no", "false", "off", "unchecked", "not checked", "not accepted", "declined", "n a", "none", "i do not agree"))
_YES = frozenset(("1", "yes", "true", "on", "y", "checked", "accepted", "agreed", "ticked", "consent", "given"))
_SENTENCES = re.compile(r"[.!?]\s+\S|\A(?:I|We|My|Our)\b")
_NUMBERED = re.compile(r"-?\d{1,2}_(?=\S)")  # Jetpack numbers its questions: 6_How can you help?
_OWN_WORDS = 4  # an answer of so many words to a question that is not understood is in their own
_LONGEST_CHOICE = 1500


def answer(question: str, text: str, field: str | None = None) -> Answer:
    """Make an answer of what a file has, both texts made safe; ``field`` is what was asked for, if that is known."""
    asks = _NUMBERED.sub("", one_line(question)).rstrip(":").rstrip()
    return Answer(asks, safe(text).strip()[:TEXT], field or asked(asks))


def reply(line: int, origin: str, answers: Sequence[Answer], *, mark: str | None = None, on: date | None = None) -> Reply:
    """Put a reply together; ``on`` is the day it came, where the file says so beside the answers."""
    said = [each for each in answers if each.text and each.field != DROPPED]
    one = {each.field: each.text for each in reversed(said) if each.field}
    sender = _sender(one)
    days = (day_in(each.text) for each in said if each.field == "received_on")
    return Reply(
        line,
        origin,
        _body(said),
        mark=mark or _line(one.get("entry_id")),
        received_on=on or next((day for day in days if day), None),
        name=_name(one, sender[0]),
        given_name=_line(one.get("given_name")),
        family_name=_line(one.get("family_name")),
        pronouns=_line(one.get("pronouns")),
        email=sender[1],
        phone=_phone(one.get("phone")),
        organisation=_line(one.get("organisation")),
        role=_line(one.get("role")),
        choices=tuple(dict.fromkeys(choice for each in said for choice in _choices(each))),
        words=_words(said),
        consent=_consent(said),
    )


def address(text: str | None) -> str | None:
    """Give the first e-mail address in a text, or None."""
    found = _ADDRESS.search(text[:LINE]) if text else None
    return found[0] if found else None


def is_choice(each: Answer) -> bool:
    """Say whether an answer was ticked and not written: nobody speaks of themselves, and no sentence follows another."""
    return each.field == "choice" and len(each.text) <= _LONGEST_CHOICE and not _SENTENCES.search(each.text)


def _line(text: str | None) -> str | None:
    """Give a text as one line that a record holds."""
    return shorten(text, LINE) or None if text else None


def _sender(one: dict[str, str]) -> tuple[str | None, str | None]:
    """Give the name and address of who wrote; a plugin may put both in one answer, ``Name <address>``."""
    email = address(one.get("email"))
    name = one.get("name")
    if name and "@" in name:
        email = email or address(name)
        name = _ADDRESS.sub("", name).strip(" <>\"'()[],;:")
    return _line(name), email


def _name(one: dict[str, str], name: str | None) -> str | None:
    """Give their whole name, put together where the form asks for its parts."""
    parts = [one.get(part) for part in ("prefix", "given_name", "middle_name", "family_name", "suffix")]
    return name or _line(" ".join(part for part in parts if part))


def _phone(text: str | None) -> str | None:
    """Give a phone number, or None when what was written is none; it stays in the body."""
    found = _NUMBER.search(text[:LINE]) if text else None
    return one_line(found[0]) if found else None


def _choices(each: Answer) -> list[str]:
    """Give the options that an answer ticks, each on a line of its own."""
    if not is_choice(each):
        return []
    offered = option(each.question)
    if offered and fold(each.text) in _YES:
        return [_cut(offered)]
    if fold(each.text) in _NO:
        return []
    return [_cut(part) for part in re.split(r"\n|;|\||•|\t", each.text) if one_line(part)]


def _cut(text: str) -> str:
    """Give an option as one line."""
    return shorten(text.strip(" -*"), LINE)


def _words(said: Sequence[Answer]) -> str | None:
    """Give what they wrote in their own words."""
    own = [each.text for each in said if _own(each)]
    return "\n\n".join(dict.fromkeys(own))[:TEXT] or None


def _own(each: Answer) -> bool:
    """Say whether an answer is in their own words."""
    if each.field == "message":
        return True
    return (each.field == "choice" and not is_choice(each)) or (each.field is None and len(each.text.split()) >= _OWN_WORDS)


def _consent(said: Sequence[Answer]) -> str | None:
    """Give the wording that they agreed to, or None when they agreed to nothing.

    The wording is the answer in some forms and the question in others; Gravity Forms has the tick in one column of the
    question and the wording, ticked or not, in another.
    """
    about = [each for each in said if each.field == "consent" and fold(each.text) not in _NO]
    columns = {option(each.question) for each in about}
    if "Text" in columns and "Consent" not in columns:
        return None
    wordings = [each.text for each in about if fold(each.text) not in _YES]
    asked_so = [f"{each.question}: yes" for each in about if fold(each.text) in _YES]
    return "\n".join(dict.fromkeys(wordings or asked_so))[:TEXT] or None


def _body(said: Sequence[Answer]) -> str:
    """Write every question with its answer, a long answer under its question."""
    written = [f"{each.question}:\n{each.text}\n" if "\n" in each.text else f"{each.question}: {each.text}" for each in said]
    return "\n".join(written).strip()[:TEXT]
