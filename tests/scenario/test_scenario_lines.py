"""On which line a key stands."""

import pytest

from sim.scenario.lines import key_lines

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


def test_after_a_statement_without_end_nothing_is_said():
    assert key_lines('a = 1\nb = """' + "\n" * 200 + '"""\nc = 1') == {("a",): 1}
