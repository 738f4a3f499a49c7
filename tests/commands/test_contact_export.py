"""People's details as files, as typed: what is in them, who stays out, and that each is recorded once."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from solidarity_crm.errors import Exit
from solidarity_crm.exchange import vcard
from solidarity_crm.exchange.tables import own
from solidarity_crm.store import sqlite

if TYPE_CHECKING:
    from conftest import Crm

WHY = "Leeds City Council: planning the winter clinic"
FOR = ("--for", WHY)


@pytest.fixture
def three(crm: Crm, amina: str, sian: str) -> Crm:
    """Have Amina at MESMAC with a note, Siân, and Bea who asked not to be contacted."""
    crm.once("contact", "edit", amina, "--note", "Prefers mornings", "--works-with", "sex workers", "--avoid", "clinic", "--every", "6w")
    crm.once("contact", "tag", amina, "gp-lead")
    crm.once("contact", "tag", sian, "gp-lead")
    crm.once("contact", "add", "Bea Lund", "--email", "bea@example.org", "--do-not-contact", "--reason", "had enough", "--tag", "gp-lead")
    return crm


def disclosures(crm: Crm) -> list[tuple[str, ...]]:
    """Give what is recorded of every export: for whom, as what, which fields, whose."""
    connection = sqlite.raw(crm.workspace.store, "ro")
    found = connection.execute("SELECT recipient, form, fields, refs FROM disclosure ORDER BY id").fetchall()
    connection.close()
    return [tuple(row) for row in found]


def rows(content: bytes | str) -> list[dict[str, str]]:
    """Read a CSV file."""
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- what is written --------------------------------------------------------------------------------------


def test_a_sheet_is_written_and_recorded(three: Crm) -> None:
    """By default into the workspace's exports, named by the day, for its owner alone; notes stay here."""
    result = three.ok("contact", "export", *FOR, "--tag", "gp-lead")
    path = three.workspace.exports / "contacts-2026-12-01.csv"
    assert result.out.splitlines()[:5] == [
        str(path),
        "Contacts exported",
        "  Contacts: 2",
        "  Left out: 1, who asked not to be contacted",
        f"  For:      {WHY}",
    ]
    assert result.err.splitlines() == [
        "1 contact who asked not to be contacted left out; --contact takes somebody along",
        "notes, reasons, words to avoid and former names stayed here; --notes takes them along",
        f"2 contacts exported for {WHY}; solidarity history keeps that, and nothing calls it back",
    ]
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfname,given_name,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert [(row["name"], row["roles"], row["works_with"]) for row in rows(content)] == [
        ("Amina Yusuf", "Outreach lead @ MESMAC", "sex workers"),
        ("Siân O'Brien [she/her]", "", ""),
    ]
    assert not [word for word in ("mornings", "clinic", "Bea", "enough") if word.encode() in content]
    assert [(form, refs) for _, form, _, refs in disclosures(three)] == [("csv", "P1 P2")]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_notes_leave_only_when_ticked(three: Crm) -> None:
    """Then with all that was written for ourselves; the record says so."""
    content = three.ok("contact", "export", "-", *FOR, "--contact", "amina", "--contact", "bea", "--notes").out
    amina, bea = rows(content)
    assert (amina["note"], amina["words_to_avoid"]) == ("Prefers mornings", "clinic")
    assert (bea["do_not_contact"], bea["do_not_contact_reason"]) == ("yes", "had enough")
    (_, _, fields, refs) = disclosures(three)[0]
    assert refs == "P1 P3"
    assert {"note", "words_to_avoid", "do_not_contact"} < set(fields.split(", "))


def test_stdout_is_the_file_and_nothing_else(three: Crm) -> None:
    """One disclosure for it too; a reader gets what is in the store."""
    for form in ("vcf", "json", "csv"):
        content = three.ok("contact", "export", "-", *FOR, "--format", form, "--contact", "P2").out
        if form == "vcf":
            (sian,) = vcard.read("x.vcf", content.encode()).entries
            assert (sian.name, sian.emails[0].value, sian.note) == ("Siân O'Brien [she/her]", "sian@example.org", None)
        elif form == "json":
            assert [each["name"] for each in json.loads(content)["contacts"]] == ["Siân O'Brien [she/her]"]
        else:
            assert own.entry(2, rows(content)[0], "x").emails[0].value == "sian@example.org"
    assert [(form, refs) for _, form, _, refs in disclosures(three)] == [("vcf", "P2"), ("json", "P2"), ("csv", "P2")]


