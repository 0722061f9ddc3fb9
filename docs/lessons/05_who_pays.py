# %% [markdown]
# # 5. Who pays
#
# In the autumn of 2023 American aid dried up, and Europe gave what it had given before. In 2025 it dried up again, and
# Europe gave far more. It was the same hole. Why did Europe sleep through the first and wake up for the second?
#
# One idea: **free riding** and its limits. What everyone enjoys, everyone likes to leave to others.

# %%
import numpy as np

import sim
from sim import record
from sim.ensemble import Ensemble, opened, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.record.facts import FROZEN, GAP, HALF_YEAR_BEFORE_GAP
from sim.teaching import RULE, bare, check, happened, number, say, score, show, solution
from sim.teaching.lessons.who_pays import ANSWER, CHAPTER, FEARLESS, cents_added, holes, money_alone, two_years
from sim.theory.burden_sharing import efficient, provision

WORLDS = CHAPTER.worlds
CENTS = 100.0
observed = record.series()


def monthly(who, window):
    """EUR bn a month by the record, without the loan on frozen assets."""
    return float(observed[f"{who}_without_loan"].sel(month=slice(*window)).mean())


spans = {
    "the half year before the gap": HALF_YEAR_BEFORE_GAP,
    "the gap of 2023-24": GAP,
    "2025 after the freeze": FROZEN,
}
rows = [
    f"| {name} | {monthly('us_allocation', w):.1f} | {monthly('europe_contribution', w):.1f} |"
    for name, w in spans.items()
]
say("\n".join(["| EUR bn a month | America | Europe |", "| --- | ---: | ---: |", *rows]))
say(
    f"""{happened("cr-2023-09")}.

{happened("inauguration-2025")}.

Money: Kiel Institute, Ukraine Support Tracker. Left out is the loan that the profits of frozen Russian assets repay: it
had been agreed in 2024, and nobody gives it up for Ukraine."""
)

# %% [markdown]
# ## Two words
#
# A **public good** is something that all enjoy, whoever pays: a lighthouse, clean air, a neighbour's army that stands
# between you and the trouble. If aid to Ukraine makes *all* of Europe safer, it is one.
#
# **Crowding out**: when somebody else gives more of a public good, you give less, because you enjoy theirs. It works
# backwards too. When somebody stops, you fill a part of the hole.
#
# Nothing in this theory asks *why* the other one stopped. A hole is a hole.
#
# ## Predict
#
# In the simulator we dig two holes of nearly the same depth, from October 2023 to the end of 2024. In the first, the
# executive keeps asking and *Congress* does not vote. In the second, Congress is willing and the *president* announces
# another doctrine. For every euro that America gives less, how many cents does Europe give more, on average?
#
# A common guess: a hole is a hole, about half of it gets filled. No difference would be no cent at all.

# %%
prediction_congress = 50  # cents per missing euro, from -50 to 150
prediction_president = 50  # cents per missing euro, from -50 to 150

# %%
history = two_years()
found = simulate(holes(history), Ensemble(worlds=WORLDS))
depth = {cut: float((found["us_allocation"].sel(doctrine="none") - found["us_allocation"].sel(doctrine=cut)).sel(month=ANSWER).mean())
         for cut in ("Congress", "president")}  # fmt: skip
cents = {cut: cents_added(found, cut) for cut in depth}
filled = {cut: each.mean for cut, each in cents.items()}
say(
    f"The holes: {depth['Congress']:.1f} EUR bn a month if Congress makes it, {depth['president']:.1f} if the president does."
)
asked = {cut: CHAPTER.scale.predictand(each.mean, 0.0, each.about) for cut, each in cents.items()}
score(prediction_congress, asked["Congress"], "cents that Europe adds per euro that Congress withholds")
score(prediction_president, asked["president"], "cents that Europe adds per euro that the president withholds")
say(RULE)

# %% [markdown]
# ## The formula
#
# The textbook first, in its own world: ten Europeans with the budgets of the record, aid a pure public good, everybody
# with the same taste for it, and one American whose gift is given. Each gives until the last euro is worth as much in
# Kyiv as at home. Then all Europeans together give
#
# > gifts = a (W + A) / (a + n (1 − a)) − A
#
# *a*: taste for the good; *A*: what America gives; *n*: how many Europeans give anything, and *W* their budgets. The line
# is this formula. The dots are the simulator with everything else switched off.

