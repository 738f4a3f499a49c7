"""Files that somebody hands in: read once, and recognised by what is in them."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange import incoming as door
from solidarity_crm.exchange.incoming import CONTACTS, MAIL, incoming

if TYPE_CHECKING:
    from pathlib import Path

CSV = b"Name,E-mail\r\nAmina Yusuf,amina@example.org\r\n"
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Amina Yusuf\r\nEND:VCARD\r\n"
MESSAGE = b"Return-Path: <form@example.org>\r\nSubject: Form\r\n\r\nName: Amina\r\n"


def packed(*names: str) -> bytes:
    """Make a zip file with members of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), "x")  # at no time of its own, so that every run makes the same test of it
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("contacts.csv", CSV, "csv"),
        ("contacts", CSV, "csv"),
        ("contacts.txt", "\ufeffName;Mail\nAmina;a@example.org".encode(), "csv"),
        ("old.xls", CSV, "csv"),
        ("amina.vcf", CARD, "vcard"),
        ("amina.csv", CARD, "vcard"),
        ("amina.vcf", b"junk before\r\n  begin:vcard\r\nFN:Amina\r\n", "vcard"),
        ("amina", CARD.decode().encode("utf-16"), "vcard"),
        ("amina", CARD.decode().encode("utf-16-be"), "vcard"),
        ("cut.vcf", b"FN:Amina\r\nEND:VCARD", "vcard"),
        ("book.csv", packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_what_is_in_a_file_says_what_it_is(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    """And only where that says nothing, its name."""
    (tmp_path / name).write_bytes(data)
    assert incoming(tmp_path / name) == [(name, data, kind, tmp_path / name)]


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (b"", "it is empty", "export it again"),
        (b"\xef\xbb\xbf \r\n\0", "it is empty", "export it again"),
        (b"%PDF-1.7", "it is a PDF", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office program", "save it as .xlsx"),
        (b"\x1f\x8b\x08", "packed", "unpack"),
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page", "sign in"),
        (b"\xef\xbb\xbf\n <HTML lang=en>", "a web page", "sign in"),
        (b"BEGIN:VCALENDAR\r\n", "a calendar", "calendar import"),
        (b"version: 1\n\ndn: cn=Amina\n", "LDIF", "CSV"),
        (b'{"contacts": []}', "JSON", "CSV"),
        (packed("Index/Document.iwa"), "a Numbers spreadsheet", "Export To"),
        (packed("mimetype", "content.xml"), "an OpenDocument file", "LibreOffice"),
        (packed("word/document.xml"), "a Word document", "CSV"),
        (packed("contacts.csv"), "a zip file", "unpack"),
        (packed("xl/workbook.xml")[:40], "damaged", "again"),
        (MESSAGE, "it is mail", "solidarity intake import"),
    ],
)
def test_what_has_no_contacts_is_refused_with_what_helps(tmp_path: Path, data: bytes, reason: str, hint: str) -> None:
    """In one line that names the file."""
    (tmp_path / "contacts.csv").write_bytes(data)
    with pytest.raises(CannotRead) as refused:
        incoming(tmp_path / "contacts.csv")
    assert refused.value.sentence.startswith(f"cannot read {tmp_path / 'contacts.csv'}: ")
    assert reason in refused.value.sentence
    assert hint in str(refused.value.hint)


def test_mail_is_read_where_it_is_wanted(tmp_path: Path) -> None:
    """A message, a box of them; and then a list of contacts will not do unless it is wanted too."""
    (tmp_path / "a.eml").write_bytes(MESSAGE)
    (tmp_path / "b").write_bytes(b"From form@example.org Tue Dec  1 10:00:00 2026\n" + MESSAGE)
    (tmp_path / "c.eml").write_bytes(b"Name: Amina\n")
    assert [each.kind for each in incoming(tmp_path, wanted=MAIL)] == ["mail", "mbox", "mail"]
    (tmp_path / "d.vcf").write_bytes(CARD)
    with pytest.raises(CannotRead, match=r"d\.vcf: it is a file of vCards"):
        incoming(tmp_path, wanted=(*MAIL, "csv"))


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    """Hidden ones and folders are passed over; a folder without files is refused."""
    with pytest.raises(CannotRead, match="the folder has no files in it"):
        incoming(tmp_path)
    (tmp_path / "inner").mkdir()
    (tmp_path / ".DS_Store").write_bytes(b"x")
    with pytest.raises(CannotRead, match="the folder has no files in it"):
        incoming(tmp_path)
    for name in ("b.vcf", "a.vcf"):
        (tmp_path / name).write_bytes(CARD)
    assert [each.name for each in incoming(tmp_path)] == ["a.vcf", "b.vcf"]


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe that nobody writes to is not waited for."""
    with pytest.raises(CannotRead, match="no such file") as missing:
        incoming(tmp_path / "contcats.csv")
    assert missing.value.hint == "check the name"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(CannotRead, match="a pipe or a device"):
            incoming(tmp_path / "pipe")
        with pytest.raises(CannotRead, match="a pipe or a device"):
            incoming("/dev/null")


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="nobody is kept out")
def test_no_permission_is_said(tmp_path: Path) -> None:
    """Of a file and of a folder."""
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(CannotRead, match="permission denied"):
        incoming(tmp_path / "a.csv")
    (tmp_path / "inner").mkdir(mode=0)
    with pytest.raises(CannotRead, match="permission denied"):
        incoming(tmp_path / "inner")


def test_a_file_that_grows_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of what another program is writing would be taken for all of it."""
    path = tmp_path / "growing.csv"
    path.write_bytes(CSV)
    real = os.fstat
    seen: list[int] = []

    def writing_on(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        if not seen:
            with path.open("ab") as file:
                file.write(b"Robin Marsh,robin@example.org\r\n")
        seen.append(descriptor)
        return found

    monkeypatch.setattr(os, "fstat", writing_on)
    with pytest.raises(CannotRead, match="it changed while it was being read"):
        incoming(path)


def test_too_large_is_said_and_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from standard input."""
    monkeypatch.setattr(door, "LIMIT", 1024 * 1024)
    with (tmp_path / "large.csv").open("wb") as file:
        file.write(b"Name\n")
        file.truncate(1024 * 1024 + 1)
    with pytest.raises(CannotRead, match="larger than 1 MB"):
        incoming(tmp_path / "large.csv")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * (1024 * 1024 + 9))))
    with pytest.raises(CannotRead, match="cannot read standard input: it is larger"):
        incoming("-")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a name for messages and no place."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CARD)))
    assert incoming("-") == [("standard input", CARD, "vcard", None)]


@given(
    st.binary(max_size=300) | st.sampled_from([CSV, CARD, MESSAGE, packed("xl/a")]).flatmap(lambda d: st.binary().map(lambda b: d[:9] + b))
)
def test_any_bytes_are_read_or_refused_in_our_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever is in them."""
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(data)
    with contextlib.suppress(CannotRead):
        assert incoming(path)[0].kind in CONTACTS
