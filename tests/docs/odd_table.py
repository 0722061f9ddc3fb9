"""The table and the peace of docs/ODD.md, sections 7.10 and 7.11, typed out a second time; see `odd_month`."""

from types import SimpleNamespace

import numpy as np
from scipy.special import expit, log_ndtr, ndtr, ndtri

LINES = [-0.04 + 0.0025 * k for k in range(49)]
RELIEFS = (0.0, 1 / 3, 2 / 3, 1.0)
HELD_BEFORE, HELD_AT_REFERENCE = 0.0724, 0.1843
NEVER = -1e9
SIDES = ("ukraine", "russia")
PACKAGES = [(g, s) for g in range(5) for s in RELIEFS]
"""Settlements but for their lines."""


class Table:
    """What the month does once both sides have weighed war."""

    # ---- 7.11

    @property
    def bel(self):
        """Moscow's."""
        return self.belief_of("russia")

    def belief_of(self, j):
        p = self.p.peace
        return (self.pi[j] * self.k).sum(0) * (p.belief_incredible + (1 - p.belief_incredible) * self.credibility)

    def somebody_comes(self, g, bel, force):
        """B(g)."""
        p, soldiers = self.p.peace, np.asarray(g) >= 3
        stands = np.minimum(1, self.level["posture"] / self.p.europe.posture_relied_on)
        american = bel * np.where(soldiers, 1 - p.tripwire * (1 - stands), 1)
        european = np.where(soldiers, p.belief_european * force, 0)
        return 1 - (1 - american) * (1 - european) if self.on.tripwire else bel

    def pain(self, g, force=None):
        """G_R."""
        t = self.p.table
        believed = self.somebody_comes(g, self.bel, self.sends if force is None else force)
        felt = t.pain_unbelieved + (1 - t.pain_unbelieved) * believed
        return -self.red_line_w * np.array(t.guarantee_pain)[np.asarray(g, int)] * felt

    def pause(self, j, g):
        """Log points by which a pause strengthens Russia, as j expects."""
        return self.p.peace.regroup_russia - (0 if g is None else self.armed(j, g))

    def hazard(self, g, bel, hardship, base, in_force=False):
        p, cv = self.p.peace, self.p.preferences.hardship_sd_russia
        force = self.stationed if in_force else self.sends
        bel = self.somebody_comes(g, bel, force)
        r_R = self.v_R * self.tau_R * self.p.front.pull * self.pause("russia", None if in_force else g)
        worth = r_R - (self.saved["russia"] + self.c["russia"] * cv * hardship) - self.pain(g, force)
        worth = np.clip(worth, -1, 2)
        tempt = self.on.temptation * p.temptation * worth
        return np.minimum(1, base * np.exp(tempt - p.deterrence * self.on.guarantees * g * bel))

    def american(self, g, s):
        """Whether Washington has a part in it."""
        return s > 0 or g in ((2, 4) if self.on.tripwire else (2, 3, 4))

    def relapse(self, j, g, truce):
        """Q of a settlement or a truce to a side."""
        p = self.p.peace
        fragile = 1 + p.fragility * self.on.fragility * (1 - self.us.clarity)
        bel = np.minimum(1, (0.5 + self.ukraine.trust) * self.belief_of("ukraine")) if j == "ukraine" else self.bel
        hazard = self.hazard(g, bel, self.believed["russia"], p.truce_hazard if truce else p.hazard * fragile)
        return self.on.renewed_war * hazard / (hazard + p.discount)

    def peace(self):
        p = self.p.peace
        base = np.where(self.truce, p.truce_hazard, p.hazard * (1 + p.fragility * self.on.fragility * self.vague))
        g = np.where(self.truce, self.truce_guarantee, self.guarantee)
        hazard = self.hazard(g, self.bel, self.z["russia"], base, in_force=True)
        quiet = (self.settled | self.truce) & ~self.signed_now & self.on.renewed_war
        breaks = quiet & (self.luck("uniform", "renewed war") < hazard)
        self.relapsed = self.relapsed | breaks & self.settled
        self.settled, self.truce = self.settled & ~breaks, self.truce & ~breaks

    # ---- 7.10: gains

    def line(self, j, o):
        pref = self.p.preferences
        if j == "russia":
            return self.v_R * o - pref.stop_russia - pref.retreat_russia * np.maximum(0, -o)
        ceded = np.maximum(0, self.L + o - HELD_BEFORE) / (HELD_AT_REFERENCE - HELD_BEFORE)
        opposed = self.opposed / self.p.public.opposed_reference if self.on.public_opinion else 1
        public = pref.audience_ukraine * self.ukraine.audience / 0.6 * self.audience_w * opposed
        return -self.v_U * o - public * ceded

    def lasting(self, j, g, s, truce):
        """What lasts as long as peace, and what a unit of hardship adds to it."""
        t, pref = self.p.table, self.p.preferences
        amb = t.ambiguity_gain * (1 - self.us.clarity) * self.on.constructive_ambiguity * (not truce)
        Q = self.relapse(j, g, truce)
        if j == "russia":
            G, H = self.pain(g), pref.sanctions_cost * self.sanctions + t.relief_gain_russia
            r, cv = self.v_R * self.tau_R, pref.hardship_sd_russia
        else:
            G, H = np.array(t.guarantee_gain)[np.asarray(g, int)], -t.relief_pain_ukraine
            r, cv = -self.v_U * pref.horizon_ukraine, pref.hardship_sd_ukraine
        r = r * self.p.front.pull * self.pause(j, g)
        flow = self.saved[j] + self.c[j] * cv * self.believed[j] + amb + G + H * s
        return (1 - Q) * flow + Q * (1 - Q) * r, (1 - Q) * self.c[j] * cv

    def refusing(self, j):
        """What refusing is worth beyond war, and what hardship adds: living on in a truce."""
        worth, rise = self.lasting(j, self.truce_guarantee, 0, True)
        return worth * self.truce, rise * self.truce

    def gain(self, j, o, g, s, truce):
        worth, rise = self.lasting(j, g, s, truce)
        if truce:
            return worth + self.p.table.truce_audience * self.line(j, 0), rise
        less, flat = self.refusing(j)
        return worth + self.line(j, o) - less, rise - flat

    def worth_to_washington(self, o, g, s, truce):
        patron, us = self.p.patron, self.us
        order, ending = us.order * self.to_europe, patron.deal + patron.deal_transactional * (1 - us.horizon)
        risk = patron.relapse * us.horizon * self.relapse("russia", g, truce)
        if truce:
            return patron.truce_worth * ending - risk
        liability = patron.guarantee_liability * (1 - us.commitment) * (g / 4) ** 2
        guarantee = patron.guarantee_order * order * g / 4 - liability
        return ending - patron.land * order * o + guarantee - risk - patron.relief * us.rivalry * s

    def consents(self):
        """7.7: to strong guarantees and to deep relief; 7.4: the Senate to a treaty."""
        p = self.p.europe
        guarantee = p.consent_guarantee + (1 - p.consent_guarantee) * self.europe.cohesion
        relief = 1 - p.consent_threat * self.europe.cohesion * self.threat
        both = (guarantee + 0 * relief, np.clip(relief, 0, 1))
        both = both if self.on.european_consent else (np.ones(self.W), np.ones(self.W))
        return [
            np.clip((c - lo) / np.maximum(hi - lo, 1e-6), 0, 1) for c, lo, hi in zip(both, *self.known, strict=True)
        ]

    def consent(self, g, s):
        strong, deep = self.consents()
        ratified = self.ratified if self.on.ratification else 1
        whole = (strong if g >= 3 else 1) * (deep if s > 0.35 else 1) * (ratified if g == 4 else 1)
        return np.log(np.maximum(whole, 1e-90)) + np.zeros(self.W)

    # ---- 7.4: the Senate on a treaty

    def will_where(self, odds, count, senate=None):
        """The will at which the ayes expected are so many, and the ayes that a unit of it adds there."""
        if senate is None:
            low, high = np.full(self.W, -60.0), np.full(self.W, 60.0)
            for _ in range(70):
                middle = (low + high) / 2
                short = self.ayes("senate", odds + middle) < count
                low, high = np.where(short, middle, low), np.where(short, high, middle)
            seats = np.array([[getattr(self.congress.senate, f)] for f in self.votes.index])
            chance = expit(odds + low)
            return low, np.maximum((seats * chance * (1 - chance)).sum(0), 1)
        low, high = -60.0, 60.0
        for _ in range(70):
            middle = (low + high) / 2
            low, high = (middle, high) if (senate * expit(odds + middle)).sum() < count else (low, middle)
        chance = expit(odds + low)
        return low, max((senate * chance * (1 - chance)).sum(), 1)

    def ratification_chance(self):
        bar, slope = self.will_where(self.odds(0, False), 66.5)
        return ndtr((self.will_mean - bar) / np.sqrt(self.will_var + (self.p.congress.senate_shock / slope) ** 2))

    def mean_will(self, seats, odds):
        bar, slope = self.will_where(odds, 66.5, seats)
        p = self.p.congress
        return bar - np.sqrt(p.treaty_sd**2 + (p.senate_shock / slope) ** 2) * ndtri(p.treaty_refused)

    def senate_votes(self, where):
        p, odds = self.p.congress, self.odds(0, False)
        count = self.ayes("senate", odds + self.will) + p.senate_shock * self.luck("normal", "ratification")
        count = np.clip(np.round(count), 0, 100)
        shown, slope = self.will_where(odds, count)
        noise = (p.senate_shock / slope) ** 2
        gain = np.where(where, self.will_var / (self.will_var + noise), 0)
        self.will_mean, self.will_var = self.will_mean + gain * (shown - self.will_mean), (1 - gain) * self.will_var
        return count >= 67

    # ---- 7.10: asks and thresholds

    def nash(self):
        """The public Nash point: what each gains there, how that moves with its hardship, and the trade."""
        pref = self.p.preferences
        self.w = {"ukraine": pref.horizon_ukraine / (pref.horizon_ukraine + self.tau_R)}
        self.w["russia"] = 1 - self.w["ukraine"]
        k = {}
        for end in (0.08, -0.04):
            up, down = ((self.line(j, end) - self.line(j, 0)) / end for j in ("russia", "ukraine"))
            k[end] = {"russia": np.maximum(up, 1e-6), "ukraine": np.maximum(-down, 1e-6)}
        best = SimpleNamespace(score=np.full(self.W, NEVER), trade=np.ones(self.W))
        best.n, best.rise = ({j: np.zeros(self.W) for j in SIDES} for _ in range(2))
        self.bargained = {}
        for g, s in PACKAGES:
            a, rise = zip(*(self.gain(j, 0, g, s, False) for j in SIDES), strict=True)
            o = [self.w["russia"] * a[0] / k[e]["ukraine"] - self.w["ukraine"] * a[1] / k[e]["russia"] for e in k]
            o = np.clip(np.where(o[0] > 0, o[0], np.minimum(o[1], 0)), -0.04, 0.08)
            o = self.bargained[g, s] = -0.04 + 0.0025 * np.round((o + 0.04) / 0.0025)
            slope = {j: np.where(o > 1e-12, k[0.08][j], k[-0.04][j]) for j in SIDES}
            n = {"ukraine": a[0] - slope["ukraine"] * o, "russia": a[1] + slope["russia"] * o}
            free = not self.american(g, s)
            counts = (self.worth_to_washington(0, g, s, False) > 0) & (self.consent(g, s) > np.log(0.3)) | free
            counts = counts & (n["ukraine"] > 1e-6) & (n["russia"] > 1e-6)
            score = sum(self.w[j] * np.log(np.maximum(n[j], 1e-6)) for j in SIDES)
            better = counts & (score > best.score)
            best.score = np.where(better, score, best.score)
            best.trade = np.where(better, slope["russia"] / slope["ukraine"], best.trade)
            for j, of in zip(SIDES, rise, strict=True):
                best.n[j] = np.where(better, n[j], best.n[j])
                best.rise[j] = np.where(better, of, best.rise[j])
        return best

    def threshold(self, j, point, o, g, s, truce):
        """Hardship from which on a side accepts; what a unit of it adds to its gain."""
        hold = self.p.table.hold * self.on.holding_out
        gain, rise = self.gain(j, o, g, s, truce)
        w, n, own = self.w[j], point.n[j], point.rise[j]
        ask, ask_rise = hold * n, hold * w * own
        if truce:
            both = np.maximum(sum(self.gain(i, 0, g, 0, True)[0] for i in SIDES), 0)
            whole = point.n["ukraine"] + point.n["russia"]
            trade = point.trade if j == "ukraine" else 1 / point.trade
            slope = np.where(both < whole, np.where(both > 0, rise, 0), (w + (1 - w) * trade) * own)
            ask, ask_rise = hold * w * np.minimum(both, whole), hold * w * slope
        pref = self.p.preferences
        least = np.maximum(0.02 * self.c[j] * getattr(pref, f"hardship_sd_{j}"), 1e-6)
        over = np.minimum(gain / np.maximum(rise, least), (gain - ask) / np.maximum(rise - ask_rise, least))
        return self.believed[j] - over, rise

    # ---- 7.10: the month

    def table(self):
        p, us = self.p.table, self.us
        still = np.exp(-np.abs(self.d_R) / p.stalemate_movement)
        ripe = still * min(1, self.months_since("2022-02") / p.stalemate_months)
        odds = p.talks_base + p.talks_rivalry * (1 - us.rivalry) + p.talks_horizon * (1 - us.horizon)
        odds = odds + p.talks_channel * us.channel + p.talks_ripeness * ripe + p.talks_momentum * self.talks
        self.called = self.on.talks & ~self.settled, ripe, 1 * self.talks
        self.talks = self.on.talks & ~self.settled & (self.luck("uniform", "talks") < expit(odds))
        self.moscow_first = self.talks & (self.luck("uniform", "who is called first") < us.channel)
        d, proposer = self.p.contacts, np.zeros(self.W)
        if self.on.direct_talks:
            odds = d.direct_base + d.direct_momentum * self.meets + d.direct_answer * self.talks
            odds = odds + d.direct_ripeness * ripe + d.direct_truce * self.truce
            self.meets = ~self.settled & (self.luck("uniform", "direct meeting") < expit(odds))
            terms = self.meets & (self.luck("uniform", "terms at a meeting") < d.direct_tabled)
            proposer = np.where(terms, np.where(self.luck("uniform", "whose terms") < 0.5, 2, 3), 0)
        tabled = self.talks & (self.luck("uniform", "a package is tabled") < p.tabled)
        proposer = np.where(tabled, 1, proposer)
        self.hear_channel()
        refused = dict.fromkeys(SIDES, np.zeros(self.W))
        if proposer.any():
            refused = self.answer(proposer, *self.proposal(proposer))
        collapsed = (self.p.front.collapse * self.config.initial.force_ukraine > self.K_U) & ~self.settled
        self.sign(collapsed & ~self.relapsed, 0.08, 0.0, 0.0)
        e = self.p.executive
        for j in self.rho:
            faded = e.refusal_memory * self.rho[j]
            self.rho[j] = faded + e.refusal_weight * (1 - faded) * refused[j]

    def hear_channel(self):
        if not self.on.private_information:
            return
        hears = self.talks & (self.heard_channel != self.us.channel)
        share = self.p.table.channel_known * self.us.channel
        noise = np.sqrt(share * (1 - share) * self.heard_var) * self.luck("normal", "what the channel tells")
        self.heard = self.heard + np.where(hears, share * (self.z["russia"] - self.heard) + noise, 0)
        self.heard_var = np.where(hears, (1 - share) * self.heard_var, self.heard_var)
        self.heard_channel = np.where(hears, self.us.channel, self.heard_channel)

    def score(self, proposer, point, o, g, s, truce):
        p, envoy = self.p.table, proposer == 1
        mood = p.mood_sd * self.on.private_information
        found = {j: self.threshold(j, point, o, g, s, truce) for j in SIDES}
        mean = {"ukraine": self.believed["ukraine"], "russia": np.where(envoy, self.heard, self.believed["russia"])}
        var = {"ukraine": self.believed_var["ukraine"]}
        var["russia"] = np.where(envoy, self.heard_var, self.believed_var["russia"])
        sd = {j: np.maximum(np.sqrt(var[j] + mood**2), 0.01) for j in SIDES}
        logs = {j: log_ndtr((mean[j] - found[j][0]) / sd[j]) for j in SIDES}
        gain_R, rise_R = self.gain("russia", o, g, s, truce)
        better_known = self.heard - self.believed["russia"]
        V_W = self.worth_to_washington(o, g, s, truce) + self.us.affinity * (gain_R + rise_R * better_known)
        tilt = p.channel_tilt * (self.us.channel - 0.5)
        score = (1 - tilt) * logs["ukraine"] + (1 + tilt) * logs["russia"]
        score = score + p.surplus_power * np.log(np.maximum(V_W, 1e-6))
        for who, j, other in ((2, "ukraine", "russia"), (3, "russia", "ukraine")):
            over = (self.x[j] - found[j][0]) * found[j][1]
            own = np.where(over > 0, logs[other] + np.log(np.maximum(over, 1e-6)), NEVER)
            score = np.where(proposer == who, own, score)
        american = not truce and self.american(g, s)
        consent = np.zeros(self.W) if truce else self.consent(g, s)
        if truce:
            consent = np.where(self.truce | (not self.on.truce), NEVER, 0)
        score = np.where((V_W <= 0) & (envoy | american), NEVER, score + consent)
        return score, found["ukraine"][0], found["russia"][0], logs["ukraine"] + logs["russia"] + consent

    def proposal(self, proposer):
        self.ratified = self.ratification_chance()
        point = self.nash()
        names = ("score", "x_U", "x_R", "chance")
        offers = [(g, s, False) for g, s in PACKAGES] + [(g, 0, True) for g in (0, 1)]
        first, which = np.full(self.W, -np.inf), np.zeros(self.W, int)
        for place, (g, s, truce) in enumerate(offers):
            score = self.score(proposer, point, 0 if truce else self.bargained[g, s], g, s, truce)[0]
            which, first = np.where(score > first, place, which), np.maximum(score, first)
        best = SimpleNamespace(score=np.full(self.W, -np.inf), o=np.zeros(self.W), x_U=0, x_R=0, chance=0)
        for place in np.unique(which[proposer > 0]):
            g, s, truce = offers[place]
            for o in [0.0] if truce else LINES:
                found = dict(zip(names, self.score(proposer, point, o, g, s, truce), strict=True))
                better = (which == place) & (found["score"] > best.score)
                for name, value in {**found, "o": o}.items():
                    setattr(best, name, np.where(better, value, getattr(best, name)))
        best.g, best.s, best.truce = (np.array([offer[k] for offer in offers])[which] for k in range(3))
        return best, (proposer > 0) & (best.score > 0.5 * NEVER) & (best.chance > np.log(0.01))

    def answer(self, proposer, best, serious):
        (strong, deep), least = self.consents(), {"ukraine": best.x_U, "russia": best.x_R}
        refused = {j: serious & (self.x[j] < least[j]) for j in SIDES}
        agreed = serious & ~refused["ukraine"] & ~refused["russia"]
        objects = np.zeros(self.W, bool)
        for place, (chance, needed) in enumerate([(strong, best.g >= 3), (deep, best.s > 0.35)]):
            low, high = self.known[0][place], self.known[1][place]
            told = low + chance * (high - low)
            refuses, asked = self.mind[place] >= told, needed & agreed & ~best.truce
            self.known[0][place] = np.where(asked & refuses, told, low)
            self.known[1][place] = np.where(asked & ~refuses, told, high)
            objects = objects | asked & refuses
        agreed = agreed & (best.truce | ~objects)
        if self.on.ratification and (agreed & ~best.truce & (best.g == 4)).any():
            treaty = agreed & ~best.truce & (best.g == 4)
            agreed = agreed & (~treaty | self.senate_votes(treaty))
        self.rounds = self.rounds + serious
        if self.on.private_information:
            for j in SIDES:
                self.believed[j], self.believed_var[j] = self.told(
                    self.believed[j], self.believed_var[j], least[j], refused[j], serious
                )
            self.heard, self.heard_var = self.told(
                self.heard, self.heard_var, least["russia"], refused["russia"], serious
            )
        self.sign(agreed & ~best.truce, best.o, best.g, best.s)
        pauses = agreed & best.truce
        self.truce, self.signed_now = self.truce | pauses, self.signed_now | pauses
        self.truce_guarantee = np.where(pauses, best.g, self.truce_guarantee)
        self.m = np.where(pauses, 0, self.m)
        return {j: says * (proposer == 1) * 1.0 for j, says in refused.items()}

    def told(self, m, u, least, refused, serious):
        p, sign = self.p.table, np.where(refused, -1, 1)
        S = np.maximum(np.sqrt(u + p.mood_sd**2), 0.01)
        b = np.clip(sign * (least - m) / S, -12, 12)
        lam = np.exp(-(b**2) / 2 - np.log(2 * np.pi) / 2 - log_ndtr(-b))
        left = np.maximum(u - (u / S) ** 2 * lam * (lam - b), 0)
        left = np.minimum(left + p.forgetting, 1 - p.known)
        return np.where(serious, m + sign * u / S * lam, m), np.where(serious, left, u)

    def sign(self, where, o, g, s):
        self.settled, self.signed_now = self.settled | where, self.signed_now | where
        self.relapsed, self.truce = self.relapsed & ~where, self.truce & ~where
        for name, value in {"offset": o, "guarantee": g, "relief": s, "vague": 1 - self.us.clarity}.items():
            setattr(self, name, np.where(where, value, getattr(self, name)))
        self.L = np.where(where, np.clip(self.L + o, 0, 1), self.L)
        self.m = np.where(where, 0, self.m)
