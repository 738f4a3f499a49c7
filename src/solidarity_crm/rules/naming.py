"""What to call somebody."""

from __future__ import annotations

TITLES = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "prof",
        "professor",
        "cllr",
        "councillor",
        "rev",
        "revd",
        "reverend",
        "sir",
        "dame",
        "lord",
        "lady",
        "sister",
        "imam",
        "rabbi",
    )
)


def greeting(name: str, *, known_as: str | None = None, given_name: str | None = None) -> str:
    """Give the name to greet somebody by: the one they go by, else their given name, else their name's first word.

    A title is no name, unless nothing comes after it: ``Dr Priya Raghunathan`` is ``Priya``.
    """
    words = name.split()
    spoken = [word for word in words if word.rstrip(".").casefold() not in TITLES]
    return known_as or given_name or (spoken or words)[0]
