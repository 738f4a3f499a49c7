"""Contacts, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

LISTS = ("emails", "phones", "websites", "addresses", "affiliations", "works_with", "tags", "former_names", "identifiers")


def refs(found: list[dict[str, Any]]) -> list[str]:
    """Give the refs of a list."""
    return [one["ref"] for one in found]


# --- adding -----------------------------------------------------------------------------------------------


def test_a_name_is_enough(crm: Crm) -> None:
    """Every other field is there and empty; the details are from themselves, today."""
    added = crm.json("contact", "add", "Amina Yusuf")
    assert added.pop("uid")
    assert added.pop("created_at") == added.pop("updated_at")
    kept: dict[str, Any] = {
        "ref": "P1",
        "name": "Amina Yusuf",
        **dict.fromkeys(("given_name", "family_name", "known_as", "pronouns", "basis", "notice_given_on", "cadence")),
        **dict.fromkeys(("do_not_contact_reason", "channels", "contact_hours", "words_to_avoid", "note", "last_contact_on")),
        **dict.fromkeys(("ask_budget", "asks_paused_until")),
        **{several: [] for several in LISTS},
        "source": "self",
        "obtained_on": "2026-12-01",
        "do_not_contact": False,
        "no_voicemail": False,
    }
    assert added == {**kept, **{link: [] for link in added.keys() - kept.keys()}}


def test_every_option_is_kept(crm: Crm) -> None:
    """And show gives the same record."""
    crm.ok("org", "add", "MESMAC")
    options = {
        "--known-as": "Shân", "--given-name": "Siân", "--family-name": "O'Brien", "--pronouns": "she/her",
        "--org": "mesmac", "--role": "Outreach lead", "--source": "event", "--basis": "consent", "--every": "6w",
        "--note": "Met at\nthe fair", "--obtained-on": "2026-11-01", "--notice-given-on": "2026-11-02",
        "--reason": "on leave", "--hours": "weekdays 10 to 2", "--avoid": "clinic",
    }  # fmt: skip
    typed = [part for pair in options.items() for part in pair]
    several = ["--email", "sian@example.org", "--email", "s@example.org", "--phone", "0113 496 0123", "--tag", "gp", "--tag", "lead"]
    several += [
        "--works-with",
        "sex",
        "--works-with",
        "lgbtq",
        "--channel",
        "email",
        "--channel",
        "text",
        "--do-not-contact",
        "--no-voicemail",
    ]
    added = crm.json("contact", "add", "Siân O'Brien [she/her]", *typed, *several)
    assert added == crm.json("contact", "show", "P1")
    assert {field: added[field] for field in ("known_as", "given_name", "family_name", "pronouns", "source", "basis", "note")} == {
        "known_as": "Shân",
        "given_name": "Siân",
        "family_name": "O'Brien",
        "pronouns": "she/her",
        "source": "event",
        "basis": "consent",
        "note": "Met at\nthe fair",
    }
    assert (added["cadence"], added["obtained_on"], added["notice_given_on"]) == (42, "2026-11-01", "2026-11-02")
    assert (added["do_not_contact"], added["do_not_contact_reason"]) == (True, "on leave")
    assert (added["channels"], added["contact_hours"], added["words_to_avoid"]) == ("email, text", "weekdays 10 to 2", "clinic")
    assert (added["no_voicemail"], added["works_with"], added["tags"]) == (True, ["sex workers", "LGBTQ+ people"], ["gp", "lead"])
    assert [(e["value"], e["preferred"]) for e in added["emails"]] == [("sian@example.org", True), ("s@example.org", False)]
    assert added["phones"] == [{"value": "0113 496 0123", "label": None, "preferred": False}]
    assert added["affiliations"] == [
        {"organisation": {"ref": "O1", "name": "MESMAC"}, "role": "Outreach lead", "since": None, "until": None}
    ]


def test_whoever_shares_an_address_or_a_name_is_mentioned(crm: Crm, amina: str) -> None:
    """On stderr, never refused; however the address or number is written."""
    crm.ok("contact", "edit", amina, "--phone", "0113 496 0123")
    assert crm.ok("contact", "add", "Bea Lund", "--email", "AMINA@example.org").err == (
        f"{amina} Amina Yusuf has the same e-mail; if it is the same person: solidarity contact merge {amina} P2\n"
    )
    assert f"{amina} Amina Yusuf has the same phone;" in crm.ok("contact", "add", "Cal Reed", "--phone", "+44 113 4960123").err
    assert f"{amina} Amina Yusuf has the same name;" in crm.ok("contact", "add", "AMINA YUSÚF").err
    assert f"{amina} Amina Yusuf has the same organisation and a near name;" in crm.ok("contact", "add", "A Yusuf", "--org", "mesmac").err
    assert crm.ok("contact", "add", "Dee Osei", "--email", "dee@example.org").err == ""


def test_a_change_that_makes_somebody_like_another_is_mentioned(crm: Crm, amina: str) -> None:
    """Once, by the change that does it."""
    dee = crm.json("contact", "add", "Dee Osei", "--email", "dee@example.org")["ref"]
    said = crm.ok("contact", "edit", dee, "--email", "amina@example.org").err
    assert said == f"{amina} Amina Yusuf has the same e-mail; if it is the same person: solidarity contact merge {amina} {dee}\n"
    assert crm.ok("contact", "edit", dee, "--note", "x").err == ""
    assert crm.ok("contact", "edit", dee, "--phone", "0113 496 0199").err == ""
    assert (
        f"{amina} Amina Yusuf has the same name"
        in crm.ok("contact", "edit", crm.json("contact", "add", "Eve")["ref"], "--name", "amina yusuf").err
    )


def test_an_inbox_of_several_is_not_mentioned(crm: Crm, amina: str) -> None:
    """Two people may well share info@charity; more than a few are counted, not listed."""
    crm.ok("contact", "edit", amina, "--email", "info@mesmac.example")
    assert crm.ok("contact", "add", "Bea Lund", "--email", "info@mesmac.example").err == ""
    for _ in range(7):
        crm.ok("contact", "add", "Bea Lund")
    said = crm.ok("contact", "add", "Bea Lund").err.splitlines()
    assert (len(said), said[-1]) == (6, "and 3 more: solidarity contact duplicates")


def test_a_source_names_who_introduced_them(crm: Crm, amina: str) -> None:
    """By name or ref; somebody who is not there is refused."""
    assert crm.json("contact", "add", "Bea Lund", "--source", "introduced by amina")["source"] == f"introduced by {amina}"
    assert "no contact 'Nobody'" in crm.refused(Exit.NOT_FOUND, "contact", "add", "Cal", "--source", "introduced by Nobody")
    assert "no source 'gossip'" in crm.refused(Exit.USAGE, "contact", "add", "Cal", "--source", "gossip")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--email", "amina at example"), "e-mail 'amina at example'"),
        (("--email", "a@b.org,c@d.org"), "e-mail"),
        (("--phone", "ring me"), "not a phone number"),
        (("--org", "Nowhere Trust"), "no organisation 'Nowhere Trust'"),
        (("--role", "Trustee"), "a role is at an organisation"),
        (("--works-with", "martians"), "no community 'martians'"),
        (("--tag", " "), "must not be empty"),
        (("--basis", "because"), "no lawful basis 'because'"),
        (("--every", "now and then"), "not a recurrence"),
        (("--every", "11y"), "at most ten years"),
        (("--obtained-on", "tomorrow"), "it has not come yet"),
        (("--notice-given-on", "+1w"), "it has not come yet"),
        (("--obtained-on", "2026-02-30"), "not a day in the calendar"),
        (("--channel", "owl"), "no channel 'owl'"),
        (("--reason", "asked us to stop"), "a reason goes with somebody who is not to be contacted"),
        (("--note", "\x1b[31mred"), "control characters"),
        (("--role", "x" * 501, "--org", "MESMAC"), "longer than 500"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_added(crm: Crm, options: tuple[str, ...], said: str) -> None:
    """One clear line, and the store as it was."""
    crm.ok("org", "add", "MESMAC")
    result = crm("contact", "add", "Amina Yusuf", *options)
    assert (result.code in (Exit.USAGE, Exit.NOT_FOUND), result.out) == (True, "")
    assert said in result.err
    assert crm.json("contact", "list") == []


def test_a_name_must_say_something(crm: Crm) -> None:
    """Empty, left out, or with what no keyboard types."""
    assert "must not be empty" in crm.refused(Exit.USAGE, "contact", "add", "  ")
    assert "'NAME'" in crm.refused(Exit.USAGE, "contact", "add")
    assert "control characters" in crm.refused(Exit.USAGE, "contact", "add", "A\x07b")


# --- changing ---------------------------------------------------------------------------------------------


def test_what_is_not_given_stays(crm: Crm, sian: str) -> None:
    """Only the field that was named changes."""
    before = crm.json("contact", "show", sian)
    after = crm.json("contact", "edit", sian, "--note", "Prefers texts")
    assert after == {**before, "note": "Prefers texts", "updated_at": after["updated_at"]}
    assert "nothing to change" in crm.refused(Exit.USAGE, "contact", "edit", sian)


def test_an_empty_text_takes_away_what_was_there(crm: Crm, sian: str) -> None:
    """Texts, lists, the cadence and the channels; a name cannot be empty."""
    crm.ok("contact", "edit", sian, "--note", "x", "--known-as", "Shân", "--basis", "consent", "--every", "2w", "--hours", "mornings")
    crm.ok("contact", "edit", sian, "--works-with", "sex workers", "--channel", "text", "--avoid", "clinic")
    emptied = crm.json(
        "contact", "edit", sian, "--note", "", "--known-as", "", "--basis", "", "--every", "never", "--hours", "", "--works-with", "",
        "--channel", "any", "--avoid", "", "--email", "", "--phone", "",
    )  # fmt: skip
    gone = ("note", "known_as", "basis", "cadence", "contact_hours", "channels", "words_to_avoid")
    assert [emptied[field] for field in gone] == [None] * len(gone)
    assert (emptied["works_with"], emptied["emails"], emptied["phones"]) == ([], [], [])
    assert "must not be empty" in crm.refused(Exit.USAGE, "contact", "edit", sian, "--name", "")
    crm.ok("contact", "edit", sian, "--every", "2w")
    assert crm.json("contact", "edit", sian, "--every", "never")["cadence"] is None


def test_a_list_is_given_whole(crm: Crm, sian: str) -> None:
    """What it does not name goes; the first one is preferred; one that is named twice is there once."""
    edited = crm.json("contact", "edit", sian, "--email", "new@example.org", "--email", "SIAN@example.org", "--email", "new@example.org")
    assert [(e["value"], e["preferred"]) for e in edited["emails"]] == [("new@example.org", True), ("SIAN@example.org", False)]
    assert crm.json("contact", "edit", sian, "--email", "sian@example.org")["emails"] == [
        {"value": "sian@example.org", "label": None, "preferred": False}
    ]
    crm.ok("contact", "edit", sian, "--works-with", "sex workers", "--works-with", "LGBTQ+ people")
    assert crm.json("contact", "edit", sian, "--works-with", "lgbt")["works_with"] == ["LGBTQ+ people"]


def test_a_new_name_is_found_by(crm: Crm, amina: str) -> None:
    """And the old one no longer."""
    crm.ok("contact", "edit", amina, "--name", "Amina Yusuf-Hall")
    assert crm.json("contact", "show", "hall amina")["ref"] == amina
    assert "nearest" not in crm.refused(Exit.NOT_FOUND, "contact", "show", "Zebedee Quill")


def test_past_affiliations_are_kept(crm: Crm, amina: str) -> None:
    """Leaving ends a role and does not remove it; several present ones may stand at once; a return is a new one."""
    crm.ok("org", "add", "Leeds GATE")
    moved = crm.json("contact", "edit", amina, "--left", "mesmac", "--org", "gate", "--role", "Trustee", "--on", "2026-11-01")
    assert [(a["organisation"]["name"], a["role"], a["since"], a["until"]) for a in moved["affiliations"]] == [
        ("Leeds GATE", "Trustee", "2026-11-01", None),
        ("MESMAC", "Outreach lead", None, "2026-11-01"),
    ]
    card = crm.ok("contact", "show", amina).out
    assert card.index("Roles\n") < card.index("Leeds GATE") < card.index("Roles before") < card.index("MESMAC")
    back = crm.json("contact", "edit", amina, "--org", "mesmac", "--role", "Volunteer")
    assert [a["organisation"]["name"] for a in back["affiliations"] if not a["until"]] == ["Leeds GATE", "MESMAC"]
    assert len(back["affiliations"]) == 3


def test_a_present_role_is_renamed_and_not_doubled(crm: Crm, amina: str) -> None:
    """And "" empties it."""
    assert [a["role"] for a in crm.json("contact", "edit", amina, "--org", "mesmac", "--role", "Director")["affiliations"]] == ["Director"]
    assert [a["role"] for a in crm.json("contact", "edit", amina, "--org", "mesmac")["affiliations"]] == ["Director"]
    assert [a["role"] for a in crm.json("contact", "edit", amina, "--org", "mesmac", "--role", "")["affiliations"]] == [None]


def test_leaving_what_one_is_not_in_is_refused(crm: Crm, amina: str) -> None:
    """Nor can a role end before it began, nor is a role or a day anywhere without a place."""
    crm.ok("org", "add", "Leeds GATE")
    assert "no present role at O2" in crm.refused(Exit.REFUSED, "contact", "edit", amina, "--left", "gate")
    crm.ok("contact", "edit", amina, "--org", "gate", "--on", "2026-11-01")
    assert "began on 2026-11-01, after 2026-10-31" in crm.refused(
        Exit.REFUSED, "contact", "edit", amina, "--left", "gate", "--on", "2026-10-31"
    )
    assert "a role is at an organisation" in crm.refused(Exit.USAGE, "contact", "edit", amina, "--role", "Chair")
    assert "--on is the day of a new role" in crm.refused(Exit.USAGE, "contact", "edit", amina, "--note", "x", "--on", "today")


def test_do_not_contact_and_back(crm: Crm, amina: str) -> None:
    """It stands at the top of the card with its reason, which goes when they may be contacted again."""
    crm.ok("contact", "edit", amina, "--do-not-contact", "--reason", "asked us to stop")
    assert crm.ok("contact", "show", amina).out.splitlines()[1] == "DO NOT CONTACT: asked us to stop"
    assert crm.json("contact", "edit", amina, "--reason", "unwell")["do_not_contact_reason"] == "unwell"
    again = crm.json("contact", "edit", amina, "--may-contact")
    assert (again["do_not_contact"], again["do_not_contact_reason"]) == (False, None)
    assert "a reason goes with" in crm.refused(Exit.USAGE, "contact", "edit", amina, "--reason", "unwell")
    assert crm.json("contact", "edit", amina, "--no-voicemail")["no_voicemail"] is True
    assert crm.json("contact", "edit", amina, "--voicemail")["no_voicemail"] is False


# --- tags -------------------------------------------------------------------------------------------------


def test_tags_go_on_and_off(crm: Crm, amina: str) -> None:
    """Each once, in capitals or not; one that is not there cannot be taken off."""
    assert crm.json("contact", "tag", amina, "gp-lead", "Steering", "GP-Lead")["tags"] == ["Steering", "gp-lead"]
    assert crm.json("contact", "tag", amina, "new", "--remove", "steering")["tags"] == ["gp-lead", "new"]
    assert "has no tag 'steering'" in crm.refused(Exit.REFUSED, "contact", "tag", amina, "other", "--remove", "steering")
    assert crm.json("contact", "show", amina)["tags"] == ["gp-lead", "new"]
    assert "nothing to change" in crm.refused(Exit.USAGE, "contact", "tag", amina)
    assert "must not be empty" in crm.refused(Exit.USAGE, "contact", "tag", amina, "")


def test_a_name_without_quotes_becomes_no_tag(crm: Crm, amina: str, sian: str) -> None:
    """Nor does the beginning of one; what is asked for by the ref, or beside the whole name, is a tag."""
    said = crm.refused(Exit.USAGE, "contact", "tag", "amina", "yusuf", "gp")
    assert "'yusuf' is a part of the name of P1 Amina Yusuf; what has several words goes in quotes" in said
    assert f'try: solidarity contact tag {amina} "yusuf", if it is more than the name' in said
    crm.refused(Exit.USAGE, "contact", "tag", "siân", "O'Br")
    assert crm.json("contact", "tag", amina, "yusuf")["tags"] == ["yusuf"]
    assert crm.json("contact", "tag", "Amina Yusuf", "Amina")["tags"] == ["Amina", "yusuf"]
    assert crm.json("contact", "tag", sian, "brien")["tags"] == ["brien"]


# --- listing ----------------------------------------------------------------------------------------------


@pytest.fixture
def three(crm: Crm, amina: str, sian: str) -> None:
    """Have three people: Amina at a member, Siân with an offer, and one who was introduced and not told yet."""
    crm.once("org", "join", "mesmac", "--on", "2020-01-01")
    crm.once("contact", "tag", amina, "GP-Lead")
    crm.once("contact", "edit", amina, "--works-with", "sex workers")
    crm.once("contact", "edit", sian, "--works-with", "LGBTQ+ people")
    crm.once("offer", "add", sian, "advice", "How to chair")
    crm.once("contact", "add", "Bea Lund", "--source", f"introduced by {amina}", "--obtained-on", "2026-10-20", "--do-not-contact")
    crm.once("log", "Rang", "--with", amina, "--on", "2026-11-20")
    crm.once("log", "Wrote", "--with", sian, "--on", "2026-10-01")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["P1", "P3", "P2"]),
        (("--limit", "2"), ["P1", "P3"]),
        (("--community", "sex-workers"), ["P1"]),
        (("--tag", "gp-lead"), ["P1"]),
        (("--tag", "gp"), []),
        (("--org", "mesmac"), ["P1"]),
        (("--members",), ["P1"]),
        (("--offers", "advice"), ["P2"]),
        (("--offers", "data"), []),
        (("--source", "self"), ["P1", "P2"]),
        (("--source", "introduced by"), ["P3"]),
        (("--source", "introduced by amina"), ["P3"]),
        (("--source", "introduced by sian"), []),
        (("--since", "2026-11-01"), ["P1", "P2"]),
        (("--quiet-for", "11d"), ["P1", "P3", "P2"]),
        (("--quiet-for", "12d"), ["P3", "P2"]),
        (("--quiet-for", "1y"), ["P3"]),
        (("--notice-due",), ["P3"]),
        (("--do-not-contact",), ["P3"]),
        (("--may-contact",), ["P1", "P2"]),
        (("--may-contact", "--quiet-for", "6w"), ["P2"]),
    ],
)
def test_listing(crm: Crm, options: tuple[str, ...], found: list[str]) -> None:
    """By name, narrowed by every filter, alone and together."""
    assert refs(crm.json("contact", "list", *options)) == found


def test_somebody_who_left_is_no_longer_listed_there(crm: Crm, amina: str) -> None:
    """Nor among the members' people; on their last day they still are."""
    crm.ok("org", "join", "mesmac", "--on", "2020-01-01")
    crm.ok("contact", "edit", amina, "--left", "mesmac", "--on", "2026-12-01")
    assert refs(crm.json("contact", "list", "--org", "mesmac")) == [amina]
    crm.ok("contact", "add", "Bea Lund", "--org", "mesmac")
    crm.ok("contact", "edit", "bea", "--left", "mesmac", "--on", "2026-11-30")
    assert refs(crm.json("contact", "list", "--org", "mesmac")) == refs(crm.json("contact", "list", "--members")) == [amina]


