"""The lines of an HTML mail: form plugins write a table, a row or two for each question, or labels in bold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from solidarity_crm.exchange.forms.lines import Said

LIMIT = 1_000_000  # characters of one mail's HTML that are looked at
_DEEPEST = 60
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "table", "tbody", "thead", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dl", "dt", "dd")
)
_BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt"))
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
_LONGEST_LABEL = 300
# a tag that does not end before the next one begins is none; the parser would look for each one's end to the end of the text
_UNENDED = re.compile(r"<(?![^<>]{1,20000}>)")
_DECLARED = re.compile(r"<!\[[^<>]{0,200}>")  # what Outlook writes for itself, at which the parser gives up


class _Piece(NamedTuple):
    """Some text of a line, and whether it is in bold."""

    text: str
    bold: bool


class _Reader(HTMLParser):
    """Collects lines; a row's cells are kept until it ends, since two of them are a question and its answer."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__(convert_charrefs=True)
        self.lines: list[Said] = []
        self._line: list[_Piece] = []
        self._rows: list[list[list[Said]]] = []  # the rows that are open, each with its cells' lines
        self._bold = self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own
        """Open what a tag opens."""
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._end_line()
        if tag == "tr" and len(self._rows) < _DEEPEST:
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_line()
            if self._rows:
                self._rows[-1].append([])
        elif tag == "table":
            self._lay_out()
        if tag in _BOLD:
            self._bold += 1

    def handle_endtag(self, tag: str) -> None:
        """Close what a tag closes."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag in _BLOCKS or tag in ("td", "th"):
            self._end_line()
        if tag in _BOLD:
            self._bold = max(self._bold - 1, 0)
        if tag == "tr" and self._rows:
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._silent and data:
            self._line.append(_Piece(data, bool(self._bold)))

    def finish(self) -> list[Said]:
        """Give the lines, of rows that were never closed too."""
        self._end_line()
        while self._rows:
            self._end_row()
        return self.lines

    def _end_line(self) -> None:
        """End the line, if anything is in it; a label in bold at its beginning is a line of its own."""
        pieces, self._line = [piece for piece in self._line if piece.text], []
        said = " ".join("".join(piece.text for piece in pieces).split())
        if not said:
            return
        begun = 0
        while begun < len(pieces) and (pieces[begun].bold or not pieces[begun].text.strip()):
            begun += 1
        label = " ".join("".join(piece.text for piece in pieces[:begun]).split())
        rest = " ".join("".join(piece.text for piece in pieces[begun:]).split())
        if label and len(label) <= _LONGEST_LABEL and (not rest or label.endswith(":") or rest.startswith(":")):
            self._put(Said(label, label=True))
            said = rest.removeprefix(":").strip()
        if said and said != label:
            self._put(Said(said))

    def _put(self, line: Said) -> None:
        """Add a line to the cell that is open, or to the lines."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        elif line.text.strip("\xa0 "):
            self.lines.append(line)

    def _lay_out(self) -> None:
        """Give up rows that have a table in them: they are there for the layout alone."""
        for row in self._rows:
            self.lines += [line for cell in row for line in cell]
            row.clear()

    def _end_row(self) -> None:
        """End a row: two cells with something in them are a question and its answer."""
        cells = [cell for cell in self._rows.pop() if any(line.text.strip("\xa0 ") for line in cell)]
        alone = len(cells) > 1 and len(cells[0]) == 1 and len(cells[0][0].text) <= _LONGEST_LABEL
        if alone and not (cells[0][0].label and any(line.label for cell in cells[1:] for line in cell)):
            self.lines.append(Said(cells[0][0].text, label=True))
            self.lines += [Said(line.text) for cell in cells[1:] for line in cell]
        else:
            self.lines += [line for cell in cells for line in cell]


def lines_of(html: str) -> list[Said]:
    """Give the lines of an HTML text, its labels told from its other lines; whatever is in it, it is only read."""
    reader = _Reader()
    try:
        reader.feed(_UNENDED.sub("&lt;", _DECLARED.sub("", _uncommented(html[:LIMIT]))))
        reader.close()
    except (AssertionError, ValueError, IndexError):  # the library's own, for markup that is none
        pass
    return reader.finish()


def _uncommented(html: str) -> str:
    """Give HTML without its comments; one that never ends hides nothing."""
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join([*kept, html[at:]])
