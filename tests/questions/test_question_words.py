"""Findings, the story, and what a run assumes, in words."""

import numpy as np
import pandas as pd
import pytest
from handmade import ensemble, outcomes, with_events

from sim.basics.intervals import count_interval
from sim.basics.labels import decimals, listed, number
from sim.basics.terms import because
from sim.questions.compare import assumptions
from sim.questions.compare.measures import AGREED
from sim.questions.compare.paired import paired
from sim.questions.compare.ranking import across
from sim.questions.compare.story import broken, story, unmoved
from sim.questions.compare.titles import aid_flows, package
from sim.questions.explain.reasons import explain
from sim.scenario import Scenario
from sim.scenario.spelling import doctrine_label
from sim.world.settlement import OUTCOME_NAMES


def test_values_are_told_from_the_largest_down() -> None:
    assert across({"a": 1.0, "b": 6.0, "c": 3.0}, " EUR bn") == "6.0 EUR bn under b, 3.0 under c, 1.0 under a"


def test_values_that_read_alike_are_told_once() -> None:
    assert across({"a": 3.01, "b": 2.99}) == "3.0 under both"
    assert across({"a": 3.0, "b": 3.0, "c": 3.0}) == "3.0 under every doctrine"


def test_many_doctrines_are_told_by_their_ends() -> None:
    values = dict(zip("abcd", (1.0, 4.0, 3.0, 2.0), strict=True))
    assert across(values, " %") == "1.0 to 4.0 % (least under a, most under b)"


def test_one_doctrine_needs_no_name() -> None:
    assert across({"architectural > transactional": 6.5}, " EUR bn") == "6.5 EUR bn"


def test_money_is_told_a_month_since_the_change() -> None:
    europe = np.zeros((2, 1, 3))
    europe[0], europe[1] = [4.0, 4.0, 4.0], [4.0, 6.0, 8.0]
    dataset = ensemble(worlds=1, us_allocation=1.0, europe_contribution=europe)
    assert aid_flows(dataset) == "From 2025-02 on, Europe pays on average 7.0 EUR bn a month under bold, 4.0 under calm"


@pytest.mark.parametrize(
    ("offset", "relief", "said"),
    [
        (-0.04, 0.0, "line −4 points, treaty, no relief"),
        (0.0, 1 / 3, "line at the front, treaty, 33 % relief"),
        (0.08, 1.0, "line +8 points, treaty, full relief"),
    ],
)
def test_packages_are_told_in_words(offset: float, relief: float, said: str) -> None:
    assert package({"offset": offset, "guarantee_name": "treaty", "relief": relief}) == said


def test_numbers_have_a_true_minus_and_no_minus_zero() -> None:
    assert number(-3.14159, 2) == "−3.14"
    assert number(-0.0001, 1) == "0.0"
    assert [decimals(width) for width in (30.0, 1.0, 0.5, 0.04, 0.0)] == [0, 0, 1, 2, 4]
    assert listed(["a"]) == "a"
    assert listed([]) == ""


def test_doctrines_are_called_the_same_everywhere() -> None:
    assert doctrine_label("wait_out") == "wait out"
    assert doctrine_label("architectural > transactional") == "architectural, then transactional"


def test_the_wilson_interval_holds_where_the_plain_one_collapses() -> None:
    low, high = count_interval(0, 100)
    assert low == 0.0
    assert high == pytest.approx(0.037, abs=0.001)


def fates(**kinds: tuple[int, int, int, int]) -> pd.DataFrame:
    """What stood, was agreed, broke and made way for a settlement under a doctrine, by class."""
    rows = [kinds.get(kind.name.lower(), (0, 0, 0, 0)) for kind in AGREED]
    table = pd.DataFrame(rows, columns=["stood", "agreed", "broken", "replaced"])
    return table.assign(doctrine="bold", kind=[OUTCOME_NAMES[kind] for kind in AGREED])


def test_what_breaks_is_told_as_a_part_of_what_there_was_settlements_and_truces_apart() -> None:
    said = broken(fates(guaranteed=(0, 12, 2, 0), fragile=(0, 8, 3, 0), truce=(0, 40, 30, 4)))
    assert said == (
        "Of the 20 settlements under bold, 25 of 100 break before the end (95 % interval 11 to 47); "
        "of the 40 truces, 75 of 100 (60 to 86)."
    )


