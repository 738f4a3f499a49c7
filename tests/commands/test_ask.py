"""Asks for help, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

FIELDS = "ref uid kind about for_communities wanted_by status owner offers outcome ended_on created_at updated_at"


@pytest.fixture
def ask(crm: Crm) -> str:
    """Add an ask; give its ref."""
    added = crm.once("ask", "add", "practice", "Interpreters in surgeries", "--for", "asylum", "--wanted-by", "+6w", "--owner", "me")
    return str(added["ref"])


@pytest.fixture
def offer(crm: Crm, amina: str) -> str:
    """Add an offer that could meet it; give its ref."""
    return str(crm.once("offer", "add", amina, "practice", "Surgeries that book interpreters", "--for", "asylum")["ref"])


def refs(crm: Crm, *filters: str) -> list[str]:
    """List the refs that a list answers with."""
    return [row["ref"] for row in crm.json("ask", "list", *filters)]


def test_an_ask_answers_with_its_record(crm: Crm, ask: str) -> None:
    """Adding prints the record in the shape that show gives, every field there."""
    shown = crm.json("ask", "show", ask)
    assert " ".join(shown) == FIELDS
    assert (shown["ref"], shown["kind"], shown["status"], shown["owner"]) == ("A1", "practice", "open", "Robin Marsh")
    assert (shown["for_communities"], shown["wanted_by"]) == (["asylum seekers and refugees"], "2027-01-12")
    assert (shown["offers"], shown["outcome"], shown["ended_on"]) == ([], None, None)
    assert crm.json("show", ask) == shown


def test_bad_input_adds_nothing(crm: Crm) -> None:
    """One clear line, the right code, and no ask."""
    assert "it has passed already" in crm.refused(Exit.USAGE, "ask", "add", "data", "x", "--wanted-by", "yesterday")
    assert "no kind of help 'magic'" in crm.refused(Exit.USAGE, "ask", "add", "magic", "x")
    assert "must not be empty" in crm.refused(Exit.USAGE, "ask", "add", "data", "")
    assert "'ABOUT'" in crm.refused(Exit.USAGE, "ask", "add", "data")
    assert crm.json("ask", "list", "--all") == []


def test_the_list_has_open_asks_soonest_wanted_first(crm: Crm, ask: str) -> None:
    """Those without a day come last; ended ones show with --all or by their state."""
    crm.ok("ask", "add", "data", "A survey", "--owner", "sam")
    crm.ok("ask", "add", "advice", "A mentor", "--wanted-by", "friday", "--for", "lgbt")
    crm.ok("ask", "add", "advice", "A hall", "--wanted-by", "friday")
    crm.ok("ask", "withdraw", "A4")
    assert refs(crm) == ["A3", ask, "A2"]
    assert refs(crm, "--all") == ["A4", "A3", ask, "A2"]
    assert refs(crm, "--status", "withdrawn") == ["A4"]
    assert refs(crm, "--due", "+1w") == refs(crm, "--community", "lgbt") == refs(crm, "--kind", "advice") == ["A3"]
    assert refs(crm, "--owner", "sam") == ["A2"]
    assert refs(crm, "--limit", "1") == ["A3"]
    assert crm("ask", "list", "--kind", "elsewhere") == (Exit.DONE, "", "no asks\n")


def test_editing_changes_what_is_given_and_leaves_the_rest(crm: Crm, ask: str) -> None:
    """A list is given whole, "" empties a text."""
    before = crm.json("ask", "show", ask)
    after = crm.json("ask", "edit", ask, "--wanted-by", "+2w", "--for", "lgbt", "--about", "Interpreters", "--outcome", "so far nothing")
    changed = {field for field in before if before[field] != after[field]} - {"updated_at"}
    assert changed == {"wanted_by", "for_communities", "about", "outcome"}
    assert crm.json("ask", "edit", ask, "--outcome", "")["outcome"] is None
    assert "it has passed already" in crm.refused(Exit.USAGE, "ask", "edit", ask, "--wanted-by", "2026-01-01")
    assert "nothing to change" in crm.refused(Exit.USAGE, "ask", "edit", ask)


def test_candidates_are_listed_with_their_reasons(crm: Crm, ask: str, offer: str) -> None:
    """The likeliest first; ended and linked offers are left out."""
    crm.ok("offer", "add", "mesmac", "advice", "A phone line for interpreters")
    crm.ok("offer", "add", "mesmac", "practice", "Ended")
    crm.ok("offer", "decline", "H3")
    crm.ok("offer", "add", "mesmac", "data", "Something else")
    found = crm.json("ask", "match", ask)
    assert " ".join(found[0]) == "ref kind about contact organisation for_communities status confirmed_on reasons"
    assert [(row["ref"], row["reasons"]) for row in found] == [
        (
            offer,
            ["same kind of help (practice)", "for asylum seekers and refugees", "both speak of interpreters, surgeries", "confirmed today"],
        ),
        ("H2", ["both speak of interpreters", "for any community", "confirmed today"]),
    ]
    crm.ok("ask", "match", ask, offer)
    assert [row["ref"] for row in crm.json("ask", "match", ask)] == ["H2"]


def test_a_long_list_of_candidates_is_cut_and_says_so(crm: Crm, ask: str, offer: str) -> None:
    """How many there are is said on stderr."""
    crm.ok("offer", "add", "mesmac", "practice", "A leaflet")
    listed = crm("ask", "match", ask, "--limit", "1")
    assert (listed.code, listed.err) == (Exit.DONE, "1 more; --limit 2 lists them all\n")
    assert [line[:2] for line in listed.out.splitlines()] == ["RE", offer]
    assert "Amina Yusuf" in listed.out


def test_no_candidate_says_so_on_stderr(crm: Crm, ask: str) -> None:
    """The answer is empty, and JSON stays JSON."""
    assert crm("ask", "match", ask) == (Exit.DONE, "", "no open offer could meet A1\n")
    assert crm.json("ask", "match", ask) == []
    assert "no ask 'A9'" in crm.refused(Exit.NOT_FOUND, "ask", "match", "A9")


def test_an_offer_is_linked_once_and_while_both_are_open(crm: Crm, ask: str, offer: str) -> None:
    """The card names it, and each refusal its reason."""
    linked = crm("ask", "match", ask, offer)
    assert (linked.code, linked.err) == (Exit.DONE, "")
    assert "H1   offered  Amina Yusuf  Surgeries that book interpreters" in linked.out
    assert crm.json("ask", "show", ask)["offers"] == [{"ref": offer, "name": "Surgeries that book interpreters"}]
    assert "A1 and H1 are linked already" in crm.refused(Exit.REFUSED, "ask", "match", ask, offer)
    assert "A1   open   Interpreters in surgeries" in crm.ok("offer", "show", offer).out
    crm.ok("offer", "add", "mesmac", "data", "A survey")
    crm.ok("offer", "lapse", "H2")
    assert "H2 is lapsed" in crm.refused(Exit.REFUSED, "ask", "match", ask, "H2")
    crm.ok("ask", "withdraw", ask)
    assert "A1 is withdrawn" in crm.refused(Exit.REFUSED, "ask", "match", ask, offer)


def test_another_kind_of_help_is_linked_and_said_on_stderr(crm: Crm, ask: str, amina: str) -> None:
    """What people offer and what is asked for need not have the same name."""
    crm.ok("offer", "add", amina, "advice", "A phone line")
    linked = crm("ask", "match", ask, "H1")
    assert (linked.code, linked.err) == (Exit.DONE, "A1 asks for practice and H1 offers advice; they are linked all the same\n")


def test_an_ask_is_met_with_an_offer_which_is_thereby_used(crm: Crm, ask: str, offer: str) -> None:
    """The use has the ask's words; both cards show it."""
    crm.ok("offer", "accept", offer)
    met = crm.json("ask", "met", ask, "--with", offer, "--with", offer, "--outcome", "Two surgeries book them")
    assert (met["status"], met["outcome"], met["ended_on"]) == ("met", "Two surgeries book them", "2026-12-01")
    assert [found["ref"] for found in met["offers"]] == [offer]
    used = crm.json("offer", "show", offer)["uses"]
    assert used == [{"what": "Interpreters in surgeries", "on": "2026-12-01", "ask": {"ref": ask, "name": "Interpreters in surgeries"}}]
    card = crm.ok("ask", "show", ask).out
    assert "Outcome\n  Two surgeries book them\n" in card
    assert "  Tue 1 Dec 2026  H1     Interpreters in surgeries\n" in card
    assert "  Tue 1 Dec 2026  open  met\n" in card


