"""How every command looks: the options that all share, and asking for what was left out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer._click.shell_completion import CompletionItem  # Typer has no public name for it
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_command_name
from typer.models import CommandInfo

from solidarity_crm.cli.context import current
from solidarity_crm.cli.misuse import within
from solidarity_crm.errors import UnknownChoice, Usage
from solidarity_crm.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = "Everywhere"


class Command(TyperCommand):
    """A command with the shared options; in a terminal it asks for required values that were left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the shared options to the command's own, and name every value as the user would."""
        own = kwargs.get("params") or []
        for param in own:
            param.metavar = param.metavar or _metavar(param)
        taken = {name for param in own for name in param.opts}  # intake accept --as says who wrote; who is typing goes before it
        kwargs["params"] = [*own, *(shared for shared in shared_options() if taken.isdisjoint(shared.opts))]
        kwargs["rich_markup_mode"] = None
        super().__init__(*args, **kwargs)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Give the pieces of the usage line; a required argument needs no brackets."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; where a required value is missing and somebody is there, ask for it and parse again."""
        given = list(args)
        while True:
            try:
                return super().parse_args(ctx, list(given))
            except typer.BadParameter as problem:
                missing = problem.param if type(problem).__name__ == "MissingParameter" else None
                if missing is None or not current().interactive:
                    raise
                given = _with_answer(given, missing, _ask(ctx, missing))
            except typer.TyperException as problem:
                raise within(problem, ctx)  # noqa: B904 - the same one


class Noun(typer.Typer):
    """The commands of one noun."""

    def __init__(self, help: str) -> None:
        """Make a group whose bare name prints its help."""
        super().__init__(help=help, no_args_is_help=True, cls=NounGroup, rich_markup_mode=None, add_completion=False)

    def command(self, name: str | None = None, **kwargs: Any) -> Callable[..., Any]:
        """Register a command of our own kind; its examples are kept as they are written."""
        return super().command(name, cls=Command, **kwargs)

    def elsewhere(self, name: str, module: str, function: str) -> None:
        """Register a command whose function is in another module, so that the noun's other commands need not load it."""
        self.registered_commands.append(CommandInfo(name=name, cls=Command, callback=Elsewhere(module, function)))  # type: ignore[arg-type] # found when used

    def group(self) -> Any:
        """Give the group, its commands made when they are asked for: all of a noun's take longer than reading the store."""
        registered, self.registered_commands = self.registered_commands, []
        try:
            group = typer.main.get_group(self)
        finally:
            self.registered_commands = registered
        group.commands = Verbs({info.name or get_command_name(getattr(info.callback, "__name__", "")): info for info in registered})
        return group


class Elsewhere(NamedTuple):
    """A command's function that is in another module of ``cli.commands``, which is imported when the command is used."""

    module: str
    function: str

    def found(self) -> Callable[..., None]:
        """Give the function."""
        function: Callable[..., None] = getattr(import_module(f"solidarity_crm.cli.commands.{self.module}"), self.function)
        return function


class Verbs(dict[str, Any]):
    """A noun's commands by name; each is made of what was registered when it is first looked at."""

    def __getitem__(self, name: str) -> Any:
        """Give a command."""
        found = super().__getitem__(name)
        if isinstance(found, CommandInfo):
            if isinstance(found.callback, Elsewhere):
                found.callback = found.callback.found()
            found = self[name] = get_command_from_info(found, pretty_exceptions_short=False, rich_markup_mode=None)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """Give a command, or the default."""
        return self[name] if name in self else default  # noqa: SIM401 - this is get

    def items(self) -> Any:
        """Give every command with its name."""
        return [(name, self[name]) for name in self]


