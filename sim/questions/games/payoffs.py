"""What a run was worth to each actor: its own utility, month by month, discounted, one number a world.

The utilities are those that the model's actors weigh by, computed by the same functions (`sim.world.war`,
`sim.world.packages`) of what came to pass instead of what was expected: the risk of renewed war, the option of waiting
and one's own reading of vague terms are expectations and have no place here; the war or the peace that follows has.
What is signed costs a government at home for good, as at the table; a truce a part of that. The terms of a settlement
and of a truce are those of the world's last one.
Europe and Congress have no utility in the model; theirs are minimal, and judgement (`UtilityWeights`).

**A doctrine holds goals as well as methods. Here it is a strategy: an actor's utility is the same whatever doctrine it
plays,** or payoffs could not be compared. Whose goals they are is said by `Valuation.types`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.actor import Terms
from sim.actors.russia import LEAST_DEARER
from sim.actors.russia import REFERENCE_RESOLVE as RUSSIAN_RESOLVE
from sim.actors.ukraine import REFERENCE_AUDIENCE, REFERENCE_RESOLVE
from sim.basics.actors import FACTIONS, HOUSE_SEATS
from sim.basics.arrays import Array, Number
from sim.basics.draws import Draws
from sim.basics.months import month_number
from sim.scenario import parameter_sets
from sim.scenario.doctrine import Doctrine, Table
from sim.scenario.quantities import Weight
from sim.world import packages, public, war

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario

RATE = 0.03
"""Monthly discount rate unless a game says otherwise; that of `peace.discount`."""
VARIABLES = (
    "russian_held_share",
    "territory_change",
    "opposed",
    "settled",
    "truce",
    "sanctions",
    "effort_russia",
    "us_delivery",
    "us_allocation",
    "crisis",
    "need",
    "guarantee_believed",
    "europe_force_money",
    "europe_contribution",
    "belief_europe",
    "doubt_europe",
    "nato_posture",
)
"""Monthly variables that payoffs are read off."""
ORDER_FACTIONS = FACTIONS[:2]
"""Factions of Congress for which aid defends an order."""


class UtilityWeights(Table):
    """What the model leaves open: Europe's and Congress's utilities, per month in the unit of the others (judgement).

    One per cent of Ukraine is worth .1 to Kyiv and to Moscow.
    """

    europe_money: Weight = 0.04
    """Cost to Europe of EUR 1 bn a month."""
    europe_threat: Weight = 0.50
    """Cost to Europe of a unit of threat felt, as its doctrine of reference feels it."""
    europe_land: Weight = 2.0
    """Cost to Europe per unit of territory share that Russia takes: a fifth of Kyiv's."""
    congress_money: Weight = 0.04
    """Cost of EUR 1 bn a month to a House in which nobody would defend an order."""
    congress_land: Weight = 6.0
    """Cost per unit of territory share that Russia takes to a House in which all would, as in `patron.land`."""


@dataclass(frozen=True)
class Valuation:
    """By whose goals payoffs are counted, from when, and how fast the future fades.

    Attributes
    ----------
    types : dict of str to Doctrine
        The doctrine by whose goals each actor values what happens; the same under every doctrine that it plays.
    since : str
        First month that counts, "YYYY-MM".
    rate : float
        Monthly discount rate.
    weights : UtilityWeights
        What the model leaves open.
    """

    types: dict[str, Any]
    since: str
    rate: float = RATE
    weights: UtilityWeights = field(default_factory=UtilityWeights)


def terms(
    dataset: xr.Dataset, scenarios: dict[str, Scenario], players: tuple[str, ...], seed: int, valuation: Valuation
) -> xr.Dataset:
    """Terms of every player's discounted utility, for `sim.ensemble.survey`.

    Parameters
    ----------
    dataset : xarray.Dataset
        `VARIABLES` of some consecutive worlds under one doctrine, and the terms of their settlements.
    scenarios : dict of str to Scenario
        By label.
    players : tuple of str
        Whose utility.
    seed : int
        Of the worlds: each values by its own parameters and types, drawn by its address.
    valuation : Valuation

    Returns
    -------
    xarray.Dataset
        `utility`, dims (doctrine, world, term), in utility a month: averages over the months from `valuation.since` on,
        each weighted by (1 + rate)^-t. Terms are named "player: term"; a player's payoff is the sum of its own.
    """
    import xarray as xr

    label, worlds = str(dataset["doctrine"].item()), dataset["world"].to_numpy()
    draws = Draws(seed, int(worlds[0]), int(worlds[-1]) + 1)
    found: Terms = {}
    for player in players:
        flows, fade = monthly(dataset, scenarios[label], draws, player, valuation)
        found |= {f"{player}: {name}": flow @ fade / fade.sum() for name, flow in flows.items()}
    coords = {"doctrine": [label], "world": dataset["world"], "term": list(found)}
    values = np.stack(list(found.values()), axis=-1)[np.newaxis].astype(np.float32)
    return xr.Dataset({"utility": (("doctrine", "world", "term"), values)}, coords=coords)


