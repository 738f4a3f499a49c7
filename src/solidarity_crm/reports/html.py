"""A document as one page of HTML: nothing outside it is asked for, and it prints well on A4."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import jinja2

from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from solidarity_crm.reports.document import Document


def html(document: Document, network: str, *, personal: bool = True) -> str:
    """Give a document as a self-contained page; whatever people typed is text in it, never markup.

    One that is ``personal`` says at its end how to keep it.
    """
    return _template().render(document=document, network=network, personal=personal)


@cache
def _template() -> jinja2.Template:
    """Load the page, which escapes every value."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.PackageLoader("solidarity_crm.reports", "."),
    )
    environment.filters |= {"line": one_line, "text": safe}
    return environment.get_template("page.html.j2")
