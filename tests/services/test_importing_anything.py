"""What an import makes of any address book: it is sound, the same again, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from importing import everything, opted_out, read, take
from rehearsal import NOW, SETTINGS, TODAY, Rehearsal

from solidarity_crm.exchange.address_book import UNSAID, Book, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.services import undoing
from solidarity_crm.services.contact_import import Wishes, take_in
from solidarity_crm.store import journal, search
from solidarity_crm.store.transaction import By, running

if TYPE_CHECKING:
    from collections.abc import Sequence


NAMES = st.sampled_from(
    ["Amina Yusuf", "Amina Yousuf", "amina YUSUF", "A. Yusuf", "Bo Lee", "Lee, Bo", "Siân O'Brien [she/her]", "漢字", "!"]
)
EMAILS = st.sampled_from(["a@example.org", "A@example.org", "b@example.org", "info@example.org", "c@example.org", "no address"])
PHONES = st.sampled_from(["0113 496 0123", "+44 113 496 0123", "01632 960001", "reception"])
PLACES = st.sampled_from(["MESMAC", "mesmac", "Leeds GATE", "—"])
NOTES = st.none() | st.sampled_from(["x", "xy", "Met at the clinic"])


def few(values: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw a few."""
    return st.lists(values, max_size=most).map(tuple)


ENTRIES = st.builds(
    Entry,
    st.just(2),
    name=st.none() | NAMES,
    known_as=st.none() | st.sampled_from(["Mina", "Bo"]),
    emails=few(st.builds(Point, EMAILS, st.none() | st.just("work"), st.booleans())),
    phones=few(st.builds(Point, PHONES)),
    websites=few(st.builds(Point, st.sampled_from(["a.example", "https://a.example/", "nope"])), 1),
    addresses=few(st.builds(PostalAddress, st.none() | st.just("1 Road"), st.just("Leeds")), 1),
    roles=few(
        st.builds(Role, PLACES, st.none() | st.sampled_from(["Lead", "lead", "Trustee"]))
        | st.builds(Role, PLACES, st.none() | st.just("Lead"), st.just("2020-01-01"), st.none() | st.just("2021-01-01"))
    ),
    tags=few(st.sampled_from(["gp", "GP", " "])),
    note=NOTES,
    works_with=few(st.sampled_from(["sex workers", "nobody"]), 1),
    do_not_contact=st.none() | st.sampled_from(["unsubscribed", UNSAID]),
    uid=st.none() | st.sampled_from(["b1946ac9-2749-4d23-8b53-1f4c5e0e5f0f", "x"]),
    identifiers=few(st.builds(Identifier, st.just("linkedin"), st.sampled_from(["1", "2"])), 1),
    former_names=few(NAMES, 1),
    fields=st.fixed_dictionaries({}, optional={"no_voicemail": st.sampled_from([True]), "basis": st.sampled_from(["consent", "x"])}),
)
BOOKS = st.lists(ENTRIES, max_size=6).map(lambda entries: [entry._replace(line=place + 2) for place, entry in enumerate(entries)])
WISHES = st.builds(Wishes, update=st.booleans(), tags=st.sampled_from([(), ("fair",)]))


@given(BOOKS, BOOKS, WISHES)
@settings(max_examples=100, deadline=None)
def test_any_import_is_sound_is_the_same_again_and_is_taken_back(first: list[Entry], second: list[Entry], wishes: Wishes) -> None:
    """Import then undo is nothing; import again changes nothing; nobody's wish not to be contacted is lost on the way."""
    rehearsal = Rehearsal()
    with running(rehearsal.connection, SETTINGS._replace(communities=("sex workers",)), By("Robin", "import", NOW)) as tx:
        take_in(tx, [Book("first.csv", first)], today=TODAY)
    out, before = opted_out(rehearsal), everything(rehearsal)
    report = take(rehearsal, *second, **wishes._asdict())
    assert out <= opted_out(rehearsal)
    for entry in second:
        rows = [row for row in report.rows if row.line == entry.line and row.ref]
        assert entry.do_not_contact is None or any(int(str(row.ref)[1:]) in opted_out(rehearsal) for row in rows) or not rows
    after, (entry,) = everything(rehearsal), rehearsal.connection.execute("SELECT max(id) FROM journal").fetchone()
    entries = rehearsal.connection.execute("SELECT count(*) FROM journal").fetchone()
    again = take(rehearsal, *second, **wishes._asdict())
    if not wishes.update:
        assert {row.what for row in again.rows} <= {"unchanged", "rejected"}
    # where overwriting is asked for, a line may give somebody the name by which an earlier line finds them the next time
    refs = [row.ref for row in report.rows if row.ref]
    if wishes.update and len(set(refs)) < len(refs) and everything(rehearsal) != after:
        with rehearsal.change() as tx:
            undoing.undo(tx)
        entries = rehearsal.connection.execute("SELECT count(*) FROM journal").fetchone()
    assert everything(rehearsal) == after
    assert rehearsal.connection.execute("SELECT count(*) FROM journal").fetchone() == entries
    if after != before:
        with rehearsal.change() as tx:
            undoing.undo(tx, entry)
        assert everything(rehearsal) == before
        assert journal.problems(rehearsal.connection) == []
        assert search.stale(rehearsal.connection) == []


