"""What Google Contacts, Outlook.com, Thunderbird and Mailchimp call their columns, and what of somebody goes into which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.tables.foreign_places import KIND_OF, first_and_last, placed, placed_addresses, plain, present

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solidarity_crm.exchange.address_book import Entry, Point, PostalAddress
    from solidarity_crm.exchange.tables.foreign_places import Cells, Slots


class Layout(NamedTuple):
    """How a program wants contacts: its headings for these entries; an entry's cells, and how many values had no column."""

    header: Callable[[Sequence[Entry]], list[str]]
    cells: Callable[[Entry], tuple[Cells, int]]
    needs_email: bool = False


# --- Google Contacts, as it has been since 2024 -------------------------------------------------------------

_GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,"
    "File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels"
)
_GOOGLE_ADDRESS = ("Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address")
_GOOGLE_SEVERAL = (
    ("E-mail", "emails", ("Value",)),
    ("Phone", "phones", ("Value",)),
    ("Address", "addresses", _GOOGLE_ADDRESS),
    ("Website", "websites", ("Value",)),
)


def _google_header(entries: Sequence[Entry]) -> list[str]:
    """Give as many numbered columns as somebody needs, at least one of each."""
    header = _GOOGLE.split(",")
    for named, field, parts in _GOOGLE_SEVERAL:
        most = max([1, *(len(getattr(entry, field)) for entry in entries)])
        header += [f"{named} {number} - {part}" for number in range(1, most + 1) for part in ("Label", *parts)]
    return header


def _google(entry: Entry) -> tuple[Cells, int]:
    first, last = first_and_last(entry)
    role, more = present(entry)
    cells = {
        "First Name": first,
        "Last Name": last,
        "Nickname": entry.known_as or "",
        "File As": entry.name or "",
        "Organization Name": role.organisation if role else "",
        "Organization Title": (role.title or "") if role else "",
        "Notes": entry.note or "",
        # without its own group Google keeps people out of sight
        "Labels": " ::: ".join(("* myContacts", *entry.tags)),
    }
    for named, points in (("E-mail", entry.emails), ("Phone", entry.phones), ("Website", entry.websites)):
        for number, point in enumerate(points, 1):
            cells |= {f"{named} {number} - Value": point.value, f"{named} {number} - Label": _google_label(point)}
    for number, address in enumerate(entry.addresses, 1):
        cells |= {f"Address {number} - {part}": value for part, value in _google_address(address).items()}
    return cells, more


def _google_label(point: Point) -> str:
    """Give a label with Google's star for the preferred one."""
    label = (point.label or "").capitalize() if point.label in KIND_OF else point.label or ""
    return f"* {label}".strip() if point.preferred else label


def _google_address(address: PostalAddress) -> Cells:
    found = {
        "Label": address.label or "",
        "Street": address.street or "",
        "City": address.locality or "",
        "Region": address.region or "",
        "Postal Code": address.postal_code or "",
        "Country": address.country or "",
    }
    return {**found, "Formatted": "\n".join(part for part in address[:5] if part)}


# --- programs with a fixed set of columns -------------------------------------------------------------------


class _Columns(NamedTuple):
    """A program's headings, and which of them take what."""

    header: str
    display_name: str | None
    organisation: str
    emails: Slots
    phones: Slots
    pages: Slots
    address_kinds: dict[str, str]
    address: Callable[[str, PostalAddress], Cells]


def _fixed(columns: _Columns) -> Layout:
    """Give the layout of a program that has these columns, whoever is in the file."""
    header = columns.header.split(",")

    def cells(entry: Entry) -> tuple[Cells, int]:
        first, last = first_and_last(entry)
        role, more = present(entry)
        found = {
            "First Name": first,
            "Last Name": last,
            "Nickname": entry.known_as or "",
            "Job Title": (role.title or "") if role else "",
            columns.organisation: role.organisation if role else "",
            "Notes": entry.note or "",
            **({columns.display_name: entry.name or ""} if columns.display_name else {}),
        }
        parts = (
            placed(plain(entry.emails), columns.emails),
            placed(entry.phones, columns.phones),
            placed(plain(entry.websites), columns.pages),
            placed_addresses(entry.addresses, columns.address, columns.address_kinds),
        )
        for part, _ in parts:
            found |= part
        return found, more + len(entry.tags) + sum(left_out for _, left_out in parts)

    return Layout(lambda _entries: header, cells)


