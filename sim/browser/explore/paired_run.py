"""What a run finds, made where it runs: small enough to travel, and the same numbers that `doctrine compare` prints.

Nothing here knows of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.labels import HUNDRED, number, spoken
from sim.browser.explore.comparison import Comparison

if TYPE_CHECKING:
    import xarray as xr

    from sim.answers.ensemble_answer import EnsembleAnswer
    from sim.ensemble import Progress

BLOCK = 500
"""Worlds a block: about a quarter of a second, after which a run tells its progress and can be stopped."""
MONEY = "EUR bn a month, mean of 3 months"
WINDOW = 3
"""Months of the trailing mean of money: single months are too lumpy to read."""
LOW, MIDDLE, HIGH = "p05", "mean", "p95"
MOST_EXAMPLES = 8
ENDINGS = {"relapsed": "a peace that broke"}


class Fan(NamedTuple):
    """A monthly variable under each doctrine: the mean of the worlds, and what 90 of 100 of them keep between."""

    variable: str
    label: str
    unit: str
    title: str
    zero: bool
    bands: dict[str, tuple[list[float], list[float], list[float]]]


class Example(NamedTuple):
    """A world that ends in another way under the two doctrines."""

    world: int
    endings: tuple[str, str]


class PairedFindings(NamedTuple):
    """What a run found.

    Attributes
    ----------
    labels : list of str
        The two doctrines.
    title : str
        The main finding, as a sentence.
    sentences : list of str
        The main differences, each with its 95 % interval.
    head, rows : list
        The table of the main outcomes, as `doctrine compare` prints it.
    differences : list of str
        Every outcome as a sentence.
    endings : dict
        Worlds of 100 by doctrine and ending.
    months : list of str
        The calendar, "YYYY-MM".
    change : str or None
        First month in which the doctrines differ in any world.
    fans : list of Fan
    examples : list of Example
        Worlds that end otherwise, the first of each kind.
    """

    labels: list[str]
    title: str
    sentences: list[str]
    head: list[str]
    rows: list[list[str]]
    differences: list[str]
    endings: dict[str, dict[str, float]]
    months: list[str]
    change: str | None
    fans: list[Fan]
    examples: list[Example]


class DrawnSeries(NamedTuple):
    """A variable that is drawn: what it is called, its unit and scale, months of its mean, whether from zero."""

    variable: str
    label: str
    unit: str
    scale: float
    window: int
    zero: bool
    title: Callable[[str, str], str]
    say: Callable[[float], str] = spoken


def _held(among: str, _: str) -> str:
    return f"At the end Russia holds {among}"


def _paid(who: str) -> Callable[[str, str], str]:
    return lambda among, since: f"From {since} on {who} on average {among}"


def _expected(who: str) -> Callable[[str, str], str]:
    return lambda among, _: f"At the end {who} expects American support at {among}"


SUPPORT = "% of full support"
SERIES = (
    DrawnSeries(
        "russian_held_share",
        "Land held by Russia",
        "% of Ukraine",
        HUNDRED,
        1,
        False,
        _held,
        lambda value: number(value, 1),
    ),
    DrawnSeries("us_allocation", "American aid", MONEY, 1.0, WINDOW, True, _paid("America gives")),
    DrawnSeries("europe_contribution", "European aid", MONEY, 1.0, WINDOW, True, _paid("Europe gives")),
    DrawnSeries("belief_ukraine", "Ukraine's belief", SUPPORT, HUNDRED, 1, True, _expected("Ukraine")),
    DrawnSeries("belief_russia", "Russia's belief", SUPPORT, HUNDRED, 1, True, _expected("Russia")),
    DrawnSeries("belief_europe", "Europe's belief", SUPPORT, HUNDRED, 1, True, _expected("Europe")),
)


def explored(state: Comparison, progress: Progress | None = None) -> PairedFindings:
    """Run what a state asks for, and say what was found.

    Parameters
    ----------
    state : Comparison
        Which worlds, under which doctrines.
    progress : callable, optional
        Called with the world-months done and in all.
    """
    from sim.answers.ensemble_answer import ensemble_answer
    from sim.ensemble import Ensemble, simulate

    study = replace(state.study(), scenarios=state.named())
    dataset = simulate(study.scenarios, Ensemble(state.worlds, state.seed, progress=progress), block=BLOCK)
    return found(ensemble_answer(study, dataset))


def found(answer: EnsembleAnswer) -> PairedFindings:
    """What the page shows of an answer about two doctrines whose worlds are in memory."""
    from sim.basics.labels import month_text
    from sim.questions.compare import titles as findings
    from sim.questions.compare.doctrines import month_of_change
    from sim.questions.compare.paired_sentence import paired_sentence

    dataset = answer.dataset
    since = month_of_change(dataset, answer.study.scenarios, answer.study.actor)
    numbers, (table, *_) = answer.numbers, answer.grids
    return PairedFindings(
        labels=numbers.labels,
        title=findings.settlement_incidence(dataset, since),
        sentences=list(answer.sentences),
        head=table.head,
        rows=table.rows,
        differences=[paired_sentence(row) for row in _rows(numbers.differences)],
        endings={
            label: dict(zip(_kinds(shares), (HUNDRED * share for share in shares.values()), strict=True))
            for label, shares in numbers.endings.items()
        },
        months=[month_text(month) for month in dataset["month"].to_numpy()],
        change=None if since is None else month_text(since),
        fans=[_fan(dataset, series, numbers.since) for series in SERIES],
        examples=_examples(dataset),
    )


def _rows(table: Any) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _fan(dataset: xr.Dataset, series: DrawnSeries, since: str) -> Fan:
    """The bands of a variable, and what they show."""
    import numpy as np

    from sim.questions.compare.ranking import across_worlds
    from sim.questions.compare.statistics import bands

    table = bands(dataset, series.variable, series.window)
    rows = {str(name): part for name, part in table.groupby("doctrine", sort=False)}
    made = {
        name: tuple((series.scale * part[key]).tolist() for key in (LOW, MIDDLE, HIGH)) for name, part in rows.items()
    }
    values = dataset[series.variable]
    late = values.sel(month=slice(np.datetime64(since), None)) if series.unit == MONEY else values.isel(month=[-1])
    worlds = series.scale * late.mean("month", dtype=float)
    unit = " EUR bn a month" if series.unit == MONEY else f" {series.unit}"
    title = series.title(across_worlds(worlds, unit, series.say), since)
    return Fan(series.variable, series.label, series.unit, title, series.zero, made)  # type: ignore[arg-type]


def _kinds(names: Iterable[str]) -> list[str]:
    """How worlds end, in words that need no explanation."""
    return [ENDINGS.get(name, name) for name in names]


def _examples(dataset: xr.Dataset) -> list[Example]:
    """The first world of each pair of different endings, those of the commonest pairs first."""
    from sim.ensemble.dataset import class_names

    classes = class_names(dataset["outcome"])
    names = dict(zip(classes, _kinds(classes.values()), strict=True))
    pairs = dataset["outcome"].transpose("world", "doctrine").to_numpy().tolist()
    worlds: dict[tuple[int, int], list[int]] = {}
    for world, (one, other) in enumerate(pairs):
        if one != other:
            worlds.setdefault((one, other), []).append(world)
    ranked = sorted(worlds.items(), key=lambda item: -len(item[1]))[:MOST_EXAMPLES]
    return [Example(some[0], (names[one], names[other])) for (one, other), some in ranked]
