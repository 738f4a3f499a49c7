"""A folder with a file for each item (a vdir, as khal, todoman and vdirsyncer keep them), brought in step with the records.

Files that are not named as this workspace's are not looked at. One of ours that another program changed is left as it
is and named, unless ours is to be written over it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead, CannotWrite
from solidarity_crm.exchange.calendar import items
from solidarity_crm.exchange.calendar.item_reading import read
from solidarity_crm.store.files import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from solidarity_crm.exchange.calendar.items import Item

_MOST_BYTES = 1_000_000


class Steps(NamedTuple):
    """What brings a folder in step: files to write and to remove, how many are right as they are, and which another program changed."""

    write: Mapping[str, Item]
    remove: Sequence[str]
    unchanged: int
    changed_elsewhere: Sequence[str]


def there(folder: Path, install: str) -> dict[str, bytes]:
    """Read the files of ours that are in a folder, by name; links are not followed.

    Raises CannotRead.
    """
    try:
        if not folder.is_dir():
            return {}
        return {path.name: _content(path) for path in sorted(folder.iterdir()) if items.ours(path.name, install) and _is_file(path)}
    except OSError as problem:
        raise CannotRead(folder, problem.strerror or "unknown reason") from None


def steps(found: Mapping[str, bytes], wanted: Sequence[Item], zone: ZoneInfo, *, force: bool) -> Steps:
    """Say what brings a folder in step with the items that are wanted in it; with ``force`` what was changed there goes too."""
    write: dict[str, Item] = {}
    kept, unchanged = [], 0
    named = {items.name(item.uid): item for item in wanted}
    for name, item in named.items():
        content = found.get(name)
        if content is None:
            write[name] = item
        elif content == item.content:
            unchanged += 1
        elif force or items.untouched(content):
            write[name] = item
        elif not _same(content, item, zone):
            kept.append(name)
        elif f":{item.digest}".encode() in content:
            unchanged += 1  # written by another program, in its own way
        else:
            write[name] = item
    gone = [name for name in found if name not in named]
    remove = [name for name in gone if force or items.untouched(found[name])]
    return Steps(write, remove, unchanged, [*kept, *(name for name in gone if name not in remove)])


def take(folder: Path, todo: Steps) -> None:
    """Bring a folder in step: each file whole or not at all, for its owner alone.

    Raises CannotWrite.
    """
    for name, item in todo.write.items():
        write_bytes(folder / name, item.content, force=True)
    for name in todo.remove:
        try:
            with suppress(FileNotFoundError):
                (folder / name).unlink()
        except OSError as problem:
            raise CannotWrite(folder / name, problem.strerror or "unknown reason") from None


def _is_file(path: Path) -> bool:
    """Say whether a path is a file itself, and not a link to one."""
    return path.is_file() and not path.is_symlink()


def _content(path: Path) -> bytes:
    """Read a file, as far as an item of ours may go."""
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


def _same(content: bytes, item: Item, zone: ZoneInfo) -> bool:
    """Say whether a file says of time, place and state what the record does."""
    try:
        return read(content, zone).told.facts == item.told.facts
    except ValueError:
        return False
