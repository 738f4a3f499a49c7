"""A folder of CSV files that people made or changed: what is filled in, and every way in which it can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from folder_form import BY, SETTINGS, SHEETS, TODAY, blank, load, rejected, written

from solidarity_crm.exchange.folder import form
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.store.transaction import running

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.store.sqlite import Connection

__all__ = ["blank"]

CONTACT = "ref,name,given_name,family_name,known_as,pronouns,emails,phones,works_with,tags,source,obtained_on,basis,notice_given_on,cadence,do_not_contact,do_not_contact_reason,channels,contact_hours,no_voicemail,words_to_avoid,note"


def contact(**values: str) -> str:
    """Give the line of a contact."""
    return ",".join(values.get(name, "") for name in CONTACT.split(","))


def contacts_file(*lines: str, header: str = CONTACT) -> str:
    """Give a contacts file."""
    return "\n".join([header, *lines, ""])


def test_what_hand_made_rows_leave_empty_is_filled_in(blank: Connection, tmp_path: Path) -> None:
    """A ref, a uid, times, and the days that follow from others."""
    offers = "ref,kind,contact,organisation,about,for_communities,received_on,reply_due,source,status,owner,capacity,confirmed_on,shelf_life,outcome,ended_on,thanked_on"
    meetings = "ref,title,starts,ends,time_zone,place,link,contacts,organisations,agenda,notes,status,owner,sequence"
    files = {
        "contacts.csv": contacts_file(
            contact(ref="P7", name="Amina Yusuf"), contact(name="Bea Kaur", works_with="lgbtq+ PEOPLE", do_not_contact="No")
        ),
        "offers.csv": f"{offers}\n,DATA,p7,,Numbers,,27/11/2026{',' * 10}\n",
        "meetings.csv": f"{meetings}\n,Steering,2026-12-03 10:00:00,,,,,P8,,,,,,\n",
    }
    reading = form.read(written(tmp_path / "made", dict(files)), SHEETS)
    store = load(blank, reading)
    assert len(reading.absent) == len(SHEETS) - len(files)
    assert store.execute("SELECT id, name, source, obtained_on, length(uid), created_at FROM contact").fetchall() == [
        (7, "Amina Yusuf", "self", "2026-12-01", 36, "2026-12-01 09:30:00.000000"),
        (8, "Bea Kaur", "self", "2026-12-01", 36, "2026-12-01 09:30:00.000000"),
    ]
    assert store.execute(
        "SELECT kind, contact_id, received_on, reply_due, confirmed_on, shelf_life_days, status FROM offer"
    ).fetchall() == [("data", 7, "2026-11-27", "2026-12-01", "2026-11-27", 180, "offered")]
    assert store.execute("SELECT starts, ends, time_zone, status FROM meeting").fetchall() == [
        ("2026-12-03T10:00", "2026-12-03T11:00", "Europe/London", "planned")
    ]
    assert store.execute("SELECT contact_id, community FROM works_with").fetchall() == [(8, "LGBTQ+ people")]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_understood(blank: Connection, tmp_path: Path, delimiter: str) -> None:
    """A spreadsheet in another country writes semicolons or tabs; empty lines and trailing columns are passed over."""
    text = contacts_file(contact(name="Amina Yusuf"), ",,,").replace(",", delimiter).replace("\n", f"{delimiter}{delimiter}\r\n")
    store = load(blank, form.read(written(tmp_path / "made", {"contacts.csv": text}), SHEETS))
    assert store.execute("SELECT name FROM contact").fetchall() == [("Amina Yusuf",)]


# --- wrong ------------------------------------------------------------------------------------------------

BAD_CELLS = [
    ({"obtained_on": "31/02/2026"}, "obtained_on: '31/02/2026' is not a day, like 2026-11-23"),
    ({"basis": "because"}, "basis: 'because' is none of: consent, legitimate interests, public task, contract"),
    ({"works_with": "Martians"}, "works_with: 'Martians' is none of: Gypsies and Travellers"),
    ({"do_not_contact": "perhaps"}, "do_not_contact: 'perhaps' is neither yes nor no"),
    ({"cadence": "often"}, "cadence: 'often' is not a whole number"),
    ({"cadence": "0"}, "cadence: '0': Input should be greater"),
    ({"emails": "nobody"}, "emails: 'nobody': "),
    ({"emails": "a@example.org [work"}, "emails: 'a@example.org [work' is not an address"),
    ({"phones": "none"}, "phones: 'none': not a phone number"),
    ({"source": "gossip"}, "source: 'gossip': is one of: self"),
    ({"source": "introduced by P9"}, "source: there is no P9 in the folder"),
    ({"ref": "O1"}, "ref: 'O1' is not the ref of a contact, like P1"),
    ({"name": "Ami\x1bna"}, "name: 'Amia': has control characters in it"),
    ({"name": ""}, "name: must not be empty"),
    ({"uid": "7"}, "uid: '7' is not a UUID"),
    ({"created_at": "noon"}, "created_at: 'noon' is not a moment"),
    ({"websites": "javascript:alert(1)"}, "websites: 'javascript:alert(1)': is not a web address"),
    ({"addresses": "1 | 2 | 3 | 4 | 5 | 6"}, "addresses: '1 | 2 | 3 | 4 | 5 | 6' is more than street | town | region"),
    ({"addresses": "[home] High Street"}, "addresses: '[home] High Street' is not an address"),
    ({"addresses": "High Street [home"}, "addresses: 'High Street [home' is not an address"),
    ({"identifiers": "4711"}, "identifiers: '4711' does not say whose number it is, like civicrm: 4711"),
    ({"former_names": "x" * 501}, "former_names: "),
]


@pytest.mark.parametrize(("values", "said"), BAD_CELLS)
def test_a_bad_cell_is_named(blank: Connection, tmp_path: Path, values: dict[str, str], said: str) -> None:
    """File, line, column and reason, once."""
    header = f"{CONTACT},uid,created_at,websites,addresses,identifiers,former_names"
    row = ",".join({"name": "Amina Yusuf", "note": "x", **values}.get(name, "") for name in header.split(","))
    found = rejected(blank, written(tmp_path / "made", {"contacts.csv": contacts_file(row, header=header)}))
    assert len(found) == 1
    assert found[0].startswith(f"contacts.csv:2: {said}")


OTHERS = [
    ("affiliations", "contact,organisation,role,since,until", "P1,O5,,,", "organisation: there is no O5 in the folder"),
    ("affiliations", "contact,organisation,role,since,until", "P1,,,,", "organisation: must not be empty"),
    (
        "affiliations",
        "contact,organisation,role,since,until",
        "P1,O1,,2026-02-01,2026-01-01",
        "until: 2026-01-01 is before since, 2026-02-01",
    ),
    ("moves", "record,on,from_status,to_status,why", "P1,2026-01-01,open,done,", "record: 'P1' is not the ref of a record, like H1"),
    ("moves", "record,on,from_status,to_status,why", "H1,2026-01-01,offered,lost,", "to_status: 'lost' is none of: offered, accepted"),
    ("uses", "offer,on,what,ask", "H1,yesterday,x,", "on: 'yesterday' is not a day"),
]
HEADERS = {
    "proposals": "ref,origin,reply_key,received_on,reply_due,name,given_name,family_name,pronouns,email,phone,organisation,role,choices,words,consent,body,status,owner,contact,ended_on",
    "mergers": "merged,into,on",
    "not_duplicates": "contact,other,on",
    "disclosures": "on,by,recipient,form,fields,contacts",
    "offers": "ref,kind,contact,organisation,about,for_communities,received_on,reply_due,source,status,owner,capacity,confirmed_on,shelf_life,outcome,ended_on,thanked_on",
    "organisations": "ref,name,kind,works_with,member_since,member_until,emails,phones,website,address,note",
    "introductions": "ref,left,right,introducer,why,status,owner,proposed_on,left_asked_on,left_answer,left_answered_on,left_channel,left_words,left_shares,right_asked_on,right_answer,right_answered_on,right_channel,right_words,right_shares,made_on,met_on,ended_on,outcome,thanked_on",
    "meetings": "ref,title,starts,ends,time_zone,place,link,contacts,organisations,agenda,notes,status,owner,sequence",
    "followups": "ref,what,about,due,owner,priority,every,snoozed_until,status,owed_to,ended_on",
}
LEFT = {"on": "2026-12-01", "by": "Robin Marsh", "recipient": "the funder: report", "form": "csv", "fields": "name", "contacts": "P1"}
MORE = [
    ("offers", {"kind": "money", "contact": "P1", "about": "x"}, "kind: 'money' is none of: information"),
    ("offers", {"kind": "data", "about": "x"}, "contact: an offer is somebody's"),
    ("offers", {"kind": "data", "contact": "P1", "about": "x", "status": "lost"}, "status: 'lost' is none of: offered"),
    ("organisations", {"name": "x", "member_until": "2026-01-01"}, "member_until: 2026-01-01 is before member_since, which is empty"),
    ("organisations", {"name": "x", "website": "javascript:alert(1)"}, "website: 'javascript:alert(1)': is not a web address"),
    ("introductions", {"left": "P1", "right": "P1", "why": "x"}, "right: must be another person than left"),
    ("introductions", {"left": "P1", "right": "P2", "why": "x", "status": "made", "left_answer": "yes"}, "right_answer: must be yes before an introduction is made"),
    ("meetings", {"title": "x", "starts": "2026-12-01T10:00", "ends": "2026-12-01T09:00"}, "ends: 2026-12-01T09:00 is before starts"),
    ("meetings", {"title": "x", "starts": "2026-12-01"}, "starts: '2026-12-01' is not a day and a time"),
    ("meetings", {"title": "x", "starts": "soon"}, "starts: 'soon' is not a day and a time"),
    ("meetings", {"title": "x", "starts": "2026-12-01T10:00", "time_zone": "Leeds"}, "time_zone: 'Leeds' is not a time zone"),
    ("meetings", {"title": "x", "starts": "2026-12-01T10:00", "contacts": "P1; P33"}, "contacts: there is no P33 in the folder"),
    ("followups", {"what": "x", "due": "2026-12-01", "every": "often"}, "every: 'often' is not how often"),
    ("proposals", {"origin": "form", "reply_key": "1", "contact": "P9"}, "contact: there is no P9 in the folder"),
    ("proposals", {"origin": "form", "reply_key": "1", "status": "lost"}, "status: 'lost' is none of: waiting, accepted, rejected"),
    ("proposals", {"origin": "form"}, "reply_key: must not be empty"),
    ("mergers", {"merged": "P9", "on": "2026-12-01"}, "into: must not be empty"),
    ("mergers", {"merged": "P9", "into": "P8", "on": "2026-12-01"}, "into: it leads to P8, which is not in the folder"),
    ("mergers", {"merged": "P9", "into": "P9", "on": "2026-12-01"}, "into: it leads back to P9"),
    ("mergers", {"merged": "P2", "into": "P1", "on": "2026-12-01"}, "merged: P2 is in the folder still"),
    ("mergers", {"merged": "P9", "into": "O1", "on": "2026-12-01"}, "into: O1 is no contact, as P9 was"),
    ("mergers", {"merged": "H9", "into": "P1", "on": "2026-12-01"}, "merged: 'H9' is not the ref of a record, like P1"),
    ("mergers", {"merged": "P9", "into": "P1", "on": "soon"}, "on: 'soon' is not a day"),
    ("not_duplicates", {"contact": "P2", "other": "P1", "on": "2026-12-01"}, "other: must be a higher ref than contact, P2"),
    ("not_duplicates", {"contact": "P1", "other": "P7", "on": "2026-12-01"}, "other: there is no P7 in the folder"),
    ("not_duplicates", {"contact": "P1", "on": "2026-12-01"}, "other: must not be empty"),
    ("disclosures", {**LEFT, "contacts": "P1; O1"}, "contacts: 'O1' is not the ref of a contact, like P1"),
    ("disclosures", {**LEFT, "contacts": "P12345678901"}, "contacts: 'P12345678901' is higher than any ref; the highest is P999999999"),
    ("disclosures", {**LEFT, "recipient": ""}, "recipient: must not be empty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "said"), [*((name, f"{header}\n{row}\n", said) for name, header, row, said in OTHERS), *MORE])
def test_what_does_not_fit_is_named(blank: Connection, tmp_path: Path, name: str, row: Any, said: str) -> None:
    """Broken references, unknown words, days in the wrong order."""
    offer = ",".join(
        {"ref": "H1", "kind": "data", "contact": "P1", "about": "x", "received_on": "2026-11-27"}.get(h, "")
        for h in HEADERS["offers"].split(",")
    )
    organisation = ",".join({"ref": "O1", "name": "x"}.get(h, "") for h in HEADERS["organisations"].split(","))
    text = row if isinstance(row, str) else f"{HEADERS[name]}\n{','.join(row.get(h, '') for h in HEADERS[name].split(','))}\n"
    base = {
        "contacts": contacts_file(contact(ref="P1", name="Amina Yusuf"), contact(ref="P2", name="Bea Kaur")),
        "offers": f"{HEADERS['offers']}\n{offer}\n",
        "organisations": f"{HEADERS['organisations']}\n{organisation}\n",
    }
    files = {f"{file}.csv": text for file, text in {**base, name: text}.items()}
    found = rejected(blank, written(tmp_path / "made", dict(files)))
    assert len(found) == 1, found
    assert found[0].startswith(f"{name}.csv:2: {said}")


BROKEN_FILES: list[tuple[str | bytes, str]] = [
    ("", "contacts.csv:1: is empty; its first line must name the columns"),
    (b"PK\x03\x04rest", "contacts.csv: is a spreadsheet or another archive, not text; save it as 'CSV UTF-8'"),
    ("é".encode("utf-16"), "contacts.csv: is UTF-16 text; save it as 'CSV UTF-8'"),
    (contacts_file(contact(name="Siân")).encode("cp1252"), "contacts.csv:2: is not UTF-8 text; save it as 'CSV UTF-8'"),
    (
        contacts_file('P1,"Amina', contact(name="Bea")),
        "contacts.csv:2: has a quote that is not closed, or text after one (unexpected end of data)",
    ),
    (contacts_file(contact(name="Amina")) + "P2,Be", "contacts.csv:3: the file is cut off here"),
    (contacts_file(f"{contact(name='Amina')},more"), "contacts.csv:2: has 23 cells and the header 22; is a quote missing around a comma?"),
    (contacts_file(header=f"{CONTACT},religion"), "contacts.csv:1: religion: is no column of this file; they are ref, name"),
    (contacts_file(header=f"{CONTACT},name"), "contacts.csv:1: name: is there twice"),
    (contacts_file(header=f",{CONTACT}"), "contacts.csv:1: column 1 has no heading"),
    (contacts_file(header=CONTACT.replace(",tags", "")), "contacts.csv:1: tags: is missing; the column must be there"),
    (contacts_file(contact(ref="P1", name="A"), contact(ref="P1", name="B")), "contacts.csv:3: ref: P1 is line 2's already"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN_FILES)
def test_a_broken_file_is_said_to_be_so(blank: Connection, tmp_path: Path, content: str | bytes, said: str) -> None:
    """One clear line for each way in which a file is no CSV of ours."""
    (found,) = rejected(blank, written(tmp_path / "made", {"contacts.csv": content}))
    assert found.startswith(said)


def test_a_file_that_is_none_of_ours_is_refused(blank: Connection, tmp_path: Path) -> None:
    """A misspelt name is not passed over."""
    files = {"contacts.csv": contacts_file(contact(name="Amina")), "ofers.csv": "x\n"}
    (found,) = rejected(blank, written(tmp_path / "made", dict(files)))
    assert found.startswith("ofers.csv: is no file of an export; they are organisations.csv, contacts.csv")


def test_the_form_replies_of_an_example_are_no_part_of_its_workspace(blank: Connection, tmp_path: Path) -> None:
    """They lie beside its files, for intake to read."""
    files = {"contacts.csv": contacts_file(contact(name="Amina")), "form-replies.csv": "Name,Email\nBea,bea@example.org\n"}
    store = load(blank, form.read(written(tmp_path / "made", dict(files)), SHEETS))
    assert store.execute("SELECT name FROM contact").fetchall() == [("Amina",)]


def test_a_file_that_is_too_large_is_named(blank: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read whole."""
    monkeypatch.setattr(form, "_FILE_LIMIT", 3)
    (found,) = rejected(blank, written(tmp_path / "made", {"contacts.csv": "four"}))
    assert found.startswith("contacts.csv: is larger than")


