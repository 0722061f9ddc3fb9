"""What other wars say: every row obeys the rules, and a parameter that names them as its source lies within them."""

import importlib.util
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.estimation.priors import PRIORS, against_base_rates
from sim.figures import base_rates as base_rates_figure
from sim.figures.base_rates import ROWS, hazards_of_peace
from sim.record import base_rate_rules, base_rates, tables
from sim.scenario.parameters import Parameters
from sim.scenario.quantities import quantities

DEFAULTS = {number.name: number for number in quantities(Parameters)}
BROKEN = {
    "a name used twice": ("base_rates", {"rate": "war_again"}, "rate: must not be used twice"),
    "a subject that is none": ("base_rates", {"subject": "weather"}, "subject: must be one of settlement"),
    "a unit that is none": ("base_rates", {"unit": "a year"}, "unit: must be one of chance a month"),
    "a chance above one": (
        "base_rates",
        {"value": 1.5, "low": 1.0, "high": 2.0},
        "value: must be possible in its unit",
    ),
    "a value beside its interval": ("base_rates", {"low": 0.2, "high": 0.3}, "low: must be given with high"),
    "half an interval": ("base_rates", {"low": None}, "low: must be given with high"),
    "a year to come": ("base_rates", {"years": "1946-2026"}, "years: must be two years, the later no later than 2025"),
    "years backwards": ("base_rates", {"years": "2013-1946"}, "years: must be two years"),
    "computed from nobody knows how many": ("base_rates", {"n": None}, "n: what is computed must have its cases"),
    "more events than cases": ("base_rates", {"events": 99}, "events: must not be more than the cases"),
    "a source without year or address": ("base_rates", {"source": "a colleague"}, "source: must name the year"),
    "no caution": ("base_rates", {"beware": None}, "beware: must not be empty"),
    "a basis that is none": ("base_rates", {"basis": "guessed"}, "basis: must be one of computed, published"),
    "what nobody knows of": ("base_rates", {"speaks_to": "peace.price"}, "speaks_to: must be parameters of"),
    "a rate that the prior forgot": (
        "base_rates",
        {"speaks_to": "peace.truce_hazard"},
        "rates: must be those that speak to",
    ),
    "a prior twice": ("base_rate_priors", {"parameter": "peace.hazard"}, "parameter: must not be used twice"),
    "a scale that is none": ("base_rate_priors", {"scale": "wide"}, "scale: must be one of flat, log"),
    "ends that changed places": ("base_rate_priors", {"low": 7.0}, "low: must be under high"),
    "nothing in logarithms": ("base_rate_priors", {"low": 0.0}, "low: must be above 0 on a scale of logarithms"),
    "no reason": ("base_rate_priors", {"reason": None}, "reason: must not be empty"),
}


