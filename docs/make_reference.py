"""Write the tables in docs/reference/ from what the code says about itself: `python docs/make_reference.py`.

Nothing is typed in here that the code knows: names, defaults, ranges and meanings are those of the pydantic tables,
presets, mechanisms and shipped scenarios; recorded variables are those of a Dataset made by a run of one world.
"""

from __future__ import annotations

import inspect
import math
import re
import sys
import tomllib
from collections.abc import Iterable
from itertools import takewhile
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim.actors.variables import MONTHLY
from sim.basics.labels import significant
from sim.ensemble import Ensemble
from sim.ensemble.dataset import PATH_DIMS, WORLD_DIMS, class_names
from sim.ensemble.study import one_scenario
from sim.estimation.priors import PRIORS, against_base_rates
from sim.record import facts, monthly, vintages
from sim.record.base_rates import OUTCOMES, SUBJECTS, BaseRate, priors, rates
from sim.record.own import layout
from sim.scenario import load, presets, shipped
from sim.scenario.doctrine import DOCTRINES, Table
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.presets import DEFAULT_PRESET, PRESETS
from sim.scenario.quantities import SOURCES, inner_table, quantities, quantity
from sim.scenario.tables import Initial, Settlement

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "reference"
NOTHING = "—"

COLUMNS = ("name", "symbol", "unit", "default", "allowed", "source", "meaning")


# ---- reading the code


def groups() -> dict[str, type[Table]]:
    """The tables of parameters."""
    return {name: field.annotation for name, field in Parameters.model_fields.items()}


