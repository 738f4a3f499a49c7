"""A reply to the web form, before anything of it is stored: what they answered, by what it is, and the whole as it was."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.exchange.problems import Problem

_DIGITS = 16
CONTENT = "content:"


class Answer(NamedTuple):
    """A question of the form and its answer, both as written, and what was asked for; see :mod:`.questions`."""

    question: str
    text: str
    field: str | None


class Reply(NamedTuple):
    """What somebody wrote in the form.

    ``line`` is where it begins in its file, from 1. ``mark`` is what its program calls it, when it says so: an entry's
    number, a message's Message-ID. ``choices`` are the options ticked, ``words`` what they wrote in their own words,
    ``consent`` the wording they agreed to, ``body`` every question with its answer. ``received_on`` is None when nothing
    says the day.
    """

    line: int
    origin: str
    body: str
    mark: str | None = None
    received_on: date | None = None
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    pronouns: str | None = None
    email: str | None = None
    phone: str | None = None
    organisation: str | None = None
    role: str | None = None
    choices: tuple[str, ...] = ()
    words: str | None = None
    consent: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """By what the same reply is known again: what its program calls it, and a digest of what it says."""
        return (*([f"{fold(self.origin).replace(' ', '-')}:{_digest(self.mark)}"] if self.mark else []), CONTENT + self._content())

    def _content(self) -> str:
        """Give a digest of what they said, the same whichever way it came; the day is no part of it."""
        said = (self.email or self.phone, self.full_name, self.organisation, self.words, " ".join(self.choices))
        return _digest("\n".join(fold(part or "") for part in said))

    @property
    def full_name(self) -> str | None:
        """The name, put together if the form asks for its parts."""
        return self.name or " ".join(part for part in (self.given_name, self.family_name) if part) or None


class Replies(NamedTuple):
    """What a file says: its replies in order, what in it is none and why, and what was decided about the file."""

    found: Sequence[Reply]
    rejected: Sequence[Problem] = ()
    notes: Sequence[str] = ()


def _digest(text: str) -> str:
    """Give a short digest: enough to know a reply again, and nothing that tells who wrote it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
