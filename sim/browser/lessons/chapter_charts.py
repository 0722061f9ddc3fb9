"""The two charts of a chapter: the prediction beside the truth, and what was found along the knob."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.basics.labels import number
from sim.browser.chart_parts import FONT, LINE_WIDTH, TEXT, Options, spans
from sim.browser.lessons.chapter_runs import Visit
from sim.figures.style import COLOURS, FAINT, INK, QUIET, ink
from sim.teaching.lessons.chapters import Chapter, ChapterAnswer, IntervalEstimate

MODEL, YOU = ink(COLOURS[0]), ink(COLOURS[1])
LABEL = {"fontSize": TEXT, "color": INK, "fontFamily": FONT}
SIZE, BIGGER = 14, 18
MOST_PARTS, TINY = 7, 1e-6
STRIP = "calc(2.5rem + {} * 3.2rem)"
"""Height of a strip with so many rows."""
NO_DIFFERENCE = "no difference"


class Mark(NamedTuple):
    """A row of a strip: its name, what is marked, how."""

    name: str
    estimate: IntervalEstimate
    colour: str
    shape: str


def beside(chapter: Chapter, answer: ChapterAnswer, prediction: float) -> Options:
    """Prediction and truth, one above the other on the scale that was offered, with the interval of the truth."""
    marks = [
        Mark("You said", IntervalEstimate(prediction), YOU, "diamond"),
        Mark("The model says", answer.truth, MODEL, "circle"),
    ]
    if answer.base.mean != 0.0:
        marks.append(Mark(standing(chapter), answer.base, QUIET, "rect"))
    said, truth = amount(chapter, prediction), amount(chapter, answer.truth.mean)
    return _strip(chapter, marks, (chapter.scale.low, chapter.scale.high), f"You said {said}, the model says {truth}")


def along(chapter: Chapter, answers: Sequence[ChapterAnswer], visit: Visit) -> Options:
    """What was found at each setting that was run, with its interval, and the prediction at its setting."""
    found = sorted(answers, key=lambda each: each.value)
    return (_named if chapter.knob.choices else _curve)(chapter, found, visit)


def amount(chapter: Chapter, value: float) -> str:
    """A number on the chapter's scale with the decimals in which truths are told."""
    return number(value, chapter.scale.digits + 1)


def standing(chapter: Chapter) -> str:
    """What the knob is compared with."""
    knob = chapter.knob
    return f"compared with {knob.said(knob.base)}"


def summary(chapter: Chapter, answers: Sequence[ChapterAnswer]) -> str:
    """What the settings that were run show, in a sentence."""
    if not answers:
        return "Nothing was run yet"
    ranked = sorted(answers, key=lambda each: each.truth.mean)
    least, most = (f"{chapter.knob.said(a.value)} ({amount(chapter, a.truth.mean)})" for a in (ranked[0], ranked[-1]))
    if len(answers) == 1:
        return f"At {most}; run another setting to see what the knob does"
    return f"Least at {least}, most at {most}, of {len(answers)} settings run"


def _named(chapter: Chapter, found: Sequence[ChapterAnswer], visit: Visit) -> Options:
    """Settings that have names, one above the other."""
    marks = [Mark(chapter.knob.said(each.value), each.truth, MODEL, "circle") for each in found]
    if found and found[0].base.mean != 0.0:
        marks.append(Mark(standing(chapter), found[0].base, QUIET, "rect"))
    if visit.prediction is not None and visit.value is not None:
        marks.append(
            Mark(f"You said, {chapter.knob.said(visit.value)}", IntervalEstimate(visit.prediction), YOU, "diamond")
        )
    return _strip(chapter, marks, _room(chapter, [mark.estimate for mark in marks]), summary(chapter, found))


