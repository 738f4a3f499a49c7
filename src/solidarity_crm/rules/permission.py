"""May we write to this person, now, for this? One rule, which every way of writing to people asks; it answers with all its reasons.

An objection to being contacted is absolute (UK GDPR Article 21; ICO, "Respect people's preferences"). What people are
written to for must be covered by the ground on which their details are kept (Article 6). Marketing by e-mail, which
promoting a charity's aims is too, needs an individual's consent, or the charities' soft opt-in, which is for whoever gave
their details themselves; a corporate body may be sent it without (PECR regulation 22). Whoever is not known to write from
a corporate body's address is an individual.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.consent import EXPIRED, GIVEN, SOFT_OPT_IN, WITHDRAWN, Standing
from solidarity_crm.rules.notices import FROM_THEMSELVES
from solidarity_crm.rules.outreach import PURPOSES, WITH_WAY_OUT, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERVICE, ENGAGEMENT, MARKETING = PURPOSES
INDIVIDUAL, CORPORATE = SUBSCRIBERS = ("individual", "corporate")
SOFT_OPT_IN_FROM = date(2026, 2, 5)  # regulation 22(3A) is in force since, and not for details taken before
# what each ground covers by itself; consent covers what was said, and marketing takes more than any ground but that
_COVERED = {
    None: (SERVICE, ENGAGEMENT),
    "legitimate interests": (SERVICE, ENGAGEMENT),
    "public task": (SERVICE, ENGAGEMENT),
    "contract": (SERVICE,),
    "consent": (SERVICE,),
}


class Case(NamedTuple):
    """A person and a purpose: everything that decides whether a message may go to them by e-mail.

    ``suppressed`` says what of them is (``them``, ``their address``, ``their domain``), ``consent`` what they said of each
    purpose, ``notice_due`` the day by which a privacy notice is owed, ``asked_too_much`` why they should be asked for
    nothing more, unless it goes out ``anyway``. ``charity`` is whether we are one.
    """

    purpose: str
    addressed: bool = True
    do_not_contact: bool = False
    suppressed: tuple[str, ...] = ()
    channels: str | None = None
    basis: str | None = None
    source: str = FROM_THEMSELVES
    consent: Mapping[str, Standing] = {}
    subscriber: str | None = None
    charity: bool = False
    notice_due: date | None = None
    asked_too_much: str | None = None
    anyway: bool = False
    greet_as: str | None = None
    hours: str | None = None
    words_to_avoid: str | None = None


class Reason(NamedTuple):
    """One reason for (``allows``) or against writing; ``code`` is for programs, ``hint`` what could change it."""

    code: str
    allows: bool
    says: str
    hint: str | None = None


class Duty(NamedTuple):
    """What whoever writes must keep to."""

    code: str
    says: str


class Permission(NamedTuple):
    """The answer: whether a message may go, every reason for and against it, and what it must keep to."""

    allowed: bool
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons against it."""
        return tuple(reason for reason in self.reasons if not reason.allows)

    @property
    def why_not(self) -> str:
        """The reasons against it, in one sentence; empty when there is none."""
        return "; ".join(reason.says for reason in self.against)

    def owes(self, code: str) -> bool:
        """Say whether a message must keep to a duty."""
        return any(duty.code == code for duty in self.duties)


def decide(case: Case) -> Permission:
    """Say whether a message may go, why, and what it must keep to."""
    reasons = (*_absolute(case), *_purpose(case), *_asking(case))
    allowed = all(reason.allows for reason in reasons)
    return Permission(allowed, reasons, tuple(_duties(case)) if allowed else ())


def _for(code: str, says: str, hint: str | None = None) -> Reason:
    """Give a reason for writing."""
    return Reason(code, True, says, hint)  # noqa: FBT003 - this is the name that it has elsewhere


def _against(code: str, says: str, hint: str | None = None) -> Reason:
    """Give a reason against writing."""
    return Reason(code, False, says, hint)  # noqa: FBT003 - as above


def _absolute(case: Case) -> Iterator[Reason]:
    """Give what forbids every message, whatever it is for."""
    if case.do_not_contact:
        yield _against("do-not-contact", "they asked not to be contacted")
    for what in case.suppressed:
        yield _against(
            "suppressed",
            f"{what} {'are' if what == 'they' else 'is'} on the list of those not to be written to",
            "solidarity outreach suppressed",
        )
    if not case.addressed:
        yield _against("no-address", "they have no e-mail address", "solidarity contact edit REF --email ADDRESS")
    if case.channels and "email" not in parts(case.channels):
        yield _against("channel", f"they are to be reached only by {case.channels}")


