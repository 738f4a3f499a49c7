"""Replies to the web form, as typed."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Crm

FIELDS = (
    "ref uid origin received_on reply_due name given_name family_name pronouns email phone organisation role choices words consent body "
    "status owner contact ended_on created_at updated_at"
)
PROPOSED = "likely organisations organisation_like kinds communities"
HEADER = "Name,Email,Phone,Organisation,Role,How can you help?,Message,I agree that you keep my details,Date\n"
SIAN = "Siân O'Brien [she/her],sian@example.org,,MESMAC,Lead,Data,Figures on refugees,yes,2026-11-30\n"


@pytest.fixture
def reply(crm: Crm, tmp_path: Path) -> Callable[..., str]:
    """Give a way to take in a reply with these answers; it gives its ref."""

    def take(row: str = SIAN, *options: str) -> str:
        file = tmp_path / "replies.csv"
        file.write_text(HEADER + row, encoding="utf-8")
        return str(crm.json("intake", "import", str(file), *options)[0]["ref"])

    return take


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text where the program reads what is piped."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


# --- taking in ---------------------------------------------------------------------------------------------


def test_an_import_says_what_it_took_and_takes_it_once(crm: Crm, tmp_path: Path) -> None:
    """The same file again changes nothing; rows that are none are named, with the code for a part."""
    file = tmp_path / "replies.csv"
    file.write_text(HEADER + SIAN + SIAN + ",,,,,,buy now,,\n", encoding="utf-8")
    first = crm("intake", "import", str(file), "--json")
    assert first.code == Exit.PARTIAL
    assert [(row["ref"], row["state"], row["file"], row["line"]) for row in first.data] == [
        ("R1", "new", "replies.csv", 2), ("R1", "known", "replies.csv", 3),
    ]  # fmt: skip
    assert (first.data[0]["received_on"], first.data[0]["reply_due"]) == ("2026-11-30", "2026-12-02")
    assert "1 new, 1 read before, 1 not understood" in first.err
    assert "replies.csv:4: nobody to answer" in first.err
    entries = len(crm.json("history"))
    again = crm("intake", "import", str(file))
    assert (again.code, "0 new, 2 read before" in again.err) == (Exit.PARTIAL, True)
    assert len(crm.json("history")) == entries
    assert crm.json("contact", "list") == []
    assert "form replies taken in" in crm.ok("history").out


def test_a_mail_may_be_piped(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its headers or without."""
    piped(
        monkeypatch, "From: Ann Lee <ann@example.org>\nSubject: x\n\nMessage Body:\nI have data\n\n-- \nThis e-mail was sent from a form\n"
    )
    assert crm.json("intake", "import", "-")[0]["who"] == "Ann Lee"
    piped(monkeypatch, "Message-ID: <1@x.example>\nSubject: x\n\nName: Bea\nEmail: bea@example.org\n")
    assert crm.json("intake", "import", "-")[0]["ref"] == "R2"


def test_a_rehearsal_keeps_nothing(crm: Crm, reply: Callable[..., str]) -> None:
    """It says what would be."""
    reply(SIAN, "--dry-run")
    assert crm.json("intake", "list", "--all") == []


def test_what_is_no_reply_is_refused(crm: Crm, tmp_path: Path) -> None:
    """One clear line, the right code, nothing kept."""
    (tmp_path / "mail.eml").write_text("Message-ID: <1@x.example>\nSubject: lunch\n\nAt one?\n", encoding="utf-8")
    assert "no reply to a form was found" in crm.refused(Exit.REFUSED, "intake", "import", "mail.eml")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html>", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for name in ("empty.csv", "page.csv", "folder", "nowhere.csv"):
        assert "cannot read" in crm.refused(Exit.REFUSED, "intake", "import", name)
    (tmp_path / "r.csv").write_text(HEADER + SIAN, encoding="utf-8")
    assert "no field 'shoe'" in crm.refused(Exit.USAGE, "intake", "import", "r.csv", "--map", "Name=shoe")
    assert "needs a heading" in crm.refused(Exit.USAGE, "intake", "import", "r.csv", "--map", "Name")
    assert "no layout 'lotus'" in crm.refused(Exit.USAGE, "intake", "import", "r.csv", "--layout", "lotus")
    assert crm.json("intake", "list", "--all") == []