@pytest.mark.parametrize(
    ("today", "obtained", "due"),
    [("2026-12-01", "2026-11-01", True), ("2026-12-01", "2026-11-02", False), ("2026-02-28", "2026-01-31", True)],
)
def test_a_notice_is_due_one_calendar_month_on(crm: Crm, on_day: Callable[[str], None], today: str, obtained: str, due: bool) -> None:
    """Or on that month's last day when it has no such day; not once it was given."""
    on_day(today)
    crm.ok("contact", "add", "Bea Lund", "--source", "public page", "--obtained-on", obtained)
    assert bool(crm.json("contact", "list", "--notice-due")) == due
    crm.ok("contact", "edit", "bea", "--notice-given-on", "today")
    assert crm.json("contact", "list", "--notice-due") == []


@pytest.mark.usefixtures("three")
def test_printed_lists(crm: Crm) -> None:
    """Who, where, and when last heard of; markup in a name is text; an empty list is a note."""
    lines = crm.ok("contact", "list").out.splitlines()
    assert lines[1].split("  ")[0] == "P1"
    assert "Outreach lead, MESMAC" in lines[1]
    assert "20 Nov 2026" in lines[1]
    assert lines[2].endswith("do not contact")
    assert "Siân O'Brien [she/her]" in lines[3]
    empty = crm.ok("contact", "list", "--tag", "nobody")
    assert (empty.out, empty.err) == ("", "no contacts\n")


