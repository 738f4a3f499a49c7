"""The documentation shows what the program does: every command in it is run, every answer in it is real."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from solidarity_crm import cli
from solidarity_crm.cli import examples
from solidarity_crm.cli.context import begin
from solidarity_crm.errors import Exit

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").glob("*/README.md"))]


def only_shown(page: Path) -> list[str]:
    """List the commands of a page's blocks that show no answers."""
    blocks = re.findall(r"```(\w*)[^\n]*\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line for language, block in blocks if language in ("", "sh") for line in block.splitlines() if line.startswith("solidarity ")]


GUIDES = [page for page in (ROOT / "docs").glob("*.md") if page.stem != "commands" and only_shown(page)]


@pytest.fixture(scope="module")
def made() -> Any:
    """Load the script that makes the documentation."""
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "docs" / "make_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_current(made: Any) -> None:
    """As ``make docs`` would write it."""
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == made.commands()


@pytest.mark.parametrize("name", ["README.md", "docs/import-export.md", "docs/introductions.md", "docs/network-map.md", "docs/outreach.md"])
def test_the_answers_shown_are_real(made: Any, name: str) -> None:
    """Each command of the page is run in the example, and answers what the page says."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert name in made.PAGES
    assert made.refreshed(text) == text


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_command_without_its_answer_is_understood(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run one after the other in the example, where nobody can be asked: done, or refused for a file or a consent that is not there."""
    monkeypatch.setenv("SOLIDARITY_TODAY", "2026-11-23")
    monkeypatch.setenv("SOLIDARITY_WORKSPACE", str(tmp_path / "leeds"))
    begin()
    examples.make(examples.example("leeds"), tmp_path / "leeds")
    for line in only_shown(page):
        code = cli.main([str(Path(word).expanduser()) if word.startswith("~") else word for word in shlex.split(line, comments=True)[1:]])
        said = capsys.readouterr().err
        assert code in (Exit.DONE, Exit.REFUSED) or "cannot ask here: The password" in said, (line, said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_named_is_there(page: Path) -> None:
    """Nouns, verbs and options, in every block and every line of code."""
    root: Any = typer.main.get_command(cli.app)
    text = page.read_text(encoding="utf-8")
    typed = [
        line.strip("$ ") for block in re.findall(r"```[^\n`]*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
    ] + re.findall(r"`(solidarity [^`]+)`", text)
    for line in typed:
        if line.startswith("solidarity ") and "COMMAND" not in line:
            _exists(root, shlex.split(line, comments=True)[1:])


def _exists(root: Any, words: list[str]) -> None:
    """Follow a command line through the program's own commands and options."""
    known = {name for param in root.params for name in param.opts} | {"--install-completion", "--show-completion"}
    if words and words[0].startswith("-"):
        assert words[0] in known, words
        return
    command = root.get_command(None, words[0]) if words else None
    assert command, words
    rest = words[1:]
    verbs = getattr(command, "commands", None)
    if verbs and rest and not rest[0].startswith("-"):
        verb = " ".join(rest[:2]) if " ".join(rest[:2]) in verbs else rest[0]
        assert verb in verbs, words
        command, rest = verbs[verb], rest[len(verb.split()) :]
    names = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    assert {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)} <= names, words
