"""Write the handouts of the classroom game, a page an actor: `python docs/make_handouts.py`.

Every number is read off the presets, the parameters and the opening of the scenario `outlook`. A handout prints on one
page of A4.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

import numpy as np
from scipy.special import expit

import sim
from sim import record
from sim.actors.congress import CLOTURE, TWO_THIRDS
from sim.basics.actors import FACTIONS
from sim.basics.labels import month_name
from sim.ensemble import opened
from sim.scenario.presets import CONGRESS, PRESETS, UNITED_STATES
from sim.world.executive import cost, dials
from sim.world.reading import pays
from sim.world.settlement import guarantee_belief, talks_terms

OUT = Path(__file__).parent / "teach" / "handouts"
OUTLOOK = sim.load("outlook").with_parameter_sets("one")
P, START = OUTLOOK.parameters, OUTLOOK.initial
PERCENT = 100.0
YEAR = ("2025-01", record.last_month())
LEVELS = ("none", "monitors", "arms", "troops", "a treaty")
STYLE = """
@page { size: A4; margin: 14mm }
body { font: 10.5pt/1.35 "DejaVu Sans", Verdana, sans-serif; color: #222; max-width: 182mm; margin: 0 auto }
h1 { font-size: 19pt; margin: 0 0 2mm } h2 { font-size: 12pt; margin: 4mm 0 1mm; color: #0072B2 }
p, ul { margin: 0 0 1.5mm } ul { padding-left: 5mm } li { margin-bottom: .8mm }
table { border-collapse: collapse; margin: 1mm 0 } td, th { border-bottom: .3mm solid #d9d9d9; padding: .6mm 2.5mm;
text-align: right } td:first-child, th:first-child { text-align: left }
.secret { border: .5mm solid #D55E00; padding: 2mm 3mm; margin-top: 3mm } .small { font-size: 9pt; color: #5a5a5a }
"""


def world() -> list[str]:
    """What everybody knows."""
    series = record.series()
    europe = float(series["europe_contribution"].sel(month=slice(*YEAR)).mean())
    return [
        f"It is {OUTLOOK.start}. Russia holds {PERCENT * START.line:.1f} % of Ukraine.",
        (
            f"Force in the field: Ukraine {START.force_ukraine:.0f}, Russia {START.force_russia:.0f}. "
            f"Sanctions stand at {PERCENT * START.sanctions:.0f} % of full ones."
        ),
        (
            f"Europe gave {europe:.1f} EUR bn a month from {month_name(YEAR[0])} to {month_name(YEAR[1])}; Washington has {START.authority:.0f} EUR bn of "
            f"authority left. Full American support would be {P.executive.full_support:.1f} a month."
        ),
        f"A deal has three terms: the line, a guarantee (0 to 4: {', '.join(LEVELS)}), and the share of sanctions lifted.",
    ]


def united_states() -> dict[str, list[str]]:
    """Washington."""
    architect, dealer = (UNITED_STATES[name].doctrine for name in ("architectural", "transactional"))
    kept = START.promises_kept / (START.promises_kept + START.promises_broken)
    model = opened(OUTLOOK, seed=1, start=0, stop=1)
    model.step()
    seen, p, hands = model.united_states.seen, P.executive, [dials(d) for d in (architect, dealer)]
    paid = [float(pays(d, seen, cost(d, seen, p), p)[0]) for d in hands]
    belief = [guarantee_belief(share, kept, P.peace) for share in paid]
    pause = [P.bureaucracy.intelligence_pause * (1.0 - d.commitment) for d in (architect, dealer)]
    never = np.zeros(1)  # no stalemate that hurts yet, and no talks last month
    talks = [
        float(expit(sum(talks_terms(d.rivalry, d.horizon, d.channel, never, never, P.table).values()))[0])
        for d in (architect, dealer)
    ]
    rows = {
        "commitment (0 to 1)": [f"{d.commitment:.2f}" for d in (architect, dealer)],
        "clarity (0 to 1)": [f"{d.clarity:.2f}" for d in (architect, dealer)],
        "refusing costs Kyiv intelligence, up to": [f"{PERCENT * share:.0f} points" for share in pause],
        "paid of a promise called in": [f"{PERCENT * share:.0f} %" for share in paid],
        "your guarantee, once known, is believed": [f"{PERCENT * b:.0f} %" for b in belief],
        "chance of talks a month, at the least": [f"{PERCENT * t:.0f} %" for t in talks],
    }
    return {
        "You want": [
            (
                f"To end the war: worth {P.patron.deal:.2f} to you, and up to {P.patron.deal_transactional:.2f} more the shorter "
                "your horizon."
            ),
            "Not to pay for it for ever, and not to see it break again in your term.",
        ],
        "You know": [
            "Choose a doctrine before the first round and keep it secret:",
            table(("", "architectural", "transactional"), rows),
        ],
        "You can": [
            (
                "Propose terms in your talks: a settlement, or a truce on the front that settles nothing. Kyiv and Moscow may meet "
                "without you and propose terms of their own."
            ),
            "Press who refuses: Kyiv by less aid and intelligence, Moscow by sanctions.",
            "Ask Congress for money. What you do not ask for is seldom voted.",
        ],
        "Let the others believe": [
            "Moscow: that you may do more. Kyiv: that you may do less. Notice that you cannot easily say both.",
        ],
    }


def ukraine() -> dict[str, list[str]]:
    """Kyiv."""
    w, mine = P.preferences, OUTLOOK.ukraine[0].doctrine
    gains = ", ".join(f"{name} {gain:.2f}" for name, gain in zip(LEVELS, P.table.guarantee_gain, strict=True))
    return {
        "You want": [
            (
                f"Land: each percent of the country is worth {w.land_ukraine / PERCENT:.2f} a month to you. A month of war costs "
                f"you {w.war_cost_ukraine:.2f}, and more each month."
            ),
            "A peace that holds: when it breaks you are back in the war, and Russia has had a pause.",
        ],
        "You know": [
            f"What a guarantee is worth to you beyond deterrence: {gains}.",
            f"Signing away what Russia has held since 2022 costs you {w.audience_ukraine:.2f} at home.",
            f"You look {w.horizon_ukraine:.0f} months ahead, and take guarantors at their word to {PERCENT * mine.trust:.0f} %.",
        ],
        "You can": [
            (
                "Accept, or refuse and hold out for more; propose where you meet Moscow without Washington. All learn from your "
                "answers how hard the war is for you."
            ),
            (
                f"Sign a truce: it costs you at home {PERCENT * P.table.truce_audience:.0f} % of what signing away the land behind "
                f"the front would, and breaks with a chance of about {PERCENT * P.peace.truce_hazard:.0f} % a month."
            ),
            "Fight on with what others give; without Americans you would miss intelligence first.",
        ],
        "Let the others believe": [
            "Washington: that you are ready to sign, so that whoever refuses is not you.",
            "Moscow: that support will last. Its hopes are your price.",
        ],
    }


def russia() -> dict[str, list[str]]:
    """Moscow."""
    w, mine = P.preferences, OUTLOOK.russia[0].doctrine
    vague = P.peace.hazard * (1.0 + P.peace.fragility)
    pains = ", ".join(f"{name} {pain:.2f}" for name, pain in zip(LEVELS, P.table.guarantee_pain, strict=True))
    return {
        "You want": [
            (
                f"Land: each percent of the country is worth {w.land_russia / PERCENT:.2f} a month to you. A month of war costs you "
                f"{w.war_cost_russia:.2f}, and full sanctions {w.sanctions_cost:.2f}."
            ),
            "No Western guarantee on your border, and none that is believed above all.",
        ],
        "You know": [
            f"What a guarantee to Kyiv costs you if it is believed: {pains}.",
            (
                f"You look {w.horizon_russia:.0f} months ahead and more (patience {mine.patience:.2f}). The more others doubt "
                "American support, the better to wait."
            ),
            (
                f"An effort of {P.front.effort_reference:.0f} units of force a month is what you are used to. A tenth more "
                f"costs {PERCENT * (1.1**P.front.effort_convexity - 1.0):.0f} % more, and sanctions make it dearer."
            ),
        ],
        "You can": [
            "Accept, or refuse and hold out for more; propose where you meet Kyiv without Washington; press harder at the front.",
            (
                "Break a settlement: unguarded, and with nothing to tempt you, it breaks with a chance of "
                f"{PERCENT * P.peace.hazard:.1f} % a month, {PERCENT * vague:.1f} % if vague; the more you expect of a war after the "
                "pause, the sooner."
            ),
        ],
        "Let the others believe": [
            "Washington: that a deal is near, if only Kyiv would move.",
            "Europe: that it will all be over soon, so that nobody builds arms factories.",
        ],
    }


def europe() -> dict[str, list[str]]:
    """The Europeans."""
    members, mine = record.members(), OUTLOOK.europe[0].doctrine
    rows = {
        str(m["label"]): [f"{m['budget']:.2f}", f"{m['weight']:.2f}"]
        for _, m in members.nlargest(5, "budget").iterrows()
    }
    return {
        "You want": [
            "Not to be left alone with this war, and not to pay for those who could pay themselves.",
            "Each of you counts a part of what the others give as given to you.",
        ],
        "You know": [
            f"Your ten treasuries could give {members['budget'].sum():.1f} EUR bn a month at most. The five largest:",
            table(("", "EUR bn a month", "threat felt (0 to 1)"), rows),
        ],
        "You can": [
            "Give, alone or together. You notice who cuts: a hole of Congress says little, one of the president much.",
            (
                f"Block: a strong guarantee passes with a chance of {PERCENT * P.europe.consent_guarantee:.0f} % if you do not hold "
                f"together, deep relief from sanctions the less the more you do; your cohesion is {mine.cohesion:.2f}."
            ),
        ],
        "Let the others believe": [
            "Washington: that you pay because you are asked, not because you can do without it.",
            "Moscow: that you would go on alone.",
        ],
    }


def congress() -> dict[str, list[str]]:
    """The Congress."""
    now = CONGRESS["119th"].doctrine
    rows = {
        name.replace("_", " "): [f"{getattr(now.house, name)}", f"{getattr(now.senate, name)}"] for name in FACTIONS
    }
    p = P.congress
    fresh, old = (expit(p.gate_shut + p.gate_openness * now.agenda + p.gate_age * age) for age in (0, 6))
    return {
        "You want": [
            (
                "Each faction something else: aid for order's sake, a smaller bill, the president's word, no aid at all, or a price "
                "at home. You are six people in one seat."
            ),
        ],
        "You know": ["Your seats:", table(("", "House", "Senate"), rows)],
        "You can": [
            (
                f"Keep a bill off the floor. It comes up with a chance of {PERCENT * fresh:.0f} % in its first month and "
                f"{PERCENT * old:.0f} % after half a year, if about {p.gate_reference:.0f} would vote for it."
            ),
            f"Force a vote by petition: {PERCENT * p.discharge_hazard:.0f} % a month at most.",
            f"Refuse a treaty: it needs {TWO_THIRDS} senators. A bill needs {CLOTURE} to come to a vote.",
        ],
        "Let the others believe": [
            "The president: that you might not follow. Abroad: that you would like to help, and that it is not in your hands.",
        ],
    }


def table(head: tuple[str, ...], rows: dict[str, list[str]]) -> str:
    """A table in HTML."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        f"<tr><td>{escape(name)}</td>{''.join(f'<td>{escape(c)}</td>' for c in cells)}</tr>"
        for name, cells in rows.items()
    )
    return f"<table><tr>{top}</tr>{body}</table>"


def page(actor: str, name: str, parts: dict[str, list[str]]) -> str:
    """A handout."""
    secret = "".join(f"<h2>{heading}</h2>{listed(texts)}" for heading, texts in parts.items())
    presets = ", ".join(PRESETS[actor].shipped)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>{STYLE}</style></head><body>'
        f"<h1>You are {name}</h1><h2>What everybody knows</h2>{listed(world())}"
        f'<div class="secret"><strong>For your eyes only.</strong>{secret}</div>'
        f'<p class="small">Utilities are in units a month, as the simulator weighs them; most are judgements. Ways to play this '
        f"seat: {presets}. Made by <code>python docs/make_handouts.py</code>.</p></body></html>\n"
    )


def listed(texts: list[str]) -> str:
    """A list in HTML; a table stands outside of it."""
    return "".join(
        text if text.startswith("<table") else f"<ul><li>{escape(text, quote=False)}</li></ul>" for text in texts
    )


HANDOUTS = {
    "us": ("Washington", united_states),
    "ukraine": ("Kyiv", ukraine),
    "russia": ("Moscow", russia),
    "europe": ("the Europeans", europe),
    "congress": ("the Congress of the United States", congress),
}


def made() -> dict[str, str]:
    """Every handout by the name of its file."""
    return {f"{actor}.html": page(actor, name, parts()) for actor, (name, parts) in HANDOUTS.items()}


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for file, text in made().items():
        (OUT / file).write_text(text, encoding="utf-8")
