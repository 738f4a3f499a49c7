"""Messages from templates, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from drafts_made import GREETING, own_template
from solidarity_crm import output
from solidarity_crm.cli.command import Elsewhere
from solidarity_crm.cli.commands import outreach
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

FIELDS = [
    "ref",
    "uid",
    "to",
    "to_address",
    "template",
    "about",
    "purpose",
    "subject",
    "body",
    "with_notice",
    "status",
    "owner",
    "message_id",
    "approved_on",
    "exported_at",
    "sending_at",
    "sent_at",
    "anyway",
    "created_at",
    "updated_at",
]


@pytest.fixture
def introduction(crm: Crm, amina: str, sian: str) -> str:
    """Propose an introduction of Amina and Siân; give its ref."""
    return str(crm.json("intro", "propose", amina, sian, "--why", "Both work on registering with a GP")["ref"])


def test_templates_are_listed_with_what_they_are_for(crm: Crm) -> None:
    """The shipped ones and the workspace's own, of which one may replace a shipped one or be wrong."""
    own_template(crm, "thank-offer", GREETING)
    broken = own_template(crm, "broken", "no header")
    listed = {found["name"]: found for found in crm.json("outreach", "templates")}
    assert len(listed) == 17
    assert listed["thank-offer"] == {
        "name": "thank-offer",
        "purpose": "engagement",
        "about": "A greeting",
        "subject": "Hello {{ contact.greeting }}",
        "own": True,
        "problem": None,
    }
    assert (listed["introduce"]["own"], listed["introduce"]["purpose"]) == (False, "service")
    assert listed["broken"]["problem"].startswith(f"cannot read {broken}: line 1: ")
    assert "your own" in crm.ok("outreach", "templates").out


def test_a_preview_shows_the_message_and_keeps_nothing(crm: Crm, amina: str, offer: str) -> None:
    """Head and text, as they would be drafted."""
    shown = crm.json("outreach", "preview", "thank-offer", "--to", amina, "--about", offer)
    assert (shown["to"], shown["to_address"]) == ({"ref": amina, "name": "Amina Yusuf"}, "amina@example.org")
    assert (shown["template"], shown["purpose"], shown["with_notice"], shown["owner"]) == ("thank-offer", "service", False, "Robin Marsh")
    assert shown["about"] == {"ref": offer, "name": "Figures on GP registration"}
    assert "    Figures on GP registration\n" in shown["body"]
    text = crm.ok("outreach", "preview", "thank-offer", "--to", amina, "--about", offer).out
    for expected in ("To:       P1 Amina Yusuf <amina@example.org>", "Subject:  Thank you for your offer of help", "Dear Amina,"):
        assert expected in text
    assert crm.json("outreach", "list") == []


def test_a_draft_answers_with_what_show_gives(crm: Crm, amina: str, offer: str) -> None:
    """One draft for each person; a list, since there may be several."""
    (made,) = crm.json("outreach", "draft", "thank-offer", "--to", "amina", "--about", offer)
    assert list(made) == FIELDS
    assert (made["ref"], made["status"], made["owner"], made["message_id"]) == ("D1", "draft", "Robin Marsh", None)
    assert crm.json("outreach", "show", "D1") == made
    assert crm.json("show", "D1") == made
    assert crm.json("outreach", "list", "--contact", amina, "--template", "thank-offer", "--owner", "robin", "--status", "draft") == [made]
    assert crm.json("outreach", "list", "--status", "exported") == []
    card = crm.ok("outreach", "show", "D1").out
    for expected in ("D1 Thank you for your offer of help", "Written:  Tue 1 Dec 2026 by Robin Marsh", "Status:   draft", "Dear Amina,"):
        assert expected in card


def test_a_group_is_chosen_as_in_contact_list(crm: Crm, amina: str, sian: str) -> None:
    """By tag, organisation or any other filter; each gets a message of their own."""
    crm.ok("contact", "tag", sian, "nurse")
    crm.ok("contact", "add", "Dev Patel", "--email", "dev@example.org", "--source", "event", "--obtained-on", "2026-10-01")
    for options, to in (
        (("--tag", "nurse"), [sian]),
        (("--org", "mesmac"), [amina]),
        (("--notice-due",), ["P3"]),
        (("--to", amina, "--to", sian), [amina, sian]),
        (("--all-contacts", "--yes"), [amina, "P3", sian]),
    ):
        made = crm.json("outreach", "draft", "request-help", "--kind", "data", *options, "--again")
        assert [one["to"]["ref"] for one in made] == to, options
        assert len({one["to_address"] for one in made}) == len(to)


