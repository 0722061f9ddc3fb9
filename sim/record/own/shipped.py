"""What the shipped record says in the place of a row of a user's own."""

from __future__ import annotations

from functools import cache

from sim.basics.typed_numbers import number
from sim.record import columns
from sim.record.own import layout
from sim.record.own.cells import Value
from sim.record.own.layout import Row, TableLayout


def shipped_row(table: TableLayout, row: Row) -> Row | None:
    """What the shipped record says in the place of a row; None where it has nothing there.

    Columns that it has not are as in the row, and so are those that the row leaves out, but for money: a sum that is
    left out counts as none.
    """
    whole = table.name == "aid" and row["donor"] == layout.bloc_of(str(row["donor"]))
    shipped, places = _shipped(table.name, whole)
    place = next((places[key] for key in table.keys_of(row) if key in places), None)
    if place is None:
        return None
    values = {column: _typed(shipped[column.name][place]) for column in table.columns if column.name in shipped}
    return {**row, **{c.name: value for c, value in values.items() if c.name in row or (c.units and value)}}


@cache
def _shipped(name: str, whole: bool) -> tuple[dict[str, list[str]], dict[tuple[Value, ...], int]]:
    """A table that ships, in the columns of the user's, and where the row is that is known by a key."""
    shipped = columns({"aid": "aid" if whole else "aid_by_donor", "line": "territory"}.get(name, name))
    heads = {"bloc": "donor", "held_km2": "held"}
    cells = {heads.get(head, head): texts for head, texts in shipped.items()}
    table = layout.tables()[name]
    known_by = [column.name for column in table.columns if column.name in {*table.key, layout.BY_NAME}]
    rows = zip(*(cells[column] for column in known_by), strict=True)
    places: dict[tuple[Value, ...], int] = {}
    for place, texts in enumerate(rows):
        for key in table.keys_of(dict(zip(known_by, texts, strict=True))):
            places.setdefault(key, place)
    return cells, places


def _typed(text: str) -> Value:
    """A cell of a table that ships."""
    value = int(text) if text.isdecimal() else number(text)
    return (text or None) if value is None else value
