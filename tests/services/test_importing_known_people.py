"""What an import makes of people who are there already, or twice in its own lines."""

from __future__ import annotations

from datetime import date

import pytest
from importing import AMINA, everything, opted_out, read, take, whats
from rehearsal import TODAY, Rehearsal

from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, merging, organisations, undoing
from solidarity_crm.services.contacts import Reach


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give an empty store."""
    return Rehearsal()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Entry(2, name="Amina Yusuf", emails=(Point("AMINA@example.org"),)), "P1"),
        (Entry(2, name="Yusuf, Amina", phones=(Point("+44 113 496 0123"),)), "P1"),
        (Entry(2, name="Somebody Else", identifiers=AMINA.identifiers), "P1"),
        (Entry(2, name="Amina Khan", phones=(Point("0113 4960123"),)), "P1"),
        (Entry(2, name="Amina Yusuf", note="somebody new"), "P2"),
        (Entry(2, name="Bo Lee", phones=(Point("0113 496 0123"),)), "P2"),
        (Entry(2, name="Bo Lee", emails=(Point("amina@example.org"),)), "P2"),
        (Entry(2, name="Bo Lee", emails=(Point("info@example.org"),)), "P2"),
    ],
)
def test_who_is_known_is_found(rehearsal: Rehearsal, entry: Entry, expected: str) -> None:
    """By an address of their own, an identifier, or name and phone; former names count; a name or a shared inbox alone does not."""
    take(rehearsal, AMINA._replace(emails=(*AMINA.emails, Point("info@example.org"))))
    assert take(rehearsal, entry).rows[0].ref == expected


def test_our_own_uid_finds_somebody_also_under_another_name_and_after_a_merger(rehearsal: Rehearsal) -> None:
    """A record that was merged away is found as the one that stayed."""
    take(rehearsal, AMINA, Entry(3, name="A. Yusuf"))
    uids = [uid for (uid,) in rehearsal.connection.execute("SELECT uid FROM contact ORDER BY id")]
    with rehearsal.change() as tx:
        merging.merge(tx, Ref("P", 1), Ref("P", 2), take={}, today=TODAY)
    for uid in uids:
        assert take(rehearsal, Entry(2, name="Quite Another", uid=uid)).rows[0].ref == "P1"
    fresh = "b1946ac9-2749-4d23-8b53-1f4c5e0e5f0f"
    take(rehearsal, Entry(2, name="Bo Lee", uid=fresh.upper()))
    assert read(rehearsal, 3).uid == fresh


def test_blanks_are_filled_and_nothing_is_overwritten(rehearsal: Rehearsal) -> None:
    """Lists are united, a note is added to; a second title at a place is kept in the note."""
    take(rehearsal, AMINA)
    more = AMINA._replace(
        known_as="Mina",
        name="Amina M. Yusuf",
        emails=(Point("amina@example.org"), Point("third@example.org")),
        roles=(Role("mesmac", "Director"), Role("Leeds GATE", "Trustee")),
        tags=("Gp", "new"),
        note="Likes tea",
    )
    report = take(rehearsal, more)
    assert (report.rows[0].what, report.rows[0].reason) == ("updated", "filled known as, e-mail, tag, role, note")
    assert "it is kept in the note" in report.doubts[0]
    found = read(rehearsal)
    assert (found.name, found.known_as) == ("Amina Yusuf", "Mina")
    assert [email.value for email in found.emails] == ["amina.home@example.org", "Amina@example.org", "third@example.org"]
    assert {(role.role, role.organisation.name) for role in found.affiliations} == {("Outreach lead", "MESMAC"), ("Trustee", "Leeds GATE")}
    assert (found.tags, found.note) == (("gp", "new", "steering group"), "Met at the clinic\n\nLikes tea\n\nAlso Director, MESMAC")
    assert whats(take(rehearsal, more)) == [("unchanged", "P1")]


def test_update_overwrites_what_differs_and_shortens_nothing(rehearsal: Rehearsal) -> None:
    """A new name keeps the old one as a former one; a note is only added to."""
    take(rehearsal, AMINA._replace(known_as="Mina", former_names=()))
    newer = Entry(
        2, name="Amina Marsh", known_as="Ami", emails=(Point("amina@example.org"),), roles=(Role("MESMAC", "Director"),), note="Moved"
    )
    assert take(rehearsal, newer, update=True).rows[0].what == "updated"
    found = read(rehearsal)
    assert (found.name, found.known_as, found.former_names) == ("Amina Marsh", "Ami", ("Amina Yusuf",))
    assert [(role.role, role.until) for role in found.affiliations] == [("Director", None)]
    assert (len(found.emails), found.note, found.tags) == (2, "Met at the clinic\n\nMoved", ("gp", "steering group"))
    assert whats(take(rehearsal, newer, update=True)) == [("unchanged", "P1")]


def test_a_role_that_ended_is_not_begun_again_by_an_old_file(rehearsal: Rehearsal) -> None:
    """They left since it was written."""
    take(rehearsal, AMINA)
    with rehearsal.change() as tx:
        contacts.leave(tx, Ref("P", 1), Ref("O", 1), until=TODAY)
    assert whats(take(rehearsal, AMINA)) == [("unchanged", "P1")]
    past = AMINA._replace(roles=(Role("MESMAC", "Volunteer", "2019-01-01", "2020-01-01"),))
    take(rehearsal, past)
    assert {(role.role, role.until) for role in read(rehearsal).affiliations} == {
        ("Outreach lead", TODAY),
        ("Volunteer", date(2020, 1, 1)),
    }


def test_organisations_are_found_by_name_and_former_name(rehearsal: Rehearsal) -> None:
    """One that nobody knows is made, once, and only when somebody has a role there."""
    with rehearsal.change() as tx:
        organisations.add(tx, "Léeds GATE", kind="charity")
        organisations.add(tx, "Old Name")
        merging.merge(tx, Ref("O", 1), Ref("O", 2), take={}, today=TODAY)
    take(
        rehearsal,
        *(Entry(n, name=f"Person {n}", roles=(Role(name),)) for n, name in enumerate(["leeds gate", "OLD NAME", "New", "new"], 2)),
    )
    named = rehearsal.connection.execute("SELECT id, name, kind FROM organisation ORDER BY id").fetchall()
    assert named == [(1, "Léeds GATE", "charity"), (3, "New", "other")]
    assert [row for (row,) in rehearsal.connection.execute("SELECT organisation_id FROM affiliation ORDER BY id")] == [1, 1, 3, 3]


def test_a_line_that_is_an_organisation_becomes_one(rehearsal: Rehearsal) -> None:
    """Blanks of one that is there are filled."""
    card = Entry(
        2,
        name="Leeds GATE",
        is_organisation=True,
        emails=(Point("info@gate.example"),),
        websites=(Point("gate.example"),),
        addresses=(PostalAddress("1 Road", "Leeds"),),
        tags=("x",),
    )
    report = take(rehearsal, Entry(3, name="Bo Lee", roles=(Role("Leeds GATE"),)), card)
    assert whats(report) == [("new", "O1"), ("new", "P1")]
    assert report.doubts == ["people.csv:2: tags: an organisation has none; left out"]
    assert rehearsal.connection.execute("SELECT name, website, address FROM organisation").fetchall() == [
        ("Leeds GATE", "https://gate.example", "1 Road\nLeeds")
    ]
    assert whats(take(rehearsal, card)) == [("unchanged", "O1")]
    assert whats(take(rehearsal, card._replace(note="New", websites=(Point("x.example"),)))) == [("updated", "O1")]


def test_lines_of_one_file_that_are_one_person_are_joined(rehearsal: Rehearsal) -> None:
    """And it is said which line was the first."""
    report = take(rehearsal, AMINA, AMINA._replace(line=5, note="More"), Entry(6, name="Amina Yusuf"))
    assert whats(report) == [("new", "P1"), ("updated", "P1"), ("unchanged", "P1")]
    assert [row.reason for row in report.rows] == ["", "the same person as line 2: filled note", "the same person as line 2"]


def test_a_line_without_a_name_is_nobodys_whose_address_is_anothers_too() -> None:
    """Its facts are kept apart, in whatever order the lines come; who has the address alone gets them."""
    amina, bo = (Entry(n, name=name, emails=(Point("home@example.org"),)) for n, name in ((2, "Amina Yusuf"), (3, "Bo Lee")))
    bare = Entry(4, emails=(Point("home@example.org"),), tags=("gp",))
    alone = [Entry(5, emails=(Point("di@example.org"),), tags=("gp",)), Entry(6, name="Di Marsh", emails=(Point("di@example.org"),))]
    for book in ([bare, amina, bo, *alone], [amina, bo, bare, *reversed(alone)]):
        fresh = Rehearsal()
        for _ in range(2):
            take(fresh, *book)
            tagged = "SELECT c.name FROM contact c JOIN tag t ON t.contact_id = c.id ORDER BY 1"
            assert [name for (name,) in fresh.connection.execute(tagged)] == ["Di Marsh", "home@example.org"]
            assert fresh.connection.execute("SELECT count(*) FROM contact").fetchone() == (4,)


def test_who_shares_an_address_does_not_become_whoever_got_its_record_first(rehearsal: Rehearsal) -> None:
    """A record that had no name once is one person's from then on."""
    take(rehearsal, Entry(2, emails=(Point("home@example.org"),)))
    take(rehearsal, Entry(2, name="Amina Yusuf", emails=(Point("home@example.org"),)))
    assert whats(take(rehearsal, Entry(2, name="Bo Lee", emails=(Point("home@example.org"),), note="Bo's"))) == [("new", "P2")]
    assert read(rehearsal).note is None


