"""Packages that offer guests and presets, as if they were installed: a folder on the path with what pip would write."""

import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.basics import plugins

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "doctrine-china"
Groups = Mapping[str, Mapping[str, str]]


def offer(folder: Path, package: str, groups: Groups, modules: Mapping[str, str] = {}, version: str = "1.0") -> Path:
    """Write a package with entry points into a folder, and its modules beside."""
    about = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", encoding="utf-8")
    lines = [line for group, names in groups.items() for line in (f"[{group}]", *_entries(names))]
    (about / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def _entries(names: Mapping[str, str]) -> Iterable[str]:
    return (f"{name} = {target}" for name, target in names.items())


def offer_the_example(folder: Path) -> list[Path]:
    """The example package, with the entry points of its pyproject.toml; the folders that belong on the path."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    offer(folder, project["name"], project["entry-points"], version=project["version"])
    return [folder, EXAMPLE]


def looked_up_anew(modules: Iterable[str] = ()) -> None:
    """Forget what was offered, and modules that were loaded from there."""
    plugins.offers.cache_clear()
    plugins.loaded.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in modules]:
        del sys.modules[name]
