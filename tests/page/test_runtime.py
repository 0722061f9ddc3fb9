"""The Python for browsers is taken by hash: another is refused, with the remedy, and nothing unchecked is kept."""

import hashlib
import io
import json
import os
import tarfile
import zipfile

import pytest

from sim.basics.limits import InputError
from sim.browser.page import runtime

WHEEL = "numpy-2.0.2-wasm32.whl"


def zipped(*names: str) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as held:
        for name in names:
            held.writestr(name, f"this is {name}")
    return room.getvalue()


@pytest.fixture
def published(monkeypatch, tmp_path):
    """A release of our own, small enough for a test: its files by name; nobody's cache, no npm, and nobody's folder."""
    wheel = zipped("numpy/__init__.py", "numpy/f2py/rules.py", "numpy-2.0.2.dist-info/LICENSE.txt")
    lock = {"info": {}, "packages": {"numpy": {"file_name": WHEEL, "sha256": hashlib.sha256(wheel).hexdigest()}}}
    files = {
        runtime.LOCK: json.dumps(lock).encode(),
        runtime.LOADER: b"nothing that says where packages lie",
        runtime.SCRIPT: b"a script",
        runtime.WASM: b"\0asm",
        runtime.LIBRARY: zipped("json.py", "turtle.py", "encodings/cp437.py", "encodings/cp1252.py"),
    }
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    monkeypatch.setattr(runtime, "HASHES", hashes)
    monkeypatch.setattr(runtime, "user_cache_path", lambda _: tmp_path / "cached")
    monkeypatch.setattr(runtime.shutil, "which", lambda _: None)
    monkeypatch.chdir(tmp_path)
    return {**files, WHEEL: wheel}


@pytest.fixture
def folder(published, tmp_path):
    """A folder that has all of it."""
    place = tmp_path / "wheels"
    place.mkdir()
    for name, content in published.items():
        (place / name).write_bytes(content)
    return place


def packed(files: dict[str, bytes]) -> bytes:
    """As npm packs a package."""
    room = io.BytesIO()
    with tarfile.open(fileobj=room, mode="w:gz") as held:
        for name, content in files.items():
            about = tarfile.TarInfo(f"package/{name}")
            about.size = len(content)
            held.addfile(about, io.BytesIO(content))
    return room.getvalue()


def test_a_folder_that_has_all_of_it_is_enough(folder, published):
    found = runtime.runtime(folder)
    assert {name: taken.content for name, taken in found.files.items()} == published
    assert (found.wheel, found.numpy) == (WHEEL, "2.0.2")
    assert zipfile.ZipFile(io.BytesIO(found.library())).namelist() == ["encodings/cp437.py", "json.py"]
    kept = zipfile.ZipFile(io.BytesIO(found.packages())).namelist()
    assert kept == ["numpy-2.0.2.dist-info/LICENSE.txt", "numpy/__init__.py"]
    assert "this is" in found.licence()
    assert json.loads(found.lock())["packages"] == {}
    assert not runtime.cache().exists()


def test_the_archive_of_npm_may_lie_there_as_it_is(folder, published):
    for name in runtime.HASHES:
        (folder / name).unlink()
    (folder / runtime.ARCHIVE).write_bytes(packed({name: published[name] for name in runtime.HASHES}))
    assert runtime.runtime(folder).files[runtime.WASM].content == published[runtime.WASM]


def test_what_npm_has_installed_here_is_found(folder, tmp_path):
    (tmp_path / "node_modules").mkdir()
    folder.rename(tmp_path / "node_modules" / "pyodide")
    assert runtime.runtime().files[runtime.WASM].place == "the folder node_modules"


@pytest.mark.parametrize("name", [runtime.WASM, WHEEL])
def test_another_file_of_that_name_is_refused(folder, name):
    (folder / name).write_bytes(b"something else")
    with pytest.raises(InputError) as refused:
        runtime.runtime(folder)
    said = str(refused.value)
    assert f"{folder / name}: must have the SHA-256" in said
    assert hashlib.sha256(b"something else").hexdigest() in said
    assert "--light" in said


def test_no_folder_is_none(published, tmp_path):
    with pytest.raises(InputError, match=r"--wheels: must be a folder, got .*nowhere"):
        runtime.runtime(tmp_path / "nowhere")


