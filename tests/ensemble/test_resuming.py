"""What an interrupted run left is believed only as far as it is what was written; the rest is made again, and said."""

import json
import shutil
from pathlib import Path

import pytest

from sim import ensemble
from sim.answers import ensemble_answer
from sim.answers.ensemble_answer import Writing, written_in_batches
from sim.basics.folders import FolderError
from sim.basics.limits import InputError
from sim.cli import console
from sim.ensemble import batches
from sim.ensemble.ensemble import Ensemble
from sim.ensemble.study import Study, comparison
from sim.store import parts, unfinished
from sim.store.provenance import sha256

pytestmark = pytest.mark.long

SMALL, DONE, PARTS = 32, 4, 5
STOPPED_AT = DONE + 1


def shrink(patch: pytest.MonkeyPatch) -> None:
    for module in (ensemble, batches, unfinished):
        patch.setattr(module, "BLOCK", SMALL)
    patch.setattr(ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").touch())


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch)


def carried_out(study: Study, place: Path, **options):
    return written_in_batches(study, place, Writing(paths=False, note=console.note, **options))


def interrupted_run(study: Study, place: Path) -> Path:
    """Stop a run before its last part; return what it left."""
    written, calls = parts.write, []

    def failing(*args) -> None:
        calls.append(args)
        if len(calls) == STOPPED_AT:
            raise KeyboardInterrupt
        written(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "write", failing)
        with pytest.raises(KeyboardInterrupt):
            carried_out(study, place)
    return place.with_name(f"{place.name}.unfinished")


