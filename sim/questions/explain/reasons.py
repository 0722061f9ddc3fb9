"""Why each actor did what it did: one world lived through again, its decisions told with their terms.

Nothing is stored for this: luck is drawn by address, so any world of any run can be lived through again alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.actors import NAMES
from sim.basics.limits import InputError
from sim.basics.mistakes import unknown
from sim.basics.terms import because, line_proposed, months, percent, points, signed, value
from sim.questions.explain.consents import agreed_now, by_faction, europe_consents, senate_ratifies
from sim.questions.explain.expected import Answer, expected
from sim.questions.explain.sanctions import american_sanctions, european_sanctions
from sim.questions.explain.taken_for import by_sign, taken_for
from sim.scenario import grants
from sim.world.proposal import Proposer
from sim.world.settlement import Refusal
from sim.world.votes import HOUSE_MAJORITY

if TYPE_CHECKING:
    from sim.actors.actor import Audience, Belligerent
    from sim.actors.congress import Congress
    from sim.model import Negotiation
    from sim.scenario import Scenario
    from sim.scenario.resolved import Configuration

SPEAKERS = ("us", "congress", "europe", "ukraine", "russia")
ACTOR_NAMES = {actor: NAMES[actor].short for actor in SPEAKERS} | {"table": "The table"}
"""Whom one can ask, and how they are called."""
CAPITALS = {side: NAMES[side].capital for side in ("ukraine", "russia")}
ALARMING = 0.02
"""Alarm, as a share of budgets, that is worth a sentence."""
INSTRUMENT_NAMES = {
    "intelligence": "Intelligence sharing",
    "posture": "The posture in Europe",
}


class ProposalEnding(NamedTuple):
    """How a proposal ended: as it happens, and told later."""

    now: str
    then: str


PROPOSAL_ENDINGS = {
    Refusal.NOBODY: ProposalEnding("agreed", "agreed"),
    Refusal.UKRAINE: ProposalEnding("Ukraine refuses", "Ukraine refused"),
    Refusal.RUSSIA: ProposalEnding("Russia refuses", "Russia refused"),
    Refusal.BOTH: ProposalEnding("both refuse", "both sides refused"),
    Refusal.EUROPE: ProposalEnding("the Europeans do not consent", "the Europeans did not consent"),
    Refusal.SENATE: ProposalEnding("the Senate does not ratify", "the Senate did not ratify"),
}


PROPOSER_NAMES = {
    Proposer.NOBODY: "nobody",
    Proposer.WASHINGTON: "Washington",
    Proposer.UKRAINE: "Kyiv",
    Proposer.RUSSIA: "Moscow",
}
"""Who puts something on the table."""


class Account(NamedTuple):
    """What one actor did in a month, and why, in sentences."""

    actor: str
    month: str
    sentences: tuple[str, ...]


def relive(scenario: Configuration, seed: int, world: int) -> Iterator[Negotiation]:
    """Live through one world again and hand out the model after every month."""
    from sim.ensemble import opened

    model = opened(scenario, seed, world, world + 1)
    for _ in model:
        yield model


def explain(scenario: Scenario, seed: int, world: int, month: str, actor: str | None = None) -> list[Account]:
    """Tell why each actor (or one of them) did what it did in a month of a world.

    Parameters
    ----------
    scenario : Scenario
        What was simulated.
    seed, world : int
        Which luck.
    month : str
        "YYYY-MM", within the scenario's horizon.
    actor : str, optional
        One of `ACTOR_NAMES`, or a guest of the scenario.

    Raises
    ------
    InputError
        If the month is outside the horizon or there is no such actor.
    """
    calendar = scenario.calendar
    if month not in calendar:
        raise InputError(f"month: must be from {calendar[0]} to {calendar[-1]}, like '2025-03', got {month!r}")
    everybody = (*ACTOR_NAMES, *scenario.guests)
    if actor is not None and actor not in everybody:
        raise InputError(unknown("actor", actor, everybody))
    from sim.actors.guest import told

    model = next(model for model in relive(scenario, seed, world) if model.month == month)
    guests = {guest.name: guest for guest in model.guests}
    found = []
    for who in [actor] if actor else everybody:
        if who in guests:
            found.append(Account(guests[who].label, month, told(guests[who], "account")))
        else:
            found.append(Account(ACTOR_NAMES[who], month, tuple(ACCOUNTS[who](model))))
    return found


def washington(model: Negotiation) -> Iterator[str]:
    """Tell what the executive and its bureaucracy did."""
    us, full = model.united_states, model.parameters.executive.full_support
    yield (
        f"It wanted to allocate {value(us.desired) * full:.2f} EUR bn, {percent(us.desired)} of full support "
        f"({because(us.reasons['aid'], full)})."
    )
    yield (
        f"It allocated {value(us.allocation):.2f} EUR bn, with {value(us.authority):.1f} left of what Congress "
        f"granted; it announced {percent(us.announced)} of full support for the future. "
        f"Its words are believed as those of one who keeps {percent(us.credibility)} of its promises."
    )
    yield from _granted(model, american=True)
    yield from american_sanctions(model)
    for instrument, name in INSTRUMENT_NAMES.items():
        terms = model.bureaucracy.reasons[instrument]
        target = min(1.0, max(0.0, sum(value(term) for term in terms.values())))
        level = value(getattr(model.bureaucracy, instrument))
        yield f"{name} stood at {level:.2f}; the doctrine wants {target:.2f} ({because(terms)})."


def _granted(model: Negotiation, american: bool) -> Iterator[str]:
    """A sentence on each event that grants money this month in the name of Washington, or of Europeans."""
    why = "which needs no appropriation" if american else "which no member decides on"
    whole = "Washington's allocation" if american else "Europe's contribution"
    for event in grants.money(model.config.events):
        part = grants.part(event, model.month)
        if part and (event.donor == "us") == american:
            share = f"{grants.euros(part)} of the " if event.months > 1 else ""
            yield f"{whole} includes {share}{grants.sum_of(event)}, {why}{grants.note_on(event)}."


def congress(model: Negotiation) -> Iterator[str]:
    """Tell what became of a bill."""
    bill = model.congress
    if bool(model.bureaucracy.enacted[0]):
        yield "It tightened sanctions by law."
    if bool(bill.voted[0]):
        yield f"{bill_in_words(bill).capitalize()} came to the floor: {ayes(bill)}. {fate(bill).then}."
        if np.isfinite(value(bill.house_ayes)):
            yield f"Ayes expected in the House, by faction: {by_faction(bill.reasons['house ayes'])}."
    elif bool(bill.pending[0]):
        yield (
            f"{bill_in_words(bill).capitalize()} {waiting(bill.age)}; the chance that it came "
            f"up in the House this month was {percent(bill.gate_chance)} "
            f"(log-odds; {because(bill.reasons['bill reaches the floor'])})."
        )
    else:
        yield f"No bill waits; {value(model.united_states.authority):.1f} EUR bn of authority are left."
    yield from senate_ratifies(model, proposer(model))


def bill_in_words(bill: Congress) -> str:
    """What the bill before Congress is about; it stays said of one that was decided on this month."""
    size, sanctions = value(bill.size), bool(bill.sanctions[0] | bill.sanctions_law[0])
    if not size:
        return "a bill of sanctions on Russia"
    return f"a bill of {size:.1f} EUR bn" + (" and sanctions on Russia" if sanctions else "")


def ayes(bill: Congress) -> str:
    """Ayes of this month by chamber, and what was needed."""
    held = (
        ("House", value(bill.house_ayes), HOUSE_MAJORITY),
        ("Senate", value(bill.senate_ayes), bill.senate_needs()),
    )
    told = [f"{count:.0f} in the {name} ({needed} needed)" for name, count, needed in held if np.isfinite(count)]
    return "ayes " + " and ".join(told)


def fate(bill: Congress) -> ProposalEnding:
    """What became of the bill that was voted on."""
    if bool(bill.passed[0]):
        return ProposalEnding("It becomes law", "It became law")
    if bool(bill.pending[0]):
        return ProposalEnding("The other chamber has yet to vote", "The other chamber had yet to vote")
    return ProposalEnding("It is defeated", "It was defeated")


def waiting(age: object) -> str:
    """How long a bill has waited that is before Congress."""
    return f"has waited {months(age)}" if value(age) else "is new and waits"


def europe(model: Negotiation) -> Iterator[str]:
    """Tell what the Europeans gave and felt."""
    us = model.europe
    gifts = sorted(us.reasons["contributions"].items(), key=lambda item: -value(item[1]))[:3]
    yield (
        f"Europe contributed {value(us.contribution):.2f} EUR bn, most of it from "
        f"{', '.join(f'{name} ({value(gift):.2f})' for name, gift in gifts)}; "
        f"it carried {percent(us.share)} of all aid over six months."
    )
    yield from _granted(model, american=False)
    if us.vetoed[0]:
        yield f"A veto holds up {value(us.waiting):.1f} EUR bn of EU institutions, whose envelope is used up."
    yield from european_sanctions(model)
    yield f"The threat that it feels is {value(us.threat):.2f} ({because(us.reasons['threat felt'])})."
    yield _belief(us)
    if value(us.alarm) > ALARMING:
        yield f"In alarm it adds emergency packages worth {percent(us.alarm)} of a month's budgets."
    yield from europe_consents(model, proposer(model))


def ukraine(model: Negotiation) -> Iterator[str]:
    """Tell how Ukraine stood and what it thought of fighting on."""
    yield (
        f"Its force is {value(model.ukraine.force):.0f} against Russia's {value(model.russia.force):.0f} "
        f"({because(model.ukraine.reasons['force'], digits=1, sides=('made of', 'less'))})."
    )
    yield _belief(model.ukraine)
    yield _refusing(model.ukraine)
    yield from _opinion(model)


def _opinion(model: Negotiation) -> Iterator[str]:
    """Tell how opposed Kyiv's public is to ceding land, what moved it this month, and what that makes ceding cost."""
    if not model.config.mechanisms.public_opinion:
        return
    public, terms = model.public, dict(model.public.reasons["opposition to concessions"])
    terms.pop("what it was")
    yield (
        f"Of its public {percent(public.opposed)} are opposed to any concession of land (in points this month; "
        f"{because(terms, 100.0, 1)}); ceding costs its government {value(public.weight()):.2f} times what it costs "
        f"where {percent(model.parameters.public.opposed_reference)} are."
    )