def test_an_objection_without_a_name_holds_for_whoever_has_the_account_by_the_end() -> None:
    """Also where a later line is the first to say whose account it is; the file again changes nothing."""
    account, mail = (Identifier("linkedin", "1"),), (Point("am@example.org"),)
    lines = [
        Entry(2, None, emails=mail, former_names=("Amina Yusuf",)),
        Entry(3, None, phones=(Point("0113 496 0123"),), do_not_contact="unsubscribed", identifiers=account),
        Entry(4, None, emails=mail, identifiers=account, former_names=("Amina Yusuf",)),
    ]
    rehearsal = Rehearsal()
    take(rehearsal, *lines)
    after = everything(rehearsal)
    assert opted_out(rehearsal) == {number for (number,) in rehearsal.connection.execute("SELECT contact_id FROM identifier")}
    take(rehearsal, *lines)
    assert everything(rehearsal) == after


def test_a_number_that_stands_for_a_name_makes_its_phone_no_more_shared() -> None:
    """Two spellings of a name and a line without one: the file again finds the same two people."""
    phone = (Point("0113 496 0123"),)
    lines = [
        Entry(2, None, phones=phone, uid="b1946ac9-2749-4d23-8b53-1f4c5e0e5f0f"),
        Entry(3, "Amina Yousuf", phones=phone),
        Entry(4, "Amina Yusuf", phones=phone, former_names=("Amina Yousuf",)),
    ]
    rehearsal = Rehearsal()
    first, second = (take(rehearsal, *lines) for _ in range(2))
    assert [row.ref for row in second.rows] == [row.ref for row in first.rows]
    assert {row.what for row in second.rows} == {"unchanged"}


OF_ONE = st.builds(
    Entry,
    st.just(2),
    name=st.sampled_from(["Amina Yusuf", "Bo Lee", "Di Marsh"]),
    tags=few(st.sampled_from(["gp", "fair", "north"])),
    phones=few(st.builds(Point, st.sampled_from(["0113 496 0123", "01632 960001"]))),
    roles=few(
        st.builds(Role, st.sampled_from(["MESMAC", "Leeds GATE"]), st.none(), st.none(), st.none()), 1
    ),  # two titles at one place contradict each other
    note=st.none() | st.sampled_from(["Likes tea", "Rings back"]),
    do_not_contact=st.none() | st.just("unsubscribed"),
)
LINES = st.lists(st.tuples(OF_ONE, st.booleans()), max_size=6).map(
    lambda drawn: [
        entry._replace(name=name and entry.name, emails=(Point(f"{str(entry.name)[:2].lower()}@example.org"),)) for entry, name in drawn
    ]
)


def facts(lines: Sequence[Entry]) -> set[tuple[object, ...]]:
    """Import lines into an empty store; give who there is then, each as sets of facts."""
    fresh = Rehearsal()
    take(fresh, *(entry._replace(line=place) for place, entry in enumerate(lines, 2)))
    found = [read(fresh, number) for (number,) in fresh.connection.execute("SELECT id FROM contact")]
    return {
        (
            one.name,
            frozenset(point.value for point in (*one.emails, *one.phones)),
            frozenset(one.tags),
            frozenset(role.organisation.name for role in one.affiliations),
            frozenset((one.note or "").split("\n\n")),
            one.do_not_contact,
        )
        for one in found
    }


@given(LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
@settings(max_examples=40, deadline=None)
def test_the_order_of_lines_makes_nobody_else(both: tuple[list[Entry], list[Entry]]) -> None:
    """Where lines of one person have an address of theirs and do not contradict each other, also those without a name."""
    lines, shuffled = both
    assert facts(lines) == facts(shuffled)
