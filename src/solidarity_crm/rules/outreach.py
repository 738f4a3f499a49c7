"""What a message may say: whom it may name, and which words it must not have. Whether it may go at all is rules.permission's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

# service: about something they are part of; engagement: asking them to take part; marketing: promoting our work
PURPOSES = ("service", "engagement", "marketing")
WITH_WAY_OUT = ("engagement", "marketing")
_NAMED = ("agreed", "made", "met", "closed")
_WORD = re.compile(r"[^\W\d_]+")
_LISTED = re.compile(r"[,;\n]")


def naming_objection(status: str, answers: Sequence[str | None], *, notice_owed: bool) -> str | None:
    """Say why neither person of an introduction may be named to the other, or None when they may.

    Details are passed on after both people's own yes, and after the privacy notice has reached whom they are about
    (UK GDPR Article 14(3)(c)).
    """
    if status not in _NAMED or any(answer != "yes" for answer in answers):
        return "cannot be named until both have said yes"
    return "cannot be named before they were given the privacy notice" if notice_owed else None


def words_said(text: str, to_avoid: str | None) -> list[str]:
    """List the words of a person's words to avoid that ``text`` has all the same; case and accents do not matter."""
    avoided = parts(to_avoid or "")
    padded = f" {fold(text)} " if avoided else ""
    return [words for words in avoided if fold(words) and f" {fold(words)} " in padded]


def name_said(text: str, name: str) -> str | None:
    """Give the part of a person's name that ``text`` has, or None; a name is written with a capital, so ``hope`` is not Hope.

    Accents, and capitals after the first, do not matter: ``SIAN`` is Siân.
    """
    there = {fold(word) for word in _WORD.findall(text) if word[0].isupper()}
    return next((part for part in _WORD.findall(name) if part[0].isupper() and len(part) > 1 and fold(part) in there), None)


def parts(listed: str) -> list[str]:
    """Give the parts of a list that was written in one line."""
    return [part.strip() for part in _LISTED.split(listed) if part.strip()]
