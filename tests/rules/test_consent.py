"""What holds of what was said: the last word, for as long as it was meant, and a no from either of two records."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.consent import CHANNELS, KINDS, Event, Standing, refused, standings
from solidarity_crm.rules.outreach import PURPOSES

TODAY = date(2026, 12, 1)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
DAYS = st.dates(date(2025, 1, 1), TODAY)
EVENTS = st.lists(
    st.builds(
        lambda kind, purpose, channel, on, lasts, number: Event(kind, purpose, channel, on, on + timedelta(days=lasts) if lasts else None, number),
        st.sampled_from(KINDS), st.sampled_from(PURPOSES), st.sampled_from(CHANNELS), DAYS, st.none() | st.integers(0, 400), st.integers(1, 99),
    ),
    max_size=8, unique_by=lambda event: event.number,
)  # fmt: skip


def said(kind: str, on: date = MAY, until: date | None = None, number: int = 1, **more: str) -> Event:
    """Give something that was said: of marketing by e-mail, unless more is given."""
    return Event(kind, more.get("purpose", "marketing"), more.get("channel", "email"), on, until, number)


def now(*events: Event, today: date = TODAY) -> Standing | None:
    """Give what holds of marketing by e-mail."""
    return standings(events, today=today).get("marketing")


def test_the_last_word_holds() -> None:
    """By the day it was said, not by when it was noted; of one day, by what was noted last."""
    assert now() is None
    assert now(said("given")) == Standing("given", MAY)
    assert now(said("withdrawn", JUNE, number=1), said("given", MAY, number=2)) == Standing("withdrawn", JUNE)
    assert now(said("withdrawn", JUNE), said("given", JUNE, number=2)) == Standing("given", JUNE)
    assert now(said("given", JUNE), said("withdrawn", JUNE, number=2)) == Standing("withdrawn", JUNE)


def test_consent_holds_through_its_last_day() -> None:
    """And is none the day after."""
    given_until = said("given", MAY, JUNE)
    assert now(given_until, today=JUNE) == Standing("given", MAY, JUNE)
    assert now(given_until, today=JUNE + timedelta(days=1)) == Standing("expired", MAY, JUNE)


def test_each_purpose_and_channel_has_its_own() -> None:
    """A yes to texts is none to e-mail, a yes to being asked none to newsletters."""
    assert now(said("given", channel="text")) is None
    assert now(said("given", purpose="engagement")) is None
    both = [said("given"), said("withdrawn", JUNE, number=2, channel="text")]
    assert standings(both, today=TODAY, channel="text") == {"marketing": Standing("withdrawn", JUNE)}
    assert now(*both) == Standing("given", MAY)


def test_a_soft_opt_in_is_no_answer() -> None:
    """Whoever said no is not made to have said nothing."""
    assert now(said("soft opt-in")) == Standing("soft opt-in", MAY)
    assert now(said("withdrawn"), said("soft opt-in", JUNE, number=2)) == Standing("withdrawn", MAY)
    assert now(said("given"), said("soft opt-in", JUNE, number=2)) == Standing("given", MAY)


def test_a_no_in_either_record_is_a_no() -> None:
    """Whatever the other says, and since when."""
    no, yes = {"marketing": Standing("withdrawn", MAY)}, {"marketing": Standing("given", JUNE), "service": Standing("given", JUNE)}
    assert refused(no, yes) == refused(yes, no) == ["marketing"]
    assert refused(yes, yes) == []


@given(EVENTS, st.randoms())
def test_playing_the_events_again_gives_the_same(events: list[Event], random: object) -> None:
    """In whatever order they are read; and one more withdrawal always holds."""
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # random.Random
    assert standings(shuffled, today=TODAY) == standings(events, today=TODAY)
    for purpose in PURPOSES:
        after = [*events, Event("withdrawn", purpose, "email", TODAY, None, 100)]
        assert standings(after, today=TODAY)[purpose].state == "withdrawn"
