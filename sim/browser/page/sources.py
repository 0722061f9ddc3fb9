"""The sources that a page carries: the modules that its worker imports, and those that they import, and so on.

They are found by reading imports, not by importing, and go into the page as they are: there is no second model. What
stands in a function is imported when that runs, which in a page is never: what would need pydantic, pandas or processes
stands there. Tables of the record that these modules read go along.
"""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import sim

ROOT = Path(sim.__file__).parent
START = "sim.browser.page.inside"
"""What the worker imports."""
STAMP = (1980, 1, 1, 0, 0, 0)
"""Of every file in an archive, so that the same sources make the same bytes."""


def archive(start: str = START) -> bytes:
    """The sources as a zip without compression: all of the page is compressed at once."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as held:
        for name, place in sorted(modules(start).items()):
            held.writestr(zipfile.ZipInfo(name, STAMP), place.read_bytes())
    return room.getvalue()


def modules(start: str = START) -> dict[str, Path]:
    """Files by their place in an archive: a module, the packages that it lies in, and whatever those import or read."""
    found: dict[str, Path] = {}
    wanted = [start]
    while wanted:
        name = wanted.pop()
        place = _file(name)
        if place is None or (inside := place.relative_to(ROOT.parent).as_posix()) in found:
            continue
        tree = ast.parse(place.read_text(encoding="utf-8"))
        found |= {inside: place, **{table.relative_to(ROOT.parent).as_posix(): table for table in _tables(tree)}}
        wanted += [name.rpartition(".")[0], *_imported(tree.body)]
    return found


def _tables(tree: ast.Module) -> Iterator[Path]:
    """The tables that a module reads by `sim.record.columns`."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "columns" and isinstance(one.args[0], ast.Constant):
            yield ROOT / "record" / "tables" / f"{one.args[0].value!s}.csv"


def _file(name: str) -> Path | None:
    """The file of a module of this package; None for a name within a module, and for other packages."""
    top, *path = name.split(".")
    place = ROOT.joinpath(*path)
    if top != sim.__name__:
        return None
    return next((file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()), None)


def _imported(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """What statements import when their module is imported, by full name; those for type checkers alone are not."""
    for one in statements:
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module:
            yield from (one.module, *(f"{one.module}.{alias.name}" for alias in one.names))
        elif isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING":
            yield from _imported(one.orelse)
        elif not isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for part in ("body", "orelse", "finalbody"):
                yield from _imported(getattr(one, part, ()))