def test_a_file_that_may_not_be_read_is_named(blank: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the system says."""
    folder = written(tmp_path / "made", {"contacts.csv": contacts_file()})

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert rejected(blank, folder) == ["contacts.csv: cannot be read: Permission denied"]


def test_every_problem_is_listed_up_to_twenty(blank: Connection, tmp_path: Path) -> None:
    """A row with a bad cell still counts as there for those that mention it."""
    many = contacts_file(contact(ref="P1", name="Amina", obtained_on="x"), *(contact(name="B", basis="x") for _ in range(30)))
    asks = "ref,what,about,due,owner,priority,every,snoozed_until,status,owed_to,ended_on\n,Call,P1,2026-12-01,,,,,,,\n"
    found = rejected(blank, written(tmp_path / "made", {"contacts.csv": many, "followups.csv": asks}))
    assert len(found) == 21
    assert found[0].startswith("contacts.csv:2: obtained_on")
    assert found[-1] == "and 11 more"


def test_how_a_person_is_reached_is_read_as_people_write_it(blank: Connection, tmp_path: Path) -> None:
    """An address in its parts or as one text, a web address without its https, numbers of other programs."""
    header = "name,websites,addresses,former_names,identifiers"
    row = 'Amina Yusuf,example.org [work],"12 High Street, Leeds; Unit 4 | Leeds | | LS1 4AB [office]",Amina Khan; A. Khan,civicrm: 4711'
    columns = ",".join(name for name in CONTACT.split(",") if name != "name")
    text = f"{header},{columns}\n{row}\n"
    store = load(blank, form.read(written(tmp_path / "made", {"contacts.csv": text}), SHEETS))
    assert store.execute("SELECT system, value, value_key, label, contact_id FROM contact_point").fetchall() == [
        ("url", "https://example.org", "https://example.org", "work", 1)
    ]
    assert store.execute("SELECT street, locality, region, postal_code, country, label, position FROM postal_address").fetchall() == [
        ("12 High Street, Leeds", None, None, None, None, None, 0),
        ("Unit 4", "Leeds", None, "LS1 4AB", None, "office", 1),
    ]
    assert store.execute("SELECT contact_id, name, name_key FROM former_name").fetchall() == [
        (1, "Amina Khan", "amina khan"),
        (1, "A. Khan", "a khan"),
    ]
    assert store.execute("SELECT contact_id, system, value FROM identifier").fetchall() == [(1, "civicrm", "4711")]


def test_refs_of_records_that_are_gone_are_not_given_again(blank: Connection, tmp_path: Path) -> None:
    """Neither to a row without a ref nor later: whoever was merged away, or left the program and was then taken back."""
    files = {
        "contacts.csv": contacts_file(contact(ref="P1", name="Amina Yusuf"), contact(name="Bea Kaur")),
        "mergers.csv": "merged,into,on\nP9,P1,2026-11-30\nO4,O2,2026-11-30\n",
        "organisations.csv": f"{HEADERS['organisations']}\nO2,x{',' * 9}\n",
        "disclosures.csv": f"{HEADERS['disclosures']}\n2026-11-30,Robin Marsh,the funder,csv,name,P1; P12\n",
    }
    store = load(blank, form.read(written(tmp_path / "made", dict(files)), SHEETS))
    assert store.execute("SELECT id, name FROM contact ORDER BY id").fetchall() == [(1, "Amina Yusuf"), (13, "Bea Kaur")]
    with running(store, SETTINGS, BY) as tx:
        assert tx.add(Organisation.checked(name="y")).ref == "O5"
        assert tx.add(Contact.checked(name="z", obtained_on=TODAY)).ref == "P14"


def test_a_folder_of_people_who_are_all_gone_keeps_their_numbers(blank: Connection, tmp_path: Path) -> None:
    """Though no contact is there to count from."""
    text = f"{HEADERS['disclosures']}\n2026-11-30,Robin Marsh,the funder,csv,name,P12\n"
    store = load(blank, form.read(written(tmp_path / "made", {"disclosures.csv": text}), SHEETS))
    with running(store, SETTINGS, BY) as tx:
        assert tx.add(Contact.checked(name="z", obtained_on=TODAY)).ref == "P13"