# --- finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["P1", "p1", "siân o'brien [she/her]", "sian", "SIAN OBRIEN", "o'brien siân", "O’Brien", "obrien", "brien", "sia bri", "sian-obrien"],
)
@pytest.mark.usefixtures("sian")
def test_a_name_is_found_however_it_is_typed(crm: Crm, typed: str) -> None:
    """By ref, without accents, in any order, by beginnings of words, with any apostrophe or none."""
    assert crm.json("contact", "show", typed)["ref"] == "P1"


def test_other_names_find_too(crm: Crm) -> None:
    """The name to greet by, the given and the family name; Polish, Welsh and wide letters."""
    crm.ok("contact", "add", "Wojciech Łódzki", "--known-as", "Voytek")
    crm.ok("contact", "add", "Ŵyn ap Rhys", "--given-name", "Gwyn")
    for typed, ref in (("voytek", "P1"), ("lodzki", "P1"), ("ŁÓDZ", "P1"), ("wyn", "P2"), ("gwyn rhys", "P2"), ("ＲＨＹＳ", "P2")):
        assert crm.json("contact", "show", typed)["ref"] == ref


def test_an_exact_name_beats_a_partial_one(crm: Crm) -> None:
    """Otherwise several are listed, and none is taken."""
    crm.ok("contact", "add", "Amina Yusuf-Hall")
    crm.ok("contact", "add", "Amina Yusuf")
    assert crm.json("contact", "show", "yusuf amina")["ref"] == "P2"
    said = crm.refused(Exit.NOT_FOUND, "contact", "show", "amina")
    assert "'amina' could be any of: P1 Amina Yusuf-Hall, P2 Amina Yusuf" in said
    assert "by its ref, like P1" in said


def test_a_note_about_somebody_is_not_their_name(crm: Crm, sian: str, amina: str) -> None:
    """Names alone are looked through."""
    crm.ok("contact", "edit", amina, "--note", "Knows Siân O'Brien and Łukasz")
    assert crm.json("contact", "show", "o'brien")["ref"] == sian
    crm.refused(Exit.NOT_FOUND, "contact", "show", "łukasz")


def test_an_unknown_name_lists_the_nearest(crm: Crm, amina: str) -> None:
    """With the command that shows the first; symbols and unknown refs find nobody."""
    said = crm.refused(Exit.NOT_FOUND, "contact", "show", "Amena Yousuf")
    assert f"no contact 'Amena Yousuf'; nearest: {amina} Amina Yusuf" in said
    assert f"try: solidarity show {amina}" in said
    for typed in ("%", "'", '"', "P99", "*", "O1"):
        assert "no contact" in crm.refused(Exit.NOT_FOUND, "contact", "show", typed)