def test_an_address_that_unsubscribed_without_a_name_is_everybodys_who_has_it(rehearsal: Rehearsal) -> None:
    """Nobody can tell who of them it was; it is said, and an undo takes all of it back."""
    take(rehearsal, *(Entry(n, name=name, emails=(Point("home@example.org"),)) for n, name in ((2, "Amina Yusuf"), (3, "Bo Lee"))))
    before = everything(rehearsal)
    out = Entry(2, emails=(Point("home@example.org"),), do_not_contact="unsubscribed")
    report = take(rehearsal, out)
    assert opted_out(rehearsal) == {1, 2, 3}
    assert "the address is that of P2 Bo Lee too, who is do not contact now" in report.doubts[1]
    withdrawn = rehearsal.connection.execute("SELECT DISTINCT contact_id FROM consent_event ORDER BY 1").fetchall()
    assert withdrawn == [(1,), (2,), (3,)]
    after = everything(rehearsal)
    take(rehearsal, out)
    assert everything(rehearsal) == after
    with rehearsal.change() as tx:
        undoing.undo(tx)
    assert everything(rehearsal) == before


def test_a_namesake_is_never_overwritten(rehearsal: Rehearsal) -> None:
    """Neither one with another address nor one of whom nothing but the name is the same."""
    take(rehearsal, AMINA._replace(known_as="Mina"))
    before = everything(rehearsal)
    take(rehearsal, Entry(2, name="Amina Yusuf", known_as="Ami", roles=(Role("MESMAC", "Outreach lead", "2026-01-01"),)), update=True)
    assert everything(rehearsal) == before
    assert whats(take(rehearsal, Entry(2, name="Amina Yusuf", known_as="Ami", emails=(Point("x@example.org"),)), update=True)) == [
        ("new", "P2")
    ]
    assert read(rehearsal).known_as == "Mina"


