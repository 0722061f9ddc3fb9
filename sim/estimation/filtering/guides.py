"""Which draws decide about what was observed, and how each is moved to meet it."""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from sim.actors.actor import summed
from sim.actors.bureaucracy import ACTS
from sim.actors.europe import EU, WAYS
from sim.basics.arrays import Array, Doubles, real
from sim.basics.draws import PARTS
from sim.estimation.filtering.densities import (
    IMPOSSIBLE,
    Moved,
    amount,
    event,
    log_heavy_tailed,
    log_lump,
    log_normal,
    redrawn,
)
from sim.estimation.filtering.guided import Guide
from sim.estimation.filtering.observed import MEMBER
from sim.model import Negotiation
from sim.record import columns
from sim.world import executive, flows, front, public

LEAST_AMERICAN, LEAST_EU = 0.3, 0.1
"""EUR bn that are added to both before what was paid is compared with what was seen: crumbs are not told apart. An
America without authority found a quarter of a billion in what contracts had saved; the EU's crumbs are smaller."""
STRAY = 0.2
"""Mean of a stray gift of a member, share of its budget."""
LEAST_MEANT = 1e-6
"""EUR bn a month under which nobody means to give."""
EXPONENTIALS = np.concatenate([[0.0], np.geomspace(0.02, 13.0, 36), [np.inf]])
"""Edges of an exponential draw: a fifth more each."""


def _line(model: Negotiation, _: Array, seen: float) -> Moved:
    """The shock that brings the line to where it was."""
    p, none = model.parameters.front, real(0.0)
    expected = front.movement(model.momentum, model.superiority(), none, p)
    shock = real((seen - model.line - expected) / p.noise)
    log = log_heavy_tailed(shock) - np.log(p.noise)
    return Moved(shock, np.where(model.at_war, log, IMPOSSIBLE))


def _america(model: Negotiation, draw: Array, seen: float) -> Moved:
    """The lump that makes what authority allows like what was allocated."""
    washington, p = model.united_states, model.parameters
    wanted = washington.desired * p.executive.full_support

    def likely(quantiles: Array) -> Array:
        paid = flows.allocate(wanted, -np.log(quantiles), washington.authority)
        return amount(seen, paid, LEAST_AMERICAN, p.observation.america)

    moved = redrawn(np.exp(-draw), np.exp(-EXPONENTIALS[::-1]), likely)
    return moved._replace(draw=-np.log(moved.draw))


@cache
def _ways() -> dict[str, tuple[float, float]]:
    """Chance of nothing and power of the lumps of each member."""
    supply = columns("europe_supply")
    return {name: (float(q), float(k)) for name, q, k in zip(*(supply[column] for column in WAYS), strict=True)}


def _meant(model: Negotiation, member: str) -> Array:
    """What a member means to give this month."""
    europe, row = model.europe, model.europe.members.index(member)
    return np.asarray(np.maximum(europe.gifts[row] + europe.alarm * europe.budget[row], LEAST_MEANT))


def _member(member: str, model: Negotiation, draw: Array, seen: float) -> Moved:
    """The lump that is what it gave; a stray gift, as far as there are some, says nothing of what it means to give."""
    (nothing, power), stray = _ways()[member], model.parameters.observation.stray
    if seen == 0.0:
        return Moved(0.0 * draw, 0.0 * draw + np.log(real(nothing)) + np.log1p(-real(stray)))
    meant, usual = _meant(model, member), STRAY * model.europe.budget[model.europe.members.index(member)]
    lump = real(seen) / meant
    own = log_lump(lump, nothing, power) - np.log(meant) + np.log1p(-real(stray))
    return Moved(lump, np.logaddexp(own, np.log(real(stray)) - real(seen) / usual - np.log(usual)))