def test_one_way_to_name_the_group_is_needed(crm: Crm, amina: str) -> None:
    """Not none, not two; and everybody only with a yes."""
    draft = ("outreach", "draft", "request-help", "--kind", "data")
    assert "name who it is to" in crm.refused(Exit.USAGE, *draft)
    assert "one of the four" in crm.refused(Exit.USAGE, *draft, "--to", amina, "--tag", "x")
    assert "nobody is here to ask" in crm.refused(Exit.REFUSED, *draft, "--all-contacts")
    assert "no contact is in that group" in crm.refused(Exit.REFUSED, *draft, "--tag", "none")
    assert "no template 'hello'" in crm.refused(Exit.USAGE, "outreach", "draft", "hello", "--to", amina)
    assert "try: one of them, like thank-offer" in crm.refused(Exit.USAGE, "outreach", "draft", "thank-ofer", "--to", amina)
    assert crm.json("outreach", "list") == []


def test_who_may_not_be_written_to_is_left_out_with_the_reason(crm: Crm, amina: str, sian: str) -> None:
    """The others get theirs, and the command says that it was done in part."""
    crm.ok("contact", "edit", sian, "--do-not-contact")
    crm.ok("contact", "add", "Dev Patel")
    crm.ok("contact", "add", "Eve Moss", "--email", "eve@example.org", "--channel", "call")
    draft = ("outreach", "draft", "request-help", "--kind", "data", "--to", sian, "--to", "dev", "--to", "eve")
    result = crm(*draft, "--to", amina, "--json")
    assert (result.code, [one["to"]["ref"] for one in result.data]) == (Exit.PARTIAL, [amina])
    assert result.err.splitlines() == [
        "left out: P2 Siân O'Brien [she/her]: they asked not to be contacted",
        "left out: P3 Dev Patel: they have no e-mail address",
        "left out: P4 Eve Moss: they are to be reached only by call",
    ]
    said = crm.refused(Exit.REFUSED, *draft)
    assert "none of these 3 could be written to; nothing changed" in said
    assert "P3 Dev Patel: they have no e-mail address\n" in said
    assert "nothing was written to P3 Dev Patel: they have no e-mail address" in crm.refused(Exit.REFUSED, *draft[:5], "--to", "dev")
    assert "they asked not to be" in crm.refused(Exit.REFUSED, "outreach", "preview", "request-help", "--kind", "data", "--to", sian)
    assert len(crm.json("outreach", "list")) == 1


def test_marketing_goes_to_those_who_consented(crm: Crm, amina: str, sian: str) -> None:
    """And to nobody else."""
    own_template(crm, "news", GREETING.replace("engagement", "marketing"))
    crm.ok("contact", "consent", "give", amina, "--purpose", "marketing")
    result = crm("outreach", "draft", "news", "--to", amina, "--to", sian)
    assert (result.code, "have not consented to marketing" in result.err) == (Exit.PARTIAL, True)


def test_what_changed_since_a_draft_was_written_stops_it(crm: Crm, amina: str, sian: str) -> None:
    """A notice that is owed now and not in it, a word that is now to be avoided; one draft with the notice is enough."""
    for ref in (amina, sian):
        crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", ref)
    crm.ok("contact", "edit", amina, "--source", "event")
    crm.ok("contact", "edit", sian, "--avoid", "pilgrims, help us")
    result = crm("outreach", "export")
    assert result.code == Exit.REFUSED
    assert "D1: they are owed the privacy notice now, and it does not have it; cancel D1 and draft it again" in result.err
    assert "D2: it says 'help us', which is not to be used with them; cancel D2 and draft it again" in result.err
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--again")
    crm.ok("outreach", "export", "D3")
    crm.ok("outreach", "export", "D1")


