"""Charts: the table is the picture, gaps are gaps, names are escaped, text is large enough to read."""

import json
import math

import numpy as np
import pytest

from sim.browser import charts
from sim.browser.chart_parts import TEXT
from sim.browser.charts import table

MONTHS = ["2025-11", "2025-12", "2026-01"]
LOW, MIDDLE, HIGH = np.array([18.0, 18.5, 17.0]), np.array([19.0, 19.5, 20.25]), np.array([20.0, 21.0, 24.0])


def examples():
    yield charts.lines(MONTHS, {"architectural": MIDDLE, "transactional": [1.0, math.nan, 3.0]}, "EUR bn", "Less")
    yield charts.fan(MONTHS, {"architectural": (LOW, MIDDLE, HIGH)}, "% of Ukraine", "More", change="2025-12")
    yield charts.amounts([charts.Amount("aid", "1.0 EUR bn", 1.0, 2.0, "#000000", 1.5)], "EUR bn", "Cost")
    yield charts.intervals([charts.Interval("front", -1.0, 0.5, 2.0, (-1.0, 2.0), ("−1", "0.5", "2"))], "%", "Front")
    yield charts.groups(["war", "peace"], {"architectural": [95, 5], "transactional": [75, 25]}, "worlds", "Ends")
    yield charts.histogram({"architectural": HIGH, "transactional": LOW}, {"you": 19.0}, "EUR bn", "Bill")


@pytest.mark.parametrize("options", list(examples()))
def test_options_are_json_with_text_that_reads(options):
    text = json.dumps(options, allow_nan=False)
    sizes = [int(part.split(",")[0].split("}")[0]) for part in text.split('"fontSize": ')[1:]]
    assert min(sizes) >= TEXT >= 14
    assert options["title"]["text"]


def test_what_is_missing_is_a_gap_and_a_dash():
    options = next(examples())
    assert options["dataset"][0]["source"][1] == ["2025-12", 19.5, None]
    assert "<td>–</td>" in table(options)


def test_a_band_is_stacked_from_its_low_end_to_its_high_end():
    told, drawn = charts.fan(MONTHS, {"architectural": (LOW, MIDDLE, HIGH)}, "%", "More")["dataset"]
    assert told["dimensions"] == ["month", "architectural, low", "architectural", "architectural, high"]
    np.testing.assert_allclose([row[1] + row[2] for row in drawn["source"]], [row[3] for row in told["source"]])


def test_numbers_keep_the_decimals_that_their_range_allows_to_see():
    rows = charts.lines(MONTHS, {"a": [0.012345, 0.5, 1.0]}, "", "")["dataset"][0]["source"]
    assert rows[0] == ["2025-11", 0.012]


def test_a_histogram_counts_every_world():
    options = charts.histogram({"a": np.arange(50.0), "b": np.arange(10.0)}, {"you": 70.0}, "EUR bn", "Bill")
    shares = np.array([row[2:] for row in options["dataset"][0]["source"]])
    np.testing.assert_allclose(shares.sum(axis=0), 100.0, atol=0.5)


def test_a_strip_over_every_month_takes_clicks():
    options = charts.clickable(charts.lines(MONTHS, {"a": MIDDLE}, "", ""))
    assert options["series"][-1]["data"] == [1, 1, 1]
    assert options["xAxis"]["data"] == MONTHS


def test_names_are_escaped_in_the_table():
    options = charts.groups(["<img src=x onerror=alert(1)>"], {"<b>": [1.0]}, "", "")
    assert "<img" not in table(options)
    assert "<b>" not in table(options)
