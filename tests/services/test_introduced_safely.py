"""Whatever happens to an introduction, nothing that leaves us holds of anybody what they did not share."""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from outside import maps, seen_by
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import CrmError
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.drafts import drafts
from solidarity_crm.queries.introductions import Introduction, introduction
from solidarity_crm.resources import folder
from solidarity_crm.rules.help_kinds import SHAREABLE
from solidarity_crm.rules.introducing import MADE
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, introduction_asking, introduction_telling, introductions, organisations, outreach
from solidarity_crm.services.introduction_asking import Asking
from solidarity_crm.services.introduction_telling import Letters
from solidarity_crm.services.introductions import Proposal, Said

if TYPE_CHECKING:
    from solidarity_crm.queries.drafts import Draft
    from solidarity_crm.store.transaction import Tx

TEMPLATES = {name: template_files.read(path) for name, path in template_files.paths(folder("templates")).items()}
LETTERS = Letters(TEMPLATES, "Robin Marsh")
SIDES = ("left", "right")
OTHER = {"left": "right", "right": "left"}
FIELDS = st.sets(st.sampled_from(SHAREABLE)).map(sorted)
WHATS = (
    ["ask"] * 4
    + ["yes"] * 6
    + ["make"] * 3
    + ["export"] * 2
    + ["introducer", "remind", "met", "close", "tell", "no", "silent", "lapse", "withdraw"]
)


class Canary(NamedTuple):
    """A person of whom every field is a word that is nowhere else."""

    name: str
    role: str
    organisation: str
    communities: str
    email: str
    phone: str
    why: str

    def told_in(self, text: str) -> set[str]:
        """Give the fields that a text tells, however a phone number is written."""
        whole = "".join(text.casefold().split())
        marks = self._replace(email=self.email.partition("@")[0], phone=self.phone[-8:])
        return {field for field in SHAREABLE if "".join(getattr(marks, field).casefold().split()) in whole}


CANARIES = {
    side: Canary(
        f"{side.title()}given {side.title()}family",
        f"{side}role",
        f"{side.title()}place",
        f"{side}community",
        f"{side}mail@example.org",
        f"+44 113 496 0{number}",
        f"{side}reason",
    )
    for number, side in enumerate(SIDES, start=101)
}


WHYS = ("both run drop-ins", *(f"talk to {canary.name} of {canary.organisation}" for canary in CANARIES.values()))


