"""The bytes of a text file made text, whatever program wrote them, with what had to be decided (exchange.md E2.1, E2.2)."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST = 32 << 20  # bytes; 20,000 contacts of any program are a tenth of it
_SAMPLE = 4096  # bytes that tell what a file is
_SHOWN = 8  # lines named in a note
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OTHER_FILES = (
    (b"PK\3\4", "it is an Excel file or another zip archive, not text", "name it .xlsx if it is a workbook"),
    (b"\xd0\xcf\x11\xe0", "it is an old or password-protected Excel file", "save it as .xlsx without a password, or as CSV UTF-8"),
    (b"%PDF", "it is a PDF, not a table", "ask for the data as .csv or .xlsx"),
    (b"\x89PNG", "it is a picture, not a table", "ask for the data as .csv or .xlsx"),
    (b"\xff\xd8\xff", "it is a picture, not a table", "ask for the data as .csv or .xlsx"),
    (b"\x1f\x8b", "it is compressed", "unpack it first"),
    (b"SQLite format 3", "it is a database, not a table", "export it as .csv"),
)
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,1000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
_LAST_BYTE = 0xFF
_MUCH_CONTROL = 0.1  # a text has next to none
_NUL_SHARE, _NUL_STRAY = 0.3, 0.05  # of the bytes at even or odd places, in UTF-16 of a European language


def _windows_1252(text: str) -> bytes:
    """Give the bytes whose reading as Windows-1252 gave ``text``; the five that it leaves undefined pass as they are."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        pass
    return b"".join(bytes((ord(letter),)) if ord(letter) <= _LAST_BYTE else letter.encode("cp1252") for letter in text)


# UTF-8 sequences of two, three and four bytes as a reader of Windows-1252 sees them
_HIGH = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[Â-ß][{_HIGH}]|[à-ï][{_HIGH}]{{2}}|[ð-ô][{_HIGH}]{{3}}")


class Decoded(NamedTuple):
    """A file's text without byte-order mark and NULs, what was decided, and the lines whose letters were guessed."""

    text: str
    notes: Sequence[str] = ()
    doubtful: frozenset[int] = frozenset()


def decode(name: str, data: bytes, *, repair: bool = False) -> Decoded:
    """Give the text of a file; ``repair`` mends letters that another program had read in the wrong encoding.

    Raises CannotRead for what is empty, too large, or no text.
    """
    _refuse_other_files(name, data)
    text, notes, doubtful = _text(data)
    if "\0" in text:
        notes.append(f"{_times(text.count(chr(0)), 'NUL character')} taken out")
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    _refuse_other_texts(name, text)
    if not text.isascii():
        text = _mended(text, notes, repair=repair)
    return Decoded(text, notes, doubtful)


def _refuse_other_files(name: str, data: bytes) -> None:
    """Refuse what is certainly no text, or too much of it."""
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise CannotRead(name, "it is empty", "export it again, or name another file")
    for magic, reason, hint in _OTHER_FILES:
        if data.startswith(magic):
            raise CannotRead(name, reason, hint)
    if len(data) > LARGEST:
        raise CannotRead(
            name, f"it has {len(data) >> 20} MB, and at most {LARGEST >> 20} MB are read at once", "split it into smaller files"
        )


def _refuse_other_texts(name: str, text: str) -> None:
    """Refuse a web page, vCards, and what is text only in name."""
    begin = text[:_SAMPLE]
    if _WEB_PAGE.match(begin):
        raise CannotRead(name, "it is a web page, probably a login page", "log in there and export it again")
    if begin.lstrip()[:11].upper() == "BEGIN:VCARD":
        raise CannotRead(name, "it has vCards, not a table", "name it .vcf")
    if len(_CONTROL.findall(begin)) > _MUCH_CONTROL * len(begin):
        raise CannotRead(name, "it is not a text file", "export it as .csv or .xlsx")


def _text(data: bytes) -> tuple[str, list[str], frozenset[int]]:
    """Decode by the byte-order mark, by where NULs are, as UTF-8, else line by line."""
    for mark, codec, shown in _BOMS:
        if data.startswith(mark) and codec != "utf-8":
            return data[len(mark) :].decode(codec, "replace"), [f"read as {shown}"], frozenset()
    data = data.removeprefix(codecs.BOM_UTF8)
    silent = _silent_utf_16(data[:_SAMPLE])
    if silent:
        return data.decode(silent, "replace"), ["read as UTF-16, though nothing in the file says so"], frozenset()
    try:
        return data.decode(), [], frozenset()
    except UnicodeDecodeError as error:
        # a last byte alone may as well be a letter of Windows-1252, unless there are others in UTF-8
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return data[: error.start].decode(), ["the file ends in the middle of a letter: it was cut short"], frozenset()
    return _by_line(data)


def _silent_utf_16(sample: bytes) -> str | None:
    """Recognise UTF-16 without its mark by the NULs at even or odd places (exchange.md E2.2)."""
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) / 2
    if odd > _NUL_SHARE * half and even <= _NUL_STRAY * half:
        return "utf-16-le"
    return "utf-16-be" if even > _NUL_SHARE * half and odd <= _NUL_STRAY * half else None


def _by_line(data: bytes) -> tuple[str, list[str], frozenset[int]]:
    """Decode each line as UTF-8, or as Windows-1252 where it is none."""
    lines: list[str] = []
    other: list[int] = []
    unicode_lines = 0
    for number, line in enumerate(re.findall(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+", data), start=1):
        try:
            lines.append(line.decode())
            unicode_lines += not line.isascii()
        except UnicodeDecodeError:
            lines.append(_from_windows(line))
            other.append(number)
    if not unicode_lines:
        return "".join(lines), ["read as Windows-1252, as Excel writes CSV"], frozenset()
    note = f"{_times(len(other), 'line')} not in UTF-8 read as Windows-1252: {listed(other)}"
    return "".join(lines), [note], frozenset(other)


def _from_windows(line: bytes) -> str:
    """Decode Windows-1252; the bytes that it leaves undefined become controls, which are taken out later."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in line)


def _mended(text: str, notes: list[str], *, repair: bool) -> str:
    """Find UTF-8 that another program read as Windows-1252; mend it when asked, else say that it can be."""
    lines: list[int] = []
    seen, number = 0, 1
    pieces: list[str] = []
    for found in _MOJIBAKE.finditer(text):
        try:
            meant = _windows_1252(found[0]).decode()
        except UnicodeError:
            continue
        number += len(re.findall("\r\n?|\n", text[seen : found.start()]))
        pieces += (text[seen : found.start()], meant)
        seen = found.end()
        lines.append(number)
    if not lines:
        return text
    where = f"on {_times(len(dict.fromkeys(lines)), 'line')}: {listed(lines)}"
    notes.append(f"letters that another program spoiled (Ã© for é) {'mended' if repair else 'can be mended with --repair'} {where}")
    return "".join((*pieces, text[seen:])) if repair else text


def listed(lines: Iterable[int]) -> str:
    """Give line numbers as a note names them: the first few."""
    numbers = list(dict.fromkeys(lines))
    return ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")


def _times(count: int, noun: str) -> str:
    """Give a number with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
