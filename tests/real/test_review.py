"""Reading drafts in a terminal, with an editor of somebody's own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_terminal import Terminal

from solidarity_crm import services
from solidarity_crm.cli.context import change, today
from solidarity_crm.errors import Exit
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from conftest import Crm

pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
HELLO = "Subject: Hello {{ contact.greeting }}\nPurpose: service\nAbout: A greeting\n\nDear {{ contact.greeting }},\n\nHello.\n"
DOWN, ENTER, CTRL_C = "\x1b[B", "\r", "\x03"


@pytest.fixture
def three(crm: Crm, amina: str, sian: str) -> list[str]:
    """Draft a message to each of three people, one of whom has a word that is not to be used."""
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    crm.ok("contact", "edit", amina, "--avoid", "clinic")
    crm.ok("contact", "add", "Dev Patel", "--email", "dev@example.org")
    to = [word for ref in (amina, sian, "dev") for word in ("--to", ref)]
    return [draft["ref"] for draft in crm.json("outreach", "draft", "hello", *to)]


def editor(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an editor of a shell's words, whose name has a blank in it; it notes the file's mode."""
    path = folder / "my editor"
    seen = folder / "seen"
    path.write_text(f'#!/bin/sh\nstat -c "%a %n" "$2" > {seen}\n{program}\n', encoding="utf-8")
    path.chmod(0o700)
    monkeypatch.setenv("EDITOR", f"'{path}' --wait")
    monkeypatch.setenv("TMPDIR", str(folder))
    return seen


def statuses(crm: Crm) -> dict[str, tuple[str, bool]]:
    """Give each draft's status and whether it was approved."""
    return {draft["ref"]: (draft["status"], draft["approved_on"] is not None) for draft in crm.json("outreach", "list")}


def test_each_draft_is_read_and_decided_about(crm: Crm, three: list[str]) -> None:
    """Approved, dropped, left; what was decided is kept."""
    there = Terminal(crm, "outreach", "review")
    there.until("Dear Amina").until("D1, 1 of 3").type(ENTER)
    there.until("O'Brien").until("D2, 2 of 3").type(DOWN * 2 + ENTER)
    there.until("D3, 3 of 3").type(DOWN * 3 + ENTER).until("next: solidarity outreach send")
    assert there.ends() == Exit.DONE
    assert statuses(crm) == dict(zip(three, [("draft", True), ("cancelled", False), ("draft", False)], strict=True))


def test_ctrl_c_keeps_what_was_decided(crm: Crm, three: list[str]) -> None:
    """And the rest is asked for the next time."""
    there = Terminal(crm, "outreach", "review").until("D1, 1 of 3").type(ENTER).until("D2, 2 of 3").type(CTRL_C)
    assert there.ends() == Exit.INTERRUPTED
    assert statuses(crm)[three[0]] == ("draft", True)
    there = Terminal(crm, "outreach", "review").until("D2, 1 of 2").type(DOWN * 4 + ENTER)
    assert there.ends() == Exit.DONE


def test_a_draft_is_edited_and_read_again(crm: Crm, three: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file of one's own that is gone afterwards, with what the editor left beside it."""
    (folder := tmp_path / "edit").mkdir()
    seen = editor(folder, 'sed -i "s/Hello\\./Good morning./; s/Subject: .*/Subject: Good morning/" "$2"; cp "$2" "$2~"', monkeypatch)
    there = Terminal(crm, "outreach", "review").until("D1, 1 of 3").type(DOWN + ENTER)
    there.until("Good morning.").until("D1, 1 of 3").type(ENTER).until("D2").type(DOWN * 4 + ENTER)
    assert there.ends() == Exit.DONE
    shown = crm.json("outreach", "show", three[0])
    assert shown["subject"] == "Good morning"
    assert shown["body"].startswith("Dear Amina,\n\nGood morning.\n\nRobin and Sam\n")
    assert statuses(crm)[three[0]] == ("draft", True)
    assert seen.read_text(encoding="utf-8").startswith("600 ")
    assert sorted(path.name for path in folder.iterdir()) == ["my editor", "seen"]


@pytest.mark.parametrize(
    "edit",
    [
        ('echo "Subject: x" > "$2"', "must not be empty"),
        ('printf "Subject: x\\n\\nSee you at the clinic\\n" > "$2"', "the message says 'clinic'"),
        ('rm "$2"', "cannot read what was edited"),
        ("exit 3", "ended with an error, so nothing was changed"),
        ('printf "Subject: x\\n\\n\\377\\376" > "$2"', "it is not UTF-8 text"),
    ],
)
def test_an_edit_that_will_not_do_changes_nothing(
    crm: Crm, three: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: tuple[str, str]
) -> None:
    """It is said, and asked again."""
    program, said = edit
    (folder := tmp_path / "edit").mkdir()
    editor(folder, program, monkeypatch)
    before = crm.json("outreach", "show", three[0])
    there = Terminal(crm, "outreach", "review").until("D1, 1 of 3").type(DOWN + ENTER).until(said).until("D1, 1 of 3").type(CTRL_C)
    assert there.ends() == Exit.INTERRUPTED
    assert crm.json("outreach", "show", three[0]) == before
    assert sorted(path.name for path in folder.iterdir()) == ["my editor", "seen"]


def test_an_editor_that_is_not_there_is_named(crm: Crm, three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is left."""
    assert three
    monkeypatch.setenv("EDITOR", "no-such-editor -x")
    left = set(Path(tempfile.gettempdir()).glob("solidarity-*"))
    there = Terminal(crm, "outreach", "review").until("D1, 1 of 3").type(DOWN + ENTER).until("the editor no-such-editor cannot be started")
    there.until("D1, 1 of 3").type(CTRL_C)
    assert there.ends() == Exit.INTERRUPTED
    assert set(Path(tempfile.gettempdir()).glob("solidarity-*")) <= left


def test_in_a_pipe_it_says_what_else_there_is(crm: Crm) -> None:
    """Nobody is there to read."""
    err = crm.refused(Exit.USAGE, "outreach", "review")
    assert "cannot ask here: what is to be done with each draft" in err


def test_what_is_unsure_is_asked_about(crm: Crm, three: list[str]) -> None:
    """Before anything else; an answer is kept, and what is left is asked about again."""
    for ref in three[:2]:
        number = int(ref[1:])
        with change("outreach send") as tx:
            services.sending.claim(tx, Ref("D", number), today=today())
    there = Terminal(crm, "outreach", "review").until("D1 to Amina Yusuf").type(ENTER).until("D2 to Siân").type(DOWN * 2 + ENTER)
    there.until("D3, 1 of 1").type(DOWN * 4 + ENTER)
    assert there.ends() == Exit.DONE
    assert [statuses(crm)[ref][0] for ref in three] == ["sent", "unsure", "draft"]
    there = Terminal(crm, "outreach", "send").until("D2 to Siân").type(DOWN + ENTER).until("there is no mail server")
    assert there.ends() == Exit.REFUSED
    assert [statuses(crm)[ref][0] for ref in three] == ["sent", "draft", "draft"]
