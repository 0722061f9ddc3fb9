"""Compute the base rates of other wars again, and draw them: `python docs/make_base_rates.py [FOLDER]`.

FOLDER holds the publishers' files, which do not come with this project; `FILES` says where each is had. Values,
intervals and counts of the rows of `sim/record/tables/base_rates.csv` whose basis is "computed" are written anew;
their words, and the rows whose basis is "published", stay. Without a folder only the picture is made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize, stats

sys.path.insert(0, str(Path(__file__).parents[1]))  # write into this checkout, not into a package installed elsewhere

from sim.figures.base_rates import hazards_of_peace
from sim.figures.saving import png
from sim.record import tables

PICTURE = Path(__file__).parent / "images" / "base-rates.png"
DPI = 72
FILES = {
    "Inter-StateWarData_v4.0.csv": "correlatesofwar.org, data sets, COW War Data 1816-2007, inter-state wars",
    "pk&pkept.dta": "V. Page Fortna, Peacekeeping and the Peacekept; also in avehtari/ROS-Examples on GitHub",
    "ucdp-peace-agreements-221.csv": "ucdp.uu.se/downloads, UCDP Peace Agreement Dataset 22.1, saved as CSV",
    "ucdp-term-dyadic-2015.csv": "ucdp.uu.se/downloads, UCDP Conflict Termination Dataset 2-2015, dyads",
    "ceasefires_dataset.csv": "ETH Zurich and PRIO, Civil Conflict Ceasefire Dataset, 1989-2020",
    "pax_all_agreements_data.csv": "peaceagreements.org, archives, Version 4, saved as CSV",
    "gml_dirdisp.csv": "in R, write.csv(peacesciencer::gml_dirdisp, 'gml_dirdisp.csv')",
    "archigos.csv": "in R, write.csv(peacesciencer::archigos, 'archigos.csv')",
}
"""Name of each file, and where it is had."""
COUNTS = ("n", "events", "months")
"""Columns of whole numbers."""
DAYS = 30.4375
"""Days in a month, on average."""
TAIL = 0.05
"""In each tail of an interval."""
HORIZON = 36.0
"""Months after a war's end that count where a hazard falls with time: those that scenarios look ahead."""
FIRST_YEARS = 60.0
"""The same for wars between states, of which too few begin again within three years."""
LAST_COW = pd.Timestamp("2007-12-31")
LAST_TERMINATION = pd.Timestamp("2013-12-31")
LAST_AGREEMENT = pd.Timestamp("2021-12-31")
LAST_PAX = pd.Timestamp("2020-04-09")


class Estimate(NamedTuple):
    """A number with its interval; how many cases, how many of them had the event, months under observation."""

    value: float
    low: float
    high: float
    n: int
    events: float = np.nan
    months: float = np.nan


# ---- how a number is estimated


def hazard(events: int, months: float, n: int) -> Estimate:
    """Events a month with the exact interval of a Poisson count."""
    low = stats.chi2.ppf(TAIL, 2 * events) / 2 if events else 0.0
    high = stats.chi2.ppf(1.0 - TAIL, 2 * events + 2) / 2
    return Estimate(events / months, low / months, high / months, n, events, months)


def first_months(lasted: pd.Series, ended: pd.Series, until: float) -> Estimate:
    """Hazard of an end in the first months of spells that lasted so long and ended, or were still observed then."""
    return hazard(int((ended & (lasted <= until)).sum()), float(lasted.clip(upper=until).sum()), len(lasted))


def share(events: int, n: int) -> Estimate:
    """Share of cases with the exact interval of a binomial count."""
    low = stats.beta.ppf(TAIL, events, n - events + 1) if events else 0.0
    high = stats.beta.ppf(1.0 - TAIL, events + 1, n - events) if events < n else 1.0
    return Estimate(events / n, low, high, n, events)


