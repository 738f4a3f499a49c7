"""Our sheets of contacts in LibreOffice, without its window; run by ``make clients``, not by ``make test``."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

NEEDED = "libreoffice-calc"
# comma, double quotes, UTF-8, from the first line, cells as they are shown
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
FROM_CSV = "Text - txt - csv (StarCalc):44,34,76,1"


@pytest.fixture(scope="session")
def soffice() -> str:
    """Give LibreOffice, installed if the machine lets us."""
    if (found := shutil.which("soffice")) is None and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", NEEDED],
            check=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        found = shutil.which("soffice")
    if found is None:
        pytest.fail(f"this needs LibreOffice Calc: install {NEEDED} (or LibreOffice from libreoffice.org) and run make clients again")
    return found


def converted(soffice: str, file: Path) -> list[dict[str, str]]:
    """Let LibreOffice open a file and save what it shows as CSV; give the rows."""
    folder = file.parent / "converted"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    reading = [f"--infilter={FROM_CSV}"] if file.suffix == ".csv" else []
    subprocess.run(
        [soffice, profile, "--headless", *reading, "--convert-to", AS_CSV, "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
    )
    with (folder / f"{file.stem}.csv").open(encoding="utf-8-sig", newline="") as made:
        return list(csv.DictReader(made))


@pytest.fixture
def records(crm: Crm, amina: str, sian: str) -> list[dict[str, Any]]:
    """Give two people with what a spreadsheet likes to change, as their records say."""
    crm.ok("contact", "edit", amina, "--note", "=1+1", "--phone", "+44 7700 900123", "--works-with", "sex workers")
    crm.ok("contact", "edit", sian, "--note", 'Says "hello", twice;\nthen rings 🙂', "--every", "6w")
    return [crm.json("contact", "show", ref) for ref in (amina, sian)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_shows_what_the_records_say(crm: Crm, records: list[dict[str, Any]], soffice: str, tmp_path: Path, kind: str) -> None:
    """Names with accents, numbers with their zeros, several lines in a cell, days, and no formula that runs."""
    crm.ok("contact", "export", f"all.{kind}", "--notes", "--for", "ourselves: phones", "--yes")
    rows = converted(soffice, tmp_path / f"all.{kind}")
    guarded = "'=1+1" if kind == "csv" else "=1+1"  # the guard is shown in a CSV file (exchange.md A8)
    assert [row["name"] for row in rows] == [record["name"] for record in records]
    assert [row["note"] for row in rows] == [guarded, records[1]["note"]]
    assert [row["emails"] for row in rows] == ["amina@example.org", "sian@example.org"]
    assert [row["phones"] for row in rows] == ["+44 7700 900123", "0113 496 0123"]
    assert [row["works_with"] for row in rows] == ["sex workers", ""]
    assert [row["cadence"] for row in rows] == ["", "42"]
    assert [row["obtained_on"] for row in rows] == [record["obtained_on"] for record in records]
    assert [row["uid"] for row in rows] == [record["uid"] for record in records]
