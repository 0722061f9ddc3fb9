"""The doctrines of a Dataset: along a dimension, or the one it is about; from when on they differ; one less another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import numpy as np

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import count, shown
from sim.ensemble.dataset import as_text

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario

Asked = TypeVar("Asked")
More = ParamSpec("More")

DOCTRINE = "doctrine"
LONG_NAME = "long_name"


def each_doctrine(dataset: xr.Dataset) -> xr.Dataset:
    """The Dataset with a dimension of doctrines, also if it is about one, as `sim.run` gives it.

    Raises
    ------
    InputError
        If it does not say which doctrine it is about, as a difference of two does not.
    """
    if DOCTRINE in dataset.dims:
        return dataset
    if DOCTRINE not in dataset.coords:
        raise InputError(
            "the dataset does not say which doctrine it is about; ask of what sim.run, sim.compare or "
            "sim.open_results gave, not of a difference"
        )
    return dataset.expand_dims(DOCTRINE)


def of_doctrines(
    asked: Callable[Concatenate[xr.Dataset, More], Asked],
) -> Callable[Concatenate[xr.Dataset, More], Asked]:
    """Let a function that asks a Dataset of several doctrines be asked about one as well."""

    @wraps(asked)
    def asking(dataset: xr.Dataset, /, *args: More.args, **more: More.kwargs) -> Asked:
        return asked(each_doctrine(dataset), *args, **more)

    return asking


def difference(one: xr.Dataset, other: xr.Dataset) -> xr.Dataset:
    """One Dataset less another, world by world: what another doctrine, or another scenario, does to the same luck.

    Parameters
    ----------
    one, other
        What `sim.run` gave, or one doctrine of what `sim.compare` gave: `both.sel(doctrine="architectural")`.

    Returns
    -------
    xarray.Dataset
        Dims (world, month), the units of both; without how and in which month a world ends, which have no difference.

    Raises
    ------
    InputError
        If one of them holds several doctrines, or they do not share their luck, their worlds or their months.

    Examples
    --------
    >>> import sim
    >>> gap = sim.difference(sim.run("outlook", worlds=8), sim.run("strong_guarantee", worlds=8))
    >>> gap["settled"].dims
    ('world', 'month')
    """
    first, second = _alone(one, "the first"), _alone(other, "the second")
    for what in ("seed", "worlds", "months"):
        _check_shared(what, _luck(first)[what], _luck(second)[what])
    kept = [name for name, values in first.data_vars.items() if values.dtype.kind == "f" and name in second]
    found = first[kept].drop_vars(DOCTRINE) - second[kept].drop_vars(DOCTRINE)
    for name in kept:
        label = first[name].attrs.get(LONG_NAME, name)
        found[name].attrs = {**first[name].attrs, LONG_NAME: f"{label}, difference"}
    doctrines = [str(dataset[DOCTRINE].item()) for dataset in (first, second)]
    return found.assign_attrs(seed=first.attrs["seed"], difference=as_text(doctrines))


def _alone(dataset: Any, which: str) -> xr.Dataset:
    """A Dataset of one doctrine, without a dimension of doctrines."""
    import xarray as xr

    if not isinstance(dataset, xr.Dataset):
        raise InputError(f"difference: {which} must be a Dataset that sim.run gave, got {shown(dataset)}")
    whole = each_doctrine(dataset)
    if whole.sizes[DOCTRINE] != 1:
        raise InputError(
            f"difference: {which} holds {count(whole.sizes[DOCTRINE], DOCTRINE)}; choose one: "
            f".sel(doctrine={str(whole[DOCTRINE].to_numpy()[0])!r})"
        )
    return whole.isel({DOCTRINE: 0})


def _luck(dataset: xr.Dataset) -> dict[str, Any]:
    """What two Datasets must share to be the same worlds over the same months."""
    worlds = dataset["world"].to_numpy().tolist()
    months = dataset["month"].dt.strftime("%Y-%m").to_numpy().tolist() if "month" in dataset.coords else []
    seed = dataset.attrs.get("seed")
    return {"seed": None if seed is None else int(seed), "worlds": worlds, "months": months}


def _check_shared(what: str, one: Any, other: Any) -> None:
    """Make sure that two Datasets are alike in this, and not by having nothing of it."""
    if one == other and one is not None:
        return
    got = [_span(part) if isinstance(part, list) else shown(part) for part in (one, other)]
    raise InputError(
        f"difference: {what}: must be the same in both, got {got[0]} and {got[1]}; world 17 is the same world only "
        "under the same seed, run over the same months"
    )


def _span(values: list[Any]) -> str:
    return f"{len(values)} from {values[0]} to {values[-1]}" if values else "none"


PATH_DIMS = frozenset({"doctrine", "world", "month"})


def paths(dataset: xr.Dataset) -> list[str]:
    """Names of the monthly variables."""
    return [str(name) for name, values in dataset.variables.items() if set(values.dims) == PATH_DIMS]


def first_difference(dataset: xr.Dataset) -> np.datetime64 | None:
    """First month in which any path of any world differs between doctrines.

    Luck is common to the doctrines, so that their worlds are equal to the last bit until something in them differs.

    Returns
    -------
    numpy.datetime64 or None
        None if there is one doctrine, or no difference.
    """
    if dataset.sizes["doctrine"] == 1:
        return None
    differs = np.zeros(dataset.sizes["month"], dtype=bool)
    for name in paths(dataset):
        values = dataset[name].transpose("doctrine", "month", "world").to_numpy()
        equal = (values[1:] == values[:1]) | (np.isnan(values[1:]) & np.isnan(values[:1]))
        differs |= ~equal.all(axis=(0, 2))
    return dataset["month"].to_numpy()[np.argmax(differs)] if differs.any() else None


def month_of_change(dataset: xr.Dataset, scenarios: Mapping[str, Scenario], actor: str = "us") -> Any:
    """The month of the change that a run is about: the first difference; without any, the actor's last change.

    Parameters
    ----------
    dataset : xarray.Dataset
        The ensemble.
    scenarios : mapping of str to Scenario
        What was simulated, by label.
    actor : str
        Whose doctrines are compared.

    Returns
    -------
    datetime64, str or None
        What figures and questions take as `since`; None if nothing changes.
    """
    found = first_difference(dataset)
    if found is not None:
        return found
    return max(
        (change.since for scenario in scenarios.values() for change in getattr(scenario, actor)[1:]), default=None
    )


def start_of_effect(dataset: xr.Dataset, since: Any = None) -> np.datetime64:
    """The month from which outcomes count: `since` if given, else the first difference, else the first month.

    Raises
    ------
    ValueError
        If no month of the Dataset is left.
    """
    if since is None:
        since = first_difference(dataset)
    first, last = dataset["month"].to_numpy()[[0, -1]]
    start = first if since is None else max(first, np.datetime64(since).astype("datetime64[ns]"))
    if start > last:
        raise ValueError(f"since must not be after the last month, {np.datetime64(last, 'M')}; got {since}")
    return np.datetime64(start)


def after(dataset: xr.Dataset, since: Any = None) -> xr.Dataset:
    """The months from the start of the effect on."""
    return dataset.sel(month=slice(start_of_effect(dataset, since), None))


def parting(scenarios: Sequence[Scenario]) -> str:
    """The first month in which scenarios differ in any actor's doctrine; the first of all if in none."""
    first, *others = scenarios

    def differs(month: str) -> bool:
        return any(one.doctrine(actor, month) != first.doctrine(actor, month) for one in others for actor in ACTORS)

    return next(filter(differs, first.calendar), first.start)
