"""The report of a run: one HTML file that needs nothing else, for readers who were not there."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.basics.intervals import LEVEL
from sim.basics.labels import listed, lower, month_text, number
from sim.ensemble.dataset import from_text
from sim.questions.compare import assumptions
from sim.questions.compare.breakdowns import by_year
from sim.questions.compare.doctrines import month_of_change, of_doctrines, start_of_effect
from sim.questions.compare.ensemble_numbers import EnsembleNumbers, ensemble_numbers
from sim.questions.compare.settlements import broken_by_class
from sim.questions.compare.story import story
from sim.record import monthly
from sim.report.tables import (
    against_record,
    agreements,
    claims_table,
    comparison,
    model_against_record,
    record_score,
    single,
)
from sim.scenario.spelling import doctrine_label
from sim.store.provenance import version

if TYPE_CHECKING:
    import xarray as xr

    from sim.figures.record import Observed
    from sim.figures.saving import Picture
    from sim.scenario import Scenario

TEMPLATE = Path(__file__).with_name("template.html.j2")
MOST_BYTES = 2_200_000
"""Drawings beyond this are put into the report as pixels, which keeps it under 3 MB."""
PIXELS = 100
"""Dots an inch of a figure in pixels."""
NO_BREAK = "\N{NO-BREAK SPACE}"


@of_doctrines
def render(
    dataset: xr.Dataset,
    scenarios: Mapping[str, Scenario] | Scenario,
    record: Observed | None = None,
    command: str = "",
    since: Any = None,
    figures: Mapping[str, Picture] | None = None,
    found: EnsembleNumbers | None = None,
    notes: Iterable[str] = (),
) -> str:
    """Write the report.

    Parameters
    ----------
    dataset : xarray.Dataset
        The ensemble, with its monthly paths.
    scenarios : mapping of str to Scenario, or Scenario
        What was simulated, by the labels of the Dataset; one alone if there is one doctrine.
    record : Observed, optional
        The observed record, as `sim.figures.observed` reads it; without it nothing is held against the record.
    command : str
        What makes the same results again.
    since : str or datetime64, optional
        The month in which the doctrine changes: by default the first in which the doctrines differ; with one
        doctrine, the month of Washington's last change.
    figures : mapping of str to Picture, optional
        The figures by name, if they are drawn already; all of them are drawn if None.
    found : EnsembleNumbers, optional
        The numbers, if they are of more worlds than the Dataset has.
    notes : iterable of str
        What became of what the scenario's file inherits, a line each.

    Returns
    -------
    str
        HTML, the same for the same input; it asks for nothing from outside.
    """
    by_label = _by_label(dataset, scenarios)
    changed = month_of_change(dataset, by_label) if since is None else since
    if figures is None:
        from sim.figures.beside import Shown, begun

        figures = begun(Shown(dataset, changed, record))()
    found = ensemble_numbers(dataset, changed) if found is None else found
    years = None if record is None else by_year(dataset, record.series)
    html: str = (
        _environment()
        .get_template(TEMPLATE.name)
        .render(
            **_about(dataset, by_label, changed, command, found.worlds),
            **_findings(dataset, changed, found),
            against=[] if years is None else against_record(years),
            score=[] if years is None else record_score(years),
            **_assumed(by_label, month_text(start_of_effect(dataset, changed))),
            **model_against_record(next(iter(by_label.values()))),
            **claims_table(),
            own_sources={} if record is None else record.sources(*_span(dataset, record)),
            own_lacking="" if record is None else _lacking(dataset, record),
            release=monthly.releases()[-1] if record is None else record.release,
            figures=_pictures(figures),
            notes=list(notes),
        )
    )
    return html


def _span(dataset: xr.Dataset, record: Observed) -> tuple[str, str]:
    """First and last month of the record that the figures show."""
    from sim.figures.record import during

    months = dataset["month"].to_numpy()
    seen = [during(record, name, months) for name in map(str, record.series) if name in dataset]
    first = min([months[0], *(series["month"].to_numpy()[0] for series in seen if series is not None)])
    return month_text(first), month_text(months[-1])


def _lacking(dataset: xr.Dataset, record: Observed) -> str:
    """What of the user's own months the figures show otherwise than the rest, or not at all, and why."""
    from sim.figures.record import WHY_NOT, during, not_drawn
    from sim.figures.series import FLOWS, WINDOW

    months = dataset["month"].to_numpy()
    flows = [during(record, row.variable, months, WINDOW) for row in FLOWS]
    alone = any(series is not None and bool(series["alone"].any()) for series in flows)
    squares = "Hollow squares: single months of yours, where the mean of three is not known." if alone else ""
    return f"{squares}{not_drawn(record, WHY_NOT, months)}".strip()


