# %% [markdown]
# # 7. Why wars do not end
#
# In the spring and summer of 2025 Moscow and Kyiv met in Istanbul, for the first time in three years, three times over.
# Prisoners were exchanged. The war went on. War costs both sides dearly: why do they not simply sign today what they will
# sign in the end?
#
# One idea, in two halves: they do not **know** the same, and they cannot **trust** what is signed.

# %%
import numpy as np

import sim
from sim.ensemble import Ensemble, opened, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.teaching import RULE, bare, check, happened, interval, number, say, score, show, solution, worlds_where
from sim.teaching.lessons.limits import furthest_off, in_the_simulator
from sim.teaching.lessons.why_wars_do_not_end import ALL, CHAPTER, CLEAR_EYED, with_danger
from sim.theory.convergence import disagreement
from sim.world.front import observation_variance

WORLDS = CHAPTER.worlds
say("\n".join(f"- {happened(event)}." for event in ("istanbul-1", "istanbul-2", "istanbul-3")))

# %% [markdown]
# ## Two explanations
#
# **Information.** Each side thinks that it is stronger than it is. If both expect to do well, there is no line that both
# prefer to fighting on. Fighting then has a terrible use: it shows who was wrong. When both have learnt enough, they sign.
#
# **Commitment.** Suppose both know everything. A settlement still has to hold *tomorrow*. If it will break, the one who
# gives up a position today stands weaker in the next war. So a line that both would like is not signed, because neither
# can promise to keep it.
#
# The two need different remedies: facts for the first, guarantees for the second. (A third reason is in lesson three: both
# would gain, and each holds out for more.)
#
# ## Predict
#
# First, how it is. Then we remove one cause at a time: both sides start with *no illusions* about their strength; or *no
# peace can ever break*, neither a settlement nor a truce. How many of a hundred worlds sign a settlement within three years?

# %%
outlook = sim.load("outlook")
trusted = with_danger(outlook, 0.0)
causes = {
    "as it is": outlook,
    "no illusions": outlook.with_parameters(CLEAR_EYED),
    "no broken peace": trusted,
    "neither": trusted.with_parameters(CLEAR_EYED),
}
results = simulate(causes, Ensemble(worlds=WORLDS))
signed = {name: worlds_where(results, "signed", name) for name in causes}
say(f"As it is, **{signed['as it is']:.0f} of 100 worlds** sign.")

# %%
prediction_information = 80  # worlds of 100 that sign without illusions, from 0 to 100
prediction_commitment = 75  # worlds of 100 that sign if no settlement can break, from 0 to 100

# %%
know, know_about = interval(results, "signed", "no illusions", "as it is")
trust, trust_about = interval(results, "signed", "no broken peace", "as it is")
scale = CHAPTER.scale
asked_information = scale.predictand(signed["no illusions"], signed["as it is"], know_about)
asked_commitment = scale.predictand(signed["no broken peace"], signed["as it is"], trust_about)
score(prediction_information, asked_information, "worlds of 100 that sign without illusions")
score(prediction_commitment, asked_commitment, "worlds of 100 that sign if no settlement can break")
say(RULE)
check(trust - trust_about > know + know_about > 0.0, "trust brings more settlements than knowledge")
show(
    bars(
        f"To know the truth adds {know:.0f} deals in 100 worlds; to be able to trust adds {trust:.0f}",
        f"Worlds of 100 in which both sides sign within three years. The same {WORLDS:,} worlds in every row.",
        f"Simulated: scenario “Outlook”, {WORLDS:,} worlds, seed 1.",
        {"Both sides sign": signed},
        "of 100 worlds",
    ),
    "causes",
    "Bars: worlds that sign as it is, without illusions, if no settlement can break, and with neither cause",
)

# %% [markdown]
# ## The formula
#
# How fast does war teach? Let two sides disagree by *D* about how strong the defence is, each as sure of its view as *s*
# months of war would make it. Both watch the same front. After *n* months the disagreement is down to
#
# > D · s / (s + n)
#
# *whatever happens at the front*: a victory moves both the same way, and the gap between them shrinks all the same. The
# lines are this formula; the dots are the simulator, with everything else off, for three sizes of the first illusion.

# %%
sparring = bare(outlook, learning=True, front_noise=True).with_horizon(60)
ILLUSIONS = {"large illusions": 0.30, "middling": 0.20, "small": 0.10}
after = np.arange(6, 61, 6)


def apart(total):
    """Disagreement after each half year, both sides wrong by half of the total, and the months that a prior is worth."""
    wrong = {"optimism_ukraine": total / 2.0, "optimism_russia": total / 2.0}
    scenario = sparring.with_parameters({"beliefs": wrong, "front": {"advantage_sd": 0.04}})
    model = opened(scenario, seed=3, start=0, stop=4)
    path = [float((model.ukraine.advantage - model.russia.advantage).mean()) for _ in model]
    worth = float(observation_variance(scenario.parameters.front)) / scenario.parameters.beliefs.advantage_prior_sd**2
    return np.array(path)[after - 1], worth


grid = np.linspace(0.0, 60.0, 121)
learnt = {name: apart(total) for name, total in ILLUSIONS.items()}
worth = learnt["small"][1]


def formula(total, months):
    """The disagreement that is left, of `total` at first."""
    return np.array([disagreement(1.0 + total, 1.0, worth, n) for n in months])


