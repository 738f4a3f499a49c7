"""Replies in the mails that form plugins send, and mails that mean harm."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_mails import CONTACT_FORM_7, FORWARDED, JETPACK, WPFORMS_HTML, WPFORMS_PLAIN, gravity, mail

from costs import grows_with_its_length
from solidarity_crm.exchange.forms import mail as mails
from solidarity_crm.exchange.forms.mail import NO_ANSWERS
from solidarity_crm.exchange.messages import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from solidarity_crm.exchange.forms.reply import Replies, Reply

LONDON = ZoneInfo("Europe/London")


def read(data: bytes, *, mbox: bool = False) -> Replies:
    """Read a message or an mbox."""
    return mails.read("mail", data, zone=LONDON, mbox=mbox)


def one(data: bytes) -> Reply:
    """Give the one reply in a message."""
    found = read(data)
    assert ([*found.rejected], len(found.found)) == ([], 1)
    return found.found[0]


@pytest.mark.parametrize(
    "data",
    [
        mail(CONTACT_FORM_7),
        mail(CONTACT_FORM_7, cte="base64"),
        mail(CONTACT_FORM_7, charset="iso-8859-15"),
        mail(WPFORMS_PLAIN),
        mail("", html=JETPACK),
        mail("", html=gravity(Name="Siân O&#8217;Brien".replace("&#8217;", "'"), Email="<a href='mailto:x'>sian.obrien@example.org</a>")),
        mail("", html=WPFORMS_HTML),
        mail("See the HTML part", html=JETPACK),
        mail(FORWARDED),
    ],
    ids=["cf7", "cf7 base64", "cf7 latin", "wpforms plain", "jetpack", "gravity", "wpforms html", "both", "forwarded"],
)
def test_who_wrote_is_found_in_every_plugins_mail(data: bytes) -> None:
    """Plain or HTML, however it is encoded."""
    found = one(data)
    assert (found.name, found.email) == ("Siân O'Brien", "sian.obrien@example.org")


def test_a_message_keeps_its_lines_and_its_own_colons() -> None:
    """Only a question that is understood ends what people write; the plugin's own words are left out."""
    found = one(mail(CONTACT_FORM_7))
    assert found.words == "I have statistics about housing.\nPS: ring after six\nhttps://example.org/a: a page"
    assert "contact form on Leeds" not in found.body


def test_the_day_is_the_workspaces() -> None:
    """What was sent at half past eleven in New York came the next day in London; a forwarded copy came when it did first."""
    assert one(mail(CONTACT_FORM_7)).received_on == date(2026, 11, 24)
    assert one(mail(FORWARDED)).received_on == date(2026, 11, 20)


def test_ticks_and_consent_are_kept_and_addresses_of_machines_are_not() -> None:
    """The wording is what they agreed to."""
    found = one(mail(WPFORMS_PLAIN))
    assert (found.choices, found.consent) == (("Data", "Advice"), "I agree that you keep my details.")
    jetpack = one(mail("", html=JETPACK))
    assert (jetpack.choices, jetpack.words, "192.0.2.7" in jetpack.body) == (("Data, Advice",), "Hello\nthere", False)
    listed = one(mail("", html=gravity(Name="A B", Email="a@example.org", How_can_you_help="<ul><li>Advice</li><li>Data</li></ul>")))
    assert listed.choices == ("Advice", "Data")


def test_the_address_may_stand_in_reply_to_alone() -> None:
    """As Contact Form 7 sends it; never in From, which is the website's own."""
    body = "Name: Siân O'Brien\nMessage: Hello\n"
    assert one(mail(body, reply_to="Siân <sian.obrien@example.org>")).email == "sian.obrien@example.org"
    assert one(mail(body)).email is None


def test_a_copy_is_known_as_the_same_reply() -> None:
    """By its Message-ID, forwarded by what it says."""
    first, again, forwarded = one(mail(CONTACT_FORM_7)), one(mail(CONTACT_FORM_7)), one(mail(FORWARDED))
    assert first.keys == again.keys
    assert set(first.keys) & set(forwarded.keys)
    attached = EmailMessage()
    attached["Subject"] = "Fwd"
    attached.set_content("see inside")
    inner = EmailMessage()
    inner["Message-ID"] = "<1@solidarity.leeds.example>"
    inner.set_content(CONTACT_FORM_7)
    attached.add_attachment(inner)
    assert one(attached.as_bytes()).keys == first.keys


def test_an_mbox_gives_each_message_and_says_which_is_none() -> None:
    """A line that begins From within a message does not cut it."""
    body = CONTACT_FORM_7.replace("PS:", ">From here on.\nPS:")
    box = b"From x Mon Nov 23 09:00:00 2026\n" + mail(body) + b"\nFrom y Mon Nov 23 09:00:00 2026\nSubject: lunch?\n\nAt one.\n"
    found = read(box, mbox=True)
    assert ["From here on." in (reply.words or "") for reply in found.found] == [True]
    assert [(problem.line > 10, problem.reason) for problem in found.rejected] == [(True, NO_ANSWERS)]


