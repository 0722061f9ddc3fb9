"""How a command ends: its exit code, and the words for each failure."""

from __future__ import annotations

import _thread
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

from sim.basics.folders import KEPT, NO_SPACE
from sim.cli import console
from sim.cli.exits import BAD_INPUT, FAILED, INTERRUPTED

RARELY = (10_000, 10, 10)
"""New objects between two searches for garbage in circles, and searches between thorough ones. With Python's own 700 a
comparison spends a twentieth of its time in them, most of it looking through libraries that stay."""
MOMENT = 0.05
"""Seconds until an interrupt that was lost comes again."""
DEBUG_OPTION, DEBUG_VARIABLE = "--debug", "DOCTRINE_DEBUG"


def ended(act: Callable[[], int], debug: bool) -> int:
    """Do something, and turn whatever stops it into plain words and an exit code."""
    try:
        return act()
    except KeyboardInterrupt as stop:
        console.error(f"interrupted; {_what_is_left(stop)}")
        return INTERRUPTED
    except Exception as failure:
        if debug:
            raise
        return verdict(failure)


def debugging(words: list[str]) -> bool:
    """Whether a failure shall show its traceback."""
    return DEBUG_OPTION in words or os.environ.get(DEBUG_VARIABLE, "0") not in ("", "0")


def verdict(failure: Exception) -> int:
    """Say in plain words what was the user's mistake, or what went wrong; return the exit code."""
    from sim.basics.limits import InputError
    from sim.basics.mistakes import MistakesError
    from sim.ensemble.batches import BlockError
    from sim.ensemble.processes import WorkerError

    if isinstance(failure, MistakesError):
        console.complaint(str(failure))
        return BAD_INPUT
    if isinstance(failure, InputError):
        console.error(str(failure))
        return BAD_INPUT
    if isinstance(failure, MemoryError):
        console.error(f"the memory is full; ask for fewer --worlds; {_what_is_left(failure)}")
    elif isinstance(failure, OSError) and failure.errno in NO_SPACE:
        console.error(f"the disk is full; {_what_is_left(failure)}")
    elif isinstance(failure, WorkerError | BlockError):
        console.error(f"{failure}; {_what_is_left(failure)}")
    else:
        text = f"failed: {type(failure).__name__}: {failure}".rstrip(": ")
        console.error(f"{text}\nTo see where: the same command with {DEBUG_OPTION}")
    return FAILED


def _what_is_left(stop: BaseException) -> str:
    """What of the work is kept, as a note on the exception says; nothing without one."""
    kept = [note.removeprefix(KEPT) for note in getattr(stop, "__notes__", ()) if note.startswith(KEPT)]
    return kept[0] if kept else "nothing was written"


def prepare() -> None:
    """Let text reach any terminal or none at all, and let `kill` end things as Ctrl-C does.

    Matplotlib's settings are the program's own here: the user's file is not read, since one that is damaged prints
    lines, or ends everything when the first figure is drawn. Garbage is looked for more rarely than Python would.
    """
    gc.set_threshold(*RARELY)
    os.environ["MATPLOTLIBRC"] = os.devnull
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- open to the end
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)
        if sys.unraisablehook is sys.__unraisablehook__:
            sys.unraisablehook = _heard_again


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _heard_again(lost: sys.UnraisableHookArgs) -> None:
    """Interrupt again, in a moment, if an interrupt was lost: it came where Python drops whatever is raised.

    Such places are the end of an object's life and, while modules are imported, the release of their locks.
    """
    if isinstance(lost.exc_value, KeyboardInterrupt):
        threading.Timer(MOMENT, _interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _interrupt_main() -> None:
    """Let the main thread hear the signal, and wake it where it waits, if the system can."""
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGTERM)
    else:
        _thread.interrupt_main(signal.SIGTERM)
