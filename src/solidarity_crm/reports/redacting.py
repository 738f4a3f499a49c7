"""A report without what names give away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from solidarity_crm.rules.revealing import in_strings, without_names, without_things

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.reports.document import Document
    from solidarity_crm.reports.report import Report
    from solidarity_crm.rules.revealing import Someone, Thing


def redacted(report: Report, people: Sequence[Someone], things: Sequence[Thing]) -> Report:
    """Give a report without the names of some people, and without the names of some things."""

    def told(text: str) -> str:
        return without_things(without_names(text, people), things)

    document = cast("Document", in_strings(report.document, told))
    return report._replace(document=document, rows=[in_strings(row, told) for row in report.rows])