def test_one_bad_mail_of_a_folder_costs_only_itself(crm: Crm, tmp_path: Path) -> None:
    """It is named, and the others are taken in."""
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails/a.eml").write_text("Message-ID: <1@x.example>\n\nName: Ann\nEmail: ann@example.org\n", encoding="utf-8")
    (tmp_path / "mails/b.eml").write_text("", encoding="utf-8")
    found = crm("intake", "import", "mails", "--json")
    assert (found.code, [row["who"] for row in found.data], "b.eml" in found.err) == (Exit.PARTIAL, ["Ann"], True)


# --- reading -----------------------------------------------------------------------------------------------


def test_a_reply_has_one_shape(crm: Crm, reply: Callable[..., str]) -> None:
    """In the list its own fields, on its card what is proposed too, and why."""
    ref = reply()
    (listed,) = crm.json("intake", "list")
    assert " ".join(listed) == FIELDS
    shown = crm.json("intake", "show", ref)
    assert " ".join(shown) == f"{FIELDS} {PROPOSED}"
    assert shown["kinds"] == [{"value": "data", "because": "they ticked 'data'"}]
    assert shown["communities"] == [{"value": "asylum seekers and refugees", "because": "they wrote 'refugees'"}]
    assert (shown["choices"], shown["consent"]) == (["Data"], "I agree that you keep my details: yes")
    assert crm.json("show", ref) == shown == crm.json("intake", "show", "sian obrien")


def test_the_card_says_who_it_may_be_and_what_accepting_would_do(crm: Crm, amina: str, reply: Callable[..., str]) -> None:
    """With the reasons."""
    crm.ok("contact", "edit", amina, "--do-not-contact")
    card = crm.ok("intake", "show", reply("Amina Yusuf,amina@example.org,,Mesmac,,,hello,,2026-11-30\n")).out
    assert "P1   Amina Yusuf  same e-mail, same organisation, same name (do not contact)" in card
    assert "Organisation: O1 MESMAC" in card
    assert "fills in what P1 Amina Yusuf lacks" in card
    assert "no consent was ticked" in card
    assert "other  nothing they ticked or wrote is in the list of words" in card


def test_replies_that_wait_are_in_the_days_list(crm: Crm, reply: Callable[..., str]) -> None:
    """Until they are decided on; search and history find them too."""
    ref = reply(SIAN, "--owner", "sam")
    (line,) = crm.json("today")
    assert (line["ref"], line["kind"], line["who"], line["when"]) == (ref, "proposal", "Siân O'Brien [she/her]", "2026-12-02")
    assert line["why"] == "reply due 2 Dec; not accepted yet"
    assert crm.json("today", "--owner", "robin") == []
    assert [row["ref"] for row in crm.json("search", "figures")] == [ref]
    assert crm.json("contact", "list") == []
    crm.ok("intake", "reject", ref)
    assert crm.json("today") == []
    assert "status: waiting → rejected" in crm.ok("history", ref).out


def test_the_list_has_what_waits(crm: Crm, reply: Callable[..., str]) -> None:
    """All, or those in one state, when that is asked for."""
    crm.ok("intake", "reject", reply())
    assert crm("intake", "list").err == "no form replies wait for you\n"
    reply("Bea,bea@example.org,,,,,hello,,2026-11-30\n")
    assert crm.ok("intake", "list").out.splitlines()[1].split() == ["R2", "Bea", "other", "30", "Nov", "2", "Dec", "waiting"]
    assert [row["ref"] for row in crm.json("intake", "list", "--all")] == ["R2", "R1"]
    assert [row["ref"] for row in crm.json("intake", "list", "--status", "rejected")] == ["R1"]


# --- deciding ----------------------------------------------------------------------------------------------


def test_somebody_new_goes_straight_in_and_out_again(crm: Crm, reply: Callable[..., str]) -> None:
    """Contact, role, offer, interaction and follow-up; undo takes all of it back, and the reply waits again."""
    ref = reply()
    done = crm.ok("intake", "accept", ref, "--json")
    assert (done.data["status"], done.data["contact"]["ref"]) == ("accepted", "P1")
    assert "P1 added, H1, N1; to do: F1; solidarity undo takes all of it back" in done.err
    assert crm.json("offer", "show", "H1")["source"] == "website form"
    assert crm.json("contact", "show", "P1")["affiliations"][0]["organisation"]["name"] == "MESMAC"
    assert crm.json("show", "sian")["ref"] == "P1", "a contact goes before the reply that they wrote"
    crm.ok("undo", "--yes")
    assert (crm.json("contact", "list"), crm.json("org", "list"), crm.json("offer", "list")) == ([], [], [])
    assert crm.json("intake", "show", ref)["status"] == "waiting"
    crm.ok("store", "check")


