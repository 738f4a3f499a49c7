"""Introductions, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

WHY = "Both run drop-ins for asylum seekers"


@pytest.fixture
def pair(crm: Crm, amina: str, sian: str) -> tuple[str, str]:
    """Propose to introduce two people, with Jo Vale between them; give their refs."""
    crm.once("contact", "add", "Jo Vale")
    crm.once("intro", "propose", amina, sian, "--why", WHY, "--via", "jo", "--owner", "me", "--on", "2026-11-01")
    return amina, sian


def agree(crm: Crm, ref: str = "I1") -> Any:
    """Have both sides say yes; give the record."""
    crm.ok("intro", "answer", ref, "left", "yes", "--on", "2026-11-20")
    return crm.json("intro", "answer", ref, "right", "yes", "--on", "2026-11-10")


def test_a_proposal_answers_with_its_record(crm: Crm, pair: tuple[str, str]) -> None:
    """Every field is there, in the shape that show gives."""
    shown = crm.json("intro", "show", "I1")
    silent: dict[str, Any] = {"answer": None, "asked_on": None, "answered_on": None, "channel": None, "words": None, "shares": []}
    silent |= dict.fromkeys(("asked_by", "asked_words", "one_mail", "withdrawn_on", "told_on", "described_as"))
    assert shown.pop("uid")
    assert shown.pop("created_at") == shown.pop("updated_at")
    assert shown == {
        "ref": "I1",
        "left": {"contact": {"ref": pair[0], "name": "Amina Yusuf"}, **silent},
        "right": {"contact": {"ref": pair[1], "name": "Siân O'Brien [she/her]"}, **silent},
        "introducer": {"ref": "P3", "name": "Jo Vale"},
        "why": WHY,
        "status": "proposed",
        "owner": "Robin Marsh",
        "proposed_on": "2026-11-01",
        "made_on": None,
        "met_on": None,
        "ended_on": None,
        "outcome": None,
        "thanked_on": None,
        "result": None,
        "introducer_asked_on": None,
        "introducer_reminded_on": None,
        "introducer_told_on": None,
        "letters_waiting": [],
    }


def test_without_an_introducer_it_is_us(crm: Crm, amina: str, sian: str) -> None:
    """JSON says null, the card says us, and the day is today."""
    proposed = crm.json("intro", "propose", amina, sian, "--why", WHY)
    assert (proposed["introducer"], proposed["proposed_on"], proposed["owner"]) == (None, "2026-12-01", None)
    assert "Through: us\n" in crm.ok("intro", "show", "I1").out


def test_who_cannot_be_introduced_is_refused(crm: Crm, amina: str, sian: str) -> None:
    """Each in one line with the reason, and nothing proposed."""
    crm.ok("contact", "add", "Ola Akin", "--do-not-contact", "--reason", "asked us to stop")
    assert "cannot be introduced to themselves" in crm.refused(Exit.REFUSED, "intro", "propose", amina, amina, "--why", WHY)
    assert "is one of the two" in crm.refused(Exit.REFUSED, "intro", "propose", amina, sian, "--why", WHY, "--via", amina)
    assert "not to be contacted: asked us to stop" in crm.refused(Exit.REFUSED, "intro", "propose", amina, "ola", "--why", WHY)
    assert "no contact 'Nobody'" in crm.refused(Exit.NOT_FOUND, "intro", "propose", amina, "Nobody", "--why", WHY)
    assert "--why" in crm.refused(Exit.USAGE, "intro", "propose", amina, sian)
    assert "must not be empty" in crm.refused(Exit.USAGE, "intro", "propose", amina, sian, "--why", " ")
    assert "has not come yet" in crm.refused(Exit.USAGE, "intro", "propose", amina, sian, "--why", WHY, "--on", "tomorrow")
    assert crm.json("intro", "list", "--all") == []


def test_the_same_two_are_introduced_once(crm: Crm, pair: tuple[str, str]) -> None:
    """In either order; after one that ended only with --again, and it says when that was."""
    left, right = pair
    assert "I1 already brings these two together" in crm.refused(Exit.REFUSED, "intro", "propose", right, left, "--why", WHY, "--again")
    crm.ok("intro", "decline", "I1", "--on", "2026-11-15")
    said = crm.refused(Exit.REFUSED, "intro", "propose", right, left, "--why", WHY)
    assert "I1, which was declined on 2026-11-15" in said
    assert "--again" in said
    assert crm.json("intro", "propose", right, left, "--why", WHY, "--again")["ref"] == "I2"


def test_asking_a_side(crm: Crm, pair: tuple[str, str]) -> None:
    """The day and the channel are kept; the other side is untouched; a silent side can be reminded."""
    asked = crm.json("intro", "ask", "I1", "left", "--by", "email", "--on", "2026-11-02")
    assert (asked["status"], asked["left"]["asked_on"], asked["left"]["asked_by"]) == ("asking", "2026-11-02", "email")
    assert (asked["right"]["asked_on"], asked["right"]["contact"]["ref"]) == (None, pair[1])
    reminded = crm.json("intro", "ask", "I1", "left", "--by", "visit", "--on", "2026-11-20")
    assert (reminded["status"], reminded["left"]["asked_on"], reminded["left"]["asked_by"]) == ("asking", "2026-11-20", "visit")


def test_asking_somebody_who_must_not_be(crm: Crm, pair: tuple[str, str]) -> None:
    """They may have said so since the proposal; then neither asking nor making goes on."""
    agree(crm)
    crm.ok("contact", "edit", pair[0], "--do-not-contact")
    assert "not to be contacted" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left", "--again")
    assert "not to be contacted" in crm.refused(Exit.REFUSED, "intro", "make", "I1")
    assert crm.json("followup", "list") == []


def test_asking_again_puts_an_answer_aside(crm: Crm, pair: tuple[str, str]) -> None:
    """Only when that is said: the yes no longer stands, and it is asking once more."""
    agree(crm)
    said = crm.refused(Exit.REFUSED, "intro", "ask", "I1", "right")
    assert "the right side said yes on 2026-11-10" in said
    assert "before 2026-11-10, when they answered" in crm.refused(
        Exit.REFUSED, "intro", "ask", "I1", "right", "--again", "--on", "2026-11-09"
    )
    asked = crm.json("intro", "ask", "I1", "right", "--again", "--by", "call")
    assert (asked["status"], asked["right"]["answer"], asked["right"]["shares"]) == ("asking", None, [])
    assert asked["left"]["answer"] == "yes"
    assert "right (Siân O'Brien [she/her]): asked on 2026-12-01" in crm.refused(Exit.REFUSED, "intro", "make", "I1")
    assert pair[0] == asked["left"]["contact"]["ref"]


@pytest.mark.usefixtures("pair")
def test_an_answer_keeps_how_when_and_what_may_be_shared(crm: Crm) -> None:
    """Asked or not; fields are separated by commas or given one by one, and a beginning is enough."""
    heard = crm.json(
        "intro", "answer", "I1", "right", "yes", "--share", "phone, org", "--share", "e-mail", "--by", "call", "--words", "Gladly.\nSoon?"
    )
    assert heard["right"] | {"contact": None} == {
        "contact": None,
        "answer": "yes",
        "asked_on": None,
        "answered_on": "2026-12-01",
        "channel": "call",
        "words": "Gladly.\nSoon?",
        "shares": ["organisation", "email", "phone"],
        **dict.fromkeys(("asked_by", "asked_words", "one_mail", "withdrawn_on", "told_on", "described_as")),
    }
    assert heard["status"] == "asking"
    assert crm.json("intro", "answer", "I1", "right", "yes", "--share", "name")["right"]["shares"] == ["name"]


@pytest.mark.usefixtures("pair")
def test_two_yeses_agree(crm: Crm) -> None:
    """From the day of the later one; a yes without --share passes on the name alone."""
    agreed = agree(crm)
    assert (agreed["status"], agreed["left"]["shares"], agreed["right"]["shares"]) == ("agreed", ["name"], ["name"])
    assert "Fri 20 Nov 2026  agreed" in crm.ok("intro", "show", "I1").out


def test_one_no_declines_and_stays_private(crm: Crm, pair: tuple[str, str]) -> None:
    """What they said is with their side; nothing about the other side tells it, nor the move's reason."""
    words = "I have had trouble with her group"
    agree(crm)
    declined = crm.json("intro", "answer", "I1", "left", "no", "--words", words)
    assert (declined["status"], declined["ended_on"]) == ("declined", "2026-12-01")
    assert (declined["left"]["words"], declined["left"]["shares"]) == (words, [])
    other = crm.ok("contact", "show", pair[1]).out + crm.ok("contact", "show", pair[1], "--json").out
    assert words not in other
    assert "I1   not pursued" in other
    assert "declined" not in other
    assert "it has ended" in crm.refused(Exit.REFUSED, "intro", "answer", "I1", "right", "yes")


