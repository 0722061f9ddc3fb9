"""The negotiation: one month after another, the same line of code moving one world or many thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from sim.actors import handover
from sim.actors.bureaucracy import Bureaucracy
from sim.actors.congress import Congress
from sim.actors.contacts import Contacts
from sim.actors.europe import Europe
from sim.actors.guest import Invitation, answerable, joining
from sim.actors.mediator import Mediator
from sim.actors.public import Public
from sim.actors.reading import Reading
from sim.actors.russia import Russia
from sim.actors.ukraine import Ukraine
from sim.actors.united_states import UnitedStates
from sim.basics.actors import ACTORS
from sim.basics.agents import Model
from sim.basics.arrays import Array, Mask, full, real
from sim.basics.draws import Draws
from sim.basics.months import month_number
from sim.scenario import grants, parameter_sets
from sim.scenario.grants import Grant
from sim.scenario.parameter_sets import ParameterSets
from sim.world import armament, front, sanctions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario.resolved import Configuration


class DomainError(ArithmeticError):
    """A number left its domain: says which month, who, and what; of a recorded one also which world."""


class Luck:
    """The month's share of the world's luck: draws by name."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self.month = 0

    def uniform(self, stream: str) -> Array:
        """Uniforms on (0, 1)."""
        return self._draws.uniform(stream, self.month)

    def part(self, stream: str) -> NDArray[np.unsignedinteger[Any]]:
        """Which of `sim.basics.draws.PARTS` equally likely parts of a distribution."""
        return self._draws.part(stream, self.month)

    def normal(self, stream: str) -> Array:
        """Standard normals."""
        return self._draws.normal(stream, self.month)

    def exponential(self, stream: str) -> Array:
        """Exponentials of mean 1."""
        return self._draws.exponential(stream, self.month)

    def heavy_tailed(self, stream: str) -> Array:
        """Heavy-tailed shocks of variance 1."""
        return self._draws.heavy_tailed(stream, self.month)

    def listed(self, stream: str, table: Array, out: Array) -> None:
        """Put values of a table of `sim.basics.draws.PARTS` equally likely ones into an array."""
        table.take(self.part(stream), out=out, mode="clip")


class Cast(NamedTuple):
    """Who plays each part: what makes the actor of a model; the shipped classes unless others stand in for them."""

    united_states: Callable[[Negotiation], UnitedStates] = UnitedStates
    bureaucracy: Callable[[Negotiation], Bureaucracy] = Bureaucracy
    congress: Callable[[Negotiation], Congress] = Congress
    europe: Callable[[Negotiation], Europe] = Europe
    ukraine: Callable[[Negotiation], Ukraine] = Ukraine
    russia: Callable[[Negotiation], Russia] = Russia
    mediator: Callable[[Negotiation], Mediator] = Mediator


SHIPPED = Cast()
"""The model's own actors, who do as their doctrines say."""


