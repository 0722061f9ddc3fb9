"""What an ensemble shows, in one sentence a figure: the titles of the figures and the words of the report."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.intervals import interval
from sim.basics.labels import MINUS, capital, listed, month_text, number, spoken
from sim.questions.compare.breakdowns import members
from sim.questions.compare.doctrines import after, first_difference, start_of_effect
from sim.questions.compare.measures import ALREADY
from sim.questions.compare.outcomes import headline
from sim.questions.compare.paired_sentence import differs, paired_clause
from sim.questions.compare.ranking import across_worlds, apart
from sim.questions.compare.settlements import counted_terms, opens_with_one
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

NO_RELIEF, FULL_RELIEF = 0.001, 0.999
WORTH_SAYING = 5.0
"""Worlds of 100 with a settlement or a truce from before from which a title says so."""
TRIFLE = 0.5
"""Worlds of 100 with a settlement or a truce under which a title that rounds to whole ones leaves it out."""
BRIEF = 2
"""Doctrines up to which a title that has named them once goes on to tell each."""
MOST_TIED = 2
"""Settlements that are named where none is clearly the most frequent."""


def aid_flows(dataset: xr.Dataset, since: Any = None) -> str:
    """Money a month after the change, from both sides of the Atlantic."""
    outcomes = headline(dataset, since)
    months = outcomes.attrs["months"]
    europe, america = (outcomes[name] / months for name in ("europe_cost", "us_cost"))
    start = _from(dataset, since)
    if outcomes.sizes["doctrine"] == 1:
        return (
            f"{start}Europe pays {across_worlds(europe)} EUR bn a month on average and America {across_worlds(america)}"
        )
    return f"{start}Europe pays on average {across_worlds(europe, ' EUR bn a month')}"


def europe_share(dataset: xr.Dataset, since: Any = None) -> str:
    """Europe's share at the end."""
    shares = headline(dataset, since)["europe_share"]
    return f"At the end Europe carries {across_worlds(shares, ' % of the aid', _whole)}"


def front(dataset: xr.Dataset, since: Any = None) -> str:
    """Land held by Russia at the end."""
    held = headline(dataset, since)["land"]
    last = month_text(dataset["month"].to_numpy()[-1])
    return f"In {last} Russia holds {across_worlds(held, ' % of Ukraine', _tenth)}"


def settlement_incidence(dataset: xr.Dataset, since: Any = None) -> str:
    """How often a settlement is signed, or stands already, the same of truces, and how often either breaks."""
    outcomes = 100.0 * headline(dataset, since)[[*HAPPENS, "relapsed", "truce_broken"]]
    most = {name: max(_means(outcomes, name).values()) for name in HAPPENS}
    if max(most.values()) == 0.0:
        return "Neither a settlement nor a truce is agreed in any world"
    if dataset.sizes["world"] == 1:
        return _one_world(outcomes)
    told = [name for name in HAPPENS if most[name] >= (WORTH_SAYING if name in ALREADY else TRIFLE)]
    first, *others = told or [max(most, key=lambda name: most[name])]
    clauses = [across_worlds(outcomes[first], HAPPENS[first], _whole)]
    clauses += [_beside(outcomes[name], outcomes[first], ANEW.get((first, name), HAPPENS[name])) for name in others]
    broken = outcomes["relapsed"].where(outcomes["relapsed"] > 0.0, outcomes["truce_broken"])
    return f"Of 100 worlds, {'; '.join(clauses)}; peace breaks in {_beside(broken, outcomes[first])}"


HAPPENS = {
    "standing": " have a settlement already",
    "settled": " settle",
    "truce_standing": " have a truce already",
    "truce": " agree on a truce",
}
"""What happens in so many worlds, in a title."""
ANEW = {("standing", "settled"): " sign another", ("truce_standing", "truce"): " agree on one later"}
"""The same after something else was told."""


def _beside(worlds: xr.DataArray, told: xr.DataArray, unit: str = "") -> str:
    """Another outcome by doctrine, briefly: its range over more than two; in the order just told where that is told."""
    means = told.mean("world").to_series()
    if len(means) > BRIEF:
        values = worlds.mean("world").to_numpy()
        ends = dict.fromkeys((_whole(float(values.min())), _whole(float(values.max()))))
        return f"{' to '.join(ends)}{unit}"
    order = [str(label) for label in means.sort_values(ascending=False, kind="stable").index]
    unlike = apart(worlds), apart(told)
    if len(order) > 1 and all(tell(one, other) for tell in unlike for one, other in pairwise(order)):
        return f"{listed([_whole(float(worlds.sel(doctrine=label).mean())) for label in order])}{unit}"
    return across_worlds(worlds, unit, _whole)