def monthly(
    dataset: xr.Dataset, scenario: Scenario, draws: Draws, player: str, valuation: Valuation
) -> tuple[Terms, Array]:
    """Terms of a player's utility month by month, from the month that counts first, and the weights of the months.

    Parameters
    ----------
    dataset : xarray.Dataset
        `VARIABLES` of some worlds under one doctrine, and the terms of their settlements; `effort_ukraine` (its effort
        as a multiple of that at its reference resolve) where it was not as its doctrine would have it.
    scenario : Scenario
        Under which they were lived.
    draws : Draws
        Their luck, which their parameters and types are drawn from.
    player : str
        Whose utility.
    valuation : Valuation

    Returns
    -------
    dict of str to Array, Array
        Utility a month by term, each (W, months); (1 + rate)^-t, (months,).
    """
    lived = _Lived(dataset, scenario, draws, valuation)
    fade = (1.0 + valuation.rate) ** -np.arange(lived.counted.sum(), dtype=float)
    flows = UTILITIES[player](lived).items()
    return {name: np.broadcast_to(flow, lived.shape)[:, lived.counted] for name, flow in flows}, fade


class _Lived:
    """What happened in some worlds, as arrays (W, months), and by what it is judged: parameters, numbers or (W, 1)."""

    def __init__(self, dataset: xr.Dataset, scenario: Scenario, draws: Draws, valuation: Valuation) -> None:
        one = dataset.isel(doctrine=0)
        self.paths = {name: one[name].to_numpy().astype(float) for name in VARIABLES}
        self.shape = self.paths["settled"].shape
        calendar = np.array(scenario.calendar)
        self.counted = calendar >= valuation.since
        self.since_war = np.array([month_number(month) - month_number(war.WAR_BEGAN) for month in calendar], float)
        terms = ("settlement_guarantee", "settlement_relief", "truce_guarantee")
        self.guarantee, self.relief, self.truce_guarantee = (
            np.nan_to_num(one[name].to_numpy().astype(float))[:, None] for name in terms
        )
        self.parameters = parameter_sets.of(scenario, draws)
        names = ("ukrainian audience", "russian red line", "hardship ukraine", "hardship russia")
        self.luck = {name: draws.normal(name, 0)[:, None] for name in names}
        self.on, self.initial = scenario.mechanisms, scenario.initial
        resolve = np.array([getattr(scenario.doctrine("ukraine", month), "resolve") for month in calendar])  # noqa: B009
        own = one["effort_ukraine"].to_numpy() if "effort_ukraine" in one else 1.0 + resolve - REFERENCE_RESOLVE
        self.effort = {"ukraine": own, "russia": self._dear_effort()}
        self.types: dict[str, Doctrine] = valuation.types
        self.weights = valuation.weights

    def __getitem__(self, variable: str) -> Array:
        return self.paths[variable]

    def p(self, name: str) -> Any:
        """A parameter by name, "table.parameter": a number, or a column with each world's own."""
        stage, key = name.split(".")
        value = getattr(getattr(self.parameters, stage), key)
        return value[:, None] if isinstance(value, np.ndarray) else value

    def table(self, name: str) -> Any:
        """A table of parameters, each as `p` has it."""
        return _Table(self, name)

    def type(self, actor: str) -> Any:
        return self.types[actor]

    @property
    def peace(self) -> Array:
        """Where a settlement is in force."""
        return self["settled"]

    @property
    def quiet(self) -> Array:
        """Where the guns are silent, by a settlement or a truce."""
        return np.maximum(self["settled"], self["truce"])

    @property
    def broken(self) -> Array:
        """Where the last peace has broken, a settlement or a truce, and no other has come."""
        opening = float(self.initial.settlement is not None)
        months = np.arange(1, self.shape[1] + 1)
        fell = np.diff(self.quiet, axis=1, prepend=opening) < 0.0
        last_fell, last_quiet = (np.maximum.accumulate(months * when, axis=1) for when in (fell, self.quiet))
        return np.asarray(last_fell > last_quiet, float)

    def signed(self, peace: str) -> Array:
        """1 in the months in which a peace ("settled" or "truce") begins."""
        return np.maximum(np.diff(self[peace], axis=1, prepend=0.0), 0.0)

    def at_home(self, cost: Number, stop: Number, retreat: Number) -> Array:
        """What signatures cost a government at home: each for good, from its month on; a truce a part.

        Parameters
        ----------
        cost, stop, retreat : Number
            As in `packages.Stakes`: what ceding, stopping and giving land back cost it.
        """
        line = self["russian_held_share"]
        offset = np.diff(line, axis=1, prepend=self.initial.line) - self["territory_change"]
        settling = self.signed("settled") * packages.signing_cost(line - offset, offset, cost, stop, retreat)
        pausing = self.signed("truce") * packages.signing_cost(line, np.zeros(1), cost, stop, retreat)
        return np.asarray(np.cumsum(settling + self.p("table.truce_audience") * pausing, axis=1))

    def _dear_effort(self) -> Array:
        """By how much Russia's effort makes its war dearer."""
        p = self.table("front")
        bite = p.sanctions_bite if self.on.sanctions_bite else 0.0
        dearer = np.maximum(1.0 + bite * (self["sanctions"] - p.sanctions_reference), LEAST_DEARER)
        return war.effort_factor(self["effort_russia"], p.effort_reference, p.effort_convexity, dearer)

    @property
    def lost(self) -> Array:
        """Land that Russia took since the scenario began."""
        return self["russian_held_share"] - self.initial.line

    def own(self, luck: str, sd: Any) -> Array:
        """A world's own factor of mean 1, as the model draws it."""
        return np.asarray(np.exp(sd * self.luck[luck] - 0.5 * sd**2))

    def war_cost(self, side: str) -> Array:
        """What a month of war costs a side, its effort and its hardship counted, where there is war."""
        weariness = self.p(f"preferences.weariness_{side}") if self.on.weariness else 0.0
        base, effort = self.p(f"preferences.war_cost_{side}"), self.effort[side]
        cost = war.war_cost(base, weariness, self.since_war, effort)  # type: ignore[arg-type]
        hardship = war.own_hardship(cost, self.p(f"preferences.hardship_sd_{side}"), self.luck[f"hardship {side}"])
        return np.asarray((cost - hardship) * (1.0 - self.quiet))


