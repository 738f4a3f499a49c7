"""The examples' form replies: taken in on whichever day the demo is made, as a week begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from solidarity_crm import cli
from solidarity_crm.errors import Exit
from solidarity_crm.exchange.folder.dates import text_moved
from solidarity_crm.exchange.forms import reading
from solidarity_crm.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOW = reading.Reading(ZoneInfo("Europe/London"))


def test_the_example_has_what_a_form_is_really_sent() -> None:
    """Somebody who is a contact, a name with an apostrophe, a reply sent twice, damaged phones, an advertisement."""
    found = reading.read(folder("examples") / "leeds" / "form-replies.csv", HOW)[1]
    assert not found.rejected
    assert [reply.name for reply in found.found] == [
        "Kwame Boateng-Lewis", "Siân O'Hara-Bevan", "Siân O'Hara-Bevan", "Marek Dąbrowski-Hill", "Rank Your Site",
    ]  # fmt: skip
    assert [reply.phone for reply in found.found] == [None, "+44 7700 900140", "+44 7700 900140", "07700 900141", None]
    assert found.found[1].keys == found.found[2].keys
    assert [bool(reply.consent) for reply in found.found] == [True, True, True, False, True]
    assert {reply.received_on for reply in found.found} <= {date(2026, 11, day) for day in range(19, 23)}


@pytest.mark.parametrize("name", ["form-replies.csv", "form-reply.eml"])
def test_the_other_example_has_an_export_and_a_mail(name: str) -> None:
    """Each read whole."""
    found = reading.read(folder("examples") / "derby" / name, HOW)[1]
    assert found.found
    assert not found.rejected
    assert all(reply.email and reply.consent and reply.received_on for reply in found.found)


def test_the_replies_of_a_demo_came_in_its_own_days(
    tmp_path: Path, on_day: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is due before it could be."""
    on_day("2027-02-03")  # 72 days after the example's own
    assert cli.main(["demo", "leeds", "--folder", "made"]) == Exit.DONE
    capsys.readouterr()
    moved = reading.read(tmp_path / "made" / "form-replies.csv", HOW)[1]
    assert [str(reply.received_on) for reply in moved.found] == ["2027-01-30", "2027-01-31", "2027-01-31", "2027-02-01", "2027-02-02"]
    assert cli.main(["intake", "list", "--all", "--json", "-w", "made"]) == Exit.DONE
    assert [word in capsys.readouterr().out for word in ('"status": "accepted"',)] == [True]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2026-11-20 14:02:51", "2026-12-01 14:02:51"),
        ("Date: Sat, 21 Nov 2026 18:22:05 +0000", "Date: Wed, 02 Dec 2026 18:22:05 +0000"),
        ("November 20, 2026 9:05 pm", "December 01, 2026 9:05 pm"),
        ("20261121 and 07700 900140", "20261121 and 07700 900140"),
    ],
)
def test_a_texts_days_are_moved_as_they_are_written(text: str, moved: str) -> None:
    """Eleven days on; what is no day stays."""
    assert text_moved(text, 11) == moved
