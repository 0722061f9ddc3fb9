"""Named doctrines: a name, where it comes from, and its dials.

Every dial is a judgement about the school of thought or the historical case that the preset names; only the seats
of the sessions of Congress are estimates (`sim/record/tables/congress_seats.csv`). Which doctrine the observed record
looks like is a question put to the simulator, not an input to it.

Other packages offer presets by entry points of the group `doctrine.presets`, named `actor.preset`, that lead to a
`Preset`: docs/how-to/add-an-actor.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.basics import plugins
from sim.basics.plugins import Offer, PluginError
from sim.scenario.doctrine import (
    DOCTRINES,
    CongressDoctrine,
    Doctrine,
    EuropeDoctrine,
    HouseSeats,
    Priorities,
    RussiaDoctrine,
    SenateSeats,
    UkraineDoctrine,
    UnitedStatesDoctrine,
)

CUSTOM = "custom"
"""Preset of a doctrine that starts from no preset: every dial is then given."""


class Preset(NamedTuple):
    """A named doctrine and the sentence that says where it comes from."""

    summary: str
    doctrine: Doctrine


def _us(
    six: tuple[float, float, float, float, float, float],
    channel: float,
    priorities: tuple[float, float, float, float],
    affinity: float = 0.0,
) -> UnitedStatesDoctrine:
    """Build from (order, rivalry, alliance, clarity, horizon, commitment) and priorities in their usual order."""
    order, rivalry, alliance, clarity, horizon, commitment = six
    europe, indo_pacific, hemisphere, domestic = priorities
    return UnitedStatesDoctrine(
        order=order,
        rivalry=rivalry,
        alliance=alliance,
        clarity=clarity,
        horizon=horizon,
        commitment=commitment,
        channel=channel,
        affinity=affinity,
        priorities=Priorities(europe=europe, indo_pacific=indo_pacific, hemisphere=hemisphere, domestic=domestic),
    )


UNITED_STATES = {
    "architectural": Preset(
        "Strong alliances, armed partners, long commitments, clear words.",
        _us((0.90, 0.90, 0.90, 0.85, 0.90, 0.85), 0.10, (0.34, 0.26, 0.15, 0.25)),
    ),
    "transactional": Preset(
        "Pressure creates leverage, commitments are chips, ambiguity makes deals; Moscow is called first.",
        _us((0.20, 0.35, 0.20, 0.20, 0.25, 0.15), 0.85, (0.12, 0.33, 0.25, 0.30)),
    ),
    "aligned": Preset(
        "The counterfactual: Washington values Moscow's own payoff. It exists so that alignment can be tested.",
        _us((0.10, 0.10, 0.15, 0.50, 0.20, 0.40), 0.95, (0.08, 0.30, 0.30, 0.32), affinity=0.60),
    ),
    "reagan_ussr": Preset(
        "Reagan and the USSR, 1981-88: a clear adversary, armed allies, and talks at the top all the same.",
        _us((0.90, 0.90, 0.85, 0.80, 0.75, 0.80), 0.70, (0.40, 0.20, 0.20, 0.20)),
    ),
    "nixon_china": Preset(
        "Nixon and China, 1969-74: a rival made a partner against a third, ambiguous on purpose.",
        _us((0.50, 0.30, 0.60, 0.20, 0.70, 0.50), 0.80, (0.22, 0.40, 0.13, 0.25)),
    ),
    "obama_iran": Preset(
        "Obama and Iran, 2013-15: one narrow deal, allies inside, sanctions as the price.",
        _us((0.70, 0.70, 0.80, 0.70, 0.60, 0.60), 0.40, (0.26, 0.32, 0.12, 0.30)),
    ),
    "trump_dprk": Preset(
        "Trump and North Korea, 2018-19: leader to leader, no prior commitments on either side.",
        _us((0.30, 0.50, 0.40, 0.30, 0.20, 0.25), 0.95, (0.12, 0.38, 0.20, 0.30)),
    ),
}

UKRAINE = {
    "pragmatist": Preset(
        "The reference: holds out while it can, signs what it can live with.",
        UkraineDoctrine(resolve=0.60, trust=0.50, audience=0.60),
    ),
    "maximalist": Preset(
        "The borders of 1991: land first, and no government survives ceding it.",
        UkraineDoctrine(resolve=0.95, trust=0.40, audience=0.95),
    ),
    "survivalist": Preset(
        "The state before the land: guarantees are worth paying for.",
        UkraineDoctrine(resolve=0.40, trust=0.60, audience=0.30),
    ),
}

RUSSIA = {
    "wait_out": Preset(
        "The reference: time is on Moscow's side, the West will tire.",
        RussiaDoctrine(resolve=0.70, patience=0.70, opportunism=0.50),
    ),
    "maximalist": Preset(
        "Subjugation: the stakes are existential and weakness is to be used.",
        RussiaDoctrine(resolve=0.95, patience=0.80, opportunism=0.90),
    ),
    "pragmatist": Preset(
        "A price can be named: limited stakes, sanctions hurt, the war is a cost.",
        RussiaDoctrine(resolve=0.50, patience=0.40, opportunism=0.40),
    ),
}

EUROPE = {
    "hedger": Preset(
        "The reference: pays its share, doubts America a little, insures itself when the doubt grows.",
        EuropeDoctrine(autonomy=0.40, cohesion=0.60, presence=0.40, free_riding=0.50),
    ),
    "free_rider": Preset(
        "Others' aid is as good as one's own.",
        EuropeDoctrine(autonomy=0.15, cohesion=0.50, presence=0.10, free_riding=1.00),
    ),
    "strategic_autonomy": Preset(
        "Europe as a pillar of its own: doubt about America becomes own effort at once.",
        EuropeDoctrine(autonomy=0.90, cohesion=0.80, presence=0.90, free_riding=0.20),
    ),
}

CONGRESS = {
    "117th": Preset(
        "2021-22: the order majority leads both chambers and opens the floor.",
        CongressDoctrine(
            agenda=0.90,
            house=HouseSeats(
                order_majority=222, institutional_hawks=92, fiscal=26, nationalist=39, isolationist=41, leverage=15
            ),
            senate=SenateSeats(
                order_majority=50, institutional_hawks=26, fiscal=1, nationalist=6, isolationist=9, leverage=8
            ),
        ),
    ),
    "118th": Preset(
        "2023-24: a narrow opposition majority in the House keeps the gate.",
        CongressDoctrine(
            agenda=0.25,
            house=HouseSeats(
                order_majority=214, institutional_hawks=93, fiscal=25, nationalist=40, isolationist=47, leverage=16
            ),
            senate=SenateSeats(
                order_majority=51, institutional_hawks=22, fiscal=2, nationalist=6, isolationist=10, leverage=9
            ),
        ),
    ),
    "119th": Preset(
        "2025-26: both chambers led by the president's party.",
        CongressDoctrine(
            agenda=0.30,
            house=HouseSeats(
                order_majority=214, institutional_hawks=86, fiscal=24, nationalist=44, isolationist=53, leverage=14
            ),
            senate=SenateSeats(
                order_majority=47, institutional_hawks=24, fiscal=2, nationalist=6, isolationist=10, leverage=11
            ),
        ),
    ),
    "isolationist_majority": Preset(
        "Hypothetical: those who would end all aid hold the gate and the floor.",
        CongressDoctrine(
            agenda=0.02,
            house=HouseSeats(
                order_majority=160,
                institutional_hawks=45,
                fiscal=20,
                nationalist=40,
                isolationist=160,
                leverage=10,
            ),
            senate=SenateSeats(
                order_majority=38,
                institutional_hawks=12,
                fiscal=5,
                nationalist=8,
                isolationist=32,
                leverage=5,
            ),
        ),
    ),
}

GROUP = "doctrine.presets"
"""Entry points by which other packages offer presets."""
RESERVED = (CUSTOM, "own")
"""Names that mean something else wherever a preset is named."""


class Presets(Mapping[str, Preset]):
    """The presets of an actor: those that ship, and then those that other packages offer.

    Whoever goes through them passes over those that cannot be used; whoever names one of these is told why. What ships
    keeps its name whatever is installed.

    Parameters
    ----------
    actor : str
        Whose.
    shipped : dict of str to Preset
        Those that come with this package.
    """

    def __init__(self, actor: str, shipped: dict[str, Preset]) -> None:
        self.actor, self.shipped = actor, shipped

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, without loading anything."""
        return (*self.shipped, *(name for name in self._offered() if name not in self.shipped))

    def offer(self, name: str) -> Offer | None:
        """Who offers a preset; nobody where it ships."""
        return None if name in self.shipped else plugins.the_offer(GROUP, f"{self.actor}.{name}")

    @property
    def unusable(self) -> dict[str, PluginError]:
        """Why offers cannot be used, by name."""
        found = {}
        for name in self._offered():
            try:
                self._loaded(name)
            except PluginError as error:
                found[name] = error
        return found

    def __getitem__(self, name: str) -> Preset:
        """A preset.

        Raises
        ------
        KeyError
            If there is none of that name.
        PluginError
            If the package that offers it cannot be used.
        """
        if name in self.shipped:
            return self.shipped[name]
        if name not in self:
            raise KeyError(name)
        return self._loaded(name)

    def __contains__(self, name: object) -> bool:
        return name in self.shipped or name in self._offered()

    def __iter__(self) -> Iterator[str]:
        unusable = self.unusable.keys() - self.shipped.keys()
        return (name for name in self.names if name not in unusable)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _offered(self) -> list[str]:
        return [name.partition(".")[2] for name in plugins.offers(GROUP) if name.partition(".")[0] == self.actor]

    def _loaded(self, name: str) -> Preset:
        offer = plugins.the_offer(GROUP, f"{self.actor}.{name}")
        if name in self.shipped or name in RESERVED:
            raise offer.unusable("a preset of that name ships", "that package must give it another name")
        offer.must_be_typed(name, "preset")
        preset, kind = plugins.loaded(offer), DOCTRINES[self.actor]
        if not (isinstance(preset, Preset) and isinstance(preset.doctrine, kind) and isinstance(preset.summary, str)):
            wanted = f"must be a sim.scenario.presets.Preset with a summary and a {kind.__name__}"
            raise offer.unusable(f"{wanted}, is {type(preset).__name__}", plugins.MEND)
        return preset


PRESETS: dict[str, Presets] = {
    actor: Presets(actor, shipped)
    for actor, shipped in {
        "us": UNITED_STATES,
        "ukraine": UKRAINE,
        "russia": RUSSIA,
        "europe": EUROPE,
        "congress": CONGRESS,
    }.items()
}
"""Presets of each actor."""


def unusable() -> list[PluginError]:
    """Why presets that other packages offer cannot be used, each of them."""
    found = [error for presets in PRESETS.values() for error in presets.unusable.values()]
    for name, offers in plugins.offers(GROUP).items():
        if name.partition(".")[0] not in PRESETS:
            why = f"the name must be actor.preset, with one of {', '.join(PRESETS)} as actor"
            found.append(offers[0].unusable(why, "that package must rename it"))
    return found


DEFAULT_PRESET = {
    "us": "architectural",
    "ukraine": "pragmatist",
    "russia": "wait_out",
    "europe": "hedger",
    "congress": "118th",
}
"""The preset an actor follows when a scenario names none."""
