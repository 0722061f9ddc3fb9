"""Memory of donors' months: found where it is, absent where it is not, and shipped as computed."""

import numpy as np
import pytest

from sim.estimation import europe_memory
from sim.record import tables


def lumpy(memory: float, months: int = 20_000, members: int = 4) -> np.ndarray:
    """Members that move part of the way to a wandering target, and give in lumps."""
    generator = np.random.default_rng(2)
    level = np.zeros((months, members))
    for month in range(1, months):
        level[month] = memory * level[month - 1] + 0.5 * generator.standard_normal(members)
    return np.maximum(6.0 + level, 0.1) * generator.exponential(size=(months, members))


def test_slow_members_remember_and_the_memory_falls_off_at_their_speed() -> None:
    table = europe_memory.memory(lumpy(0.9))
    first, later = table["autocorrelation"].iloc[0], table["autocorrelation"].iloc[5]
    assert later / first == pytest.approx(0.9**5, abs=0.15)


def test_members_without_memory_show_none() -> None:
    table = europe_memory.memory(lumpy(0.0))
    assert table["autocorrelation"].abs().max() < 0.05


def test_the_shipped_table_is_what_the_command_makes() -> None:
    assert tables.text(europe_memory.estimated()) == (tables.FOLDER / "europe_memory.csv").read_text(encoding="utf-8")


def test_the_months_of_european_donors_remember_next_to_nothing() -> None:
    assert tables.read("europe_memory")["autocorrelation"].abs().max() < 0.15
