"""A folder that somebody else wrote is refused in words, in bounded time and memory, whatever it says of itself.

`believed` makes the digests right, so that nothing is refused for them.
"""

import gzip
import json
import os
import shutil
import signal
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.answers.explain import explain, replay
from sim.basics.folders import FolderError
from sim.basics.mistakes import ScenarioError
from sim.store import result_folder as store
from sim.store.provenance import sha256

SECONDS, MEGABYTES = 30, 300
SCENARIO = "scenario-architectural.toml"
NEED = "paths.zarr/need/zarr.json"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes pipes, links and alarms")


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """No test may hang, or fill the memory."""

    def late(*_: object) -> None:
        raise AssertionError(f"took more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    assert peak < MEGABYTES * 1e6


def edit(folder: Path, **changes: object) -> None:
    path = folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def rename(folder: Path, name: str) -> None:
    """Let run.json say that a scenario lies elsewhere."""
    doctrines = json.loads((folder / "run.json").read_text())["doctrines"]
    doctrines[0]["file"] = name
    edit(folder, doctrines=doctrines)


def believed(folder: Path) -> None:
    """Make the digests of data right again."""
    run = json.loads((folder / "run.json").read_text())
    edit(folder, files={name: sha256(folder / name) for name in run["files"]})


def described(folder: Path, **changes: object) -> None:
    """Let an array say other things of itself."""
    path = folder / NEED
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    believed(folder)


def chunked(*shape: object) -> dict[str, object]:
    return {"name": "regular", "configuration": {"chunk_shape": list(shape)}}


def replace(path: Path, how: str, elsewhere: Path) -> None:
    """Put something in the place of a file or folder that is none."""
    elsewhere = elsewhere.with_name("elsewhere")
    shutil.move(path, elsewhere)
    if how == "a pipe":
        os.mkfifo(path)
    elif how == "a folder":
        path.mkdir()
    else:
        path.symlink_to({"a device": Path("/dev/zero"), "a link": elsewhere, "a link to nothing": path / "x"}[how])


INSTEAD = ("a pipe", "a device", "a link", "a link to nothing", "a folder")
FILES = ("run.json", SCENARIO, "worlds.csv.gz", "paths.zarr/need/c/0/0/0", NEED)


@pytest.mark.parametrize("how", INSTEAD)
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_plain_file_is_refused(name: str, how: str, saved: Path) -> None:
    replace(saved / name, how, saved)
    opened = store.open_scenarios if name == SCENARIO else store.open_results
    words = "is not as it was written" if how == "a folder" and "zarr/" in name else "is no plain file"
    with pytest.raises(FolderError, match=rf"{words}; make the results again") as caught:
        opened(saved)
    assert (name if words == "is no plain file" else "paths.zarr") in str(caught.value)


@pytest.mark.parametrize("how", ["a pipe", "a device", "a link"])
def test_arrays_that_are_no_folder_are_refused(how: str, saved: Path) -> None:
    replace(saved / "paths.zarr", how, saved)
    with pytest.raises(FolderError, match=r"paths.zarr: is no folder; make the results again"):
        store.open_results(saved)


NAMES = (
    "/etc/passwd",
    "../outlook/scenario.toml",
    "..",
    ".",
    "",
    "/dev/zero",
    "a/b.toml",
    "a\\b.toml",
    "a\0b",
    ".hidden",
)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_the_folder(name: str, saved: Path) -> None:
    rename(saved, name)
    for ask in (lambda: explain(saved, 0, "2026-01"), lambda: replay(saved, 0)):
        with pytest.raises(FolderError, match=r"run.json: is damaged at 'doctrines.0.file'; make the results again"):
            ask()


def test_a_scenario_of_results_extends_no_other_file(saved: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('password = "xyzzy"\n')
    (saved / SCENARIO).write_text(f'format = 3\n"ext\\u0065nds" = "{secret}"\n')
    doctrines = json.loads((saved / "run.json").read_text())["doctrines"]
    doctrines[0]["digest"] = sha256(saved / SCENARIO)
    edit(saved, doctrines=doctrines)
    with pytest.raises(ScenarioError, match="whose scenarios stand alone") as caught:
        store.open_scenarios(saved)
    assert "password" not in str(caught.value)


HUGE = 10**4000
TEXTS = {
    "huge": (lambda f: (f / "run.json").write_bytes(b" " * 10_000_001), "run.json: has 10,000,001 bytes, more than"),
    "deep": (lambda f: (f / "run.json").write_text("[" * 200_000), "run.json: is damaged; make the results again"),
    "cut off": (lambda f: (f / "run.json").write_bytes((f / "run.json").read_bytes()[:-99]), "run.json: is damaged; m"),
    "not a number": (lambda f: (f / "run.json").write_text('{"program": NaN}'), "run.json: is damaged; make the"),
    "endless digits": (
        lambda f: (f / "run.json").write_text('{"worlds": 1' + "0" * 9999 + "}"),
        "run.json: is damaged",
    ),
    "controls in the version": (lambda f: edit(f, format=9, version="\x1b[2J"), r"version '\\x1b\[2J'"),
}
VALUES = {
    "worlds": (-1, 0, 1.5, True, "many", None, 10_000_001, 10**30),
    "seed": (-1, 2**64, 1.5, False, None),
    "doctrines": ([], {}, None, ["x"], [{"label": "x" * 1001, "file": "a.toml", "digest": "0" * 64}]),
    "files": ([], {"../x": "0" * 64}, {"worlds.csv.gz": "short"}, {"worlds.csv.gz": None}),
    "variables": (
        [],
        {"x": 1},
        {"x": {"dims": ["doctrine"], "dtype": "float32", "attrs": {}}},
        *({"x": {"dims": ["doctrine", "world"], "dtype": kind, "attrs": {}}} for kind in ("object", "U99999999", "O")),
    ),
    "format": (2, -1, "1", None),
    "program": ("excel", None, 1, ["doctrine-sim"]),
    "attributes": ([], 1, None),
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_provenance_is_refused(text: str, saved: Path) -> None:
    harm, words = TEXTS[text]
    harm(saved)
    with pytest.raises(FolderError, match=words):
        store.open_run(saved)


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in VALUES.items() for value in values])
def test_a_value_that_cannot_be_is_refused_by_its_key(key: str, value: object, saved: Path) -> None:
    edit(saved, **{key: value})
    words = {"format": "was written by version", "program": "was not written by doctrine-sim"}
    with pytest.raises(FolderError, match=words.get(key, rf"run.json: is damaged at '{key}")):
        store.open_run(saved)


def bomb(folder: Path) -> None:
    """A megabyte that unpacks to a gigabyte: the table, and then the same row for ever."""
    path = folder / "worlds.csv.gz"
    text = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(text) + gzip.compress(b"0" * 10_000_000) * 100)
    believed(folder)