def test_the_same_again_needs_to_be_said(crm: Crm, amina: str, offer: str) -> None:
    """One draft of a template about a record stands at a time; another record, or --again, makes another."""
    draft = ("outreach", "draft", "thank-offer", "--to", amina)
    crm.ok(*draft, "--about", offer)
    assert "they have draft D1 already" in crm.refused(Exit.REFUSED, *draft, "--about", offer)
    second = crm.json("offer", "add", amina, "advice", "An hour a month")["ref"]
    assert crm.json(*draft, "--about", second)[0]["ref"] == "D2"
    assert crm.json(*draft, "--about", offer, "--again")[0]["ref"] == "D3"
    crm.ok("outreach", "export")
    assert crm.json(*draft, "--about", offer)[0]["ref"] == "D4"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("thank-offer",), "the template thank-offer cannot be filled in: offer was not given\ntry: --about with an offer's ref, like H1"),
        (("request-help",), "kind was not given\ntry: --kind with a kind of help"),
        (("meeting-notes", "--about", "H1"), "meeting was not given"),
        (("what-came-of-it",), "about was not given"),
        (("what-came-of-it", "--about", "H1"), "needs about.outcome, which is empty\ntry: solidarity show H1"),
        (("greeting",), "place was not given\ntry: the same command with --set place=TEXT"),
        (("greeting", "--set", "place="), "place was not given"),
    ],
)
def test_what_is_missing_or_empty_stops_a_draft(crm: Crm, amina: str, offer: str, options: tuple[str, ...], said: str) -> None:
    """The field is named, with how to give it, and nothing is written."""
    assert offer == "H1"
    own_template(crm, "greeting", f"{GREETING}{{{{ place }}}}")
    for verb in ("draft", "preview"):
        assert said in crm.refused(Exit.REFUSED, "outreach", verb, *options, "--to", amina)
    assert crm.json("outreach", "list") == []


def test_an_empty_field_stops_the_draft_of_that_person(crm: Crm, amina: str, sian: str) -> None:
    """The others get theirs; the field and the person are named."""
    own_template(crm, "greeting", f"{GREETING}You are {{{{ contact.role }}}} at {{{{ contact.organisation }}}}.")
    result = crm("outreach", "draft", "greeting", "--to", amina, "--to", sian, "--json")
    assert result.code == Exit.PARTIAL
    assert result.err == "left out: P2 Siân O'Brien [she/her]: the template greeting needs contact.role, which is empty\n"
    assert "You are Outreach lead at MESMAC.\n" in result.data[0]["body"]


def test_a_value_can_be_set_for_a_template(crm: Crm, amina: str) -> None:
    """By name; what the template has no place for, or the program fills in, is a mistake."""
    own_template(crm, "greeting", f"{GREETING}At {{{{ place }}}}.")
    preview = ("outreach", "preview", "greeting", "--to", amina)
    assert "At the town hall = 1.\n" in crm.json(*preview, "--set", "place=the town hall = 1")["body"]
    assert "has no place for it" in crm.refused(Exit.USAGE, *preview, "--set", "place=x", "--set", "plaice=x")
    assert "filled in by the program" in crm.refused(Exit.USAGE, *preview, "--set", "contact=x")
    assert "not a name and a value" in crm.refused(Exit.USAGE, *preview, "--set", "place")
    assert "the message still has '{{' in it" in crm.refused(Exit.REFUSED, *preview, "--set", "place={{ gap }}")


@pytest.mark.parametrize("text", ["{% for", "{{ 'a' * 1000000000 }}", "{{ contact.name.upper() }}", "{% include 'other' %}"])
def test_a_template_that_will_not_do_is_named_with_its_line(crm: Crm, amina: str, text: str) -> None:
    """One line, and nothing is written."""
    path = own_template(crm, "greeting", GREETING + text)
    assert f"cannot read {path}: line 8: " in crm.refused(Exit.REFUSED, "outreach", "draft", "greeting", "--to", amina)
    assert crm.json("outreach", "list") == []


def test_the_kind_of_help_can_come_from_an_ask(crm: Crm, amina: str) -> None:
    """Each kind has its words, and an ask adds its own."""
    crm.ok("ask", "add", "advice", "Somebody to read our draft plan")
    body = crm.json("outreach", "preview", "request-help", "--to", amina, "--about", "A1")["body"]
    assert "half an hour of your experience" in body
    assert "    Somebody to read our draft plan\n" in body
    bodies = {
        crm.json("outreach", "preview", "request-help", "--to", amina, "--kind", kind)["body"] for kind in crm.workspace.settings.help_kinds
    }
    assert len(bodies) == 7


