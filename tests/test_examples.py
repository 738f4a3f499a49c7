"""The example partnerships: whole, invented where they must be, and with something to show in every list."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from solidarity_crm import cli
from solidarity_crm.errors import Exit
from solidarity_crm.exchange.folder import form
from solidarity_crm.exchange.folder.sheets import sheets
from solidarity_crm.exchange.tables.cells import write_csv
from solidarity_crm.queries.agenda import agenda
from solidarity_crm.queries.counts import counts
from solidarity_crm.queries.reading import open_store
from solidarity_crm.resources import folder as shipped
from solidarity_crm.rules.agenda import Limits, order
from solidarity_crm.rules.help_kinds import HELP_KINDS, INTERACTION_KINDS
from solidarity_crm.rules.introducing import SIDES
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.ties import STATES as TIE_STATES
from solidarity_crm.rules.ties import STRENGTHS
from solidarity_crm.store import check
from solidarity_crm.store.settings import load
from solidarity_crm.store.workspace import Workspace, opened

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

EXAMPLES = ("leeds", "derby")
# the family names of who signs or is quoted in the partnerships' own public texts, as digests: their names are not ours to keep
REAL_PEOPLE = {"d4bd435c46ae477f", "c445a136724539dc", "4a00a013ebcc4c15", "65caf07514130a4c", "489f3692b9eef815"}
REAL = {
    "leeds": (
        "Leeds Solidarity Network", "Leeds Asylum Seekers Support Network", "MESMAC", "Leeds GATE", "Basis Yorkshire",
        "Leeds Clinical Commissioning Group", "Leeds City Council Public Health", "The King's Fund", "The National Lottery",
    ),
    "derby": (
        "Derby Health Inequalities Partnership", "Derby City Council", "Community Action Derby", "Disability Direct", "Black Lives Matter",
        "Pakistan Community Centre", "West Indian Community Centre", "Community One", "Derby Asian Strategic Partnership", "Derby Homes",
        "Health and Wellbeing Board",
    ),
}  # fmt: skip
MEMBERS = {"leeds": 4, "derby": 7}
# where having a role suggests what could harm somebody if it were known
REVEALING = {
    "leeds": {"Leeds Asylum Seekers Support Network", "MESMAC", "Leeds GATE", "Basis Yorkshire"},
    "derby": {
        "Disability Direct", "Black Lives Matter", "Pakistan Community Centre", "West Indian Community Centre",
        "Derby Asian Strategic Partnership",
    },
}  # fmt: skip
# RFC 2606 names, and the ranges that Ofcom keeps free for drama
ADDRESS = re.compile(r"[\w.+'-]+@(?:[\w-]+\.)*(?:example|example\.org)\Z")
PHONE = re.compile(r"(?:0113 496 0\d{3}|01632 960\d{3}|07700 900\d{3})\Z")
POSTCODE = re.compile(r"[A-Z]{2}0 0[A-Z]{2}\Z")  # no area has a district 0 with these
WEBSITE = re.compile(r"https://(?:[\w-]+\.)*(?:example|example\.org)(?:/\S*)?\Z")
ANY_PHONE = re.compile(r"(?<![\w-])\+?0\d{3,4} ?\d{3} ?\d{3,4}(?![\w-])")


_LATER_FILES = (
    *("proposals", "mergers", "not_duplicates", "disclosures", "ties", "over_budget", "dead_addresses", "read_mail", "published_counts"),
    *("consents", "suppressions", "groups", "answers", "calendar_events"),
)


class Example(NamedTuple):
    """An example: its folder, its anchor, the rows of each of its files, and a workspace made of it as it is."""

    name: str
    folder: Path
    anchor: date
    rows: dict[str, list[dict[str, Any]]]
    workspace: Workspace

    def values(self, file: str, column: str) -> list[Any]:
        """List what a column says, empty cells left out."""
        return [row[column] for row in self.rows[file] if column in row]


@pytest.fixture(scope="session", params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Read an example, and make a workspace of it on its own day."""
    folder = shipped("examples") / request.param
    settings = load(folder / "solidarity.toml")
    reading = form.read(folder, sheets(settings))
    assert (reading.problems, reading.absent) == ([], [])
    raw = tomllib.loads((folder / "solidarity.toml").read_text(encoding="utf-8"))
    made = tmp_path_factory.mktemp("examples") / request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOLIDARITY_TODAY", raw["example"]["anchor"].isoformat())
        assert cli.main(["init", str(made), "--settings", str(folder / "solidarity.toml")]) == Exit.DONE
        assert cli.main(["store", "import", str(folder), "-w", str(made)]) == Exit.DONE
    rows = {name: [line.values for line in lines] for name, lines in reading.lines.items()}
    return Example(request.param, folder, raw["example"]["anchor"], rows, opened(made))


