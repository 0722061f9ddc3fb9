"""Arbitrary scenarios: any doctrines, mechanisms, initial state and events of money, parameters anywhere in range."""

import random
from typing import Any, get_args

from annotated_types import Ge, Le
from hypothesis import strategies as st
from lived import state
from pydantic.fields import FieldInfo

from sim.basics.actors import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.scenario import Money, Scenario
from sim.scenario.doctrine import DOCTRINES, Table
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.presets import CUSTOM
from sim.scenario.quantities import quantities
from sim.scenario.tables import DATED, Donor, Initial

Strategy = st.SearchStrategy[Any]
WEIGHTS = 5
"""Numbers in a table by level of guarantee."""

dial: Strategy = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))


def dials_of(actor: str) -> tuple[str, ...]:
    """The dials of an actor that are numbers by themselves, as its table defines them."""
    return tuple(dial.name for dial in quantities(DOCTRINES[actor]) if "." not in dial.name)


US_DIALS = dials_of("us")
OTHER_DIALS = {actor: dials_of(actor) for actor in ("ukraine", "russia", "europe")}


def bounds(info: FieldInfo) -> tuple[float, float]:
    """Lowest and highest value that a field declares; every number of a scenario declares both."""
    many = isinstance(info.default, tuple)
    rules = get_args(get_args(info.annotation)[0])[1].metadata if many else info.metadata
    low = next(rule.ge for rule in rules if isinstance(rule, Ge))
    high = next(rule.le for rule in rules if isinstance(rule, Le))
    return low, high


def inside(info: FieldInfo) -> Strategy:
    """Any value of a field's range: near its default, anywhere, or at an end."""
    low, high = bounds(info)
    if isinstance(info.default, tuple):
        return st.tuples(*[st.floats(low, high)] * WEIGHTS)
    near = st.floats(0.5, 1.5).map(lambda factor: min(max(factor * info.default, low), high))
    return st.one_of(near, st.floats(low, high), st.sampled_from([low, high]))


def corner(table: type[Table], rng: random.Random, share: float) -> dict[str, Any]:
    """Some of the fields of a table, each at one of the ends of its range."""
    found: dict[str, Any] = {}
    for key, info in table.model_fields.items():
        if rng.random() < share and is_number(info):
            ends = bounds(info)
            many = isinstance(info.default, tuple)
            found[key] = tuple(rng.choice(ends) for _ in range(WEIGHTS)) if many else rng.choice(ends)
    return found


def is_number(info: FieldInfo) -> bool:
    """Whether a field holds a number or numbers, not a table."""
    return isinstance(info.default, float | tuple)


def some_of(table: type[Table], leave_out: tuple[str, ...] = ()) -> Strategy:
    """Other values for a few fields of a table."""
    fields = {key: inside(info) for key, info in table.model_fields.items() if key not in leave_out}
    return st.fixed_dictionaries({}, optional=fields)


def _weights(draws: list[float]) -> dict[str, float]:
    total = sum(draws)
    return dict(zip(("europe", "indo_pacific", "hemisphere", "domestic"), (d / total for d in draws), strict=True))


def _seats(cuts: list[int], seats: int) -> dict[str, int]:
    ends = [0, *sorted(cuts), seats]
    return {faction: ends[n + 1] - ends[n] for n, faction in enumerate(FACTIONS)}


def chamber(seats: int) -> Strategy:
    cuts = st.lists(st.integers(0, seats), min_size=len(FACTIONS) - 1, max_size=len(FACTIONS) - 1)
    return cuts.map(lambda ends: _seats(ends, seats))


weights = st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4).map(_weights)
doctrines: dict[str, Strategy] = {
    "us": st.fixed_dictionaries(dict.fromkeys(US_DIALS, dial) | {"priorities": weights}),
    "congress": st.fixed_dictionaries({"agenda": dial, "house": chamber(HOUSE_SEATS), "senate": chamber(SENATE_SEATS)}),
    **{actor: st.fixed_dictionaries(dict.fromkeys(names, dial)) for actor, names in OTHER_DIALS.items()},
}
mechanisms = st.fixed_dictionaries({}, optional=dict.fromkeys(Mechanisms.model_fields, st.booleans()))
parameters = st.fixed_dictionaries(
    {}, optional={name: some_of(info.annotation) for name, info in Parameters.model_fields.items()}
)
initial = st.fixed_dictionaries(
    {"table": some_of(Initial, leave_out=("settlement", "momentum"))},
    optional={
        "momentum": st.floats(-0.02, 0.02),
        "settlement": st.fixed_dictionaries({"guarantee": st.integers(0, 4), "relief": dial}),
    },
).map(lambda parts: {**parts.pop("table"), **parts})


def _tables(changes: dict[str, dict[str, Any]]) -> Parameters:
    """All parameters, some of them changed."""
    stages = Parameters.model_fields
    return Parameters(**{stage: stages[stage].annotation(**values) for stage, values in changes.items()})


def _dated(actor: str, since: str, dials: dict[str, Any]) -> Any:
    return DATED[actor](since=since, preset=CUSTOM, doctrine=DOCTRINES[actor](**dials))


def events(months: list[str]) -> Strategy:
    """Some events of money, whoever gives it and however long it takes."""
    money = st.builds(
        Money,
        month=st.sampled_from(months),
        kind=st.just("money"),
        donor=st.sampled_from(get_args(Donor)),
        amount=st.floats(0.01, 100.0),
        months=st.integers(1, 2 * len(months)),
        arms=dial,
    )
    return st.lists(money, max_size=3).map(lambda drawn: tuple(sorted(drawn, key=lambda event: event.month)))


@st.composite
def scenarios(draw: st.DrawFn, base: Scenario) -> Scenario:
    """Any scenario over the months of `base`, with another doctrine in Washington half-way."""
    months = {actor: [base.start] for actor in doctrines} | {"us": [base.start, base.calendar[base.months // 2]]}
    drawn = {
        actor: tuple(_dated(actor, month, draw(doctrines[actor])) for month in since) for actor, since in months.items()
    }
    return Scenario.model_validate(
        {
            **dict(base),
            **drawn,
            "mechanisms": Mechanisms(**draw(mechanisms)),
            "parameters": _tables(draw(parameters)),
            "initial": state(**draw(initial)),
            "events": draw(events(base.calendar)),
        }
    )
