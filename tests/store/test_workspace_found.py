"""How the workspace is found: what was named, then the environment, then upwards from here, then the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.store.errors import NoWorkspace
from solidarity_crm.store.workspace import find, user_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


@pytest.fixture
def named(tmp_path: Path) -> Callable[[Path | str], Path]:
    """Give a way to make a folder that is a workspace by its settings; its name is the partnership's."""

    def make(folder: Path | str) -> Path:
        path = tmp_path / folder
        path.mkdir(parents=True, exist_ok=True)
        (path / "solidarity.toml").write_text(f'[network]\nname = "{path.name}"', encoding="utf-8")
        return path

    return make


def test_each_place_gives_way_to_the_one_before(named: Callable[[Path | str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """-w, then SOLIDARITY_WORKSPACE, then upwards, then the user's data folder."""
    named(user_folder())
    assert find(None).settings.name == user_folder().name
    inside = named("here") / "drafts" / "deep"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert find(None).settings.name == "here"
    monkeypatch.setenv("SOLIDARITY_WORKSPACE", str(named("in the environment")))
    assert find(None).settings.name == "in the environment"
    assert find(named("named")).settings.name == "named"


def test_the_nearest_folder_upwards_counts(named: Callable[[Path | str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace inside another's folder is its own."""
    named("outer")
    monkeypatch.chdir(named("outer/inner"))
    assert find(None).settings.name == "inner"


def test_where_it_is_stays_when_the_current_folder_changes(
    named: Callable[[Path | str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are absolute from the start, and the home folder's sign is understood."""
    named("leeds")
    workspace = find(Path("leeds"))
    monkeypatch.chdir("/")
    assert workspace.store == tmp_path / "leeds" / "network.db"
    assert [folder.parent for folder in (workspace.templates, workspace.drafts, workspace.exports, workspace.backups)] == [
        workspace.folder
    ] * 4
    named(tmp_path / "home" / "mine")
    assert find(Path("~/mine")).settings.name == "mine"


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was named is named, and no other is taken in its place."""
    with pytest.raises(NoWorkspace, match="no workspace here"):
        find(None)
    with pytest.raises(NoWorkspace, match=r"nowhere is not a workspace \(it has no solidarity.toml\)"):
        find(tmp_path / "nowhere")
    monkeypatch.setenv("SOLIDARITY_WORKSPACE", str(tmp_path))
    with pytest.raises(NoWorkspace, match="is not a workspace"):
        find(None)


def test_no_workspace_is_one_clear_line(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do, for reading and for writing."""
    monkeypatch.setattr(crm, "workspace", crm.workspace._replace(folder=Path("nowhere")))
    for words in (["today"], ["followup", "add", "x", "--due", "today"]):
        assert crm.refused(Exit.STORE, *words).splitlines() == [
            "solidarity: nowhere is not a workspace (it has no solidarity.toml)",
            "try: solidarity init FOLDER, or solidarity demo to look around first",
        ]
