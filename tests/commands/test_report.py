"""Reports, as typed."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

HOSTILE = 'Eve <script>alert(1)</script> [/red] & "co"'


@pytest.fixture
def busy(crm: Crm) -> Crm:
    """Fill a workspace with something for each report to say."""
    crm.once("org", "add", "MESMAC", "--kind", "charity", "--member", "--since", "2021-07-01")
    crm.once(
        "contact",
        "add",
        "Amina Yusuf",
        "--email",
        "amina@example.org",
        "--org",
        "mesmac",
        "--role",
        "Lead",
        "--works-with",
        "sex workers",
        "--tag",
        "gp",
    )
    crm.once("contact", "add", HOSTILE, "--do-not-contact")
    crm.once("contact", "add", "Siân O'Brien")
    crm.once("log", "Rang about the clinic", "--with", "amina", "--kind", "call", "--on", "2026-11-20")
    crm.once("offer", "add", "amina", "advice", "Reception training", "--on", "2026-11-02")
    crm.once("offer", "add", "sian", "data", "Survey results", "--on", "2026-10-01")
    crm.once("offer", "accept", "H2")
    crm.once("offer", "fulfil", "H2", "--outcome", "Used in the bid")
    crm.once("intro", "propose", "amina", "sian", "--why", "both run clinics")
    return crm


class Page(HTMLParser):
    """The tags of a page, and what it asks of the world."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.asks: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and whatever would be fetched."""
        self.tags.append(tag)
        self.asks += [name for name, _ in attrs if name in ("src", "href", "action", "srcset")]


def test_the_contact_report_leaves_out_addresses(busy: Crm) -> None:
    """A steering group reads names, roles and communities, and no way to reach anybody."""
    report = busy.json("report", "contacts")
    assert report["figures"]["Contacts"] == 3
    assert report["figures"]["Network members"] == 1
    assert report["rows"][0] == {
        "ref": "P1",
        "name": "Amina Yusuf",
        "roles": ["Lead, MESMAC"],
        "works_with": ["sex workers"],
        "tags": ["gp"],
        "last_contact_on": "2026-11-20",
        "do_not_contact": False,
    }
    for form in ("text", "md", "html", "csv", "json"):
        assert "example.org" not in busy.ok("report", "contacts", "--format", form).out


def test_the_contact_report_takes_the_lists_filters(busy: Crm) -> None:
    """Only whom the filter finds."""
    assert [row["name"] for row in busy.json("report", "contacts", "--community", "sex")["rows"]] == ["Amina Yusuf"]
    assert busy.json("report", "contacts", "--quiet-for", "2w")["figures"]["Contacts"] == 2


def test_a_page_asks_for_nothing_and_escapes_everything(busy: Crm, tmp_path: Path) -> None:
    """Self-contained, with a policy that forbids requests, whatever a name holds."""
    target = tmp_path / "contacts.html"
    result = busy("report", "contacts", "--to", str(target))
    assert (result.code, result.out, result.err) == (Exit.DONE, "", f"written: {target}\n")
    text = target.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags
    assert page.asks == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [/red] &amp; &#34;co&#34;" in text
    assert "default-src 'none'" in text
    assert "@page { size: A4" in text


def test_a_file_whose_name_says_no_format_is_not_written(busy: Crm, tmp_path: Path) -> None:
    """A text that is called a PDF opens in nothing; whoever says the format may call it anything."""
    target = tmp_path / "contacts.pdf"
    said = busy.refused(Exit.USAGE, "report", "contacts", "--to", str(target))
    assert "the ending says the format: .html, .md, .csv, .json, .txt\ntry: a name like report.html, or --format text" in said
    assert not target.exists()
    busy.ok("report", "contacts", "--to", str(target), "--format", "md")
    busy.ok("report", "contacts", "--to", str(tmp_path / "contacts"))


def test_a_report_never_takes_the_place_of_a_file(busy: Crm, tmp_path: Path) -> None:
    """Unless told to."""
    target = tmp_path / "contacts.csv"
    target.write_text("mine", encoding="utf-8")
    assert "is there already" in busy.refused(Exit.REFUSED, "report", "contacts", "--to", str(target))
    assert target.read_text(encoding="utf-8") == "mine"
    busy.ok("report", "contacts", "--to", str(target), "--force")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["name"] for row in rows] == ["Amina Yusuf", HOSTILE, "Siân O'Brien"]


def test_the_report_on_one_contact_has_everything_that_happened(busy: Crm) -> None:
    """The card with the whole timeline; the rows are the timeline."""
    report = busy.json("report", "contact", "amina")
    assert [row["ref"] for row in report["rows"]] == ["I1", "N1", "H1"]
    assert "Greet as" in busy.ok("report", "contact", "amina").out
    assert "no contact 'zoltan'" in busy.refused(Exit.NOT_FOUND, "report", "contact", "zoltan")


def test_the_report_on_an_organisation_tells_what_happened_with_its_people(busy: Crm) -> None:
    """Its card, then its present people's happenings."""
    report = busy.json("report", "org", "mesmac")
    assert (report["figures"]["People"], [row["ref"] for row in report["rows"]]) == (1, ["I1", "N1", "H1"])
    assert "What happened with its people" in busy.ok("report", "org", "mesmac").out


def test_the_report_on_offers_counts_kinds_and_states(busy: Crm) -> None:
    """What waits, what is stale, what is owed, what came of it."""
    figures = busy.json("report", "offers")["figures"]
    assert figures == {
        "Offers": 2,
        "Open": 1,
        "Times they were called on": 0,
        "Waiting for an answer from us": 1,
        "Stale": 0,
        "Thanks owed": 1,
    }
    shown = busy.ok("report", "offers", "--format", "md").out
    assert "| advice | 1 | 0 | 0 | 0 | 0 | 0 |" in shown
    assert "Used in the bid" in shown
    assert busy.json("report", "offers", "--since", "2026-11-01")["figures"]["Offers"] == 1


def test_the_report_on_introductions_tells_how_far_each_got(busy: Crm) -> None:
    """In every state, also those that none is in."""
    report = busy.json("report", "introductions")
    assert (report["figures"]["Introductions"], report["figures"]["Made"]) == (1, 0)
    assert "| proposed | 1 |" in busy.ok("report", "introductions", "--format", "md").out


@pytest.mark.parametrize("name", ["contacts", "offers", "introductions"])
@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_every_report_of_an_empty_workspace_says_so_in_every_form(crm: Crm, name: str, form: str) -> None:
    """No failure, and figures of nothing."""
    out = crm.ok("report", name, "--format", form).out
    if form == "json":
        assert json.loads(out)["rows"] == []
    else:
        assert re.search(r"0|^\r?$", out, re.MULTILINE)


def test_a_format_can_be_asked_for_as_everywhere_else(busy: Crm) -> None:
    """-o md and --format md are the same; an unknown format is refused with the known ones."""
    assert busy.ok("report", "offers", "-o", "md").out == busy.ok("report", "offers", "--format", "md").out
    assert "text, md, html, csv, json" in busy.refused(Exit.USAGE, "report", "offers", "--format", "pdf")
