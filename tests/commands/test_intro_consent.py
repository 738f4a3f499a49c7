"""Asking both sides and the introducer, what each may hear of the other, and what they are told in the end, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm import services
from solidarity_crm.cli.context import change
from solidarity_crm.errors import Exit, Refused
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

WHY = "Both run drop-ins"


@pytest.fixture
def pair(crm: Crm, amina: str, sian: str) -> tuple[str, str]:
    """Propose to introduce two people, with Jo Vale between them; give their refs."""
    crm.once("contact", "add", "Jo Vale", "--email", "jo@example.org")
    crm.once("intro", "propose", amina, sian, "--why", WHY, "--via", "jo", "--on", "2026-11-01")
    return amina, sian


def body(crm: Crm, ref: str) -> str:
    """Give a draft's text."""
    return str(crm.json("outreach", "show", ref)["body"])


def test_asking_writes_the_draft_that_asks_one_person(crm: Crm, pair: tuple[str, str]) -> None:
    """To that person alone, with a description and a word of ours, and nothing of the other."""
    asked = crm.ok("intro", "ask", "I1", "--side", "left", "--describe", "a GP who runs a drop-in", "--words", "We met in May.")
    assert asked.err == "drafted: D1; solidarity show D1, then solidarity outreach export D1\n"
    draft = crm.json("outreach", "show", "D1")
    assert (draft["to"]["ref"], draft["template"], draft["about"]["ref"]) == (pair[0], "ask-introduction", "I1")
    assert "a GP who runs a drop-in." in draft["body"]
    assert "We met in May." in draft["body"]
    assert not {"Siân", "O'Brien", "sian@example.org"} & set(draft["body"].replace(".", " ").split())
    side = crm.json("intro", "show", "I1")["left"]
    assert (side["asked_by"], side["asked_words"]) == ("email", "a GP who runs a drop-in; We met in May.")


def test_what_the_others_own_yes_allows_is_told_when_asking(crm: Crm, pair: tuple[str, str]) -> None:
    """Who they are, but not how to reach them; nothing more of it once the yes is taken back."""
    crm.ok("contact", "edit", pair[0], "--works-with", "sex workers")
    crm.ok("intro", "answer", "I1", "left", "yes", "--share", "name,role,communities,email,why", "--words", "I want to learn")
    crm.ok("intro", "ask", "I1", "right")
    text = body(crm, "D1")
    assert "meet Amina Yusuf.\n\n    Role: Outreach lead\n    Works with: sex workers\n" in text
    assert "I want to learn" in text
    assert "amina@example.org" not in text
    assert "MESMAC" not in text
    crm.ok("intro", "answer", "I1", "left", "yes", "--share", "role")
    assert crm.json("outreach", "show", "D1")["status"] == "cancelled"
    crm.ok("intro", "ask", "I1", "right")
    assert "Amina" not in body(crm, "D2")
    declined = crm.json("intro", "answer", "I1", "left", "no")
    assert (declined["status"], declined["left"]["withdrawn_on"]) == ("declined", "2026-12-01")
    assert crm.json("outreach", "show", "D2")["status"] == "cancelled"


@pytest.mark.usefixtures("pair")
def test_words_that_give_the_other_away_are_refused(crm: Crm) -> None:
    """In a description, in a word of ours, and to the introducer; and nothing is recorded."""
    for words in ("Siân's friend", "write to sian@example.org", "0113 496 0123"):
        assert "may not be told yet" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left", "--describe", words)
        assert "may not be told yet" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left", "--words", words)
        assert "may not be told yet" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "--introducer", "--words", words)
    assert crm.json("intro", "show", "I1")["status"] == "proposed"
    assert crm.json("outreach", "list") == []


@pytest.mark.usefixtures("pair")
def test_whom_to_ask_is_said_once(crm: Crm) -> None:
    """Left, right or the introducer; the same twice is the same."""
    for words in ((), ("left", "--introducer"), ("left", "--side", "right")):
        assert "one of the three" in crm.refused(Exit.USAGE, "intro", "ask", "I1", *words)
    assert "for asking one of the two" in crm.refused(Exit.USAGE, "intro", "ask", "I1", "--introducer", "--describe", "a GP")
    assert crm.json("intro", "ask", "I1", "left", "--side", "left")["left"]["asked_on"] == "2026-12-01"


