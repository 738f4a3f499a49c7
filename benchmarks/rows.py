"""What is measured: each row of the speed budgets that the program has a command for.

A row's floor is the least that such a command could take: ``noop`` is a Typer command that does nothing, ``imports``
a script that only imports sqlmodel and typer, ``contacts`` a plain script that prints every contact from the same
file, ``csv_insert`` sqlite-utils putting the rows of the same sheet into a table. ``khal_import`` is khal importing the same calendar. A row
without a floor has its budget in seconds.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from address_books import BOOK, SHEET, importing
from calendars import importing as importing_calendar
from invented import FREQUENT_WORD, RARE_NAME, RARE_WORD
from made import MAILING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZES = (200, 2_000, 20_000)
LARGEST = SIZES[-1:]
MIDDLE = SIZES[1:2]
FLAT = 1.5  # at a hundred times the contacts a reading command may take so many times as long


class Row(NamedTuple):
    """A command to type in a workspace, its budget and what it is compared with; ``completes`` is typed with Tab at its end."""

    name: str
    budget: float
    command: Callable[[Path], list[str]]
    floor: str | None = "noop"
    sizes: tuple[int, ...] = LARGEST
    completes: str | None = None


def typed(*words: str) -> Callable[[Path], list[str]]:
    """Type the same words each time."""
    return lambda _folder: list(words)


def numbered(*words: str) -> Callable[[Path], list[str]]:
    """Type the words with ``#`` counting up, since a follow-up is done once."""
    numbers = count(1)
    return lambda _folder: [word.replace("#", str(number)) for number in [next(numbers)] for word in words]


def into(*words: str) -> Callable[[Path], list[str]]:
    """Type the words with ``#`` standing for a new name in the workspace's folder of exports."""
    numbers = count(1)
    return lambda folder: [word.replace("#", str(folder / "exports" / f"{next(numbers)}")) if "#" in word else word for word in words]


DRAFT = ("outreach", "draft", "request-help", "--kind", "data")
DRAFTS = [f"D{number}" for number in range(1, 1001)]  # those that the row before wrote first
READING, STARTING = 2.2, 1.5
ROWS = (
    Row("--version", STARTING, typed("--version")),
    Row("completing a contact's name", STARTING, typed(), sizes=SIZES, completes="solidarity contact show wilh"),
    Row("completing a common name", STARTING, typed(), sizes=SIZES, completes="solidarity contact show a"),
    Row("--help", 2.5, typed("--help")),
    Row("today", READING, typed("today"), sizes=SIZES),
    Row("show P12", READING, typed("show", "P12"), sizes=SIZES),
    Row("show H1", READING, typed("show", "H1"), sizes=SIZES),
    Row("show N5", READING, typed("show", "N5"), sizes=SIZES),
    Row("show NAME", READING, typed("show", RARE_NAME), sizes=SIZES),
    Row("search, a rare word", READING, typed("search", RARE_WORD), sizes=SIZES),
    Row("search, a frequent word", READING, typed("search", FREQUENT_WORD), sizes=SIZES),
    Row("contact list --limit 50", READING, typed("contact", "list", "--limit", "50"), sizes=SIZES),
    Row("offer list --limit 50", READING, typed("offer", "list", "--limit", "50"), sizes=SIZES),
    Row("org list --limit 50", READING, typed("org", "list", "--limit", "50"), sizes=SIZES),
    Row("followup list --limit 50", READING, typed("followup", "list", "--limit", "50"), sizes=SIZES),
    Row("intro path NAME", READING, typed("intro", "path", RARE_NAME), sizes=SIZES),
    Row("intro path P150", READING, typed("intro", "path", "P150"), sizes=SIZES),
    Row("intro suggest", 5, typed("intro", "suggest"), floor=None),
    Row("network who", 5, typed("network", "who"), floor=None),
    Row("contact list", 4, typed("contact", "list"), floor="contacts"),
    Row("contact list --json", 4, typed("contact", "list", "--json"), floor="contacts"),
    Row("import of 20,000 CSV rows", 5, importing(SHEET), floor="csv_insert"),
    Row("import of 2,000 vCards", 5, importing(BOOK), floor=None),
    Row("contact duplicates", 10, typed("contact", "duplicates"), floor=None),
    Row("followup done", 1.2, numbered("followup", "done", "F#"), floor="imports"),
    Row("log", 1.2, typed("log", "Told us about the clinic", "--with", "P12"), floor="imports"),
    Row("calendar import, 1,000 events", 0.25, importing_calendar(), floor="khal_import"),
    Row("calendar of 1,000 meetings", 3, into("calendar", "export", "#.ics", "--from", "2020-01-01"), floor=None),
    Row(
        "1,000 drafts from a template",
        5,
        typed(*DRAFT, "--tag", MAILING, "--again", "--anyway", "measured", "--yes"),
        floor=None,
        sizes=MIDDLE,
    ),
    Row("1,000 drafts to .eml", 5, into("outreach", "export", *DRAFTS, "--to", "#"), floor=None, sizes=MIDDLE),
)