def test_a_reason_for_ending_is_not_on_the_others_timeline(crm: Crm, pair: tuple[str, str]) -> None:
    """It is on the introduction's own card."""
    crm.ok("intro", "decline", "I1", "--why", "she has had trouble with that group")
    assert "trouble" in crm.ok("intro", "show", "I1").out
    assert "trouble" not in crm.ok("contact", "show", pair[0]).out + crm.ok("contact", "show", pair[1]).out


@pytest.mark.usefixtures("pair")
def test_answers_in_the_wrong_order_are_refused(crm: Crm) -> None:
    """Before the proposal, before being asked, before the last answer, ahead of us."""
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-05")
    assert "when it was proposed" in crm.refused(Exit.REFUSED, "intro", "answer", "I1", "right", "yes", "--on", "2026-10-31")
    assert "when they were asked" in crm.refused(Exit.REFUSED, "intro", "answer", "I1", "left", "yes", "--on", "2026-11-04")
    assert "has not come yet" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "yes", "--on", "tomorrow")
    crm.ok("intro", "answer", "I1", "left", "yes", "--on", "2026-11-06")
    assert "when they last answered" in crm.refused(Exit.REFUSED, "intro", "answer", "I1", "left", "no", "--on", "2026-11-05")


@pytest.mark.usefixtures("pair")
def test_words_that_are_not_known_are_refused(crm: Crm) -> None:
    """Sides, answers, fields and channels list what they may be; a no shares nothing."""
    assert "left, right" in crm.refused(Exit.USAGE, "intro", "ask", "I1", "middle")
    assert "yes, no, silent" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "perhaps")
    assert "name, role, organisation, communities, email, phone, why" in crm.refused(
        Exit.USAGE, "intro", "answer", "I1", "left", "yes", "--share", "name,age"
    )
    assert "thing to share" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "yes", "--share", ",")
    assert "lets nothing be shared" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "no", "--share", "name")
    assert "no channel 'owl'" in crm.refused(Exit.USAGE, "intro", "ask", "I1", "left", "--by", "owl")
    assert crm.json("intro", "show", "I1")["status"] == "proposed"


