"""Our vCards in a real address book: khard lists what the records say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Crm

KHARD = Path(sys.executable).with_name("khard.exe" if sys.platform == "win32" else "khard")
CONFIG = """
[addressbooks]
[[network]]
path = {vdir}
"""
FIELDS = ("formatted_name", "first_name", "last_name", "nicknames", "organisations", "titles", "categories", "webpages", "notes", "uid")


def khard(folder: Path, vdir: Path, *args: str) -> list[list[str]]:
    """Run khard on a folder of cards; give the cells of what it prints, a line each."""
    config = folder / "khard.conf"
    config.write_text(CONFIG.format(vdir=vdir), encoding="utf-8")
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", "XDG_CONFIG_HOME": str(folder)}
    ran = subprocess.run(
        [str(KHARD), "-c", str(config), *args],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [line.split("\t") for line in ran.stdout.splitlines() if "\t" in line]


@pytest.fixture
def people(crm: Crm, amina: str, sian: str) -> list[dict[str, Any]]:
    """Give two contacts with what a card may hold."""
    crm.ok("contact", "edit", amina, "--given-name", "Amina", "--family-name", "Yusuf", "--note", "Rings; back\nsoon")
    crm.ok("contact", "tag", amina, "steering, monthly")
    crm.ok("contact", "edit", sian, "--known-as", "Shan", "--phone", "+44 7700 900123")
    return [crm.json("contact", "show", ref) for ref in (amina, sian)]


@pytest.mark.parametrize("version", [(), ("--vcard4",)], ids=["3.0", "4.0"])
@pytest.mark.parametrize("folder", [True, False], ids=["folder", "file"])
def test_khard_lists_what_the_records_say(
    crm: Crm, people: list[dict[str, Any]], tmp_path: Path, version: tuple[str, ...], *, folder: bool
) -> None:
    """Names in parts, addresses, numbers, the organisation and the title, tags, notes and UIDs, from a folder or a file of one."""
    vdir = tmp_path / "cards"
    wanted = people if folder else people[1:]
    if folder:
        crm.ok("contact", "export", "--each", str(vdir), "--notes", "--for", "ourselves: phones", "--yes", *version)
    else:
        vdir.mkdir()
        crm.ok("contact", "export", str(vdir / "one.vcf"), "--contact", people[1]["ref"], "--notes", "--for", "ourselves: phones", *version)
    listed = khard(tmp_path, vdir, "list", "--parsable", "--fields", ",".join(FIELDS))
    amina = [
        "Amina Yusuf",
        "Amina",
        "Yusuf",
        "",
        "[['MESMAC']]",
        "['Outreach lead']",
        "['steering, monthly']",
        "",
        "['Rings; back\\nsoon']",
    ]
    sian = ["Siân O'Brien [she/her]", "Siân", "O'Brien", "['Shan']", *[""] * 5]
    expected = [[*cells, f"urn:uuid:{who['uid']}"] for cells, who in zip([amina, sian], people, strict=True) if who in wanted]
    assert sorted(listed) == expected
    addresses = {"amina@example.org", "sian@example.org"} if folder else {"sian@example.org"}
    assert {cells[0] for cells in khard(tmp_path, vdir, "email", "--parsable", "") if "@" in cells[0]} == addresses
    numbers = {cells[0].replace("-", " ") for cells in khard(tmp_path, vdir, "phone", "--parsable")}
    assert numbers == {phone["value"] for who in wanted for phone in who["phones"]}