def ratio(above: Estimate, below: Estimate) -> Estimate:
    """Ratio of two hazards, its interval normal in logarithms."""
    middle = np.log(above.value / below.value)
    far = stats.norm.ppf(1.0 - TAIL) * np.sqrt(1.0 / above.events + 1.0 / below.events)
    low, value, high = np.exp([middle - far, middle, middle + far])
    return Estimate(value, low, high, above.n + below.n, above.events + below.events, above.months + below.months)


def months_between(start: Any, end: Any) -> Any:
    """Time between dates, in months."""
    return (end - start).dt.days / DAYS


def days(frame: pd.DataFrame, *columns: str) -> pd.Series:
    """Dates from columns of years, months and days; where a month or day is unknown, the middle."""
    return pd.Series([_day(*row) for row in frame[list(columns)].to_numpy()], frame.index, "datetime64[ns]")


def _day(year: int, month: int, day: int) -> pd.Timestamp:
    if year <= 0:
        return pd.NaT
    return pd.Timestamp(year, month if month > 0 else 6, min(day, 28) if day > 0 else 15)


# ---- wars between states


def wars(folder: Path) -> pd.DataFrame:
    """Participants in wars between states with the dates between which each fought."""
    frame = pd.read_csv(folder / "Inter-StateWarData_v4.0.csv", encoding="latin1")
    for edge, phase in product(("Start", "End"), (1, 2)):
        frame[f"{edge}{phase}"] = days(frame, *(f"{edge}{part}{phase}" for part in ("Year", "Month", "Day")))
    frame["end"] = frame[["End1", "End2"]].max(axis=1)
    return frame


def war_durations(fought: pd.DataFrame) -> dict[str, Estimate]:
    """How wars between states end that have lasted, and how long those lasted that nobody won."""
    grouped = fought.groupby("WarNum")
    length = months_between(grouped["Start1"].min(), grouped["end"].max())
    undecided = grouped["Outcome"].apply(lambda codes: codes.isin([3, 6]).any())
    two, four = length[length > 24.0] - 24.0, length[length > 46.0] - 46.0
    drawn = length[undecided & (length > 12.0)]
    return {
        "long_wars_end": hazard(len(two), two.sum(), len(two)),
        "long_wars_end_undecided": hazard(int(undecided[two.index].sum()), two.sum(), len(two)),
        "wars_of_this_age_end": hazard(len(four), four.sum(), len(four)),
        "undecided_wars_last": Estimate(drawn.median(), drawn.min(), drawn.max(), len(drawn)),
    }


def war_again(fought: pd.DataFrame) -> Estimate:
    """Hazard that two of a war's main belligerents are at war with each other again."""
    pairs = pd.DataFrame(_pairs(fought), columns=["war", "pair", "start", "end"])
    pairs = pairs[pairs["end"] >= pairs["start"]].sort_values(["pair", "start"])
    pairs["next"] = pairs.groupby("pair")["start"].shift(-1)
    pairs = pairs[pairs["end"] >= "1946-01-01"]
    lasted = months_between(pairs["end"], pairs["next"].fillna(LAST_COW)).clip(lower=0.0)
    by_war = pd.DataFrame({"war": pairs["war"], "again": pairs["next"].notna(), "lasted": lasted}).groupby("war")
    return first_months(by_war["lasted"].min(), by_war["again"].max(), FIRST_YEARS)


