# %% [markdown]
# # 6. Two tables
#
# In October 2023 the American executive asked Congress for money for Ukraine. It got it in April 2024, by a wide margin.
# If so many were for it, why did it take half a year?
#
# One idea: a government plays at **two tables**. What it promises abroad must pass at home; and at home it matters less
# how many are in favour than who decides *what is voted on*.

# %%
import numpy as np
from scipy.special import expit
from scipy.stats import norm

from sim import record
from sim.ensemble import Ensemble, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.teaching import RULE, check, happened, paired, say, score, show, solution
from sim.teaching.lessons import two_tables as lesson
from sim.teaching.lessons.limits import furthest_off, in_the_simulator

WORLDS = lesson.CHAPTER.worlds
HUNDRED = 100.0
say(
    "\n".join(
        f"- {happened(event)}."
        for event in ("request-2023-10", "cloture-2023-12", "senate-2024-02", "house-2024-04", "law-118-50")
    )
)

# %% [markdown]
# ## Three words
#
# **Win-set**: all deals that would be ratified at home. A narrow win-set can even help at the first table ("I would love
# to, but they would never let me"); a deal outside it is worth nothing.
#
# **Floor**: where all members vote. **Gate**: whoever decides what comes to the floor. In the House that is the leadership of
# the majority, and it may keep a bill off the floor that most members would vote for.
#
# **Discharge petition**: a majority of members can sign a bill past their leaders. It is slow, and it is rare.
#
# ## Predict
#
# We let the same executive ask for the same aid before the Congress of 2023-24, two years long, and count the *months in
# which a bill waits*. Then we change one thing at a time: sixty more friends of aid in the House; or leaders who are half
# as shut as they were.

# %%
asking = lesson.keeps_asking().with_horizon(36)
HALF_OPEN = lesson.CHAPTER.knob.default
runs = {
    "as it was": lesson.sitting(asking),
    "sixty more friends": lesson.sitting(asking, more_friends=lesson.FRIENDS),
    "a gate half as shut": lesson.sitting(asking, HALF_OPEN),
    "both": lesson.sitting(asking, HALF_OPEN, lesson.FRIENDS),
}
results = simulate(runs, Ensemble(worlds=WORLDS))
months = lesson.months_of_waiting(results)
waits = {name: float(months.sel(doctrine=name).mean()) for name in runs}
say(f"As it was, a bill waits in **{waits['as it was']:.1f} of the 24 months**, on average over {WORLDS} worlds.")

# %%
prediction_friends = 2.0  # months in which a bill waits with sixty more friends, from 0 to 12
prediction_gate = 4.0  # months in which a bill waits with a gate half as shut, from 0 to 12


# %%
def asked(name):
    """What was to be predicted: months of waiting, and how they differ from those as it was."""
    about = paired(months, name, "as it was").about
    return lesson.CHAPTER.scale.predictand(waits[name], waits["as it was"], about)


score(prediction_friends, asked("sixty more friends"), "months of waiting with sixty more friends")
score(prediction_gate, asked("a gate half as shut"), "months of waiting with a gate half as shut")
say(RULE)
check(
    waits["a gate half as shut"] < waits["sixty more friends"] < waits["as it was"],
    "the gate counts for more than friends",
)
show(
    bars(
        f"Sixty more friends save {waits['as it was'] - waits['sixty more friends']:.1f} months; half a gate saves "
        f"{waits['as it was'] - waits['a gate half as shut']:.1f}",
        f"Months of 24 in which a bill of aid waits. The same executive and the same {WORLDS} worlds in every row.",
        f"Simulated: scenario “History” with an executive that keeps asking, {WORLDS} worlds, seed 1.",
        {"A bill waits": waits},
        "months of 24",
        digits=1,
    ),
    "waiting",
    "Bars: months in which a bill waits, as it was, with sixty more friends of aid, with a gate half as shut, and with both",
)

