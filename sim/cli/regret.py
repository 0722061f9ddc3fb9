"""`doctrine regret`: which doctrine one would regret least, not knowing the scenario."""

from __future__ import annotations

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, USUAL_OUTPUT, Company, Luck, Names, Output


def regret(
    *doctrine: str,
    actor: str = "us",
    scenario: Names = None,
    outcome: Names = None,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find the doctrine that one would regret least, not knowing which scenario the world is in.

    Writes results/regret/: outcomes and regrets of every doctrine in every scenario, the largest regrets, a figure.

    For example:

        doctrine regret
        doctrine regret architectural transactional --scenario outlook --scenario frozen_conflict --outcome relapsed

    Parameters
    ----------
    doctrine
        Doctrines of the actor, as doctrine compare takes them; all its presets if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    scenario
        A scenario file or the name of a shipped one, and again for more; if not given, all shipped ones that differ in
        more than the actor's doctrine, which is replaced.
    outcome
        An outcome, and again for more: settled, in_force, durable_months, credibility (more is better), relapsed, land,
        us_cost, europe_cost (less is); land, durable_months and us_cost if not given.
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.regret import regret as asked

    return deliver(
        "regret",
        lambda ensemble: asked(doctrine, actor, scenario or (), outcome or (), ensemble, company.guest or ()),
        luck,
        output,
    )
