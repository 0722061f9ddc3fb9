"""Describe the record for other programs and for readers, from what its tables say of themselves.

`python docs/make_datapackage.py` writes `sim/record/tables/datapackage.json`, a Frictionless Data Package
(https://datapackage.org), and the lists of tables in `sim/record/tables/SOURCES.md`. Words, publishers, terms, units
and keys are those of `about.toml` beside the tables; the types of columns are read off the tables; a column with the
name of a parameter is that parameter, which describes itself.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim.record import tables
from sim.scenario.parameters import Parameters
from sim.scenario.quantities import quantities

ROOT = Path(__file__).parents[1]
FOLDER = tables.FOLDER
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NUMBERS = ("integer", "number")
"""Types of columns that have units."""
OWN = "own"
"""The terms of what this project has made."""
JUDGEMENT = "judgement"
"""Whose tables of judgements are, among the publishers."""
BEGIN, END = "<!-- {}: docs/make_datapackage.py writes what follows -->\n\n", "\n\n<!-- /{} -->"
"""Around a list in SOURCES.md."""


def about() -> dict[str, Any]:
    """What the tables say of themselves; there is a table for every declaration and a declaration for every table."""
    said = tomllib.loads((FOLDER / "about.toml").read_text(encoding="utf-8"))
    for name in set(tables.names()) ^ set(said["tables"]):
        missing = "is not declared" if name in tables.names() else "is declared, and there is no such table"
        raise ValueError(f"about.toml: {name!r} {missing}; a table and its [tables.{name}] come and go together")
    return said


# ---- the data package


def package() -> dict[str, Any]:
    """The descriptor of the whole record."""
    said = about()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {publisher for name in said["tables"] for publisher in publishers(said, name)}
    every = sorted(found, key=lambda publisher: (publisher == JUDGEMENT, publisher))
    return {
        "$schema": PROFILE,
        "name": "doctrine-sim-record",
        "title": "The record of the negotiations over Ukraine that doctrine-sim is held against",
        "description": "Observed tables are their publishers'; the terms of each stand with it. Estimated ones are "
        "made from them by the command beside them, and are this project's, under the MIT licence; where one repeats "
        "or sums figures of publishers, their terms stand beside it and hold for those figures. SOURCES.md has the "
        "caveats and the rules of coding.",
        "version": project["version"],
        "licenses": terms(said, [*(said["publishers"][name]["terms"] for name in every), OWN]),
        "sources": sources(said, every),
        "resources": [resource(said, name) for name in said["tables"]],
    }


def resource(said: dict[str, Any], name: str) -> dict[str, Any]:
    """The descriptor of a table."""
    declared, frame = said["tables"][name], tables.read(name)
    beware = f". Beware: {declared['beware']}" if "beware" in declared else ""
    schema = {"fields": list(fields(said, name, frame)), "missingValues": [""]}
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "description": declared["what"] + beware,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"commands": declared["commands"]} if "commands" in declared else {}),
        "licenses": terms(said, licences(said, name)),
        **({"sources": sources(said, found)} if (found := publishers(said, name)) else {}),
        "schema": schema | ({"primaryKey": declared["key"]} if "key" in declared else {}),
    }


def publishers(said: dict[str, Any], name: str) -> list[str]:
    """Whose figures a table holds, or is made of; of a table that nobody published and no command makes also ours."""
    declared = said["tables"][name]
    inherited = [publisher for part in declared.get("made_of", ()) for publisher in publishers(said, part)]
    own = [JUDGEMENT] if group(declared) == "judged" else []
    return list(dict.fromkeys([*declared.get("publishers", ()), *own, *inherited]))


def licences(said: dict[str, Any], name: str) -> list[str]:
    """The terms of a table: its publishers', or this project's and those of the publishers whose figures it repeats."""
    declared = said["tables"][name]
    own = [] if "publishers" in declared else [OWN]
    whose = [*declared.get("publishers", ()), *declared.get("holds", ())]
    for publisher in declared.get("holds", ()):
        if publisher not in publishers(said, name):
            raise ValueError(f"about.toml: [tables.{name}] holds {publisher!r}, which no table that it is made of has")
    return [*own, *(said["publishers"][publisher]["terms"] for publisher in whose)]


def terms(said: dict[str, Any], names: list[str]) -> list[dict[str, str]]:
    """Terms of use, each once."""
    return [said["terms"][name] for name in dict.fromkeys(names)]


def sources(said: dict[str, Any], names: list[str]) -> list[dict[str, str]]:
    """Publishers, as sources."""
    return [{key: value for key, value in said["publishers"][name].items() if key != "terms"} for name in names]


def fields(said: dict[str, Any], name: str, frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The descriptors of a table's columns, in their order."""
    declared = said["tables"][name]
    words, common = declared.get("columns", {}), parameters() | said["columns"]
    for column in frame:
        found = meaning(str(column), words, common)
        if found is None:
            raise ValueError(
                f"about.toml: [tables.{name}.columns] says nothing of {column!r}; a column needs a few words, and its "
                f'unit if it has one: {column} = {{ unit = "EUR bn", what = "..." }}'
            )
        told = (
            {"description": found} if isinstance(found, str) else {"description": found["what"], "unit": found["unit"]}
        )
        of = kind(name, str(column), frame[column])
        if of in NUMBERS and "unit" not in told:
            raise ValueError(
                f"about.toml: [tables.{name}.columns] {column!r} has no unit; a column of numbers needs one: "
                f'{column} = {{ unit = "EUR bn", what = "..." }}, "1" for a pure number'
            )
        yield {"name": column, "type": of, **told}
    for pattern in words:
        if not any(fnmatchcase(str(column), pattern) for column in frame):
            raise ValueError(f"about.toml: [tables.{name}.columns] tells of {pattern!r}, which is no column; remove it")