def _institutions(model: Negotiation, draw: Array, seen: float) -> Moved:
    """The lump under which EU institutions, within what governments agree or not, pay like what they paid."""
    (nothing, power), europe, p = _ways()[EU], model.europe, model.parameters
    table, meant, agreed = real(flows.lumps(nothing, power)), _meant(model, EU), europe.agreement_chance()
    more = europe.envelope + p.europe.envelope_months * meant + europe.waiting

    def likely(quantiles: Array) -> Array:
        due = europe.waiting + meant * table[(quantiles * PARTS).astype(np.intp)]
        within, beyond = (np.minimum(due, most) for most in (europe.envelope, more))
        refused, given = (amount(seen, paid, LEAST_EU, p.observation.institutions) for paid in (within, beyond))
        return refused + agreed * (given - refused)

    moved = redrawn(draw, _edges(nothing), likely)
    return moved._replace(draw=table[(moved.draw * PARTS).astype(np.intp)])


@cache
def _edges(nothing: float) -> Doubles:
    """Edges of quantiles of a lump: no money first."""
    return np.concatenate([[0.0], nothing + (1.0 - nothing) * -np.expm1(-EXPONENTIALS)])


def _talks(model: Negotiation, draw: Array, seen: float) -> Moved:
    table = model.mediator
    chance = table.talks_chance * table.called.possible
    return event(draw, chance, bool(seen), model.parameters.observation.miscoded)


def _called_first(model: Negotiation, draw: Array, seen: float) -> Moved:
    chance = real(model.united_states.doctrine.channel) * model.mediator.talks
    return event(draw, chance, bool(seen), model.parameters.observation.miscoded)


def _meeting(model: Negotiation, draw: Array, seen: float) -> Moved:
    chance = model.contacts.chance * ~model.mediator.settled
    return event(draw, chance, bool(seen), model.parameters.observation.miscoded)


def _gate(model: Negotiation, draw: Array, seen: float) -> Moved:
    """In the month of a law, the gate of the House is likely to have opened; in others it is left alone."""
    if not seen:
        return Moved(draw, 0.0 * draw)
    return event(draw, model.congress.gate_chance, True, model.parameters.observation.miscoded)


def _act(act: str, model: Negotiation, draw: Array, seen: float) -> Moved:
    chance = executive.chance(summed(model.bureaucracy.reasons[act])) * model.config.mechanisms.sanctions_acts
    return event(draw, chance, bool(seen), model.parameters.observation.miscoded)


def _upkeep(model: Negotiation, draw: Array, seen: float) -> Moved:
    p, kept = model.parameters, real(model.bureaucracy.kept_up_before)
    chance = executive.upkeep_chance(model.united_states.dials(), kept, p.bureaucracy)
    return event(draw, chance, bool(seen), p.observation.miscoded)


def _opposed(model: Negotiation, _: Array, seen: float) -> Moved:
    """The shock that makes Kyiv's public what it was in a survey."""
    p, asked = model.parameters.public, model.public
    expected = public.moved(asked.opposed, public.leaning(asked.months_of_war, p), real(0.0), p)
    shock = real((seen - expected) / p.opposed_noise)
    return Moved(shock, log_normal(shock) - np.log(p.opposed_noise))


def guides(members: tuple[str, ...]) -> dict[str, Guide]:
    """All guides, by the stream of the draw that they move."""
    lumps = {
        f"european lump {member}": Guide("europe", MEMBER.format(member), partial(_member, member))
        for member in members
    }
    return {
        "front": Guide("line", "line", _line),
        "american lump": Guide("america", "america", _america),
        **lumps,
        f"european lump {EU}": Guide("europe", MEMBER.format(EU), _institutions),
        "talks": Guide("talks", "talks", _talks),
        "agenda gate": Guide("law", "law", _gate),
        "Ukrainian public": Guide("public", "opposed", _opposed),
        "direct meeting": Guide("contacts", "met", _meeting),
        "who is called first": Guide("calls", "moscow first", _called_first),
        "sanctions tightened": Guide("acts", "tightened", partial(_act, ACTS[0])),
        "sanctions eased": Guide("acts", "eased", partial(_act, ACTS[1])),
        "sanctions kept up": Guide("acts", "kept up", _upkeep),
    }
