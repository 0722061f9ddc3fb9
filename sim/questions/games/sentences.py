"""What a game between doctrines says, in sentences and titles; payoffs in points, hundredths of utility a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.actors import NAMES
from sim.basics.arrays import Array
from sim.basics.labels import capital, listed, number
from sim.basics.mistakes import count
from sim.questions.games.bargaining import MEDIATOR, Picture
from sim.questions.games.empirical_game import INTENSITIES, PRECISIONS, SolvedGame
from sim.questions.games.equilibrium import (
    Profile,
    at,
    attractor,
    best_deviation,
    best_replies,
    better_for_all,
    over,
    profiles,
    pure_equilibria,
    regret,
)
from sim.questions.games.tables import deviation, surely
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd

POINTS = 100.0
"""Points a unit of utility: 10 points are what 1 % of Ukraine is worth to Kyiv and Moscow at their references."""
CAPTION = (
    "Other rows name what they change in the first. Payoffs: points over the baseline, by each player's own, fixed "
    "goals; 10 points are what 1 % of Ukraine is worth to Kyiv or Moscow. eq. %: resamples in which nobody gains."
)
CAPITALS = {actor: names.capital for actor, names in NAMES.items()}
JUDGEMENT = (
    "Mind: the utilities of Europe and Congress are judgement, and what they play may hang on it: vary [weights]."
)
MOST_TOLD = 3
MOST_SHOWN = 6
"""Equilibria in a sentence, and profiles on the screen."""
WORTH_TELLING = 0.0005
"""Utility under which a gain reads as 0.0 points."""


def sentences(game: SolvedGame) -> list[str]:
    """What was found, the main thing first."""
    return [
        equilibrium(game),
        leaving(game, game.baseline, "From the baseline"),
        dominance(game),
        welfare(game),
        robustness(game),
        selection(game),
        *wishes(game),
        *believed(game),
        *caveats(game),
    ]


def profile_text(game: SolvedGame, profile: Profile) -> str:
    """A profile as a reader says it: "Washington transactional, Moscow maximalist"."""
    form = game.played.form
    pairs = zip(form.players, form.named(profile), strict=True)
    return ", ".join(f"{CAPITALS[player]} {doctrine_label(name)}" for player, name in pairs)


def points(value: float, digits: int = 1) -> str:
    """Utility as points."""
    return number(POINTS * value, digits)


def equilibrium(game: SolvedGame) -> str:
    """The equilibria, and how sure they are."""
    if not game.equilibria:
        sure = of_100(float(game.sure.least[game.focus]))
        gap = points(float(regret(game.payoffs)[game.focus]))
        return (
            f"No profile is an equilibrium in pure strategies. Nearest is {profile_text(game, game.focus)} "
            f"(regret {gap} points; nearest in {sure} of 100 resamples)."
        )
    told = [
        f"{profile_text(game, e)} (in {of_100(float(game.sure.probability[e]))} of 100 resamples)"
        for e in game.equilibria[:MOST_TOLD]
    ]
    many = len(game.equilibria)
    head = "One equilibrium" if many == 1 else f"{many} equilibria"
    rest = f", and {many - MOST_TOLD} more" if many > MOST_TOLD else ""
    return f"{head} in pure strategies: {'; '.join(told)}{rest}."


def leaving(game: SolvedGame, profile: Profile, opening: str) -> str:
    """Who gains most by leaving a profile alone, to what, how much and by what."""
    step = best_deviation(game.payoffs, profile)
    if step is None:
        return f"{opening} ({profile_text(game, profile)}) nobody gains by turning away alone."
    row = deviation(game, profile, step[0], step[1])
    ends = f"95 % interval {points(row['low'])} to {points(row['high'])}"
    return (
        f"{opening} ({profile_text(game, profile)}) {CAPITALS[row['player']]} gains most by turning away alone: to "
        f"{doctrine_label(row['to'])}, {points(row['gain'])} points ({ends}), mainly by {row['mainly']} "
        f"({signed(row['part'])})."
    )


def dominance(game: SolvedGame) -> str:
    """Doctrines that another one beats whatever the others play."""
    form = game.played.form
    found = []
    for place, player in enumerate(form.players):
        beaten = {d.strategy for d in game.dominated if d.player == place and d.strict and surely(game, d)}
        left = [doctrine_label(name) for s, name in enumerate(form.strategies[place]) if s not in beaten]
        if beaten:
            losers = listed([doctrine_label(form.strategies[place][s]) for s in sorted(beaten)])
            found.append(f"{CAPITALS[player]} {losers} (left: {listed(left)})")
    if not found:
        return "Beyond noise no doctrine is strictly dominated by another: what is best depends on the others."
    survivors = int(np.prod([len(kept) for kept in game.left]))
    return (
        f"Strictly dominated beyond noise, worse than another doctrine whatever the others play: {'; '.join(found)}. "
        f"Removing what is dominated in the means, round by round, leaves {survivors:,} of "
        f"{int(np.prod(form.shape)):,} profiles."
    )


def welfare(game: SolvedGame) -> str:
    """Whether all could do better than in the focus."""
    better = better_for_all(game.payoffs, game.focus)
    what = "The equilibrium" if game.equilibria else "The profile of least regret"
    if not better.any():
        return f"{what} is efficient: no other profile gives one player more without giving another less."
    gains = over(game.payoffs, game.focus)
    places = np.flatnonzero(better.ravel())
    best = max(places, key=lambda place: gains.reshape(len(gains), -1)[:, place].min())
    profile = _place(int(best), better.shape)
    told = [
        f"{CAPITALS[player]} {points(float(gains[(place, *profile)]))}"
        for place, player in enumerate(game.played.form.players)
    ]
    return (
        f"{what} is a trap: every player gets more or as much in {count(places.size, 'other profile')}, such as "
        f"{profile_text(game, profile)} (gains in points: {', '.join(told)})."
    )


def robustness(game: SolvedGame) -> str:
    """What quantal response and alpha-rank say of the focus."""
    shares = ", ".join(f"{of_100(float(game.ranks[i][game.focus]))}" for i in INTENSITIES)
    chance = [float(np.prod([p[s] for p, s in zip(q.mixed, game.focus, strict=True)])) for q in game.quantal]
    likely = ", ".join(f"{of_100(chance[place])} at {PRECISIONS[place]:g}" for place in (2, 4, 6))
    return (
        f"Players who err play it in so many of 100 cases (logit, by precision): {likely}. Alpha-rank spends {shares} "
        f"of 100 of the long run there (selection weak, middling, strong)."
    )


def selection(game: SolvedGame) -> str:
    """The hold-out check."""
    tested = game.tested
    return (
        f"Hold-out: the profile that half of the worlds selects has a regret of {points(tested.in_sample, 2)} points "
        f"in that half and {points(tested.out_of_sample, 2)} in the other; both halves select the same one in "
        f"{of_100(tested.same)} of 100 splits."
    )


def wishes(game: SolvedGame) -> list[str]:
    """Whose change of doctrine each player would like best, the others staying where they are."""
    form, told = game.played.form, []
    for place, player in enumerate(form.players):
        own = [wish for wish in game.wishes if wish.player == place and wish.strategy != game.focus[wish.other]]
        own = [wish for wish in own if wish.gain > WORTH_TELLING]
        if not own:
            continue
        best = max(own, key=lambda wish: wish.gain)
        doctrine = doctrine_label(form.strategies[best.other][best.strategy])
        told.append(f"{CAPITALS[player]}: {CAPITALS[form.players[best.other]]} {doctrine} (+{points(best.gain)})")
    if not told:
        return []
    return [f"What each would most like another to play instead, in points: {'; '.join(told)}."]


def believed(game: SolvedGame) -> list[str]:
    """What each player, playing what it plays, would rather the others believed of it."""
    form, told = game.played.form, []
    for place, player in enumerate(form.players):
        own = [b for b in game.beliefs if b.player == place and b.true == game.focus[place]]
        best = max(own, key=lambda b: b.worth)
        if best.worth > WORTH_TELLING:
            doctrine = doctrine_label(form.strategies[place][best.believed])
            told.append(f"{CAPITALS[player]}, {doctrine} (+{points(best.worth)})")
    if not told:
        return [
            "Nobody gains by being believed to play anything else than it plays: no belief would change the replies."
        ]
    return [f"What each would rather the others believed and answered, playing as it does: {'; '.join(told)}."]


def caveats(game: SolvedGame) -> list[str]:
    """What the payoffs leave out that decides what is played."""
    players = game.played.form.players
    judged = {"europe", "congress"} & set(players)
    return [JUDGEMENT] * bool(judged)


def at_the_table(points_table: pd.DataFrame) -> str:
    """What theory and the mediator make of the packages."""
    rows = points_table.set_index("solution")
    first = rows.iloc[0]
    head = (
        f"At the table in {first['month']} ({int(first['worlds']):,} worlds): some package is better than refusing for "
        f"both Kyiv and Moscow in {of_100(float(first['exists']))} of 100."
    )
    if not first["exists"]:
        return head
    return (
        f"{head} There the Nash point gives them {points(first['gain_ukraine'])} and {points(first['gain_russia'])} "
        f"points; the mediator proposes it in {of_100(float(first['same_as_mediator']))} of 100 such worlds."
    )


def grid_rows(game: SolvedGame) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table on the screen: the baseline, and the profiles of least regret.

    A row has the profile, its regret, the chance that it is an equilibrium, and each player's gain over the baseline.
    """
    regrets = regret(game.payoffs)
    order = np.argsort(regrets.ravel(), kind="stable")[:MOST_SHOWN]
    shown = dict.fromkeys([*(_place(int(place), regrets.shape) for place in order), game.baseline])
    start = at(game.payoffs, game.baseline)
    rows = [
        [
            _row_name(game, profile),
            points(float(regrets[profile])),
            of_100(float(game.sure.probability[profile])),
            *(signed(float(gain)) for gain in at(game.payoffs, profile) - start),
        ]
        for profile in shown
    ]
    return ["", "regret", "eq. %", *(CAPITALS[player] for player in game.played.form.players)], rows


