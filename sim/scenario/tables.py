"""The vocabulary of a scenario file: months, events, the initial state, and the tables of the actors.

`ScenarioFile` is the file as a user writes it: loose, every key optional. `sim.scenario.Scenario` is what
comes out: explicit, every dial and parameter in it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, create_model

from sim.basics import months
from sim.basics.actors import ACTORS
from sim.basics.mistakes import shown
from sim.basics.plain_text import HIDDEN, LINE, LINES, LONGEST_NAME, NAME, wrong_with_name
from sim.scenario.doctrine import (
    DOCTRINES,
    CongressDoctrine,
    Doctrine,
    EuropeDoctrine,
    RussiaDoctrine,
    Table,
    UkraineDoctrine,
    Unit,
    UnitedStatesDoctrine,
)
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.minds import Reading
from sim.scenario.parameters import Parameters
from sim.scenario.presets import CUSTOM, PRESETS
from sim.scenario.quantities import (
    Count,
    Euros,
    Grant,
    PositiveForce,
    PositiveWeight,
    Share,
    Weight,
    judgement,
    record,
    tuned,
    unsaid,
)
from sim.scenario.spelling import short, written

QUESTION_PATTERN = rf"^[^{HIDDEN}]*[^{HIDDEN}\s?][^{HIDDEN}]*\?$"
LONGEST_TITLE, LONGEST_QUESTION, LONGEST_NOTE = 200, 400, 1000
"""Characters."""
LONGEST_HORIZON = 600

Month = Annotated[str, Field(pattern=months.PATTERN, examples=["2022-12"])]
"""A month, written "YYYY-MM"."""

Support = Annotated[float, Field(ge=0.0, le=1.2)]
"""A share of full American support; a little more than full is possible."""


Note = Annotated[str, Field(max_length=LONGEST_NOTE, pattern=LINES)]
"""Lines for the reader."""


def _name_of_a_folder(name: str) -> str:
    if wrong := wrong_with_name(name):
        raise ValueError(f"{wrong}, got {shown(name)}")
    return name


Name = Annotated[str, Field(max_length=LONGEST_NAME, pattern=NAME), AfterValidator(_name_of_a_folder)]
"""A name that a folder can have on every machine."""


class Settlement(Table):
    """A settlement in force at the start, along the line of the first month."""

    guarantee: int = unsaid(0, "level", ge=0, le=4)
    """Guarantee to Ukraine: 0 none, 1 monitors, 2 arms, 3 troops, 4 a treaty."""
    relief: Share = unsaid(0.0, "share")
    """Share of sanctions relief granted to Russia."""


class Initial(Table):
    """`[initial]`: the state of the world before the first month."""

    line: Share = record(0.1843, "share", "end of 2022")
    """Share of Ukraine under Russian control."""
    momentum: float = judgement(0.0, "share a month", "the line nearly stood still at the end of 2022", ge=-1.0, le=1.0)
    """Movement of the line in the month before, share a month."""
    force_ukraine: PositiveForce = judgement(100.0, "units", "for a later start")
    """Force of Ukraine, units: 100 at the end of 2022 by definition."""
    force_russia: PositiveForce = tuned(128.0, "units", "the line nearly stands still")
    """Force of Russia, the same units."""
    authority: Euros = record(33.0, "EUR bn", "supplemental of 2022-12")
    """American authority to grant aid that is not yet used, EUR bn."""
    pipeline: Euros = judgement(22.0, "EUR bn", "a guess: about half a year of what had been granted")
    """Granted by the United States and not yet delivered, EUR bn."""
    promised: Support = judgement(
        0.72, "share of full support", "a guess: most of full support, as was said in public through 2022"
    )
    """American support that audiences have been promised, share of full support."""
    promises_kept: Count = judgement(
        7.0, "promises", "a guess, with those broken a credibility of .7 that ten promises are worth"
    )
    """Count of promises remembered as kept; with the broken ones it makes credibility."""
    promises_broken: Count = judgement(3.0, "promises", "a guess, with those kept")
    """Count of promises remembered as broken."""
    sanctions: Share = judgement(
        0.85, "0 to 1", "a guess at the end of 2022: nearly all that was conceivable then, without energy"
    )
    """American sanctions in force, share of the fullest."""
    sanctions_europe: Share = judgement(0.85, "0 to 1", "as the American: ten acts against nine by the end of 2022")
    """European sanctions in force, share of the fullest."""
    upkeep: Share = record(1.0, "0 to 1", "over 170 designations a month from 2022 to 2024")
    """How well American sanctions are kept up; 1 where new names were still being put on the lists."""
    intelligence: Share = judgement(0.90, "0 to 1", "a guess at the end of 2022: nearly all, with limits on targets")
    """Intelligence shared with Ukraine, share of all that could be."""
    posture: Share = judgement(0.85, "0 to 1", "a guess at the end of 2022: near the strongest of these years")
    """NATO posture in Europe, share of the strongest of these years."""
    europe: Weight = judgement(1.0, "number", "each member starts at its own mean")
    """Europe's contributions at the start, a multiple of each member's mean of 2022."""
    eu_envelope: Euros = record(18.0, "EUR bn", "the loan for 2023, agreed in 2022-12")
    """Agreed by all governments for EU institutions to pay and not yet paid, EUR bn."""
    europe_pipeline: Euros = judgement(12.0, "EUR bn", "a guess: about four months of what was given in 2022")
    """Granted by Europeans and not yet delivered, EUR bn."""
    opposed: Share = record(0.85, "share", "survey of 2022-12")
    """Share of Ukrainians against any concession of land."""
    settlement: Settlement | None = None
    """A settlement in force from the first month; without this table the war is on."""


Donor = Literal[
    "us",
    "europe",
    "eu",
    "eu_institutions",
    "germany",
    "united_kingdom",
    "nordics",
    "benelux",
    "france",
    "poland",
    "baltics",
    "southern",
    "others",
]
"""Who gives: the United States; Europe, all members together; the EU, short for its institutions; or one member."""


class Money(Table):
    """Money that nobody decides on in the model: a loan served by the profits of frozen assets, or by joint debt."""

    month: Month
    """When the first part is granted."""
    kind: Literal["money"]
    """Money."""
    donor: Donor
    """Who gives: "us"; "europe", shared out among its members by their budgets; "eu"; or one member."""
    amount: Grant
    """How much in all, EUR bn."""
    months: int = Field(default=1, ge=1, le=LONGEST_HORIZON)
    """Over how many months it is granted, in equal parts."""
    arms: Share = 0.0
    """Share that is arms; the rest is money, which arms nobody."""
    note: Note = ""
    """What it stands for, for the reader."""


class Instrument(Table):
    """The old name of American money granted in one month, none of it arms; `kind = "money"` says more."""

    donor: ClassVar[Donor] = "us"
    months: ClassVar[int] = 1
    arms: ClassVar[float] = 0.0

    month: Month
    """When it is granted."""
    kind: Literal["instrument"]
    """American money."""
    amount: Grant
    """How much, EUR bn."""
    note: Note = ""
    """What it stands for, for the reader."""


MoneyEvent = Money | Instrument
"""An event of money, by its name or by its old one."""


class Crisis(Table):
    """A crisis in another theatre, which fades month by month."""

    month: Month
    """When it breaks out."""
    kind: Literal["crisis"]
    """A crisis."""
    theatre: Literal["indo_pacific", "hemisphere", "domestic"]
    """Where."""
    size: PositiveWeight
    """How large; 1 is a crisis of the size that chance brings."""
    note: Note = ""
    """What it stands for, for the reader."""


Event = Annotated[Money | Instrument | Crisis, Field(discriminator="kind")]
"""Something that happens in a given month whatever the actors do."""

D = TypeVar("D", bound=Doctrine)


class DatedDoctrine(Table, Generic[D]):
    """A doctrine and the month since which it is in force."""

    since: Month
    """First month in force."""
    preset: str
    """The preset that its dials start from; "custom" where they start from none."""
    doctrine: D
    """Its dials."""

    @property
    def text(self) -> str:
        """The doctrine written out: its preset, with the dials that differ from it: `transactional:commitment=0.85`."""
        return written(self.doctrine, self.preset)

    @property
    def label(self) -> str:
        """What it is called: its text, or what there is room for of it; of a custom one only that."""
        return CUSTOM if self.preset == CUSTOM else short(self.text)

    def table(self) -> dict[str, Any]:
        """It as a table of a file."""
        return {"from": self.since, "preset": self.preset, **self.doctrine.model_dump(mode="json")}


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
    shipped = PRESETS[actor].shipped
    names = (*PRESETS[actor].names, CUSTOM)  # the package of an offered one is imported only where it is asked for
    choices = [f"{name}: {preset.summary}" for name, preset in shipped.items()]
    choices += [f"{name}: offered by another package." for name in PRESETS[actor].names if name not in shipped]
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


PARAMETERS = tuple(
    f"{stage}.{name}"
    for stage, field in Parameters.model_fields.items()
    for name in field.annotation.model_fields  # type: ignore[union-attr]
)
"""Every parameter by its stage and name."""

DROPPED = (
    *("events", "guests", "hold", "parameters", "mechanisms", "initial", "initial.settlement"),
    *(name for actor in ACTORS for name in (actor, f"{actor}.doctrine")),
)
"""What a file can let go of what it inherits."""

STATE_OF_DEFAULTS = "2022-12"
"""The start that the defaults of `Initial` belong to."""


class _Head(Table):
    """A scenario of the negotiations over Ukraine."""

    format: int = Field(default=0, ge=0)
    """Format of the file, in files that the program wrote; one that does not say it is of the present format."""
    name: Name = ""
    """Name of the scenario and of its folder of results; the file's own name unless given."""
    title: str = Field(default="", min_length=1, max_length=LONGEST_TITLE, pattern=LINE)
    """What the scenario is called in figures and reports."""
    question: str = Field(default="", max_length=LONGEST_QUESTION, pattern=QUESTION_PATTERN)
    """The question it asks: one sentence that ends in a question mark."""
    extends: str = Field(default="", min_length=1)
    """A file, relative to this one, or a shipped scenario: what this file does not name stays as it is there; tables
    merge key by key, lists add up."""
    drop: tuple[Literal[DROPPED], ...] = Field(default=(), strict=False)  # type: ignore[valid-type]
    """What is let go of the file that this one extends, before anything here is laid over it."""
    start: Month = ""
    """The first month."""
    months: int = Field(default=0, ge=1, le=LONGEST_HORIZON)
    """How many months are simulated."""
    state: Literal["record", "inherited"] | None = None
    """Where the state before the first month comes from, as far as `[initial]` here does not name it. "record": what
    the observed record knows of the month before `start` (line, momentum, europe, opposed), the rest as inherited;
    "inherited": all as inherited. If not given: "record" where a `start` other than the inherited one makes the record
    say more."""
    parameters: Annotated[Parameters, BeforeValidator(_default_or_table)] = Parameters()
    """"default" (one set for all worlds, nothing inherited), "posterior" (short for `parameter_sets = "posterior"`), or
    a table of those that differ."""
    parameter_sets: ParameterSource = "one"
    """"one": all worlds share the parameters; "posterior": each draws the free ones that are not set here, and
    "posterior_2024" does so given the record up to 2024 only, before the change of doctrine."""
    hold: tuple[Literal[PARAMETERS], ...] = Field(default=(), strict=False)  # type: ignore[valid-type]
    """Parameters that no world draws, such as "front.pull", though they have their default value; those with another
    value are never drawn."""
    mechanisms: Mechanisms = Mechanisms()
    """Switches of the mechanisms."""
    reading: Reading = Reading()
    """Which doctrines of Washington audiences think possible, and how likely."""
    initial: Initial = Initial()
    """The state of the world before the first month."""
    guests: dict[str, dict[str, Unit]] = Field(default={})
    """Actors that other packages offer and that join, by name; each a table of its dials, as in [guests.china]."""
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

HEAD = ("format", "name", "title", "question", "extends", "drop", "start", "months", "state", "hold")
"""Keys that stand before the first table."""

REQUIRED = ("title", "question", "start", "months")
"""What a file, or the files it extends, must set."""