def test_the_ending_says_the_format(three: Crm) -> None:
    """Or --format does, or --vcard4, or --layout."""
    for name, start in (("a.vcf", b"BEGIN:VCARD\r\nVERSION:3.0"), ("a.xlsx", b"PK"), ("a.json", b'{"format": "solidarity-contacts"')):
        three.ok("contact", "export", name, *FOR, "--contact", "amina")
        assert Path(name).read_bytes().startswith(start)
    assert three.ok("contact", "export", "-", "--vcard4", *FOR, "--contact", "amina").out.startswith("BEGIN:VCARD\r\nVERSION:4.0")
    assert three.ok("contact", "export", "-", "--layout", "thunder", *FOR, "--contact", "amina").out.startswith(
        "\ufeffFirst Name,Last Name"
    )
    assert three.ok("contact", "export", "-", "--plain", *FOR, "--contact", "amina").out.startswith("name,")


def test_guards_can_be_left_out(crm: Crm) -> None:
    """For tools that would take them for text; otherwise no cell runs."""
    crm.ok("contact", "add", "=1+1", "--tag", "x")
    assert ",'=1+1," not in crm.ok("contact", "export", "-", *FOR, "--tag", "x").out
    assert "\n'=1+1," in crm.ok("contact", "export", "-", *FOR, "--tag", "x").out
    assert "\n=1+1," in crm.ok("contact", "export", "-", *FOR, "--tag", "x", "--raw").out


def test_a_workbook_names_nobody_but_whom_it_lists(three: Crm) -> None:
    """One sheet, a real date, no notes' column, and neither author nor place."""
    three.ok("contact", "export", "council.xlsx", *FOR, "--tag", "gp-lead")
    book = load_workbook("council.xlsx")
    (sheet,) = book.worksheets
    headings = [cell.value for cell in next(iter(sheet.iter_rows(max_row=1)))]
    assert headings == list(own.headings(private=False))
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Amina Yusuf", "Siân O'Brien [she/her]"]
    assert isinstance(sheet.cell(2, headings.index("obtained_on") + 1).value, datetime)


def test_a_card_each(three: Crm) -> None:
    """In a folder, named by refs and never by people."""
    answer = three.json("contact", "export", "--each", "cards", *FOR, "--tag", "gp-lead")
    assert (answer["file"], answer["format"], answer["contacts"], answer["left_out"]) == ("cards", "vcf", ["P1", "P2"], 1)
    assert sorted(path.name for path in Path("cards").iterdir()) == ["P1.vcf", "P2.vcf"]
    (amina,) = vcard.read("P1.vcf", Path("cards/P1.vcf").read_bytes()).entries
    assert (amina.name, amina.tags) == ("Amina Yusuf", ("gp-lead",))
    assert "P1.vcf is there already" in three.refused(Exit.REFUSED, "contact", "export", "--each", "cards", *FOR, "--tag", "gp-lead")
    assert len(disclosures(three)) == 1


def test_another_programs_file_says_no_more_than_it_needs(three: Crm) -> None:
    """Neither communities nor why we know them, in the file or the record; what has no column is said."""
    result = three.ok("contact", "export", "-", "--layout", "outlook", *FOR, "--tag", "gp-lead")
    assert "sex workers" not in result.out
    assert result.err.splitlines()[0] == "2 details are not in it, since Outlook has no column for more: further roles, numbers or tags"
    assert disclosures(three) == [(WHY, "csv for Outlook", "name, emails, phones, roles, tags", "P1 P2")]


def test_whoever_has_no_address_is_no_use_to_mailchimp(three: Crm) -> None:
    """And is neither in the file nor in the record."""
    three.ok("contact", "add", "Cas Lund", "--tag", "gp-lead")
    result = three.ok("contact", "export", "-", "--layout", "mailchimp", *FOR, "--tag", "gp-lead")
    assert "1 contact without an e-mail address left out, since Mailchimp takes none" in result.err
    assert disclosures(three)[0][3] == "P1 P2"
    assert "nobody has an e-mail address" in three.refused(
        Exit.REFUSED, "contact", "export", "--layout", "mailchimp", *FOR, "--contact", "cas"
    )


def test_as_json_it_answers_with_what_was_written(three: Crm) -> None:
    """Every field always there."""
    assert three.json("contact", "export", "a.vcf", *FOR, "--contact", "P2") == {
        "file": "a.vcf",
        "format": "vcf",
        "layout": None,
        "contacts": ["P2"],
        "left_out": 0,
        "recipient": WHY,
        "fields": ["name", "emails", "phones", "tags", "source", "obtained_on"],
    }


def test_two_exports_of_the_same_people_are_the_same(three: Crm) -> None:
    """To the byte."""
    for name in ("a.csv", "a.vcf", "a.xlsx"):
        three.ok("contact", "export", name, *FOR, "--tag", "gp-lead")
        first = Path(name).read_bytes()
        three.ok("contact", "export", name, *FOR, "--tag", "gp-lead", "--force")
        assert Path(name).read_bytes() == first


# --- what is recorded -------------------------------------------------------------------------------------


