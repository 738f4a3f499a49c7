"""Outreach templates as files: a small header, an empty line and a body.

::

    Subject: Thank you, {{ contact.greeting }}
    Purpose: service
    About: Thanks for an offer of help
    Html: no

    Dear {{ contact.greeting }},
    ...

``Html`` may be left out. What stands in double braces is read by :mod:`solidarity_crm.exchange.outreach.templates`; listing the files needs no Jinja.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead
from solidarity_crm.rules.outreach import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CHECK = "solidarity outreach templates --check"
SIZE_LIMIT = 64 * 1024
_KEYS = ("Subject", "Purpose", "About")
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}
_MARK = "\ufeff"


class Template(NamedTuple):
    """A template: its header, its body and the lines of the file on which that and the subject begin.

    ``html`` is whether the body is Markdown, of which an HTML part is made too; None where the settings say.
    """

    name: str
    subject: str
    purpose: str
    about: str
    body: str
    first_line: int
    path: Path
    subject_line: int = 1
    html: bool | None = None


def paths(*folders: Path) -> dict[str, Path]:
    """Give the template files by name; of two with one name, the later folder's."""
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.txt")) if path.is_file()}
    return dict(sorted(found.items()))


def read(path: Path) -> Template:
    """Read a template's file.

    Raises CannotRead, which names the line.
    """
    lines = _text(path).split("\n")
    empty = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    header = _header(path, lines[:empty])
    missing = [key for key in _KEYS if key not in header]
    body = "\n".join(lines[empty + 1 :])
    if missing or not body.strip():
        lacking = f"a line '{missing[0]}: …' above the first empty line" if missing else "a text below the first empty line"
        raise _wrong(path, min(empty + 1, len(lines)), f"it needs {lacking}")
    (subject, purpose, about), subject_line = (header[key][0] for key in _KEYS), header["Subject"][1]
    html = _YES_OR_NO[header["Html"][0].lower()] if "Html" in header else None
    return Template(path.stem, subject, purpose, about, body, empty + 2, path, subject_line, html)


def with_html(found: Mapping[str, Path], *, otherwise: bool) -> set[str]:
    """Give the names of the templates whose messages have an HTML part; ``otherwise`` is for those that do not say."""
    names = set()
    for name, path in found.items():
        try:
            said = read(path).html
        except CannotRead:
            said = False
        if otherwise if said is None else said:
            names.add(name)
    return names


def _text(path: Path) -> str:
    """Read a file's text, of any line ends."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
        if len(content) > SIZE_LIMIT:
            raise CannotRead(path, f"a template is at most {SIZE_LIMIT // 1024} KB", "make two templates of it")
        text = content.decode("utf-8").removeprefix(_MARK)
    except OSError as problem:
        raise CannotRead(path, problem.strerror or "unknown reason", "solidarity outreach templates") from None
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise _wrong(path, line, "it is not UTF-8 text", "save it as UTF-8 in your text editor") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _header(path: Path, lines: list[str]) -> dict[str, tuple[str, int]]:
    """Give the header's values by their keys, each with its line."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        key = key.capitalize()
        if not colon or key not in (*_KEYS, "Html") or not value:
            raise _wrong(path, number, f"the lines above the first empty one are {', '.join(f'{k}: …' for k in _KEYS)}")
        if key in found:
            raise _wrong(path, number, f"a second {key}")
        if key == "Purpose" and value not in PURPOSES:
            raise _wrong(path, number, f"the purpose is one of: {', '.join(PURPOSES)}")
        if key == "Html" and value.lower() not in _YES_OR_NO:
            raise _wrong(path, number, "Html is yes or no")
        found[key] = value, number
    return found


def _wrong(path: Path, line: int, reason: str, hint: str | None = None) -> CannotRead:
    """Give the error for something wrong on a line."""
    return CannotRead(path, reason, hint or f"correct {path.name} in a text editor; {CHECK} says what is wrong", line=line)
