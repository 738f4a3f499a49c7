"""Cards as each program writes them: what is read of each, and what is told."""

from __future__ import annotations

import codecs

import pytest

from solidarity_crm.exchange import vcard
from solidarity_crm.exchange.address_book import Entry, Identifier, Point, PostalAddress, Role


def only(card: str | bytes) -> Entry:
    """Read a file of one card."""
    book = vcard.read("cards.vcf", card if isinstance(card, bytes) else card.encode())
    assert (len(book.entries), book.rejected, book.skipped) == (1, (), ())
    return book.entries[0]


def told(entry: Entry) -> list[str]:
    """Give what was told of an entry."""
    return [str(doubt) for doubt in entry.doubts]


def test_apple_labels_come_from_groups() -> None:
    """Built-in labels and the user's own; what Apple adds for itself is passed over."""
    entry = only(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//macOS 15.1//EN\r\nN:Yusuf;Amina;;Dr;\r\nFN:Dr Amina Yusuf\r\nNICKNAME:Mina\r\n"
        "ORG:MESMAC;Outreach;\r\nTITLE:Lead\r\nEMAIL;type=INTERNET;type=WORK;type=pref:amina@example.org\r\n"
        "item1.EMAIL;type=INTERNET:a@b.example\r\nitem1.X-ABLabel:Drop-in inbox\r\nTEL;type=IPHONE;type=CELL;type=VOICE:07700 900123\r\n"
        "item2.URL;type=pref:http\\://mesmac.example\r\nitem2.X-ABLabel:_$!<HomePage>!$_\r\n"
        "item3.ADR;type=WORK:;;22 Blayds Yard;Leeds;;LS1 4AD;UK\r\nitem3.X-ABADR:gb\r\nBDAY:1980-02-03\r\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAQABAAD\r\nX-SOCIALPROFILE;type=twitter:http://twitter.com/amina\r\n"
        "IMPP;X-SERVICE-TYPE=Skype:skype:amina\r\nUID:ABC-1\r\nEND:VCARD\r\n"
    )
    assert entry._replace(raw="") == Entry(
        1,
        name="Dr Amina Yusuf",
        given_name="Amina",
        family_name="Yusuf",
        known_as="Mina",
        emails=(Point("amina@example.org", "work", preferred=True), Point("a@b.example", "Drop-in inbox")),
        phones=(Point("07700 900123", "mobile"),),
        websites=(Point("http://mesmac.example", "homepage", preferred=True), Point("http://twitter.com/amina", "twitter")),
        addresses=(PostalAddress("22 Blayds Yard", "Leeds", None, "LS1 4AD", "UK", "work"),),
        roles=(Role("MESMAC", "Lead (Outreach)"),),
        identifiers=(Identifier("vcard", "ABC-1"),),
        raw="",
    )


def test_apple_company_is_an_organisation() -> None:
    """Shown as a company it is one; the person that it names besides is kept in the note."""
    entry = only("BEGIN:VCARD\nVERSION:3.0\nN:Yusuf;Amina;;;\nFN:Amina Yusuf\nORG:MESMAC\nX-ABShowAs:COMPANY\nEND:VCARD\n")
    assert (entry.name, entry.is_organisation, entry.roles, entry.note) == ("MESMAC", True, (), "Name: Amina Yusuf")
    assert told(entry) == ["cards.vcf:1: FN: a person's name on a card that is shown as a company's; kept in the note"]


def test_outlook_writes_2_1_in_quoted_printable() -> None:
    """Soft breaks are not folds, a CHARSET is obeyed, types stand alone, an address may be a LABEL alone."""
    entry = only(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=en-gb;CHARSET=Windows-1252:O'Brien;Si\xe2n\r\n"
        b"FN;CHARSET=Windows-1252:Si\xe2n O'Brien\r\nORG;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Caf=C3=A9 Basis;Sup=\r\nport\r\n"
        b"TEL;WORK;VOICE:0113 496 0123\r\nTEL;HOME;FAX:0113 496 0124\r\nTEL;PREF;CELL:07700 900123\r\n"
        b"LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:12 Mill Street=0D=0A=\r\nLeeds\r\nX-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\n"
        b"EMAIL;PREF;INTERNET:sian@example.org\r\nEMAIL;EX:/o=Exchange/cn=Recipients/cn=sian\r\n"
        b"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\n\r\nNOTE;ENCODING=QUOTED-PRINTABLE:One=0D=0A=\r\nTwo: three\r\nREV:20260101T000000Z\r\nEND:VCARD\r\n"
    )
    assert (entry.name, entry.given_name, entry.family_name) == ("Siân O'Brien", "Siân", "O'Brien")
    assert entry.roles == (Role("Café Basis", "Support"),)
    assert entry.phones == (
        Point("0113 496 0123", "work"),
        Point("0113 496 0124", "home fax"),
        Point("07700 900123", "mobile", preferred=True),
    )
    assert entry.addresses == (PostalAddress("12 Mill Street\nLeeds", label="work"),)
    assert entry.emails == (Point("sian@example.org", preferred=True),)
    assert entry.note == "One\nTwo: three"
    assert told(entry) == ["cards.vcf:14: EMAIL: is an address within an Exchange server and was left out"]


