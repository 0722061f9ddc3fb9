"""Write the numbers of docs/questions/claims.md and its picture: `python docs/make_claims.py`. The prose stays.

The table is the one that ships, which `doctrine claims --ship --force` writes into the package. The example on that
page is one of `docs/make_examples.py`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim import record
from sim.figures.claims import forest
from sim.figures.saving import png
from sim.questions.claims import claim_sentences, evaluation
from sim.questions.claims.all_claims import CLAIMS

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "questions" / "claims.md"
PICTURE = ROOT / "docs" / "images" / "claims.png"
DPI = 72


def markdown(table: pd.DataFrame) -> str:
    """The table: a bold row a claim, and under it one a statistic."""
    words = claim_sentences.full(table)
    return _lines([words.head, ["---", "---:", "---:", "---"], *claim_sentences.in_bold(words)])


def _lines(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def found(table: pd.DataFrame) -> str:
    """The count, what hangs on sizes, and each claim in full."""
    parts = [_in_full(part) for _, part in table.groupby("claim", sort=False)]
    head = f"**{claim_sentences.title(table)}.** {claim_sentences.by_sign(table)}"
    return "\n\n".join([head, *(f"- {part}" for part in parts)])


def _in_full(part: pd.DataFrame) -> str:
    """A claim's sentences, without the commands that another table has."""
    return claim_sentences.sentence(part).partition(" See: ")[0]


def rules() -> str:
    """What decides each claim, as it stands in the code."""
    rows = [
        [claim.name, claim.dials, claim.refuted, f"{claim.refuted_by} of its statistics", claim.built_in]
        for claim in CLAIMS.values()
    ]
    return _lines([["claim", "carried by", "would be refuted if", "by", "built in"], ["---"] * 5, *rows])


def sizes(table: pd.DataFrame) -> str:
    """The smallest effects that matter, and the command that shows each contrast."""
    rows = [["claim", "what decides it", "claimed", "smallest that matters, default", "shown by"], ["---"] * 5]
    for row in table.to_dict("records"):
        size = f"{row['default_matters']:.2g}" if row["default_matters"] else f"not beyond {row['no_effect']:g}"
        commands = "; ".join(f"`{command}`" for command in row["contrast"].split("; "))
        rows.append([row["claim"], row["text"], row["claimed"], size, commands])
    return _lines(rows)


def made(text: str, table: pd.DataFrame) -> str:
    """The page with its generated parts made anew."""
    parts = {
        "found": found(table),
        "table": markdown(table),
        "rules": rules(),
        "sizes": sizes(table),
    }
    for name, part in parts.items():
        begin, end = f"<!-- {name}: docs/make_claims.py writes what follows -->", f"<!-- /{name} -->"
        text = re.sub(f"{begin}.*?{end}", lambda _, whole=f"{begin}\n\n{part}\n\n{end}": whole, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    everything = record.table(evaluation.TABLE)
    words = evaluation.command(everything).split()
    worlds, seed = (int(words[words.index(name) + 1]) for name in ("--worlds", "--seed"))
    PAGE.write_text(made(PAGE.read_text(encoding="utf-8"), everything), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(png(forest(everything, worlds, seed), DPI))
