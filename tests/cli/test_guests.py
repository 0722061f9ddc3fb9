"""Guests by name: an actor of another package joins, is told, is recorded; what cannot be used is named."""

import json
import re
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from packages import ROOT, looked_up_anew, offer, offer_the_example

import sim
from sim import cli
from sim.actors.guest import Guest
from sim.answers.answer import Answer
from sim.basics.limits import InputError
from sim.basics.plugins import PluginError
from sim.browser.atlas import grid
from sim.cli import options
from sim.scenario import ScenarioError, guests, load
from sim.scenario.resolved import as_json

GUESTS = guests.GROUP
MODULE = """
from abc import ABC, abstractmethod

from sim.actors.guest import Guest


class Quiet(Guest):
    name = "quiet"

    def act(self):
        pass


class Loud(Guest):
    name = "loud"

    def act(self):
        {}["no such thing"]


class Vandal(Guest):
    name = "vandal"

    def act(self):
        self.model.ukraine.force = -self.model.ukraine.force


class Shy(Guest):
    name = "shy"

    def __init__(self, model):
        super().__init__(model)
        1 / 0

    def act(self):
        pass


class Infinite(Guest):
    name = "infinite"

    def act(self):
        1 / 0


class Mumbling(Quiet):
    name = "mumbling"

    def account(self):
        return 5


class Spelling(Quiet):
    name = "spelling"

    def account(self):
        return "It did."


class Counting(Quiet):
    name = "counting"

    def news(self):
        yield 5


class Mute(Quiet):
    name = "mute"

    def news(self):
        1 / 0


class Stiff(Quiet):
    name = "stiff"

    def __init__(self, model, rigour=0.5, /):
        super().__init__(model)


class Formal(Quiet):
    name = "formal"

    def __init__(self, *, model, rigour=0.5):
        super().__init__(model)


class Vague(Guest, ABC):
    name = "vague"

    def act(self):
        pass

    @abstractmethod
    def mood(self):
        pass


class Odd(Quiet):
    name = "we ird"


class Clumsy(Guest):
    name = "clumsy"

    def __init__(self, model, weight):
        super().__init__(model)

    def act(self):
        pass


class Deaf(Guest):
    name = "deaf"

    def __init__():
        pass

    def act(self):
        pass


class Idle(Guest):
    name = "idle"


class Orphan(Guest):
    name = "orphan"

    def __init__(self, model):
        pass

    def act(self):
        pass


class Hungry(Guest):
    name = "hungry"

    def __init__(self, model, hunger=20.0):
        super().__init__(model)

    def act(self):
        pass


class Moscow(Quiet):
    name = "russia"


class Stranger:
    name = "stranger"

    def act(self):
        pass


number = 3
"""
LEAVES = """import sys

sys.exit(3)
"""
TONGUE_TIED = {
    "mumbling": "TypeError: account() must return sentences, one str each, not 5",
    "spelling": "TypeError: account() must return sentences, one str each, not 'It did.'",
    "counting": "TypeError: news() must return sentences, one str each, not 5",
    "mute": "ZeroDivisionError: division by zero",
}
"""Guests that act and cannot tell of it, and why."""
SOUND = {
    name: f"offered:{name.capitalize()}"
    for name in ("quiet", "loud", "vandal", "orphan", "shy", "infinite", *TONGUE_TIED)
}
"""Guests of which only a run can tell whether they do what they should."""
USABLE = sorted({"china", *SOUND})
BROKEN = {
    "lost": "nowhere:Lost",
    "gone": "offered:Gone",
    "leaving": "leaving:Leaving",
    "number": "offered:number",
    "stranger": "offered:Stranger",
    "misnamed": "offered:Quiet",
    "clumsy": "offered:Clumsy",
    "hungry": "offered:Hungry",
    "module": "offered",
    "empty": "",
    "colon": "offered:",
    "spaced": "offered Quiet",
    "path": "offered/Quiet.py",
    "submodule": "offered.Quiet:Quiet",
    "deaf": "offered:Deaf",
    "idle": "offered:Idle",
    "stiff": "offered:Stiff",
    "formal": "offered:Formal",
    "vague": "offered:Vague",
    "we ird": "offered:Odd",
    "russia": "offered:Moscow",
}


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The example package, and one of which only some guests can be used."""
    for folder in offer_the_example(tmp_path / "example"):
        monkeypatch.syspath_prepend(folder)
    monkeypatch.syspath_prepend(
        offer(tmp_path / "others", "others", {GUESTS: SOUND | BROKEN}, {"offered": MODULE, "leaving": LEAVES})
    )
    looked_up_anew()
    yield
    monkeypatch.undo()
    looked_up_anew(("doctrine_china", "offered"))


def test_a_guest_joins_by_name_and_the_result_says_so(doctrine, tmp_path):
    answer = doctrine("run", "short.toml", "--guest", "china:backing=1", "--worlds", 5)
    assert answer.code == 0, answer.err
    assert "Half a year, with China (backing 1)" in answer.out
    assert "guests: china joins (backing 1), from doctrine-china 0.1.0" in answer.out
    folder = tmp_path / "results" / "short-with-china-backing-1"
    assert "[guests.china]\nbacking = 1.0" in (folder / "scenario.toml").read_text(encoding="utf-8")
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert about["command"] == "doctrine run short.toml --guest china:backing=1 --worlds 5 --seed 1"
    assert about["packages"]["doctrine-china"] == "0.1.0"


def test_the_command_that_a_result_names_makes_it_again(doctrine, tmp_path):
    doctrine("compare", "short.toml", "architectural", "aligned", "--guest", "china", "--worlds", 5, "--out", "one")
    first = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))
    assert doctrine(*first["command"].split()[1:], "--out", "two").code == 0
    second = json.loads((tmp_path / "two" / "run.json").read_text(encoding="utf-8"))
    assert first == second
    without = doctrine("compare", "short.toml", "architectural", "aligned", "--worlds", 5, "--out", "three")
    assert without.code == 0
    assert json.loads((tmp_path / "three" / "run.json").read_text(encoding="utf-8"))["files"] != first["files"]


def test_a_guest_by_name_is_the_guest_by_class_and_other_processes_find_it():
    from doctrine_china.guest import China

    short = load("outlook").with_horizon(3)
    given = sim.run(short, worlds=140, guests=[partial(China, backing=1.0)])
    for jobs in (1, 2):
        named = sim.run(short, worlds=140, guests=["china:backing=1"], jobs=jobs)
        assert all(np.array_equal(named[name], given[name], equal_nan=True) for name in ("force_russia", "outcome"))
    assert not np.array_equal(sim.run(short, worlds=140)["force_russia"], given["force_russia"])


def test_a_guest_is_asked_why_and_makes_the_news(doctrine):
    doctrine("run", "short.toml", "--guest", "china:backing=1", "--worlds", 5, "--out", "mine")
    asked = doctrine("explain", "mine", "--world", 2, "--month", "2026-02", "--actor", "china")
    assert "China\n  It supplies" in asked.out
    assert "for: what Moscow lacks" in " ".join(asked.out.split())
    everybody = doctrine("explain", "mine", "--world", 2, "--month", "2026-02").out
    assert everybody.index("\nThe table\n") < everybody.index("\nChina\n")
    story = " ".join(doctrine("replay", "mine", "--world", 2).out.split())
    assert "China takes part (backing 1)." in story
    assert "China sends Moscow what its forces lack." in story
    nobody = doctrine("explain", "mine", "--world", 2, "--month", "2026-02", "--actor", "chna")
    assert nobody.code == 2
    assert "did you mean 'china'?" in nobody.err


@pytest.mark.long
def test_every_question_about_a_scenario_takes_guests(doctrine, tmp_path, monkeypatch):
    monkeypatch.setattr(Answer, "figures", lambda _: {})
    asked = {
        "map": ("short.toml", "clarity", "commitment", "--grid", 3, "--worlds", 2),
        "attribution": ("short.toml", "architectural", "aligned", "--groups", "--worlds", 2),
        "game": ("short.toml", "--worlds", 20),
        "infer": ("--worlds", 60),
        "sensitivity": ("short.toml", "architectural", "aligned", "--base", 16),
        "regret": ("architectural", "aligned", "--scenario", "short.toml", "--worlds", 2),
    }
    for name, words in asked.items():
        done = doctrine(name, *words, "--guest", "china", "--out", name, "--quiet")
        assert done.code == 0, done.err
        command = json.loads((tmp_path / name / "answer.json").read_text(encoding="utf-8"))["command"]
        assert "--guest china" in command


def test_an_atlas_takes_guests(doctrine, tmp_path, monkeypatch):
    whole = grid.design

    def few(*asked):
        plan = whole(*asked)
        corners = plan.nodes[(plan.nodes % 1.0 == 0.0).all(axis=1)]
        ends = tuple((each[0], each[-1]) for each in plan.levels)
        return plan._replace(levels=ends, nodes=corners, held_out=plan.held_out[:2])

    monkeypatch.setattr(grid, "design", few)
    done = doctrine("atlas", "short.toml", "--guest", "china:backing=1", "--worlds", 2, "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["command"] == "doctrine atlas short.toml --guest china:backing=1 --worlds 2 --seed 1"
    assert told["file"] == "results/atlas/short-with-china-backing-1.html"
    assert "Half a year, with China (backing 1)" in (tmp_path / told["file"]).read_text(encoding="utf-8")


def test_a_page_with_the_model_takes_none_and_says_so_before_anything_is_fetched(doctrine, monkeypatch):
    monkeypatch.setattr("sim.browser.page.runtime.runtime", None)
    done = doctrine("page", "short.toml", "--guest", "china", "--worlds", 2)
    assert done.code == 2
    assert "guests: china cannot act where only the model is, such as in a page" in " ".join(done.err.split())


@pytest.mark.parametrize("command", options.NO_COMPANY)
def test_commands_about_what_ships_take_no_guests_and_say_why(doctrine, command):
    for words in (("--guest", "china"), ("--guest=china",)):
        answer = doctrine(command, *words)
        assert answer.code == 2
        said = " ".join(answer.err.split())
        assert f"doctrine {command} takes no guests: {options.NO_COMPANY[command]}. Help:" in said
    page = (ROOT / "docs" / "how-to" / "add-an-actor.md").read_text(encoding="utf-8")
    assert f"`{command}`" in page[page.index("Four commands that simulate take no guests") :].partition("\n\n")[0]


def test_every_other_command_that_simulates_a_scenario_takes_guests():
    without = {"worlds", "explain", "replay", "list", "check", "schema", "lessons", "theory", "record"}
    taking = {name for name in cli.app if not name.startswith("-") and "--guest" in _options(name)}
    assert {name for name in cli.app if not name.startswith("-")} - taking == {*options.NO_COMPANY, *without}
    page = (ROOT / "docs" / "how-to" / "add-an-actor.md").read_text(encoding="utf-8")
    listed = page[page.index("every command that simulates a scenario of yours") :].partition("\n\n")[0]
    assert {*re.findall(r"`(\w+)`", listed)} == taking


def _options(command):
    return {name for argument in cli.app[command].assemble_argument_collection() for name in argument.names}


def test_a_scenario_file_invites_and_lets_go(doctrine, tmp_path):
    text = 'extends = "short.toml"\ntitle = "Mine"\nquestion = "What?"\n[guests.china]\nbacking = 1\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    (tmp_path / "none.toml").write_text('extends = "mine.toml"\ndrop = ["guests"]\n', encoding="utf-8")
    checked = doctrine("check", "mine.toml", "none.toml").out
    assert "guests: china joins (backing 1), from doctrine-china 0.1.0" in checked
    assert "guests: china of mine.toml let go" in checked
    assert load(tmp_path / "mine.toml").guests == {"china": {"backing": 1.0}}
    assert load(tmp_path / "none.toml").guests == {}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('guests = ["china"]', "line 4   guests: must be a table of dials for each guest, like [guests.china]"),
        ("[guests]\nchina = 1", "line 5   guests.china: must be a table of dials for each guest"),
        ("[guests.china]\nbacking = 2", "line 5   guests.china.backing: must be at most 1, got 2"),
        ("[guests.china]\nbaking = 1", "line 5   guests.china.baking: unknown dial of china 'baking'; did you mean"),
        ("[guests.quiet]\nbacking = 1", "line 5   guests.quiet.backing: unknown key; quiet has no dials"),
        ("[guests.chna]", "line 4   guests.chna: no installed package offers a guest 'chna'"),
        ("[guests.lost]", "line 4   guests.lost: others 1.0 (entry point 'lost' of doctrine.guests, nowhere:Lost)"),
    ],
)
def test_what_a_file_says_wrongly_is_told_with_its_line(doctrine, tmp_path, table, says):
    head = 'extends = "short.toml"\ntitle = "Mine"\nquestion = "What?"\n'
    (tmp_path / "mine.toml").write_text(f"{head}{table}\n", encoding="utf-8")
    answer = doctrine("check", "mine.toml")
    assert answer.code == 2
    assert says in answer.err


@pytest.mark.parametrize(
    ("guest", "why"),
    [
        (
            "lost",
            "cannot be imported: ModuleNotFoundError: No module named 'nowhere'; reinstall or remove that package",
        ),
        ("gone", "there is no Gone in offered; that package must be mended"),
        *(
            (name, "must lead to an object, module:object, such as package.actors:China; that package must be mended")
            for name in ("module", "empty", "colon", "spaced", "path")
        ),
        ("submodule", "cannot be imported: ModuleNotFoundError: No module named 'offered.Quiet'"),
        ("deaf", "its __init__ must take the model, and then its dials; that package must be mended"),
        ("idle", "the class must say what it does in a month, in a method act(); that package must be mended"),
        ("stiff", "its __init__ must take the model by its place, and each dial by its name; that package must be"),
        ("formal", "its __init__ must take the model by its place, and each dial by its name; that package must be"),
        ("vague", "the class is abstract; it must have mood; that package must be mended"),
        ("we ird", "a guest is named with letters, digits and _; that package must rename it"),
        ("leaving", "cannot be imported: SystemExit: 3; reinstall or remove that package"),
        ("number", "must be a subclass of sim.actors.guest.Guest, is int; that package must be mended"),
        ("stranger", "must be a subclass of sim.actors.guest.Guest, is the class Stranger; that package"),
        ("misnamed", "the class must say name = 'misnamed', as its entry point does"),
        ("clumsy", "its dial weight must have a default from 0 to 1"),
        ("hungry", "its dial hunger must have a default from 0 to 1"),
        ("russia", "an actor of the model has that name; that package must give it another name"),
    ],
)
def test_a_guest_that_cannot_be_used_is_named_with_package_entry_point_rule_and_remedy(doctrine, guest, why):
    answer = doctrine("run", "short.toml", "--guest", guest, "--worlds", 2)
    assert answer.code == 2
    assert f"others 1.0 (entry point '{guest}' of doctrine.guests, {BROKEN[guest]}): {why}" in answer.err


@pytest.mark.parametrize("guest", TONGUE_TIED)
def test_a_guest_that_cannot_tell_of_what_it_does_is_told_before_anything_is_written(doctrine, tmp_path, guest):
    answer = doctrine("run", "short.toml", "--guest", guest, "--worlds", 2, "--out", "mine")
    assert answer.code == 2
    said = " ".join(answer.err.split())
    assert f"guest '{guest}' in 2026-01 failed: {TONGUE_TIED[guest]}; mend others 1.0" in said
    assert not (tmp_path / "mine").exists()


def test_a_guest_in_code_is_tried_too():
    class Silent(Guest):
        def act(self):
            pass

        def news(self):
            return None

    with pytest.raises(PluginError, match=r"^guest 'silent' in 2026-01 failed: TypeError: news\(\) must return"):
        sim.run(load("outlook").with_horizon(2), worlds=2, guests=[Silent])


def test_what_a_guest_says_when_it_is_tried_is_news_all_the_same(doctrine):
    """It is tried in a world of its own: what China tells only once is told by `replay`."""
    doctrine("run", "short.toml", "--guest", "china:backing=1", "--worlds", 2, "--out", "mine")
    story = doctrine("replay", "mine", "--world", 0).out
    assert " ".join(story.split()).count("China sends Moscow what its forces lack.") == 1


def test_a_guest_that_is_made_without_its_base_is_refused_when_it_joins(doctrine):
    answer = doctrine("run", "short.toml", "--guest", "orphan", "--worlds", 2)
    assert answer.code == 2
    assert "offered:Orphan): its __init__ must begin with super().__init__(model); that package must" in answer.err


def test_two_packages_with_one_name_are_both_named(doctrine, tmp_path, monkeypatch):
    target = {"china": "doctrine_china.guest:China"}
    monkeypatch.syspath_prepend(offer(tmp_path / "rival", "doctrine-beijing", {GUESTS: target}))
    looked_up_anew()
    answer = doctrine("run", "short.toml", "--guest", "china", "--worlds", 2)
    assert answer.code == 2
    assert "doctrine-china 0.1.0" in answer.err
    assert "doctrine-beijing 1.0" in answer.err
    assert "has the same name; remove one of the two packages" in answer.err
    assert doctrine("run", "short.toml", "--guest", "quiet", "--worlds", 2).code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--guest", "chna"],
            "no installed package offers a guest 'chna' (entry points doctrine.guests); did you mean",
        ),
        (["--guest", "china:backing"], "must be a name, or name:dial=value,dial=value"),
        (["--guest", "china:backing=1,backing=1"], "each dial once and with a number"),
        (["--guest", "china:backing=2"], "guests.china.backing: must be at most 1, got 2.0"),
        (
            ["--guest", "china:baking=1"],
            "guests.china.baking: unknown dial of china 'baking'; did you mean 'backing'?\n",
        ),
        (["--guest", "mars"], "a guest 'mars' (entry points doctrine.guests) (installed: china, counting, infinite, "),
        (["--guest", "misname"], f"'misname' (entry points doctrine.guests) (installed: {', '.join(USABLE)}); install"),
        (["--guest", "china", "--guest", "china:backing=1"], "guest 'china' is given twice"),
    ],
)
def test_a_guest_that_is_asked_for_wrongly_is_told(doctrine, words, says):
    answer = doctrine("run", "short.toml", *words, "--worlds", 2)
    assert answer.code == 2
    assert says in answer.err


@pytest.mark.parametrize(
    ("guest", "why"),
    [
        ("loud", "KeyError: 'no such thing'"),
        ("shy", "ZeroDivisionError: division by zero"),
        ("infinite", "ZeroDivisionError: division by zero"),
    ],
)
def test_a_guest_that_fails_is_named_with_the_month_and_its_package(doctrine, guest, why):
    answer = doctrine("run", "short.toml", "--guest", guest, "--worlds", 2)
    assert answer.code == 2
    assert f"guest '{guest}' in 2026-01 failed: {why}; mend others 1.0" in " ".join(answer.err.split())


@pytest.mark.parametrize("how", [(), ("--no-paths",)])
def test_a_guest_that_leaves_a_number_out_of_its_domain_is_named_and_nobody_else(doctrine, how):
    answer = doctrine("run", "short.toml", "--guest", "vandal", "--worlds", 2, *how)
    assert answer.code == 1
    said = " ".join(answer.err.split())
    assert "guest 'vandal' in 2026-01: force_ukraine in world 0 is -" in said
    assert "must be above 0, and finite; mend others 1.0, or its dials" in said


def test_a_result_whose_guest_is_no_longer_there_names_its_package(doctrine, tmp_path):
    doctrine("run", "short.toml", "--guest", "china", "--worlds", 2, "--out", "mine")
    shutil.rmtree(tmp_path / "example")
    looked_up_anew(("doctrine_china",))
    for words in (("explain", "mine", "--world", 0, "--month", "2026-02"), ("replay", "mine", "--world", 0)):
        answer = doctrine(*words)
        assert answer.code == 2
        assert "mine: made with doctrine-china 0.1.0, which offers a guest or a preset in it" in answer.err
        assert "install it: pip install doctrine-china==0.1.0" in answer.err
    assert sim.open_results(tmp_path / "mine").sizes["world"] == 2


def test_a_result_told_with_another_version_of_its_package_says_so(doctrine, tmp_path, monkeypatch):
    doctrine("run", "short.toml", "--guest", "quiet", "--worlds", 2, "--out", "mine")
    (tmp_path / "others" / "others-1.0.dist-info").rename(tmp_path / "others" / "others-2.0.dist-info")
    about = tmp_path / "others" / "others-2.0.dist-info" / "METADATA"
    about.write_text(about.read_text(encoding="utf-8").replace("Version: 1.0", "Version: 2.0"), encoding="utf-8")
    looked_up_anew()
    answer = doctrine("replay", "mine", "--world", 0)
    assert answer.code == 0
    assert "Made with others 1.0, told with 2.0: details may differ." in answer.err


def test_installed_guests_are_listed_and_those_that_cannot_be_used_are_told(doctrine):
    answer = doctrine("list", "guests")
    assert answer.code == 0
    told = " ".join(answer.out.split())
    assert "china Beijing, which does not want Moscow to lose" in told
    assert "Dials: backing=0.5. From doctrine-china 0.1.0." in told
    assert all(f"entry point '{name}'" in answer.err for name in BROKEN)
    as_data = json.loads(doctrine("list", "guests", "--json").out)
    assert list(as_data["guests"]) == USABLE
    assert "china" in doctrine("list").out


def test_without_any_the_list_says_where_they_come_from(doctrine, tmp_path, monkeypatch):
    for folder in ("example", "others"):
        shutil.rmtree(tmp_path / folder)
    looked_up_anew()
    assert "none  Another package offers them" in doctrine("list", "guests").out


def test_a_scenario_with_guests_is_no_scenario_for_a_page():
    with pytest.raises(InputError, match="guests: china cannot act where only the model is"):
        as_json(load("outlook").with_(guests={"china": {}}))


def test_in_code_a_guest_is_a_table_that_varies_a_scenario():
    varied = load("outlook").with_(guests={"quiet": {}, "china": {}})
    assert varied.guests == {"china": {"backing": 0.5}, "quiet": {}}
    assert list(varied.guests) == ["china", "quiet"]
    with pytest.raises(ScenarioError, match=r"guests\.china\.backing: must be at least 0, got -1"):
        load("outlook").with_(guests={"china": {"backing": -1.0}})
