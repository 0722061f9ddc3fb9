"""`run` and `compare`: what they print, what they write, and where."""

import json

import pytest

from sim.answers import ensemble_answer
from sim.store import result_folder as store

WORLDS = ("--worlds", 6, "--no-paths")


def test_run_says_what_was_found_and_what_to_open(doctrine):
    answer = doctrine("run", "short.toml", "--worlds", 6)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Half a year: 6 worlds, 2026-01 to 2026-06, seed 1"
    assert any(line.startswith("  Settlement signed, of 100 ") for line in lines)
    assert lines[-2] == "In results/short: report.html, summary.csv, worlds.csv.gz, paths.zarr/"
    assert lines[-1] == "Open results/short/report.html"


def test_compare_tells_the_doctrines_apart(doctrine):
    answer = doctrine("compare", "short.toml", "architectural", "transactional", *WORLDS)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Half a year: the same 6 worlds under 2 doctrines, 2026-01 to 2026-06, seed 1"
    assert lines[2].split() == ["architectural", "transactional", "difference", "±", "95", "%"]
    assert any("European bill" in line for line in lines)
    assert lines[-1] == "Open results/short-architectural-vs-transactional/report.html"


def test_a_settlement_that_the_scenario_opens_with_is_not_signed(doctrine, tmp_path):
    nobody = "[mechanisms]\ntalks = false\ndirect_talks = false\n"  # after a break they would meet again, and sign
    (tmp_path / "frozen.toml").write_text(f'extends = "frozen_conflict"\n{nobody}')
    answer = doctrine("compare", "frozen.toml", "architectural", "transactional", "--worlds", 40, "--no-paths")
    rows = {line.split("  ")[1]: line.split()[-3:] for line in answer.out.splitlines() if ", of 100 " in line}
    assert rows["Standing already, of 100"] == ["100", "100", "same"]
    assert rows["Settlement signed, of 100"] == ["0", "0", "same"]
    assert "A settlement is signed in none of the 40 worlds" in answer.out


def test_truces_and_what_broke_are_told_beside_settlements(doctrine):
    answer = doctrine("compare", "outlook", "architectural", "transactional", "--worlds", 60, "--no-paths", "--json")
    found = json.loads(answer.out)["outcomes"]["transactional"]
    assert found["settled"]["mean"] > 0.1
    assert found["truce"]["mean"] >= found["truce_broken"]["mean"] > 0.0
    shown = doctrine("compare", "short.toml", "architectural", "transactional", *WORLDS).out
    rows = ("Settlement signed", "Settlement broken", "In force at the end", "Truce agreed", "Truce broken")
    assert all(f"  {row}, of 100 " in shown for row in rows)
    many = doctrine("compare", "short.toml", "architectural", "aligned", "trump_dprk", *WORLDS, "--force").out
    assert many.splitlines()[2].split()[:2] == ["settled", "truce"]


def test_many_doctrines_have_a_row_each(doctrine):
    names = ("architectural", "transactional", "aligned", "nixon_china")
    answer = doctrine("compare", "short.toml", *names, *WORLDS)
    shown = [line.split()[0] for line in answer.out.splitlines() if "±" in line or "architectural " in line]
    assert shown[:4] == ["architectural", "transactional", "aligned", "Nixon–China"]
    folder = next(line for line in answer.out.splitlines() if line.startswith("Open")).split("/")[1]
    assert folder == "short-architectural-vs-transactional-vs-aligned-vs-nixon_china"


def test_a_folder_of_very_many_doctrines_still_has_a_short_name_of_its_own(doctrine):
    ones = [f"transactional:clarity=0.{tenth}" for tenth in range(1, 7)]
    others = [f"transactional:clarity=0.{tenth}" for tenth in range(2, 8)]
    answers = [
        doctrine("compare", "short.toml", *dials, "--worlds", 2, "--no-paths", "--json") for dials in (ones, others)
    ]
    folders = {json.loads(answer.out)["folder"] for answer in answers}
    assert len(folders) == 2
    assert all(folder.startswith("results/short-6-doctrines-") and len(folder) < 80 for folder in folders)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("names", [("architectural", "transactional"), ("architectural", "aligned", "trump_dprk")])
