"""A workspace as a folder of CSV files: out and in without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folder_form import SETTINGS, SHEETS, blank, load, texts, written
from folder_strategies import readings
from hypothesis import HealthCheck, given, settings

from every_model import EVERY
from solidarity_crm.exchange.address_book import Identifier, PostalAddress
from solidarity_crm.exchange.folder import form
from solidarity_crm.exchange.tables.cells import guard, unguard
from solidarity_crm.queries.reading import Store
from solidarity_crm.queries.sheet_rows import sheet_rows
from solidarity_crm.services import folder_import
from solidarity_crm.store import journal, search

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.store.sqlite import Connection

__all__ = ["blank"]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(reading=readings())
def test_out_in_and_out_again_gives_the_same_bytes(blank: Connection, tmp_path: Path, reading: form.Reading) -> None:
    """Whatever a store holds, its files fill another store that is the same, refs, uids and times included."""
    first = load(blank, reading)
    files = texts(first)
    again = form.read(written(tmp_path / "out", dict(files)), SHEETS)
    assert (again.problems, again.absent) == ([], [])
    assert {name: [line.values for line in lines] for name, lines in again.lines.items()} == {
        name: [line.values for line in lines] for name, lines in reading.lines.items()
    }
    second = load(blank, again)
    assert texts(second) == files
    for table in journal.tables(first):
        question = f'SELECT * FROM "{table}" ORDER BY id'
        assert second.execute(question).fetchall() == first.execute(question).fetchall(), table
    assert journal.problems(second) == []
    assert search.stale(second) == []


def test_every_table_is_in_a_file() -> None:
    """A table that no file or cell has would be lost on the way out; those of sides and of cells hang on a record."""
    tables = {str(model.__tablename__) for model in EVERY}
    tables -= set(journal.UNJOURNALED)  # what is known of elsewhere: another store finds it out anew
    in_cells = {str(model.__tablename__) for model, _ in folder_import._SEVERAL.values()}
    assert {sheet.table for sheet in SHEETS} | in_cells | {"introduction_side"} == tables
    parts = {column.part for sheet in SHEETS for column in sheet.columns if column.part}
    assert folder_import._SEVERAL.keys() | {"left", "right"} == parts


def test_every_column_of_every_table_is_in_a_file() -> None:
    """A column that is added to a model and not to its file would be lost on the way out."""
    in_files = {(sheet.table, column.field) for sheet in SHEETS for column in sheet.columns if not column.part}
    made_again = {"id", "name_key", "uid"}
    for model in EVERY:
        if str(model.__tablename__) in {sheet.table for sheet in SHEETS}:
            table = str(model.__tablename__)
            assert {field for field in model.model_fields if (table, field) not in in_files} <= made_again, table
    for part in ("address", "identifier", "former_name"):
        made, fields = folder_import._SEVERAL[part]
        value = {"address": PostalAddress(), "identifier": Identifier("civicrm", "7")}.get(part, "Amina")
        owners = {"id", "contact_id", "organisation_id", "name_key"}
        assert fields(0, value).keys() >= made.model_fields.keys() - owners, part


def test_the_questions_give_the_columns_in_the_files_order(blank: Connection) -> None:
    """Each question's columns are called as the file's."""
    for sheet in SHEETS:
        cursor = sheet_rows(Store(blank, SETTINGS), sheet.name)
        names = [column[0] for column in cursor.description]  # type: ignore[attr-defined] # the driver's cursor
        assert names == [column.heading for column in sheet.columns]


@pytest.mark.parametrize("cell", ["=1", "'", "''", "'=1", "'Allo", "+44 113 496 0123", "-5", "-x", "\tx", "x"])
def test_a_guarded_cell_comes_back(cell: str) -> None:
    """Guarding is taken back to the letter."""
    assert unguard(guard(cell)) == cell


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    """What people type by hand is not taken for a guard."""
    assert (unguard("'Allo"), unguard("'=1"), unguard("'+44 113 496 0123")) == ("'Allo", "=1", "+44 113 496 0123")
