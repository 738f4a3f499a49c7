"""The least that a command takes which writes through SQLModel: its imports."""

import sqlmodel  # noqa: F401 - the import is what is measured
import typer  # noqa: F401 - likewise
