"""Each program's layout, with invented people: what is recognised, kept and left out (exchange.md E1)."""

from __future__ import annotations

import pytest
from made_tables import entry, read_book, said, table

from solidarity_crm.exchange.address_book import Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.tables.columns import recognise
from solidarity_crm.exchange.tables.headings.layouts import NAMES

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,Website 1 - Value\n"
    "Siân,Mai,O'Brien,,Dr,Shan,,Leeds GATE,Outreach lead,Field team,--03-14,Met at the fair,https://photo.example/1,"
    "Health ::: * myContacts ::: Roma,* Work,sian@example.org,Home,home@example.org ::: old@example.org,Mobile,+44 7700 900123,"
    'Home,"12 Mill Street\nLeeds\nLS1 4AB",12 Mill Street,Leeds,,West Yorkshire,LS1 4AB,UK,Blog,https://sian.example.org\n'
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Name Prefix,Birthday,Gender,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Organization 1 - Type,"
    "Organization 1 - Name,Organization 1 - Title,Website 1 - Type,Website 1 - Value\n"
    "Amina Yusuf,Amina,,Yusuf,,1980-01-01,Female,,Roma ::: * My Contacts,* Work,amina@Example.ORG,Mobile,07700 900456,"
    'Work,"1 High Road\nLeeds",,,Mesmac,Nurse,Home Page,http://amina.example.org/\n'
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Web Page,Gender,Birthday,Notes,E-mail Address,E-mail 2 Address,Home Phone,Mobile Phone,"
    "Home Fax,Home Address,Home Street,Home City,Home Postal Code,Company,Job Title,Department,Business Phone,Business Street,"
    "Business City,Business Country/Region,Government ID Number,Sensitivity,Categories\n"
    "Priya,,Raghunathan,Dr,,priya.example.org,Female,0/0/00,Knows everybody,priya@example.org,p2@example.org,,07700 900789,"
    '0113 496 0009,"1 Low Road\nLeeds",1 Low Road,Leeds,LS2 1AA,Leeds GPs,GP,Medicine,0113 496 0010,Suite 2,Leeds,UK,QQ123456C,Private,Health;myContacts\n'
)
LINKEDIN = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    'Bea,Kaur,https://www.linkedin.com/in/bea-kaur-x1/?trk=y,,"Acme, Co",Organiser,01 Jan 2024\n,,,,,,30 Apr 2026\n'
)
MAILCHIMP = (
    '"Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,LATITUDE,LEID,EUID,NOTES,TAGS\n'
    'cy@example.org,Cy,Okafor,"3 Back Lane  Leeds  LS3 1AA",0113 496 0011,03/14,2,"2018-10-11 09:55:14",192.0.2.7,53.8,777,ab12cd,'
    '"Came by","""Volunteer"",""Spring fair, 2026"""\n'
)
JETPACK = (
    "Contact Form,1_Name,2_Email,3_Phone,4_Company,5_How can I help?,6_Comment,Consent,Source,Title,Response Date,IP Address\n"
    "Website,Di Nardo,di@example.org,'+44 113 496 0012,Food Bank,Cooking,I can help on Mondays,1,https://example.org/help,How you can help,"
    "2026-05-01 10:11:12,192.0.2.8\n"
)
FLAMINGO = (
    '"your-name","your-email","your-phone","your-company","your-message","acceptance-12","Date"\r\n'
    '"Eve Ng","eve@example.org","+44 113 496 0013 (Security Alert: Suspicious content is detected. See https://plugin.example/x for details.)",'
    '"Law Centre","Hello &amp; thanks","1","2026-05-02 09:00:00"\r\n'
)
GRAVITY = (
    '\ufeff"Name (Prefix)","Name (First)","Name (Last)","Email","Phone","Address (Street Address)","Address (Address Line 2)","Address (City)",'
    '"Address (ZIP / Postal Code)","How can you help? (Data)","How can you help? (Advice)","Consent (Consent)","Consent (Text)","Comments",'
    '"Entry Id","Entry Date","Source Url","User Agent","User IP"\n'
    '"Mrs","Fay","Ozturk","fay@example.org","0113 496 0014","1 High St","Flat 2","Leeds","LS4 1AA","Data","","1","I agree to be written to.",'
    '"Hello\nthere","17","2026-05-03 10:00:00","https://example.org/join","Mozilla/5.0","192.0.2.9"\n'
)
WPFORMS = (
    "Entry ID,Entry Date,Name,Name: First,Name: Last,Email,Comment or Message,Newsletter,Viewed,Starred,User Agent,User IP\n"
    '12,"May 1, 2026 10:11 am",Gil Roth,Gil,Roth,gil@example.org,"Hello ""you""","Yes, keep me posted",viewed,,Mozilla/5.0,192.0.2.7\n'
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,"
    "Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work City,Work ZipCode,Job Title,"
    "Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Notes\n"
    "Hana,Levy,Hana Levy,Han,hana@example.org,h2@example.org,hana99,0113 496 0015,,0113 496 0099,,07700 900111,5 Hill Top,Rear,Leeds,,LS5 1AA,"
    "UK,1 The Square,Leeds,LS6 1AA,Chair,Board,Tenants' Union,https://hana.example.org,,1970,1,1,x,Likes tea\n"
)
CIVICRM = (
    "Internal Contact ID,Contact Type,Contact Subtype,Sort Name,Display Name,First Name,Last Name,Individual Prefix,Organization Name,"
    "Current Employer,Job Title,Email,Phone,Street Address,City,Postal Code,Do Not Email,Do Not Phone,No Bulk Emails (User Opt Out),Group(s),"
    "Tag(s),Note(s),Birth Date\n"
    '101,Individual,,"Jones, Ivo","Mr. Ivo Jones",Ivo,Jones,Mr.,,Advice Shop,Adviser,ivo@example.org,0113 496 0016,2 Long Row,Leeds,LS7 1AA,No,'
    'No,Yes,"Volunteers, Board",,Met,1970-01-01\n'
    "102,Organization,,Advice Shop,Advice Shop,,,,Advice Shop,,,info@advice.example,0113 496 0017,,,,No,No,No,,,,\n"
)
OURS = (
    "name,given_name,emails,phones,roles,tags,works_with,no_voicemail,do_not_contact,note,uid\n"
    "Siân O'Brien,Siân,*sian@example.org [work],'+44,Lead @ MESMAC,health; roma,LGBTQ+ people,yes,no,,\n"
)

