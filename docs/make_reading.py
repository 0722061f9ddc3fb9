"""Write and draw what others take Washington for: `python docs/make_reading.py`, for the page on reading."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # write into this checkout, not into a package installed elsewhere

from sim import figures
from sim.basics.labels import listed, number
from sim.ensemble import Ensemble, simulate
from sim.estimation import priors
from sim.figures import misreading
from sim.figures.saving import png
from sim.questions.reading import observers, signs
from sim.questions.reading.costs import DOUBTED, KNOWN, MINDS, OUTCOMES, SUSPECTED, UNSUSPECTED, Costs, costs
from sim.questions.reading.signs import SIGNS, TRUTHS, Seen, seen, under

FOLDER = Path(__file__).parent
PAGE, IMAGES = FOLDER / "questions" / "reading.md", FOLDER / "images"
WORLDS, DPI, PERCENT = 2000, 72, 100.0
MARKS = ("<!-- made by docs/make_reading.py -->", "<!-- /made -->")
T, A = "transactional", "aligned"
QUARTER, HALF, YEAR = "2025-03", "2025-06", "2025-12"
SHOWN = ("2025-01", "2025-02", QUARTER, HALF, YEAR, "2026-12")
DRAWN = slice("2024-10", "2026-06")
SURE, TWIN = (0.5, 0.9), ("europe", "agreements")
UNITS = {
    "europe": ("European aid in 2025", "EUR bn"),
    "agreements": ("worlds with an agreement", "of 100"),
    "land": ("land held by Russia at the end", "% of Ukraine"),
    "america": ("American aid in 2025", "EUR bn"),
}


class Case(NamedTuple):
    """Parameters under which all is asked: how they are called, what there was to see, and what it cost."""

    name: str
    seen: Seen
    costs: Costs


def percent(chance: float) -> str:
    """A chance in whole percent; a small one as such."""
    return "under 1" if 0.0 < PERCENT * chance < 0.5 else number(PERCENT * chance, 0)


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Markdown, the first column to the left."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---", *["---:"] * (len(heads) - 1)], *rows])


# ---- how sure of what, and when


def thought(found: Seen) -> str:
    """What Europe thinks under a transactional Washington, month by month."""
    of = observers.by_month(found, found.believed["europe"], SHOWN).pivot(
        index="doctrine", columns="month", values="chance"
    )
    rows = [[doctrine, *(percent(of.loc[doctrine, month]) for month in SHOWN)] for doctrine in found.doctrines]
    return table(["Europe finds it, %", *SHOWN], rows)


def month_of(found: Seen, chance: float) -> str:
    """After how many months the truth is thought likelier than this, on average over worlds, and stays so."""
    place = found.doctrines.index(T)
    mean = found.believed["europe"][found.during(signs.TURN, found.months[-1]), place].mean(axis=1)
    short = np.flatnonzero(mean < chance)
    after = 1 if not short.size else int(short[-1]) + 2
    return f"in month {after}" if after <= len(mean) else f"not within {len(mean)} months"


def sure(case: Case) -> str:
    """When Europe is how sure of the truth, and of what instead."""
    chances = observers.by_month(case.seen, case.seen.believed["europe"], (QUARTER, HALF, YEAR))
    twin = chances[chances["doctrine"] == A].set_index("month")
    half, nine = (month_of(case.seen, chance) for chance in SURE)
    told = ", ".join(f"{percent(twin.loc[month, 'chance'])} % in month {int(month[5:])}" for month in twin.index)
    worlds = ", ".join(percent(twin.loc[month, "likelier"]) for month in twin.index)
    return (
        f"- {case.name}: the truth is found likelier than not {half}, and likelier than 90 % {nine}. That it is "
        f"aligned instead: {told}; that is likelier than not in {worlds} of 100 worlds."
    )


# ---- by what


def dropped(case: Case) -> str:
    """How likely alignment is found by observers who do not see a sign, or see it alone."""
    blind = observers.blind_to(case.seen, A, SHOWN)
    rows = [[str(label), *map(percent, row)] for label, row in zip(blind.index, blind.to_numpy(), strict=True)]
    return table(["aligned, %, by", *SHOWN], rows)


def telling(case: Case) -> str:
    """Which sign tells the two apart most, and what is thought without it."""
    told = signs.information(case.seen, T, A).set_index("sign")
    parts = [
        f"{SIGNS[str(sign)].lower()} {number(value, 2)}"
        for sign, value in told["first"].sort_values(ascending=False).items()
    ]
    best = str(told["first"].idxmax())
    blind = observers.blind_to(case.seen, A, (HALF, YEAR))
    without, everything = blind.loc[f"no {best}"], blind.loc["all signs"]
    return (
        f"- {case.name}, nats a month in the first half-year: {', '.join(parts)}. Without {SIGNS[best].lower()}, "
        f"alignment is found {percent(without[HALF])} % likely in month 6 and {percent(without[YEAR])} % in month 12, "
        f"with all signs {percent(everything[HALF])} and {percent(everything[YEAR])} %."
    )


# ---- who is taken for what


def scores(found: dict[str, Seen]) -> str:
    """What each doctrine is taken for by month 12, with the log score of the truth against that of the prior."""
    rows = []
    for truth, row in observers.confusion(found, YEAR).iterrows():
        chances = [percent(float(row[name])) for name in found[T].doctrines]
        rows.append([str(truth), *chances, number(float(row["score"]), 2), number(float(row["prior"]), 2)])
    return table(["it is", *(f"found {name}, %" for name in found[T].doctrines), "log score", "of the prior"], rows)


def beaten(found: dict[str, Seen]) -> str:
    """Whether audiences do better than their prior under every doctrine."""
    worse = [
        f"{audience} under {truth}"
        for truth in TRUTHS
        for audience in ("ukraine", "russia", "europe")
        for score, prior in [observers.log_score(found[truth], truth, YEAR, audience)]
        if score <= prior
    ]
    return (
        "A year on, all three audiences give the truth a better log score than their prior did, under each doctrine."
        if not worse
        else f"A year on, the truth scores no better than the prior did for: {', '.join(worse)}."
    )


# ---- what it costs whom


def cell(value: float, low: float, high: float) -> str:
    """A difference with its interval."""
    return f"{number(value, 1)} ({number(low, 1)} to {number(high, 1)})"


def paid(case: Case) -> list[list[str]]:
    """Rows of the table of costs."""
    rows = []
    for mind in MINDS:
        of = case.costs.outcomes[case.costs.outcomes["mind"] == mind].set_index("outcome")
        cells = [cell(*(float(of.loc[name, part]) for part in ("value", "low", "high"))) for name in OUTCOMES]
        rows.append([case.name, f"{mind}{' (levels)' if mind == KNOWN else ''}", *cells])
    return rows


def differs(case: Case, mind: str, outcome: str) -> str:
    """By how much an outcome differs from where the doctrine is known, and whether that is told from none."""
    of = case.costs.outcomes
    row = of[(of["mind"] == mind) & (of["outcome"] == outcome)].iloc[0]
    name, unit = UNITS[outcome]
    untold = " (not told from none)" if float(row["low"]) <= 0.0 <= float(row["high"]) else ""
    return f"{name} {signed(float(row['value']))} {unit}{untold}"


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{'+' if value > 0.0 else ''}{number(value, 1)}"


def first_month(case: Case, mind: str) -> str:
    """What of Europe's difference is made in the first month."""
    paths = case.costs.paths
    europe = paths[(paths["mind"] == mind) & (paths["path"] == "europe so far")].sort_values("month")
    return signed(float(europe["value"].iloc[0]))


