"""Whether somebody may be written to, and what must not be said."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest

from solidarity_crm.rules.outreach import PURPOSES, name_said, naming_objection, objections, words_said


class Somebody(NamedTuple):
    """A person, as far as it matters."""

    do_not_contact: bool = False
    channels: str | None = None
    basis: str | None = "legitimate interests"


HERE = ["amina@example.org"]


def test_nobody_who_objected_is_written_to_for_any_purpose() -> None:
    """An objection is absolute, whatever the basis and the channels."""
    for purpose, basis, channels in product(PURPOSES, (None, "consent", "contract"), (None, "email")):
        assert objections(Somebody(do_not_contact=True, channels=channels, basis=basis), purpose, HERE) != [], (purpose, basis, channels)


@pytest.mark.parametrize(
    ("person", "purpose", "addresses", "expected"),
    [
        (Somebody(), "service", HERE, []),
        (Somebody(), "engagement", HERE, []),
        (Somebody(basis=None), "service", HERE, []),
        (Somebody(basis="consent"), "marketing", HERE, []),
        (Somebody(), "marketing", HERE, ["they have not consented to marketing (basis: legitimate interests)"]),
        (Somebody(basis=None), "marketing", HERE, ["they have not consented to marketing (basis: none recorded)"]),
        (Somebody(), "service", [], ["they have no e-mail address"]),
        (Somebody(channels="call, visit"), "service", HERE, ["they are to be reached only by call, visit"]),
        (Somebody(channels="call, email"), "service", HERE, []),
        (Somebody(do_not_contact=True), "service", HERE, ["they asked not to be contacted"]),
        (Somebody(do_not_contact=True, channels="call", basis=None), "marketing", [], 4),
    ],
)
def test_each_objection_is_named(person: Somebody, purpose: str, addresses: list[str], expected: list[str] | int) -> None:
    """All reasons are given, not just the first."""
    found = objections(person, purpose, addresses)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize(
    ("status", "answers", "notice_owed", "expected"),
    [
        ("agreed", ("yes", "yes"), False, None),
        ("made", ("yes", "yes"), False, None),
        ("asking", ("yes", None), False, "cannot be named until both have said yes"),
        ("declined", ("yes", "no"), False, "cannot be named until both have said yes"),
        ("withdrawn", ("yes", "yes"), False, "cannot be named until both have said yes"),
        ("agreed", ("yes", "yes"), True, "cannot be named before they were given the privacy notice"),
    ],
)
def test_nobody_is_named_before_both_yeses(status: str, answers: tuple[str | None, ...], notice_owed: bool, expected: str | None) -> None:
    """Both people's own yes, an introduction that stands, and a notice that was given."""
    assert naming_objection(status, answers, notice_owed=notice_owed) == expected


@pytest.mark.parametrize(
    ("text", "avoid", "expected"),
    [
        ("We spoke about HIV.", "hiv", ["hiv"]),
        ("We spoke about Café life", "cafe life; HIV", ["cafe life"]),
        ("The archivist", "HIV", []),
        ("Anything", None, []),
        ("Anything", " , ;", []),
    ],
)
def test_words_to_avoid_are_found_as_words(text: str, avoid: str | None, expected: list[str]) -> None:
    """Case and accents do not matter; parts of other words do not count."""
    assert words_said(text, avoid) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Siân could advise Dev", "Dev Patel", "Dev"),
        ("They know PATEL", "Dev Patel", "Patel"),
        ("They know patel", "Dev Patel", None),
        ("They know Sian", "Siân O'Brien", "Siân"),
        ("We hope so", "Hope Green", None),
        ("Ask O'Brien", "Siân O'Brien [she/her]", "Brien"),
        ("", "Dev Patel", None),
    ],
)
def test_a_name_is_found_in_a_text(text: str, name: str, expected: str | None) -> None:
    """Any part of it, written as a name is."""
    assert name_said(text, name) == expected