def _public(model: Negotiation) -> Iterator[str]:
    """Tell what of the cost of a package at home comes from ceding land, and what from where opinion stands now."""
    whole = value(model.mediator.reasons["package to ukraine"]["its public"])
    as_usual = percent(model.public.opposed) == percent(model.parameters.public.opposed_reference)
    if not model.config.mechanisms.public_opinion or whole == 0.0 or as_usual:
        return
    ceding = round(whole / value(model.public.weight()), 2)
    yield (
        f"Its public counts {whole:+.2f}: {ceding:+z.2f} for ceding land, and {round(whole, 2) - ceding:+z.2f} since "
        f"{percent(model.public.opposed)} are opposed to any concession, not "
        f"{percent(model.parameters.public.opposed_reference)}."
    )


def russia(model: Negotiation) -> Iterator[str]:
    """Tell how hard Russia tried and what it thought of fighting on."""
    effort = {reason: value(term) for reason, term in model.russia.reasons["effort"].items()}
    yield (
        f"It adds {value(model.russia.effort):.1f} units of force a month, which makes a month of war cost it "
        f"{value(model.russia.cost):.2f}; as things stand {effort['the effort it wants']:.1f} would be best."
    )
    yield _belief(model.russia)
    yield _refusing(model.russia)


def _belief(audience: Audience) -> str:
    """What an audience expects of Washington, what of this month moved it, and what it takes Washington to be."""
    terms = dict(audience.reasons["belief in American support"])
    terms.pop("what it believed")
    told = (
        f"It believes in lasting American support of {percent(audience.support)} of full, give or take "
        f"{percent(audience.doubt)} (in points this month; {because(terms, 100.0, 1)})."
    )
    if not audience.on.reading:
        return told
    return " ".join([told, f"It takes Washington to be {taken_for(audience)}.", *by_sign(audience)])


