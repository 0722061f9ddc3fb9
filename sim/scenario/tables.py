"""The vocabulary of a scenario file: months, events, the initial state, and the tables of the actors.

`ScenarioFile` is the file as a user writes it: loose, every key optional. `sim.scenario.Scenario` is what
comes out: explicit, every dial and parameter in it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, create_model

from sim.doctrine import (
    DOCTRINES,
    CongressDoctrine,
    Doctrine,
    EuropeDoctrine,
    RussiaDoctrine,
    Table,
    UkraineDoctrine,
    UnitedStatesDoctrine,
)
from sim.mechanisms import Mechanisms
from sim.parameters import Parameters
from sim.presets import PRESETS
from sim.ranges import NonNegative, Positive, Share

ACTORS = tuple(DOCTRINES)
"""The actors whose doctrine a scenario sets, by their names in the file."""

CUSTOM = "custom"
"""Preset of a doctrine that starts from no preset: every dial is then given."""

MONTH_PATTERN = r"^(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])$"
QUESTION_PATTERN = r"^[^\r\n]*[^\s?][^\r\n]*\?$"
NAME_PATTERN = r"^[^./\\\x00-\x1f][^/\\\x00-\x1f]*$"
LONGEST_HORIZON = 600
MONTHS_A_YEAR = 12

Month = Annotated[str, Field(pattern=MONTH_PATTERN, examples=["2022-12"])]
"""A month, written "YYYY-MM"."""

Support = Annotated[float, Field(ge=0.0, le=1.2)]
"""A share of full American support; a little more than full is possible."""


def is_month(value: Any) -> bool:
    """Whether a value is a month, written "YYYY-MM"."""
    return isinstance(value, str) and re.fullmatch(MONTH_PATTERN, value) is not None


def month_number(month: str) -> int:
    """Months since year 0."""
    year, number = month.split("-")
    return int(year) * MONTHS_A_YEAR + int(number) - 1


def month_after(start: str, months: int) -> str:
    """The month that comes `months` after `start`.

    >>> month_after("2022-12", 2)
    '2023-02'
    """
    year, number = divmod(month_number(start) + months, MONTHS_A_YEAR)
    return f"{year:04d}-{number + 1:02d}"


class Settlement(Table):
    """A settlement in force at the start, along the line of the first month."""

    guarantee: int = Field(default=0, ge=0, le=4)
    """Guarantee to Ukraine: 0 none, 1 monitors, 2 arms, 3 troops, 4 a treaty."""
    relief: Share = 0.0
    """Share of sanctions relief granted to Russia."""


class Initial(Table):
    """`[initial]`: the state of the world before the first month."""

    line: Share = 0.1843
    """Share of Ukraine under Russian control (record: end of 2022)."""
    momentum: float = Field(default=0.0, ge=-1.0, le=1.0)
    """Movement of the line in the month before, share a month (judgement)."""
    force_ukraine: Positive = 100.0
    """Force of Ukraine, units: 100 at the end of 2022 by definition (judgement later)."""
    force_russia: Positive = 128.0
    """Force of Russia, the same units (tuned: the line nearly stands still)."""
    authority: NonNegative = 33.0
    """American authority to grant aid that is not yet used, EUR bn (record: supplemental of 2022-12)."""
    pipeline: NonNegative = 22.0
    """Granted by the United States and not yet delivered, EUR bn (judgement)."""
    promised: Support = 0.72
    """American support that audiences have been promised, share of full support (judgement)."""
    support: Support = 0.72
    """Mean belief of all audiences about lasting American support, share of full support (judgement)."""
    doubt: Positive = 0.14
    """Standard deviation of that belief (judgement)."""
    promises_kept: Positive = 7.0
    """Count of promises remembered as kept; with the broken ones it makes credibility (judgement)."""
    promises_broken: Positive = 3.0
    """Count of promises remembered as broken (judgement)."""
    sanctions: Share = 0.85
    """Sanctions in force, share of the strongest conceivable (judgement)."""
    intelligence: Share = 0.90
    """Intelligence shared with Ukraine, share of all that could be (judgement)."""
    posture: Share = 0.85
    """NATO posture in Europe, share of the strongest of these years (judgement)."""
    europe: NonNegative = 1.0
    """Europe's contributions at the start, a multiple of each member's mean of 2022 (judgement)."""
    europe_pipeline: NonNegative = 12.0
    """Granted by Europeans and not yet delivered, EUR bn (judgement)."""
    settlement: Settlement | None = None
    """A settlement in force from the first month; without this table the war is on."""


class Instrument(Table):
    """Money that needs no appropriation: a loan served by the profits of frozen assets."""

    month: Month
    """When it is granted."""
    kind: Literal["instrument"]
    """An instrument."""
    amount: Positive
    """How much, EUR bn."""
    note: str = ""
    """What it stands for, for the reader."""


class Crisis(Table):
    """A crisis in another theatre, which fades month by month."""

    month: Month
    """When it breaks out."""
    kind: Literal["crisis"]
    """A crisis."""
    theatre: Literal["indo_pacific", "hemisphere", "domestic"]
    """Where."""
    size: Positive
    """How large; 1 is a crisis of the size that chance brings."""
    note: str = ""
    """What it stands for, for the reader."""


Event = Annotated[Instrument | Crisis, Field(discriminator="kind")]
"""Something that happens in a given month whatever the actors do."""

D = TypeVar("D", bound=Doctrine)


class DatedDoctrine(Table, Generic[D]):
    """A doctrine and the month since which it is in force."""

    since: Month
    """First month in force."""
    preset: str
    """The preset's name, with the dials that differ from it: `transactional+commitment`."""
    doctrine: D
    """Its dials."""


