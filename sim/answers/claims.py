"""Which of the ten claims about doctrines hold in the model? Asked with `sim.claims`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.claims import claim_sentences, evaluation
from sim.questions.infer.inference import check_enough_to_learn

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def claims(names: Iterable[str] = (), ensemble: Ensemble = USUAL) -> Answer:
    """Hold the ten claims against the model: supported, contradicted or undecided, and by how much.

    Every claim has statistics, directions and least sizes that matter, which stand in the code and are no options.
    Each is measured under default parameters and under those that the record leaves standing; where the two disagree
    the claim is undecided. What is built into the model is marked: it is an input and no finding.

    Parameters
    ----------
    names
        C1, C2, C3, C3-reply (also C3'), C4, C5, C6, C7, C8 or C9; all of them if none.
    ensemble
        Which worlds, each setting; how they are simulated.

    Returns
    -------
    Answer
        The table `claims`, a row a statistic, and a figure of it.

    Raises
    ------
    InputError
        If there is no such claim, one is named twice, or there are too few worlds.
    """
    named = list(names)
    chosen = evaluation.claims_named(named)
    check_enough_to_learn(ensemble.worlds)
    worlds, seed = ensemble.worlds, ensemble.seed
    ensemble.says("Simulating")  # of all claims together: each setting tells its progress only
    table = evaluation.evaluated(chosen, ensemble)

    def draw() -> dict[str, Figure]:
        from sim.figures.claims import forest

        return {"claims": forest(table, worlds, seed)}

    which = f"{len(chosen)} claims" if len(chosen) > 1 else f"Claim {chosen[0].name}"
    typed = [evaluation.TYPED if one.name == evaluation.REPLY else one.name for one in chosen] if named else []
    return Answer(
        title=f"{which} under default and posterior parameters: {worlds:,} worlds, seed {seed}",
        sentences=claim_sentences.sentences(table),
        tables={evaluation.TABLE: table},
        grids=[Grid(*claim_sentences.grid(table))],
        command=command("claims", *typed, worlds=worlds, seed=seed),
        draw=draw,
    )
