"""`doctrine discover`: in which regions of the parameter space a doctrine fails."""

from __future__ import annotations

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_OUTPUT, Company, Luck, Output, Real, Whole


def discover(
    scenario: str,
    /,
    *doctrine: str,
    actor: str = "us",
    over: str = "prior",
    outcome: str | None = None,
    above: Real | None = None,
    below: Real | None = None,
    boxes: Whole = 2,
    company: Company = USUAL_COMPANY,
    worlds: Whole = 8000,
    seed: Whole = 1,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find the regions of the uncertain parameters in which a doctrine fails.

    Writes results/discover/: regions with their limits, how many failures they hold, figures.

    Needs an extra that is not installed by default: python -m pip install 'doctrine-sim[explore]'

    For example:

        doctrine discover outlook architectural transactional
        doctrine discover outlook transactional --outcome relapsed --above 0.5

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Doctrines of the actor, as doctrine compare takes them; the scenario as it stands if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    over
        Prior: every free parameter between its bounds, none knows of the others. Posterior: what the record leaves.
    outcome
        An outcome that says whether a world fails (settled, relapsed, land, us_cost ...). If not given, a world fails
        if a settlement broke, or none is in force at the end and Russia holds more land than before the doctrine.
    above
        A world fails if the outcome is above this.
    below
        A world fails if the outcome is below this.
    boxes
        Regions at most, of each doctrine.
    company
        Who joins.
    worlds
        Worlds, each with parameters of its own; half of them choose the regions, half measure them.
    seed
        Seed of their luck and their parameters.
    output
        Where results go.
    """
    from sim.answers.discover import discover as asked
    from sim.scenario.guests import joined

    source = joined(scenario, company.guest)
    return deliver(
        "discover",
        lambda ensemble: asked(source, doctrine, actor, over, outcome, above, below, boxes, ensemble),
        Luck(worlds=worlds, seed=seed),
        output,
    )