def _purpose(case: Case) -> Iterator[Reason]:
    """Give the one reason for or against what the message is for."""
    said = case.consent.get(case.purpose)
    if said and said.state == WITHDRAWN:
        yield _against("withdrawn", f"they withdrew their consent to {case.purpose} on {said.on}")
    elif said and said.state == GIVEN:
        until = f", until {said.until}" if said.until else ""
        yield _for("consent", f"they consented to {case.purpose} on {said.on}{until}")
    elif case.purpose == MARKETING:
        yield _marketing(case, said)
    else:
        yield _ground(case, said)


def _marketing(case: Case, said: Standing | None) -> Reason:
    """Say whether marketing may go to somebody whose consent does not stand."""
    problem = _no_soft_opt_in(case, said) if said and said.state == SOFT_OPT_IN else None
    if said and said.state == SOFT_OPT_IN and problem is None:
        return _for("soft-opt-in", f"they did not opt out when they gave their details on {said.on} (soft opt-in)")
    if case.subscriber == CORPORATE and case.basis == "legitimate interests":
        return _for("corporate", "their address is a corporate body's, which may be sent marketing (basis: legitimate interests)")
    if said and problem:
        return _against("soft-opt-in", f"the soft opt-in of {said.on} does not count: {problem}", _GIVE)
    if said and said.state == EXPIRED:
        return _against("expired", f"their consent to marketing ended on {said.until}", _GIVE)
    return _against("no-consent", f"they have not consented to marketing (basis: {case.basis or 'none recorded'})", _GIVE)


def _no_soft_opt_in(case: Case, said: Standing) -> str | None:
    """Say why a soft opt-in does not count, or None when it does (PECR regulation 22(3A))."""
    if not case.charity:
        return "it is for charities alone"
    if case.source != FROM_THEMSELVES:
        return "their details did not come from themselves"
    return f"it is for details taken since {SOFT_OPT_IN_FROM}" if said.on < SOFT_OPT_IN_FROM else None


def _ground(case: Case, said: Standing | None) -> Reason:
    """Say whether the ground on which their details are kept covers a message that is not marketing."""
    basis = case.basis
    expired = said is not None and said.state == EXPIRED
    if case.purpose in _COVERED[basis] and not (basis == "consent" and expired):
        return _for("basis", f"{basis} covers {case.purpose}") if basis else _for("no-basis", _UNRECORDED, _RECORD)
    if basis == "consent" and not case.consent:
        return _for("consent-unsaid", "their details are kept by consent; what they consented to is not recorded", _GIVE)
    if said and expired:
        return _against("expired", f"their consent to {case.purpose} ended on {said.until}", _GIVE)
    if basis == "consent":
        return _against("no-consent", f"what they consented to does not cover {case.purpose}", _GIVE)
    return _against(
        "basis", f"the ground on which their details are kept ({basis or 'none recorded'}) does not cover {case.purpose}", _RECORD
    )


_GIVE = 'solidarity contact consent give REF --purpose PURPOSE --by call --words "WHAT THEY SAID"'
_RECORD = 'solidarity contact edit REF --basis "legitimate interests"'
_UNRECORDED = "no ground for keeping their details is recorded, so no more than service and engagement"


def _asking(case: Case) -> Iterator[Reason]:
    """Give what speaks against asking them for one more thing."""
    if case.purpose == ENGAGEMENT and case.asked_too_much:
        hint = None if case.anyway else 'the same command with --anyway "why it cannot wait"'
        says = f"{case.asked_too_much}; it goes out anyway" if case.anyway else case.asked_too_much
        yield Reason("ask-budget", case.anyway, says, hint)


def _duties(case: Case) -> Iterator[Duty]:
    """Give what a message must keep to."""
    if case.notice_due:
        yield Duty("notice", f"the privacy notice goes into the message (due by {case.notice_due})")
    if case.purpose in WITH_WAY_OUT:
        yield Duty("way-out", "the message says how to opt out")
    if case.greet_as:
        yield Duty("name", f"greet them as {case.greet_as}")
    if case.words_to_avoid:
        yield Duty("words", f"do not say: {case.words_to_avoid}")
    if case.hours:
        yield Duty("hours", f"reach them only: {case.hours}")
