"""The words that made people, organisations and records are put together from. Everybody here is invented."""

from __future__ import annotations


def listed(words: str) -> list[str]:
    """Give words as a list."""
    return words.split()


COMMUNITIES = ("Gypsies and Travellers", "LGBTQ+ people", "asylum seekers and refugees", "sex workers")
OWNERS = ("Robin Marsh", "Sam Adeyemi")
RARE_NAME = "Wilhelmina Ó Dálaigh-Featherstonehaugh"  # the last contact's: a name that one person has
RARE_WORD, FREQUENT_WORD = "zoetrope", "guidelines"  # in one interaction; in about one of ten

GIVEN = listed(
    "Amina Siân Tomasz Oluwaseun Priya Aoife Jean-Luc Nasra Dilwyn Zofia Kwame Marta Yusuf Bethan Łukasz Ngozi Harpreet Ciarán Leïla"
    " Ibrahim Eilidh Farah José Małgorzata Tendai Rhiannon Björn Sunita Patrick Hodan Ana Musa Gwen Rashida Dafydd Chidi Ewa Noor Róisín"
    " Samuel Ayesha Peter Mary John Susan David Margaret Paul Christine Andrew Karen Mark Julie Stephen Helen Lee Tracey Dean Kerry Jordan"
    " Chloe Ryan Jade Callum Ella Mohammed Fatima Ali Zainab Hassan Mariam Omar Layla Tariq Sana Bilal Iqra Imran Nadia Ravi Meena Arjun"
)
FAMILY = listed(
    "Yusuf O'Brien Kowalski Adeyemi Patel Müller Warsame Evans Nowak Mensah Silva Hussain Price Wiśniewska Okafor Singh"
    " Haddad Mohamed MacLeod Begum García Zielińska Moyo Davies Sørensen Sharma Boswell Abdi Popescu Jallow Lee Connors Bibi Hughes"
    " Eze Kaczmarek Ahmed Byrne Smith Jones Taylor Brown Williams Wilson Johnson Walker Wright Robinson Thompson White Green Hall Wood Harris"
    " Lewis Martin Jackson Clarke Turner Hill Cooper Ward Moore Baker Khan Ali Shah Malik Akhtar Mahmood Rahman Chowdhury Kaur Gill Rai"
)
WORDS = listed(
    "health access trust clinic outreach interpreter referral waiting surgery registration vaccination housing legal advice peer support"
    " women's group drop-in training induction toolkit evidence survey pathway maternity mental dental screening transport benefits school"
    " roadside site council commissioner funding evaluation volunteer café Sunday evening safeguarding confidentiality language translation"
)
PLACES = ("Leeds", "Harehills", "Chapeltown", "Beeston", "Seacroft", "Bramley", "Otley", "Wakefield", "Bradford", "Derby", "Normanton")
SORTS = ("Health Forum", "Refugee Council", "GATE", "Women's Centre", "Surgery", "Law Centre", "Community Trust", "Council", "University")
ROLES = ("Outreach lead", "Trustee", "GP", "Chair", "Support worker", "Commissioner", "Volunteer", "Nurse", "Researcher", None)
TAGS = ("gp-lead", "steering-group", "newsletter", "speaker", "funder", "press")
