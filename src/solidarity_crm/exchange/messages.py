"""Messages as they are, read without trust: any header may be broken, any part say what it is not."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, tzinfo

T = TypeVar("T")
LARGEST = 5_000_000  # bytes of one message's text
MOST = 20_000  # messages of one file
_LONGEST_HEADER = 4_000
_PARTS = 50  # parts of one message that are looked at
_MARKS = 1_000  # lines that may part a message, of which the library takes long to read many
_MARK = re.compile(rb"[\r\n]--")
_LOOKS = 5_000_000  # the library looks at each line once for every part of several parts that is open
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]*\r?\n(?=[!-9;-~]+:)")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_CHARSETS = ("utf", "iso8859", "cp125", "cp1140", "koi8", "gb", "big5", "shift", "euc", "mac", "ascii", "iso2022", "tis", "latin")
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
# what the mail library raises for headers and parts that are none (it says so nowhere)
LIBRARY = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


class _Bounded(policy.Compat32):
    """Reads no header that is too long to be a person's work: with its length the library takes longer by the square.

    What kind a part is it tells at a glance; the newer policies take a header apart each time that they are asked.
    """

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        """Give a header's name and value, none if that is too long."""
        name, value = super().header_source_parse(list(sourcelines))
        return name, value if len(value) <= _LONGEST_HEADER else ""


_READING = _Bounded()


def messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the messages of an mbox, each with the line on which it begins; a line ``From `` after an empty one begins it."""
    starts = [found.end() for found in _FROM_LINE.finditer(data)] or [0]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", counted, start)
        counted = start
        yield line, _ESCAPED_FROM.sub(rb"\1", data[start:end])


def parsed(content: bytes) -> Message | str:
    """Give a message, or why it is not read."""
    if len(content) > LARGEST:
        return f"the message is larger than {LARGEST // 1_000_000} MB"
    lines = content.count(b"\n") + content.count(b"\r")
    if len(_MARK.findall(content)) > _MARKS or lines * content.lower().count(b"multipart") > _LOOKS:
        return "it has more parts than any person's mail"
    return message_from_bytes(content, policy=_READING)


def parts_of(message: Message, *, attached: bool = True) -> Iterator[Message]:
    """Give the parts of a message, a few dozen at most; those of messages within it too, unless not what is ``attached``."""
    return islice(_walk(message, attached=attached), _PARTS)


def _walk(message: Message, *, attached: bool) -> Iterator[Message]:
    """Give a message and all within it."""
    yield message
    if attached or tried(message.get_content_maintype) == "multipart":
        for part in inner(message):
            yield from _walk(part, attached=attached)


def inner(part: Message) -> Iterator[Message]:
    """Give the messages or the blocks of headers that are within a part."""
    within = part.get_payload()
    yield from (each for each in (within if isinstance(within, list) else ()) if isinstance(each, Message))


def text_of(part: Message) -> str:
    """Give a part's text, in whatever it is encoded; an unknown or wrong charset costs no more than its letters."""
    data = tried(lambda: part.get_payload(decode=True)) or b""
    if not isinstance(data, bytes):
        return ""
    named = str(tried(part.get_content_charset) or "utf-8")
    for charset in (named, "utf-8"):
        try:
            if codecs.lookup(charset).name.replace("-", "").replace("_", "").startswith(_CHARSETS):
                return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def header(message: Message, name: str) -> str | None:
    """Give a header, decoded, or None."""
    for named, raw in message.raw_items():
        if named.lower() == name.lower():
            value = tried(partial(policy.default.header_fetch_parse, named, raw))
            return one_line(str(value) if value is not None else _FOLDED.sub(" ", str(raw))) or None
    return None


def sent_on(message: Message, zone: tzinfo) -> date | None:
    """Give the day on which a message was sent, in a time zone; None when it does not say."""
    written = header(message, "Date")
    try:
        moment = parsedate_to_datetime(written or "")
        return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    except (*LIBRARY, OverflowError):
        return None


def tried(do: Callable[[], T]) -> T | None:
    """Give what the mail library answers, or None where a hostile message makes it fail."""
    try:
        return do()
    except LIBRARY:
        return None
