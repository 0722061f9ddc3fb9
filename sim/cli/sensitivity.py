"""`doctrine sensitivity`: which assumptions carry a comparison, and where its sign flips."""

from __future__ import annotations

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_OUTPUT, Company, Luck, Names, Output, Whole


def sensitivity(
    scenario: str = "outlook",
    /,
    *doctrine: str,
    actor: str = "us",
    over: str = "prior",
    outcome: Names = None,
    company: Company = USUAL_COMPANY,
    base: Whole = 512,
    lucks: Whole = 4,
    seed: Whole = 1,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find which assumptions carry a comparison of two doctrines, and where its sign flips.

    Writes results/sensitivity/: Sobol indices of the outcomes and of their difference over the model's free parameters,
    how far the indices have settled, where the difference flips its sign, figures.

    For example:

        doctrine sensitivity
        doctrine sensitivity outlook architectural nixon_china --outcome land --outcome settled --base 1024

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two doctrines of the actor, as doctrine compare takes them; the difference is the second less the first. For
        Washington architectural and transactional if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    over
        Prior: every free parameter between its bounds, none knows of the others. Posterior: what the record leaves.
    outcome
        An outcome, and again for more (settled, relapsed, land, us_cost ...); six of them if not given.
    company
        Who joins.
    base
        Points of the design, a power of 2; each parameter adds as many again.
    lucks
        Worlds that a point is averaged over, an even number.
    seed
        Seed of luck, design and bootstrap.
    output
        Where results go.
    """
    from sim.answers.sensitivity import sensitivity as asked
    from sim.scenario.guests import joined

    source = joined(scenario, company.guest)
    return deliver(
        "sensitivity",
        lambda ensemble: asked(source, doctrine, actor, over, outcome or (), base, lucks, ensemble),
        Luck(seed=seed),
        output,
    )
