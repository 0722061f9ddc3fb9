"""Pages of the site that the code writes itself: the API from docstrings, the command line from its help."""

import importlib.util
import pkgutil
from pathlib import Path

PACKAGES = {
    "sim": "What `import sim` offers",
    "sim.model": "The month",
    "sim.actors": "Actors",
    "sim.world": "The world: pure functions",
    "sim.scenario": "Scenario files",
    "sim.ensemble": "Ensembles",
    "sim.questions": "Questions",
    "sim.teaching.seats": "People in the seats",
    "sim.theory": "Textbook games",
    "sim.estimation": "The fit to the record",
    "sim.record": "The record",
    "sim.figures": "Figures",
    "sim.store": "Results on disk",
    "sim.report": "The report",
}
"""Packages with a title of their own; others that there are follow, modules at the top of `sim` come last."""
NOT_TOLD = {"sim.cli", "sim.__main__", "sim.browser", "sim.model"}
OFFERED = ("load", "run", "compare", "explain", "replay", "worlds", "difference", "open_results")


def write(source: Path) -> None:
    """Write the pages of the API and of the command line."""
    folder = source / "api"
    folder.mkdir(parents=True)
    others = [name for name in inside("sim") if name not in PACKAGES and name not in NOT_TOLD]
    packages = PACKAGES | {name: "" for name in others if inside(name)}
    for package, title in packages.items():
        (folder / f"{package}.rst").write_text(page(package, title), encoding="utf-8")
    loose = heading("Doctrines, dials, parameters and the rest")
    loose += "".join(module(name) for name in others if name not in packages)
    (folder / "others.rst").write_text(loose, encoding="utf-8")
    names = "\n".join(f"   {package}" for package in [*packages, "others"])
    (folder / "index.rst").write_text(f"{heading('API')}.. toctree::\n\n{names}\n", encoding="utf-8")
    (source / "commands.md").write_text(commands(), encoding="utf-8")


def inside(package: str) -> list[str]:
    """Modules and packages in a package; none in a module. It is not imported: it may want what is not installed."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    found = pkgutil.iter_modules(places) if places else ()
    return sorted(f"{package}.{one.name}" for one in found if not one.name.startswith("_"))


def page(package: str, title: str) -> str:
    """A package: what it says of itself, then its modules."""
    if package == "sim":
        offered = "".join(f".. autofunction:: sim.{name}\n\n" for name in OFFERED)
        return f"{heading('sim')}.. automodule:: sim\n   :no-members:\n\n{offered}"
    text = heading(f"{package}: {title[0].lower()}{title[1:]}" if title else package)
    told = [name for name in inside(package) if name not in PACKAGES]
    return f"{text}.. automodule:: {package}\n\n" + "".join(map(module, told))


def module(name: str) -> str:
    return f"{heading(name, '-')}.. automodule:: {name}\n\n"


def heading(text: str, line: str = "=") -> str:
    return f"{text}\n{line * len(text)}\n\n"


def commands() -> str:
    """The help of all commands, as Markdown."""
    from sim.cli import app

    told = app.generate_docs(output_format="markdown")
    return told.replace("# doctrine\n", "# The command line\n", 1).replace("```console", "```text")