def _one_world(outcomes: xr.Dataset) -> str:
    """What happens in a run of one world."""
    told = []
    for name in map(str, outcomes["doctrine"].to_numpy()):
        has = {str(what): bool(outcomes[what].sel(doctrine=name).any()) for what in outcomes.data_vars}
        happens = []
        if has["standing"] or has["settled"]:
            signed = "stands already" if has["standing"] else "is signed"
            happens.append(f"a settlement {signed}{' and breaks' if has['relapsed'] else ''}")
        if has["truce_standing"] or has["truce"]:
            agreed = "stands already" if has["truce_standing"] else "is agreed"
            happens.append(f"a truce {agreed}{' and breaks' if has['truce_broken'] else ''}")
        if happens:
            under = f" under {doctrine_label(name)}" if outcomes.sizes["doctrine"] > 1 else ""
            told.append(f"{listed(happens)}{under}")
    return f"In the one world simulated, {'; '.join(told)}"


def settlement_terms(dataset: xr.Dataset, since: Any = None) -> str:
    """The line and guarantee signed most often where most settle: the largest circle, or those as large as luck.

    Of lines that are gathered at a step it is said that they are near it, of reliefs that differ that it is their mean.
    """
    table = counted_terms(dataset, since)
    start = _from(dataset, since)
    if table.empty:
        return capital(f"{start}no settlement is signed in any world")
    by_doctrine = table.groupby("doctrine", sort=False)["count"].sum()
    here = str(by_doctrine.idxmax())
    of = table[table["doctrine"] == here].sort_values("count", ascending=False, kind="stable")
    ranked: list[Any] = of.to_dict("records")
    most = ranked[0]
    if opens_with_one(dataset):
        return f"The settlement that stands from the start: {package(most)}"
    under = f" under {doctrine_label(here)}" if dataset.sizes["doctrine"] > 1 else ""
    worlds = dataset.sizes["world"]
    rivals = [row for row in ranked if not _rarer(row, most, worlds)]
    if len(rivals) == 1:
        told = f"the most frequent settlement{under}, in {_of_100(most)} of 100 worlds: {package(most)}"
    elif len(rivals) > MOST_TIED:
        told = (
            f"no line and guarantee are clearly the most frequent{under}: at most {_of_100(most)} of 100 worlds sign "
            "about the same"
        )
    else:
        tied = listed([_of_100(row) for row in rivals])
        told = f"the most frequent settlements{under}, in {tied} of 100 worlds: {' or '.join(map(place, rivals))}"
    return capital(f"{start}{told}")


def _rarer(row: Mapping[str, Any], most: Mapping[str, Any], worlds: int) -> bool:
    """Whether fewer worlds sign this than what most sign, beyond luck: none can sign both."""
    split = [most["count"], row["count"], worlds - most["count"] - row["count"]]
    return row is not most and interval(np.repeat([1.0, -1.0, 0.0], split))[1] > 0.0


def _of_100(row: Mapping[str, Any]) -> str:
    return _whole(100.0 * row["share_of_worlds"])


def paired_differences(table: pd.DataFrame) -> str:
    """Settlements, or those that break where none is signed, and Europe's bill under the first doctrine compared."""
    if table.empty:
        return "One doctrine alone: nothing to compare"
    first = table[table["doctrine"] == table["doctrine"].iloc[0]].set_index("outcome", drop=False)
    rows = first.to_dict("index")
    settlements = [rows[name] for name in ("settled", "relapsed") if name in rows]
    told = [paired_clause(row) for row in settlements if row["mean"] or row["mean_baseline"]][:1]
    if "europe_cost" in rows:
        told.append(_bill(rows["europe_cost"]))
    return "In the same worlds, " + "; ".join(told or [paired_clause(next(iter(rows.values())))])


def _bill(row: Mapping[str, Any]) -> str:
    """How Europe's bill differs."""
    if not differs(row):
        return "Europe pays as much"
    return f"Europe pays {spoken(abs(row['difference']))} EUR bn {'more' if row['difference'] > 0.0 else 'less'}"


def votes(dataset: xr.Dataset, since: Any = None) -> str:
    """How many bills the House votes on after the change, and how many ayes they find."""
    house = after(dataset, since)["house_ayes"]
    held = house.notnull().sum("month").astype(float)
    start = _from(dataset, since)
    if not held.any():
        return capital(f"{start}no bill comes to a vote")
    told = f"{start}the House votes on {across_worlds(held, ' bills a world', _tenth)}"
    first, *others = map(str, held["doctrine"].to_numpy())
    if any(apart(held)(first, other) for other in others):
        return capital(told)
    return capital(f"{told}; they find {across_worlds(house.mean('month', dtype=float), ' ayes', _whole)}")


