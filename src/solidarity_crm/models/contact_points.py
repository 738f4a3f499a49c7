"""E-mail addresses, phone numbers and web addresses, checked and written one way."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from solidarity_crm.errors import BadValue

if TYPE_CHECKING:
    from typing import Any

# addresses at which nothing can be delivered, kept for examples and tests (RFC 2606, RFC 6761): wanted here,
# refused by the library unless it is told that the check is one of form only
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{3,}(?:\s*(?:ext?\.?|x|#)\s*\d{1,6})?\Z")
# addresses and numbers of which it is certain what the libraries make of them; tests hold these to that
_PLAIN_EMAIL = re.compile(r"(?P<local>[a-z0-9]{1,30}(?:[._-][a-z0-9]{1,10}){0,3})@(?P<domain>[A-Za-z0-9.-]+)\Z", re.ASCII)
_PLAIN_DOMAIN = 150  # letters: the library counts a whole address too
_PLAIN_PHONE = re.compile(r"(?:0|\+44 ?)[1-9](?: ?[0-9]){8,9}\Z")
_URL = re.compile(r"https?://[^\s<>\"'\\]+\.[^\s<>\"'\\]+\Z", re.IGNORECASE)


def clean_email(value: str) -> tuple[str, str]:
    """Give an address as it is kept, and the key by which two spellings of it are the same.

    Raises BadValue.
    """
    plain = _PLAIN_EMAIL.match(value)
    if plain and len(plain["domain"]) <= _PLAIN_DOMAIN:
        written = _domain(plain["domain"])
        if written is not None:
            address = f"{plain['local']}@{written}"
            return address, address.casefold()
    address = _email(value)
    return address, address.casefold()


def _email(value: str) -> str:
    """Give an address as the library writes it.

    Raises BadValue.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 15 ms that few commands need

    try:
        return validate_email(value.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as problem:
        raise BadValue("e-mail", value, str(problem).rstrip(".").lower(), "an address like name@example.org") from None


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str | None:
    """Give how the library writes a domain, None when it refuses it: a list of thousands has few."""
    try:
        return _email(f"a@{domain}").partition("@")[2]
    except BadValue:
        return None


def clean_phone(value: str, region: str = "GB") -> tuple[str, str]:
    """Give a phone number as typed, and its E.164 form by which two spellings of it are the same.

    A number that the library cannot place keeps its digits as key. Raises BadValue.
    """
    typed = " ".join(value.split())
    if region == "GB" and _PLAIN_PHONE.match(typed):
        return typed, "+44" + typed.replace(" ", "").removeprefix("0").removeprefix("+44")
    if not _PHONE.match(typed):
        raise BadValue("phone", value, "not a phone number", "a number like 0113 496 0123")
    import phonenumbers  # noqa: PLC0415 - 12 ms that few commands need

    try:
        number: Any = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return typed, re.sub(r"\D", "", typed)
    return typed, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_website(value: str) -> str:
    """Give a web address that a browser may open; ``example.org`` becomes ``https://example.org``.

    Raises ValueError, since it is called while a record is checked.
    """
    address = value if "://" in value or value.lower().startswith("javascript:") else f"https://{value}"
    if not _URL.match(address):
        problem = "is not a web address"
        raise ValueError(problem)
    return address
