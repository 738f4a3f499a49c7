"""The filters by which a group of contacts is chosen: for listing, for writing to, for taking along."""

from __future__ import annotations

import inspect
from copy import copy
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import today
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.rules.days import Every, in_days, shift
from solidarity_crm.rules.notices import obtained_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

KindOffered = Annotated[
    Any, given.one_of("kind of help", given.kinds, "--offers", text="Only those with an open offer of this kind.", metavar="KIND")
]


def contact_filter(
    *,
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this tag.", show_default=False)] = None,
    org: given.InOrg = None,
    members: Annotated[bool | None, typer.Option("--members", help="Only people of network members.", show_default=False)] = None,
    offers: KindOffered = None,
    source: opt.OfSource = None,
    since: given.Since = None,
    quiet_for: given.QuietFor = None,
    notice_due: Annotated[bool, typer.Option("--notice-due", help="Only those owed a privacy notice by now.")] = False,
    do_not_contact: opt.DoNotContact = None,
) -> ContactFilter:
    """Give the filter that was typed."""
    return ContactFilter(
        community=community,
        tag=tag,
        organisation=org.number if org else None,
        member=members or None,
        offers=offers,
        source=source,
        since=since,
        do_not_contact=do_not_contact,
        quiet_since=shift(today(), Every(-in_days(quiet_for), "d")) if quiet_for else None,
        notice_before=obtained_by(today()) if notice_due else None,
    )


def filtered() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a decorator that gives a command every filter of contacts; the command takes what they ask for as ``wanted``.

    A name that an option of the command has is not the filter's too: ``--for`` is a community's, but an export's recipient.
    """
    filters = inspect.signature(contact_filter, eval_str=True).parameters

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def run(**typed: Any) -> None:
            chosen = {name: typed.pop(name) for name in filters}
            command(wanted=contact_filter(**chosen), **typed)

        own = inspect.signature(command, eval_str=True).parameters
        names = {name for parameter in own.values() for name in _names(parameter)}
        parameters = [
            option.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for name, taken in own.items()
            for option in ([_without(names, each) for each in filters.values()] if name == "wanted" else [taken])
        ]
        run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what Typer reads
        run.__annotations__ = {option.name: option.annotation for option in parameters}
        return run

    return decorate


def _names(parameter: inspect.Parameter) -> list[str]:
    """Give the names by which a parameter is typed; Typer keeps the first where its default would be."""
    told = next(iter(getattr(parameter.annotation, "__metadata__", ())), None)
    return [name for name in (told.default, *(told.param_decls or ())) if isinstance(name, str)] if told else []


def _without(names: Collection[str], filter_: inspect.Parameter) -> inspect.Parameter:
    """Give a filter without the names that are taken."""
    own = _names(filter_)
    left = [name for name in own if name not in names]
    if left == own:
        return filter_
    told = copy(filter_.annotation.__metadata__[0])
    told.default, told.param_decls = left[0], tuple(left[1:])
    return filter_.replace(annotation=Annotated[filter_.annotation.__origin__, told])
