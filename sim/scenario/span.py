"""What becomes of what a file inherits where it has another start, or another number of months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from sim.basics.mistakes import count
from sim.basics.months import is_month, month_after, month_number
from sim.scenario.check import entries_of, month_at
from sim.scenario.file import overlay
from sim.scenario.grants import euros, still_to_come, sum_of
from sim.scenario.json_schema import value_at
from sim.scenario.layers import CHANGES, EVENTS, Entry, Layers, in_a_row, some_of
from sim.scenario.tables import LONGEST_HORIZON, STATE_OF_DEFAULTS, Initial, Money

STATE = tuple(name for name in Initial.model_fields if name != "settlement")
"""The numbers of `[initial]`."""
DECIMALS = 5
"""Of a number of the record, in a note."""


def move(layers: Layers, own: dict[str, Any]) -> None:
    """Fit what is inherited to the months of the file that is laid on."""
    start, months = layers.tables.get("start"), layers.tables.get("months")
    new_start, new_months = own.get("start", start), own.get("months", months)
    if is_month(start) and is_month(new_start):
        _fold(layers, str(start), str(new_start))
    old, new = _span(start, months), _span(new_start, new_months)
    if old and new:
        _cut(layers, EVENTS, "month", old, new)
        for path in CHANGES.values():
            _cut(layers, path, "from", old, new)
    _open(layers, own, start, new_start)


def _span(start: Any, months: Any) -> tuple[str, str] | None:
    """The first and the last month, if both are sound."""
    whole = isinstance(months, int) and not isinstance(months, bool) and 1 <= months <= LONGEST_HORIZON
    return (start, month_after(start, months - 1)) if is_month(start) and whole else None


def _fold(layers: Layers, start: str, new_start: str) -> None:
    """Make the doctrine that is in force at a later start the one that holds from there on."""
    for actor, path in CHANGES.items():
        entries = layers.lists.get(path, [])
        past = [entry for entry in entries if start < month_at(entry.value, "from") <= new_start]
        for entry in past:
            head = layers.tables.get(actor, {})
            change = {key: value for key, value in entry.value.items() if key != "from"}
            layers.tables[actor] = change if "preset" in change else overlay(head, change)
        if past:
            layers.lists[path] = _without(entries, past)
            month = month_at(past[-1].value, "from")
            layers.doctrine_of[actor] = month
            layers.say(f"{actor}: the doctrine of {layers.parent} since {month} is in force at the start, {new_start}")


def _cut(layers: Layers, path: tuple[str, ...], key: str, old: tuple[str, str], new: tuple[str, str]) -> None:
    """Leave out what lay within the months inherited and lies outside the new ones.

    What lay outside before is a mistake of the file that has it, and stays one.
    """
    entries = [_rest(layers, entry, old[0], new[0]) for entry in layers.lists.get(path, [])]
    early = [entry for entry in entries if old[0] <= month_at(entry.value, key) < new[0]]
    late = [entry for entry in entries if new[1] < month_at(entry.value, key) <= old[1]]
    layers.lists[path] = _without(entries, [*early, *late])
    _say_cut(layers, path, key, early, f"before the start, {new[0]}")
    _say_cut(layers, path, key, late, f"after the end, {new[1]}")


def _rest(layers: Layers, entry: Entry, first: str, start: str) -> Entry:
    """Money that is still being granted at a later start, without the parts before; any other entry as it is."""
    past = first <= month_at(entry.value, "month") < start
    event = _money(entry.value) if past else None
    rest = still_to_come(event, start) if event else None
    if event is None or rest is None:
        return entry
    layers.say(
        f"events: of the {sum_of(event)} of {layers.parent} from {event.month} on, what comes from the start, "
        f"{start}, on is kept: {euros(rest['amount'])}"
    )
    return entry._replace(value={**entry.value, **rest})


def _money(table: Any) -> Money | None:
    """An entry as an event of money, if it is a sound one."""
    try:
        return Money.model_validate(table)
    except ValidationError:
        return None


def _without(entries: list[Entry], gone: list[Entry]) -> list[Entry]:
    those = set(map(id, gone))
    return [entry for entry in entries if id(entry) not in those]


def _say_cut(layers: Layers, path: tuple[str, ...], key: str, gone: list[Entry], where: str) -> None:
    if gone:
        months = ", ".join(month_at(entry.value, key) for entry in gone)
        what = "event" if path == EVENTS else "change"
        verb = "lies" if len(gone) == 1 else "lie"
        text = f"{count(len(gone), what)} of {layers.parent} ({months}) {verb} {where}, and is left out"
        layers.say(f"{'.'.join(path)}: {text.replace('and is', 'and is' if len(gone) == 1 else 'and are')}")


def _open(layers: Layers, own: dict[str, Any], start: Any, new_start: Any) -> None:
    """Bring the state before the first month up to the start, as far as the record knows it."""
    given = own.get("initial")
    named = [name for name in STATE if isinstance(given, dict) and name in given]
    read: dict[str, float] = {}
    source = ""
    if is_month(new_start):
        month, source = _month_to_read(own.get("state"), start, new_start)
        read = {name: value for name, value in _record(month).items() if name not in named}
        table = layers.tables.get("initial", {})
        if read and isinstance(table, dict):
            layers.tables["initial"] = overlay(table, read)
        layers.as_of |= dict.fromkeys(read, month_after(month, 1) if month else "")
    layers.as_of |= dict.fromkeys(named, new_start if is_month(new_start) else "")
    anew = not layers.parent or "initial" in entries_of(own.get("drop"))
    if source or (anew and is_month(new_start)):
        _say_opening(layers, read, source, new_start)
    if source and value_at(("initial", "settlement"), layers.tables):
        layers.say(f"initial.settlement: that of {layers.parent} is in force at the start, {new_start}")


def _month_to_read(word: Any, start: Any, new_start: str) -> tuple[str, str]:
    """The month whose state is read off the record, "" for none; and words on where the state comes from."""
    moved = is_month(start) and start != new_start
    if word == "inherited":
        return "", "the state is the one inherited" if moved else ""
    if word != "record" and not moved:
        return "", ""
    from sim.record import last_month

    last = last_month()
    month = min(month_after(new_start, -1), last)
    if word != "record" and month == min(month_after(start, -1), last):
        return "", f"the record ends in {last} and has nothing newer than what is inherited"
    return month, f"from the record of {month}{', its last month' if month < month_after(new_start, -1) else ''}"


def _record(month: str) -> dict[str, float]:
    if not month:
        return {}
    from sim.record.opening import opening_state

    return opening_state(month)


def _say_opening(layers: Layers, read: dict[str, float], source: str, start: str) -> None:
    """Say which values of the state are read off the record, and how old the others are."""
    parts = []
    if read:
        values = [f"{name} {value:.{DECIMALS}f}".rstrip("0").rstrip(".") for name, value in read.items()]
        parts.append(f"{in_a_row(values)} {source}")
    elif source:
        parts.append(f"nothing {source}" if source.startswith("from") else source)
    ages = _ages(layers, read, start).items()
    if parts or ages:
        text, full = (
            "; ".join([*parts, *(_age(month, names, start, listed) for month, names in ages)])
            for listed in (some_of, in_a_row)
        )
        layers.say(f"initial: {text}", f"initial: {full}")


def _age(month: str, names: list[str], start: str, listed: Callable[[list[str]], str]) -> str:
    """Which values were given for another start; those that no file gives are the package's own."""
    age = month_number(start) - month_number(month or STATE_OF_DEFAULTS)
    old = f"{count(age, 'month')} old" if age > 0 else f"{count(-age, 'month')} ahead"
    who = "all values" if len(names) == len(STATE) else listed(names)
    one = len(names) == 1
    if month:
        return f"{who} {'is that' if one else 'are those'} of {month} ({old})"
    own = "is the package's own value" if one else "are the package's own"
    return f"{who} {own}, set for {STATE_OF_DEFAULTS} ({old})"


def _ages(layers: Layers, read: dict[str, float], start: str) -> dict[str, list[str]]:
    """Values of the state that were given for another start, by that start; "" for those that no file gives."""
    found: dict[str, list[str]] = {}
    for name in STATE:
        given = name in layers.as_of
        month = layers.as_of.get(name, STATE_OF_DEFAULTS)
        if month not in ("", start) and name not in read:
            found.setdefault(month if given else "", []).append(name)
    return found
