"""Settlements and truces: when they come and of what kind, on what terms, and which of them break.

A world may have several: it signs, it breaks, it meets again. So what is counted here is read off how it stands in
every month, `peace` of the Dataset; terms are those of its last settlement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.basics.limits import InputError
from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.world.packages import GUARANTEE_NAMES, OFFSETS
from sim.world.settlement import OUTCOME_NAMES, STRONG_GUARANTEE, Outcome

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

SIGNED = (Outcome.GUARANTEED, Outcome.FRAGILE, Outcome.IMPOSED)
"""Classes of a settlement."""
AGREED = (*SIGNED, Outcome.TRUCE)
"""Classes of what can be in force."""
ANY, BROKEN = "any settlement", "broken"
"""The rows of `incidence` that are not classes of what is in force."""
SAME = 1e-4
"""Lines and reliefs that differ by less are one."""
PEACE = "peace"
"""How the world stands month by month, classes of `Outcome`: what events of peace are read off."""


# ---- what happens in a world from a month on


def standing(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds with a settlement in force when a month begins: signed before it, or what the scenario opens with."""
    _, before, _ = _from(dataset, month)
    return _by_world(dataset, np.isin(before[..., 0], SIGNED))


def pausing(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds with a truce in force when a month begins, which was agreed before it."""
    _, before, _ = _from(dataset, month)
    return _by_world(dataset, before[..., 0] == Outcome.TRUCE)


def signed(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement is signed in a month or after it; none is where the scenario opens with one."""
    found: xr.DataArray = dataset["settlement_month"] >= month
    return found


def broken(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement breaks in a month or after it, whenever it was signed, whatever came after it."""
    return _breaking(dataset, month, SIGNED)


def paused(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a truce begins in a month or after it."""
    found: xr.DataArray = dataset["truce_month"] >= month
    return found


def pause_broken(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a truce breaks in a month or after it; one that makes way for a settlement does not break."""
    return _breaking(dataset, month, (Outcome.TRUCE,))


def _breaking(dataset: xr.Dataset, month: Any, kinds: tuple[Outcome, ...]) -> xr.DataArray:
    _, before, now = _from(dataset, month)
    return _by_world(dataset, np.any(np.isin(_broke(before, now), kinds), axis=-1))


def _by_world(dataset: xr.Dataset, values: NDArray[Any]) -> xr.DataArray:
    import xarray as xr

    return xr.DataArray(values, {name: dataset[name] for name in ("doctrine", "world")}, ("doctrine", "world"))


# ---- how worlds stand


def _from(dataset: xr.Dataset, month: Any) -> tuple[Any, NDArray[np.int8], NDArray[np.int8]]:
    """The months from one on, and how worlds stand before each and at its end, (doctrine, world, month)."""
    months = dataset["month"].to_numpy()
    first = int(np.searchsorted(months, np.datetime64(month, "ns")))
    stood = _stood(dataset)
    return months[first:], stood[..., first:-1], stood[..., first + 1 :]


def _stood(dataset: xr.Dataset) -> NDArray[np.int8]:
    """How worlds stand before the first month, then at the end of each, (doctrine, world, 1 + months)."""
    if PEACE not in dataset:
        raise InputError(
            f"these results do not say how the world stands in every month ({PEACE!r}), from which settlements and "
            "truces are counted; run it again, with --paths"
        )
    now = dataset[PEACE].transpose("doctrine", "world", "month").to_numpy().astype(np.int8)
    return np.concatenate([_opening(dataset, now[..., 0])[..., np.newaxis], now], axis=-1)


def _opening(dataset: xr.Dataset, first: NDArray[np.int8]) -> NDArray[np.int8]:
    """How worlds stand before the first month, given how they stand at its end: war, or what the scenario opens with.

    A scenario opens with the same settlement, on the front, in all worlds, or with none. The last settlement of a world
    may be another; where it is the first one still, its guarantee tells the class of all.
    """
    begin, lost = dataset["month"].to_numpy()[0], first == Outcome.RELAPSED
    dates = dataset["settlement_month"].transpose("doctrine", "world").to_numpy()
    stood = np.full(first.shape, Outcome.WAR, dtype=np.int8)
    for row, own in enumerate(dates < begin):
        known = own if own.any() else lost[row]
        if known.any():
            guarantee = dataset["settlement_guarantee"].isel(doctrine=row).to_numpy()[known][0]
            kind = Outcome.GUARANTEED if guarantee >= STRONG_GUARANTEE else Outcome.FRAGILE
            stood[row][lost[row] | (np.isin(first[row], SIGNED) & (dates[row] != begin))] = kind
    return stood


def _broke(before: NDArray[np.int8], now: NDArray[np.int8]) -> NDArray[np.int8]:
    """Class of what broke in each month, war where nothing did; a truce may also make way for a settlement."""
    fell = np.isin(before, AGREED) & ~np.isin(now, AGREED)
    return np.where(fell, before, np.int8(Outcome.WAR))


def _begun(before: NDArray[np.int8], now: NDArray[np.int8]) -> NDArray[np.int8]:
    """Class of what was agreed in each month, war where nothing was."""
    return np.where(np.isin(now, AGREED) & (now != before), now, np.int8(Outcome.WAR))


@of_doctrines
def incidence(dataset: xr.Dataset) -> pd.DataFrame:
    """How many worlds have had each kind of agreement by each month, by doctrine.

    Events are not exclusive: a world may have a truce first, then a settlement, and another after that has broken. No
    world is censored before the last month, so the incidence is the plain share of worlds.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, month, event, count, share`; events are the classes of `AGREED`, `ANY` settlement, and
        `BROKEN`, a settlement or a truce that broke. A settlement in force from the start counts from the first month.
    """
    months, stood = dataset["month"].to_numpy(), _stood(dataset)
    before, now = stood[..., :-1], stood[..., 1:]
    broke = _broke(before, now)

    def ever(*kinds: Outcome) -> NDArray[np.bool_]:
        there = np.isin(before, kinds) | np.isin(now, kinds)
        return np.asarray(np.maximum.accumulate(there, axis=-1))

    events = {OUTCOME_NAMES[kind]: ever(kind) for kind in AGREED}
    events |= {ANY: ever(*SIGNED), BROKEN: np.maximum.accumulate(broke != Outcome.WAR, axis=-1)}
    return _counted(dataset, months, events)


@of_doctrines
def in_force(dataset: xr.Dataset) -> pd.DataFrame:
    """How worlds that have had an agreement stand in each month: under what, or at war again after what.

    The shares of a multi-state model: a world is in one state a month, and the states add up to the worlds that have
    had a settlement or a truce by then.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, month, event, count, share`; events are the classes of `AGREED`, then `again` of a settlement
        and of a truce.
    """
    months, stood = dataset["month"].to_numpy(), _stood(dataset)
    before, now = stood[..., :-1], stood[..., 1:]
    broke = _broke(before, now)
    place = np.maximum.accumulate(np.where(broke != Outcome.WAR, np.arange(months.size), -1), axis=-1)
    last = np.where(place < 0, Outcome.WAR, np.take_along_axis(broke, np.maximum(place, 0), axis=-1))
    at_war = ~np.isin(now, AGREED)
    events = {OUTCOME_NAMES[kind]: now == kind for kind in AGREED}
    events |= {again(name): at_war & np.isin(last, kinds) for name, kinds in BREAKING.items()}
    return _counted(dataset, months, events)


BREAKING = {"settlement": SIGNED, "truce": (Outcome.TRUCE,)}
"""What can break, and its classes."""


def again(name: str) -> str:
    """The state of a world that is at war again.

    >>> again("truce")
    'war again: a truce broke'
    """
    return f"war again: a {name} broke"


def _counted(dataset: xr.Dataset, months: Any, events: dict[str, NDArray[np.bool_]]) -> pd.DataFrame:
    """A row a doctrine, event and month."""
    worlds, pieces = dataset.sizes["world"], []
    for row, label in enumerate(map(str, dataset["doctrine"].to_numpy())):
        for event, there in events.items():
            count = there[row].sum(axis=0)
            columns = {"doctrine": label, "month": months, "event": event, "count": count, "share": count / worlds}
            pieces.append(pd.DataFrame(columns))
    return pd.concat(pieces, ignore_index=True)


@of_doctrines
def broken_by_class(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """What was agreed and what of it broke, by doctrine and class: agreements, of which a world may have several.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble with `peace`.
    since : str or datetime64, optional
        First month that counts; as in `sim.questions.compare.outcomes` if None.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, kind, stood, agreed, broken, replaced`: the class; how many were in force when the first
        month that counts began, were agreed from then on, have broken, and made way for a settlement.
    """
    _, before, now = _from(dataset, start_of_effect(dataset, since))
    broke, begun = _broke(before, now), _begun(before, now)
    replaced = np.where(np.isin(now, SIGNED) & (before == Outcome.TRUCE), before, np.int8(Outcome.WAR))
    rows = [
        {
            "doctrine": label,
            "kind": OUTCOME_NAMES[kind],
            "stood": int((before[row, :, 0] == kind).sum()),
            **{
                name: int((of[row] == kind).sum())
                for name, of in {"agreed": begun, "broken": broke, "replaced": replaced}.items()
            },
        }
        for row, label in enumerate(map(str, dataset["doctrine"].to_numpy()))
        for kind in AGREED
    ]
    return pd.DataFrame(rows)


# ---- terms


@of_doctrines
def terms(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """How often each package was signed: line x guarantee x relief, by doctrine, only those that occur.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble.
    since : str or datetime64, optional
        First month of those that count; every settlement counts if None, also one that the scenario opens with.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, offset` (share of Ukraine, + to Russia), `guarantee` (level), `guarantee_name`, `relief`
        (share of sanctions lifted), `count, share` (of the doctrine's settlements), `share_of_worlds, broken` (the
        share of these settlements that broke).
    """
    frames = []
    for label in map(str, dataset["doctrine"].to_numpy()):
        one = dataset.sel(doctrine=label)
        frame = pd.DataFrame({name: one[f"settlement_{name}"].to_numpy() for name in ("offset", "guarantee", "relief")})
        if since is not None:
            frame[~signed(one, np.datetime64(since, "ns")).to_numpy()] = np.nan
        frame["broken"] = ~np.isnat(one["relapse_month"].to_numpy())
        frames.append(_packages(frame, label))
    return pd.concat(frames, ignore_index=True)


def _packages(worlds: pd.DataFrame, label: str) -> pd.DataFrame:
    """Count the packages of one doctrine."""
    signed = worlds.dropna()
    keys = ["offset", "guarantee", "relief"]
    found = signed.groupby(keys, as_index=False).agg(count=("broken", "size"), broken=("broken", "mean"))
    found["guarantee"] = found["guarantee"].astype(int)
    found.insert(0, "doctrine", label)
    found.insert(3, "guarantee_name", [GUARANTEE_NAMES[level] for level in found["guarantee"]])
    found["share"] = found["count"] / max(len(signed), 1)
    found["share_of_worlds"] = found["count"] / len(worlds)
    return found[
        ["doctrine", "offset", "guarantee", "guarantee_name", "relief", "count", "share", "share_of_worlds", "broken"]
    ]


def opens_with_one(dataset: xr.Dataset) -> bool:
    """Whether the scenario opens with a settlement: it then stands in every world."""
    return bool((dataset["settlement_month"] < dataset["month"].to_numpy()[0]).any())


def counted_terms(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """The lines and guarantees that the figures count: signed from the change on, or what all open with."""
    counted = None if opens_with_one(dataset) else start_of_effect(dataset, since)
    return by_line_and_guarantee(terms(dataset, counted))


def by_line_and_guarantee(table: pd.DataFrame) -> pd.DataFrame:
    """The table of `terms` without its reliefs, each line counted as the nearest of `OFFSETS`.

    Counts are added up; the relief is the mean of each line and guarantee. Whether lines are gathered there that are
    not that very one (`near`), and reliefs that differ (`mixed`), is said, so that words can say it.
    """
    nearest = np.abs(OFFSETS[:, None] - table["offset"].to_numpy(dtype=float)).argmin(axis=0)
    weighed = table.assign(
        offset=OFFSETS[nearest],
        relief=table["relief"] * table["count"],
        near=np.abs(OFFSETS[nearest] - table["offset"]) > SAME,
        least=table["relief"],
        most=table["relief"],
    )
    keys = ["doctrine", "offset", "guarantee", "guarantee_name"]
    sums = dict.fromkeys(("count", "share", "share_of_worlds", "relief"), "sum")
    added = weighed.groupby(keys, as_index=False, sort=False).agg(
        {**sums, "near": "any", "least": "min", "most": "max"}
    )
    mixed = added["most"] - added["least"] > SAME
    return added.assign(relief=added["relief"] / added["count"], mixed=mixed).drop(columns=["least", "most"])