def test_a_sure_contact_is_filled_in(crm: Crm, amina: str, reply: Callable[..., str]) -> None:
    """And who asked not to be contacted stays so, loudly."""
    crm.ok("contact", "edit", amina, "--do-not-contact", "--reason", "asked on the phone")
    done = crm.ok("intake", "accept", reply("Amina Yusuf,amina@example.org,0113 496 0141,MESMAC,Director,Advice,x,yes,2026-11-30\n"))
    assert "TAKE CARE: P1 Amina Yusuf is marked do not contact: asked on the phone" in done.err
    kept = crm.json("contact", "show", amina)
    assert (kept["do_not_contact"], kept["affiliations"][0]["role"], kept["phones"][0]["value"]) == (True, "Outreach lead", "0113 496 0141")
    assert [row["ref"] for row in crm.json("contact", "list")] == [amina]


def test_somebody_who_may_be_known_is_asked_about(crm: Crm, amina: str, reply: Callable[..., str]) -> None:
    """In a pipe that is a refusal that names the candidates; --as and --new answer it."""
    ref = reply("Amina Yusuf,a.yusuf@work.example,,,,Advice,hello,,2026-11-30\n")
    said = crm.refused(Exit.REFUSED, "intake", "accept", ref)
    assert "R1 may be of somebody you have: P1 Amina Yusuf (same name)" in said
    assert "try: solidarity intake accept R1 --as P1, or --new" in said
    assert crm.json("intake", "accept", ref, "--as", "amina")["contact"]["ref"] == amina
    assert [point["value"] for point in crm.json("contact", "show", amina)["emails"]] == ["amina@example.org", "a.yusuf@work.example"]
    crm.ok("undo", "--yes")
    added = crm.ok("intake", "accept", ref, "--new", "--json")
    assert added.data["contact"]["ref"] == "P2"
    assert "P1 Amina Yusuf may be the same person (same name): solidarity contact merge P1 P2" in added.err


@pytest.mark.usefixtures("amina")
def test_every_part_can_be_put_right(crm: Crm, reply: Callable[..., str]) -> None:
    """Before it is kept."""
    ref = reply("S OBrien,not an address,,Mesmac Leeds,,,hello,,2026-11-30\n")
    typed = (
        "--name",
        "Siân O'Brien",
        "--email",
        "sian@example.org",
        "--org",
        "mesmac",
        "--role",
        "Trustee",
        "--kind",
        "data",
        "--kind",
        "advice",
    )
    crm.ok("intake", "accept", ref, *typed, "--for", "sex work", "--about", "A survey", "--owner", "sam", "--basis", "public task")
    kept = crm.json("contact", "show", "P2")
    assert (kept["name"], kept["emails"][0]["value"], kept["basis"]) == ("Siân O'Brien", "sian@example.org", "public task")
    assert (kept["affiliations"][0]["organisation"]["ref"], kept["affiliations"][0]["role"]) == ("O1", "Trustee")
    offers = crm.json("offer", "list")
    assert [(row["kind"], row["about"], row["for_communities"], row["owner"]) for row in offers] == [
        ("advice", "A survey", ["sex workers"], "Sam Adeyemi"), ("data", "A survey", ["sex workers"], "Sam Adeyemi"),
    ]  # fmt: skip


def test_no_offer_and_no_organisation_can_be_said(crm: Crm, reply: Callable[..., str]) -> None:
    """The follow-up is there all the same."""
    crm.ok("intake", "accept", reply(), "--no-offer", "--no-org")
    assert (crm.json("offer", "list"), crm.json("org", "list")) == ([], [])
    assert [row["due"] for row in crm.json("followup", "list")] == ["2026-12-02"]


