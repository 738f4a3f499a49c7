"""What comes back to a mailbox, made as mail programs and servers make it."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

HELLO = "Subject: Hello {{ contact.greeting }}\nPurpose: engagement\nAbout: A greeting\n\nDear {{ contact.greeting }},\n\nHello.\n"


def sent(crm: Crm, contact: str) -> str:
    """Write to a contact, and have it sent by a mail program; give the Message-ID."""
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    crm.once("outreach", "draft", "hello", "--to", contact)
    crm.once("outreach", "export", "D1")
    crm.once("outreach", "resolve", "D1", "--sent")
    return str(crm.once("outreach", "show", "D1")["message_id"])


def reply(message_id: str, body: str = "Yes please.\n\n> Dear Amina", **headers: str) -> EmailMessage:
    """Make a reply, as a mail program would."""
    message = EmailMessage()
    standing = {"From": "Amina <amina@example.org>", "Subject": "Re: Hello Amina", "Date": "Tue, 01 Dec 2026 08:00:00 +0000"}
    standing |= {"Message-ID": "<r1@example.org>", "In-Reply-To": message_id}
    for name, value in (standing | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message.set_content(body)
    return message


def bounce(message_id: str, status: str = "5.1.1", action: str = "failed", to: str = "amina@example.org") -> bytes:
    """Make a report of a message that could not be delivered, as RFC 3464 has it."""
    return f"""From: MAILER-DAEMON@mail.example
To: robin@leeds.example
Subject: Undelivered mail
Message-ID: <b-{status}-{action}@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
To: {to}
Subject: Hello Amina

--b--
""".encode()


def take(crm: Crm, tmp_path: Path, *mails: Any, code: Exit = Exit.DONE) -> list[tuple[str, str | None, str]]:
    """Take mails in from an mbox; give whom they concern, what they answer and what was done."""
    path = tmp_path / "replies.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for mail in mails:
        box.add(mail)
    box.close()
    result = crm("--json", "outreach", "inbox", str(path))
    assert result.code == code, result
    return [(row["contact"]["ref"], row["draft"], row["result"]) for row in result.data]