def _row_name(game: SolvedGame, profile: Profile) -> str:
    """A profile in a row: by what it changes in the focus."""
    if profile == game.focus:
        return "the equilibrium" if game.equilibria else "the least regret"
    if profile == game.baseline:
        return "the baseline"
    form = game.played.form
    everybodys = [name for names in form.strategies for name in names]
    return ", ".join(
        doctrine_label(name) if everybodys.count(name) == 1 else f"{CAPITALS[player]} {doctrine_label(name)}"
        for place, (player, name) in enumerate(zip(form.players, form.named(profile), strict=True))
        if profile[place] != game.focus[place]
    )


def signed(value: float) -> str:
    """A difference in points, with its sign.

    >>> signed(0.021), signed(-0.3), signed(0.0)
    ('+2.1', '−30.0', '0.0')
    """
    text = points(value)
    return f"+{text}" if value > 0.0 and text.strip("0.") else text


def _place(flat: int, shape: tuple[int, ...]) -> Profile:
    return tuple(int(part) for part in np.unravel_index(flat, shape))


def of_100(share: float) -> str:
    """A share in so many of 100; never "100" or "0" where it is not all or none."""
    if 0.0 < share < 0.005:  # noqa: PLR2004 -- half of one in a hundred
        return "under 1"
    return "over 99" if 0.995 < share < 1.0 else number(POINTS * share, 0)  # noqa: PLR2004


