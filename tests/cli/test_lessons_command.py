"""`doctrine lessons`: list, open, key."""

import json

from sim.teaching.lessons.notebook import lessons


def test_lessons_are_listed(doctrine):
    answer = doctrine("lessons")
    assert (answer.code, answer.err) == (0, "")
    assert [each.title for each in lessons().values() if each.title not in answer.out] == []
    assert max(map(len, answer.out.splitlines())) <= 80


def test_a_lesson_is_opened(doctrine):
    answer = doctrine("lessons", 3)
    assert answer.code == 0
    assert answer.out.startswith("3. The price of refusing")
    assert "jupytext --to notebook" in answer.out
    assert json.loads(doctrine("lessons", 3, "--json").out)["3"]["title"] == "The price of refusing"


def test_the_key_is_computed(doctrine):
    answer = doctrine("lessons", 5, "--key", "--json")
    found = json.loads(answer.out)["5"]
    assert (answer.code, answer.err) == (0, "")
    assert {"Exercise 1", "Exercise 2", "Exercise 3"} <= set(found)
    assert "cents" in found["Exercise 1"]


def test_no_such_lesson(doctrine):
    answer = doctrine("lessons", 9)
    assert answer.code == 2
    assert "unknown lesson '9' (one of 1, 2, 3" in answer.err
