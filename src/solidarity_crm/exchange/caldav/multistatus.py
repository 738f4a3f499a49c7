"""Reading what a WebDAV server says of several things at once (RFC 4918 §13), with nothing in it obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"


class Found(NamedTuple):
    """What a server says of one thing: its path, its tag (None where it gave none), its text, and what it can hold if it is a calendar."""

    path: str
    etag: str | None
    content: str | None
    is_calendar: bool
    holds: frozenset[str]


def read(body: bytes) -> list[Found]:
    """Read an answer.

    Raises ValueError for what is none.
    """
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, LookupError) as problem:
        said = "it is not XML"
        raise ValueError(said) from problem
    if root.tag != f"{DAV}multistatus":
        said = "it is not a list of what is there"
        raise ValueError(said)
    return list(_found(root))


def path_of(href: str) -> str:
    """Give the path that an address of a server means, however it is spelt."""
    return unquote(urlsplit(href.strip()).path)


def strong(tag: str | None) -> str | None:
    """Give a tag as a condition takes it: a proxy that packs what it passes on marks tags as weak, and a weak one meets no condition (RFC 9110 §13.1.1)."""
    return tag.strip().removeprefix("W/") if tag else None


def _found(root: Element) -> Iterator[Found]:
    """Give everything that is there; what the server says is not is left out."""
    for response in root.iterfind(f"{DAV}response"):
        href = response.findtext(f"{DAV}href")
        status = response.findtext(f"{DAV}status")
        if href is None or (status is not None and " 200" not in status):
            continue
        props = [prop for stat in response.iterfind(f"{DAV}propstat") if _given(stat) for prop in stat.iterfind(f"{DAV}prop")]
        kinds = {kind.tag for prop in props for kind in prop.iterfind(f"{DAV}resourcetype/*")}
        holds = frozenset(
            part.get("name", "").upper()
            for prop in props
            for part in prop.iterfind(f"{CALDAV}supported-calendar-component-set/{CALDAV}comp")
        )
        yield Found(
            path_of(href),
            strong(_text(props, f"{DAV}getetag")),
            _text(props, f"{CALDAV}calendar-data"),
            f"{CALDAV}calendar" in kinds,
            holds,
        )


def _given(stat: Element) -> bool:
    """Say whether a server has the properties that it lists."""
    status = stat.findtext(f"{DAV}status")
    return status is None or " 200" in status


def _text(props: list[Element], tag: str) -> str | None:
    """Give a property's text, None where it has none."""
    return next((text for prop in props if (text := prop.findtext(tag))), None)
