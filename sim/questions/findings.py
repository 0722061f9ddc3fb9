"""What an ensemble shows, in one sentence a figure: the titles of the figures and the words of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.questions.ballots import ballots
from sim.questions.headline import headline
from sim.questions.labels import MINUS, doctrine_label, listed, month_text, number, spoken
from sim.questions.members import members
from sim.questions.say import differs, short
from sim.questions.settlements import terms
from sim.questions.since import after, first_difference, start_of_effect

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

MOST_NAMED = 3
"""Doctrines that a title names one by one."""
NO_RELIEF, FULL_RELIEF = 0.001, 0.999


def across(values: Mapping[str, float], unit: str = "", say: Callable[[float], str] = spoken) -> str:
    """Values by doctrine in one clause, the largest first; doctrines whose values read alike share one.

    >>> across({"architectural": 3.9, "transactional": 6.51, "aligned": 6.49}, " EUR bn")
    '6.5 EUR bn under transactional and aligned, 3.9 under architectural'
    """
    told = {name: say(value) for name, value in values.items()}
    ranked = list(dict.fromkeys(told[name] for name in sorted(values, key=lambda name: -values[name])))
    if len(values) == 1:
        return f"{ranked[0]}{unit}"
    names = [listed([doctrine_label(name) for name in values if told[name] == text]) for text in ranked]
    if len(ranked) == 1:
        return f"{ranked[0]}{unit} under {'both' if len(values) == 2 else 'every doctrine'}"  # noqa: PLR2004
    if len(values) > MOST_NAMED:
        return f"{ranked[-1]} to {ranked[0]}{unit} (least under {names[-1]}, most under {names[0]})"
    units = [unit, *[""] * (len(ranked) - 1)]
    return ", ".join(f"{t}{u} under {n}" for t, u, n in zip(ranked, units, names, strict=True))


def aid_flows(dataset: xr.Dataset, since: Any = None) -> str:
    """Money a month after the change, from both sides of the Atlantic."""
    outcomes = headline(dataset, since)
    months = outcomes.attrs["months"]
    europe = {name: value / months for name, value in _means(outcomes, "europe_cost").items()}
    america = {name: value / months for name, value in _means(outcomes, "us_cost").items()}
    start = _from(dataset, since)
    if len(europe) == 1:
        return f"{start}Europe pays {across(europe)} EUR bn a month and America {across(america)}"
    return f"{start}Europe pays {across(europe, ' EUR bn a month')}"


def europe_share(dataset: xr.Dataset, since: Any = None) -> str:
    """Europe's share at the end."""
    shares = _means(headline(dataset, since), "europe_share")
    return f"At the end Europe carries {across(shares, ' % of the aid', _whole)}"


def front(dataset: xr.Dataset, since: Any = None) -> str:
    """Land held by Russia at the end."""
    held = _means(headline(dataset, since), "land")
    last = month_text(dataset["month"].to_numpy()[-1])
    return f"In {last} Russia holds {across(held, ' % of Ukraine', lambda value: number(value, 1))}"


def settlement_incidence(dataset: xr.Dataset, since: Any = None) -> str:
    """How often a settlement is signed, and breaks."""
    outcomes = headline(dataset, since)
    signed, broken = (_means(outcomes, name, 100.0) for name in ("settled", "relapsed"))
    if not any(signed.values()):
        return "No settlement is signed in any world"
    if dataset.sizes["world"] == 1:
        return _one_world(signed, broken)
    if len(signed) > MOST_NAMED:
        return f"Of 100 worlds, {across(signed, ' settle', _whole)}"
    ranked = sorted(signed, key=lambda name: -signed[name])
    peace = listed([_whole(broken[name]) for name in ranked])
    return f"Of 100 worlds, {across(signed, ' settle', _whole)}; the peace breaks in {peace}"


def _one_world(signed: Mapping[str, float], broken: Mapping[str, float]) -> str:
    """What happens in a run of one world."""
    told = [
        f"a settlement is signed{' and breaks' if broken[name] else ''}" + _under(name, signed)
        for name in signed
        if signed[name]
    ]
    return f"In the one world simulated, {listed(told)}"


def _under(name: str, among: Mapping[str, float]) -> str:
    return f" under {doctrine_label(name)}" if len(among) > 1 else ""


def settlement_terms(dataset: xr.Dataset, since: Any = None) -> str:
    """The package signed most often."""
    table = terms(dataset)
    if table.empty:
        return "No settlement is signed in any world"
    most: Any = max(table.to_dict("records"), key=lambda row: row["count"])
    under = f" under {doctrine_label(str(most['doctrine']))}" if dataset.sizes["doctrine"] > 1 else ""
    worlds = _whole(100.0 * most["share_of_worlds"])
    return f"The most frequent settlement{under}, in {worlds} of 100 worlds: {package(most)}"