def test_an_offer_must_be_ours_to_meet_an_ask(crm: Crm, ask: str, offer: str) -> None:
    """The refusal shows the way, and the ask stays open."""
    assert "try: solidarity offer accept H1" in crm.refused(Exit.REFUSED, "ask", "met", ask, "--with", offer)
    assert crm.json("ask", "show", ask)["status"] == "open"


def test_an_ask_ends_once(crm: Crm, ask: str) -> None:
    """On a day that has come, with its reason."""
    assert "it has not come yet" in crm.refused(Exit.USAGE, "ask", "met", ask, "--on", "tomorrow")
    gone = crm.json("ask", "withdraw", ask, "--why", "the funder answered", "--on", "yesterday")
    assert (gone["status"], gone["ended_on"]) == ("withdrawn", "2026-11-30")
    assert "the funder answered" in crm.ok("ask", "show", ask).out
    assert "it has ended" in crm.refused(Exit.REFUSED, "ask", "met", ask)
    assert "it has ended" in crm.refused(Exit.REFUSED, "ask", "withdraw", ask)


def test_an_ask_that_is_not_there(crm: Crm) -> None:
    """Every verb says so in the same way."""
    for verb in ("show", "match", "met", "withdraw"):
        assert "no ask 'A7'" in crm.refused(Exit.NOT_FOUND, "ask", verb, "A7")
