"""Run the lessons and write their pages and figures: `python docs/make_lessons.py [NUMBER...]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim.teaching.lessons.notebook import index, lessons, write

if __name__ == "__main__":
    wanted = {int(word) for word in sys.argv[1:]} or set(lessons())
    for lesson in lessons().values():
        if lesson.number in wanted:
            print(write(lesson, Path(__file__).parent))
    place = Path(__file__).parent / "lessons" / "index.md"
    place.write_text(index(list(lessons().values())), encoding="utf-8")