# Made here, at the top of a module, where pickle finds them: scenarios travel to other processes.
UnitedStatesDated = DatedDoctrine[UnitedStatesDoctrine]
UkraineDated = DatedDoctrine[UkraineDoctrine]
RussiaDated = DatedDoctrine[RussiaDoctrine]
EuropeDated = DatedDoctrine[EuropeDoctrine]
CongressDated = DatedDoctrine[CongressDoctrine]

DATED: dict[str, type[DatedDoctrine[Any]]] = {
    "us": UnitedStatesDated,
    "ukraine": UkraineDated,
    "russia": RussiaDated,
    "europe": EuropeDated,
    "congress": CongressDated,
}
"""Dated doctrine of each actor."""


def _loose(model: type[Table], name: str) -> dict[str, Any]:
    """Fields of `model`, each optional, those of its sub-tables too."""
    fields: dict[str, Any] = {}
    for key, info in model.model_fields.items():
        kind: Any = info.annotation
        if isinstance(kind, type) and issubclass(kind, Table):
            kind = _table(f"{name}_{key}", kind.__doc__, _loose(kind, f"{name}_{key}"))
        fields[key] = (Annotated[kind, Field(description=info.description), *info.metadata], None)
    return fields


class _Made(Table):
    """Base of the tables that are made here: they have no source to read docstrings from."""

    model_config = ConfigDict(use_attribute_docstrings=False)


def _table(name: str, text: str | None, fields: dict[str, Any]) -> type[Table]:
    return create_model(name, __base__=_Made, __doc__=text, **fields)


def _actor_table(actor: str) -> type[Table]:
    """`[actor]` of a file: a preset, dials on top of it, and dated changes."""
    names = (*PRESETS[actor], CUSTOM)
    choices = [f"{name}: {preset.summary}" for name, preset in PRESETS[actor].items()]
    text = "\n".join(["The doctrine that the dials start from.", *choices, f"{CUSTOM}: every dial is given."])
    preset = (Literal[names], Field(default=None, description=text))
    dials = _loose(DOCTRINES[actor], actor)
    since = (Month, Field(alias="from", description="First month in which the change is in force."))
    change = _table(f"{actor}_change", "A change of doctrine.", {"since": since, "preset": preset, **dials})
    changes = (
        tuple[change, ...],  # type: ignore[valid-type]
        Field(default=(), strict=False, description="Changes over time, in order of date."),
    )
    return _table(actor, DOCTRINES[actor].__doc__, {"preset": preset, **dials, "doctrine": changes})


def _default_or_table(value: Any) -> Any:
    """`parameters = "default"` is short for a table without overrides."""
    return {} if value == "default" else value


ParameterSource = Literal["one", "posterior", "posterior_2024"]
"""Whether all worlds share the parameters, or each draws its own: given the whole record, or that up to 2024."""


class _Head(Table):
    """A scenario of the negotiations over Ukraine."""

    name: str = Field(default="", pattern=NAME_PATTERN)
    """Name of the scenario and of its folder of results; the file's own name unless given."""
    title: str = Field(default="", min_length=1)
    """What the scenario is called in figures and reports."""
    question: str = Field(default="", pattern=QUESTION_PATTERN)
    """The question it asks: one sentence that ends in a question mark."""
    extends: str = Field(default="", min_length=1)
    """A file, relative to this one, or a shipped scenario, whose values hold unless this file sets them."""
    start: Month = ""
    """The first month."""
    months: int = Field(default=0, ge=1, le=LONGEST_HORIZON)
    """How many months are simulated."""
    parameters: Annotated[Parameters, BeforeValidator(_default_or_table)] = Parameters()
    """"default", "posterior" (short for `parameter_sets = "posterior"`), or a table of those that differ."""
    parameter_sets: ParameterSource = "one"
    """"one": all worlds share the parameters; "posterior": each draws the free ones that are not set here, and
    "posterior_2024" does so given the record up to 2024 only, before the change of doctrine."""
    mechanisms: Mechanisms = Mechanisms()
    """Switches of the mechanisms."""
    initial: Initial = Initial()
    """The state of the world before the first month."""
    events: tuple[Event, ...] = Field(default=(), strict=False)
    """What happens in given months whatever the actors do."""


class _File(_Head):
    model_config = ConfigDict(use_attribute_docstrings=False)


ScenarioFile = create_model(
    "ScenarioFile",
    __base__=_File,
    __doc__=_Head.__doc__,
    **{actor: (_actor_table(actor), Field(default=None)) for actor in ACTORS},  # type: ignore[call-overload]
)
"""The file as a user writes it."""

HEAD = ("name", "title", "question", "extends", "start", "months")
"""Keys that stand before the first table."""

REQUIRED = ("title", "question", "start", "months")
"""What a file, or the files it extends, must set."""
