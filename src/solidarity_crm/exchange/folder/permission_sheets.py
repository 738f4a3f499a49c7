"""The CSV files of whom we may write to: what people said, who is never written to, and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.exchange.folder.columns import Column, days, mention, text
from solidarity_crm.rules.consent import CHANNELS, KINDS
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.suppression import KINDS as SUPPRESSION_KINDS

if TYPE_CHECKING:
    from solidarity_crm.exchange.folder.sheet_cells import Cell

CONSENT = (
    *mention("contact", "P", "contact_id"),
    Column("kind", cells.choice(KINDS), "kind"),
    Column("purpose", cells.choice(PURPOSES), "purpose"),
    Column("channel", cells.choice(CHANNELS), "channel"),
    Column("on", cells.DAY, "happened_on"),
    *days("until"),
    *text("how", "words", "told"),
)
SUPPRESSION = (
    Column("kind", cells.choice(SUPPRESSION_KINDS), "kind"),
    Column("on", cells.DAY, "suppressed_on"),
    *text("why", "key", "digest"),
)


def group(kind: Cell, community: Cell) -> tuple[Column, ...]:
    """Give the columns of groups, whose communities and kinds of help are the workspace's."""
    return (
        *text("name"),
        Column("community", community, "community"),
        *text("tag"),
        *mention("organisation", "O", "organisation_id"),
        Column("members", cells.YES_NO, "members"),
        Column("offers", kind, "offers"),
        *text("source"),
        *days("since"),
        Column("quiet_days", cells.NUMBER, "quiet_days"),
        Column("notice_due", cells.YES_NO, "notice_due"),
    )
