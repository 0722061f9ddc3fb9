"""Keys that a scenario file had before the table was rebuilt, and what says today what each of them said."""

from __future__ import annotations

PREFERENCES, TABLE = "[parameters.preferences]", "[parameters.table]"
EFFORT = "nothing caps effort, it has a price: [parameters.front] effort_convexity"
FORESIGHT = "the dial [russia] opportunism alone says how far it arms against what support will be"
ESTIMATES = f"what war costs a side is private, and learned from its answers: {TABLE} known, forgetting"
HARDSHIP = f"hardship took its place: {PREFERENCES} hardship_sd_ukraine, hardship_sd_russia, {TABLE} mood_sd"
RENEWED = "renewed war is worth war: who gains from a pause is [parameters.peace] regroup_russia, and what arms Ukraine"
ARMED = "donors arm Ukraine in peace as they feel its need: [parameters.front] need_in_peace, need_armed"

WAITING = "what waiting is worth follows from what hangs on support; none: [mechanisms] option_value = false"
ACTS = "sanctions move by acts: [parameters.bureaucracy] sanctions_tighten, sanctions_ease, sanctions_act, upkeep_leak"
GONE = {
    "mechanisms.sanctions_cap": "sanctions make effort dearer: the switch is sanctions_bite",
    "parameters.bureaucracy.sanctions_base": ACTS,
    "parameters.bureaucracy.sanctions_inertia": ACTS,
    "parameters.bureaucracy.sanctions_rivalry": ACTS,
    "parameters.europe.consent_relief": "disunity frees Moscow: [parameters.europe] consent_threat, by cohesion",
    "parameters.front.effort_cap_russia": EFFORT,
    "parameters.front.opportunism_gain": FORESIGHT,
    "parameters.front.relied_on": FORESIGHT,
    "parameters.front.stakes_russia": f"effort answers what land is worth: {PREFERENCES} land_russia",
    "parameters.peace.regroup_ukraine": ARMED,
    "parameters.preferences.audience_russia": f"its public is {PREFERENCES} stop_russia, retreat_russia",
    "parameters.preferences.option_value": WAITING,
    "parameters.table.channel_sharpness": f"what a channel tells is {TABLE} channel_known",
    "parameters.table.estimate_correction": ESTIMATES,
    "parameters.table.estimate_learning": ESTIMATES,
    "parameters.table.estimate_sd": ESTIMATES,
    "parameters.table.estimate_sd_learned": ESTIMATES,
    "parameters.table.private_persistence": HARDSHIP,
    "parameters.table.private_sd": HARDSHIP,
    "parameters.table.relapse_loss_ukraine": RENEWED,
    "parameters.table.resume_gain_russia": RENEWED,
    "parameters.table.vain_acceptance": ESTIMATES,
}
"""What to do about each, by its path."""
