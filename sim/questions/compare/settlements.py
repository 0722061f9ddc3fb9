"""Settlements and truces: when they come and of what kind, on what terms, and which of them break.

A world may have several: it signs, it breaks, it meets again. So what is counted here is read off how it stands in
every month, `peace` of the Dataset; terms are those of its last settlement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.basics.limits import InputError
from sim.questions.compare import measures
from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.questions.compare.measures import AGREED, PEACE, SIGNED, Lived, broke
from sim.world.packages import GUARANTEE_NAMES, OFFSETS
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

ANY, BROKEN = "any settlement", "broken"
"""The rows of `incidence` that are not classes of what is in force."""
SAME = 1e-4
"""Lines and reliefs that differ by less are one."""
OPENS_WITH = "settlement_guarantee"
"""What tells the class of a settlement that the scenario opens with."""
DIMS = ("doctrine", "world")


# ---- what worlds lived through, out of a Dataset


def lived(dataset: xr.Dataset, names: Iterable[str]) -> Lived:
    """Monthly variables and steps of events as arrays, and what else is needed to read them."""
    found = {name: _array(dataset, name) for name in names}
    if PEACE in found:
        found |= {name: _array(dataset, name) for name in ("settlement_step", OPENS_WITH) if known(dataset, name)}
    return found


def known(dataset: xr.Dataset, name: str) -> bool:
    """Whether a Dataset says this of its worlds; the step of an event it has as a month."""
    return _in_dataset(name) in dataset


def first_step(dataset: xr.Dataset, month: Any) -> int:
    """The number of the first month from this one on."""
    return int(np.searchsorted(dataset["month"].to_numpy(), np.datetime64(month, "ns")))


def _in_dataset(name: str) -> str:
    return name.replace("_step", "_month")


def _array(dataset: xr.Dataset, name: str) -> NDArray[Any]:
    array = dataset[_in_dataset(name)].transpose(*DIMS, "month", missing_dims="ignore").to_numpy()
    if array.dtype.kind != "M":
        return np.asarray(array)
    begin = dataset["month"].to_numpy()[0].astype("datetime64[M]")
    steps = (array.astype("datetime64[M]") - begin).astype(float)
    return np.where(np.isnat(array), np.nan, steps)


def signed(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement is signed in a month or after it; see `sim.questions.compare.measures`."""
    return _by_world(dataset, measures.signed(lived(dataset, ["settlement_step"]), first_step(dataset, month)))


def broken(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement breaks in a month or after it; see `sim.questions.compare.measures`."""
    return _by_world(dataset, measures.broken(lived(dataset, [PEACE]), first_step(dataset, month)))


def _by_world(dataset: xr.Dataset, values: NDArray[Any]) -> xr.DataArray:
    import xarray as xr

    dims = [name for name in DIMS if name in dataset.dims]
    return xr.DataArray(values, {name: dataset[name] for name in dims}, dims)


# ---- how worlds stand


def _from(dataset: xr.Dataset, month: Any) -> tuple[Any, NDArray[np.int8], NDArray[np.int8]]:
    """The months from one on, and how worlds stand before each and at its end, (doctrine, world, month)."""
    first, stood = first_step(dataset, month), _stood(dataset)
    return dataset["month"].to_numpy()[first:], stood[..., first:-1], stood[..., first + 1 :]


def _stood(dataset: xr.Dataset) -> NDArray[np.int8]:
    """How worlds stand before the first month, then at the end of each, (doctrine, world, 1 + months)."""
    if PEACE not in dataset:
        raise InputError(
            f"these results do not say how the world stands in every month ({PEACE!r}), from which settlements and "
            "truces are counted; run it again, with --paths"
        )
    return measures.stood(lived(dataset, [PEACE]))


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
    fell = broke(before, now)

    def ever(*kinds: Outcome) -> NDArray[np.bool_]:
        there = np.isin(before, kinds) | np.isin(now, kinds)
        return np.asarray(np.maximum.accumulate(there, axis=-1))

    events = {OUTCOME_NAMES[kind]: ever(kind) for kind in AGREED}
    events |= {ANY: ever(*SIGNED), BROKEN: np.maximum.accumulate(fell != Outcome.WAR, axis=-1)}
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
    fell = broke(before, now)
    place = np.maximum.accumulate(np.where(fell != Outcome.WAR, np.arange(months.size), -1), axis=-1)
    last = np.where(place < 0, Outcome.WAR, np.take_along_axis(fell, np.maximum(place, 0), axis=-1))
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
    fell, begun = broke(before, now), _begun(before, now)
    replaced = np.where(np.isin(now, SIGNED) & (before == Outcome.TRUCE), before, np.int8(Outcome.WAR))
    rows = [
        {
            "doctrine": label,
            "kind": OUTCOME_NAMES[kind],
            "stood": int((before[row, :, 0] == kind).sum()),
            **{
                name: int((of[row] == kind).sum())
                for name, of in {"agreed": begun, "broken": fell, "replaced": replaced}.items()
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
