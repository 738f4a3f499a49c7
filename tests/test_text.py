"""Text that people typed, made safe and comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from payloads import FORBIDDEN, HOSTILE, TYPEABLE, UNUSUAL, generated
from solidarity_crm.text import fold, initials, mark, one_line, safe, shorten, slug, some, words

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.builds(
    "".join, st.lists(st.sampled_from([*HOSTILE.values(), "\x1b", "[", "]", "\x9b", "\x07", "\r", "\u202e", "\u200d", "a"]), max_size=6)
)


def test_there_are_payloads_enough() -> None:
    """Named ones, of every family."""
    assert len(HOSTILE) >= 40
    assert 40 <= len(TYPEABLE) < len(HOSTILE)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_payload_leaves_anything_to_obey(name: str) -> None:
    """Neither in text of several lines nor in one."""
    assert not FORBIDDEN.search(safe(HOSTILE[name]))
    assert not FORBIDDEN.search(one_line(HOSTILE[name]))
    assert "\n" not in one_line(HOSTILE[name])


def test_ten_thousand_generated_texts_leave_nothing_to_obey() -> None:
    """Control, bidi and zero-width marks are gone, and a second pass finds nothing more."""
    texts = generated(12_000)
    assert len(set(texts)) > 10_000
    for text in texts:
        clean, line = safe(text), one_line(text)
        assert not FORBIDDEN.search(clean), repr(text)
        assert not FORBIDDEN.search(line), repr(text)
        assert not {"\n", "\t"} & set(line), repr(text)
        assert (safe(clean), one_line(line)) == (clean, line), repr(text)


@given(anything)
@settings(max_examples=500, deadline=None)
@example("\x1b]0;\x1b]0;\x07\x1b")
@example("a\u200d\u200d\u200db")
@example("\u05d0\u200d\u200da\u200b\u200d\u05d0")
def test_safe_text_is_safe_whatever_it_was(text: str) -> None:
    """And making it safe again changes nothing."""
    assert not FORBIDDEN.search(safe(text))
    assert safe(safe(text)) == safe(text)
    assert one_line(one_line(text)) == one_line(text) == one_line(text).strip()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Mn"], max_codepoint=0xDFFFF), max_size=40))
def test_ordinary_text_comes_through_whole(text: str) -> None:
    """Letters of any script, digits, marks: nothing is lost but the invisible fillers."""
    kept = "".join(letter for letter in text if letter not in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
    assert safe(text) == kept


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_names_come_through_whole(name: str) -> None:
    """Joiners that spell a word or an emoji stay."""
    assert safe(UNUSUAL[name]) == UNUSUAL[name]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://evil.example\x1b\\Ann\x1b]8;;\x1b\\", "Ann"),
        ("\x1b]0;never ended\nsecond line", "\nsecond line"),
        ("Ann\r\nBob\rCas", "Ann\nBob\nCas"),
        ("Ann\u2028Bob\x0bCas\x85Dee", "Ann\nBob\nCas\nDee"),
        ("a\tb", "a\tb"),
        ("Ami\u200dna", "Amina"),
        ("Ann [/red]", "Ann [/red]"),
    ],
)
def test_what_is_left_is_what_was_meant(typed: str, shown: str) -> None:
    """Sequences go with what they carry; every kind of line end is one."""
    assert safe(typed) == shown


def test_one_line_joins_lines_and_blanks_with_one_blank() -> None:
    """Words that stood on two lines do not run together."""
    assert one_line("  Ann\u2028Bob\n\n\tCas\u00a0 Dee ") == "Ann Bob Cas Dee"


# --- comparing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân O'Brien [she/her]", "sian obrien she her"),
        ("O’Brien", "O'BRIEN"),
        ("O‘Brien", "O´Brien"),
        ("O`Brien", "OʼBrien"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Ærø Øst", "aero ost"),
        ("Ｏｓｌｏ", "oslo"),
        ("𝓐𝓶𝓲𝓷𝓪", "amina"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Amina  Yusuf", "amina_yusuf"),
        ("\u200eAmi\u200bna\u202c", "amina"),
    ],
)
def test_spellings_that_people_take_for_the_same(one: str, other: str) -> None:
    """No case, accents or apostrophes, whichever of them is typed."""
    assert fold(one) == fold(other)


@given(anything)
@settings(max_examples=500)
def test_folding_is_done_once(text: str) -> None:
    """A folded text has one blank between words of letters and digits, and folds to itself."""
    folded = fold(text)
    assert fold(folded) == folded == " ".join(words(text))
    assert unicodedata.is_normalized("NFC", folded)
    assert all(word.isalnum() for word in words(text))


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])))
def test_case_and_composition_do_not_matter(text: str) -> None:
    """NFC or NFD, small or capital."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text).upper()) == fold(text)


def test_a_slug_is_one_word() -> None:
    """For the command line, and it finds what it was made of."""
    assert slug("Siân O'Brien [she/her]") == "sian-obrien-she-her"
    assert fold(slug("Amina Yusuf")) == fold("Amina Yusuf")


@pytest.mark.parametrize(
    ("name", "initial"), [("Amina Yusuf", "A.Y."), ("siân o'brien", "S.O."), ("", "?"), ("…", "?"), ("Mary-Ann Lee", "M.A.L.")]
)
def test_initials(name: str, initial: str) -> None:
    """One for each word, ``?`` where there is none."""
    assert initials(name) == initial


@given(anything, st.integers(1, 30))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    """It is one line, whole if it fits, else its beginning and an ellipsis."""
    short, line = shorten(text, width), one_line(text)
    assert len(short) <= width
    assert short == line if len(line) <= width else short.endswith("…")
    assert line.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("several", "between", "expected"),
    [("", ", ", ""), ("a", ", ", "a"), ("ab", ", ", "a, b"), ("abcd", ", ", "a, b and 2 more"), ("abc", "; ", "a; b; and 1 more")],
)
def test_the_first_few_of_several(several: str, between: str, expected: str) -> None:
    """And how many more there are, if there are."""
    assert some(several, 2, between) == expected


# --- showing what was found --------------------------------------------------------------------------------


def test_found_words_stand_in_brackets() -> None:
    """Each that begins as wanted, with as much around the first as there is room for."""
    assert mark("Siân O'Brien rang", ["obri"]) == "Siân [O'Brien] rang"
    assert mark("a talk on talks", ["talk"]) == "a [talk] on [talks]"
    assert mark("one two three four five", ["three"], width=8) == "…[three] four…"
    assert mark("nothing of the kind", ["talk"]) is None


@given(anything, anything)
@settings(max_examples=300, deadline=None)
def test_what_is_shown_of_a_text_is_part_of_it(text: str, wanted: str) -> None:
    """Whatever is asked, nothing is added but brackets and ellipses, and it is safe."""
    shown = mark(text, words(wanted))
    if shown is not None:
        assert not FORBIDDEN.search(shown)
        assert "[" in shown
        bare = [word.strip("[]…·") for word in shown.split()]
        assert all(word in one_line(text) for word in bare)
