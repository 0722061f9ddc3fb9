"""What `import sim` offers: run a scenario, compare doctrines, read results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.study import Source, comparison, one_scenario

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.doctrine import Doctrine


def run(
    scenario: Source, worlds: int = 1000, seed: int = 1, jobs: int = 1, guests: Iterable[Invitation] = ()
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
        `if __name__ == "__main__":` around what it does.
    guests
        Actors from outside the model that join: subclasses of `sim.actors.guest.Guest`, or partials of them.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world, month), units in the attributes; one doctrine, labelled by the presets that Washington
        follows in the scenario.

    Raises
    ------
    ScenarioError, InputError
        If the scenario is none or has mistakes, or a number is out of bounds.

    Examples
    --------
    >>> import sim
    >>> history = sim.run("history", worlds=8, seed=1)
    >>> dict(history.sizes)
    {'doctrine': 1, 'world': 8, 'month': 61, 'member': 10}
    """
    return one_scenario(scenario, worlds, seed).simulate(jobs, guests=guests)


def compare(
    scenario: Source,
    doctrines: Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]],
    actor: str = "us",
    since: str | None = None,
    worlds: int = 1000,
    seed: int = 1,
    jobs: int = 1,
    guests: Iterable[Invitation] = (),
) -> xr.Dataset:
    """Run a scenario under several doctrines of one actor, in the same worlds.

    Parameters
    ----------
    scenario
        A `sim.load`ed scenario, the path of its file, or the name of a shipped one.
    doctrines
        Names of presets, or `"preset:dial=value,dial=value"`; or a mapping from labels to presets, doctrines or
        tables of dials.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.
    worlds, seed, jobs, guests
        As in `run`.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world, month): world 17 has the same luck under every doctrine.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, an actor, a doctrine or a month is none, or a number is out of bounds.

    Examples
    --------
    >>> import sim
    >>> both = sim.compare("outlook", ["architectural", "transactional"], worlds=8)
    >>> list(both.doctrine.to_numpy().tolist())
    ['architectural', 'transactional']
    """
    return comparison(scenario, doctrines, actor, since, worlds, seed).simulate(jobs, guests=guests)
