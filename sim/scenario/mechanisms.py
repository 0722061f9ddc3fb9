"""The mechanisms of the model, each with its switch, so that a reader can see which channel carries a result."""

from __future__ import annotations

from sim.scenario.doctrine import Table


class Mechanisms(Table):
    """`[mechanisms]` of a scenario file; every one is on unless switched off by name."""

    # Executive and bureaucracy
    aid_pressure: bool = True
    """Aid is moved to press: cut for a Ukraine that refused and allies who pay too little, raised when Russia refused;
    intelligence is held back from a Ukraine that refused."""
    other_theatres: bool = True
    """Crises elsewhere raise the cost of aid to a Washington that does not put Europe first."""
    institutions: bool = True
    """The bureaucracy moves sanctions, intelligence and posture slowly and holds floors under them."""
    # Congress
    agenda_gate: bool = True
    """A bill waits until the leadership lets it come up; off: it comes up at once."""
    discharge_petition: bool = True
    """A majority can force a vote against its leaders, and pass what the executive did not ask for."""
    filibuster: bool = True
    """The Senate needs 60 votes; off: a simple majority."""
    usai_floor: bool = True
    """Congress writes a small sum into the defence bill every year whatever the executive asks."""
    ratification: bool = True
    """Two thirds of the Senate must ratify a treaty guarantee."""
    # Flows
    lumpy_flows: bool = True
    """Allocations come in lumps; off: every month is its mean."""
    # Front and forces
    front_noise: bool = True
    """Chance moves the line; off: only forces do."""
    opportunism: bool = True
    """Russia's stakes rise as it believes American support is failing."""
    sanctions_cap: bool = True
    """Sanctions lower the ceiling of Russia's war industry."""
    weariness: bool = True
    """War costs grow with the length of the war."""
    # Beliefs
    signals: bool = True
    """Audiences learn from announcements; off: only from conduct."""
    credibility: bool = True
    """Credibility moves with promises kept and broken; off: it stays where it was."""
    attribution: bool = True
    """Audiences ask who cut: a gap that Congress makes says little about the executive's will."""
    learning: bool = True
    """Both sides learn the defender's advantage from the front."""
    # Europe
    free_riding: bool = True
    """Members count what others give towards their own goal."""
    hedging: bool = True
    """Doubt about America raises the threat that Europeans feel."""
    alarm: bool = True
    """A sudden fall in expected American support triggers emergency packages that fade."""
    # The table
    talks: bool = True
    """Talks can happen at all."""
    leverage: bool = True
    """The price of refusing: threats of a cut or a surge lower the value of fighting on."""
    option_value: bool = True
    """Uncertainty about American support makes waiting worth more to Russia."""
    caution: bool = True
    """Uncertainty about American support makes waiting worth less to Ukraine."""
    constructive_ambiguity: bool = True
    """Vague terms let each side sign its own reading."""
    european_consent: bool = True
    """Deep sanctions relief and strong guarantees need the Europeans."""
    # Peace
    renewed_war: bool = True
    """A settlement can break."""
    fragility: bool = True
    """Vague terms break more easily."""
    guarantees: bool = True
    """Guarantees that are believed deter renewed war."""
