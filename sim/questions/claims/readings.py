"""The worlds that the claims compare, and what is read of every world: few surveys, whatever is asked.

A variant is a shipped scenario under other doctrines, with something switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import xarray as xr

from sim.basics.arrays import Array
from sim.ensemble import Ensemble, Progress, survey
from sim.questions.claims.agreements import OF_AGREEMENTS
from sim.questions.claims.prior_sets import PriorSets, given
from sim.scenario import Crisis, Scenario, load
from sim.scenario.presets import CONGRESS
from sim.scenario.spelling import parsed
from sim.scenario.tables import ParameterSource

if TYPE_CHECKING:
    from sim.scenario.doctrine import CongressDoctrine

SIZE = 2.0
"""Of a crisis in the Indo-Pacific that a variant adds; 1 is the size that chance brings."""
PLAIN_EUROPE = {"europe": {"pressed": 0.0, "posture_weight": 0.0}}
"""Europe that minds neither open pressure nor a thinner posture."""
FEARLESS = ("hedging", "alarm")
"""Mechanisms without which Europe does not fear to be left alone."""


@dataclass(frozen=True)
class Variant:
    """A shipped scenario with what a claim changes in it.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    us : str
        Washington's doctrine from its last change on, as in `parsed`; the scenario's own if empty.
    congress : str
        The session that sits from the first month on; the scenario's own if empty.
    off : tuple of str
        Mechanisms that are switched off.
    months : int
        Horizon; the scenario's own if 0.
    crisis : str
        Month of a crisis in the Indo-Pacific, "YYYY-MM"; none if empty.
    plain_europe : bool
        Whether Europe minds neither pressure nor posture (`PLAIN_EUROPE`).
    integrated : tuple of str
        Parameters that every world draws from a prior of the claim's own (`prior_sets.INTEGRATED`).
    """

    scenario: str
    us: str = ""
    congress: str = ""
    off: tuple[str, ...] = ()
    months: int = 0
    crisis: str = ""
    plain_europe: bool = False
    integrated: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What it is, in the words of its fields that are not empty."""
        named = [self.scenario, self.us, self.congress, *(f"-{name}" for name in self.off), self.crisis]
        more = [f"{self.months} months" if self.months else "", "plain_europe" if self.plain_europe else ""]
        return " ".join(filter(None, [*named, *more, *(f"~{name}" for name in self.integrated)]))

    def built(self) -> Scenario:
        """The scenario, with the parameters as it ships with them."""
        found = load(self.scenario)
        if self.months:
            found = found.with_horizon(self.months)
        if self.us:
            found = found.with_doctrine("us", parsed(self.us))
        if self.congress:
            found = found.with_doctrine("congress", self.congress, since=found.start)
        if self.off:
            found = found.with_mechanisms(**dict.fromkeys(self.off, False))
        if self.plain_europe:
            found = found.with_parameters(PLAIN_EUROPE)
        if self.crisis:
            crisis = Crisis(month=self.crisis, kind="crisis", theatre="indo_pacific", size=SIZE)
            events = tuple(sorted([*found.events, crisis], key=lambda event: event.month))
            found = Scenario.model_validate({**dict(found), "events": events})
        return found


# ---- readings

HOUSE = 435
"""Seats of the House."""
SESSION = "118th"
"""The Congress whose votes on aid the split of a vote is read from."""
HALF = 0.5
"""Chance beyond which something is likelier than not."""
AGREEMENT = "agreement"
"""How what `OF_AGREEMENTS` names is read."""
Change = Callable[[Scenario], Scenario]
"""Something that is done to every scenario before it is run, such as a mechanism switched off."""