def meaning(column: str, own: dict[str, Any], common: dict[str, Any]) -> Any:
    """What is said of a column: by its name before a pattern, each by the table itself before all tables."""
    for same in (str.__eq__, fnmatchcase):
        for words in (own, common):
            for said, what in words.items():
                if same(column, said):
                    return what
    return None


def parameters() -> dict[str, Any]:
    """What the parameters of the model say of themselves."""
    every = quantities(Parameters)
    return {each.name: {"unit": each.unit, "what": each.meaning} if each.unit else each.meaning for each in every}


def kind(name: str, column: str, values: pd.Series[Any]) -> str:
    """The type of a column, as the file has it."""
    if column in tables.DATES:
        return "yearmonth" if set(map(len, cells(name, column))) == {len("2025-01")} else "date"
    checks: dict[str, Callable[[Any], bool]] = {
        "boolean": pd.api.types.is_bool_dtype,
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_numeric_dtype,
    }
    return next((kind for kind, holds in checks.items() if holds(values)), "string")


def cells(name: str, column: str) -> list[str]:
    """What stands in a column's cells that are not empty."""
    frame = pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    return [cell for cell in frame[column] if cell]


def descriptor() -> str:
    """The file datapackage.json."""
    return json.dumps(package(), indent=1, ensure_ascii=False) + "\n"


# ---- the lists for readers


def observed(said: dict[str, Any], name: str) -> list[str]:
    """A row of an observed table."""
    told = said["tables"][name]
    whose = [said["publishers"][publisher]["title"] for publisher in told["publishers"]]
    return [told["what"], "; ".join(whose), titles(said, name), told["beware"]]


def judged(said: dict[str, Any], name: str) -> list[str]:
    """A row of a table of judgements."""
    return [said["tables"][name]["what"]]


def estimated(said: dict[str, Any], name: str) -> list[str]:
    """A row of a table that commands make."""
    told = said["tables"][name]
    return [", ".join(f"`{command}`" for command in told["commands"]), told["what"], titles(said, name)]


def titles(said: dict[str, Any], name: str) -> str:
    """The terms of a table in words."""
    return "; ".join(each["title"] for each in terms(said, licences(said, name)))


LISTS: dict[str, tuple[list[str], Callable[[dict[str, Any], str], list[str]]]] = {
    "observed": (["what", "publisher", "terms", "beware"], observed),
    "judged": (["what"], judged),
    "estimated": (["command", "what", "terms"], estimated),
}
"""Every list: its columns beside the table's name, and what stands in them."""


def group(declared: dict[str, Any]) -> str:
    """The list that a table is in."""
    return "observed" if "publishers" in declared else "estimated" if "commands" in declared else "judged"


def page() -> str:
    """The file SOURCES.md: its text as it is, and its lists made anew."""
    said, text = about(), (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for name, (columns, row) in LISTS.items():
        rows = [[f"`{table}`", *row(said, table)] for table, told in said["tables"].items() if group(told) == name]
        lines = (f"| {' | '.join(cells)} |" for cells in [["table", *columns], ["---"] * (len(columns) + 1), *rows])
        before, begin, rest = text.partition(BEGIN.format(name))
        _, end, after = rest.partition(END.format(name))
        text = "".join([before, begin, "\n".join(lines), end, after])
    return text


FILES = {"datapackage.json": descriptor, "SOURCES.md": page}


def main() -> None:
    """Write the descriptor and the lists."""
    for name, make in FILES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8", newline="\n")
        print(f"wrote {(FOLDER / name).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