off = max(np.abs(path - formula(ILLUSIONS[name], after)).max() for name, (path, _) in learnt.items())
check(off < 1e-6, "disagreement shrinks exactly as in the textbook")
left = 100.0 * worth / (worth + 36.0)
show(
    curves(
        f"After three years of war {left:.0f} % of a disagreement is left, whoever was winning",
        f"Difference between what the two sides think of the defender's advantage. A prior is worth s = {worth:.0f} months of war.",
        "Formula: Smith and Stam (2004). Simulated: scenario “Outlook”, all off but learning and chance at the front.",
        "months of war",
        "Disagreement (log force ratio)",
        [Curve(name, grid, formula(total, grid), (after, learnt[name][0])) for name, total in ILLUSIONS.items()],
    ),
    "learning",
    "Three falling curves of disagreement over months of war, with the simulator's dots on them",
)

# %% [markdown]
# ## The second formula
#
# And trust? Let a pause in the war make one side stronger: in a war after the pause it would win a *shift* more than today.
# It breaks the peace the more easily the more it would win by that. Peace on today's line is then worth to the other side
#
# > (1 − Q) · (what war costs − Q · shift)
#
# where *Q* is the chance that peace breaks, sooner counting more. Everybody knows everything here, and war is as costly as
# before. But past a certain shift no line is worth signing unless land is handed back in advance, and that nobody does.
# The lines are this formula; the diamonds are the simulator, with everything else off.

# %%
check(furthest_off("pause", "gain") < 0.001, "a shift of power kills peace exactly as in the formula")
show(
    in_the_simulator("pause"),
    "shift",
    "What peace gives the declining side falls with the shift and crosses zero; the simulator's diamonds lie on the curve",
)

# %% [markdown]
# ## The surprise
#
# So war *does* teach, and what it teaches is not what is missing.

# %%
levels = {name: float(results["settlement_guarantee"].sel(doctrine=name).mean()) for name in causes}
stubborn = 100.0 - signed["neither"]
check(stubborn > 10.0, "many worlds do not sign even without illusions and without broken peaces")
check(levels["no broken peace"] < levels["as it is"], "where peace cannot break, weaker guarantees do")
say(
    f"""**Trust is scarcer than knowledge.** Taking away both sides' illusions adds {know:.0f} worlds of 100 (give or take
{know_about:.0f}); taking away the chance that a peace breaks adds {trust:.0f} (give or take {trust_about:.0f}). Where nothing
can break, they also settle for less on paper: the mean guarantee falls from level {levels["as it is"]:.1f} to
{levels["no broken peace"]:.1f}, of four. A good part of what a guarantee is for is to stand in for trust.

**And some wars are about what they are about.** With neither cause {stubborn:.0f} of 100 worlds still do not sign. Stakes,
audiences at home, talks that do not happen and sides that hold out are left, and no fact and no guarantor removes them."""
)

# %% [markdown]
# ## What the simulation cannot say
#
# - That no peace could break in any real world. It is a thought experiment: an upper bound for what guarantors can do.
# - Which illusions the two sides have. Their size is a judgement, and so is what a month of war teaches.
# - Who grows in a pause, and by how much. The size and even the sign are judgement, and hardly a number matters more.
#
# ## Exercises
#
# 1. From the formula: after how many months of war is half of a disagreement left, and after how many a tenth?
# 2. Double both illusions. How many of a hundred worlds sign?
# 3. Not *no* broken peace, but a third of the hazard. How many sign, and what share of the way to full trust is that?

# %%
solution(
    1,
    f"Half after {worth:.0f} months, a tenth after {9.0 * worth:.0f}.",
    "s / (s + n) = 1/2 gives n = s; 1/10 gives n = 9 s.",
)

# %%
usual = outlook.parameters.beliefs
doubled = {"optimism_ukraine": 2.0 * usual.optimism_ukraine, "optimism_russia": 2.0 * usual.optimism_russia}
more = simulate(
    {
        "doubled": outlook.with_parameters({"beliefs": doubled}),
        "third": with_danger(outlook, ALL / 3.0),
    },
    Ensemble(worlds=WORLDS),
)
blind = worlds_where(more, "signed", "doubled")
check(blind < signed["as it is"], "larger illusions make fewer settlements")
solution(
    2,
    f"{blind:.0f} of 100 worlds instead of {signed['as it is']:.0f}.",
    "Illusions matter, but they wear off; see the figure.",
)

# %%
safer = worlds_where(more, "signed", "third")
part = 100.0 * (safer - signed["as it is"]) / trust
solution(
    3,
    f"{safer:.0f} of 100 worlds; {number(part, 0)} % of the way.",
    f"From {signed['as it is']:.0f} towards {signed['no broken peace']:.0f}. By the formula of lesson two a guarantee of level "
    f"{np.log(3.0) / outlook.parameters.peace.deterrence:.1f}, of four, cuts the hazard to a third, if it is fully believed.",
)

# %% [markdown]
# ## For a class
#
# - Two neighbours have been in court for ten years. Is it what they do not know, or what they cannot promise?
# - A mediator has one month and may bring either a satellite or a battalion. Which, and why?
# - Which of the exchanged goods of 2025 (prisoners, bodies, words) needed no trust at all? Is that why they were exchanged?
#
# ## Sources
#
# Fearon, J. D. (1995). Rationalist explanations for war. *International Organization* 49, 379-414.
#
# Powell, R. (2006). War as a commitment problem. *International Organization* 60, 169-203. With your own numbers:
# `doctrine theory powell`, and `doctrine theory pause` for the model after it that is drawn above.
#
# Smith, A. and Stam, A. (2004). Bargaining and the nature of war. *Journal of Conflict Resolution* 48, 783-813. With your own
# numbers: `doctrine theory smith_stam`.
