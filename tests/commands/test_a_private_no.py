"""A no, a silence, a yes taken back and a proposal given up are one and the same in everything that the other side may see."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.store.workspace import opened

if TYPE_CHECKING:
    from conftest import Crm

ENDINGS: dict[str, list[tuple[str, ...]]] = {
    "no": [("answer", "I1", "right", "no", "--words", "I have had trouble with her group", "--by", "call")],
    "silent": [("answer", "I1", "right", "silent")],
    "lapsed": [("lapse", "I1", "--why", "nobody answered")],
    "withdrawn": [("withdraw", "I1", "--why", "they know each other")],
    "declined": [("decline", "I1", "--why", "not the right moment")],
    "yes taken back": [("answer", "I1", "right", "yes", "--share", "name,email"), ("answer", "I1", "right", "no")],
}
FORMATS = ("text", "md", "html", "csv", "json")


def seen(crm: Crm, left: str) -> dict[str, str]:
    """Give everything of it that the left side may see: reports, their card, their messages, the calendar, exports."""
    crm.ok("intro", "tell", "I1")
    found = {f"{report} {form}": crm.ok("report", *report.split(), "--format", form).out
             for report in ("introductions", f"contact {left}") for form in FORMATS}  # fmt: skip
    found["card"] = crm.ok("contact", "show", left).out
    found["messages"] = "\n".join(
        f"{draft['subject']}\n{draft['body']}\n{draft['status']}" for draft in crm.json("outreach", "list") if draft["to"]["ref"] == left
    )
    found["calendar"] = "\n".join(line for line in crm.ok("calendar", "export", "-").out.splitlines() if not line.startswith("DTSTAMP"))
    found["contacts"] = crm.ok("contact", "export", "-", "--for", "Amina Yusuf: her own details", "--yes").out
    return found


@pytest.mark.parametrize("asked", [True, False])
def test_a_private_no_is_indistinguishable(crm: Crm, amina: str, sian: str, *, asked: bool) -> None:
    """The same bytes, whatever the other side said or did not say, and whether they were asked."""
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins", "--on", "2026-11-01")
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-02")
    crm.ok("followup", "add", "Ring about the introduction", "--about", "I1", "--due", "2026-12-03")
    crm.ok("intro", "answer", "I1", "left", "yes", "--on", "2026-11-03")
    if asked:
        crm.ok("intro", "ask", "I1", "right", "--on", "2026-11-05")
    all_seen = {}
    for ending, steps in ENDINGS.items():
        folder = crm.workspace.folder.parent / ending.replace(" ", "-")
        other = type(crm)(opened(shutil.copytree(crm.workspace.folder, folder)), crm._capture)
        for step in steps:
            other.ok("intro", *step)
        all_seen[ending] = seen(other, amina)
    expected = all_seen["lapsed"]
    assert "not pursued" in expected["introductions text"]
    assert "It is not pursued for now." in expected["messages"]
    for ending, found in all_seen.items():
        for what, text in found.items():
            assert text == expected[what], (ending, what)


@pytest.mark.parametrize("form", FORMATS)
def test_a_reason_that_names_the_other_is_not_in_their_report(crm: Crm, amina: str, sian: str, form: str) -> None:
    """Nor are the words of a no; whatever names nobody is."""
    crm.ok("intro", "propose", amina, sian, "--why", "Siân has dealt with MESMAC before")
    crm.ok("intro", "answer", "I1", "right", "no", "--words", "not with those people")
    crm.ok("contact", "add", "Ola Akin", "--email", "ola@example.org")
    crm.ok("intro", "propose", amina, "ola", "--why", "Both run drop-ins")
    org = crm.json("contact", "show", amina)["affiliations"][0]["organisation"]["ref"]
    for report in (("contact", amina), ("org", org)):
        text = crm.ok("report", *report, "--format", form).out
        assert "Both run drop-ins" in text
        assert not [words for words in ("dealt with", "Siân", "Si\\u00e2n", "those people") if words in text]
    # her own name is no secret to her, and where Amina is, is shared with nobody
    assert "dealt with" not in crm.ok("report", "contact", sian, "--format", form).out
