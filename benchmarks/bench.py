"""Speed: each command beside the least it could take, measured in the same run (``make bench``).

Whole processes are timed, of the installed program with compiled files present. In each round a row's floor and its
command take turns, at every size, so that a busy moment of the machine falls on all of them. A row's ratio is that of
the medians; its spread the quartiles of the rounds' own ratios. There are 15 rounds (``--runs``); a row over its budget
is measured once more with three times as many, and that counts. ``--only WORD`` measures rows with it in their names.

The workspaces are made in a temporary folder, or kept in the one that ``SOLIDARITY_BENCH`` names.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from address_books import made
from made import TODAY, make
from peers import khal
from rows import FLAT, ROWS, SIZES, Row

import solidarity_crm

FLOORS = Path(__file__).with_name("floors")
PROGRAM = Path(sys.executable).with_name("solidarity.exe" if os.name == "nt" else "solidarity")
ROUNDS = 15
Times = dict[int, list[float]]  # the seconds of each round, by size of the workspace; a floor's by 0
HEADING = f"{'':30} {'floor':>6} {'200':>6} {'2,000':>6} {'20,000':>6} {'ratio':>6} {'half between':>12} {'budget':>7} {'flat':>6}"


class Absent(Exception):
    """The program has no such command."""


class Failed(Exception):
    """A command that should have been timed did not do what it was asked."""


class Bench:
    """The workspaces, and the clock."""

    def __init__(self, folder: Path) -> None:
        """Use the workspaces in ``folder``, made where they are not there; what writes has copies of its own."""
        self.folder = folder
        self.workspaces = {size: self._workspace(size) for size in SIZES}
        made(folder)
        keep = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
        self.environment = {**keep, "SOLIDARITY_TODAY": str(TODAY), "SOLIDARITY_USER": "Robin Marsh", "HOME": str(folder)}

    def measure(self, row: Row, rounds: int) -> Times:
        """Time a row and its floor by turns, after one round that does not count."""
        times: Times = {size: [] for size in (*([0] if row.floor else []), *row.sizes)}
        for _ in range(rounds + 1):
            for size, seconds in times.items():
                seconds.append(self._time(row, size))
        return {size: seconds[1:] for size, seconds in times.items()}

    def _time(self, row: Row, size: int) -> float:
        """Run a row's command in the workspace of a size, or its floor; give the seconds it took."""
        if size == 0:
            command = [sys.executable, str(FLOORS / f"{row.floor}.py")]
            environment = {**self.environment, "STORE": str(self.workspaces[SIZES[-1]] / "network.db")}
        else:
            folder = self.workspaces[size]
            command = [str(PROGRAM), *row.command(folder)]
            environment = {**self.environment, "SOLIDARITY_WORKSPACE": str(folder), **_completion(row.completes)}
        start = time.perf_counter()
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        seconds = time.perf_counter() - start
        if b"No such command" in done.stderr:
            raise Absent
        if done.returncode:
            said = f"ended with {done.returncode}: {done.stderr.decode().strip()}"
            raise Failed(said)
        return seconds

    def _workspace(self, size: int) -> Path:
        """Give a copy of the workspace of a size."""
        original, copy = self.folder / f"made-{size}", self.folder / f"used-{size}"
        if not original.exists():
            print(f"making a workspace of {size:,} contacts", file=sys.stderr)
            make(original, size)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(original, copy)
        return copy


def _completion(line: str | None) -> dict[str, str]:
    """Give what a shell says to the program when Tab is pressed at the end of a line."""
    if line is None:
        return {}
    return {"_SOLIDARITY_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}


def judged(row: Row, times: Times) -> tuple[str, bool]:
    """Give a row's line of the table, and whether it holds its budget."""
    medians = {size: median(seconds) for size, seconds in times.items()}
    largest = row.sizes[-1]
    ratio = medians[largest] / medians.get(0, 1.0)
    flat = medians[largest] / medians[row.sizes[0]] if len(row.sizes) > 1 else 1.0
    ratios = [ours / floor for ours, floor in zip(times[largest], times.get(0, [1.0] * len(times[largest])), strict=True)]
    low, _, high = quantiles(ratios, n=4)
    seconds = " ".join(f"{medians[size]:6.3f}" if size in medians else " " * 6 for size in (0, *SIZES))
    budget = f"{row.budget:g} {'x' if row.floor else 's'}"
    said_flat = f"{flat:6.2f}" if len(row.sizes) > 1 else " " * 6
    good = ratio <= row.budget and flat <= FLAT
    verdict = "pass" if good else "FAIL"
    return f"{row.name:30} {seconds} {ratio:6.2f} {f'{low:.2f} to {high:.2f}':>12} {budget:>7} {said_flat}  {verdict}", good


def report(bench: Bench, row: Row, rounds: int) -> bool:
    """Measure a row and print its line; say whether it holds its budget."""
    try:
        line, good = judged(row, bench.measure(row, rounds))
        if not good:
            line, good = judged(row, bench.measure(row, rounds * 3))
    except Absent:
        line, good = f"{row.name:30} no such command yet", True
    except Failed as problem:
        line, good = f"{row.name:30} FAIL, {problem}", False
    print(line, flush=True)
    return good


def main() -> int:
    """Measure every row; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(description="Speed, as ratios to floors measured in the same run.")
    parser.add_argument("--runs", type=int, default=ROUNDS, help="rounds for each row")
    parser.add_argument("--only", default="", help="only rows with this in their names")
    given = parser.parse_args()
    compileall.compile_dir(Path(solidarity_crm.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory(prefix="solidarity-bench-") as temporary:
        bench = Bench(Path(os.environ.get("SOLIDARITY_BENCH") or temporary))
        print(HEADING)
        results = [report(bench, row, given.runs) for row in ROWS if given.only in row.name]
        beside = khal(Path(temporary), SIZES[0], given.runs)
    print(
        f"\nseconds are medians of {given.runs} rounds; flat is 20,000 contacts beside 200, at most {FLAT}; x: times the floor; s: seconds"
    )
    print(f"for comparison, khal list of {SIZES[0]} events: {f'{beside:.3f}' if beside else 'not installed'}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
