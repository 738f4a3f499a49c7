"""Offers of help, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

FIELDS = (
    "ref uid kind contact organisation about for_communities received_on reply_due source status owner capacity uses "
    "confirmed_on shelf_life stale_on outcome ended_on thanked_on created_at updated_at"
)


@pytest.fixture
def offer(crm: Crm, amina: str) -> str:
    """Add an offer of help that came in eleven days ago; give its ref."""
    added = crm.json("offer", "add", amina, "practice", "Talks for housing teams", "--for", "sex workers", "--on", "2026-11-20")
    return str(added["ref"])


@pytest.fixture
def accepted(crm: Crm, offer: str) -> str:
    """Accept that offer on the day it came in."""
    crm.ok("offer", "accept", offer, "--on", "2026-11-20")
    return offer


def refs(crm: Crm, *filters: str) -> list[str]:
    """List the refs that a list answers with."""
    return [row["ref"] for row in crm.json("offer", "list", *filters)]


# --- adding ------------------------------------------------------------------------------------------------


def test_an_offer_answers_with_its_record(crm: Crm, amina: str) -> None:
    """Adding prints the record in the shape that show gives, every field there."""
    typed = ("--for", "sex work", "--for", "lgbt", "--owner", "me", "--source", "web form", "--capacity", "two talks a year")
    added = crm.json("offer", "add", "amina", "prac", "Talks for housing teams", *typed, "--on", "2026-11-30")
    assert " ".join(added) == FIELDS
    assert (added["ref"], added["kind"], added["status"], added["owner"]) == ("H1", "practice", "offered", "Robin Marsh")
    assert (added["contact"], added["organisation"]) == ({"ref": amina, "name": "Amina Yusuf"}, None)
    assert added["for_communities"] == ["sex workers", "LGBTQ+ people"]
    assert (added["received_on"], added["reply_due"], added["confirmed_on"]) == ("2026-11-30", "2026-12-02", "2026-11-30")
    assert (added["shelf_life"], added["stale_on"]) == (180, "2027-05-29")
    assert (added["source"], added["capacity"], added["uses"], added["thanked_on"]) == ("web form", "two talks a year", [], None)
    assert crm.json("offer", "show", "H1") == added
    assert crm.json("show", "H1") == added


def test_the_reply_is_due_after_working_days_only(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """Christmas Day, the Boxing Day holiday and the weekend do not count; --reply-by overrules it."""
    on_day("2026-12-24")
    assert crm.json("offer", "add", amina, "data", "A survey")["reply_due"] == "2026-12-30"
    assert crm.json("offer", "add", amina, "data", "A survey", "--reply-by", "friday")["reply_due"] == "2026-12-25"
    assert "when the offer came in" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "x", "--reply-by", "yesterday")


def test_an_organisation_may_offer_alone_or_through_a_contact(crm: Crm, amina: str) -> None:
    """CONTACT takes either; --org says for whom a contact speaks."""
    alone = crm.json("offer", "add", "mesmac", "advice", "A helpline")
    assert (alone["contact"], alone["organisation"]) == (None, {"ref": "O1", "name": "MESMAC"})
    spoken = crm.json("offer", "add", amina, "advice", "A clinic", "--org", "mesmac")
    assert (spoken["contact"]["ref"], spoken["organisation"]["ref"]) == (amina, "O1")
    assert crm.json("offer", "add", "O1", "advice", "A desk", "--org", "mesmac")["organisation"]["ref"] == "O1"
    crm.ok("org", "add", "Leeds GATE")
    assert "organisation itself" in crm.refused(Exit.USAGE, "offer", "add", "O1", "advice", "x", "--org", "leeds gate")


def test_whoever_is_not_to_be_contacted_may_still_offer(crm: Crm, amina: str) -> None:
    """They came to us; the card says to take care."""
    crm.ok("contact", "edit", amina, "--do-not-contact")
    assert "P1 is marked do not contact\n" in crm.ok("offer", "add", amina, "data", "A survey").out
    crm.ok("contact", "edit", amina, "--reason", "asked on the phone")
    assert "P1 is marked do not contact: asked on the phone" in crm.ok("offer", "show", "H1").out


def test_bad_input_adds_nothing(crm: Crm, amina: str) -> None:
    """One clear line, the right code, and no offer."""
    assert "no kind of help 'magic'" in crm.refused(Exit.USAGE, "offer", "add", amina, "magic", "x")
    assert "no community 'bakers'" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "x", "--for", "bakers")
    assert "it has not come yet" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "x", "--on", "tomorrow")
    assert "nobody" in crm.refused(Exit.NOT_FOUND, "offer", "add", "nobody", "data", "x")
    assert "must not be empty" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", " ")
    assert "control characters" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "x\x1b[31m")
    for wrong in ("0", "4000"):
        assert "from a day to ten years" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "x", "--shelf-life", wrong)
    assert "'KIND'" in crm.refused(Exit.USAGE, "offer", "add", amina)
    assert refs(crm, "--all") == []


def test_hostile_words_come_out_as_words(crm: Crm, sian: str) -> None:
    """Markup, quotes and brackets are just text, in every format."""
    words = "100% of [/red] =1+1 | <b>O'Brien</b>"
    assert crm.json("offer", "add", sian, "data", words)["about"] == words
    assert f"H1 {words}" in crm.ok("offer", "show", "H1").out
    assert "From:      P1 Siân O'Brien [she/her]" in crm.ok("offer", "show", "H1").out
    assert "\\<b\\>" in crm.ok("offer", "list", "-o", "md").out


# --- listing -----------------------------------------------------------------------------------------------


def test_the_list_has_open_offers_newest_first(crm: Crm, accepted: str) -> None:
    """Ended ones show with --all or by their state."""
    crm.ok("offer", "add", "mesmac", "advice", "A helpline")
    crm.ok("offer", "add", "mesmac", "data", "A survey", "--on", "2026-11-25")
    crm.ok("offer", "decline", "H3")
    assert refs(crm) == ["H2", accepted]
    assert refs(crm, "--all") == ["H2", "H3", accepted]
    assert refs(crm, "--status", "declined") == ["H3"]
    assert refs(crm, "--limit", "1") == ["H2"]


def test_every_filter_narrows_the_list(crm: Crm, offer: str, sian: str) -> None:
    """Kind, community, owner, organisation, contact and day."""
    crm.ok("offer", "add", sian, "data", "A survey", "--owner", "sam", "--for", "lgbt")
    assert refs(crm, "--kind", "practice") == refs(crm, "--community", "sex workers") == refs(crm, "--contact", "amina") == [offer]
    assert refs(crm, "--owner", "sam") == refs(crm, "--since", "today") == ["H2"]
    assert refs(crm, "--org", "mesmac") == [offer], "a person with a present role there counts"
    crm.ok("contact", "edit", "amina", "--left", "mesmac", "--on", "yesterday")
    crm.ok("offer", "edit", "H2", "--org", "mesmac")
    assert refs(crm, "--org", "mesmac", "--since", "2026-11-30") == ["H2"]


def test_an_offer_waits_from_the_eleventh_day(crm: Crm, offer: str, on_day: Callable[[str], None]) -> None:
    """Ten days are patience; an answer ends the wait."""
    on_day("2026-11-30")
    assert refs(crm, "--waiting") == []
    on_day("2026-12-01")
    assert refs(crm, "--waiting") == [offer]
    crm.ok("offer", "accept", offer)
    assert refs(crm, "--waiting") == []


def test_an_offer_is_stale_until_confirmed_again(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """Its shelf life runs from the last day it was confirmed."""
    crm.ok("offer", "add", amina, "data", "A survey", "--shelf-life", "2w")
    assert refs(crm, "--stale") == []
    on_day("2026-12-15")
    assert refs(crm, "--stale") == ["H1"]
    assert "stale since Tue 15 Dec 2026" in " ".join(crm.ok("offer", "show", "H1").out.split())
    assert crm.json("offer", "confirm", "H1", "--on", "yesterday")["stale_on"] == "2026-12-28"
    assert refs(crm, "--stale") == []


def test_an_empty_list_says_so_on_stderr(crm: Crm) -> None:
    """The answer is empty, and JSON stays JSON."""
    listed = crm("offer", "list")
    assert (listed.code, listed.out, listed.err) == (Exit.DONE, "", "no offers\n")
    assert crm.json("offer", "list") == []


def test_the_list_as_people_read_it(crm: Crm, offer: str) -> None:
    """One line an offer, with who and for whom."""
    crm.ok("offer", "edit", offer, "--org", "mesmac")
    line = crm.ok("offer", "list").out.splitlines()[1]
    assert line == "H1   practice  Talks for housing teams  Amina Yusuf, MESMAC  sex workers  20 Nov           offered"


# --- moves -------------------------------------------------------------------------------------------------


def test_an_offer_from_acceptance_to_thanks(crm: Crm, offer: str) -> None:
    """Every move is dated and kept, and the card shows them."""
    assert crm.json("offer", "accept", offer, "--owner", "sam", "--on", "2026-11-23")["owner"] == "Sam Adeyemi"
    used = crm.json("offer", "use", offer, "Talk in Harehills", "--on", "2026-11-27")
    assert used["uses"] == [{"what": "Talk in Harehills", "on": "2026-11-27", "ask": None}]
    done = crm.json("offer", "fulfil", offer, "--outcome", "Forms changed", "--on", "2026-11-28")
    assert (done["status"], done["outcome"], done["ended_on"]) == ("fulfilled", "Forms changed", "2026-11-28")
    assert "Thanks:    owed" in crm.ok("offer", "show", offer).out
    assert refs(crm, "--owed") == [offer]
    assert crm.json("offer", "thank", offer)["thanked_on"] == "2026-12-01"
    assert refs(crm, "--owed") == []
    card = crm.ok("offer", "show", offer).out
    assert "Thanks:    given on Tue 1 Dec 2026" in card
    assert "  Fri 27 Nov 2026  Talk in Harehills\n" in card
    assert "  Mon 23 Nov 2026  offered   accepted\n" in card
    assert "  Sat 28 Nov 2026  accepted  fulfilled\n" in card


@pytest.mark.parametrize(("verb", "state"), [("decline", "declined"), ("withdraw", "withdrawn"), ("lapse", "lapsed")])
@pytest.mark.parametrize("before", ["offer", "accepted"])
def test_an_open_offer_may_end_unused(crm: Crm, verb: str, state: str, before: str, request: pytest.FixtureRequest) -> None:
    """With the reason and the day, from either open state; then it has ended."""
    ref = request.getfixturevalue(before)
    ended = crm.json("offer", verb, ref, "--why", "outside Leeds", "--on", "yesterday")
    assert (ended["status"], ended["ended_on"], ended["stale_on"]) == (state, "2026-11-30", None)
    assert "outside Leeds" in crm.ok("offer", "show", ref).out
    assert "it has ended" in crm.refused(Exit.REFUSED, "offer", verb, ref)
    assert f"H1 is {state}" in crm.refused(Exit.REFUSED, "offer", "accept", ref)


def test_moves_that_the_lifecycle_does_not_have(crm: Crm, offer: str) -> None:
    """The refusal says what can be done instead."""
    assert "it can be: accepted, declined, withdrawn, lapsed" in crm.refused(Exit.REFUSED, "offer", "fulfil", offer)
    crm.ok("offer", "accept", offer)
    assert "it can be: fulfilled" in crm.refused(Exit.REFUSED, "offer", "accept", offer)
    assert crm.json("offer", "show", offer)["status"] == "accepted"


def test_an_offer_is_used_once_it_is_ours(crm: Crm, offer: str) -> None:
    """Before that the way is shown; after the end only a fulfilled one was."""
    assert "try: solidarity offer accept H1" in crm.refused(Exit.REFUSED, "offer", "use", offer, "x")
    crm.ok("offer", "accept", offer)
    assert "is a part of the name of H1" in crm.refused(Exit.USAGE, "offer", "use", "talks", "housing")
    crm.ok("offer", "fulfil", offer)
    assert len(crm.json("offer", "use", offer, "One more talk")["uses"]) == 1
    crm.ok("offer", "add", "amina", "data", "A survey")
    crm.ok("offer", "decline", "H2")
    assert "try: solidarity show H2" in crm.refused(Exit.REFUSED, "offer", "use", "H2", "x")


def test_a_use_may_help_to_meet_an_ask(crm: Crm, accepted: str) -> None:
    """The ask then has the offer among its own; a withdrawn ask is refused."""
    crm.ok("ask", "add", "practice", "Talks")
    assert crm.json("offer", "use", accepted, "A talk", "--ask", "A1")["uses"][0]["ask"] == {"ref": "A1", "name": "Talks"}
    assert crm.json("ask", "show", "A1")["offers"] == [{"ref": accepted, "name": "Talks for housing teams"}]
    crm.ok("ask", "withdraw", "A1")
    assert "A1 was withdrawn" in crm.refused(Exit.REFUSED, "offer", "use", accepted, "x", "--ask", "A1")


@pytest.mark.parametrize("words", [("accept", "H1"), ("decline", "H1"), ("confirm", "H1")])
def test_nothing_happens_before_an_offer_came_in_or_after_today(crm: Crm, offer: str, words: tuple[str, str]) -> None:
    """Days that cannot be are refused and change nothing."""
    before = crm.json("offer", "show", offer)
    assert "it is before 2026-11-20" in crm.refused(Exit.USAGE, "offer", *words, "--on", "2026-11-19")
    assert "it has not come yet" in crm.refused(Exit.USAGE, "offer", *words, "--on", "tomorrow")
    assert crm.json("offer", "show", offer) == before


def test_days_of_later_moves_are_checked_too(crm: Crm, accepted: str) -> None:
    """A use and a fulfilment come after the offer, thanks after the fulfilment."""
    assert "it is before 2026-11-20" in crm.refused(Exit.USAGE, "offer", "use", accepted, "x", "--on", "2026-11-19")
    assert "it has not come yet" in crm.refused(Exit.USAGE, "offer", "fulfil", accepted, "--on", "tomorrow")
    crm.ok("offer", "fulfil", accepted, "--on", "2026-11-25")
    assert "when it was fulfilled" in crm.refused(Exit.USAGE, "offer", "thank", accepted, "--on", "2026-11-24")


def test_an_ended_offer_is_not_confirmed(crm: Crm, offer: str) -> None:
    """Nor is an open one confirmed back in time."""
    crm.ok("offer", "confirm", offer, "--on", "2026-11-25")
    assert "when it was last confirmed" in crm.refused(Exit.USAGE, "offer", "confirm", offer, "--on", "2026-11-24")
    crm.ok("offer", "lapse", offer)
    assert "nothing left to confirm" in crm.refused(Exit.REFUSED, "offer", "confirm", offer)


def test_thanks_are_recorded_once_and_for_something(crm: Crm, offer: str) -> None:
    """Not before it is fulfilled, and not twice."""
    assert "try: solidarity show H1" in crm.refused(Exit.REFUSED, "offer", "thank", offer)
    crm.ok("offer", "accept", offer)
    assert "try: solidarity offer fulfil H1" in crm.refused(Exit.REFUSED, "offer", "thank", offer)
    crm.ok("offer", "fulfil", offer)
    crm.ok("offer", "thank", offer)
    assert "H1 was thanked for on 2026-12-01" in crm.refused(Exit.REFUSED, "offer", "thank", offer)


# --- changing ----------------------------------------------------------------------------------------------


def test_editing_changes_what_is_given_and_leaves_the_rest(crm: Crm, offer: str, sian: str) -> None:
    """A list is given whole, "" empties a text."""
    before = crm.json("offer", "show", offer)
    given = ("--for", "lgbt", "--kind", "data", "--about", "Talks", "--contact", sian, "--shelf-life", "90", "--outcome", "so far so good")
    after = crm.json("offer", "edit", offer, *given)
    changed = {field for field in before if before[field] != after[field]} - {"updated_at"}
    assert changed == {"for_communities", "kind", "about", "contact", "shelf_life", "stale_on", "outcome"}
    assert (after["for_communities"], after["contact"]["ref"], after["shelf_life"]) == (["LGBTQ+ people"], sian, 90)
    assert crm.json("offer", "edit", offer, "--outcome", "")["outcome"] is None
    assert "nothing to change" in crm.refused(Exit.USAGE, "offer", "edit", offer)


def test_an_offer_is_always_from_somebody(crm: Crm, offer: str) -> None:
    """Contact and organisation may be taken off, but not both."""
    assert "H1 would be from nobody" in crm.refused(Exit.REFUSED, "offer", "edit", offer, "--no-contact")
    swapped = crm.json("offer", "edit", offer, "--no-contact", "--org", "mesmac")
    assert (swapped["contact"], swapped["organisation"]["ref"]) == (None, "O1")
    assert crm.json("offer", "edit", offer, "--no-org", "--contact", "amina")["organisation"] is None


def test_a_new_day_of_coming_in_takes_its_days_with_it(crm: Crm, offer: str) -> None:
    """The reply falls due anew and an offer never confirmed again counts from then."""
    moved = crm.json("offer", "edit", offer, "--on", "2026-11-27")
    assert (moved["received_on"], moved["reply_due"], moved["confirmed_on"]) == ("2026-11-27", "2026-12-01", "2026-11-27")
    crm.ok("offer", "edit", offer, "--reply-by", "friday")
    crm.ok("offer", "confirm", offer, "--on", "2026-11-30")
    moved = crm.json("offer", "edit", offer, "--on", "2026-11-26")
    assert (moved["reply_due"], moved["confirmed_on"]) == ("2026-12-04", "2026-11-30")
    assert "before it" in crm.refused(Exit.USAGE, "offer", "edit", offer, "--on", "today")
    assert "it has not come yet" in crm.refused(Exit.USAGE, "offer", "edit", offer, "--on", "tomorrow")


def test_the_card_has_what_is_to_be_done_and_what_was_said(crm: Crm, offer: str) -> None:
    """Open follow-ups and interactions about the offer."""
    crm.ok("followup", "add", "Send her the dates", "--due", "friday", "--about", offer)
    crm.ok("log", "Amina rang about dates", "--with", "amina", "--kind", "call", "--about", offer)
    card = " ".join(crm.ok("offer", "show", offer).out.split())
    assert "To do Ref Due What F1 Fri 4 Dec 2026 (in 3 days) Send her the dates" in card
    assert "Tue 1 Dec 2026 N1 call Amina rang about dates (with P1 Amina Yusuf)" in card


def test_an_offer_that_is_not_there(crm: Crm) -> None:
    """Every verb says so in the same way."""
    for verb in ("show", "accept", "fulfil", "decline", "withdraw", "lapse", "confirm", "thank"):
        assert "no offer 'H7'" in crm.refused(Exit.NOT_FOUND, "offer", verb, "H7")


def test_offers_and_asks_are_found_by_all_that_was_typed(crm: Crm, accepted: str) -> None:
    """Capacity, communities, uses, outcomes and the reasons of moves."""
    crm.ok("offer", "edit", accepted, "--capacity", "fortnightly", "--for", "asylum")
    crm.ok("offer", "use", accepted, "Harehills evening")
    crm.ok("offer", "withdraw", accepted, "--why", "moved to Bradford")
    crm.ok("ask", "add", "data", "A survey", "--for", "asylum")
    crm.ok("ask", "withdraw", "A1", "--why", "council published one")
    for words in ("fortnightly", "harehills", "bradford"):
        assert [found["ref"] for found in crm.json("search", words)] == [accepted], words
    assert [found["ref"] for found in crm.json("search", "published")] == ["A1"]
    assert {found["ref"] for found in crm.json("search", "refugees")} == {accepted, "A1"}
    crm.ok("store", "check")
