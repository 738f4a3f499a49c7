"""Real files of many programs, where the folder of them is: each is read."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.exchange import vcard

if TYPE_CHECKING:
    from solidarity_crm.exchange.vcard.writer import Version

FOLDER = Path(__file__).parents[4] / "shared" / "corpus" / "vcf"
FILES = sorted(FOLDER.glob("*.vcf"))


@pytest.mark.skipif(not FILES, reason="the folder of real files, ../shared/corpus/vcf, is not here")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_file_is_read(file: Path) -> None:
    """Within two seconds; every card of it is an entry, rejected or passed over, each with its reason."""
    data = file.read_bytes()
    begun = time.process_time()
    book = vcard.read(file.name, data)
    assert time.process_time() - begun < 2
    assert 0 < len(book.entries) + len(book.rejected) + len(book.skipped) <= vcard.count(data)
    assert all(each.problems for each in book.rejected)


@pytest.mark.skipif(not FILES, reason="the folder of real files, ../shared/corpus/vcf, is not here")
def test_what_real_files_say_survives_our_own() -> None:
    """Written by us in either version, and read again."""
    entries = [entry for file in FILES for entry in vcard.read(file.name, file.read_bytes()).entries if entry.name]
    assert len(entries) > 40
    versions: tuple[Version, ...] = ("3.0", "4.0")
    for version in versions:
        again = vcard.read("ours.vcf", vcard.write(entries, version=version, notes=True)).entries
        assert [entry._replace(line=0, raw="", doubts=()) for entry in again] == [
            entry._replace(line=0, raw="", doubts=()) for entry in entries
        ]