def test_2_1_base64_without_blanks_ends_at_a_property() -> None:
    """Some phones do not indent a picture's lines and write no empty line after it."""
    entry = only(
        "BEGIN:VCARD\nVERSION:2.1\nN:Yusuf;Amina\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\nSkZJRgABAQAAAQ\nAAAA==\nTEL;CELL:07700 900123\nEND:VCARD\n"
    )
    assert (entry.name, entry.phones, entry.doubts) == ("Amina Yusuf", (Point("07700 900123", "mobile"),), ())


def test_lotus_cards_within_cards_are_passed_over() -> None:
    """An AGENT is another person; also one in the AGENT of an AGENT, and one on the same line."""
    inner = "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Inner;Ian\nAGENT:BEGIN:VCARD\nN:Deep;Dee\nEND:VCARD\nTEL:1234567\nEND:VCARD\n"
    entry = only(f"BEGIN:VCARD\nVERSION:2.1\nN:Outer;Olu\n{inner}EMAIL;INTERNET:olu@example.org\nEND:VCARD\n")
    assert (entry.name, entry.phones, entry.emails, entry.doubts) == ("Olu Outer", (), (Point("olu@example.org"),), ())


def test_google_cards() -> None:
    """Its own groups are no tags; a card with FN alone gets its parts, titles and pronouns in brackets left out."""
    entry = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Cllr Siân Ann O'Brien [she/her]\nN:;;;;\nitem1.ORG:Leeds City Council\nitem1.TITLE:Councillor\n"
        "item2.TEL:+44 113 496 0123\nitem2.X-ABLabel:Office\nCATEGORIES:myContacts,Steering group,steering group\nEND:VCARD\n"
    )
    assert (entry.name, entry.given_name, entry.family_name) == ("Cllr Siân Ann O'Brien [she/her]", "Siân Ann", "O'Brien")
    assert (entry.roles, entry.phones) == ((Role("Leeds City Council", "Councillor"),), (Point("+44 113 496 0123", "Office"),))
    assert entry.tags == ("Steering group",)


def test_google_company_without_a_person() -> None:
    """N is empty and FN says what ORG says."""
    entry = only("BEGIN:VCARD\nVERSION:3.0\nFN:Mesmac\nN:;;;;\nORG:MESMAC\nEMAIL:info@mesmac.example\nEND:VCARD\n")
    assert (entry.name, entry.is_organisation, entry.roles) == ("MESMAC", True, ())


def test_nextcloud_and_thunderbird_4_0() -> None:
    """PREF by number, URIs, several organisations, a number's extension, what belongs together by ALTID counts once."""
    entry = only(
        'BEGIN:VCARD\nVERSION:4.0\nPRODID:-//Sabre//Sabre VObject 4.5.6//EN\nUID:urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519\nFN:Amina Yusuf\n'
        'N;ALTID=1:Yusuf;Amina;;;\nN;ALTID=1;LANGUAGE=ar:يوسف;أمينة;;;\nPRONOUNS;LANGUAGE=en:she/her\nEMAIL;PREF=2;TYPE=home:a@home.example\n'
        'EMAIL;PREF=1;TYPE=work:mailto:a@work.example\nTEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+44-113-496-0123;ext=55\n'
        'TEL;VALUE=uri;TYPE="cell":tel:07700-900123;phone-context=+44\nTEL;VALUE=uri:sip:amina@example.org\nORG:MESMAC\nORG:Basis\nTITLE:Lead\nTITLE:Trustee\n'
        'ADR;LABEL="12 Mill Street\\nLeeds":;;;;;;\nSOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example/@amina\nGENDER:F\nBDAY:--0314\nEND:VCARD\n'
    )  # fmt: skip
    assert (entry.given_name, entry.pronouns) == ("Amina", "she/her")
    assert entry.emails == (Point("a@home.example", "home"), Point("a@work.example", "work", preferred=True))
    assert entry.phones == (Point("+44 113 496 0123 ext. 55", "work", preferred=True), Point("07700-900123", "mobile"))
    assert entry.roles == (Role("MESMAC", "Lead"), Role("Basis", "Trustee"))
    assert entry.addresses == (PostalAddress("12 Mill Street\nLeeds"),)
    assert entry.websites == (Point("https://social.example/@amina"),)
    assert entry.identifiers == (Identifier("vcard", "urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519"),)
    assert told(entry) == ["cards.vcf:13: TEL: is no phone number and was left out"]