def test_a_side_is_asked_by_a_channel_that_is_theirs(crm: Crm, pair: tuple[str, str]) -> None:
    """Somebody without an address is asked in another way; one without any safe channel is not proposed at all."""
    crm.ok("contact", "edit", pair[0], "--channel", "letter")
    assert "that is not safe for them; possible: letter" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left")
    assert crm.json("intro", "ask", "I1", "left", "--by", "letter")["left"]["asked_by"] == "letter"
    assert crm.json("outreach", "list") == []
    crm.ok("contact", "add", "Bea Lund", "--channel", "email")
    assert "cannot be reached by any channel that is safe" in crm.refused(Exit.REFUSED, "intro", "propose", pair[0], "bea", "--why", WHY)


def test_the_first_letter_to_somebody_carries_their_privacy_notice(crm: Crm, pair: tuple[str, str]) -> None:
    """Where their details did not come from themselves."""
    crm.ok("contact", "edit", pair[0], "--source", "introduced by jo")
    crm.ok("intro", "ask", "I1", "left")
    assert crm.json("outreach", "show", "D1")["with_notice"] is True
    assert "somebody who thought that we should know each other" in " ".join(body(crm, "D1").split())


@pytest.mark.usefixtures("pair")
def test_making_writes_one_message_to_each(crm: Crm) -> None:
    """Of what the other shares; in the same words only where both agreed to that."""
    crm.ok("intro", "answer", "I1", "left", "yes", "--share", "name,email", "--one-mail")
    crm.ok("intro", "answer", "I1", "right", "yes", "--share", "name, phone", "--separately")
    crm.ok("intro", "make", "I1")
    drafts = crm.json("outreach", "list")
    assert [(d["to_address"], d["template"]) for d in drafts] == [("sian@example.org", "introduce"), ("amina@example.org", "introduce")]
    assert "0113 496 0123" in drafts[1]["body"].replace("+44 ", "0")
    assert "sian@example.org" not in drafts[1]["body"]
    crm.ok("undo", "--yes")
    crm.ok("intro", "answer", "I1", "right", "yes", "--one-mail")
    crm.ok("intro", "make", "I1")
    both = crm.json("outreach", "list", "--template", "introduce-together")
    assert [d["to_address"] for d in both] == ["sian@example.org", "amina@example.org"]
    assert both[0]["body"] == both[1]["body"]
    assert "amina@example.org" in both[0]["body"]
    crm.ok("outreach", "export", both[0]["ref"], both[1]["ref"])
    for file in crm.workspace.drafts.glob("*.eml"):
        head = file.read_text(encoding="utf-8").partition("\n\n")[0]
        assert "cc:" not in head.lower()
        assert head.count("@example.org") == 1


def test_nothing_is_written_of_somebody_who_has_not_had_the_notice(crm: Crm, pair: tuple[str, str]) -> None:
    """It is made, and said why there is no message."""
    crm.ok("contact", "edit", pair[1], "--source", "event")
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes", "--one-mail")
    made = crm.ok("intro", "make", "I1")
    assert "no draft: P1 Amina Yusuf" in made.err
    assert "before both were given the privacy notice" in made.err
    assert crm.json("outreach", "list") == []


def test_an_introducer_gets_a_note_that_can_be_forwarded(crm: Crm, pair: tuple[str, str]) -> None:
    """It names nobody who did not come from them or has not said that they may be named."""
    crm.ok("intro", "ask", "I1", "--introducer", "--words", "You kindly offered.")
    text = body(crm, "D1")
    assert crm.json("outreach", "show", "D1")["to"]["name"] == "Jo Vale"
    assert "You kindly offered." in text
    assert WHY in text
    assert "Amina" not in text + crm.json("outreach", "show", "D1")["subject"]
    assert "Siân" not in text
    assert crm.json("intro", "show", "I1")["introducer_asked_on"] == "2026-12-01"
    assert "was asked on 2026-12-01" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "--introducer")
    crm.ok("undo", "--yes")
    crm.ok("contact", "edit", pair[0], "--source", "introduced by jo")
    crm.ok("intro", "ask", "I1", "--introducer")
    assert "It is about\nAmina Yusuf." in body(crm, "D2")