def paired_differences(table: pd.DataFrame) -> str:
    """Settlement and Europe's bill under the first doctrine that is compared."""
    if table.empty:
        return "One doctrine alone: nothing to compare"
    first = table[table["doctrine"] == table["doctrine"].iloc[0]].set_index("outcome", drop=False)
    rows = first.to_dict("index")
    told = [short(rows["settled"])] if "settled" in rows else []
    if "europe_cost" in rows:
        told.append(_bill(rows["europe_cost"]))
    return "In the same worlds, " + "; ".join(told or [short(next(iter(rows.values())))])


def _bill(row: Mapping[str, Any]) -> str:
    """How Europe's bill differs."""
    if not differs(row):
        return "Europe pays as much"
    return f"Europe pays {spoken(abs(row['difference']))} EUR bn {'more' if row['difference'] > 0.0 else 'less'}"


def votes(dataset: xr.Dataset, since: Any = None) -> str:
    """Ayes in the House after the change."""
    table = ballots(after(dataset, since))
    house = table[(table["chamber"] == "house") & (table["votes"] > 0)]
    if house.empty:
        return _sentence(f"{_from(dataset, since)}no bill comes to a vote")
    ayes = {
        str(name): float(np.average(rows["mean"], weights=rows["votes"]))
        for name, rows in house.groupby("doctrine", sort=False)
    }
    told = across(ayes, " ayes in the House", _whole)
    return _sentence(f"{_from(dataset, since)}a bill that comes to a vote finds {told}")


def beliefs(dataset: xr.Dataset, since: Any = None) -> str:
    """What Russia comes to expect of America."""
    last = after(dataset, since)["belief_russia"].isel(month=-1).mean("world", dtype=float)
    values = {str(name): 100.0 * float(last.sel(doctrine=name)) for name in dataset["doctrine"].to_numpy()}
    return f"At the end Russia expects American support at {across(values, ' % of the full level', _whole)}"


def europe_members(dataset: xr.Dataset, since: Any = None) -> str:
    """Who pays most, and whose contribution the doctrine moves most."""
    table = members(dataset)
    first = table[table["doctrine"] == table["doctrine"].iloc[0]]
    others = table[table["doctrine"] != first["doctrine"].iloc[0]]
    if others.empty:
        share = _whole(100.0 * first["share"].iloc[0])
        return f"The largest part comes from {first['label'].iloc[0]}: {share} of 100 European euros"
    base = first.set_index("member")["mean"]
    change = others["mean"] - others["member"].map(base)
    moved = others.loc[change.abs().idxmax()]
    way = "more" if moved["more"] > 0.0 else "less"
    return (
        f"{moved['label']}: {spoken(abs(change[moved.name]))} EUR bn ({_whole(100.0 * abs(moved['more']))} %) {way} "
        f"under {doctrine_label(str(moved['doctrine']))} than under {doctrine_label(str(first['doctrine'].iloc[0]))}, "
        "the largest change"
    )


def overview(dataset: xr.Dataset, since: Any = None) -> str:
    """The question's short answer."""
    return settlement_incidence(dataset, since)


def package(row: Mapping[str, Any]) -> str:
    """A package in words.

    >>> package({"offset": 0.02, "guarantee_name": "arms", "relief": 0.0})
    'line +2 points, arms, no relief'
    """
    return f"line {line(row['offset'])}, {guarantee(row['guarantee_name'])}, {relief(row['relief'])}"


def line(offset: float) -> str:
    """Where the line is drawn, in percentage points of Ukraine beyond the front."""
    points = round(100.0 * offset)
    return (
        "at the front"
        if points == 0
        else f"{'+' if points > 0 else MINUS}{abs(points)} point{'s' if abs(points) > 1 else ''}"
    )


def guarantee(name: str) -> str:
    """A guarantee in words."""
    return "no guarantee" if name == "none" else str(name)


def relief(share: float) -> str:
    """Relief from sanctions in words."""
    if share < NO_RELIEF:
        return "no relief"
    return "full relief" if share > FULL_RELIEF else f"{round(100.0 * share)} % relief"


def _means(outcomes: xr.Dataset, name: str, scale: float = 1.0) -> dict[str, float]:
    means = outcomes[name].mean("world")
    return {str(label): scale * float(means.sel(doctrine=label)) for label in means["doctrine"].to_numpy()}


def _from(dataset: xr.Dataset, since: Any) -> str:
    """How a sentence opens that holds from a month on; nothing if it holds from the start."""
    changed = first_difference(dataset) if since is None else since
    start = start_of_effect(dataset, changed)
    return "" if start == dataset["month"].to_numpy()[0] else f"From {month_text(start)} on, "


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _whole(value: float) -> str:
    return number(value, 0)
