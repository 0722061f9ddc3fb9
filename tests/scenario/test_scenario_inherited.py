"""What a file inherits of parameters and of the state, and what is said of all that became of what it inherits."""

import tomllib

import numpy as np
import pytest

import sim.scenario as scenario
from sim.basics.actors import ACTORS
from sim.basics.mistakes import ScenarioError
from sim.cli.shipped import check_files
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.scenario.check import explicit
from sim.scenario.file import overlay, read_chain
from sim.scenario.parameter_sets import POSTERIOR, held, names_in

WORLDS = 12


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file, and read it with what is said of it."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "mine") -> scenario.Loaded:
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return scenario.loaded(f"{name}.toml")

    return written


def same_worlds(one: scenario.Scenario, other: scenario.Scenario) -> bool:
    first, second = (one_scenario(asked.with_horizon(8), Ensemble(worlds=WORLDS)).simulate() for asked in (one, other))
    return all(
        np.array_equal(first[name], second[name], equal_nan=True)
        for name in first.data_vars
        if first[name].dtype.kind in "fiub"
    )


# ---- parameters


@pytest.mark.parametrize(
    "default", ["[parameters.front]\nmilitary_share_europe = 0.5", "[parameters.front]\npull = 0.006"]
)
def test_a_file_that_only_repeats_a_default_changes_no_world(file, default):
    """One that no world draws, and one that every world of the outlook draws."""
    assert same_worlds(file(f'extends = "outlook"\n{default}\n').scenario, scenario.load("outlook"))


def test_a_table_of_parameters_keeps_the_draws(file):
    mine = file('extends = "outlook"\n[parameters.front]\nnoise = 0.004\n')
    assert mine.scenario.parameter_sets == POSTERIOR
    assert [name for name in names_in(POSTERIOR) if held(name, mine.scenario)] == ["front.noise"]
    (note,) = mine.notes
    assert note == "parameters: each world draws 67 from the posterior (outlook.toml); front.noise is held at 0.004"


def test_only_a_word_switches_the_draws_off_and_lets_go_of_numbers(file):
    file('extends = "outlook"\nhold = ["front.pull"]\n[parameters.front]\nnoise = 0.004\n', "base")
    mine = file('extends = "base.toml"\nparameters = "default"\n')
    assert (mine.scenario.parameter_sets, mine.scenario.hold) == ("one", ())
    assert mine.scenario.parameters == scenario.load("history").parameters
    assert mine.notes[-1] == "parameters: 1 value and draws and 1 name to hold of base.toml let go"
    other = file('extends = "base.toml"\ndrop = ["parameters"]\n[parameters.front]\npull = 0.005\n').scenario
    assert (other.parameter_sets, other.parameters.front.pull) == ("one", 0.005)
    assert other.parameters.front.noise == scenario.load("history").parameters.front.noise


def test_the_word_for_draws_keeps_the_numbers_inherited(file):
    file('extends = "history"\n[parameters.front]\nnoise = 0.004\n', "base")
    mine = file('extends = "base.toml"\nparameters = "posterior"\n').scenario
    assert (mine.parameter_sets, mine.parameters.front.noise) == (POSTERIOR, 0.004)


def test_the_word_hold_keeps_a_default_out_of_the_draws(file):
    loose = file('extends = "outlook"\n[parameters.front]\npull = 0.006\n')
    assert loose.notes[-1] == (
        "parameters: front.pull is written at its default, 0.006, and drawn all the same; "
        'hold = ["front.pull"] holds it'
    )
    mine = file('extends = "outlook"\nhold = ["front.pull"]\n')
    assert mine.notes == (
        "parameters: each world draws 67 from the posterior (outlook.toml); front.pull is held at 0.006",
    )
    assert _pulls(scenario.load("outlook")).shape == (WORLDS,)
    assert _pulls(mine.scenario).shape == ()


def _pulls(asked: scenario.Scenario) -> np.ndarray:
    return np.asarray(opened(asked, seed=1, start=0, stop=WORLDS).parameters.front.pull)


