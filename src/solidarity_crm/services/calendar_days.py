"""Bank holidays of the workspace's country."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from solidarity_crm.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from solidarity_crm.store.settings import Settings


def holidays(settings: Settings) -> Container[date]:
    """Give the days on which the partnership does not work, by the settings' ``holidays`` (``GB-ENG``: England)."""
    return _holidays(settings.holidays)


@cache
def _holidays(place: str) -> Container[date]:
    """Load the holidays of a country and its part."""
    from holidays import country_holidays  # noqa: PLC0415 - 15 ms that few commands need

    country, _, part = place.partition("-")
    try:
        return country_holidays(country, subdiv=part or None)
    except NotImplementedError:  # what the library raises for a country or a part that it does not have
        sentence = f"holidays = {place!r} in solidarity.toml is not a country this program knows"
        raise Usage(sentence, 'holidays = "GB-ENG"') from None
