# %% [markdown]
# # 8. Talking is not siding
#
# In 2025 American envoys met Russian ones month after month. Many said: whoever talks so much to Moscow is on Moscow's
# side. How much does talking tell about siding?
#
# One idea: **inference**. Evidence for a suspicion is not what the suspicion *predicts*. It is what the suspicion
# predicts *and its rival does not*.

# %%
import numpy as np

import sim
from sim.basics.labels import month_name
from sim.ensemble import Ensemble, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.questions.infer.conduct import recorded
from sim.scenario.presets import UNITED_STATES
from sim.teaching import RULE, check, happened, ratio, say, score, show, solution
from sim.teaching.lessons import talking_is_not_siding as lesson

WORLDS = lesson.CHAPTER.worlds
HUNDRED = 100.0
MONTHS, TALKED = list(lesson.MONTHS), lesson.talked()
say(
    "\n".join(
        f"- {happened(event)}." for event in ("call-2025-02-12", "riyadh-2025-02", "call-2025-05-19", "anchorage")
    )
)
say(f"The record has talks in **{TALKED} of the {len(MONTHS)} months** from {lesson.PERIOD}.")

# %% [markdown]
# ## Two hypotheses
#
# - **Strategy.** Washington is *transactional*: pressure creates leverage, Moscow is called first, deals are the aim. It
#   puts no weight at all on what Moscow gets out of it.
# - **Siding.** Washington is exactly the same in every respect but one: it also values Moscow's own payoff. In the
#   simulator that is one dial, `affinity`.
#
# One dial apart: so whatever differs between their worlds is the work of siding, and of nothing else.
#
# ## Predict
#
# Before you look, you give both hypotheses the same chance, fifty to fifty. Then you learn what the record says of talks.
# What chance of a hundred do you now give to *siding*? What stands below is a common guess.

# %%
prediction = 80  # chance of siding in percent, from 0 to 100

# %%
history = lesson.recorded_history()
doctrines = {
    "strategy": lesson.transactional(),
    "siding": lesson.transactional(affinity=lesson.CHAPTER.knob.default),
    "aligned": history.with_doctrine("us", "aligned", since="2025-01"),
    "warm strategy": lesson.transactional(**lesson.WARM),
}
results = simulate(doctrines, Ensemble(worlds=WORLDS))
talks = lesson.months_of_talks(results)


def chance(doctrine, months=TALKED):
    """Chance, under a doctrine, of exactly so many months with talks."""
    return float((talks.sel(doctrine=doctrine) == months).mean())


saw = {name: (talks.sel(doctrine=name) == TALKED).astype(float) for name in ("siding", "strategy")}
likelihood = ratio(saw["siding"], saw["strategy"])  # with its luck: both are counted in the same worlds
now = lesson.chance(saw["siding"], saw["strategy"])
asked = lesson.CHAPTER.scale.predictand(now.mean, lesson.EVEN, now.about)
score(prediction, asked, f"chance of siding after talks in {TALKED} of {len(MONTHS)} months")
say(RULE)
say(
    f"""Of the worlds of *siding*, {HUNDRED * chance("siding"):.1f} of 100 see talks in exactly {TALKED} of the
{len(MONTHS)} months; of the worlds of *strategy*, {HUNDRED * chance("strategy"):.1f}. The evidence is {likelihood.mean:.1f} times as
likely under one as under the other (luck of the draw: {likelihood.low:.1f} to {likelihood.high:.1f}). That number, the **likelihood ratio**, is all that evidence can do to a chance."""
)

# %% [markdown]
# ## The formula
#
# Bayes' rule. Start with the chance *p* that you give to the suspicion, multiply its odds by the likelihood ratio *L*, and
# turn the odds back into a chance:
#
# > chance afterwards = p L / (p L + 1 − p)
#
# The lines are the rule. The dots need no rule, only counting: mix worlds of both kinds in the proportion *p*, throw
# away all that did not see these months of talks, and count which kind is left.
#
# We do it twice: for *siding* as above, and for the preset *aligned*, which also differs from the transactional one in
# whom it calls and how it sees its rival.

# %%
priors = np.linspace(0.1, 0.9, 9)
grid = np.linspace(0.0, 1.0, 101)


def counted(suspicion, prior):
    """Share of the suspicion among mixed worlds that saw the evidence."""
    of = round(prior * WORLDS)
    kept = [int((talks.sel(doctrine=d).isel(world=part) == TALKED).sum())
            for d, part in ((suspicion, slice(None, of)), ("strategy", slice(of, None)))]  # fmt: skip
    return kept[0] / sum(kept)