def test_what_stood_before_breaks_too_and_of_few_no_share_is_told() -> None:
    said = broken(fates(fragile=(40, 0, 10, 0), truce=(0, 9, 9, 0)))
    assert said.startswith("Of the 40 settlements under bold (40 of which stood already), 25 of 100 break before the ")
    assert "truce" not in said
    assert broken(fates(truce=(0, 12, 6, 0))).startswith("Of the 12 truces under bold, 50 of 100 break before the end ")
    assert broken(fates(fragile=(0, 9, 9, 0))) == ""


def test_what_does_not_differ_is_said() -> None:
    luck = np.linspace(0.0, 1.0, 40)
    noise = np.where(np.arange(40) % 2 == 0, 0.1, -0.1)
    table = paired(outcomes(same=[luck, luck], noise=[luck, luck + noise], small=[luck, luck + 0.01 + noise / 1e3]))
    said = unmoved(table)
    assert "The same in every world: how often a thing called same." in said
    assert "No difference beyond noise: how often a thing called noise." in said
    assert "under a tenth of the spread between worlds: how often a thing called small." in said


def test_the_story_of_a_comparison_names_both_doctrines_and_keeps_its_intervals() -> None:
    signed = [[None] * 50, [1] * 30 + [None] * 20]
    dataset = with_events(ensemble(worlds=50), signed, [[None] * 50] * 2)
    ((heading, sentences),) = story(dataset)
    assert heading == "Bold against calm, in the same worlds"
    assert sentences[0].startswith("Bold settles in 60 more of 100 worlds than calm (60 against 0; 95 % interval ")
    assert sentences[1].startswith("Of the 30 settlements under bold, 0 of 100 break")


def test_the_story_of_one_world_claims_no_frequency() -> None:
    ((_, sentences),) = story(with_events(ensemble(worlds=1, doctrines=("calm",)), [[1]], [[None]]))
    assert sentences == [
        "A settlement is signed: yes.",
        "A settlement breaks: no.",
        "A truce is agreed: no.",
        "A truce breaks: no.",
    ]


# ---- assumptions


def test_the_dials_that_differ_are_marked(outlook: Scenario) -> None:
    scenarios = {"a": outlook, "b": outlook.with_doctrine("us", {"commitment": 0.9})}
    dials = assumptions.dials(scenarios, outlook.start)
    assert [dial.name for dial in dials if dial.differs] == ["commitment"]
    assert "priorities.europe" in [dial.name for dial in dials]
    assert all(dial.meaning for dial in dials)


def test_the_dials_of_others_appear_where_the_scenarios_differ(outlook: Scenario) -> None:
    scenarios = {"a": outlook, "b": outlook.with_doctrine("russia", "maximalist")}
    others = [dial for dial in assumptions.dials(scenarios, outlook.start) if dial.actor != "United States"]
    assert {dial.actor for dial in others} == {"Russia"}
    assert all(dial.differs for dial in others)


def test_what_is_off_is_named_with_where(outlook: Scenario) -> None:
    off = outlook.with_mechanisms(signals=False)
    everywhere = assumptions.switched_off({"a": off, "b": off})
    assert [(name, where) for name, _, where in everywhere] == [("signals", assumptions.EVERYWHERE)]
    ((_, _, where),) = assumptions.switched_off({"a": off, "wait_out": off, "b": outlook})
    assert where == "a and wait out"


def test_numbers_that_are_not_the_default_are_listed_beside_it(history: Scenario) -> None:
    changed = history.with_parameters({"front": {"persistence": 0.5}})
    (setting,) = [row for row in assumptions.not_default({"a": changed}) if row.name.startswith("parameters")]
    assert (setting.name, setting.values) == ("parameters.front.persistence", ("0.5",))
    assert setting.default == f"{history.parameters.front.persistence:g}"


def test_a_doctrine_that_changes_into_itself_does_not_change(history: Scenario) -> None:
    washington = assumptions.presets({"a": history.with_doctrine("us", "architectural"), "b": history})[0]
    assert washington.values == ("architectural", "architectural, from 2025-01 transactional")
    assert washington.differs


def test_a_sum_is_told_by_its_parts_and_a_decision_by_its_reasons(outlook: Scenario) -> None:
    terms = {"what is left": np.array([80.0]), "shells": np.array([-2.0])}
    assert because(terms, digits=0) == "for: what is left +80; against: shells -2"
    assert because(terms, digits=0, sides=("made of", "less")) == "made of: what is left +80; less: shells -2"
    (account,) = explain(outlook, seed=1, world=0, month=outlook.start, actor="ukraine")
    assert "(made of: what is left of it +" in account.sentences[0]
