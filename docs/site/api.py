"""Pages of the site that the code writes itself: the API from docstrings, the command line from its help."""

import importlib
import pkgutil
from pathlib import Path

import sim

PACKAGES = {
    "sim": "What `import sim` offers",
    "sim.model": "The month",
    "sim.actors": "Actors",
    "sim.world": "The world: pure functions",
    "sim.scenario": "Scenario files",
    "sim.ensemble": "Ensembles",
    "sim.questions": "Questions",
    "sim.theory": "Textbook games",
    "sim.calibration": "The fit to the record",
    "sim.record": "The record",
    "sim.figures": "Figures",
    "sim.store": "Results on disk",
    "sim.report": "The report",
}
"""Packages with a page of their own. Modules at the top of `sim` come last."""
NOT_TOLD = {"sim.cli", "sim.__main__", "sim.api", "sim.model"}
OFFERED = ("load", "run", "compare", "open_results")


def write(source: Path) -> None:
    """Write the pages of the API and of the command line."""
    folder = source / "api"
    folder.mkdir(parents=True)
    for package, title in PACKAGES.items():
        (folder / f"{package}.rst").write_text(page(package, title), encoding="utf-8")
    loose = [f"sim.{found.name}" for found in pkgutil.iter_modules(sim.__path__) if not found.ispkg]
    others = heading("Doctrines, dials, parameters and the rest")
    others += "".join(module(name) for name in loose if name not in NOT_TOLD)
    (folder / "others.rst").write_text(others, encoding="utf-8")
    names = "\n".join(f"   {package}" for package in [*PACKAGES, "others"])
    (folder / "index.rst").write_text(f"{heading('API')}.. toctree::\n\n{names}\n", encoding="utf-8")
    (source / "commands.md").write_text(commands(), encoding="utf-8")


def page(package: str, title: str) -> str:
    """A package: what it says of itself, then its modules."""
    text = heading(f"{package}: {title[0].lower()}{title[1:]}" if package != "sim" else "sim")
    if package == "sim":
        return (
            text
            + ".. automodule:: sim\n   :no-members:\n\n"
            + "".join(f".. autofunction:: sim.{n}\n\n" for n in OFFERED)
        )
    names = sorted(
        found.name for found in pkgutil.iter_modules(getattr(importlib.import_module(package), "__path__", []))
    )
    members = [f"{package}.{name}" for name in names if not name.startswith("_")]
    return text + f".. automodule:: {package}\n\n" + "".join(map(module, members))


def module(name: str) -> str:
    return f"{heading(name, '-')}.. automodule:: {name}\n\n"


def heading(text: str, line: str = "=") -> str:
    return f"{text}\n{line * len(text)}\n\n"


def commands() -> str:
    """The help of all commands, as Markdown."""
    from sim.cli import app

    told = app.generate_docs(output_format="markdown")
    return told.replace("# doctrine\n", "# The command line\n", 1).replace("```console", "```text")
