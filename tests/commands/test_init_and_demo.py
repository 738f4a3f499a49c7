"""Making a workspace, and looking around in an example, as typed."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm import cli
from solidarity_crm.cli import examples
from solidarity_crm.cli.examples import Step, example
from solidarity_crm.errors import CannotRead, Exit
from solidarity_crm.store.workspace import opened, user_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Give the program, in no workspace."""

    def typed(*args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(list(args))
        out, err = capsys.readouterr()
        return code, out, err

    return typed


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], list[str]]:
    """Give a way to sit at a terminal and answer questions by how they begin."""
    asked: list[str] = []

    def sit(answers: dict[str, str]) -> list[str]:
        def answer(question: str, _choices: object = ()) -> str:
            asked.append(question)
            return next((said for begins, said in answers.items() if question.startswith(begins)), "")

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("solidarity_crm.cli.prompts.text", answer)
        return asked

    return sit


def test_every_answer_is_an_option(run: Callable[..., Any], tmp_path: Path) -> None:
    """The settings say what was typed, and the folder is its owner's alone."""
    code, out, err = run(
        "init", "new", "--name", "Ashworth Friends", "--community", "carers", "--community", "people at sea", "--time-zone", "Europe/Dublin",
        "--user", "Siân O'Brien", "--email", "sian@example.org", "--sign-off", "Siân", "--json",
    )  # fmt: skip
    assert code == Exit.DONE
    assert '"name": "Ashworth Friends", "communities": ["carers", "people at sea"], "time_zone": "Europe/Dublin"' in out
    assert err == f"its settings are in {tmp_path / 'new' / 'solidarity.toml'}; next: solidarity contact add NAME -w {tmp_path / 'new'}\n"
    settings = opened(tmp_path / "new").settings
    assert (settings.user, settings.email, settings.sign_off, [person.name for person in settings.people]) == (
        "Siân O'Brien", "sian@example.org", "Siân", ["Siân O'Brien"],
    )  # fmt: skip
    assert settings.intervals.offer_waiting_days == 10
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new", tmp_path / "new" / "drafts")} == {0o700}
        assert stat.S_IMODE((tmp_path / "new" / "network.db").stat().st_mode) == 0o600


def test_a_name_is_enough(run: Callable[..., Any], tmp_path: Path) -> None:
    """The rest has sensible values; without a folder it is the user's own, which every command then finds."""
    code, out, err = run("init", "--name", "Ashworth Friends")
    assert (code, out.startswith("Ashworth Friends\nA new workspace\n")) == (Exit.DONE, True)
    assert err.endswith("next: solidarity contact add NAME\n")
    assert opened(user_folder()).settings.time_zone == "Europe/London"
    assert run("contact", "list") == (Exit.DONE, "", "no contacts\n")
    assert str(user_folder()).startswith(str(tmp_path))


