"""What an entry adds to a contact: blanks are filled and nothing is overwritten, unless that is asked for.

Lists are united and never shortened. Who asked not to be contacted stays so whatever a file says, and becomes so when a
file says it (exchange.md E2.9); nothing that protects somebody is taken away, also when overwriting is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.address_book import UNSAID, Identifier
from solidarity_crm.models.base import TEXT_LIMIT
from solidarity_crm.services.contact_import.cleaning import WORDS
from solidarity_crm.services.contact_import.contacts_there import keep_address, keep_identifier, keep_point, keep_words, role_key
from solidarity_crm.services.merging import OWN_UID
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from solidarity_crm.services.contact_import.cleaning import Cleaned, RoleAt
    from solidarity_crm.services.contact_import.contacts_there import Key, There

# what is filled when it is empty; where details came from and on what ground is not for a later file to say, but when
# overwriting is asked for
_FILLED = (*WORDS[1:], "basis", "notice_given_on", "cadence_days", "channels", "contact_hours", "words_to_avoid")
_SAID = {"email": "e-mail", "url": "website"}
_OVERWRITTEN = (*_FILLED, "source", "obtained_on")


class Joined(NamedTuple):
    """What an entry changed, in a word each, and what it says otherwise than the contact."""

    changed: list[str]
    differs: list[tuple[str, str]]


def join(contact: There, entry: Cleaned, *, update: bool, organisation: Callable[[int], str]) -> Joined:
    """Add to a contact what an entry says; ``organisation`` gives a name for a number."""
    fields, renounced = contact.fields, update and entry.named and fold(entry.fields["name"]) in contact.former_names
    differs = (
        [("name", "one that they went by once; it stays a former name")] if renounced and fields["name"] != entry.fields["name"] else []
    )
    changed = [
        *_fields(contact, entry, update=update, rename=update and not renounced),
        *_lists(contact, entry),
        *(["do not contact"] if opt_out(contact, entry) else []),
    ]
    before = list(contact.roles)
    notes = [entry.fields["note"]] if entry.fields["note"] else []
    for role in entry.roles:
        what, other = _role(contact, role, before, update=update)
        changed += [what] if what else []
        if other is not None:
            said = f"{role.title}, {organisation(role.organisation)}"
            differs.append(("role", f"{said!r}: there it is {other!r} already; it is kept in the note"))
            notes.append(f"Also {said}")
    kept = [_note(contact, note) for note in notes]
    changed += ["note"] if any(kept) else []
    differs += [("note", "there is no more room in the contact's note; it was left out")] if None in kept else []
    return Joined(list(dict.fromkeys(changed)), differs)


def adds_nothing(contact: There, entry: Cleaned) -> bool:
    """Say whether a contact says already all that an entry does; so a file that is imported again makes nobody twice."""
    fields = contact.fields
    return (
        (contact.named or not entry.named)
        and all(fields[field] not in (None, "") for field in _FILLED if field in entry.said)
        and (fields["do_not_contact"] or entry.opted_out is None)
        and not _other_uid(contact, entry)
        and (fields["no_voicemail"] or not entry.fields["no_voicemail"])
        and all((point.system, point.key) in contact.points for point in entry.points)
        and all(tag.casefold() in contact.tags for tag in entry.tags)
        and all(community in contact.communities for community in entry.communities)
        and all(identifier in contact.identifiers for identifier in entry.identifiers)
        and all(fold(name) in contact.former_names or fold(name) == fields["name_key"] for name in entry.former_names)
        and all(tuple(fold(part or "") for part in address[:-1]) in contact.addresses for address in entry.addresses)
        and all(_known(contact, role) for role in entry.roles)
        and (not entry.fields["note"] or entry.fields["note"] in (fields["note"] or ""))
    )


def _fields(contact: There, entry: Cleaned, *, update: bool, rename: bool) -> list[str]:
    """Fill the contact's columns; give which."""
    fields, found = contact.fields, []
    if entry.named and (not contact.named or (rename and fields["name"] != entry.fields["name"])):
        if contact.named and fold(fields["name"]) != entry.fields["name_key"]:
            contact.former_names.setdefault(fields["name_key"], fields["name"])
        fields["name"], fields["name_key"], contact.named = entry.fields["name"], entry.fields["name_key"], True
        found.append("name")
    for field in _OVERWRITTEN if update else _FILLED:
        if field in entry.said and (fields[field] in (None, "") or update) and fields[field] != entry.fields[field]:
            fields[field] = entry.fields[field]
            found.append(field.replace("_", " "))
    if entry.fields["no_voicemail"] and not fields["no_voicemail"]:
        fields["no_voicemail"] = True
        found.append("no voicemail")
    return found


