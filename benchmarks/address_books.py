"""Address books to import, of invented people, and an empty workspace for each import of them."""

from __future__ import annotations

import csv
import random
import shutil
from itertools import count
from typing import TYPE_CHECKING

from invented import FAMILY, GIVEN, PLACES, ROLES, SORTS, TAGS, WORDS

from solidarity_crm.store.create import create

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROWS, CARDS = 20_000, 2_000
SHEET, BOOK = "people.csv", "people.vcf"
HEADER = ("Name", "Email", "Phone", "Organisation", "Job title", "Tags", "Notes")
_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:{0};;;;\r\nEMAIL:{1}\r\nTEL:{2}\r\nORG:{3}\r\nTITLE:{4}\r\nCATEGORIES:{5}\r\nNOTE:{6}\r\nEND:VCARD\r\n"


def made(folder: Path) -> Path:
    """Give the folder with the files in it, made if they are not there."""
    if not (folder / SHEET).exists():
        with (folder / SHEET).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADER)
            writer.writerows(_people(ROWS))
        cards = "".join(_CARD.format(*person) for person in _people(CARDS))
        (folder / BOOK).write_text(cards, encoding="utf-8", newline="")
    return folder


def importing(name: str) -> Callable[[Path], list[str]]:
    """Import a file, each time into a workspace that has nobody yet."""
    numbers = count(1)

    def command(folder: Path) -> list[str]:
        empty, fresh = folder.parent / "empty", folder.parent / f"{name}-{next(numbers)}"
        if not empty.exists():
            create(empty, {"name": "Made", "communities": []}, [{"name": "Robin Marsh"}])
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(empty, fresh)
        return ["--workspace", str(fresh), "contact", "import", str(made(folder.parent) / name), "--yes"]

    return command


def _people(many: int) -> Iterator[tuple[str, ...]]:
    """Give so many people, one in fifty of them written down twice."""
    chance = random.Random(2026)  # noqa: S311 - the same people every time
    for number in range(many):
        same = number - number % 50 if number % 50 == 1 else number
        role, note = chance.choice(ROLES) or "", " ".join(chance.choices(WORDS, k=chance.randint(3, 12)))
        place = f"{chance.choice(PLACES)} {chance.choice(SORTS)}"
        yield (
            f"{GIVEN[same % len(GIVEN)]} {FAMILY[same // len(GIVEN) % len(FAMILY)]}",
            f"person{same}@example.org",
            f"07700 {900000 + same % 1000}",
            place,
            role,
            chance.choice(TAGS),
            note,
        )