def test_what_is_held_comes_back_from_the_file_in_full(file, tmp_path):
    mine = file('extends = "outlook"\nhold = ["table.talks_base", "front.pull", "front.pull"]\n').scenario
    assert mine.hold == ("front.pull", "table.talks_base")
    again = file(mine.to_toml(), "full")
    assert again.scenario == mine
    child = file('extends = "full.toml"\nhold = ["front.noise"]\n', "child").scenario
    assert child.hold == ("front.pull", "front.noise", "table.talks_base")
    assert again.notes[-1].startswith("parameters: each world draws 66 from the posterior; front.pull is held at")


def test_there_is_nothing_to_hold_where_nothing_is_drawn(file):
    mine = file('extends = "history"\nhold = ["front.pull"]\n')
    assert mine.notes == ("hold: no world draws front.pull, so there is nothing to hold",)


# ---- another start


def test_at_a_later_start_the_doctrine_in_force_holds_and_the_past_is_left_out(file):
    mine = file('extends = "history"\nstart = "2026-01"\nmonths = 12\n')
    assert [(entry.since, entry.preset) for entry in mine.scenario.us] == [("2026-01", "transactional")]
    assert [(entry.since, entry.preset) for entry in mine.scenario.congress] == [("2026-01", "119th")]
    assert mine.scenario.events == ()
    assert mine.notes[:3] == (
        "us: the doctrine of history.toml since 2025-01 is in force at the start, 2026-01",
        "congress: the doctrine of history.toml since 2025-01 is in force at the start, 2026-01",
        (
            "events: 4 events of history.toml (2024-10, 2025-01, 2025-03, 2025-10) lie before the start, 2026-01, and "
            "are left out"
        ),
    )


def test_a_change_that_amends_is_laid_over_the_doctrine_that_it_amends(file):
    file('extends = "history"\n[[us.doctrine]]\nfrom = "2025-06"\nclarity = 0.9\n', "base")
    mine = file('extends = "base.toml"\nstart = "2025-09"\nmonths = 12\n').scenario
    assert [entry.label for entry in mine.us] == ["transactional:clarity=0.9"]
    assert mine.us[0].doctrine == scenario.load("base.toml").doctrine("us", "2025-09")


def test_a_later_start_has_the_state_that_the_record_knows(file):
    mine = file('extends = "history"\nstart = "2024-07"\n[initial]\nmomentum = 0.001\npromised = 0.5\n')
    before, after = scenario.load("history").initial, mine.scenario.initial
    assert (after.line, after.europe, after.opposed) == (0.1867, 1.1, 0.55)
    assert (after.momentum, after.promised) == (0.001, 0.5)
    assert after.force_russia == before.force_russia
    (note,) = [note for note in mine.notes if note.startswith("initial")]
    assert note == (
        "initial: line 0.1867, europe 1.1 and opposed 0.55 from the record of 2024-06; force_ukraine, force_russia, "
        "authority, pipeline and 9 more are the package's own, set for 2022-12 (19 months old)"
    )
    (full,) = [note for note in mine.in_full if note.startswith("initial")]
    assert full == note.replace(
        "pipeline and 9 more",
        "pipeline, promises_kept, promises_broken, sanctions, sanctions_europe, upkeep, intelligence, posture, "
        "eu_envelope and europe_pipeline",
    )


def test_the_outlook_reads_the_record_as_the_function_does(file):
    mine = file('extends = "history"\nstart = "2026-01"\n').scenario.initial
    outlook = scenario.load("outlook").initial
    assert (mine.line, mine.europe, mine.opposed) == (outlook.line, outlook.europe, outlook.opposed)


def test_the_state_stays_where_the_word_says_so(file):
    mine = file('extends = "history"\nstart = "2024-07"\nstate = "inherited"\n')
    assert mine.scenario.initial == scenario.load("history").initial
    assert mine.notes[-1] == (
        "initial: the state is the one inherited; all values are the package's own, set for 2022-12 (19 months old)"
    )


def test_beyond_its_end_the_record_has_nothing_newer_than_the_outlook_knows(file):
    mine = file('extends = "outlook"\nstart = "2026-03"\n')
    assert mine.scenario.initial == scenario.load("outlook").initial
    assert mine.notes[-1] == (
        "initial: the record ends in 2025-12 and has nothing newer than what is inherited; line, force_ukraine, "
        "force_russia, authority and 12 more are those of 2026-01 (2 months old); momentum and europe_pipeline are the "
        "package's own, set for 2022-12 (39 months old)"
    )
    asked = file('extends = "outlook"\nstart = "2026-03"\nstate = "record"\n')
    assert asked.scenario.initial.momentum == 0.00089
    assert "from the record of 2025-12, its last month; " in asked.notes[-1]