def test_an_offer_is_thanked_for_to_whoever_made_it(crm: Crm, amina: str, sian: str, offer: str) -> None:
    """A thank-you to the wrong person would tell them of somebody else's offer."""
    assert f"{offer} came from {amina} Amina Yusuf" in crm.refused(
        Exit.REFUSED, "outreach", "draft", "thank-offer", "--to", sian, "--about", offer
    )
    theirs = crm.json("offer", "add", "mesmac", "data", "Figures on testing")["ref"]
    assert "Figures on testing" in crm.json("outreach", "preview", "thank-offer", "--to", amina, "--about", theirs)["body"]
    assert f"{theirs} came from O1 MESMAC" in crm.refused(
        Exit.REFUSED, "outreach", "preview", "thank-offer", "--to", sian, "--about", theirs
    )


def test_an_introduction_names_nobody_before_both_said_yes(crm: Crm, amina: str, introduction: str) -> None:
    """Asking tells the reason alone; a reason that has the other's name in it is not told either."""
    asked = crm.json("outreach", "preview", "ask-introduction", "--to", amina, "--about", introduction)
    assert "Both work on registering with a GP" in asked["body"]
    assert "Siân" not in asked["subject"] + asked["body"]
    for template in ("introduce", "introduction-follow-up"):
        said = crm.refused(Exit.REFUSED, "outreach", "draft", template, "--to", amina, "--about", introduction)
        assert "introduction.other, which cannot be named until both have said yes" in said
    crm.ok("contact", "add", "Dev Patel", "--email", "dev@example.org")
    telling = crm.json("intro", "propose", amina, "dev", "--why", "Dev knows the clinic")["ref"]
    assert "says 'Dev', though" in crm.refused(Exit.REFUSED, "outreach", "draft", "ask-introduction", "--to", amina, "--about", telling)


def test_an_introduction_tells_each_what_the_other_shares(crm: Crm, amina: str, sian: str, introduction: str) -> None:
    """No more, and to nobody else."""
    crm.ok("intro", "answer", introduction, "left", "yes", "--share", "name,organisation,email", "--by", "email")
    crm.ok("intro", "answer", introduction, "right", "yes", "--share", "name", "--by", "email")
    to_amina = crm.json("outreach", "preview", "introduce", "--to", amina, "--about", introduction)["body"]
    assert "Siân O'Brien [she/her].\n" in to_amina
    assert not {"sian@example.org", "0113 496 0123"} & set(to_amina.split())
    to_sian = crm.json("outreach", "preview", "introduce", "--to", sian, "--about", introduction)["body"]
    assert "    Organisation: MESMAC\n    E-mail: amina@example.org\n" in to_sian
    assert "Outreach lead" not in to_sian
    own_template(crm, "call", f"{GREETING}{{{{ introduction.other.phone }}}}")
    assert "which they did not agree to share" in crm.refused(
        Exit.REFUSED, "outreach", "draft", "call", "--to", amina, "--about", introduction
    )
    dev = crm.json("contact", "add", "Dev Patel", "--email", "dev@example.org")["ref"]
    assert f"they have no part in {introduction}" in crm.refused(
        Exit.REFUSED, "outreach", "draft", "introduce", "--to", dev, "--about", introduction
    )


def test_nobody_is_named_before_they_had_the_privacy_notice(crm: Crm, amina: str, introduction: str) -> None:
    """Details that did not come from a person are not passed on until that person knows that we have them."""
    for side in ("left", "right"):
        crm.ok("intro", "answer", introduction, side, "yes", "--share", "name", "--by", "email")
    crm.ok("contact", "edit", "sian", "--source", "event")
    said = crm.refused(Exit.REFUSED, "outreach", "draft", "introduce", "--to", amina, "--about", introduction)
    assert "before they were given the privacy notice" in said


def test_whoever_introduced_them_hears_what_came_of_it(crm: Crm, amina: str, sian: str) -> None:
    """The outcome and the reason; the two people's details are not theirs to have."""
    dev = crm.json("contact", "add", "Dev Patel", "--email", "dev@example.org")["ref"]
    introduction = crm.json("intro", "propose", amina, sian, "--why", "GP registration", "--via", dev)["ref"]
    for side in ("left", "right"):
        crm.ok("intro", "answer", introduction, side, "yes", "--share", "name,email", "--by", "email")
    crm.ok("intro", "make", introduction)
    crm.ok("intro", "close", introduction, "--outcome", "A drop-in every Friday")
    body = crm.json("outreach", "preview", "what-came-of-it", "--to", dev, "--about", introduction)["body"]
    assert "A drop-in every Friday" in body
    assert "only for the two who are introduced" in crm.refused(
        Exit.REFUSED, "outreach", "preview", "introduce", "--to", dev, "--about", introduction
    )


