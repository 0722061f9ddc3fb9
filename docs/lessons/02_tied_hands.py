# %% [markdown]
# # 2. Tied hands
#
# In August 2025 guarantees for Ukraine were on the table in Washington. A president who never binds himself can threaten
# anybody with anything. A president who binds himself cannot. So does binding yourself cost you deals?
#
# One idea: **commitment**. To take away one's own choices can be a strength, because others act on what you *cannot* do.

# %%
import numpy as np
from scipy.optimize import brentq

import sim
from sim.ensemble import Ensemble, opened, simulate
from sim.figures.lessons import Curve, curves
from sim.teaching import RULE, check, happened, interval, number, say, score, show, solution, worlds_where
from sim.teaching.lessons.price_of_refusing import half_a_year_in, threat_to
from sim.teaching.lessons.tied_hands import CHAPTER, KNOWN, NO_BELIEF, NO_THREAT, hands
from sim.world.executive import cost, dials
from sim.world.reading import pays
from sim.world.settlement import guarantee_belief, renewed_war_hazard

WORLDS = CHAPTER.worlds
HUNDRED = 100.0
say(f"{happened('white-house-2025-08', outcome=True)}.")

# %% [markdown]
# ## Two things that commitment does
#
# The doctrine of Washington has a dial, `commitment`, from zero (*commitments are chips; keep your hands free*) to one
# (*a commitment is only worth something if you cannot walk out of it*). In the simulator it does two things at the table.
#
# - **It disarms threats.** Who is bound to share what it knows cannot threaten to stop. Kyiv's price of refusing falls as
#   commitment rises (lesson three explains that price).
# - **It arms promises.** A settlement comes with a guarantee: somebody promises to step in if it breaks. The more bound
#   the guarantor, the more it would pay when the promise is called in, and the less likely it is that anyone tests it.
#
# Here the hands are tied *for all to see*. Who ties them in secret is read by what he does, as any other president.
#
# ## Predict
#
# We turn only this dial, under an otherwise transactional doctrine. How many *more* settlements does full commitment sign
# than none, of a hundred worlds? Write a negative number if you think that threats weigh more. What stands below is the
# transactional theory: free hands make deals.

# %%
prediction = -10  # more worlds of 100 at commitment 1 than at 0, from -30 to 30

# %%
outlook = sim.load("outlook")
DIAL = (0.0, 0.25, 0.5, 0.75, 1.0)
switched = {
    "as it is": outlook,
    "nobody believes in guarantees": outlook.with_mechanisms(**NO_BELIEF),
    "nobody can threaten": outlook.with_mechanisms(**NO_THREAT),
}


def label(name, commitment):
    """The label of a run."""
    return f"{name} {commitment:g}"


runs = {label(n, c): hands(s, c) for n, s in switched.items() for c in DIAL}
results = simulate(runs, Ensemble(worlds=WORLDS))
signed = {name: np.array([worlds_where(results, "signed", label(name, c)) for c in DIAL]) for name in switched}
more, about = interval(results, "signed", label("as it is", 1.0), label("as it is", 0.0))
score(prediction, CHAPTER.scale.predictand(more, 0.0, about), "more worlds of 100 that sign at full commitment")
say(RULE)
check(more + about > 0.0, "tied hands cost no settlements that stand out of the luck")
show(
    curves(
        f"Free hands sign in {signed['as it is'][0]:.0f} of 100 worlds, tied hands in {signed['as it is'][-1]:.0f}",
        f"Dots: settlements signed within three years, of 100 worlds. The same {WORLDS} worlds everywhere.",
        f"Simulated: scenario “Outlook”, {WORLDS} worlds, seed 1.",
        "commitment (0: free hands, 1: tied)",
        "Worlds that sign, of 100",
        [Curve(name, np.array(DIAL), values, (np.array(DIAL), values)) for name, values in signed.items()],
    ),
    "dial",
    "Settlements signed over the dial of commitment: rising without threats, falling where guarantees are not believed",
)

# %% [markdown]
# ## The surprise
#
# Free hands do not make more deals. Why?

