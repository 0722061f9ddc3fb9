"""The page: the template filled with an atlas, its style, its script and its numbers, all in one text.

It is put in its place whole or not at all, and replaces nothing but a page.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics import durable
from sim.basics.folders import NO_SPACE, FolderError, real
from sim.basics.labels import SHORTER, decimals, lower, number
from sim.browser.atlas import payload
from sim.browser.atlas.grid import DIALS, Errors, interpolate
from sim.browser.atlas.payload import TERMS, outcomes
from sim.browser.atlas.shown import SHOWN
from sim.figures.style import COLOURS, FAINT, INK, QUIET, ink
from sim.questions.compare.measures import CHANCE
from sim.scenario.spelling import OWN
from sim.store.provenance import version

if TYPE_CHECKING:
    from sim.browser.atlas.simulation import Atlas
    from sim.browser.page.contents import Live

MARK = "doctrine-sim atlas"
"""What tells a page of ours from another file: the generator that its head names."""
HEAD = 2_000
"""Characters of a file in which the mark stands."""
ENDING = ".html"
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
MEGABYTE = 1e6
TABLE_HEAD = ["error of interpolation", "half", "95 %", "largest", "noise"]
CAPTION = (
    "What half, 95 % and all of the settings off the grid stay under. Noise: half the 95 % interval of the mean "
    "difference, which more worlds make smaller."
)


def check_place(place: Path, force: bool) -> None:
    """Make sure, before anything is simulated, that a page may be written there.

    Raises
    ------
    FolderError
        If the name is not that of a page, or something is there that may not be replaced.
    """
    if place.suffix != ENDING:
        page = place.with_suffix(ENDING) if place.name else f"atlas{ENDING}"
        raise FolderError(f"{place}: must be the name of a page, such as {page}")
    real(place)
    with _cannot_write(place):
        there = _probed(place)
    if not there:
        return
    if not _ours(place):
        raise FolderError(f"{place}: is there already and is no page of this command; choose another --out")
    if not force:
        raise FolderError(f"{place}: is there already; --force replaces it, --out FILE{ENDING} writes elsewhere")


def save_page(text: str, place: Path, force: bool) -> int:
    """Write a page beside its place and rename it when it is whole.

    Returns
    -------
    int
        Bytes.

    Raises
    ------
    FolderError
        As in `check_place`, or if nothing can be written there.
    """
    check_place(place, force)
    writing = _writing(place)
    try:
        with _cannot_write(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            size = writing.write_bytes(text.encode())
            durable.rename(writing, place)
    except BaseException:
        with suppress(OSError):
            writing.unlink(missing_ok=True)
        raise
    return size


def _writing(place: Path) -> Path:
    return place.with_name(f".{place.name}.writing")


def _probed(place: Path) -> bool:
    """Whether something is there; raises what would keep a page from being written beside it."""
    with suppress(FileNotFoundError):
        os.lstat(_writing(place))
    above = next(folder for folder in place.absolute().parents if folder.exists())
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return os.path.lexists(place)


@contextmanager
def _cannot_write(place: Path) -> Iterator[None]:
    """Say where nothing can be written, and why."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            raise
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise FolderError(f"{place}: cannot write there: {why}") from error


def _ours(place: Path) -> bool:
    if not place.is_file():
        return False
    try:
        with place.open(encoding="utf-8") as file:
            return f'content="{MARK}"' in file.read(HEAD)
    except (OSError, UnicodeDecodeError):
        return False


def render(atlas: Atlas, command: str, live: Live | None = None) -> str:
    """Write the page.

    Parameters
    ----------
    atlas : Atlas
        What was simulated.
    command : str
        What makes the same page again.
    live : Live, optional
        What runs the model in it; without, the page ends with what was simulated.

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
            script="\n".join([*_scripts(), *([live.script] if live else [])]),
            live=live,
            readout=_readout(atlas),
            colours=_colours(),
        )
    )
    return html


def _scripts() -> list[str]:
    return [(HERE / "script" / name).read_text(encoding="utf-8") for name in SCRIPTS]


def _readout(atlas: Atlas) -> list[tuple[int, str, str]]:
    """The outcomes that stay in sight: their places, what they are called, and their units."""
    about = payload.outcomes(atlas)
    places = [SHOWN.index(name) for name in payload.IN_SIGHT]
    return [(k, SHORTER.get(about[k]["label"], about[k]["label"]), about[k]["unit"]) for k in places]


def _about(atlas: Atlas, command: str) -> dict[str, Any]:
    """What was run: the words at the top and at the bottom."""
    study = atlas.plan.study
    return {
        "mark": MARK,
        "title": study.base.title,
        "question": study.base.question,
        "worlds": number(study.ensemble.worlds, 0),
        "seed": study.ensemble.seed,
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


def error_rows(atlas: Atlas) -> list[dict[str, Any]]:
    """The measured error of interpolation, a row an outcome, in the outcome's own unit."""
    sampling = np.median(atlas.held_out.half, axis=0)
    columns = ("half_under", "nearly_all_under", "largest", "sampling")
    return [
        {"outcome": name, **dict(zip(columns, map(float, values), strict=True))}
        for name, *values in zip(SHOWN, *atlas.outcome_errors, sampling, strict=True)
    ]


def screen_rows(atlas: Atlas) -> list[list[str]]:
    """The same for the screen."""
    return [
        [_name(about), *(number(about["scale"] * value, 2) for value in list(row.values())[1:])]
        for about, row in zip(outcomes(atlas), error_rows(atlas), strict=True)
    ]


def _name(about: dict[str, Any]) -> str:
    return f"{about['label']}, {about['unit'].removesuffix(' worlds')}"


def sentences(atlas: Atlas, size: int, live: Live | None = None) -> list[str]:
    """What the page holds, and where interpolation is worse than the sampling error."""
    grid = " × ".join(str(len(levels)) for levels in atlas.plan.levels)
    about = outcomes(atlas)
    coarse = [
        lower(one["label"])
        for one, row in zip(about, error_rows(atlas), strict=True)
        if row["nearly_all_under"] > row["sampling"]
    ]
    worse = (
        f"Between nodes the error is larger than that of sampling for: {', '.join(coarse)}."
        if coarse
        else "Between nodes the error is smaller than that of sampling for every outcome."
    )
    held = (
        f"{number(len(atlas.plan.nodes), 0)} settings of the dials were simulated ({grid}), {len(atlas.whole)} whole "
        f"doctrines, and {len(atlas.plan.held_out)} settings off the grid to measure the error of interpolation."
    )
    needs = f"The page has {number(size / MEGABYTE, 1)} MB and needs neither a server nor the network."
    return [held, worse, *([_inside(live)] if live else []), needs]


def _inside(live: Live) -> str:
    """What of a page came from outside."""
    of = dict.fromkeys(row["of"] for row in live.inside)
    return f"The model is in it: {live.modules} files of its own, with {', '.join(of)}, each taken by its SHA-256."