def test_a_meetings_messages_say_when_and_where(crm: Crm, amina: str) -> None:
    """An invitation needs a place or a link; notes need notes."""
    add = ("meeting", "add", "Steering group", "--at", "2026-12-10 10:00", "--for", "1h")
    there = crm.json(*add, "--where", "Town hall")["ref"]
    online = crm.json(*add, "--link", "https://meet.example.org/x")["ref"]
    nowhere = crm.json(*add)["ref"]
    preview = ("outreach", "preview", "meeting-invitation", "--to", amina, "--about")
    assert "Thursday 10 December 2026, 10:00 to 11:00\n    Where: Town hall\n" in crm.json(*preview, there)["body"]
    assert "    Where: online\n    Link: https://meet.example.org/x\n" in crm.json(*preview, online)["body"]
    assert "needs meeting.place, which is empty" in crm.refused(Exit.REFUSED, *preview, nowhere)


def test_the_privacy_notice_goes_with_the_first_message(crm: Crm) -> None:
    """Where details did not come from the person; it counts as given on the day the message is handed over."""
    dev = crm.json("contact", "add", "Dev Patel", "--email", "dev@example.org", "--source", "public page", "--basis", "public task")["ref"]
    (first,) = crm.json("outreach", "draft", "request-help", "--kind", "data", "--to", dev)
    assert first["with_notice"] is True
    for expected in ("About your details: Leeds Solidarity Network keeps", "is public task", "from a public web page"):
        assert expected in first["body"]
    assert crm.json("contact", "show", dev)["notice_given_on"] is None
    crm.ok("outreach", "export")
    assert crm.json("contact", "show", dev)["notice_given_on"] == "2026-12-01"
    (second,) = crm.json("outreach", "draft", "request-help", "--kind", "advice", "--to", dev)
    assert (second["with_notice"], "About your details" in second["body"]) == (False, False)


def test_the_privacy_notice_on_its_own_is_not_doubled(crm: Crm, amina: str) -> None:
    """It counts for whoever gave their details themselves too, once they have it."""
    dev = crm.json("contact", "add", "Dev Patel", "--email", "dev@example.org", "--source", "event")["ref"]
    made = crm.json("outreach", "draft", "privacy-notice", "--to", dev, "--to", amina)
    assert [(one["with_notice"], one["body"].count("About your details")) for one in made] == [(True, 1), (True, 1)]
    crm.ok("outreach", "export")
    assert crm.json("contact", "show", amina)["notice_given_on"] == "2026-12-01"


def test_a_partnerships_own_notice_is_used(crm: Crm) -> None:
    """As it stands in the settings."""
    settings = crm.workspace.folder / "solidarity.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[network]", '[network]\nprivacy_notice = "We keep a card about you."')
    )
    crm.ok("contact", "add", "Dev Patel", "--email", "dev@example.org", "--source", "event")
    assert crm.json("outreach", "preview", "request-help", "--kind", "data", "--to", "dev")["body"].endswith(
        "\nWe keep a card about you.\n"
    )


def test_drafting_can_be_taken_back(crm: Crm, amina: str, sian: str) -> None:
    """All of a group at once."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--to", sian)
    crm.ok("undo", "--yes")
    assert crm.json("outreach", "list") == []


def test_there_is_no_way_to_name_a_second_recipient(crm: Crm, amina: str) -> None:
    """No command of outreach has an option for copies."""
    for option in ("--cc", "--bcc"):
        assert "no option" in crm.refused(Exit.USAGE, "outreach", "draft", "request-help", "--to", amina, option, "x@example.org")
    options: set[str] = {name for command in outreach.app.registered_commands for name in _parameters(command.callback)}
    assert not {name for name in options if "cc" in name.split("_")}


def _parameters(function: Any) -> list[str]:
    """List a command's parameters, wherever its function is."""
    found = function.found() if isinstance(function, Elsewhere) else function
    return list(found.__annotations__)


def test_a_long_group_shows_how_far_it_is_where_somebody_looks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal's stderr and for many only; the people are the same, in their order."""
    few, many = list(range(50)), list(range(51))
    assert list(output.watched(many)) == many
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert (list(output.watched(few)), capsys.readouterr().err) == (few, "")
    assert list(output.watched(many)) == many
    assert capsys.readouterr().out == ""