class _Table:
    """A table of parameters as the model's equations read it, for worlds in rows and months in columns."""

    def __init__(self, lived: _Lived, name: str) -> None:
        self._lived, self._name = lived, name

    def __getattr__(self, parameter: str) -> Any:
        return self._lived.p(f"{self._name}.{parameter}")


def ukraine(lived: _Lived) -> Terms:
    """Kyiv: land, war, the domestic cost of what was signed, the guarantee, and sanctions lifted from Russia."""
    dials, line = lived.type("ukraine"), lived["russian_held_share"]
    ceding = lived.p("preferences.audience_ukraine") * dials.audience / REFERENCE_AUDIENCE
    ceding = ceding * lived.own("ukrainian audience", lived.p("table.audience_sd"))
    if lived.on.public_opinion:
        ceding = ceding * public.weight(lived["opposed"], lived.table("public"))
    land = lived.p("preferences.land_ukraine") * (1.0 + dials.resolve - REFERENCE_RESOLVE)
    table = lived.table("table")
    return {
        "land": -land * line,
        "war": -lived.war_cost("ukraine"),
        "its public": -lived.at_home(ceding, 0.0, 0.0),
        "the guarantee": packages.by_level(table.guarantee_gain, lived.guarantee) * lived.peace
        + packages.by_level(table.guarantee_gain, lived.truce_guarantee) * lived["truce"],
        "sanctions lifted": -table.relief_pain_ukraine * lived.relief * lived.peace,
    }


