"""The store: how it is, whether it is sound, copies of it, bringing it up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import current, now
from solidarity_crm.queries.counts import Counts, counts
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import moment
from solidarity_crm.store.errors import StoreDamaged

app = Noun("The store: how it is, whether it is sound, copies of it, and all of it as a folder of CSV files.")
app.elsewhere("export", "store_exchange", "export")
app.elsewhere("import", "store_exchange", "import_")


class Status(NamedTuple):
    """How a workspace's store is; ``bytes`` is its size, ``last_backup`` the newest file of backups/."""

    workspace: str
    store: str
    bytes: int
    schema: int
    sqlite: str
    records: Counts
    journal_entries: int
    journal_head: str
    last_backup: str | None
    last_backup_at: datetime | None


@app.command()
def status() -> None:
    """Show where the store is, what is in it, and when it was last backed up.

    Example: solidarity store status
    """
    found = _status()
    zone = current().workspace.settings.zone
    facts = [
        ("Workspace", found.workspace),
        ("Store", f"{found.store}, {found.bytes / 1_000_000:.1f} MB, schema {found.schema}, SQLite {found.sqlite}"),
        ("Journal", f"{found.journal_entries} entries, the last one {found.journal_head[:12]}"),
        (
            "Last backup",
            f"{found.last_backup}, {moment(found.last_backup_at.astimezone(zone))}"
            if found.last_backup_at
            else "none yet: solidarity store backup",
        ),
    ]
    named = [(name.replace("_", "-").capitalize(), str(number)) for name, number in found.records._asdict().items()]
    document = Document(current().workspace.settings.name, "The workspace and its store", filled(facts), [Section("Records", named)])
    output.show_record(found, document, current().style)


@app.command()
def check() -> None:
    """Check the file, what refers to what, the journal against the rows, and the search index.

    Example: solidarity store check
    """
    from solidarity_crm.store.check import problems  # noqa: PLC0415 - hashing is for this alone

    path = current().workspace.store
    found = problems(path)
    for problem in found[:_SHOWN]:
        output.note(problem)
    if found:
        raise StoreDamaged(path, f"{len(found)} things do not agree")
    entries = _status().journal_entries
    output.show_record(
        Sound(str(path), 0, entries),
        Document(f"{path.name} is sound: file, references, {entries} journal entries, rows, search index"),
        current().style,
    )


class Sound(NamedTuple):
    """What a check found of a store in which all agrees."""

    store: str
    problems: int
    journal_entries: int


_SHOWN = 50


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; a new file in backups/ if left out.", metavar="[FILE]", show_default=False)
    ] = None,
    force: given.Force = False,
) -> None:
    """Copy the store to a file, while others may use it, and check the copy.

    Example: solidarity store backup
    """
    from solidarity_crm.store.backup import backup as copy  # noqa: PLC0415 - loads the migrations' module

    workspace = current().workspace
    target = file.expanduser() if file else workspace.backups / f"network-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    path = copy(workspace.store, target, force=force)
    kept = Copy(str(path), path.stat().st_size)
    output.show_record(kept, Document(f"backed up to {kept.file}, {kept.bytes / 1_000_000:.1f} MB, checked"), current().style)


class Copy(NamedTuple):
    """A copy of the store."""

    file: str
    bytes: int


@app.command()
def upgrade() -> None:
    """Bring the store of an older version up to date, with a backup first.

    Example: solidarity store upgrade
    """
    from solidarity_crm.store import sqlite  # noqa: PLC0415
    from solidarity_crm.store.backup import upgrade_with_backup  # noqa: PLC0415

    workspace = current().workspace
    before = sqlite.version(workspace.store)
    if before == sqlite.SCHEMA:
        output.show_record(Upgraded(before, before, None), Document(f"the store is up to date, at schema {before}"), current().style)
        return
    kept = upgrade_with_backup(workspace, now())
    told = Document(f"the store went from schema {before} to {sqlite.SCHEMA}; as it was before: {kept}")
    output.show_record(Upgraded(before, sqlite.SCHEMA, str(kept)), told, current().style)


class Upgraded(NamedTuple):
    """The schema that the store had and has, and the copy of it as it was."""

    before: int
    after: int
    backup: str | None


def _status() -> Status:
    """Look at the workspace and its store."""
    from solidarity_crm.store import sqlite  # noqa: PLC0415

    workspace, connection = current().workspace, current().store.connection
    backups = sorted(workspace.backups.glob("*.db"), key=lambda path: path.stat().st_mtime) if workspace.backups.is_dir() else []
    newest = backups[-1] if backups else None
    entries, head = connection.execute(
        "SELECT count(*), max(CASE WHEN id = (SELECT max(id) FROM journal) THEN hash END) FROM journal"
    ).fetchone()
    return Status(
        str(workspace.folder),
        workspace.store.name,
        workspace.store.stat().st_size,
        sqlite.SCHEMA,
        connection.execute("SELECT sqlite_version()").fetchone()[0],
        counts(current().store),
        entries,
        head or "",
        newest.name if newest else None,
        datetime.fromtimestamp(newest.stat().st_mtime, UTC) if newest else None,
    )