@dataclass(frozen=True)
class Reading:
    """One number a world.

    Attributes
    ----------
    variable : str
        A monthly variable of `sim.actors.variables.MONTHLY`; or, `how` "agreement", a name of `OF_AGREEMENTS`.
    how : str
        "mean", "sum" or "ever" over the months, "likely": whether a chance is over one half on average, "split": see
        `split`, or "agreement".
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
        months = paths.sel(month=slice(self.first or None, self.last or None))
        values = OF_AGREEMENTS[self.variable].read(months) if self.how == AGREEMENT else None
        read: xr.DataArray = self.scale * (HOW[self.how](months[self.variable]) if values is None else values)
        return read

    @property
    def needs(self) -> tuple[str, ...]:
        """The monthly variables that it is made of."""
        return OF_AGREEMENTS[self.variable].needs if self.how == AGREEMENT else (self.variable,)


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
    "likely": lambda values: (values.mean("month", dtype=float) > HALF).astype(float),
    "split": split,
}
"""Ways to make one number of a world's months."""


def lived(
    needed: Iterable[tuple[Variant, Reading]],
    parameters: ParameterSource | PriorSets,
    ensemble: Ensemble,
    change: Change | None = None,
) -> dict[tuple[Variant, Reading], Array]:
    """Run variants in the same worlds, and read of each what is needed.

    Parameters
    ----------
    needed : iterable of (Variant, Reading)
        What is wanted; each is run and read once. Variants over the same months share a survey.
    parameters : str or PriorSets
        "one" for the default parameters, or the name of a posterior; or sets of the prior.
    ensemble : Ensemble
        Which worlds; for sets of the prior those of all of them together.
    change : callable, optional
        Done to every scenario before it is run.
    """
    pairs = list(dict.fromkeys(needed))
    sets = parameters if isinstance(parameters, PriorSets) else None
    source: ParameterSource = "one" if isinstance(parameters, PriorSets) else parameters
    scenarios = {variant: prepared(variant, source, change) for variant, _ in pairs}
    calendars: dict[tuple[str, int], list[Variant]] = {}
    for variant, scenario in scenarios.items():
        calendars.setdefault((scenario.start, scenario.months), []).append(variant)
    total = ensemble.worlds * sum(scenario.months for scenario in scenarios.values())
    found: dict[tuple[Variant, Reading], Array] = {}
    done = 0
    for (_, months), variants in calendars.items():
        part = ensemble.watched(_part(ensemble.progress, done, total))
        wanted = [pair for pair in pairs if pair[0] in variants]
        found |= _surveyed({variant: scenarios[variant] for variant in variants}, wanted, part, sets)
        done += ensemble.worlds * months * len(variants)
    return found


def prepared(variant: Variant, parameters: ParameterSource, change: Change | None = None) -> Scenario:
    """The scenario of a variant as it is run."""
    scenario = variant.built().with_parameter_sets(parameters)
    return scenario if change is None else change(scenario)


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """What tells the progress of one of several surveys as that of all."""
    return None if progress is None else lambda done, _: progress(before + done, total)


def _surveyed(
    scenarios: Mapping[Variant, Scenario],
    wanted: list[tuple[Variant, Reading]],
    ensemble: Ensemble,
    prior: PriorSets | None,
) -> dict[tuple[Variant, Reading], Array]:
    readings = tuple(dict.fromkeys(reading for _, reading in wanted))
    labels = {variant: str(place) for place, variant in enumerate(scenarios)}
    sets = {labels[variant]: given(scenario, variant.integrated, prior) for variant, scenario in scenarios.items()}
    data = survey(
        {labels[variant]: scenario for variant, scenario in scenarios.items()},
        partial(_read, readings=readings),
        ensemble,
        dict.fromkeys(variable for reading in readings for variable in reading.needs),
        {label: own for label, own in sets.items() if own is not None},
        prior.worlds if prior else 0,
    )
    return {
        (variant, reading): data[str(readings.index(reading))].sel(doctrine=labels[variant]).to_numpy()
        for variant, reading in wanted
    }


def _read(paths: xr.Dataset, readings: tuple[Reading, ...]) -> xr.Dataset:
    return xr.Dataset({str(place): reading.of(paths) for place, reading in enumerate(readings)})
