"""The page: the template filled with an atlas, its style, its script and its numbers, all in one text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.atlas import payload
from sim.atlas.design import DIALS, OWN
from sim.atlas.digests import SHOWN
from sim.atlas.errors import Errors
from sim.atlas.glossary import TERMS
from sim.atlas.interpolation import interpolate
from sim.atlas.saving import MARK
from sim.figures.style import COLOURS, FAINT, INK, QUIET, ink
from sim.questions.headline import CHANCE
from sim.questions.labels import decimals, number
from sim.store.provenance import version

if TYPE_CHECKING:
    from sim.atlas import Atlas

HERE = Path(__file__).parent
TEMPLATE = "template.html.j2"
SCRIPTS = ("interpolation.js", "charts.js", "page.js")
CHOICES = {
    payload.UNITS[CHANCE]: (
        ("down", "In fewer worlds"),
        ("same", "No difference beyond noise"),
        ("up", "In more worlds"),
    ),
    "": (("down", "Lower"), ("same", "No difference beyond noise"), ("up", "Higher")),
}


def render(atlas: Atlas, command: str) -> str:
    """Write the page.

    Parameters
    ----------
    atlas : Atlas
        What was simulated.
    command : str
        What makes the same page again.

    Returns
    -------
    str
        HTML, the same for the same input; it asks for nothing from outside.
    """
    html: str = (
        _environment()
        .get_template(TEMPLATE)
        .render(
            **_about(atlas, command),
            dials=payload.dials(atlas),
            presets=payload.presets(atlas),
            outcomes=payload.outcomes(atlas),
            guesses=_guesses(atlas),
            series=list(payload.CAPTIONS.values()),
            whole=_whole(atlas),
            tales=atlas.tales,
            errors=_errors(atlas),
            glossary=TERMS,
            data=payload.payload(atlas),
            style=(HERE / "atlas.css").read_text(encoding="utf-8"),
            script="\n".join((HERE / "script" / name).read_text(encoding="utf-8") for name in SCRIPTS),
            colours=_colours(),
        )
    )
    return html


def _about(atlas: Atlas, command: str) -> dict[str, Any]:
    """What was run: the words at the top and at the bottom."""
    study = atlas.plan.study
    return {
        "mark": MARK,
        "title": study.base.title,
        "question": study.base.question,
        "worlds": number(study.worlds, 0),
        "seed": study.seed,
        "months": study.base.calendar,
        "since": atlas.plan.since,
        "own": atlas.own_label,
        "nodes": number(len(atlas.plan.nodes), 0),
        "held_out": len(atlas.plan.held_out),
        "command": command,
        "version": version(),
        "scenario": study.base.name,
        "digest": study.base.digest,
    }


def _colours() -> dict[str, str]:
    """The palette of the figures, by the names that the style sheet uses."""
    one, two = COLOURS[:2]
    return {
        "one": one,
        "one-ink": ink(one),
        "two": two,
        "two-ink": ink(two),
        "ink": INK,
        "quiet": QUIET,
        "faint": FAINT,
    }


def _guesses(atlas: Atlas) -> list[dict[str, Any]]:
    """What the reader is asked to predict."""
    about = payload.outcomes(atlas)
    places = [SHOWN.index(name) for name in payload.GUESSED]
    return [
        {"place": place, "label": about[place]["label"], "choices": CHOICES.get(about[place]["unit"], CHOICES[""])}
        for place in places
    ]


def _whole(atlas: Atlas) -> list[dict[str, Any]]:
    """A row for every doctrine with all of its dials, and one for what the page's dials do of it."""
    names = list(atlas.whole)
    rows = []
    for preset in payload.presets(atlas):
        mean = atlas.presets.mean[names.index(preset["name"])]
        rows.append({"label": preset["label"], "cells": _cells(atlas, mean), "dials_only": False})
        if preset["name"] != OWN:
            alone = interpolate(atlas.nodes.mean, atlas.plan.levels, preset["dials"])
            rows.append({"label": f"its {len(DIALS)} dials only", "cells": _cells(atlas, alone), "dials_only": True})
    return rows


def _cells(atlas: Atlas, mean: Any) -> list[str]:
    cells = zip(mean, _scales(atlas), payload.outcomes(atlas), strict=True)
    return [number(value * scale, min(decimals(scale * about["usual"] / 2.0), 2)) for value, scale, about in cells]


def _scales(atlas: Atlas) -> list[float]:
    """What turns an outcome into the page's unit."""
    return [about["scale"] for about in payload.outcomes(atlas)]


def _errors(atlas: Atlas) -> list[dict[str, Any]]:
    """The measured error of interpolation: a row an outcome, then a row a series."""
    sampling = np.median(atlas.held_out.half, axis=0)
    ranges = np.ptp(atlas.nodes.mean, axis=0)
    rows = [
        {
            "label": about["label"],
            "unit": about["unit"],
            "cells": _row(atlas.outcome_errors, k, scale, ranges, sampling),
        }
        for k, (about, scale) in enumerate(zip(payload.outcomes(atlas), _scales(atlas), strict=True))
    ]
    means = atlas.nodes.fans[:, :, 0]
    spread = means.max(axis=(0, 2)) - means.min(axis=(0, 2))
    nothing = np.full(len(spread), np.nan)
    return rows + [
        {
            "label": f"{caption.label}, by month",
            "unit": caption.unit,
            "cells": _row(atlas.series_errors, k, caption.scale, spread, nothing),
        }
        for k, caption in enumerate(payload.CAPTIONS.values())
    ]


def _row(found: Errors, k: int, scale: float, ranges: Any, sampling: Any) -> list[str]:
    """An outcome's errors beside its range and its sampling error, in two digits of the typical one."""
    values = [scale * float(column[k]) for column in (*found, ranges, sampling)]
    digits = decimals(values[0]) + 1 if values[0] > 0.0 else 2
    return [number(value, min(digits, 4)) if np.isfinite(value) else "" for value in values]


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