def test_without_npm_it_says_what_to_do(published):
    with pytest.raises(InputError, match=r"pyodide@0\.27\.7 is not here, .* no npm .* --wheels DIR, .* --light"):
        runtime.runtime()


def test_a_wheel_that_nobody_has_is_named_with_its_hash(folder, published):
    (folder / WHEEL).unlink()
    with pytest.raises(InputError, match=rf"numpy: {WHEEL} \(SHA-256 [0-9a-f]{{64}}\) is not to be had here"):
        runtime.runtime(folder)


@pytest.fixture
def distribution(published, tmp_path, monkeypatch):
    """A place with wheels, which the loader names; addresses that begin with file: stand for the others."""
    monkeypatch.setattr(runtime, "DISTRIBUTION", runtime.re.compile(r"file://\S+/full/"))
    place = tmp_path / "v0.27.7" / "full"
    place.mkdir(parents=True)
    loader = f"packages lie at {tmp_path.as_uri()}/v${{d.version}}/full/ they say".encode()
    hashes = {**runtime.HASHES, runtime.LOADER: hashlib.sha256(loader).hexdigest()}
    monkeypatch.setattr(runtime, "HASHES", hashes)
    cached = runtime.cache()
    cached.mkdir(parents=True)
    for name in hashes:
        (cached / name).write_bytes(loader if name == runtime.LOADER else published[name])
    return place


def test_what_the_loaders_own_place_gives_is_checked_and_kept(distribution, published):
    (distribution / WHEEL).write_bytes(published[WHEEL])
    said = []
    assert runtime.runtime(say=said.append).files[WHEEL].place == "Pyodide's distribution"
    assert said == [f"Getting {WHEEL} from Pyodide's distribution"]
    (distribution / WHEEL).unlink()
    assert runtime.runtime().files[WHEEL].place == "the cache"


def test_what_it_gives_that_is_another_is_refused_and_not_kept(distribution):
    (distribution / WHEEL).write_bytes(b"something else")
    with pytest.raises(InputError, match="must have the SHA-256"):
        runtime.runtime()
    assert not (runtime.cache() / WHEEL).exists()


def test_what_spoilt_in_the_cache_is_fetched_again(distribution, published):
    (distribution / WHEEL).write_bytes(published[WHEEL])
    (runtime.cache() / WHEEL).write_bytes(b"half of it")
    assert runtime.runtime().files[WHEEL].content == published[WHEEL]
    assert (runtime.cache() / WHEEL).read_bytes() == published[WHEEL]


@pytest.mark.skipif(os.name == "nt", reason="a script of a POSIX shell stands for npm")
def test_npm_is_asked_where_it_is_and_what_it_gives_is_checked(published, folder, tmp_path, monkeypatch):
    for name in runtime.HASHES:
        (folder / name).unlink()
    npm = tmp_path / "npm"
    (tmp_path / "right.tgz").write_bytes(packed({name: published[name] for name in runtime.HASHES}))
    (tmp_path / "wrong.tgz").write_bytes(packed(dict.fromkeys(runtime.HASHES, b"something else")))
    monkeypatch.setattr(runtime.shutil, "which", lambda _: str(npm))
    for which in ("wrong", "right"):
        npm.write_text(f"#!/bin/sh\ncp {tmp_path}/{which}.tgz {runtime.ARCHIVE}\n", encoding="utf-8")
        npm.chmod(0o755)
        if which == "wrong":
            with pytest.raises(InputError, match=r"of pyodide@0\.27\.7: must have the SHA-256"):
                runtime.runtime(folder)
            assert not runtime.cache().exists()
    assert runtime.runtime(folder).files[runtime.WASM].place == runtime.PACKAGE


@pytest.mark.skipif(os.name == "nt", reason="a script of a POSIX shell stands for npm")
def test_an_npm_that_gets_nothing_is_quoted(published, folder, tmp_path, monkeypatch):
    (folder / runtime.WASM).unlink()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such package' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setattr(runtime.shutil, "which", lambda _: str(npm))
    with pytest.raises(InputError, match=r"npm cannot get pyodide@0\.27\.7: no such package"):
        runtime.runtime(folder)
