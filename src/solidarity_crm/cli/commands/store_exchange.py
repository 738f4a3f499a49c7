"""The whole store as a folder of CSV files, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import FileExists
from solidarity_crm.exchange.folder import form
from solidarity_crm.exchange.folder.sheets import sheets
from solidarity_crm.output import Column
from solidarity_crm.queries.sheet_rows import sheet_rows
from solidarity_crm.store.files import write_bytes, write_text
from solidarity_crm.store.workspace import SETTINGS_FILE

Folder = Annotated[Path, typer.Argument(help="The folder.", metavar="FOLDER", show_default=False)]
COLUMNS = (Column("File", lambda written: written.file), Column("Rows", lambda written: str(written.rows)))


class Written(NamedTuple):
    """A file of an export, and how many rows it has."""

    file: str
    rows: int


def export(folder: Folder, force: given.Force = False) -> None:
    """Write everything to a folder of CSV files, one for each noun, and a copy of the settings.

    Example: solidarity store export leeds-export
    """
    target = folder.expanduser().absolute()
    if not force and (target.is_file() or _has_something(target)):
        raise FileExists(target)
    here = current()
    settings = (here.workspace.folder / SETTINGS_FILE).read_bytes()
    written = []
    for sheet, count, text in form.texts(sheets(here.store.settings), lambda name: sheet_rows(here.store, name)):
        write_text(target / sheet.file, text, force=force)
        written.append(Written(sheet.file, count))
    write_bytes(target / SETTINGS_FILE, settings, force=force)
    output.show_list(written, COLUMNS, here.style)
    output.note(f"written to {target}; these files hold people's details: keep them as safe as the workspace")


def import_(folder: Folder) -> None:
    """Fill an empty workspace with a folder that store export wrote, or that was made by hand: all of it, or nothing.

    Example: solidarity store import leeds-export
    """
    files = sheets(current().workspace.settings)
    reading = form.read(folder.expanduser(), files)
    for name in reading.absent:
        output.note(f"{name} is not there, so it counts as empty")
    with change("store import") as tx:
        imported = services.folder_import.import_folder(tx, reading, files, today=today(), watch=output.watched)
    output.show_list(imported, COLUMNS, current().style)


def _has_something(folder: Path) -> bool:
    """Say whether a folder is there and not empty, as far as one may look."""
    try:
        return folder.is_dir() and any(folder.iterdir())
    except OSError:
        return True