SAMPLES = {
    "google": GOOGLE,
    "google-old": GOOGLE_OLD,
    "outlook": OUTLOOK,
    "linkedin": LINKEDIN,
    "mailchimp": MAILCHIMP,
    "jetpack": JETPACK,
    "flamingo": FLAMINGO,
    "gravity": GRAVITY,
    "wpforms": WPFORMS,
    "thunderbird": THUNDERBIRD,
    "civicrm": CIVICRM,
    "solidarity": OURS,
    "generic": "Name,Email\nAmina Yusuf,amina@example.org\n",
}


def test_there_is_a_sample_of_every_layout() -> None:
    """So that none is added untried."""
    assert set(SAMPLES) == set(NAMES)


@pytest.mark.parametrize("layout", NAMES)
def test_every_layout_is_recognised_by_itself(layout: str) -> None:
    """And the same when it is said."""
    found = table(SAMPLES[layout])
    assert recognise(found).layout == layout
    assert recognise(found, layout=layout) == recognise(found)
    assert recognise(found).sure


@pytest.mark.parametrize("layout", [name for name in NAMES if name != "solidarity"])
def test_what_nobody_should_keep_is_in_no_entry(layout: str) -> None:
    """IP addresses, user agents, photos, birthdays and numbers of the state (exchange.md E1)."""
    book = read_book(SAMPLES[layout])
    for made in book.entries:
        kept = repr(said(made))
        for personal in ("192.0.2.", "Mozilla", "photo.example", "1980", "1970", "03-14", "03/14", "QQ123456C", "Female", "53.8", "hana99"):
            assert personal not in kept


