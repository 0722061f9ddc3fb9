"""What a guest leaves out of its domain is the guest's: named with the variable, the world, the month and the rule."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest

from sim.actors import handover
from sim.actors.guest import Guest
from sim.actors.variables import MONTHLY
from sim.basics.plugins import PluginError
from sim.ensemble import opened
from sim.model import DomainError, Negotiation
from sim.scenario import Scenario

FIRST, WORLDS, MONTH = 40, 6, "2022-12"


def visited(scenario: Scenario, act: Callable[[Negotiation], None]) -> Negotiation:
    """A model in which a guest does something in the first month."""

    class Vandal(Guest):
        def act(self) -> None:
            act(self.model)

    return opened(scenario, 1, FIRST, FIRST + WORLDS, guests=[Vandal])


def set_one(place: str, value: float, world: int = 2) -> Callable[[Negotiation], None]:
    """Change one number that somebody owns."""
    *owner, name = place.split(".")

    def act(model: Negotiation) -> None:
        whose = getattr(model, owner[0]) if owner else model
        values = getattr(whose, name).copy()
        values[..., world] = value
        setattr(whose, name, values)

    return act


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("russia.force", -2.0, "force_russia in world 42 is -2, must be above 0, and finite"),
        ("russia.force", np.nan, "force_russia in world 42 is nan, must be above 0, and finite"),
        ("ukraine.force", 0.0, "force_ukraine in world 42 is 0, must be above 0, and finite"),
        ("bureaucracy.sanctions", 1.5, "sanctions_us in world 42 is 1.5, must be from 0 to 1"),
        ("line", -0.5, "russian_held_share in world 42 is -0.5, must be from 0 to 1"),
        ("europe.contribution", -1.0, "europe_contribution in world 42 is -1, must be from 0 to inf"),
        ("momentum", np.inf, "momentum in world 42 is inf, must be finite"),
        ("russia.advantage", np.nan, "russia.advantage in world 42 is nan, must be finite"),
        ("ukraine.variance", -1.0, "doubt_ukraine in world 42 is nan, must be from 0 to inf"),
        ("united_states.crises", np.nan, "united_states.crises in world 42 is nan, must be finite"),
        ("public.opposed", 1.5, "opposed in world 42 is 1.5, must be from 0 to 1"),
        ("contacts.chance", np.nan, "contacts.chance in world 42 is nan, must be finite"),
    ],
)
def test_what_a_guest_spoils_is_told_of_the_guest(history: Scenario, place: str, value: float, says: str) -> None:
    model = visited(history, set_one(place, value))
    with pytest.raises(DomainError) as told:
        model.step()
    mend = f"mend the class Vandal of {__name__}, or its dials"
    assert str(told.value) == f"guest 'vandal' in {MONTH}: {says}; {mend}"


@pytest.mark.parametrize("name", [name for name, variable in MONTHLY.items() if np.isfinite(variable.low)])
def test_every_variable_with_a_domain_is_held_to_it(history: Scenario, name: str) -> None:
    """Also those that are worked out when they are read: the table of domains is the one that the recorder has."""
    model = opened(history, 1, FIRST, FIRST + WORLDS)
    model.step()
    stood = handover.standing(model)
    assert handover.spoilt(model, stood) == ""
    low = MONTHLY[name]._replace(low=np.inf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(handover.VARIABLES, low.source, (name, low))
        if not low.missing:
            assert handover.spoilt(model, stood).startswith(f"{name} in world {FIRST} is ")


def test_writing_into_the_arrays_of_others_is_seen_too(history: Scenario) -> None:
    def act(model: Negotiation) -> None:
        model.russia.force[3] = -1.0

    with pytest.raises(DomainError, match="force_russia in world 43 is -1"):
        visited(history, act).step()


@pytest.mark.parametrize("value", [1.0, np.ones(3)])
def test_what_was_an_array_over_worlds_stays_one(history: Scenario, value: object) -> None:
    def act(model: Negotiation) -> None:
        model.russia.force = value

    with pytest.raises(DomainError, match=rf"force_russia must stay an array over worlds, shape \({WORLDS},\)"):
        visited(history, act).step()


def test_a_guest_is_not_blamed_for_what_it_found(history: Scenario) -> None:
    model = visited(history, lambda model: None)
    model.russia.force[0] = 1.0
    model.momentum[1] = np.nan
    stood = handover.standing(model)
    assert handover.spoilt(model, stood) == ""
    model.momentum[0] = np.nan
    assert handover.spoilt(model, stood).startswith(f"momentum in world {FIRST} is nan")


def test_the_second_guest_is_not_blamed_for_the_first(history: Scenario) -> None:
    class First(Guest):
        def act(self) -> None:
            self.model.russia.force = -self.model.russia.force

    class Second(Guest):
        def act(self) -> None:
            raise AssertionError("the month has stopped")

    with pytest.raises(DomainError, match=r"^guest 'first' in 2022-12: force_russia"):
        opened(history, 1, 0, 4, guests=[First, Second]).step()


def test_what_breaks_later_names_who_was_there(history: Scenario) -> None:
    """A number may be in its domain and still too much for what follows."""
    model = visited(history, set_one("momentum", 3e38))
    with pytest.raises(DomainError, match=r" \(guests who joined: vandal, the class Vandal of \S+\)$"):
        for _ in model:
            pass


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda model: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda model: math.exp(1e9), "OverflowError: math range error"),
        (
            lambda model: model.line / (model.line - model.line),
            "FloatingPointError: divide by zero encountered in divide",
        ),
    ],
)
def test_arithmetic_that_breaks_in_a_guest_is_told_of_the_guest(history: Scenario, act, why: str) -> None:
    says = f"guest 'vandal' in {MONTH} failed: {why}; mend the class Vandal of {__name__}"
    with pytest.raises(PluginError, match=f"^{re.escape(says)}$"):
        visited(history, act).step()


def test_a_sound_guest_changes_what_it_likes(history: Scenario) -> None:
    model = visited(history, set_one("russia.force", 30.0))
    model.step()
    assert model.elapsed == 1
