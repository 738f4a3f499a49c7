"""history and undo, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm


def test_undo_takes_the_last_command_back_and_can_be_taken_back(crm: Crm, amina: str) -> None:
    """Undoing is a new entry; undoing that brings the record back with its ref."""
    before = crm.json("show", amina)
    undone = crm("undo", "--yes", "--json")
    assert (undone.code, undone.data) == (Exit.DONE, {"entry": 2, "command": "contact add", "refs": ["P1"]})
    crm.refused(Exit.NOT_FOUND, "show", amina)
    crm.ok("undo", "--yes")
    assert crm.json("show", amina) == before
    assert [(e["entry"], e["command"], e["undoes"]) for e in crm.json("history")] == [
        (4, "undo", 3),
        (3, "undo", 2),
        (2, "contact add", None),
        (1, "org add", None),
    ]


def test_undo_asks_for_yes_where_nobody_can_be_asked(crm: Crm, amina: str) -> None:
    """And says what it would take back."""
    assert crm.refused(Exit.REFUSED, "undo") == (
        "solidarity: entry 2, contact add (P1), would be taken back, and nobody is here to ask\ntry: solidarity undo 2 --yes\n"
    ), amina


def test_undo_of_a_change_brings_the_old_words_back(crm: Crm, amina: str) -> None:
    """Every field and every row that hung on the record."""
    before = crm.json("show", amina)
    crm.ok(
        "contact", "edit", amina, "--name", "Amina Khan", "--email", "new@example.org", "--works-with", "sex workers", "--left", "mesmac"
    )
    crm.ok("undo", "--yes")
    after = crm.json("show", amina)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_undo_refuses_when_later_changes_stand_on_it(crm: Crm, amina: str) -> None:
    """It names the later entry, or the record that would lose what it refers to."""
    crm.ok("contact", "edit", amina, "--note", "later")
    assert "P1 was changed since, by entry 3 (contact edit)" in crm.refused(Exit.REFUSED, "undo", "2", "--yes")
    crm.ok("undo", "3", "--yes")
    crm.ok("followup", "add", "About her", "--due", "today", "--about", amina)
    assert "is what F1 is about" in crm.refused(Exit.REFUSED, "undo", "2", "--yes")
    assert crm.json("show", amina)["name"] == "Amina Yusuf"
    assert "O1 is still part of P1" in crm.refused(Exit.REFUSED, "undo", "1", "--yes")


def test_undo_with_nothing_to_undo_says_so(crm: Crm) -> None:
    """In an empty workspace, or for an entry that is not there."""
    assert "nothing has been recorded yet" in crm.refused(Exit.REFUSED, "undo", "--yes")
    assert "no entry 7" in crm.refused(Exit.REFUSED, "undo", "7", "--yes")


def test_a_ref_is_never_used_again(crm: Crm, amina: str) -> None:
    """What was taken back leaves its number behind."""
    crm.ok("undo", "--yes")
    assert crm.json("contact", "add", "Somebody Else")["ref"] != amina


def test_history_tells_who_changed_what_before_and_after(crm: Crm, amina: str) -> None:
    """Of one record, field by field."""
    crm.ok("contact", "edit", amina, "--name", "Amina Khan", "--as", "Sam Adeyemi")
    entry = crm.json("history", amina, "--limit", "1")[0]
    assert (entry["who"], entry["command"]) == ("Sam Adeyemi", "contact edit")
    assert entry["changes"] == [{"ref": "P1", "field": "name", "before": "Amina Yusuf", "after": "Amina Khan"}]
    shown = crm.ok("history", amina).out
    assert "P1 name: Amina Yusuf → Amina Khan" in shown
    assert crm("history", "--limit", "0").code == Exit.USAGE


def test_history_of_everything_shortens_what_is_long(crm: Crm, amina: str) -> None:
    """A note, the text of a message; of one record it is whole, and for programs it always is."""
    note = " ".join(f"word{number}" for number in range(40))
    crm.ok("contact", "edit", amina, "--note", note)
    assert "P1 note: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9…\n" in crm.ok("history").out
    assert note in crm.ok("history", amina).out
    assert crm.json("history")[0]["changes"][0]["after"] == note


def test_history_of_an_empty_workspace_says_so(crm: Crm) -> None:
    """One line on stderr."""
    assert crm("history") == (Exit.DONE, "", "nothing has been recorded yet\n")


def test_history_of_a_command_that_changed_very_much_shows_the_first_of_it(crm: Crm) -> None:
    """And says how many rows more there are."""
    crm.ok("contact", "add", "Much Tagged", *(word for number in range(150) for word in ("--tag", f"tag {number}")))
    (entry,) = crm.json("history")
    assert (len(entry["changes"]), entry["more"]) == (102, 51)
    assert "; and 51 rows more" in crm.ok("history").out
