"""Finding words in everything that was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import run
from solidarity_crm.rules.refs import NOUNS
from solidarity_crm.store.search import ref_of, row_range
from solidarity_crm.text import mark, one_line, words

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store

_MOST_WORDS = 32
_NEAR, _NEAREST, _SHORTEST = 70, 3, 3
_TYPED = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]")


class Found(NamedTuple):
    """A record in which the words were found; ``text`` shows them where they stand, between ``[`` and ``]``."""

    ref: str
    kind: str
    title: str
    text: str


class Answer(NamedTuple):
    """What was found, and the words that were looked for in place of misspelt ones."""

    found: list[Found]
    instead: dict[str, list[str]]


def search(store: Store, text: str, *, letters: str | None = None, limit: int = 50) -> Answer:
    """Find the records that have every word, or its beginning; the best first.

    Whatever is typed is just words. A word that stands nowhere is taken for the nearest that does.
    """
    terms = [term for typed in _TYPED.findall(text)[:_MOST_WORDS] for term in [_term(typed)] if term]
    if not terms:
        return Answer([], {})
    first, last = row_range(letters) if letters else (row_range(NOUNS[0].letter)[0], row_range(NOUNS[-1].letter)[1])
    found = _run(store, terms, {}, (first, last, limit))
    if found:
        return Answer(found, {})
    lost = [term for term in terms if not _run(store, [term], {}, (first, last, 1))]
    instead = {term: near for term in lost for near in [_nearest(store, term)] if near}
    return Answer(_run(store, terms, instead, (first, last, limit)), instead) if instead else Answer([], {})


def _term(typed: str) -> str | None:
    """Give a word as it is looked for, or None when it has no letter or digit."""
    return typed.replace('"', " ").replace("\0", " ").strip() if _LETTERS.search(typed) else None


def _match(spellings: list[str]) -> str:
    """Write the index's query for one word in any of some spellings: each as it was typed, or folded."""
    either = dict.fromkeys(each for term in spellings for each in (term, "".join(words(term))) if each)
    return "(" + " OR ".join(f'"{term}"{" *" if len(term) > 1 and term[-1].isalnum() else ""}' for term in either) + ")"


def _run(store: Store, terms: list[str], instead: dict[str, list[str]], rows: tuple[int, int, int]) -> list[Found]:
    """Ask the index for records with every term, or with what stands in its place."""
    spellings = [instead.get(term, [term]) for term in terms]
    match = " AND ".join(_match(each) for each in spellings)
    first, last, limit = rows
    wanted = ["".join(words(term)) for each in spellings for term in each]
    return [_found(row, title, body, wanted) for row, title, body in run(store, "search", match=match, first=first, last=last, limit=limit)]


def _found(row: int, title: str, body: str, wanted: list[str]) -> Found:
    """Give a row of the index as what was found."""
    ref = ref_of(row)
    shown = next((marked for text in (body, title) for marked in [mark(text, wanted)] if marked), "")
    return Found(str(ref), ref.noun.word, one_line(title.partition(" · ")[0]), shown)


def _nearest(store: Store, term: str) -> list[str]:
    """List the words of the index that are most like one that is not in it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only when a word was not found

    plain = words(term)
    if len(plain) != 1 or len(plain[0]) < _SHORTEST:
        return []
    known = [word for (word,) in run(store, "search_words", shortest=max(len(plain[0]) - 2, 2), longest=len(plain[0]) + 2)]
    return [word for word, _, _ in process.extract(plain[0], known, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_NEAREST)]
