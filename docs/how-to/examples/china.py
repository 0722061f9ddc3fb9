"""China as a patron of Russia: it supplies more the further Moscow falls behind, and less the more it fears sanctions.

Run it: `python docs/how-to/examples/china.py`.
"""

from functools import partial

import numpy as np

import sim
from sim.actors.guest import Guest

REACH = 6.0
"""Most that China supplies in a month, units of force (judgement; Russia's own industry adds up to 11)."""
DETERRED = 0.5
"""How far secondary sanctions hold its supplies back where Western sanctions are at their strongest (judgement)."""
START = "supplies china begins with"
"""The stream of its own luck: how willing it is differs from world to world."""
SPREAD = 0.2
"""Standard deviation of that willingness, in logs (judgement)."""


class China(Guest):
    """Beijing, which does not want Moscow to lose, and does not pay for it to win.

    Parameters
    ----------
    model : Negotiation
        The worlds that it joins.
    backing : float
        Its only dial, 0 (stands aside) to 1.

    Attributes
    ----------
    supplied : Array
        What it supplied this month, units of force, shape (W,).
    """

    name = "china"

    def __init__(self, model, backing=0.5):
        super().__init__(model)
        self.backing = backing
        self.willing = np.exp(SPREAD * model.luck.normal(START) - 0.5 * SPREAD**2)
        self.supplied = self.everywhere(0.0)

    def act(self):
        """Supply what Moscow lacks, as far as it reaches and dares; Russia's force grows by it."""
        wanted = self.backing * REACH * self.willing * self.moscow_behind()
        terms = {
            "what Moscow lacks": wanted,
            "fear of secondary sanctions": -DETERRED * self.model.bureaucracy.sanctions * wanted,
        }
        self.supplied = self.decide("supplies", terms)
        self.model.russia.force = self.model.russia.force + self.supplied

    def moscow_behind(self):
        """How badly Moscow needs supplies, 0 to 1: the mirror of Ukraine's need; nothing where the guns are silent."""
        return np.where(self.model.at_war, 1.0 - self.model.need, 0.0)


def main(worlds=200):
    """The same worlds without China, with one that backs Russia, and with one that does so without reserve."""
    for label, guests in {"without": (), "half": (China,), "full": (partial(China, backing=1.0),)}.items():
        dataset = sim.run("outlook", worlds=worlds, guests=guests)
        last = dataset.isel(month=-1, doctrine=0)
        land, force = 100.0 * float(last["russian_held_share"].mean()), float(last["force_russia"].mean())
        settled = 100.0 * float(last["settled"].mean())
        print(f"{label:8} land held {land:.2f} %   Russia's force {force:.1f}   settled {settled:.0f} of 100")


if __name__ == "__main__":
    main()