def test_an_introducer_is_reminded_once(crm: Crm, pair: tuple[str, str]) -> None:
    """Not before they were asked, not twice, not when it is over, and not us."""
    assert "has not been asked yet" in crm.refused(Exit.REFUSED, "intro", "remind", "I1")
    crm.ok("intro", "ask", "I1", "--introducer", "--on", "2026-11-05")
    assert crm.json("intro", "remind", "I1")["introducer_reminded_on"] == "2026-12-01"
    assert "once is enough" in crm.refused(Exit.REFUSED, "intro", "remind", "I1")
    crm.ok("intro", "lapse", "I1")
    assert "nothing left to ask" not in crm.refused(Exit.REFUSED, "intro", "remind", "I1")
    crm.ok("intro", "propose", *pair, "--why", WHY, "--again")
    assert "has no introducer but us" in crm.refused(Exit.REFUSED, "intro", "ask", "I2", "--introducer")


@pytest.mark.usefixtures("pair")
def test_what_is_owed_to_an_introducer_is_listed_with_its_age(crm: Crm, on_day: Callable[[str], None]) -> None:
    """Today says when they are silent and when they are owed a word; a letter settles it once it has left, and is named until then."""
    crm.ok("intro", "ask", "I1", "--introducer", "--on", "2026-11-05")
    assert "stuck: introducer asked 26 days ago, no answer" in {line["why"] for line in crm.json("today")}
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes")
    crm.ok("intro", "make", "I1")
    crm.ok("intro", "met", "I1")
    crm.ok("intro", "close", "I1", "--result", "fruitful", "--outcome", "They share a drop-in")
    on_day("2026-12-11")
    assert (
        "thanks since 1 Dec (10 days ago); a word on what came of it since 1 Dec (10 days ago)"
        in crm.ok("intro", "list", "--owed", "-o", "md").out
    )
    whys = {line["why"] for line in crm.json("today") if line["ref"] == "I1"}
    assert whys == {"thanks owed since 1 Dec", "owed to the introducer since 1 Dec (10 days ago): a word on what came of it"}
    told = crm.json("intro", "tell", "I1")
    assert (told["introducer_told_on"], told["thanked_on"], told["left"]["told_on"]) == (None,) * 3
    letters = {draft["ref"]: draft["template"] for draft in crm.json("outreach", "list", "--status", "draft")[:3]}
    assert sorted(letters.values()) == ["introduction-outcome", "introduction-outcome", "thank-introducer"]
    assert sorted(told["letters_waiting"]) == sorted(letters)
    *_, word = told["letters_waiting"]
    listed = f"drafts {', '.join(told['letters_waiting'])} wait"
    assert f"(10 days ago); {listed}" in crm.ok("intro", "list", "--owed", "-o", "md").out
    assert f"Letters:                  {listed}" in crm.ok("intro", "show", "I1").out
    whys = {line["why"] for line in crm.json("today") if line["ref"] == "I1"}
    assert {why.rpartition("; ")[2] for why in whys} == {f"draft {word} waits"}
    assert f"what came of I1 is written; {listed}" in crm.refused(Exit.REFUSED, "intro", "tell", "I1")
    on_day("2026-12-12")
    crm.ok("outreach", "export", word)
    assert crm.json("intro", "list", "--owed") == []
    told = crm.json("intro", "show", "I1")
    assert (told["introducer_told_on"], told["thanked_on"], told["left"]["told_on"]) == ("2026-12-12", "2026-12-12", None)
    crm.ok("outreach", "export")
    assert [crm.json("intro", "show", "I1")[side]["told_on"] for side in ("left", "right")] == ["2026-12-12"] * 2
    assert [line for line in crm.json("today") if line["ref"] == "I1"] == []
    assert "nobody is left to be told" in crm.refused(Exit.REFUSED, "intro", "tell", "I1")


@pytest.fixture
def letters(crm: Crm, pair: tuple[str, str]) -> dict[str, str]:
    """Give the letters that say what came of an introduction, to its sides and its introducer."""
    assert pair
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes")
    for step in (["make", "I1"], ["met", "I1"], ["close", "I1", "--outcome", "They share a drop-in"], ["tell", "I1"]):
        crm.ok("intro", *step)
    found = crm.json("intro", "show", "I1")
    to = {crm.json("outreach", "show", ref)["to"]["ref"]: ref for ref in found["letters_waiting"]}
    return {
        "left": to[found["left"]["contact"]["ref"]],
        "right": to[found["right"]["contact"]["ref"]],
        "introducer": to[found["introducer"]["ref"]],
    }


