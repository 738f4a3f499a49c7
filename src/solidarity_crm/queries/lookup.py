"""Finding the record that somebody means by a ref or a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.errors import AmbiguousName, MergedAway, NotFound
from solidarity_crm.queries.reading import run
from solidarity_crm.rules import refs
from solidarity_crm.rules.refs import BY_LETTER, Ref
from solidarity_crm.store.search import ref_of, row_range
from solidarity_crm.text import one_line, shorten, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.queries.reading import Store

_APOSTROPHES = re.compile("['’‘´`ʼ]")
_LISTED, _CANDIDATES, _NEAR, _FEW = 6, 200, 60, 2
ANYTHING = "".join(BY_LETTER)
# what lists every ref of a kind; interactions have no list and are searched for
_LISTS = {
    "P": "contact list",
    "O": "org list",
    "H": "offer list --all",
    "A": "ask list --all",
    "I": "intro list --all",
    "F": "followup list --all",
    "M": "meeting list --all",
    "D": "outreach list",
    "R": "intake list --all",
}


def find(store: Store, text: str, letters: str = ANYTHING) -> Ref:
    """Give the record that ``text`` means: a ref or a name, of the nouns with one of ``letters``.

    Case, accents and the order of words do not matter, and an exact name beats a partial one.
    Raises NotFound with the nearest names, MergedAway, or AmbiguousName with the candidates.
    """
    noun = " or ".join(BY_LETTER[letter].word for letter in letters) if len(letters) <= _FEW else "record"
    ref = refs.parse(text)
    if ref and ref.letter in letters and name_of(store, ref) is not None:
        return ref
    if ref and ref.letter in letters and (into := merged_into(store, ref)):
        raise MergedAway(str(ref), str(into))
    wanted = words(text)
    found = [r for letter in letters for r in _beginning(store, letter, wanted)] if wanted else []
    if letters == "I" and wanted and not found:
        found = _between(store, wanted)
    exact = [r for r in found if sorted(words(name_of(store, r) or "")) == sorted(wanted)]
    best = exact or found
    # a contact goes before the form reply that they once wrote
    best = [r for r in best if r.letter != "R"] or best
    # and the follow-up that is open before those that it comes after
    best = [r for r in best if r.letter != "F" or _named(store, r)[1] == "open"] or best
    if len(best) == 1:
        return best[0]
    if best:
        raise AmbiguousName(noun, one_line(text), _told_apart(store, best[:_LISTED]))
    near = [label(store, r) for r in nearest(store, text, letters)]
    raise NotFound(noun, one_line(text), near, None if near else _instead(one_line(text), letters, ref))


def _instead(text: str, letters: str, ref: Ref | None) -> str | None:
    """Say what to type where nothing is near: the list that has the refs there are, or, for a name, what adds it."""
    # nobody by that name: most likely one who is not kept yet
    made = {"P": "contact add", "O": "org add"}.get(letters)
    if made and not ref and words(text):
        return f'solidarity {made} "{text}"'
    listed = _LISTS.get(ref.letter if ref and ref.letter in letters else letters)
    return f"solidarity {listed}" if listed else None


def all_called(store: Store, text: str, letter: str) -> list[Ref]:
    """List every record of a noun whose name has these words, or words that begin so."""
    wanted = words(text)
    return _beginning(store, letter, wanted) if wanted else []


def name_of(store: Store, ref: Ref) -> str | None:
    """Give what a record is called, or None when there is no such record."""
    return _named(store, ref)[0]


def _named(store: Store, ref: Ref) -> tuple[str | None, str | None]:
    """Give what a record is called and where it stands; nothing of one that is not there."""
    return next(((str(name), status) for name, status in run(store, "record_names", letter=ref.letter, number=ref.number)), (None, None))


def merged_into(store: Store, ref: Ref) -> Ref | None:
    """Give the record that one was merged into, and that into another, to the end; None when it was not, or nothing is there."""
    found = None
    while name_of(store, ref) is None:
        row = next(iter(run(store, "merged_into", ref=str(ref))), None)
        found = refs.parse(row[0]) if row else None
        if found is None:
            return None
        ref = found
    return found


def label(store: Store, ref: Ref) -> str:
    """Give a record as lists of candidates have it: ``P12 Amina Yusuf``."""
    return f"{ref} {shorten(name_of(store, ref) or '', _NEAR)}"


def _told_apart(store: Store, several: list[Ref]) -> list[str]:
    """Give candidates in a line each; to those that are called the same, add what tells them apart."""
    found = [label(store, ref) for ref in several]
    named = [line.partition(" ")[2] for line in found]
    for place, ref in enumerate(several):
        more = next(run(store, "told_apart", letter=ref.letter, number=ref.number))[0] if named.count(named[place]) > 1 else None
        found[place] += f" ({one_line(more)})" if more else ""
    return found


def complete(store: Store, start: str, letters: str) -> Iterator[tuple[Ref, str]]:
    """Give the records of a noun whose ref or name begins so, with their names, a few dozen at most."""
    ref = refs.parse(start)
    if ref and ref.letter in letters:
        name = name_of(store, ref)
        if name is not None:
            yield ref, name
        return
    wanted = words(start)
    for letter in letters:
        begun = _beginning(store, letter, wanted, limit=_NEAR) if wanted else _first(store, letter)
        for found in begun or (_between(store, wanted)[:_NEAR] if letters == "I" else ()):
            yield found, name_of(store, found) or ""


def nearest(store: Store, text: str, letters: str) -> list[Ref]:
    """List the records whose names are most like ``text``, the likest first."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only when a name was not found

    names = {str(Ref(letter, number)): name for letter in letters for number, name in run(store, "all_names", letter=letter)}
    found = process.extract(text, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=_NEAR)
    return [ref for ref in (refs.parse(key) for _, _, key in found) if ref]


def match_all(wanted: list[str], columns: str) -> str:
    """Write the index's query for records that have every word, or its beginning, in some columns.

    Words are folded, so only letters and digits stand between the quotes.
    """
    terms = " AND ".join(f'"{word}" *' for word in wanted[:32])
    return f"{{{columns}}} : ({terms})"


def _beginning(store: Store, letter: str, wanted: list[str], limit: int = _CANDIDATES) -> list[Ref]:
    """List a noun's records whose title has words that begin as wanted."""
    first, last = row_range(letter)
    found = run(store, "lookup_names", match=match_all(wanted, "title folded"), first=first, last=last, limit=limit)
    # the folded column has words of the other texts too: a note that mentions O'Brien is not called so
    return [ref_of(row) for row, title in found if begins(title, wanted)]


def begins(title: str, wanted: list[str]) -> bool:
    """Say whether each word wanted begins one of the title's, and another one each; O'Brien is obrien, and o and brien."""
    there = words(title)
    there += [word for word in words(_APOSTROPHES.sub(" ", title)) if word not in there]
    # the longest first: what it leaves is enough for a shorter one, since that begins all that the longer one does, or none of it
    for start in sorted(wanted, key=len, reverse=True):
        taken = next((word for word in there if word.startswith(start)), None)
        if taken is None:
            return False
        there.remove(taken)
    return True


def _between(store: Store, wanted: list[str]) -> list[Ref]:
    """List the introductions of people who are called so; the index has them by what they are for."""
    return [Ref("I", number) for number, name in run(store, "all_names", letter="I") if begins(name, wanted)]


def _first(store: Store, letter: str) -> list[Ref]:
    """List a noun's newest records."""
    return [Ref(letter, number) for (number,) in run(store, "newest_numbers", letter=letter, limit=_NEAR)]