def _lists(contact: There, entry: Cleaned) -> list[str]:
    """Unite what there may be several of; give what was new."""
    found: list[str] = []
    had = {system for system, _ in contact.points}
    points = [point._replace(preferred=False) if point.preferred and point.system in had else point for point in entry.points]
    found += [_SAID.get(point.system, point.system) for point in points if keep_point(contact, point)]
    found += ["address" for address in entry.addresses if keep_address(contact, address)]
    found += ["tag" for _ in keep_words(contact.tags, entry.tags, str.casefold)]
    found += ["community" for _ in keep_words(contact.communities, entry.communities, str)]
    identifiers = (*entry.identifiers, *_other_uid(contact, entry))
    found += ["identifier" for identifier in identifiers if keep_identifier(contact, identifier)]
    others = [name for name in entry.former_names if fold(name) != contact.fields["name_key"]]
    found += ["former name" for _ in keep_words(contact.former_names, others, fold)]
    return found


def _other_uid(contact: There, entry: Cleaned) -> list[Identifier]:
    """Give the uid that an entry has from another store of ours, to be kept as mergers keep it."""
    if entry.uid is None or entry.uid == contact.fields["uid"]:
        return []
    own = Identifier(OWN_UID, entry.uid)
    return [] if own in contact.identifiers else [own]


def opt_out(contact: There, entry: Cleaned) -> bool:
    """Keep that somebody asked not to be contacted; say whether that is new. Nothing here ever takes it away."""
    if entry.opted_out is None:
        return False
    fields = contact.fields
    reason = None if entry.opted_out == UNSAID else entry.opted_out
    new = not fields["do_not_contact"] or (reason is not None and not fields["do_not_contact_reason"])
    if new:
        fields["do_not_contact"] = True
        fields["do_not_contact_reason"] = fields["do_not_contact_reason"] or reason
    return new


def _known(contact: There, role: RoleAt, *, noted: bool = True) -> bool:
    """Say whether a contact has a role, or had it: what has ended is not begun again by an old file.

    ``noted``: a title that stands in the note, since another was there, counts too.
    """
    same = [there for there, _ in contact.roles.values() if there.organisation == role.organisation]
    titled = [there for there in same if role.title is None or fold(there.title or "") == fold(role.title)]
    if role.until:
        return any(there.until for there in titled)
    return bool(titled) or (noted and bool(same) and f"Also {role.title}, " in (contact.fields["note"] or ""))


def _role(contact: There, role: RoleAt, before: Collection[Key], *, update: bool) -> tuple[str | None, str | None]:
    """Keep a role; give what changed, and the title of a present role there that differs.

    ``before`` are the roles that the contact had before this entry: an entry of its own may have two at one place.
    """
    if _known(contact, role, noted=not update) and not (update and role.since and not role.until):
        return None, None
    present = [key for key in before if key[0] == role.organisation and key[2] is None and key in contact.roles]
    if role.until or not present:
        contact.roles[role_key(role)] = role, None
        return "role", None
    key = next((key for key in present if key[1] == fold(role.title or "")), present[0])
    old, number = contact.roles[key]
    if old.title and fold(old.title) != fold(role.title or "") and not update:
        return None, old.title
    new = old._replace(title=role.title or old.title, since=(role.since or old.since) if update else (old.since or role.since))
    if new == old:
        return None, None
    del contact.roles[key]
    contact.roles[role_key(new)] = new, number
    return "role", None


def _note(contact: There, text: str) -> bool | None:
    """Add to a contact's note what it does not say yet; say whether it did not, None when there is no room."""
    note = contact.fields["note"]
    if note and text in note:
        return False
    longer = f"{note}\n\n{text}" if note else text
    if len(longer) > TEXT_LIMIT:
        return None
    contact.fields["note"] = longer
    return True
