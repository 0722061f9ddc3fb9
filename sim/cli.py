"""The command `doctrine`: parse, call, print.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted. Nothing heavy is imported before it is needed: `--help` and
`check` answer at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter

import sim
from sim import commands, console
from sim.commands import BAD_INPUT, DONE, FAILED, INTERRUPTED, Wishes
from sim.folders import NO_SPACE

DEBUG_OPTION, DEBUG_VARIABLE = "--debug", "DOCTRINE_DEBUG"
FEWEST = 2
"""Doctrines that make a comparison."""
EPILOGUE = f"""\
Start with: doctrine compare outlook architectural transactional

Each command has a page of its own: doctrine compare --help
Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
{DEBUG_OPTION} (or {DEBUG_VARIABLE}=1) shows the traceback of a failure."""


def _whole(_: Any, tokens: Sequence[Any]) -> int:
    """A whole number, to the letter: 1.5 is none."""
    text = tokens[0].value
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"must be a whole number, got {text!r}") from None


Whole = Annotated[int, Parameter(converter=_whole)]
Flag = Annotated[bool, Parameter(negative="", show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Luck:
    """Which worlds."""

    worlds: Whole = 1000
    """Number of worlds."""
    seed: Whole = 1
    """Seed of their luck."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Output:
    """Where results go, and what is kept of them."""

    out: Path | None = None
    """The folder of results itself; results/NAME if not given."""
    force: Flag = False
    """Replace a folder of results that is there already."""
    paths: bool | None = None
    """Keep every monthly path of every world; by default up to 10,000 worlds."""
    quiet: Flag = False
    """No progress and no summary."""
    json: Flag = False
    """Print one JSON object instead of the summary."""
    jobs: Whole = 1
    """Processes; more than one pays from about 10,000 worlds."""

    @property
    def wishes(self) -> Wishes:
        """As the commands take them."""
        return Wishes(self.jobs, self.out, self.force, self.paths, self.quiet, self.json)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Fit:
    """Where the tables of a fit to the record go."""

    out: Path | None = None
    """The folder itself; results/calibrate or results/backtest if not given."""
    force: Flag = False
    """Replace a folder that is there already."""
    quiet: Flag = False
    """No progress and no summary."""
    json: Flag = False
    """Print one JSON object instead of the summary."""
    jobs: Whole = 1
    """Processes."""

    @property
    def wishes(self) -> Wishes:
        """As the commands take them."""
        return Wishes(self.jobs, self.out, self.force, None, self.quiet, self.json)


app = App(
    name="doctrine",
    help=f"Same world, other doctrine: what a doctrine does to the negotiations over Ukraine.\n\n{EPILOGUE}",
    version=lambda: sim.__version__,
    help_format="plaintext",
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)


@app.command
def run(scenario: str, /, *, luck: Luck = Luck(), output: Output = Output()) -> int:
    """Run one scenario in many worlds.

    Writes results/NAME/: report, figures, tables, paths.

    For example:

        doctrine run history --worlds 2000

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.study import one_scenario

    study = one_scenario(scenario, luck.worlds, luck.seed)
    command = commands.as_typed("run", scenario, [], study, output.paths)
    return commands.carry_out(study.asked_by(command), output.wishes)


@app.command(usage="Usage: doctrine compare [OPTIONS] SCENARIO DOCTRINE DOCTRINE [MORE...]")
def compare(
    scenario: str,
    /,
    *doctrine: str,
    actor: str = "us",
    since: str | None = None,
    luck: Luck = Luck(),
    output: Output = Output(),
) -> int:
    """Run a scenario under several doctrines of one actor, in the same worlds.

    Writes results/NAME/: report, figures, tables, paths; prints how far the doctrines are apart.

    For example:

        doctrine compare outlook architectural transactional
        doctrine compare outlook transactional transactional:commitment=0.85

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two or more: presets of the actor (see: doctrine list presets), or presets with other dials, written
        preset:dial=value,dial=value. The first is the one that the others are compared with.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import InputError
    from sim.study import comparison

    if len(doctrine) < FEWEST:
        raise InputError("compare: name at least two doctrines; one alone is for doctrine run")
    study = comparison(scenario, doctrine, actor, since, luck.worlds, luck.seed)
    options = [*(["--actor", actor] if actor != "us" else []), *(["--since", since] if since else [])]
    command = commands.as_typed("compare", scenario, [*doctrine, *options], study, output.paths)
    return commands.carry_out(study.asked_by(command), output.wishes)


@app.command
def explain(
    result: Path,
    /,
    *,
    world: Whole,
    month: str,
    doctrine: str | None = None,
    actor: str | None = None,
    json: Flag = False,
) -> int:
    """Tell why each actor did what it did in one month of one world.

    Prints sentences with the terms of every decision, heaviest first; writes nothing.

    For example:

        doctrine explain results/history --world 17 --month 2025-03 --actor us

    Parameters
    ----------
    result
        A folder that doctrine run or doctrine compare wrote.
    world
        Number of the world, from 0.
    month
        The month, YYYY-MM.
    doctrine
        Which of the doctrines that were compared; all of them, one after the other, if not given.
    actor
        Whom to ask: us, congress, europe, ukraine, russia or table; everybody if not given.
    json
        Print one JSON object.
    """
    return commands.tell_month(result, world, month, doctrine, actor, json)


