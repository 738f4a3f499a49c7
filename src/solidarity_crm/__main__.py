"""The program's outermost boundary: where it starts, and where a bug ends without showing anybody's data."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from solidarity_crm.errors import Exit


def run() -> None:
    """Run the program and leave at once: taking down what was imported would take longer than most commands."""
    gc.disable()  # a command is short, and its objects go with it
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
    code = _guarded()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = code or Exit.DONE
    os._exit(code)


def _guarded() -> int:
    """Run the program; a bug becomes one line, and its place (never a value) goes into a log."""
    try:
        from solidarity_crm.cli import main  # noqa: PLC0415 - after the garbage collector is off

        return main()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return Exit.DONE
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.DONE
    except Exception as bug:
        if "--debug" in sys.argv:
            raise
        sys.stderr.write(f"solidarity: a bug in the program ({type(bug).__name__}); nothing was changed\n")
        sys.stderr.write(f"try: the same command with --debug; the place is noted in {_log(bug)}\n")
        return Exit.BUG


def _log(bug: BaseException) -> str:
    """Note where a bug is: files, lines and functions; give the log's name."""
    from platformdirs import user_log_path  # noqa: PLC0415 - only for a bug

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
