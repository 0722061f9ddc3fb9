# %% [markdown]
# # 3. The price of refusing
#
# In the spring of 2025 Washington stopped its aid to Kyiv for about a week, and Kyiv said yes to a ceasefire. Moscow said no.
# If you want a deal and can press only one side, which one? And what is a threat still worth?
#
# This lesson needs no game theory and no programming. Every term is explained where it first appears. The code is
# there for those who want to change something; you can leave it folded.

# %%
import numpy as np

import sim
from sim.ensemble import Ensemble, opened, simulate
from sim.figures.lessons import Curve, bars, curves
from sim.teaching import RULE, check, happened, interval, of_100, say, score, show, solution, worlds_where
from sim.teaching.lessons import price_of_refusing as lesson
from sim.teaching.lessons.limits import furthest_off, in_the_simulator
from sim.world.packages import LINES
from sim.world.settlement import Refusal

WORLDS = lesson.CHAPTER.worlds
say("What the list of events has on it:")
say(
    "\n".join(
        f"- {happened(event)}."
        for event in ("arms-pause-2025-03", "intelligence-pause-2025-03", "jeddah-2025", "call-2025-03-18")
    )
)

# %% [markdown]
# ## Four words that you need
#
# **Walking away.** What you get if you say no. In a shop you keep your money. Here the war goes on.
#
# **Reservation value.** The worst deal that you would still sign: it is just as good for you as walking away. If
# walking away is pleasant, you are hard to please. If walking away hurts, you sign for little.
#
# **Leverage.** Power over the *other* side's reservation value. You do not offer more. You make "no" more expensive.
# That is why this lesson is called the price of refusing.
#
# **Holding out.** Refusing what beats walking away, hoping for more.
#
# Suppose you would sell your old bicycle for sixty, and I would pay at most eighty. Every price between is good for
# both of us; that stretch is called the **bargaining range**. If you wanted ninety, there would be no such stretch and
# no sale, however long we talked. Now your landlord says that the bicycle must be gone by Friday. Your "no" has become
# expensive, you would take forty, and there is a deal again. Nobody offered you a cent more.
#
# ## What Washington can threaten
#
# The simulator plays three years of war and talks, month by month, in a thousand possible **worlds**. A world is one
# course that chance could take: how the front moves, who is in a bad mood, when talks happen. A **settlement** says where
# the line between the two armies runs, who guarantees it, and which sanctions are lifted. (A **truce** only stops the
# guns, and is not counted here.) Washington has two threats.
#
# - To *Kyiv*: if you refuse, we cut our aid and share less of what we know.
# - To *Moscow*: if you refuse, we give Kyiv more and tighten the sanctions.
#
# Nobody bluffs here: a threat is what Washington would still do to a side that goes on refusing, as that side reads it. What
# it has done already is spent. We run the same thousand worlds four times: with a Washington that presses nobody, one side,
# the other, and both.

# %%
pressed = {
    "nobody": lesson.threatening(lesson.NOBODY),
    "Kyiv": lesson.threatening(lesson.KYIV),
    "Moscow": lesson.threatening(lesson.MOSCOW),
    "both": lesson.threatening(lesson.BOTH),
}
DONE = {f"{who}, threats not weighed": one.with_mechanisms(leverage=False) for who, one in pressed.items()}
results = simulate(pressed | DONE, Ensemble(worlds=WORLDS))
signed = {who: worlds_where(results, "signed", who) for who in pressed}
say(f"With nobody pressed, both sides sign a settlement in **{of_100(signed['nobody'])}**.")

# %% [markdown]
# ## Predict
#
# Write your numbers down before you read on: of a hundred worlds, in how many do both sides sign
#
# - if only *Kyiv* is pressed?
# - if only *Moscow* is pressed?
#
# More than with nobody pressed, fewer, or no clear difference: the direction is half of the points, and what you said of the size
# counts only if it is right. Put your numbers into the next cell if you have the notebook open. What stands there is a
# common guess: press the one who depends on you.

# %%
prediction_kyiv = 70  # of 100 worlds, from 0 to 100
prediction_moscow = 55  # of 100 worlds, from 0 to 100

