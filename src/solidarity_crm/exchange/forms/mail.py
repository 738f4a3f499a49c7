"""The mails that a form plugin sends: one message, an mbox, or text that was pasted; anything may be in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.forms.answers import address, answer, reply
from solidarity_crm.exchange.forms.html_lines import lines_of
from solidarity_crm.exchange.forms.lines import Said, answers, plain, questions_in
from solidarity_crm.exchange.forms.questions import asked
from solidarity_crm.exchange.forms.reply import Replies
from solidarity_crm.exchange.messages import LARGEST, LIBRARY, MOST, header, inner, messages, parsed, parts_of, sent_on, text_of, tried
from solidarity_crm.exchange.problems import Problem

if TYPE_CHECKING:
    from datetime import date, tzinfo
    from email.message import Message

    from solidarity_crm.exchange.forms.reply import Answer, Reply

ORIGIN = "e-mail"
_LONGEST_FIRST_LINE = 4_000
_FEWEST = 2  # questions of a form by which a mail is known to be one's


class _Body(NamedTuple):
    """The answers in a message, and the day that a forwarded copy names."""

    found: list[Answer]
    sent: date | None = None


def read(file: str, data: bytes, *, zone: tzinfo, mbox: bool = False, origin: str | None = None) -> Replies:
    """Give the replies in a message or an mbox; a message that is no reply to a form is rejected, and says why."""
    found: list[Reply] = []
    rejected: list[Problem] = []
    for place, (line, content) in enumerate(messages(data) if mbox else [(1, data)]):
        if place >= MOST:
            rejected.append(Problem(file, line, "", f"only the first {MOST} messages are read"))
            break
        try:
            said = _reply(line, content, zone=zone, origin=origin or ORIGIN)
        except LIBRARY:
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
    first = re.split(r"[,;\t|]", text.lstrip().partition("\n")[0][:_LONGEST_FIRST_LINE])
    if sum(asked(heading.strip(' "')) is not None for heading in first) >= _FEWEST and len(first) > 1:
        return False
    return questions_in(answers(plain(text[:LARGEST])[0])) >= _FEWEST


NO_ANSWERS = "it has no answers to a form's questions in it, like lines of 'Name: …' and 'E-mail: …'"


def _reply(line: int, content: bytes, *, zone: tzinfo, origin: str) -> Reply | str:
    """Give the reply in a message, or why it is none."""
    message = parsed(content)
    if isinstance(message, str):
        return message
    parts = list(parts_of(message))
    forwarded = next((part for part in parts if part is not message and tried(part.get_content_type) == "message/rfc822"), None)
    if forwarded is not None:  # as a file: what is in it is the mail itself
        message = next(inner(forwarded), message)
        parts = list(parts_of(message))
    body = _body(parts)
    if questions_in(body.found) < _FEWEST:
        return NO_ANSWERS
    found = body.found
    if not any(each.field == "email" and address(each.text) for each in found):
        found = [*found, *_answer_to(message)]
    # a copy that somebody forwarded has a Message-ID of its own: only what it says tells that it is the same
    mark = None if body.sent else header(message, "Message-ID")
    return reply(line, origin, found, mark=mark, on=body.sent or sent_on(message, zone))


def _body(parts: list[Message]) -> _Body:
    """Give the answers that a message's text has, plain or HTML, whichever has more of them."""
    best = _Body([])
    for part in parts:
        kind = tried(part.get_content_type)
        if kind not in ("text/plain", "text/html") or tried(part.get_content_disposition) == "attachment":
            continue
        text = text_of(part)
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


def _answer_to(message: Message) -> list[Answer]:
    """Give who an answer to the mail would go to: plugins put who wrote there, when the form has no such line."""
    named = header(message, "Reply-To")
    return [answer("Reply-To", named, "email")] if named and address(named) else []
