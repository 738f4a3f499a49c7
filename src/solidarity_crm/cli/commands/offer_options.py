"""The arguments and options that the commands of offers share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm.cli import parameters as given

Offer = Annotated[Any, given.argument("H", "The offer, by ref or words of it.")]
Outcome = Annotated[str | None, typer.Option("--outcome", help="What came of it.", metavar="TEXT", show_default=False)]
