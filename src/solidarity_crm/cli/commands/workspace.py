"""Making a workspace, and looking around in an example."""

from __future__ import annotations

import getpass
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

import typer

from solidarity_crm import output
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import asked, current
from solidarity_crm.cli.parameters import offering, word
from solidarity_crm.errors import BadValue, CannotRead, Refused
from solidarity_crm.reports.document import Document, filled
from solidarity_crm.store import settings as settings_file
from solidarity_crm.store.sync_folders import synced_by
from solidarity_crm.store.workspace import VARIABLE, Workspace, user_folder
from solidarity_crm.text import one_line

app = Noun("The workspace.")

LONDON = "Europe/London"
EXAMPLES = ("leeds", "derby")


class Made(NamedTuple):
    """A workspace that was made."""

    folder: str
    name: str
    communities: tuple[str, ...]
    time_zone: str
    user: str | None
    email: str | None
    sign_off: str


def line(text: str) -> str:
    """Read a line that goes into the settings."""
    plain = one_line(text)
    if not plain or not text.strip().isprintable():
        raise BadValue("text", plain, "it must be one line of words" if plain else "it must not be empty")
    return plain


def zone(text: str) -> str:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text.strip()).key
    except (KeyError, ValueError, OSError):
        raise BadValue("time zone", text, "not a time zone", f"a name like {LONDON}") from None


def email(text: str) -> str:
    """Read an e-mail address."""
    from solidarity_crm.models.contact_points import clean_email  # noqa: PLC0415 - only when one is given

    return clean_email(text)[0]


def _line_option(name: str, text: str, parser: Any = line, metavar: str = "TEXT") -> Any:
    """Make an option that takes a line."""
    return typer.Option(name, help=text, parser=parser, metavar=metavar, show_default=False)


@app.command()
def init(
    folder: Annotated[
        Path | None, typer.Argument(help="Where; your own data folder if left out.", metavar="[FOLDER]", show_default=False)
    ] = None,
    name: Annotated[Any, _line_option("--name", "What the partnership is called.")] = None,
    community: Annotated[list[Any] | None, _line_option("--community", "A community it is for; several times for several.")] = None,
    time_zone: Annotated[Any, _line_option("--time-zone", f"Its time zone; {LONDON} if left out.", zone, "ZONE")] = None,
    user: Annotated[Any, _line_option("--user", "Who uses it: your name.", metavar="NAME")] = None,
    address: Annotated[Any, _line_option("--email", "The address that mail comes from.", email, "ADDRESS")] = None,
    sign_off: Annotated[Any, _line_option("--sign-off", "How letters end, like 'Robin and Sam'.")] = None,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", help="Take the settings of this solidarity.toml instead.", metavar="FILE", show_default=False),
    ] = None,
    accept_risk: Annotated[bool, typer.Option("--accept-risk", help="Even in a folder that is copied to a cloud.")] = False,
) -> None:
    """Make a workspace for a partnership; in a terminal it asks for what is left out.

    Example: solidarity init leeds --name "Leeds Solidarity Network" --community "sex workers" --user "Robin Marsh"
    """
    target = (folder or current().folder or user_folder()).expanduser().absolute()
    _refuse_synced(target, accepted=accept_risk)
    _refuse_workspace(target)
    if settings:
        text = _settings_of(settings.expanduser())
    else:
        text = _answers(name=name, communities=community, time_zone=time_zone, user=user, email=address, sign_off=sign_off)
    from solidarity_crm.store.create import with_settings  # noqa: PLC0415 - loads the migrations' tools

    _show(with_settings(target, text))


