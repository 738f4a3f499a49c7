"""Reading drafts one by one in a terminal, and deciding about each."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import facts
from solidarity_crm.cli.commands.outreach_send import COMMAND, settle_lost
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import CrmError, MissingAnswer
from solidarity_crm.output import Column
from solidarity_crm.queries.drafts import Draft, DraftFilter, draft, drafts
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports import text_form
from solidarity_crm.reports.wording import mention
from solidarity_crm.rules.refs import Ref, parse
from solidarity_crm.store.alone import alone
from solidarity_crm.store.workspace import SETTINGS_FILE

APPROVE, EDIT, DROP, LEAVE, STOP = "approve it", "edit it", "drop it", "leave it for now", "stop here"
_SUBJECT = "Subject: "


class Decided(NamedTuple):
    """What was decided about a draft."""

    ref: str
    to: Named
    decision: str


COLUMNS = (Column("Ref", lambda d: d.ref), Column("To", lambda d: mention(d.to)), Column("Decision", lambda d: d.decision))


def review(
    contact: Annotated[Any, given.option("P", "--contact", text="Only to this contact.")] = None,
    template: Annotated[str | None, typer.Option("--template", help="Only of this template.", metavar="NAME", show_default=False)] = None,
    owner: given.Owner = None,
) -> None:
    """Read drafts one by one in a terminal: approve, edit, drop or leave each. What was decided is kept, also after Ctrl-C.

    Example: solidarity outreach review
    """
    if not current().interactive:
        raise MissingAnswer("what is to be done with each draft", "solidarity outreach list, then solidarity outreach approve REF")
    with alone(current().workspace.folder / SETTINGS_FILE, COMMAND):
        settle_lost()
    wanted = DraftFilter(status="draft", template=template, contact=contact and contact.number, owner=owner)
    waiting = [one for one in reversed(drafts(current().store, wanted=wanted)) if one.approved_on is None]
    decided: list[Decided] = []
    for place, one in enumerate(waiting):
        decision = _decided(one, f"{place + 1} of {len(waiting)}")
        if decision == STOP:
            break
        if decision != LEAVE:
            decided.append(Decided(one.ref, one.to, {APPROVE: "approved", DROP: "dropped"}[decision]))
    output.show_list(decided, COLUMNS, current().style, "nothing was decided" if waiting else "no draft waits to be read")
    if any(each.decision == "approved" for each in decided):
        output.note(f"next: {COMMAND}")


def _decided(one: Draft, place: str) -> str:
    """Show a draft, and ask what is to be done with it until that is more than an edit; give what was done."""
    from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only in a terminal

    ref = parse(one.ref)
    assert ref is not None  # noqa: S101 - it is a record's own ref
    while True:
        output.note("\n" + text_form.text(facts(ref)[1], current().style.width))
        answer = choose(f"{one.ref}, {place}", [APPROVE, EDIT, DROP, LEAVE, STOP])
        if answer == EDIT:
            _edit(ref)
            continue
        if answer == APPROVE:
            with change("outreach approve") as tx:
                services.sending.approve(tx, [ref], today=today())
        elif answer == DROP:
            with change("outreach cancel") as tx:
                services.outreach.cancel(tx, ref, on=today(), why="dropped when it was read")
        return answer


def _edit(ref: Ref) -> None:
    """Let somebody change a draft in their editor; what will not do is said, and the draft stays as it was."""
    from solidarity_crm.cli.editor import edited  # noqa: PLC0415 - only where something is edited

    one = draft(current().store, ref.number)
    assert one is not None  # noqa: S101 - it was there a moment ago, and no command takes a draft away
    try:
        head, _, body = edited(f"{_SUBJECT}{one.subject}\n\n{one.body}").partition("\n")
        with change("outreach edit") as tx:
            services.outreach.reword(tx, ref, head.removeprefix(_SUBJECT.strip()), body.removeprefix("\n"))
    except CrmError as problem:
        output.note(f"{problem.sentence}\ntry: {problem.hint}" if problem.hint else problem.sentence)
