"""Runs larger than memory: the same numbers as in memory, and whatever stops them, resumed to the same bytes."""

import errno
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from sim import ensemble
from sim.answers import ensemble_answer
from sim.answers.ensemble_answer import Writing, written_in_batches
from sim.basics.folders import KEPT, FolderError
from sim.basics.limits import InputError
from sim.ensemble import batches
from sim.ensemble.batches import BlockError
from sim.ensemble.ensemble import Ensemble
from sim.ensemble.study import Study, comparison
from sim.questions.compare.doctrines import month_of_change
from sim.questions.compare.ensemble_numbers import ensemble_numbers
from sim.store import parts, unfinished, world_table
from sim.store import result_folder as store
from sim.store.provenance import sha256

pytestmark = pytest.mark.long

Patch = pytest.MonkeyPatch
SMALL, PARTS = 32, 5
"""Worlds a batch, and batches."""


def shrink(patch: pytest.MonkeyPatch) -> None:
    for module in (ensemble, batches, unfinished):
        patch.setattr(module, "BLOCK", SMALL)
    patch.setattr(ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").touch())


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch)
    assert -(-150 // SMALL) == PARTS


def carried_out(study: Study, place: Path, jobs: int = 1, **options):
    study = replace(study, ensemble=replace(study.ensemble, jobs=jobs))
    return written_in_batches(study, place, Writing(**options)).numbers


def part(folder: Path, number: int) -> Path:
    return folder / "parts" / f"{number:06d}.part"


@pytest.fixture(scope="module")
def uninterrupted(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a run that nothing stopped."""
    place = tmp_path_factory.mktemp("large") / "whole"
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        carried_out(study, place, paths=True)
    return place


def test_blocks_put_together_say_what_worlds_in_memory_say(study: Study, tmp_path: Path) -> None:
    found = carried_out(study, tmp_path / "large", paths=True)
    dataset = study.simulate()
    expected = ensemble_numbers(dataset, month_of_change(dataset, study.scenarios))
    assert found.endings == expected.endings
    assert found.worlds == expected.worlds == study.ensemble.worlds
    for table in ("levels", "differences"):
        ours, theirs = getattr(found, table), getattr(expected, table)
        exact = [name for name in ours if name not in ("p05", "p25", "p50", "p75", "p95")]
        for name in exact:
            if ours[name].dtype.kind == "f":
                assert ours[name].to_numpy() == pytest.approx(theirs[name].to_numpy(), rel=1e-9, abs=1e-12, nan_ok=True)
            else:
                assert ours[name].tolist() == theirs[name].tolist()
    assert store.open_results(tmp_path / "large").drop_attrs().equals(dataset.drop_attrs())


@pytest.mark.parametrize("up_to", [10, 1000])
def test_worlds_are_a_table_or_arrays_with_the_same_in_them(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, up_to: int
) -> None:
    monkeypatch.setattr(world_table, "UP_TO", up_to)
    carried_out(study, tmp_path / "large", paths=False)
    names = {path.name for path in (tmp_path / "large").iterdir()}
    assert ("worlds.csv.gz" in names) == (up_to >= study.ensemble.worlds)
    assert ("worlds.zarr" in names) == (up_to < study.ensemble.worlds)
    opened = store.open_results(tmp_path / "large")
    assert opened.drop_attrs().equals(study.simulate().drop_dims("month").drop_attrs())
    assert opened["outcome"].attrs["flag_meanings"].startswith("war")
    assert [path.name for path in tmp_path.iterdir()] == ["large"]


STOPS = {
    "Ctrl-C": KeyboardInterrupt(),
    "a full disk": OSError(errno.ENOSPC, "No space left on device"),
    "a full memory": MemoryError(),
}
MOMENTS = {"before its worlds": ("regions.put", 6), "before its digest": ("parts.write", 3)}


ENDS = [("Ctrl-C", 2), ("a full disk", 1), ("a full memory", 1)]


@pytest.mark.parametrize(("cause", "jobs"), ENDS, ids=str)
@pytest.mark.parametrize("moment", MOMENTS)
def test_whatever_stops_it_is_resumed_to_the_same_bytes(
    study: Study,
    tmp_path: Path,
    uninterrupted: Path,
    monkeypatch: pytest.MonkeyPatch,
    cause: str,
    moment: str,
    jobs: int,
) -> None:
    place, (function, calls) = tmp_path / "large", MOMENTS[moment]
    with monkeypatch.context() as patch:
        original = attrgetter(function)(unfinished)
        patch.setattr(f"sim.store.unfinished.{function}", _after(calls, original, STOPS[cause]))
        with pytest.raises(type(STOPS[cause])) as caught:
            carried_out(study, place, paths=True, jobs=jobs)
    kept = tmp_path / "large.unfinished"
    done = len(list((kept / "parts").glob("*.part")))
    assert 1 < done < PARTS
    assert f"{KEPT}{done} of {PARTS} parts are kept in {kept}" in caught.value.__notes__[-1]
    assert not place.exists()
    simulated = _counting(monkeypatch)
    carried_out(study, place, paths=True, resume=True)
    assert len(simulated) == PARTS - done
    assert different(place, uninterrupted) == []
    assert not kept.exists()


def different(one: Path, other: Path) -> list[str]:
    """Files that are not the same in two folders."""
    names = {path.relative_to(top).as_posix() for top in (one, other) for path in top.rglob("*") if path.is_file()}
    return sorted(
        name
        for name in names
        if not ((one / name).exists() and (other / name).exists()) or sha256(one / name) != sha256(other / name)
    )


def _after(calls: int, original, stop: BaseException):
    """The original, which is stopped at one of its calls."""
    made = []

    def failing(*args, **kwargs):
        made.append(args)
        if len(made) == calls:
            raise stop
        return original(*args, **kwargs)

    return failing


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    simulated, original = [], batches.simulated

    def counted(batch):
        simulated.append(batch.number)
        return original(batch)

    monkeypatch.setattr(batches, "simulated", counted)
    return simulated


def test_a_block_that_fails_names_its_worlds_and_keeps_the_others(
    study: Study, tmp_path: Path, uninterrupted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = batches.simulated

    def failing(batch):
        if batch.number == 2:
            raise ArithmeticError("need is nan")
        return original(batch)

    with monkeypatch.context() as patch:
        patch.setattr(batches, "simulated", failing)
        with pytest.raises(BlockError, match=r"worlds 64 to 95: ArithmeticError: need is nan"):
            carried_out(study, tmp_path / "large", paths=True)
    assert len(list((tmp_path / "large.unfinished" / "parts").glob("*.part"))) == PARTS - 1
    carried_out(study, tmp_path / "large", paths=True, resume=True)
    assert different(tmp_path / "large", uninterrupted) == []


@pytest.fixture
def interrupted(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with monkeypatch.context() as patch:
        patch.setattr(parts, "write", _after(4, parts.write, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            carried_out(study, tmp_path / "large", paths=False)
    return tmp_path / "large"


def test_an_interrupted_run_is_neither_lost_nor_mixed_up_by_the_next(study: Study, interrupted: Path) -> None:
    with pytest.raises(FolderError, match="an interrupted run left 3 finished parts there; --resume finishes it"):
        carried_out(study, interrupted, paths=False)
    other = comparison(study.base, list(study.scenarios), ensemble=Ensemble(worlds=150, seed=4))
    with pytest.raises(InputError, match=r"resume: the interrupted run at .* has other seed: 3, not 4"):
        carried_out(other, interrupted, paths=False, resume=True)
    with pytest.raises(InputError, match=r"has other paths: false, not true"):
        carried_out(study, interrupted, paths=True, resume=True)
    carried_out(study, interrupted, paths=False, force=True)
    assert interrupted.exists()


def test_a_part_that_was_being_written_when_it_was_killed_does_not_count(study: Study, interrupted: Path) -> None:
    kept = interrupted.with_name("large.unfinished")
    part(kept, 4).with_name(".000004.part.writing").write_bytes(b"half")
    carried_out(study, interrupted, paths=False, resume=True)
    assert not kept.exists()


def test_arrays_that_were_lost_are_made_again(study: Study, interrupted: Path, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(interrupted.with_name("large.unfinished") / "worlds.zarr")
    carried_out(study, interrupted, paths=False, resume=True)
    carried_out(study, tmp_path / "whole", paths=False)
    assert sha256(interrupted) == sha256(tmp_path / "whole")


def test_there_must_be_something_to_resume(study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="resume: there is no interrupted run at"):
        carried_out(study, tmp_path / "large", resume=True)
    assert list(tmp_path.iterdir()) == []


def test_a_run_stopped_in_its_first_part_leaves_nothing(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "write", _after(2, parts.write, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        carried_out(study, tmp_path / "large", paths=False)
    assert list(tmp_path.iterdir()) == []
