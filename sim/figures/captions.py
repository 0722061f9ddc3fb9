"""What each figure is called, and how to read it."""

from __future__ import annotations

from typing import NamedTuple

FAN = (
    "The line is the mean of all worlds; half of the worlds lie in the dark band, 90 of 100 in the light one. "
    "What was observed is black."
)


class Caption(NamedTuple):
    """Heading and reading aid of a figure."""

    heading: str
    text: str


CAPTIONS = {
    "overview": Caption(
        "The comparison on one page",
        "Each small picture has its own vertical scale, with the unit under its heading. Until the vertical line the "
        "worlds are the same under every doctrine; the bands hold half of the worlds and are left out where they "
        "would hide each other.",
    ),
    "paired_differences": Caption(
        "What the doctrine changes",
        "Every dot is the mean, over worlds, of what an outcome is under one doctrine less what it is in the same "
        "world under the other; the line through it is its 95 % interval. A dot right of the black line means more of "
        "it, which need not be better. Outcomes with the same unit share a scale.",
    ),
    "aid_flows": Caption(
        "Money by month",
        f"Aid comes in lumps, so every point is the mean of three months, in each world and in the record alike. {FAN}",
    ),
    "europe_share": Caption(
        "Europe's share of aid",
        f"European contributions as a part of European and American aid over the last six months. {FAN}",
    ),
    "europe_members": Caption(
        "Who pays in Europe",
        "Contributions over all months of the run, those before the change of doctrine included. The dot is the mean; "
        "the thick line holds half of the worlds, the thin one 90 of 100.",
    ),
    "front": Caption(
        "The front",
        f"The share of Ukraine, Crimea included, that Russia holds. The vertical axis does not start at zero. {FAN}",
    ),
    "settlement_incidence": Caption(
        "When settlements and truces come, and what becomes of them",
        "The height of the whole is the number of worlds of 100 that have had a settlement or a truce by then, a "
        "settlement that the scenario opens with included. Under the black line are those where one is in force: a "
        "settlement by its class when signed, guaranteed (arms, a European force or a treaty, near the front), fragile "
        "(no guarantee, or monitors) or imposed (a line far beyond the front, or signed in collapse); or a truce, "
        "which stops the guns on the front and settles nothing. Above it are those at war again, by what broke last; a "
        "world may return from there, since after a break the parties may meet again.",
    ),
    "settlement_terms": Caption(
        "On what terms",
        "Across: how far the agreed line lies from the front, to Russia's advantage on the right. Lines on offer are "
        "a quarter of a point apart; each counts at the step nearest to it, and the steps are not drawn to scale. Up: "
        "the guarantee to Ukraine. The larger a circle, the more worlds sign such a guarantee with a line near that "
        "step; the darker, the more sanctions were lifted, on average over them. Of a world that signs again after a "
        "break the last settlement counts; truces, which are on the front, are not here.",
    ),
    "votes": Caption(
        "Votes in Congress",
        "Only bills that come to a vote are shown: a bill that its leaders keep from the floor has no ayes. The black "
        "dots are the final passages of bills about Ukraine; bills that carried aid among much else are left out. "
        "The vertical axis does not start at zero.",
    ),
    "sanctions": Caption(
        "Sanctions, American and European, and the acts that made them",
        "Above: how much of the fullest sanctions is in force and kept up, of either side and of both as Russia feels "
        "them. An act that tightens closes a share of the gap, one that eases lifts a share of what no law holds. "
        "Where nobody is put on the lists any more, pressure leaks away. European sanctions end where one government "
        "lets the renewal of January or July pass. Below: months with an act so far, laws of Congress among the "
        "American; what was observed is black.",
    ),
    "beliefs": Caption(
        "What the audiences believe, and what Kyiv's public would cede",
        "How much lasting American support Ukraine, Russia and Europe expect, as a share of full support, and how "
        "far American words count: the part of its promises that Washington kept. Who promises little breaks little, "
        "so that words can count for more where support is cut. "
        "Ukrainians against any cession of land: what ceding costs Kyiv at home goes with their share. It moves with "
        "the length of the war and by chance, not with doctrines; surveys are black.",
    ),
    "reading": Caption(
        "What Kyiv, Moscow and Europe take Washington for",
        "Audiences do not know the doctrine in Washington: they read it from what is given, said and done, by what "
        "each doctrine that they think possible would do. A column is a Washington as it is; the heights of its areas "
        "are how likely it is found to be what, on average over worlds. Where it is known, one area fills the picture.",
    ),
}
"""Captions by the name of the figure."""
