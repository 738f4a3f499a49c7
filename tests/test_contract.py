"""What every command promises, checked on every command there is."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer

from solidarity_crm import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

ROOT: Any = typer.main.get_command(cli.app)


def commands() -> Iterator[tuple[str, Any]]:
    """Give every command there is, with the words that call it."""
    for name in cli.COMMANDS:
        found = ROOT.get_command(None, name)
        if getattr(found, "commands", None) and name not in found.commands:
            yield from ((f"{name} {verb}", command) for verb, command in found.commands.items())
        else:
            yield name, found


EVERY = dict(commands())


@pytest.mark.parametrize("words", EVERY)
def test_every_command_says_what_it_does_and_gives_an_example(words: str) -> None:
    """One sentence first; then an example that is the command itself."""
    text = EVERY[words].help or ""
    first, _, rest = text.partition("\n")
    assert re.fullmatch(r"[A-Z\"].*[.:]", first), first
    assert f"Example: solidarity {words}" in rest


@pytest.mark.parametrize("words", EVERY)
def test_every_option_and_argument_has_help(words: str) -> None:
    """Nothing is left to be guessed."""
    assert [p.name for p in EVERY[words].params if not p.help and p.name != "help"] == []


@pytest.mark.parametrize("words", EVERY)
def test_every_examples_options_exist(words: str) -> None:
    """The example parses: each of its options is one that the command has."""
    example = re.search(r"Example: (solidarity .*)", EVERY[words].help.replace("\n", " "))
    assert example
    typed = {word for word in shlex.split(example[1]) if re.match(r"-[-a-z]", word)}
    assert typed <= {name for p in EVERY[words].params for name in (*p.opts, *p.secondary_opts)}


@pytest.mark.parametrize("words", EVERY)
def test_every_command_has_the_shared_options(words: str) -> None:
    """--json, --workspace and the rest stand at every command."""
    names = {name for p in EVERY[words].params for name in p.opts}
    assert {"--workspace", "-w", "--as", "--output", "-o", "--json", "--no-input", "--no-color"} <= names


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_root_command_is_there_and_its_help_is_true(name: str, crm: Crm) -> None:
    """The root's list, kept without importing anything, names commands that are there and says what they say."""
    shown = crm("--help").out
    assert cli.COMMANDS[name][1] in re.sub(r"\n {10,}", " ", shown)
    assert crm(name, "--help").code == 0


@pytest.mark.parametrize(
    "args", [("contact", "ad"), ("nonsense",), ("today", "--nonsense"), ("contact", "list", "--limit", "x"), ("-o", "xml", "today")]
)
def test_a_wrong_command_line_is_one_line_and_a_hint(args: tuple[str, ...], crm: Crm) -> None:
    """Exit code 2, nothing on stdout, and what to try."""
    result = crm(*args)
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(r"solidarity: .+\n(try: .+\n)?", result.err), result.err


def test_no_command_begins_outside_the_registry() -> None:
    """Each module of commands is reached from the root."""
    from pathlib import Path

    modules = {path.stem for path in Path(cli.__file__).parent.joinpath("commands").glob("*.py")} - {"__init__"}
    assert {module for module, _ in cli.COMMANDS.values()} <= modules
