"""A doctrine that goes with the guest; a module of its own, since presets are read where no actor is needed."""

from sim.scenario.doctrine import RussiaDoctrine
from sim.scenario.presets import Preset

BACKED = Preset(
    "Moscow with Beijing behind it: the stakes of the reference, more time, and a little bolder.",
    RussiaDoctrine(resolve=0.70, patience=0.85, opportunism=0.60),
)
"""Every dial is a judgement: patience and opportunism lie between the presets `wait_out` and `maximalist`."""