def test_android_and_kde_and_evolution() -> None:
    """Nicknames in a property of Android's own; blogs; foreign words in TYPE stay labels."""
    entry = only(
        "BEGIN:VCARD\nVERSION:2.1\nN:Yusuf;Amina;;;\nFN:Amina Yusuf\nX-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Mina;1;;;;\n"
        "TEL;TYPE=arbeit:0113 496 0123\nTEL;X-Drop-in:0113 496 0124\nX-EVOLUTION-BLOG-URL:https://blog.example/\nX-EVOLUTION-FILE-AS:Yusuf\\, Amina\nEND:VCARD\n"
    )
    assert entry.known_as == "Mina"
    assert entry.phones == (Point("0113 496 0123", "arbeit"), Point("0113 496 0124", "drop-in"))
    assert entry.websites == (Point("https://blog.example/"),)


def test_a_title_without_an_organisation_is_kept_in_the_note() -> None:
    """There is no role without an organisation, and nothing is lost."""
    entry = only("BEGIN:VCARD\nVERSION:3.0\nFN:Amina Yusuf\nNOTE:Met at the fair\nTITLE:Nurse\\, retired\nEND:VCARD\n")
    assert entry.note == "Met at the fair\nTitle: Nurse, retired"
    assert told(entry) == ["cards.vcf:5: TITLE: a title without an organisation; kept in the note"]


