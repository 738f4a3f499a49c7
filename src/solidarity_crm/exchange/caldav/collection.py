"""One calendar on a server: what is in it, and putting, changing and removing what is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from solidarity_crm.exchange.caldav import multistatus
from solidarity_crm.exchange.caldav.errors import ChangedMeanwhile, ItemRefused, NoCalendar, NotAllowed, OddAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.caldav.connection import Answer, Connection

_MANY_STATUS, _NO_SUCH, _CHANGED = 207, (404, 410), 412
_REFUSED, _NO_DAV, _WELL = (403, 405), (405, 501), range(200, 300)
_AT_ONCE = 100
_XML = "application/xml; charset=utf-8"
_LISTING = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>'
    b"<resourcetype/><getetag/><C:supported-calendar-component-set/></prop></propfind>"
)
_FETCHING = (
    '<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<prop><getetag/><C:calendar-data/></prop>{}</C:calendar-multiget>"
)


class Listing(NamedTuple):
    """What is in a calendar: each item's tag by its path; ``events`` and ``tasks`` say what the calendar takes."""

    tags: dict[str, str | None]
    events: bool
    tasks: bool


class There(NamedTuple):
    """An item as it is at the server."""

    etag: str | None
    content: str


class Collection:
    """A calendar on a server."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection."""
        self._connection = connection
        self.url = connection.place.url
        self._path = multistatus.path_of(self.url)

    def path(self, name: str) -> str:
        """Give the path of an item by its file name."""
        return f"{self._path}{name}"

    def listing(self) -> Listing:
        """Look what is there, in one request.

        Raises NoCalendar, NotAllowed, or what the connection does.
        """
        answer = self._connection.ask("PROPFIND", self.url, _LISTING, Depth="1", Content_Type=_XML)
        if answer.status in _NO_SUCH:
            raise NoCalendar(self.url, "there is nothing at that address")
        if answer.status in _NO_DAV:
            raise NoCalendar(self.url, "it is a web page, or something else")
        if answer.status in _REFUSED:
            raise NotAllowed(self._connection.place.host, "read")
        found = self._read(answer)
        itself = next((one for one in found if one.path.rstrip("/") == self._path.rstrip("/")), None)
        if itself is None or not itself.is_calendar:
            inside = [self._url(one.path) for one in found if one.is_calendar]
            raise NoCalendar(self.url, "calendars are in it" if inside else "it is a folder, or something else", inside)
        # a calendar that does not say what it takes is not trusted with tasks: Google and Outlook lose them (exchange.md A)
        events = not itself.holds or "VEVENT" in itself.holds
        return Listing({one.path: one.etag for one in found if one is not itself}, events, "VTODO" in itself.holds)

    def fetched(self, paths: Sequence[str]) -> dict[str, There]:
        """Read items by their paths; those that went meanwhile are left out.

        Raises OddAnswer, or what the connection does.
        """
        found: dict[str, There] = {}
        for start in range(0, len(paths), _AT_ONCE):
            hrefs = "".join(f"<href>{_escaped(path)}</href>" for path in paths[start : start + _AT_ONCE])
            answer = self._connection.ask("REPORT", self.url, _FETCHING.format(hrefs).encode(), Depth="1", Content_Type=_XML)
            found |= {one.path: There(one.etag, one.content) for one in self._read(answer) if one.content is not None}
        return found

    def put(self, path: str, content: bytes, *, instead_of: str | None) -> str | None:
        """Store an item, a new one or in place of the one with a tag; give its new tag, None if the server keeps that to itself.

        Raises ChangedMeanwhile, ItemRefused, NotAllowed, or what the connection does.
        """
        condition = {"If_None_Match": "*"} if instead_of is None else {"If_Match": instead_of}
        answer = self._connection.ask("PUT", self._url(path), content, Content_Type="text/calendar; charset=utf-8", **condition)
        self._must_be_well(answer)
        return multistatus.strong(answer.headers.get("ETag"))

    def remove(self, path: str, tag: str) -> None:
        """Remove the item with a tag; one that is gone already is fine.

        Raises ChangedMeanwhile, ItemRefused, NotAllowed, or what the connection does.
        """
        answer = self._connection.ask("DELETE", self._url(path), If_Match=tag)
        if answer.status not in _NO_SUCH:
            self._must_be_well(answer)

    def _must_be_well(self, answer: Answer) -> None:
        """Raise the error that an answer to a writing request means, if it means one."""
        if answer.status == _CHANGED:
            raise ChangedMeanwhile
        if answer.status in _REFUSED:
            raise NotAllowed(self._connection.place.host, "change")
        if answer.status not in _WELL:
            raise ItemRefused(answer.status)

    def _read(self, answer: Answer) -> list[multistatus.Found]:
        """Read an answer about several things.

        Raises OddAnswer.
        """
        host = self._connection.place.host
        if answer.status != _MANY_STATUS:
            raise OddAnswer(host, f"status {answer.status}, where a calendar says 207")
        try:
            return multistatus.read(answer.body)
        except ValueError as problem:
            raise OddAnswer(host, str(problem)) from None

    def _url(self, path: str) -> str:
        """Give the address of an item; whatever its path is, that is at the same server."""
        scheme, host, *_ = urlsplit(self.url)
        return urlunsplit((scheme, host, _quoted(path), "", ""))


def _quoted(path: str) -> str:
    """Give a path as an address has it."""
    return quote(path, safe="/@:!$&'()*+,;=~-._")


def _escaped(path: str) -> str:
    """Give a path as XML has it."""
    return _quoted(path).replace("&", "&amp;").replace("'", "&apos;")
