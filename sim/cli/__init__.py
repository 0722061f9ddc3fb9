"""The command `doctrine`: parse, call, print.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted. Nothing heavy is imported before it is needed: `--help` and
`check` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

import sim
from sim.cli import (
    attribution,
    claims,
    console,
    discover,
    ensembles,
    explain,
    game,
    infer,
    lessons,
    map,
    own_months,
    page,
    record,
    regret,
    sensitivity,
    serving,
    shipped,
    theory,
    worlds,
)
from sim.cli.endings import DEBUG_OPTION, DEBUG_VARIABLE, debugging, ended, prepare
from sim.cli.exits import BAD_INPUT, DONE
from sim.cli.options import NO_COMPANY

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


app.command(ensembles.run)
app.command(ensembles.compare, usage="Usage: doctrine compare [OPTIONS] SCENARIO DOCTRINE DOCTRINE [MORE...]")
app.command(explain.explain)
app.command(explain.replay)
app.command(worlds.worlds)
app.command(map.map_, name="map")
app.command(attribution.attribution)
app.command(game.game)
app.command(infer.infer, usage="Usage: doctrine infer [OPTIONS] [SCENARIO] [DOCTRINE DOCTRINE [MORE...]]")
app.command(sensitivity.sensitivity)
app.command(discover.discover)
app.command(regret.regret)
app.command(claims.claims, usage="Usage: doctrine claims [OPTIONS] [CLAIM...]")
app.command(serving.app_, name="app")
app.command(page.page)
app.command(page.atlas)
app.command(own_months.record_app)
app.command(record.calibrate)
app.command(record.backtest)
app.command(theory.theory)
app.command(lessons.lessons)
app.command(shipped.list_, name="list")
app.command(shipped.check)
app.command(shipped.schema)


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
        command = words[0] if words and words[0] in app else ""
        why = NO_COMPANY.get(command) if any(word.partition("=")[0] == "--guest" for word in words) else None
        said = f"doctrine {command} takes no guests: {why}." if why else str(error).rstrip()
        console.error(f"{said}\nHelp: {' '.join(filter(None, ('doctrine', command)))} --help")
        return BAD_INPUT
    return int(code or DONE)