def _by_label(dataset: xr.Dataset, scenarios: Mapping[str, Scenario] | Scenario) -> dict[str, Scenario]:
    """The scenarios by label, in the order of the Dataset."""
    labels = [str(label) for label in dataset["doctrine"].to_numpy()]
    if not isinstance(scenarios, Mapping):
        return dict.fromkeys(labels, scenarios)
    return {label: scenarios[label] for label in labels}


def _about(
    dataset: xr.Dataset, scenarios: Mapping[str, Scenario], since: Any, command: str, worlds: int
) -> dict[str, Any]:
    """What was run: the words at the top and at the bottom."""
    scenario = next(iter(scenarios.values()))
    months = dataset["month"].to_numpy()
    start = start_of_effect(dataset, since)
    return {
        "title": scenario.title,
        "question": scenario.question,
        "labels": [doctrine_label(label) for label in scenarios],
        "spelt": _spelt(dataset),
        "worlds": number(worlds, 0),
        "drawn": number(dataset.sizes["world"], 0) if worlds > dataset.sizes["world"] else "",
        "one_world": worlds == 1,
        "seed": dataset.attrs.get("seed", "?"),
        "first": month_text(months[0]),
        "last": month_text(months[-1]),
        "months": len(months),
        "since": month_text(start),
        "from_start": bool(start == months[0]),
        "command": command,
        "scenario": scenario.name,
        "version": version(),
        "digests": [(doctrine_label(label), scenario.digest) for label, scenario in scenarios.items()],
        "level": f"{100 * LEVEL:.0f}",
    }


def _spelt(dataset: xr.Dataset) -> list[tuple[str, str]]:
    """The doctrines that their labels do not tell in full, written out."""
    labels = [str(label) for label in dataset["doctrine"].to_numpy()]
    whole = from_text(dataset.attrs["doctrines"]) if "doctrines" in dataset.attrs else labels
    return [(doctrine_label(label), text) for label, text in zip(labels, whole, strict=True) if text != label]


def _findings(dataset: xr.Dataset, since: Any, found: EnsembleNumbers) -> dict[str, Any]:
    """Sentences and tables."""
    agreed = agreements(broken_by_class(dataset, since), dataset.sizes["world"])
    if len(found.labels) == 1:
        return {"story": story(dataset, since), "tables": [single(found.levels, found.worlds), *agreed], "gain": ""}
    rows = found.differences
    return {"story": story(dataset, since, rows), "tables": [*comparison(rows), *agreed], "gain": _gain(rows)}


def _gain(table: Any) -> str:
    """What the same worlds are worth: how many times more separate worlds the same precision would take."""
    ratios = table.assign(ratio=table["variance_ratio"]).replace([float("inf")], float("nan")).dropna(subset=["ratio"])
    if ratios.empty:
        return ""
    most, least = ratios.loc[ratios["ratio"].idxmax()], ratios.loc[ratios["ratio"].idxmin()]
    return (
        f"With separate worlds for each doctrine, the same precision would take between {number(least['ratio'], 1)} "
        f"times ({lower(least['label'])}) and {number(most['ratio'], 1)} times ({lower(most['label'])}) as many worlds."
    )


def _assumed(scenarios: Mapping[str, Scenario], month: str) -> dict[str, Any]:
    """What the run assumes."""
    scenario = next(iter(scenarios.values()))
    off = assumptions.switched_off(scenarios)
    return {
        "month": month,
        "dials": assumptions.dials(scenarios, month),
        "presets": assumptions.presets(scenarios),
        "off": off,
        "off_names": listed([name.replace("_", " ") for name, _, _ in off]),
        "changed": assumptions.not_default(scenarios),
        "events": assumptions.events(scenario),
    }


def _pictures(drawn: Mapping[str, Picture]) -> list[dict[str, str]]:
    """The figures as addresses that hold their data, with heading, reading aid and text for those who do not see."""
    from sim.figures.captions import CAPTIONS
    from sim.figures.saving import smaller

    small = sum(len(picture.svg) for picture in drawn.values()) * 4 // 3 <= MOST_BYTES  # as base64 has them
    pictures = []
    for name, picture in drawn.items():
        data = picture.svg if small else smaller(picture.png, PIXELS)
        kind = "svg+xml" if small else "png"
        caption = CAPTIONS[name]
        text = {"heading": caption.heading, "caption": caption.text, "finding": picture.finding}
        address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        pictures.append({"name": name, "address": address, **text})
    return pictures


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATE.parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["tight"] = lambda text: text.replace(" %", f"{NO_BREAK}%")  # no percent sign starts a line
    return environment
