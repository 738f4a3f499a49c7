"""Undo is exact: whatever was done, taking it all back gives the store as it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from solidarity_crm.errors import NotFound, UndoRefused
from solidarity_crm.services import contacts, followups, interactions, organisations, undoing
from solidarity_crm.store import journal, migrate, search, sqlite
from solidarity_crm.store.settings import Settings
from solidarity_crm.store.transaction import By, running

if TYPE_CHECKING:
    from solidarity_crm.rules.refs import Ref

TODAY = date(2026, 12, 1)
NAMES = st.text(alphabet="abcäł'[]/ 漢", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
EMPTY = sqlite.in_memory()
migrate.upgrade(EMPTY)


class Store(RuleBasedStateMachine):
    """Commands in any order, each kept with the rows before it."""

    @initialize()
    def open(self) -> None:
        """Begin with an empty store."""
        self.connection = sqlite.in_memory()
        EMPTY.backup(self.connection)
        self.states: list[tuple[int, dict[str, Any]]] = []
        self.contacts: list[Ref] = []

    def teardown(self) -> None:
        """Take everything back, the last first: the store is empty again."""
        if not hasattr(self, "connection"):
            return
        for entry, before in reversed(self.states):
            self.take_back(entry)
            assert self.rows() == before
        assert journal.problems(self.connection) == []
        self.connection.close()

    def rows(self) -> dict[str, Any]:
        """Give every row of every table that the journal watches."""
        return {
            table: self.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in journal.tables(self.connection)
        }

    def run(self, command: str, act: Any) -> Any:
        """Run a command and keep what was there before it."""
        before, answer = self.rows(), None
        with (
            suppress(NotFound),
            running(self.connection, Settings(name="Leeds"), By("Robin", command, datetime(2026, 12, 1, tzinfo=UTC))) as tx,
        ):
            answer = act(tx)
        if self.rows() != before:
            entry = self.connection.execute("SELECT max(id) FROM journal").fetchone()[0]
            self.states.append((entry, before))
        return answer

    def take_back(self, entry: int) -> None:
        """Undo an entry."""
        with running(self.connection, Settings(name="Leeds"), By("Robin", "undo", datetime(2026, 12, 2, tzinfo=UTC))) as tx:
            undoing.undo(tx, entry)

    @rule(name=NAMES, email=st.booleans())
    def add_contact(self, name: str, email: bool) -> None:
        """Add a contact, perhaps with an address."""
        reach = contacts.Reach(["a@example.org"] if email else [])
        self.contacts.append(self.run("contact add", lambda tx: contacts.add(tx, name, today=TODAY, reach=reach, tags=[name])))

    @rule(data=st.data(), name=NAMES)
    def edit_contact(self, data: st.DataObject, name: str) -> None:
        """Change a contact's name and addresses."""
        if self.contacts:
            ref = data.draw(st.sampled_from(self.contacts))
            self.run("contact edit", lambda tx: contacts.edit(tx, ref, name=name, emails=["b@example.org"], works_with=["one"]))

    @rule(data=st.data())
    def give_a_role(self, data: st.DataObject) -> None:
        """Add an organisation and a role there."""
        if self.contacts:
            ref = data.draw(st.sampled_from(self.contacts))
            self.run("contact edit", lambda tx: contacts.join(tx, ref, organisations.add(tx, "MESMAC"), role="Lead"))

    @rule(data=st.data(), what=NAMES)
    def log_and_follow_up(self, data: st.DataObject, what: str) -> None:
        """Record an interaction and what comes next, and do it."""
        if self.contacts:
            ref = data.draw(st.sampled_from(self.contacts))
            self.run("log", lambda tx: interactions.log(tx, what, on=TODAY, contacts=[ref], about=str(ref)))
            opened = self.run("followup add", lambda tx: followups.add(tx, what, due=TODAY, about=str(ref), every="1w"))
            if opened:
                self.run("followup done", lambda tx: followups.done(tx, opened, on=TODAY, today=TODAY))

    @rule()
    def undo_the_first(self) -> None:
        """Taking back what later changes stand on is refused, and then nothing has changed."""
        if self.states:
            before, first = self.rows(), self.states[0][0]
            try:
                self.run("undo", lambda tx: undoing.undo(tx, first))
            except UndoRefused:
                assert self.rows() == before

    @invariant()
    def the_index_is_in_step(self) -> None:
        """What is searched is what is there."""
        if hasattr(self, "connection"):
            assert search.stale(self.connection) == []


TestStore = Store.TestCase
TestStore.settings = settings(max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