def beliefs(dataset: xr.Dataset, since: Any = None) -> str:
    """What Russia comes to expect of America."""
    last = 100.0 * after(dataset, since)["belief_russia"].isel(month=-1)
    return f"At the end Russia expects American support at {across_worlds(last, ' % of the full level', _whole)}"


def sanctions(dataset: xr.Dataset, since: Any = None) -> str:
    """How much of the fullest sanctions Russia still feels."""
    last = 100.0 * after(dataset, since)["sanctions"].isel(month=-1)
    return f"At the end Russia feels sanctions at {across_worlds(last, ' % of the fullest', _whole)}"


def reading(dataset: xr.Dataset, since: Any = None) -> str:
    """How likely Europe comes to find an aligned Washington."""
    chances = 100.0 * after(dataset, since)["europe_reads_aligned"]
    last = chances.isel(month=-1)
    return f"At the end Europe finds an aligned Washington {across_worlds(last, ' % likely', _whole)}"


def kept_words(dataset: xr.Dataset, since: Any = None) -> str:
    """Why words count for more under the doctrine that is least believed to give, where they do; else nothing.

    Credibility is the share of promises kept, and a promise of little is easily kept.
    """
    if dataset.sizes["world"] == 1:
        return ""
    later = after(dataset, since)
    trust, support = (later[name].isel(month=-1) for name in ("credibility", "belief_russia"))
    said = 100.0 * later["us_announced"].mean(("month", "world"), dtype=float)
    at_end = support.mean("world")
    first = str(dataset["doctrine"].to_numpy()[0])
    less = str(at_end["doctrine"].to_numpy()[int(at_end.argmin("doctrine"))])
    more = first if less != first else str(at_end["doctrine"].to_numpy()[int(at_end.argmax("doctrine"))])
    if less == more or float((trust.sel(doctrine=less) - trust.sel(doctrine=more)).mean()) <= 0.0:
        return ""
    if not (apart(trust)(less, more) and apart(support)(less, more)):
        return ""
    little, much = (_whole(float(said.sel(doctrine=name))) for name in (less, more))
    return (
        f" Credibility counts promises kept, not aid: {little} % of full support is announced under "
        f"{doctrine_label(less)}, {much} % under {doctrine_label(more)}, and who promises less breaks less."
    )


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
    baseline, doctrine = str(first["doctrine"].iloc[0]), str(moved["doctrine"])
    if not apart(dataset["europe_by_member"].sel(member=moved["member"]))(baseline, doctrine):
        return f"No member pays clearly more or less than under {doctrine_label(baseline)}"
    way = "more" if moved["more"] > 0.0 else "less"
    return (
        f"{moved['label']}: {spoken(abs(change[moved.name]))} EUR bn ({_whole(100.0 * abs(moved['more']))} %) {way} "
        f"under {doctrine_label(doctrine)} than under {doctrine_label(baseline)}, the largest change"
    )


def overview(dataset: xr.Dataset, since: Any = None) -> str:
    """The question's short answer."""
    return settlement_incidence(dataset, since)


def place(row: Mapping[str, Any]) -> str:
    """Line and guarantee of a package in words; of several lines (`near`), what they are near."""
    where = line(row["offset"])
    return f"line {_near(where) if row.get('near') else where}, {guarantee(row['guarantee_name'])}"


def _near(where: str) -> str:
    """Where lines are that are gathered at a step.

    >>> _near("at the front"), _near("+1 point")
    ('near the front', 'near +1 point')
    """
    return f"near {where.removeprefix('at ')}"


def package(row: Mapping[str, Any]) -> str:
    """A package in words; of several reliefs (`mixed`) their mean.

    >>> package({"offset": 0.02, "guarantee_name": "arms", "relief": 0.0})
    'line +2 points, arms, no relief'
    """
    return f"{place(row)}, {relief(row['relief'])}{' on average' if row.get('mixed') else ''}"


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


def _means(outcomes: xr.Dataset, name: Any) -> dict[str, float]:
    means = outcomes[name].mean("world")
    return {str(label): float(means.sel(doctrine=label)) for label in means["doctrine"].to_numpy()}


def _from(dataset: xr.Dataset, since: Any) -> str:
    """How a sentence opens that holds from a month on; nothing if it holds from the start."""
    changed = first_difference(dataset) if since is None else since
    start = start_of_effect(dataset, changed)
    return "" if start == dataset["month"].to_numpy()[0] else f"From {month_text(start)} on, "


def _tenth(value: float) -> str:
    return number(value, 1)


def _whole(value: float) -> str:
    return number(value, 0)
