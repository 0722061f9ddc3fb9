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
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the tables describe this checkout, not a package installed elsewhere

from sim.dataset import PATH_DIMS, WORLD_DIMS
from sim.doctrine import DOCTRINES, FACTIONS, Table
from sim.ensemble import run
from sim.mechanisms import Mechanisms
from sim.parameters import Parameters
from sim.presets import DEFAULT_PRESET, PRESETS
from sim.recorder import MAY_BE_MISSING, MONTHLY
from sim.scenario import Scenario, load, shipped
from sim.scenario_tables import Initial

OUT = ROOT / "docs" / "reference"
COMMAND = "python docs/make_reference.py"
NOTHING = "—"

SOURCES = ("record", "tuned", "judgement")
"""Where a number can come from, as the docstrings of parameters say it."""
SOURCE = re.compile(rf"\(({'|'.join(SOURCES)})\b[:;,]?\s*([^()]*)\)")
SYMBOL = re.compile(r"^(k|[a-zA-Z]|[a-zA-Z]+_[A-Za-z]+|[a-z]\d|kappa|theta|amb)(?=,| per )")
"""A symbol stands first in a docstring, before a comma: "tau_U, months ahead that Ukraine weighs"."""
UNITS = (
    r"EUR bn a month",
    r"EUR bn",
    r"share a month per log point",
    r"log points",
    r"units of force",
    r"units a month",
    r"units",
    r"per unit of territory share",
    r"share a month",
    r"log-odds a month",
    r"log-odds",
    r"share of full support",
    r"share of budget",
    r"months",
    r"ayes",
    r"variance",
    r"chance a month",
    r"chance",
    r"log sd",
    r"sd",
    r"share",
    r"weight",
)
"""Units as docstrings name them; the one that a docstring names first is the parameter's."""
BARE = {"Share": "share, 0 to 1"}


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


def documented(name: str, field: Any) -> Documented:
    """A pydantic field as a row of a table."""
    text = " ".join((field.description or "").split())
    found = SOURCE.search(text)
    symbol = SYMBOL.match(text)
    return Documented(
        name,
        symbol[1] if symbol else "",
        unit_of(text),
        shown(field.default),
        allowed(field.metadata),
        ": ".join(part for part in found.groups() if part) if found else "",
        meaning_of(text),
    )


def fields(table: type[Table]) -> list[Documented]:
    """Every field of a table."""
    return [documented(name, field) for name, field in table.model_fields.items()]


def groups() -> dict[str, type[Table]]:
    """The tables of parameters, in the order of the month."""
    return {name: field.annotation for name, field in Parameters.model_fields.items()}  # type: ignore[misc]


def source_word(text: str) -> str:
    """The word that says where a number comes from, "" where there is none."""
    found = SOURCE.search(text)
    return found[1] if found else ""


def unit_of(text: str) -> str:
    """The unit that a docstring names first, "" where it names none."""
    plain = SOURCE.sub("", text)
    places = [(m.start(), -len(unit), unit) for unit in UNITS if (m := re.search(rf"\b{unit}\b", plain, re.I))]
    return min(places)[2] if places else ""


def meaning_of(text: str) -> str:
    """A docstring without its symbol and its source."""
    plain = SYMBOL.sub("", SOURCE.sub("", text)).lstrip(", ")
    plain = re.sub(r"\s+([.,;])", r"\1", plain)
    return plain[:1].upper() + plain[1:]


def allowed(metadata: Iterable[Any]) -> str:
    """The range that a field admits, in words."""
    bounds = {bound: getattr(rule, bound) for rule in metadata for bound in ("gt", "ge", "lt", "le") if hasattr(rule, bound)}
    if {"ge", "le"} <= bounds.keys():
        return f"{bounds['ge']:g} to {bounds['le']:g}"
    signs = {"gt": "above", "ge": "from", "lt": "below", "le": "up to"}
    return ", ".join(f"{signs[bound]} {limit:g}" for bound, limit in bounds.items()) or "any number"


