"""`doctrine worlds`: the worlds of a result that lie nearest to the record, told."""

import json

import pandas as pd
import pytest

import sim
from sim.answers import ensemble_answer
from sim.basics.limits import InputError
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison, one_scenario
from sim.scenario import load
from sim.store import result_folder as store

NEAREST = "--nearest-to-record"


def saved(place, study):
    with store.new_results(place) as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    return place


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Eight worlds of the first year of the record, under two doctrines."""
    history = load("history").with_horizon(12)
    study = comparison(history, ["architectural", "aligned"], since="2023-03", ensemble=Ensemble(worlds=8))
    return saved(tmp_path_factory.mktemp("results") / "year", study)


def test_it_says_how_near_they_come_and_tells_the_stories_of_every_doctrine(doctrine, year):
    answer = doctrine("worlds", year, NEAREST, "--worlds", 2)
    assert (answer.code, answer.err) == (0, "")
    said = " ".join(answer.out.split())
    assert said.startswith("History: the 2 worlds nearest to the record, of 8, under each of 2 doctrines, seed 1 ")
    assert "Compared with the record over 12 months, 2022-12 to 2023-11: " in said
    assert "Aligned: the nearest worlds lie " in said
    assert "there is no such record" not in said
    told = sim.worlds(year, nearest_to_record=True, worlds=2)
    assert [line for line in answer.out.splitlines() if line.endswith(" from the record")] == [
        story.heading for story in told.stories
    ]
    assert [story.heading.split(", ")[2].split(":")[0] for story in told.stories] == ["architectural"] * 2 + [
        "aligned"
    ] * 2
    assert max(map(len, answer.out.splitlines())) <= 80


def test_the_stories_are_those_that_replay_tells(year):
    told = sim.worlds(year, nearest_to_record=True, worlds=1, doctrine="aligned")
    (near,) = told.tables["told"].to_dict("records")
    assert told.stories[0].parts == sim.replay(year, near["world"], "aligned").stories[0].parts
    assert len(told.tables["distances"]) == 8
    assert told.title == "History: the world nearest to the record, of 8, seed 1"
    assert told.tables["distances"]["distance"].is_monotonic_increasing
    assert told.stories[0].parts[0][1][0] in str(told)


def test_its_command_asks_for_the_same(year, doctrine):
    told = sim.worlds(year, nearest_to_record=True, worlds=2, doctrine="aligned")
    assert told.command.endswith("year --nearest-to-record --worlds 2 --doctrine aligned")
    again = doctrine(*told.command.split()[1:]).out
    assert again.splitlines()[0] == told.title
    assert told.stories[1].heading in again.splitlines()


def test_in_json_it_is_one_object_with_distances_and_stories(doctrine, year):
    found = json.loads(doctrine("worlds", year, NEAREST, "--worlds", 2, "--json").out)
    assert list(found) == ["found", "worlds"]
    assert [one["doctrine"] for one in found["worlds"]] == ["architectural"] * 2 + ["aligned"] * 2
    first = found["worlds"][0]
    assert list(first) == ["doctrine", "world", "distance", "us_gap", "europe_gap", "land_gap", "story"]
    assert first["distance"] > 0.0
    assert list(first["story"][0]) == ["month", "sentences"]


def test_it_saves_its_tables(year, tmp_path):
    sim.worlds(year, nearest_to_record=True, worlds=1).save(tmp_path / "near")
    assert len(pd.read_csv(tmp_path / "near" / "distances.csv")) == 16


def test_a_single_world_is_told_without_a_distance(doctrine, tmp_path):
    place = saved(tmp_path / "one", one_scenario(load("history").with_horizon(3), Ensemble(worlds=1)))
    out = doctrine("worlds", place, NEAREST).out
    assert "fewer than the 5 asked for; all are told" in " ".join(out.split())
    assert json.loads(doctrine("worlds", place, NEAREST, "--json").out)["worlds"][0]["distance"] is None


def test_a_result_longer_than_the_record_says_where_it_ends(tmp_path):
    place = saved(tmp_path / "long", one_scenario(load("history").with_horizon(38), Ensemble(worlds=2)))
    assert sim.worlds(place, nearest_to_record=True, worlds=1).opening[-1].startswith("After 2025-12 there is no such")


def test_what_cannot_be_told_is_refused_in_a_sentence(doctrine, year, compared, tmp_path):
    doctrine("run", "short.toml", "--worlds", 2, "--no-paths", "--out", "without")
    for words, message in (
        ((year,), "so far there is one way: --nearest-to-record"),
        ((year, NEAREST, "--worlds", 0), "worlds: must be a whole number from 1 to"),
        ((year, NEAREST, "--doctrine", "alined"), "did you mean 'aligned'?"),
        ((compared, NEAREST), "are of 2026-01 to 2026-06 and the record of 2022-02 to 2025-12: no month is in both"),
        (("without", NEAREST), "these results have no monthly paths"),
        ((tmp_path, NEAREST), "is not a folder of results"),
    ):
        answer = doctrine("worlds", *words)
        assert (answer.code, answer.out) == (2, "")
        assert message in answer.err
        assert answer.err.count("\n") == 1
    with pytest.raises(InputError, match="nearest_to_record=True"):
        sim.worlds(year)
