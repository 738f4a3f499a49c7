"""today, search, show and log, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm


def test_an_empty_day_says_so(crm: Crm) -> None:
    """Nothing on stdout, one line on stderr, and that is no failure."""
    assert crm("today") == (Exit.DONE, "", "nothing needs you today, nor in the next 7 days\n")
    assert crm.json("today") == []


def test_today_gives_each_line_its_reason(crm: Crm, amina: str) -> None:
    """Overdue first, then today's, then what has no day, then what is ahead."""
    crm.ok("followup", "add", "Overdue", "--due", "2026-11-29", "--about", amina)
    crm.ok("followup", "add", "Ahead", "--due", "2026-12-05")
    crm.ok("followup", "add", "Now", "--due", "today")
    crm.ok("contact", "add", "Quiet Person", "--every", "2w", "--obtained-on", "2026-10-01")
    crm.ok("contact", "add", "Told Nothing", "--source", "public page", "--obtained-on", "2026-11-01")
    assert crm.json("today") == [
        {
            "ref": "F1",
            "what": "Overdue",
            "who": "Amina Yusuf",
            "when": "2026-11-29",
            "why": "due 29 Nov, 2 days overdue",
            "kind": "follow-up",
        },
        {"ref": "F3", "what": "Now", "who": None, "when": "2026-12-01", "why": "due today", "kind": "follow-up"},
        {
            "ref": "P3",
            "what": "privacy notice",
            "who": "Told Nothing",
            "when": "2026-12-01",
            "why": "due today; details came from: public page",
            "kind": "notice",
        },
        {
            "ref": "P2",
            "what": "get in touch",
            "who": "Quiet Person",
            "when": "2026-10-15",
            "why": "quiet: last heard of 61 days ago, wanted every 14",
            "kind": "quiet",
        },
        {"ref": "F2", "what": "Ahead", "who": None, "when": "2026-12-05", "why": "due 5 Dec", "kind": "follow-up"},
    ]


def test_today_can_look_less_far_and_at_one_owner(crm: Crm) -> None:
    """--days and --owner narrow the list."""
    crm.ok("followup", "add", "Sam's", "--due", "+5d", "--owner", "sam")
    crm.ok("followup", "add", "Robin's", "--due", "today", "--owner", "me")
    assert [line["what"] for line in crm.json("today", "--days", "2")] == ["Robin's"]
    assert [line["what"] for line in crm.json("today", "--owner", "Sam Adeyemi")] == ["Sam's"]


def test_today_shows_the_first_lines_and_says_how_many_more(crm: Crm) -> None:
    """--all shows them all."""
    for number in range(42):
        crm.ok("followup", "add", f"Task {number}", "--due", "today")
    shown = crm("today", "--json")
    assert (len(shown.data), shown.err) == (40, "and 2 more: solidarity today --all\n")
    assert len(crm.json("today", "--all")) == 42


def test_a_snoozed_follow_up_stays_away_until_its_day(crm: Crm) -> None:
    """And then it still says when it was due."""
    crm.ok("followup", "add", "Later", "--due", "today")
    crm.ok("followup", "snooze", "F1", "+10d")
    assert crm.json("today") == []
    (line,) = crm.json("today", "--days", "10")
    assert (line["when"], line["why"]) == ("2026-12-11", "due today, snoozed until 11 Dec")


def test_logging_restarts_the_clock_of_a_quiet_contact(crm: Crm) -> None:
    """Being quiet is worked out from the last interaction and kept nowhere."""
    crm.ok("contact", "add", "Quiet Person", "--every", "2w", "--obtained-on", "2026-10-01")
    assert [line["kind"] for line in crm.json("today")] == ["quiet"]
    crm.ok("log", "Rang", "--with", "quiet person", "--kind", "call")
    assert crm.json("today") == []


def test_log_records_who_took_part_and_what_comes_next(crm: Crm, amina: str, sian: str) -> None:
    """The first line is the summary, the rest the body; the follow-up is about the first contact."""
    logged = crm(
        "log",
        "Spoke of the clinic\nShe will ask.",
        "--with",
        amina,
        "--with",
        sian,
        "--with-org",
        "mesmac",
        "--kind",
        "call",
        "--on",
        "2026-11-30",
        "--direction",
        "in",
        "--follow-up",
        "Send the leaflet",
        "--due",
        "friday",
        "--owner",
        "robin",
        "--json",
    )
    assert (logged.code, logged.err) == (Exit.DONE, "to do: F1, due Fri 4 Dec 2026\n")
    data = logged.data
    assert [data[field] for field in ("ref", "on", "kind", "direction", "summary", "body")] == [
        "N1",
        "2026-11-30",
        "call",
        "in",
        "Spoke of the clinic",
        "She will ask.",
    ]
    assert [who["ref"] for who in data["contacts"]] == [amina, sian]
    assert data["organisations"] == [{"ref": "O1", "name": "MESMAC"}]
    assert crm.json("followup", "show", "F1")["about"]["ref"] == amina


