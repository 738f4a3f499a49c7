"""What is drawn in which colour: each kind one of its own, dark enough on white and light enough on black (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

from solidarity_crm.exchange.network_map.network import PERSON

# on white, on black: told apart by people who see no red or green too (Okabe and Ito, "Color Universal Design")
COLOURS = {
    PERSON: ("#3f51b5", "#9fb0ff"),
    "charity": ("#b3446c", "#f48fb1"),
    "community group": ("#a15c00", "#ffb74d"),
    "council": ("#00796b", "#5fd3c4"),
    "NHS body": ("#0072b2", "#64b5f6"),
    "funder": ("#7b3fa0", "#ce93d8"),
    "university": ("#5d6b00", "#cddc6a"),
    "business": ("#6d4c41", "#d7b3a3"),
    "network": ("#c62828", "#ff8a80"),
    "other": ("#5f6b76", "#b0bec5"),
}


def colours(kind: str) -> tuple[str, str]:
    """Give a kind's colours: on white, and on black."""
    return COLOURS.get(kind, COLOURS["other"])
