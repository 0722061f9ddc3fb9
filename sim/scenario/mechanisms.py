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
    """The bureaucracy moves intelligence and posture slowly and holds floors under them; law holds sanctions, and
    relief is carried out step by step."""
    sanctions_acts: bool = True
    """Washington tightens and eases sanctions, and the EU tightens them, by dated acts; off: what is in force stays."""
    upkeep: bool = True
    """Sanctions leak where they are not kept up; off: they press as on the first day."""
    # Congress
    agenda_gate: bool = True
    """A bill waits until the leaders of each chamber let it come up; off: it comes up at once."""
    discharge_petition: bool = True
    """A House majority can force a vote against its leaders, and members write what the executive did not ask for."""
    filibuster: bool = True
    """The Senate needs 60 votes; off: a simple majority."""
    usai_floor: bool = True
    """Congress grants a small sum in the defence bill every year whatever the executive asks."""
    ratification: bool = True
    """Two thirds of the Senate must ratify a treaty guarantee."""
    # Flows
    lumpy_flows: bool = True
    """Allocations come in lumps, and EU money within envelopes that can be vetoed; off: every month is its mean."""
    # Front and forces
    front_noise: bool = True
    """Chance moves the line; off: only forces do."""
    opportunism: bool = True
    """Russia arms against the force that it expects American support to leave; off: against the force of today."""
    sanctions_bite: bool = True
    """Sanctions raise the cost of Russia's war effort."""
    weariness: bool = True
    """War costs grow with the length of the war."""
    public_opinion: bool = True
    """Kyiv's public grows weary of refusing concessions, and its government pays by it; off: that cost stays."""
    # Beliefs
    reading: bool = True
    """Audiences read from what Washington does and says which doctrine it follows; off: they know it."""
    signals: bool = True
    """Audiences learn from what Washington says and whom it calls; off: only from what it does."""
    credibility: bool = True
    """Credibility moves with promises kept and broken; off: it stays where it was."""
    attribution: bool = True
    """Audiences ask who cut: an executive that has no authority left could give nothing; off: they do not ask."""
    learning: bool = True
    """Both sides learn the defender's advantage from the front."""
    # Europe
    free_riding: bool = True
    """Members count what others give towards their own goal."""
    hedging: bool = True
    """Doubt about America raises the threat that Europeans feel."""
    alarm: bool = True
    """News that lowers expected American support triggers emergency packages that fade."""
    unanimity: bool = True
    """EU money and EU sanctions need all governments, one of which may hold them up; off: all agree at once."""
    american_arms: bool = True
    """Europeans buy American arms for Ukraine as far as they do not expect Washington to give them."""
    # The table
    talks: bool = True
    """Talks can happen at all."""
    direct_talks: bool = True
    """Kyiv and Moscow can meet without Washington, and table terms themselves."""
    leverage: bool = True
    """The price of refusing: what Washington would still do to a side that goes on refusing."""
    option_value: bool = True
    """Uncertainty about American support makes waiting worth more to Russia."""
    caution: bool = True
    """Uncertainty about American support makes waiting worth less to Ukraine."""
    constructive_ambiguity: bool = True
    """Vague terms let each side sign its own reading."""
    private_information: bool = True
    """What a month of war costs a side is its secret, which its answers betray; off: everybody knows it."""
    holding_out: bool = True
    """A side asks for its share of the fair deal; off: it takes whatever beats refusing."""
    truce: bool = True
    """A truce can be proposed, which stops the guns and settles nothing."""
    european_consent: bool = True
    """Deep sanctions relief and strong guarantees need the Europeans."""
    # Peace
    renewed_war: bool = True
    """A settlement or a truce can break."""
    temptation: bool = True
    """Peace breaks the more easily the more Moscow would gain from renewed war."""
    fragility: bool = True
    """Vague terms break more easily."""
    guarantees: bool = True
    """Guarantees that are believed deter renewed war."""
    arms_in_peace: bool = True
    """Who gains from a pause is what donors arm in it, and a guarantee that pledges arms keeps them at it; off: arms in
    peace move no peace."""
    tripwire: bool = True
    """A guarantee by soldiers is believed as far as they stand there, Americans in Europe and a European force in
    Ukraine; off: as far as Washington is, whoever stands where."""