def test_a_system_that_knows_no_user_is_no_hindrance(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container."""

    def unknown() -> str:
        raise KeyError(0)

    monkeypatch.setattr("getpass.getuser", unknown)
    assert run("init", "new", "--name", "x")[0] == Exit.DONE
    assert opened(tmp_path / "new").settings.user == "somebody"


def test_a_workspace_option_names_the_folder_too(run: Callable[..., Any], tmp_path: Path) -> None:
    """It need not be a workspace yet."""
    assert run("init", "--workspace", "new", "--name", "Ashworth Friends")[0] == Exit.DONE
    assert opened(tmp_path / "new").settings.name == "Ashworth Friends"


def test_nobody_there_means_a_usage_error(run: Callable[..., Any], tmp_path: Path) -> None:
    """Without a name, nothing is made."""
    code, out, err = run("init", "new")
    assert (code, out) == (Exit.USAGE, "")
    assert err == 'solidarity: cannot ask here: What is the partnership called\ntry: solidarity init --name "Leeds Solidarity Network"\n'
    assert not (tmp_path / "new").exists()


def test_in_a_terminal_the_rest_is_asked(run: Callable[..., Any], answering: Callable[..., Any], tmp_path: Path) -> None:
    """Each in turn; an empty answer takes what the question says."""
    asked = answering({"What is": "Ashworth Friends", "Which communities": "carers, people at sea ,", "Your name": "Siân"})
    assert run("init", "new")[0] == Exit.DONE
    settings = opened(tmp_path / "new").settings
    assert (settings.name, settings.communities, settings.time_zone) == ("Ashworth Friends", ("carers", "people at sea"), "Europe/London")
    assert (settings.user, settings.sign_off, settings.email) == ("Siân", "Siân", None)
    assert len(asked) == 6


def test_settings_can_be_taken_from_another_workspace(run: Callable[..., Any], crm: Crm, tmp_path: Path) -> None:
    """To the letter, its uid included."""
    source = crm.workspace.folder / "solidarity.toml"
    assert run("init", "new", "--settings", str(source))[0] == Exit.DONE
    assert (tmp_path / "new" / "solidarity.toml").read_bytes() == source.read_bytes()
    code, _, err = run("init", "other", "--settings", "nowhere.toml")
    assert (code, "there is no such file" in err) == (Exit.REFUSED, True)
    (tmp_path / "bad.toml").write_text("[network]\n")
    code, _, err = run("init", "other", "--settings", "bad.toml")
    assert (code, "[network] needs a name" in err) == (Exit.STORE, True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--name", ""), "must not be empty"),
        (("--name", "a\x1b[31mb"), "one line of words"),
        (("--name", "a", "--time-zone", "Leeds"), "not a time zone"),
        (("--name", "a", "--email", "nobody"), "e-mail 'nobody'"),
        (("--name", "a", "--community", " "), "must not be empty"),
    ],
)
def test_bad_answers_make_nothing(run: Callable[..., Any], tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    """One clear line, and no folder."""
    code, out, err = run("init", "new", *args)
    assert (code, out) == (Exit.USAGE, "")
    assert said in err
    assert not (tmp_path / "new").exists()


def test_a_workspace_is_never_made_over_another(run: Callable[..., Any], crm: Crm, amina: str) -> None:
    """Neither with its settings nor without them."""
    folder = str(crm.workspace.folder)
    assert "is a workspace already" in run("init", folder, "--name", "x")[2]
    (crm.workspace.folder / "solidarity.toml").rename(crm.workspace.folder / "lost.toml")
    code, _, err = run("init", folder, "--name", "x")
    assert (code, "has a store without its settings" in err) == (Exit.REFUSED, True)
    (crm.workspace.folder / "lost.toml").rename(crm.workspace.folder / "solidarity.toml")
    assert [contact["ref"] for contact in crm.json("contact", "list")] == [amina]


def test_a_store_that_was_left_unfinished_is_made_anew(run: Callable[..., Any], tmp_path: Path) -> None:
    """An interrupted init can simply be repeated; a file that is no store of ours stays."""
    assert run("init", "new", "--name", "x")[0] == Exit.DONE
    (tmp_path / "new" / "solidarity.toml").unlink()
    assert run("init", "new", "--name", "y")[0] == Exit.DONE
    (tmp_path / "new" / "solidarity.toml").unlink()
    (tmp_path / "new" / "network.db").write_bytes(b"")
    assert run("init", "new", "--name", "z")[0] == Exit.DONE
    (tmp_path / "new" / "solidarity.toml").unlink()
    (tmp_path / "new" / "network.db").write_bytes(b"not a database, but somebody's")
    assert run("init", "new", "--name", "z")[0] == Exit.REFUSED
    assert (tmp_path / "new" / "network.db").read_bytes() == b"not a database, but somebody's"


def test_a_folder_that_is_copied_to_a_cloud_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    """Unless the risk is accepted."""
    code, _, err = run("init", "OneDrive - Leeds GATE/crm", "--name", "x")
    assert (code, "is copied elsewhere by OneDrive" in err, "--accept-risk" in err) == (Exit.REFUSED, True, True)
    assert not (tmp_path / "OneDrive - Leeds GATE").exists()
    assert run("init", "OneDrive - Leeds GATE/crm", "--name", "x", "--accept-risk")[0] == Exit.DONE


def test_a_folder_that_cannot_be_made_says_so(run: Callable[..., Any], tmp_path: Path) -> None:
    """One line, and the exit code of what cannot be written."""
    (tmp_path / "file").write_text("x")
    code, _, err = run("init", "file/new", "--name", "x")
    assert (code, "cannot write" in err) == (Exit.STORE, True)


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_demo_walks_through_the_main_job(run: Callable[..., Any], tmp_path: Path, name: str) -> None:
    """Each step prints its command and then that command's own answer, in a workspace where it can be typed again."""
    code, out, err = run("demo", name, "--folder", "made")
    assert (code, "Traceback" in err) == (Exit.DONE, False)
    commands = [line.removeprefix("$ ") for line in out.splitlines() if line.startswith("$ solidarity ")]
    assert commands == [step.run for step in example(name).steps]
    for noun in ("today", "contact show", "offer accept", "intro make", "outreach draft", "calendar export", "report"):
        assert any(command.startswith(f"solidarity {noun}") for command in commands), noun
    assert f"The workspace is {tmp_path / 'made'}" in out
    assert "due today" in out
    assert (tmp_path / "made" / "exports" / "calendar.ics").is_file()
    assert len(list((tmp_path / "made" / "drafts").iterdir())) == 2
    assert "example" not in tomllib.loads((tmp_path / "made" / "solidarity.toml").read_text(encoding="utf-8"))
    assert run("offer", "show", "H8", "-w", "made", "--json")[1].count('"status": "accepted"') == 1
    assert run("store", "check", "-w", "made")[0] == Exit.DONE
    assert "SOLIDARITY_WORKSPACE" not in os.environ


def test_the_demo_happens_around_today(run: Callable[..., Any], on_day: Callable[[str], None]) -> None:
    """Days, times and meetings move together; since when somebody has a role does not."""
    on_day("2027-02-03")
    assert run("demo", "--folder", "made")[0] == Exit.DONE
    assert '"starts": "2027-02-03T14:00:00+00:00"' in run("meeting", "show", "M6", "-w", "made", "--json")[1]
    assert '"since": "2023-04-03"' in run("contact", "show", "P1", "-w", "made", "--json")[1]
    assert '"due": "2027-01-24"' in run("followup", "show", "F2", "-w", "made", "--json")[1]


def test_a_demo_without_a_folder_is_made_in_a_temporary_one(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is nobody else's to read; a workspace that was set before is set again."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("SOLIDARITY_WORKSPACE", "elsewhere")
    assert run("demo", "derby")[0] == Exit.DONE
    (made,) = tmp_path.glob("solidarity-derby-*")
    if os.name == "posix":
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert os.environ["SOLIDARITY_WORKSPACE"] == "elsewhere"


def test_a_demo_is_not_made_over_a_workspace(run: Callable[..., Any], crm: Crm) -> None:
    """The folder must be free."""
    code, _, err = run("demo", "--folder", str(crm.workspace.folder))
    assert (code, "is a workspace already" in err) == (Exit.REFUSED, True)
    assert run("demo", "york")[0] == Exit.USAGE


def test_a_step_that_fails_ends_the_demo(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that did not end well, and an exit code that says so."""
    real = example("leeds")
    broken = real._replace(steps=(Step("Look for nobody.", "solidarity show P999"), *real.steps))
    monkeypatch.setattr(examples, "example", lambda _name: broken)
    code, out, err = run("demo", "--folder", "made")
    assert code == Exit.REFUSED
    assert out.endswith("$ solidarity show P999\n")
    assert "the demo stops here: solidarity show P999 ended with exit code 3" in err


def test_an_example_that_did_not_come_along_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation without its examples says how to get them."""
    monkeypatch.setattr(examples, "shipped", lambda name: tmp_path / name)
    with pytest.raises(CannotRead, match="the example is not there"):
        example("leeds")
