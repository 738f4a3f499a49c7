"""Groups: named filters of contacts, and who is in them now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import NotFound
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.queries.reading import Named, rows
from solidarity_crm.rules.notices import obtained_by
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.queries.reading import Store


class Group(NamedTuple):
    """A group and the filters that make it; those that are empty ask for nothing."""

    id: int
    name: str
    community: str | None
    tag: str | None
    organisation: Named | None
    revealing: bool
    members: bool
    offers: str | None
    source: str | None
    since: date | None
    quiet_days: int | None
    notice_due: bool

    def wanted(self, today: date) -> ContactFilter:
        """Give the filter on a day."""
        return ContactFilter(
            community=self.community,
            tag=self.tag,
            organisation=int(self.organisation.ref[1:]) if self.organisation else None,
            member=self.members or None,
            offers=self.offers,
            source=self.source,
            since=self.since,
            quiet_since=today - timedelta(days=self.quiet_days) if self.quiet_days else None,
            notice_before=obtained_by(today) if self.notice_due else None,
        )

    @property
    def reveals(self) -> str | None:
        """What being in it suggests of somebody, or None."""
        return suggested(self.community, self.organisation.name if self.organisation and self.revealing else None)

    @property
    def in_words(self) -> str:
        """The filters as people read them."""
        return "; ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        """Give each filter in a few words."""
        if self.community:
            yield f"work with {self.community}"
        if self.tag:
            yield f"tagged {self.tag}"
        if self.organisation:
            yield f"at {self.organisation.ref} {self.organisation.name}"
        if self.members:
            yield "of network members"
        if self.offers:
            yield f"offer {self.offers}"
        if self.source:
            yield f"from {self.source}"
        if self.since:
            yield f"since {self.since}"
        if self.quiet_days:
            yield f"quiet for {self.quiet_days} days"
        if self.notice_due:
            yield "owed a privacy notice"


def suggested(community: str | None, place: str | None) -> str | None:
    """Say what it suggests of people that all work with a community, or have a role at a place that is marked as revealing; or None."""
    return community or (f"a role at {place}" if place else None)


def groups(store: Store) -> list[Group]:
    """List the groups by name."""
    return rows(store, "groups", Group)


def group(store: Store, name: str) -> Group:
    """Give a group by its name, or by the beginning of it that no other has; case and accents do not matter.

    Raises NotFound.
    """
    there, wanted = groups(store), fold(name)
    exact = [one for one in there if fold(one.name) == wanted]
    begun = exact or [one for one in there if wanted and fold(one.name).startswith(wanted)]
    if len(begun) != 1:
        raise NotFound("group", name, [one.name for one in begun or there], "solidarity outreach group list")
    return begun[0]