def test_what_left_is_in_the_history_and_cannot_be_taken_back(three: Crm) -> None:
    """The entry says what, for whom; undo says what can be."""
    three.ok("contact", "export", "-", *FOR, "--contact", "amina")
    newest: dict[str, Any] = three.json("history")[0]
    assert newest["command"] == "contact export"
    assert f"1 contact as csv for {WHY}: name, " in json.dumps(newest)
    assert "what left the program cannot be called back" in three.refused(Exit.REFUSED, "undo", "--yes")
    three.ok("store", "check")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ((), Exit.USAGE, "cannot ask here: Whom is it for, and why"),
        (("--for", "Council"), Exit.USAGE, "it says whom it is for and why, with a colon between"),
        (("--for", "Council: "), Exit.USAGE, "with a colon between"),
        (("a.pdf", *FOR), Exit.USAGE, "the ending says the format: vcf, csv, xlsx, json"),
        (("a", *FOR), Exit.USAGE, "the ending says the format"),
        (("a.csv", "--format", "vcf", *FOR), Exit.USAGE, "do not go together: one is for csv, one for vcf"),
        (("a.csv", "--vcard4", *FOR), Exit.USAGE, "do not go together"),
        (("a.xlsx", "--layout", "google", *FOR), Exit.USAGE, "do not go together"),
        (("a.csv", "--each", "cards", *FOR), Exit.USAGE, "a file and a folder for a file each were both given"),
        (("a.vcf", "--raw", *FOR), Exit.USAGE, "--raw is for CSV, and this is vcf"),
        (("a.json", "--plain", *FOR), Exit.USAGE, "--plain is for CSV, and this is json"),
        (("--layout", "palm", *FOR), Exit.USAGE, "no layout 'palm'; it is one of: google, outlook, thunderbird, mailchimp"),
        (("--contact", "Nobody Here", *FOR), Exit.NOT_FOUND, "no contact 'Nobody Here'"),
        (("--contact", "amina", "--tag", "gp-lead", *FOR), Exit.USAGE, "people were named, and filters given too"),
        (("--tag", "none", *FOR), Exit.REFUSED, "there is nobody to export: no such contacts"),
        (("--do-not-contact", *FOR), Exit.REFUSED, "there is nobody to export: whoever it would be asked not to be contacted"),
        (("there.csv", "--contact", "amina", *FOR), Exit.REFUSED, "there.csv is there already"),
        (("there.csv/a.csv", "--contact", "amina", *FOR), Exit.STORE, "cannot write there.csv/a.csv"),
        (FOR, Exit.REFUSED, "details of 2 contacts, all who are kept here, go to Leeds City Council"),
        (("--community", "sex", *FOR), Exit.REFUSED, "details of 1 contact who work with sex workers, go to Leeds City Council"),
    ],
)
def test_refusals(three: Crm, typed: tuple[str, ...], code: Exit, said: str) -> None:
    """One line, what to try, no file, and nothing recorded."""
    Path("there.csv").write_text("mine", encoding="utf-8")
    err = three.refused(
        code, "contact", "export", *(("--contact", "amina") if not typed or (typed[:1] == ("--for",) and typed != FOR) else ()), *typed
    )
    assert said in err
    assert "\ntry: " in err
    assert [path.name for path in Path().iterdir() if path.is_file()] == ["there.csv"]
    assert Path("there.csv").read_text(encoding="utf-8") == "mine"
    assert list(three.workspace.exports.iterdir()) == []
    assert disclosures(three) == []


def test_everybody_and_a_community_leave_only_with_a_yes(three: Crm) -> None:
    """Given beforehand, it is not asked for."""
    three.ok("contact", "export", "-", *FOR, "--yes")
    three.ok("contact", "export", "-", "--community", "sex", *FOR, "-y")
    assert [refs for _, _, _, refs in disclosures(three)] == ["P1 P2", "P1"]


def test_stdout_holds_one_answer(three: Crm) -> None:
    """The contacts or a word on them."""
    assert "stdout is either the contacts or json" in three.refused(Exit.USAGE, "--json", "contact", "export", "-", *FOR, "--contact", "P1")


def test_a_file_that_cannot_be_recorded_is_not_there(three: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that was left by Ctrl-C neither is nor was recorded."""
    from solidarity_crm.services import disclosing

    def interrupted(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(disclosing, "record", interrupted)
    result = three("contact", "export", "a.csv", *FOR, "--contact", "amina")
    assert (result.code, result.out) == (Exit.INTERRUPTED, "")
    assert not Path("a.csv").exists()
    assert [path for path in Path().iterdir() if path.name.startswith(".solidarity")] == []
    assert disclosures(three) == []


def test_the_names_of_options_are_each_one_things(crm: Crm) -> None:
    """--for is whom an export is for here, and a community in a list."""
    assert "--community, --works-with COMMUNITY" in crm.ok("contact", "export", "--help").out
    assert "--community, --works-with, --for COMMUNITY" in crm.ok("contact", "list", "--help").out
