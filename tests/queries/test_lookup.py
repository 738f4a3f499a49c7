"""Finding and completing what somebody begins to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.queries import lookup
from solidarity_crm.queries.reading import Store, open_store
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm


@pytest.fixture
def store(crm: Crm, amina: str, sian: str) -> Iterator[Store]:
    """Open a store with two people, their introduction and a follow-up."""
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins")
    crm.ok("followup", "add", "Ring Amina", "--due", "today")
    opened = open_store(crm.workspace)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("start", "letters", "found"),
    [
        ("am", "P", ["P1 Amina Yusuf"]),
        ("yus", "P", ["P1 Amina Yusuf"]),
        ("o'br", "P", ["P2 Siân O'Brien [she/her]"]),
        ("", "P", ["P2 Siân O'Brien [she/her]", "P1 Amina Yusuf"]),
        ("p2", "P", ["P2 Siân O'Brien [she/her]"]),
        ("P7", "P", []),
        ("zzz", "P", []),
        ("mes", "O", ["O1 MESMAC"]),
        ("drop", "I", ["I1 Amina Yusuf and Siân O'Brien [she/her]"]),
        ("ami", "I", ["I1 Amina Yusuf and Siân O'Brien [she/her]"]),
        ("amina", "PF", ["P1 Amina Yusuf", "F1 Ring Amina"]),
    ],
)
def test_what_a_begun_word_could_become(store: Store, start: str, letters: str, found: list[str]) -> None:
    """By ref or the beginning of any word; nothing typed gives the newest; an introduction by both names too."""
    assert [f"{ref} {name}" for ref, name in lookup.complete(store, start, letters)] == found


def test_whatever_is_meant(store: Store) -> None:
    """Where any record will do, a person's name is the person, and not an introduction of them."""
    assert lookup.find(store, "amina yusuf") == Ref("P", 1)
    assert lookup.find(store, "sian") == Ref("P", 2)
    assert lookup.find(store, "ring amina") == Ref("F", 1)
    assert lookup.find(store, "amina sian", "I") == Ref("I", 1)


def test_of_a_follow_up_that_recurs_the_open_one_is_meant(crm: Crm) -> None:
    """Unless none is open any more: then they are named, as anything else of one name is."""
    crm.ok("followup", "add", "Count the leaflets", "--due", "today", "--every", "1w")
    crm.ok("followup", "done", "leaflets")
    assert crm.json("followup", "show", "leaflets")["ref"] == "F2"
    crm.ok("followup", "cancel", "leaflets")
    said = crm.refused(Exit.NOT_FOUND, "followup", "show", "leaflets")
    assert "any of: F1 Count the leaflets (due 2026-12-01, done), F2 Count the leaflets (due 2026-12-08, cancelled)\n" in said


def test_what_is_called_the_same_is_told_apart(crm: Crm, amina: str, sian: str) -> None:
    """By where somebody is, the day of a meeting, whom a message is to or an offer of; other names need nothing more."""
    crm.ok("contact", "add", "Amina Yusuf")
    crm.ok("contact", "add", "Amina Hall")
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-04 14:00", "--every", "2w")
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-05 14:00")
    for who in (amina, sian):
        crm.ok("offer", "add", who, "data", "A survey")
        crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", who)
    for line, candidates in (
        (("contact", "show", "amina"), "P1 Amina Yusuf (MESMAC), P3 Amina Yusuf, P4 Amina Hall\n"),
        (("meeting", "show", "drop"), "M1 Drop-in (2026-12-04 and again), M2 Drop-in (2026-12-05)\n"),
        (("offer", "show", "survey"), "H1 A survey (of Amina Yusuf, offered), H2 A survey (of Siân O'Brien [she/her], offered)\n"),
        (("outreach", "show", "help"), "D1 Could you help us? (to Amina Yusuf, draft), D2 Could you help us? (to Siân O'Brien"),
    ):
        assert f"could be any of: {candidates}" in crm.refused(Exit.NOT_FOUND, *line)


@pytest.mark.parametrize(
    ("title", "wanted", "begun"),
    [
        ("Amina Yusuf", ["yus", "amina"], True),
        ("Amina Yusuf", ["amina", "amina"], False),
        ("Amina Amin", ["amin", "amina"], True),
        ("Amina Amin", ["amin", "amin"], True),
        ("Amina Amin", ["amina", "amina"], False),
        ("Siân O'Brien", ["sian", "o", "brien"], True),
        ("Siân O'Brien", ["obrien", "sian"], True),
    ],
)
def test_each_word_is_another_one(title: str, wanted: list[str], begun: bool) -> None:
    """A word that is said twice means two, in whatever order the words come."""
    assert lookup.begins(title, wanted) is begun
    assert lookup.begins(title, wanted[::-1]) is begun


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (("contact", "show", "P99"), "solidarity contact list"),
        (("org", "show", "O99"), "solidarity org list"),
        (("offer", "show", "H99"), "solidarity offer list --all"),
        (("ask", "show", "A99"), "solidarity ask list --all"),
        (("intro", "show", "I99"), "solidarity intro list --all"),
        (("followup", "done", "F99"), "solidarity followup list --all"),
        (("meeting", "show", "M99"), "solidarity meeting list --all"),
        (("show", "D99"), "solidarity outreach list"),
        (("show", "R99"), "solidarity intake list --all"),
        (("show", "N99"), 'solidarity search "WORDS"'),
        (("contact", "show", "zzz"), 'solidarity contact add "zzz"'),
        (("contact", "show", ""), "solidarity contact list"),
        (("intro", "make", "P1"), "solidarity intro list --all"),
        (("intro", "ask", "left", "I1"), "solidarity intro list --all"),
    ],
)
def test_what_is_not_there_is_answered_with_what_helps(crm: Crm, line: tuple[str, ...], hint: str) -> None:
    """The list of the refs there are, which can be typed as it stands; a name that is nobody's may be a new one."""
    assert crm.refused(Exit.NOT_FOUND, *line).splitlines()[1] == f"try: {hint}"
    if hint.endswith(("list", "--all")):
        crm.ok(*hint.split()[1:])