class Negotiation(Model):
    """A block of worlds that share a scenario and differ in their luck.

    `for month in model:` lives through one month after another, to the last, and names each, "YYYY-MM".

    Parameters
    ----------
    config : Configuration
        What is simulated: a `Scenario`, or one that arrived resolved (`sim.scenario.resolved`).
    draws : Draws
        The luck of these worlds.
    parameters : ParameterSets, optional
        Parameters that differ between worlds; the scenario's if None.
    guests : iterable of callable
        Actors that join beside those that the scenario names: each is called with the model and returns a
        `sim.actors.guest.Guest`.
    cast : Cast, optional
        Who plays the parts, such as people in seats (`sim.teaching.seats`).

    Attributes
    ----------
    line : Array
        L, share of Ukraine held by Russia, shape (W,).
    momentum : Array
        m, its last monthly movement.
    need : Array
        How badly Ukraine needs aid, 0 to 1.
    need_at_war : Array
        The same if it fights.
    """

    def __init__(
        self,
        config: Configuration,
        draws: Draws,
        parameters: ParameterSets | None = None,
        guests: Iterable[Invitation] = (),
        cast: Cast = SHIPPED,
    ) -> None:
        super().__init__(rng=int(draws.seed))
        self.config, self.first_world, self.size = config, draws.start, draws.stop - draws.start
        self.luck = Luck(draws)
        self.elapsed, self.month, self.calendar = 0, config.start, config.calendar
        self.doctrines = {actor: config.doctrine(actor, config.start) for actor in ACTORS}
        self.line = full(self.size, config.initial.line)
        self.momentum = full(self.size, config.initial.momentum)
        self.moved = full(self.size, 0.0)
        self.need, self.need_at_war = full(self.size, 0.5), full(self.size, 0.5)
        self.parameters = parameters or parameter_sets.of(config, draws)
        p = self.parameters.front
        self.advantage = p.advantage + p.advantage_sd * self.luck.normal("defender's advantage")
        self.united_states = cast.united_states(self)
        self.bureaucracy = cast.bureaucracy(self)
        self.congress = cast.congress(self)
        self.reading = Reading(self)
        self.europe = cast.europe(self)
        self.ukraine = cast.ukraine(self)
        self.russia = cast.russia(self)
        self.mediator = cast.mediator(self)
        self.public, self.contacts = Public(self), Contacts(self)
        self.united_states.look()
        self.reading.weigh()
        for audience in (self.ukraine, self.russia, self.europe):
            audience.expect()
        self.guests = tuple(invited(self) for invited in (*joining(config.guests), *guests))

    def step(self) -> None:
        """Live through one month.

        The front moves and Kyiv's public wearies; the executive decides and speaks, and the bureaucracy carries out;
        Congress legislates; money flows; audiences update their beliefs; Europeans contribute; forces are armed; guests
        act; the table meets, and the two sides without it; a peace holds or breaks. Whoever records does so afterwards
        (`sim.ensemble.recorder`).

        Raises
        ------
        DomainError
            If a number overflows, is divided by zero, or is none, with month, actor and act; or if a guest leaves
            one out of its domain.
        PluginError
            If a guest fails.
        """
        self.begin_month()
        with strict_arithmetic(self):
            self.move_front()
            self.public.weary()

            self.united_states.decide_aid()
            self.united_states.announce()
            self.bureaucracy.carry_out()

            self.congress.legislate()
            self.europe.sanction()

            self.united_states.allocate()
            self.united_states.deliver()
            self.united_states.keep_word()

            self.reading.look()
            self.ukraine.update_belief()
            self.russia.update_belief()
            self.europe.update_belief()

            self.europe.contribute()
            self.europe.deliver()

            self.ukraine.arm()
            self.russia.mobilise()

            self.guests_act()

            self.ukraine.weigh_war()
            self.russia.weigh_war()
            self.mediator.convene()
            self.mediator.keep_peace()
        self.end_month()

    # ---- guests

    def guests_act(self) -> None:
        """Let every guest act, and hold what it leaves behind to the domains of all that is the model's own."""
        stood = handover.standing(self) if self.guests else {}
        for guest in self.guests:
            with answerable(guest):
                guest.act()
            if spoilt := handover.spoilt(self, stood):
                who = f"guest {guest.name!r} in {self.month}"
                raise DomainError(f"{who}: {spoilt}; mend {guest.origin}, or its dials")

    def owners(self) -> Iterator[tuple[str, Any]]:
        """Who owns arrays of the model: itself and its own actors, by what stands before the names of theirs."""
        yield "", self
        for name in (*Cast._fields, "public", "contacts", "reading"):
            yield f"{name}.", getattr(self, name)

    def company(self) -> str:
        """Who else may have had a hand in what broke, to be said after it; nothing where no guest has joined."""
        joined = ", ".join(f"{guest.name}, {guest.origin}" for guest in self.guests)
        return f" (guests who joined: {joined})" if joined else ""

    # ---- the calendar

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if not self.running:
            raise StopIteration
        self.step()
        return self.month

    def begin_month(self) -> None:
        """Turn the page: the month's luck, and the doctrines in force."""
        self.month = self.calendar[self.elapsed]
        self.luck.month = month_number(self.month)
        self.doctrines = {actor: self.config.doctrine(actor, self.month) for actor in ACTORS}

    def end_month(self) -> None:
        """Count the month."""
        self.elapsed += 1
        self.running = self.elapsed < self.config.months

    def months_since(self, month: str) -> float:
        """Months from `month` to now."""
        return float(month_number(self.month) - month_number(month))

    def granted(self, donor: str) -> Grant:
        """What events grant this month in a donor's name, EUR bn."""
        return grants.due(self.config.events, donor, self.month)

    def crisis_due(self, theatre: str) -> float:
        """Size of the crises scheduled for this month in a theatre."""
        due = [e for e in self.config.events if e.kind == "crisis" and e.month == self.month]
        return float(sum(event.size for event in due if event.theatre == theatre))

    # ---- sanctions

    @property
    def sanctions(self) -> Array:
        """Sanctions that Russia feels, American and European together, 0 to 1."""
        share = self.parameters.bureaucracy.american_sanctions
        return sanctions.pressure(self.bureaucracy.sanctions, self.europe.sanctions, share)

    # ---- the front

    @property
    def at_war(self) -> Mask:
        """Where the guns speak: neither a settlement nor a truce holds."""
        return ~self.mediator.quiet

    def eyes(self, intelligence: Array) -> Array:
        """What intelligence sharing multiplies Ukraine's force by."""
        p = self.parameters.front
        without = 1.0 - p.intelligence_value * p.intelligence_reference
        return np.asarray(without + p.intelligence_value * intelligence)

    def superiority(self) -> Array:
        """Log points of Russian force beyond the true defender's advantage."""
        met = self.ukraine.force * self.eyes(self.bureaucracy.intelligence)
        return np.asarray(front.superiority(self.russia.force, met, self.advantage))

    def move_front(self) -> None:
        """Territory moves, both sides learn from what they see, and Ukraine's need is plain to all."""
        p, superior = self.parameters.front, self.superiority()
        noise = self.luck.heavy_tailed("front") if self.config.mechanisms.front_noise else 0.0 * superior
        moved = np.where(self.at_war, front.movement(self.momentum, superior, noise, p), 0.0)
        if self.config.mechanisms.learning:
            observed = front.observed_advantage(superior + self.advantage, self.momentum, moved, p)
            self.ukraine.learn_from_front(observed)
            self.russia.learn_from_front(observed)
        self.moved, self.momentum = moved, moved.copy()
        self.line = front.held(self.line, moved)
        self.need_at_war = front.need(superior, p)
        felt_in_peace = armament.need_left(self.mediator.arms_pledged, p)
        self.need = self.need_at_war * np.where(self.at_war, real(1.0), felt_in_peace)

    def redraw_line(self, rows: NDArray[np.intp], offset: Array) -> None:
        """Move the line by agreement and still the front."""
        self.line[rows] = front.held(self.line[rows], offset)
        self.momentum[rows] = 0.0


@contextmanager
def strict_arithmetic(model: Negotiation) -> Iterator[None]:
    """Stop at the first number that overflows, is divided by zero or is none at all, and say whose it is.

    Raises
    ------
    DomainError
        With month, actor and act.
    """
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        try:
            yield
        except FloatingPointError as error:
            raise DomainError(f"{model.month}, {_act(error.__traceback__)}: {error}{model.company()}") from error


def _act(trace: TracebackType | None) -> str:
    """The first act of an actor on the way to where an error was raised, such as "russia, mobilise"."""
    while trace is not None:
        who: Any = trace.tb_frame.f_locals.get("self")
        name = getattr(who, "name", None)
        if isinstance(name, str):
            return f"{name}, {_function(trace)}"
        last, trace = trace, trace.tb_next
    return f"the world, {_function(last)}"


def _function(trace: TracebackType) -> str:
    return trace.tb_frame.f_code.co_name.strip("_").replace("_", " ")
