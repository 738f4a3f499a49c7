"""Mails as form plugins send them, made by hand: the people are invented."""

from __future__ import annotations

from email.message import EmailMessage

SITE = "wordpress@solidarity.leeds.example"


def mail(
    body: str, *, html: str | None = None, reply_to: str | None = None, charset: str = "utf-8", cte: str = "quoted-printable"
) -> bytes:
    """Give a message of the form plugin on the website, sent on Monday 23 November 2026."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Website <{SITE}>", "hello@solidarity.leeds.example", "New reply: How you can help"
    made["Date"], made["Message-ID"] = "Mon, 23 Nov 2026 23:30:00 -0500", "<1@solidarity.leeds.example>"
    if reply_to:
        made["Reply-To"] = reply_to
    if body or html is None:
        made.set_content(body, charset=charset, cte=cte)
    if html is not None:
        (made.add_alternative if body else made.set_content)(html, subtype="html", charset=charset, cte=cte)
    return made.as_bytes()


CONTACT_FORM_7 = """From: Siân O'Brien <sian.obrien@example.org>
Subject: Help

Message Body:
I have statistics about housing.
PS: ring after six
https://example.org/a: a page

--
This e-mail was sent from a contact form on Leeds (https://solidarity.leeds.example)
"""
WPFORMS_PLAIN = """--- Name ---

Siân O'Brien

--- Email ---

sian.obrien@example.org

--- How can you help? ---

Data
Advice

--- GDPR Agreement ---

I agree that you keep my details.
"""
JETPACK = """<b>Name:</b> Siân O'Brien<br /><b>Email:</b> sian.obrien@example.org<br /><b>How can you help?:</b> Data, Advice<br />
<b>Message:</b> Hello<br />there<br /><hr />Time: 23 November 2026 at 9:00 am<br />IP Address: 192.0.2.7<br />
Sent by an unverified visitor to your site."""


def gravity(**answers: str) -> str:
    """Give the table of {all_fields}: a row for each question, and one for its answer."""
    rows = "".join(
        f'<tr bgcolor="#EAF2FA"><td colspan="2"><font style="font-size:12px"><strong>{question.replace("_", " ")}</strong></font></td></tr>'
        f'<tr bgcolor="#FFFFFF"><td width="20">&nbsp;</td><td><font>{text}</font></td></tr>'
        for question, text in answers.items()
    )
    head = "<html><head><style>a{b:c}</style></head><body><table><tr><td><table>"
    return f"{head}<!-- <td>not this</td> -->{rows}</table></td></tr></table></body></html>"


WPFORMS_HTML = """<table class="body"><tr><td><table><tr><td class="field-name"><strong>Name</strong></td>
<td class="field-value">Siân O'Brien</td></tr><tr><td class="field-name"><strong>Email</strong></td><td class="field-value">
<a href="mailto:sian.obrien@example.org">sian.obrien@example.org</a></td></tr></table></td></tr></table>"""
FORWARDED = f"""Can you look at this? R.

---------- Forwarded message ---------
From: Website <{SITE}>
Date: Fri, 20 Nov 2026 at 14:02
Subject: New reply: How you can help
To: <hello@solidarity.leeds.example>

{CONTACT_FORM_7}"""
