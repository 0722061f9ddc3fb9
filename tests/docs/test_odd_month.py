"""The equations of docs/ODD.md give the numbers of the simulator."""

import numpy as np
import pytest

from sim.ensemble import opened
from sim.scenario import load

from .odd_month import Month

WORLDS, SEED = 24, 5
READ = {
    "L": "line", "need": "need", "desired": "united_states.desired", "announced": "united_states.announced",
    "authority": "united_states.authority", "allocation": "united_states.allocation", "credibility": "united_states.credibility",
}