def table(old: str, new: str):
    """Write something else into the table of worlds."""

    def harm(folder: Path) -> None:
        path = folder / "worlds.csv.gz"
        text = gzip.decompress(path.read_bytes()).decode()
        assert old in text
        path.write_bytes(gzip.compress(text.replace(old, new, 1).encode()))
        believed(folder)

    return harm


def cut_table(folder: Path) -> None:
    path = folder / "worlds.csv.gz"
    path.write_bytes(path.read_bytes()[:-99])
    believed(folder)


TABLE = "worlds.csv.gz: is damaged; make the results again"
TABLES = {
    "a bomb": (bomb, "worlds.csv.gz: is larger than a table of 40 worlds can be"),
    "more worlds than rows": (lambda f: edit(f, worlds=10_000_000), TABLE),
    "fewer worlds than rows": (lambda f: edit(f, worlds=1), "worlds.csv.gz: is larger than a table of 1 worlds"),
    "cut off": (cut_table, TABLE),
    "another heading": (table("us_total", "us_totals"), TABLE),
    "another number of a world": (table("architectural,1,", "architectural,2,"), TABLE),
    "another doctrine": (table("architectural,1,", "Architectural,1,"), TABLE),
    "another class": (table(",war,", ",wars,"), TABLE),
    "a row too many": (table("architectural,1,", "architectural,1,\narchitectural,1,"), TABLE),
    "no text": (lambda f: ((f / "worlds.csv.gz").write_bytes(gzip.compress(b"\xff\xfe")), believed(f)), TABLE),
    "nothing": (lambda f: ((f / "worlds.csv.gz").write_bytes(b""), believed(f)), TABLE),
    "a line without end": (
        lambda f: ((f / "worlds.csv.gz").write_bytes(gzip.compress(b"x" * 50_000_000)), believed(f)),
        TABLE,
    ),
    "no worlds at all": (lambda f: edit(f, files={}), "run.json: speaks of no worlds; make the results again"),
}

