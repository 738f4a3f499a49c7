"""kill -9 of a real writing command at random moments: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from killing import CHANCE, KILLS, Running, pause, seconds, unsound

if TYPE_CHECKING:
    from conftest import Crm

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


def adding(number: int) -> list[str]:
    """Give a command that writes rows in five tables, the journal and the index."""
    person = ["contact", "add", f"Person {number}", "--email", f"person{number}@example.org", "--phone", "0113 496 0123"]
    return [*person, "--works-with", "sex workers", "--tag", f"tag-{number}", "--note", f"word{number}", "--json"]


def whole(contact: dict[str, Any]) -> bool:
    """Say whether a contact has everything that its command gave."""
    number = contact["name"].split()[1]
    return (
        [point["value"] for point in contact["emails"]] == [f"person{number}@example.org"]
        and len(contact["phones"]) == 1
        and (contact["works_with"], contact["tags"], contact["note"]) == (["sex workers"], [f"tag-{number}"], f"word{number}")
    )


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(crm: Crm) -> None:
    """Every other kill waits for the moment in which the file is written; the next command just works."""
    usual = seconds(crm.workspace, *adding(0))
    acknowledged = {"Person 0"}
    for number in range(1, KILLS + 1):
        running = Running(crm.workspace, *adding(number))
        if number % 2:
            running.until_it_writes()
            pause(0.01)
        else:
            pause(usual * 1.1)
        ended = running.end(signal.SIGKILL)
        assert ended.code in (0, -signal.SIGKILL), ended
        if ended.out.endswith("}\n"):
            acknowledged.add(json.loads(ended.out)["name"])
        there = crm.json("contact", "list")  # reads first, as whoever looks what became of it would
        assert [contact["name"] for contact in there if not whole(contact)] == []
        assert acknowledged <= {contact["name"] for contact in there}
        assert unsound(crm.workspace, killed=True) == []
    refs = [contact["ref"] for contact in crm.json("contact", "list")]
    assert crm.json("contact", "add", "Afterwards")["ref"] not in refs
    assert unsound(crm.workspace) == []


def test_a_recurring_follow_up_is_done_and_opened_anew_or_neither(crm: Crm) -> None:
    """Two records in one command: however often it is killed, exactly one is open."""
    crm.ok("followup", "add", "Call round", "--due", "2026-11-20", "--every", "1w")
    usual = seconds(crm.workspace, "followup", "list")
    for _ in range(max(KILLS // 2, 5)):
        (ref,) = [each["ref"] for each in crm.json("followup", "list")]
        running = Running(crm.workspace, "followup", "done", ref)
        if CHANCE.random() < 0.7:
            running.until_it_writes()
            pause(0.01)
        else:
            pause(usual * 4)
        running.end(signal.SIGKILL)
        assert len(crm.json("followup", "list")) == 1
        assert unsound(crm.workspace, killed=True) == []
