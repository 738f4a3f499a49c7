"""Bank holidays come from the settings' country."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.services.calendar_days import holidays
from solidarity_crm.store.settings import Settings

if TYPE_CHECKING:
    from conftest import Crm

ST_ANDREW = date(2026, 11, 30)


@pytest.mark.parametrize(("place", "free"), [("GB-ENG", False), ("GB-SCT", True)])
def test_the_part_of_the_country_counts(place: str, free: bool) -> None:
    """St Andrew's Day is a holiday in Scotland alone."""
    assert (ST_ANDREW in holidays(Settings(name="Leeds", holidays=place))) is free


@pytest.mark.parametrize("place", ["Yorkshire", "GB-YORKS"])
def test_a_country_that_nobody_knows_is_one_clear_line(crm: Crm, amina: str, place: str) -> None:
    """It names the setting, and nothing is kept."""
    settings = crm.workspace.folder / "solidarity.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[network]", f'[network]\nholidays = "{place}"'), encoding="utf-8")
    assert f"holidays = '{place}' in solidarity.toml is not a country" in crm.refused(Exit.USAGE, "offer", "add", amina, "data", "A survey")
    assert crm.json("offer", "list", "--all") == []
