"""The least that a command with Typer takes: one that does nothing."""

import typer

app = typer.Typer()


@app.command()
def main() -> None:
    """Do nothing."""


app()
