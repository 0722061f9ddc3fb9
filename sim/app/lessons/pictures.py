"""The two charts of a chapter: the prediction beside the truth, and what was found along the knob."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.app.lessons.memory import Visit
from sim.lessons.chapters import Answer, Chapter, Estimate
from sim.questions.labels import number

Options = dict[str, Any]
BLUE, ORANGE, INK, QUIET, FAINT = "#0072B2", "#B34E00", "#222222", "#5a5a5a", "#d9d9d9"
TEXT = 15
FONT = {"fontSize": TEXT, "color": INK, "fontFamily": "system-ui, DejaVu Sans, sans-serif"}
SIZE, BIGGER = 15, 19
THICK = 3
MOST_PARTS, TINY = 6, 1e-6


def beside(chapter: Chapter, answer: Answer, prediction: float) -> Options:
    """Prediction and truth, one above the other on the scale that was offered, the interval of the truth around it."""
    scale, digits = chapter.scale, max(chapter.scale.digits, 1)
    rows = [("You said", Estimate(prediction), ORANGE, "diamond"), ("The model says", answer.truth, BLUE, "circle")]
    if answer.base.mean != 0.0:
        rows.append((_standing(chapter), answer.base, QUIET, "rect"))
    names = [name for name, *_ in rows]
    series = [_row(name, estimate, colour, shape, digits) for name, estimate, colour, shape in rows]
    if scale.low < 0.0 < scale.high:
        series.append(_zero())
    return {
        "animation": False,
        "grid": {"left": 8, "right": 24, "top": 20, "bottom": 52, "containLabel": True},
        "xAxis": _axis(scale.unit, scale.low, scale.high),
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLabel": FONT | {"width": 118, "overflow": "break"},
            "axisTick": {"show": False},
            "axisLine": {"show": False},
        },
        "series": series,
    }


def _standing(chapter: Chapter) -> str:
    knob = chapter.knob
    return f"Knob at {knob.said(knob.base)}" if not knob.choices else knob.standing.capitalize()


def _row(name: str, estimate: Estimate, colour: str, shape: str, digits: int) -> Options:
    """A mark with its number, and a thick line from the low to the high end of its interval."""
    return {
        "type": "scatter",
        "name": name,
        "data": [[estimate.mean, name]],
        "symbol": shape,
        "symbolSize": BIGGER if shape == "diamond" else SIZE,
        "itemStyle": {"color": colour},
        "label": FONT
        | {"show": True, "position": "top", "formatter": number(estimate.mean, digits), "color": colour}
        | {"fontWeight": "bold", "distance": 5},
        "silent": True,
        "markLine": _span([estimate.low, name], [estimate.high, name], colour) if estimate.about else {},
    }


def _span(start: list[Any], end: list[Any], colour: str) -> Options:
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": colour, "width": THICK, "type": "solid"},
        "label": {"show": False},
        "data": [[{"coord": start}, {"coord": end}]],
    }


def _zero() -> Options:
    line = {"color": QUIET, "width": 1, "type": "solid"}
    return {
        "type": "scatter",
        "data": [],
        "silent": True,
        "markLine": {
            "symbol": "none",
            "silent": True,
            "lineStyle": line,
            "label": {"show": False},
            "data": [{"xAxis": 0}],
        },
    }


def _axis(name: str, low: float, high: float) -> Options:
    return {
        "type": "value",
        "min": low,
        "max": high,
        "name": name,
        "nameLocation": "middle",
        "nameGap": 32,
        "nameTextStyle": FONT,
        "axisLabel": FONT | {"hideOverlap": True},
        "axisLine": {"onZero": False},
        "axisTick": {"show": False},
        "splitLine": {"lineStyle": {"color": FAINT}},
        "interval": _interval(low, high),
    }


def _interval(low: float, high: float) -> float:
    """The finest round step that cuts a scale into six parts at most, and has both of its ends."""
    span = high - low
    for step in (size * unit for unit in (0.1, 1.0, 10.0) for size in (1.0, 2.0, 2.5, 5.0)):
        whole = all(abs(end / step - round(end / step)) < TINY for end in (low, high))
        if whole and span / step <= MOST_PARTS + TINY:
            return step
    return span


def along(chapter: Chapter, answers: Sequence[Answer], visit: Visit) -> Options:
    """What was found at each setting that was run, with its interval, and the prediction at its setting."""
    knob, scale = chapter.knob, chapter.scale
    found = sorted(answers, key=lambda each: each.value)
    model = [(_across(chapter, each.value), each.truth) for each in found]
    spans = [[{"coord": [x, truth.low]}, {"coord": [x, truth.high]}] for x, truth in model if truth.about]
    curve = {
        "type": "line" if not knob.choices else "scatter",
        "name": "The model",
        "data": [[x, truth.mean] for x, truth in model],
        "symbol": "circle",
        "symbolSize": SIZE - 4,
        "color": BLUE,
        "lineStyle": {"width": THICK - 1},
        "silent": True,
        "markLine": _span([0, 0], [0, 0], BLUE) | {"data": spans},
    }
    return {
        "animation": False,
        "grid": {"left": 12, "right": 24, "top": 16, "bottom": 56, "containLabel": True},
        "xAxis": _settings(chapter),
        "yAxis": _up(scale.low, scale.high),
        "series": [curve, *_said(chapter, visit), *_was(chapter, found)],
    }


def _across(chapter: Chapter, value: float) -> Any:
    return chapter.knob.said(value) if chapter.knob.choices else value


def _settings(chapter: Chapter) -> Options:
    knob = chapter.knob
    if not knob.choices:
        return _axis(knob.label, knob.low, knob.high)
    labels = FONT | {"interval": 0, "width": 62, "overflow": "break"}
    return {"type": "category", "data": list(knob.choices), "axisLabel": labels}


def _up(low: float, high: float) -> Options:
    return {
        "type": "value",
        "min": low,
        "max": high,
        "axisLabel": FONT,
        "splitLine": {"lineStyle": {"color": FAINT}},
        "interval": _interval(low, high),
    }


def _said(chapter: Chapter, visit: Visit) -> list[Options]:
    if visit.prediction is None or visit.value is None:
        return []
    mark = {"type": "scatter", "symbol": "diamond", "symbolSize": BIGGER, "color": ORANGE, "silent": True}
    right = visit.value > (chapter.knob.low + chapter.knob.high) / 2.0
    label = FONT | {"show": True, "formatter": "you said", "position": "left" if right else "right", "color": ORANGE}
    return [mark | {"label": label, "data": [[_across(chapter, visit.value), visit.prediction]]}]


def _was(chapter: Chapter, found: Sequence[Answer]) -> list[Options]:
    """A line at what the knob's first setting makes, all along the knob."""
    if not found:
        return []
    base = found[0].base.mean
    line = {"color": QUIET, "width": 2, "type": "dashed"}
    name = _standing(chapter) if base != 0.0 else "no difference"
    label = FONT | {"show": True, "position": "insideStartTop", "formatter": name, "color": QUIET}
    level = {"symbol": "none", "silent": True, "lineStyle": line, "label": label, "data": [{"yAxis": base}]}
    return [{"type": "line", "data": [], "markLine": level}]