@pytest.fixture(scope="module")
def runs(study: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What an interrupted run left, and the results of the same run when nothing stopped it."""
    top = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        left = interrupted_run(study, top / "large")
        carried_out(study, top / "whole")
    return left, top / "whole"


@pytest.fixture
def left(runs: tuple[Path, Path], tmp_path: Path) -> Path:
    """What an interrupted run left, for a test to harm."""
    return shutil.copytree(runs[0], tmp_path / "large.unfinished")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def edit(path: Path, **changes) -> None:
    line, _, numbers = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps(json.loads(line) | changes).encode() + b"\n" + numbers)


def swapped(one: Path, other: Path) -> None:
    a, b = one.read_bytes(), other.read_bytes()
    one.write_bytes(b)
    other.write_bytes(a)


SHARD, PART = "worlds.zarr/us_total/c/1/2", "parts/000002.part"
DAMAGE = {
    "a lost shard": (lambda f: (f / SHARD).unlink(), f"1 part, because {SHARD} is missing."),
    "a shard cut off": (lambda f: cut(f / SHARD), f"1 part, because {SHARD} is not as it was written."),
    "an empty shard": (lambda f: (f / SHARD).write_bytes(b""), f"1 part, because {SHARD} is not as it was written."),
    "a flipped bit in a shard": (lambda f: flip(f / SHARD), f"1 part, because {SHARD} is not as it was written."),
    "shards of other worlds": (
        lambda f: swapped(f / SHARD, f / "worlds.zarr/us_total/c/1/1"),
        "2 parts, because worlds.zarr/us_total/c/1/1 is not as it was written (and 1 others).",
    ),
    "an empty part": (lambda f: (f / PART).write_bytes(b""), "1 part, because 000002.part is damaged."),
    "a part cut off": (lambda f: cut(f / PART), "1 part, because 000002.part is damaged."),
    "a flipped bit in a part": (lambda f: flip(f / PART), "1 part, because "),
    "a part of another order": (
        lambda f: edit(f / PART, order="0" * 64),
        "1 part, because 000002.part is of another run.",
    ),
    "a part of other worlds": (
        lambda f: shutil.copy(f / "parts/000001.part", f / PART),
        "1 part, because 000002.part is of another run.",
    ),
    "a part without its shards": (lambda f: edit(f / PART, shards={}), "1 part, because 000002.part does not speak of"),
    "a deep part": (lambda f: (f / PART).write_bytes(b"[" * 100_000), "1 part, because 000002.part is damaged."),
    "all arrays lost": (lambda f: shutil.rmtree(f / "worlds.zarr"), "4 parts, because worlds.zarr/"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_made_again_to_the_same_bytes(
    damage: str, study: Study, runs: tuple[Path, Path], left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    harm, words = DAMAGE[damage]
    harm(left)
    carried_out(study, left.with_name("large"), resume=True)
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert sha256(left.with_name("large")) == sha256(runs[1])


UNSEEN = {
    "a part that is not there": lambda f: (f / PART).unlink(),
    "a description of other numbers": lambda f: flip(f / "worlds.zarr/us_total/zarr.json"),
    "no description": lambda f: (f / "worlds.zarr/us_total/zarr.json").unlink(),
    "other labels": lambda f: flip(f / "worlds.zarr/member/c/0"),
    "what was being written": lambda f: (f / "worlds.zarr/us_total/c/1/2.77.partial").write_bytes(b"half"),
}


@pytest.mark.parametrize("damage", UNSEEN)
def test_what_can_be_mended_without_worlds_is_mended_without_words(
    damage: str, study: Study, runs: tuple[Path, Path], left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    UNSEEN[damage](left)
    carried_out(study, left.with_name("large"), resume=True)
    assert capsys.readouterr().err == ""
    assert sha256(left.with_name("large")) == sha256(runs[1])


FOREIGN = {
    "an extra part": lambda f: shutil.copy(f / PART, f / "parts/000099.part"),
    "notes beside the parts": lambda f: (f / "parts/notes.txt").write_text("mine"),
    "notes in the folder": lambda f: (f / "thesis.docx").write_text("mine"),
    "notes in the arrays": lambda f: (f / "worlds.zarr/us_total/notes.txt").write_text("mine"),
    "a shard too many": lambda f: shutil.copy(f / SHARD, f / "worlds.zarr/us_total/c/1/99"),
}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_is_none_of_the_run_is_refused_and_left_alone(foreign: str, study: Study, left: Path) -> None:
    FOREIGN[foreign](left)
    before = sha256(left)
    with pytest.raises(FolderError, match=r"is nothing of this run; take it away, or --force starts anew"):
        carried_out(study, left.with_name("large"), resume=True)
    assert sha256(left) == before


def test_a_run_with_little_in_it_is_left_alone_too(study: Study, left: Path) -> None:
    for number in range(1, DONE):
        (left / "parts" / parts.name(number)).unlink()
    test_what_is_none_of_the_run_is_refused_and_left_alone("notes in the folder", study, left)


def test_a_link_among_the_arrays_is_refused(study: Study, left: Path, tmp_path: Path) -> None:
    (left / SHARD).rename(tmp_path / "elsewhere")
    (left / SHARD).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FolderError, match=rf"{SHARD}: is no plain file; --force starts anew"):
        carried_out(study, left.with_name("large"), resume=True)


@pytest.mark.parametrize("text", ["", "[]", "no json", '{"seed": NaN}', "[" * 100_000])
def test_an_order_that_cannot_be_read_is_refused(text: str, study: Study, left: Path) -> None:
    (left / "run.json").write_text(text)
    with pytest.raises(FolderError, match=r"run.json: is damaged; --force starts anew"):
        carried_out(study, left.with_name("large"), resume=True)


def test_parts_of_another_seed_are_not_taken_for_ours(study: Study, runs: tuple[Path, Path], left: Path) -> None:
    """Not even when the order that lies beside them was changed to ours."""
    other = comparison(study.base, list(study.scenarios), ensemble=Ensemble(worlds=150, seed=4))
    with pytest.raises(InputError, match="has other seed: 3, not 4"):
        carried_out(other, left.with_name("large"), resume=True)
    order = json.loads((left / "run.json").read_text())
    (left / "run.json").write_text(json.dumps(order | {"seed": 4}))
    carried_out(other, left.with_name("large"), resume=True)
    carried_out(other, left.with_name("anew"))
    assert sha256(left.with_name("large")) == sha256(left.with_name("anew"))