def test_it_is_as_large_as_a_partnerships_autumn(example: Example) -> None:
    """Enough of every noun for every list and report."""
    least = {"contacts": 25, "offers": 15, "asks": 6, "introductions": 8, "followups": 15, "meetings": 6, "interactions": 40, "drafts": 4}
    assert {name: len(example.rows[name]) for name in least if len(example.rows[name]) < least[name]} == {}
    affiliations = example.values("affiliations", "contact")
    assert sum(affiliations.count(contact) > 1 for contact in set(affiliations)) >= 5
    assert len(example.values("affiliations", "until")) >= 2


def test_every_kind_and_every_state_is_there(example: Example) -> None:
    """Offers in each kind of help, and each noun in each state of its lifecycle."""
    assert set(example.values("offers", "kind")) == set(HELP_KINDS)
    assert set(example.values("interactions", "kind")) == set(INTERACTION_KINDS)
    for name, letter in (("offers", "H"), ("asks", "A"), ("introductions", "I"), ("followups", "F"), ("meetings", "M")):
        assert set(example.values(name, "status")) == set(STATES[letter]), name
    assert {"draft", "exported", "cancelled"} <= set(example.values("drafts", "status"))
    assert example.values("followups", "every")
    assert example.values("followups", "snoozed_until")


def test_the_organisations_are_the_real_ones(example: Example) -> None:
    """Those that the partnerships name are there as they are, and the members are members."""
    names = set(example.values("organisations", "name"))
    assert set(REAL[example.name]) <= names
    assert len(example.values("organisations", "member_since")) == MEMBERS[example.name]
    for row in example.rows["organisations"]:
        note = row.get("note", "")
        assert note.startswith("Invented.") != (row["name"] in REAL[example.name]), row["name"]


