"""The tables that SQLModel knows are those that the migrations make, and nobody's identity is in them."""

from __future__ import annotations

import re

from sqlmodel import SQLModel

import solidarity_crm.models
from solidarity_crm.store import migrate, sqlite

KINDS = {"INTEGER": "Integer", "TEXT": "AutoString", "DATE": "Date", "DATETIME": "UTCDateTime", "BOOLEAN": "Boolean"}
# what a record may say of an organisation's or a person's work, and never of who a person is (protection.md P2)
IDENTITY = re.compile(
    r"ethnic|religio|sexual|orientation|gender|disab|health|immigra|asylum|nationality|birth|race\b|lived_experience|member_of_community"
)


def test_models_and_migrations_agree() -> None:
    """Column by column: name, kind, whether it may be empty, and what it refers to."""
    assert solidarity_crm.models.__all__
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
