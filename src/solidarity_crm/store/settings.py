"""``solidarity.toml``: what a partnership is called, the communities it is for, who uses it, and its intervals."""

from __future__ import annotations

import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from solidarity_crm.rules.help_kinds import HELP_KINDS
from solidarity_crm.store.errors import BadSettings
from solidarity_crm.store.mail_settings import MailSettings, mail_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Intervals(NamedTuple):
    """How long things may take before ``today`` speaks of them; days, but for ``reply_working_days``.

    ``ask_budget`` is how many times a contact may be asked for something in ``ask_budget_days``.
    """

    reply_working_days: int = 2
    offer_waiting_days: int = 10
    offer_shelf_life_days: int = 180
    introduction_check_in_days: int = 14
    introduction_stuck_days: int = 10
    ask_budget: int = 2
    ask_budget_days: int = 30


class IntakeWords(NamedTuple):
    """Words that sort form replies, by kind of help and by community, besides those that come with the program.

    One that begins with ``-`` takes a shipped word away.
    """

    kinds: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    communities: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Revealing(NamedTuple):
    """Communities and tags that give away of whoever they are noted of what could harm them; organisations say it themselves."""

    communities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class CalendarSettings(NamedTuple):
    """How calendars name people, and the calendar on a server that is kept in step unless another is named, and as whom."""

    titles: str = "initials"
    url: str | None = None
    user: str | None = None


class Person(NamedTuple):
    """Someone who uses the program; their e-mail is where their drafts come from."""

    name: str
    email: str | None = None


class Settings(NamedTuple):
    """The settings of one workspace; ``html`` is whether messages have an HTML part where their template does not say."""

    name: str
    time_zone: str = "Europe/London"
    holidays: str = "GB-ENG"
    communities: tuple[str, ...] = ()
    help_kinds: tuple[str, ...] = tuple(HELP_KINDS)
    people: tuple[Person, ...] = ()
    user: str | None = None
    email: str | None = None
    address: str | None = None
    sign_off: str = ""
    privacy_notice: str = ""
    uid: str = ""
    store: str = "network.db"
    charity: bool = False
    html: bool = False
    intervals: Intervals = Intervals()
    intake: IntakeWords = IntakeWords()
    revealing: Revealing = Revealing()
    mail: MailSettings = MailSettings()
    calendar: CalendarSettings = CalendarSettings()

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def domain(self) -> str:
        """The part of the partnership's address after the @, for message and calendar identifiers."""
        return (self.email or "").partition("@")[2] or "solidarity.invalid"

    def email_of(self, person: str | None) -> str | None:
        """Give the address that ``person`` writes from, or the partnership's."""
        return next((p.email for p in self.people if p.name == person and p.email), self.email)


def load(path: Path) -> Settings:
    """Read the settings file.

    Raises BadSettings when it is not TOML or a value is of the wrong kind.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadSettings(path, f"cannot be read ({problem})") from None
    try:
        return _settings(raw)
    except (TypeError, ValueError, KeyError, AttributeError) as problem:
        raise BadSettings(path, str(problem)) from None


def _settings(raw: dict[str, Any]) -> Settings:
    """Check each value's kind and put it in its place."""
    network = _table(raw, "network")
    name = _text(network, "name")
    if not name:
        problem = "[network] needs a name"
        raise ValueError(problem)
    zone = _text(network, "time_zone") or "Europe/London"
    _known_zone(zone)
    communities = _texts(network, "communities")
    help_kinds = _texts(network, "help_kinds") or tuple(HELP_KINDS)
    return Settings(
        name=name,
        time_zone=zone,
        holidays=_text(network, "holidays") or "GB-ENG",
        communities=communities,
        help_kinds=help_kinds,
        people=_people(raw.get("people", [])),
        user=_text(network, "user"),
        email=_text(network, "email"),
        address=_text(network, "address"),
        sign_off=_text(network, "sign_off") or name,
        privacy_notice=_text(network, "privacy_notice") or "",
        uid=_text(network, "uid") or "",
        store=_text(network, "store") or "network.db",
        charity=_yes_or_no(network, "charity"),
        html=_yes_or_no(_table(raw, "outreach"), "html"),
        intervals=_intervals(_table(raw, "intervals")),
        intake=_intake(_table(raw, "intake"), help_kinds, communities),
        revealing=_revealing(_table(raw, "revealing"), communities),
        mail=mail_settings(_table(raw, "mail")),
        calendar=_calendar(_table(raw, "calendar")),
    )


