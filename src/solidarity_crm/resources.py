"""Where the files that come with the program are: its outreach templates and its examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def folder(name: str, package: Path = _PACKAGE, checkout: Path = _CHECKOUT) -> Path:
    """Give a folder that comes with the program: inside the installed package, else at the root of its checkout."""
    inside = package / name
    return inside if inside.is_dir() else checkout / name
