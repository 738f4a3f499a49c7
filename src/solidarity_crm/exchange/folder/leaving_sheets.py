"""The columns of the files of what left the program: whose details went to whom, and which counts were published."""

from __future__ import annotations

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.exchange.folder.columns import Column, text
from solidarity_crm.rules.disclosure import BY

DISCLOSURE = (
    Column("on", cells.DAY, "disclosed_on"),
    *text("by", "recipient", "form", "fields"),
    Column("contacts", cells.past_refs("P", stored=" "), "refs"),
)
PUBLISHED_COUNT = (
    Column("on", cells.DAY, "published_on"),
    Column("by", cells.choice(BY), "counted_by"),
    *text("category"),
    Column("organisation", cells.past_ref("O"), "ref"),
    *text("shown"),
    Column("people", cells.NUMBER, "people"),
)