def _refusing(side: Belligerent) -> str:
    return (
        f"It expects the line to move by {points(side.outlook, 3)} of Ukraine a month; refusing a deal is worth "
        f"{value(side.reservation):.2f} to it ({because(side.reasons['refusing'])})."
    )


def table(model: Negotiation) -> Iterator[str]:
    """Tell whether talks were held, what was proposed, and who said what."""
    mediator = model.mediator
    odds = because(mediator.reasons["talks"])
    if bool(mediator.quiet[0]) and not agreed_now(model):
        hazard = mediator.reasons["renewed war"]["chance this month"]
        what = "A settlement" if bool(mediator.settled[0]) else "A truce"
        yield f"{what} holds; the chance that it breaks was {percent(hazard, 1)} this month."
    if bool(mediator.settled[0]) and not bool(mediator.proposed[0]):
        return
    broken = bool(mediator.relapsed[0]) and value(mediator.relapsed_in) < model.elapsed - 1
    if broken and not bool(mediator.quiet[0]):
        yield "The last settlement has broken, and the war goes on."
    if not bool(mediator.talks[0]):
        yield f"Washington holds no talks; their chance was {percent(mediator.talks_chance)} (log-odds; {odds})."
    else:
        first = "Moscow was called first" if bool(mediator.moscow_first[0]) else "the allies were consulted first"
        yield f"Talks were held ({first}); their chance was {percent(mediator.talks_chance)} (log-odds; {odds})."
    yield from _meeting(model)
    if bool(mediator.proposed[0]):
        yield from proposal(model)
    elif bool(mediator.talks[0]) or bool(model.contacts.meets[0]):
        sought = value(mediator.reasons["worth a try"]["any package"])
        why = ": none seemed worth a try" if sought == 0.0 else ""
        yield f"No package was put on the table{why}."
    yield from _breach(model)


