"""What people say to being written to, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

NEWS = "Subject: News\nPurpose: marketing\nAbout: A newsletter\n\nDear {{ contact.greeting }},\n\nNews.\n"
SURVEY = NEWS.replace("marketing", "engagement")
CONSENT = ("contact", "consent")


@pytest.fixture(autouse=True)
def _templates(crm: Crm) -> None:
    """Put a newsletter and a survey into the workspace."""
    for name, text in (("news", NEWS), ("survey", SURVEY)):
        (crm.workspace.templates / f"{name}.txt").write_text(text, encoding="utf-8")


def test_what_was_said_is_kept_with_how_and_until_when(crm: Crm, sian: str) -> None:
    """A list that only grows; the card says what holds."""
    said = ("--by", "phone", "--words", "Yes, she said [gladly]", "--told", "once a month", "--on", "2026-11-20", "--until", "2027-11-20")
    (first,) = crm.json(*CONSENT, "give", sian, "--purpose", "marketing", *said)
    assert first == {
        "kind": "given",
        "purpose": "marketing",
        "channel": "email",
        "on": "2026-11-20",
        "until": "2027-11-20",
        "how": "call",
        "words": "Yes, she said [gladly]",
        "told": "once a month",
        "number": 1,
    }
    found = crm.json(*CONSENT, "withdraw", sian, "--purpose", "marketing", "--by", "email")
    assert [(one["kind"], one["purpose"], one["how"]) for one in found] == [
        ("given", "marketing", "call"),
        ("withdrawn", "marketing", "email"),
    ]
    assert crm.json(*CONSENT, "list", "sian") == found == crm.json("contact", "show", sian)["consents"]
    assert "marketing: withdrawn on Tue 1 Dec 2026" in crm.ok("show", sian).out
    assert "Yes, she said [gladly]" in crm.ok(*CONSENT, "list", sian).out


def test_a_withdrawal_that_stands_is_kept_once(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """Unless it is told how, in which words, or that it was said before; after a later yes it is news again."""
    withdraw = (*CONSENT, "withdraw", amina)
    crm.ok(*withdraw, "--purpose", "marketing", "--on", "2026-11-20", "--by", "call")
    assert [one["purpose"] for one in crm.json(*withdraw)] == ["marketing", "engagement"]
    on_day("2026-12-02")
    said = crm.refused(Exit.REFUSED, *withdraw)
    assert f"P1 has withdrawn that already, so nothing was changed\ntry: solidarity contact consent list {amina}" in said
    crm.refused(Exit.REFUSED, *withdraw, "--by", "call", "--purpose", "marketing")
    assert len(crm.json(*withdraw, "--by", "email")) == 4
    assert len(crm.json(*withdraw, "--words", "No more of these")) == 6
    assert len(crm.json(*withdraw, "--channel", "text")) == 8
    assert len(crm.json(*withdraw, "--on", "2026-11-01", "--purpose", "marketing")) == 9
    crm.ok(*CONSENT, "give", amina, "--purpose", "marketing")
    assert [one["kind"] for one in crm.json(*withdraw, "--purpose", "marketing")][-2:] == ["given", "withdrawn"]


def test_consent_opens_a_purpose_and_withdrawing_closes_it(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """From the very next message, and whoever is kept by consent is asked only for what they consented to."""
    assert "have not consented to marketing" in crm.refused(Exit.REFUSED, "outreach", "draft", "news", "--to", amina)
    crm.ok(*CONSENT, "give", amina, "--purpose", "marketing", "--until", "2026-12-10")
    crm.ok("outreach", "draft", "news", "--to", amina)
    crm.ok(*CONSENT, "withdraw", amina)
    assert "they withdrew their consent to marketing on 2026-12-01" in crm.refused(Exit.REFUSED, "outreach", "export", "D1")
    assert "they withdrew their consent to engagement" in crm.refused(Exit.REFUSED, "outreach", "draft", "survey", "--to", amina)
    assert "P1 may be written to again (engagement, marketing)\n" in crm.ok("undo", "--yes").err
    crm.ok("outreach", "export", "D1")
    on_day("2026-12-11")
    said = crm.refused(Exit.REFUSED, "outreach", "draft", "news", "--to", amina)
    assert "their consent to marketing ended on 2026-12-10\ntry: solidarity contact consent give P1 --purpose" in said
    crm.ok("contact", "edit", amina, "--basis", "consent")
    assert "does not cover engagement" in crm.refused(Exit.REFUSED, "outreach", "draft", "survey", "--to", amina)


def test_a_soft_opt_in_is_for_charities_and_for_who_gave_their_details_themselves(crm: Crm, amina: str, sian: str) -> None:
    """Nobody who was introduced."""
    crm.ok("contact", "edit", sian, "--source", f"introduced by {amina}")
    for ref in (amina, sian):
        crm.ok(*CONSENT, "give", ref, "--soft-opt-in", "--by", "form")
    draft = ("outreach", "draft", "news", "--to")
    assert "it is for charities alone" in crm.refused(Exit.REFUSED, *draft, amina)
    settings = crm.workspace.folder / "solidarity.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[network]", "[network]\ncharity = true", 1), encoding="utf-8")
    from solidarity_crm.store.workspace import opened

    crm.workspace = opened(crm.workspace.folder)
    assert crm.json(*draft, amina)[0]["ref"] == "D1"
    assert "did not come from themselves" in crm.refused(Exit.REFUSED, *draft, sian)


def test_a_corporate_body_may_be_sent_marketing_at_its_own_domain(crm: Crm, amina: str) -> None:
    """On legitimate interests, until somebody there says no; a private address of theirs is an individual's."""
    crm.ok("contact", "edit", amina, "--basis", "legitimate interests", "--email", "amina@mesmac.example")
    crm.ok("org", "edit", "mesmac", "--website", "https://www.mesmac.example")
    draft = ("outreach", "draft", "news", "--to", amina)
    crm.refused(Exit.REFUSED, *draft)
    assert crm.json("org", "edit", "mesmac", "--subscriber", "corporate")["subscriber"] == "corporate"
    crm.ok(*draft)
    crm.ok("contact", "edit", amina, "--email", "amina@example.org")
    crm.refused(Exit.REFUSED, *draft, "--again")
    crm.ok("contact", "edit", amina, "--email", "amina@mesmac.example")
    crm.ok("org", "edit", "mesmac", "--subscriber", "unknown")
    crm.refused(Exit.REFUSED, *draft, "--again")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("give", "P1"), Exit.USAGE, "what they consented to was not given"),
        (("give", "P1", "--purpose", "fun"), Exit.USAGE, "no purpose 'fun'; it is one of: service, engagement, marketing"),
        (("give", "P1", "--purpose", "service", "--soft-opt-in"), Exit.USAGE, "a soft opt-in is for marketing alone"),
        (("give", "P1", "--purpose", "service", "--on", "2026-12-02"), Exit.USAGE, "it has not come yet"),
        (
            ("give", "P1", "--purpose", "service", "--until", "2026-11-30"),
            Exit.USAGE,
            "'2026-11-30': it is before the day it was said, 2026-12-01",
        ),
        (("give", "P1", "--purpose", "service", "--by", "pigeon"), Exit.USAGE, "no channel 'pigeon'"),
        (("withdraw", "nobody"), Exit.NOT_FOUND, "no contact 'nobody'"),
        (("forget", "P1"), Exit.USAGE, "no command 'consent forget'; it is one of: consent give, consent withdraw, consent list"),
        ((), Exit.USAGE, "consent needs one more word"),
    ],
)
def test_what_will_not_do_changes_nothing(crm: Crm, amina: str, typed: tuple[str, ...], code: Exit, said: str) -> None:
    """One line that says why."""
    assert said in crm.refused(code, *CONSENT, *typed)
    assert crm.json(*CONSENT, "list", amina) == []
