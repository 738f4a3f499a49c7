"""Asking about an introduction, keeping each side's own answer, and making it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands.intro_options import (
    Again,
    Introduction,
    OurWords,
    SideOption,
    chosen,
    say_drafted,
    say_handed_over,
    template,
)
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import UnknownChoice, Usage
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.help_kinds import SHAREABLE
from solidarity_crm.rules.introducing import ANSWERS, SIDES

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.services.introduction_asking import Asking


def fields(text: str) -> tuple[str, ...]:
    """Read what may be shared: field names with commas or blanks between them."""
    named = given.word("thing to share", lambda: SHAREABLE)
    found = tuple(named(part.replace("-", "")) for part in text.replace(",", " ").split())
    if not found:
        raise UnknownChoice("thing to share", text, SHAREABLE)
    return found


Side = Annotated[Any, chosen("side", SIDES, "Which of the two: left or right.")]
SideIfGiven = Annotated[Any, chosen("side", SIDES, "Which of the two: left or right; --side says the same.")]
Answer = Annotated[Any, chosen("answer", ANSWERS, "What they said: yes, no, or silent for no answer.")]
Share = Annotated[
    list[Any] | None,
    typer.Option(
        "--share",
        help=f"What may be passed on about them: {', '.join(SHAREABLE)}; commas between several. The name, if left out.",
        parser=fields,
        metavar="FIELD,FIELD",
        show_default=False,
    ),
]
TheirWords = Annotated[
    str | None,
    typer.Option("--words", help="What they said, in their words; kept private unless they share why.", metavar="TEXT", show_default=False),
]
OneMail = Annotated[
    bool | None,
    typer.Option("--one-mail/--separately", help="Whether the two may be written to in the same words.", show_default=False),
]
Describe = Annotated[
    str | None,
    typer.Option(
        "--describe",
        help="Who the other is, without a name; how intro propose describes them, if left out.",
        metavar="TEXT",
        show_default=False,
    ),
]


def ask(
    introduction: Introduction,
    which: SideIfGiven = None,
    side: SideOption = None,
    introducer: Annotated[bool, typer.Option("--introducer", help="Ask whoever introduces them, with a note to forward.")] = False,
    by: given.Channel = None,
    describe: Describe = None,
    words: OurWords = None,
    on: given.On = None,
    again: Again = False,
    anyway: given.Anyway = None,
    owner: given.Owner = None,
) -> None:
    """Ask one side, or the introducer: record it and, by e-mail, write the draft that asks them.

    It tells of the other person what that person's own yes allows so far, and before that no more than a description without a name.

    Example: solidarity intro ask I1 left --describe "a nurse who runs a drop-in"
    """
    named = {word for word in (which, side) if word}
    if len(named) + introducer != 1:
        sentence = "say who is asked: left, right or --introducer, one of the three"
        raise Usage(sentence, f"solidarity intro ask {introduction} left")
    if introducer and describe:
        sentence = "--describe is for asking one of the two"
        raise Usage(sentence, f"solidarity intro ask {introduction} --introducer --words TEXT")
    with change("intro ask") as tx:
        asking = _asking("forwardable-note" if introducer else "ask-introduction", by, words, on, anyway, owner)
        if introducer:
            made = services.introduction_asking.ask_introducer(tx, introduction, asking, today=today())
        else:
            asking = asking._replace(description=describe, again=again)
            made = services.introduction_asking.ask(tx, introduction, named.pop(), asking, today=today())
    show(introduction)
    say_drafted([made] if made else [])
    say_handed_over(introduction)


def remind(
    introduction: Introduction,
    by: given.Channel = None,
    words: OurWords = None,
    on: given.On = None,
    anyway: given.Anyway = None,
    owner: given.Owner = None,
) -> None:
    """Remind the introducer, once: record it and, by e-mail, write the draft. A side is asked once more with ask.

    Example: solidarity intro remind I1
    """
    with change("intro remind") as tx:
        asking = _asking("remind-introducer", by, words, on, anyway, owner)
        made = services.introduction_asking.remind_introducer(tx, introduction, asking, today=today())
    show(introduction)
    say_drafted([made] if made else [])


def answer(
    introduction: Introduction,
    side: Side,
    said: Answer,
    share: Share = None,
    one_mail: OneMail = None,
    by: given.Channel = None,
    on: given.On = None,
    words: TheirWords = None,
) -> None:
    """Record one side's own answer; a yes is taken back with a no, until the introduction is made.

    A no and a silence stay with us: nothing that the other side may see tells them from one that is not pursued.

    Example: solidarity intro answer I1 left yes --share name,organisation,email --by call
    """
    if said != "yes" and (share or one_mail is not None):
        sentence = f"a {'no' if said == 'no' else 'silence'} lets nothing be shared"
        raise Usage(sentence, "the same command without --share, --one-mail and --separately")
    shares = tuple(field for named in share or () for field in named)
    with change("intro answer") as tx:
        heard = services.introductions.Said(said, on or today(), by, words, shares, one_mail)
        services.introductions.answer(tx, introduction, side, heard, today=today())
    show(introduction)
    say_handed_over(introduction)


def make(
    introduction: Introduction,
    on: given.On = None,
    by: given.Channel = None,
    owner: given.Owner = None,
) -> None:
    """Make the introduction, once both sides' own yes is recorded: write a message to each, of what the other shares.

    With --by call or another channel than e-mail, it is recorded and nothing is written.

    Example: solidarity intro make I1
    """
    with change("intro make") as tx:
        made = services.introductions.make(tx, introduction, on=on or today(), today=today())
        telling = services.introduction_telling
        letters = telling.Letters({name: template(name) for name in ("introduce", "introduce-together")}, owner or current().actor)
        by_mail = by in (None, "email")
        written = telling.introduce(tx, introduction, letters, today=today()) if by_mail else telling.Written([], [])
    show(made.ref)
    say_drafted(written.made, written.left_out)
    if written.left_out:
        later = f"solidarity outreach draft introduce --about {made.ref} --to {written.left_out[0].who.partition(' ')[0]}"
        output.note(f"once that is put right: {later}; or tell them yourself")
    output.note(f"next: {made.check_in}, due {day(made.due)}")


def _asking(name: str, by: str | None, words: str | None, on: date | None, anyway: str | None, owner: str | None) -> Asking:
    """Give how somebody is asked, with the template of the letter when it is by e-mail."""
    form = template(name) if by in (None, "email") else None
    return services.introduction_asking.Asking(on or today(), by, words, anyway=anyway, template=form, owner=owner or current().actor)
