"""Files that somebody hands in, read whole and once, and recognised by what is in them.

What a file is called says little: a web page is saved as ``contacts.csv``, a workbook as ``.csv``, a card without any
ending. So a file's content decides, and its name only where the content could be several things (exchange.md E2.1).
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

STANDARD_INPUT = "-"
LIMIT = 50 * 1024 * 1024  # bytes; a workbook's own limits are lower (protection.md S14)
_HEAD = 4096
CONTACTS = ("csv", "xlsx", "vcard")
MAIL = ("mail", "mbox")
CALENDAR = ("calendar",)
MAILDIR = ("cur", "new")  # a maildir's folders of messages; what is in tmp is not whole yet

_AGAIN = "save it again as CSV, .xlsx or .vcf in the program that it came from"
# how files begin that hold no people we can read: what they are, and what helps
_OTHERS = (
    (b"%PDF", "it is a PDF", _AGAIN),
    (b"\xd0\xcf\x11\xe0", "it is a file of an old Office program, such as .xls", "save it as .xlsx or CSV"),
    (b"\x1f\x8b", "it is packed (gzip)", "unpack it and try the file inside"),
    (b"7z\xbc\xaf", "it is packed (7z)", "unpack it and try the files inside"),
    (b"Rar!", "it is packed (RAR)", "unpack it and try the files inside"),
    (b"\x89PNG", "it is a picture", _AGAIN),
    (b"\xff\xd8\xff", "it is a picture", _AGAIN),
    (b"SQLite format 3", "it is a database", "solidarity store restore, for a backup of ours"),
    (b"{\\rtf", "it is a text document (RTF)", _AGAIN),
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL)
_CARD = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE | re.MULTILINE)
_CALENDAR = re.compile(rb"\s*BEGIN:(?:VCALENDAR|VEVENT)", re.IGNORECASE)
_MBOX = re.compile(rb"From \S+.*\r?\n[!-9;-~]+:")
_HEADER = re.compile(rb"^(?:Message-ID|Received|MIME-Version|Return-Path|Delivered-To|X-Mailer)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_JSON = re.compile(rb'\s*(?:\[\s*)?\{\s*"')
_LDIF = re.compile(rb"(?:version: \d+\s+)?dn:{1,2} ", re.IGNORECASE)
_WRITTEN_OTHERS = (
    (_PAGE, "it is a web page, probably one that asks to sign in", "sign in in the browser and download it again"),
    (_LDIF, "it is an LDIF address book", _AGAIN),
    (_JSON, "it is JSON", _AGAIN),
)
_BY_NAME = {
    ".ics": "calendar",
    ".ical": "calendar",
    ".vcs": "calendar",
    ".vcf": "vcard",
    ".vcard": "vcard",
    ".eml": "mail",
    ".mbox": "mbox",
}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Incoming(NamedTuple):
    """A file's content; ``name`` is without its folder, ``kind`` one of csv, xlsx, vcard, mail, mbox, calendar.

    ``path`` is where it lies, None for standard input.
    """

    name: str
    data: bytes
    kind: str
    path: Path | None


def incoming(path: Path | str, *, wanted: Collection[str] = CONTACTS) -> list[Incoming]:
    """Give a file, each file of a folder by name, or what standard input (``-``) says.

    ``wanted`` are the kinds that will do. Raises CannotRead, for a folder at its first file that will not do;
    :func:`files` and :func:`read` go through one file by file.
    """
    return [read(each, wanted=wanted) for each in files(path)]


def places(path: Path | str) -> Sequence[Path | str]:
    """Give the files that are meant: a file, standard input, those of a folder, or the messages of a maildir.

    Raises CannotRead for a folder that has none.
    """
    inside = [Path(path).expanduser() / part for part in MAILDIR] if str(path) != STANDARD_INPUT else []
    boxes = [folder for folder in inside if folder.is_dir()]
    if not boxes:
        return files(path)
    found = [each for folder in boxes for each in sorted(folder.iterdir()) if each.is_file() and not each.name.startswith(".")]
    return found or files(boxes[0])


def files(path: Path | str) -> list[Path | str]:
    """Give the files that ``path`` stands for: itself, or those in the folder that it is, hidden ones left out.

    Raises CannotRead for a folder that has none or may not be looked into.
    """
    if str(path) == STANDARD_INPUT:
        return [STANDARD_INPUT]
    place = Path(path).expanduser()
    try:
        if not place.is_dir():
            return [place]
        found = sorted(each for each in place.iterdir() if not each.name.startswith(".") and not each.is_dir())
    except OSError as problem:
        raise _unreadable(place, problem) from None
    if not found:
        raise CannotRead(place, "the folder has no files in it", "the folder that has the files, or a file")
    return list(found)


def read(path: Path | str, *, wanted: Collection[str] = CONTACTS) -> Incoming:
    """Give one file, or what standard input says, and which kind it is.

    Raises CannotRead when it is not there, may not be read, is no plain file, is empty, too large, changes meanwhile, or
    is of a kind that is not ``wanted``.
    """
    if str(path) == STANDARD_INPUT:
        place, name, data = None, "standard input", sys.stdin.buffer.read(LIMIT + 1)
    else:
        place = Path(path).expanduser()
        name, data = place.name, _content(place)
    shown = place or name
    if len(data) > LIMIT:
        raise CannotRead(shown, f"it is larger than {LIMIT // 1024 // 1024} MB", "split it into several files")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise CannotRead(shown, "it is empty", "export it again in the program that it came from")
    kind = _kind(shown, name, data)
    if kind not in wanted:
        raise _unwanted(shown, kind)
    return Incoming(name, data, kind, place)


def _content(path: Path) -> bytes:
    """Read a file once, up to the limit; a pipe or device is not waited for.

    Raises CannotRead.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise CannotRead(
                    path, "it is not a file but a pipe or a device", "the same command with - for FILE, and the pipe before it"
                )
            data = file.read(LIMIT + 1)
            after = os.fstat(descriptor)
    except OSError as problem:
        raise _unreadable(path, problem) from None
    # both times: a file of the same length may have been written over
    if len(data) <= LIMIT and (before.st_size, before.st_mtime_ns, len(data)) != (after.st_size, after.st_mtime_ns, before.st_size):
        raise CannotRead(path, "it changed while it was being read", "the same command, when the other program has finished with it")
    return data


