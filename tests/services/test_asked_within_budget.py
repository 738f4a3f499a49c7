"""Whatever somebody is asked for, in whatever order, each ask past their budget has a reason that was kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import CrmError, NotWritten
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.asking import carried
from solidarity_crm.queries.drafts import drafts
from solidarity_crm.reports.letters import Order
from solidarity_crm.resources import folder
from solidarity_crm.rules.refs import Ref, parse
from solidarity_crm.services import contacts, introduction_asking, introductions, offers, outreach, sending
from solidarity_crm.services.outgoing import Leaving

if TYPE_CHECKING:
    from solidarity_crm.store.transaction import Tx

TEMPLATES = {name: template_files.read(path) for name, path in template_files.paths(folder("templates")).items()}
ASKED, OTHERS = Ref("P", 1), (Ref("P", 2), Ref("P", 3), Ref("P", 4))
STEPS = ("survey", "survey", "introduction", "offer", "export", "export all", "send", "cancel")
WALKS = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 4), st.sampled_from([None, None, "it cannot wait"])), max_size=14)


def begin(budget: int) -> Rehearsal:
    """Give a store with somebody who may be asked so many times, an offer of theirs, and three people to meet."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        for name in ("amina", "bea", "cai", "dev"):
            contacts.add(tx, name.title(), reach=contacts.Reach([f"{name}@example.org"]), today=TODAY)
        contacts.edit(tx, ASKED, ask_budget=budget)
        for other in OTHERS:
            introductions.propose(tx, introductions.Proposal(ASKED, other, "both run drop-ins"), on=TODAY, today=TODAY)
        offers.add(tx, ASKED, "data", "figures", received_on=TODAY, today=TODAY)
        offers.accept(tx, Ref("H", 1), on=TODAY, today=TODAY)
    return rehearsal


def take(tx: Tx, step: str, which: int, anyway: str | None) -> None:
    """Take one step; ``which`` is the introduction or the draft."""
    chosen = Ref("D", which + 1)
    if step == "survey":
        order = Order(TEMPLATES["request-help"], "Robin Marsh", None, "data", {})
        outreach.draft(tx, order, outreach.Group([ASKED]), today=TODAY, again=True, anyway=anyway)
    elif step == "introduction":
        asking = introduction_asking.Asking(TODAY, anyway=anyway, template=TEMPLATES["ask-introduction"], owner="Robin Marsh")
        introduction_asking.ask(tx, Ref("I", which % len(OTHERS) + 1), "left", asking, today=TODAY)
    elif step == "offer":
        offers.use(tx, Ref("H", 1), "a talk", on=TODAY, today=TODAY, anyway=anyway)
    elif step == "cancel":
        outreach.cancel(tx, chosen, on=TODAY)
    elif step == "send":
        sending.claim(tx, chosen, Leaving(anyway=anyway), today=TODAY)
        sending.resolve(tx, chosen, sent=True, today=TODAY)
    else:
        outreach.export(tx, [chosen] if step == "export" else [], Leaving(anyway=anyway), today=TODAY)


def kept_back(rehearsal: Rehearsal, ref: Ref) -> str:
    """Give why a draft cannot leave once more; nothing where it can."""
    try:
        with rehearsal.change() as tx:
            outreach.export(tx, [ref], today=TODAY)
    except NotWritten as problem:
        return problem.why
    return ""


@given(st.integers(0, 2), WALKS)
@settings(max_examples=60, deadline=None)
def test_each_ask_past_a_budget_has_its_reason(budget: int, walk: list[tuple[str, int, str | None]]) -> None:
    """By letters of every kind and without any; and a draft that could leave once can leave again."""
    rehearsal = begin(budget)
    for step, which, anyway in walk:
        with suppress(CrmError), rehearsal.change() as tx:
            take(tx, step, which, anyway)
        for one in carried(rehearsal.store, today=TODAY):
            assert one.asks <= budget + len(one.over_budget), walk
    for gone in drafts(rehearsal.store):
        ref = parse(gone.ref)
        if gone.status == "exported" and ref:
            # asked about the same once more, what was written before stands no more
            assert kept_back(rehearsal, ref) in (
                "",
                f"{ref}: the introduction does not stand as it did when this was written; cancel {ref} and draft it again",
            )
    rehearsal.close()
