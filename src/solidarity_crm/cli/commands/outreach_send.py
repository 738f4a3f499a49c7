"""Sending drafts by the mail server in the settings, and what is not certain about that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing, together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands.outreach_leaving import Letters
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.cli.sending import PUT, Delivery, Run, left_out, run
from solidarity_crm.errors import Exit, NobodyWrittenTo, Refused, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries.drafts import DraftFilter, drafts
from solidarity_crm.reports.wording import mention
from solidarity_crm.rules import delivery
from solidarity_crm.rules.delivery import Verdict
from solidarity_crm.rules.refs import Ref, parse
from solidarity_crm.store.alone import alone
from solidarity_crm.store.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.errors import CrmError
    from solidarity_crm.services.outgoing import Leaving
    from solidarity_crm.services.sending import Plan

COMMAND = "solidarity outreach send"
COLUMNS = (
    Column("Ref", lambda d: d.ref),
    Column("To", lambda d: mention(d.to)),
    Column("Result", lambda d: d.result),
    Column("Why", lambda d: d.why),
)
SENT, NOT_SENT, LEAVE = "it was sent", "it was not sent", "leave it for now"
WOULD_BE = "would be sent"
_UNSURE = "it was being sent when the program or the line was ended"
_UNSURE_WHY = f"{_UNSURE}: look in your sent mail, then solidarity outreach resolve"
_DONE = (delivery.SENT, PUT, WOULD_BE)
_SETTLED = (delivery.SENT, delivery.FAILED, delivery.UNSURE)
Drafts = Annotated[list[Any] | None, given.argument("D", "The drafts; all that were approved if left out.")]


def send(
    refs: Drafts = None,
    limit: Annotated[int | None, typer.Option("--limit", help="At most so many now.", min=1, metavar="N", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; nothing is.")] = False,
    follow_up: Annotated[
        str | None,
        typer.Option("--follow-up", help="What is to be done next, with each person.", metavar="WHAT", show_default=False),
    ] = None,
    due: given.Due = None,
    to_drafts: Annotated[
        bool, typer.Option("--to-drafts", help="Put them into your mail account's drafts folder (IMAP) instead; you send them from there.")
    ] = False,
    password_file: given.PasswordFile = None,
    remember: given.Remember = False,
    anyway: given.Anyway = None,
    redact: revealing.Redact = False,
    yes: given.Yes = False,
) -> None:
    """Send drafts by your mail server: those you name, or all that were approved. One message, one person, never twice.

    Example: solidarity outreach send D1 --follow-up "Ask what they thought" --due friday
    """
    step = together.next_step(follow_up, due)
    if step and to_drafts:
        sentence = "a follow-up goes with sending, and --to-drafts sends nothing"
        raise Usage(sentence, 'solidarity followup add "Ask what they thought" --due friday')
    with alone(current().workspace.folder / SETTINGS_FILE, COMMAND):
        verdicts = dict.fromkeys(settle_lost(), Verdict(delivery.UNSURE, _UNSURE_WHY))
        plan = _planned(refs or (), services.outgoing.Leaving(anyway=anyway and anyway.strip()))
        ready = plan.ready[:limit]
        _check_somebody(plan, verdicts)
        letters = Letters(ready, redact=redact, yes=yes or dry_run, anyway=anyway) if ready else None
        verdicts |= _left_out(plan)
        problem = None
        if letters and dry_run:
            rehearsed = _planned(ready, letters.how)
            verdicts |= {**dict.fromkeys(rehearsed.ready, Verdict(WOULD_BE)), **_left_out(rehearsed)}
        elif letters:
            if to_drafts:
                from solidarity_crm.cli.drafts_folder import put_all  # noqa: PLC0415 - only there is IMAP loaded

                done, problem = put_all(ready, letters, password_file, keep=remember)
            else:
                done, problem = _sent(ready, letters, step, password_file, keep=remember, sure=bool(refs) or yes)
            verdicts |= done
    _tell(verdicts)
    _note(plan, ready, problem, dry_run=dry_run)
    if problem or any(each.outcome not in _DONE for each in verdicts.values()):
        raise typer.Exit(Exit.PARTIAL)


def resolve(
    draft: Annotated[Any, given.argument("D", "The draft, by ref or words of its subject.")],
    sent: Annotated[bool | None, typer.Option("--sent/--not-sent", help="Whether it was sent; you are asked if left out.")] = None,
) -> None:
    """Say whether an unsure message was sent, once you have looked; also that an exported one was, by your mail program.

    Example: solidarity outreach resolve D1 --not-sent
    """
    if sent is None and not current().interactive:
        sentence = "say whether it was sent: --sent or --not-sent"
        raise Usage(sentence, f"solidarity outreach resolve {draft} --sent")
    if sent is None:
        from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

        sent = choose(f"What became of {draft}", [SENT, NOT_SENT]) == SENT
    with alone(current().workspace.folder / SETTINGS_FILE, COMMAND):
        with change(delivery.SENDING) as tx:
            services.sending.lost(tx, today=today())
        with change("outreach resolve") as tx:
            services.sending.resolve(tx, draft, sent=sent, today=today())
    show(draft)


def approve(
    refs: Annotated[list[Any], given.argument("D", "The drafts that were read and may be sent.")],
    take_back: Annotated[bool, typer.Option("--take-back", help="They may not be sent yet after all.")] = False,
) -> None:
    """Say of drafts that they were read and may be sent; outreach review does so one by one.

    Example: solidarity outreach approve D1
    """
    with change("outreach approve") as tx:
        services.sending.approve(tx, refs, today=today(), approved=not take_back)
    for ref in refs[:1] if len(refs) == 1 else ():
        show(ref)
    if len(refs) > 1:
        output.note(f"{len(refs)} drafts {'may be' if not take_back else 'may not yet be'} sent")


def settle_lost() -> list[Ref]:
    """Find what a send that was ended left unsure, and ask in a terminal what became of it; give what still is unsure."""
    if drafts(current().store, wanted=DraftFilter(status="sending"), limit=1):
        with change(delivery.SENDING) as tx:
            services.sending.lost(tx, today=today())
    still = []
    for one in reversed(drafts(current().store, wanted=DraftFilter(status="unsure"))):
        ref = parse(one.ref)
        assert ref is not None  # noqa: S101 - it is a record's own ref
        answer = _asked(f"{one.ref} to {one.to.name}, {one.subject!r}: {_UNSURE}. Look in your sent mail")
        if answer == LEAVE:
            still.append(ref)
            continue
        with change("outreach resolve") as tx:
            services.sending.resolve(tx, ref, sent=answer == SENT, today=today())
    return still


def _asked(question: str) -> str:
    """Ask what became of a message; where nobody can be asked, it is left."""
    if not current().interactive:
        return LEAVE
    from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

    return choose(question, [SENT, NOT_SENT, LEAVE])


def _planned(refs: Sequence[Ref], how: Leaving) -> Plan:
    """Give what may be sent, and why the rest may not; nothing is kept."""
    with change(delivery.SENDING) as tx:
        tx.rehearsed = True
        return services.sending.plan(tx, refs, how, today=today())


def _left_out(plan: Plan) -> dict[Ref, Verdict]:
    """Give whoever is left out, and why."""
    return {ref: left_out(ref, reason) for ref, reason in plan.left_out.items()}


def _check_somebody(plan: Plan, unsure: Mapping[Ref, Verdict]) -> None:
    """Raise NotWritten or NobodyWrittenTo when everybody was left out, and nothing else is to be said."""
    if plan.left_out and not plan.ready and not unsure:
        reasons = list(plan.left_out.values())
        raise reasons[0] if len(reasons) == 1 else NobodyWrittenTo(reasons)


def _sent(ready: Sequence[Ref], letters: Letters, step: tuple[str, Any] | None, file: Path | None, *, keep: bool, sure: bool) -> Run:
    """Send drafts; give what became of each.

    Raises what kept it from beginning: no server in the settings, one that cannot be used, a password that is wrong.
    """
    from solidarity_crm.cli.passwords import password_of, remember  # noqa: PLC0415 - only where something is sent
    from solidarity_crm.exchange.outreach.smtp import Post  # noqa: PLC0415 - loads TLS

    settings = current().workspace.settings.mail
    if settings.smtp is None:
        sentence = "there is no mail server in solidarity.toml"
        raise Refused(sentence, 'host = "smtp.example.org" and user = "you@example.org" under [mail]; or solidarity outreach export')
    people = "1 message" if len(ready) == 1 else f"{len(ready)} messages, one to each person"
    confirm(f"this sends {people}", COMMAND, yes=sure)
    password = password_of(settings.smtp, file)
    then = services.sending.NextStep(*step) if step else None
    with Post(settings.smtp, password) as post:
        post.connect()
        if keep:
            remember(settings.smtp, password)
        done = run(post, ready, letters, settings, then=then)
    if done.problem and not any(each.outcome in _SETTLED for each in done.verdicts.values()):
        raise done.problem
    return done


def _tell(verdicts: Mapping[Ref, Verdict]) -> None:
    """Print what became of each draft, in the order of their refs."""
    found = {one.ref: one for one in drafts(current().store)} if verdicts else {}
    rows = [
        Delivery(str(ref), found[str(ref)].to, verdict.outcome, verdict.why or None)
        for ref, verdict in sorted(verdicts.items(), key=lambda each: each[0].number)
    ]
    output.show_list(rows, COLUMNS, current().style, "nothing to send: no draft was approved; solidarity outreach review")


def _note(plan: Plan, ready: Sequence[Ref], problem: CrmError | None, *, dry_run: bool) -> None:
    """Say what else there is to know."""
    if len(plan.ready) > len(ready):
        output.note(f"{len(plan.ready) - len(ready)} more wait: --limit")
    if dry_run:
        output.note("nothing was sent: --dry-run")
    if problem:
        output.note(f"it ended there: {problem.sentence}")
        output.note(f"try: {problem.hint}")
