"""The tables that SQLModel knows are those that the migrations make, and nobody's identity is in them."""

from __future__ import annotations

import re

from sqlmodel import SQLModel

from every_model import EVERY, MODULES
from solidarity_crm.store import migrate, sqlite

KINDS = {"INTEGER": "Integer", "TEXT": "AutoString", "DATE": "Date", "DATETIME": "UTCDateTime", "BOOLEAN": "Boolean"}
# what a record may say of an organisation's or a person's work, and never of who a person is (protection.md P2)
IDENTITY = re.compile(
    r"ethnic|religio|sexual|orientation|gender|disab|health|immigra|asylum|nationality|birth|race\b|lived_experience|member_of_community"
)


def test_models_and_migrations_agree() -> None:
    """Column by column: name, kind, whether it may be empty, and what it refers to."""
    assert EVERY
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    for name, table in SQLModel.metadata.tables.items():
        made = {row[1]: (KINDS[row[2]], bool(row[3])) for row in connection.execute(f"PRAGMA table_info({name})")}
        assert {c.name: (type(c.type).__name__, not c.nullable) for c in table.columns} == made, name
        refers = {row[3]: f"{row[2]}.{row[4]}" for row in connection.execute(f"PRAGMA foreign_key_list({name})")}
        assert {c.name: key.target_fullname for c in table.columns for key in c.foreign_keys} == refers, name
        indexed = {
            row[2]
            for (index,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (name,))
            for row in connection.execute(f"PRAGMA index_info({index})")
        }
        assert {c.name for c in table.columns if c.index} <= indexed, name


def test_no_field_says_who_a_person_is() -> None:
    """Only which communities somebody works with."""
    fields = [f"{table.name}.{column.name}" for table in SQLModel.metadata.tables.values() for column in table.columns]
    assert [field for field in fields if IDENTITY.search(field)] == []


def test_a_module_brings_the_tables_that_its_own_refer_to() -> None:
    """So that a command may import the one module of what it writes: SQLAlchemy looks the others up when it writes."""
    homes = {str(model.__tablename__): model.__module__ for model in EVERY}
    for module in MODULES:
        brought, waiting = set(), [module]
        while waiting:
            here = waiting.pop()
            brought.add(here.__name__)
            waiting += [part for part in vars(here).values() if part in MODULES and part.__name__ not in brought]
        own = [table for table in SQLModel.metadata.tables.values() if homes[table.name] == module.__name__]
        needed = {homes[key.target_fullname.partition(".")[0]] for table in own for key in table.foreign_keys}
        assert needed <= brought, module.__name__
