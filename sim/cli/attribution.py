"""`doctrine attribution`: which dial, or which mechanism, makes the difference between two doctrines."""

from __future__ import annotations

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, USUAL_OUTPUT, Company, Flag, Luck, Names, Output


def attribution(
    scenario: str,
    doctrine_a: str,
    doctrine_b: str,
    /,
    *,
    actor: str = "us",
    since: str | None = None,
    outcome: Names = None,
    groups: Flag = False,
    mechanisms: Names = None,
    channels: Flag = False,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Share out the difference between two doctrines among their dials.

    Writes results/attribution/: Shapley and Owen values, coalitions, figures.

    For example:

        doctrine attribution outlook architectural transactional --groups
        doctrine attribution outlook architectural transactional --channels

    Every set of dials that differ is moved from the first doctrine to the
    second, in the same worlds: 256 scenarios for eight dials, which take
    about a minute for 500 worlds.

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine_a
        Where the difference starts: a preset of the actor, or preset:dial=value,dial=value.
    doctrine_b
        Where it ends.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    outcome
        Outcomes to share out, such as settled or land; all for every one. Six if none is named.
    groups
        Show dials in groups (goals, theory of the world, style) by their Owen values.
    mechanisms
        Share the difference out among these mechanisms instead: through which channel does it come?
    channels
        The same among the usual channels: aid_pressure, signals, leverage, constructive_ambiguity, hedging, alarm.
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.attribution import attribution as asked
    from sim.scenario.guests import joined

    return deliver(
        "attribution",
        lambda ensemble: asked(
            joined(scenario, company.guest),
            doctrine_a,
            doctrine_b,
            actor,
            since,
            outcome or (),
            groups,
            mechanisms or (),
            channels,
            ensemble,
        ),
        luck,
        output,
    )