def test_nobody_gets_a_former_name_back_from_an_old_file(rehearsal: Rehearsal) -> None:
    """Not when overwriting is asked for either; it is said without the name."""
    take(rehearsal, AMINA)
    report = take(rehearsal, AMINA._replace(name="Amina Khan", former_names=()), update=True)
    assert (whats(report), read(rehearsal).name) == ([("unchanged", "P1")], "Amina Yusuf")
    assert report.doubts == ["people.csv:2: name: one that they went by once; it stays a former name"]


def test_lines_that_contradict_each_other_change_nothing_the_second_time(rehearsal: Rehearsal) -> None:
    """The last one counts; what it says is there already."""
    one = Entry(2, name="Amina Yusuf", known_as="Mina", emails=(Point("a@example.org"),), roles=(Role("MESMAC", "Lead"),))
    other = one._replace(line=3, name="Amina Marsh", known_as="Ami", roles=(Role("MESMAC", "Trustee"),))
    take(rehearsal, one, other, update=True)
    after = everything(rehearsal)
    report = take(rehearsal, one, other, update=True)
    assert (whats(report), everything(rehearsal)) == ([("unchanged", "P1"), ("unchanged", "P1")], after)
    assert read(rehearsal).known_as == "Ami"


def test_a_line_is_recognised_by_the_name_of_an_earlier_one_the_second_time_too(rehearsal: Rehearsal) -> None:
    """An earlier line that joined somebody under another name says whose the number is."""
    lines = (
        Entry(2, name="Amina Yusuf", emails=(Point("a@example.org"),)),
        Entry(3, name="Amina M Yusuf", emails=(Point("a@example.org"),), phones=(Point("0113 496 0123"),)),
        Entry(4, name="Amina M Yusuf", phones=(Point("0113 496 0123"),), note="Rings back"),
    )
    take(rehearsal, *lines)
    assert whats(take(rehearsal, *lines)) == [("unchanged", "P1")] * 3


