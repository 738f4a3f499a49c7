"""Whatever went before: how an introduction ended without being made, the other side cannot tell."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outside import maps, seen_by
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import CrmError
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.introductions import introduction
from solidarity_crm.resources import folder
from solidarity_crm.rules.introducing import NOT_PURSUED, outward
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, introduction_asking, introduction_telling, introductions, organisations, outreach
from solidarity_crm.services.introduction_asking import Asking
from solidarity_crm.services.introduction_telling import Letters
from solidarity_crm.services.introductions import Proposal, Said

TEMPLATES = {name: template_files.read(path) for name, path in template_files.paths(folder("templates")).items()}
LETTERS = Letters(TEMPLATES, "Robin Marsh")
ASKING = Asking(
    TODAY, "email", "We met in May.", "somebody in health", again=True, template=TEMPLATES["ask-introduction"], owner="Robin Marsh"
)
LEFT, RIGHT, REF = 1, 2, Ref("I", 1)
STEPS = st.lists(st.sampled_from(["ask left", "ask right", "yes left", "yes right", "export"]), max_size=6)
ENDINGS = ("no", "silent", "lapse", "withdraw", "decline", "yes and no", "asked and no")


def step(rehearsal: Rehearsal, what: str) -> None:
    """Take a step, if it can be taken now."""
    said, _, side = what.partition(" ")
    with suppress(CrmError), rehearsal.change() as tx:
        if said == "ask":
            introduction_asking.ask(tx, REF, side, ASKING, today=TODAY)
        elif said == "export":
            outreach.export(tx, [], today=TODAY)
        elif side:
            words = "I have had trouble with that group" if said == "no" else None
            introductions.answer(tx, REF, side, Said(said, TODAY, "call", words), today=TODAY)
        elif said == "tell":
            introduction_telling.tell(tx, REF, LETTERS, on=TODAY, today=TODAY)
        else:
            introductions.end(tx, REF, said, on=TODAY, today=TODAY, why="they have had trouble")


def ended(before: list[str], ending: str) -> dict[str, str]:
    """Give what the left side could see, once an introduction went so far and the right side, or we, ended it."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        for name in ("Amina Yusuf", "Siân O'Brien [she/her]"):
            where = organisations.add(tx, f"{name[:4]} place", kind="charity")
            ref = contacts.add(tx, name, reach=contacts.Reach([f"{name[0]}@example.org"]), today=TODAY)
            contacts.join(tx, ref, where, role="lead")
        introductions.propose(tx, Proposal(Ref("P", LEFT), Ref("P", RIGHT), "both run drop-ins"), on=TODAY, today=TODAY)
    last = {"yes and no": ["yes right", "no right"], "asked and no": ["ask right", "no right"]}
    for what in (*before, *last.get(ending, [f"{ending} right" if ending in ("no", "silent") else ending]), "tell"):
        step(rehearsal, what)
    found = introduction(rehearsal.store, REF.number)
    assert found
    assert outward(found.status) == NOT_PURSUED
    seen = seen_by(rehearsal, LEFT, LEFT) | maps(rehearsal)
    rehearsal.close()
    return seen


@given(before=STEPS, ending=st.sampled_from(ENDINGS), other=st.sampled_from(ENDINGS))
@settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_private_no_is_one_with_every_other_end(before: list[str], ending: str, other: str) -> None:
    """A no, a silence, a yes taken back, and our own giving up, in every message, report, map, calendar and exported card."""
    # whoever was never asked is asked in one ending and not in another: counts of who was asked may tell that, and no more
    steps = ["ask left", *before]
    one, another = ended(steps, ending), ended(steps, other)
    assert {what: text for what, text in one.items() if another[what] != text} == {}
