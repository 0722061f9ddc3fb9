"""Named doctrines: a name, where it comes from, and its dials.

Every dial is a judgement about the school of thought or the historical case that the preset names; only the seats
of the sessions of Congress are estimates (`sim/record/tables/congress_seats.csv`). Which doctrine the observed record
looks like is a question put to the simulator, not an input to it.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.doctrine import (
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
        EuropeDoctrine(autonomy=0.40, cohesion=0.60, free_riding=0.50),
    ),
    "free_rider": Preset(
        "Others' aid is as good as one's own.",
        EuropeDoctrine(autonomy=0.15, cohesion=0.50, free_riding=1.00),
    ),
    "strategic_autonomy": Preset(
        "Europe as a pillar of its own: doubt about America becomes own effort at once.",
        EuropeDoctrine(autonomy=0.90, cohesion=0.80, free_riding=0.20),
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

PRESETS: dict[str, dict[str, Preset]] = {
    "us": UNITED_STATES,
    "ukraine": UKRAINE,
    "russia": RUSSIA,
    "europe": EUROPE,
    "congress": CONGRESS,
}
"""Presets of each actor."""

DEFAULT_PRESET = {
    "us": "architectural",
    "ukraine": "pragmatist",
    "russia": "wait_out",
    "europe": "hedger",
    "congress": "118th",
}
"""The preset an actor follows when a scenario names none."""
