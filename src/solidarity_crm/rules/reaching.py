"""By which channels somebody can be asked something: those that are safe for them, and for which we have what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused
from solidarity_crm.rules.help_kinds import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITH_ADDRESS, _WITH_NUMBER = ("email",), ("call", "text")


class Reach(NamedTuple):
    """What it takes to reach somebody; ``channels`` are the safe ones, None for any."""

    channels: Sequence[str] | None
    has_email: bool
    has_phone: bool

    @property
    def open(self) -> list[str]:
        """The channels that are left."""
        return [channel for channel in CHANNELS if (self.channels is None or channel in self.channels) and self._can(channel)]

    def _can(self, channel: str) -> bool:
        """Say whether we have the address or the number that a channel takes."""
        if channel in _WITH_ADDRESS:
            return self.has_email
        return self.has_phone if channel in _WITH_NUMBER else True


def check(person: str, reach: Reach, channel: str | None = None) -> str:
    """Give the channel by which somebody is asked: the one named, or e-mail.

    ``person`` is written as ``P12 Amina Yusuf``. Raises Refused for one that is not theirs, with those that are.
    """
    left = reach.open
    if not left:
        sentence = f"{person} cannot be reached by any channel that is safe for them ({', '.join(reach.channels or ())})"
        raise Refused(sentence, f"solidarity contact edit {person.partition(' ')[0]} --email ADDRESS, or --channel any")
    wanted = channel or "email"
    if reach.channels is not None and wanted not in reach.channels:
        why = "that is not safe for them"
    elif wanted == "email" and not reach.has_email:
        why = "we have no address"
    else:  # somebody may have been called at a number that is not theirs
        return wanted
    sentence = f"{person} cannot be asked by {wanted}: {why}; possible: {', '.join(left)}"
    raise Refused(sentence, f"the same command with --by {left[0]}, once you have asked")
