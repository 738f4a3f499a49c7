"""A body in Markdown, as the two parts of a message: one that reads well as plain text, and one in HTML.

The little Markdown that letters need: headings, lists, quotes, emphasis and links, as CommonMark has them. HTML, images
and addresses other than http, https and mailto stay letters (protection.md S7), and nothing is fetched when the message
is read.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_RULES = ("heading", "list", "blockquote", "emphasis", "link", "escape", "newline")
_SCHEMES = ("http", "https", "mailto")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]*[^\s<>\"\\.,;:!?'’)\]*_]")
LIMIT = 100_000  # a longer body stays as it is
_LINE_OF_PROSE = 60  # a line that is shorter, with the next word, ends where it does because somebody wanted it so
_ACTIVE = re.compile(  # a backslash, emphasis, a link; what begins a heading, a quote or a list; what ends a heading
    r"\\|\*|\A\(|\](?=\()|(?<![^\W_])_|_(?![^\W_])"
    r"|^[ \t]*(?:#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t]|$)|\d{1,9}(?=[.)](?:[ \t]|$)))"
    r"|(?:^|(?<=[ \t]))#(?=#*[ \t]*$)",
    re.MULTILINE,
)
_MARKS = {"strong_open": "*", "strong_close": "*", "em_open": "_", "em_close": "_", "softbreak": "\n", "hardbreak": "\n"}
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: sans-serif; line-height: 1.4; max-width: 40em">
{body}</body>
</html>
"""


def escaped(text: str) -> str:
    """Give what somebody typed so that it stands in Markdown as the letters it is."""
    return _ACTIVE.sub(_with_backslash, safe(text))


def as_text(body: str) -> str:
    """Give a body as plain text: the layout it was typed in, a link's address behind its words."""
    if len(body) > LIMIT:
        return body
    lines = body.split("\n")
    tokens = _reader().parse(body)
    headings = {id(after) for before, after in pairwise(tokens) if before.type == "heading_open"}
    for token in reversed([one for one in tokens if one.type == "inline"]):
        start, end = token.map or [0, 0]
        lines[start:end] = _underlined(token) if id(token) in headings else _lines(token, lines[start:end])
    return "\n".join(lines)


def as_html(body: str, title: str) -> str:
    """Give a body as a page without anything that is fetched or run, or nothing where it is too long for one."""
    if len(body) > LIMIT:
        return ""
    reader = _reader()
    tokens = reader.parse(body)
    for token in tokens:
        if token.type == "inline":
            _keep_lines(token)
            token.children = list(_linked(token.children or []))
    content = reader.renderer.render(tokens, reader.options, {})
    return _PAGE.format(title=html.escape(one_line(title)), body=content)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    """Make the reader of Markdown, once."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 30 ms, and only for messages with HTML

    reader = MarkdownIt("zero", {"html": False}).enable(_RULES)
    reader.validateLink = _allowed  # type: ignore[method-assign, assignment] # how the library is told
    return reader


def _allowed(address: str) -> bool:
    """Say whether a link may lead somewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.scheme.lower() == "mailto")


def _with_backslash(found: re.Match[str]) -> str:
    """Put a backslash where a mark ends to be one: before it, but behind a list's number."""
    mark = found[0].lstrip()
    return f"{found[0]}\\" if mark[-1].isdigit() else f"{found[0][: len(found[0]) - len(mark)]}\\{mark}"


def _underlined(heading: Token) -> list[str]:
    """Give a heading as plain text."""
    text = one_line(_plain(heading.children or []))
    return [text, "-" * len(text)]


def _lines(token: Token, source: Sequence[str]) -> list[str]:
    """Give the lines of a paragraph as plain text, each behind what stood before it: blanks, a list's mark, a quote's."""
    typed = token.content.split("\n")
    begun = [line.removesuffix(text.strip()) if line.endswith(text.strip()) else "" for line, text in zip(source, typed, strict=False)]
    plain = _plain(token.children or []).split("\n")
    begun += [""] * (len(plain) - len(begun))
    return [f"{before}{text.strip()}" for before, text in zip(begun, plain, strict=False)]


def _plain(children: Sequence[Token]) -> str:
    """Give what is within a paragraph as plain text."""
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in children:
        if token.type == "link_open":
            links.append((str(token.attrs["href"]), len(parts)))
        elif token.type == "link_close":
            address, begun = links.pop()
            if address.removeprefix("mailto:") != "".join(parts[begun:]):
                parts.append(f" ({address})")
        else:
            parts.append(_MARKS.get(token.type, token.content))
    return "".join(parts)


def _keep_lines(token: Token) -> None:
    """Make those line ends of a paragraph stay that somebody wanted: after a short line, and before an indented one."""
    typed = iter(token.content.split("\n")[1:])
    children = token.children or []
    length = 0
    for place, child in enumerate(children):
        if child.type == "softbreak":
            after = next(typed, "")
            word = "".join(one.content for one in children[place + 1 : place + 3]).partition(" ")[0]
            if after.startswith("  ") or length + 1 + len(word) <= _LINE_OF_PROSE:
                child.type, child.tag = "hardbreak", "br"
            length = 0
        else:
            length += len(child.content)


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    """Give what is within a paragraph with addresses that were written out made links; those within links are."""
    from markdown_it.token import Token  # noqa: PLC0415 - loaded by now

    within = 0
    for token in children:
        within += token.nesting if token.type.startswith("link") else 0
        done = 0
        for found in _ADDRESS.finditer(token.content) if token.type == "text" and not within else ():
            yield Token("text", "", 0, content=token.content[done : found.start()])
            if _allowed(found[0]):
                yield Token("link_open", "a", 1, attrs={"href": found[0]})
                yield Token("text", "", 0, content=found[0])
                yield Token("link_close", "a", -1)
                done = found.end()
            else:
                done = found.start()
        token.content = token.content[done:] if token.type == "text" else token.content
        yield token
