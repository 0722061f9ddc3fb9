"""`doctrine infer`: hold doctrines against the observed record, and say which it looks like."""

from __future__ import annotations

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.basics.typed_numbers import numbers
from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, USUAL_OUTPUT, Company, Luck, Output


def infer(
    scenario: str = "history",
    /,
    *doctrine: str,
    since: str | None = None,
    prior: str | None = None,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Say which American doctrine the observed record looks like, and how far that can be trusted.

    Writes results/infer/: posterior by month, weight of evidence, reliability, what would tell most, does the record
    fit at all, does the answer survive other codings; figures.

    For example:

        doctrine infer history --worlds 2000
        doctrine infer history transactional transactional:affinity=0.6

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two or more hypotheses: American presets, or preset:dial=value,dial=value; architectural, transactional and
        aligned if not given.
    since
        First month in which they are in force, YYYY-MM; the month of Washington's last change if not given.
    prior
        Prior weights in the order of the hypotheses, such as 1,1,2; equal if not given.
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.infer import infer as asked
    from sim.scenario.guests import joined

    weights = _weights(prior)
    return deliver(
        "infer",
        lambda ensemble: asked(joined(scenario, company.guest), doctrine, since, weights, ensemble),
        luck,
        output,
    )


def _weights(prior: str | None) -> list[float] | None:
    if prior is None:
        return None
    weights = numbers(prior)
    if weights is None:
        raise InputError(f"prior: must be numbers with commas between them, such as 1,1,2, got {shown(prior)}")
    return weights
