"""What is checked in bulk comes out as what is checked one by one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solidarity_crm.errors import BadValue
from solidarity_crm.models import contact_points
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, PostalAddress, Tag
from solidarity_crm.models.contact_points import clean_email, clean_phone
from solidarity_crm.models.organisation import Organisation

if TYPE_CHECKING:
    from solidarity_crm.models.base import Row

MODELS: tuple[type[Row], ...] = (Affiliation, Contact, ContactPoint, Organisation, PostalAddress, Tag)
TEXTS = (
    st.none() | st.text(max_size=20) | st.sampled_from(["Siân O'Brien [she/her]", "a\x07b", "x" * 501, " two  words ", "consent", "self"])
)
VALUES = TEXTS | st.integers(-5, 5000) | st.booleans() | st.dates()
LOCALS = st.from_regex(r"[a-z0-9]{1,12}([._-][a-z0-9]{1,6}){0,4}", fullmatch=True) | st.sampled_from(
    ["info", "postmaster", "Info", "a..b", ".a", "a.", "a+b", "o'brien", "siân", "A.Yusuf", "x" * 64, "x" * 65, "a-", "-a", "_a"]
)
ODD_DOMAINS = [
    "example.org",
    "EXAMPLE.org",
    "example",
    "a.local",
    "b.invalid",
    "c.test",
    "localhost",
    "xn--bcher-kva.example",
    "bücher.example",
    "1.2.3.4",
    "a_b.org",
    "-a.org",
    "a-.org",
    "ab--cd.org",
    "onion",
    "a.arpa",
    "a.123",
    "a..org",
    ".org",
    "org.",
]
LONG_DOMAINS = [f"{'x' * 64}.org", ".".join([*["x" * 60] * 4, "org"])]
DOMAINS = st.from_regex(r"[A-Za-z0-9-]{1,8}(\.[A-Za-z0-9-]{1,6}){0,3}", fullmatch=True) | st.sampled_from([*ODD_DOMAINS, *LONG_DOMAINS])


@given(st.sampled_from(MODELS), st.data())
@settings(max_examples=300)
def test_values_are_checked_as_a_row_is(model: type[Row], data: st.DataObject) -> None:
    """Field by field the same, or refused with the same words."""
    fields = data.draw(st.lists(st.sampled_from(sorted(model.model_fields)), unique=True))
    values: dict[str, Any] = {"name": "Amina", "obtained_on": date(2026, 12, 1), "contact_id": 1, "organisation_id": 1, "tag": "gp"}
    values = {name: value for name, value in values.items() if name in model.model_fields}
    values |= {field: data.draw(VALUES) for field in fields}
    try:
        expected = model.checked(**values).model_dump()
    except BadValue as problem:
        with pytest.raises(BadValue) as refused:
            model.checked_values(**values)
        assert refused.value.sentence == problem.sentence  # noqa: PT017 - the other way of checking says the same
    else:
        assert model.checked_values(**values) == expected


@given(st.builds("{}@{}".format, LOCALS, DOMAINS) | st.builds(" {}@{} ".format, LOCALS, DOMAINS) | st.text(max_size=30))
@settings(max_examples=1000)
def test_an_address_comes_out_as_the_library_writes_it(address: str) -> None:
    """Also where the library is not asked again for a domain that it has judged."""
    try:
        expected = validate_email(address.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as problem:
        with pytest.raises(BadValue) as refused:
            clean_email(address)
        assert refused.value.reason == str(problem).rstrip(".").lower()  # noqa: PT017 - our words are the library's
    else:
        assert clean_email(address) == (expected, expected.casefold())


@given(
    st.from_regex(r"(0|\+44 ?|)[0-9]( ?[0-9]){6,11}", fullmatch=True)
    | st.from_regex(r"[+(]?[0-9][0-9 ()./-]{4,14}( ?(ext|x|#) ?[0-9]{1,4})?", fullmatch=True)
)
@settings(max_examples=2000)
def test_a_number_comes_out_as_the_library_writes_it(number: str) -> None:
    """Also where the library is not asked, since it is certain."""
    assume(contact_points._PHONE.match(" ".join(number.split())))
    typed, key = clean_phone(number)
    assert typed == " ".join(number.split())
    try:
        parsed = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        assert key == "".join(filter(str.isdecimal, typed))
    else:
        assert key == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