DAMAGED = r"need/zarr.json: is damaged; make the results again"
ARRAYS = {
    "another shape": (lambda f: described(f, shape=[2, 41, 12]), DAMAGED),
    "a huge shape": (lambda f: described(f, shape=[2, 40, 10**12]), DAMAGED),
    "a negative shape": (lambda f: described(f, shape=[2, 40, -12]), DAMAGED),
    "no shape": (lambda f: described(f, shape=[]), DAMAGED),
    "true as a size": (lambda f: described(f, shape=[2, 40, True]), DAMAGED),
    "too many months": (lambda f: described(f, shape=[2, 40, 601]), DAMAGED),
    "a huge chunk": (lambda f: described(f, chunk_grid=chunked(1, 2**40, 12)), DAMAGED),
    "a chunk of nothing": (lambda f: described(f, chunk_grid=chunked(0, 40, 12)), DAMAGED),
    "an odd chunk": (lambda f: described(f, chunk_grid=chunked(1, 39, 12)), DAMAGED),
    "another kind": (lambda f: described(f, data_type="complex256"), DAMAGED),
    "texts": (lambda f: described(f, data_type="string"), DAMAGED),
    "another codec": (lambda f: described(f, codecs=[{"name": "numcodecs.pickle"}]), DAMAGED),
    "no codecs": (lambda f: described(f, codecs=7), DAMAGED),
    "another format": (lambda f: described(f, zarr_format=2), DAMAGED),
    "a transformer": (lambda f: described(f, storage_transformers=[{"name": "x"}]), DAMAGED),
    "other chunk names": (lambda f: described(f, chunk_key_encoding={"name": "v2"}), DAMAGED),
    "a dimension twice": (lambda f: described(f, dimension_names=["doctrine", "doctrine", "month"]), DAMAGED),
    "a huge description": (lambda f: described(f, attributes={"x": "y" * 1_000_001}), "zarr.json: has 1,000"),
    "a shard cut off": (lambda f: ((f / "paths.zarr/need/c/0/0/0").write_bytes(b"x"), believed(f)), r"c/0/0/0: is dam"),
}


def inflated(folder: Path) -> None:
    """A chunk that says it unpacks to two gigabytes."""
    path = folder / "paths.zarr/need/c/0/0/0"
    content = bytearray(path.read_bytes())
    content[4:8] = (2**31 - 64).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    believed(folder)


def inflated_labels(folder: Path) -> None:
    """Labels that say they unpack to four gigabytes."""
    path = (
        folder / "paths.zarr/member/c/0" if (folder / "paths.zarr/member").exists() else folder / "paths.zarr/world/c/0"
    )
    head = b"\x28\xb5\x2f\xfd" + bytes([0xA0]) + (2**32 - 1).to_bytes(4, "little")
    path.write_bytes(head + path.read_bytes()[6:])
    believed(folder)


def hollow(folder: Path) -> None:
    """Ten million worlds, of which nothing is there."""
    for path in (folder / "paths.zarr").glob("*/zarr.json"):
        about = json.loads(path.read_text())
        about["shape"] = [10_000_000 if size == 40 else size for size in about["shape"]]
        path.write_text(json.dumps(about))
    shutil.rmtree(folder / "paths.zarr/need/c")
    run = json.loads((folder / "run.json").read_text())
    shutil.move(folder / "paths.zarr", folder / "worlds.zarr")
    edit(folder, worlds=10_000_000, files={"worlds.zarr": sha256(folder / "worlds.zarr")}, variables=run["variables"])


ARRAYS |= {
    "a chunk that is a bomb": (inflated, r"need/c/0/0/0: is damaged; make the results again"),
    "labels that are a bomb": (inflated_labels, r"c/0: is damaged; make the results again"),
    "nothing in them": (hollow, r"worlds.zarr: says that [\d,]+ bytes are in it, which cannot be"),
    "no group": (lambda f: ((f / "paths.zarr/zarr.json").write_text("{}"), believed(f)), "paths.zarr: is damaged"),
}


@pytest.mark.parametrize("harm", TABLES)
def test_a_table_that_is_not_of_these_worlds_is_refused(harm: str, saved: Path) -> None:
    do, words = TABLES[harm]
    do(saved)
    with pytest.raises(FolderError, match=words):
        store.open_results(saved)


@pytest.mark.parametrize("harm", ARRAYS)
def test_arrays_that_are_not_of_these_worlds_are_refused(harm: str, saved: Path) -> None:
    do, words = ARRAYS[harm]
    do(saved)
    with pytest.raises(FolderError, match=words):
        store.open_results(saved)


@pytest.mark.parametrize("texts", [None, 7, "[" * 100_000, "no json", "[1]", ["one"], {"a": "b"}])
def test_doctrines_that_are_not_written_out_are_called_by_their_labels(texts: object, saved: Path) -> None:
    run = json.loads((saved / "run.json").read_text())
    edit(saved, attributes=run["attributes"] | {"doctrines": texts})
    assert store.open_run(saved).spelt == {label: label for label in store.open_scenarios(saved)}


def test_what_nobody_harmed_is_opened(saved: Path) -> None:
    believed(saved)
    described(saved)
    assert store.open_results(saved).sizes["world"] == 40