@pytest.mark.parametrize("place", range(3))
def test_what_other_programs_call_a_line_is_kept_whichever_comes_first(rehearsal: Rehearsal, place: int) -> None:
    """So the next file is recognised by it, under any name."""
    uid = "b1946ac9-2749-4d23-8b53-1f4c5e0e5f0f"
    lines = [
        Entry(2, name="Amina Yusuf", emails=(Point("a@example.org"),)),
        Entry(3, name="Amina Yusuf", emails=(Point("a@example.org"),), uid=uid),
        Entry(4, emails=(Point("a@example.org"),), identifiers=(Identifier("vcard", "7"),)),
    ]
    take(rehearsal, *lines[place:], *lines[:place])
    for known in (Entry(2, name="Zed", uid=uid), Entry(2, name="Zed", identifiers=(Identifier("vcard", "7"),))):
        assert take(rehearsal, known).rows[0].ref == "P1"


def test_who_may_be_somebody_is_made_and_told_or_left_out(rehearsal: Rehearsal) -> None:
    """With the reasons, and how to make one of the two."""
    take(rehearsal, AMINA)
    near = Entry(12, name="Amina Yousuf", roles=(Role("MESMAC", "Outreach lead"),))
    skipped = take(rehearsal, near, skip_likely=True)
    assert whats(skipped) == [("skipped", None)]
    assert skipped.rows[0].reason == "may be P1 Amina Yusuf: same organisation, near name"
    report = take(rehearsal, near)
    assert report.likely == ["line 12: P2 Amina Yousuf may be P1 Amina Yusuf: same organisation, near name; solidarity contact merge P1 P2"]
    assert whats(take(rehearsal, near)) == [("unchanged", "P2")]


@pytest.mark.parametrize("update", [False, True])
def test_whoever_asked_not_to_be_contacted_stays_so_and_becomes_so(rehearsal: Rehearsal, *, update: bool) -> None:
    """In both directions, whatever else is wished."""
    with rehearsal.change() as tx:
        contacts.add(tx, "Amina Yusuf", today=TODAY, reach=Reach(["amina@example.org"]), do_not_contact=True, do_not_contact_reason="asked")
        contacts.add(tx, "Bo Lee", today=TODAY, reach=Reach(["bo@example.org"]), no_voicemail=True)
    out = Entry(3, name="Bo Lee", emails=(Point("bo@example.org"),), do_not_contact="unsubscribed")
    report = take(rehearsal, AMINA, out, update=update)
    assert "do not contact" in report.rows[1].reason
    assert [(c.do_not_contact, c.do_not_contact_reason) for c in (read(rehearsal, 1), read(rehearsal, 2))] == [
        (True, "asked"),
        (True, "unsubscribed"),
    ]
    assert read(rehearsal, 2).no_voicemail
    take(rehearsal, out._replace(do_not_contact=UNSAID), update=update)
    assert read(rehearsal, 2).do_not_contact_reason == "unsubscribed"
