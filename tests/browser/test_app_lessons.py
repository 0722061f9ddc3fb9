"""A lesson in a browser: predict, run, and be scored as the rule says."""

import re

from hands import click, find, open_page, read, write

from sim.teaching.lessons.chapters import answer, chapter, points

CHAPTER, PREDICTION = 1, 1.5


def test_a_prediction_is_scored_by_the_rule(app, visitor):
    open_page(visitor, f"{app}/lessons/{CHAPTER}")
    assert not find(visitor, "button", "Run ").is_enabled()
    write(visitor, "or type it", str(PREDICTION))
    click(visitor, "button", "Run ")
    said = read(visitor, "of 100 points")
    found = answer(CHAPTER, chapter(CHAPTER).knob.default)
    assert float(re.search(r"(\d+) of 100 points", said)[1]) == round(points(found, PREDICTION))
