"""How often are sanctions tightened, eased and held up, by whom? `python -m sim.estimation.sanctions`.

Two tables from the dated events: `sanctions_acts`, acts and vetoes by author with what they leave of a rate or a
chance; `sanctions_in_force`, what acts and upkeep come to by the model's equations.

Identified: how often a rival of Russia tightens (`sanctions_tighten`, at the rivalry of the executive to January 2025),
how often packages are proposed in the EU (`packages`), how often one government holds up a package or a renewal
(`reluctant_sanctions`, at the cohesion of those years), and how soon it lets go, where four vetoes agree with the
estimate from those of money, which the model uses for both (`veto_lifted`). The first year is left out of rates: what
was put in force at once says nothing of how often acts come.

Not identified: how acts depend on the dials. All that was eased, every lapse and every answer to a refusal came after
January 2025, and which doctrine that Washington had is the question that the simulator is asked, so that no estimate
may take it for known. What the months before leave of easing and of lapses is told: an upper end. Nor is the size of an
act, nor how fast pressure leaks without upkeep: designations of the United States are published as two averages, over
170 a month from 2022 to 2024 and none from the inauguration in 2025 to 22 October.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from scipy.stats import beta, gamma

from sim.basics.arrays import full
from sim.estimation.draws_weighed import LEVELS
from sim.record import last_month, tables
from sim.record.conduct import EUROPE, WASHINGTON
from sim.record.event_rules import named
from sim.scenario.parameters import BureaucracyParameters, EuropeParameters
from sim.scenario.presets import PRESETS
from sim.world import sanctions

TABLE, IN_FORCE = "sanctions_acts", "sanctions_in_force"
DAYS = 365.25 / 12.0
"""In a month."""
INVASION, SETTLED, INAUGURATION = "2022-02-22", "2023-01-01", "2025-01-21"
"""The first act; from when on rates are counted; from when on another executive acts."""
PRIOR = 0.5
"""Jeffreys' for a rate, and for a chance."""
MIDDLE = pd.Timedelta(days=14)
"""Of a month: where it is lapsed, so is the month."""
DECIMALS = 2
RIVALRY = PRESETS["us"]["architectural"].doctrine.model_dump()["rivalry"]
COHESION = PRESETS["europe"]["hedger"].doctrine.model_dump()["cohesion"]
"""Of the Washington and the Europe of the months that are estimated from."""


def acts() -> pd.DataFrame:
    """The events that are about sanctions, American and European, acts and vetoes."""
    events = tables.read("events")
    about = (events["category"] == "sanctions") | ((events["category"] == "veto") & (events["scope"] == "sanctions"))
    found = events[about].copy()
    found["author"] = found["actors"].map(lambda actors: named(actors)[0]).replace({"G7": "US"})
    return found


def _end() -> pd.Timestamp:
    return pd.Timestamp(last_month()) + pd.offsets.MonthEnd(0)


def _months(first: str, last: pd.Timestamp) -> float:
    return float((last - pd.Timestamp(first)).days / DAYS)


def rate(count: int, exposure: float) -> list[float]:
    """What so many acts in so many months leave of their rate: 5 %, 50 % and 95 %, acts a month."""
    found: list[float] = np.asarray(gamma.ppf(list(LEVELS.values()), count + PRIOR, scale=1.0 / exposure)).tolist()
    return found


def chance(count: int, asked: int) -> list[float]:
    """What so many of so many leave of a chance: 5 %, 50 % and 95 %."""
    found: list[float] = np.asarray(beta.ppf(list(LEVELS.values()), count + PRIOR, asked - count + PRIOR)).tolist()
    return found