def test_groups_are_passed_over_and_organisations_known() -> None:
    """Both of 4.0, and Apple's groups of 3.0."""
    book = vcard.read(
        "cards.vcf",
        b"BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:urn:uuid:1\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Others\n"
        b"X-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:MESMAC\nEND:VCARD\n",
    )
    assert [str(each) for each in book.skipped] == [
        "cards.vcf:1: KIND: 'Friends' is a group and was passed over",
        "cards.vcf:7: KIND: 'Others' is a group and was passed over",
    ]
    assert [(entry.name, entry.is_organisation, entry.line) for entry in book.entries] == [("MESMAC", True, 12)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252", "utf-8"])
def test_encodings_of_a_whole_file(encoding: str) -> None:
    """With and without a byte order mark."""
    book = vcard.read(
        "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Siân Ŵyn\r\nEND:VCARD\r\n".replace("Ŵ", "Ŵ" if "utf" in encoding else "W").encode(encoding),
    )
    assert book.entries[0].name in {"Siân Ŵyn", "Siân Wyn"}
    assert [doubt.reason for doubt in book.entries[0].doubts] == (
        ["is not in UTF-8 and was read as Windows-1252"] if encoding == "cp1252" else []
    )
    assert bool(book.notes) == ("16" in encoding or "32" in encoding)


@pytest.mark.parametrize(
    ("charset", "content", "name", "reason"),
    [
        ("iso-8859-2", "Łukasz Żak".encode("iso-8859-2"), "Łukasz Żak", None),
        ("Shift_JIS", "山田".encode("shift_jis"), "山田", None),
        ("iso-8859-1", "Siân".encode(), "Siân", None),  # saved anew as UTF-8
        ("utf-8", "Siân".encode("cp1252"), "Siân", "is not in UTF-8 and was read as Windows-1252"),
        ("klingon", "Siân".encode(), "Siân", "the charset 'klingon' is not known"),
        ("punycode", "Siân".encode(), "Siân", "the charset 'punycode' is not known"),
    ],
)
def test_a_property_has_its_own_charset(charset: str, content: bytes, name: str, reason: str | None) -> None:
    """Also one that is wrong, unknown, or no encoding of text."""
    entry = only(b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=%s:%s\nEND:VCARD\n" % (charset.encode(), content))
    assert entry.name == name
    assert [doubt.reason for doubt in entry.doubts] == ([reason] if reason else [])


def test_names_are_in_nfc_and_lines_fold_in_every_way() -> None:
    """CRLF, LF, CR, CR CR LF; blanks and tabs; folded within a character and within a property's name."""
    for end in ("\r\n", "\n", "\r", "\r\r\n"):
        card = f"begin:vcard{end}version:3.0{end}fn:Sia\u0302n O{end}\t'Brien{end}TEL;TY{end} PE=cell:07700{end}  900123{end}end:vcard{end}"
        assert only(card)[1:2] == ("Siân O'Brien",)
        assert only(card).phones == (Point("07700 900123", "mobile"),)
    folded = "BEGIN:VCARD\nFN:Siân\nEND:VCARD\n".encode().replace(b"\xc3\xa2", b"\xc3\n \xa2")
    assert only(folded).name == "Siân"


def test_cards_put_after_each_other_by_other_programs() -> None:
    """Indented whole, a mark of byte order between, no line end between, other text between."""
    one = "BEGIN:VCARD\nFN:One\nEND:VCARD"
    indented = "  BEGIN:VCARD\n  FN:In\n   dented\n  END:VCARD\n"
    data = f"{one}{one.replace('One', 'Two')}\nhello\n{indented}".encode() + codecs.BOM_UTF8 + one.replace("One", "Four").encode()
    book = vcard.read("cards.vcf", data)
    assert [(entry.name, entry.line, entry.doubts) for entry in book.entries] == [
        ("One", 1, ()),
        ("Two", 3, ()),
        ("Indented", 7, ()),
        ("Four", 11, ()),
    ]
    assert vcard.count(data) == vcard.count(data.decode().encode("utf-16")) == vcard.count(data.decode().encode("utf-16-be")) == 4


def test_the_name_comes_from_what_there_is() -> None:
    """N, an organisation, a nickname, an address; a phone number alone is somebody without a name."""
    names = {
        "N:Yusuf;Amina;Zahra;Dr;MBE": "Dr Amina Zahra Yusuf MBE",
        "N:van Beethoven;Ludwig,Louis": "Ludwig Louis van Beethoven",
        "ORG:MESMAC": "MESMAC",
        "NICKNAME:Mina,Mimi": "Mina",
        "EMAIL:Amina Yusuf <amina@example.org>": "amina@example.org",
        "TEL:0113 496 0123": None,
    }
    assert {line: only(f"BEGIN:VCARD\nVERSION:3.0\n{line}\nEND:VCARD\n").name for line in names} == names


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Amina Yusuf", ("Amina", "Yusuf")),
        ("Yusuf, Amina", ("Amina", "Yusuf")),
        ("Jane Smith, OBE", ("Jane", "Smith")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Prof. Dr Priya Raghunathan (they/them)", ("Priya", "Raghunathan")),
        ("Beyoncé", ("Beyoncé", None)),
        ("info@charity.example", (None, None)),
    ],
)
def test_a_name_alone_is_split(name: str, parts: tuple[str | None, str | None]) -> None:
    """As well as a name in one line tells."""
    entry = only(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n".replace(", OBE", "\\, OBE"))
    assert (entry.given_name, entry.family_name) == parts


def test_only_web_pages_are_websites() -> None:
    """What would run, or is a chat, is none."""
    entry = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:A B\nURL:javascript:alert(1)\nURL:www.mesmac.example/a,b;c\nURL;TYPE=WORK:https://x.example\nIMPP:xmpp:a@b.example\nURL:file:///etc/passwd\nEND:VCARD\n"
    )
    assert entry.websites == (Point("www.mesmac.example/a,b;c"), Point("https://x.example", "work"))
    assert [doubt.line for doubt in entry.doubts] == [4]
    assert told(entry) == ["cards.vcf:4: URL: is no web address and was left out (and 1 more like it)"]


def test_what_is_the_same_is_kept_once() -> None:
    """Addresses, numbers and postal addresses that a program wrote twice."""
    entry = only(
        "BEGIN:VCARD\nFN:A B\nEMAIL:a@b.example\nEMAIL;TYPE=HOME:A@b.example\nTEL:1234567\nTEL:1234567\nADR:;;x;;;;\nADR:;;x;;;;\nEND:VCARD\n"
    )
    assert (entry.emails, entry.phones, entry.addresses) == ((Point("a@b.example"),), (Point("1234567"),), (PostalAddress("x"),))
