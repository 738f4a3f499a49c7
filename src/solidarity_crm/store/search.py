"""Keeping the search index in step with the records.

What a record's entry says is defined once, by the view ``search_document`` of the schema; this module copies its rows
into the index whenever a record, or a row that belongs to one, changes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from solidarity_crm.rules.refs import BY_LETTER, NOUNS, Ref
from solidarity_crm.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solidarity_crm.store.sqlite import Connection

_BLOCK = 1 << 40  # a noun's rows have ids from its place times this on, so that one noun can be searched alone
_MANY = 1000  # entries from which on merging the index is faster than taking each out of it
# words whose accents the tokenizer takes off as we do; with other letters and signs its tables are not Python's
_LATIN = re.compile("(?<![^\x00-/:-`{-\x7f])[0-9a-z\xdf-\xf6\xf8-\u017f]+(?![^\x00-/:-`{-\x7f])")


def row_range(letter: str) -> tuple[int, int]:
    """Give the first and last row of the index that a noun's records may have."""
    first = NOUNS.index(BY_LETTER[letter]) * _BLOCK
    return first, first + _BLOCK - 1


def ref_of(row: int) -> Ref:
    """Give the ref of the record that a row of the index is about."""
    place, number = divmod(row, _BLOCK)
    return Ref(NOUNS[place].letter, number)


def row_of(ref: Ref) -> int:
    """Give the row of the index that is about a record."""
    return row_range(ref.letter)[0] + ref.number


def refresh(connection: Connection, refs: Iterable[Ref]) -> None:
    """Make the index's entries for ``refs`` say what the records now say."""
    numbers: dict[str, list[int]] = {}
    for ref in refs:
        numbers.setdefault(ref.letter, []).append(ref.number)
    for letter, several in numbers.items():
        first, asked = row_range(letter)[0], json.dumps(several)
        found = {
            first + number: (title, body)
            for number, title, body in connection.execute(
                "SELECT id, title, body FROM search_document WHERE letter = ? AND id IN (SELECT value FROM json_each(?))", (letter, asked)
            )
        }
        there = {
            row: (title, body)
            for row, title, body in connection.execute(
                "SELECT rowid, title, body FROM search WHERE rowid IN (SELECT value + ? FROM json_each(?))", (first, asked)
            )
        }
        # most changes are of states and days, not of words
        other = [row for row in (first + number for number in several) if there.get(row) != found.get(row)]
        _remove(connection, [row for row in other if row in there])
        _insert(connection, [(row, *found[row]) for row in other if row in found])


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.execute("DELETE FROM search")
    documents = connection.execute("SELECT letter, id, title, body FROM search_document").fetchall()
    _insert(connection, [(row_of(Ref(letter, number)), title, body) for letter, number, title, body in documents])


def stale(connection: Connection) -> list[Ref]:
    """List the records whose entry in the index does not say what the record says."""
    wanted = {
        row_of(Ref(letter, number)): (title, body)
        for letter, number, title, body in connection.execute("SELECT letter, id, title, body FROM search_document")
    }
    there = {row: (title, body) for row, title, body in connection.execute("SELECT rowid, title, body FROM search")}
    return [ref_of(row) for row in sorted(wanted.keys() | there.keys()) if wanted.get(row) != there.get(row)]


def _remove(connection: Connection, rows: list[int]) -> None:
    """Take entries out so that none of their words stays: a few each at once, many by one merge of the whole index."""
    many = len(rows) > _MANY
    if many:
        connection.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)")
    connection.executemany("DELETE FROM search WHERE rowid = ?", [(row,) for row in rows])
    if many:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")


def _insert(connection: Connection, documents: list[tuple[int, str, str]]) -> None:
    """Write entries; ``folded`` has the words that the tokenizer would not find as people type them."""
    rows = ((row, title, body, _folded(f"{title} {body}")) for row, title, body in documents)
    connection.executemany("INSERT INTO search (rowid, title, body, folded) VALUES (?, ?, ?, ?)", rows)


def _folded(text: str) -> str:
    """Give the words of ``text`` whose folded spelling the tokenizer does not make: O'Brien, Łódź, أمينة."""
    if text.isascii() and "'" not in text and "`" not in text:
        return ""
    # only these can have a spelling of their own, and most words are none; the view puts " · " between texts
    marked = " ".join(word for word in text.split() if word != "·" and (not word.isascii() or "'" in word or "`" in word))
    found = {"".join(letter for letter in normalize("NFD", token) if not combining(letter)) for token in _LATIN.findall(marked.lower())}
    return " ".join(word for word in dict.fromkeys(words(marked)) if word not in found)