def test_a_letter_of_thanks_that_is_cancelled_thanked_nobody(crm: Crm, letters: dict[str, str]) -> None:
    """Neither one that waits nor one that was exported; another's word stays, and it can be written again."""
    crm.ok("outreach", "export", letters["left"], letters["introducer"])
    crm.ok("outreach", "cancel", letters["introducer"])
    found = crm.json("intro", "show", "I1")
    assert (found["introducer_told_on"], found["thanked_on"], found["left"]["told_on"]) == (None, None, "2026-12-01")
    assert [line["ref"] for line in crm.json("intro", "list", "--owed")] == ["I1"]
    assert found["letters_waiting"] == [letters["right"]]
    crm.ok("outreach", "cancel", letters["right"])
    assert crm.json("intro", "show", "I1")["left"]["told_on"] == "2026-12-01"
    waiting = crm.json("intro", "tell", "I1")["letters_waiting"]
    assert [crm.json("outreach", "show", ref)["template"] for ref in waiting] == ["introduction-outcome", "thank-introducer"]
    crm.ok("outreach", "export", *waiting)
    told = crm.json("intro", "show", "I1")
    assert (told["thanked_on"], told["right"]["told_on"], told["letters_waiting"]) == ("2026-12-01", "2026-12-01", [])


def test_whoever_is_told_by_telephone_gets_no_letter_too(crm: Crm, letters: dict[str, str]) -> None:
    """The ones that waited are cancelled; one that was exported has told already."""
    crm.ok("outreach", "export", letters["left"])
    told = crm.json("intro", "tell", "I1", "--by", "call")
    assert (told["thanked_on"], told["right"]["told_on"], told["letters_waiting"]) == ("2026-12-01", "2026-12-01", [])
    assert [crm.json("outreach", "show", letters[who])["status"] for who in ("left", "right", "introducer")] == [
        "exported",
        "cancelled",
        "cancelled",
    ]
    assert "nobody is left to be told" in crm.refused(Exit.REFUSED, "intro", "tell", "I1")


def test_an_export_that_is_taken_back_has_told_nobody(crm: Crm, letters: dict[str, str]) -> None:
    """It is owed again, as it was before."""
    before = crm.json("intro", "show", "I1")
    crm.ok("outreach", "export", letters["introducer"])
    crm.ok("undo", "--yes")
    assert crm.json("intro", "show", "I1") == before


@pytest.mark.usefixtures("pair")
def test_a_channel_has_more_than_one_name(crm: Crm) -> None:
    """The words of everyday mean the program's own."""
    assert crm.json("intro", "answer", "I1", "right", "yes", "--share", "name,organisation", "--by", "phone")["right"]["channel"] == "call"
    assert crm.json("intro", "ask", "I1", "left", "--by", "post")["left"]["asked_by"] == "letter"
    assert "no channel 'pigeon'" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "yes", "--by", "pigeon")


@pytest.mark.usefixtures("pair")
def test_telling_waits_for_the_end(crm: Crm) -> None:
    """Nothing is told while it is open; by telephone it is recorded, and nothing written."""
    assert "nothing to tell until it is closed" in crm.refused(Exit.REFUSED, "intro", "tell", "I1")
    crm.ok("intro", "answer", "I1", "left", "yes")
    crm.ok("intro", "answer", "I1", "right", "silent")
    told = crm.json("intro", "tell", "I1", "--by", "call")
    assert (told["status"], told["left"]["told_on"], told["right"]["told_on"]) == ("lapsed", "2026-12-01", None)
    assert crm.json("outreach", "list") == []


@pytest.mark.usefixtures("pair")
def test_a_silence_shares_nothing_and_cannot_be_told_from_a_no(crm: Crm) -> None:
    """It lapses; a result is one of four."""
    assert "lets nothing be shared" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "silent", "--one-mail")
    assert "lets nothing be shared" in crm.refused(Exit.USAGE, "intro", "answer", "I1", "left", "no", "--separately")
    assert "no result 'grand'" in crm.refused(Exit.USAGE, "intro", "close", "I1", "--outcome", "x", "--result", "grand")
    assert "it cannot be closed" in crm.refused(Exit.REFUSED, "intro", "close", "I1", "--outcome", "x", "--result", "no fit")
    assert crm.json("intro", "answer", "I1", "left", "silent")["status"] == "lapsed"