def _strip(chapter: Chapter, marks: Sequence[Mark], ends: tuple[float, float], title: str) -> Options:
    """Marks on a common scale, each in its row."""
    names = [mark.name for mark in marks]
    rows = [_numbers(chapter, mark.name, mark.estimate) for mark in marks]
    zero = [_zero()] if ends[0] < 0.0 < ends[1] else []
    across = LABEL | {"width": 112, "overflow": "break", "lineHeight": TEXT + 4, "interval": 0}
    return _whole(chapter, title, rows, "") | {
        "grid": {"left": 4, "right": 24, "top": 20, "bottom": 12, "containLabel": True},
        "xAxis": _axis(*ends),
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLabel": across,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
        },
        "series": [_mark(chapter, place, mark) for place, mark in enumerate(marks)] + zero,
    }


def _mark(chapter: Chapter, place: int, mark: Mark) -> Options:
    """A mark with its number above it, and a thick line from the low to the high end of its interval."""
    number_above = {"show": True, "position": "top", "formatter": amount(chapter, mark.estimate.mean), "distance": 5}
    low, high = ([end, place] for end in (mark.estimate.low, mark.estimate.high))
    return {
        "type": "scatter",
        "name": mark.name,
        "data": [[mark.estimate.mean, place]],
        "symbol": mark.shape,
        "symbolSize": BIGGER if mark.shape == "diamond" else SIZE,
        "itemStyle": {"color": mark.colour, "opacity": 1.0},
        "label": LABEL | number_above | {"color": mark.colour, "fontWeight": "bold"},
        "silent": True,
        "markLine": spans([(low, high)] if _spread(mark.estimate) else [], mark.colour),
    }


def _curve(chapter: Chapter, found: Sequence[ChapterAnswer], visit: Visit) -> Options:
    """Settings that are numbers: a line through them, left to right."""
    knob, truths = chapter.knob, [(each.value, each.truth) for each in found]
    ends = [([x, truth.low], [x, truth.high]) for x, truth in truths if _spread(truth)]
    line = {
        "type": "line",
        "name": "the model",
        "data": [[x, truth.mean] for x, truth in truths],
        "symbol": "circle",
        "symbolSize": SIZE - 4,
        "color": MODEL,
        "lineStyle": {"width": LINE_WIDTH},
        "silent": True,
        "markLine": spans(ends, MODEL),
    }
    rows = [_numbers(chapter, knob.said(x), truth) for x, truth in truths]
    everything = [truth for _, truth in truths] + [found[0].base] * bool(found)
    if visit.prediction is not None:
        everything.append(IntervalEstimate(visit.prediction))
    axis = f"{knob.name.replace('_', ' ')} {knob.unit}".strip()
    return _whole(chapter, summary(chapter, found), rows, axis) | {
        "grid": {"left": 4, "right": 20, "top": 24, "bottom": 34, "containLabel": True},
        "xAxis": _axis(knob.low, knob.high, axis),
        "yAxis": _axis(*_room(chapter, everything)),
        "series": [line, *_said(chapter, found, visit), *_was(chapter, found)],
    }


def _said(chapter: Chapter, found: Sequence[ChapterAnswer], visit: Visit) -> list[Options]:
    """The prediction, at the setting it was made for."""
    if visit.prediction is None or visit.value is None:
        return []
    truth = next((each.truth.mean for each in found if each.value == visit.value), 0.0)
    place = (visit.value - chapter.knob.low) / (chapter.knob.high - chapter.knob.low)
    side = "left" if place < 1.0 / 3.0 else "right" if place > 2.0 / 3.0 else "center"
    label = {"show": True, "formatter": "you said", "position": "top" if visit.prediction > truth else "bottom"}
    return [
        {
            "type": "scatter",
            "name": "you said",
            "data": [[visit.value, visit.prediction]],
            "symbol": "diamond",
            "symbolSize": BIGGER,
            "itemStyle": {"color": YOU, "opacity": 1.0},
            "silent": True,
            "label": LABEL | label | {"align": side, "color": YOU, "fontWeight": "bold"},
            "z": 4,
        }
    ]


