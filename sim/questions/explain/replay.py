"""One world's story, month by month: what happened that somebody would have read in the news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.terms import months, percent, points, value
from sim.questions.explain.consents import answered, consent_needed, withheld
from sim.questions.explain.expected import Answer, since
from sim.questions.explain.reasons import (
    CAPITALS,
    answers,
    ayes,
    bill_in_words,
    fate,
    package,
    proposal_ending,
    proposer,
    proposing,
    relive,
)
from sim.questions.explain.sanctions import lifted
from sim.scenario import grants
from sim.world.proposal import STEP, Proposer
from sim.world.settlement import Refusal

if TYPE_CHECKING:
    from sim.model import Negotiation
    from sim.scenario.resolved import Configuration

STOPPED, FLOWING = 0.10, 0.30
"""Wanted shares of full support under which aid has stopped, and over which it flows again."""
PAUSED, SHARED = 0.60, 0.75
"""Intelligence sharing under which it counts as held back, and over which as restored."""
LEFT_LYING = 0.2
"""Authority, EUR bn, that makes the news where nothing of it is spent: less than the yearly defence bill grants."""
LESSON = 0.1
"""Standard deviations by which an answer must move what is thought of a side to make the news."""
OPINION = 0.10
"""Share of Ukrainians opposed to any concession, by whose change since it was last told it makes the news."""
LAPSED = 3
"""Months without upkeep of sanctions that make the news."""
FRIGHT = 0.15
"""Alarm, as a share of budgets, that makes the news."""


class StoryMonth(NamedTuple):
    """What happened in a month; no sentences in a month without news."""

    month: str
    sentences: tuple[str, ...]


def replay(scenario: Configuration, seed: int, world: int) -> list[StoryMonth]:
    """Tell the story of one world, one chapter a month that had news.

    Parameters
    ----------
    scenario : Configuration
        What was simulated: a `Scenario`, or one that arrived resolved.
    seed, world : int
        Which luck.
    """
    memory = NewsMemory()
    told = [StoryMonth(model.month, tuple(news(model, memory))) for model in relive(scenario, seed, world)]
    return [chapter for chapter in told if chapter.sentences]


class NewsMemory:
    """What the reader already knows, so that only news is told."""

    def __init__(self) -> None:
        self.presets: dict[str, str] = {}
        self.guests: set[str] = set()
        self.flowing: bool | None = None
        self.sharing: bool | None = None
        self.envelope: float | None = None
        self.unspent = self.starved = self.afraid = self.vetoed = self.settled = self.relapsed = self.truce = False
        self.crisis = 0.0
        self.tabled = ""
        self.answers: dict[str, Answer] = {}
        self.objected = False
        self.front = 0.0
        self.met = self.talked = False
        self.opposed: float | None = None
        self.held_up = self.expired = False
        self.lapsed = 0


def news(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell what happened in the month that the model has just lived through, beyond what `memory` holds."""
    for reporter in REPORTERS:
        yield from reporter(model, memory)