def test_the_summary_fits_one_screen(width, names, doctrine, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = doctrine("compare", "short.toml", *names, "--worlds", 40, "--no-paths").out.splitlines()
    assert len(lines) <= 24
    assert max(len(line) for line in lines[:-2]) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_one_world_is_not_called_a_finding(doctrine):
    answer = doctrine("compare", "short.toml", "architectural", "transactional", "--worlds", 1, "--no-paths")
    assert answer.code == 0
    assert "nan" not in answer.out
    assert "one world cannot tell doctrine from luck" in " ".join(answer.out.split())


def test_a_doctrine_against_itself_makes_no_difference(doctrine):
    answer = doctrine("compare", "short.toml", "architectural", "architectural:order=0.9", *WORLDS)
    assert answer.code == 0
    table = answer.out.split("\n\n")[1].splitlines()
    assert [row.split()[-1] for row in table[1:]] == ["same"] * 8


def test_json_is_one_object_with_everything(doctrine):
    answer = doctrine("compare", "short.toml", "architectural", "transactional", *WORLDS, "--json")
    found = json.loads(answer.out)
    assert found["command"] == "doctrine compare short.toml architectural transactional --worlds 6 --seed 1 --no-paths"
    assert found["doctrines"] == ["architectural", "transactional"]
    assert found["folder"] == "results/short-architectural-vs-transactional"
    assert {"report.html", "run.json", "summary.csv", "worlds.csv.gz"} <= set(found["files"])
    assert sum(found["endings"]["architectural"].values()) == pytest.approx(1.0)
    assert found["outcomes"]["architectural"]["us_cost"]["mean"] > found["outcomes"]["transactional"]["us_cost"]["mean"]
    difference = next(row for row in found["differences"] if row["outcome"] == "us_cost")
    assert difference["low"] <= difference["difference"] <= difference["high"] < 0.0


def test_json_of_one_scenario_has_no_differences(doctrine):
    found = json.loads(doctrine("run", "short.toml", *WORLDS, "--json").out)
    assert found["differences"] == found["sentences"] == []
    assert found["outcomes"][found["doctrines"][0]]["europe_cost"]["p95"] > 0.0


def test_quiet_is_silent(doctrine):
    assert doctrine("run", "short.toml", *WORLDS, "--quiet") == (0, "", "")


def test_out_is_the_folder_itself(doctrine, tmp_path):
    doctrine("run", "short.toml", *WORLDS, "--out", "a/b/mine", "--quiet")
    assert store.open_results(tmp_path / "a" / "b" / "mine").sizes["world"] == 6
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(("option", "kept"), [("--paths", True), ("--no-paths", False)])
def test_paths_are_kept_or_not_on_request(option, kept, doctrine, tmp_path):
    doctrine("run", "short.toml", "--worlds", 6, option, "--quiet")
    assert (tmp_path / "results" / "short" / "paths.zarr").exists() == kept
    assert store.open_run(tmp_path / "results" / "short").command.endswith(option)


def test_the_doctrine_of_any_actor_can_be_compared_from_a_month_on(doctrine, tmp_path):
    words = ("compare", "short.toml", "wait_out", "pragmatist:resolve=0.1", "--actor", "russia", "--since", "2026-03")
    assert doctrine(*words, *WORLDS, "--out", "r").code == 0
    scenario = store.open_scenarios(tmp_path / "r")["pragmatist:resolve=0.1"]
    assert [(dated.since, dated.label) for dated in scenario.russia] == [
        ("2026-01", "wait_out"),
        ("2026-03", "pragmatist:resolve=0.1"),
    ]
    assert "--actor russia --since 2026-03" in store.open_run(tmp_path / "r").command


def test_the_command_that_is_kept_names_no_folder_of_this_machine(doctrine, tmp_path):
    doctrine("run", tmp_path / "short.toml", *WORLDS, "--out", tmp_path / "mine", "--force", "--quiet")
    assert store.open_run(tmp_path / "mine").command == "doctrine run short.toml --worlds 6 --seed 1 --no-paths"


def test_progress_is_shown_on_stderr_only_and_only_on_a_terminal(doctrine, monkeypatch):
    plain = doctrine("run", "short.toml", *WORLDS)
    monkeypatch.setenv("FORCE_COLOR", "1")  # which makes a pipe count as a terminal
    shown = doctrine("run", "short.toml", *WORLDS, "--force", "--json")
    assert plain.err == ""
    assert "Drawing figures" in shown.err
    assert json.loads(shown.out)["worlds"] == 6
    assert doctrine("run", "short.toml", *WORLDS, "--force", "--quiet").err == ""


def test_the_same_command_gives_the_same_folder_to_the_last_byte(doctrine, monkeypatch, tmp_path, drawing):
    monkeypatch.setattr(ensemble_answer, "draw_all", drawing)
    folders = []
    for place in ("one", "two"):
        answer = doctrine("run", "short.toml", "--worlds", 5, "--out", place)
        assert answer.code == 0
        files = (path for path in (tmp_path / place).rglob("*") if path.is_file())
        folders.append({path.relative_to(tmp_path / place).as_posix(): path.read_bytes() for path in files})
    assert folders[0] == folders[1]
    assert {"report.html", "figures/overview.png", "figures/overview.svg", "figures/front.png"} <= set(folders[0])


def test_force_replaces_and_nothing_else_does(doctrine):
    assert doctrine("run", "short.toml", *WORLDS).code == 0
    refused = doctrine("run", "short.toml", "--worlds", 7, "--no-paths")
    assert (refused.code, refused.out) == (2, "")
    assert "results/short: results are there already; --force replaces them" in refused.err
    assert doctrine("run", "short.toml", "--worlds", 7, "--no-paths", "--force").code == 0
    assert store.open_results("results/short").sizes["world"] == 7
