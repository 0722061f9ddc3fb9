"""On which line a key stands."""

import time
import tomllib

import pytest

from sim.scenario import shipped
from sim.scenario.lines import key_lines, outline, unsound

SECONDS = 3.0
"""For what takes a tenth of a second; anything that grows with the square of the length takes hours."""

TEXT = '''\
# A comment, and nothing = more.
title = "a # b"

us.clarity = 0.7
[us.priorities]
europe = 0.4   # a comment
"indo_pacific" = 0.2

[[us.doctrine]]
from = """
[trap]
title = 3
"""
[us.doctrine.priorities]
europe = 0.1
[[us.doctrine]]
from = "2024-01"
priorities = { europe = 0.2 }
[parameters]
table.guarantee_gain = [
    0.0,
    # [trap]
    0.1,
]
front.pull = 1
events = [
    { month = "2024-01" },
    { month = "2024-02" },
]
[ "odd name" . 'x.y' ]
key = 1
'''


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (2, ("title",)),
        (4, ("us", "clarity")),
        (4, ("us",)),
        (5, ("us", "priorities")),
        (6, ("us", "priorities", "europe")),
        (7, ("us", "priorities", "indo_pacific")),
        (9, ("us", "doctrine", 0)),
        (10, ("us", "doctrine", 0, "from")),
        (14, ("us", "doctrine", 0, "priorities")),
        (15, ("us", "doctrine", 0, "priorities", "europe")),
        (16, ("us", "doctrine", 1)),
        (18, ("us", "doctrine", 1, "priorities", "europe")),
        (20, ("parameters", "table", "guarantee_gain")),
        (20, ("parameters", "table", "guarantee_gain", 1)),
        (25, ("parameters", "front", "pull")),
        (26, ("parameters", "events", 1, "month")),
        (31, ("odd name", "x.y", "key")),
    ],
)
def test_the_line_of_a_key(line, path):
    assert key_lines(TEXT)[path] == line


def test_text_within_quotes_is_no_key():
    assert ("trap",) not in key_lines(TEXT)


def test_a_statement_of_any_length_is_followed_to_its_end():
    assert key_lines('a = 1\nb = """' + "\n" * 200 + '"""\nc = 1') == {("a",): 1, ("b",): 2, ("c",): 203}


def test_after_a_statement_without_end_nothing_is_said():
    assert key_lines("a = 1\nb = [" + "\n" * 200 + "\nc = 1") == {("a",): 1}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", 0),
        ("# a = 1", 0),
        ("a = 1", 1),
        ("a.b.c = 1", 1),
        ("[us]\nclarity = 1 # and = more", 2),
        ("[[events]]\n[[events]]", 2),
        ("a = [1, 2, 3]", 3),
        ("a = [1, 2, 3,]", 4),
        ("a = { b = 1, c = [2, 3] }", 4),
        ('a = "x = [1, 2, 3]"', 1),
        ("""a = '''\n[b]\nc = 1\n'''""", 1),
        ('a = """ "" = \\""" = """', 1),
    ],
)
def test_what_a_text_holds(text, values):
    assert outline(text).values == values


def test_every_statement_is_cut_where_the_parser_ends_it():
    for file in shipped().values():
        text = file.read_text(encoding="utf-8")
        parts = [part.text for part in outline(text).statements]
        assert all(tomllib.loads(part) for part in parts)
        assert tomllib.loads("\n".join(parts)) == tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = [\n1\nc = 2", 2),
        ("a = 1\nb = [\n1\n]\nc = 2", None),
        ("a = 1\n\n# ...\nb = c", 4),
        ('a = 1\nb = """\n', 2),
    ],
)
def test_where_what_is_no_statement_starts(text, line):
    assert unsound(text, None) == line


def test_it_works_no_longer_than_the_text_is():
    """A quarter of a million letters of each kind that could be looked at again and again."""
    for letters in ("\n", "#\n", '"', "'", "\\", ' "', "''x", '""x', "[", "]", "{a=", "a.", "# ", " \n", '"\\'):
        for opening in ("", "a = ", 'a = """', "a = '''", "# "):
            start = time.process_time()
            outline(opening + letters * (250_000 // len(letters)))
            assert time.process_time() - start < SECONDS
