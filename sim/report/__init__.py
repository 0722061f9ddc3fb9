"""The report of a run: one HTML file that needs nothing else, for readers who were not there."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.questions import assumptions
from sim.questions.by_year import by_year
from sim.questions.compare import LEVEL
from sim.questions.labels import doctrine_label, listed, lower, month_text, number
from sim.questions.results import Results, results
from sim.questions.since import month_of_change, start_of_effect
from sim.questions.story import story
from sim.report.claims import claims
from sim.report.tables import against_record, comparison, record_score, single
from sim.report.trust import trust
from sim.store.provenance import version

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sim.figures.record import Observed
    from sim.scenario import Scenario

TEMPLATE = Path(__file__).with_name("template.html.j2")
MOST_BYTES = 2_200_000
"""Drawings beyond this are put into the report as pixels, which keeps it under 3 MB."""
PIXELS = 100
"""Dots an inch of a figure in pixels."""
NO_BREAK = "\N{NO-BREAK SPACE}"


def render(
    dataset: xr.Dataset,
    scenarios: Mapping[str, Scenario] | Scenario,
    record: Observed | None = None,
    command: str = "",
    since: Any = None,
    figures: Mapping[str, Figure] | None = None,
    found: Results | None = None,
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
    figures : mapping of str to Figure, optional
        The figures by name, if they are drawn already; all of them are drawn if None.
    found : Results, optional
        The numbers, if they are of more worlds than the Dataset has.

    Returns
    -------
    str
        HTML, the same for the same input; it asks for nothing from outside.
    """
    by_label = _by_label(dataset, scenarios)
    changed = month_of_change(dataset, by_label) if since is None else since
    drawn = _draw(dataset, record, changed) if figures is None else figures
    found = results(dataset, changed) if found is None else found
    html: str = (
        _environment()
        .get_template(TEMPLATE.name)
        .render(
            **_about(dataset, by_label, changed, command, found.worlds),
            **_findings(dataset, changed, found),
            **_held_against(dataset, record),
            **_assumed(by_label, month_text(start_of_effect(dataset, changed))),
            **trust(next(iter(by_label.values()))),
            **claims(),
            figures=_pictures(drawn),
        )
    )
    return html


def _by_label(dataset: xr.Dataset, scenarios: Mapping[str, Scenario] | Scenario) -> dict[str, Scenario]:
    """The scenarios by label, in the order of the Dataset."""
    labels = [str(label) for label in dataset["doctrine"].to_numpy()]
    if not isinstance(scenarios, Mapping):
        return dict.fromkeys(labels, scenarios)
    return {label: scenarios[label] for label in labels}


def _draw(dataset: xr.Dataset, record: Observed | None, since: Any) -> dict[str, Figure]:
    from sim import figures

    return {name: getattr(figures, name)(dataset, record, since) for name in figures.FIGURES}


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


def _findings(dataset: xr.Dataset, since: Any, found: Results) -> dict[str, Any]:
    """Sentences and tables."""
    if len(found.labels) == 1:
        return {"story": story(dataset, since), "tables": [single(found.levels, found.worlds)], "gain": ""}
    rows = found.differences
    return {"story": story(dataset, since, rows), "tables": comparison(rows), "gain": _gain(rows)}


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


def _held_against(dataset: xr.Dataset, record: Observed | None) -> dict[str, Any]:
    """The simulation against the record."""
    if record is None:
        return {"against": [], "score": []}
    years = by_year(dataset, record.series)
    return {"against": against_record(years), "score": record_score(years)}


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


def _pictures(drawn: Mapping[str, Figure]) -> list[dict[str, str]]:
    """The figures as addresses that hold their data, with heading, reading aid and text for those who do not see."""
    from sim.figures import saving
    from sim.figures.captions import CAPTIONS

    drawings = {name: saving.svg(figure).encode() for name, figure in drawn.items()}
    small = _encoded_size(drawings.values()) <= MOST_BYTES
    pictures = []
    for name, figure in drawn.items():
        data = drawings[name] if small else saving.png(figure, PIXELS)
        kind = "svg+xml" if small else "png"
        caption = CAPTIONS[name]
        text = {"heading": caption.heading, "caption": caption.text, "finding": str(figure.get_label())}
        address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        pictures.append({"name": name, "address": address, **text})
    return pictures


def _encoded_size(parts: Iterable[bytes]) -> int:
    return sum(len(part) for part in parts) * 4 // 3


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATE.parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["tight"] = _tight
    return environment


def _tight(text: str) -> str:
    """A text in which no percent sign starts a line."""
    return text.replace(" %", f"{NO_BREAK}%")
