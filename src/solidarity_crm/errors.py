"""What can go wrong, each as a class that writes its own sentence, its hint and its exit code.

Raise these with facts, never with a sentence; the command line prints ``solidarity: <sentence>`` and
``try: <hint>`` and leaves with ``exit_code``. Texts in the facts are made safe when they are printed.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Exit(IntEnum):
    """The program's exit codes; they are part of its interface."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    STORE = 4
    PARTIAL = 5
    BUG = 70
    INTERRUPTED = 130


class CrmError(Exception):
    """Anything that stops a command for a reason its user can understand."""

    exit_code: ClassVar[Exit] = Exit.REFUSED
    details: Sequence[str] = ()  # what is printed between the sentence and the hint, a line each

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        """Keep the sentence and the command that helps, if there is one."""
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


# --- what was typed ---------------------------------------------------------------------------------------


class Usage(CrmError):
    """The command line itself is wrong."""

    exit_code = Exit.USAGE


class BadValue(Usage):
    """A value that cannot be what it is for."""

    def __init__(self, what: str, value: object, reason: str, hint: str | None = None) -> None:
        """Name the field, the value as typed and why it does not do."""
        super().__init__(f"{what} {str(value)!r}: {reason}", hint)
        self.what, self.value, self.reason = what, value, reason


_SET_UP = {
    "community": "one of them, or add it to communities in solidarity.toml",
    "person in solidarity.toml": "one of them, or add them to [[people]] in solidarity.toml",
}


class UnknownChoice(Usage):
    """A word that must be one of a known list, and is not."""

    def __init__(self, what: str, value: str, choices: Sequence[str]) -> None:
        """List what it could have been, and propose the likest; communities and people are set up in the workspace's settings."""
        from difflib import get_close_matches  # noqa: PLC0415 - only when somebody mistyped

        listed = f"it is one of: {', '.join(choices)}" if choices else "none is set up"
        like = next(iter([*get_close_matches(value, choices, 1), *choices]), None)
        super().__init__(f"no {what} {value!r}; {listed}", _SET_UP.get(what) or (f"one of them, like {like}" if like else None))
        self.choices = tuple(choices)


class MissingAnswer(Usage):
    """Something must be asked, and nobody is there to answer."""

    def __init__(self, question: str, hint: str) -> None:
        """Name the question and the option that answers it."""
        super().__init__(f"cannot ask here: {question}", hint)


# --- finding a record -------------------------------------------------------------------------------------


class NotFound(CrmError):
    """No record goes by that ref or name."""

    exit_code = Exit.NOT_FOUND

    def __init__(self, noun: str, text: str, nearest: Sequence[str] = (), hint: str | None = None) -> None:
        """List the nearest candidates, written as ``P12 Amina Yusuf``."""
        near = f"; nearest: {', '.join(nearest)}" if nearest else ""
        first = nearest[0].partition(" ")[0] if nearest else None
        fallback = f"solidarity show {first}" if first else 'solidarity search "WORDS"'
        super().__init__(f"no {noun} {text!r}{near}", hint or fallback)
        self.nearest = tuple(nearest)


class MergedAway(NotFound):
    """A record that was merged into another and is gone."""

    def __init__(self, old: str, new: str) -> None:
        """Name both by their refs."""
        CrmError.__init__(self, f"{old} was merged into {new}", f"solidarity show {new}")
        self.nearest = (new,)
        self.old, self.new = old, new


class AmbiguousName(CrmError):
    """Several records go by that name."""

    exit_code = Exit.NOT_FOUND

    def __init__(self, noun: str, text: str, candidates: Sequence[str]) -> None:
        """List the candidates, written as ``P12 Amina Yusuf``."""
        listed = ", ".join(candidates)
        super().__init__(f"{text!r} could be any of: {listed}", f"name the {noun} by its ref, like {candidates[0].partition(' ')[0]}")
        self.candidates = tuple(candidates)


# --- rules ------------------------------------------------------------------------------------------------


class MoveRefused(CrmError):
    """A move that the record's lifecycle does not have from where it stands."""

    def __init__(self, ref: str, status: str, move: str, possible: Sequence[str]) -> None:
        """Say where the record stands and which moves it has."""
        can = f"it can be: {', '.join(possible)}" if possible else "it has ended"
        stands = f"{ref} is {status} already" if move == status else f"{ref} is {status}, so it cannot be {move}"
        super().__init__(f"{stands}; {can}", f"solidarity show {ref}")
        self.possible = tuple(possible)