# %%
NOT = "nobody believes in guarantees"


def price(commitment):
    """What the threat of a cut takes from Kyiv's walking away, after half a year."""
    return threat_to(half_a_year_in(hands(outlook, commitment), WORLDS).ukraine).mean


flat, flat_about = interval(results, "signed", label(NOT, 1.0), label(NOT, 0.0))
untied, tied = price(0.0), price(1.0)
broken = {
    c: HUNDRED
    * worlds_where(results, "broken", label("as it is", c))
    / worlds_where(results, "signed", label("as it is", c))
    for c in (0.0, 1.0)
}
check(tied < 0.8 * untied, "a bound Washington has less of a threat to Kyiv")
check(flat - flat_about < 0.0, "where nobody believes in guarantees, commitment brings no settlements")
check(broken[1.0] < broken[0.0], "what tied hands sign breaks less often")
say(
    f"""A part of the threat does go: it is worth {untied:.3f} units of Kyiv's utility with free hands and {tied:.3f} with tied ones.
And nothing comes of that alone: where nobody believes in guarantees, full commitment changes the count by {number(flat, 0)} of
100 worlds (give or take {flat_about:.0f}). That is what the transactional theory sees. But as it is the count changes by
{number(more, 0)} (give or take {about:.0f}): what is lost in threats is made up for by being believed. How much that is by itself,
exercise one asks. A deal that will be *kept* is worth signing, above all to Kyiv, whose government pays at home for good for
what it signs away, whether the peace lasts or not.

And what is signed lasts: with free hands a settlement has broken in {broken[0.0]:.0f} of 100 worlds that signed, with tied ones
in {broken[1.0]:.0f}. **A promise that is believed brings signatures, and keeps them.**"""
)

# %% [markdown]
# ## The formula
#
# How much is a guarantee worth? Put a treaty into force on day one and watch, with nobody talking and nothing but chance to
# tempt anyone (what tempts Moscow is for lesson seven), with no other theatre calling and no Europeans to help. Each month it breaks with the chance
#
# > h = h₀ (1 + f v) exp(−d g b),   b = p (c₀ + (1 − c₀) k)
#
# *g*: strength of the guarantee on paper; *b*: how far it is believed; *p*: share of a promise that Washington would pay when it
# is called in, which rises with commitment; *k*: credibility from promises kept; *v*: vagueness of the terms; the rest are constants. After *n* months the treaty is still in force in the share
# (1 − h)ⁿ of worlds. The line is this formula, the dots are the simulator with credibility held still.

# %%
STILL = {"credibility": False, "temptation": False, "talks": False, "direct_talks": False, **KNOWN}
treaty = sim.load("strong_guarantee").with_parameter_sets("one").with_mechanisms(**STILL)
ALONE = {"tripwire": 0.0, "belief_european": 0.0}  # Washington's word by itself: no troops nearby, and no Europeans
treaty = treaty.with_parameters({"executive": {"crisis_cost": 0.0}, "peace": ALONE})
peace, start = treaty.parameters.peace, treaty.initial
LEVEL, MONTHS = 4.0, treaty.months
credibility = start.promises_kept / (start.promises_kept + start.promises_broken)
washington = treaty.us[0].doctrine
vague = 1.0 - washington.clarity
quiet = opened(treaty, seed=1, start=0, stop=1)
quiet.step()


def paid(commitment):
    """Share of a promise of full support that is paid when it is called in."""
    bound = dials(washington.model_copy(update={"commitment": commitment}))
    seen, p = quiet.united_states.seen, treaty.parameters.executive
    return float(pays(bound, seen, cost(bound, seen, p), p)[0])


def keeps(commitment, believed=credibility):
    """Share of 100 worlds in which the treaty holds to the end, by the formula."""
    promise = np.vectorize(paid)(commitment)
    deterred = peace.deterrence * LEVEL * guarantee_belief(promise, believed, peace)
    return HUNDRED * (1.0 - renewed_war_hazard(peace.hazard * (1.0 + peace.fragility * vague), deterred, 0.0)) ** MONTHS