def _was(chapter: Chapter, found: Sequence[ChapterAnswer]) -> list[Options]:
    """A line at what the setting makes that everything is compared with; named where the curve is far from it."""
    if not found:
        return []
    base, knob = found[0].base.mean, chapter.knob
    name = standing(chapter) if base != 0.0 else NO_DIFFERENCE
    left = knob.base > (knob.low + knob.high) / 2.0
    below = max(found, key=lambda each: abs(each.truth.mean - base)).truth.mean > base
    place = f"inside{'Start' if left else 'End'}{'Bottom' if below else 'Top'}"
    line = {"color": QUIET, "width": 2, "type": "dashed"}
    label = LABEL | {"show": True, "position": place, "formatter": name, "color": QUIET, "backgroundColor": "#ffffffcc"}
    level = {"symbol": "none", "silent": True, "lineStyle": line, "label": label, "data": [{"yAxis": base}]}
    return [{"type": "line", "name": name, "data": [], "silent": True, "markLine": level}]


def _whole(chapter: Chapter, title: str, rows: list[list[str | None]], first: str) -> Options:
    """What both charts share; the first dataset is the table that is folded beneath."""
    return {
        "title": {"show": False, "text": title, "subtext": chapter.scale.unit},
        "animation": False,
        "dataset": [{"dimensions": [first, "Number", "Low", "High"], "source": rows}],
    }


def _numbers(chapter: Chapter, name: str, estimate: IntervalEstimate) -> list[str | None]:
    """A row of the table: a name, a number, and the ends of its interval if it has one."""
    low, high = (amount(chapter, end) if _spread(estimate) else None for end in (estimate.low, estimate.high))
    return [name, amount(chapter, estimate.mean), low, high]


def _spread(estimate: IntervalEstimate) -> bool:
    """Whether there is an interval to draw."""
    return estimate.has_interval and estimate.about > 0.0


def _zero() -> Options:
    line = {"color": QUIET, "width": 1, "type": "solid"}
    zero = {"symbol": "none", "lineStyle": line, "label": {"show": False}, "data": [{"xAxis": 0}]}
    return {"type": "scatter", "name": "zero", "data": [], "silent": True, "markLine": zero}


def _axis(low: float, high: float, name: str = "") -> Options:
    return {
        "type": "value",
        "min": low,
        "max": high,
        "name": name,
        "nameLocation": "middle",
        "nameGap": 30,
        "nameTextStyle": LABEL,
        "axisLabel": LABEL | {"hideOverlap": True},
        "axisLine": {"onZero": False},
        "axisTick": {"show": False},
        "splitLine": {"lineStyle": {"color": FAINT}},
        "interval": interval(low, high),
    }


def interval(low: float, high: float) -> float:
    """The finest round step that cuts a scale into seven parts at most, and has both of its ends.

    >>> interval(-30.0, 30.0), interval(-50.0, 150.0), interval(0.0, 1.0)
    (10.0, 50.0, 0.2)
    """
    for step in (size * unit for unit in (0.01, 0.1, 1.0, 10.0) for size in (1.0, 2.0, 2.5, 5.0)):
        whole = all(abs(end / step - round(end / step)) < TINY for end in (low, high))
        if whole and (high - low) / step <= MOST_PARTS + TINY:
            return round(step, 6)
    return high - low


def _room(chapter: Chapter, estimates: Sequence[IntervalEstimate]) -> tuple[float, float]:
    """Ends of an axis that hold everything drawn, on the chapter's scale or in a round part of it."""
    scale = chapter.scale
    step = interval(scale.low, scale.high)
    ends = [(each.low, each.high) if _spread(each) else (each.mean, each.mean) for each in estimates]
    low = min([low for low, _ in ends] + [max(scale.low, 0.0)])
    high = max([high for _, high in ends] + [min(scale.high, 0.0)])
    down, up = (step * (round(end / step + sign * 0.5)) for end, sign in ((low, -1.0), (high, 1.0)))
    return max(down, scale.low), min(up, scale.high)
