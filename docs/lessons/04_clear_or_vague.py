# %% [markdown]
# # 4. Clear or vague
#
# In March 2025 understandings on the Black Sea were announced after talks in Riyadh, in words that each side could read
# its own way. They were not carried out in full. Do vague words help peace, because both can sign, or harm it, because
# nobody knows what was signed?
#
# One idea: **constructive ambiguity** has a price, and the bill comes later.

# %%
import numpy as np

import sim
from sim.ensemble import Ensemble, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.teaching import RULE, check, happened, interval, number, say, score, show, solution, worlds_where
from sim.teaching.lessons.clear_or_vague import CHAPTER, NO_READINGS, NO_WAITING, NOT_FRAGILE, speaking

WORLDS = CHAPTER.worlds
HUNDRED = 100.0
say(f"{happened('black-sea-2025', outcome=True)}.")

# %% [markdown]
# ## What vagueness does
#
# Washington's doctrine has a dial `clarity`: one says plainly what it will do and writes terms that leave no doubt; zero
# keeps everybody guessing. In the simulator vague words do four things.
#
# - Each side may sign *its own reading* of the terms. That makes signing easier: **constructive ambiguity**.
# - What was signed vaguely *breaks more easily*, for each later finds the other in breach: **fragile peace**.
# - Moscow knows less well how far American support will go, and an uncertain future is worth *waiting* for.
# - Kyiv, for the same reason, is a little more afraid of going on, which makes it readier to sign.
#
# ## Predict
#
# We turn only this dial. A hundred worlds, three years. How many *more* worlds sign a settlement under vague words than
# under clear ones? And how many more have a settlement *in force at the end*? What stands below is the view that a deal is
# a deal.

# %%
prediction_signed = 10  # more worlds of 100 under vague words, from -30 to 30
prediction_in_force = 10  # more worlds of 100 under vague words, from -30 to 30

# %%
outlook = sim.load("outlook").with_parameter_sets("one")
results = simulate(
    {"vague": speaking(outlook, 0.0), "half": speaking(outlook, 0.5), "clear": speaking(outlook, 1.0)},
    Ensemble(worlds=WORLDS),
)
more, about = interval(results, "signed", "vague", "clear")
left, left_about = interval(results, "in_force", "vague", "clear")
scale = CHAPTER.scale
score(prediction_signed, scale.predictand(more, 0.0, about), "more worlds of 100 that sign under vague words")
score(
    prediction_in_force,
    scale.predictand(left, 0.0, left_about),
    "more worlds of 100 at peace in the end under vague words",
)
say(RULE)
count = {
    what: {d: worlds_where(results, what, d) for d in ("vague", "half", "clear")}
    for what in ("signed", "broken", "in_force")
}
check(count["broken"]["vague"] > 1.5 * count["broken"]["clear"], "what is signed vaguely breaks more often")
check(left + left_about < 0.0, "vague words leave fewer worlds at peace in the end")
check(more < 2.0 * about, "vague words bring no more signatures")
drawn = sim.load("outlook")  # each world draws its own parameters from what the record leaves standing
other = simulate({"vague": speaking(drawn, 0.0), "clear": speaking(drawn, 1.0)}, Ensemble(worlds=800))
(other_more, other_about), (other_left, left_give) = (
    interval(other, w, "vague", "clear") for w in ("signed", "in_force")
)
check(other_left < other_more, "with drawn parameters too, vague words leave less than they sign")
no_more = (
    "The sizes hang on the parameters. That vagueness does not bring more peace in the end does not."
    if other_left < left_give
    else "So the sign hangs on the parameters too: whoever finds own readings worth more, or broken terms less likely, ends "
    "with more peace. What does not hang on them is that vague words leave less than they sign."
)
say(
    f"""Vague words change the number of signatures by {number(more, 1)} (give or take {about:.1f}) and the number of worlds at
peace in the end by {number(left, 1)} (give or take {left_about:.1f}). Are these numbers at the mercy of the parameters? Draw
them anew for each world, as widely as the record allows, and it is {number(other_more, 1)} ({other_about:.1f}) signatures and
{number(other_left, 1)} ({left_give:.1f}) peaces. {no_more}"""
)
show(
    bars(
        f"Vague deals: {count['signed']['vague']:.0f} signed, {count['in_force']['vague']:.0f} left; "
        f"clear deals: {count['signed']['clear']:.0f} signed, {count['in_force']['clear']:.0f} left",
        f"Worlds of 100 over three years. The same {WORLDS:,} worlds in every row.",
        f"Simulated: scenario “Outlook”, one set of parameters, {WORLDS:,} worlds, seed 1.",
        {
            heading: {f"{d} words" if d != "half" else "in between": count[what][d] for d in count[what]}
            for heading, what in {
                "Signed": "signed",
                "Broken": "broken",
                "In force at the end": "in_force",
            }.items()
        },
        "of 100 worlds",
    ),
    "words",
    "Three panels of bars: settlements signed, broken, and in force at the end, under vague, middling and clear words",
)