def estimates() -> pd.DataFrame:
    """By author and act: how often, in what, and what that leaves of a rate a month or of a chance."""
    seen, end, change = acts(), _end(), pd.Timestamp(INAUGURATION)
    rows = []

    def counted(author: str, scope: str, first: str, last: pd.Timestamp, coding: str = "formal") -> int:
        here = (seen["date"] >= first) & (seen["date"] < last + pd.Timedelta(days=1)) & (seen[coding] == 1)
        return int((here & (seen["author"] == author) & (seen["scope"] == scope)).sum())

    spans = {"before": (SETTLED, change - pd.Timedelta(days=1)), "since": (INAUGURATION, end)}
    for span, (first, last) in spans.items():
        for scope in ("tighten", "ease", "lapse"):
            for coding in ("formal", "upkeep"):
                count, months = counted("US", scope, first, last, coding), _months(first, last)
                rows.append(("executive", span, scope, coding, count, months, *rate(count, months)))
    for author in ("US Congress", "EU"):
        first = SETTLED if author == "EU" else INVASION
        count, months = counted(author, "tighten", first, end), _months(first, end)
        rows.append((author, "whole", "tighten", "formal", count, months, *rate(count, months)))
    vetoes = seen[seen["category"] == "veto"]
    asked = counted("EU", "tighten", INVASION, end) + counted("EU", "renew", INVASION, end)
    rows.append(("EU", "whole", "held up", "formal", len(vetoes), asked, *chance(len(vetoes), asked)))
    held = float(((vetoes["until"] - vetoes["date"]).dt.days / DAYS).sum())
    let_go = [float(-np.expm1(-one)) for one in rate(len(vetoes), held)]
    rows.append(("EU", "whole", "let go within a month", "formal", len(vetoes), held, *let_go))
    names = ["author", "span", "act", "coding", "count", "out_of", *LEVELS]
    return pd.DataFrame(rows, columns=names).round(DECIMALS)


def parameters(found: pd.DataFrame) -> dict[str, list[float]]:
    """The parameters that the acts identify, low, estimate and high."""

    def levels(author: str, span: str, act: str) -> np.ndarray:
        row = found.query("author == @author and span == @span and act == @act and coding == 'formal'")
        return np.asarray(row[list(LEVELS)].to_numpy(float)[0])

    governments = np.log1p(-levels("EU", "whole", "held up")) / np.log(COHESION)
    return {
        "sanctions_tighten": (levels("executive", "before", "tighten") / RIVALRY).round(DECIMALS).tolist(),
        "packages": levels("EU", "whole", "tighten").tolist(),
        "reluctant_sanctions": governments.round(DECIMALS).tolist(),
    }


def in_force() -> pd.DataFrame:
    """What acts have put in force and what upkeep has kept of it at the ends of two years, by the model's equations."""
    rows = [
        (last, side, *_kept(last, whose))
        for last in ("2022-12", last_month()[:7])
        for side, whose in {"American": WASHINGTON, "European": EUROPE}.items()
    ]
    return pd.DataFrame(rows, columns=["month", "side", "acts", "measures", "upkeep", "pressure"]).round(DECIMALS)


def _kept(last: str, whose: set[str]) -> tuple[int, float, float, float]:
    """Acts of one side since the invasion, what they have put in force, upkeep and pressure at a month's end."""
    p, seen = BureaucracyParameters(), acts()
    own = seen[seen["actors"].map(lambda actors: bool(whose & set(named(actors)))) & (seen["category"] == "sanctions")]
    tightened, lapses = own[(own["scope"] == "tighten") & (own["formal"] == 1)], own[own["scope"] == "lapse"]
    by_month = tightened["date"].dt.to_period("M").value_counts()
    measures, upkeep, here = full(1, 0.0), full(1, 1.0), np.ones(1, dtype=bool)
    months = pd.period_range(INVASION[:7], last, freq="M")
    for month in months:
        middle = month.to_timestamp() + MIDDLE
        lapsed = ((lapses["date"] <= middle) & (middle <= lapses["until"])).any()
        upkeep = sanctions.kept_up(upkeep, p.upkeep_leak, np.array([not lapsed]))
        for _ in range(int(by_month.get(month, 0))):
            measures, upkeep = (sanctions.tightened(one, p.sanctions_act, here) for one in (measures, upkeep))
    count = int(by_month.reindex(months).fillna(0).sum())
    return count, float(measures[0]), float(upkeep[0]), float(measures[0] * upkeep[0])


def main() -> None:
    """Write both tables, and show what the parameters rest on."""
    found = estimates()
    for name, table in ((TABLE, found), (IN_FORCE, in_force())):
        sys.stdout.write(f"wrote {tables.write(name, table).name}\n\n{table.to_string()}\n\n")
    sys.stdout.write(f"{pd.DataFrame(parameters(found), index=list(LEVELS)).to_string()}\n")
    shared = EuropeParameters().veto_lifted
    sys.stdout.write(f"veto_lifted, from money, used for both: {shared:g}\n")


if __name__ == "__main__":
    main()