def shown(value: Any) -> str:
    """A value as a reader writes it in a scenario file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(shown(item) for item in value)}]"
    return f"{value:g}" if isinstance(value, int | float) else "none" if value is None else str(value)


def paragraph(docstring: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(docstring or "").split("\n\n")[0].split())


# ---- pages


def page(title: str, text: str, *parts: str) -> str:
    """A page with its title, an introduction and its parts."""
    made = f"<!-- Made by `{COMMAND}`; edits are lost. -->"
    return "\n\n".join([made, f"# {title}", text, *parts]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; empty cells are dashes."""
    columns = list(head)
    cells = [columns, ["---"] * len(columns), *([cell or NOTHING for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells)


def code(text: str) -> str:
    """A name as code, "" if there is none."""
    return f"`{text}`" if text else ""


COLUMNS = ("name", "symbol", "unit", "default", "allowed", "source", "meaning")


def number_table(rows: Iterable[Documented]) -> str:
    """A table of numbers."""
    return table(COLUMNS, ((code(r.name), code(r.symbol), *r[2:]) for r in rows))


def parameters() -> str:
    """Every parameter, a table a stage, and the initial state."""
    text = (
        "Every number of the model that is not a dial, a table a stage, in the order of the scenario file's "
        "`[parameters.<stage>]`. Symbols are those of [the ODD document](../ODD.md). *Record*: read off the observed "
        "series; *tuned*: set by hand so that the scenario `history` comes near the record; *judgement*: chosen because "
        "it is plausible. No parameter of behaviour is estimated statistically; those of the vote equation and of "
        "Europe's members are, and stand in `sim/record/tables/`."
    )
    parts = [
        f"## {name}\n\n{paragraph(group.__doc__)} ({len(group.model_fields)} parameters)\n\n{number_table(fields(group))}"
        for name, group in groups().items()
    ]
    start = f"## Initial state\n\n{paragraph(Initial.__doc__)}\n\n{number_table(_initial())}"
    return page("Parameters", text, _counts(), *parts, start)


def _initial() -> list[Documented]:
    return [row._replace(source=row.source or NOTHING) for row in fields(Initial)]


def _counts() -> str:
    words = [source_word(" ".join(field.description.split())) for g in groups().values() for field in g.model_fields.values()]
    rows = [(word or "not said", str(words.count(word))) for word in (*SOURCES, "") if words.count(word)]
    return table(("source", "parameters"), [*rows, ("all", str(len(words)))])


def doctrines() -> str:
    """Dials and presets of every actor."""
    text = (
        "What an actor wants, believes and says, as dials from 0 to 1. A scenario names a preset and may change any dial "
        "of it. Every value is a judgement about the school of thought or the historical case that the preset names."
    )
    return page("Doctrines", text, *(_actor(actor, dials) for actor, dials in DOCTRINES.items()))


def _actor(actor: str, dials: type[Table]) -> str:
    plain = {name: field for name, field in dials.model_fields.items() if not _is_table(field)}
    nested = {name: field.annotation for name, field in dials.model_fields.items() if _is_table(field)}
    meanings = [(code(name), allowed(field.metadata), paragraph(field.description)) for name, field in plain.items()]
    for name, inner in nested.items():
        for key, field in inner.model_fields.items():  # type: ignore[union-attr]
            meanings.append((code(f"{name}.{key}"), allowed(field.metadata), paragraph(field.description)))
    where = [
        (code(name) + (" (default)" if name == DEFAULT_PRESET[actor] else ""), preset.summary)
        for name, preset in PRESETS[actor].items()
    ]
    values = [(code(dial), *row) for dial, row in _values(actor).items()]
    return "\n\n".join(
        [
            f"## {actor}",
            paragraph(dials.__doc__),
            table(("dial", "allowed", "meaning"), meanings),
            table(("preset", "where it comes from"), where),
            table(("dial", *map(code, PRESETS[actor])), values),
        ]
    )


def _is_table(field: Any) -> bool:
    return isinstance(field.annotation, type) and issubclass(field.annotation, Table)


def _values(actor: str) -> dict[str, list[str]]:
    """Dials by preset, those of inner tables by dotted name."""
    flat = [dict(_flat(preset.doctrine.model_dump())) for preset in PRESETS[actor].values()]
    return {dial: [shown(preset[dial]) for preset in flat] for dial in flat[0]}


def _flat(values: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def mechanisms() -> str:
    """Every switch, by the part of the model it stands in, and the files that read it."""
    text = (
        "Every mechanism is on unless a scenario switches it off by name, `[mechanisms]` `leverage = false`, so that a "
        "reader can see which channel carries a result."
    )
    heading, parts = "", {}
    for line in inspect.getsource(Mechanisms).splitlines():
        if comment := re.match(r"\s*# (.+)", line):
            heading = comment[1]
        elif (field := re.match(r"\s*(\w+): bool", line)) and field[1] in Mechanisms.model_fields:
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
    files = sorted((ROOT / "sim").rglob("*.py"))
    return [path.relative_to(ROOT / "sim").as_posix() for path in files if asked.search(path.read_text("utf-8"))]


def variables() -> str:
    """Everything that a Dataset holds, as a run of one world tells it."""
    data = run(load("classroom").with_horizon(1), worlds=1)
    text = (
        "What a run returns: an `xarray.Dataset` whose variables carry their unit and label. A number outside its domain "
        "is an error that names the world, the month and the actor. Where the domain has no end, the bound is that of "
        "the model's own accounting."
    )
    monthly = [
        (code(name), MONTHLY[name].actor, v.attrs["units"], v.attrs["long_name"], _domain(name))
        for name, v in data.data_vars.items()
        if v.dims == PATH_DIMS
    ]
    by_world = [_described(name, v) for name, v in data.data_vars.items() if v.dims == WORLD_DIMS]
    others = [
        (*_described(name, v), ", ".join(map(str, v.dims[len(WORLD_DIMS) :])))
        for name, v in data.data_vars.items()
        if v.dims not in (PATH_DIMS, WORLD_DIMS)
    ]
    meanings = data["outcome"].attrs
    classes = zip(meanings["flag_values"], meanings["flag_meanings"].split(", "), strict=True)
    return page(
        "Variables",
        text,
        f"## Every month\n\nDims `{PATH_DIMS}`.\n\n" + table(("variable", "actor", "unit", "what", "domain"), monthly),
        f"## Every world\n\nDims `{WORLD_DIMS}`.\n\n" + table(("variable", "unit", "what"), by_world),
        "## Every world and more\n\n" + table(("variable", "unit", "what", "further dims"), others),
        "## Classes of outcome\n\n" + table(("value", "class"), ((str(value), name) for value, name in classes)),
    )


def _described(name: Any, variable: Any) -> tuple[str, str, str]:
    return code(str(name)), variable.attrs.get("units", "month"), variable.attrs["long_name"]


def _domain(name: str) -> str:
    low, high = (f"{bound:g}".replace("inf", "∞") for bound in (MONTHLY[name].low, MONTHLY[name].high))
    missing = ", or missing" if name in MAY_BE_MISSING else ""
    return f"{low} to {high}{missing}"


def scenarios() -> str:
    """The shipped scenarios: the question of each, what it changes, and its calendar."""
    text = (
        "The scenarios that come with the package; `doctrine run NAME` runs one. A scenario that extends another changes "
        "only what its own column says."
    )
    found = {name: (load(name), path) for name, path in shipped().items()}
    rows = [
        (code(name), scenario.question, f"{scenario.calendar[0]} to {scenario.calendar[-1]}", *_changes(path))
        for name, (scenario, path) in found.items()
    ]
    stories = [_story(name, scenario, path) for name, (scenario, path) in found.items()]
    return page("Scenarios", text, table(("scenario", "question", "months", "extends", "sets"), rows), *stories)


def _changes(path: Path) -> tuple[str, str]:
    """What a file extends, and the tables that it sets."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    own = [key for key in data if key not in ("title", "question", "extends", "name")]
    return code(data.get("extends", "").removesuffix(".toml")), ", ".join(map(code, own))


def _story(name: str, scenario: Scenario, path: Path) -> str:
    lines = path.read_text(encoding="utf-8").split("\n")
    comment = [line.removeprefix("# ") for line in lines[: next(i for i, s in enumerate(lines) if not s.startswith("#"))]]
    return f"## {name}: {scenario.title}\n\n" + " ".join(comment)


PAGES = {
    "parameters.md": parameters,
    "doctrines.md": doctrines,
    "mechanisms.md": mechanisms,
    "variables.md": variables,
    "scenarios.md": scenarios,
}


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    return {name: make() for name, make in PAGES.items()}


def main() -> None:
    """Write the pages."""
    OUT.mkdir(exist_ok=True)
    for name, text in pages().items():
        (OUT / name).write_text(text, encoding="utf-8")
        print(f"wrote {(OUT / name).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