# %% [markdown]
# ## The formula
#
# Each month that a bill waits, it reaches the floor with the chance
#
# > h(m) = 1 / (1 + e^−(s + o · gate + a m + (ayes − r) / q))
#
# *m*: months it has waited; *gate*: how open the leaders are, from zero to one; *ayes*: how many votes it is expected to
# get; the rest are constants. The expected wait is the sum, over months, of the chance that it is still waiting:
# (1 − h(0)) + (1 − h(0)) (1 − h(1)) + … The line is that sum, at the mean number of ayes; the dots are bills in the
# simulator, with petitions off. Here line and dots agree only roughly: the count of ayes moves from month to month, and
# the formula takes its mean.

# %%
p = asking.parameters.congress
long = lesson.keeps_asking().with_mechanisms(discharge_petition=False)
GATES = (0.0, 0.25, 0.5, 0.75, 1.0)
gated = simulate({f"{a}": lesson.sitting(long, a) for a in GATES}, Ensemble(worlds=300))
counted = np.array([float(gated["house_ayes"].sel(doctrine=f"{a}").mean()) for a in GATES])
ayes = float(counted[1])  # at the gate of 2023-24


def expected_wait(openness, votes=ayes):
    """Months that a bill waits on average, by the formula."""
    months = np.arange(60)
    up = expit(
        p.gate_shut + p.gate_openness * openness + p.gate_age * months + (votes - p.gate_reference) / p.gate_scale
    )
    return float(np.cumprod(1.0 - up).sum())


bills = {a: gated.sel(doctrine=f"{a}") for a in GATES}
waited = np.array(
    [
        float(b["bill_pending"].sum() / (b["bill_passed"].sum() + b["bill_pending"].isel(month=-1).sum()))
        for b in bills.values()
    ]
)
grid = np.linspace(0.0, 1.0, 101)
formula = np.array([expected_wait(a, np.interp(a, GATES, counted)) for a in grid])
check(np.abs(waited - formula[::25]).max() < 0.15 * formula[0], "bills wait about as long as the formula says")
show(
    curves(
        f"A shut gate makes a bill wait {formula[0]:.0f} months, an open one {formula[-1]:.1f}",
        "Line: the formula, at the mean count of ayes. Dots: mean wait of a bill in the simulator, petitions off; a little less "
        "where bills still wait when the five years end.",
        "Simulated: scenario “History”, an executive that keeps asking, the Congress of 2023-24, 300 worlds, seed 1.",
        "how open the gate is (0: shut, 1: open)",
        "Months that a bill waits",
        [Curve("wait", grid, formula, (np.array(GATES), waited))],
    ),
    "gate",
    "A falling line of the months that a bill waits over how open the gate is, with the simulator's dots on it",
)

# %% [markdown]
# ## The surprise
#
# Surely at least the *vote* is what everyone should watch?

# %%
mean_ayes, passes = (each.mean for each in lesson.ayes_and_passes(results, "as it was"))
votes = record.votes()
final = votes[
    (votes["kind"] == "final_passage") & (votes["chamber"] == "house") & (votes["focus"] == "standalone_ukraine")
]
share = HUNDRED * float((final["yea"] > final["nay"]).mean())
check(passes > 95.0, "a bill that reaches the floor passes")
say(
    f"""In the simulator {passes:.0f} % of the bills that reach the floor pass, with {mean_ayes:.0f} ayes on average. In the
record {share:.0f} % of the {len(final)} final votes of the House on bills for Ukraine alone did. **The vote that everybody
watches decides nothing; whether there is a vote decides.** So friends who are many more than needed shorten the wait
little: their votes only count once the gate is open."""
)

# %% [markdown]
# ## Two tables in two formulas
#
# A public that must be paid for every concession is a handicap and a weapon. It moves the line its government's way, and
# past a certain price there is no line left. A Senate whose will nobody knows works without a vote: what may be refused is
# not tabled. Lines are formulas; the diamonds are the simulator, with everything else off.

