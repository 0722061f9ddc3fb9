"""What the table of claims says: a count, the table for a screen, and a sentence a claim."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from sim.basics.labels import decimals, listed, number
from sim.questions.claims.all_claims import CLAIMS
from sim.questions.claims.claim import NO, YES
from sim.questions.claims.judgement import CONTRADICTED, SUPPORTED, UNDECIDED, VERDICTS
from sim.questions.claims.measures import POSTERIOR, SOURCES

MARKS = {SUPPORTED: "yes", CONTRADICTED: "no", UNDECIDED: "?"}
"""Verdicts on a statistic, as short as the screen is narrow."""
OUTCOMES = {SUPPORTED: "Holds", CONTRADICTED: "Fails", UNDECIDED: "Open"}
BUILT = {YES: " **", NO: ""}
IN_PART = " *"
CAPTION = (
    "Value [95 % interval] under default and posterior parameters. yes: as claimed and of a size that matters; no: "
    "surely not (opposite, nothing, or too small); ?: neither is told. ** built in: an input, no finding; * its sign "
    "is built in, its size is not. - informs, decides nothing. C8: range over codings and methods in place of luck. "
    "prior: of parameter sets drawn from the prior, those in which it comes out as claimed."
)
"""Said of a claim whose judgement is older than the rebuilt table."""
PRIOR_HEAD = "prior"
ON_SCREEN = 2
"""Decimals at most on the screen, which is narrow; `claims.csv` has them all."""
HEAD = "claim, and what decides it"
SEVERAL, IN_FULL = 2, 2
"""From how many on a verb is plural; claims of which everything is said on the screen."""
MORE = "Why, and which commands show it: doctrine claims C3, and so on; or claims.csv."


def count(table: pd.DataFrame) -> dict[str, int]:
    """Claims by verdict."""
    verdicts = claim_verdicts(table)
    return {verdict: sum(found == verdict for found in verdicts.values()) for verdict in VERDICTS}


def claim_verdicts(table: pd.DataFrame) -> dict[str, str]:
    """The verdict on each claim."""
    return {str(name): str(rows["claim_verdict"].iloc[0]) for name, rows in table.groupby("claim", sort=False)}


def title(table: pd.DataFrame) -> str:
    """The finding."""
    found = count(table)
    total = sum(found.values())
    if total == 1:
        (name, verdict), *_ = claim_verdicts(table).items()
        return f"Claim {name} is {verdict}"
    supported, contradicted, undecided = (found[verdict] for verdict in VERDICTS)
    return f"{supported} of {total} claims are supported, {contradicted} contradicted, {undecided} undecided"


def grid(table: pd.DataFrame) -> tuple[list[str], list[list[str]], str]:
    """Head, rows and caption of the table on the screen: a row a claim, and under it one a statistic."""
    rows = []
    for name, part in table.groupby("claim", sort=False):
        first = part.iloc[0]
        head = f"{name} {str(first['claim_verdict']).upper()}: {CLAIMS[str(name)].short}"
        rows.append([head, *(str(first[f"claim_{source}"]) for source in SOURCES), share(first["claim_prior_share"])])
        for row in part.to_dict("records"):
            cells = [
                f"{interval_text(row, source, ON_SCREEN)} {MARKS[row[f'{source}_verdict']]:>3}" for source in SOURCES
            ]
            rows.append([f"{lead(row)}{row['text']}{mark(row['built_in'])}", *cells, share(row["prior_share"])])
    return [HEAD, *(f"{source} parameters" for source in SOURCES), PRIOR_HEAD], rows, CAPTION


def share(value: float) -> str:
    """A share of prior sets; a dash where it was not asked for."""
    return "–" if value != value else f"{100.0 * value:.0f} %"


def lead(row: Mapping[Hashable, Any]) -> str:
    """What stands before a statistic: a dash if it decides nothing."""
    return "  " if row["decides"] else "- "


class Full(NamedTuple):
    """The table in words for a page: head and rows, which rows are of whole claims, and which do not support."""

    head: list[str]
    rows: list[list[str]]
    whole: list[bool]
    silent: list[bool]


def full(table: pd.DataFrame) -> Full:
    """The table for a page, with how every statistic compares with what was claimed."""
    head = [HEAD, *(f"{source} parameters" for source in SOURCES), "of prior sets", "built in"]
    found = Full(head, [], [], [])
    for name, part in table.groupby("claim", sort=False):
        first = part.iloc[0]
        verdicts = [str(first[f"claim_{source}"]) for source in SOURCES]
        claim = f"{name} {first['claim_verdict']}: {first['statement']}"
        found.rows.append([claim, *verdicts, share(first["claim_prior_share"]), CLAIMS[str(name)].built_in])
        for row in part.to_dict("records"):
            cells = [f"{interval_text(row, source)} {row[f'{source}_how']}" for source in SOURCES]
            built = "" if row["built_in"] == NO else str(row["built_in"])
            text = f"{row['text']}{'' if row['decides'] else ' (informs)'}"
            found.rows.append([text, *cells, share(row["prior_share"]), built])
        found.whole.extend([True, *[False] * len(part)])
        found.silent.extend([False, *(part["verdict"] != SUPPORTED)])
    return found


def in_bold(words: Full) -> list[list[str]]:
    """The rows with whole claims in bold, as Markdown has it."""
    return [
        [f"**{row[0]}**" if whole else row[0], *row[1:]] for row, whole in zip(words.rows, words.whole, strict=True)
    ]


def mark(built_in: str) -> str:
    """How a table marks what is built in: ** an input, * in sign."""
    return BUILT.get(built_in, IN_PART)


def interval_text(row: Mapping[Hashable, Any], source: str, most: int = 3) -> str:
    """A value with its interval, in as many decimals as the interval allows, and no more than `most`."""
    value, low, high = (float(row[f"{source}{part}"]) for part in ("", "_low", "_high"))
    digits = min(decimals((high - low) / 2.0 or abs(value) / 100.0), most)
    return f"{number(value, digits)} [{number(low, digits)}, {number(high, digits)}]"


def sentences(table: pd.DataFrame) -> list[str]:
    """The count, and a sentence a claim: in full of a few claims, else the verdict and what is built in."""
    parts = [part for _, part in table.groupby("claim", sort=False)]
    if len(parts) <= IN_FULL:
        return [f"{title(table)}.", *map(sentence, parts)]
    return [f"{title(table)}.", by_sign(table), *map(brief, parts), MORE]


def by_sign(table: pd.DataFrame) -> str:
    """Which verdicts hang on the smallest effect that is said to matter."""
    firsts = table.groupby("claim", sort=False).first()
    other = firsts[firsts["claim_by_sign"] != firsts["claim_verdict"]]
    if other.empty:
        return f"Judged by direction alone, {'every' if len(firsts) > 1 else 'the'} verdict is the same."
    told = [f"{name} would be {verdict}" for name, verdict in other["claim_by_sign"].items()]
    return f"Judged by direction alone, whatever the size, {listed(told)}."


def brief(part: pd.DataFrame) -> str:
    """The verdict on a claim, and what is built in."""
    return " ".join([_opening(part), _built_in(part)])


def sentence(part: pd.DataFrame) -> str:
    """What came out for one claim: what holds, what fails and how, what is built in, and what shows it.

    Parameters
    ----------
    part : DataFrame
        Its rows of the table.
    """
    named = [text for verdict in VERDICTS if (text := _named(part, verdict))]
    refuted = f"It would be refuted if {CLAIMS[str(part['claim'].iloc[0])].refuted}."
    see = f"See: {'; '.join(dict.fromkeys(part['contrast']))}."
    over = [*_over_prior(part), *_turns(part)]
    return " ".join([_opening(part), *named, refuted, *_doubts(part), by_sign(part), *over, _built_in(part), see])


def _opening(part: pd.DataFrame) -> str:
    first = part.iloc[0]
    verdicts = [str(first[f"claim_{source}"]) for source in SOURCES]
    differs = len(set(verdicts)) > 1
    told = [f"{verdict} under {source} parameters" for verdict, source in zip(verdicts, SOURCES, strict=True)]
    both = f" ({listed(told)})" if differs else ""
    return f"{first['claim']} {str(first['claim_verdict']).upper()}{both}: {first['statement']}."


def _named(part: pd.DataFrame, verdict: str) -> str:
    """The statistics with one verdict under both sets of parameters together, and how they fail."""
    rows = [row for row in part.to_dict("records") if row["verdict"] == verdict and row["decides"]]
    if not rows:
        return ""
    told = [f"“{row['text']}”{'' if verdict == SUPPORTED else f' ({_how(row)})'}" for row in rows]
    return f"{OUTCOMES[verdict]}: {listed(told)}."


def _how(row: Mapping[Hashable, Any]) -> str:
    how = [str(row[f"{source}_how"]) for source in SOURCES]
    return how[0] if len(set(how)) == 1 else f"default {how[0]}, posterior {how[1]}"


def _doubts(part: pd.DataFrame) -> list[str]:
    """Why an inference does not decide, under the posterior."""
    return [f"Undecided because {text}." for text in part[f"{POSTERIOR}_doubts"] if isinstance(text, str) and text]


def _over_prior(part: pd.DataFrame) -> list[str]:
    """In which share of prior sets all that decides comes out as claimed."""
    found = float(part["claim_prior_share"].iloc[0])
    return [] if found != found else [f"It comes out as claimed in {share(found)} of parameter sets of the prior."]


def _turns(part: pd.DataFrame) -> list[str]:
    """Where a statistic turns, if a single parameter says it well."""
    rows = [row for row in part.to_dict("records") if isinstance(row["turns"], str) and row["turns"]]
    return [
        f"“{row['text']}” holds in {share(row['prior_share'])} of them, where `{row['turns']}` is {row['turns_above']} "
        f"{float(row['turns_at']):.2g} (right of {share(row['turns_right'])} of left-out sets)."
        for row in rows
    ]


def _built_in(part: pd.DataFrame) -> str:
    """What no reader may take for a finding."""
    claim = CLAIMS[str(part["claim"].iloc[0])]
    inputs = [row["statistic"] for row in part.to_dict("records") if row["built_in"] == YES]
    text = f"Built in: {claim.built_in}"
    held = part.loc[part["verdict"] == SUPPORTED, "built_in"]
    if len(held) and (held == YES).all():
        text = f"{text}; all that holds under both sets of parameters is built in"
    elif inputs:
        text = f"{text}; of the above, {listed(inputs)} {'are inputs' if len(inputs) >= SEVERAL else 'is an input'}"
    return f"{text}."