@pytest.mark.usefixtures("pair")
def test_making_waits_for_both_sides_own_yes(crm: Crm) -> None:
    """Until then it is refused, says who is missing and changes nothing."""
    before = crm.ok("intro", "show", "I1").out
    said = crm.refused(Exit.REFUSED, "intro", "make", "I1")
    assert "left (Amina Yusuf): not asked yet; right (Siân O'Brien [she/her]): not asked yet" in said
    assert "try: solidarity intro answer I1 left yes" in said
    crm.ok("intro", "answer", "I1", "left", "yes")
    assert "have said yes. right" in crm.refused(Exit.REFUSED, "intro", "make", "I1")
    crm.ok("undo", "--yes")
    assert (crm.ok("intro", "show", "I1").out, crm.json("followup", "list")) == (before, [])


@pytest.mark.usefixtures("pair")
def test_making_adds_a_check_in(crm: Crm) -> None:
    """Two weeks on, about the introduction, for its owner; stderr says which, and which messages were drafted."""
    agree(crm)
    assert "when the left side said yes" in crm.refused(Exit.REFUSED, "intro", "make", "I1", "--on", "2026-11-19")
    made = crm("intro", "make", "I1", "--on", "2026-11-30", "--json")
    drafted = "".join(f"drafted: {ref}; solidarity show {ref}, then solidarity outreach export {ref}\n" for ref in ("D1", "D2"))
    assert (made.code, made.err) == (Exit.DONE, f"{drafted}next: F1, due Mon 14 Dec 2026\n")
    assert (made.data["status"], made.data["made_on"]) == ("made", "2026-11-30")
    check_in = crm.json("followup", "show", "F1")
    assert (check_in["about"]["ref"], check_in["due"], check_in["owner"]) == ("I1", "2026-12-14", "Robin Marsh")
    assert "F1" in crm.ok("intro", "show", "I1").out
    for step in (("make",), ("answer", "left", "no"), ("withdraw",), ("ask", "left")):
        said = crm.refused(Exit.REFUSED, "intro", step[0], "I1", *step[1:])
        assert "I1 is made" in said
        assert "it can be: met, closed" in said