def _made():
    path = Path(__file__).parents[2] / "docs" / "make_base_rates.py"
    spec = importlib.util.spec_from_file_location("make_base_rates", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _made()


# ---- the rules


@pytest.fixture
def both() -> dict[str, pd.DataFrame]:
    return {name: tables.read(name) for name in ("base_rates", "base_rate_priors")}


def test_every_row_obeys_the_rules(both: dict[str, pd.DataFrame]) -> None:
    assert base_rate_rules.mistakes(both["base_rates"], both["base_rate_priors"]) == []


@pytest.mark.parametrize("story", BROKEN)
def test_a_broken_rule_is_told_by_column(both: dict[str, pd.DataFrame], story: str) -> None:
    name, cells, told = BROKEN[story]
    for column, cell in cells.items():
        both[name].loc[1, column] = cell
    assert told in " | ".join(base_rate_rules.mistakes(both["base_rates"], both["base_rate_priors"]))


def test_every_rule_is_broken_by_some_story() -> None:
    """But for cells that must not be empty, of which one column of each table stands for all."""
    rules = [*base_rate_rules.RATE_RULES, *base_rate_rules.prior_rules(tables.read("base_rates"))]
    told = " ".join(text for _, _, text in BROKEN.values())
    silent = {rule.column for rule in rules if f"{rule.column}: {rule.text[:20]}" not in told}
    assert silent <= {rule.column for rule in rules if rule.text == "must not be empty"}


# ---- rates, priors and parameters


def test_the_readers_give_what_the_tables_hold(both: dict[str, pd.DataFrame]) -> None:
    assert list(base_rates.rates()) == both["base_rates"]["rate"].tolist()
    assert [prior.high for prior in base_rates.priors().values()] == both["base_rate_priors"]["high"].tolist()
    assert base_rates.rates()["agreements_broke_down"].n is None


def test_a_prior_with_a_dot_is_of_a_parameter_that_there_is() -> None:
    assert {name for name in base_rates.priors() if "." in name} <= set(DEFAULTS)


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_parameter_rests_on_base_rates_if_they_speak_to_it_and_it_lies_within(name: str) -> None:
    prior = base_rates.priors().get(name)
    within = prior is not None and prior.holds(DEFAULTS[name].default)
    assert (DEFAULTS[name].source == "base rate") == within


def test_the_ends_of_a_prior_of_a_chance_lie_within_the_intervals_of_its_rates() -> None:
    """A prior is not wider than the numbers that it follows from."""
    for name in ("peace.hazard", "peace.truce_hazard", "executive.crisis_hazard"):
        prior = base_rates.priors()[name]
        intervals = [base_rates.rates()[rate] for rate in prior.rates]
        lows = [rate.low for rate in intervals if rate.unit == "chance a month"]
        highs = [rate.high for rate in intervals if rate.unit == "chance a month"]
        assert min(lows) <= prior.low
        assert prior.high <= max(highs)


def test_what_base_rates_say_against_is_said_where_a_default_or_its_freedom_lies_beyond() -> None:
    against = against_base_rates()
    priors = base_rates.priors()
    beyond = {
        name
        for name in set(priors) & set(DEFAULTS)
        if not all(map(priors[name].holds, [DEFAULTS[name].default, *PRIORS.get(name, ())[:2]]))
    }
    assert set(against) == beyond


# ---- the picture


def test_the_picture_draws_each_hazard_at_its_place_and_says_what_it_shows() -> None:
    figure = hazards_of_peace()
    (ax,) = figure.axes
    drawn = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert drawn == [base_rates.rates()[rate].value for rate in ROWS]
    assert {base_rates.rates()[rate].unit for rate in ROWS} == {"chance a month"}
    ends = [tuple(segment[:, 0]) for lines in ax.collections for segment in lines.get_segments()]
    assert ends == [(base_rates.rates()[rate].low, base_rates.rates()[rate].high) for rate in ROWS]
    named = [label.get_text() for label in ax.get_yticklabels()]
    cases = [base_rates.rates()[rate] for rate in ROWS]
    assert [name.rpartition("(")[2] for name in named] == [f"{case.events} of {case.n})" for case in cases]


def test_few_guarded_settlements_are_not_told_as_a_rate() -> None:
    kept, alone = (base_rates.rates()[name] for name in ("settlement_kept", "settlement_alone"))
    title = hazards_of_peace().get_label()
    assert f"{kept.events} of {kept.n} broke with peacekeepers, {alone.events} of {alone.n} without" in title
    assert kept.low < alone.high
    assert title.endswith("too few to tell what guarding does")
    assert "too few" not in base_rates_figure._title(alone, kept._replace(low=0.5, high=0.6))


def test_nothing_of_the_picture_leaves_the_page() -> None:
    figure = hazards_of_peace()
    figure.canvas.draw()
    width = figure.get_size_inches()[0] * figure.dpi
    boxes = [
        label.get_window_extent() for ax in figure.axes for label in (*ax.get_yticklabels(), *ax.get_xticklabels())
    ]
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= width


# ---- how they are computed


def test_a_hazard_has_the_exact_interval_of_its_count() -> None:
    found = made.hazard(0, 100.0, 5)
    assert found.value == found.low == 0.0
    assert found.high == pytest.approx(-math.log(0.05) / 100.0)


def test_only_the_first_months_count() -> None:
    found = made.first_months(pd.Series([10.0, 50.0, 90.0]), pd.Series([True, True, False]), 36.0)
    assert (found.events, found.months, found.n) == (1, 82.0, 3)
    assert found.value == pytest.approx(1 / 82)


def test_peace_is_counted_between_two_ages() -> None:
    frame = pd.DataFrame(
        {"id": [1, 1, 2], "since": [0.0, 6.0, 0.0], "until": [6.0, 20.0, 40.0], "failed": [False, True, True], "pk": 1}
    )
    assert made.peace(frame, 0.0, 12.0, pk=1)[3:] == (2, 0, 24.0)
    assert made.peace(frame, 12.0, 36.0, pk=1)[3:] == (2, 1, 32.0)


def test_what_peacekeepers_remove_is_found_again() -> None:
    rng = np.random.default_rng(1)
    there = np.arange(20_000) % 2
    lasted = rng.exponential(1.0 / (0.03 * np.exp(-0.8 * there)))
    frame = pd.DataFrame({"id": np.arange(20_000), "since": 0.0, "until": lasted.clip(0.1, 60.0), "pk": there})
    found = made.removed(frame.assign(failed=lasted < 60.0), "pk")
    assert found.value == pytest.approx(0.8, abs=0.06)
    assert found.low < 0.8 < found.high


def test_a_ratio_of_equal_hazards_is_one_and_unsure() -> None:
    one = made.hazard(4, 100.0, 9)
    assert made.ratio(one, one)[:3] == pytest.approx((1.0, math.exp(-1.163), math.exp(1.163)), rel=1e-3)


def test_files_that_are_missing_are_named_with_where_they_are_had(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=re.escape("Inter-StateWarData_v4.0.csv: correlatesofwar.org")):
        made.main([str(tmp_path)])


def test_a_share_has_the_exact_interval_of_its_count() -> None:
    none, some, every = made.share(0, 10), made.share(3, 10), made.share(10, 10)
    assert (none.low, every.high) == (0.0, 1.0)
    assert none.high == pytest.approx(1.0 - 0.05**0.1)
    assert every.low == pytest.approx(0.05**0.1)
    assert some.low < some.value == 0.3 < some.high


def test_a_process_concludes_with_its_first_comprehensive_agreement(tmp_path) -> None:
    rows = [
        "a,Intra,Cea,2000-01-01",
        "a,Intra,SubComp,2001-01-01",  # a year later
        "a,Intra,SubComp,2003-01-01",
        "b,Inter,Pre,2010-01-01",  # never
        "c,Intra,SubComp,2005-01-01",  # not seen before it concluded
        "d,IntraLocal,Cea,2005-01-01",  # of a village
        "e,Intra,Pre,2000-01-01",
        "e,Intra,SubComp,2010-01-01",  # after the months that count
    ]
    (tmp_path / "pax_all_agreements_data.csv").write_text("\n".join(["PP,Agtp,Stage,Dat", *rows]))
    found = made.processes(tmp_path)
    assert (found["processes_conclude"].events, found["processes_conclude"].n) == (1, 3)
    assert found["processes_conclude"].months == pytest.approx(366 / made.DAYS + 2 * 36.0)
    assert (found["processes_ever_conclude"].events, found["processes_ever_conclude"].n) == (2, 3)