# %%
check(furthest_off("home_public", "width") < 0.001, "a public narrows the range exactly as in the formula")
show(
    in_the_simulator("home_public"),
    "public",
    "The line that is agreed on falls as ceding land gets dearer at home, until there is none; diamonds lie on the curve",
)
check(furthest_off("senate", "chance") < 0.02, "the Senate ratifies as often as the formula says")
show(
    in_the_simulator("senate"),
    "senate",
    "The chance of ratification rises with the margin, less steeply the less is known of the Senate; diamonds on it",
)

# %% [markdown]
# ## What the simulation cannot say
#
# - Why the Senate's motion of December 2023 failed (see the list on top). By the fitted model it would have carried: a vote
#   can be lost to a quarrel over something else.
# - Why leaders shut a gate, and what opens it. Here it is a dial for each session; in life it is a career.
# - What a price at home (the border, a budget) does to the bill. The model has it as one faction's open demand.
# - How a president could move the gate. One coded vote follows the change of executive; whip and burden are not identified.
#
# ## Exercises
#
# 1. From the formula: by how much does a bill's expected wait fall with fifty more expected ayes, and by how much if the
#    gate opens from a quarter to three quarters?
# 2. What is the discharge petition worth? Switch it off, and count the months of waiting again.
# 3. A *treaty* needs two thirds of the Senate. If the count before the vote is uncertain by `senate_shock` votes, with
#    what chance is it ratified when sixty-three, sixty-seven or seventy are expected?

# %%
fewer = expected_wait(0.25) - expected_wait(0.25, ayes + 50.0)
opened = expected_wait(0.25) - expected_wait(0.75)
solution(
    1,
    f"{fewer:.1f} months with fifty more ayes, {opened:.1f} with the gate.",
    f"From {expected_wait(0.25):.1f} months.",
)

# %%
off = simulate(
    {"no petition": lesson.sitting(asking.with_mechanisms(discharge_petition=False))}, Ensemble(worlds=WORLDS)
)
without = float(lesson.months_of_waiting(off).mean())
passed = float(results["bill_passed"].sel(doctrine="as it was").sum("month").mean())
fewer_pass = float(off["bill_passed"].sum("month").mean())
check(
    without < waits["as it was"] and fewer_pass < passed, "petitions bring up more bills, and save no months of waiting"
)
solution(
    2,
    f"No month of waiting: {without:.1f} of 24 without it, {waits['as it was']:.1f} with it.",
    f"What it is worth is bills: {passed:.1f} pass in the three years instead of {fewer_pass:.1f}. When one has been brought up, the "
    "executive asks again, and the next one waits; and it also brings up bills that the executive did not ask for.",
)

# %%
NEEDED = 66.5  # 67 after rounding
chances = {count: HUNDRED * float(norm.cdf((count - NEEDED) / p.senate_shock)) for count in (63, 67, 70)}
solution(
    3,
    ", ".join(f"{chance:.0f} % with {count}" for count, chance in chances.items()) + ".",
    f"The chance is Φ((expected − 66.5) / {p.senate_shock:g}). Three votes around the threshold decide everything: a small "
    "minority is strong where the threshold is high. With your own numbers: `doctrine theory senate`.",
)

# %% [markdown]
# ## For a class
#
# - Who in your own country decides what is voted on? Has that person ever been asked about it in an interview?
# - When does it help an envoy to say "my parliament will never accept this", and when does nobody believe it?
# - If votes are only held when they are won, what does a list of roll calls *not* tell?
#
# ## Sources
#
# Putnam, R. D. (1988). Diplomacy and domestic politics: the logic of two-level games. *International Organization* 42,
# 427-460. With your own numbers: `doctrine theory putnam`; the two that are drawn: `home_public` and `senate`.
#
# Cox, G. W. and McCubbins, M. D. (2005). *Setting the Agenda*. Cambridge.
#
# Votes: Clerk of the House, Secretary of the Senate; see `sim/record/tables/SOURCES.md`.
