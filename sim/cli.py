"""The command `doctrine`: parse, call, print.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted. Nothing heavy is imported before it is needed: `--help` and
`check` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

import sim
from sim import commands, console
from sim.commands import BAD_INPUT, DONE
from sim.endings import DEBUG_OPTION, DEBUG_VARIABLE, debugging, ended, prepare
from sim.options import (
    USUAL_ENSEMBLE_OUTPUT,
    USUAL_LUCK,
    USUAL_OUTPUT,
    EnsembleOutput,
    Flag,
    Luck,
    Output,
    Whole,
)

FEWEST = 2
"""Doctrines that make a comparison."""
EPILOGUE = f"""\
Start with: doctrine compare outlook architectural transactional

Each command has a page of its own: doctrine compare --help
Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
{DEBUG_OPTION} (or {DEBUG_VARIABLE}=1) shows the traceback of a failure."""


app = App(
    name="doctrine",
    help=f"Same world, other doctrine: what a doctrine does to the negotiations over Ukraine.\n\n{EPILOGUE}",
    version=lambda: sim.__version__,
    help_format="plaintext",
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)


@app.command
def run(scenario: str, /, *, luck: Luck = USUAL_LUCK, output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT) -> int:
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
    luck: Luck = USUAL_LUCK,
    output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT,
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
    output: Output = USUAL_OUTPUT,
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
    output: Output = USUAL_OUTPUT,
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
    if arguments is None:
        prepare()
    return ended(lambda: _answer([word for word in words if word != DEBUG_OPTION]), debugging(words))


def _answer(words: list[str]) -> int:
    try:
        code = app(words, exit_on_error=False, print_error=False, console=console.screen())
    except CycloptsError as error:
        command = f"{words[0]} " if words and words[0] in app else ""
        console.error(f"{str(error).rstrip()}\nHelp: doctrine {command}--help")
        return BAD_INPUT
    return int(code or DONE)
