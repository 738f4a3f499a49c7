"""Recording what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.errors import Usage
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.meeting import Interaction, Participant
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx


def log(
    tx: Tx,
    summary: str,
    *,
    on: date,
    contacts: Sequence[Ref],
    organisations: Sequence[Ref] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Record an interaction; the summary is one line, ``body`` may be longer.

    Raises BadValue or NotFound, or Usage when nobody took part.
    """
    if not contacts and not organisations:
        sentence = "an interaction is with somebody"
        raise Usage(sentence, 'solidarity log "what happened" --with NAME')
    number = stored(tx.add(Interaction.checked(summary=summary, happened_on=on, **fields)))
    take_part(tx, contacts, organisations, interaction_id=number)
    return Ref("N", number)


def take_part(tx: Tx, contacts: Sequence[Ref], organisations: Sequence[Ref], **event: int) -> None:
    """Say who took part in a meeting or an interaction, each once.

    Raises NotFound.
    """
    for ref in contacts:
        tx.get(Contact, ref.number)
    for ref in organisations:
        tx.get(Organisation, ref.number)
    tx.add_all(
        [
            *(Participant(**event, contact_id=number) for number in dict.fromkeys(ref.number for ref in contacts)),
            *(Participant(**event, organisation_id=number) for number in dict.fromkeys(ref.number for ref in organisations)),
        ]
    )