# %%
asked = {
    who: lesson.CHAPTER.scale.predictand(signed[who], signed["nobody"], interval(results, "signed", who, "nobody")[1])
    for who in ("Kyiv", "Moscow")
}
score(prediction_kyiv, asked["Kyiv"], "worlds of 100 that sign if only Kyiv is pressed")
score(prediction_moscow, asked["Moscow"], "worlds of 100 that sign if only Moscow is pressed")
say(RULE)
gain = {who: signed[who] - signed["nobody"] for who in ("Kyiv", "Moscow")}
check(max(abs(more) for more in gain.values()) < 5.0, "pressing one side, whichever it is, changes few settlements")
show(
    bars(
        f"Pressing Moscow changes deals in 100 worlds by {gain['Moscow']:+.1f}, pressing Kyiv by {gain['Kyiv']:+.1f}",
        f"Worlds of 100 in which both sides sign within three years. The same {WORLDS:,} worlds in every row.",
        f"Simulated: scenario “Outlook”, {WORLDS:,} worlds, seed 1.",
        {"Both sides sign": {f"{who} pressed" if who != "both" else "both pressed": n for who, n in signed.items()}},
        "of 100 worlds",
    ),
    "pressed",
    f"Bars: settlements signed of 100 worlds, from {signed['nobody']:.0f} with nobody pressed to {signed['both']:.0f} "
    "with both pressed",
)

# %% [markdown]
# Whichever side is pressed, the count hardly moves. That is no law of nature: a threat works by what it can still take, and
# the next two sections say how, and why so little is left of it here.
#
# ## Why: two ends of one stretch
#
# Take everything out of the simulator but land and the cost of war: no threats, no moods, no doubts. Then the bargaining
# range can be written down. Both sides have an idea where the line between the armies will be if the war goes on, and war
# costs each of them something. So Kyiv would accept a line somewhat *worse* than the expected one, and Moscow too. How
# much worse? As much land as its war is costly. (Costs are counted in **utility**, the simulator's measure of how well off
# a side is; a side does what gives it more utility.)
#
# > Kyiv's worst line = expected line + (what war costs Kyiv) / (what land is worth to Kyiv)
# >
# > Moscow's worst line = expected line − (what war costs Moscow) / (what land is worth to Moscow)
#
# A deal lies between the two. Make refusing dearer for Moscow, and *its* end of the stretch moves. Make it dearer for
# Kyiv, and the *other* end moves. In the figure we turn one knob, what refusing costs Moscow. The lines are the
# formula. The dots are lines that both sides signed in the simulator.

# %%
outlook = sim.load("outlook")
quiet = lesson.war_and_land()
LAND, AHEAD, KYIV_PAYS = 10.0, 24.0, 0.004
PERCENT = 100.0


def at_the_table(moscow_pays):
    """The ends of the range by the formula, and the line that is signed (none: NaN), in percent of Ukraine."""
    costs = {"war_cost_ukraine": KYIV_PAYS, "war_cost_russia": moscow_pays}
    model = opened(quiet.with_parameters({"preferences": costs}), seed=1, start=0, stop=1)
    model.step()
    expected = AHEAD * float(model.ukraine.outlook[0])
    line = float(model.mediator.offset[0]) if model.mediator.settled[0] else np.nan
    return PERCENT * (expected + KYIV_PAYS / LAND), PERCENT * (expected - moscow_pays / LAND), PERCENT * line


