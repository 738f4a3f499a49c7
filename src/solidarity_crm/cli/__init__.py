"""The command line: the root group, which knows its nouns by name and imports one when it is used."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer._click.shell_completion import CompletionItem  # Typer has no public name for it
from typer.core import TyperGroup, TyperOption

from solidarity_crm import __version__
from solidarity_crm.cli.command import shared_options
from solidarity_crm.cli.context import begin, current
from solidarity_crm.cli.misuse import said
from solidarity_crm.errors import CrmError, Exit
from solidarity_crm.store import sqlite
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

# each command of the root: the module of cli.commands that has it, and its one line of help, kept here so that
# --help need not import them; a test keeps both true
SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Every day": {
        "today": ("daily", "What needs you today, most urgent first."),
        "search": ("daily", "Find words in everything that was typed."),
        "show": ("daily", "The card of any record, with its timeline."),
        "log": ("daily", "Record something that happened."),
        "undo": ("past", "Take back the last command."),
        "history": ("past", "Who changed what, and when."),
    },
    "People and help": {
        "intake": ("intake", "Replies to the web form, until you accept them."),
        "contact": ("contact", "People, how to reach them and their roles."),
        "org": ("org", "Organisations and network members."),
        "offer": ("offer", "Help that people offer."),
        "ask": ("ask", "Help that the partnership looks for."),
        "intro": ("intro", "Introductions, with both sides' own yes."),
        "followup": ("followup", "What is to be done, by whom and by when."),
        "meeting": ("meeting", "Meetings, their briefs and notes."),
        "network": ("network", "Who knows whom, and who holds the network together."),
    },
    "Writing and accounting": {
        "outreach": ("outreach", "Messages from templates, one to a person."),
        "calendar": ("calendar", "Meetings and follow-ups for other calendars."),
        "report": ("report", "Reports for the steering group and the funder."),
    },
    "The workspace": {
        "init": ("workspace", "Make a workspace for a partnership."),
        "demo": ("workspace", "Look around in an example partnership."),
        "store": ("store", "The store: its state, checks, backups, export."),
    },
}
COMPLETING = "_SOLIDARITY_COMPLETE"  # set by the shells' completion scripts
COMMANDS = {name: found for section in SECTIONS.values() for name, found in section.items()}


class Root(TyperGroup):
    """The root group: lazy, and the one place where errors become lines and exit codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the options that every command has, and the version."""
        version = TyperOption(
            param_decls=["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            default=False,
            callback=show_version,
            help="Print the version.",
        )
        kwargs["params"] = [*(kwargs.get("params") or []), *shared_options(), version]
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's own
        """List the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's own
        """Import the command's module and give the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"solidarity_crm.cli.commands.{COMMANDS[cmd_name][0]}")
        group = module.app.group()
        return group.commands.get(cmd_name, group)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Complete the root's words without importing what they stand for."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's own
        """Write the commands' one-line helps, by section."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, text) for name, (_, text) in commands.items()])

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run a command; give its exit code."""
        extra["standalone_mode"] = False
        try:
            return super().main(args, **extra) or Exit.DONE
        except CrmError as error:
            if COMPLETING in os.environ:
                return Exit.DONE  # somebody is in the middle of typing: no answer is better than a complaint
            return complain(error.sentence, error.hint, error.exit_code, error.details)
        except typer.TyperException as error:
            return misused(error)
        except sqlite.driver.IntegrityError:
            raise  # a bug, for the outermost boundary
        except sqlite.Error as problem:  # while reading; what writes says it our way itself
            found = sqlite.translated(current().workspace.store, problem)
            return complain(found.sentence, found.hint, found.exit_code)
        except (typer.Abort, KeyboardInterrupt):
            return Exit.INTERRUPTED
        finally:
            current().close()


app = typer.Typer(cls=Root, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def root() -> None:
    """Look after the contacts, offers of help and introductions of a small partnership.

    Names may be given instead of refs (P12): case, accents and the order of words do not matter.
    """


def show_version(_ctx: object, _param: object, value: object) -> None:
    """Print the version and end."""
    if value:
        sys.stdout.write(f"solidarity {__version__}\n")
        raise typer.Exit


def main(args: Sequence[str] | None = None) -> int:
    """Run the program; give its exit code."""
    begin()
    return int(app(args, prog_name="solidarity"))


def misused(error: typer.TyperException) -> int:
    """Say what is wrong with a command line, and where its help is."""
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error.format_message()}\n")
        return Exit.USAGE
    path = ctx.command_path if ctx else "solidarity"
    return complain(said(error), f"{path} --help", Exit.USAGE)


def complain(sentence: str, hint: str | None, code: Exit, details: Sequence[str] = ()) -> int:
    """Say what is wrong in one line, each of several details in one, and what to try in another; give the exit code."""
    sys.stderr.write(f"solidarity: {one_line(sentence)}\n")
    sys.stderr.writelines(f"{one_line(detail)}\n" for detail in details)
    if hint:
        sys.stderr.write(f"try: {one_line(hint)}\n")
    return code
