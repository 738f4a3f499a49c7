"""What a message must not say."""

from __future__ import annotations

import pytest

from solidarity_crm.rules.outreach import name_said, naming_objection, words_said


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
