"""Write what the documentation shows of the program, from the program itself.

``docs/commands.md`` is made whole; in the other pages each ``console`` block keeps its commands and gets their real
answers anew, run one after the other in a workspace of the Leeds example, beside that example's form replies and the files
that the page shows in blocks like ``csv NAME``. ``make docs`` runs this; a test runs it too, and fails when a page is not what it would write.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import typer

from solidarity_crm import cli

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/import-export.md", "docs/introductions.md", "docs/network-map.md", "docs/outreach.md")
DAY = "2026-11-23"  # the example's own day, a Monday
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"```csv (\S+)\n(.*?)```", re.DOTALL)
_SHARED = ("--workspace", "--as", "--output", "--json", "--no-input", "--no-color", "--debug", "--help")


def main() -> None:
    """Write every page."""
    (ROOT / "docs" / "commands.md").write_text(commands(), encoding="utf-8")
    for name in PAGES:
        page = ROOT / name
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def commands() -> str:
    """Give the page of all commands."""
    parts = [
        "# Commands",
        "Made from the program by `make docs`; a test keeps it current.",
        "Every command also takes `--workspace FOLDER`, `--as NAME`, `--output table|json|csv|md` (`--json` for short), `--no-input` and `--no-color`.",
        "A record is named by its ref (`P12`) or by words of its name.",
    ]
    root: Any = typer.main.get_command(cli.app)
    for heading, names in cli.SECTIONS.items():
        parts.append(f"## {heading}")
        for name in names:
            found = root.get_command(None, name)
            verbs = getattr(found, "commands", None)
            parts += (
                [_command(f"{name} {verb}", command) for verb, command in verbs.items()]
                if verbs and name not in verbs
                else [_command(name, found)]
            )
    return "\n\n".join(parts) + "\n"


def refreshed(text: str) -> str:
    """Give a page with the answers of its ``console`` blocks made anew."""
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))
        for name, content in _FILE.findall(text):
            (shell.folder / name).write_text(content, encoding="utf-8")
        return _BLOCK.sub(lambda block: f"```console\n{shell.told(block[1])}```", text)


class Shell:
    """Runs the commands of a page, one after the other, in one workspace."""

    def __init__(self, folder: Path) -> None:
        """Make a workspace of the example."""
        self.folder = folder
        self.environment = {
            **os.environ,
            "SOLIDARITY_TODAY": DAY,
            "SOLIDARITY_USER": "Robin Marsh",
            "COLUMNS": "80",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        }
        self.environment.pop("SOLIDARITY_WORKSPACE", None)
        make = "from pathlib import Path; from solidarity_crm.cli.examples import example, make; make(example('leeds'), Path('leeds'))"
        subprocess.run([sys.executable, "-c", make], cwd=folder, env=self.environment, check=True)
        shutil.copy(ROOT / "examples" / "leeds" / "form-replies.csv", folder)
        self.environment["SOLIDARITY_WORKSPACE"] = str(folder / "leeds")

    def told(self, block: str) -> str:
        """Give a block with its commands' answers."""
        lines = [line for line in block.splitlines() if line.startswith("$ ")]
        return "\n".join(f"{line}\n{self._run(shlex.split(line[2:])[1:])}" for line in lines)

    def _run(self, args: list[str]) -> str:
        """Run the program; give what a person would see."""
        command = [sys.executable, "-m", "solidarity_crm", *args]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        return re.sub(rf"{re.escape(str(self.folder))}/?", "", done.stdout)


def _command(words: str, command: Any) -> str:
    """Give one command: what it does, how it is typed, its options."""
    text, _, example = (command.help or "").partition("\n\nExample: ")
    own = [p for p in command.params if not set(p.opts) & set(_SHARED) and not p.hidden]
    arguments = " ".join(_named(p) for p in own if p.param_type_name == "argument")
    lines = [f"### {words}", "", " ".join(text.split()), "", "```", f"solidarity {words} {arguments}".rstrip(), "```"]
    if own:
        lines += ["", *(f"- `{_spelt(p)}` {p.help}" for p in own)]
    if example:
        lines += ["", f"`{' '.join(example.split())}`"]
    return "\n".join(lines)


def _named(param: Any) -> str:
    """Give an argument as it is typed, in brackets when it may be left out."""
    name = param.metavar.strip("[]")
    return name if param.required else f"[{name}]"


def _spelt(param: Any) -> str:
    """Give an option or argument as it is typed, with a word for its value."""
    if param.param_type_name == "argument":
        return _named(param)
    names = "/".join([", ".join(param.opts), *param.secondary_opts])
    return names if param.is_flag else f"{names} {param.metavar}"


if __name__ == "__main__":
    main()