ratios = {suspicion: chance(suspicion) / chance("strategy") for suspicion in ("siding", "aligned")}
dots = {suspicion: np.array([counted(suspicion, prior) for prior in priors]) for suspicion in ratios}
off = max(np.abs(dots[s] - lesson.posterior(priors, r)).max() for s, r in ratios.items())
check(off < 0.12, "counting worlds gives what Bayes' rule gives")
lines = {"siding": "siding: only affinity differs", "aligned": "the preset aligned"}
show(
    curves(
        f"The same talks multiply the odds of siding by {ratios['siding']:.1f}, of “aligned” by {ratios['aligned']:.1f}",
        f"Evidence: talks in {TALKED} of {len(MONTHS)} months. Lines: Bayes' rule. Dots: worlds counted.",
        f"Simulated: scenario “History” to {month_name(lesson.LAST)}, {WORLDS:,} worlds a doctrine, seed 1.",
        "chance given to the suspicion before (percent)",
        "Chance after, percent",
        [
            Curve(lines[s], HUNDRED * grid, HUNDRED * lesson.posterior(grid, r), (HUNDRED * priors, HUNDRED * dots[s]))
            for s, r in ratios.items()
        ]
        + [Curve("no evidence", HUNDRED * grid, HUNDRED * grid)],
        high=100.0,
    ),
    "bayes",
    "Chance after the evidence over the chance before: close to the diagonal for siding, far above it for the preset aligned",
)

# %% [markdown]
# ## The surprise
#
# Two surprises. People tend to say either that talks prove siding or that they prove nothing. For the preset *aligned* the
# talks do count. But *why*? The fourth run is a strategy that only calls Moscow even more readily and sees it as less of a
# rival, as *aligned* does, without a spark of affinity.

# %%
mean = {name: float(talks.sel(doctrine=name).mean()) for name in doctrines}
warm = chance("aligned") / chance("warm strategy")
check(likelihood.mean < 2.0 < ratios["aligned"], "affinity alone hardly brings talks; the preset aligned does")
check(warm < 0.6 * ratios["aligned"], "most of what talks say for aligned is said by the channel and the rivalry")
eased = lesson.months_of_easing(results)
MANY = lesson.MANY
often = {name: HUNDRED * float((eased.sel(doctrine=name) >= MANY).mean()) for name in doctrines}
check(often["siding"] > 2.0 * often["strategy"], "sanctions that are eased more than once tell siding from strategy")
say(
    f"""**It is the telephone, not the heart.** The warm strategy talks in {mean["warm strategy"]:.1f} months on average and
*aligned* in {mean["aligned"]:.1f}; the plain strategy in {mean["strategy"]:.1f} and siding in {mean["siding"]:.1f}. Against
the warm strategy the same talks speak for *aligned* only {warm:.1f} to one, instead of {ratios["aligned"]:.1f} to one.
Whoever wants a deal talks. Whoever wants the other side to win also talks."""
)
show(
    bars(
        "Months with talks hardly tell siding from strategy; easing sanctions by an act does",
        f"{lesson.PERIOD}. Left: mean number of the {len(MONTHS)} months with talks. Right: of 100 worlds, how many ease "
        f"sanctions by an act in at least {MANY} of the {len(MONTHS)} months.",
        f"Simulated: scenario “History”, {WORLDS:,} worlds a doctrine, seed 1.",
        {
            "Months with talks": {n: HUNDRED * mean[n] / len(MONTHS) for n in mean},
            "Sanctions eased more than once": often,
        },
        "of 100",
    ),
    "signs",
    "Two panels of bars for four doctrines: share of months with talks, and worlds that ease sanctions more than once",
)

# %% [markdown]
# So look elsewhere. What would somebody who *sides* do that a hard bargainer would not? Give something away for nothing.
# A bargainer keeps sanctions as a chip and uses them when Moscow refuses. Whoever values Moscow's payoff lets them go.

# %%
first = int((recorded(MONTHS)["sanctions"] < 0).sum())
second = int((recorded(MONTHS, {"sanctions": "upkeep"})["sanctions"] < 0).sum())


left = lesson.months_eased_or_left(results)


def at_least(doctrine, months):
    """Worlds of 100 that ease sanctions, or do not keep them up, in at least so many months."""
    return HUNDRED * float((left.sel(doctrine=doctrine) >= months).mean())


def at_most(doctrine, months):
    """Worlds of 100 that ease sanctions by an act in at most so many months."""
    return HUNDRED * float((eased.sel(doctrine=doctrine) <= months).mean())


