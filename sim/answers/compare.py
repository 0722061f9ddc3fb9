"""Run a scenario, or compare doctrines in the same worlds: asked with `sim.run` and `sim.compare`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.answers.answer import command, guests_of, named, not_us
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import Source, Study, comparison, one_scenario
from sim.record.own.choice import USUAL_RECORD, RecordChoice
from sim.scenario.guests import joined

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.answers.ensemble_answer import EnsembleAnswer
    from sim.scenario.doctrine import Doctrine

FEWEST = 2
"""Doctrines that make a comparison."""


def run(
    scenario: Source, worlds: int = 1000, seed: int = 1, jobs: int = 1, guests: Iterable[Invitation | str] = ()
) -> xr.Dataset:
    """Run a scenario in many worlds.

    Parameters
    ----------
    scenario
        A `sim.load`ed scenario, the path of its file, or the name of a shipped one.
    worlds
        Number of worlds.
    seed
        Seed of their luck.
    jobs
        Processes; the result does not depend on it. A script that asks for more than one needs
        `if __name__ == "__main__":` around what it does; inside a `multiprocessing.Pool` it is 1.
    guests
        Actors from outside the model that join: by the name under which an installed package offers one, perhaps with
        dials, `"china:backing=1"`; or subclasses of `sim.actors.guest.Guest`, or partials of them.

    Returns
    -------
    xarray.Dataset
        Dims (world, month), units in the attributes; `doctrine` is a coordinate without a dimension: the presets that
        Washington follows in the scenario. One run less another is taken by `sim.difference`.

    Raises
    ------
    ScenarioError, InputError
        If the scenario is none or has mistakes, or a number is out of bounds.

    Examples
    --------
    >>> import sim
    >>> history = sim.run("history", worlds=8, seed=1)
    >>> dict(history.sizes)
    {'world': 8, 'month': 61, 'member': 10}
    """
    names, others = _parted(guests)
    return one_scenario(joined(scenario, names), Ensemble(worlds, seed, jobs)).simulate(others).squeeze("doctrine")


def compare(
    scenario: Source,
    doctrines: Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]],
    actor: str = "us",
    since: str | None = None,
    worlds: int = 1000,
    seed: int = 1,
    jobs: int = 1,
    guests: Iterable[Invitation | str] = (),
) -> EnsembleAnswer:
    """Run a scenario under several doctrines of one actor, in the same worlds.

    Parameters
    ----------
    scenario
        A `sim.load`ed scenario, the path of its file, or the name of a shipped one.
    doctrines
        Names of presets, or `"preset:dial=value,dial=value"`, or `"own"` for what the scenario gives the actor; each
        perhaps with a label, `"label = preset:dial=value"`. Or a mapping from labels to such texts, doctrines or
        tables of dials. A text too long for a column's head is cut to a short label; the attribute `doctrines` has
        all of it.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.
    worlds, seed, jobs, guests
        As in `run`.

    Returns
    -------
    EnsembleAnswer
        How far the doctrines are apart, in sentences, tables and figures; `dataset` has the worlds, dims (doctrine,
        world, month): world 17 has the same luck under every doctrine. `save` writes what `doctrine compare` writes.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, an actor, a doctrine or a month is none, or a number is out of bounds.

    Examples
    --------
    >>> import sim
    >>> both = sim.compare("outlook", ["architectural", "transactional"], worlds=8)
    >>> both.dataset.doctrine.to_numpy().tolist()
    ['architectural', 'transactional']
    >>> both.command
    'doctrine compare outlook architectural transactional --worlds 8 --seed 1'
    """
    from sim.answers.ensemble_answer import ensemble_answer

    names, others = _parted(guests)
    study = comparison_study(joined(scenario, names), doctrines, actor, since, Ensemble(worlds, seed, jobs))
    if others:
        study = study.asked_by("")  # a class has no name on the command line
    return ensemble_answer(study, study.simulate(others))


def _parted(guests: Iterable[Invitation | str]) -> tuple[list[str], list[Invitation]]:
    """Guests that are named, and those that are given."""
    every = list(guests)
    return [one for one in every if isinstance(one, str)], [one for one in every if not isinstance(one, str)]


def run_study(
    scenario: Source, ensemble: Ensemble, paths: bool | None = None, record: RecordChoice = USUAL_RECORD
) -> Study:
    """A study of a scenario as it stands, with the command that asks for it.

    `paths`: whether they are kept; `record`: what is drawn beside the worlds, as far as it was chosen.
    """
    words = command("run", named(scenario), *guests_of(scenario), **_luck(ensemble, paths, record))
    return one_scenario(scenario, ensemble).asked_by(words)


def comparison_study(
    scenario: Source,
    doctrines: Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]],
    actor: str = "us",
    since: str | None = None,
    ensemble: Ensemble = USUAL,
    paths: bool | None = None,
    record: RecordChoice = USUAL_RECORD,
) -> Study:
    """A study of a scenario under several doctrines, with the command that asks for it, if one can.

    The arguments are those of `compare`, and `paths` and `record` those of `run_study`.
    """
    given = list(doctrines) if isinstance(doctrines, Iterator) else doctrines
    study = comparison(scenario, given, actor, since, ensemble)
    words = command(
        "compare",
        named(scenario),
        *_typed(given),
        *guests_of(scenario),
        actor=not_us(actor),
        since=since,
        **_luck(ensemble, paths, record),
    )
    return study.asked_by(words)


def _typed(doctrines: Iterable[str] | Mapping[str, Any]) -> list[str | None]:
    """Doctrines as one types them; None among them where one cannot, which takes a text for each of two or more."""
    if not isinstance(doctrines, Mapping):
        typed: list[str | None] = list(doctrines)
    else:
        typed = [
            text if text == label else f"{label} = {text}" if isinstance(text, str) and not {*"=:"} & {*label} else None
            for label, text in doctrines.items()
        ]
    return typed if len(typed) >= FEWEST else [None]


def _luck(ensemble: Ensemble, paths: bool | None, record: RecordChoice) -> dict[str, str | int | bool | None]:
    """Which worlds, what is kept of them, and what is drawn beside them, as options."""
    kept = {} if paths is None else {"paths" if paths else "no-paths": True}
    return {
        "worlds": ensemble.worlds,
        "seed": ensemble.seed,
        **kept,
        **record.options,
    }
