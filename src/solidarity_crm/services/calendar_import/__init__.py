"""Taking in what other calendars' files say: their events as meetings, answers to ours, what was cancelled. Nobody is written to."""

from solidarity_crm.services.calendar_import.report import Line, Report
from solidarity_crm.services.calendar_import.taking_in import take_in

__all__ = ["Line", "Report", "take_in"]