def test_google() -> None:
    """Several values in one cell, labels, the preferred one, groups without Google's own."""
    assert said(entry(GOOGLE)) == {
        "name": "Dr Siân Mai O'Brien",
        "given_name": "Siân",
        "family_name": "O'Brien",
        "known_as": "Shan",
        "emails": (
            Point("sian@example.org", "work", preferred=True),
            Point("home@example.org", "home"),
            Point("old@example.org", "home"),
        ),
        "phones": (Point("+44 7700 900123", "mobile"),),
        "websites": (Point("https://sian.example.org", "blog"),),
        "addresses": (PostalAddress("12 Mill Street", "Leeds", "West Yorkshire", "LS1 4AB", "UK", "home"),),
        "roles": (Role("Leeds GATE", "Outreach lead"),),
        "tags": ("Health", "Roma"),
        "note": "Met at the fair",
    }


def test_google_before_2024() -> None:
    """A whole address in one cell counts where its parts are empty; a domain has no case."""
    assert said(entry(GOOGLE_OLD)) == {
        "name": "Amina Yusuf",
        "given_name": "Amina",
        "family_name": "Yusuf",
        "emails": (Point("amina@example.org", "work", preferred=True),),
        "phones": (Point("07700 900456", "mobile"),),
        "websites": (Point("http://amina.example.org/", "home page"),),
        "addresses": (PostalAddress("1 High Road\nLeeds", label="work"),),
        "roles": (Role("Mesmac", "Nurse"),),
        "tags": ("Roma",),
    }


def test_outlook() -> None:
    """Its Title is what stands before the name; a fax is no phone."""
    assert said(entry(OUTLOOK)) == {
        "name": "Dr Priya Raghunathan",
        "given_name": "Priya",
        "family_name": "Raghunathan",
        "emails": (Point("priya@example.org"), Point("p2@example.org")),
        "phones": (Point("07700 900789", "mobile"), Point("0113 496 0010", "work")),
        "websites": (Point("priya.example.org"),),
        "addresses": (
            PostalAddress("1 Low Road", "Leeds", None, "LS2 1AA", None, "home"),
            PostalAddress("Suite 2", "Leeds", None, None, "UK", "work"),
        ),
        "roles": (Role("Leeds GPs", "GP"),),
        "tags": ("Health",),
        "note": "Knows everybody",
    }


def test_linkedin() -> None:
    """The page tells who it is; a row of somebody who withholds everything is passed over and said."""
    book = read_book(LINKEDIN)
    assert [said(made) for made in book.entries] == [
        {
            "name": "Bea Kaur",
            "given_name": "Bea",
            "family_name": "Kaur",
            "websites": (Point("https://www.linkedin.com/in/bea-kaur-x1/?trk=y"),),
            "roles": (Role("Acme, Co", "Organiser"),),
            "note": "Connected on LinkedIn: 2024-01-01",
            "identifiers": (Identifier("linkedin", "https://www.linkedin.com/in/bea-kaur-x1"),),
        }
    ]
    assert [str(problem) for problem in book.skipped] == ["people.csv:6: LinkedIn withholds who this is"]


def test_linkedin_with_notes_after_the_header() -> None:
    """A note is nobody."""
    book = read_book("First Name,Last Name,URL,Email Address,Company,Position,Connected On\nNotes: You can remove,,,,,,\nAda,Close,,,,,x\n")
    assert [made.name for made in book.entries] == ["Ada Close"]
    assert [made.note for made in book.entries] == ["Connected on LinkedIn: x"]


def test_mailchimp() -> None:
    """Tags are CSV within a cell; the lines of an address are parted by two blanks."""
    assert said(entry(MAILCHIMP)) == {
        "name": "Cy Okafor",
        "given_name": "Cy",
        "family_name": "Okafor",
        "emails": (Point("cy@example.org"),),
        "phones": (Point("0113 496 0011"),),
        "addresses": (PostalAddress("3 Back Lane\nLeeds\nLS3 1AA"),),
        "tags": ("Volunteer", "Spring fair, 2026"),
        "note": "Came by",
        "identifiers": (Identifier("mailchimp", "ab12cd"),),
    }


def test_jetpack() -> None:
    """The guard before a phone is taken off; its Title is the form's, and the question stays for whoever reads forms."""
    found = table(JETPACK)
    columns = recognise(found)
    assert [column.heading for column in columns.unknown()] == ["Contact Form", "5_How can I help?"]
    assert said(entry(JETPACK)) == {
        "name": "Di Nardo",
        "emails": (Point("di@example.org"),),
        "phones": (Point("+44 113 496 0012"),),
        "roles": (Role("Food Bank"),),
        "note": "I can help on Mondays\nConsent: 1\nTitle: How you can help\nSource: https://example.org/help",
        "fields": {"obtained_on": "2026-05-01"},
    }