@app.command()
def demo(
    example: Annotated[
        Any,
        typer.Argument(
            help="Which partnership: leeds or derby.",
            parser=word("example", lambda: EXAMPLES),
            autocompletion=offering(lambda: EXAMPLES),
            metavar="[leeds|derby]",
            show_default=False,
        ),
    ] = "leeds",
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where to make it; a temporary folder if left out.", metavar="FOLDER", show_default=False),
    ] = None,
) -> None:
    """Make a throw-away workspace of an example partnership, and walk through a day's work in it.

    Example: solidarity demo leeds
    """
    from solidarity_crm.cli import examples  # noqa: PLC0415 - loads what writes

    chosen = examples.example(example)
    target = folder.expanduser().absolute() if folder else Path(tempfile.mkdtemp(prefix=f"solidarity-{example}-"))
    examples.make(chosen, target)
    setting = f'$env:{VARIABLE} = "{target}"' if os.name == "nt" else f"export {VARIABLE}='{target}'"
    output.write(
        f"{current().workspace.settings.name}: the organisations are real, the people are invented.\n"
        f"Everything below is a command as you would type it, and its answer.\n\n$ {setting}\n"
    )
    examples.walk(chosen.steps, target)
    output.write(
        f"\nThe workspace is {target}. Nothing in it matters: change what you like, and delete the folder when you are done.\n"
        f"Type the {setting.split(maxsplit=1)[0]} line above, then try:\n"
        "  solidarity today --all\n  solidarity search housing\n  solidarity contact list --quiet-for 8w\n  solidarity undo\n"
        "Your own workspace: solidarity init\n"
    )


def _refuse_synced(folder: Path, *, accepted: bool) -> None:
    """Keep a store out of folders that another program copies.

    Raises Refused.
    """
    program = synced_by(folder)
    if program and not accepted:
        sentence = f"{folder} is copied elsewhere by {program}, which can damage the store and carries people's details to other machines"
        raise Refused(sentence, "a folder outside it, with backups copied there; or --accept-risk")


def _refuse_workspace(folder: Path) -> None:
    """Say at once, before anything is asked, that there is a workspace already.

    Raises Refused.
    """
    if (folder / "solidarity.toml").exists():
        sentence = f"{folder} is a workspace already"
        raise Refused(sentence, f"solidarity today -w {folder}")


def _settings_of(path: Path) -> str:
    """Give the text of a settings file that is sound.

    Raises CannotRead or BadSettings.
    """
    if not path.is_file():
        raise CannotRead(path, "there is no such file", "the solidarity.toml of another workspace or of an export")
    settings_file.load(path)
    return path.read_text(encoding="utf-8")


def _answers(*, name: str | None, communities: list[str] | None, **said: str | None) -> str:
    """Give the settings that were typed, asking for the rest where somebody is there.

    Raises MissingAnswer where nobody is there and there is no name.
    """
    from solidarity_crm.store.create import settings_text  # noqa: PLC0415 - loads the migrations' tools

    name = name or line(asked("What is the partnership called", 'solidarity init --name "Leeds Solidarity Network"'))
    if communities is None:
        communities = [line(part) for part in _optional("Which communities is it for (commas between them)").split(",") if part.strip()]
    time_zone = said["time_zone"] or zone(_optional(f"Its time zone (empty for {LONDON})") or LONDON)
    user = said["user"] or _optional("Your name") or _system_user()
    address = said["email"] or _optional("The address that mail comes from (may stay empty)")
    sign_off = said["sign_off"] or _optional(f"How letters end (empty for {user})") or user
    network = {
        "name": name,
        "communities": communities,
        "time_zone": time_zone,
        "user": line(user),
        "email": email(address) if address else None,
        "sign_off": line(sign_off),
    }
    return settings_text(network, [{"name": line(user)}])


def _optional(question: str) -> str:
    """Ask in a terminal; nothing elsewhere."""
    return asked(question, "").strip() if current().interactive else ""


def _system_user() -> str:
    """Give the name that the system knows the user by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"


def _show(workspace: Workspace) -> None:
    """Say what was made and what to do next."""
    said = workspace.settings
    made = Made(str(workspace.folder), said.name, said.communities, said.time_zone, said.user, said.email, said.sign_off)
    facts = [
        ("Folder", made.folder),
        ("Communities", ", ".join(made.communities)),
        ("Time zone", made.time_zone),
        ("You", made.user),
        ("E-mail", made.email),
        ("Sign-off", made.sign_off),
    ]
    output.show_record(made, Document(made.name, "A new workspace", filled(facts)), current().style)
    where = "" if workspace.folder == user_folder().absolute() else f" -w {workspace.folder}"
    output.note(f"its settings are in {workspace.folder / 'solidarity.toml'}; next: solidarity contact add NAME{where}")