def russia(lived: _Lived) -> Terms:
    """Moscow: land, war, sanctions and relief, what signing costs it at home, and the guarantee as far as believed."""
    dials, line, sanctions = lived.type("russia"), lived["russian_held_share"], lived["sanctions"]
    land = lived.p("preferences.land_russia") * dials.resolve / RUSSIAN_RESOLVE
    sanctions_cost, table = lived.p("preferences.sanctions_cost"), lived.table("table")
    red_line = lived.own("russian red line", lived.p("table.red_line_sd"))
    belief = lived["guarantee_believed"]
    stop, retreat = (lived.p(f"preferences.{name}_russia") for name in ("stop", "retreat"))
    return {
        "land": land * line,
        "war": -lived.war_cost("russia"),
        "sanctions": -sanctions_cost * sanctions,
        "relief": table.relief_gain_russia * lived.relief * lived.peace,
        "its public": -lived.at_home(0.0, stop, retreat),
        "the guarantee": packages.guarantee_cost(red_line, lived.guarantee, belief, table) * lived.peace
        + packages.guarantee_cost(red_line, lived.truce_guarantee, belief, table) * lived["truce"],
    }


def united_states(lived: _Lived) -> Terms:
    """Washington's executive: aid as its objective weighs it, land as order, and a settlement as a patron's.

    A month of aid x (deliveries as a share of full support) is worth europe order (d0 + d1 need) x and costs
    c0 (1 + (1 - europe) crisis_cost crisis) x^2 / 2; a broken peace costs relapse times horizon until another comes.
    """
    dials = lived.type("us")
    order = dials.order * dials.europe
    aid = lived["us_delivery"] / lived.p("executive.full_support")
    dearer = 1.0 + (1.0 - dials.europe) * lived.p("executive.crisis_cost") * lived["crisis"]
    worth = order * (lived.p("executive.order_base") + lived.p("executive.order_need") * lived["need"])
    signed = packages.value_patron(
        *(lived.lost, lived.guarantee, lived.relief, lived.broken),
        *(order, dials.rivalry, dials.horizon, dials.commitment),
        lived.table("patron"),
    )
    guarantee = signed["the guarantee as order"] + signed["the guarantee as a liability"]
    found = {
        "the defence of order": worth * aid,
        "the cost of aid": -0.5 * lived.p("executive.effort_cost") * dearer * aid**2,
        "land": signed["land conceded by force"],
        "the deal": signed["ending the war"] * (lived.peace + lived.p("patron.truce_worth") * lived["truce"]),
        "the guarantee": guarantee * lived.peace,
        "relief for a rival": signed["relief for a rival"] * lived.peace,
        "a broken peace": signed["the risk of renewed war"],
    }
    if dials.affinity:
        found["Russia's own gain"] = np.asarray(dials.affinity * sum(russia(lived).values()))
    return found


def europe(lived: _Lived) -> Terms:
    """Europe: money, the threat as its type feels it, and land that Russia takes."""
    hedge = lived.p("europe.hedge") * lived.type("europe").autonomy if lived.on.hedging else 0.0
    leaving = np.maximum(0.0, lived.p("europe.relied_on") - lived["belief_europe"])
    thin = np.maximum(0.0, lived.p("europe.posture_relied_on") - lived["nato_posture"])
    threat = (
        lived.p("europe.need_weight") * lived["need"]
        + hedge * (lived.p("europe.doubt_weight") * lived["doubt_europe"] + leaving)
        + lived.p("europe.posture_weight") * thin
    )
    return {
        "money": -lived.weights.europe_money * (lived["europe_contribution"] + lived["europe_force_money"]),
        "the threat": -lived.weights.europe_threat * threat,
        "land": -lived.weights.europe_land * lived.lost,
    }


def congress(lived: _Lived) -> Terms:
    """Congress: money and land, as its type divides the House between those who mind the one and the other."""
    house = lived.type("congress").house
    order = sum(getattr(house, faction) for faction in ORDER_FACTIONS) / HOUSE_SEATS
    return {
        "money": -lived.weights.congress_money * (1.0 - order) * lived["us_allocation"],
        "land": -lived.weights.congress_land * order * lived.lost,
    }


UTILITIES: dict[str, Callable[[_Lived], Terms]] = {
    "us": united_states,
    "ukraine": ukraine,
    "russia": russia,
    "europe": europe,
    "congress": congress,
}
"""Utilities by actor: terms a month, each (W, months)."""