# %%
members = record.members()
budgets, TASTE = members["budget"].to_numpy(float), 0.8
textbook = bare(sim.load("outlook"), free_riding=True).with_horizon(150)
textbook = textbook.with_doctrine("us", "architectural").with_doctrine(
    "europe", {"preset": "hedger", "free_riding": 1.0}
)
pure = {"publicness": 1.0, "threat_base": 1.0, "pressed": 0.0, "taste": 1.0, "budget_limit": 1.0}


def settled(full_support):
    """What Europe expects of America, and what it gives, once nobody wants to give more or less."""
    model = opened(textbook.with_parameters({"europe": pure, "executive": {"full_support": full_support}}), 1, 0, 1)
    model.europe.weight = np.full_like(model.europe.weight, TASTE)
    for _ in model:
        pass
    return full_support * float(model.europe.support[0]), float(model.europe.gifts.sum())


american, european = np.array([settled(size) for size in (1e-9, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)]).T
grid = np.linspace(0.0, american.max(), 100)
formula = np.array([provision(TASTE, budgets, a) - a for a in grid])
off = np.abs(european - np.interp(american, grid, formula)).max()
check(off < 0.01, "the simulator settles at the textbook's equilibrium")
book = CENTS * float((formula[0] - formula[-1]) / (grid[-1] - grid[0]))
show(
    curves(
        f"In the textbook Europe fills {book:.0f} cents of every euro that America withholds",
        "Read it from right to left: America gives less, Europe gives more. Line: the formula. Dots: the simulator with "
        "nothing but free riding on.",
        "Formula: Bergstrom, Blume and Varian (1986). Budgets: Kiel Institute. Simulated: scenario “Outlook”, 1 world.",
        "what America gives (EUR bn a month)",
        "What Europe gives, EUR bn a month",
        [Curve("ten Europeans", grid, formula, (american, european))],
    ),
    "crowding",
    "A falling line with dots on it: the more America gives, the less Europe gives",
)

# %% [markdown]
# ## The surprise
#
# The textbook cannot tell the two holes apart. The record can, and so can the full simulator. What does it know that the
# textbook does not? We switch one thing off at a time.

# %%


def cents_of(scenario, cut):
    """Cents that Europe adds in another scenario."""
    return cents_added(simulate(holes(scenario), Ensemble(worlds=WORLDS)), cut).mean


unasked = cents_of(history.with_mechanisms(attribution=False), "Congress")
asked_alone = cents_of(money_alone(history), "Congress")
naive = cents_of(money_alone(history).with_mechanisms(attribution=False), "Congress")
fearless = cents_of(history.with_mechanisms(**FEARLESS), "president")
check(abs(filled["Congress"]) < 0.25 * filled["president"], "a hole that Congress makes hardly moves Europe")
check(
    naive > 3.0 * abs(filled["Congress"]), "a Europe that sees money alone and does not ask fills the hole of Congress"
)
check(
    max(unasked, asked_alone) < 0.5 * naive,
    "either of the two keeps it from doing so: asking who cut, or hearing the rest",
)
check(fearless < filled["president"], "fear of being left alone adds to what the president's hole calls up")
belief = found["belief_europe"].sel(month="2024-12").mean(["world", "month"])
show(
    bars(
        f"Europe fills {filled['president']:.0f} cents of the president's hole and "
        + (
            f"{filled['Congress']:.0f} of that of Congress" if filled["Congress"] >= 0.5 else "none of that of Congress"
        ),
        f"Cents that Europe gives more for each euro that America gives less, October 2023 to December 2024. The same {WORLDS} worlds.",
        f"Simulated: scenario “History”, {WORLDS} worlds, seed 1.",
        {
            "Of each missing euro, Europe gives": {
                "Congress cuts": filled["Congress"],
                "Congress cuts, nobody asks who": unasked,
                "Congress cuts, money is all that is seen": asked_alone,
                "the same, and nobody asks who": naive,
                "the president cuts": filled["president"],
                "the president cuts, Europe without fear": fearless,
            }
        },
        "cents",
    ),
    "holes",
    "Bars: cents that Europe adds per missing euro, by who cut, by what Europe asks and sees, and without fear",
)
say(
    f"""**Europe asks who cut.** While the executive keeps asking and Congress sits on the bill, the missing money says
little about what America *wants*. At the end of 2024 Europe's belief in lasting American support is
{float(belief.sel(doctrine="Congress")):.2f} after the hole of Congress and {float(belief.sel(doctrine="president")):.2f}
after the president's, with {float(belief.sel(doctrine="none")):.2f} where there was none.

**And money is not all that it hears.** Take the question away, and Europe fills {unasked:.0f} cents of the hole of Congress
instead of {number(filled["Congress"], 0)}: hardly more. For the executive goes on speaking for aid, calls its allies first, tightens
sanctions and shares what it knows, and all that says the same. Let it see the money alone, but ask who cut: {number(asked_alone, 0)} cents.
Take away both, and a hole is a hole after all: it fills {naive:.0f} cents.

**And fear pays more than all the rest.** Without fear of being left alone Europe would fill {fearless:.0f} cents of the
president's hole instead of {filled["president"]:.0f}. So it was the same hole, and another message."""
)

