"""Worlds in which a claim is true by construction, and worlds in which it is false: changes of any scenario."""

from typing import Any

from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES
from sim.scenario.spelling import flat

PROMISED = {"promised": 0.9, "authority": 300.0, "pipeline": 40.0}
"""Much is promised and still to come."""


def with_initial(scenario: Scenario, **state: Any) -> Scenario:
    """The scenario from another state."""
    return Scenario.model_validate({**dict(scenario), "initial": scenario.initial.model_copy(update=state)})


def off(scenario: Scenario, *mechanisms: str) -> Scenario:
    """The scenario without some mechanisms."""
    return scenario.with_mechanisms(**dict.fromkeys(mechanisms, False))


# ---- C1: Russia answers to neither lever


def deaf(scenario: Scenario) -> Scenario:
    """Washington arms nobody and threatens nobody; neither doubt nor sanctions mean anything to Moscow."""
    return unarmed(off(scenario, "leverage", "option_value", "sanctions_bite")).with_parameters(
        {"preferences": {"sanctions_cost": 0.0}}
    )


def unarmed(scenario: Scenario) -> Scenario:
    """The scenario where no aid, no intelligence and nothing that America makes Europe do moves the front."""
    changed = off(scenario, "opportunism", "hedging", "alarm")
    return changed.with_parameters(
        {"front": {"military_share_us": 0.0, "military_share_europe": 0.0, "intelligence_value": 0.0}}
    )


# ---- C3: the uncommitted press better terms, and vague words make deals; or neither


def pliable(scenario: Scenario) -> Scenario:
    """Who is not bound would blind Kyiv, as all know; war costs Kyiv little, a gap that vague words close.

    Guarantees deter nobody, but those by soldiers are dear to Kyiv, and cost Washington what it can ask not to pay.
    """
    nothing_else = ("fragility", "option_value", "caution", "truce", "direct_talks", "reading")
    return off(with_initial(scenario, **PROMISED), *nothing_else).with_parameters(
        {
            "bureaucracy": {"intelligence_pause": 1.0, "intelligence_floor": 0.0, "intelligence_inertia": 0.0},
            "front": {"intelligence_value": 0.9},
            "table": {"ambiguity_gain": 0.4, "guarantee_gain": (0.0, 0.08, 0.18, 0.4, 0.6)},
            "peace": {"deterrence": 0.0},
            "preferences": {"war_cost_ukraine": 0.05, "war_cost_russia": 0.1},
        }
    )


def unthreatened(scenario: Scenario) -> Scenario:
    """Nobody can threaten, and vague words please nobody."""
    return off(scenario, "leverage", "constructive_ambiguity")


# ---- C4: another theatre takes precedence, the more the less Europe weighs; or none does


def torn(scenario: Scenario) -> Scenario:
    """What is sent elsewhere is dear."""
    return scenario.with_parameters({"executive": {"crisis_cost": 4.0}})


def undistracted(scenario: Scenario) -> Scenario:
    """What is sent elsewhere costs nothing."""
    return scenario.with_parameters({"executive": {"crisis_cost": 0.0}})


# ---- C7: institutions hold what peace hangs on, or nothing


def rooted(scenario: Scenario) -> Scenario:
    """The services keep up intelligence, and law the posture, that no executive wants; both decide wars and peace."""
    held = {"posture_floor": 1.0, "intelligence_floor": 0.9}
    unwanted = dict.fromkeys(("posture_base", "posture_alliance", "intelligence_base", "intelligence_order"), 0.0)
    return scenario.with_parameters(
        {
            "bureaucracy": held | unwanted,
            "front": {"intelligence_value": 0.5},
            "peace": {"tripwire": 1.0, "belief_european": 0.0},
        }
    )


def on_paper(scenario: Scenario) -> Scenario:
    """Institutions hold up nothing and are as quick as the executive; sanctions mean nothing to anybody."""
    slow = (f"{instrument}_{part}" for instrument in ("posture", "intelligence") for part in ("floor", "inertia"))
    return off(scenario, "sanctions_bite", "reading").with_parameters(
        {"bureaucracy": dict.fromkeys(slow, 0.0), "preferences": {"sanctions_cost": 0.0}}
    )


# ---- C6: talks go by the channel, or by who is a friend


def professional(scenario: Scenario) -> Scenario:
    """Talks go by the channel alone."""
    return scenario.with_parameters({"table": {"talks_base": -3.0, "talks_rivalry": 0.0, "talks_horizon": 0.0}})


def friendly(scenario: Scenario) -> Scenario:
    """Who sees no rival in Moscow talks to it; hardly anybody else does."""
    return scenario.with_parameters({"table": {"talks_base": -14.0, "talks_rivalry": 14.0}})


# ---- C9: Washington is taken for what it is not, and pays for it; or it is told apart, or to be misread costs nothing

AUDIENCES = ("ukraine", "russia", "europe")


def think_possible(scenario: Scenario, *hypotheses: str) -> Scenario:
    """The scenario where audiences think these doctrines possible, and have lived under the first."""
    start = [0.98, *[0.02 / (len(hypotheses) - 1)] * (len(hypotheses) - 1)]
    return scenario.with_(reading={"hypotheses": hypotheses, "start": dict.fromkeys(AUDIENCES, start)})


def suspicious(scenario: Scenario) -> Scenario:
    """Nobody thinks a bargainer possible; Moscow minds sanctions, not war, and fears none of one who is aligned."""
    narrow = think_possible(scenario, "architectural", "aligned:affinity=1,rivalry=0")
    return off(narrow, "direct_talks", "truce", "option_value", "caution").with_parameters(
        {
            "bureaucracy": {"sanctions_press": 2.0},
            "preferences": {"sanctions_cost": 6.0, "war_cost_russia": 0.05},
            "peace": {"deterrence": 0.0},
        }
    )


def as_transactional() -> str:
    """An "aligned" doctrine that is the transactional one, dial by dial."""
    dials = flat(UNITED_STATES["transactional"].doctrine)
    return "aligned:" + ",".join(f"{dial}={value}" for dial, value in dials.items())


def twins(scenario: Scenario) -> Scenario:
    """One who is aligned would do what a bargainer does: nothing tells them apart, and nothing hangs on it."""
    return think_possible(scenario, "architectural", "transactional", as_transactional())


def told_apart(scenario: Scenario) -> Scenario:
    """A bargainer gives in full, and one who counts Moscow's loss nothing."""
    return scenario.with_parameters({"executive": {"order_base": 12.0, "press_affinity": 40.0}})
