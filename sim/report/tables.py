"""The tables of the report, as text ready to be set: the numbers of the run, and what the model is held against."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from sim import record
from sim.basics.intervals import count_interval
from sim.basics.labels import HUNDRED, decimals, listed, month_name, number
from sim.basics.mistakes import count
from sim.estimation import backtest, facts
from sim.estimation.calibration_tables import BACKTEST, FACTS
from sim.questions.claims import claim_sentences
from sim.questions.claims.evaluation import TABLE, command
from sim.questions.compare.measures import AGREED, CHANCE
from sim.questions.compare.outcomes import unnoticed
from sim.questions.compare.paired_sentence import EDGE, amount, cut, differs, ends, same
from sim.scenario.spelling import doctrine_label
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

UNITS = {CHANCE: "worlds of 100", "percent": "%", "percent of Ukraine": "% of Ukraine"}
"""How a unit is written in a table."""
NOTHING = "–"
"""Where there is no number."""
LARGE_RATIO = 20.0
CLAIMS = "The claims, with 95 % intervals, of C8 the range over codings; greyed: a statistic that does not support"
POSTERIOR = "posterior"


class ReportTable(NamedTuple):
    """A table as text: its caption, its head, and rows whose first cell is a head too; `quiet` rows are greyed."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    quiet: list[bool]


def comparison(table: pd.DataFrame) -> list[ReportTable]:
    """A table for each doctrine that is compared with the baseline."""
    tables = []
    for name, rows in _there(table).groupby("doctrine", sort=False):
        doctrine, baseline = doctrine_label(str(name)), doctrine_label(str(rows["baseline"].iloc[0]))
        head = ["Outcome", "Unit", baseline, doctrine, "Difference", "95 % interval", "More in", "Less in", "Gain"]
        records: Any = rows.to_dict("records")
        tables.append(
            ReportTable(
                f"{doctrine}, compared with {baseline} in the same worlds",
                head,
                [_comparison_row(row) for row in records],
                [not differs(row) for row in records],
            )
        )
    return tables


def single(table: pd.DataFrame, worlds: int) -> ReportTable:
    """The outcomes of one doctrine; of one world, only its values."""
    records: Any = _there(table).to_dict("records")
    head = ["Outcome", "Unit", "Mean", "5 of 100 below", "Median", "5 of 100 above"]
    rows = [_level(row) for row in records]
    if worlds == 1:
        return ReportTable(
            "Outcomes of the world", [*head[:2], "Value"], [row[:3] for row in rows], [False] * len(rows)
        )
    return ReportTable("Outcomes over the worlds", head, rows, [False] * len(rows))


def agreements(fates: pd.DataFrame, worlds: int) -> list[ReportTable]:
    """What was agreed and what of it broke, a row a class and doctrine; none where nothing was.

    Parameters
    ----------
    fates : pandas.DataFrame
        As `sim.questions.compare.settlements.broken_by_class` gives it.
    worlds : int
        How many worlds it counts.
    """
    there = fates.assign(count=fates["stood"] + fates["agreed"])
    records: Any = there[there["count"] > 0].sort_values("kind", key=_as_listed, kind="stable").to_dict("records")
    if not records or worlds == 1:
        return []
    caption = f"What was agreed in {number(worlds, 0)} worlds (one may agree several times), and what of it broke"
    head = ["Agreement", "Doctrine", "There were", "Broke", "Of 100", "95 % interval", "Made way for a settlement"]
    return [ReportTable(caption, head, [_fate(row) for row in records], [False] * len(records))]


def _as_listed(kinds: pd.Series[str]) -> pd.Series[int]:
    return kinds.map([OUTCOME_NAMES[kind] for kind in AGREED].index)


def _fate(row: Any) -> list[str]:
    count, broken = int(row["count"]), int(row["broken"])
    low, high = (number(HUNDRED * end, 0) for end in count_interval(broken, count))
    share = number(HUNDRED * broken / count, 0)
    truce = row["kind"] == OUTCOME_NAMES[Outcome.TRUCE]
    replaced = number(row["replaced"], 0) if truce else NOTHING
    doctrine, counted = doctrine_label(str(row["doctrine"])), [number(count, 0), number(broken, 0)]
    return [str(row["kind"]).capitalize(), doctrine, *counted, share, f"{low} to {high}", replaced]


def _there(table: pd.DataFrame) -> pd.DataFrame:
    """The rows but for settlements and truces that stood before, where there were none."""
    return table[~table["outcome"].isin(unnoticed(table))]


def _level(row: Any) -> list[str]:
    chance = row["unit"] == CHANCE
    scale = HUNDRED if chance else 1.0
    digits = decimals(row["sd"] / 10.0) if row["sd"] > 0.0 else 2
    numbers = [number(scale * row[key], 0 if chance else digits) for key in ("mean", "p05", "p50", "p95")]
    unit = UNITS.get(str(row["unit"]), str(row["unit"]))
    return [str(row["label"]), unit, numbers[0], *([NOTHING] * 3 if chance else numbers[1:])]


def against_record(years: pd.DataFrame) -> list[ReportTable]:
    """Observed and simulated values by year, a table a variable."""
    tables = []
    for _, rows in years.groupby("variable", sort=False):
        names = list(dict.fromkeys(rows["doctrine"]))
        label, unit = str(rows["label"].iloc[0]), str(rows["unit"].iloc[0])
        body = [_year(of_year.to_dict("records")) for _, of_year in rows.groupby("year")]
        head = ["Year", "Observed", *[doctrine_label(name) for name in names]]
        tables.append(ReportTable(f"{label}, {unit}", head, body, [False] * len(body)))
    return tables


