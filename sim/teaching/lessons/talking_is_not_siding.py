"""Chapter 8: evidence for a suspicion is what the suspicion predicts and its rival does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sim import record
from sim.basics.labels import HUNDRED, month_name, number
from sim.scenario import Scenario, load
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, IntervalEstimate, between, by

if TYPE_CHECKING:
    import xarray as xr

CHANGE = "2025-01"
MONTHS = tuple(sorted(month for month in set(record.columns("conduct_monthly")["month"]) if month >= CHANGE))
"""The months since the change of executive whose conduct is coded."""
LAST = MONTHS[-1]
PERIOD = f"{month_name(CHANGE)} to {month_name(LAST)}"
NO_AFFINITY, EVEN = 0.0, 50.0
WARM = {"channel": 0.95, "rivalry": 0.10}
"""The telephone and the view of the rival of the preset `aligned`, without its affinity."""
ASKED = (CHANGE, "2025-03", "2025-06", "2025-12")
"""Months in which it is asked what Europe takes Washington for."""
FEWER, WITHOUT = 500, "no "
"""Worlds in which signs are left out, and how an observer is called who does not see one."""
MANY = 2
"""Months in which sanctions are eased by an act that are more than a slip."""
TELLING = 2.0
"""How many times as often something must be seen under one hypothesis for it to tell the two apart."""
CHANCE, COUNT, WORLDS = "percent", f"months of {len(MONTHS)}", "worlds of 100"


@cache
def talked() -> int:
    """Months with talks in the record."""
    from sim.questions.infer.conduct import recorded

    return int(recorded(list(MONTHS))["talks"].sum())


def recorded_history() -> Scenario:
    """The scenario up to the last month whose conduct is coded."""
    history = load("history")
    return history.with_horizon(history.calendar.index(LAST) + 1)


def transactional(**dials: float) -> Scenario:
    """A transactional Washington with other dials, from the change of the executive on."""
    return recorded_history().with_doctrine("us", {"preset": "transactional", **dials}, since=CHANGE)


def scenarios(value: float) -> dict[str, Scenario]:
    """Strategy, siding as the knob has it, and a strategy that only telephones more."""
    return {
        "base": transactional(affinity=NO_AFFINITY),
        "turned": transactional(affinity=value),
        "warm": transactional(**WARM),
    }


def months_of_talks(results: xr.Dataset) -> xr.DataArray:
    """In how many of the months there are talks, in each world."""
    return results["talks"].sel(month=slice(MONTHS[0], MONTHS[-1])).sum("month", dtype=float)


def months_of_easing(results: xr.Dataset) -> xr.DataArray:
    """In how many of the months Washington eases sanctions by an act, in each world."""
    return (results["sanctions_us_act"].sel(month=slice(MONTHS[0], MONTHS[-1])) < 0).sum("month")


def months_eased_or_left(results: xr.Dataset) -> xr.DataArray:
    """In how many it eases them or does not keep them up, and tightens nothing, in each world."""
    act, kept_up = (
        results[name].sel(month=slice(MONTHS[0], MONTHS[-1])) for name in ("sanctions_us_act", "sanctions_kept_up")
    )
    return ((act < 1) & ((act < 0) | (kept_up == 0))).sum("month")


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """How likely the record's months of talks are under either, what that makes of the chance, and better signs."""
    talks = months_of_talks(results)
    saw = (talks == talked()).astype(float)
    hits = saw.sel(doctrine="turned"), saw.sel(doctrine="base")
    often = (months_of_easing(results) >= MANY).astype(float)
    truth = chance(*hits)
    return {
        "truth": truth,
        "base": IntervalEstimate(EVEN),
        "difference": IntervalEstimate(truth.mean - EVEN, truth.about),
        "ratio": estimates.ratio(*hits),
        "seen": estimates.share(hits[0]),
        "seen_base": estimates.share(hits[1]),
        "months": estimates.mean(talks.sel(doctrine="turned")),
        "months_base": estimates.mean(talks.sel(doctrine="base")),
        "months_warm": estimates.mean(talks.sel(doctrine="warm")),
        "affinity_adds": estimates.paired(talks),
        "telephone_adds": estimates.paired(talks, "warm", "base"),
        "eased": estimates.share(often.sel(doctrine="turned")),
        "eased_base": estimates.share(often.sel(doctrine="base")),
    }


def posterior(prior: Any, ratio: Any) -> Any:
    """Bayes: chance of a suspicion after evidence that is `ratio` times as likely under it as under its rival."""
    return prior * ratio / (prior * ratio + 1.0 - prior)


def chance(suspicion: xr.DataArray, rival: xr.DataArray) -> IntervalEstimate:
    """The suspicion's chance in percent, from even chances, after evidence, by the worlds that saw it.

    Parameters
    ----------
    suspicion, rival : array, shape (W,)
        1 for each world that saw the evidence, of the same worlds under either hypothesis.
    """
    odds = estimates.ratio(suspicion, rival)
    low, middle, high = (
        HUNDRED * posterior(EVEN / HUNDRED, each) for each in (max(odds.low, 0.0), odds.mean, odds.high)
    )
    return IntervalEstimate(middle, max(middle - low, high - middle), (low, high))


# ---- what the others think


def suspicion(results: xr.Dataset) -> dict[str, dict[str, IntervalEstimate]]:
    """How likely Europe finds an aligned Washington in the months that are asked about, percent, by what it is."""
    chances = HUNDRED * results["europe_reads_aligned"]
    return {
        str(name): {month: estimates.mean(chances.sel(doctrine=name, month=month).squeeze()) for month in ASKED}
        for name in chances["doctrine"].to_numpy()
    }