check(0.5 < at_least("siding", second) / at_least("strategy", second) < 2.0, "neglect does not tell them apart")
check(at_most("strategy", first) > 2.0 * at_most("siding", first), "acts that never come speak for strategy")
say(
    f"""And the record? It depends on what counts. By formal acts sanctions were eased in {first} of the {len(MONTHS)} months: no
more are seen in {at_most("strategy", first):.0f} of 100 worlds of *strategy* and in {at_most("siding", first):.0f} of 100 of
*siding*. By a coding that counts neglect as easing it was {second} months: so many or more in
{at_least("strategy", second):.0f} of 100 worlds of *strategy* and in {at_least("siding", second):.0f} of *siding*, since whoever
sees no rival neglects sanctions, and siding is not that. **Before a sign is weighed somebody has decided what counts as
one.** `doctrine infer` asks the whole question, with all the evidence, under both codings."""
)

# %% [markdown]
# ## What the others think
#
# You had a year of the record before you. Kyiv, Moscow and Europe have to make up their minds as it comes, and in the simulator
# they do what you just did, every month. They think an architectural, a transactional and an *aligned* Washington possible; of
# all they see (aid, words, talks, sanctions, intelligence) they ask how likely it would be under each; and they multiply.
#
# In these worlds Washington follows *strategy*. What do they make of it?

# %%
suspected = lesson.suspicion(results)
first, *_, last = lesson.ASKED
say(
    f"""After the first month of the new executive, {month_name(first)}, Europe gives {suspected["strategy"][first].mean:.0f} of a hundred
to *aligned*. How many does it give it in {month_name(last)}? What stands below is a common guess."""
)

# %%
prediction_europe = 60  # chance of aligned in percent, from 0 to 100

# %%
before, after = (suspected["strategy"][month] for month in (first, last))
asked = lesson.CHAPTER.scale.predictand(after.mean, before.mean, max(before.about, after.about))
score(prediction_europe, asked, f"chance that Europe gives to aligned in {month_name(last)}")
say(lesson.tell_suspicion(suspected, lesson.by_sign()))

# %% [markdown]
# ## What the simulation cannot say
#
# - What anybody in Washington wants. It compares two sets of dials, not two hearts, and not every doctrine that is possible.
# - What the content of the talks was. Words, terms and tone are no part of these counts, and may tell more.
# - What anybody in Europe thinks. Its readers of Washington know three doctrines and the equations; nobody does.
# - That so few months, coded by hand from public sources, are a sample of anything.
#
# ## Exercises
#
# 1. You start from a suspicion of one in ten, and your suspicion is the preset *aligned*. What chance is left after the
#    talks?
# 2. How many months of talks, of those coded, would speak *most* for siding against strategy? Give the number with the
#    largest likelihood ratio among those that at least one world in a hundred of each sees.
# 3. Reagan saw an adversary in Moscow and talked to it. Compare the preset `reagan_ussr` with `architectural`: how many
#    months of talks does each have, and how much affinity?

# %%
tenth = HUNDRED * lesson.posterior(0.1, ratios["aligned"])
solution(
    1, f"{tenth:.0f} %.", f"Odds of one to nine times {ratios['aligned']:.1f} are {ratios['aligned'] / 9.0:.2f} to one."
)

# %%
possible = [k for k in range(9) if min(chance("siding", k), chance("strategy", k)) >= 0.01]
best = max(possible, key=lambda k: chance("siding", k) / chance("strategy", k))
strongest = chance("siding", best) / chance("strategy", best)
solution(
    2,
    f"{best} months, with a ratio of {strongest:.2f}.",
    f"Even the strongest count moves fifty to fifty only to {HUNDRED * lesson.posterior(0.5, strongest):.0f} %.",
)

# %%
pair = sim.compare(history, ["architectural", "reagan_ussr"], since="2025-01", worlds=500).dataset
held = lesson.months_of_talks(pair).mean("world")
dials = UNITED_STATES["reagan_ussr"].doctrine
check(float(held.sel(doctrine="reagan_ussr")) > float(held.sel(doctrine="architectural")), "Reagan talks more")
solution(
    3,
    f"{float(held.sel(doctrine='reagan_ussr')):.1f} months against {float(held.sel(doctrine='architectural')):.1f}; "
    f"both with an affinity of {dials.affinity:g}.",
    f"His rivalry is {dials.rivalry:g}, as high as the architectural one. He has a telephone (channel {dials.channel:g}).",
)

# %% [markdown]
# ## For a class
#
# - A friend's phone shows that he calls his former boss every week. Name two hypotheses, and one sign that would tell
#   them apart.
# - Which piece of news of this month would you look for, if you wanted to know, and what if you wanted to be *confirmed*?
# - Why do people ask "does it fit?" and so seldom "does it also fit the other story?"
#
# ## Sources
#
# Good, I. J. (1950). *Probability and the Weighing of Evidence*. Griffin.
#
# Heuer, R. J. (1999). *Psychology of Intelligence Analysis*, chapter 8 (analysis of competing hypotheses). CIA.
#
# The coding of the record: `sim/record/tables/conduct_monthly.csv` and [the page on inference](../questions/infer.md).