# %% [markdown]
# ## The formula
#
# Take a settlement that nobody stands behind, and only watch whether it breaks: nobody talks, and nothing but chance tempts
# anyone. Each month it does with the chance
#
# > h = h₀ (1 + f (1 − clarity))
#
# so that after *n* months it is still in force in the share (1 − h)ⁿ of worlds. The lines are the formula, the dots the
# simulator.

# %%
ALONE = {"guarantees": False, "temptation": False, "talks": False, "direct_talks": False}
settlement = sim.load("frozen_conflict").with_parameter_sets("one").with_mechanisms(**ALONE)
peace = settlement.parameters.peace
CLARITY = {"vague": 0.0, "in between": 0.5, "clear": 1.0}


def hazard(clarity):
    """Chance a month that the settlement breaks."""
    return peace.hazard * (1.0 + peace.fragility * (1.0 - clarity))


kept = simulate(
    {name: settlement.with_doctrine("us", {"clarity": c}, since=settlement.start) for name, c in CLARITY.items()},
    Ensemble(worlds=1000),
)
after = np.arange(3, settlement.months + 1, 3)
grid = np.arange(0, settlement.months + 1)
in_force = {name: HUNDRED * kept["settled"].sel(doctrine=name).mean("world").to_numpy()[after - 1] for name in CLARITY}
formula = {name: HUNDRED * (1.0 - hazard(c)) ** grid for name, c in CLARITY.items()}
check(
    max(np.abs(in_force[n] - formula[n][after]).max() for n in CLARITY) < 4.0, "settlements break as the formula says"
)
show(
    curves(
        f"After three years {formula['clear'][-1]:.0f} of 100 clear settlements are left, and {formula['vague'][-1]:.0f} vague ones",
        "A settlement without guarantees, in force from the first month. Lines: the formula. Dots: the simulator.",
        "Simulated: scenario “Frozen conflict”, one set of parameters, guarantees and talks off, 1,000 worlds, seed 1.",
        "months since it was signed",
        "Still in force, of 100 worlds",
        [Curve(f"{n} terms" if n != "in between" else n, grid, formula[n], (after, in_force[n])) for n in CLARITY],
        high=100.0,
    ),
    "settlement",
    "Three falling curves of settlements still in force, lowest for vague terms, with the simulator's dots on them",
)

# %% [markdown]
# ## The surprise
#
# So vague words leave fewer peaces, and bring no more signatures either. Were own readings not meant to make signing easier?
# Take the prices of vagueness away, one at a time.

# %%
free = {
    "as it is": {},
    "no fragile peace": NOT_FRAGILE,
    "Moscow does not wait": NO_WAITING,
    "no own readings": NO_READINGS,
}
variants = {f"{name}: {word}": speaking(outlook.with_mechanisms(**off), c)
            for name, off in free.items() for word, c in (("vague", 0.0), ("clear", 1.0))}  # fmt: skip