def record_score(years: pd.DataFrame) -> list[str]:
    """How many observed values lie within the simulated range, by doctrine."""
    return [
        f"{doctrine_label(str(name))}: {int(rows['inside'].sum())} of {len(rows)}"
        for name, rows in years.groupby("doctrine", sort=False)
    ]


def _comparison_row(row: Any) -> list[str]:
    unit = UNITS.get(str(row["unit"]), str(row["unit"]))
    if not row["worlds"]:
        return [str(row["label"]), unit, *[NOTHING] * 7]
    levels = [amount(row, row[which]) for which in ("mean_baseline", "mean")]
    if same(row):
        return [str(row["label"]), unit, *levels, "same", *[NOTHING] * 4]
    return [
        str(row["label"]),
        unit,
        *levels,
        _signed(row),
        _interval(row),
        number(HUNDRED * row["larger"], 0),
        number(HUNDRED * row["smaller"], 0),
        _ratio(row["variance_ratio"]),
    ]


def _signed(row: Any) -> str:
    text = amount(row, row["difference"])
    return f"+{text}" if row["difference"] > 0.0 and text.strip("0.,") else text


def _interval(row: Any) -> str:
    """The ends of the interval, as far as they are possible."""
    if not math.isfinite(row["low"]):
        return NOTHING
    low, high = (amount(row, end) for end in ends(row))
    return f"{low} to {high}{f', {EDGE}' if cut(row) else ''}"


def _ratio(value: float) -> str:
    if math.isnan(value):
        return NOTHING
    return "∞" if math.isinf(value) else f"{number(value, 0 if value > LARGE_RATIO else 1)}×"


def _year(rows: list[Any]) -> list[str]:
    months, own = rows[0]["months"], rows[0]["own_months"]
    told = [count(months, "month")] if months != 12 else []  # noqa: PLR2004
    told += [f"{own} of them yours: {rows[0]['yours']}"] if own else []
    year = f"{rows[0]['year']}" + (f" ({', '.join(told)})" if told else "")
    return [year, number(rows[0]["observed"], 1), *[_simulated(row) for row in rows]]


def _simulated(row: Any) -> str:
    mean, low, high = (number(row[key], 1) for key in ("mean", "p05", "p95"))
    return f"{mean} ({low} to {high}){'' if row['inside'] else ' *'}"


def model_against_record(scenario: Scenario) -> dict[str, Any]:
    """Tables of the seven facts and of the back-test, and what the run's own intervals cover."""
    checks, scores = record.table(FACTS), record.table(BACKTEST)
    held = facts.holding(checks)
    untested = [str(fact) for fact, verdict in facts.verdicts(checks).items() if verdict == facts.UNTESTED]
    return {
        "record_end": month_name(record.last_month()),
        "facts_held": sum(held.values()),
        "facts_untested": listed(untested),
        "facts_tested": len(held) - len(untested),
        "facts": _facts(checks, held),
        "backtest": _backtest(scores[scores["kind"] == "cumulative"]),
        "from_posterior": scenario.parameter_sets == POSTERIOR,
    }


def _facts(checks: Any, held: dict[int, bool]) -> ReportTable:
    rows = []
    for row in checks.to_dict("records"):
        modelled = row["observed"] == row["observed"]
        seen = f"{row['observed']:.3g}" if modelled else NOTHING
        interval = f"{row['low']:.3g} to {row['high']:.3g}" if modelled else NOTHING
        unit = row["unit"] if isinstance(row["unit"], str) else ""
        rows.append([f"{row['fact']}. {row['statistic']}", unit, seen, interval, row["inside"]])
    quiet = [not held[int(row["fact"])] for row in checks.to_dict("records")]
    head = ["Fact and statistic", "Unit", "Observed", "90 of 100 simulated histories", "Inside"]
    return ReportTable(
        "The seven facts of the record, parameters from the posterior; greyed: it does not hold, or is not tested",
        head,
        rows,
        quiet,
    )


def _backtest(scores: Any) -> ReportTable:
    rows, quiet = [], []
    for row in scores.to_dict("records"):
        ratio = f"{row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        inside = f"{row['months_inside_90']:.0%}"
        rows.append([f"{row['series']}: {row['test']}", row["rival"], ratio, inside])
        quiet.append(row["ratio"] >= 1.0)
    head = ["Forecast", "Rival", "Score, model over rival", "Months in the 90 % interval"]
    caption = (
        "Back-test of running totals: continuous ranked probability score, below 1 the model is better, with its "
        f"{backtest.SKILL_LEVEL:.0%} bootstrap interval; greyed: the rival is better"
    )
    return ReportTable(caption, head, rows, quiet)


def claims_table() -> dict[str, Any]:
    """The count of verdicts, which of them hang on sizes, the command that makes the table, and the table."""
    found = record.table(TABLE)
    words = claim_sentences.full(found)
    rows = [[cell or NOTHING for cell in row] for row in words.rows]
    return {
        "claims_found": f"{claim_sentences.title(found)}.",
        "claims_by_sign": claim_sentences.by_sign(found),
        "claims_command": command(found),
        "claims": ReportTable(CLAIMS, [word[:1].upper() + word[1:] for word in words.head], rows, words.silent),
    }
