"""Messages with an HTML part beside the plain one, as typed."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

from letter_parts import parts
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

LETTER = """Subject: An evening for {{ contact.greeting }}
Purpose: engagement
About: An invitation in Markdown
Html: yes

Dear {{ contact.name }},

# Come and see

Please **come** on {{ day }}; [the way](https://leeds.example/way) is short.

{{ about_it }}
"""
DRAFT = ("outreach", "draft", "evening", "--set", "day=*Friday*", "--set", "about_it=<b>[x](http://evil.example)</b>")


def own_template(crm: Crm, text: str = LETTER) -> None:
    """Put the letter into the workspace."""
    (crm.workspace.templates / "evening.txt").write_text(text, encoding="utf-8")


def exported(crm: Crm, ref: str = "D1") -> bytes:
    """Export all drafts; give one's file."""
    crm.ok("outreach", "export", "--force")
    return (crm.workspace.drafts / f"{ref}-2026-12-01.eml").read_bytes()


def test_a_message_has_both_parts_of_one_body(crm: Crm, sian: str) -> None:
    """The plain text reads well on its own, the page says the same; what people typed is neither Markdown nor HTML."""
    own_template(crm)
    crm.ok(*DRAFT, "--to", sian)
    found = parts(exported(crm))
    said = (
        "Dear Siân O'Brien [she/her],\n\nCome and see\n------------\n\nPlease *come* on *Friday*; the way (https://leeds.example/way) is short.\n\n"
        "<b>[x](http://evil.example)</b>\n\nRobin and Sam\nLeeds Solidarity Network\nhello@leeds.example\n"
    )
    assert found.text.startswith(said)
    assert "Dear Siân O'Brien [she/her]," in found.page.text
    assert "Please come on *Friday*; the way is short." in found.page.text
    assert "<b>[x](http://evil.example)</b>" in found.page.text
    assert found.page.links == ["https://leeds.example/way", "http://evil.example"]
    assert "reply \"please don't" in found.page.text
    assert found.message["List-Unsubscribe"] == "<mailto:hello@leeds.example?subject=unsubscribe>"
    assert exported(crm) == exported(crm)


def test_the_settings_decide_where_a_template_does_not_say(crm: Crm, amina: str) -> None:
    """A template that says no has none."""
    settings = crm.workspace.folder / "solidarity.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[outreach]\nhtml = true\n", encoding="utf-8")
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina)
    assert "Dear Amina," in parts(exported(crm)).page.text
    own_template(crm, LETTER.replace("Html: yes", "Html: no"))
    crm.ok(*DRAFT, "--to", amina)
    plain = message_from_bytes(exported(crm, "D2"), policy=policy.default)
    assert isinstance(plain, EmailMessage)
    assert plain.get_content_type() == "text/plain"
    assert "Please **come** on *Friday*;" in plain.get_content()
    settings.write_text(settings.read_text(encoding="utf-8").replace("html = true", 'html = "yes"'), encoding="utf-8")
    assert "html must be true or false" in crm.refused(Exit.STORE, "outreach", "list")


def test_the_privacy_notice_is_in_both_parts_once(crm: Crm) -> None:
    """Also a partnership's own, with marks in it that Markdown would take."""
    settings = crm.workspace.folder / "solidarity.toml"
    notice = 'privacy_notice = "We keep *a card* about you: see https://leeds.example/your_data_."'
    settings.write_text(settings.read_text(encoding="utf-8").replace("[network]", f"[network]\n{notice}"), encoding="utf-8")
    crm.ok("contact", "add", "Dev Patel", "--email", "dev@example.org", "--source", "event")
    own_template(crm)
    crm.ok(*DRAFT, "--to", "dev")
    found = parts(exported(crm))
    for text in (found.text, found.page.text):
        assert text.count("We keep *a card* about you: see https://leeds.example/your_data_.") == 1


def test_a_template_says_yes_or_no(crm: Crm) -> None:
    """Anything else is named with its line."""
    own_template(crm, LETTER.replace("Html: yes", "Html: maybe"))
    assert ":4: Html is yes or no\n" in crm.refused(Exit.REFUSED, "outreach", "templates", "--check", "evening")