gains = simulate(variants, Ensemble(worlds=400))
gain = {name: interval(gains, "signed", f"{name}: vague", f"{name}: clear") for name in free}
check(gain["no fragile peace"][0] > gain["as it is"][0], "fragile peace is a price that both foresee when they sign")
waiting, about_waiting = gain["Moscow does not wait"]
check(
    abs(waiting - gain["as it is"][0]) < about_waiting, "Moscow's waiting changes nothing that stands out of the luck"
)
check(gain["no own readings"][0] < 0.0, "without own readings vague words only cost signatures")
rows = [f"| {name} | {number(g, 1)} | {a:.1f} |" for name, (g, a) in gain.items()]
say("\n".join(["| | vague less clear, signed of 100 | give or take |", "| --- | ---: | ---: |", *rows]))
say(
    f"""Own readings are what vague words are for: without them vagueness costs {number(-gain["no own readings"][0], 0)}
signatures. But both sides *foresee* that vague terms break, and sign less for it. **Ambiguity works only on those who do not
see through it.** The dial pulls at both ends. Moscow's waiting does little: what is said vaguely from month to month averages
out over the years for which a side weighs war."""
)

# %% [markdown]
# ## What the simulation cannot say
#
# - Which words are vague. A dial is no text; lawyers earn their living in between.
# - Whether a short peace is worth having. It counts settlements in force at the end, not lives saved before.
# - Whether ambiguity *deters*. An enemy kept guessing about arms may attack less (`doctrine theory ambiguity`); that is
#   not in this table.
#
# ## Exercises
#
# 1. Of the settlements that are *signed*, what share breaks within the three years, under vague and under clear words?
# 2. From the formula: after how many months is half of the settlements gone, vague and clear?
# 3. Somebody proposes: be vague while you negotiate, clear once it is signed. Take the price of fragile terms away: how
#    many worlds are at peace in the end under vague words then?

# %%
share = {d: HUNDRED * count["broken"][d] / count["signed"][d] for d in ("vague", "clear")}
solution(1, f"{share['vague']:.0f} % of the vague ones and {share['clear']:.0f} % of the clear ones.",
         "Broken over signed. Some were signed late and had little time to break, so both shares are too kind.")  # fmt: skip

# %%
half = {name: float(np.log(0.5) / np.log(1.0 - hazard(c))) for name, c in CLARITY.items()}
solution(
    2,
    f"{half['vague']:.0f} months vague, {half['clear']:.0f} months clear.",
    "Solve (1 − h)ⁿ = 1/2: n = ln ½ / ln (1 − h).",
)

# %%
cleared = worlds_where(gains, "in_force", "no fragile peace: vague")
as_is = worlds_where(gains, "in_force", "as it is: vague")
check(cleared > as_is, "without fragility vague words would leave more peace")
solution(
    3,
    f"{cleared:.0f} of 100 worlds instead of {as_is:.0f}.",
    "If it could be done. Both signed because each had its own reading; making it clear afterwards takes one of them away.",
)

# %% [markdown]
# ## For a class
#
# - Find a contract, a law or a flat-sharing agreement that was signed because it was vague. What happened to it?
# - When would you advise a mediator to be vague all the same?
# - Why does it matter that both sides *foresee* the breach?
#
# ## Sources
#
# Crawford, V. and Sobel, J. (1982). Strategic information transmission. *Econometrica* 50, 1431-1451. With your own
# numbers: `doctrine theory crawford_sobel`.
#
# Baliga, S. and Sjöström, T. (2008). Strategic ambiguity and arms proliferation. *Journal of Political Economy* 116,
# 1023-1057.
#
# Fischhendler, I. (2008). When ambiguity in treaty design becomes destructive. *Global Environmental Politics* 8, 111-136.
