"""What a mail program makes of the parts of a message."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import NamedTuple


class Page(HTMLParser):
    """A page read as a browser does: its tags, where its links lead, the text of its body."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text, self._in_body = "", False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and where it leads."""
        self._in_body = self._in_body or tag == "body"
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.text += "\n" if self._in_body and tag not in ("a", "em", "strong") else ""

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.text += data if self._in_body else ""


class Parts(NamedTuple):
    """A message as it is read: the whole, its plain text and its page."""

    message: EmailMessage
    text: str
    page: Page


def parts(content: bytes) -> Parts:
    """Read a message of two parts."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    plain, page = message.iter_parts()
    assert (message.get_content_type(), plain.get_content_type(), page.get_content_type()) == (
        "multipart/alternative",
        "text/plain",
        "text/html",
    )
    assert isinstance(plain, EmailMessage)
    assert isinstance(page, EmailMessage)
    return Parts(message, plain.get_content().replace("\r\n", "\n"), Page(page.get_content().replace("\r\n", "\n")))


def letters(text: str) -> str:
    """Give a text without white space, for comparing, and without joiners: one that joins nothing is taken out of a message, and which does is known by the letters beside it."""
    return "".join(text.split()).replace("\u200d", "").replace("\u200c", "")
