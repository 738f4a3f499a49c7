"""What a text gives away of somebody, and by which channels somebody can be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import Refused
from solidarity_crm.rules import introducing, reaching, sharing
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.reaching import Reach
from solidarity_crm.rules.sharing import Traits

SIAN = Traits("Siân O'Brien [she/her]", ("Leeds GATE", "MESMAC"), ("sian@example.org",), ("+44 113 496 0123",))
AMINA = Traits("Amina O'Brien", ("MESMAC",), ("info@mesmac.example",), ())


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("a GP who runs a drop-in", None, None),
        ("ask Siân", "name", "Siân"),
        ("ask Sian", "name", "Siân"),
        ("ask SIAN O'BRIEN she her", "name", "Siân"),
        ("ask sian obrien", "name", "Siân O'Brien [she/her]"),
        ("She knows Her, and They do", None, None),
        ("she is at leeds gate now", "organisation", "Leeds GATE"),
        ("through the gate", None, None),
        ("write to SIAN@example.org", "email", "sian@example.org"),
        ("ring 0113 496 0123", "phone", "0113 496 0123"),
        ("ring (0113)4960123 soon", "phone", "(0113)4960123"),
        ("ring 01632 960123", None, None),
        ("there is hope", None, None),
    ],
)
def test_what_a_text_gives_away(text: str, field: str | None, words: str | None) -> None:
    """Names as they are written, organisations as whole words, addresses and numbers however they are written."""
    found = sharing.given_away(text, SIAN)
    assert (found and found.field, found and found.words) == (field, words)


@pytest.mark.parametrize(
    ("text", "words"), [("Mina knows it", "Mina"), ("as Amina Begum", "Begum"), ("a Dr nearby", None), ("ask Liz", "(Liz)")]
)
def test_whatever_else_they_are_called_gives_them_away(text: str, words: str | None) -> None:
    """What they are known as, were called before, or have in brackets; a title is nobody's."""
    found = sharing.given_away(text, Traits("Dr Elizabeth (Liz) Yusuf", other_names=("Mina", "Elizabeth Begum")))
    assert (found and found.words) == words


def test_what_they_share_or_have_in_common_gives_nobody_away() -> None:
    """A field that may be told, an organisation where both are, a name that the reader has too."""
    assert sharing.given_away("Siân is at Leeds GATE", SIAN, shared=("name", "organisation")) is None
    assert sharing.given_away("both at MESMAC", SIAN, known=AMINA) is None
    assert sharing.given_away("the two O'Briens, O'Brien and O'Brien", SIAN, known=AMINA) is None
    with pytest.raises(Refused, match="the description has 'Siân' in it, and the other person's name may not be told yet"):
        sharing.check_words("the description", "Siân's friend", SIAN)
    sharing.check_words("the description", None, SIAN)


@given(st.text(), st.text())
def test_a_field_is_found_wherever_it_stands(before: str, after: str) -> None:
    """Whatever is written around an address."""
    found = sharing.given_away(f"{before} sian@example.org {after}", SIAN)
    assert found is not None
    assert found.field == "email"


def test_what_is_not_made_is_one_thing_to_everybody_else() -> None:
    """Three words for ourselves, one for whoever is not us; and until it is made, nobody's answer shows."""
    told = {status: introducing.outward(status) for status in STATES["I"]}
    assert {told[status] for status in ("declined", "lapsed", "withdrawn")} == {"not pursued"}
    assert {told[status] for status in ("proposed", "asking", "agreed")} == {"under way"}
    assert {status for status, said in told.items() if status == said} == {"made", "met", "closed"}


@pytest.mark.parametrize(
    ("reach", "channel", "expected"),
    [
        (Reach(None, has_email=True, has_phone=False), None, "email"),
        (Reach(None, has_email=False, has_phone=False), "call", "call"),
        (Reach(("call", "letter"), has_email=True, has_phone=True), "call", "call"),
    ],
)
def test_by_which_channel_somebody_is_asked(reach: Reach, channel: str | None, expected: str) -> None:
    """By e-mail unless another is named."""
    assert reaching.check("P1 Amina Yusuf", reach, channel) == expected


@pytest.mark.parametrize(
    ("reach", "channel", "said"),
    [
        (Reach(None, has_email=False, has_phone=True), None, "we have no address; possible: call, text, letter"),
        (Reach(("letter",), has_email=True, has_phone=True), None, "that is not safe for them; possible: letter$"),
        (Reach(("letter",), has_email=True, has_phone=True), "call", "that is not safe for them"),
        (Reach(("email",), has_email=False, has_phone=True), "call", r"by any channel that is safe for them \(email\)"),
    ],
)
def test_a_channel_that_is_not_theirs_is_refused(reach: Reach, channel: str | None, said: str) -> None:
    """With those that are possible."""
    with pytest.raises(Refused, match=said):
        reaching.check("P1 Amina Yusuf", reach, channel)