@pytest.mark.usefixtures("pair")
def test_each_side_is_described_to_the_other_before_their_yes(crm: Crm) -> None:
    """As the proposal says, or this once as asking does; not any more once their name may be told."""
    edited = crm.json("intro", "edit", "I1", "--describe-left", "a GP who runs a drop-in", "--describe-right", "somebody in housing")
    assert (edited["left"]["described_as"], edited["right"]["described_as"]) == ("a GP who runs a drop-in", "somebody in housing")
    crm.ok("intro", "ask", "I1", "left")
    crm.ok("intro", "ask", "I1", "right", "--describe", "a doctor nearby")
    assert "meet:\nsomebody in housing.\n" in body(crm, "D1")
    assert "meet:\na doctor nearby.\n" in body(crm, "D2")
    shown = crm.json("intro", "show", "I1")
    assert (shown["left"]["asked_words"], shown["right"]["asked_words"]) == ("somebody in housing", "a doctor nearby")
    crm.ok("intro", "answer", "I1", "right", "yes", "--share", "name")
    crm.ok("intro", "ask", "I1", "left")
    assert "meet Siân O'Brien [she/her]." in body(crm, "D3")
    assert crm.json("intro", "edit", "I1", "--describe-left", "")["left"]["described_as"] is None
    assert "Described as:  somebody in housing\n" in crm.ok("intro", "show", "I1").out


@pytest.mark.parametrize(
    "words",
    ["Siân, who knows housing", "the one at sian@example.org", "ring (0113) 496-0123", "somebody called O'Brien", "SIÂN O'BRIEN [SHE/HER]"],
)
def test_a_description_that_gives_somebody_away_is_refused(crm: Crm, amina: str, sian: str, words: str) -> None:
    """Their name, their e-mail, their phone, however written; and nothing is proposed."""
    said = crm.refused(Exit.REFUSED, "intro", "propose", amina, sian, "--why", WHY, "--describe-right", words)
    assert said.startswith("solidarity: the description has ")
    assert "may not be told yet\ntry: say it without" in said
    assert crm.json("intro", "list") == []
    crm.ok("intro", "propose", amina, sian, "--why", WHY, "--describe-right", "somebody in housing")
    assert "the description has" in crm.refused(Exit.REFUSED, "intro", "edit", "I1", "--describe-right", words)
    assert crm.json("intro", "show", "I1")["right"]["described_as"] == "somebody in housing"


@pytest.mark.usefixtures("pair")
def test_a_description_is_not_told_once_it_gives_somebody_away(crm: Crm) -> None:
    """Names change, so whoever is asked does not read what was no name when it was written."""
    crm.ok("intro", "edit", "I1", "--describe-right", "somebody from Harbour")
    crm.ok("outreach", "draft", "ask-introduction", "--to", "P1", "--about", "I1")
    assert "somebody from Harbour." in body(crm, "D1")
    crm.ok("org", "add", "Harbour", "--kind", "charity")
    crm.ok("contact", "edit", "P2", "--org", "Harbour")
    assert "the description has 'Harbour'" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left")
    crm.ok("outreach", "draft", "ask-introduction", "--to", "P1", "--about", "I1", "--again")
    assert "Harbour" not in body(crm, "D2")


@pytest.mark.usefixtures("pair")
def test_somebody_who_does_not_share_their_name_is_introduced_without_it(crm: Crm) -> None:
    """By what they do share, and by how they are described; nobody is left without the message that they said yes to."""
    crm.ok("intro", "edit", "I1", "--describe-left", "somebody who leads outreach")
    crm.ok("intro", "answer", "I1", "left", "yes", "--share", "role e-mail")
    crm.ok("intro", "answer", "I1", "right", "yes", "--share", "organisation")
    assert "no draft" not in crm.ok("intro", "make", "I1").err
    to_right, to_left = (" ".join(str(draft["body"]).split()) for draft in crm.json("outreach", "list"))
    assert "please meet somebody who leads outreach. Role: Outreach lead E-mail: amina@example.org" in to_right
    assert "They have a message of their own" in to_right
    assert "so far without a name. Why we thought of it" in to_left
    assert "They would like the first word to come by way of us." in to_left
    assert "Amina" not in to_right
    assert not {"Siân", "sian@example.org"} & set(to_left.split())