def _known_zone(zone: str) -> None:
    """Raise ValueError unless ``zone`` is a time zone."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        problem = f"time_zone {zone!r} is not a time zone, like Europe/London"
        raise ValueError(problem) from None


def _people(listed: object) -> tuple[Person, ...]:
    """Give the people who use the program."""
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        problem = "[[people]] must be a table for each person, in two pairs of brackets"
        raise TypeError(problem)
    if not all(_text(entry, "name") for entry in listed):
        problem = "[[people]] needs a name for each person"
        raise ValueError(problem)
    return tuple(Person(str(_text(entry, "name")), _text(entry, "email")) for entry in listed)


def _table(raw: dict[str, Any], key: str) -> dict[str, Any]:
    """Give a table of the file, empty when it is not there."""
    value = raw.get(key, {})
    if not isinstance(value, dict):
        problem = f"[{key}] must be a table"
        raise TypeError(problem)
    return value


def _text(table: dict[str, Any], key: str) -> str | None:
    """Give a text, or None."""
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        problem = f"{key} must be text in quotes"
        raise TypeError(problem)
    return value.strip() if value else None


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    """Give a list of texts."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        problem = f'{key} must be a list of texts, like ["one", "two"]'
        raise TypeError(problem)
    return tuple(item.strip() for item in value if item.strip())


def _yes_or_no(table: dict[str, Any], key: str) -> bool:
    """Give a yes or a no; no when it is not there."""
    value = table.get(key, False)
    if not isinstance(value, bool):
        problem = f"{key} must be true or false, without quotes"
        raise TypeError(problem)
    return value


def _intervals(table: dict[str, Any]) -> Intervals:
    """Give the intervals, each a whole number from 1 on, of days but for the ask budget."""
    unknown = set(table) - set(Intervals._fields)
    if unknown:
        problem = f"[intervals] does not know {', '.join(sorted(unknown))}"
        raise ValueError(problem)
    for key, value in table.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            problem = f"{key} must be a whole number{'' if key == 'ask_budget' else ' of days'}"
            raise ValueError(problem)
    return Intervals(**table)


def _calendar(table: dict[str, Any]) -> CalendarSettings:
    """Give how calendars are kept."""
    return CalendarSettings(_text(table, "titles") or "initials", _text(table, "url"), _text(table, "user"))


def _intake(table: dict[str, Any], kinds: Sequence[str], communities: Sequence[str]) -> IntakeWords:
    """Give the words that sort form replies; each list is of a kind of help or a community that the workspace has."""
    found = {}
    for key, known in (("kinds", kinds), ("communities", communities)):
        words = _table(table, key)
        unknown = set(words) - set(known)
        if unknown:
            problem = f"[intake.{key}] does not know {', '.join(sorted(unknown))}; it is one of: {', '.join(known) or 'none'}"
            raise ValueError(problem)
        found[key] = {name: _texts(words, name) for name in words}
    return IntakeWords(**found)


def _revealing(table: dict[str, Any], communities: Sequence[str]) -> Revealing:
    """Give what is marked as revealing; a community is one that the workspace has."""
    unknown = set(table) - set(Revealing._fields)
    if unknown:
        problem = f"[revealing] does not know {', '.join(sorted(unknown))}; it has: {', '.join(Revealing._fields)}"
        raise ValueError(problem)
    found = Revealing(_texts(table, "communities"), _texts(table, "tags"))
    missing = set(found.communities) - set(communities)
    if missing:
        problem = f"[revealing] communities does not know {', '.join(sorted(missing))}; it is one of: {', '.join(communities) or 'none'}"
        raise ValueError(problem)
    return found
