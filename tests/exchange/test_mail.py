"""One message to one person, whatever people are called."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from payloads import HOSTILE
from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.mail import Mail, address, eml

if TYPE_CHECKING:
    from email.headerregistry import AddressHeader

GOLDEN = Path(__file__).parents[1] / "golden"
MAIL = Mail(
    sender_name="Robin Marsh",
    sender="robin@leeds.example",
    to_name="Siân O'Brien [she/her]",
    to="sian@example.org",
    reply_to="hello@leeds.example",
    subject="Thank you, Siân",
    body="Dear Siân,\n\nThank you – for everything.\n\nFrom us all\n",
    date=datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Europe/London")),
    message_id="<50b49772-1649-4cfc-a56f-f1ffaac0d433@leeds.example>",
    with_way_out=True,
)
NAMES = [
    "Siân O'Brien [she/her]",
    "Smith, Jo <all@example.org>",
    'Q" , "all@example.org',
    "Eve\r\nBcc: all@example.org",
    "Smith, " * 60,  # Python 3.11 folds this without its quotes, into 61 recipients
    "=?utf-8?q?Bob=2C_=3Call=40example=2Eorg=3E?=",  # and reads this as two
    "Éve, <all@example.org>, a name that is so long that it must be folded, <more@example.org>",
    "Group: all@example.org;",
    "(a comment) \\ back",
    "\u202eright to left\u202c\x1b]0;title\x07",
    "Ó" * 300,
    "a" * 500,
    "名前、太郎 " * 20,
    "Олександра Коваленко-Шевченко",
    "@",
    "",
    *HOSTILE.values(),
]


def read(content: bytes) -> EmailMessage:
    """Read a file as a mail program would."""
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def addresses(found: EmailMessage, header: str) -> list[str]:
    """List the addresses in a header."""
    field: AddressHeader = found[header]
    return [one.addr_spec for one in field.addresses]


@pytest.mark.parametrize(
    ("name", "mail"),
    [
        ("message-engagement.eml", MAIL),
        (
            "message-service.eml",
            MAIL._replace(sender_name="Leeds Solidarity Network", sender="hello@leeds.example", to_name="Amina Yusuf", with_way_out=False),
        ),
    ],
)
def test_a_message_is_written_as_it_was_agreed(name: str, mail: Mail) -> None:
    """Byte for byte: the headers in their order, CRLF, quoted-printable."""
    assert (GOLDEN / name).read_bytes() == eml(mail)


def test_the_headers_stand_in_their_order() -> None:
    """Nothing but what exchange.md D4 has, and no way to name anybody else."""
    found = read(eml(MAIL))
    assert found.keys() == [
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "X-Unsent",
        "List-Unsubscribe",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ]
    assert found["List-Unsubscribe"] == "<mailto:hello@leeds.example?subject=unsubscribe>"
    assert not {field for field in Mail._fields if field in ("cc", "bcc", "recipients")}


def test_reply_to_and_the_way_out_are_left_out_where_they_say_nothing() -> None:
    """The same address needs no Reply-To; a service message no List-Unsubscribe."""
    found = read(eml(MAIL._replace(reply_to=MAIL.sender, with_way_out=False)))
    assert {"Reply-To", "List-Unsubscribe"} & set(found.keys()) == set()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("to", ["sian@example.org", f"{'long' * 15}@{'far' * 20}.example"])
def test_no_name_makes_a_second_recipient_or_a_header(name: str, to: str) -> None:
    """One address in To and one in From, the headers that there should be, lines of a length that all programs take."""
    content = eml(MAIL._replace(to_name=name, sender_name=name, to=to, subject=f"For {name}"))
    found = read(content)
    assert addresses(found, "To") == [to]
    assert addresses(found, "From") == ["robin@leeds.example"]
    assert found.keys() == read(eml(MAIL)).keys()
    head, _, body = content.partition(b"\r\n\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\x1b" not in content
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("name", ["Siân O'Brien [she/her]", "Amina Yusuf", "Smith, Jo", "Dr. Łódź"])
def test_a_name_arrives_as_it_is_written(name: str) -> None:
    """Accents, commas and brackets are encoded apart from the address."""
    content = eml(MAIL._replace(to_name=name))
    assert read(content)["To"].addresses[0].display_name == name
    assert content.isascii()


@pytest.mark.parametrize(
    "body",
    ["Siân – and a line " + "very " * 300 + "long\n", "From the start\n.\n..\n", "\ttabs and trailing = signs =\n", "日本語\n" * 50, "x\n"],
)
def test_a_body_arrives_as_it_is_written(body: str) -> None:
    """Whatever is in it, in lines of at most 78 letters."""
    content = eml(MAIL._replace(body=body))
    assert read(content).get_content().replace("\r\n", "\n") == body
    assert max(map(len, content.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "to", ["siân@example.org", "a b@example.org", "a@b\r\nBcc: all@example.org", "a@b, c@d", "<a@b>", "a@", "@b", "", "a@.b"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    """An address is one, or nothing is written."""
    with pytest.raises(Refused, match="not an address that a mail program can send to"):
        eml(MAIL._replace(to=to))


def test_a_domain_with_accents_is_written_as_machines_do() -> None:
    """An internationalised domain has an ASCII form (RFC 5891)."""
    assert address("", "info@bücher.example").addr_spec == "info@xn--bcher-kva.example"
