"""Ridge regression for grouped votes whose voters are known only as mixtures of factions.

A row is one group's vote: of `number` ballots the share `ayes` was for aid, and the group holds the shares `mixture`
of each faction. Faction f votes for aid with `q_f = expit(design . beta_f)`, the group with `p = sum_f mixture_f q_f`.
Coefficients maximise the binomial log-likelihood less `sum ((beta - mean) / sd)^2 / 2`, by Fisher scoring with
step-halving; their standard errors come from the same information matrix, prior included.

References
----------
McCullagh and Nelder (1989), Generalized Linear Models, ch. 2. Hoerl and Kennard (1970), Technometrics 12.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import Doubles, expit

ROUNDS, HALVINGS, TOLERANCE = 200, 40, 1e-11


class GroupedVotes(NamedTuple):
    """Grouped votes: R rows, F factions, C coefficients."""

    design: Doubles
    """What each vote was like, (R, C)."""
    mixture: Doubles
    """Shares of the factions in each group, (R, F)."""
    ayes: Doubles
    """Share of ballots for aid, (R,)."""
    number: Doubles
    """Effective number of ballots, (R,)."""


class NormalPrior(NamedTuple):
    """Independent normal priors, (F, C); a coefficient with sd 0 keeps its mean."""

    mean: Doubles
    sd: Doubles


class Estimate(NamedTuple):
    """Coefficients and their posterior standard deviations, (F, C)."""

    mean: Doubles
    sd: Doubles


def chance(beta: Doubles, design: Doubles, mixture: Doubles) -> Doubles:
    """Chance p of an aye in each row, (R,)."""
    p: Doubles = np.einsum("rf,rf->r", mixture, expit(design @ beta.T))
    return p


def fit(rows: GroupedVotes, prior: NormalPrior) -> Estimate:
    """Maximise the penalised likelihood from the prior means."""
    beta = prior.mean
    for _ in range(ROUNDS):
        step = _step(beta, rows, prior)
        following = _uphill(beta, step, rows, prior)
        moved, beta = float(np.abs(following - beta).max()), following
        if moved < TOLERANCE:
            break
    sd = np.zeros_like(beta)
    sd[_free(prior)] = np.sqrt(np.diag(np.linalg.inv(_information(beta, rows, prior))))
    return Estimate(beta, sd)


def objective(beta: Doubles, rows: GroupedVotes, prior: NormalPrior) -> float:
    """Penalised log-likelihood."""
    p = chance(beta, rows.design, rows.mixture)
    free = _free(prior)
    distance = (beta - prior.mean)[free] / prior.sd[free]
    likelihood = rows.number @ (rows.ayes * np.log(p) + (1.0 - rows.ayes) * np.log1p(-p))
    return float(likelihood - 0.5 * distance @ distance)


def _free(prior: NormalPrior) -> NDArray[np.bool_]:
    return prior.sd > 0.0


def _slopes(beta: Doubles, rows: GroupedVotes, prior: NormalPrior) -> tuple[Doubles, Doubles]:
    """Chances p (R,) and their derivatives by the free coefficients (R, free)."""
    q = expit(rows.design @ beta.T)
    slopes = (rows.mixture * q * (1.0 - q))[:, :, None] * rows.design[:, None, :]
    return np.einsum("rf,rf->r", rows.mixture, q), slopes[:, _free(prior)]


def _information(beta: Doubles, rows: GroupedVotes, prior: NormalPrior) -> Doubles:
    p, slopes = _slopes(beta, rows, prior)
    weight = rows.number / (p * (1.0 - p))
    information: Doubles = (slopes * weight[:, None]).T @ slopes + np.diag(prior.sd[_free(prior)] ** -2.0)
    return information


def _step(beta: Doubles, rows: GroupedVotes, prior: NormalPrior) -> Doubles:
    p, slopes = _slopes(beta, rows, prior)
    free = _free(prior)
    pull = slopes.T @ (rows.number * (rows.ayes - p) / (p * (1.0 - p)))
    gradient = pull - (beta - prior.mean)[free] / prior.sd[free] ** 2
    step = np.zeros_like(beta)
    step[free] = np.linalg.solve(_information(beta, rows, prior), gradient)
    return step


def _uphill(beta: Doubles, step: Doubles, rows: GroupedVotes, prior: NormalPrior) -> Doubles:
    """The longest halving of the step that does not lower the objective; none if rounding leaves none."""
    start = objective(beta, rows, prior)
    for halving in range(HALVINGS):
        following = beta + step * 0.5**halving
        if objective(following, rows, prior) >= start:
            return following
    return beta