# %% [markdown]
# ## What the simulation cannot say
#
# - Whether Europe *should* have woken earlier. It says what beliefs do, not what was wise.
# - That audiences really asked who cut. The mechanism was written by people who had seen both years: it explains them, it
#   did not forecast them. An autoregression forecasts the gap of 2023-24 at least as well.
# - Which European did what. Donors' months jump too much for their speed of adjustment to be measured.
#
# ## Exercises
#
# 1. From the record alone: how many cents per missing euro did Europe add in the gap of 2023-24, and how many in 2025
#    after the freeze, both against the half year before the gap?
# 2. Make Europe a pure free rider (the preset `free_rider`). How many cents does it add now when the *president* cuts?
# 3. In the textbook: how many cents would *one* single donor fill, and how many the Europeans who give? Use the formula.

# %%
base = {who: monthly(who, HALF_YEAR_BEFORE_GAP) for who in ("us_allocation", "europe_contribution")}


def by_the_record(window):
    """Cents by the record."""
    more = monthly("europe_contribution", window) - base["europe_contribution"]
    return CENTS * more / (base["us_allocation"] - monthly("us_allocation", window))


gap, frozen = by_the_record(GAP), by_the_record(FROZEN)
solution(
    1,
    f"{number(gap, 0)} cents in the gap, {frozen:.0f} cents in 2025.",
    "More in Europe over less in America, each against the half year before. Before and after is no counterfactual (lesson "
    "one), but here both holes are measured the same way.",
)

# %%
lazy = cents_of(history.with_doctrine("europe", "free_rider"), "president")
riding = cents_of(history.with_doctrine("europe", {"free_riding": 1.0}), "president")
check(lazy < filled["president"], "a free rider fills less of the hole that the president makes")
solution(
    2,
    f"{lazy:.0f} cents instead of {filled['president']:.0f}.",
    "The preset counts others' aid as good as its own, and hardly turns doubt into effort. Free riding alone, with the doubt "
    f"of the usual Europe, gives {riding:.0f} cents. It is the missing fear that makes the difference.",
)

# %%
alone = CENTS * (1.0 - TASTE)
givers = int((provision(TASTE, budgets) * (1.0 - TASTE) / TASTE < budgets).sum())
some = CENTS * (1.0 - TASTE / (TASTE + givers * (1.0 - TASTE)))
solution(
    3,
    f"{alone:.0f} cents alone, {some:.0f} cents where {givers} give.",
    f"Gifts fall by 1 − a / (a + n (1 − a)) per euro of A. With n = 1 that is 1 − a = {1.0 - TASTE:.1f}. More givers "
    "crowd out more of each other, so that a hole is filled more fully; and the whole is still too small: together they "
    f"give {provision(TASTE, budgets):.1f} EUR bn where {efficient(TASTE, budgets):.1f} would be best for all.",
)

# %% [markdown]
# ## For a class
#
# - Your flatmate stops cleaning because of a broken arm; or because "I do not live for cleaning". In which case do you
#   clean more, and for how long?
# - If you were a president who wanted Europe to pay more, would you prefer a hole of your own or one of Congress? What
#   would you lose by it?
# - Is aid to Ukraine a pure public good for Spain? For Estonia?
#
# ## Sources
#
# Olson, M. and Zeckhauser, R. (1966). An economic theory of alliances. *Review of Economics and Statistics* 48, 266-279.
# With your own numbers: `doctrine theory olson_zeckhauser`.
#
# Bergstrom, T., Blume, L. and Varian, H. (1986). On the private provision of public goods. *Journal of Public Economics*
# 29, 25-49.
#
# Money: Kiel Institute, Ukraine Support Tracker; see `sim/record/tables/SOURCES.md`.