@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        ((), Exit.USAGE, "an interaction is with somebody"),
        (("--with", "nobody"), Exit.NOT_FOUND, "no contact 'nobody'"),
        (("--with", "amina", "--on", "tomorrow"), Exit.USAGE, "has not come yet"),
        (("--with", "amina", "--due", "friday"), Exit.USAGE, "needs both"),
        (("--with", "amina", "--kind", "telepathy"), Exit.USAGE, "one of: email, call"),
        (("--with", "amina", "--about", "H9"), Exit.NOT_FOUND, "no record 'H9'"),
    ],
)
def test_log_refuses_what_cannot_be(crm: Crm, amina: str, extra: tuple[str, ...], code: Exit, said: str) -> None:
    """One line, the right code, and nothing recorded."""
    assert said in crm.refused(code, "log", "x", *extra)
    assert crm.json("history", "--limit", "1")[0]["command"] == "contact add", amina


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("o'brien", ["P2"]),
        ("obrien", ["P2"]),
        ("sian", ["P2"]),
        ("SIÂN", ["P2"]),
        ("C++", ["N1"]),
        ("100%", ["N1"]),
        ("amina@example.org", ["P1"]),
        ("lodz", ["N1"]),
        ("łódź", ["N1"]),
        ("outreach mesmac", []),
        ("clin", ["N1"]),
        ('"', []),
        ("* OR NEAR( ^ -", []),
        ("title:amina", []),
        ("sian\0", ["P2"]),
    ],
)
def test_whatever_is_searched_for_is_just_words(crm: Crm, amina: str, sian: str, words: str, refs: list[str]) -> None:
    """Accents, case and marks do not matter, and nothing is taken for a query language."""
    crm.ok("log", "Talked of a 100% C++ clinic in Łódź", "--with", amina, "--with", sian)
    assert [found["ref"] for found in crm.json("search", "--", words)] == refs


def test_a_misspelt_word_finds_the_nearest_and_says_so(crm: Crm, sian: str) -> None:
    """What was looked for instead is on stderr."""
    result = crm("search", "siann", "--json")
    assert (result.code, [found["ref"] for found in result.data], result.err) == (Exit.DONE, [sian], "nothing has siann; looked for sian\n")


def test_search_shows_the_words_where_they_stand(crm: Crm, amina: str) -> None:
    """The matching words are between brackets."""
    crm.ok("log", "We talked for a long time about the new walk-in clinic and who could lead it", "--with", amina)
    (found,) = crm.json("search", "clini")
    assert found["text"] == "…talked for a long time about the new walk-in [clinic] and who could lead it"


def test_search_that_finds_nothing_is_no_failure(crm: Crm) -> None:
    """An empty answer is an answer."""
    assert crm("search", "zzzzqqq") == (Exit.DONE, "", "nothing found\n")


def test_show_takes_any_record_by_ref_or_name(crm: Crm, amina: str) -> None:
    """The card of whatever is meant."""
    assert crm.json("show", amina)["name"] == "Amina Yusuf"
    assert crm.json("show", "mesmac")["ref"] == "O1"
    assert crm.json("show", "yusuf amina")["ref"] == amina
    assert "nearest: P1 Amina Yusuf" in crm.refused(Exit.NOT_FOUND, "show", "amena yussuf")
    assert "no record 'P99'" in crm.refused(Exit.NOT_FOUND, "show", "P99")


def test_an_ambiguous_name_lists_who_it_could_be(crm: Crm, amina: str) -> None:
    """An exact name still beats a partial one."""
    crm.ok("contact", "add", "Amina Yusuf-Khan")
    assert "P1 Amina Yusuf, P2 Amina Yusuf-Khan" in crm.refused(Exit.NOT_FOUND, "show", "amina")
    assert crm.json("show", "amina yusuf")["ref"] == amina


def test_a_card_has_all_that_one_wants_before_a_call(crm: Crm) -> None:
    """How to greet and reach them and how not to, roles now and before, what is open, and a timeline."""
    crm.ok("org", "add", "MESMAC")
    crm.ok("org", "add", "Leeds GATE")
    crm.ok(
        "contact",
        "add",
        "Siân O'Brien",
        "--known-as",
        "Shan",
        "--email",
        "s@example.org",
        "--phone",
        "0113 496 0123",
        "--org",
        "mesmac",
        "--role",
        "Lead",
        "--no-voicemail",
        "--avoid",
        "clinic",
        "--hours",
        "mornings",
        "--channel",
        "email",
        "--note",
        "Invented.\nTwo lines.",
        "--pronouns",
        "she/her",
    )
    crm.ok("contact", "edit", "sian", "--left", "mesmac", "--on", "2026-11-01")
    crm.ok("contact", "edit", "sian", "--org", "gate", "--role", "Trustee")
    crm.ok("log", "Rang", "--with", "sian", "--kind", "call", "--follow-up", "Ring again", "--due", "friday")
    shown = crm.ok("show", "sian").out
    for said in (
        "Greet as:       Shan (she/her)",
        "Only by:        email",
        "Reach when:     mornings",
        "leave no voicemail",
        "Words to avoid: clinic",
        "O2 Leeds GATE",
        "Trustee",
        "Roles before",
        "until Sun 1 Nov 2026",
        "Ring again",
        "Two lines.",
        "Tue 1 Dec 2026  N1",
    ):
        assert said in shown, said
