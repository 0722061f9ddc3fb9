"""The lowest version of everything that pyproject.toml asks for, as constraints: `python tests/lowest.py EXTRA ...`.

    python tests/lowest.py test > lowest.txt
    pip install -c lowest.txt -e '.[test]'

What is promised as enough is then what runs. Every dependency has a lower bound; one without is an error.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,-]+)\])?\s*(?P<bounds>[^;]*)")
LOWEST = re.compile(r"(?:>=|==)\s*([\w.]+)")


class NoLowerBoundError(ValueError):
    """A dependency of which any version is said to do."""


def lowest(requirements: list[str], extras: dict[str, list[str]], own_name: str) -> Iterator[str]:
    """Constraints for the requirements, those of the project's own extras in them followed."""
    for requirement in requirements:
        found = REQUIREMENT.match(requirement)
        assert found is not None, requirement
        if found["name"] == own_name:
            for extra in found["extras"].split(","):
                yield from lowest(extras[extra], extras, own_name)
        elif (bound := LOWEST.search(found["bounds"])) is None:
            raise NoLowerBoundError(f"pyproject.toml: {requirement!r} has no lower bound; say which version is enough")
        else:
            yield f"{found['name']}=={bound[1]}"


def constraints(*extras: str) -> list[str]:
    """Constraints that hold everything to its lowest version."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(requirement for extra in extras for requirement in optional[extra])]
    return sorted(set(lowest(wanted, optional, project["name"])))


if __name__ == "__main__":
    print("\n".join(constraints(*sys.argv[1:])))
