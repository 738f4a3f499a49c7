"""Recording that people's details leave the program: to whom, why, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.models.disclosure import Disclosure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx


def record(tx: Tx, refs: Sequence[str], *, recipient: str, form: str, fields: Sequence[str], today: date) -> None:
    """Record that these contacts' details leave as ``form`` (``vcf``, ``csv for Google``), and say so in the journal.

    ``recipient`` says whom they are for and why; ``fields`` are the kinds of details. Raises BadValue.
    """
    disclosure = Disclosure.checked(
        disclosed_on=today, by=tx.by.actor, recipient=recipient, form=form, fields=", ".join(fields), refs=" ".join(refs)
    )
    tx.add(disclosure)
    people = "1 contact" if len(refs) == 1 else f"{len(refs)} contacts"
    tx.note = f"{people} as {disclosure.form} for {disclosure.recipient}: {disclosure.fields}"


def letter(tx: Tx, ref: str, *, whose: Sequence[str], fields: Sequence[str], today: date) -> None:
    """Record that a letter, by its draft's ref, names people beside something revealing; raises BadValue."""
    disclosure = Disclosure.checked(
        disclosed_on=today,
        by=tx.by.actor,
        recipient=f"whom {ref} is to",
        form="letter",
        fields=", ".join(["name", *fields]),
        refs=" ".join(whose),
    )
    tx.add(disclosure)
