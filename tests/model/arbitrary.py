"""Arbitrary scenarios: any doctrines, any mechanisms, any initial state, parameters anywhere in their ranges."""

from typing import Any

from annotated_types import Ge, Gt, Le, Lt
from hypothesis import strategies as st
from lived import state
from pydantic.fields import FieldInfo

from sim.doctrine import DOCTRINES, FACTIONS, HOUSE_SEATS, SENATE_SEATS, Table
from sim.mechanisms import Mechanisms
from sim.parameters import Parameters
from sim.scenario import Scenario
from sim.scenario.tables import CUSTOM, DATED, Initial

Strategy = st.SearchStrategy[Any]
FARTHEST = 4.0
"""Where a parameter has no upper bound: how many times its default it may be."""

dial: Strategy = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))
US_DIALS = ("order", "rivalry", "alliance", "clarity", "horizon", "commitment", "channel", "affinity")
OTHER_DIALS = {
    "ukraine": ("resolve", "trust", "audience"),
    "russia": ("resolve", "patience", "opportunism"),
    "europe": ("autonomy", "cohesion", "free_riding"),
}


def bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    """Lowest and highest value that a field declares; None where it declares no such end or leaves it out."""
    low = next((rule.ge for rule in info.metadata if isinstance(rule, Ge)), None)
    high = next((rule.le for rule in info.metadata if isinstance(rule, Le)), None)
    return low, high


def inside(info: FieldInfo) -> Strategy:
    """Any value between the ends of a field's range, not the ends themselves."""
    default = info.default
    if isinstance(default, tuple):
        return st.floats(0.2, 3.0).map(lambda factor: tuple(factor * value for value in default))
    if any(isinstance(rule, Le | Lt) for rule in info.metadata):
        return st.floats(0.01, 0.99)
    if any(isinstance(rule, Ge | Gt) for rule in info.metadata):
        return st.floats(0.2, FARTHEST).map(lambda factor: factor * default)
    return st.floats(0.5, 1.5).map(lambda factor: factor * default)


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
        }
    )
