# %% [markdown]
# # 1. Same world, other doctrine
#
# In January 2025 a new executive came into office in Washington. In the months after, American aid stopped, and Russia
# took more land. How much of that land was taken *because* of the change?
#
# One idea: a **counterfactual**. What followed a decision is not what the decision did. What it did is the difference
# to the same world without it.

# %%
import numpy as np

import sim
from sim import record
from sim.basics.labels import month_name
from sim.figures.lessons import Curve, curves
from sim.teaching import RULE, check, say, score, show, solution, worlds_where
from sim.teaching.lessons.same_world import CHAPTER, NO_FEAR, NO_TALKS, effect_on_land, effect_on_money

WORLDS = CHAPTER.worlds
HUNDRED, LAST = 100.0, record.last_month()


def signed_number(value):
    """A number with its sign, a true minus."""
    return f"{value:+.2f}".replace("-", "−")


observed = record.series()
before, after = (observed["us_allocation"].sel(month=slice(*span)) for span in
                 (("2024-01", "2024-12"), ("2025-02", LAST)))  # fmt: skip
held = HUNDRED * observed["russian_held_share"]
say(
    f"""The record: American allocations were {float(before.mean()):.1f} EUR bn a month in 2024 (one large loan
included) and {float(after.mean()):.1f} from February 2025 to {month_name(LAST)}. Russia held {float(held.sel(month="2025-01").item()):.1f} %
of Ukraine in January 2025 and {float(held.sel(month=LAST).item()):.1f} % in {month_name(LAST)}."""
)

# %% [markdown]
# ## The tempting answer
#
# Take the map before and the map after, subtract, and call the difference "the effect of the new doctrine". Newspapers
# do it every day. It is called *before and after*, and it blames the change for everything that would have happened
# anyway: the war was moving before.
#
# We cannot rerun history. A simulator can. It plays many **worlds**: in each, chance takes another course (the weather at
# the front, the mood in the House, a crisis elsewhere). Then it plays *the same worlds again*, with the same luck, and
# another doctrine in Washington from January 2025 on. Whatever differs in world number seventeen between the two runs
# was done by the doctrine. Nothing else differs.
#
# - **architectural**: alliances, long commitments, clear words; what Washington did until then.
# - **transactional**: pressure creates leverage, commitments are chips; what the record looks like afterwards.

# %%
results = sim.compare("history", ["architectural", "transactional"], worlds=WORLDS).dataset
land = HUNDRED * results["russian_held_share"]
start = float(land.sel(doctrine="transactional", month="2025-01").mean())
last = float(land.sel(doctrine="transactional").isel(month=-1).mean())
until = str(results["month"].to_numpy()[-1])[:7]
say(
    f"""Under the transactional doctrine Russia holds {start:.1f} % of Ukraine in January 2025 and {last:.1f} % in
{until}, on average over {WORLDS:,} worlds. Before and after: **{last - start:+.1f} points of Ukraine's territory.**"""
)

# %% [markdown]
# ## Predict
#
# Of that gain, how much is the doctrine's work? Write a number of *points of territory*, from minus three to plus three:
# what Russia holds at the end under the transactional doctrine, less what it holds in the same worlds under the
# architectural one. What stands below is a common guess: about half.

# %%
prediction = 1.3  # points, from -3 to 3