prices = np.linspace(0.0, 0.12, 13)
kyiv_end, moscow_end, line = np.array([at_the_table(price) for price in prices]).T
at_sea = np.isnan(line)
inside = (line <= kyiv_end) & (line >= moscow_end)
menu = PERCENT * LINES
possible = np.array([((menu >= low) & (menu <= high)).any() for low, high in zip(moscow_end, kyiv_end, strict=True)])
check((inside | at_sea).all() and (possible == ~at_sea).all(), "a line is signed exactly where the range has one")
check(at_sea[0] and not at_sea[-1], "without a price there is no deal, with a high price there is")
show(
    curves(
        f"No deal until refusing costs Moscow {prices[~at_sea][0]:.2g}: the range is too narrow",
        "Lines: the formula. Dots: lines signed in the simulator with all else off; its mediator proposes "
        f"{len(menu)} different lines, and needs one of them inside the range.",
        "Simulated: scenario “Outlook”, every mechanism off but talks. Formula: Fearon (1995).",
        "what refusing costs Moscow (utility)",
        "Line, % of Ukraine beyond today's front (up: more for Moscow)",
        [
            Curve("worst line for Kyiv", prices, kyiv_end),
            Curve("worst line for Moscow", prices, moscow_end),
            Curve("signed", [], [], (prices[~at_sea], line[~at_sea])),
        ],
        low=None,
    ),
    "range",
    "Two lines that part as refusing gets dearer for Moscow, with dots between them where a deal is signed",
)
say(
    f"With {at_sea.sum()} of the {len(prices)} prices no line is signed, all of them low. Talking longer would not "
    "help: there is nothing to find. What helps is a higher price."
)

# %% [markdown]
# Where in the range? That is a matter of patience. Let two divide a pie by turns, each offer a round later than the last:
# who can wait gets more. If offers follow each other ever faster, the shares are as one's patience to the other's. It is by
# these shares that both sides hold out in the simulator, a month being a round.

# %%
check(furthest_off("rubinstein", "limit") < 0.03, "the line that is named divides the range as patience says")
show(
    in_the_simulator("rubinstein"),
    "patience",
    "A player's share rises with its patience; the simulator's diamonds lie on the curve for ever faster offers",
)

# %% [markdown]
# ## The surprise
#
# Kyiv depends on Washington. Should at least the threat to Kyiv not bite?

# %%
model = lesson.half_a_year_in(outlook, WORLDS)
support = float(model.ukraine.support.mean())
price_moscow = lesson.threat_to(model.russia).mean
price_kyiv, price_money = lesson.threat_to(model.ukraine).mean, lesson.threat_of_money(model).mean
price_full = lesson.loss_of_support(model, lesson.FULL_SUPPORT, 0.0).mean
alone_kyiv, alone_moscow, both = (
    lesson.refused(results, "nobody", who).mean for who in (Refusal.UKRAINE, Refusal.RUSSIA, Refusal.BOTH)
)
check(price_full > 5.0 * max(price_moscow, price_kyiv), "a threat to Kyiv would bite if there were support left to cut")
check(price_money < price_kyiv, "a part of the threat to Kyiv is intelligence")
check(both < 50.0, "most proposals that fail do so by one no")
unweighed = {
    who: interval(results, "signed", f"{who}, threats not weighed", "nobody, threats not weighed")[0]
    for who in ("Kyiv", "Moscow")
}
threats, threats_about = interval(results, "signed", "both", "both, threats not weighed")
check(unweighed["Kyiv"] < unweighed["Moscow"], "what is done to Kyiv brings fewer deals than what is done to Moscow")
check(abs(threats) < 5.0, "threats that nobody would go beyond bring few deals")
say(
    f"""It would, had Washington kept something to threaten with.

**There is little left to cut.** Half a year into the story Kyiv expects only {PERCENT * support:.0f} % of full American
support. What Washington would still do lowers Kyiv's reservation value by {price_kyiv:.3f} and Moscow's by {price_moscow:.3f} (units
of utility). Were full support Kyiv's to lose, the loss would take {price_full:.3f} from it. And a good part of what is left
is intelligence: without that, the threat to Kyiv would be worth {price_money:.3f}.
**Leverage is what you could still take, not what you have taken.**

**A deal needs two signatures.** Of the proposals that fail when nobody is pressed, {alone_kyiv:.0f} % fail by Kyiv's "no"
alone, {alone_moscow:.0f} % by Moscow's alone, {both:.0f} % by both, the rest by Europe's or the Senate's. A threat removes one
"no" and leaves the other where it was.

**What is done to Kyiv is done for Moscow.** Let nobody weigh what may still come, so that only what is done counts: pressing
Kyiv changes the count by {unweighed["Kyiv"]:+.1f} of 100 worlds, pressing Moscow by {unweighed["Moscow"]:+.1f}. Aid that is held back makes
the war easier for Moscow. And the threats themselves, with both pressed? They add {threats:+.1f}, give or take {threats_about:.1f}: where
nobody bluffs there is little to fear beyond what has come already.

**And not every "no" means that the deal is bad.** Where both would gain, each still asks for its share. A threat works on
that too: who would lose more by walking away can ask for less."""
)

