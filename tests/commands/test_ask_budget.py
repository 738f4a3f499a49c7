"""How often somebody may be asked for something, and what they were asked, as kept and read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.queries.asking import loads
from solidarity_crm.queries.reading import open_store
from solidarity_crm.store.workspace import opened

if TYPE_CHECKING:
    from conftest import Crm
    from solidarity_crm.rules.asking import Load

TODAY = date(2026, 12, 1)


def load(crm: Crm, number: int = 1) -> Load:
    """Give what a contact was asked for lately."""
    store = open_store(crm.workspace)
    try:
        return loads(store, [number], today=TODAY)[number]
    finally:
        store.close()


def test_a_budget_and_a_pause_are_kept_and_taken_away(crm: Crm, amina: str) -> None:
    """An empty text gives back what everybody has; the card says what is her own."""
    assert (load(crm).budget, load(crm).paused_until) == (2, None)
    edited = crm.json("contact", "edit", amina, "--ask-budget", "0", "--pause-asks", "+2w")
    assert (edited["ask_budget"], edited["asks_paused_until"]) == (0, "2026-12-15")
    assert (load(crm).budget, load(crm).paused_until) == (0, date(2026, 12, 15))
    assert "paused until Tue 15 Dec 2026" in crm.ok("show", amina).out
    edited = crm.json("contact", "edit", amina, "--ask-budget", "", "--pause-asks", "")
    assert (edited["ask_budget"], edited["asks_paused_until"]) == (None, None)
    crm.ok("undo", "--yes")
    assert crm.json("show", amina)["ask_budget"] == 0


@pytest.mark.parametrize("typed", ["-1", "two", "1.5", "101", "9" * 400])
def test_a_budget_is_a_small_whole_number(crm: Crm, amina: str, typed: str) -> None:
    """Anything else is refused, and nothing changes."""
    assert "ask budget" in crm.refused(Exit.USAGE, "contact", "edit", amina, f"--ask-budget={typed}")
    assert crm.json("show", amina)["ask_budget"] is None


def test_settings_say_what_everybody_may_be_asked(crm: Crm, amina: str) -> None:
    """The budget and its days are intervals of the workspace."""
    path = crm.workspace.folder / "solidarity.toml"
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace("[intervals]", "[intervals]\nask_budget = 5\nask_budget_days = 7"), encoding="utf-8")
    store = open_store(opened(crm.workspace.folder))
    found = loads(store, [int(amina[1:])], today=TODAY)[1]
    store.close()
    assert (found.budget, found.days) == (5, 7)


def test_every_kind_of_ask_counts_with_its_ref_and_day(crm: Crm, amina: str, sian: str) -> None:
    """Sides of introductions, offers called on, meetings; not what was cancelled, is older, or is somebody else's."""
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins", "--on", "2026-10-01")
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-02")
    crm.ok("intro", "ask", "I1", "right", "--on", "2026-11-01")  # a day too early to count
    crm.ok("offer", "add", amina, "advice", "Talks", "--on", "2026-11-01")
    crm.ok("offer", "accept", "H1")
    crm.ok("offer", "use", "H1", "A talk at the surgery", "--on", "2026-11-25")
    crm.ok("meeting", "add", "Steering group", "--at", "2026-11-20 10:00", "--with", amina, "--anyway", "she chairs it")
    crm.ok("meeting", "add", "Called off", "--at", "2026-11-21 10:00", "--with", amina, "--anyway", "she asked for it")
    crm.ok("meeting", "cancel", "M2")
    crm.ok("meeting", "add", "Next year", "--at", "2027-01-21 10:00", "--with", amina, "--anyway", "it is far ahead")
    asked = load(crm).asked
    assert [(each.kind, each.ref, str(each.on), each.about) for each in asked] == [
        ("offer called on", "H1", "2026-11-25", "A talk at the surgery"),
        ("meeting", "M1", "2026-11-20", "Steering group"),
        ("introduction", "I1", "2026-11-02", "Both run drop-ins"),
    ]
    assert load(crm, 2).asked == ()


def test_every_date_of_a_series_counts(crm: Crm, amina: str) -> None:
    """Those of the days that count; neither one that was left out nor one that is yet to come, and a moved one where it is now."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-10-20 10:00", "--every", "weekly", "--with", amina)
    weekly = ["2026-12-01", "2026-11-24", "2026-11-17", "2026-11-10", "2026-11-03"]
    assert [(each.kind, each.ref, str(each.on), each.about) for each in load(crm).asked] == [
        ("meeting", "M1", day, "Drop-in") for day in weekly
    ]
    crm.ok("meeting", "skip", "M1", "--on", "2026-11-24")
    crm.ok("meeting", "move", "M1", "--on", "2026-11-10", "--to", "2026-11-11 10:00")
    crm.ok("meeting", "move", "M1", "--on", "2026-12-01", "--to", "2026-12-02 10:00")
    assert [(each.ref, str(each.on)) for each in load(crm).asked] == [
        ("M1", "2026-11-17"),
        ("M2", "2026-11-11"),
        ("M1", "2026-11-03"),
    ]
    assert "asked 3 times" in crm.refused(Exit.REFUSED, "outreach", "draft", "request-help", "--kind", "data", "--to", amina)
    crm.ok("meeting", "cancel", "M1")
    assert [(each.ref, str(each.on)) for each in load(crm).asked] == [("M2", "2026-11-11")]


def test_a_series_that_is_over_or_not_begun_counts_as_far_as_it_came(crm: Crm, amina: str) -> None:
    """Its dates end where its rule does; what it asks of somebody counts once for the message about it."""
    crm.ok("meeting", "add", "Course", "--at", "2026-11-02 10:00", "--every", "daily", "--times", "3", "--with", amina)
    crm.ok("meeting", "add", "Next year", "--at", "2027-01-05 10:00", "--every", "weekly", "--with", amina, "--anyway", "she asked to come")
    assert [(each.ref, str(each.on)) for each in load(crm).asked] == [("M1", "2026-11-04"), ("M1", "2026-11-03"), ("M1", "2026-11-02")]
