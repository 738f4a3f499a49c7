"""Duplicates and merging, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm


@pytest.fixture
def twin(crm: Crm, amina: str, sian: str) -> str:
    """Add a second record of Amina, after Siân; give its ref."""
    fields = ["--email", "amina@example.org", "--phone", "0113 496 0100", "--pronouns", "they", "--tag", "gp-lead"]
    ref = str(crm.once("contact", "add", "Amina Yusuf-Hall", *fields)["ref"])
    crm.once("contact", "edit", amina, "--pronouns", "she/her")
    crm.once("offer", "add", ref, "advice", "Talks")
    crm.once("log", "Rang", "--with", ref, "--with", sian, "--about", ref)
    crm.once("followup", "add", "Send the leaflet", "--about", ref, "--due", "friday")
    return ref


# --- duplicates -------------------------------------------------------------------------------------------


def test_likely_pairs_are_listed_with_their_reasons(crm: Crm, amina: str, twin: str) -> None:
    """And what to do about the first."""
    assert crm.json("contact", "duplicates") == [
        {
            "contact": {"ref": amina, "name": "Amina Yusuf"},
            "other": {"ref": twin, "name": "Amina Yusuf-Hall"},
            "score": 90,
            "sure": True,
            "reasons": ["same e-mail", "near name"],
        }
    ]
    told = crm.ok("contact", "duplicates")
    assert f"90     {amina} Amina Yusuf  {twin} Amina Yusuf-Hall  same e-mail, near name" in told.out
    assert f"solidarity contact merge {amina} {twin}" in told.err


def test_at_most_so_many_are_listed(crm: Crm) -> None:
    """And how many more there are; where there are none, that is said."""
    assert crm.ok("contact", "duplicates").err == "no likely duplicates\n"
    for _ in range(3):
        crm.ok("contact", "add", "Bea Lund", "--email", "bea@example.org")
    listed = crm.ok("contact", "duplicates", "--limit", "1")
    assert (len(listed.out.splitlines()), "and 2 more" in listed.err) == (2, True)


def test_two_people_are_not_listed_again(crm: Crm, amina: str, twin: str) -> None:
    """Whichever is named first; until that is undone."""
    told = crm.json("contact", "duplicates", "--not-duplicates", twin, amina)
    assert told == {
        "contact": {"ref": twin, "name": "Amina Yusuf-Hall"},
        "other": {"ref": amina, "name": "Amina Yusuf"},
        "not_duplicates": True,
    }
    assert crm.json("contact", "duplicates") == []
    crm.ok("contact", "duplicates", "--not-duplicates", amina, twin)
    crm.ok("undo", "--yes")
    assert [pair["other"]["ref"] for pair in crm.json("contact", "duplicates")] == [twin]
    assert "is one contact" in crm.refused(Exit.REFUSED, "contact", "duplicates", "--not-duplicates", amina, amina)
    assert "no contact 'Nobody'" in crm.refused(Exit.NOT_FOUND, "contact", "duplicates", "--not-duplicates", amina, "Nobody")
    assert "--not-duplicates" in crm.refused(Exit.USAGE, "contact", "duplicates", "--not-duplicates", amina)


# --- merging ----------------------------------------------------------------------------------------------


def test_everything_of_the_other_is_the_kept_ones(crm: Crm, amina: str, twin: str) -> None:
    """Its offers, interactions, follow-ups, numbers and tags; blanks are filled, and its name still finds it."""
    told = crm.ok("--json", "contact", "merge", amina, twin, "--yes")
    merged = told.data
    assert (merged["ref"], merged["name"], merged["pronouns"], merged["tags"]) == (amina, "Amina Yusuf", "she/her", ["gp-lead"])
    assert [email["value"] for email in merged["emails"]] == ["amina@example.org"]
    assert [phone["value"] for phone in merged["phones"]] == ["0113 496 0100"]
    assert crm.json("offer", "show", "H1")["contact"]["ref"] == amina
    assert crm.json("followup", "show", "F1")["about"]["ref"] == amina
    assert {who["ref"] for who in crm.json("show", "N1")["contacts"]} == {amina, "P2"}
    assert told.err == f"{twin} is {amina} now; solidarity undo makes them two again\n"
    assert crm.json("show", "yusuf-hall")["ref"] == amina
    assert [found["ref"] for found in crm.json("search", "hall")] == [amina]
    assert crm.json("contact", "duplicates") == []
    assert crm.ok("store", "check").code == 0


def test_undo_makes_them_two_again(crm: Crm, amina: str, twin: str) -> None:
    """Each as it was; and the merger can be had again."""
    before = [crm.json("show", ref) for ref in (amina, twin, "H1", "F1", "N1")]
    crm.ok("contact", "merge", amina, twin, "--yes")
    crm.ok("undo", "--yes")
    assert [crm.json("show", ref) for ref in (amina, twin, "H1", "F1", "N1")] == before
    crm.ok("undo", "--yes")
    assert f"{twin} was merged into {amina}" in crm.refused(Exit.NOT_FOUND, "show", twin)


def test_a_ref_that_was_merged_away_says_into_what(crm: Crm, amina: str, twin: str) -> None:
    """In one line with a hint, wherever it is typed."""
    crm.ok("contact", "merge", amina, twin, "--yes")
    for command in (
        ["show", twin],
        ["contact", "edit", twin, "--note", "x"],
        ["log", "x", "--with", twin],
        ["contact", "merge", twin, "P2"],
    ):
        assert crm.refused(Exit.NOT_FOUND, *command) == f"solidarity: {twin} was merged into {amina}\ntry: solidarity show {amina}\n"


def test_which_value_stays_may_be_said(crm: Crm, amina: str, twin: str) -> None:
    """Field by field; what there is nothing to choose in is refused."""
    taken = crm.json("contact", "merge", amina, twin, "--take", "name=other", "--take", "pronouns=keep", "--yes")
    assert (taken["name"], taken["pronouns"]) == ("Amina Yusuf-Hall", "she/her")
    assert crm.json("show", "amina yusuf")["ref"] == amina
    crm.ok("undo", "--yes")
    for take, code, said in (
        ("colour=other", Exit.USAGE, "no field to choose 'colour'"),
        ("name", Exit.USAGE, "--take"),
        ("known-as=other", Exit.USAGE, "do not differ"),
    ):
        assert said in crm.refused(code, "contact", "merge", amina, twin, "--take", take, "--yes")


def test_a_dry_run_shows_and_changes_nothing(crm: Crm, amina: str, twin: str) -> None:
    """Where they differ, what that becomes and why, and what comes over."""
    told = crm.json("contact", "merge", amina, twin, "--dry-run")
    assert (told["keep"]["ref"], told["other"]["ref"]) == (amina, twin)
    assert {field["field"]: (field["becomes"], field["how"]) for field in told["fields"]} == {
        "name": ("Amina Yusuf", "keep"),
        "pronouns": ("she/her", "keep"),
    }
    assert {move["what"]: (move["rows"], move["joined"]) for move in told["moves"]} == {
        "e-mail, phone or web address": (2, 1),
        "follow-up": (1, 0),
        "interaction": (1, 0),
        "offer": (1, 0),
        "part in a meeting or interaction": (1, 0),
        "tag": (1, 0),
    }
    text = crm.ok("contact", "merge", amina, twin, "--dry-run").out
    assert f"{twin} Amina Yusuf-Hall into {amina} Amina Yusuf" in text
    assert "she/her (stays)" in text
    assert crm.json("show", twin)["name"] == "Amina Yusuf-Hall"


def test_without_yes_a_pipe_is_refused(crm: Crm, amina: str, twin: str) -> None:
    """As is merging with oneself."""
    said = crm.refused(Exit.REFUSED, "contact", "merge", amina, twin)
    assert f"try: solidarity contact merge {amina} {twin} --yes" in said
    assert "cannot be merged with itself" in crm.refused(Exit.REFUSED, "contact", "merge", amina, amina, "--yes")
    assert crm.json("show", twin)["ref"] == twin


def test_do_not_contact_wins_and_no_channel_in_common_means_none(crm: Crm, amina: str, twin: str) -> None:
    """And says why, until somebody decides."""
    crm.ok("contact", "edit", amina, "--channel", "email")
    crm.ok("contact", "edit", twin, "--channel", "text", "--no-voicemail", "--avoid", "clinic")
    merged = crm.json("contact", "merge", amina, twin, "--yes")
    assert (merged["do_not_contact"], merged["no_voicemail"], merged["words_to_avoid"]) == (True, True, "clinic")
    assert "no channel is safe by both" in merged["do_not_contact_reason"]


def test_history_says_what_was_merged(crm: Crm, amina: str, twin: str) -> None:
    """In one line, by refs and counts."""
    crm.ok("contact", "merge", amina, twin, "--yes")
    (last,) = crm.json("history", "--limit", "1")
    assert (last["command"], last["note"].startswith(f"{twin} merged into {amina}: ")) == ("contact merge", True)


def test_names_with_everything_are_shown_safely(crm: Crm, sian: str) -> None:
    """Brackets, apostrophes and accents, in every format."""
    twin = crm.json("contact", "add", "Sian O'Brien", "--phone", "0113 496 0123")["ref"]
    assert "Siân O'Brien [she/her]" in crm.ok("contact", "duplicates").out
    assert r"Siân O'Brien \[she/her\]" in crm.ok("contact", "duplicates", "-o", "md").out
    assert (
        crm.ok("contact", "duplicates", "-o", "csv").out
        == f"contact,other,score,sure,reasons\n{sian},{twin},85,yes,same phone; same name\n"
    )
    assert "Siân O'Brien [she/her]" in crm.ok("contact", "merge", sian, twin, "--dry-run").out


def test_two_organisations_become_one(crm: Crm, amina: str) -> None:
    """With their people and their offers; the old name still finds it."""
    crm.ok("org", "add", "MESMAC Leeds", "--website", "https://mesmac.example", "--member", "--since", "2024-01-01")
    crm.ok("contact", "add", "Bea Lund", "--org", "O2")
    before = crm.ok("org", "merge", "O1", "O2", "--dry-run").out
    assert "  What  Rows  There already\n  role  1\n" in before
    merged = crm.json("org", "merge", "O1", "O2", "--yes")
    assert (merged["name"], merged["website"], merged["member_since"]) == ("MESMAC", "https://mesmac.example", "2024-01-01")
    assert {role["contact"]["ref"] for role in merged["contacts"]} == {amina, "P2"}
    assert crm.json("org", "show", "mesmac leeds")["ref"] == "O1"
    assert "O2 was merged into O1" in crm.refused(Exit.NOT_FOUND, "org", "show", "O2")
    crm.ok("undo", "--yes")
    assert crm.json("org", "show", "O2")["name"] == "MESMAC Leeds"