def by_sign() -> dict[str, float]:
    """The same in the last month of strategy for who sees all, all but one sign, or one alone, percent."""
    from sim.ensemble import Ensemble
    from sim.questions.reading import observers, signs

    seen = signs.seen(recorded_history(), Ensemble(FEWER))
    found = HUNDRED * observers.blind_to(seen, "aligned", ASKED)[ASKED[-1]]
    return {str(label): float(value) for label, value in found.items()}


def tell_suspicion(found: dict[str, dict[str, IntervalEstimate]], signs: dict[str, float]) -> str:
    """Say how long strategy is suspected, what an aligned Washington is taken for, and by which sign it is told."""
    months = ", ".join(f"{number(found['strategy'][month].mean, 0)} in {month_name(month)}" for month in ASKED)
    start, end = (found["strategy"][month] for month in (ASKED[0], ASKED[-1]))
    rest = (
        "**The suspicion does not last**, since there is more to see than talks."
        if TELLING * (end.mean + end.about) < start.mean
        else "**The suspicion stays.**"
    )
    missing = {label: chance for label, chance in signs.items() if label.startswith(WITHOUT) and "," not in label}
    most = max(missing, key=lambda label: missing[label])
    told, talks, without = (
        number(each, 0) for each in (found["aligned"][ASKED[-1]].mean, signs["calls alone"], missing[most])
    )
    return (
        f"Of a hundred, Europe gives *aligned* {months}, where Washington follows strategy; where it is *aligned*, "
        f"{told} by then. {rest} Who sees nothing but talks, and whom Washington calls first, still gives it {talks}. "
        f"Of all signs none is missed more than {most.removeprefix(WITHOUT)}: without it Europe would give {without}."
    )


def tell(value: float, found: Findings) -> Told:
    """Say what the talks do to the suspicion, where talks come from, and what would tell more."""
    why = (_telephone(found), _better_sign(value, found))
    if value == NO_AFFINITY:
        return Told(f"{SAME_SETTING} Evidence cannot tell two hypotheses apart that are one.", why[:1], _rows(found))
    seen, base = number(found["seen"].mean, 1), number(found["seen_base"].mean, 1)
    text = (
        f"Of 100 worlds of siding (affinity {value:g}), {seen} see talks in exactly {talked()} of {len(MONTHS)} "
        f"months; of 100 worlds of strategy, {base}. The evidence is {number(found['ratio'].mean, 2)} times as likely "
        f"under the one as under the other, so the chance of siding goes from {EVEN:g} % to "
        f"{between(found['truth'], 0)} %."
    )
    return Told(text, why, _rows(found))


def _telephone(found: Findings) -> str:
    heart, phone = found["affinity_adds"], found["telephone_adds"]
    text = (
        f"Where do talks come from? Affinity changes the months with talks by {by(heart, 2)}. To call Moscow more "
        f"readily and to see it as less of a rival, without a spark of affinity, changes them by {by(phone, 2)}."
    )
    if phone.low > heart.high:
        return (
            f"{text} It is the telephone, not the heart. Whoever wants a deal talks; whoever wants the other side to "
            "win also talks."
        )
    return f"{text} Here the heart talks as much as the telephone."


def _better_sign(value: float, found: Findings) -> str:
    siding, strategy = found["eased"].mean, found["eased_base"].mean
    text = (
        f"Look for what only one of the two would do. Sanctions are eased by an act in at least {MANY} of the "
        f"{len(MONTHS)} months in {number(siding, 0)} of 100 worlds of siding and in {number(strategy, 0)} of strategy."
    )
    if siding > TELLING * max(strategy, 1.0):
        return f"{text} That sign tells them apart: a bargainer keeps sanctions as a chip."
    return f"{text} At an affinity of {value:g} this sign does not tell much either."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("Chance of siding after the talks", found["truth"], "%"),
        FindingRow("Likelihood ratio", found["ratio"], "times", 2),
        FindingRow("Months with talks, siding", found["months"], COUNT, 2),
        FindingRow("Months with talks, strategy", found["months_base"], COUNT, 2),
        FindingRow("Months with talks, strategy with a telephone", found["months_warm"], COUNT, 2),
        FindingRow("Sanctions eased more than once, siding", found["eased"], WORLDS),
        FindingRow("Sanctions eased more than once, strategy", found["eased_base"], WORLDS),
    )


def given(found: Findings) -> str:
    """What the record has, and how often strategy has it."""
    return (
        f"The record has talks in {talked()} of the {len(MONTHS)} months from {PERIOD}. Before you "
        "look, you give strategy and siding the same chance. Strategy talks in "
        f"{number(found['months_base'].mean, 1)} of the months on average."
    )


def place(value: float) -> Place:
    """Strategy and siding in Explore."""
    return Place("history", "us", ("transactional", f"transactional:affinity={value:g}"), CHANGE)


CHAPTER = Chapter(
    number=8,
    knob=Knob(
        "affinity",
        "How much siding values Moscow's payoff",
        "The dial “affinity” of Washington's doctrine from January 2025; all else is transactional. Strategy has 0.",
        0.0,
        1.0,
        0.1,
        0.6,
        NO_AFFINITY,
        ("not at all: that is strategy itself", "as much as can be"),
    ),
    scale=Scale(
        "What chance do you give to siding, now that you know of the months with talks?", CHANCE, 0.0, 100.0, 1.0
    ),
    worlds=2000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Suspect more: turn affinity to its end. Does even the strongest siding leave a trace in the talks?",
        (
            "Which piece of news of this month would you look for if you wanted to know, and which if you wanted to "
            "be confirmed?"
        ),
    ),
)
