"""Shell completion of commands, options, refs and names."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Crm
    from solidarity_crm.store.workspace import Workspace


def complete(workspace: Workspace | None, shell: str, words: str) -> list[str]:
    """Give what a shell would be offered after ``words``."""
    environment = {
        **os.environ,
        "_SOLIDARITY_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words.rpartition(" ")[2],
    }
    if workspace:
        environment["SOLIDARITY_WORKSPACE"] = str(workspace.folder)
    done = subprocess.run(
        [sys.executable, "-m", "solidarity_crm"], env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("solidarity tod", "today"),
        ("solidarity followup sn", "snooze"),
        ("solidarity contact list --quiet", "--quiet-for"),
        ("solidarity contact show am", "amina-yusuf"),
        ("solidarity contact show Am", "Amina-yusuf"),
        ("solidarity show P1", "P1"),
        ("solidarity log x --with yus", "yusuf-amina"),
        ("solidarity contact list --community sex", "sex-workers"),
        ("solidarity followup add x --due friday --owner ro", "robin-marsh"),
    ],
)
def test_what_is_begun_is_completed(crm: Crm, amina: str, words: str, offered: str) -> None:
    """A name is completed as one word, so that no shell need quote it; and that word finds it."""
    assert offered in complete(crm.workspace, "bash", words), amina


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_is_served(crm: Crm, amina: str, shell: str) -> None:
    """bash, zsh, fish and both PowerShells."""
    assert any("amina-yusuf" in line for line in complete(crm.workspace, shell, "solidarity contact show ami")), amina


def test_completion_without_a_workspace_offers_nothing_and_says_nothing() -> None:
    """Somebody is in the middle of typing."""
    assert [line for line in complete(None, "bash", "solidarity contact show am") if line] == []


def test_a_completed_name_finds_its_record(crm: Crm, sian: str) -> None:
    """Also one with marks in it."""
    (name,) = complete(crm.workspace, "bash", "solidarity contact show sia")
    assert crm.json("contact", "show", name)["ref"] == sian
