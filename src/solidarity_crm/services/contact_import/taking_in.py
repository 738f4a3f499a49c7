"""An import from its first line to its report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.exchange.problems import Problem
from solidarity_crm.models.contact import Contact
from solidarity_crm.services.contact_import import organisation_entries, writing
from solidarity_crm.services.contact_import.cleaning import Cleaned, Cleaner
from solidarity_crm.services.contact_import.contacts_there import Contacts, There
from solidarity_crm.services.contact_import.joining import join, opt_out
from solidarity_crm.services.contact_import.objections import Objections
from solidarity_crm.services.contact_import.organisations import Organisations
from solidarity_crm.services.contact_import.people import People, Who
from solidarity_crm.services.contact_import.report import FileReport, RowReport, summary
from solidarity_crm.store.interrupts import heed
from solidarity_crm.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from datetime import date

    from solidarity_crm.exchange.address_book import Book
    from solidarity_crm.store.transaction import Tx

_NAMED_FILES = 3  # of more, only the number is told
_PASSES = 5  # at most so many times more is a book gone through


class Wishes(NamedTuple):
    """How an import is wanted: ``source``, ``basis`` and ``obtained_on`` are for people of whom the file does not say them.

    ``tags`` are put on everybody in the files. ``update`` overwrites what differs; ``skip_likely`` leaves out who may be
    somebody that is there, which otherwise is made and told.
    """

    source: str = "import"
    basis: str | None = None
    obtained_on: date | None = None
    tags: Sequence[str] = ()
    update: bool = False
    skip_likely: bool = False


class _Line(NamedTuple):
    """An entry, the file that it is from, and what it says; None when that is nobody."""

    file: int
    line: int
    cleaned: Cleaned | None
    is_organisation: bool
    raw: Any


def take_in(
    tx: Tx,
    books: Sequence[Book],
    wishes: Wishes = Wishes(),
    *,
    today: date,
    watch: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> list[FileReport]:
    """Store what address books say; give what became of each line.

    Whom an address without a name belongs to may follow from what the same import brings of others. So where there are such,
    the books are gone through until nothing changes, and importing them again changes nothing. ``watch`` goes through the
    entries and may show how far it is. Raises BadValue for a wish that the models refuse.
    """
    taking = _Taking(tx, books, wishes, today)
    reports = taking.all(watch)
    for _ in range(_PASSES if taking.some_nameless and not wishes.update else 0):
        further = _Taking(tx, books, wishes, today).all(iter)
        if not any(report.count("new") or report.count("updated") for report in further):
            break
        reports = [report.then(more) for report, more in zip(reports, further, strict=True)]
    names = ", ".join(book.file for book in books) if len(books) <= _NAMED_FILES else f"{len(books):,} files"
    tx.note = f"{one_line(names)}: {summary(reports)}"
    return reports


class _Taking:
    """An import on its way."""

    def __init__(self, tx: Tx, books: Sequence[Book], wishes: Wishes, today: date) -> None:
        self._tx, self._books, self._wishes = tx, books, wishes
        self._organisations = Organisations(tx.connection)
        self._objections = Objections(tx, today)
        defaults = {"source": wishes.source, "basis": wishes.basis, "obtained_on": wishes.obtained_on or today}
        Contact.checked(name="x", **defaults)  # a wish that will not do is no line's fault
        self._doubts: list[list[Problem]] = [[] for _ in books]
        self._likely: list[list[str]] = [[] for _ in books]
        self._rows: list[list[RowReport]] = [_read_out(book) for book in books]
        self.lines = [line for place, book in enumerate(books) for line in self._cleaned(place, book, defaults)]
        people = [line.cleaned for line in self.lines if line.cleaned and not line.is_organisation]
        self._contacts = Contacts(tx.connection, entries=len(people))
        self._people = People(tx.connection, self._contacts, people)
        self._next = tx.next_number(Contact)
        self._first: dict[int, tuple[int, int]] = {}  # the file and line that made a new contact
        self._touched: dict[int, There] = {}
        self._companies: list[tuple[_Line, int]] = []
        # what has no name comes last, an objection at the very end: whose address it is does not depend on the order of lines
        self.lines.sort(key=_turn)

    @property
    def some_nameless(self) -> bool:
        """Whether an address or a number stands for somebody's name, in the store or in a line."""
        return self._people.some_nameless

    def all(self, watch: Callable[[Sequence[Any]], Iterable[Any]]) -> list[FileReport]:
        """Take in every line, and store everything; give the reports."""
        for line in watch(self.lines):
            heed()
            self._take(line)
        return self._finish()

    def _take(self, line: _Line) -> None:
        """Take in one line."""
        entry = line.cleaned
        if entry is None:
            self._rows[line.file].append(RowReport(line.line, "rejected", None, None, "has no name, e-mail or phone", raw=line.raw))
            return
        self._doubts[line.file] += entry.doubts
        if line.is_organisation:
            self._companies.append((line, self._organisations.number(entry.fields["name"])))
            return
        who = self._people.who(entry)
        if entry.opted_out is not None:
            self._object(line, entry, [number for number in who.holders if number != who.number])
        if who.number is not None:
            self._rows[line.file].append(self._join(line, entry, who.number, update=self._wishes.update and who.sure))
        elif who.may_be and self._wishes.skip_likely:
            reason = f"may be {self._described(*who.may_be[0])}"
            self._rows[line.file].append(RowReport(line.line, "skipped", None, entry.fields["name"], reason, raw=line.raw))
        else:
            self._rows[line.file].append(self._add(line, entry, who))

    def _finish(self) -> list[FileReport]:
        """Store everything; give the reports."""
        touched = [self._touched[number] for number in sorted(self._touched)]
        companies = (number for _, number in self._companies)
        fresh = writing.write_organisations(self._tx, (*writing.new_places(touched), *companies), self._organisations)
        writing.write(self._tx, touched, fresh)
        self._objections.write()
        self._store_companies(fresh)
        still = {f"P{contact.number}" for contact in touched if contact.before and not writing.changes(contact)}
        for place, rows in enumerate(self._rows):
            self._rows[place] = sorted(map(partial(_in_the_end, still), rows) if still else rows, key=lambda row: row.line)
        return [
            FileReport(book.file, rows, [str(doubt) for doubt in doubts], likely)
            for book, rows, doubts, likely in zip(self._books, self._rows, self._doubts, self._likely, strict=True)
        ]

    def _cleaned(self, place: int, book: Book, defaults: dict[str, Any]) -> list[_Line]:
        """Clean a file's entries."""
        cleaner = Cleaner(book.file, self._organisations, self._tx.settings.communities, defaults, self._wishes.tags)
        found = []
        for entry in book.entries:
            plain = organisation_entries.as_person(entry) if entry.is_organisation else entry
            cleaned = cleaner.clean(plain)
            found.append(_Line(place, entry.line, cleaned and self._objections.heeded(cleaned), entry.is_organisation, entry.raw))
        return found

    def _object(self, line: _Line, entry: Cleaned, holders: Sequence[int]) -> None:
        """Keep an objection that comes with an address and no name: it is that of everybody whose address it is."""
        for contact in map(self._contacts.__getitem__, holders):
            objected = bool(contact.fields["do_not_contact"])
            if opt_out(contact, entry):
                self._objections.keep(contact, entry, before=objected)
                self._touched[contact.number] = contact
                reason = f"the address is that of P{contact.number} {_short(contact)} too, who is do not contact now"
                self._doubts[line.file].append(Problem(self._books[line.file].file, line.line, "email", reason))

    def _join(self, line: _Line, entry: Cleaned, number: int, *, update: bool) -> RowReport:
        """Add to a contact what a line says."""
        contact = self._contacts[number]
        objected = bool(contact.fields["do_not_contact"])
        joined = join(contact, entry, update=update, organisation=self._organisations.name)
        self._doubts[line.file] += [Problem(self._books[line.file].file, line.line, *differs) for differs in joined.differs]
        self._objections.keep(contact, entry, before=objected)
        if joined.changed:
            self._touched[number] = contact
        # also of a line that says nothing new: by the name that it has, another is found, now and when the file comes again
        if joined.changed or (entry.named and entry.fields["name_key"] != contact.fields["name_key"]):
            self._people.add(number, entry)
        self._people.same(number, entry)
        before = self._same_as(line, number)
        if not joined.changed:
            return RowReport(line.line, "unchanged", f"P{number}", contact.fields["name"], before)
        reason = f"{'changed' if update else 'filled'} {', '.join(joined.changed)}"
        return RowReport(line.line, "updated", f"P{number}", contact.fields["name"], f"{before}: {reason}" if before else reason)

    def _same_as(self, line: _Line, number: int) -> str:
        """Say which line of the import made a contact, if one did."""
        if number not in self._first:
            return ""
        file, first = self._first[number]
        return f"the same person as line {first}" + ("" if file == line.file else f" of {self._books[file].file}")

    def _add(self, line: _Line, entry: Cleaned, who: Who) -> RowReport:
        """Make a new contact of a line, and say who it may be all the same."""
        number, self._next = self._next, self._next + 1
        contact = There(number, {**entry.fields, "note": None}, named=entry.named)
        if entry.uid and not self._people.taken(entry.uid):
            contact.fields["uid"] = entry.uid
        joined = join(contact, entry, update=self._wishes.update, organisation=self._organisations.name)
        self._doubts[line.file] += [Problem(self._books[line.file].file, line.line, *differs) for differs in joined.differs]
        self._objections.keep(contact, entry, before=False)
        self._contacts.add(contact)
        self._people.add(number, entry)
        self._touched[number] = contact
        self._first[number] = line.file, line.line
        for other, how in who.may_be[:1]:
            merge = f"solidarity contact merge P{other} P{number}"
            self._likely[line.file].append(f"line {line.line}: P{number} {_short(contact)} may be {self._described(other, how)}; {merge}")
        return RowReport(line.line, "new", f"P{number}", contact.fields["name"], "")

    def _described(self, number: int, how: Any) -> str:  # noqa: ANN401 - a Likeness
        """Say who somebody may be, and why."""
        return f"P{number} {_short(self._contacts[number])}: {', '.join(how.reasons)}"

    def _store_companies(self, fresh: dict[int, int]) -> None:
        """Store the lines that are organisations; ``fresh`` are the numbers of those that are new."""
        made = set()
        for line, number in self._companies:
            assert line.cleaned is not None  # noqa: S101 - only such lines are kept
            stored = fresh.get(number, number)
            new = number in fresh and stored not in made
            made.add(stored)
            self._rows[line.file].append(organisation_entries.store(self._tx, stored, line.cleaned, new=new, update=self._wishes.update))
            self._doubts[line.file] += organisation_entries.left_out(line.cleaned, self._books[line.file].file)


def _in_the_end(still: Container[str | None], row: RowReport) -> RowReport:
    """Give a line's report when all are through; ``still`` are those who are as they were."""
    if row.what != "updated" or row.ref not in still:
        return row
    return row._replace(what="unchanged", reason="lines say different things of them, and the last says what is there")


def _turn(line: _Line) -> tuple[bool, bool]:
    """Give when a line is taken in: those with a name before those without, and of these the objections last."""
    nameless = line.cleaned is not None and not line.cleaned.named
    return nameless, nameless and line.cleaned is not None and line.cleaned.opted_out is not None


def _read_out(book: Book) -> list[RowReport]:
    """Give the reports of lines that the file's reader rejected or passed over."""
    rows = [
        RowReport(one.line, "rejected", None, None, "; ".join(problem.reason for problem in one.problems), one.problems[0].column, one.raw)
        for one in book.rejected
    ]
    return rows + [RowReport(problem.line, "skipped", None, None, problem.reason, problem.column) for problem in book.skipped]


def _short(contact: There) -> str:
    """Give a contact's name for a line of text."""
    return shorten(contact.fields["name"], 60)