def test_flamingo() -> None:
    """The plugin's warning is taken out of the phone; an entity is the sign that it stands for."""
    assert said(entry(FLAMINGO)) == {
        "name": "Eve Ng",
        "emails": (Point("eve@example.org"),),
        "phones": (Point("+44 113 496 0013"),),
        "roles": (Role("Law Centre"),),
        "note": "your-message: Hello & thanks\nacceptance-12: 1",
        "fields": {"obtained_on": "2026-05-02"},
    }


def test_gravity() -> None:
    """One person of many name columns; boxes that were ticked are one answer; an entry's number is nobody's."""
    assert said(entry(GRAVITY)) == {
        "name": "Fay Ozturk",
        "given_name": "Fay",
        "family_name": "Ozturk",
        "emails": (Point("fay@example.org"),),
        "phones": (Point("0113 496 0014"),),
        "addresses": (PostalAddress("1 High St\nFlat 2", "Leeds", None, "LS4 1AA"),),
        "note": "Hello\nthere\nHow can you help?: Data\nConsent (Consent): 1\nConsent (Text): I agree to be written to.\n"
        "Source Url: https://example.org/join",
        "fields": {"obtained_on": "2026-05-03"},
    }


def test_wpforms() -> None:
    """American long dates."""
    assert said(entry(WPFORMS)) == {
        "name": "Gil Roth",
        "given_name": "Gil",
        "family_name": "Roth",
        "emails": (Point("gil@example.org"),),
        "note": 'Comment or Message: Hello "you"',
        "fields": {"obtained_on": "2026-05-01"},
    }


def test_thunderbird() -> None:
    """Two addresses, of two lines each at most."""
    assert said(entry(THUNDERBIRD)) == {
        "name": "Hana Levy",
        "given_name": "Hana",
        "family_name": "Levy",
        "known_as": "Han",
        "emails": (Point("hana@example.org"), Point("h2@example.org")),
        "phones": (Point("0113 496 0015", "work"), Point("07700 900111", "mobile")),
        "websites": (Point("https://hana.example.org"),),
        "addresses": (
            PostalAddress("5 Hill Top\nRear", "Leeds", None, "LS5 1AA", "UK", "home"),
            PostalAddress("1 The Square", "Leeds", None, "LS6 1AA", None, "work"),
        ),
        "roles": (Role("Tenants' Union", "Chair"),),
        "note": "Likes tea",
    }


def test_civicrm() -> None:
    """Its organisations are organisations, and who opted out is not to be written to."""
    person, organisation = read_book(CIVICRM).entries
    assert said(person) == {
        "name": "Ivo Jones",
        "given_name": "Ivo",
        "family_name": "Jones",
        "emails": (Point("ivo@example.org"),),
        "phones": (Point("0113 496 0016"),),
        "addresses": (PostalAddress("2 Long Row", "Leeds", None, "LS7 1AA"),),
        "roles": (Role("Advice Shop", "Adviser"),),
        "tags": ("Volunteers", "Board"),
        "note": "Met",
        "do_not_contact": "No Bulk Emails (User Opt Out)",
        "identifiers": (Identifier("civicrm", "101"),),
    }
    assert said(organisation) == {
        "name": "Advice Shop",
        "is_organisation": True,
        "emails": (Point("info@advice.example"),),
        "phones": (Point("0113 496 0017"),),
        "identifiers": (Identifier("civicrm", "102"),),
    }


def test_our_own() -> None:
    """Read by the sheet's own rules; what will not do is doubted."""
    made = entry(OURS)
    assert made.emails == (Point("sian@example.org", "work", preferred=True),)
    assert made.phones == (Point("+44"),)
    assert made.roles == (Role("MESMAC", "Lead"),)
    assert made.fields["no_voicemail"] is True
    assert made.raw[0] == "Siân O'Brien"
    nobody = read_book("name,emails,no_voicemail\n,,yes\n")
    assert [str(row.problems[-1]) for row in nobody.rejected] == ["people.csv:2: name: no name, e-mail, phone or organisation"]
