"""The mails that a form plugin sends: one message, an mbox, or text that was pasted; anything may be in them."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from solidarity_crm.exchange.forms.answers import address, answer, reply
from solidarity_crm.exchange.forms.html_lines import lines_of
from solidarity_crm.exchange.forms.lines import Said, answers, plain, questions_in
from solidarity_crm.exchange.forms.questions import asked
from solidarity_crm.exchange.forms.reply import Replies
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, tzinfo

    from solidarity_crm.exchange.forms.reply import Answer, Reply

T = TypeVar("T")
ORIGIN = "e-mail"
LARGEST = 5_000_000  # bytes of one message's text
MOST = 20_000  # messages of one file
_LONGEST_HEADER = 4_000
_PARTS = 50  # parts of one message that are looked at
_MARKS = 1_000  # lines that may part a message, of which the library takes long to read many
_FEWEST = 2  # questions of a form by which a mail is known to be one's
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]*\r?\n(?=[!-9;-~]+:)")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_CHARSETS = ("utf", "iso8859", "cp125", "cp1140", "koi8", "gb", "big5", "shift", "euc", "mac", "ascii", "iso2022", "tis", "latin")
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
# what the mail library raises for headers and parts that are none (it says so nowhere)
_LIBRARY = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


class _Body(NamedTuple):
    """The answers in a message, and the day that a forwarded copy names."""

    found: list[Answer]
    sent: date | None = None


def read(file: str, data: bytes, *, zone: tzinfo, mbox: bool = False, origin: str | None = None) -> Replies:
    """Give the replies in a message or an mbox; a message that is no reply to a form is rejected, and says why."""
    found: list[Reply] = []
    rejected: list[Problem] = []
    for place, (line, content) in enumerate(_messages(data) if mbox else [(1, data)]):
        if place >= MOST:
            rejected.append(Problem(file, line, "", f"only the first {MOST} messages are read"))
            break
        try:
            said = _reply(line, content, zone=zone, origin=origin or ORIGIN)
        except _LIBRARY:
            said = "the message is damaged"
        if isinstance(said, str):
            rejected.append(Problem(file, line, "", said))
        else:
            found.append(said)
    return Replies(found, rejected)


def pasted(file: str, text: str, *, origin: str | None = None) -> Replies:
    """Give the reply in the text of a form's mail, without the mail's headers."""
    lines, sent = plain(text)
    found = answers(lines)
    if questions_in(found) < _FEWEST:
        return Replies([], [Problem(file, 1, "", NO_ANSWERS)])
    return Replies([reply(1, origin or ORIGIN, found, on=sent)])


def looks_pasted(text: str) -> bool:
    """Say whether a text is a form's questions and answers and no table, whose first line has several headings that are known."""
    first = re.split(r"[,;\t|]", text.lstrip().partition("\n")[0][:_LONGEST_HEADER])
    if sum(asked(heading.strip(' "')) is not None for heading in first) >= _FEWEST and len(first) > 1:
        return False
    return questions_in(answers(plain(text[:LARGEST])[0])) >= _FEWEST


NO_ANSWERS = "it has no answers to a form's questions in it, like lines of 'Name: …' and 'E-mail: …'"


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the messages of an mbox, each with the line on which it begins; a line ``From `` after an empty one begins it."""
    starts = [found.end() for found in _FROM_LINE.finditer(data)] or [0]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", counted, start)
        counted = start
        yield line, _ESCAPED_FROM.sub(rb"\1", data[start:end])


def _reply(line: int, content: bytes, *, zone: tzinfo, origin: str) -> Reply | str:
    """Give the reply in a message, or why it is none."""
    if len(content) > LARGEST:
        return f"the message is larger than {LARGEST // 1_000_000} MB"
    if content.count(b"\n--") > _MARKS:
        return "it has more parts than any form's mail"
    message = message_from_bytes(content, policy=policy.default)
    parts = list(_parts(message))
    inner = next((part for part in parts if part is not message and _tried(part.get_content_type) == "message/rfc822"), None)
    if inner is not None:  # forwarded as a file: what is in it is the mail itself
        inside = next(iter(inner.iter_parts()), None)
        message = inside if isinstance(inside, EmailMessage) else message
        parts = list(_parts(message))
    body = _body(parts)
    if questions_in(body.found) < _FEWEST:
        return NO_ANSWERS
    found = body.found
    if not any(each.field == "email" and address(each.text) for each in found):
        found = [*found, *_answer_to(message)]
    # a copy that somebody forwarded has a Message-ID of its own: only what it says tells that it is the same
    mark = None if body.sent else _header(message, "Message-ID")
    return reply(line, origin, found, mark=mark, on=body.sent or _sent(message, zone))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Give the parts of a message, a few dozen at most."""
    for place, part in enumerate(message.walk()):
        if place >= _PARTS:
            return
        yield part


def _body(parts: list[EmailMessage]) -> _Body:
    """Give the answers that a message's text has, plain or HTML, whichever has more of them."""
    best = _Body([])
    for part in parts:
        kind = _tried(part.get_content_type)
        if kind not in ("text/plain", "text/html") or _tried(part.get_content_disposition) == "attachment":
            continue
        text = _text(part)
        lines, sent = _lines(text, html=kind == "text/html")
        found = answers(lines)
        if questions_in(found) > questions_in(best.found):
            best = _Body(found, sent)
    return best


def _lines(text: str, *, html: bool) -> tuple[list[Said], date | None]:
    """Give a text's lines; in HTML, a forwarded copy's marks stand on lines like any."""
    if not html:
        return plain(text)
    lines = lines_of(text)
    kept, sent = plain("\n".join(line.text for line in lines))
    return lines[len(lines) - len(kept) :] if len(kept) < len(lines) else lines, sent


def _text(part: EmailMessage) -> str:
    """Give a part's text, in whatever it is encoded; an unknown or wrong charset costs no more than its letters."""
    data = _tried(lambda: part.get_payload(decode=True)) or b""
    if not isinstance(data, bytes):
        return ""
    named = str(_tried(part.get_content_charset) or "utf-8")
    for charset in (named, "utf-8"):
        try:
            if codecs.lookup(charset).name.replace("-", "").replace("_", "").startswith(_CHARSETS):
                return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _header(message: EmailMessage, name: str) -> str | None:
    """Give a header, decoded, or None; one that is too long to be a person's work is left out."""
    for header, raw in message.raw_items():
        if header.lower() == name.lower() and len(str(raw)) <= _LONGEST_HEADER:
            value = _tried(partial(message.policy.header_fetch_parse, header, raw))
            return one_line(str(value) if value is not None else _FOLDED.sub(" ", str(raw))) or None
    return None


def _answer_to(message: EmailMessage) -> list[Answer]:
    """Give who an answer to the mail would go to: plugins put who wrote there, when the form has no such line."""
    header = _header(message, "Reply-To")
    return [answer("Reply-To", header, "email")] if header and address(header) else []


def _sent(message: EmailMessage, zone: tzinfo) -> date | None:
    """Give the day on which a message was sent, in a time zone; None when it does not say."""
    written = _header(message, "Date")
    try:
        moment = parsedate_to_datetime(written or "")
        return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    except (*_LIBRARY, OverflowError):
        return None


def _tried(do: Callable[[], T]) -> T | None:
    """Give what the mail library answers, or None where a hostile message makes it fail."""
    try:
        return do()
    except _LIBRARY:
        return None