def test_what_contradicts_itself_is_refused(crm: Crm, amina: str, reply: Callable[..., str]) -> None:
    """One line each, nothing changed."""
    ref = reply("Amina,amina@example.org,,,,,hello,,2026-11-30\n,bea@example.org,,,,,hello,,2026-11-30\nCas,c@d,,,,,x,,\n")
    for code, args in (
        (Exit.USAGE, ("--as", amina, "--new")),
        (Exit.USAGE, ("--as", amina, "--name", "Ann")),
        (Exit.USAGE, ("--org", "mesmac", "--no-org")),
        (Exit.USAGE, ("--kind", "data", "--no-offer")),
        (Exit.USAGE, ("--as", "robin")),
        (Exit.USAGE, ("--kind", "magic")),
        (Exit.NOT_FOUND, ("--as", "nobody")),
        (Exit.NOT_FOUND, ("--org", "nowhere")),
    ):
        crm.refused(code, "intake", "accept", ref, *args)
    assert "has no name in it" in crm.refused(Exit.USAGE, "intake", "accept", "R2")
    assert "e-mail 'x@'" in crm.refused(Exit.USAGE, "intake", "accept", "R3", "--email", "x@")
    crm.refused(Exit.NOT_FOUND, "intake", "accept", "R99")
    crm.refused(Exit.NOT_FOUND, "intake", "show", "R99")
    assert [row["status"] for row in crm.json("intake", "list", "--all")] == ["waiting"] * 3


def test_who_is_typing_is_said_before_the_noun_or_its_verb(crm: Crm, reply: Callable[..., str]) -> None:
    """Since --as of accept says who wrote."""
    crm.ok("--as", "Sam Adeyemi", "intake", "accept", reply())
    assert crm.json("history")[0]["who"] == "Sam Adeyemi"


@pytest.mark.parametrize("first", ["accept", "reject"])
@pytest.mark.parametrize("second", ["accept", "reject"])
def test_a_reply_is_decided_on_once(crm: Crm, reply: Callable[..., str], first: str, second: str) -> None:
    """The second time is one line."""
    ref = reply()
    crm.ok("intake", first, ref)
    stands = f"{first}ed already" if second == first else f"{first}ed, so it cannot be {second}ed"
    assert f"{ref} is {stands}; it has ended" in crm.refused(Exit.REFUSED, "intake", second, ref)


def test_a_rejected_reply_is_emptied_and_undo_brings_it_back(crm: Crm, reply: Callable[..., str]) -> None:
    """Only where it came from and why it was rejected stay; --keep-text keeps all."""
    ref = reply()
    kept = crm.json("intake", "reject", ref, "--why", "an advertisement")
    assert [kept[field] for field in ("name", "email", "organisation", "words", "body", "choices")] == [None] * 5 + [[]]
    assert "an advertisement" in crm.ok("intake", "show", ref).out
    assert crm.json("search", "figures") == []
    crm.ok("undo", "--yes")
    assert crm.json("intake", "show", ref)["name"] == "Siân O'Brien [she/her]"
    assert crm.json("intake", "reject", ref, "--keep-text")["email"] == "sian@example.org"


def test_the_settings_words_sort(crm: Crm, reply: Callable[..., str]) -> None:
    """[intake.kinds] adds words; a kind that there is not is refused with the settings' code."""
    settings = crm.workspace.folder / "solidarity.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + '\n[intake.kinds]\nelsewhere = ["figures", "-other cities"]\n', encoding="utf-8")
    ref = reply("Ann,ann@example.org,,,,,Figures from other cities,,2026-11-30\n")
    assert [(row["value"], row["because"]) for row in crm.json("intake", "show", ref)["kinds"]] == [
        ("data", "they wrote 'figures'"), ("elsewhere", "they wrote 'figures'"),
    ]  # fmt: skip
    settings.write_text(text + '\n[intake.kinds]\nmagic = ["x"]\n', encoding="utf-8")
    assert "[intake.kinds] does not know magic" in crm.refused(Exit.STORE, "intake", "list")


def test_hostile_words_come_out_as_words(crm: Crm, tmp_path: Path) -> None:
    """Markup, formulas and what a terminal obeys."""
    (tmp_path / "r.csv").write_text('Name,Email,Message\n"Ann [/red]\x1b[31m",ann@example.org,"=1+1 <b>%s</b>\x07"\n', encoding="utf-8")
    ref = crm.json("intake", "import", "r.csv")[0]["ref"]
    for shown in (crm.ok("intake", "show", ref), crm.ok("intake", "list"), crm.ok("intake", "accept", ref), crm.ok("show", "P1")):
        assert "Ann [/red]" in shown.out
        assert not {"\x1b", "\x07"} & set(shown.out)
