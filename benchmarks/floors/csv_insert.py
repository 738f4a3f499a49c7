"""The least that taking in a sheet of people takes: another well-kept program putting its rows into a table, unread."""

import os
import sys
import tempfile
from pathlib import Path

from sqlite_utils.cli import cli

sheet = Path(os.environ["STORE"]).parent.parent / "people.csv"
with tempfile.TemporaryDirectory() as folder:
    sys.argv = ["sqlite-utils", "insert", str(Path(folder) / "people.db"), "people", str(sheet), "--csv", "--silent"]
    cli()
