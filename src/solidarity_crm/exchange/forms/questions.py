"""What a form's question asks for, by the words it is asked in.

Whoever made the form wrote its questions, so they are any words at all: those that are not understood stay questions,
and go with their answers into the reply's text (exchange.md E1, last paragraph).
"""

from __future__ import annotations

import re
from functools import lru_cache

from solidarity_crm.text import fold

DROPPED = "dropped"  # what a plugin adds about the machine or itself, and nobody needs: never stored (exchange.md E1)
_PART = re.compile(r"(.*\S)\s*\(([^()]{1,300})\)\s*")
_LONGEST = 300
# each with the whole folded question, tried in order
_EXACT: dict[str, str] = {
    word: field
    for field, words in {
        "name": "name,full name,your name,your full name,contact name,from,name full,1 name",
        "given_name": "first name,given name,forename,your first name,name first,first",
        "family_name": "last name,family name,surname,your last name,name last,last",
        "prefix": "name prefix,prefix",
        "middle_name": "middle name,name middle",
        "suffix": "name suffix,suffix",
        "pronouns": "pronouns,your pronouns,name pronouns,preferred pronouns,my pronouns",
        "message": "message,your message,message body,comment,comments,your comment,comment or message,anything else,notes,enquiry,details",
        "received_on": "date,entry date,response date,submitted,submitted on,submitted at,submission date,date submitted,timestamp,received"
        ",date received,zeitstempel",
        "entry_id": "entry id,submission id,response id,reply id",
        "role": "role,your role,job title,your job title,position,job role,title and role,your role there,job",
        "subject": "subject,your subject",
        DROPPED: "source url,contact form url,page url,form url,source,url,ip,ip address,user ip,remote ip,ip adresse,user agent,browser,user id,created by user id,viewed,starred,payment amount"
        ",payment date,payment status,transaction id,post id,powered by,unique generated user id,uuid,recaptcha,captcha,hcaptcha,turnstile,akismet,referer,referrer,time"
        ",title,form title,form,form name,form id,sent from,status,entry notes,entry status,date updated,user name,serial number,remote name",
    }.items()
    for word in words.split(",")
}
# each with a pattern that the folded question has somewhere, tried in order after the exact ones
_WITHIN = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"\bconsents?\b|\bi (?:do )?agree\b|\bgdpr\b|\bprivacy\b|\bdata protection\b|\bpermission\b|\bterms\b|\bacceptance\b", "consent"),
        (r"\bhappy for (?:you|us) to (?:keep|store|contact)\b|\bmay we (?:keep|store)\b|\bkeep my details\b", "consent"),
        (r"\be ?mail\b(?!.*\b(?:news|updates|list)\b)", "email"),
        (r"\b(?:tele)?phone\b|\bmobile\b|^tel(?: \d+)?$|^your tel\b|\bcontact number\b", "phone"),
        (r"\bpronouns\b", "pronouns"),
        (
            r"\b(?:which|what|who|whose) .*\b(?:group|groups|community|communities)\b|\bfor whom\b|\bwho (?:is it|is this|would it be) for\b",
            "choice",
        ),
        (r"^(?:communities|community|groups?|for which .*)$", "choice"),
        (r"\b(?:your|job|what is your) (?:role|position|title)\b|\brole (?:at|in|there)\b", "role"),
        (r"\borgani[sz]ation\b|^(?:your )?(?:company|employer|charity|team|workplace)(?: name)?$|\bwhere do you work\b|\bwho do you work for\b",
         "organisation"),
        (r"\bhelp\b|\b(?:can|could|would) you (?:offer|give|bring|share)\b|\bi (?:can|could) offer\b|^(?:i offer|offers?|kinds?)$", "choice"),
        (r"\bmessage\b|\bcomments?\b|\btell us\b|\banything (?:else|more)\b|\bmore about\b|\bsay more\b|\byour words\b", "message"),
        (r"^(?:your )?name\b(?! of)", "name"),
    )
)  # fmt: skip


@lru_cache(maxsize=2048)
def asked(question: str) -> str | None:
    """Give what a question asks for: a field of a reply, ``choice``, ``message``, or None when its words do not say.

    ``How can you help? (Data)`` asks what ``How can you help?`` does; the part in brackets is the option.
    """
    plain = re.sub(r"^\d+ ", "", fold(question[:_LONGEST]))
    found = _EXACT.get(plain) or next((field for pattern, field in _WITHIN if pattern.search(plain)), None)
    return found if plain else DROPPED


def option(question: str) -> str | None:
    """Give the option that a column of a form's export stands for, as Gravity Forms writes it: ``Question (Option)``."""
    parts = _PART.fullmatch(question)
    return parts[2] if parts else None
