"""`doctrine claims`: the claims about doctrines, each supported, contradicted or undecided, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.commands.answers import Answer, answer
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Flag, Luck, Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.questions.claim_records import Claim
    from sim.terminal.console import Watch


def claims(
    *claim: str,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Hold the claims C1 to C8 against the model: supported, contradicted or undecided, and by how much.

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
        C1, C2, C3, C3-reply (also C3'), C4, C5, C6, C7 or C8; all of them if none is named.
    luck
        Which worlds.
    output
        Where results go.
    ship
        Write the table into the package as well.
    """
    from sim.limits import InputError, check_ensemble
    from sim.questions import claim_table
    from sim.questions.inference import check_worlds

    check_ensemble(luck.worlds, luck.seed, output.jobs)
    chosen = claim_table.asked(claim)
    check_worlds(luck.worlds)
    if ship and claim:
        raise InputError("ship: the table that ships has all claims; name none")
    typed = [claim_table.TYPED if one.name == claim_table.REPLY else one.name for one in chosen] if claim else []
    words = ["claims", *typed, "--worlds", str(luck.worlds), "--seed", str(luck.seed)]
    named = f"{len(chosen)} claims" if len(chosen) > 1 else f"Claim {chosen[0].name}"
    title = f"{named} under default and posterior parameters: {luck.worlds:,} worlds, seed {luck.seed}"
    return answer(title, words, output, lambda watch: _answered(chosen, luck, output.jobs, ship, watch))


def _answered(chosen: Sequence[Claim], luck: Luck, jobs: int, ship: bool, watch: Watch) -> Answer:
    from sim.figures.claims import forest
    from sim.questions import claim_table, claim_words
    from sim.record import tables
    from sim.terminal.summary import Grid

    table = claim_table.evaluated(chosen, luck.worlds, luck.seed, jobs, watch.simulated)
    if ship:
        tables.write(claim_table.TABLE, table.round(claim_table.DIGITS))
    drawn = forest(table, luck.worlds, luck.seed)
    said = claim_words.sentences(table)
    return Answer({claim_table.TABLE: table}, {"claims": drawn}, said, [Grid(*claim_words.grid(table))])