# %%
difference = land.sel(doctrine="transactional") - land.sel(doctrine="architectural")
final = difference.isel(month=-1).to_numpy()
effect, luck, _ = effect_on_land(results, "transactional", "architectural")
score(prediction, CHAPTER.scale.predictand(effect, 0.0, luck), "points of land that the doctrine adds")
say(RULE)
mean = land.mean("world").sel(month=slice("2024-01", None))
years = [(m.astype("datetime64[M]").astype(int) / 12.0) + 1970.0 for m in mean["month"].to_numpy()]
check(abs(effect) < 0.25 * (last - start), "nearly all of the gain happens under the other doctrine too")
say(
    f"""The model says {signed_number(effect)} points, give or take {luck:.2f}. Before and after said {last - start:+.1f}.
The front moves on under both doctrines."""
)
show(
    curves(
        f"Russia gains {last - start:.1f} points of land; the doctrine accounts for {signed_number(effect)}",
        f"Means over the same {WORLDS:,} worlds. The vertical gap between the lines is the effect of the doctrine; the rise "
        "of either line is only what happened.",
        f"Observed: The Economist, ISW maps. Simulated: scenario “History”, {WORLDS:,} worlds, seed 1.",
        "year",
        "Land held by Russia, % of Ukraine",
        [
            Curve("transactional", years, mean.sel(doctrine="transactional").to_numpy()),
            Curve("architectural", years, mean.sel(doctrine="architectural").to_numpy()),
            Curve(
                "observed",
                [],
                [],
                (
                    years[: held.sel(month=slice("2024-01", LAST)).size],
                    held.sel(month=slice("2024-01", LAST)).to_numpy(),
                ),
            ),
        ],
        {"change of doctrine": 2025.0},
        low=None,
        years=True,
    ),
    "land",
    "Two lines of the land held by Russia, which rise together after January 2025 and hardly part",
)

# %% [markdown]
# ## The surprise
#
# So the change of doctrine did hardly anything? Look at other outcomes of the very same runs. And then switch off, in both
# runs, what else it moves: first the talks, so that no settlement stops the front or moves the line; then also Europe's fear
# of being left alone.

# %%
europe, america = (
    effect_on_money(results, whose, "transactional", "architectural").mean
    for whose in ("europe_contribution", "us_allocation")
)
signed = {doctrine: worlds_where(results, "signed", doctrine) for doctrine in ("transactional", "architectural")}