def test_nobody_is_described_either_before_they_had_the_notice(crm: Crm, pair: tuple[str, str]) -> None:
    """Separate messages are as careful as one to both; the other one's still goes out."""
    crm.ok("contact", "edit", pair[1], "--source", "event")
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes", "--share", "role,email")
    made = crm.ok("intro", "make", "I1")
    assert "no draft: P1 Amina Yusuf: the template introduce needs introduction.other, which cannot be named before" in made.err
    assert "once that is put right: solidarity outreach draft introduce --about I1 --to P1;" in made.err
    assert [draft["to"]["ref"] for draft in crm.json("outreach", "list")] == [pair[1]]
    crm.ok("contact", "edit", pair[1], "--notice-given-on", "today")
    crm.ok("outreach", "draft", "introduce", "--about", "I1", "--to", pair[0])


@pytest.mark.usefixtures("pair")
def test_a_letter_that_asks_is_cancelled_once_it_is_answered(crm: Crm) -> None:
    """Also the introducer's, once the introduction is made; the other side's stays until then."""
    crm.ok("intro", "ask", "I1", "left")
    crm.ok("intro", "ask", "I1", "right")
    crm.ok("intro", "ask", "I1", "--introducer")

    def waiting() -> list[str]:
        return sorted(draft["ref"] for draft in crm.json("outreach", "list", "--status", "draft"))

    crm.ok("intro", "answer", "I1", "left", "yes")
    assert waiting() == ["D2", "D3"]
    crm.ok("intro", "answer", "I1", "right", "yes")
    assert waiting() == ["D3"]
    crm.ok("intro", "make", "I1")
    assert waiting() == ["D4", "D5"]


@pytest.mark.parametrize("how", ["declined", "fewer"])
def test_a_letter_that_was_handed_over_does_not_go_out_again_once_it_tells_too_much(crm: Crm, pair: tuple[str, str], how: str) -> None:
    """Nobody can call a file back, but no second one is made of it: not of an exported draft, nor where the export was undone."""
    crm.ok("intro", "answer", "I1", "left", "yes", "--share", "name,role")
    crm.ok("intro", "ask", "I1", "right")
    crm.ok("outreach", "export", "D1")
    exported = str(crm.json("history")[0]["entry"])
    crm.ok("outreach", "export", "D1", "--force")
    assert crm.json("outreach", "show", "D1")["to"]["ref"] == pair[1]
    answered = crm.ok("intro", "answer", "I1", "left", *(["no"] if how == "declined" else ["yes", "--share", "role"]))
    assert answered.err == "D1 was handed over, and tells what no longer stands: if it was not sent yet, delete its file\n"
    said = "the introduction does not stand as it did when this was written; cancel D1"
    assert said in crm.refused(Exit.REFUSED, "outreach", "export", "D1", "--force")
    crm("undo", exported, "--yes")
    assert said in crm.refused(Exit.REFUSED, "outreach", "export", "D1", "--force")


@pytest.mark.usefixtures("pair")
def test_a_letter_is_only_replaced_when_somebody_is_asked_once_more(crm: Crm) -> None:
    """It told nothing that it should not have, so nobody is alarmed."""
    crm.ok("intro", "ask", "I1", "left")
    crm.ok("outreach", "export", "D1")
    assert "handed over" not in crm.ok("intro", "ask", "I1", "left").err
    assert "handed over" not in crm.ok("intro", "answer", "I1", "left", "yes").err
    crm.ok("outreach", "export", "D1", "--force")


@pytest.mark.parametrize(
    ("words", "said"),
    [("It is Siân.", "name"), ("Write to sian@example.org", "email"), ("Ring 0113 496 0123", "phone"), ("She has time.", None)],
)
@pytest.mark.usefixtures("pair")
def test_what_is_written_into_a_letter_gives_nobody_away(crm: Crm, words: str, said: str | None) -> None:
    """Whoever edits a draft is held to what holds for the program; a name that is shared may be said."""
    crm.ok("intro", "ask", "I1", "left")
    text = body(crm, "D1")
    with change("outreach edit") as tx:
        if said:
            with pytest.raises(Refused, match=f"the other person's {said} may not be told yet"):
                services.outreach.reword(tx, Ref("D", 1), "Meeting somebody", f"{words}\n{text}")
        else:
            services.outreach.reword(tx, Ref("D", 1), "Meeting somebody", f"{words}\n{text}")
    crm.ok("intro", "answer", "I1", "right", "yes", "--share", "name")
    with change("outreach edit") as tx:
        services.outreach.reword(tx, Ref("D", 1), "Meeting Siân", text)