def _kind(shown: Path | str, name: str, data: bytes) -> str:
    """Recognise a file by its beginning, or where that says nothing by its name.

    Raises CannotRead for what holds no people that we can read.
    """
    if data.startswith(b"PK\x03\x04"):
        return _packed(shown, data)
    for begin, what, hint in _OTHERS:
        if data.startswith(begin):
            raise CannotRead(shown, what, hint)
    head = _plain(data[:_HEAD])
    for looks_so, what, hint in _WRITTEN_OTHERS:
        if looks_so.match(head):
            raise CannotRead(shown, what, hint)
    if _CALENDAR.match(head):
        return "calendar"
    if _CARD.search(head):
        return "vcard"
    if _MBOX.match(head):
        return "mbox"
    if _FIELD.match(head) and _HEADER.search(head):
        return "mail"
    return _BY_NAME.get(Path(name).suffix.lower(), "csv")


def _plain(head: bytes) -> bytes:
    """Give a file's beginning as ASCII tools see it: without its mark, and UTF-16 without the zeros between."""
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return head.replace(b"\0", b"")


def _packed(shown: Path | str, data: bytes) -> str:
    """Tell a workbook from other packed files by the names inside; nothing is unpacked.

    Raises CannotRead.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):  # the last is what zipfile raises for a newer kind of zip
        raise CannotRead(shown, "it is a damaged Excel or zip file", "download or save it again") from None
    if any(name.startswith("xl/") for name in inside):
        return "xlsx"
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in inside):
        raise CannotRead(shown, "it is a Numbers spreadsheet", "File, Export To, CSV in Numbers")
    if "content.xml" in inside:
        raise CannotRead(shown, "it is an OpenDocument file", "save it as CSV or .xlsx in LibreOffice")
    if any(name.startswith("word/") for name in inside):
        raise CannotRead(shown, "it is a Word document", _AGAIN)
    raise CannotRead(shown, "it is a zip file", "unpack it and try the files inside")


def _unwanted(shown: Path | str, kind: str) -> CannotRead:
    """Give the error for a file of another kind than this command takes."""
    if kind in CALENDAR:
        return CannotRead(shown, "it is a calendar and has no contacts in it", "solidarity calendar import FILE")
    if kind in MAIL:
        return CannotRead(shown, "it is mail and not a list of contacts", "solidarity intake import FILE, for replies to the form")
    what = {"vcard": "a file of vCards", "xlsx": "a workbook", "csv": "a table or plain text"}[kind]
    return CannotRead(shown, f"it is {what}", "solidarity contact import FILE, for contacts")


def _unreadable(path: Path, problem: OSError) -> CannotRead:
    """Give the error for what the system says of a file."""
    hint = "check the name" if isinstance(problem, FileNotFoundError) else None
    return CannotRead(path, (problem.strerror or "unknown reason").lower(), hint or "a file that you may read")