def test_a_mail_by_hand_is_no_reply_to_a_form() -> None:
    """It is rejected, and says why."""
    for body in ("Dear all, I could help.\n\nBest,\nAnn", "", "Note: see below", "Name:", "a" * 50_000):
        assert [problem.reason for problem in read(mail(body)).rejected] == [NO_ANSWERS]


def test_pasted_text_is_read_as_a_mail_is() -> None:
    """Quoted or not."""
    quoted = "".join(f"> {line}\n" for line in CONTACT_FORM_7.splitlines())
    for text in (CONTACT_FORM_7, quoted, FORWARDED, WPFORMS_PLAIN):
        assert mails.looks_pasted(text)
        assert mails.pasted("-", text).found[0].email == "sian.obrien@example.org"
    assert not mails.looks_pasted("Name,Email\nAnn,ann@example.org\n")
    assert not mails.looks_pasted('Name,Email,Message\nAnn,ann@example.org,"I wrote before:\nName: Ann\nEmail: ann@example.org"\n')
    assert mails.pasted("-", "hello").rejected


HTML = b"Content-Type: text/html; charset=utf-8\n\n"
LONG: dict[str, Callable[[int], bytes]] = {
    "unclosed tags": lambda size: HTML + b"<a " * (size // 3),
    "unclosed comments": lambda size: HTML + b"<!--" * (size // 4),
    "nested tables": lambda size: HTML + b"<table><tr><td>" * (size // 15),
    "declarations": lambda size: HTML + b"<![" * (size // 3),
    "scripts": lambda size: HTML + b"<script>" * (size // 8),
    "one long line": lambda size: b"\n" + b"a" * size + b": x",
    "quotes": lambda size: b"\n" + b">" * size,
    "rules": lambda size: b"\n" + b"---- a" * (size // 6),
    "blanks": lambda size: b"\nName: " + b"* " * (size // 2),
    "a long header": lambda size: b"Date: " + b"x" * size + b"\n\nName: a\nEmail: b@example.org",
    "nested parts": lambda size: (
        b"MIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(size // 200))
    ),
    "many parts": lambda size: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * (size // 31),
    "parts by lone carriage returns": lambda size: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\r\r" * (size // 5),
    "a long type": lambda size: b"Content-Type: text/plain" + b"; a=b" * (size // 5) + b"\n\nName: a",
    "a long encoding": lambda size: b"Content-Transfer-Encoding: " + b" a" * (size // 2) + b"\n\nName: a",
    "a long disposition": lambda size: b"Content-Disposition: x" + b"; a=b" * (size // 5) + b"\n\nName: a",
    "zeros": lambda size: b"\n" + b"\0" * size,
    "many lines": lambda size: b"\n" + b"Name: a\n" * (size // 8),
}
HOSTILE = {
    "comments in a header": b"Reply-To: " + b"((((" * 900 + b"\n\nName: a\nEmail: b@example.org",
    "unknown charset": b"Content-Type: text/plain; charset=klingon\n\nName: a\nEmail: b@example.org",
    "charset of bytes": b"Content-Type: text/plain; charset=hex\n\nName: a\nEmail: b@example.org",
    "wrong base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n====!!!!",
    "wrong date": b"Date: Mon, 99 Nov 99999 99:99:99 +9999\n\nName: a\nEmail: b@example.org",
    "broken address": b"Reply-To: <>@<,;:\n\nName: a\nMessage: b",
    "too large": b"\n" + b"x" * (LARGEST + 1),
    "controls": b"\nName: \x1b[31mA\x07\nEmail: b@example.org",
    **{name: make(200_000) for name, make in LONG.items()},
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("mbox", [False, True], ids=["message", "mbox"])
def test_hostile_mail_spoils_itself_alone(data: bytes, mbox: bool) -> None:
    """No traceback; what can be read is read, and made safe."""
    found = read(data, mbox=mbox)
    assert len(found.found) + len(found.rejected) >= 1
    assert all("\x1b" not in reply.body for reply in found.found)


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
@pytest.mark.parametrize("mbox", [False, True], ids=["message", "mbox"])
def test_a_long_mail_costs_what_its_length_does(make: Callable[[int], bytes], mbox: bool) -> None:
    """Whatever it is full of."""
    assert grows_with_its_length(lambda data: read(data, mbox=mbox), make, 300_000)


def test_a_line_within_many_parts_is_not_looked_at_for_each() -> None:
    """Of parts in parts, each might end at any line: a mail that has both by the thousand is not read."""
    nested = b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(900))
    found = read(b"Content-Type: multipart/mixed; boundary=b0\n\n" + nested + b"x\n" * 500_000)
    assert [problem.reason for problem in found.rejected] == ["it has more parts than any person's mail"]


@given(data=st.binary(max_size=400) | st.text(alphabet="<>/abtr:d-&; \n=Name@.\0\x1b", max_size=400).map(str.encode), html=st.booleans())
def test_any_bytes_are_read_or_rejected(data: bytes, html: bool) -> None:
    """Whatever they are."""
    found = read((HTML if html else b"") + data)
    assert len(found.found) + len(found.rejected) == 1