class Sharing(RuleBasedStateMachine):
    """Two people whose every field is a canary, an introducer, and any sequence of asking, answering and telling.

    ``shares`` is what a careful person with a notebook would say stands: a side's fields while its yes does.
    """

    def __init__(self) -> None:
        """Begin with an empty store and an empty notebook."""
        super().__init__()
        self.rehearsal = Rehearsal()
        self.shares: dict[str, set[str]] = {}
        self.looked_at = -1

    @initialize(via=st.booleans(), why=st.sampled_from(WHYS))
    def people(self, *, via: bool, why: str) -> None:
        """The two and an introducer, whom we know, and the introduction proposed; its reason may name one of the two."""
        self.numbers: dict[str, int] = {}
        self.places: dict[str, int] = {}
        with self.rehearsal.change() as tx:
            for side, canary in CANARIES.items():
                where = organisations.add(tx, canary.organisation, kind="charity")
                reach = contacts.Reach([canary.email], [canary.phone])
                ref = contacts.add(tx, canary.name, reach=reach, works_with=[canary.communities], today=TODAY)
                contacts.join(tx, ref, where, role=canary.role)
                self.numbers[side], self.places[side] = ref.number, where.number
            jo = contacts.add(tx, "Jo Vale", reach=contacts.Reach(["jo@example.org"]), today=TODAY)
            left, right = (Ref("P", self.numbers[side]) for side in SIDES)
            self.ref = introductions.propose(tx, Proposal(left, right, why, jo if via else None), on=TODAY, today=TODAY)

    @rule(
        what=st.sampled_from(WHATS),
        side=st.sampled_from(SIDES),
        fields=FIELDS,
        telling=st.sampled_from(["", *SHAREABLE]),
        one=st.booleans(),
    )
    def happen(self, what: str, side: str, fields: list[str], telling: str, *, one: bool) -> None:
        """Take any step, ready or not, with words of ours that may have a field of the other side's in them."""
        other = CANARIES[OTHER[side]]
        words = f"we met, {getattr(other, telling)} and we" if telling not in ("", "role", "communities", "why") else "a nurse"
        asking = Asking(TODAY, "email", words, "somebody in health", again=one, anyway="it cannot wait", owner="Robin Marsh")
        with suppress(CrmError), self.rehearsal.change() as tx:
            if what == "ask":
                introduction_asking.ask(tx, self.ref, side, asking._replace(template=TEMPLATES["ask-introduction"]), today=TODAY)
                self.shares.pop(side, None)
            elif what == "introducer":
                introduction_asking.ask_introducer(tx, self.ref, asking._replace(template=TEMPLATES["forwardable-note"]), today=TODAY)
            elif what == "remind":
                introduction_asking.remind_introducer(tx, self.ref, asking._replace(template=TEMPLATES["remind-introducer"]), today=TODAY)
            elif what in ("yes", "no", "silent"):
                self.answer(tx, side, what, fields, one=one)
            elif what == "make":
                introductions.make(tx, self.ref, on=TODAY, today=TODAY)
                assert set(self.shares) == set(SIDES)
                introduction_telling.introduce(tx, self.ref, LETTERS, today=TODAY)
            elif what == "close":
                introductions.close(tx, self.ref, f"It went well, {words}", on=TODAY, today=TODAY, result="fruitful")
            elif what == "tell":
                introduction_telling.tell(tx, self.ref, LETTERS, on=TODAY, today=TODAY)
            elif what == "export":
                self.hand_over(tx)
            elif what == "met":
                introductions.met(tx, self.ref, on=TODAY, today=TODAY)
            else:
                introductions.end(tx, self.ref, what, on=TODAY, today=TODAY)

    def hand_over(self, tx: Tx) -> None:
        """Hand every draft over that can be, also once more; no message holds what is not shared at that moment."""
        for draft in drafts(self.rehearsal.store):
            with suppress(CrmError):
                (file,) = outreach.export(tx, [Ref("D", int(draft.ref[1:]))], today=TODAY).files
                self.check(draft, message_from_bytes(file.content, policy=default).get_content())

    def check(self, draft: Draft, text: str) -> None:
        """Check what a letter says; to reach somebody takes both yeses, and an introducer hears a name at most."""
        both = set(self.shares) == set(SIDES)
        for side, canary in CANARIES.items():
            if draft.to.ref == f"P{self.numbers[side]}":
                continue
            allowed = self.shares.get(side, set()) - (set() if both else {"email", "phone"})
            if draft.to.name == "Jo Vale":
                allowed = allowed & {"name"}
            told = canary.told_in(f"{draft.subject}\n{text}")
            assert told <= allowed, (draft.template, side, told, allowed)

    def answer(self, tx: Tx, side: str, what: str, fields: list[str], *, one: bool) -> None:
        """Have a side answer; the notebook follows once that was possible."""
        words = CANARIES[side].why if what == "yes" else None
        introductions.answer(tx, self.ref, side, Said(what, TODAY, "call", words, fields, one), today=TODAY)
        before = self.shares.pop(side, None)
        if what == "yes":
            self.shares[side] = set(fields) or before or {"name"}

    def read(self) -> Introduction:
        """Give the introduction as it stands."""
        found = introduction(self.rehearsal.store, self.ref.number)
        assert found is not None
        return found

    @invariant()
    def nothing_made_without_two_yeses(self) -> None:
        """What is made was made while both yeses stood, and still do."""
        if self.read().status in MADE:
            assert set(self.shares) == set(SIDES)

    @invariant()
    def no_draft_holds_what_was_not_shared(self) -> None:
        """Of those that may still go out."""
        for draft in drafts(self.rehearsal.store):
            if draft.status == "draft":
                self.check(draft, draft.body)

    @invariant()
    def nothing_that_the_other_may_see_holds_what_was_not_shared(self) -> None:
        """No report, and nothing of the other's own card; what not one row was written to since is as it was."""
        written = self.rehearsal.connection.total_changes
        if written != self.looked_at:
            self.looked_at = written
            self.look(files=False)

    def teardown(self) -> None:
        """No calendar and no export in the end either."""
        self.look(files=True)

        self.look_at_maps()

    def look_at_maps(self) -> None:
        """A map that names people holds who they are by their work, and never how to reach them or why; a published one, nobody."""
        for what, text in maps(self.rehearsal).items():
            allowed = {"organisation"} if what.startswith("published") else {"name", "role", "organisation", "communities"}
            for side, canary in CANARIES.items():
                assert canary.told_in(text) <= allowed, (what, side)
            assert not any(why in text for why in WHYS), what

    def look(self, *, files: bool) -> None:
        """Look at everything that the one could see of the other."""
        made = self.read().made_on is not None
        for side, canary in CANARIES.items():
            allowed = self.shares.get(side, set()) if made else set()
            other = OTHER[side]
            for what, text in seen_by(self.rehearsal, self.numbers[other], self.places[other], files=files).items():
                told = canary.told_in(text) if what != "messages" else set()  # those are looked at above
                assert told <= allowed, (what, side, told, allowed)


Sharing.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
test_nothing_that_leaves_holds_what_was_not_shared = Sharing.TestCase
