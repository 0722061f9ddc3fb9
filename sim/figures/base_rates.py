"""How often peace broke after other wars, beside the hazard that the model has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page
from sim.figures.style import COLOURS, HEIGHT, OBSERVED
from sim.record import base_rates
from sim.scenario.preferences import PeaceParameters

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS = {
    "war_again": "two states: war again",
    "states_fight_again": "two states: fighting again",
    "agreement_fought_again": "civil conflict, agreement: fighting again",
    "full_agreement_breaks": "civil war, full agreement: ended",
    "settlement_alone": "civil war, settlement, no peacekeepers",
    "settlement_kept": "civil war, settlement, peacekeepers",
    "truce_alone": "civil war, truce, no peacekeepers",
    "truce_kept": "civil war, truce, peacekeepers",
    "nobody_keeps": "civil war, settlement or truce: nobody",
    "monitors_keep": "the same: monitors, by consent",
    "force_keeps": "the same: a force that may enforce",
}
"""Rates in the figure, from the top, in a few words."""
PARAMETER = "peace.hazard"
PALE = "#d6e7f2"
"""Colour of the range that base rates leave."""


@figure_of_ours
def hazards_of_peace() -> Figure:
    """Chance a month that peace breaks, by kind of peace and of who keeps it, with 90 % intervals."""
    known, prior = base_rates.rates(), base_rates.priors()[PARAMETER]
    hazard, colour = PeaceParameters().hazard, COLOURS[0]
    sheet = page(
        _title(known["settlement_alone"], known["settlement_kept"]),
        "Dot: chance a month that peace breaks; line: 90 % interval; in brackets: broken, of so many cases. None is an "
        "effect: truces, settlements and peacekeepers come where peace is harder or easier.",
        "Correlates of War; Uppsala Conflict Data Program; Fortna (2008). Rates and cautions: base_rates.csv.",
        key=[
            KeyEntry(f"without guarantees in the model, {hazard:g}", COLOURS[1], COLOURS[1], (0.0, (5.0, 1.6))),
            KeyEntry(f"what base rates leave of it, {prior.low:g} to {prior.high:g}", colour, PALE, hatch=""),
        ],
        height=HEIGHT,
    )
    ax = sheet.grid(1, 1, left=5.4, top=0.4)[0, 0]
    axes.prepare(ax, "Peace breaks", "chance a month, scale of logarithms", lines="x")
    ax.set_xscale("log")
    ax.axvspan(prior.low, prior.high, color=PALE, linewidth=0, zorder=0)
    ax.axvline(hazard, color=COLOURS[1], linestyle=(0.0, (5.0, 1.6)), linewidth=2.5)
    for row, rate in enumerate(known[name] for name in ROWS):
        ax.hlines(row, rate.low, rate.high, color=OBSERVED, linewidth=2.0)
        ax.plot(rate.value, row, marker="o", markersize=9, color=OBSERVED)
    axes.name_rows(ax, [f"{label} ({known[rate].events} of {known[rate].n})" for rate, label in ROWS.items()])
    ax.set_xlim(0.0002, 0.1)
    ax.set_xticks([0.0003, 0.001, 0.003, 0.01, 0.03, 0.1])
    ax.xaxis.set_major_formatter(axes.tick)
    ax.minorticks_off()
    return sheet.figure


def _title(alone: base_rates.BaseRate, kept: base_rates.BaseRate) -> str:
    """What the few guarded settlements say beside those that nobody guarded, and whether they say anything."""
    guarded, bare = f"{kept.events} of {kept.n} broke with peacekeepers", f"{alone.events} of {alone.n} without"
    told = f"Settlements of civil wars: {guarded}, {bare}"
    ends = (alone.low, alone.high, kept.low, kept.high)
    low, high, low_kept, high_kept = (float("nan") if end is None else end for end in ends)
    apart = low > high_kept or low_kept > high
    return told if apart else f"{told}, too few to tell what guarding does"
