"""Write the tables in docs/reference/ from what the code says about itself: `python docs/make_reference.py`.

Nothing is typed in here that the code knows: names, defaults, ranges and meanings are those of the pydantic tables,
presets, mechanisms and shipped scenarios; recorded variables are those of a Dataset made by a run of one world.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim import presets
from sim.calibration.priors import PRIORS
from sim.doctrine import DOCTRINES, Table
from sim.ensemble import run
from sim.ensemble.dataset import PATH_DIMS, WORLD_DIMS
from sim.ensemble.recorder import MAY_BE_MISSING, MONTHLY
from sim.mechanisms import Mechanisms
from sim.parameters import Parameters
from sim.presets import DEFAULT_PRESET, PRESETS
from sim.record import facts
from sim.scenario import load, shipped
from sim.scenario.tables import Initial, Settlement

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "reference"
NOTHING = "—"

SOURCES = ("record", "tuned", "judgement")
"""Where a number can come from, as the docstrings of parameters say it."""
SOURCE = re.compile(rf"\(({'|'.join(SOURCES)})\b[:;,]?\s*([^()]*)\)")
SYMBOL = re.compile(r"^([a-zA-Z]+_[A-Za-z]+|[a-zA-Z]\d?|kappa|theta|amb)(?=,| per )")
"""A symbol stands first in a docstring, before a comma: "tau_U, months ahead that Ukraine weighs"."""
UNITS = (
    *("EUR bn a month", "EUR bn", "units of force", "units a month", "units"),
    *("share a month per log point", "share a month", "share of full support", "share of budget"),
    *("per unit of territory share", "per log point", "log points", "months", "ayes"),
)
"""Units that count wherever a docstring names them."""
OPENINGS = {
    "log-odds": "log-odds",
    "log-hazard": "log-hazard",
    "log sd": "log points",
    "variance": "variance",
    "chance a month": "chance a month",
    "chance": "chance",
    "exponent": "exponent",
    "count": "promises",
    "growth": "share a month",
    "share": "share",
    "weight": "weight",
    "sanctions": "0 to 1",
}
"""What a docstring begins with, and the unit that it means."""
TABLE_UNITS = {
    "executive": "weight",
    "bureaucracy": "0 to 1",
    "preferences": "utility",
    "table": "utility",
    "patron": "utility",
}
"""Unit of the numbers of a table whose docstrings name none and that are not shares."""
A_SHARE = ("0 to 1", "above 0, up to 1", "from 0, below 1", "above 0, below 1")
COLUMNS = ("name", "symbol", "unit", "default", "allowed", "source", "meaning")


class Documented(NamedTuple):
    """A number of the model as its docstring tells it."""

    name: str
    symbol: str
    unit: str
    default: str
    allowed: str
    source: str
    meaning: str


# ---- reading the code


def groups() -> dict[str, type[Table]]:
    """The tables of parameters."""
    return {name: field.annotation for name, field in Parameters.model_fields.items()}


def numbers(group: type[Table], otherwise: str = "number") -> list[Documented]:
    """Every number of a table; `otherwise` is the unit of those that name none and are not shares."""
    plain = {name: field for name, field in group.model_fields.items() if not is_table(field)}
    return [documented(name, field, otherwise) for name, field in plain.items()]


def documented(name: str, field: Any, otherwise: str) -> Documented:
    """A pydantic field as a row of a table."""
    text = paragraph(field.description)
    found, symbol = SOURCE.search(text), SYMBOL.match(text)
    return Documented(
        name,
        symbol[1] if symbol else "",
        unit_of(text) or ("0 to 1" if allowed(field) in A_SHARE else otherwise),
        shown(field.default),
        allowed(field),
        ": ".join(part for part in found.groups() if part) if found else "",
        meaning_of(text),
    )


def is_table(field: Any) -> bool:
    """Whether a field holds a table, or may."""
    kinds = getattr(field.annotation, "__args__", (field.annotation,))
    return any(isinstance(kind, type) and issubclass(kind, Table) for kind in kinds)


def source_word(text: str | None) -> str:
    """The word that says where a number comes from, "" where there is none."""
    found = SOURCE.search(paragraph(text))
    return found[1] if found else ""


def unit_of(text: str) -> str:
    """The unit that a docstring names: after its last comma, else anywhere, else by its beginning; "" for none."""
    plain = SYMBOL.sub("", SOURCE.sub("", text)).strip(" .,")
    last = plain.rpartition(", ")[2].lower()
    ending = next((unit for unit in (*UNITS, "share") if last == unit.lower()), "")
    inside = next((unit for unit in UNITS if re.search(rf"\b{unit}\b", plain, re.IGNORECASE)), "")
    opening = next((unit for words, unit in OPENINGS.items() if re.match(rf"{words}\b", plain, re.IGNORECASE)), "")
    return ending or inside or opening


def meaning_of(text: str) -> str:
    """A docstring without its symbol and its source."""
    plain = SYMBOL.sub("", SOURCE.sub("", text)).lstrip(", ")
    plain = re.sub(r"\s+([.,;])(?=\s|$)", r"\1", plain)
    return plain[:1].upper() + plain[1:]


def allowed(field: Any) -> str:
    """The range that a field admits, in words."""
    bounds = {b: getattr(rule, b) for rule in field.metadata for b in ("gt", "ge", "lt", "le") if hasattr(rule, b)}
    if {"ge", "le"} <= bounds.keys():
        return f"{bounds['ge']:g} to {bounds['le']:g}"
    signs = {"gt": "above", "ge": "from", "lt": "below", "le": "up to"}
    free = "any number" if field.annotation in (float, int) else ""
    return ", ".join(f"{signs[bound]} {limit:g}" for bound, limit in bounds.items()) or free


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


def number_table(rows: Iterable[Documented]) -> str:
    """A table of numbers."""
    return table(COLUMNS, ((code(row.name), code(row.symbol), *row[2:]) for row in rows))


# ---- the pages


def parameters() -> str:
    """Every parameter, a table a stage, and the initial state."""
    text = (
        "Every number of the model that is not a dial; a scenario changes one under `[parameters.<table>]`. Units: "
        "money is EUR bn, territory a share of Ukraine, a step one month, utility such that 1 % of Ukraine is worth "
        "0.1 to a warring side of the reference resolve. Symbols are those of [the ODD document](../ODD.md).\n\n"
        "*Record*: read off the observed series. *Tuned*: set by hand so that the scenario `history` comes near the "
        "record. *Judgement*: chosen because it is plausible. No default is estimated statistically; the vote equation "
        "and the budgets of Europe's members are, and stand in `sim/record/tables/`."
    )
    parts = [
        f"## {name}\n\n{paragraph(group.__doc__)}\n\n{number_table(numbers(group, TABLE_UNITS.get(name, 'number')))}"
        for name, group in groups().items()
    ]
    start = f"## Initial state\n\n{paragraph(Initial.__doc__)}\n\n{number_table(numbers(Initial))}"
    peace = f"`[initial.settlement]`: {paragraph(Settlement.__doc__)}\n\n{number_table(numbers(Settlement))}"
    return page("Parameters", text, _counts(), *parts, start, peace, _priors())


def _priors() -> str:
    text = (
        'What `doctrine calibrate` leaves free, flat between its bounds. A scenario with `parameters = "posterior"` '
        "gives each world a set of its own from what the record leaves standing of these priors."
    )
    rows = [(code(name), f"{p.low:g}", f"{p.high:g}", "log" * p.log, p.reason) for name, p in PRIORS.items()]
    return f"## Free parameters\n\n{text}\n\n" + table(("parameter", "from", "to", "scale", "the bounds say"), rows)


def _counts() -> str:
    words = [source_word(field.description) for group in groups().values() for field in group.model_fields.values()]
    rows = [(word or "not said", str(words.count(word))) for word in (*SOURCES, "") if word in words]
    return table(("source", "parameters"), [*rows, ("all", str(len(words)))])


def doctrines() -> str:
    """Dials and presets of every actor."""
    text = (
        "What an actor wants, believes and says. A scenario names a preset under the actor's table and may change any "
        f"dial of it. {paragraph(presets.__doc__, 1)}"
    )
    return page("Doctrines", text, *(_actor(actor, dials) for actor, dials in DOCTRINES.items()))


def _actor(actor: str, dials: type[Table]) -> str:
    meanings = [(code(name), allowed(field), paragraph(field.description)) for name, field in _dials(dials)]
    origins = [
        (code(name) + " (default)" * (name == DEFAULT_PRESET[actor]), preset.summary)
        for name, preset in PRESETS[actor].items()
    ]
    doctrines = [preset.doctrine for preset in PRESETS[actor].values()]
    rows = [(code(name), *(shown(attrgetter(name)(doctrine)) for doctrine in doctrines)) for name, _ in _dials(dials)]
    return "\n\n".join(
        [
            f"## {actor}",
            paragraph(dials.__doc__),
            table(("dial", "allowed", "meaning"), meanings),
            table(("preset", "where it comes from"), origins),
            table(("dial", *map(code, PRESETS[actor])), rows),
        ]
    )


def _dials(dials: type[Table], before: str = "") -> Iterator[tuple[str, Any]]:
    """Dials and those of inner tables, by dotted name."""
    for name, field in dials.model_fields.items():
        if is_table(field):
            yield from _dials(field.annotation, f"{before}{name}.")
        else:
            yield before + name, field


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
    data = run(load("classroom").with_horizon(1), worlds=1)
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
    outcome = data["outcome"].attrs
    classes = zip(map(str, outcome["flag_values"]), outcome["flag_meanings"].split(", "), strict=True)
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
    low, high = (f"{bound:g}".replace("inf", "∞") for bound in (MONTHLY[name].low, MONTHLY[name].high))
    return f"{low} to {high}" + ", or missing" * (name in MAY_BE_MISSING)


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


def record() -> str:
    """The seven facts of the record, each with its sentence and its statistics."""
    introduction = (
        "The patterns that a good model reproduces, computed from the observed tables by `sim.record.facts`. Money is "
        "EUR bn a month, territory km2, opinion percent."
    )
    said = [paragraph(function.__doc__) for _, function in inspect.getmembers(facts, inspect.isfunction)]
    rows = [(f"Fact {row.fact}: ", code(row.statistic), f"{row.value:,.4g}") for row in facts.table().itertuples()]
    parts = []
    for text in sorted(text for text in said if text.startswith("Fact ")):
        head, sentence = text.split(": ", 1)
        found = table(("statistic", "value"), (row[1:] for row in rows if text.startswith(row[0])))
        parts.append(f"## {head}\n\n{sentence[:1].upper() + sentence[1:]}\n\n{found}")
    return page("The record", introduction, *parts)


PAGES = {
    "parameters.md": parameters,
    "doctrines.md": doctrines,
    "mechanisms.md": mechanisms,
    "variables.md": variables,
    "scenarios.md": scenarios,
    "record.md": record,
}


def main() -> None:
    """Write the pages."""
    OUT.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (OUT / name).write_text(make(), encoding="utf-8")
        print(f"wrote {(OUT / name).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