def _breach(model: Negotiation) -> Iterator[str]:
    """Tell of a peace that broke this month, after all talks."""
    table, now = model.mediator, model.elapsed - 1
    hazard = table.reasons["renewed war"]["chance this month"]
    for what, broke in (("settlement", table.relapsed_in), ("truce", table.truce_ended_in)):
        if value(broke) == now and not bool(table.quiet[0]):
            yield f"The {what} broke; the chance of that was {percent(hazard, 1)} this month."


def _meeting(model: Negotiation) -> Iterator[str]:
    """Tell whether the two met without Washington, where they could have."""
    contacts = model.contacts
    if not model.config.mechanisms.direct_talks or (bool(model.mediator.settled[0]) and not bool(contacts.meets[0])):
        return
    odds = because(contacts.reasons["a direct meeting"])
    how = "met by themselves" if bool(contacts.meets[0]) else "did not meet by themselves"
    yield f"Kyiv and Moscow {how}; the chance was {percent(contacts.chance)} (log-odds; {odds})."


def proposal_ending(model: Negotiation) -> ProposalEnding:
    """How this month's proposal ended."""
    return PROPOSAL_ENDINGS[Refusal(int(value(model.mediator.refusal)))]


def refusing(model: Negotiation) -> list[str]:
    """The sides that refused this month's proposal."""
    how, own = Refusal(int(value(model.mediator.refusal))), {"ukraine": Refusal.UKRAINE, "russia": Refusal.RUSSIA}
    return [side for side in CAPITALS if how in (own[side], Refusal.BOTH)]


def proposer(model: Negotiation) -> str:
    """Who put this month's package on the table, by name."""
    return PROPOSER_NAMES[Proposer(int(value(model.mediator.proposer)))]


def proposing(model: Negotiation) -> str | None:
    """The side that proposed this month; None where Washington did, or nobody."""
    sides = {Proposer.UKRAINE: "ukraine", Proposer.RUSSIA: "russia"}
    return sides.get(Proposer(int(value(model.mediator.proposer))))