@pytest.mark.usefixtures("pair")
def test_met_then_closed_then_thanked(crm: Crm) -> None:
    """Each is dated; the check-in that is still open is mentioned; thanks are owed until they are given."""
    agree(crm)
    crm.ok("intro", "make", "I1", "--on", "2026-11-21")
    assert "when it was made" in crm.refused(Exit.REFUSED, "intro", "met", "I1", "--on", "2026-11-20")
    assert "owed once the two have met" in crm.refused(Exit.REFUSED, "intro", "thank", "I1")
    met = crm("intro", "met", "I1", "--on", "2026-11-25", "--json")
    assert (met.data["status"], met.data["met_on"]) == ("met", "2026-11-25")
    assert "still open: F1 Ask whether they met" in met.err
    crm.ok("followup", "done", "F1")
    assert "when they met" in crm.refused(Exit.REFUSED, "intro", "close", "I1", "--outcome", "x", "--on", "2026-11-24")
    closed = crm("intro", "close", "I1", "--outcome", "They share a drop-in now", "--on", "2026-11-26", "--json")
    assert (closed.data["status"], closed.data["ended_on"], closed.data["outcome"]) == ("closed", "2026-11-26", "They share a drop-in now")
    assert closed.err == ""
    assert "Thanks:          owed to Jo Vale" in crm.ok("intro", "show", "I1").out
    assert [i["ref"] for i in crm.json("intro", "list", "--owed")] == ["I1"]
    assert crm.json("intro", "list") == []
    assert "when they met" in crm.refused(Exit.REFUSED, "intro", "thank", "I1", "--on", "2026-11-24")
    assert crm.json("intro", "thank", "I1", "--on", "2026-11-27")["thanked_on"] == "2026-11-27"
    assert "given on 2026-11-27" in crm.refused(Exit.REFUSED, "intro", "thank", "I1")
    assert crm.json("intro", "list", "--owed") == []
    assert "Fri 27 Nov 2026  thanked" in crm.ok("intro", "show", "I1").out


def test_closing_without_a_meeting_owes_nothing(crm: Crm, pair: tuple[str, str]) -> None:
    """From made it may be closed at once; what came of it is required."""
    agree(crm)
    assert "it can be: asked again, made" in crm.refused(Exit.REFUSED, "intro", "close", "I1", "--outcome", "x")
    crm.ok("intro", "make", "I1")
    assert "--outcome" in crm.refused(Exit.USAGE, "intro", "close", "I1")
    assert crm.json("intro", "close", "I1", "--outcome", "no answer")["met_on"] is None
    assert crm.json("intro", "list", "--owed") == []
    assert "owed once" in crm.refused(Exit.REFUSED, "intro", "thank", "I1")
    assert crm.json("intro", "list", "--all", "--contact", pair[0])[0]["status"] == "closed"


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(("verb", "status"), [("decline", "declined"), ("withdraw", "withdrawn"), ("lapse", "lapsed")])
def test_ending_before_it_is_made(crm: Crm, verb: str, status: str) -> None:
    """Dated, with its reason, in order; and only once."""
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-05")
    assert "when the left side was asked" in crm.refused(Exit.REFUSED, "intro", verb, "I1", "--on", "2026-11-04")
    ended = crm.json("intro", verb, "I1", "--why", "not the right moment", "--on", "2026-11-06")
    assert (ended["status"], ended["ended_on"]) == (status, "2026-11-06")
    assert "not the right moment" in crm.ok("intro", "show", "I1").out
    assert "it has ended" in crm.refused(Exit.REFUSED, "intro", verb, "I1")


def test_editing(crm: Crm, pair: tuple[str, str]) -> None:
    """What is not given stays; the introducer can become us; an outcome is for what is closed."""
    edited = crm.json("intro", "edit", "I1", "--why", "A drop-in together", "--owner", "sam")
    assert (edited["why"], edited["owner"], edited["introducer"]["name"]) == ("A drop-in together", "Sam Adeyemi", "Jo Vale")
    assert crm.json("intro", "edit", "I1", "--by-us")["introducer"] is None
    assert crm.json("intro", "edit", "I1", "--via", "jo")["introducer"]["name"] == "Jo Vale"
    assert "one of the two" in crm.refused(Exit.REFUSED, "intro", "edit", "I1", "--via", pair[0])
    assert "two different things" in crm.refused(Exit.USAGE, "intro", "edit", "I1", "--via", "jo", "--by-us")
    assert "nothing to change" in crm.refused(Exit.USAGE, "intro", "edit", "I1")
    assert "when it is closed" in crm.refused(Exit.REFUSED, "intro", "edit", "I1", "--outcome", "well")
    agree(crm)
    crm.ok("intro", "make", "I1")
    crm.ok("intro", "close", "I1", "--outcome", "no answer")
    assert crm.json("intro", "edit", "I1", "--outcome", "They met after all")["outcome"] == "They met after all"


