"""Numbers as data: the range that each can have, its unit and symbol, and what it rests on.

The model runs at the ends of every range. An end that no mechanism needs is where the number has long stopped to mean
anything: a scenario file that asks for more has a slip of the pen, and is told so before anything runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share of something, nothing and all included."""
PositiveShare = Annotated[float, Field(ge=0.001, le=1.0)]
"""A share that something is divided by."""
Memory = Annotated[float, Field(ge=0.0, le=0.999)]
"""Share of the past that stays a month later: never all of it."""
Fraction = Annotated[float, Field(ge=0.001, le=0.999)]
"""A share that is neither nothing nor all."""
Weight = Annotated[float, Field(ge=0.0, le=100.0)]
"""A weight, a gain or a worth, without unit or in units of utility a month."""
PositiveWeight = Annotated[float, Field(ge=0.001, le=100.0)]
"""A weight that something is divided by."""
SignedWeight = Annotated[float, Field(ge=-100.0, le=100.0)]
"""A worth that may be a loss, utility a month."""
LandWeight = Annotated[float, Field(ge=0.001, le=1000.0)]
"""Worth of all of Ukraine, utility a month."""
LogOdds = Annotated[float, Field(ge=-1000.0, le=1000.0)]
"""Log-odds of an event in a month: at the ends it never or always happens."""
LogOddsAdded = Annotated[float, Field(ge=0.0, le=1000.0)]
"""What something adds to log-odds."""
LogPoints = Annotated[float, Field(ge=-5.0, le=5.0)]
"""Log of a ratio of forces: at the ends one side is 150 times the other."""
Spread = Annotated[float, Field(ge=0.0, le=3.0)]
"""Standard deviation of a logarithm, of log points or of a share of full support."""
PositiveSpread = Annotated[float, Field(ge=0.000001, le=3.0)]
"""A standard deviation that something is divided by."""
Variance = Annotated[float, Field(ge=0.0, le=10.0)]
"""Variance of a belief about a share of full support."""
PositiveVariance = Annotated[float, Field(ge=0.0001, le=10.0)]
"""Variance of a signal, which is never without noise."""
Movement = Annotated[float, Field(ge=0.0, le=0.1)]
"""Share of Ukraine a month."""
PositiveMovement = Annotated[float, Field(ge=0.000001, le=0.1)]
"""Share of Ukraine a month that something is divided by: at the upper end all of it in ten months."""
PartShare = Annotated[float, Field(ge=0.0, le=0.9)]
"""A share of which something is always left."""
Months = Annotated[float, Field(ge=0.0, le=600.0)]
"""A time."""
PositiveMonths = Annotated[float, Field(ge=0.1, le=600.0)]
"""A time that something is divided by."""
Euros = Annotated[float, Field(ge=0.0, le=10_000.0)]
"""EUR bn, or EUR bn a month."""
PositiveEuros = Annotated[float, Field(ge=0.000000001, le=10_000.0)]
"""Euros that something is divided by, or that there is any of."""
Grant = Annotated[float, Field(ge=0.001, le=10_000.0)]
"""EUR bn that are given: a million at least."""
Force = Annotated[float, Field(ge=0.0, le=1_000_000.0)]
"""Units of force, or of force a month: 100 is Ukraine's force at the end of 2022."""
PositiveForce = Annotated[float, Field(ge=0.01, le=1_000_000.0)]
"""A force that something is divided by."""
Decisiveness = Annotated[float, Field(ge=0.1, le=20.0)]
"""How fast a contest saturates, per log point of superiority."""
Convexity = Annotated[float, Field(ge=2.0, le=12.0)]
"""Exponent of a cost: from one that grows with the square to one that is nearly a wall."""
Correction = Annotated[float, Field(ge=-2.0, le=2.0)]
"""Log points that a side gains or loses on the other."""
Ayes = Annotated[float, Field(ge=0.0, le=435.0)]
"""Votes in a chamber."""
PositiveAyes = Annotated[float, Field(ge=0.1, le=435.0)]
"""Votes that something is divided by."""
Count = Annotated[float, Field(ge=0.01, le=10_000.0)]
"""A count of something remembered, which may have faded to part of one."""

