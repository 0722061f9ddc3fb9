"""The shipped scenarios, damaged in every way: each is a scenario that runs, or a report that says what and where.

Mutations are drawn from fixed seeds: what fails once fails again, by the number of its mutation.
"""

import random
import time
import tomllib
import warnings

import pytest
import tomli_w

import sim
import sim.scenario as scenario
from sim.basics.plain_text import HEEDED

GROUPS, IN_A_GROUP = 24, 100
"""Groups of mutations; each starts from a seed of its own."""
SECONDS = 5.0
"""Of processor time, for each: most take hundredths of one."""
ONE_RUNS_IN = 40
"""Of the sound ones: a run costs as much as checking fifty."""
FILES = {path.name: path.read_bytes() for path in scenario.shipped().values()}
HOSTILE = (
    *(b"\x00", b"\xff", b"\r", b"\r\n", b"\n", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\x1b[31m", b"\\u0000", b"\\"),
    *(b'"', b"'", b'"""', b"'''", b"[", b"]", b"[[", b"{", b"}", b"=", b",", b".", b"#", b"-", b"0x", b"1e400", b"nan"),
    *(b"a." * 120, b"[" * 2000, b"1" * 5000, b"x" * 50_000, b"k = [\n" * 98, b"1," * 20_000, b" = 1\n"),
)
ODD = (
    *(0, 1, -1, 600, 601, 2**63, 10**5000 % 10**4000, 0.0, -0.0, 1.0, 1e-300, 1e40, 1e308, float("nan"), float("inf")),
    *(True, "", "x", "CON", "--force", "a/b", "\u202e", "\x1b[2J", "2022-12", "2199-12", "1900-01", "record", "custom"),
    *("x" * 10_000, [], [[]], [1, 2, 3], {}, {"a": {"b": {}}}, [{}], [{"kind": "crisis"}], ["events"]),
)


def bytes_of(draw, content):
    """Bytes changed, taken out, or put in."""
    content = bytearray(content)
    for _ in range(draw.randint(1, 6)):
        place = draw.randrange(len(content) + 1)
        how = draw.randrange(4)
        if how == 0 and place < len(content):
            content[place] = draw.randrange(256)
        elif how == 1:
            del content[place : place + draw.randint(1, 40)]
        elif how == 2:
            content[place:place] = draw.choice(HOSTILE)
        else:
            content = content[:place] + content[draw.randrange(len(content) + 1) :]
    return bytes(content)


def words_of(draw, content):
    """Words and marks swapped with others, of the same file or another."""
    words = content.split(b" ")
    others = draw.choice(list(FILES.values())).split(b" ")
    for _ in range(draw.randint(1, 5)):
        words[draw.randrange(len(words))] = draw.choice([draw.choice(words), draw.choice(others), draw.choice(HOSTILE)])
    return b" ".join(words)


def lines_of(draw, content):
    """Lines taken out, doubled, moved, or brought from another file."""
    lines = content.split(b"\n")
    others = draw.choice(list(FILES.values())).split(b"\n")
    for _ in range(draw.randint(1, 8)):
        place = draw.randrange(len(lines))
        how = draw.randrange(4)
        if how == 0 and len(lines) > 1:
            del lines[place]
        elif how == 1:
            lines[place:place] = [lines[place]] * draw.choice([1, 1, 2, 300])
        elif how == 2:
            lines.insert(draw.randrange(len(lines)), lines.pop(place))
        else:
            lines.insert(place, draw.choice(others))
    return b"\n".join(lines)


def values_of(draw, content):
    """Values and tables of the file replaced by odd ones, by those of other places, or under other keys."""
    tree = tomllib.loads(content.decode())
    for _ in range(draw.randint(1, 3)):
        place, key = tree, draw.choice(list(tree) or ["us"])
        while isinstance(place, dict) and isinstance(place.get(key), dict) and place[key] and draw.random() < 0.8:
            place = place[key]
            key = draw.choice(list(place))
        if isinstance(place, dict):
            place[draw.choice([key, key, key, "x", "name", "drop", "hold", "state"])] = draw.choice(ODD)
    return tomli_w.dumps(tree).encode()


def resolved(draw, content):
    """A file in full, with a value of it replaced: every key there is gets its turn."""
    name = draw.choice(sorted(FILES))
    return values_of(draw, scenario.load(name.removesuffix(".toml")).to_toml().encode())


KINDS = (bytes_of, words_of, lines_of, values_of, values_of, resolved)


def mutation(draw, folder):
    """Write a damaged file, and perhaps files that extend it; return the one to open."""
    content = draw.choice(KINDS)(draw, FILES[draw.choice(sorted(FILES))])
    (folder / "0.toml").write_bytes(content)
    length = draw.choice([0, 0, 1, 2, 5])
    for number in range(1, length + 1):
        child = draw.choice([bytes_of, lines_of, lambda *_: b""])(draw, FILES[draw.choice(sorted(FILES))])
        own = b"\n".join(line for line in child.split(b"\n") if not line.startswith(b"extends"))
        parent = draw.choice([number - 1, number - 1, number - 1, number, 0])
        (folder / f"{number}.toml").write_bytes(f'extends = "{parent}.toml"\n'.encode() + own)
    return folder / f"{length}.toml"


def told(error):
    """A report says which file, and for each mistake the line or the key."""
    report = str(error)
    assert report.startswith(error.source)
    assert error.mistakes
    assert HEEDED.search(report) is None
    assert len(report) < 30_000
    for mistake in error.mistakes:
        whole = any(words in mistake.text for words in ("larger", "nests", "sets", "plain file", "UTF-8"))
        assert mistake.text
        assert (mistake.file or error.source).endswith(".toml")
        assert mistake.line or mistake.path or whole


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_file_gives_a_scenario_that_runs_or_a_report(group, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sound = 0
    for number in range(IN_A_GROUP):
        draw = random.Random(f"{group}.{number}")
        file = mutation(draw, tmp_path)
        start = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found = scenario.load(file)
                sound += 1
                if sound % ONE_RUNS_IN == 1:
                    sim.run(found.with_horizon(1), worlds=2, seed=number)
        except scenario.ScenarioError as error:
            told(error)
        except Exception as error:
            raise AssertionError(f"mutation {group}.{number}: {type(error).__name__}: {error}") from error
        assert time.process_time() - start < SECONDS, f"mutation {group}.{number}"
    assert sound
