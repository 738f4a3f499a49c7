"""Organisations and network members, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm


def test_a_name_is_enough(crm: Crm) -> None:
    """Every other field is there and empty."""
    added = crm.json("org", "add", "Leeds GATE")
    assert added.pop("uid")
    assert added.pop("created_at") == added.pop("updated_at")
    assert added == {
        "ref": "O1",
        "name": "Leeds GATE",
        "kind": "other",
        "revealing": False,
        **{several: [] for several in ("works_with", "emails", "phones", "contacts")},
        **dict.fromkeys(("member_since", "member_until", "website", "address", "note", "subscriber")),
    }


def test_every_option_is_kept(crm: Crm) -> None:
    """And show gives the same record."""
    added = crm.json(
        "org", "add", "Basis Yorkshire", "--kind", "nhs", "--works-with", "sex workers", "--works-with", "lgbtq", "--member", "--since",
        "2021-07-01", "--email", "info@basis.example", "--phone", "0113 496 0100", "--website", "basis.example/about", "--address",
        "1 Mill Lane\nLeeds", "--note", "Ring first",
    )  # fmt: skip
    assert added == crm.json("org", "show", "yorkshire")
    assert (added["kind"], added["works_with"], added["member_since"]) == ("NHS body", ["sex workers", "LGBTQ+ people"], "2021-07-01")
    assert (added["emails"][0]["value"], added["phones"][0]["value"]) == ("info@basis.example", "0113 496 0100")
    assert (added["website"], added["address"], added["note"]) == ("https://basis.example/about", "1 Mill Lane\nLeeds", "Ring first")


@pytest.mark.parametrize(("options", "since"), [(("--member",), "2026-12-01"), (("--since", "2020-01-02"), "2020-01-02"), ((), None)])
def test_membership_from_the_start(crm: Crm, options: tuple[str, ...], since: str | None) -> None:
    """From today, or from the day that is given, which says that it is one."""
    assert crm.json("org", "add", "MESMAC", *options)["member_since"] == since


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kind", "circus"), "no kind of organisation 'circus'; it is one of: charity"),
        (("--works-with", "martians"), "no community 'martians'"),
        (("--email", "info"), "e-mail 'info'"),
        (("--phone", "none"), "not a phone number"),
        (("--website", "javascript:alert(1)"), "is not a web address"),
        (("--since", "someday soonish"), "not a day"),
        (("--note", "a\x00b"), "control characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_added(crm: Crm, options: tuple[str, ...], said: str) -> None:
    """One clear line, and the store as it was."""
    assert said in crm.refused(Exit.USAGE, "org", "add", "MESMAC", *options)
    assert crm.json("org", "list") == []


def test_a_second_of_the_same_name_is_mentioned(crm: Crm) -> None:
    """On stderr, and added all the same."""
    crm.ok("org", "add", "MESMAC")
    second = crm("org", "add", "Mesmac", "--json")
    assert second.data["ref"] == "O2"
    assert second.err == "O1 has the same name; if it is the same organisation, solidarity undo takes this back\n"


def test_what_is_not_given_stays(crm: Crm) -> None:
    """A list is given whole; "" empties a text or a list."""
    crm.ok("org", "add", "MESMAC", "--kind", "charity", "--works-with", "LGBTQ+ people", "--email", "a@b.example", "--note", "x")
    edited = crm.json(
        "org", "edit", "mesmac", "--name", "Yorkshire MESMAC", "--website", "https://mesmac.example", "--email", "c@b.example"
    )
    assert (edited["name"], edited["kind"], edited["works_with"], edited["note"]) == ("Yorkshire MESMAC", "charity", ["LGBTQ+ people"], "x")
    assert [e["value"] for e in edited["emails"]] == ["c@b.example"]
    emptied = crm.json("org", "edit", "mesmac", "--note", "", "--website", "", "--works-with", "", "--email", "", "--phone", "")
    assert (emptied["note"], emptied["website"], emptied["works_with"], emptied["emails"]) == (None, None, [], [])
    assert crm.json("org", "edit", "mesmac", "--kind", "network", "--phone", "0113 496 0100", "--address", "Leeds")["kind"] == "network"
    assert "nothing to change" in crm.refused(Exit.USAGE, "org", "edit", "mesmac")
    assert "must not be empty" in crm.refused(Exit.USAGE, "org", "edit", "mesmac", "--name", " ")


def test_joining_and_leaving_the_network(crm: Crm) -> None:
    """Each once; that it was a member is kept; it may come back."""
    crm.ok("org", "add", "Leeds GATE")
    assert "is not a network member" in crm.refused(Exit.REFUSED, "org", "leave", "gate")
    assert crm.json("org", "join", "gate", "--on", "2021-07-01")["member_since"] == "2021-07-01"
    assert "has been a network member since 2021-07-01" in crm.refused(Exit.REFUSED, "org", "join", "gate")
    assert "joined on 2021-07-01, after 2021-06-30" in crm.refused(Exit.REFUSED, "org", "leave", "gate", "--on", "2021-06-30")
    left = crm.json("org", "leave", "gate", "--on", "2026-10-01")
    assert (left["member_since"], left["member_until"]) == ("2021-07-01", "2026-10-01")
    assert "its membership ended on 2026-10-01" in crm.refused(Exit.REFUSED, "org", "leave", "gate")
    assert "Network member: Thu 1 Jul 2021 to Thu 1 Oct 2026" in crm.ok("org", "show", "gate").out
    back = crm.json("org", "join", "gate")
    assert (back["member_since"], back["member_until"]) == ("2026-12-01", None)


@pytest.fixture
def four(crm: Crm) -> None:
    """Have a member, one that was one, one that leaves at the end of today, and one that joins tomorrow."""
    crm.once("org", "add", "MESMAC", "--kind", "charity", "--works-with", "LGBTQ+ people", "--since", "2020-01-01")
    crm.once("org", "add", "Leeds GATE", "--kind", "charity", "--since", "2020-01-01")
    crm.once("org", "leave", "gate", "--on", "2026-11-30")
    crm.once("org", "add", "Áras House", "--kind", "community group", "--since", "2020-01-01")
    crm.once("org", "leave", "aras", "--on", "today")
    crm.once("org", "add", "Public Health", "--kind", "council", "--since", "tomorrow")


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["Áras House", "Leeds GATE", "MESMAC", "Public Health"]),
        (("--limit", "1"), ["Áras House"]),
        (("--members",), ["Áras House", "MESMAC"]),
        (("--not-members",), ["Leeds GATE", "Public Health"]),
        (("--kind", "charity"), ["Leeds GATE", "MESMAC"]),
        (("--kind", "charity", "--members"), ["MESMAC"]),
        (("--community", "lgbtq-people"), ["MESMAC"]),
    ],
)
def test_listing(crm: Crm, options: tuple[str, ...], found: list[str]) -> None:
    """By name without accents, narrowed by every filter."""
    assert [one["name"] for one in crm.json("org", "list", *options)] == found


def test_people_now_and_before(crm: Crm, amina: str) -> None:
    """The card and the record have both; the list counts those of now."""
    crm.ok("contact", "add", "Bea Lund", "--org", "mesmac")
    crm.ok("contact", "edit", "bea", "--left", "mesmac", "--on", "2026-11-01")
    shown = crm.json("org", "show", "mesmac")["contacts"]
    assert [(role["contact"]["ref"], role["role"], role["until"]) for role in shown] == [
        (amina, "Outreach lead", None),
        ("P2", None, "2026-11-01"),
    ]
    card = crm.ok("org", "show", "mesmac", "-o", "md").out
    assert card.index("## People") < card.index("Amina Yusuf") < card.index("## People before") < card.index("Bea Lund")
    assert crm.ok("org", "list").out.splitlines()[1].endswith("1")


def test_printed_lists(crm: Crm) -> None:
    """Since when or until when it is a member; an empty list is a note."""
    empty = crm.ok("org", "list")
    assert (empty.out, empty.err) == ("", "no organisations\n")
    crm.ok("org", "add", "MESMAC", "--since", "2020-01-01")
    assert "since 2020" in crm.ok("org", "list").out
    crm.ok("org", "leave", "mesmac")
    assert "until Tue 1 Dec 2026" in crm.ok("org", "list").out


@pytest.mark.usefixtures("four")
def test_finding(crm: Crm) -> None:
    """Partial, unaccented, in any order; ambiguous and unknown ones are refused."""
    assert crm.json("org", "show", "house aras")["name"] == "Áras House"
    crm.ok("org", "add", "Health Watch")
    assert "could be any of: O4 Public Health, O5 Health Watch" in crm.refused(Exit.NOT_FOUND, "org", "show", "health")
    assert "nearest: O1 MESMAC" in crm.refused(Exit.NOT_FOUND, "org", "show", "mezmac")
    assert "no organisation 'O9'" in crm.refused(Exit.NOT_FOUND, "org", "join", "O9")


def test_an_organisation_is_marked_as_revealing_or_not(crm: Crm) -> None:
    """When it is added or later; it says so, and undo takes the mark back."""
    assert crm.json("org", "add", "MESMAC", "--revealing")["revealing"] is True
    assert "Revealing: yes" in " ".join(crm.ok("org", "show", "mesmac").out.split())
    assert crm.json("org", "edit", "mesmac", "--not-revealing")["revealing"] is False
    assert "Revealing" not in crm.ok("org", "show", "mesmac").out
    crm.ok("undo", "--yes")
    assert crm.json("org", "show", "mesmac")["revealing"] is True
    assert crm.json("org", "add", "The King's Fund")["revealing"] is False