class NounGroup(TyperGroup):
    """A noun's group; it has the shared options too, so that they may stand before the verb.

    A verb may be of two words, ``consent give``: what a contact's consent is and what is done to it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the shared options, out of sight."""
        kwargs["params"] = [*(kwargs.get("params") or []), *shared_options(hidden=True)]
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's own
        """List the verbs in the order of the help, none of them made."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that the first word of a line names, or its first two."""
        begun = [name for name in self.commands if name.startswith(f"{args[0]} ")]
        pair = " ".join(args[:2])
        if pair in begun:
            return pair, self.commands[pair], args[2:]
        if not begun or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        said = f"no command {pair!r}" if len(args) > 1 else f"{args[0]} needs one more word"
        sentence = f"{said}; it is one of: {', '.join(begun)}"
        raise Usage(sentence, f"{ctx.command_path} {begun[-1]} --help")

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Complete the verb's first word, and after it the second."""
        before = [word for word in ctx._protected_args if not word.startswith("-")]  # noqa: SLF001 - what was typed so far has no public name
        if incomplete.startswith("-") or not any(" " in name for name in self.commands):
            return super().shell_complete(ctx, incomplete)
        started = [name.split() for name in self.commands if name.split()[: len(before)] == before]
        words = dict.fromkeys(name[len(before)] for name in started if len(name) > len(before))
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def shared_options(*, hidden: bool = False) -> list[TyperOption]:
    """Give the options that every command has."""
    return [
        _option("--workspace", "-w", do=_set_folder, text="The partnership's folder.", hidden=hidden, metavar="FOLDER"),
        _option("--as", do=_set_user, text="Who is typing.", hidden=hidden, metavar="NAME"),
        _option("--output", "-o", do=_set_format, text=f"How to answer: {', '.join(FORMATS)}.", hidden=hidden, metavar="FORMAT"),
        _option("--json", do=_set_json, text="Short for -o json.", hidden=hidden),
        _option("--no-input", do=_set_no_input, text="Never ask.", hidden=hidden),
        _option("--no-color", do=_set_no_color, text="No colour.", hidden=hidden),
        _option("--debug", do=_set_debug, text="Show a bug's traceback.", hidden=True),
    ]


def _option(*names: str, do: Callable[[Any], None], text: str, hidden: bool, metavar: str | None = None) -> TyperOption:
    """Make one shared option; it is read before the others, since they may need the store."""

    def set_if_given(_ctx: object, _param: object, value: Any) -> None:
        if value:
            do(value)

    return TyperOption(
        param_decls=[*names, f"shared_{names[0].strip('-').replace('-', '_')}"],
        callback=set_if_given,
        help=text,
        expose_value=False,
        is_eager=True,
        hidden=hidden,
        metavar=metavar,
        is_flag=metavar is None,
        default=None if metavar else False,
    )


_KINDS = {"str": "TEXT", "int": "N", "int range": "N", "path": "FILE", "filename": "FILE"}


def _metavar(param: Any) -> str | None:
    """Give the word that stands for a parameter's value: an argument's own name, an option's kind of value."""
    if isinstance(param, TyperArgument):
        return (param.name or "value").strip("_").upper() + ("..." if param.nargs == -1 else "")
    if getattr(param, "is_flag", False):
        return None
    named = str(getattr(param.type, "name", "text"))
    return _KINDS.get(named) or named.partition(" ")[0].upper()


def _set_folder(value: str) -> None:
    current().folder = Path(value)


def _set_user(value: str) -> None:
    current().user = value


def _set_format(value: str) -> None:
    if value not in FORMATS:
        raise UnknownChoice("output format", value, FORMATS)
    current().format = value


def _set_json(_value: object) -> None:
    current().format = "json"


def _set_no_input(_value: object) -> None:
    current().ask = False


def _set_no_color(_value: object) -> None:
    current().color = False


def _set_debug(_value: object) -> None:
    current().debug = True


def _ask(ctx: Any, param: Any) -> str:
    """Ask for a parameter by its help, offering what its completion would."""
    from solidarity_crm.cli.prompts import text  # noqa: PLC0415 - only when somebody is asked

    offered = [item.value for item in param.shell_complete(ctx, "")]
    question = (param.help or param.name or "value").rstrip(".")
    return text(question, offered)


def _with_answer(args: list[str], param: Any, answer: str) -> list[str]:
    """Put an answer where the parameter would have stood on the command line."""
    if isinstance(param, TyperArgument):
        return [*args, answer] if "--" in args else [*args, "--", answer]
    before, mark, after = _partition(args)
    return [*before, f"{param.opts[0]}={answer}", *mark, *after]


def _partition(args: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Split a command line at its ``--``."""
    place = args.index("--") if "--" in args else len(args)
    return args[:place], args[place : place + 1], args[place + 1 :]
