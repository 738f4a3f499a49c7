"""A made partnership of any size: who is in it, what they offer, who met whom; the same rows each time.

``python benchmarks/made.py 2000 FOLDER`` makes one to look at. The rows go in by ``executemany``, and one entry of the
journal has them all, so that the store is as sound as one that was typed, and nearly as heavy.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from invented import (
    COMMUNITIES,
    FAMILY,
    FREQUENT_WORD,
    GIVEN,
    OWNERS,
    PLACES,
    RARE_NAME,
    RARE_WORD,
    ROLES,
    SORTS,
    TAGS,
    WORDS,
)
from made_ties import ties
from twice import again, in_common

from solidarity_crm.rules.help_kinds import HELP_KINDS, INTERACTION_KINDS, ORGANISATION_KINDS
from solidarity_crm.store import journal, search, sqlite
from solidarity_crm.store.create import create
from solidarity_crm.text import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solidarity_crm.store.workspace import Workspace

TODAY = date(2026, 12, 1)
MAILING = "mailing"  # a thousand contacts have this tag
_OPEN_INTRODUCTION = ("proposed", "asking", "agreed", "made")
_MAILED, _DO_NOT_CONTACT = 1010, 50
Row = dict[str, Any]


def make(folder: Path, contacts: int) -> Workspace:
    """Make a workspace of so many contacts in ``folder``; give it opened."""
    network = {"name": "Made Solidarity Network", "communities": list(COMMUNITIES), "email": "hello@made.example"}
    workspace = create(folder, network, [{"name": name, "email": f"{slug(name)}@made.example"} for name in OWNERS])
    connection = sqlite.write(workspace.store)
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in Partnership(contacts).tables():
        _insert(connection, table, rows)
    _journal(connection)
    search.rebuild(connection)
    connection.execute("COMMIT")
    connection.close()
    return workspace


class Partnership:
    """The rows of a partnership; its random choices are the same each time."""

    def __init__(self, contacts: int) -> None:
        """Settle how many of everything there are."""
        self.random = Random(contacts)  # noqa: S311 - the same people each time, and no secret
        self.contacts = contacts
        self._before = "", ""  # the given and family name of the contact before
        self.organisations = max(contacts // 8, 10)
        self.offers = contacts // 4
        self.introductions = contacts // 10
        self.open_followups = contacts // 20
        self.meetings = max(contacts // 20, 10)
        self.interactions = contacts * 5

    def tables(self) -> Iterator[tuple[str, list[Row]]]:
        """Give each table's rows, those that others refer to first."""
        yield "organisation", [self._organisation(n) for n in _numbers(self.organisations)]
        yield "contact", [self._contact(n) for n in _numbers(self.contacts)]
        for table in ("contact_point", "affiliation", "works_with", "tag"):
            rows = [row for n in _numbers(self.contacts) for row in getattr(self, f"_{table}")(n)]
            yield table, [*rows, *in_common(table, rows, self.contacts)]
        yield "offer", [self._offer(n) for n in _numbers(self.offers)]
        yield "ask", [self._ask(n) for n in _numbers(max(self.contacts // 50, 6))]
        yield "works_with", [{"ask_id": n, "community": COMMUNITIES[n % len(COMMUNITIES)]} for n in _numbers(max(self.contacts // 50, 6))]
        yield "introduction", [self._introduction(n) for n in _numbers(self.introductions)]
        yield "introduction_side", [row for n in _numbers(self.introductions) for row in self._sides(n)]
        yield "followup", [self._followup(n) for n in _numbers(self.open_followups * 2)]
        yield "meeting", [self._meeting(n) for n in _numbers(self.meetings)]
        yield "interaction", [self._interaction(n) for n in _numbers(self.interactions)]
        yield "participant", [*self._attendance(), *self._conversations()]
        yield "tie", list(ties(self.random, self.contacts))

    def _record(self, letter: str, number: int) -> Row:
        """Give what every record has."""
        at = f"{self._day(-700, -30)} 09:30:00.000000"
        return {"id": number, "uid": str(UUID(int=(ord(letter) << 64) + number, version=4)), "created_at": at, "updated_at": at}

    def _day(self, first: int, last: int) -> str:
        """Give a day so many days from today."""
        return str(TODAY + timedelta(days=self.random.randint(first, last)))

    def _chance(self, share: float) -> bool:
        """Say yes for a share of the rows."""
        return self.random.random() < share

    def _some(self, choices: Sequence[Any], share: float) -> Any:
        """Give one of the choices for a share of the rows, else None."""
        return self.random.choice(choices) if self._chance(share) else None

    def _words(self, first: int, last: int) -> str:
        """Give a few words, the frequent one among them in about one of ten."""
        words = self.random.choices(WORDS, k=self.random.randint(first, last))
        return " ".join([*words, FREQUENT_WORD] if self._chance(0.1) else words)

    def _organisation(self, number: int) -> Row:
        name = f"{PLACES[number % len(PLACES)]} {SORTS[number % len(SORTS)]} {number}"
        return {
            **self._record("O", number),
            "name": name,
            "name_key": fold(name),
            "kind": self.random.choice(ORGANISATION_KINDS),
            "member_since": "2024-03-01" if number % 20 == 1 else None,
            "note": self._words(3, 9) if number % 3 == 0 else None,
        }

    def _contact(self, number: int) -> Row:
        given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
        if number % 9 == 0:
            family = f"{family}-{self.random.choice(FAMILY)}"
        if again(number, self.contacts):
            given, family = self._before
        self._before = given, family
        name = RARE_NAME if number == self.contacts else f"{given} {family}"
        owed = self._chance(0.02)  # a privacy notice
        return {
            **self._record("P", number),
            "name": name,
            "name_key": fold(name),
            "given_name": given,
            "family_name": family,
            "source": "partner" if owed else "self",
            "obtained_on": self._day(-60, -1) if owed else self._day(-700, -30),
            "basis": "legitimate interests",
            "cadence_days": self._some((30, 42, 90), 0.05),
            "do_not_contact": int(number % 100 == _DO_NOT_CONTACT),
            "no_voicemail": int(self._chance(0.02)),
            "note": self._words(4, 20) if number % 4 == 0 else None,
        }

    def _contact_point(self, contact: int) -> Iterator[Row]:
        email = f"person{contact}@example.org"
        yield {"contact_id": contact, "system": "email", "value": email, "value_key": email, "preferred": 0, "position": 0}
        if contact % 2 == 0:
            phone, key = f"0113 496 {contact % 1000:04}", f"+44113496{contact % 1000:04}"
            yield {"contact_id": contact, "system": "phone", "value": phone, "value_key": key, "preferred": 0, "position": 0}

    def _affiliation(self, contact: int) -> Iterator[Row]:
        for place in range(1 + contact % 2):
            yield {
                "contact_id": contact,
                "organisation_id": self.random.randint(1, self.organisations),
                "role": self.random.choice(ROLES),
                "since": self._day(-2000, -400),
                "until": self._day(-300, -10) if place else None,
            }

    def _works_with(self, contact: int) -> Iterator[Row]:
        for community in self.random.sample(COMMUNITIES, self.random.randint(0, 2)):
            yield {"contact_id": contact, "community": community}

    def _tag(self, contact: int) -> Iterator[Row]:
        for tag in self.random.sample(TAGS, self.random.randint(0, 2)):
            yield {"contact_id": contact, "tag": tag}
        if contact <= _MAILED and contact % 100 != _DO_NOT_CONTACT:
            yield {"contact_id": contact, "tag": MAILING}

    def _offer(self, number: int) -> Row:
        # most of a big partnership's offers were answered long ago: the open ones grow slower than the contacts
        open_one = number <= 20 + self.offers // 50
        received = self._day(-20, -1) if open_one else self._day(-600, -60)
        return {
            **self._record("H", number),
            "kind": self.random.choice(list(HELP_KINDS)),
            "contact_id": self.random.randint(1, self.contacts),
            "about": self._words(2, 8),
            "received_on": received,
            "reply_due": received,
            "status": self.random.choice(("offered", "accepted")) if open_one else self.random.choice(("fulfilled", "declined", "lapsed")),
            "owner": self.random.choice(OWNERS),
            "confirmed_on": received,
            "shelf_life_days": 180,
            "ended_on": None if open_one else self._day(-50, -31),
            "thanked_on": None if open_one or self._chance(0.02) else self._day(-30, -1),
        }

    def _ask(self, number: int) -> Row:
        return {
            **self._record("A", number),
            "kind": self.random.choice(list(HELP_KINDS)),
            "about": self._words(2, 8),
            "status": self.random.choice(("open", "met", "withdrawn")),
            "owner": self.random.choice(OWNERS),
        }

    def _introduction(self, number: int) -> Row:
        status = self._introduction_status(number)
        ended = status == "closed"
        return {
            **self._record("I", number),
            "introducer_id": self._some((1, self.contacts // 2), 0.3),
            "why": self._words(3, 9),
            "status": status,
            "owner": self.random.choice(OWNERS),
            "proposed_on": self._day(-600, -90) if ended else self._day(-60, -20),
            "made_on": self._day(-85, -75) if ended or status == "made" else None,
            "met_on": self._day(-74, -65) if ended else None,
            "ended_on": self._day(-64, -61) if ended else None,
            "thanked_on": self._day(-60, -2) if ended and self._chance(0.98) else None,
        }

    def _introduction_status(self, number: int) -> str:
        """Give where an introduction stands: the open ones come first, in turn."""
        return _OPEN_INTRODUCTION[number % len(_OPEN_INTRODUCTION)] if number <= 10 + self.introductions // 50 else "closed"

    def _sides(self, introduction: int) -> Iterator[Row]:
        status = self._introduction_status(introduction)
        for side, contact in zip(("left", "right"), self.random.sample(range(1, self.contacts + 1), 2), strict=True):
            answered = status not in ("proposed", "asking") or (status == "asking" and side == "left")
            yield {
                "introduction_id": introduction,
                "side": side,
                "contact_id": contact,
                "asked_on": None if status == "proposed" else self._day(-19, -12),
                "answer": "yes" if answered else None,
                "answered_on": self._day(-11, -2) if answered else None,
            }

    def _followup(self, number: int) -> Row:
        ended = number > self.open_followups
        return {
            **self._record("F", number),
            "what": self._words(2, 8),
            "about": f"P{self.random.randint(1, self.contacts)}",
            "due": self._day(-400, -20) if ended else self._day(-10, 200),
            "owner": self.random.choice(OWNERS),
            "priority": self.random.choice((1, 5, 5, 9)),
            "status": "done" if ended else "open",
            "ended_on": self._day(-15, -1) if ended else None,
        }

    def _meeting(self, number: int) -> Row:
        day = self._day(-700, 60)
        return {
            **self._record("M", number),
            "title": f"{self.random.choice(PLACES)} {self._words(1, 3)}",
            "starts": f"{day}T10:00",
            "ends": f"{day}T11:30",
            "time_zone": "Europe/London",
            "place": f"{self.random.choice(PLACES)} library",
            "agenda": self._words(10, 30),
            "status": "planned" if day >= str(TODAY) else "held",
            "owner": self.random.choice(OWNERS),
            "sequence": 0,
        }

    def _interaction(self, number: int) -> Row:
        summary = self._words(3, 9)
        return {
            **self._record("N", number),
            "happened_on": self._day(-700, -1),
            "kind": self.random.choice(INTERACTION_KINDS),
            "direction": self.random.choice(("in", "out")),
            "summary": f"{summary} {RARE_WORD}" if number == self.interactions // 2 else summary,
            "body": self._words(10, 60) if number % 5 == 0 else None,
        }

    def _attendance(self) -> Iterator[Row]:
        for meeting in _numbers(self.meetings):
            for contact in self.random.sample(range(1, self.contacts + 1), self.random.randint(2, 8)):
                yield {"meeting_id": meeting, "contact_id": contact}

    def _conversations(self) -> Iterator[Row]:
        for interaction in _numbers(self.interactions):
            for contact in self.random.sample(range(1, self.contacts + 1), 2 if interaction % 4 == 0 else 1):
                yield {"interaction_id": interaction, "contact_id": contact}


def _numbers(count: int) -> range:
    """Give the numbers of so many records."""
    return range(1, count + 1)


def _insert(connection: sqlite.Connection, table: str, rows: list[Row]) -> None:
    """Put rows into a table."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    marks = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - the schema's own names
    connection.executemany(statement, [tuple(row.get(column) for column in columns) for row in rows])


def _journal(connection: sqlite.Connection) -> None:
    """Write one entry of the journal that has every row."""
    steps = [
        journal.Step(table, number, None, row)
        for table in journal.tables(connection)
        for number, row in journal.written(connection, table, [n for (n,) in connection.execute(f'SELECT id FROM "{table}"')]).items()  # noqa: S608 - a table of the schema
    ]
    journal.append(connection, journal.Entry("2026-11-30T09:00:00+00:00", OWNERS[0], "store import"), steps)


if __name__ == "__main__":
    make(Path(sys.argv[2]), int(sys.argv[1]))
