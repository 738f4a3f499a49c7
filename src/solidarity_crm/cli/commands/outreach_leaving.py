"""Letters that leave: whom each names beside something revealing, to a person who is told of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm import services
from solidarity_crm.cli import revealing
from solidarity_crm.cli.commands.outreach import template_paths
from solidarity_crm.cli.context import current, today
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.drafts import DraftFilter, drafts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.drafts import Draft
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.rules.revealing import Beside, Known
    from solidarity_crm.store.transaction import Tx


class Letters:
    """The drafts that would go out, and what their words give away of others."""

    def __init__(self, refs: Sequence[Ref] | None, *, redact: bool, yes: bool, anyway: str | None = None) -> None:
        """Read the drafts of these refs, or all that have not gone out; ask, unless those that name somebody are kept back.

        Raises Declined, or NeedsYes where nobody can be asked.
        """
        wanted, everybody = {str(ref) for ref in refs or ()}, revealing.known()
        found = drafts(current().store, wanted=None if wanted else DraftFilter(status="draft"))
        found = [one for one in found if not wanted or one.ref in wanted]
        self._named = {one.ref: those for one in found if (those := _named(one, everybody))}
        seen = {one.ref: services.outgoing.Seen(one.subject, one.body, one.approved_on is not None) for one in found}
        with_html = template_files.with_html(template_paths(), otherwise=current().workspace.settings.html)
        self.how = services.outgoing.Leaving(with_html, list(self._named) if redact else [], anyway and anyway.strip(), seen)
        if not redact:
            revealing.settle([each for those in self._named.values() for each in those], yes=yes)

    def record(self, tx: Tx, gone: Sequence[str]) -> None:
        """Record of each letter that has gone whom it named."""
        for ref in gone:
            if those := self._named.get(ref):
                whose, fields = revealing.with_refs((), those), revealing.fields(those)
                services.disclosing.letter(tx, ref, whose=whose, fields=fields, today=today())


def _named(one: Draft, everybody: Known) -> list[Beside]:
    """Give whom a draft names beside something revealing, but for the person it is to, and for what those introduced agreed to."""
    from solidarity_crm.reports.letter_facts import agreed_to  # noqa: PLC0415 - only where letters leave

    named = everybody.beside((one.subject, one.body))
    shared = agreed_to(current().store, one.about) if named and one.about else {}
    return [each for each in named if each.ref != one.to.ref and not {"name", each.field} <= shared.get(each.ref, set())]
