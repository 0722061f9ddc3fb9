"""What is said of the doctrines that a file inherits: what replaces them, what they take back, when they are from."""

import pytest

import sim.scenario as scenario

LATER = """
extends = "outlook"

[[us.doctrine]]
from = "2027-01"
preset = "architectural"
"""
AMENDED = LATER.replace('preset = "architectural"', "clarity = 0.9")
UNTIL = "holds until 2027-01, when preset 'architectural' of later.toml begins (drop = [\"us.doctrine\"] lets that go)"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file, and read it with what is said of it."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "mine") -> scenario.Loaded:
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return scenario.loaded(f"{name}.toml")

    return written


# ---- a dial that an inherited change takes back


def test_a_dial_that_a_later_preset_takes_back_is_said_to_hold_until_then(file):
    file(LATER, "later")
    mine = file('extends = "later.toml"\n[us]\ncommitment = 0.9\n')
    assert mine.notes == (f"us: commitment 0.9 {UNTIL}",)
    assert [entry.doctrine.commitment == 0.9 for entry in mine.scenario.us] == [True, False]


def test_a_dial_of_the_history_holds_until_the_next_executive(file):
    (note,) = file('extends = "history"\n[us]\ncommitment = 0.1\n').notes
    assert note.startswith("us: commitment 0.1 holds until 2025-01, when preset 'transactional' of history.toml begins")


def test_many_dials_are_counted_and_named_in_full_elsewhere(file):
    dials = "order = 0.11\ncommitment = 0.12\nclarity = 0.13\n"
    shares = "priorities = {europe = 0.51, indo_pacific = 0.21, hemisphere = 0.11, domestic = 0.17}\n"
    mine = file(f'extends = "history"\n[congress]\nagenda = 0.7\n[us]\n{dials}{shares}')
    until = "hold until 2025-01, when preset 'transactional' of history.toml begins"
    us, congress = mine.notes
    assert us.startswith(f"us: order 0.11, commitment 0.12, clarity 0.13, priorities.europe 0.51 and 3 more {until}")
    assert f"priorities.hemisphere 0.11 and priorities.domestic 0.17 {until}" in mine.in_full[0]
    assert congress.startswith("congress: agenda 0.7 holds until 2023-01, when preset '118th' of history.toml begins")


def test_a_change_that_leaves_the_dial_alone_takes_nothing_back(file):
    file(AMENDED, "later")
    mine = file('extends = "later.toml"\n[us]\ncommitment = 0.9\n')
    assert mine.notes == ()
    assert {entry.doctrine.commitment for entry in mine.scenario.us} == {0.9}


def test_an_amendment_of_the_same_dial_takes_it_back(file):
    file(AMENDED, "later")
    (note,) = file('extends = "later.toml"\n[us]\nclarity = 0.2\n').notes
    assert note.startswith("us: clarity 0.2 holds until 2027-01, when a change of later.toml begins")


def test_a_dial_that_the_later_preset_has_too_holds_on(file):
    file(LATER, "later")
    commitment = scenario.load("later.toml").us[-1].doctrine.commitment
    assert file(f'extends = "later.toml"\n[us]\ncommitment = {commitment}\n').notes == ()


def test_what_the_file_itself_changes_before_needs_no_word(file):
    file(LATER, "later")
    mine = file(
        'extends = "later.toml"\n[us]\ncommitment = 0.9\n[[us.doctrine]]\nfrom = "2026-06"\npreset = "aligned"\n'
    )
    assert not [note for note in mine.notes if "holds until" in note]


def test_a_dated_dial_of_the_file_is_taken_back_as_well(file):
    file(LATER, "later")
    mine = file('extends = "later.toml"\n[[us.doctrine]]\nfrom = "2026-06"\ncommitment = 0.9\n')
    assert mine.notes[-1] == f"us: commitment 0.9 {UNTIL}"


def test_changes_that_are_let_go_take_nothing_back(file):
    file(LATER, "later")
    mine = file('extends = "later.toml"\ndrop = ["us.doctrine"]\n[us]\ncommitment = 0.9\n')
    assert mine.notes == ("us.doctrine: 1 change (2027-01) of later.toml let go",)


# ---- presets that are replaced, and those that hold instead


def test_a_preset_is_said_to_be_replaced_where_the_inherited_change_is_too(file):
    mine = file(
        'extends = "history"\n[us]\npreset = "aligned"\n'
        '[[us.doctrine]]\nfrom = "2025-01"\npreset = "transactional"\nclarity = 0.9\n'
    )
    assert mine.notes == (
        "us.doctrine: 0 inherited from history.toml, 1 of its own; replaced: 2025-01",
        "us: preset 'aligned' replaces 'architectural' of history.toml",
    )


def test_what_holds_instead_of_a_doctrine_that_is_let_go_is_said(file):
    mine = file('extends = "outlook"\ndrop = ["us"]\n')
    assert mine.notes == (
        "us: preset 'transactional' of outlook.toml let go; the default preset, 'architectural', now holds",
    )
    assert mine.scenario.us[0].preset == "architectural"
    named = file('extends = "outlook"\ndrop = ["us"]\n[us]\npreset = "aligned"\n')
    assert named.notes == ("us: preset 'transactional' of outlook.toml let go",)


# ---- a start that doctrines were not given for


def about_time(found: scenario.Loaded) -> list[str]:
    return [note for note in found.notes if "doctrines are" in note]


def test_an_earlier_start_keeps_doctrines_of_another_time_and_says_so(file):
    mine = file('extends = "outlook"\nstart = "2023-06"\n')
    assert about_time(mine) == ["doctrines are those of 2026-01: us transactional, congress 119th"]
    named = file('extends = "outlook"\nstart = "2023-06"\n[congress]\npreset = "118th"\n')
    assert about_time(named) == ["doctrines are those of 2026-01: us transactional"]


def test_doctrines_are_as_old_as_the_last_change_that_is_folded_into_the_start(file):
    file('extends = "history"\nstart = "2025-09"\n', "base")
    assert about_time(file('extends = "base.toml"\nstart = "2025-03"\n')) == []
    assert about_time(file('extends = "base.toml"\nstart = "2024-03"\n')) == [
        "doctrines are those of 2025-01: us transactional, congress 119th"
    ]


def test_a_later_start_says_nothing_of_their_age(file):
    assert about_time(file('extends = "outlook"\nstart = "2026-06"\n')) == []
