"""Draw the votes in Congress that were left out, by party: `python docs/make_votes.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # draw this checkout, not a package installed elsewhere

from sim import record
from sim.figures.left_out import votes_left_out
from sim.figures.saving import png

PICTURE = Path(__file__).parent / "images" / "votes-left-out.png"
DPI = 80


def main() -> None:
    """Write the picture."""
    PICTURE.write_bytes(png(votes_left_out(record.table("congress_rollcalls")), DPI))


if __name__ == "__main__":
    main()
