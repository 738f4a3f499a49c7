"""Sending drafts one after the other, each stored before and after; whatever ends the program, none goes out twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm import output, services
from solidarity_crm.cli.context import change, today
from solidarity_crm.errors import CrmError, MoveRefused, NotWritten, Refused
from solidarity_crm.queries.reading import Named
from solidarity_crm.rules import delivery
from solidarity_crm.rules.delivery import SENDING, Verdict
from solidarity_crm.store.interrupts import finishing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.cli.commands.outreach_leaving import Letters
    from solidarity_crm.exchange.outreach.smtp import Post
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.services.sending import NextStep
    from solidarity_crm.store.mail_settings import MailSettings

LEFT_OUT, PUT = "left out", "in your drafts folder"
_MINUTE = 60.0


class Delivery(NamedTuple):
    """What became of one draft: sent, later, failed, unsure or left out, and why."""

    ref: str
    to: Named
    result: str
    why: str | None


class Run(NamedTuple):
    """What became of each draft, and what ended the run before its end, if something did."""

    verdicts: dict[Ref, Verdict]
    problem: CrmError | None = None


def run(post: Post, refs: Sequence[Ref], letters: Letters, how: MailSettings, *, then: NextStep | None) -> Run:
    """Send drafts, no faster than the settings allow; what a server takes only later is tried again at the end."""
    found: dict[Ref, Verdict] = {}
    waiting, pace = list(refs), _Pace(how.per_minute)
    for attempt in range(how.retries + 1):
        if attempt:
            time.sleep(how.retry_after)
        for ref in output.watched(waiting):
            pace.wait()
            try:
                post.connect()
            except CrmError as problem:
                return Run(found, problem)
            found[ref] = _send(post, ref, letters, then)
            if found[ref].outcome == delivery.STOP:
                return Run(found, _sender_refused(found.pop(ref)))
        waiting = [ref for ref in waiting if found[ref].outcome == delivery.LATER]
        if not waiting:
            break
    return Run(found)


def left_out(ref: Ref, reason: CrmError) -> Verdict:
    """Say of a draft that it does not go, and why."""
    return Verdict(LEFT_OUT, (reason.why if isinstance(reason, NotWritten) else reason.sentence).removeprefix(f"{ref}: "))


def _send(post: Post, ref: Ref, letters: Letters, then: NextStep | None) -> Verdict:
    """Send one draft: that it is going out is stored, it goes out, and what became of it is stored."""
    with finishing():
        try:
            with change(SENDING) as tx:
                outgoing = services.sending.claim(tx, ref, letters.how, today=today())
                letters.record(tx, [str(ref)])
        except (NotWritten, MoveRefused, Refused) as reason:
            return left_out(ref, reason)
        found = delivery.verdict(post.deliver(outgoing.sender, outgoing.to, outgoing.content))
        with change(SENDING) as tx:
            services.sending.settle(tx, ref, found, today=today(), then=then)
    return found


class _Pace:
    """So many messages a minute and no more: providers lock accounts that send faster."""

    def __init__(self, per_minute: int) -> None:
        """Begin at once."""
        self._between, self._next = _MINUTE / per_minute, 0.0

    def wait(self) -> None:
        """Wait until the next may go."""
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + self._between


def _sender_refused(verdict: Verdict) -> Refused:
    """Give the error for a server that takes no mail from us, which would say so of every message."""
    sentence = f"the mail server takes no mail from this address: {verdict.why}"
    return Refused(sentence, 'from = "the address of your account" under [mail] in solidarity.toml')