Source = Literal["record", "estimated", "literature", "base rate", "tuned", "judgement"]
"""What a number can rest on."""
SOURCES: dict[Source, str] = {
    "record": "read off the observed series",
    "estimated": "estimated from the record by a method that is named",
    "literature": "taken from the work that is named",
    "base rate": "within what other wars, alliances or leaders leave, by the table `base_rates` of the record",
    "tuned": "set by hand so that the scenario `history` comes near the record",
    "judgement": "chosen because it is plausible",
}
"""What each source means."""


class Quantity(NamedTuple):
    """What is known of a number beside its value.

    Attributes
    ----------
    name : str
        Where it stands, such as "front.pull".
    symbol, unit : str
        Its symbol in the equations, "" if it has none, and its unit.
    default : object
        Its value unless a scenario sets it.
    allowed : str
        Its range.
    source : str
        What it rests on, one of `SOURCES`, "" where that is not said.
    grounds : str
        Which series, method, work or reason, "" where that is not said.
    meaning : str
        What it is, in a sentence.
    """

    name: str
    symbol: str
    unit: str
    default: Any
    allowed: str
    source: str
    grounds: str
    meaning: str

    @property
    def rests_on(self) -> str:
        """Its source with its grounds: `record: sd of monthly change`."""
        return f"{self.source}: {self.grounds}" if self.grounds else self.source

    @property
    def sentence(self) -> str:
        """Symbol, meaning and source in one: `kappa, share a month per log point of superiority (tuned)`."""
        text = self.meaning.removesuffix(".")
        text = f"{self.symbol}, {text[:1].lower()}{text[1:]}" if self.symbol else text
        return f"{text} ({self.rests_on})." if self.source else self.meaning


NOTHING_SAID = {"symbol": "", "unit": "", "source": "", "grounds": ""}
"""What a field without a source says of itself."""


def _number(
    source: Source | Literal[""], default: Any, unit: str, grounds: str = "", *, symbol: str = "", **rules: Any
) -> Any:
    """A field of a table whose default rests on a source: its unit, and whose work it is, must be given."""
    if source in ("estimated", "literature", "base rate") and not grounds:
        raise ValueError(f"a number from {source} names the method, the work or the cases")
    about: Any = NOTHING_SAID | {"symbol": symbol, "unit": unit, "source": source, "grounds": grounds}
    return Field(default=default, json_schema_extra=about, **rules)


record = partial(_number, "record")
"""A number read off the observed series: `record(4.6, "EUR bn a month", "the highest half-year mean")`."""
estimated = partial(_number, "estimated")
"""A number estimated from the record."""
literature = partial(_number, "literature")
"""A number from the literature; its grounds are the reference."""
base_rate = partial(_number, "base rate")
"""A number within what base rates leave (`sim.record.base_rates.priors`); its grounds are the cases."""
tuned = partial(_number, "tuned")
"""A number set by hand so that `history` comes near the record."""
unsaid = partial(_number, "")
"""A number whose default says that there is none of it: it rests on nothing."""
judgement = partial(_number, "judgement")
"""A number chosen because it is plausible; its grounds say what it is meant to reproduce, or that it is a guess."""


def quantity(name: str, field: FieldInfo) -> Quantity:
    """Read what is known of a number off its field."""
    about: Any = field.json_schema_extra or NOTHING_SAID
    meaning = " ".join((field.description or "").split())
    return Quantity(name, default=field.default, allowed=allowed(field), meaning=meaning, **about)


def quantities(table: type[BaseModel], before: str = "") -> Iterator[Quantity]:
    """Every number of a table and of the tables in it, by dotted name."""
    for name, field in table.model_fields.items():
        inner = inner_table(field)
        if inner is None:
            yield quantity(before + name, field)
        else:
            yield from quantities(inner, f"{before}{name}.")


def inner_table(field: FieldInfo) -> type[BaseModel] | None:
    """The table that a field holds, or may hold; None if it holds a value."""
    kinds = get_args(field.annotation) or (field.annotation,)
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def allowed(field: FieldInfo) -> str:
    """The range that a field admits, in words."""
    bounds = {b: getattr(rule, b) for rule in field.metadata for b in ("gt", "ge", "lt", "le") if hasattr(rule, b)}
    if {"ge", "le"} <= bounds.keys():
        return f"{bounds['ge']:g} to {bounds['le']:g}"
    signs = {"gt": "above", "ge": "from", "lt": "below", "le": "up to"}
    free = "any number" if field.annotation in (float, int) else ""
    return ", ".join(f"{signs[bound]} {limit:g}" for bound, limit in bounds.items()) or free
