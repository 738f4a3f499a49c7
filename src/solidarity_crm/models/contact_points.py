"""E-mail addresses, phone numbers and web addresses, checked and written one way."""

import re
from typing import TYPE_CHECKING

from solidarity_crm.errors import BadValue

if TYPE_CHECKING:
    from typing import Any

# addresses at which nothing can be delivered, kept for examples and tests (RFC 2606, RFC 6761): wanted here,
# refused by the library unless it is told that the check is one of form only
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{3,}(?:\s*(?:ext?\.?|x|#)\s*\d{1,6})?\Z")
_URL = re.compile(r"https?://[^\s<>\"'\\]+\.[^\s<>\"'\\]+\Z", re.IGNORECASE)


def clean_email(value: str) -> tuple[str, str]:
    """Give an address as it is kept, and the key by which two spellings of it are the same.

    Raises BadValue.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 15 ms that few commands need

    try:
        found = validate_email(value.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as problem:
        raise BadValue("e-mail", value, str(problem).rstrip(".").lower(), "an address like name@example.org") from None
    return found.normalized, found.normalized.casefold()


def clean_phone(value: str, region: str = "GB") -> tuple[str, str]:
    """Give a phone number as typed, and its E.164 form by which two spellings of it are the same.

    A number that the library cannot place keeps its digits as key. Raises BadValue.
    """
    import phonenumbers  # noqa: PLC0415 - 12 ms that few commands need

    typed = " ".join(value.split())
    if not _PHONE.match(typed):
        raise BadValue("phone", value, "not a phone number", "a number like 0113 496 0123")
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
