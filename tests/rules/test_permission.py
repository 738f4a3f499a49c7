"""May we write to this person, now, for this? The table of answers, and what holds whatever else is the case."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.consent import Standing
from solidarity_crm.rules.notices import BASES
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.permission import Case, decide

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent.parent / "golden" / "permission.md"
MAY, JUNE, DUE = date(2026, 5, 1), date(2026, 6, 1), date(2026, 12, 15)
SAID = {
    "given": Standing("given", MAY),
    "until June": Standing("given", MAY, JUNE),
    "withdrawn": Standing("withdrawn", MAY),
    "expired": Standing("expired", MAY, JUNE),
    "soft opt-in": Standing("soft opt-in", MAY),
    "soft opt-in of old": Standing("soft opt-in", date(2026, 2, 4)),
}
MORE: dict[str, dict[str, object]] = {
    "do not contact": {"do_not_contact": True},
    "suppressed: the person": {"suppressed": ("they",)},
    "suppressed: the address and the domain": {"suppressed": ("their address", "their domain")},
    "no address": {"addressed": False},
    "only by call, text": {"channels": "call, text"},
    "only by call, email": {"channels": "call, email"},
    "the notice is due": {"notice_due": DUE, "source": "partner"},
    "asked too often": {"asked_too_much": "asked 2 times in the last 30 days"},
    "asked too often, anyway": {"asked_too_much": "asked 2 times in the last 30 days", "anyway": True},
    "care": {"greet_as": "Amina", "hours": "weekdays after 10", "words_to_avoid": "clinic, HIV"},
    "do not contact, no address, only by visit": {"do_not_contact": True, "addressed": False, "channels": "visit"},
}


def rows() -> Iterator[tuple[str, str, str, str, str, Case]]:
    """Give the combinations of the table: purpose, basis, what was said, subscriber, what else; and the case."""
    for purpose, basis, said in product(PURPOSES, (None, *BASES), (None, "given", "withdrawn", "expired")):
        yield purpose, basis or "", said or "", "", "", Case(purpose, basis=basis, consent={purpose: SAID[said]} if said else {})
    for basis, said in product((None, *BASES), (None, "withdrawn", "expired", "soft opt-in")):
        consent = {"marketing": SAID[said]} if said else {}
        yield "marketing", basis or "", said or "", "corporate", "", Case("marketing", basis=basis, consent=consent, subscriber="corporate")
    for said, source, charity in product(("soft opt-in", "soft opt-in of old"), ("self", "introduced by P4"), (True, False)):
        case = Case("marketing", basis="legitimate interests", source=source, charity=charity, consent={"marketing": SAID[said]})
        yield "marketing", "legitimate interests", said, "", f"{source}; {'a charity' if charity else 'no charity'}", case
    for purpose, said in product(PURPOSES, ("given", "withdrawn")):
        other = next(each for each in PURPOSES if each != purpose)
        yield purpose, "consent", f"{other}: {said}", "", "", Case(purpose, basis="consent", consent={other: SAID[said]})
    for purpose, (name, more) in product(PURPOSES, MORE.items()):
        yield purpose, "consent", "until June", "", name, Case(purpose, basis="consent", consent={purpose: SAID["until June"]}, **more)  # type: ignore[arg-type]


def table() -> str:
    """Write the table of answers."""
    lines = ["| purpose | basis | said | subscriber | also | may we? | why | keep to |", "|---|---|---|---|---|---|---|---|"]
    for *given_, case in rows():
        answer = decide(case)
        why = "; ".join(f"{'+' if reason.allows else '-'} {reason.says}" for reason in answer.reasons)
        cells = [*given_, "yes" if answer.allowed else "NO", why, "; ".join(duty.says for duty in answer.duties)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_answers_is_the_one_that_was_agreed() -> None:
    """Each combination by itself; a change of the rule shows as a changed line."""
    assert len(set(rows_of := [tuple(row[:5]) for row in rows()])) == len(rows_of) > 48
    assert table() == GOLDEN.read_text(encoding="utf-8")


CASES = st.builds(
    Case,
    st.sampled_from(PURPOSES),
    addressed=st.booleans(),
    do_not_contact=st.booleans(),
    suppressed=st.lists(st.sampled_from(["they", "their address", "their domain"]), unique=True).map(tuple),
    channels=st.none() | st.sampled_from(["call", "email", "call; email", "visit, letter"]),
    basis=st.none() | st.sampled_from(BASES),
    source=st.sampled_from(["self", "partner", "introduced by P4"]),
    consent=st.dictionaries(st.sampled_from(PURPOSES), st.sampled_from(list(SAID.values()))),
    subscriber=st.none() | st.sampled_from(["individual", "corporate"]),
    charity=st.booleans(),
    notice_due=st.none() | st.just(DUE),
    asked_too_much=st.none() | st.just("asked often"),
    anyway=st.booleans(),
    words_to_avoid=st.none() | st.just("clinic"),
)


@given(CASES)
def test_the_answer_is_no_as_soon_as_one_reason_is_against_it(case: Case) -> None:
    """And every answer has a reason; who may not be written to has no message that could keep to anything."""
    answer = decide(case)
    assert answer.reasons
    assert answer.allowed == (answer.against == ()) == (answer.why_not == "")
    assert answer.allowed or answer.duties == ()


@given(CASES)
def test_nobody_who_objected_is_written_to(case: Case) -> None:
    """For any purpose, on any ground, whatever was said before."""
    for more in ({"do_not_contact": True}, {"suppressed": ("their domain",)}, {"addressed": False}, {"channels": "call"}):
        assert not decide(case._replace(**more)).allowed
    assert not decide(case._replace(consent={case.purpose: SAID["withdrawn"]})).allowed


@given(CASES)
def test_who_is_not_known_to_be_a_corporate_subscriber_is_an_individual(case: Case) -> None:
    """Not known is no licence."""
    assert decide(case._replace(subscriber=None)) == decide(case._replace(subscriber="individual"))


@given(CASES)
def test_marketing_to_an_individual_needs_a_yes_or_what_counts_as_one(case: Case) -> None:
    """Consent that stands, or the soft opt-in of somebody who gave their details to a charity themselves."""
    case = case._replace(purpose="marketing", subscriber=None)
    if decide(case).allowed:
        state = case.consent["marketing"].state
        assert state == "given" or (state == "soft opt-in" and case.charity and case.source == "self")


@given(CASES)
def test_what_protects_is_always_named(case: Case) -> None:
    """A notice that is owed, the words to avoid, how to opt out."""
    answer = decide(case)
    if answer.allowed:
        owed = {"notice": case.notice_due, "words": case.words_to_avoid, "way-out": case.purpose != "service"}
        assert {code: answer.owes(code) for code in owed} == {code: bool(value) for code, value in owed.items()}


def test_a_purpose_that_nobody_knows_is_covered_by_nothing() -> None:
    """As a draft that came with a folder may have."""
    for basis in (None, *BASES):
        assert not decide(Case("spam", basis=basis, consent={"service": SAID["given"]})).allowed


def test_a_reason_that_can_be_changed_says_how() -> None:
    """With the command."""
    answer = decide(Case("engagement", asked_too_much="asked often"))
    assert [reason.hint for reason in answer.against] == ['the same command with --anyway "why it cannot wait"']
    (missing,) = decide(Case("marketing")).against
    assert missing.hint is not None
    assert "contact consent give" in missing.hint


if __name__ == "__main__":  # how the table is written anew, to be read before it is kept
    GOLDEN.write_text(table(), encoding="utf-8")