# %% [markdown]
# ## What the simulation cannot say
#
# - How hard Washington really presses. How far aid, intelligence and sanctions answer a refusal are judgements,
#   written down in the reference as such. Another judgement gives other bars: try one in exercise two.
# - What a bluff does. In the model nobody is threatened with what nobody would do.
# - How long anybody can hold out. How often terms come up, and what share is asked for, are judgements the record hardly speaks to.
# - Whether a deal signed under pressure is just, or good. It counts signatures.
# - What happens afterwards. A threat can bring a signature and not the peace: lesson four.
#
# ## Exercises
#
# 1. By how many of a hundred worlds do settlements change with both pressed, against nobody pressed? Could it be luck?
# 2. Let a refusal by Kyiv move Washington's aid ten times as much, and press Kyiv only. Does it now beat pressing Moscow?
# 3. Suppose Washington sympathises with Moscow so much that it would not press it (`affinity`, the weight
#    on Moscow's own payoff, at its greatest). How many worlds sign?
#
# Write your answers down, then unfold the solutions.

# %%
more, about = interval(results, "signed", "both", "nobody")
solution(
    1,
    f"By {more:+.1f} of 100 worlds, give or take {about:.1f}.",
    f"The two runs share their luck, so the difference is taken world by world. It could be luck if the range from "
    f"{more - about:.1f} to {more + about:.1f} holds zero. " + ("It does not." if abs(more) > about else "It does."),
)

# %%
harder = {"executive": {"press_ukraine": 10.0 * outlook.parameters.executive.press_ukraine}}
total = simulate({"ten times": lesson.threatening(lesson.KYIV, harder)}, Ensemble(worlds=WORLDS))
cut_all = worlds_where(total, "signed", "ten times")
solution(
    2,
    f"{cut_all:.0f} of 100 worlds sign; pressing Moscow alone signs {signed['Moscow']:.0f}.",
    f"That changes the {signed['Kyiv']:.1f} of the usual pressure by {cut_all - signed['Kyiv']:+.1f}. "
    + ("It beats pressing Moscow." if cut_all > signed["Moscow"] else "It still does not beat pressing Moscow."),
)

# %%
fond = simulate({"fond": outlook.with_doctrine("us", {"affinity": 1.0})}, Ensemble(worlds=WORLDS))
with_affinity = worlds_where(fond, "signed", "fond")
check(with_affinity < signed["both"], "a Washington that Moscow need not fear signs fewer settlements")
solution(
    3,
    f"{with_affinity:.0f} of 100 worlds instead of {signed['both']:.0f}.",
    "Whoever shares Moscow's wishes does not press Moscow. Its proposals are also better for Moscow and worse for Kyiv.",
)

# %% [markdown]
# ## For a class
#
# - Who in the room guessed that Kyiv should be pressed? What did you think made Kyiv weak, and is that the same as
#   having little to lose by refusing?
# - Name a threat from your own life that worked because "no" became dear, and one that failed although it hurt.
# - If you were Kyiv, how would you make the threat of a cut worth less?
# - *The last question.* A minister says: "We pay for Kyiv, so Kyiv is where our leverage lies. Let us cut the aid now
#   and use the threat of a cut afterwards." What is wrong with that, in the words of this lesson?

# %%
solution(
    "the last question",
    "Leverage is what you can still take away; a cut that has been made is no threat any more.",
    "The price of refusing is the difference between what Kyiv has if it says yes and if it says no. Aid that is gone "
    "either way is in neither. And even a dear “no” in Kyiv leaves Moscow's “no” where it was.",
)

# %% [markdown]
# ## Sources
#
# Schelling, T. C. (1956). An essay on bargaining. *American Economic Review* 46, 281-306.
#
# Fearon, J. D. (1995). Rationalist explanations for war. *International Organization* 49, 379-414. With your own
# numbers: `doctrine theory fearon`; of patience: `doctrine theory rubinstein`.
#
# Events: the table `events` of the record, with its sources, in `sim/record/tables/`.
