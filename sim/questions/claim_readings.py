"""What is read of every world for the claims, and the worlds it is read of: few surveys, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sim.arrays import Array
from sim.presets import CONGRESS
from sim.questions.claim_settings import Setting
from sim.scenario import Scenario
from sim.scenario.tables import ParameterSource

if TYPE_CHECKING:
    import xarray as xr

    from sim.doctrine import CongressDoctrine
    from sim.ensemble import Progress

HOUSE = 435
"""Seats of the House."""
SESSION = "118th"
"""The Congress whose votes on aid the split of a vote is read from."""
Lived = Mapping[tuple[Setting, "Reading"], Array]
"""What was read of each setting, (W,): the same worlds in every array."""
Change = Callable[[Scenario], Scenario]
"""Something that is done to every scenario before it is run, such as a mechanism switched off."""


@dataclass(frozen=True)
class Reading:
    """One number a world.

    Attributes
    ----------
    variable : str
        A monthly variable of `sim.ensemble.recorder.MONTHLY`.
    how : str
        "mean", "sum" or "ever" over the months, or "split": see `split`.
    first, last : str
        The months, both included, "YYYY-MM"; from the beginning or to the end if empty.
    scale : float
        What it is multiplied with.
    """

    variable: str
    how: str = "mean"
    first: str = ""
    last: str = ""
    scale: float = 1.0

    def of(self, paths: xr.Dataset) -> xr.DataArray:
        """Read it of monthly paths, dims (doctrine, world, month) to (doctrine, world)."""
        values = paths[self.variable].sel(month=slice(self.first or None, self.last or None))
        read: xr.DataArray = self.scale * HOW[self.how](values)
        return read


def split(ayes: xr.DataArray) -> xr.DataArray:
    """Share of the House outside the order majority that votes with its minority on bills of aid; 0 is a bloc.

    Parameters
    ----------
    ayes : DataArray (doctrine, world, month)
        Ayes in the House, missing without a vote. The order majority of the 118th Congress counts as ayes.

    Returns
    -------
    DataArray (doctrine, world)
        Mean over a world's votes, 0 to .5; missing in worlds without a vote.
    """
    loyal = cast("CongressDoctrine", CONGRESS[SESSION].doctrine).house.order_majority
    share = ((ayes - loyal) / (HOUSE - loyal)).clip(0.0, 1.0)
    votes = ayes.notnull().sum("month")
    return (0.5 - abs(share - 0.5)).sum("month", dtype=float).where(votes > 0) / votes.clip(min=1)


HOW: dict[str, Callable[[Any], Any]] = {
    "mean": lambda values: values.mean("month", dtype=float),
    "sum": lambda values: values.sum("month", dtype=float),
    "ever": lambda values: values.max("month").astype(float),
    "split": split,
}
"""Ways to make one number of a world's months."""


def lived(
    needed: Iterable[tuple[Setting, Reading]],
    parameters: ParameterSource,
    worlds: int,
    seed: int,
    jobs: int = 1,
    progress: Progress | None = None,
    change: Change | None = None,
) -> dict[tuple[Setting, Reading], Array]:
    """Run the settings in the same worlds, and read of each what is needed.

    Parameters
    ----------
    needed : iterable of (Setting, Reading)
        What is wanted; each is run and read once. Settings over the same months share a survey.
    parameters : str
        "one" for the default parameters, or the name of a posterior.
    worlds, seed, jobs, progress
        As in `sim.ensemble.survey`.
    change : callable, optional
        Done to every scenario before it is run.
    """
    pairs = list(dict.fromkeys(needed))
    scenarios = {setting: prepared(setting, parameters, change) for setting, _ in pairs}
    calendars: dict[tuple[str, int], list[Setting]] = {}
    for setting, scenario in scenarios.items():
        calendars.setdefault((scenario.start, scenario.months), []).append(setting)
    watch = _Watch(progress, worlds * sum(scenario.months for scenario in scenarios.values()))
    found: dict[tuple[Setting, Reading], Array] = {}
    for settings in calendars.values():
        wanted = [pair for pair in pairs if pair[0] in settings]
        found |= _surveyed(scenarios, settings, wanted, watch, (worlds, seed, jobs))
    return found


def prepared(setting: Setting, parameters: ParameterSource, change: Change | None = None) -> Scenario:
    """The scenario of a setting as it is run."""
    scenario = setting.built().with_parameter_sets(parameters)
    return scenario if change is None else change(scenario)


def _surveyed(
    scenarios: Mapping[Setting, Scenario],
    settings: list[Setting],
    wanted: list[tuple[Setting, Reading]],
    watch: _Watch,
    ensemble: tuple[int, int, int],
) -> dict[tuple[Setting, Reading], Array]:
    from sim.ensemble import survey

    readings = tuple(dict.fromkeys(reading for _, reading in wanted))
    labels = {setting: str(place) for place, setting in enumerate(settings)}
    variables = dict.fromkeys(reading.variable for reading in readings)
    named = {label: scenarios[setting] for setting, label in labels.items()}
    data = survey(named, partial(_read, readings=readings), variables, *ensemble, progress=watch.tell)
    watch.close()
    return {
        (setting, reading): data[str(readings.index(reading))].sel(doctrine=labels[setting]).to_numpy()
        for setting, reading in wanted
    }


def _read(paths: xr.Dataset, readings: tuple[Reading, ...]) -> xr.Dataset:
    import xarray as xr

    return xr.Dataset({str(place): reading.of(paths) for place, reading in enumerate(readings)})


class _Watch:
    """World-months of several surveys, told as of one."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.before, self.now = progress, total, 0, 0

    def tell(self, done: int, _total: int) -> None:
        self.now = done
        if self.progress is not None:
            self.progress(self.before + done, self.total)

    def close(self) -> None:
        self.before, self.now = self.before + self.now, 0
