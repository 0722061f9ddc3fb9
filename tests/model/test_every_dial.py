"""Every dial, every mechanism and every parameter moves something that is recorded: there are no dead numbers."""

from functools import cache

import pytest
from arbitrary import dials_of
from lived import Record, differing, lived, with_initial
from shipped import plain

from sim.basics.actors import FACTIONS
from sim.scenario import Scenario
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.tables import Initial

WORLDS = 25
US_DIALS = dials_of("us")
OTHER_DIALS = {actor: dials_of(actor) for actor in ("ukraine", "russia", "europe", "congress")}
THEATRES = ("europe", "indo_pacific", "hemisphere")


@cache
def stage(name: str) -> Scenario:
    """A scenario in which the thing in question has something to work on."""
    if name == "both doctrines":
        return plain("history").with_horizon(30).with_doctrine("us", "transactional", since="2023-09")
    if name == "unbound alignment":
        return plain("aligned").with_mechanisms(institutions=False)
    if name == "collapsing":
        return with_initial(plain("outlook"), force_ukraine=60.0, force_russia=300.0).with_parameters(
            {"front": {"wear": 0.2, "own_effort_ukraine": 1.0}}
        )
    if name == "defeated":
        return plain("isolationist_congress").with_mechanisms(agenda_gate=False)
    if name == "treaties":
        return plain("architectural").with_parameters(
            {"patron": {"guarantee_order": 5.0}, "table": {"talks_base": 3.0, "guarantee_pain": (0.0,) * 5}}
        )
    if name == "turned dials":
        return turned(stage("both doctrines"))
    return plain(name)


def turned(scenario: Scenario) -> Scenario:
    """The others with every dial at its farther end, away from the values at which an equation is neutral."""
    for actor, dials in OTHER_DIALS.items():
        doctrine = scenario.doctrine(actor, scenario.start)
        ends = {dial: 0.0 if getattr(doctrine, dial) >= 0.5 else 1.0 for dial in dials}
        scenario = scenario.with_doctrine(actor, ends, since=scenario.start)
    return scenario


@cache
def as_it_was(name: str) -> Record:
    return lived(stage(name), 0, WORLDS)


def moved(name: str, changed: Scenario) -> list[str]:
    """What is no longer the same in a scenario once it is changed."""
    return differing(lived(changed, 0, WORLDS), as_it_was(name))


def test_a_scenario_with_nothing_changed_is_the_same(both: Scenario) -> None:
    assert moved("both doctrines", both.with_parameters({}).with_mechanisms()) == []


@pytest.fixture(scope="module")
def both() -> Scenario:
    return stage("both doctrines")


# ---- dials


@pytest.mark.parametrize("dial", US_DIALS)
def test_every_dial_of_washington_moves_something(both: Scenario, dial: str) -> None:
    other = {dial: 0.0 if getattr(both.us[0].doctrine, dial) >= 0.5 else 1.0}
    assert moved("both doctrines", both.with_doctrine("us", other, since=both.start))


@pytest.mark.parametrize("theatre", THEATRES)
def test_every_theatre_moves_something_when_it_gains_at_the_expense_of_home(both: Scenario, theatre: str) -> None:
    weights = dict(both.us[0].doctrine.priorities)
    weights |= {theatre: weights[theatre] + 0.2, "domestic": weights["domestic"] - 0.2}
    assert moved("both doctrines", both.with_doctrine("us", {"priorities": weights}, since=both.start))


@pytest.mark.parametrize(("actor", "dial"), [(actor, dial) for actor, dials in OTHER_DIALS.items() for dial in dials])
def test_every_dial_of_the_others_moves_something(both: Scenario, actor: str, dial: str) -> None:
    other = {dial: 0.0 if getattr(both.doctrine(actor, both.start), dial) >= 0.5 else 1.0}
    assert moved("both doctrines", both.with_doctrine(actor, other, since=both.start))


@pytest.mark.parametrize("faction", FACTIONS[1:])
@pytest.mark.parametrize("chamber", ["house", "senate"])
def test_every_faction_moves_something_when_it_takes_seats_of_the_majority(chamber: str, faction: str) -> None:
    congress = stage("isolationist_congress").congress[0].doctrine
    seats = dict(getattr(congress, chamber))
    seats |= {faction: seats[faction] + 12, "order_majority": seats["order_majority"] - 12}
    changed = stage("isolationist_congress").with_doctrine("congress", {chamber: seats})
    assert moved("isolationist_congress", changed)


# ---- mechanisms

WHERE = {"filibuster": "isolationist_congress", "ratification": "treaties"}
"""Where a mechanism shows that has nothing to do in `both doctrines`."""


@pytest.mark.parametrize("mechanism", Mechanisms.model_fields)
def test_every_mechanism_moves_something(mechanism: str) -> None:
    """With the dials as they are, or turned if it has nothing to do at the value of a dial that changes nothing."""
    tried = (WHERE.get(mechanism, "both doctrines"), "turned dials")
    assert any(moved(place, stage(place).with_mechanisms(**{mechanism: False})) for place in tried)


# ---- parameters

NEEDS = {
    "front.collapse": ("collapsing", 0.9),
    "bureaucracy.sanctions_floor": ("aligned", 0.8),
    "bureaucracy.sanctions_affinity": ("unbound alignment", 0.1),
    "bureaucracy.intelligence_floor": ("both doctrines", 0.9),
    "congress.price_months": ("both doctrines", 12.0),
    "congress.cooling_months": ("defeated", 9.0),
    "congress.treaty_refused": ("treaties", 0.6),
    "congress.senate_shock": ("treaties", 12.0),
    "congress.treaty_sd": ("treaties", 3.0),
    "europe.consent_guarantee": ("history", 0.1),
    "europe.budget_limit": ("both doctrines", 0.1),
    "patron.land": ("both doctrines", 0.0),
    "peace.regroup_russia": ("both doctrines", 0.1),
    "preferences.retreat_russia": ("both doctrines", 5.0),
    "public.opposed_lasting": ("history", 0.5),
    "table.known": ("history", 0.5),
}
"""Where a parameter shows that does not in `both doctrines`, or a value of it that shows."""
PARAMETERS = [(table, key) for table, info in Parameters.model_fields.items() for key in info.annotation.model_fields]


@pytest.mark.parametrize(("table", "key"), PARAMETERS)
def test_every_parameter_moves_something(table: str, key: str) -> None:
    """In one scenario or another."""
    before = getattr(getattr(Parameters(), table), key)
    less = tuple(0.8 * value for value in before) if isinstance(before, tuple) else 0.8 * before
    name, value = NEEDS.get(f"{table}.{key}", ("both doctrines", less))
    tried = dict.fromkeys((name, "history", "treaties"))
    assert any(moved(place, stage(place).with_parameters({table: {key: value}})) for place in tried)


# ---- the state of the world at the start


@pytest.mark.parametrize("key", [key for key in Initial.model_fields if key != "settlement"])
def test_every_number_of_the_initial_state_moves_something_beside_itself(both: Scenario, key: str) -> None:
    before = getattr(both.initial, key)
    changed = with_initial(both, **{key: 0.8 * before if before else 0.001})
    assert set(moved("both doctrines", changed)) - {"russian_held_share", "territory_change"}
