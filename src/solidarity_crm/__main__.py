"""The program's outermost boundary: where it starts, and where it ends, by a signal or a bug too, without showing anybody's data."""

from __future__ import annotations

import gc
import os
import sys
from errno import ENOSPC

from solidarity_crm.store import interrupts


def run() -> None:
    """Run the program and leave at once: taking down what was imported would take longer than most commands."""
    interrupts.listen()
    gc.disable()  # a command is short, and its objects go with it
    os.umask(0o077)
    _streams()
    os._exit(_flushed(_guarded()))


def _streams() -> None:
    """Make stdout and stderr take every letter; one that is closed takes everything too, and drops it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the end, and pathlib is not loaded yet
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")


def _guarded() -> int:
    """Run the program; a bug becomes one line, and its place (never a value) goes into a log."""
    from solidarity_crm.errors import Exit  # noqa: PLC0415 - after the signals are listened to

    try:
        from solidarity_crm.cli import main  # noqa: PLC0415 - after the garbage collector is off

        return main()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return Exit.DONE
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.DONE
    except Exception as bug:  # noqa: BLE001 - the one place that catches whatever was not foreseen
        return _failed(bug)


def _flushed(code: int) -> int:
    """Send off what was written; give the exit code, whoever has stopped reading."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
        except OSError as problem:
            return code or _failed(problem)
    return code


def _failed(problem: Exception) -> int:
    """Say that there is no room for the answer, or that there is a bug, and nothing of what it was about; give the exit code."""
    from solidarity_crm.errors import Exit  # noqa: PLC0415 - see above

    if isinstance(problem, OSError) and problem.errno == ENOSPC:
        sys.stderr.write(f"solidarity: cannot write the answer: {problem.strerror}\n")
        return Exit.STORE
    if "--debug" in sys.argv:
        raise problem
    sys.stderr.write(f"solidarity: a bug in the program ({type(problem).__name__}); nothing was changed\n")
    sys.stderr.write(f"try: the same command with --debug; the place is noted in {_log(problem)}\n")
    return Exit.BUG


def _log(bug: BaseException) -> str:
    """Note where a bug is: files, lines and functions; give the log's name."""
    from pathlib import Path  # noqa: PLC0415 - only for a bug

    from platformdirs import user_log_path  # noqa: PLC0415 - likewise

    path = user_log_path("solidarity", appauthor=False) / "bugs.log"
    places, trace = [], bug.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{type(bug).__name__} at {' < '.join(reversed(places))}\n")
    except OSError:
        return "no log, since it cannot be written"
    return str(path)


if __name__ == "__main__":
    run()
