"""The search index: whatever letters a text has, its folded words find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.queries.lookup import match_all
from solidarity_crm.rules.refs import Ref
from solidarity_crm.store import search, sqlite
from solidarity_crm.text import safe, words

if TYPE_CHECKING:
    from solidarity_crm.store.workspace import Workspace


# letters of every script, marks, signs and points that no letter has yet; New Tai Lue and Vedic signs, which the
# tokenizer takes for marks, are left out
POINTS = (*range(0x80, 0x1980), *range(0x1A00, 0x1CD0), *range(0x1D00, 0x3100), *range(0xA640, 0xAB70), *range(0xFB00, 0x10000))


@pytest.mark.parametrize("form", ["x{0}a{1}b{0}z", "{1}"])
def test_a_text_with_any_letter_is_found_by_its_folded_words(workspace: Workspace, form: str) -> None:
    """Within a word, and as all that there is."""
    texts = [safe(form.format(number, chr(code))) for number, code in enumerate(POINTS)]
    first, _ = search.row_range("P")
    connection = sqlite.write(workspace.store)
    sqlite.begin(connection)
    search._insert(connection, [(first + number, text, "") for number, text in enumerate(texts)])
    missed = []
    for number, text in enumerate(texts):
        asked = words(text)
        query = (match_all(asked, "title folded"), first + number)
        if asked and not connection.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", query).fetchone():
            missed.append(text)
    connection.close()
    assert missed == []


@pytest.mark.parametrize("many", [1, 3])
def test_a_removed_record_leaves_no_word_in_the_index(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """Whether few are removed or many at once; what stays is found still."""
    monkeypatch.setattr(search, "_MANY", 2)
    connection = sqlite.write(workspace.store)
    sqlite.begin(connection)
    search._insert(connection, [(search.row_of(Ref("P", number)), f"Canary{number} Yusuf", "") for number in range(9)])
    search._remove(connection, [search.row_of(Ref("P", number)) for number in range(many)])
    connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    kept = b"".join(bytes(block) for (block,) in connection.execute("SELECT block FROM search_data"))
    texts = [title for (title,) in connection.execute("SELECT c0 FROM search_content ORDER BY id")]
    words = [word for (word,) in connection.execute("SELECT term FROM search_word WHERE term LIKE 'canary%'")]
    assert words == [f"canary{number}" for number in range(many, 9)]
    assert texts == [f"Canary{number} Yusuf" for number in range(many, 9)]
    assert kept.count(b"canary") <= 9 - many
    connection.close()