def test_before_the_record_there_is_nothing_to_read(file):
    mine = file('extends = "history"\nstart = "2021-06"\n')
    assert mine.scenario.initial == scenario.load("history").initial
    assert mine.notes[-1] == (
        "initial: nothing from the record of 2021-05; all values are the package's own, set for 2022-12 "
        "(18 months ahead)"
    )


def test_a_file_that_extends_nothing_says_which_defaults_are_of_another_time(file):
    head = 'title = "A"\nquestion = "B?"\nmonths = 12\n'
    assert file(f'{head}start = "2022-12"\n').notes == ()
    old = "initial: all values are the package's own, set for 2022-12 (13 months old)"
    assert file(f'{head}start = "2024-01"\n', "base").notes == (old,)
    assert file('extends = "base.toml"\n').notes == (f"base.toml: {old}",)
    read = file(f'{head}start = "2024-01"\nstate = "record"\n')
    assert read.scenario.initial.line == 0.1852
    assert read.notes[0].startswith(
        "initial: line 0.1852, momentum 0.00023, europe 1.2 and opposed 0.74 from the record of 2023-12"
    )


def test_a_settlement_in_force_is_inherited_with_the_state_until_it_is_let_go(file):
    mine = file('extends = "frozen_conflict"\nstart = "2026-03"\n')
    assert mine.scenario.initial.settlement == scenario.load("frozen_conflict").initial.settlement
    assert mine.notes[-1] == "initial.settlement: that of frozen_conflict.toml is in force at the start, 2026-03"
    war = file('extends = "frozen_conflict"\ndrop = ["initial.settlement"]\n').scenario
    assert war.initial == scenario.load("outlook").initial


def test_the_terminal_counts_names_that_json_lists_in_full(file, capsys):
    file('extends = "outlook"\nstart = "2026-03"\n')
    assert check_files(["mine.toml"], resolved=False, as_json=False) == 0
    assert "12 more" in capsys.readouterr().out
    assert check_files(["mine.toml"], resolved=False, as_json=True) == 0
    told = capsys.readouterr().out
    assert "promises_broken" in told
    assert "12 more" not in told


@pytest.mark.parametrize("name", scenario.shipped())
def test_what_the_package_leaves_at_its_own_values_it_and_its_children_leave_unsaid(file, name):
    assert scenario.loaded(name).notes == ()
    assert file(f'extends = "{name}"\n').notes == ()


def test_the_state_that_is_let_go_is_the_packages_own(file):
    assert file('extends = "outlook"\ndrop = ["initial"]\n').notes == (
        "initial: 16 values of outlook.toml let go",
        "initial: all values are the package's own, set for 2022-12 (37 months old)",
    )


# ---- what is said

WITH_ALIGNED = (
    "us: preset 'aligned' replaces 'architectural' of history.toml; what history.toml changes in 2025-01 stays "
    '(drop = ["us.doctrine"] lets it go)'
)


def test_what_is_added_replaced_and_cut_is_said(file):
    mine = file(
        'extends = "history"\nmonths = 36\n[us]\npreset = "aligned"\n'
        '[[events]]\nmonth = "2023-05"\nkind = "crisis"\ntheatre = "domestic"\nsize = 1.0\n'
        '[[congress.doctrine]]\nfrom = "2025-01"\npreset = "isolationist_majority"\n'
        '[[ukraine.doctrine]]\nfrom = "2023-05"\npreset = "survivalist"\n'
    )
    assert mine.notes == (
        "events: 4 inherited from history.toml, 1 of its own",
        "congress.doctrine: 1 inherited from history.toml, 1 of its own; replaced: 2025-01",
        WITH_ALIGNED,
    )
    short = file('extends = "mine.toml"\nmonths = 12\nevents = []\n', "short")
    assert (
        short.notes
        == (
            *(f"mine.toml: {note}" for note in mine.notes),
            "events: 1 event of mine.toml (2024-10) lies after the end, 2023-11, and is left out",
            "us.doctrine: 1 change of mine.toml (2025-01) lies after the end, 2023-11, and is left out",
            "congress.doctrine: 1 change of mine.toml (2025-01) lies after the end, 2023-11, and is left out",
            "events: 1 event (2023-05) of mine.toml let go",
        )[: len(mine.notes)]
        + short.notes[len(mine.notes) :]
    )