def without(switches):
    """Points of land that the doctrine adds, with some mechanisms off."""
    scenario = sim.load("history").with_mechanisms(**switches)
    found = sim.compare(scenario, ["architectural", "transactional"], worlds=WORLDS // 2).dataset
    return effect_on_land(found, "transactional", "architectural").mean


no_talks = without(NO_TALKS)
no_fear = without(NO_FEAR)
check(europe > 0.8 * -america > 0.0, "Europe adds about as much money as America takes away, or more")
check(max(effect, no_talks) < no_fear, "Europe's answer hides what the withdrawal of aid does to the front")
say(
    f"""America gives {-america:.0f} EUR bn less, and Europe gives {europe:.0f} EUR bn *more*, in the same worlds. A
settlement is signed in {signed["transactional"]:.0f} of 100 worlds instead of
{signed["architectural"]:.0f}: it stops the front, and mostly along a line that gives Russia more than it holds.

Take the settlements away, and the doctrine makes {signed_number(no_talks)} points of land. Take away Europe's answer as well,
and it makes {signed_number(no_fear)}. **The small number is a large number with another against it.** Before and after
blamed the doctrine for {last - start:+.1f} points that would have gone anyway, and did not see the bill it sent to Europe."""
)

# %% [markdown]
# ## Why the *same* worlds: the formula
#
# Why not simply run a thousand worlds under one doctrine and a thousand *other* worlds under the other? Because luck
# would differ too, and drown what we look for. If an outcome scatters by *s* from world to world, and the two runs of a
# world are correlated by *r*, then the mean difference over *n* worlds is uncertain by
#
# > other worlds: s √(2 / n)   the same worlds: s √(2 (1 − r) / n)
#
# The lines are this formula. The dots are runs: how far the estimated effect really scattered, over many samples of *n*
# worlds drawn from the thousand.

# %%
one, other = (land.sel(doctrine=d).isel(month=-1).to_numpy() for d in ("transactional", "architectural"))
spread = float(np.sqrt((one.var() + other.var()) / 2.0))
alike = float(1.0 - (one - other).var() / (2.0 * spread**2))
sizes = np.array([10, 20, 40, 80, 160, 320])
rng = np.random.default_rng(1)


def scatter(n, same):
    """How far the mean difference scatters over 400 samples of n worlds."""
    first = rng.integers(0, WORLDS, (400, n))
    second = first if same else rng.integers(0, WORLDS, (400, n))
    return float((one[first] - other[second]).mean(axis=1).std())


grid = np.linspace(10.0, 320.0, 200)
formula = {same: spread * np.sqrt(2.0 * (1.0 - same * alike) / grid) for same in (False, True)}
dots = {same: np.array([scatter(n, same) for n in sizes]) for same in (False, True)}
close = max(np.abs(dots[same] / np.interp(sizes, grid, formula[same]) - 1.0).max() for same in (False, True))
check(close < 0.15, "the scatter of samples is that of the formula")
worth = 1.0 / (1.0 - alike)
show(
    curves(
        f"The same worlds are worth {worth:.0f} times as many other ones",
        "Lines: the formula. Dots: standard deviation of the estimate over 400 samples.",
        f"Simulated: scenario “History”, {WORLDS:,} worlds, seed 1; land held at the end.",
        "number of worlds n",
        "Uncertainty of the effect, points of territory",
        [
            Curve("other worlds", grid, formula[False], (sizes, dots[False])),
            Curve("the same worlds", grid, formula[True], (sizes, dots[True])),
        ],
    ),
    "paired",
    "Two falling curves with dots on them: the uncertainty with other worlds and, lower, with the same worlds",
)
say(
    f"Here s is {spread:.1f} points and r is {alike:.2f}. One pair of equal worlds tells as much as {worth:.0f} unequal ones."
)

# %% [markdown]
# ## What the simulation cannot say
#
# - That this is what happened. The counterfactual is the model's: a world in which nothing but the dials differs. Real
#   doctrines come with people, parties and events.
# - That the mechanisms are right. The same luck makes the difference *precise*, not *true*.
# - What the front does month by month. The record's own last twelve months forecast the front better than this model.
#
# ## Exercises
#
# 1. In how many of a hundred worlds does Russia end with *more* land under the transactional doctrine than under the
#    architectural one, in the same world?
# 2. How many *other* worlds would be needed to know the effect as well as from these pairs?
# 3. Does the answer hang on the seed? Run four hundred new worlds (seed two) and compare.

# %%
worse = HUNDRED * float((final > 0).mean())
solution(1, f"{worse:.0f} of 100 worlds.", f"The mean effect is {signed_number(effect)} points, but it scatters by {final.std():.1f} "
         "from world to world: a doctrine that changes nothing on average still changes each world.")  # fmt: skip

# %%
needed = WORLDS * worth
solution(2, f"About {needed:,.0f} worlds under each doctrine.", f"n (1 / (1 − r)) = {WORLDS:,} / (1 − {alike:.2f}).")

# %%
again = sim.compare("history", ["architectural", "transactional"], worlds=400, seed=2).dataset
new, new_luck, _ = effect_on_land(again, "transactional", "architectural")
check(abs(new - effect) < 2.0 * np.hypot(new_luck, luck), "another seed says the same")
solution(3, f"{signed_number(new)} points instead of {signed_number(effect)}.",
         f"Give or take {new_luck:.2f}: the two intervals overlap. Luck decides about worlds, not about means.")  # fmt: skip

# %% [markdown]
# ## For a class
#
# - Find a headline of this week that uses before and after. What is the counterfactual it leaves out?
# - Which outcome would *you* have looked at first, and would you have stopped there?
# - A doctor, an economist and a historian want the same thing. How does each of them look for "the same world"?
#
# ## Sources
#
# Rubin, D. B. (1974). Estimating causal effects of treatments in randomized and nonrandomized studies. *Journal of
# Educational Psychology* 66, 688-701.
#
# Conway, R. W. (1963). Some tactical problems in digital simulation. *Management Science* 10, 47-61 (common random
# numbers).
#
# Land: The Economist's maps of the ISW; money: Kiel Institute, Ukraine Support Tracker; see `sim/record/tables/SOURCES.md`.
