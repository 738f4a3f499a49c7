"""Finding introductions: who can bring us to somebody, and which two people should meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import NotFound, Refused, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries import lookup
from solidarity_crm.queries.paths import our_people, paths, present_people
from solidarity_crm.reports.paths import document
from solidarity_crm.rules.refs import parse
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from solidarity_crm.cli.command import Noun

CHAINS, PAIRS = 5, 10
_SOMEONE = re.compile(r"\s*(?:some|any)(?:one|body)\s+(?:at|from|in)\s+(.+)", re.IGNORECASE | re.DOTALL)

PATH_COLUMNS = (
    Column("Cost", lambda p: str(p.cost)),
    Column("People", lambda p: ", ".join(f"{person.ref} {person.name}" for person in p.people)),
)

PAIR_COLUMNS = (
    Column("One", lambda s: f"{s.left.ref} {s.left.name}"),
    Column("Other", lambda s: f"{s.right.ref} {s.right.name}"),
    Column("Sum", lambda s: str(s.score)),
    Column("Why", lambda s: " + ".join(f"{said} ({points})" for points, said in s.parts)),
)


class Whom(NamedTuple):
    """Who is looked for: in words, and the numbers of the contacts that will do."""

    said: str
    contacts: list[int]


def path(
    whom: Annotated[
        list[str],
        typer.Argument(
            help="A contact or an organisation, by ref or name, or 'someone at' and words of organisations' names.",
            autocompletion=given.completing("PO"),
            show_default=False,
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", help="At most so many chains.", min=1, max=50, metavar="N")] = CHAINS,
) -> None:
    """Find who can introduce us to somebody: chains of people from us, the best first, with what stands in the way.

    Example: solidarity intro path someone at Public Health
    """
    if len(whom) > 1 and any(map(parse, whom)):
        sentence = f"{' '.join(whom)} are several; a way is looked for to one contact or organisation"
        raise Usage(sentence, f"solidarity intro path {whom[-1]}")
    wanted = _whom(" ".join(whom))
    found = paths(current().store, wanted.contacts, today=today(), limit=limit)
    if not found:
        output.note(f"nobody whom we know leads to {wanted.said}; a tie that you know of helps: solidarity network add-tie LEFT RIGHT")
    if found and current().style.format in (None, "table", "md"):
        output.show_document(document(wanted.said, found), current().style)
    else:
        output.show_list(found, PATH_COLUMNS, current().style, "no way there")


def suggest(
    for_: Annotated[Any, given.option("P", "--for", text="Only introductions of this contact.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many pairs.", min=1, metavar="N")] = PAIRS,
) -> None:
    """List pairs who are worth introducing, with all that speaks for it added up.

    Nobody is suggested who knows the other or had an introduction to them, nor anybody whom intro path would list a blocker for.

    Example: solidarity intro suggest --for amina
    """
    from solidarity_crm.queries.suggestions import suggestions  # noqa: PLC0415 - intro's other commands need nothing of it

    found = suggestions(current().store, today=today(), limit=limit, contact=for_ and for_.number)
    output.show_list(found, PAIR_COLUMNS, current().style, "no two people to introduce to each other")
    if found:
        output.note(f'next: solidarity intro propose {found[0].left.ref} {found[0].right.ref} --why "WORDS"')


def register(app: Noun) -> None:
    """Put these among the commands of introductions."""
    app.command()(path)
    app.command()(suggest)


def _whom(text: str) -> Whom:
    """Give whom words mean.

    Raises AmbiguousName, NotFound, or Refused for one of us or an organisation without people.
    """
    store = current().store
    someone = _SOMEONE.fullmatch(text)
    organisations = lookup.all_called(store, someone[1], "O") if someone else [given.record("PO")(text)]
    if not organisations:
        called = one_line(someone[1] if someone else text)
        raise NotFound("organisation", called, [lookup.label(store, ref) for ref in lookup.nearest(store, called, "O")])
    if organisations[0].letter == "P":
        if organisations[0].number in our_people(store):
            sentence = f"{lookup.label(store, organisations[0])} is one of us, so nobody needs to introduce us"
            raise Refused(sentence, "solidarity intro path NAME, of somebody else")
        return Whom(lookup.label(store, organisations[0]), [organisations[0].number])
    said = " or ".join(lookup.label(store, ref) for ref in organisations[:CHAINS])
    contacts = present_people(store, [ref.number for ref in organisations], today=today())
    if not contacts:
        sentence = f"nobody whom we have on record has a present role at {said}"
        raise Refused(sentence, f"solidarity contact add NAME --org {organisations[0]}")
    return Whom(f"someone at {said}", contacts)