class ConsentMissing(CrmError):
    """An introduction that both sides have not said yes to."""

    def __init__(self, ref: str, missing: Sequence[tuple[str, str, str]]) -> None:
        """List the sides without a yes as (side, name, what they said)."""
        who = "; ".join(f"{side} ({name}): {said}" for side, name, said in missing)
        side = missing[0][0]
        super().__init__(f"{ref} cannot be made until both have said yes. {who}", f"solidarity intro answer {ref} {side} yes --by email")


class Unfilled(CrmError):
    """A template asks for something that is not there, or is empty."""

    def __init__(self, template: str, field: str, reason: str, hint: str | None = None, *, line: int | None = None) -> None:
        """Name the template, the field and what is the matter with it; ``line`` is where the file asks for it."""
        super().__init__(f"the template {template} cannot be filled in: {field} {reason}", hint)
        self.field, self.reason, self.line = field, reason, line


class NotWritten(CrmError):
    """A message to one person that was not made."""

    def __init__(self, who: str, why: str, hint: str | None = None) -> None:
        """Name the person and the reason."""
        super().__init__(f"nothing was written to {who}: {why}", hint or f"solidarity show {who.partition(' ')[0]}")
        self.who, self.why = who, why


class NobodyWrittenTo(CrmError):
    """A group of whom nobody could be written to."""

    def __init__(self, left_out: Sequence[NotWritten]) -> None:
        """List everybody with the reason."""
        super().__init__(f"none of these {len(left_out)} could be written to; nothing changed", "solidarity contact list")
        self.details = tuple(f"{one.who}: {one.why}" for one in left_out)


class Refused(CrmError):
    """Refused by a rule that is named in the sentence."""


class Declined(CrmError):
    """The person was asked and said no."""

    def __init__(self) -> None:
        """Say that nothing happened."""
        super().__init__("nothing changed, as you wished")


class NeedsYes(CrmError):
    """Something that changes or discloses much, with nobody there to ask."""

    def __init__(self, what: str, command: str) -> None:
        """Name what would happen and the command that does it."""
        super().__init__(f"{what}, and nobody is here to ask", f"{command} --yes")


class NothingToUndo(CrmError):
    """The journal has no such command to take back."""

    def __init__(self, entry: int | None = None) -> None:
        """Name the entry that was asked for, if one was."""
        super().__init__(
            "nothing has been recorded yet, so there is nothing to undo" if entry is None else f"the journal has no entry {entry}",
            "solidarity history",
        )


class UndoRefused(CrmError):
    """Later changes stand on the one to be taken back."""

    def __init__(self, entry: int, command: str, ref: str, later: str, hint: str | None = None) -> None:
        """Name the record and the later change that stands on it."""
        super().__init__(f"entry {entry} ({command}) cannot be taken back: {ref} {later}", hint or f"solidarity history {ref}")


class RowsRejected(CrmError):
    """Rows of files that will not do."""

    SHOWN = 20

    def __init__(self, sentence: str, problems: Sequence[str], hint: str | None = None) -> None:
        """List the problems, each as ``contacts.csv:12: due: reason``."""
        count = f"{len(problems)} problems" if len(problems) != 1 else "1 problem"
        super().__init__(f"{sentence}: {count}", hint)
        more = len(problems) - self.SHOWN
        self.details = (*problems[: self.SHOWN], *([f"and {more} more"] if more > 0 else []))


class FileExists(CrmError):
    """A file stands where one should be written."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} is there already and was left as it is", "the same command with --force, or another name")


class CannotWrite(CrmError):
    """A file or folder that cannot be written."""

    exit_code = Exit.STORE

    def __init__(self, path: Path | str, reason: str, hint: str | None = None) -> None:
        """Name the path and what the system said."""
        super().__init__(f"cannot write {path}: {reason}", hint or "another folder, or make room and try again")


class CannotRead(CrmError):
    """A file that cannot be read or understood."""

    def __init__(self, path: Path | str, reason: str, hint: str | None = None, *, line: int | None = None) -> None:
        """Name the path, the line if one is meant, and the reason."""
        super().__init__(f"cannot read {path}: {f'line {line}: ' if line else ''}{reason}", hint)
        self.line, self.reason = line, reason
