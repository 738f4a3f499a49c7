"""Text that people typed, made safe, comparable or usable in a name.

The one boundary between what somebody typed and where it is shown: every way out of the program passes
through :func:`safe` (or :func:`one_line`) before its own escaping.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# C0 but tab and newline, DEL, C1; bidi embeddings, overrides and isolates; zero-width and other invisible marks and
# fillers; lone surrogates. A terminal, a calendar or a mail program may obey any of them (protection.md S3).
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# the joiners are invisible too, but spell words and emoji: they stay within scripts that have a use for them
_JOINERS = re.compile("(?<![^\x00-\u058f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u058f])")
_SEQUENCE = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\\\|\x9c|(?=[\r\n])|$)|[ -/]*[0-~])"  # CSI; OSC, DCS, SOS, PM, APC; two-byte
    "|\x9b[0-?]*[ -/]*[@-~]"  # CSI in one byte
)
_SPACES = re.compile(r"[\s\u00a0]+")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # pronouns, most often
# letters that have no decomposition, though people type them without their stroke
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"} | dict.fromkeys("'’‘´`ʼ", "")
)


def safe(text: str) -> str:
    """Give ``text`` without anything that a terminal or a file's reader would obey; newlines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    if "\x1b" in text or "\x9b" in text:
        text = _SEQUENCE.sub("", text)
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    return _JOINERS.sub("", text) if "\u200c" in text or "\u200d" in text else text


def one_line(text: str) -> str:
    """Give ``text`` made safe and on one line: every run of white space is one blank."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", safe(text)).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Give ``text`` for comparing: no case, accents, apostrophes or invisible marks, one blank between words, in NFC.

    ``fold("Siân O'Brien [she/her]") == "sian obrien she her"``.
    """
    text = safe(text)
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:  # full-width and mathematical letters decompose to capitals, so case goes after that
        plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)
    return unicodedata.normalize("NFC", " ".join(_WORD.findall(plain)))


def words(text: str) -> list[str]:
    """Give the folded words of ``text``, in order."""
    return fold(text).split()


def slug(text: str) -> str:
    """Give ``text`` as one word of a command line: ``amina-yusuf``."""
    return fold(text).replace(" ", "-")


def without_brackets(name: str) -> str:
    """Give a name without what stands in brackets, a blank in its place."""
    return _BRACKETED.sub(" ", name)


def initials(name: str) -> str:
    """Give the initials of a name, as in ``A.Y.``, what stands in brackets left out; ``?`` for a name without letters."""
    return "".join(f"{word[0].upper()}." for word in words(without_brackets(name))) or "?"


def some(several: Sequence[str], most: int = 3, between: str = ", ") -> str:
    """Give the first few of several, and how many more there are: ``a, b, c and 2 more``."""
    more = f"{between.rstrip(', ')} and {len(several) - most:,} more" if len(several) > most else ""
    return between.join(several[:most]) + more


def shorten(text: str, width: int) -> str:
    """Give ``text`` on one line, cut to ``width`` characters with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"


def mark(text: str, wanted: list[str], width: int = 70) -> str | None:
    """Give the part of ``text`` around the first word that begins as one of ``wanted``, each such word in brackets.

    ``wanted`` is folded. None when no word does.
    """
    tokens = one_line(text).split(" ")
    hits = [any(word.startswith(start) for word in (*words(token), slug(token).replace("-", "")) for start in wanted) for token in tokens]
    if not any(hits):
        return None
    first = last = hits.index(True)
    length = len(tokens[first])
    while length < width and (first > 0 or last < len(tokens) - 1):
        if last < len(tokens) - 1:
            last += 1
            length += len(tokens[last]) + 1
        if first > 0 and length < width:
            first -= 1
            length += len(tokens[first]) + 1
    shown = " ".join(f"[{token}]" if hit else token for token, hit in zip(tokens[first : last + 1], hits[first : last + 1], strict=True))
    return ("…" if first else "") + shown.strip(" ·") + ("…" if last < len(tokens) - 1 else "")