@pytest.fixture
def several(crm: Crm, pair: tuple[str, str]) -> tuple[str, str]:
    """Propose two more: one that somebody has been silent on, one that both agreed to long ago."""
    for name, community in (("Bea Lund", "sex workers"), ("Cal Reed", "LGBTQ+ people")):
        crm.once("contact", "add", name, "--works-with", community)
    crm.once("intro", "propose", "bea", pair[0], "--why", "second", "--on", "2026-11-10", "--owner", "sam")
    crm.once("intro", "propose", "bea", "cal", "--why", "third", "--on", "2026-11-10")
    crm.once("intro", "ask", "I2", "left", "--by", "visit", "--on", "2026-11-21")
    agree(crm, "I3")
    return pair


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("options", "refs"),
    [
        ((), ["I3", "I2", "I1"]),
        (("--limit", "1"), ["I3"]),
        (("--status", "agreed"), ["I3"]),
        (("--owner", "sam"), ["I2"]),
        (("--contact", "cal"), ["I3"]),
        (("--contact", "jo"), ["I1"]),
        (("--contact", "bea"), ["I3", "I2"]),
        (("--community", "sex workers"), ["I3", "I2"]),
        (("--community", "lgbtq"), ["I3"]),
        (("--since", "2026-11-02"), ["I3", "I2"]),
        (("--stuck",), ["I3", "I2"]),
        (("--stuck", "--status", "asking"), ["I2"]),
        (("--owed",), []),
    ],
)
def test_listing(crm: Crm, options: tuple[str, ...], refs: list[str]) -> None:
    """Open ones, the newest first, narrowed by every filter."""
    assert [i["ref"] for i in crm.json("intro", "list", *options)] == refs


def test_a_side_is_stuck_from_the_tenth_day_of_silence(crm: Crm, several: tuple[str, str], on_day: Callable[[str], None]) -> None:
    """Not on the ninth, and no longer once it has answered."""
    on_day("2026-11-30")
    assert [i["ref"] for i in crm.json("intro", "list", "--stuck")] == ["I3"]
    on_day("2026-12-01")
    crm.ok("intro", "answer", "I2", "left", "yes")
    assert [i["ref"] for i in crm.json("intro", "list", "--stuck")] == ["I3"]
    assert several


def test_printed_and_empty_lists(crm: Crm, pair: tuple[str, str]) -> None:
    """Each side with what it has said so far; nothing found is a note, not an answer."""
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-05")
    crm.ok("intro", "answer", "I1", "right", "yes")
    line = crm.ok("intro", "list").out.splitlines()[1]
    assert line.startswith("I1   asking  Amina Yusuf (asked 5 Nov)  Siân O'Brien [she/her] (yes)  ")
    empty = crm.ok("intro", "list", "--status", "closed", "--contact", pair[0])
    assert (empty.out, empty.err) == ("", "no introductions\n")


def test_one_that_is_not_there(crm: Crm) -> None:
    """Showing and moving say so."""
    assert "no introduction 'I7'" in crm.refused(Exit.NOT_FOUND, "intro", "show", "I7")
    assert "no introduction 'I7'" in crm.refused(Exit.NOT_FOUND, "intro", "met", "I7")


@pytest.mark.usefixtures("pair")
def test_it_is_found_by_words(crm: Crm) -> None:
    """Words of its why, or both names in any order."""
    assert crm.json("intro", "show", "drop-ins asylum")["ref"] == "I1"
    assert crm.json("intro", "show", "sian amina")["ref"] == "I1"
    crm.ok("contact", "add", "Bea Lund")
    crm.ok("intro", "propose", "bea", "amina", "--why", "another")
    assert crm.json("intro", "show", "Amina Yusuf and Siân O'Brien [she/her]")["ref"] == "I1"
    assert "could be any of: I1 Amina Yusuf and" in crm.refused(Exit.NOT_FOUND, "intro", "show", "amina")