def bill(case: Case) -> str:
    """Who pays for what, and what of it the twin is to blame for."""
    read = listed([differs(case, DOUBTED, name) for name in OUTCOMES])
    one, other = (listed([differs(case, mind, name) for name in TWIN]) for mind in (UNSUSPECTED, SUSPECTED))
    return (
        f"- {case.name}, read and not known: {read}. Europe's first month alone: {first_month(case, DOUBTED)} EUR bn. "
        f"If nobody thought alignment possible: {one}. "
        f"If nobody thought bargaining possible, so that it is taken for aligned for good: {other}."
    )


# ---- the page


def case(name: str, ensemble: Ensemble, source: str = "one", **executive: float) -> Case:
    """Everything under one kind of parameters."""
    scenario = under(T).with_parameter_sets(source)
    scenario = scenario.with_parameters({"executive": executive}) if executive else scenario
    return Case(name, seen(scenario, ensemble), costs(T, ensemble, source, **executive))


def made(found: dict[str, Seen], default: Case, others: list[Case], prior: Seen) -> str:
    """The part of the page that is computed."""
    cases = [default, *others]
    widest = Case("prior", prior, default.costs)
    heads = ["parameters", "audiences", *(", ".join(UNITS[name]) for name in OUTCOMES)]
    return "\n\n".join(
        [
            MARKS[0],
            "### How sure, of what, and when",
            thought(default.seen),
            "Means over worlds at the defaults; the change of doctrine is in 2025-01. When Europe is sure:",
            "\n".join(map(sure, [*cases, widest])),
            "### By which act",
            dropped(default),
            "An observer who does not see a sign, in the same worlds, at the defaults. What a sign tells of the two:",
            "\n".join(map(telling, [*cases, widest])),
            "### Who is taken for what",
            scores(found),
            beaten(found),
            "### What it costs, and whom",
            table(heads, [row for one in cases for row in paid(one)]),
            "Differences from where the doctrine is known, with 95 % intervals.",
            "\n".join(map(bill, cases)),
            MARKS[1],
        ]
    )


def drawn(found: dict[str, Seen], default: Case, ensemble: Ensemble) -> dict[str, bytes]:
    """The pictures, by name."""
    source = (
        f"Simulated: scenario “History”, {number(ensemble.worlds, 0)} worlds, seed {ensemble.seed}, default parameters."
    )
    rivals = {rival: signs.information(default.seen, T, rival) for rival in TRUTHS if rival != T}
    months = {month: observers.confusion(found, month) for month in (QUARTER, YEAR)}
    paths = simulate({truth: under(truth) for truth in TRUTHS}, ensemble).sel(month=DRAWN)
    pictures = {
        "reading-minds": figures.reading(paths),
        "reading-signs": misreading.signs_that_tell(rivals, T, source),
        "reading-confusion": misreading.confusions(months, source),
        "reading-cost": misreading.cost_of_being_misread(default.costs.paths, default.costs.outcomes, source),
    }
    return {name: png(figure, DPI) for name, figure in pictures.items()}


def main() -> None:
    """Simulate, draw, and write what was found into the page."""
    ensemble = Ensemble(WORLDS)
    found = {truth: seen(under(truth), ensemble) for truth in TRUTHS}
    default = Case("defaults", found[T], costs(T, ensemble))
    others = [case("posterior", ensemble, "posterior"), case("alignment costs no aid", ensemble, press_affinity=0.0)]
    prior = seen(under(T), ensemble, priors.drawn)
    for name, picture in drawn(found, default, ensemble).items():
        (IMAGES / f"{name}.png").write_bytes(picture)
    text, part = PAGE.read_text(encoding="utf-8"), made(found, default, others, prior)
    PAGE.write_text(re.sub(f"{MARKS[0]}.*{MARKS[1]}", lambda _: part, text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