# ---- titles of figures: the finding of each


def pair(game: SolvedGame, rows: int, columns: int) -> Array:
    """Payoffs (2, S_rows, S_columns) of two players, the others at the focus, less those of the baseline."""
    place = tuple(slice(None) if p in (rows, columns) else s for p, s in enumerate(game.focus))
    start = at(game.payoffs, game.baseline)
    return np.stack([game.payoffs[player][place] - start[player] for player in (rows, columns)])


def matrix_title(game: SolvedGame, rows: int, columns: int) -> str:
    """What two players do against each other."""
    payoffs = pair(game, rows, columns)
    form = game.played.form
    told = []
    for place, player in enumerate((rows, columns)):
        always = np.flatnonzero(best_replies(payoffs)[place].all(axis=1 - place))
        if always.size:
            other = CAPITALS[form.players[(columns, rows)[place]]]
            doctrine = doctrine_label(form.strategies[player][int(always[0])])
            told.append(f"{doctrine} is {CAPITALS[form.players[player]]}'s best reply to anything {other} plays")
    if told:
        return capital("; ".join(told))
    equilibria = pure_equilibria(payoffs)
    names = [
        f"{doctrine_label(form.strategies[rows][r])} and {doctrine_label(form.strategies[columns][c])}"
        for r, c in equilibria
    ]
    who = f"{CAPITALS[form.players[rows]]} and {CAPITALS[form.players[columns]]}"
    if not names:
        return f"{who} chase each other: in every cell one of them would rather move"
    return f"{who} answer each other: nobody moves from {' or from '.join(names)}"


def graph_title(game: SolvedGame) -> str:
    """Where the largest gains lead."""
    ends: dict[frozenset[Profile], int] = {}
    for profile in profiles(game.payoffs):
        end = frozenset(attractor(game.payoffs, profile))
        ends[end] = ends.get(end, 0) + 1
    total = sum(ends.values())
    most = max(ends, key=lambda end: ends[end])
    if len(most) > 1:
        return f"From {ends[most]:,} of {total:,} profiles the largest gains lead into a circle of {len(most)} profiles"
    names = " / ".join(doctrine_label(name) for name in game.played.form.named(next(iter(most))))
    start = "every profile" if ends[most] == total else f"{ends[most]:,} of {total:,} profiles"
    return f"From {start} the largest gains lead to {names}"


def regret_title(game: SolvedGame) -> str:
    """How many profiles are left as equilibria once luck is allowed for."""
    likely = int((game.sure.probability > 0.05).sum())  # noqa: PLR2004 -- one in twenty
    names = " / ".join(doctrine_label(name) for name in game.played.form.named(game.focus))
    if not game.equilibria:
        least = points(float(regret(game.payoffs)[game.focus]))
        return f"In every profile somebody gains by turning away; least, {least} points, in {names}"
    if likely == 1:
        share = of_100(float(game.sure.probability[game.focus]))
        return f"Nobody has a reason to turn away from {names} in {share} of 100 resamples; from no other profile in 5"
    return f"{likely} profiles are equilibria in more than 5 of 100 resamples; likeliest: {names}"


def bargaining_title(picture: Picture, month: str) -> str:
    """How often there is anything to agree on, and whether the mediator proposes it."""
    share = f"{100.0 * picture.share:.0f}"
    if picture.share == 0.0:
        return f"In {month} no package is better than refusing for both sides in any world at the table"
    ukraine, russia = picture.chosen.get(MEDIATOR, (0.0, 0.0))
    losers = [name for name, gain in (("Kyiv", ukraine), ("Moscow", russia)) if gain < 0.0]
    lost = f"; the mediator's proposal leaves {' and '.join(losers)} worse off there" if losers else ""
    return f"In {month}, {share} of 100 worlds at the table have a package better than refusing for both{lost}"