def test_the_dials_of_a_preset_that_is_replaced_are_counted(file):
    mine = file('extends = "europe_alone"\n[us]\npreset = "architectural"\n')
    assert mine.notes == ("us: preset 'architectural' replaces 'transactional' and 4 dials of europe_alone.toml",)


def test_what_goes_as_the_file_says_it_is_not_said(file):
    assert file('extends = "outlook"\n[us]\npreset = "aligned"\n[initial]\npromised = 0.3\n').notes == ()


def test_what_is_wrong_above_may_be_let_go(file):
    with pytest.raises(ScenarioError):
        file('extends = "outlook"\nevents = 3\nukraine = 4\n[mechanisms]\nmud = 3\n', "wrong")
    mine = file('extends = "wrong.toml"\ndrop = ["events", "ukraine", "mechanisms"]\n').scenario
    assert mine == scenario.load("outlook").with_doctrine("ukraine", "pragmatist").model_copy(update={"name": "mine"})


@pytest.mark.parametrize("name", scenario.shipped())
def test_no_shipped_scenario_means_anything_else_than_under_the_old_rule(name):
    """Until now an actor's preset renewed its whole table, and a list replaced a list."""
    data: dict = {}
    for one in reversed(read_chain(name)):
        own = tomllib.loads(one.text)
        base = {key: value for key, value in data.items() if not (key in ACTORS and "preset" in own.get(key, {}))}
        data = overlay({key: value for key, value in base.items() if key != "name"}, own)
    data.pop("extends", None)
    resolved, mistakes = explicit({"name": name, **data})
    assert not mistakes
    assert scenario.Scenario.model_validate(resolved) == scenario.load(name)


# ---- money


LOAN = """
extends = "outlook"

[[events]]
month = "2026-01"
kind = "money"
donor = "eu"
amount = 45.0
months = 12
arms = 0.5
"""


def test_money_that_is_still_being_granted_at_a_later_start_keeps_its_rest(file):
    file(LOAN, "loan")
    mine = file('extends = "loan.toml"\nstart = "2026-05"\nmonths = 24\nstate = "inherited"\n')
    (event,) = mine.scenario.events
    assert (event.month, event.months, event.amount, event.arms) == ("2026-05", 8, 30.0, 0.5)
    assert (
        "events: of the EUR 45 bn from the EU of loan.toml from 2026-01 on, what comes from the start, 2026-05, on is "
        "kept: EUR 30 bn"
    ) in mine.notes


def test_money_that_was_all_granted_before_a_later_start_is_left_out(file):
    file(LOAN, "loan")
    mine = file('extends = "loan.toml"\nstart = "2027-01"\nmonths = 24\nstate = "inherited"\n')
    assert mine.scenario.events == ()
    assert "events: 1 event of loan.toml (2026-01) lies before the start, 2027-01, and is left out" in mine.notes


OF_THE_OLD_KIND = """
extends = "outlook"

[[events]]
month = "2026-01"
kind = "instrument"
amount = 5.0
"""
WHOSE = "events[1]: 'instrument' is American money; kind = \"money\" with a donor says whose"


def test_whose_money_the_old_kind_is_is_said_to_whoever_writes_it(file):
    mine = file(OF_THE_OLD_KIND)
    assert mine.notes == (WHOSE,)
    assert file('extends = "mine.toml"\n', "child").notes == (f"mine.toml: {WHOSE}",)
    assert not [note for note in file('extends = "mine.toml"\nevents = []\n', "child").notes if WHOSE in note]
    assert file('extends = "history"\n').notes == ()
    assert file(scenario.load("history").to_toml()).notes == ()


def test_money_of_a_child_is_added_to_that_of_its_parent_and_what_the_end_cuts_off_is_said(file):
    file(LOAN, "loan")
    mine = file(f"{LOAN.replace('outlook', 'loan.toml').replace('2026-01', '2028-05')}")
    assert [event.month for event in mine.scenario.events] == ["2026-01", "2028-05"]
    assert mine.notes[-1] == (
        "events: of the EUR 45 bn from the EU from 2028-05 on, EUR 15 bn would be granted after the end, 2028-12, and "
        "are in no world"
    )
