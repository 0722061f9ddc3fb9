"""What audiences think possible of Washington, and how likely: the doctrines that they read its conduct by."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.scenario.doctrine import DOCTRINES, Doctrine, Table
from sim.scenario.presets import CUSTOM, PRESETS
from sim.scenario.spelling import OWN, flat, parsed

AUDIENCES = ("ukraine", "russia", "europe")
"""Who reads Washington."""
MOST_HYPOTHESES = 12
"""More cost as much time as all else in a month."""

Likely = Annotated[float, Field(ge=0.0, le=1000.0)]
"""How likely one doctrine is beside the others: weights, scaled to sum to 1."""
Odds = Annotated[tuple[Likely, ...] | None, Field(strict=False)]
"""One weight a hypothesis, in their order."""


class Minds(Table):
    """How likely each audience finds the hypotheses: a weight each, in their order."""

    ukraine: Odds = None
    """Kyiv."""
    russia: Odds = None
    """Moscow."""
    europe: Odds = None
    """The Europeans."""


class Reading(Table):
    """`[reading]`: which doctrines audiences think possible, and how likely."""

    hypotheses: tuple[str, ...] = Field(
        default=("architectural", "transactional", "aligned"), strict=False, min_length=1, max_length=MOST_HYPOTHESES
    )
    """Doctrines of Washington that audiences think possible: presets, or "preset:dial=value,dial=value"."""
    prior: Minds = Minds()
    """How likely each is where the doctrine is new; equally if not given."""
    start: Minds = Minds()
    """How likely audiences find each before the first month; as where it is new if not given."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for place, text in enumerate(self.hypotheses):
            if text in self.hypotheses[:place]:
                raise ValueError(f"hypotheses: {shown(text)} stands there twice")
            doctrine_of(text)
        for name in ("prior", "start"):
            for audience in AUDIENCES:
                _hold_to(f"{name}.{audience}", getattr(getattr(self, name), audience), len(self.hypotheses))
        return self


def _hold_to(name: str, weights: tuple[float, ...] | None, count: int) -> None:
    if weights is None:
        return
    if len(weights) != count:
        raise ValueError(
            f"{name}: must be one weight for each of the {count} hypotheses, got {len(weights)}; where a file that "
            "this one extends has weights, say them again for the hypotheses of this one"
        )
    if sum(weights) <= 0.0:
        raise ValueError(f"{name}: one weight at least must be above 0")


def doctrine_of(text: str) -> Doctrine:
    """The doctrine of Washington that a text names.

    >>> doctrine_of("transactional:commitment=0.85").commitment
    0.85

    Raises
    ------
    ValueError
        If it names none.
    """
    try:
        table = parsed(text)
    except InputError as error:
        raise ValueError(f"hypotheses: {error}") from None
    preset = table.pop("preset", OWN)
    if preset in (OWN, CUSTOM):
        raise ValueError(f"hypotheses: must start from a preset, got {shown(text)}")
    dials = _laid_over(PRESETS["us"][preset].doctrine.model_dump(), table)
    unknown = flat(dials).keys() - flat(PRESETS["us"][preset].doctrine).keys()
    if unknown:
        raise ValueError(f"hypotheses: {shown(text)} has no dial {', '.join(sorted(unknown))}")
    found: Any = DOCTRINES["us"].model_validate(dials)
    doctrine: Doctrine = found
    return doctrine


def _laid_over(dials: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _laid_over(dials[name], value) if isinstance(value, dict) and isinstance(dials.get(name), dict) else value
        for name, value in {**dials, **table}.items()
    }