def _pairs(fought: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Each war's pairs of main belligerents: those with a tenth of the dead of the side's largest, or more."""
    for war, group in fought.groupby("WarNum"):
        largest = group.groupby("Side")["BatDeath"].transform("max")
        main = group[group["BatDeath"] >= 0.1 * largest]
        sides = (list(main[main["Side"] == side].itertuples()) for side in (1, 2))
        for one, other in product(*sides):
            pair = tuple(sorted((one.ccode, other.ccode)))
            yield war, pair, max(one.Start1, other.Start1), min(one.end, other.end)


# ---- peace after civil wars


def spells(folder: Path) -> pd.DataFrame:
    """Spells of peace after civil wars that nobody won, with or without peacekeepers, in months since its start."""
    frame = pd.read_stata(folder / "pk&pkept.dta", convert_categoricals=False)
    frame = frame[frame["victory"] == 0]
    return frame.assign(since=frame["_t0"] / DAYS, until=frame["_t"] / DAYS, failed=frame["_d"] == 1)


def peace(frame: pd.DataFrame, start: float = 0.0, end: float = HORIZON, **chosen: int) -> Estimate:
    """Hazard of renewed war between two ages of the peace, of the spells that have these values."""
    of = frame[np.logical_and.reduce([frame[column] == value for column, value in chosen.items()])]
    of = of[of["until"] > start]
    months = (of["until"].clip(start, end) - of["since"].clip(start, end)).sum()
    return hazard(int((of["failed"] & (of["until"] <= end)).sum()), months, of["id"].nunique())


def removed(frame: pd.DataFrame, what: str, *beside: str) -> Estimate:
    """Log-hazard that something removes, beside other things and the age of the peace: a Poisson regression."""
    columns = [what, *beside]
    frame = frame.dropna(subset=columns)
    edges = (0.0, 12.0, HORIZON, np.inf)
    rows, months, events = [], [], []
    for spell in frame.to_dict("records"):
        for age, (start, end) in enumerate(pairwise(edges)):
            here = min(spell["until"], end) - max(spell["since"], start)
            if here > 0.0:
                rows.append([*(float(age == other) for other in range(3)), *(spell[column] for column in columns)])
                months.append(here)
                events.append(float(spell["failed"] and spell["until"] <= end))
    x, m, y = np.array(rows, dtype=float), np.array(months), np.array(events)

    def minus_likelihood(b: Any) -> float:
        return float((m * np.exp(x @ b)).sum() - y @ (x @ b))

    def slope(b: Any) -> Any:
        return x.T @ (m * np.exp(x @ b) - y)

    start = np.r_[-3.0, -4.0, -5.0, np.zeros(len(columns))]
    found = optimize.minimize(minus_likelihood, start, jac=slope, method="BFGS").x
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ (x * (m * np.exp(x @ found))[:, None]))))
    far = stats.norm.ppf(1.0 - TAIL) * errors[3]
    return Estimate(-found[3], -found[3] - far, -found[3] + far, frame["id"].nunique(), y.sum(), m.sum())


def agreements(folder: Path) -> dict[str, Estimate]:
    """Hazards of peace agreements in civil wars, by what they settle."""
    frame = pd.read_csv(folder / "ucdp-peace-agreements-221.csv")
    signed, ended = (pd.to_datetime(frame[column], errors="coerce") for column in ("pa_date", "duration"))
    broke = frame["ended"] == 1
    known = (~broke | ended.notna()) & (frame["ended"] != 0)  # 0 marks two agreements that others took over
    lasted = months_between(signed, ended.where(broke, LAST_AGREEMENT)).clip(lower=0.0)

    def of(kind: int) -> Estimate:
        chosen = known & (frame["pa_type"] == kind)
        return first_months(lasted[chosen], broke[chosen], HORIZON)

    full, partial, process = of(1), of(2), of(3)
    return {
        "full_agreement_breaks": full,
        "partial_over_full": ratio(partial, full),
        "process_over_full": ratio(process, full),
    }


def terminations(folder: Path) -> dict[str, Estimate]:
    """Hazards that a conflict which ended in an agreement or a ceasefire is fought again."""
    frame = pd.read_csv(folder / "ucdp-term-dyadic-2015.csv", encoding="latin1", low_memory=False)
    frame = frame.assign(
        start=pd.to_datetime(frame["StartDate2"], errors="coerce"),
        end=frame["EpEndDate"].map(_short_date),
        outcome=pd.to_numeric(frame["Outcome"], errors="coerce"),
        ended=pd.to_numeric(frame["Dyadterm"], errors="coerce"),
    )
    episodes = frame.groupby(["DyadId", "DyadEp"]).agg(
        start=("start", "min"),
        end=("end", "max"),
        ended=("ended", "max"),
        outcome=("outcome", "max"),
        kind=("TypeOfConflict", "first"),
    )
    episodes = episodes.sort_values(["DyadId", "start"])
    episodes["next"] = episodes.groupby(level="DyadId")["start"].shift(-1)
    over = episodes[(episodes["ended"] == 1) & (episodes["end"] < LAST_TERMINATION)]
    lasted, again = months_between(over["end"], over["next"].fillna(LAST_TERMINATION)), over["next"].notna()

    def of(kinds: tuple[int, ...], outcomes: tuple[int, ...], until: float) -> Estimate:
        chosen = over["kind"].isin(kinds) & over["outcome"].isin(outcomes) & (lasted >= 0.0)
        return first_months(lasted[chosen], again[chosen], until)

    agreement, ceasefire = of((3, 4), (1,), HORIZON), of((3, 4), (2,), HORIZON)
    length = months_between(episodes["start"], episodes["end"])
    old = episodes[(episodes["kind"] == 2) & (episodes["ended"] == 1) & (length > 24.0)]
    return {
        "states_fight_again": of((2,), (1, 2), FIRST_YEARS),
        "agreement_fought_again": agreement,
        "ceasefire_fought_again": ceasefire,
        "ceasefire_over_agreement": ratio(ceasefire, agreement),
        "long_conflicts_agree": hazard(
            int(old["outcome"].isin([1, 2]).sum()), (length[old.index] - 24.0).sum(), len(old)
        ),
    }


def _short_date(text: object) -> pd.Timestamp:
    """A date such as 7/27/53; none if it is no date."""
    parts = str(text).split("/")
    if len(parts) != 3 or not 1 <= int(parts[0]) <= 12:
        return pd.NaT
    month, day, year = map(int, parts)
    return pd.Timestamp(year + (1900 if year >= 46 else 2000), month, min(day, 28))


def ceasefires(folder: Path) -> Estimate:
    """Months that ceasefires of two sides and without a term lasted which violence ended: median and quartiles."""
    frame = pd.read_csv(folder / "ceasefires_dataset.csv", low_memory=False).groupby("uniq_id").max(numeric_only=True)
    open_ended = frame[(frame["side"] >= 2) & (frame["fixed"] == 0) & (frame["ended"] == 4)]
    start, declared, end = (
        days(open_ended, f"{name}_yr", f"{name}_month", f"{name}_day") for name in ("cf_effect", "cf_dec", "end")
    )
    lasted = months_between(start.fillna(declared), end).dropna()
    low, value, high = lasted.quantile([0.25, 0.5, 0.75])
    return Estimate(value, low, high, len(lasted), len(lasted))


def processes(folder: Path) -> dict[str, Estimate]:
    """Whether, and how soon, a peace process that signed anything less signs a comprehensive agreement.

    PA-X has what agreements say, and not whether they held: nothing about how long peace lasts follows from it.
    """
    frame = pd.read_csv(folder / "pax_all_agreements_data.csv", dtype=str, keep_default_na=False)
    frame = frame[frame["Agtp"] != "IntraLocal"]
    signed = pd.to_datetime(frame["Dat"], format="%Y-%m-%d")
    first = signed.groupby(frame["PP"]).min()
    whole = signed[frame["Stage"] == "SubComp"].groupby(frame["PP"]).min().reindex(first.index)
    begun = ~(whole <= first)  # a process that begins with its comprehensive agreement was seen too late
    lasted = months_between(first, whole.fillna(LAST_PAX))[begun]
    return {
        "processes_conclude": first_months(lasted, whole.notna()[begun], HORIZON),
        "processes_ever_conclude": share(int(whole[begun].notna().sum()), int(begun.sum())),
    }


# ---- others


def american_crises(folder: Path) -> dict[str, Estimate]:
    """Militarized disputes of the United States in three theatres, 1990 to 2010, a month and theatre."""
    frame = pd.read_csv(folder / "gml_dirdisp.csv")
    disputes = frame[frame["ccode1"] == 2].sort_values("year").groupby("dispnum").first()
    worst = frame[frame["ccode1"] == 2].groupby("dispnum")["hostlev"].max()
    theatre = pd.cut(disputes["ccode2"], [0, 199, 599, 699, 999], labels=["west", "none", "middle", "asia"])
    chosen = (theatre != "none") & disputes["year"].between(1990, 2010)

    def begun(least: int) -> Estimate:
        disputes = int((chosen & (worst >= least)).sum())
        return hazard(disputes, 3 * 12 * 21.0, disputes)

    return {"american_wars_elsewhere": begun(5), "american_force_elsewhere": begun(4)}


def leaders(folder: Path) -> dict[str, Estimate]:
    """Hazards that a head of government leaves office, by how long she has been in it, since 1946."""
    frame = pd.read_csv(folder / "archigos.csv")
    start, end = (pd.to_datetime(frame[column], errors="coerce") for column in ("startdate", "enddate"))
    recent = start >= "1946-01-01"
    months, left = months_between(start, end)[recent], (frame["exit"] != "Still in Office")[recent]

    def after(age: float) -> Estimate:
        old = months > age
        return hazard(int(left[old].sum()), (months[old] - age).sum(), int(old.sum()))

    return {"leaders_leave": after(0.0), "old_leaders_leave": after(240.0)}


# ---- the table


def computed(folder: Path) -> dict[str, Estimate]:
    """Every rate that is computed, by its name."""
    fought, civil = wars(folder), spells(folder)
    truce, settled = peace(civil, treaty=0), peace(civil, treaty=1)
    return {
        "war_again": war_again(fought),
        "settlement_alone": peace(civil, treaty=1, pk_dum=0),
        "settlement_kept": peace(civil, treaty=1, pk_dum=1),
        "truce_alone": peace(civil, treaty=0, pk_dum=0),
        "truce_kept": peace(civil, treaty=0, pk_dum=1),
        "truce_first_year": peace(civil, end=12.0, treaty=0),
        "truce_next_years": peace(civil, start=12.0, treaty=0),
        "truce_over_settlement": ratio(truce, settled),
        "nobody_keeps": peace(civil, chapter=0),
        "monitors_keep": peace(civil, chapter=1),
        "force_keeps": peace(civil, chapter=2),
        "peacekeepers_remove": removed(civil, "pk_dum"),
        "peacekeepers_remove_alike": removed(civil, "pk_dum", "treaty", "logdead", "wardur"),
        "ceasefires_broken_after": ceasefires(folder),
        **war_durations(fought),
        **agreements(folder),
        **terminations(folder),
        **processes(folder),
        **american_crises(folder),
        **leaders(folder),
    }


def compute(folder: Path) -> None:
    """Write the numbers of the computed rows."""
    if missing := [f"  {name}: {where}" for name, where in FILES.items() if not (folder / name).is_file()]:
        sys.exit("\n".join([f"not in {folder}:", *missing]))
    table, found = tables.read("base_rates").set_index("rate").astype(dict.fromkeys(COUNTS, "Int64")), computed(folder)
    rows = table.index[table["basis"] == "computed"]
    if set(rows) != set(found):
        sys.exit(f"computed in the table or here, not in both: {', '.join(sorted(set(rows) ^ set(found)))}")
    for rate in rows:
        for column, number in found[rate]._asdict().items():
            if np.isfinite(number):
                table.loc[rate, column] = round(number) if column in COUNTS else float(f"{number:.3g}")
    print(f"wrote {tables.write('base_rates', table.reset_index())}")


def main(folders: list[str]) -> None:
    """Compute from a folder, if one is given, and draw."""
    for folder in folders:
        compute(Path(folder))
    PICTURE.write_bytes(png(hazards_of_peace(), DPI))


if __name__ == "__main__":
    main(sys.argv[1:])