def test_every_person_is_invented_and_marked(example: Example) -> None:
    """No real person of the partnerships' own texts is in any file."""
    assert [row["name"] for row in example.rows["contacts"] if not row.get("note", "").startswith("Invented.")] == []
    for path in sorted(example.folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        words = {word.casefold() for word in re.findall(r"\w+", text)}
        assert {hashlib.sha256(word.encode()).hexdigest()[:16] for word in words} & REAL_PEOPLE == set(), path.name


def test_addresses_and_numbers_belong_to_nobody(example: Example) -> None:
    """Mail cannot arrive, and phones cannot ring."""
    for name in ("contacts", "organisations"):
        assert [p.value for points in example.values(name, "emails") for p in points if not ADDRESS.match(p.value)] == []
        assert [p.value for points in example.values(name, "phones") for p in points if not PHONE.match(p.value)] == []
    assert [p.value for points in example.values("contacts", "websites") for p in points if not WEBSITE.match(p.value)] == []
    places = [place for several in example.values("contacts", "addresses") for place in several]
    assert [place for place in places if place.postal_code and not POSTCODE.match(place.postal_code)] == []
    for path in sorted(example.folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert [found for found in re.findall(r"[\w.+'-]+@[\w.-]*\w", text) if not ADDRESS.match(found)] == [], path.name
        assert [found for found in ANY_PHONE.findall(text) if not PHONE.match(found)] == [], path.name


def test_every_record_looks_back_over_some_months(example: Example) -> None:
    """What happened lies before the anchor, most of it within half a year and more."""
    happened = example.values("interactions", "on")
    assert max(happened) <= example.anchor
    assert (max(happened) - min(happened)).days > 100
    assert all(made.date() <= example.anchor for sheet in ("contacts", "offers") for made in example.values(sheet, "created_at"))


def test_it_is_in_the_form_that_an_export_has(example: Example, tmp_path: Path) -> None:
    """In and out again gives the very bytes that are kept here."""
    assert cli.main(["store", "export", str(tmp_path / "out"), "-w", str(example.workspace.folder)]) == Exit.DONE
    for path in sorted((tmp_path / "out").iterdir()):
        assert path.read_bytes() == (example.folder / path.name).read_bytes(), path.name
    assert check.problems(example.workspace.store) == []


def test_what_imports_and_mergers_leave_is_there(example: Example) -> None:
    """Something in every column and file that the front door fills, so that it is seen to come back."""
    for column in ("websites", "addresses", "former_names", "identifiers"):
        assert example.values("contacts", column), column
    assert example.values("organisations", "former_names")
    for name in ("mergers", "not_duplicates", "disclosures"):
        assert example.rows[name], name
    happened = [day for name in ("mergers", "not_duplicates", "disclosures") for day in example.values(name, "on")]
    assert max([*happened, *example.values("proposals", "received_on")]) <= example.anchor


def test_the_network_is_there(example: Example) -> None:
    """Ties in each strength and state, an ask past a budget, a budget and a pause, and the organisations that give people away."""
    assert set(example.values("ties", "strength")) == set(STRENGTHS)
    assert set(example.values("ties", "state")) == set(TIE_STATES)
    assert max([*example.values("ties", "noted_on"), *example.values("over_budget", "on")]) <= example.anchor
    assert example.values("contacts", "ask_budget")
    assert example.values("contacts", "asks_paused_until")
    assert {row["name"] for row in example.rows["organisations"] if row["revealing"]} == REVEALING[example.name]
    assert example.values("introductions", "result")
    assert example.values("introductions", "introducer_told_on")


def test_what_people_said_is_there(example: Example) -> None:
    """A yes, one of them with an end, groups and the list of those never written to."""
    consents = example.rows["consents"]
    assert {row["kind"] for row in consents} <= {"given", "withdrawn"}
    assert any("until" in row for row in consents)
    assert max(row["on"] for row in consents) <= example.anchor
    assert {row["kind"] for row in example.rows["suppressions"]} <= {"address", "domain"}
    assert len(example.rows["groups"]) == 2


def test_a_folder_of_an_earlier_version_is_imported(example: Example, tmp_path: Path) -> None:
    """One without the files and columns that came later: they count as empty."""
    later = {
        *("websites", "addresses", "former_names", "identifiers", "ask_budget", "asks_paused_until", "revealing", "result", "subscriber"),
        *("month_day", "all_day", "recurs", "left_out", "series", "date_of", "approved_on", "sending_at", "anyway"),
    }
    later |= {f"introducer_{done}_on" for done in ("asked", "reminded", "told")}
    later |= {
        f"{side}_{said}" for side in SIDES for said in ("asked_by", "asked_words", "one_mail", "withdrawn_on", "told_on", "described_as")
    }
    for name, lines in ((path.stem, path.open(encoding="utf-8-sig", newline="")) for path in sorted(example.folder.glob("*.csv"))):
        rows = list(csv.DictReader(lines))
        lines.close()
        if name in example.rows and name not in _LATER_FILES:
            earlier = [
                {head: cell for head, cell in row.items() if head not in later} for row in rows if not row.get("record", "").startswith("R")
            ]
            text = write_csv(list(earlier[0]), [list(row.values()) for row in earlier], guarded=False)
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    assert cli.main(["init", "fresh", "--settings", str(example.folder / "solidarity.toml")]) == Exit.DONE
    assert cli.main(["store", "import", str(tmp_path), "-w", "fresh"]) == Exit.DONE
    store = open_store(opened(tmp_path / "fresh"))
    assert counts(store).contacts == len(example.rows["contacts"])
    assert store.connection.execute("SELECT count(*) FROM former_name").fetchone() == (0,)
    store.close()


def test_today_has_every_kind_of_line(example: Example) -> None:
    """Overdue and due, ahead, waiting, stale, stuck, owed, quiet, and privacy notices."""
    store = open_store(example.workspace)
    intervals = store.settings.intervals
    limits = Limits(intervals.offer_waiting_days, intervals.introduction_stuck_days, 7)
    lines = order(agenda(store, today=example.anchor, days=7, owner=None), today=example.anchor, limits=limits)
    store.close()
    assert {line.kind for line in lines} == {
        "follow-up", "meeting", "offer", "stale", "thanks", "ask", "introduction", "agreed", "quiet", "notice",
    }  # fmt: skip
    reasons = " ".join(line.why for line in lines)
    for words in (
        "overdue",
        "due today",
        "waiting",
        "stale",
        "stuck: left",
        "stuck: right",
        "both said yes",
        "thanks owed",
        "quiet",
        "today at",
    ):
        assert words in reasons, words
