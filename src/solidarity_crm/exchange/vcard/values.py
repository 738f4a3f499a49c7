"""The text within a property's value: its escapes, its parts, and one way to make it safe (RFC 6350 §3.4, RFC 2426 §4)."""

from __future__ import annotations

import re
import unicodedata

from solidarity_crm.text import one_line, safe

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PART = {sign: re.compile(rf"(?:[^\\{sign}]|\\.)*+", re.DOTALL) for sign in ";,"}
_LONGEST_WORD = 1000
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_TO_CARETS = str.maketrans({"\n": "^n", '"': "^'", "^": "^^"})
_TO_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})


def _meant(match: re.Match[str]) -> str:
    """Give what an escape stands for; a backslash before a letter or digit is one, as in a path of Windows."""
    sign = match[1]
    if sign in "nN":
        return "\n"
    return match[0] if sign.isalnum() else sign


def unescape(value: str) -> str:
    """Give a value without its escapes; programs escape more than they must, such as the colon of a web address."""
    return _ESCAPED.sub(_meant, value) if "\\" in value else value


def written(text: str) -> str:
    """Give a text on one safe line, as it stands in a value or in a part of one."""
    return one_line(text).translate(_TO_ESCAPES)


def written_lines(text: str) -> str:
    """Give a safe text of several lines, likewise."""
    return safe(text).strip().translate(_TO_ESCAPES)


def split(value: str, sign: str = ";") -> list[str]:
    """Give the parts of a value between signs that are not escaped, still with their escapes."""
    if "\\" not in value:
        return value.split(sign)
    parts, at = [], 0
    while at <= len(value):
        found = _PART[sign].match(value, at)
        end = found.end() if found else len(value)
        # a lone backslash at the very end escapes nothing
        parts.append(value[at:] if value[end : end + 1] == "\\" else value[at:end])
        at = len(value) + 1 if value[end : end + 1] == "\\" else end + 1
    return parts


def words(value: str) -> str | None:
    """Give an escaped value as one safe line in NFC; None for nothing."""
    return clean(unescape(value))


def clean(text: str) -> str | None:
    """Give a text as one safe line in NFC; None for nothing."""
    return _composed(one_line(text)) or None


def clean_lines(text: str) -> str | None:
    """Give a text of several lines, safe and in NFC; None for nothing."""
    return _composed(safe(text).strip()) or None


def _composed(text: str) -> str:
    """Give a text in NFC; the time that takes grows with the square of a run of accents, so what is no word stays as it is."""
    if text.isascii():
        return text
    if len(text) <= _LONGEST_WORD:
        return unicodedata.normalize("NFC", text)
    return " ".join(unicodedata.normalize("NFC", word) if len(word) <= _LONGEST_WORD else word for word in text.split(" "))


def from_carets(value: str) -> str:
    """Give a parameter's value without the escapes of RFC 6868."""
    return _CARET.sub(lambda match: _CARETS[match[1]], value) if "^" in value else value


def plain_semicolons(value: str) -> str:
    """Give a written value without backslashes before semicolons: where nothing is in parts, 4.0 asks for none (RFC 6350 §3.4).

    ical.js, and with it Nextcloud and Thunderbird, shows them there.
    """
    return _ESCAPED.sub(lambda match: ";" if match[1] == ";" else match[0], value) if "\\;" in value else value


def parameter(text: str) -> str:
    """Give a text as the quoted value of a parameter (RFC 6868)."""
    return f'"{one_line(text).translate(_TO_CARETS)}"'
