"""What a column can be, and the headings that programs and people give it (exchange.md E1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from solidarity_crm.text import fold

FIELDS: dict[str, str] = {
    "name": "the whole name",
    "sort_name": "the name, family name first: Yusuf, Amina",
    "given_name": "given name",
    "middle_name": "middle name",
    "family_name": "family name",
    "prefix": "what stands before the name: Dr",
    "suffix": "what stands after the name: PhD",
    "known_as": "what they are called",
    "pronouns": "pronouns",
    "email": "e-mail address, or several",
    "email_label": "what the e-mail address beside it is for",
    "phone": "phone number, or several",
    "phone_label": "what the phone number beside it is for",
    "website": "web address",
    "website_label": "what the web address beside it is for",
    "organisation": "where they work or volunteer",
    "role": "what they do there",
    "street": "street and number",
    "locality": "town or city",
    "region": "county, state or region",
    "postal_code": "postcode",
    "country": "country",
    "address": "the whole postal address",
    "address_label": "what the address beside it is for",
    "tags": "tags, groups or labels",
    "works_with": "communities that they work with",
    "note": "anything else worth keeping",
    "message": "what they wrote in a form",
    "choice": "an answer that they ticked in a form",
    "consent": "what they agreed to",
    "do_not_contact": "yes when they must not be written to, or the reason",
    "status": "subscribed, unsubscribed …",
    "source": "the page or event that the row comes from",
    "form_title": "the title of the form",
    "received_on": "the day of the reply",
    "connected_on": "the day since when you are connected",
    "profile": "their page at another program, which tells them from others there",
    "external_id": "what the other program calls them",
    "contact_type": "whether it is a person or an organisation",
    "uid": "our own uid",
    "personal": "passed over: what nobody should keep",
}


class Meaning(NamedTuple):
    """What a heading says: a field, which columns belong together as one address or number, and what that is for."""

    field: str
    group: str = ""
    label: str = ""


_PLAIN: dict[str, str] = {
    "name": "name|full name|your name|display name|contact name|file as|formatted name|person|nom complet|nom a afficher|anzeigename|vollstandiger name"
    "|nombre completo|contact|contact person|name as it should appear|what is your name|volunteer name|client name",
    "sort_name": "sort name",
    "given_name": "first name|given name|firstname|forename|forenames|fname|first|name first|your first name|given names|christian name"
    "|prenom|vorname|nombre|primer nombre|voornaam|nome",
    "middle_name": "middle name|additional name|middlename|name middle|middle names|deuxieme prenom|zweiter vorname|segundo nombre",
    "family_name": "last name|family name|lastname|surname|lname|last|name last|your last name|second name|nom|nom de famille|nachname|familienname"
    "|apellido|apellidos|achternaam|cognome",
    "prefix": "prefix|name prefix|individual prefix|salutation|honorific|anrede|civilite|tratamiento",
    "suffix": "suffix|name suffix|individual suffix",
    "known_as": "nickname|known as|nick name|preferred name|surnom|spitzname|apodo|goes by",
    "pronouns": "pronouns|pronoun|my pronouns|preferred pronouns",
    "email": "email|e mail|email address|e mail address|mail|your email|primary email|secondary email|email 1|email 2|email 3|email s|emails|e mails"
    "|adresse de messagerie|adresse e mail|adresse email|adresse electronique|courriel|e mail adresse|emailadresse|email adresse|mailadresse"
    "|direccion de correo electronico|correo electronico|correo|contact email|work email|personal email|home email|e mailadres|user email|member email",
    "phone": "phone|telephone|phone number|mobile|tel|mobile number|telephone number|your phone|your tel|phone numbers|phones|contact number|cell|mobile phone"
    "|cell phone|cellphone|landline|work phone|home phone|business phone|day phone|main phone|telefon|telefonnummer|mobiltelefon|handy|mobilnummer"
    "|telephone mobile|tel mobile|telephone portable|portable|mobile telephone|numero de telephone|telefono|telefono movil|movil|numero de telefono"
    "|telephone no|phone no|mobile no|tel no|whatsapp|whatsapp number|contact phone|mob|mob no|mobile telephone number|tel mob|tel home|tel work",
    "website": "website|web site|web page|url|homepage|home page|your url|web address|site web|site internet|webseite|internetseite|pagina web|sitio web",
    "organisation": "organisation|organization|company|employer|current employer|organisation name|organization name|company name|your company|charity|group name"
    "|charity name|organisation or group|firma|unternehmen|organisation unternehmen|societe|entreprise|association|organizacion|empresa|compania|agency|institution"
    "|your organisation|your organization|business|business name",
    "role": "role|job title|position|jobtitle|job|occupation|job role|organization title|your role|fonction|poste|profession|intitule du poste|beruf|stellung"
    "|puesto|cargo|berufsbezeichnung",
    "street": "street|street address|address 1|address line 1|address1|address 2|address line 2|address2|address street address|strasse|rue|calle|line 1|line 2",
    "locality": "city|town|locality|address city|town city|city town|post town|ville|stadt|ort|ciudad|poblacion|location city",
    "region": "state|county|region|province|state province|county state|address state province|state region|bundesland|departement|provincia|estado",
    "postal_code": "postcode|post code|zip|zip code|postal code|zipcode|zip postal code|address zip postal code|code postal|plz|postleitzahl|codigo postal",
    "country": "country|country region|country code name|pays|land|pais",
    "address": "address|full address|postal address|mailing address|address formatted|adresse|anschrift|adresse postale|direccion|home address|work address",
    "tags": "tags|tag|tag s|labels|label|groups|group|group s|group membership|categories|category|categories tags|contact subtype|lists|list|segments"
    "|etiquettes|categorie|groupes|kategorien|kategorie|schlagworter|gruppen|categorias|etiquetas|grupos",
    "works_with": "works with|communities|community|works with communities",
    "note": "note|notes|note s|comment|comments|remarks|remark|description|memo|further information|additional information|entry notes|biography"
    "|notizen|bemerkungen|bemerkung|anmerkungen|remarques|remarque|commentaire|commentaires|notas|observaciones|comentarios",
    "message": "message|your message|comment or message|comments or message|your comments|nachricht|mensaje|how can you help",
    "consent": "consent|gdpr agreement|gdpr|consent consent|consent text|acceptance|privacy consent|opt in|optin|your consent|data consent|einwilligung",
    "do_not_contact": "do not contact|unsubscribed|unsub|opt out|opted out|optout|do not email|do not phone|do not mail|do not sms|no contact|do not e mail|unsubscribed at|unsubscribe date|unsubscribed on|opt out date"
    "|no bulk emails user opt out|no bulk emails|is opt out|email opt out|do not call|do not write|do not text|do not contact reason|unsub time",
    "status": "status|subscription status|email status|subscriber status|email marketing status|marketing status|subscribed",
    "source": "source|source url|page url|referer|referrer|source page|lead source|quelle|origen",
    "form_title": "form|form name|form title|page title|form id",
    "received_on": "entry date|response date|date|submitted|submitted on|submitted at|submission date|date submitted|timestamp|received on|received|created at"
    "|date created|datum|fecha|date added|added on|date joined",
    "connected_on": "connected on",
    "external_id": "id|contact id|external id|external identifier|internal contact id|entry id|leid|euid|customer id|member id|membership number|record id"
    "|submission id|response id",
    "contact_type": "contact type|type of contact",
    "uid": "uid|uuid",
    "personal": "ip|ip address|user ip|user agent|optin ip|confirm ip|latitude|longitude|gmtoff|dstoff|timezone|cc region|birthday|birth date|date of birth|dob"
    "|birth year|birth month|birth day|anniversary|gender|sex|ethnicity|religion|sexual orientation|sexuality|nationality|immigration status|disability"
    "|photo|picture|avatar|image|government id number|national insurance number|ni number|nhs number|passport number|screen name|spouse|children|age"
    "|date de naissance|anniversaire|geburtstag|geburtsdatum|cumpleanos|fecha de nacimiento|unique generated user id|user id|created by user id|hobby|hobbies"
    "|payment amount|payment date|payment status|transaction id|marital status|ethnic group|trans status|social security number|reason",
}
HEADINGS: dict[str, Meaning] = {heading: Meaning(field) for field, headings in _PLAIN.items() for heading in headings.split("|")}
_LABELLED = {
    "phone": {"mobile": "mobile", "cell": "mobile", "handy": "mobile", "movil": "mobile", "mobil": "mobile", "portable": "mobile"}
    | {"work": "work", "business": "work", "home": "home", "landline": "home"},
    "email": {"work": "work", "personal": "home", "home": "home"},
}
_PARTS = {
    "street": "street", "street 2": "street", "street 3": "street", "street address": "street", "address": "address", "address 2": "street",
    "po box": "street", "address po box": "street", "extended address": "street", "line 1": "street", "line 2": "street", "address line 1": "street", "address line 2": "street", "line 3": "street",
    "city": "locality", "town": "locality", "region": "region", "state": "region", "county": "region", "province": "region",
    "postal code": "postal_code", "postcode": "postal_code", "zip": "postal_code", "zip code": "postal_code", "zipcode": "postal_code",
    "country": "country", "country region": "country", "formatted": "address", "type": "address_label", "label": "address_label",
}  # fmt: skip
_WHERE = r"(home|work|business|other|postal|mailing|billing|delivery)"
_NUMBERED = re.compile(r"(e mail|email|phone|website|organi[sz]ation|address)(?: (\d{1,2}))? (value|type|label|name|title|formatted|.+)\Z")
_PHONE = re.compile(
    r"(mobile|business|home|primary|other|work|company main|car|main|day|evening|cell|assistants|landline) (?:tele)?phone(?: (?:number ?)?\d)?\Z"
)
_EMAIL = re.compile(
    r"(?:e ?mail|email address)(?: (\d))?(?: address)?\Z|(work|home|personal|other|primary|secondary) e ?mail(?: address)?(?: \d)?\Z"
)
_PART = re.compile(rf"(?:(\d) )?{_WHERE} (.+)\Z|address ((?!\d).+)\Z")
_WEB = re.compile(r"(personal |work |home )?(?:web ?page|website|url)(?: \d)?\Z")
_PASSED = re.compile(r"(?:assistants|car|radio|telex|isdn|tty.*) phone|pager.*|.*\bfax\b.*|.*\byomi\b|phonetic.*|.* phonetic")
_FIELD = re.compile(r"(tel|email|text|textarea|url|acceptance|checkbox|menu|radio) \d{1,4}\Z")
_SEVERAL = re.compile(r"(.+) (\d{1,2})\Z")
_REPEATED = frozenset(("email", "phone", "website", "organisation", "role", "tags", "note"))
_LONGEST = 200  # characters of a heading that are looked at
_ORDER = re.compile(r"\s*-?\d{1,2}_")
_ANSWER = {"acceptance": "consent", "tel": "phone", "textarea": "message", "checkbox": "choice", "menu": "choice", "radio": "choice"}
_ASKED = re.compile(r"(?:what is |please enter |enter )?(?:your|my|the) (.+)\Z")


def folded(heading: str) -> str:
    """Give a heading as headings are compared: no case, signs or accents, nor a number that gives its order (``2_Email``)."""
    return _folded(heading[:_LONGEST])


@lru_cache(maxsize=4096)
def _folded(heading: str) -> str:
    """Fold a heading of some length."""
    return fold(_ORDER.sub("", heading.replace("\ufeff", ""), count=1))


@lru_cache(maxsize=4096)
def meaning(heading: str) -> Meaning | None:
    """Say what a folded heading means, wherever it comes from; None when nobody knows."""
    if _PASSED.match(heading):
        return None
    found = _of_numbered(heading) or _of_part(heading) or _of_labelled(heading) or HEADINGS.get(heading)
    if found is None and (asked := _ASKED.match(heading)):
        return meaning(asked[1])
    if found is None and heading.endswith((" consent", " agree", "i agree")):
        return Meaning("consent")
    return found or _of_several(heading)


def _of_several(heading: str) -> Meaning | None:
    """Read a heading with a number after it: ``Phone 2``; columns of one number are of one organisation."""
    found = _SEVERAL.match(heading)
    known = HEADINGS.get(found[1]) if found else None
    if found is None or known is None or known.field not in _REPEATED:
        return None
    return Meaning(known.field, f"organisation {found[2]}" if known.field in ("organisation", "role") else heading)


def _of_numbered(heading: str) -> Meaning | None:
    """Read Google's headings, ``E-mail 1 - Value``, and those of WordPress form fields, ``tel-123``."""
    form = _FIELD.match(heading)
    if form:
        return Meaning(_ANSWER.get(form[1], {"email": "email", "url": "website"}.get(form[1], "message")))
    found = _NUMBERED.match(heading)
    if not found or (found[2] is None and found[3] not in ("name", "title", "value", "formatted")):
        return None
    noun, number, part = found[1].replace("e mail", "email").replace("organization", "organisation"), found[2] or "1", found[3]
    group = f"{noun} {number}"
    if noun == "organisation":
        return {"name": Meaning("organisation", group), "title": Meaning("role", group)}.get(part)
    if noun == "address":
        return Meaning(_PARTS[part], group) if part in _PARTS else None
    if part == "address" and noun == "email":
        return Meaning("email", group)
    field = {"value": noun, "type": f"{noun}_label", "label": f"{noun}_label"}.get(part)
    return Meaning(field, group) if field in FIELDS else None


def _of_part(heading: str) -> Meaning | None:
    """Read the parts of an address: ``Business Street``, ``Home ZipCode``, ``Address (City)``."""
    found = _PART.match(heading)
    if not found:
        return None
    if found[4]:
        return Meaning(_PARTS[found[4]], "address") if found[4] in _PARTS else None
    where = {"business": "work"}.get(found[2], found[2])
    return Meaning(_PARTS[found[3]], f"{where} address", where) if found[3] in _PARTS else None


def _of_labelled(heading: str) -> Meaning | None:
    """Read what says what it is for: ``Mobile Phone``, ``Work email``."""
    found = _PHONE.match(heading)
    if found:
        return Meaning("phone", heading, _LABELLED["phone"].get(found[1], "work" if "main" in found[1] else ""))
    found = _EMAIL.match(heading)
    if found:
        return Meaning("email", heading, _LABELLED["email"].get(found[2] or "", ""))
    if _WEB.match(heading):
        return Meaning("website", heading)
    known = HEADINGS.get(heading)
    if known and known.field == "phone":
        label = next((label for word, label in _LABELLED["phone"].items() if word in heading), "")
        return Meaning("phone", heading, label)
    return None