def answers(model: Negotiation) -> dict[str, Answer]:
    """What was known of each side before this month's package, what it gives each, and whether it refused."""
    found = {}
    for side in CAPITALS:
        terms = {reason: value(term) for reason, term in model.mediator.reasons[f"package to {side}"].items()}
        found[side] = Answer(expected(model, side), terms, side in refusing(model))
    return found


def proposal(model: Negotiation) -> Iterator[str]:
    """Tell what was on the table and how each side answered."""
    mediator = model.mediator
    yield f"On the table, by {proposer(model)}: {package(model)}."
    said = answers(model)
    asked = {CAPITALS[side]: now.known.chance for side, now in said.items() if side != proposing(model)}
    told = ", and ".join(f"{capital} says yes with {percent(chance)}" for capital, chance in asked.items())
    yield f"By what {proposer(model)} knows, {told}."
    for side, now in said.items():
        gain = sum(now.terms.values())
        verdict = _verdict(now.refuses, gain)
        yield f"{ACTOR_NAMES[side]} {verdict} {signed(gain)} over refusing ({because(now.terms)})."
        if side == "ukraine":
            yield from _public(model)
        if now.refuses:
            short = -value(mediator.reasons[f"margin of {side}"]["over its threshold"])
            yield f"{CAPITALS[side]} would say yes if war were {short:.2f} sd harder on it than it feels this month."
    terms = mediator.reasons["package to washington"]
    yield f"To Washington it is worth {sum(value(t) for t in terms.values()):.2f} ({because(terms)})."
    how = Refusal(int(value(mediator.refusal)))
    if how == Refusal.NOBODY:
        yield "It is agreed."
    elif how in (Refusal.EUROPE, Refusal.SENATE):
        yield f"Both sides accept, but {PROPOSAL_ENDINGS[how].now}."
    else:
        yield "It fails."
    yield from europe_consents(model, proposer(model))
    yield from senate_ratifies(model, proposer(model))
    yield from _betrayed(model)


def _betrayed(model: Negotiation) -> Iterator[str]:
    """Tell what everybody has learned of how hard war is on each side."""
    if not model.config.mechanisms.private_information:
        return
    before = model.mediator.reasons["what answers betray"]
    told = [
        f"{CAPITALS[side]} {value(before[side]):+.2f} before and {value(getattr(model, side).believed):+.2f} now"
        for side in CAPITALS
    ]
    yield f"How much harder than on average war is taken to be on them, by their answers (sd): {'; '.join(told)}."


def _verdict(refuses: bool, gain: float) -> str:
    """How a side answers, and how its gain is introduced: holding out is refusing what would be a gain."""
    if refuses:
        return "holds out for more: the package would give it" if gain > 0.0 else "refuses: the package would give it"
    return "accepts: the package gives it"


def package(model: Negotiation) -> str:
    """Name the package on the table, in words."""
    if bool(model.mediator.truce_offered[0]):
        monitors = "with monitors" if value(model.mediator.guarantee) > 0.0 else "without monitors"
        return f"a truce on the front, {monitors}"
    table = model.mediator
    return _settlement(table.offset, table.guarantee, table.relief)


def agreed(model: Negotiation) -> str:
    """Name the last settlement, in words."""
    table = model.mediator
    return _settlement(table.agreed_offset, table.agreed_guarantee, table.agreed_relief)


def _settlement(offset: Any, guarantee: Any, relief: Any) -> str:
    from sim.world.packages import GUARANTEE_NAMES

    level = GUARANTEE_NAMES[int(value(guarantee))]
    return f"{line_proposed(value(offset))}; guarantee: {level}; {percent(relief)} of sanctions lifted"


ACCOUNTS: dict[str, Callable[[Negotiation], Iterator[str]]] = {
    "us": washington,
    "congress": congress,
    "europe": europe,
    "ukraine": ukraine,
    "russia": russia,
    "table": table,
}
"""Who tells what each actor did."""
