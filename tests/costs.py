"""What reading costs, compared with itself: a bound in seconds says more of the machine and its other work than of the code."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGER = 8
_LEAST = 0.005  # seconds: below that a clock's steps and single large allocations are most of what is measured
_TRIES = 4


def processor_time(do: Callable[[], object]) -> float:
    """Give the seconds of processor time that one call takes."""
    began = process_time()
    do()
    return process_time() - began


def grows_with_its_length(read: Callable[[bytes], object], make: Callable[[int], bytes], length: int) -> bool:
    """Say whether reading a file eight times as long costs at most 24 times as much; what looks at all again for each part costs 64 times.

    ``make`` gives a file of about so many bytes. The quickest of a few tries counts.
    """
    small, large = make(length // _LARGER), make(length)
    bound = 3 * _LARGER * max(_LEAST, min(processor_time(lambda: read(small)) for _ in range(_TRIES)))
    return any(processor_time(lambda: read(large)) <= bound for _ in range(_TRIES))
