"""Questions and answers found in the lines of a mail, as form plugins write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.forms.answers import answer
from solidarity_crm.exchange.forms.dates import day_in
from solidarity_crm.exchange.forms.questions import DROPPED, asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.exchange.forms.reply import Answer

LONGEST = 20_000  # lines of one mail that are looked at
_LABELLED = re.compile(r"[ \t]*(?:[*_]{1,2})?([^\s:*][^:\n]{0,200}?)(?:[*_]{1,2})?[ \t]*:(?:[*_]{1,2})?(?:[ \t]+(.*)|[ \t]*)$")
_RULED = re.compile(r"[ \t]*-{2,}[ \t]+(\S.{0,300}?)[ \t]+-{2,}[ \t]*$")  # WPForms in plain text: --- Name ---
_QUOTED = re.compile(r"^(?:[ \t]*>[ \t]?)+")
_FORWARDED = re.compile(
    r"[ \t]*(?:-+ ?(?:forwarded|original|weitergeleitete|message transf)\b.{0,40}-+|begin forwarded message:)[ \t]*$", re.IGNORECASE
)
_ENVELOPE = re.compile(r"[ \t]*[*_]{0,2}(?:from|to|cc|bcc|date|sent|subject|reply-to)[*_]{0,2}[ \t]*:", re.IGNORECASE)
_SENT = re.compile(r"[ \t]*[*_]{0,2}(?:date|sent)[*_]{0,2}[ \t]*:", re.IGNORECASE)
# where the reply ends and the plugin speaks for itself
_FOOTER = re.compile(
    r"[ \t]*(?:--[ \t]*$|-{3,}[ \t]*$|_{3,}[ \t]*$|this (?:e-?mail|is an?|message) (?:was sent|notification|is a notification)"
    r"|sent (?:by an? (?:un)?verified|from|via) .{3,}|this is a notification that\b|you are receiving this\b)",
    re.IGNORECASE,
)
_FEW_WORDS = 8  # of a question that does not end in a question mark
_ENVELOPE_LINES = 12


class Said(NamedTuple):
    """A line of a mail; ``label`` says that it is a question and nothing else."""

    text: str
    label: bool = False


def answers(lines: Iterable[Said]) -> list[Answer]:
    """Give the questions and answers that lines have; what stands before the first question is left out."""
    found: list[tuple[str, list[str]]] = []
    written = False  # whether the question before is one that people answer with several lines of their own
    for line in list(lines)[:LONGEST]:
        if not line.label and _FOOTER.match(line.text):
            if _field_of(found) == "message":
                written, found = False, [*found, ("", [])]
            continue
        question = _question(line, written=written)
        if question is not None:
            found.append((question[0], [question[1]]))
            written = asked(question[0]) in ("message", "choice")
        elif found:
            found[-1][1].append(line.text)
    return [said for question, texts in found if question for said in [answer(question, "\n".join(texts))]]


def plain(text: str) -> tuple[list[Said], date | None]:
    """Give a text's lines without the marks of a forwarded copy, and the day on which what was forwarded was sent."""
    lines = [_QUOTED.sub("", line) for line in text.splitlines()[:LONGEST]]
    marks = [place for place, line in enumerate(lines) if _FORWARDED.match(line)]
    if not marks:
        return [Said(line) for line in lines], None
    return _without_envelope(lines[marks[-1] + 1 :])


def questions_in(found: Sequence[Answer]) -> int:
    """Say how many of the questions are ones that a form asks: by that a form's mail is told from any other."""
    return len({each.field for each in found if each.field not in (None, DROPPED, "received_on", "subject") and each.text})


def _without_envelope(lines: list[str]) -> tuple[list[Said], date | None]:
    """Take off the lines that say who sent a forwarded message, to whom and when."""
    sent = None
    place = 0
    while place < min(len(lines), _ENVELOPE_LINES) and (not lines[place].strip() or _ENVELOPE.match(lines[place])):
        if _SENT.match(lines[place]):
            sent = day_in(lines[place].partition(":")[2])
        if place and not lines[place].strip() and _ENVELOPE.match(lines[place - 1]):
            break
        place += 1
    return [Said(line) for line in lines[place:]], sent


def _question(line: Said, *, written: bool) -> tuple[str, str] | None:
    """Give the question that a line asks with what it answers, or None when it asks none.

    Within what people write themselves, only a question that is understood begins anew: ``PS: call me`` is theirs.
    """
    if line.label:
        return line.text.rstrip(" :"), ""
    if found := _RULED.match(line.text):
        return found[1], ""
    found = _LABELLED.match(line.text)
    if found is None or "://" in found[1]:
        return None
    label = found[1].strip()
    known = asked(label) is not None and len(label.split()) <= 2 * _FEW_WORDS
    if not known and (written or (len(label.split()) > _FEW_WORDS and not label.endswith("?"))):
        return None
    return label, found[2] or ""


def _field_of(found: list[tuple[str, list[str]]]) -> str | None:
    """Give what the last question asks for."""
    return asked(found[-1][0]) if found else None