def _doctrines(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    titles = {"us": "Washington's doctrine", "congress": "in session", "europe": "Europe's doctrine"}
    titles |= {"ukraine": "Ukraine's doctrine", "russia": "Russia's doctrine"}
    presets = {actor: model.config.called(actor, model.month) for actor in titles}
    news = {actor: name for actor, name in presets.items() if memory.presets.get(actor) != name}
    if news:
        listed = ", ".join(f"{titles[actor]} is {name}" for actor, name in news.items())
        yield listed[0].upper() + listed[1:] + "."
    memory.presets = presets


def _guests(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    from sim.actors.guest import told

    for guest in model.guests:
        if guest.name not in memory.guests:
            dials = ", ".join(f"{dial} {amount:g}" for dial, amount in model.config.guests.get(guest.name, {}).items())
            yield f"{guest.label} takes part{f' ({dials})' if dials else ''}."
            memory.guests.add(guest.name)
        yield from told(guest, "news")


def _crises(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    size = value(model.united_states.crisis)
    if size > memory.crisis:
        yield f"A crisis breaks out in another theatre (size {size:.1f})."
    memory.crisis = size


def _money(model: Negotiation, _: NewsMemory) -> Iterator[str]:
    events = grants.money(model.config.events)
    yield from (f"{grants.money_in_words(event)}." for event in events if event.month == model.month)


def _aid(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    wanted = value(model.united_states.desired)
    flowing = wanted > FLOWING if memory.flowing is False else wanted > STOPPED
    if flowing != memory.flowing:
        full = model.parameters.executive.full_support
        verb = "wants to give" if flowing else "all but stops aid: it wants to give"
        yield f"Washington {verb} {wanted * full:.1f} EUR bn a month ({percent(wanted)} of full support)."
    memory.flowing = flowing


def _congress(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    bill, us = model.congress, model.united_states
    if bool(bill.voted[0]):
        waited = f" after {months(bill.waited)}" if value(bill.waited) else ""
        asked = (
            "" if value(us.desired) >= value(model.parameters.congress.withdrawn_below) else " that nobody asked for"
        )
        yield f"Congress votes{waited} on {bill_in_words(bill)}{asked}: {ayes(bill)}. {fate(bill).now}."
    unspent = value(us.authority) >= LEFT_LYING and value(us.desired) < STOPPED
    if unspent and not memory.unspent:
        yield f"EUR {value(us.authority):.1f} bn that Congress granted lie unspent: Washington gives hardly any of it."
    memory.unspent = unspent
    starved = bool(bill.pending[0]) and value(model.united_states.authority) < value(model.united_states.desired)
    if starved and not memory.starved:
        so_far = f" ({months(bill.age)} so far)" if value(bill.age) else ""
        yield f"The money has run out while a {'' if so_far else 'new '}bill waits for the floor{so_far}."
    memory.starved = starved


def _intelligence(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    level = value(model.bureaucracy.intelligence)
    sharing = level > SHARED if memory.sharing is False else level > PAUSED
    if memory.sharing is not None and sharing != memory.sharing:
        news = "shares intelligence again" if sharing else "holds back intelligence"
        yield f"Washington {news} ({level:.2f} of full)."
    memory.sharing = sharing


def _europe(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    afraid = value(model.europe.alarm) > FRIGHT
    if afraid and not memory.afraid:
        yield (
            f"Europeans take fright: they believe in {percent(model.europe.support)} of full American support, and "
            f"contribute {value(model.europe.contribution):.1f} EUR bn this month."
        )
    memory.afraid = afraid


def _eu_money(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    vetoed, envelope = bool(model.europe.vetoed[0]), value(model.europe.envelope)
    if vetoed and not memory.vetoed:
        yield "A government vetoes money of the EU, whose envelope is used up."
    elif memory.envelope is not None and envelope > memory.envelope:
        lifted = " once the veto is lifted" if memory.vetoed else ""
        yield f"All governments of the EU agree to more money{lifted}: {envelope:.0f} EUR bn are left to pay."
    memory.vetoed, memory.envelope = vetoed, envelope


def _sanctions(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell of acts of sanctions by their author, and of months in which nobody keeps up what is in force."""
    washington, europe = model.bureaucracy, model.europe
    american, european = (
        f"{percent(of.measures)} of the fullest are in force{lifted(model)}." for of in (washington, europe)
    )
    acts = {
        f"Washington tightens sanctions: {american}": washington.tightened,
        f"Washington eases sanctions: {american}": washington.eased,
        f"Congress tightens sanctions by law: {american}": washington.enacted,
        f"The EU agrees to a package of sanctions: {european}": europe.packaged,
        "European sanctions are in force again, renewed by all governments.": europe.restored,
    }
    yield from (told for told, where in acts.items() if bool(where[0]))
    yield from _upkeep(model, memory)
    held_up, expired = bool(europe.held_up[0]), bool(europe.expired[0])
    if expired and not memory.expired:
        yield "European sanctions expire: not all governments renew them in time."
    elif held_up and not memory.held_up:
        what = "the renewal of sanctions" if bool(europe.due[0]) else "a package of sanctions"
        yield f"A government of the EU holds up {what}."
    memory.held_up, memory.expired = held_up, expired


def _upkeep(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell, while no settlement holds, when American sanctions have long lacked upkeep, and when they have it again."""
    us = model.bureaucracy
    kept = bool(us.kept_up[0] | us.tightened[0] | us.enacted[0]) or bool(model.mediator.settled[0])
    if memory.lapsed >= LAPSED and kept and not bool(model.mediator.settled[0]):
        yield "Washington puts new names on its lists again."
    memory.lapsed = 0 if kept else memory.lapsed + 1
    if memory.lapsed == LAPSED:
        yield (
            f"Washington has put nobody on its lists for {LAPSED} months: its sanctions press at "
            f"{percent(us.upkeep)} of what is in force."
        )


def _talks(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell of what was tabled and how it fared; of Washington's talks that tabled nothing, where they begin."""
    table, talked = model.mediator, memory.talked
    memory.talked = bool(table.talks[0])
    first = "with Moscow called first" if bool(table.moscow_first[0]) else "after consulting allies"
    if not bool(table.proposed[0]):
        if memory.talked and not talked:
            yield f"Talks {first}, and nothing is tabled."
        return
    who, terms = Proposer(int(value(table.proposer))), package(model)
    again = " again" if terms == memory.tabled else ""
    if who == Proposer.WASHINGTON:
        yield f"Talks {first}. Proposed{again} is {terms}; {proposal_ending(model).now}."
    else:
        yield f"{proposer(model)} proposes{again} {terms}; {proposal_ending(model).now}."
    said = answers(model)
    yield from _hopes(model, memory, said, bool(again))
    yield from withheld(model)
    yield from _lesson(model)
    memory.tabled, memory.front = terms, _front(model)
    memory.answers, memory.objected = said, answered(model) == Refusal.EUROPE


def _hopes(model: Negotiation, memory: NewsMemory, said: dict[str, Answer], again: bool) -> Iterator[str]:
    """Tell what whoever proposed could hope for; of terms that come back, what has moved since."""
    moved = _front(model) - memory.front
    if again and abs(moved) >= STEP:
        yield f"The front has moved by {points(moved, 2)} of Ukraine since then."
    asked = {side: now for side, now in said.items() if side != proposing(model)}
    for side, now in asked.items():
        before = memory.answers.get(side)
        if again and before and (before.refuses or now.refuses):
            yield since(side, before, now)
    if not again:
        told = " and ".join(f"{CAPITALS[side]}'s yes at {percent(now.known.chance)}" for side, now in asked.items())
        yield f"{proposer(model)} puts {told}."
    consent = consent_needed(model)
    if memory.objected and consent is not None:
        yield f"The consent of the Europeans, who refused the last, is put at {percent(consent)}."


def _front(model: Negotiation) -> float:
    """Where the front ran when this month's package was tabled: a settlement moves the line as it is signed."""
    table = model.mediator
    signed = bool(table.settled[0]) and not bool(table.truce_offered[0])
    return value(model.line) - (value(table.offset) if signed else 0.0)


def _meetings(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell where the two begin to meet and put nothing on the table; terms are told where they are tabled."""
    meets, met = bool(model.contacts.meets[0]), memory.met
    memory.met = meets
    if meets and not met and not proposing(model):
        yield "Kyiv and Moscow meet by themselves, and table nothing."


def _opinion(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    """Tell how Kyiv's public moves, when it has moved far since that was last told."""
    opposed = value(model.public.opposed)
    if memory.opposed is None:
        memory.opposed = float(model.config.initial.opposed)
    if abs(opposed - memory.opposed) >= OPINION:
        way = "Fewer" if opposed < memory.opposed else "More"
        yield (
            f"{way} Ukrainians are opposed to any concession of land: {percent(opposed)}, after "
            f"{percent(memory.opposed)}."
        )
        memory.opposed = opposed


def _lesson(model: Negotiation) -> Iterator[str]:
    """Tell what all have learned of how hard war is on the two, by their answers, where it is worth a sentence."""
    before = model.mediator.reasons["what answers betray"]
    moved = {side: value(getattr(model, side).believed) - value(before[side]) for side in CAPITALS}
    told = [
        f"{'harder' if shift > 0.0 else 'less hard'} on {CAPITALS[side]}"
        for side, shift in moved.items()
        if abs(shift) > LESSON
    ]
    if told:
        yield f"So war is taken to be {' and '.join(told)} than was thought."


def _peace(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    settled, relapsed = bool(model.mediator.settled[0]), bool(model.mediator.relapsed[0])
    truce = bool(model.mediator.truce[0])
    if truce and not memory.truce:
        yield "A truce: the guns fall silent, and nothing is settled."
    if memory.truce and not truce and not settled:
        yield "The truce breaks, and the war goes on."
    if settled and not memory.settled:
        yield _settled(model, memory)
    if relapsed and not memory.relapsed:
        yield "The settlement breaks, and the war goes on."
    memory.settled, memory.relapsed, memory.truce = settled, relapsed, truce


def _settled(model: Negotiation, memory: NewsMemory) -> str:
    """How a settlement came to be in force: by arms, at the start, after a truce, or in the midst of war."""
    if bool(model.mediator.collapsed[0]):
        return "Ukraine can no longer resist."
    if value(model.mediator.settled_in) < 0.0:
        return "A settlement has been in force from before."
    return "The truce becomes a settlement." if memory.truce else "The guns fall silent."


def _year_end(model: Negotiation, memory: NewsMemory) -> Iterator[str]:
    if model.month.endswith("-12") or not model.running:
        aid = model.europe.share
        yield (
            f"{'At the end of the year' if model.running else 'At the end'} Russia holds "
            f"{percent(model.line, 1)} of Ukraine; Europe carries {percent(np.asarray(aid))} of recent aid."
        )


REPORTERS = (
    _doctrines,
    _guests,
    _crises,
    _money,
    _aid,
    _congress,
    _intelligence,
    _europe,
    _eu_money,
    _sanctions,
    _opinion,
    _meetings,
    _talks,
    _peace,
    _year_end,
)
"""Who tells what, in this order."""
