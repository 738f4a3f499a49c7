"""What one record becomes of two: what protects the person more wins, a blank is filled, the rest is chosen."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import BadValue, UnknownChoice, Usage
from solidarity_crm.rules.merging import Pair, merged, read_take
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.permission import Case, decide

CONTACT: dict[str, Any] = {
    **dict.fromkeys(("given_name", "family_name", "known_as", "pronouns", "basis", "notice_given_on", "cadence_days", "note")),
    **dict.fromkeys(("do_not_contact_reason", "channels", "contact_hours", "words_to_avoid", "ask_budget", "asks_paused_until")),
    "name": "Amina Yusuf",
    "source": "self",
    "obtained_on": "2026-05-01",
    "do_not_contact": 0,
    "no_voicemail": 0,
}
ORGANISATION: dict[str, Any] = {
    "name": "MESMAC",
    "kind": "other",
    **dict.fromkeys(("website", "address", "member_since", "member_until", "note", "subscriber")),
    "revealing": 0,
}


def became(keep: dict[str, Any], other: dict[str, Any], **take: str) -> dict[str, Any]:
    """Give the fields that change or were settled, of two contacts that say this and nothing else."""
    pair = Pair("P3", "P9", {**CONTACT, **keep}, {**CONTACT, **other})
    return {outcome.field: outcome.becomes for outcome in merged("contact", pair, take)}


@pytest.mark.parametrize(
    ("keep", "other", "becomes"),
    [
        # whether they may be contacted
        ({"do_not_contact": 1, "do_not_contact_reason": "ill"}, {}, {}),
        ({}, {"do_not_contact": 1, "do_not_contact_reason": "ill"}, {"do_not_contact": 1, "do_not_contact_reason": "ill"}),
        (
            {"do_not_contact": 1, "do_not_contact_reason": "ill"},
            {"do_not_contact": 1, "do_not_contact_reason": "asked"},
            {"do_not_contact_reason": "ill; asked"},
        ),
        # by which channels: only those that both call safe
        ({}, {"channels": "email, text"}, {"channels": "email, text"}),
        ({"channels": "call"}, {}, {}),
        ({"channels": "call, email, text"}, {"channels": "text, email"}, {"channels": "email, text"}),
        (
            {"channels": "call"},
            {"channels": "text"},
            {
                "channels": "call",
                "do_not_contact": 1,
                "do_not_contact_reason": "no channel is safe by both of two merged records (call; text): say which is",
            },
        ),
        # voicemail, hours, words
        ({}, {"no_voicemail": 1}, {"no_voicemail": 1}),
        ({}, {"ask_budget": 0}, {"ask_budget": 0}),
        ({"ask_budget": 0}, {"ask_budget": 3}, {}),
        ({"asks_paused_until": "2026-12-01"}, {"asks_paused_until": "2027-01-01"}, {"asks_paused_until": "2027-01-01"}),
        ({"no_voicemail": 1}, {}, {}),
        ({"contact_hours": "mornings"}, {"contact_hours": "not fridays"}, {"contact_hours": "mornings; not fridays"}),
        ({"words_to_avoid": "clinic, HIV"}, {"words_to_avoid": "Clinic, asylum"}, {"words_to_avoid": "clinic, HIV, asylum"}),
        # the basis that permits less
        ({"basis": "consent"}, {"basis": "legitimate interests"}, {"basis": "consent"}),
        ({"basis": "legitimate interests"}, {"basis": "consent"}, {"basis": "consent"}),
        ({"basis": "contract"}, {"basis": "public task"}, {"basis": "contract"}),
        ({}, {"basis": "consent"}, {"basis": "consent"}),
        # a notice that is owed for either stays owed, since the earlier day, and says from where
        ({}, {"source": "partner"}, {"source": "partner"}),
        ({"source": "event"}, {"source": "partner", "notice_given_on": "2026-06-01"}, {"source": "event"}),
        (
            {"source": "event", "notice_given_on": "2026-06-01"},
            {"source": "partner", "obtained_on": "2026-04-01"},
            {"source": "partner", "obtained_on": "2026-04-01", "notice_given_on": None},
        ),
        (
            {"source": "event", "notice_given_on": "2026-06-01"},
            {"source": "event", "notice_given_on": "2026-07-01"},
            {"notice_given_on": "2026-07-01"},
        ),
        ({"source": "event", "notice_given_on": "2026-06-01"}, {}, {"source": "event"}),
        # nobody introduces themselves
        ({}, {"source": "introduced by P3"}, {"source": "self"}),
        ({"source": "introduced by P9"}, {"source": "event"}, {"source": "event"}),
        ({"source": "introduced by P9"}, {"source": "introduced by P3"}, {"source": "self"}),
        # the rest
        ({"cadence_days": 42}, {"cadence_days": 30}, {"cadence_days": 30}),
        ({"note": "Likes tea"}, {"note": "Has a dog"}, {"note": "Likes tea\n\nHas a dog"}),
        ({"note": "Likes tea. Has a dog"}, {"note": "Has a dog"}, {"note": "Likes tea. Has a dog"}),
        ({"pronouns": "she/her"}, {"pronouns": "they"}, {"pronouns": "she/her"}),
        ({"name": "Amina Y."}, {"name": "amina y", "given_name": "Amina"}, {"name": "Amina Y.", "given_name": "Amina"}),
        ({}, {"name": "Amina Hall", "given_name": "Amina", "family_name": "Hall"}, {"name": "Amina Yusuf"}),
    ],
)
def test_what_two_contacts_become(keep: dict[str, Any], other: dict[str, Any], becomes: dict[str, Any]) -> None:
    """Only what differs is settled; what is not named stays."""
    assert became(keep, other) == becomes


def test_what_is_chosen_is_taken() -> None:
    """A name brings its parts along, also where they are blank."""
    keep = {"name": "Amina Yusuf", "given_name": "Amina", "family_name": "Yusuf", "pronouns": "she"}
    assert became(keep, {"name": "Mina Hall", "given_name": "Mina", "pronouns": "they"}, name="other", pronouns="keep") == {
        "name": "Mina Hall",
        "given_name": "Mina",
        "family_name": None,
        "pronouns": "she",
    }


def test_what_is_not_for_choosing_is_refused() -> None:
    """An unknown field, one that a rule settles, one in which the two do not differ."""
    with pytest.raises(UnknownChoice, match="do_not_contact"):
        became({}, {"do_not_contact": 1}, do_not_contact="keep")
    with pytest.raises(Usage, match="source is not for choosing here: it is stricter"):
        became({}, {"source": "partner"}, source="keep")
    with pytest.raises(Usage, match="do not differ"):
        became({}, {}, pronouns="other")
    with pytest.raises(Usage, match="it is filled"):
        became({}, {"pronouns": "they"}, pronouns="keep")
    for text in ("name", "name=", "=keep", "name=both", ""):
        with pytest.raises(BadValue, match="--take"):
            read_take(text)
    assert (read_take("known-as=Other"), read_take(" name = keep")) == (("known_as", "other"), ("name", "keep"))


@pytest.mark.parametrize(
    ("keep", "other", "becomes"),
    [
        ({}, {"kind": "charity", "website": "https://a.example"}, {"kind": "charity", "website": "https://a.example"}),
        ({"kind": "council"}, {"kind": "charity"}, {"kind": "council"}),
        ({"kind": "council"}, {}, {}),
        ({}, {"member_since": "2024-01-01"}, {"member_since": "2024-01-01"}),
        (
            {"member_since": "2024-01-01", "member_until": "2025-01-01"},
            {"member_since": "2023-01-01"},
            {"member_since": "2023-01-01", "member_until": None},
        ),
        ({"member_since": "2024-01-01"}, {"member_since": "2023-01-01", "member_until": "2023-12-31"}, {"member_since": "2023-01-01"}),
        (
            {"member_since": "2024-01-01", "member_until": "2025-01-01"},
            {"member_since": "2024-01-01", "member_until": "2026-01-01"},
            {"member_until": "2026-01-01"},
        ),
    ],
)
def test_what_two_organisations_become(keep: dict[str, Any], other: dict[str, Any], becomes: dict[str, Any]) -> None:
    """A member of the network is one while either is."""
    pair = Pair("O1", "O2", {**ORGANISATION, **keep}, {**ORGANISATION, **other})
    assert {outcome.field: outcome.becomes for outcome in merged("organisation", pair, {})} == becomes


DAYS = st.none() | st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"])
CONTACTS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["self", "event", "partner"]),
        "notice_given_on": DAYS,
        "obtained_on": DAYS.filter(bool),
        "basis": st.none() | st.sampled_from(["consent", "contract", "legitimate interests"]),
        "do_not_contact": st.integers(0, 1),
        "channels": st.none() | st.sampled_from(["email", "text", "email, text", "call"]),
        "no_voicemail": st.integers(0, 1),
        "words_to_avoid": st.none() | st.sampled_from(["clinic", "HIV, clinic"]),
        "cadence_days": st.none() | st.integers(1, 90),
    }
)


def channels(contact: dict[str, Any]) -> set[str]:
    """Give by what somebody may be reached."""
    if contact["do_not_contact"]:
        return set()
    return set((contact["channels"] or "email, text, call").split(", "))


def owed(contact: dict[str, Any]) -> bool:
    """Say whether somebody is owed a privacy notice."""
    return contact["source"] != "self" and contact["notice_given_on"] is None


@given(CONTACTS, CONTACTS)
def test_nobody_may_be_done_more_to_than_before(keep: dict[str, Any], other: dict[str, Any]) -> None:
    """Whichever of the two stays: the channels, the words, the voicemail, the basis, the notice."""
    now = {**CONTACT, **keep, **became(keep, other)}
    assert channels(now) <= channels(keep) & channels(other)
    assert now["no_voicemail"] == max(keep["no_voicemail"], other["no_voicemail"])
    assert owed(now) >= (owed(keep) or owed(other))
    assert now["obtained_on"] == min(keep["obtained_on"], other["obtained_on"])
    for purpose, subscriber in product(PURPOSES, (None, "corporate")):
        merged_, *said = (
            decide(Case(purpose, basis=one["basis"], subscriber=subscriber)).allowed
            for one in (now, keep, other)
            if one["basis"] or one is now
        )
        assert merged_ <= all(said)
    assert {word for one in (keep, other) for word in (one["words_to_avoid"] or "").split(", ")} <= {
        *(now["words_to_avoid"] or "").split(", "),
        "",
    }
