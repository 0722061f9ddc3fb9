"""`doctrine claims`: the claims about doctrines, each supported, contradicted or undecided, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.basics.limits import InputError
from sim.cli.answers import deliver
from sim.cli.options import USUAL_LUCK, USUAL_OUTPUT, Flag, Luck, Output

if TYPE_CHECKING:
    from sim.answers.answer import Answer
    from sim.ensemble.ensemble import Ensemble


def claims(
    *claim: str,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Hold the ten claims against the model: supported, contradicted or undecided, and by how much.

    Writes results/claims/: one table, one figure.

    For example:

        doctrine claims
        doctrine claims C3 C3-reply --worlds 4000

    Every claim has statistics, directions and least sizes that matter, which stand in the code and are no options.
    Each is measured under default parameters and under those that the record leaves standing; where the two disagree
    the claim is undecided. What is built into the model is marked: it is an input and no finding.

    Parameters
    ----------
    claim
        C1, C2, C3, C3-reply (also C3'), C4, C5, C6, C7, C8 or C9; all of them if none is named.
    luck
        Which worlds.
    output
        Where results go.
    ship
        Write the table into the package as well.
    """
    from sim.answers.claims import claims as asked

    if ship and claim:
        raise InputError("ship: the table that ships has all claims; name none")

    def ask(ensemble: Ensemble) -> Answer:
        found = asked(claim, ensemble)
        if ship:
            from sim.questions.claims import evaluation

            evaluation.ship(found.tables[evaluation.TABLE], ensemble.seed)
        return found

    return deliver("claims", ask, luck, output)