def shown(value: Any) -> str:
    """A value as a reader writes it in a scenario file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def paragraph(docstring: str | None, place: int = 0) -> str:
    """The first paragraph of a docstring, or another, on one line."""
    return " ".join(inspect.cleandoc(docstring or "").split("\n\n")[place].split())


# ---- writing Markdown


def page(title: str, text: str, *parts: str) -> str:
    """A page with its title, an introduction and its parts."""
    made = "<!-- Made by `python docs/make_reference.py`; edits are lost. -->"
    return "\n\n".join([made, f"# {title}", text, *parts]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; empty cells are dashes."""
    columns = list(head)
    cells = [columns, ["---"] * len(columns), *([cell or NOTHING for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells)


def code(text: str) -> str:
    """A name as code, "" if there is none."""
    return f"`{text}`" if text else ""


def number_table(group: type[Table]) -> str:
    """A table of the numbers of a group; what stands in a table of its own is left to that."""
    rows = [quantity(name, field) for name, field in group.model_fields.items() if inner_table(field) is None]
    return table(
        COLUMNS,
        (
            (code(row.name), code(row.symbol), row.unit, shown(row.default), row.allowed, row.rests_on, row.meaning)
            for row in rows
        ),
    )


# ---- the pages


def parameters() -> str:
    """Every parameter, a table a stage, and the initial state."""
    text = (
        "Every number of the model that is not a dial; a scenario changes one under `[parameters.<table>]`. Units: "
        "money is EUR bn, territory a share of Ukraine, a step one month, utility such that 1 % of Ukraine is worth "
        "0.1 to a warring side of the reference resolve. Symbols are those of [the ODD document](../ODD.md).\n\n"
        f"{_sources()} No default is estimated statistically; the vote equation "
        "and the budgets of Europe's members are, and stand in `sim/record/tables/`."
    )
    parts = [f"## {name}\n\n{paragraph(group.__doc__)}\n\n{number_table(group)}" for name, group in groups().items()]
    start = f"## Initial state\n\n{paragraph(Initial.__doc__)}\n\n{number_table(Initial)}"
    peace = f"`[initial.settlement]`: {paragraph(Settlement.__doc__)}\n\n{number_table(Settlement)}"
    return page("Parameters", text, _counts(), *parts, start, peace, _priors())


def _priors() -> str:
    text = (
        'What `doctrine calibrate` leaves free, flat between its bounds. A scenario with `parameters = "posterior"` '
        "gives each world a set of its own from what the record leaves standing of these priors."
    )
    rows = [(code(name), f"{p.low:g}", f"{p.high:g}", "log" * p.log, p.reason) for name, p in PRIORS.items()]
    return f"## Free parameters\n\n{text}\n\n" + table(("parameter", "from", "to", "scale", "the bounds say"), rows)


def _sources() -> str:
    used = {number.source for number in quantities(Parameters)}
    return " ".join(f"*{word.capitalize()}*: {meaning}." for word, meaning in SOURCES.items() if word in used)


def _counts() -> str:
    words = [number.source for number in quantities(Parameters)]
    rows = [(word, str(words.count(word))) for word in SOURCES if word in words]
    return table(("source", "parameters"), [*rows, ("all", str(len(words)))])


def doctrines() -> str:
    """Dials and presets of every actor."""
    text = (
        "What an actor wants, believes and says. A scenario names a preset under the actor's table and may change any "
        f"dial of it. {paragraph(presets.__doc__, 1)}"
    )
    return page("Doctrines", text, *(_actor(actor, dials) for actor, dials in DOCTRINES.items()))


def _actor(actor: str, dials: type[Table]) -> str:
    meanings = [(code(dial.name), dial.allowed, dial.meaning) for dial in quantities(dials)]
    origins = [
        (code(name) + " (default)" * (name == DEFAULT_PRESET[actor]), preset.summary)
        for name, preset in PRESETS[actor].shipped.items()
    ]
    doctrines = [preset.doctrine for preset in PRESETS[actor].shipped.values()]
    names = [dial.name for dial in quantities(dials)]
    rows = [(code(name), *(shown(attrgetter(name)(doctrine)) for doctrine in doctrines)) for name in names]
    return "\n\n".join(
        [
            f"## {actor}",
            paragraph(dials.__doc__),
            table(("dial", "allowed", "meaning"), meanings),
            table(("preset", "where it comes from"), origins),
            table(("dial", *map(code, PRESETS[actor].shipped)), rows),
        ]
    )


def mechanisms() -> str:
    """Every switch, by the part of the model it stands in, and the files that read it."""
    text = (
        "Every mechanism is on unless a scenario switches it off by name under `[mechanisms]`, as in "
        "`leverage = false`, so that a reader can see which channel carries a result."
    )
    heading, parts = "", {}
    for line in inspect.getsource(Mechanisms).splitlines():
        if comment := re.match(r"\s*# (.+)", line):
            heading = comment[1]
        elif field := re.match(r"\s*(\w+): bool", line):
            parts.setdefault(heading, []).append(field[1])
    sections = [
        f"## {heading}\n\n" + table(("switch", "default", "meaning", "read in"), map(_switch, names))
        for heading, names in parts.items()
    ]
    return page("Mechanisms", text, *sections)


def _switch(name: str) -> tuple[str, ...]:
    field = Mechanisms.model_fields[name]
    return code(name), shown(field.default), paragraph(field.description), ", ".join(map(code, readers(name)))


def readers(mechanism: str) -> list[str]:
    """Files of the model that ask whether a mechanism is on."""
    asked = re.compile(rf"\b(?:on|mechanisms)\.{mechanism}\b")
    files = [ROOT / "sim" / "model.py", *sorted((ROOT / "sim" / "actors").glob("*.py"))]
    return [path.relative_to(ROOT / "sim").as_posix() for path in files if asked.search(path.read_text("utf-8"))]


def variables() -> str:
    """Everything that a Dataset holds, as a run of one world tells it."""
    data = one_scenario(load("classroom").with_horizon(1), Ensemble(worlds=1)).simulate()
    text = (
        "What a run returns: an `xarray.Dataset` whose variables carry their unit and label. A number outside its "
        "domain is an error that names the world, the month and the actor. `refusal` is 0 both where nothing was "
        "proposed and where the proposal was signed; `territory_change` is what fighting moved, not what an agreement "
        "redrew."
    )
    known = data.data_vars.items()
    monthly = [
        (*_described(name, v), _domain(str(name)), MONTHLY[name].actor) for name, v in known if v.dims == PATH_DIMS
    ]
    by_world = [_described(name, v) for name, v in known if v.dims == WORLD_DIMS]
    more = [
        (*_described(name, v), ", ".join(map(str, v.dims[len(WORLD_DIMS) :])))
        for name, v in known
        if v.dims not in (PATH_DIMS, WORLD_DIMS)
    ]
    classes = [(str(value), name) for value, name in class_names(data["outcome"]).items()]
    head = ("variable", "unit", "what")
    return page(
        "Variables",
        text,
        f"## Every month\n\nDims {_listed(PATH_DIMS)}.\n\n" + table((*head, "domain", "actor"), monthly),
        f"## Every world\n\nDims {_listed(WORLD_DIMS)}.\n\n" + table(head, by_world),
        "## Every world and more\n\n" + table((*head, "further dims"), more),
        "## Classes of outcome\n\n" + table(("value", "class"), classes),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))


def _described(name: Any, variable: Any) -> tuple[str, str, str]:
    return code(str(name)), variable.attrs.get("units", "calendar month"), variable.attrs["long_name"]


def _domain(name: str) -> str:
    variable = MONTHLY[name]
    low, high = (f"{bound:g}".replace("inf", "∞") for bound in (variable.low, variable.high))
    return f"{'above ' * variable.positive}{low} to {high}" + ", or missing" * variable.missing


def scenarios() -> str:
    """The shipped scenarios: the question of each, its months, what it sets, and its opening comment."""
    text = (
        "The scenarios that come with the package, `doctrine run NAME`. One that extends another changes only what the "
        "last column names; below, each in its own words."
    )
    rows, stories = [], []
    for name, path in shipped().items():
        scenario, source = load(name), path.read_text(encoding="utf-8")
        data = tomllib.loads(source)
        own = _listed(key for key in data if key not in ("title", "question", "extends"))
        months = f"{scenario.calendar[0]} to {scenario.calendar[-1]}"
        rows.append((code(name), scenario.question, months, code(data.get("extends", "").removesuffix(".toml")), own))
        comment = takewhile(lambda line: line.startswith("# "), source.split("\n"))
        told = " ".join(line.removeprefix("# ") for line in comment)
        stories.append(f"## {name}: {scenario.title}\n\n{told}")
    return page("Scenarios", text, table(("scenario", "question", "months", "extends", "sets"), rows), *stories)


def own_months() -> str:
    """The tables that a user may add to the record, with their columns."""
    text = (
        "What a table of months of your own may hold ([how to add one](../how-to/add-your-own-months.md)). The first "
        "line of the CSV file names the columns, in any order; a column with several units is called by the one that "
        "it is in."
    )
    parts = []
    for found in layout.tables().values():
        known = f"A row is known by {_listed(found.key)}: a second one with the same revises it."
        rows = [(_headings(column), _meaning(column), _needed(column)) for column in found.columns]
        head = f"## {found.name}\n\n{found.meaning[:1].upper() + found.meaning[1:]}. {known}"
        parts.append(f"{head}\n\n{table(('column', 'what is in it', 'needed'), rows)}")
    return page("Your own months", text, *parts)


def _headings(column: layout.ColumnLayout) -> str:
    names = [f"{column.name}_{unit.name}" for unit in column.units] or [column.name]
    return " or ".join(map(code, names))


def _meaning(column: layout.ColumnLayout) -> str:
    return f"{column.meaning}: {', '.join(map(code, column.names))}" if column.names else column.meaning


def _needed(column: layout.ColumnLayout) -> str:
    return "may be left out" if column.may_lack else "cells may be empty" if column.may_be_empty else "in every row"


def record() -> str:
    """The seven facts of the record, each with its sentence and its statistics."""
    introduction = (
        "The patterns that a good model reproduces, computed from the observed tables by `sim.record.facts`. Money is "
        "EUR bn a month, territory km2, opinion percent."
    )
    said = [paragraph(function.__doc__) for _, function in inspect.getmembers(facts, inspect.isfunction)]
    rows = [
        (f"Fact {row.fact}: ", code(row.statistic), significant(row.value, 4)) for row in facts.table().itertuples()
    ]
    parts = []
    for text in sorted(text for text in said if text.startswith("Fact ")):
        head, sentence = text.split(": ", 1)
        found = table(("statistic", "value"), (row[1:] for row in rows if text.startswith(row[0])))
        parts.append(f"## {head}\n\n{sentence[:1].upper() + sentence[1:]}\n\n{found}")
    return page("The record", introduction, *parts, _revisions())


def _revisions() -> str:
    """How far a later release moved what an earlier one had."""
    frame = pd.concat([vintages.revisions(), vintages.revisions("2024-01")])
    text = (
        f"Published months are revised. What Release {monthly.releases()[-1]} of the Ukraine Support Tracker made of "
        f"the months that Release {monthly.releases()[0]} has, computed by `sim.record.vintages.revisions`: change "
        "of the total (share), standard deviation of the monthly change (EUR bn), the same and the largest of "
        f"logarithms of EUR {vintages.OFFSET:g} bn more, and standard deviation of the change of sums of two and six "
        "months (share). `sim.record.series(release=28)` gives the older one."
    )
    rows = [
        tuple(f"{cell:g}" if isinstance(cell, float) else cell for cell in row) for row in frame.to_numpy().tolist()
    ]
    return f"## Two releases\n\n{text}\n\n{table(tuple(map(code, frame.columns)), rows)}"


SUBJECT_TITLES = {
    "settlement": "After a settlement",
    "truce": "After a truce",
    "guarantee": "By kind of guarantee",
    "vagueness": "By what is left open",
    "duration": "How long wars last",
    "talks": "Talks",
    "treaty": "Treaties before the Senate",
    "leaders": "Leaders",
    "crisis": "Crises elsewhere",
}


def base_rates() -> str:
    """What other wars say, and the priors that follow."""
    text = (
        "There was one war in Ukraine and no settlement of it, so that the record cannot say how long one would last. "
        "Other wars can, alliances, leaders and the Senate too: numbers that count what happened to many cases, with "
        "the 90 % interval that so many cases leave. *Computed* rates are from published data by "
        "`docs/make_base_rates.py`; *published* ones stand in the work named. Rules of coding, "
        "and the whole of each row: [sources](../../sim/record/tables/SOURCES.md) and `base_rates.csv` beside it."
    )
    return page(
        "Base rates",
        text,
        _cautions(),
        "## The priors that follow\n\n" + _following(),
        "![Dots with intervals: chance a month that peace broke, by kind of peace](../images/base-rates.png)",
        *(f"## {SUBJECT_TITLES[subject]}\n\n{_rates_on(subject)}" for subject in SUBJECTS),
        NOT_FOUND,
    )


NOT_FOUND = """## Looked for, and not found

Judgement stays judgement where no count could be had: how much a gain to be made tempts to break a peace (Werner
and Yuen 2005 find that ceasefires under outside pressure fail more, a sign without a size that the model could
use); who gains from a pause; how often foes talk in a month without a mediator; how many months of talks table a
whole proposal; what a month of war or a concession costs a government at home.

Of data sets that could have said more: *PA-X* has what peace agreements say, and not whether they held, so that it
gives how often a process concludes and no hazard of peace; it was had in Version 4, which ends in 2020. The data of
Fortna (2004) on ceasefires between states, and those of Werner and Yuen (2005), were not to be had: their numbers are
as printed, where one is printed. How often states at war talk in a month is in the data of Min (2020), which were not
to be had either."""


def _cautions() -> str:
    known = {name: rate.value for name, rate in rates().items()}
    longer = known["settlement_alone"] / known["war_again"]
    ends = known["long_wars_end"]  # a victor ends a war as well: what is left for none is their part of all ends
    undecided = -100.0 * math.expm1(-36.0 * ends) * known["long_wars_end_undecided"] / ends
    return f"""## Four cautions

- **Selection.** A truce happens where a settlement was out of reach, peacekeepers go where peace is harder,
  alliances are made where war is feared, presidents bring treaties that they expect to pass. Each rate mixes what
  was done with where it was done. None is an effect.
- **Civil wars and wars between states.** Most hazards of peace are from civil wars, because there are enough of
  them. Peace between states lasted {longer:.0f} times as long, but most of those wars had a victor, and a ceasefire
  that failed within a war is not counted there. The prior of `peace.hazard` runs from the one class to the other,
  since which of them this war is like is the question.
- **Hazards fall.** After a truce war came back at {known["truce_first_year"]:.2g} a month in the first year and at
  {known["truce_next_years"]:.2g} in the next two. The model's hazard is one number, so it is set against the first
  36 months, which scenarios look ahead.
- **Long wars.** Of wars between states that had lasted two years, {undecided:.0f} of 100 ended with no victor
  within 36 months more, by the rates at which they end. An outlook in which many more worlds settle needs a reason
  why this war is unlike them."""


def _following() -> str:
    numbers = {number.name: number for number in quantities(Parameters)}
    against = against_base_rates()
    rows = []
    for prior in priors().values():
        here, free = numbers.get(prior.parameter), PRIORS.get(prior.parameter)
        rows.append(
            (
                code(prior.parameter),
                f"{here.default:g}" if here else "not in the model yet",
                f"{free.low:g} to {free.high:g}" if free else "",
                f"{prior.low:g} to {prior.high:g}" + ", in logarithms" * (prior.scale == "log"),
                against.get(prior.parameter, "within" if here else ""),
                prior.reason,
            )
        )
    head = ("parameter", "today", "free today", "flat from base rates", "today against them", "why these ends")
    return table(head, rows)


def _rates_on(subject: str) -> str:
    chosen = [rate for rate in rates().values() if rate.subject == subject]
    head = ("rate", "number", "what it counts", "years", "cases", "source", "beware", "speaks to")
    return table(head, map(_rate_row, chosen))


def _rate_row(rate: BaseRate) -> tuple[str, ...]:
    between = (
        "" if rate.low is None or rate.high is None else f" ({significant(rate.low, 2)} to {significant(rate.high, 2)})"
    )
    cases = "" if rate.n is None else f"{rate.n:,}" + ("" if rate.events is None else f", {rate.events:,} did")
    speaks_to = ", ".join(word if word in OUTCOMES else code(word) for word in rate.speaks_to)
    number = f"{significant(rate.value, 2)}{between} {rate.unit}"
    source = f"{rate.source} ({rate.basis}: {rate.how})"
    return code(rate.rate), number, rate.counts, rate.years, cases, source, rate.beware, speaks_to


PAGES = {
    "base-rates.md": base_rates,
    "parameters.md": parameters,
    "doctrines.md": doctrines,
    "mechanisms.md": mechanisms,
    "variables.md": variables,
    "scenarios.md": scenarios,
    "record.md": record,
    "own_months.md": own_months,
}


def main() -> None:
    """Write the pages."""
    OUT.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (OUT / name).write_text(make(), encoding="utf-8")
        print(f"wrote {(OUT / name).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
