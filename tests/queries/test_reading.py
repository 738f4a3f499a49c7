"""Questions and their answers as typed rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from solidarity_crm.errors import Exit
from solidarity_crm.queries import reading
from solidarity_crm.queries.contacts import contacts
from solidarity_crm.queries.reading import open_store, sql
from solidarity_crm.store import sqlite

if TYPE_CHECKING:
    import pytest

    from conftest import Crm

TODAY = date(2026, 12, 1)


def test_every_question_opens_with_what_it_answers() -> None:
    """And takes its parameters by name, put into it by the driver alone."""
    questions = [path.stem for path in reading._FOLDER.glob("*.sql")]
    assert len(questions) > 20
    assert [question for question in questions if not sql(question).startswith("-- ")] == []
    assert [question for question in questions if "{" in sql(question) or "%s" in sql(question)] == []


def test_days_moments_and_lists_come_typed(crm: Crm, amina: str) -> None:
    """As the row's annotations say."""
    crm.ok("contact", "tag", amina, "gp-lead", "speaker")
    store = open_store(crm.workspace)
    (found,) = contacts(store, today=TODAY)
    store.close()
    assert (found.obtained_on, found.created_at.date(), found.created_at.tzinfo) == (TODAY, TODAY, UTC)
    assert isinstance(found.created_at, datetime)
    assert (found.do_not_contact, found.tags, found.works_with) == (False, ("gp-lead", "speaker"), ())
    assert found.affiliations[0].organisation == ("O1", "MESMAC")


def test_many_rows_get_the_same_children_as_few(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in one pass or one by one, nothing is mixed up."""
    for number in range(6):
        crm.ok("contact", "add", f"Person {number}", "--email", f"person{number}@example.org", "--tag", f"tag-{number % 2}")
    store = open_store(crm.workspace)
    one_by_one = contacts(store, today=TODAY)
    monkeypatch.setattr(reading, "_FEW", 2)
    assert contacts(store, today=TODAY) == one_by_one
    assert [each.emails[0].value for each in one_by_one] == [f"person{number}@example.org" for number in range(6)]
    store.close()


def test_a_row_that_no_command_wrote_is_damage_and_not_a_bug(crm: Crm, amina: str) -> None:
    """One line, exit code 4, and nothing of what the row says."""
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute("UPDATE contact SET obtained_on = 'Amina said so'")
    connection.close()
    err = crm.refused(Exit.STORE, "contact", "show", amina)
    assert err.splitlines()[0] == f"solidarity: the store {crm.workspace.store} is damaged: a row of it cannot be read"
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute("UPDATE contact SET obtained_on = '2026-12-01', note = CAST(X'416d696e61ff' AS TEXT)")
    connection.close()
    err = crm.refused(Exit.STORE, "contact", "list")
    assert "is damaged: a text in it cannot be read" in err
    assert "Amina" not in err
