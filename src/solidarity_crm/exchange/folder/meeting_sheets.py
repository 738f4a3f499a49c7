"""The files of meetings, of answers to invitations, and of other calendars' events in a workspace's folder form."""

from __future__ import annotations

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.exchange.folder.columns import Column, mention, people, record, status, text
from solidarity_crm.rules.invitations import ANSWERS

MEETING = record(
    "M",
    *text("title"),
    Column("starts", cells.WALL_CLOCK, "starts"),
    Column("ends", cells.WALL_CLOCK, "ends"),
    Column("time_zone", cells.ZONE, "time_zone"),
    *text("place", "link"),
    *people("contact", "P"),
    *people("organisation", "O"),
    *text("agenda", "notes"),
    status("M"),
    *text("owner"),
    Column("sequence", cells.NUMBER, "sequence"),
    Column("all_day", cells.YES_NO, "all_day", optional=True),
    Column("recurs", cells.TEXT, "recurs", optional=True),
    Column("left_out", cells.several(stored=" "), "left_out", optional=True),
    Column("series", cells.ref("M"), "series_id", optional=True),
    Column("date_of", cells.WALL_CLOCK, "date_of", optional=True),
)
ANSWER = (
    *mention("meeting", "M", "meeting_id", shown="title"),
    *mention("contact", "P", "contact_id"),
    Column("answer", cells.choice(ANSWERS), "answer"),
    Column("answered_at", cells.MOMENT, "answered_at"),
)
CALENDAR_EVENT = (
    *mention("meeting", "M", "meeting_id", shown="title"),
    Column("id", cells.TEXT, "uid"),
    Column("sequence", cells.NUMBER, "sequence"),
    Column("written_at", cells.MOMENT, "written_at"),
    Column("digest", cells.TEXT, "digest"),
)
