"""Groups, as typed: a filter with a name, who is in it now, and what must be asked before it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

GROUP = ("outreach", "group")
DRAFT = ("outreach", "draft", "request-help", "--kind", "data", "--group")


@pytest.fixture
def nurses(crm: Crm, amina: str, sian: str) -> list[str]:
    """Tag two contacts; give their refs."""
    for ref in (amina, sian):
        crm.once("contact", "tag", ref, "nurse")
    return [amina, sian]


def refs(found: dict[str, list[dict[str, str]]]) -> list[str]:
    """Give who is in a group and may be written to."""
    return [one["ref"] for one in found["members"]]


def test_a_group_says_who_is_in_it_and_who_is_left_out(crm: Crm, nurses: list[str]) -> None:
    """Found anew each time, with every reason."""
    amina, sian = nurses
    made = crm.json(*GROUP, "add", "Ward nurses", "--tag", "nurse")
    assert made == {
        "name": "Ward nurses",
        "filters": "tagged nurse",
        "reveals": None,
        "purpose": "engagement",
        "members": [{"ref": amina, "name": "Amina Yusuf"}, {"ref": sian, "name": "Siân O'Brien [she/her]"}],
        "left_out": [],
    }
    crm.ok("contact", "edit", sian, "--do-not-contact", "--channel", "call")
    shown = crm.json(*GROUP, "show", "ward")
    assert refs(shown) == [amina]
    why = "they asked not to be contacted; they are to be reached only by call"
    assert shown["left_out"] == [{"contact": {"ref": sian, "name": "Siân O'Brien [she/her]"}, "why": why}]
    assert "P2   Siân O'Brien [she/her]  they asked not to be contacted" in crm.ok(*GROUP, "show", "ward-nurses").out
    assert refs(crm.json(*GROUP, "show", "ward", "--purpose", "marketing")) == []
    assert crm.json(*GROUP, "list") == [{"name": "Ward nurses", "filters": "tagged nurse", "reveals": None, "people": 2}]
    crm.ok("contact", "tag", amina, "--remove", "nurse")
    assert refs(crm.json(*GROUP, "show", "ward")) == []


def test_a_group_is_written_to_by_its_name(crm: Crm, nurses: list[str]) -> None:
    """Each a message of their own, whoever may not be written to left out with the reason; what show says is what happens."""
    crm.ok(*GROUP, "add", "nurses", "--tag", "nurse")
    crm.ok("contact", "edit", nurses[1], "--basis", "contract")
    expected = crm.json(*GROUP, "show", "nurses")
    result = crm(*DRAFT, "nurses", "--json")
    assert (result.code, [one["to"]["ref"] for one in result.data]) == (Exit.PARTIAL, refs(expected))
    assert result.err == f"left out: P2 Siân O'Brien [she/her]: {expected['left_out'][0]['why']}\n"
    assert "one of the four" in crm.refused(Exit.USAGE, *DRAFT, "nurses", "--to", nurses[0])
    assert "no group 'doctors'; nearest: nurses\ntry: solidarity outreach group list" in crm.refused(Exit.NOT_FOUND, *DRAFT, "doctors")
    crm.ok(*GROUP, "add", "none yet", "--tag", "x")
    said = crm.refused(Exit.REFUSED, *DRAFT, "none yet")
    assert said == 'solidarity: no contact is in that group\ntry: solidarity outreach group show "none yet"\n'


def test_a_group_that_reveals_something_asks_first(crm: Crm, nurses: list[str]) -> None:
    """One community, whatever else is asked for, or a place that was marked as revealing; another does not."""
    crm.ok("contact", "edit", nurses[0], "--works-with", "sex workers")
    crm.ok(*GROUP, "add", "all of them", "--works-with", "sex workers", "--tag", "nurse")
    crm.ok(*GROUP, "add", "at mesmac", "--org", "mesmac")
    said = crm.refused(Exit.REFUSED, *DRAFT, "all of them")
    assert "suggests something of everybody in it (sex workers)" in said
    assert "nobody is here to ask\ntry: the same command with --yes" in said
    assert crm.json("outreach", "list") == []
    assert len(crm.json(*DRAFT, "all of them", "--yes")) == 1
    assert len(crm.json(*DRAFT, "at mesmac", "--again")) == 1


@pytest.mark.parametrize(("chosen", "of"), [(("--community", "sex workers"), "sex workers"), (("--org", "mesmac"), "a role at MESMAC")])
def test_filters_that_reveal_something_ask_as_a_group_does(crm: Crm, nurses: list[str], chosen: tuple[str, str], of: str) -> None:
    """Whether or not they have a name; a place that is not marked does not, and whoever is named is not chosen by anything."""
    draft = (*DRAFT[:-1], *chosen)
    crm.ok("contact", "edit", nurses[0], "--works-with", "sex workers")
    if of != "sex workers":
        assert len(crm.json(*draft, "--tag", "nurse", "--again")) == 1
        crm.ok("org", "edit", "mesmac", "--revealing")
    before = crm.json("outreach", "list")
    said = crm.refused(Exit.REFUSED, *draft, "--tag", "nurse", "--again")
    assert f"being in this group suggests something of everybody in it ({of}); each gets a message of their own" in said
    assert "nobody is here to ask\ntry: the same command with --yes" in said
    assert crm.json("outreach", "list") == before
    assert [one["to"]["ref"] for one in crm.json(*draft, "--yes", "--again")] == [nurses[0]]
    assert len(crm.json(*DRAFT[:-1], "--to", nurses[0], "--again")) == 1


def test_filters_are_kept_as_they_were_meant(crm: Crm, nurses: list[str], on_day: Callable[[str], None]) -> None:
    """So long ago is from the day on which it is asked; an organisation keeps its members when two become one."""
    crm.ok("log", "Rang", "--with", nurses[0], "--on", "2026-11-20")
    crm.ok("contact", "edit", nurses[1], "--source", "event", "--obtained-on", "2026-11-10")
    crm.ok("org", "add", "Mesmac Leeds")
    crm.ok("org", "join", "O1")
    all_filters = ("--quiet-for", "2w", "--notice-due", "--since", "2026-01-01", "--source", "event", "--members")
    made = crm.json(*GROUP, "add", "everything", *all_filters, "--org", "O2", "--offers", "data", "--works-with", "sex workers")
    assert made["filters"] == (
        "work with sex workers; at O2 Mesmac Leeds; of network members; offer data; from event; since 2026-01-01; quiet for 14 days;"
        " owed a privacy notice"
    )
    crm.ok(*GROUP, "add", "quiet", "--quiet-for", "2w")
    crm.ok(*GROUP, "add", "owed", "--notice-due")
    crm.ok(*GROUP, "add", "there", "--org", "O1")
    assert refs(crm.json(*GROUP, "show", "quiet")) == [nurses[1]]
    assert refs(crm.json(*GROUP, "show", "owed")) == []
    on_day("2026-12-10")
    assert refs(crm.json(*GROUP, "show", "quiet")) == nurses
    assert refs(crm.json(*GROUP, "show", "owed")) == [nurses[1]]
    crm.ok("org", "merge", "O2", "O1", "--yes")
    assert crm.json(*GROUP, "show", "there")["filters"] == "at O2 Mesmac Leeds"
    assert refs(crm.json(*GROUP, "show", "there")) == [nurses[0]]


def test_a_name_is_given_once_and_can_be_dropped(crm: Crm, nurses: list[str]) -> None:
    """However it is spelt; undo brings a dropped one back, and nobody in it is changed."""
    crm.ok(*GROUP, "add", "Nurses", "--tag", "nurse")
    before = crm.json("contact", "list")
    assert "there is a group 'nurses' already" in crm.refused(Exit.REFUSED, *GROUP, "add", "nurses", "--tag", "x")
    assert crm.json(*GROUP, "drop", "nurses") == []
    assert crm.json("contact", "list") == before
    assert "no group 'nurses'" in crm.refused(Exit.NOT_FOUND, *GROUP, "show", "nurses")
    crm.ok("undo", "--yes")
    assert refs(crm.json(*GROUP, "show", "nurses")) == nurses


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("add", "x"), "a group needs a filter"),
        (("add", "...", "--tag", "x"), "needs a letter or a figure"),
        (("add", "x" * 61, "--tag", "x"), "at most 60"),
        (("add", "x", "--works-with", "dentists"), "no community 'dentists'"),
        (("show",), "Missing argument 'NAME'"),
        ((), "group needs one more word; it is one of: group add, group list, group show, group drop"),
    ],
)
def test_what_will_not_do_changes_nothing(crm: Crm, typed: tuple[str, ...], said: str) -> None:
    """One line that says why."""
    assert said in crm.refused(Exit.USAGE, *GROUP, *typed)
    assert crm.json(*GROUP, "list") == []