@app.command
def replay(result: Path, /, *, world: Whole, doctrine: str | None = None, json: Flag = False) -> int:
    """Tell the story of one world, month by month.

    Prints what somebody would have read in the news; writes nothing.

    For example:

        doctrine replay results/history --world 17

    Parameters
    ----------
    result
        A folder that doctrine run or doctrine compare wrote.
    world
        Number of the world, from 0.
    doctrine
        Which of the doctrines that were compared; all of them, one after the other, if not given.
    json
        Print one JSON object.
    """
    return commands.tell_story(result, world, doctrine, json)


@app.command
def calibrate(
    *,
    worlds: Whole = 400_000,
    seed: Whole = 7,
    output: Fit = Fit(),
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Fit the free parameters to the observed record, and say which it identifies.

    Writes results/calibrate/: posterior, prior against posterior, coverage, the seven facts, figures.

    For example:

        doctrine calibrate --jobs 2

    Parameters
    ----------
    worlds
        Simulated histories.
    seed
        Seed of their luck.
    output
        Where results go.
    ship
        Write the tables into the package as well.
    """
    from sim import record_commands

    return record_commands.calibrate(worlds, seed, output.wishes, ship)


@app.command
def backtest(
    *,
    worlds: Whole = 400_000,
    seed: Whole = 7,
    output: Fit = Fit(),
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Forecast 2025 and the gap of 2023-24 from what was known before, and score it against three rivals.

    Writes results/backtest/: scores, forecasts, a figure.

    For example:

        doctrine backtest --jobs 2

    Parameters
    ----------
    worlds
        Simulated histories.
    seed
        Seed of their luck.
    output
        Where results go.
    ship
        Write the tables into the package as well.
    """
    from sim import record_commands

    return record_commands.backtest(worlds, seed, output.wishes, ship)


@app.command(name="list")
def list_(what: str | None = None, /, *, json: Flag = False) -> int:
    """List the shipped scenarios, the presets of every actor, and the mechanisms.

    Prints names to use in commands and scenario files, each with what it is.

    For example:

        doctrine list presets

    Parameters
    ----------
    what
        scenarios, presets or mechanisms; all three if not given.
    json
        Print one JSON object.
    """
    return commands.show_lists(what, json)


@app.command
def check(*file: str, resolved: Flag = False, json: Flag = False) -> int:
    """Say whether scenario files are sound, with every mistake in them.

    Prints a line a file, or every mistake with its line and what is allowed; exit code 2 if there is any.

    For example:

        doctrine check scenarios/history.toml

    Parameters
    ----------
    file
        Scenario files, or names of shipped ones.
    resolved
        Print the scenarios with nothing left to fill in.
    json
        Print one JSON object.
    """
    return commands.check_files(file, resolved, json)


@app.command
def schema() -> int:
    """Print the JSON Schema of a scenario file, for editors.

    Prints JSON to save beside the files; an editor with TOML support then completes keys and marks mistakes.

    For example:

        doctrine schema > scenario.schema.json
    """
    import json

    from sim.scenario import schema

    console.plain(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")
    return DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG_OPTION in words or os.environ.get(DEBUG_VARIABLE, "0") not in ("", "0")
    if arguments is None:
        _prepare()
    try:
        return _answer([word for word in words if word != DEBUG_OPTION])
    except KeyboardInterrupt:
        console.error("interrupted; nothing was written")
        return INTERRUPTED
    except Exception as failure:
        if debug:
            raise
        return _verdict(failure)


def _answer(words: list[str]) -> int:
    try:
        code = app(words, exit_on_error=False, print_error=False, console=console.screen())
    except CycloptsError as error:
        command = f"{words[0]} " if words and words[0] in app else ""
        console.error(f"{str(error).rstrip()}\nHelp: doctrine {command}--help")
        return BAD_INPUT
    return int(code or DONE)


def _verdict(failure: Exception) -> int:
    """Say in plain words what was the user's mistake, or what went wrong; return the exit code."""
    from sim.limits import InputError
    from sim.mistakes import ScenarioError
    from sim.workers import WorkerError

    if isinstance(failure, ScenarioError):
        console.complaint(str(failure))
        return BAD_INPUT
    if isinstance(failure, InputError):
        console.error(str(failure))
        return BAD_INPUT
    if isinstance(failure, MemoryError):
        console.error("the memory is full; ask for fewer --worlds. Nothing was written")
    elif isinstance(failure, OSError) and failure.errno in NO_SPACE:
        console.error("the disk is full; nothing was written")
    elif isinstance(failure, WorkerError):
        console.error(f"{failure}; nothing was written")
    else:
        text = f"failed: {type(failure).__name__}: {failure}".rstrip(": ")
        console.error(f"{text}\nTo see where: the same command with {DEBUG_OPTION}")
    return FAILED


def _prepare() -> None:
    """Let text reach any terminal or none at all, and let `kill` end things as Ctrl-C does."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- open to the end
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
