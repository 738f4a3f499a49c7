"""Bringing a store's schema to the one that this program knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from solidarity_crm.store import search, sqlite

if TYPE_CHECKING:
    from solidarity_crm.store.sqlite import Connection


def upgrade(connection: Connection, target: int = sqlite.SCHEMA) -> None:
    """Run the migrations that an open store lacks, all of them or none, and fill the search index."""
    from alembic import command  # noqa: PLC0415 - only a new or an old store needs it
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine  # noqa: PLC0415
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, module=sqlite.driver, hide_parameters=True)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    # a table is moved and copied with its references unchecked, which SQLite only allows outside a transaction
    connection.execute("PRAGMA foreign_keys=OFF")
    with engine.connect() as bound:
        config.attributes["connection"] = bound
        connection.execute("BEGIN IMMEDIATE")
        try:
            command.upgrade(config, f"{target:04d}")
            if target == sqlite.SCHEMA:
                search.rebuild(connection)
            _must_refer(connection)
            connection.execute(f"PRAGMA user_version={target}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("PRAGMA foreign_keys=ON")


def _must_refer(connection: Connection) -> None:
    """Raise RuntimeError when a row would refer to what is not there."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        problem = f"{len(broken)} rows would lose what they refer to"
        raise RuntimeError(problem)