def _outlook_address(kind: str, address: PostalAddress) -> Cells:
    parts = ("Street", "City", "State", "Postal Code", "Country/Region")
    return {f"{kind} {part}": value or "" for part, value in zip(parts, address, strict=False)}


def _thunderbird_address(kind: str, address: PostalAddress) -> Cells:
    street, _, rest = (address.street or "").partition("\n")
    parts = {"Address": street, "Address 2": rest.replace("\n", ", "), "City": address.locality, "State": address.region}
    parts |= {"ZipCode": address.postal_code, "Country": address.country}
    return {f"{kind} {part}": value or "" for part, value in parts.items()}


_OUTLOOK = _Columns(
    header=(
        "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
        "Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,"
        "Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,"
        "Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,"
        "Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,"
        "Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,"
        "Anniversary,Notes"
    ),
    display_name=None,
    organisation="Company",
    emails={"any": ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")},
    phones={
        "work": ("Business Phone", "Business Phone 2"),
        "home": ("Home Phone", "Home Phone 2"),
        "mobile": ("Mobile Phone",),
        "fax": ("Business Fax", "Home Fax", "Other Fax"),
        "pager": ("Pager",),
        "any": ("Other Phone", "Primary Phone", "Business Phone 2", "Home Phone 2"),
    },
    pages={"any": ("Web Page", "Personal Web Page")},
    address_kinds={"work": "Business", "home": "Home", "other": "Other"},
    address=_outlook_address,
)
# it imports without its dialog only if every heading is one of these
_THUNDERBIRD = _Columns(
    header=(
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,"
        "Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,"
        "Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,"
        "Custom 1,Custom 2,Custom 3,Custom 4,Notes"
    ),
    display_name="Display Name",
    organisation="Organization",
    emails={"any": ("Primary Email", "Secondary Email")},
    phones={
        "work": ("Work Phone",),
        "home": ("Home Phone",),
        "mobile": ("Mobile Number",),
        "fax": ("Fax Number",),
        "pager": ("Pager Number",),
        "any": ("Work Phone", "Home Phone", "Mobile Number"),
    },
    pages={"any": ("Web Page 1", "Web Page 2")},
    address_kinds={"work": "Work", "home": "Home"},
    address=_thunderbird_address,
)


# --- Mailchimp ----------------------------------------------------------------------------------------------

_MAILCHIMP = ["Email Address", "First Name", "Last Name", "Address", "Phone Number", "Company", "NOTES", "TAGS"]


def _mailchimp(entry: Entry) -> tuple[Cells, int]:
    """Give the first of everything: a mailing list has one address a person, and greets by the first name."""
    first, last = first_and_last(entry)
    role, more = present(entry)
    several = (plain(entry.emails), plain(entry.phones), entry.addresses)
    left_out = more + sum(max(len(values) - 1, 0) for values in several) + len(entry.websites)
    emails, phones, addresses = several
    cells = {
        "Email Address": emails[0].value if emails else "",
        "First Name": entry.known_as or first,
        "Last Name": last,
        # two blanks between the parts are how it tells them apart
        "Address": "  ".join(part.replace("\n", ", ") for part in addresses[0][:5] if part) if addresses else "",
        "Phone Number": phones[0].value if phones else "",
        "Company": role.organisation if role else "",
        "NOTES": entry.note or "",
        "TAGS": ",".join('"{}"'.format(tag.replace('"', "'")) for tag in entry.tags),
    }
    return cells, left_out


LAYOUTS = {
    "google": Layout(_google_header, _google),
    "outlook": _fixed(_OUTLOOK),
    "thunderbird": _fixed(_THUNDERBIRD),
    "mailchimp": Layout(lambda _entries: _MAILCHIMP, _mailchimp, needs_email=True),
}