kept = simulate(
    {f"{c}": treaty.with_doctrine("us", {"commitment": c}, since=treaty.start) for c in DIAL}, Ensemble(worlds=1000)
)
dots = np.array([worlds_where(kept, "in_force", f"{c}") for c in DIAL])
grid = np.linspace(0.0, 1.0, 101)
check(np.abs(dots - keeps(np.array(DIAL))).max() < 4.0, "treaties break as often as the formula says")
show(
    curves(
        f"The same treaty: kept in {keeps(0.0):.0f} of 100 worlds by free hands, in {keeps(1.0):.0f} by tied ones",
        f"Treaty guarantee in force from the first month; still in force after {MONTHS} months. Line: the formula. Dots: the simulator.",
        "Simulated: scenario “Strong guarantee”, one set of parameters, credibility held still, no talks, 1,000 worlds, seed 1.",
        "commitment (0: free hands, 1: tied)",
        "Treaty still in force, of 100 worlds",
        [Curve("treaty holds", grid, keeps(grid), (np.array(DIAL), dots))],
        high=100.0,
    ),
    "treaty",
    "Share of worlds in which a treaty holds, rising with commitment; dots lie on the line of the formula",
)

# %% [markdown]
# ## What the simulation cannot say
#
# - How a president *becomes* committed. Here it is a dial; in life it takes laws, troops on the ground, and a reputation.
# - What a binding promise costs if it is called. In the model a guarantee deters; nobody fights over it.
# - That the numbers in the formula are right. They are judgements. Their sign is not: a believed promise deters.
#
# ## Exercises
#
# 1. Where nobody can threaten anybody, how many more worlds of a hundred sign at full commitment than at none?
# 2. From the formula: how much commitment keeps the treaty in three worlds of four?
# 3. Washington has broken eight promises of ten instead of five of ten. How many treaties does *full* commitment keep now,
#    by the formula and in the simulator?

# %%
bare_more, bare_about = interval(
    results, "signed", label("nobody can threaten", 1.0), label("nobody can threaten", 0.0)
)
check(bare_more > bare_about, "where nobody can threaten, commitment brings settlements")
solution(
    1,
    f"{bare_more:.0f} more, give or take {bare_about:.0f}.",
    f"With threats it was {number(more, 0)}. Where there is no threat to lose, commitment has nothing but its good side.",
)

# %%
enough = brentq(lambda c: keeps(c) - 75.0, 0.0, 1.0)
solution(2, f"A commitment of {enough:.2f}.", "Solve (1 − h)ⁿ = 3/4 for c; the dots of the figure show the same.")

# %%
PLACE = {"promises_kept": 2.0, "promises_broken": 8.0}
doubted = type(treaty).model_validate({**dict(treaty), "initial": start.model_copy(update=PLACE)})
doubted = doubted.with_doctrine("us", {"commitment": 1.0}, since=treaty.start)
doubts = worlds_where(simulate({"doubted": doubted}, Ensemble(worlds=1000)), "in_force", "doubted")
by_formula = keeps(1.0, 0.2)
check(abs(doubts - by_formula) < 6.0, "a doubted guarantor keeps as many treaties as the formula says")
solution(
    3,
    f"{by_formula:.0f} of 100 by the formula, {doubts:.0f} in the simulator.",
    f"With half of its promises kept it was {keeps(1.0):.0f}. Paper, commitment and a record of kept promises multiply.",
)

# %% [markdown]
# ## For a class
#
# - Schelling's man burns the bridge behind his army. Who is the message for, and when would it be stupid?
# - Which of Washington's commitments of your lifetime were believed? What made them so?
# - If commitment is so useful, why does anybody keep free hands? Find what this lesson's model leaves out.
#
# ## Sources
#
# Schelling, T. C. (1960). *The Strategy of Conflict*, chapters 2 and 5. Harvard.
#
# Fearon, J. D. (1997). Signaling foreign policy interests: tying hands versus sinking costs. *Journal of Conflict
# Resolution* 41, 68-90. A minimal model after it, with your own numbers: `doctrine theory fearon_signals`.
