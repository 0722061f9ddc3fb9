"""The table and the peace of docs/ODD.md, sections 7.10 and 7.11, typed out a second time; see `odd_month`."""

from types import SimpleNamespace

import numpy as np
from scipy.special import expit, ndtr

OFFSETS = (-0.04, -0.02, 0.0, 0.01, 0.02, 0.04, 0.08)
RELIEFS = (0.0, 1 / 3, 2 / 3, 1.0)
HELD_BEFORE, HELD_AT_REFERENCE = 0.0724, 0.1843


class Table:
    """What the month does once both sides have weighed war."""

    def hazard(self, g, bel, vague):
        """7.11."""
        p, on = self.p.peace, self.on
        return p.hazard * (1 + p.fragility * on.fragility * vague) * np.exp(-p.deterrence * on.guarantees * g * bel)

    @property
    def bel(self):
        p = self.p.peace
        doctrine = p.belief_uncommitted + (1 - p.belief_uncommitted) * self.us.commitment
        return doctrine * (p.belief_incredible + (1 - p.belief_incredible) * self.credibility)

    def relapse(self, g, bel):
        hazard = self.hazard(g, bel, 1 - self.us.clarity) * self.on.renewed_war
        return hazard / (hazard + self.p.peace.discount)

    def package(self, o, g, s):
        """What one package is worth to Ukraine, Russia and Washington."""
        t, patron, pref, us = self.p.table, self.p.patron, self.p.preferences, self.us
        reading = t.ambiguity_gain * (1 - us.clarity) * self.on.constructive_ambiguity
        ceded = np.maximum(0, self.L + o - HELD_BEFORE) / (HELD_AT_REFERENCE - HELD_BEFORE)
        public = pref.audience_ukraine * self.ukraine.audience / 0.6 * self.audience_w
        Q, Q_U = self.relapse(g, self.bel), self.relapse(g, np.minimum(1, (0.5 + self.ukraine.trust) * self.bel))
        V_U = -self.v_U * (self.L + o) - public * ceded + reading + t.guarantee_gain[g]
        V_U = V_U - t.relapse_loss_ukraine * Q_U - t.relief_pain_ukraine * s
        pain = self.red_line_w * t.guarantee_pain[g] * (t.pain_unbelieved + (1 - t.pain_unbelieved) * self.bel)
        V_R = self.v_R * (self.L + o) - pref.audience_russia + reading - pain + t.resume_gain_russia * Q
        V_R = V_R - pref.sanctions_cost * self.level["sanctions"] * (1 - s) + t.relief_gain_russia * s
        order, liability = us.order * self.to_europe, patron.guarantee_liability * (1 - us.commitment)
        V_W = patron.deal + patron.deal_transactional * (1 - us.horizon) - patron.land * order * o
        V_W = V_W - liability * (g / 4) ** 2 + patron.guarantee_order * order * g / 4
        V_W = V_W - patron.relapse * us.horizon * Q - patron.relief * us.rivalry * s + us.affinity * (V_R - self.R_R)
        return V_U, V_R, V_W

    def consents(self):
        """7.7: to strong guarantees and to deep relief; 7.4: the Senate to a treaty."""
        p = self.p.europe
        guarantee = p.consent_guarantee + (1 - p.consent_guarantee) * self.europe.cohesion
        relief = p.consent_relief + (1 - p.consent_relief) * self.europe.cohesion - p.consent_threat * self.threat
        both = (guarantee + 0 * relief, np.clip(relief, 0, 1))
        return both if self.on.european_consent else (np.ones(self.W), np.ones(self.W))

    def table(self):
        """7.10."""
        p, us = self.p.table, self.us
        still = np.exp(-np.abs(self.d_R) / p.stalemate_movement)
        ripe = still * min(1, self.months_since("2022-02") / p.stalemate_months)
        odds = p.talks_base + p.talks_rivalry * (1 - us.rivalry) + p.talks_horizon * (1 - us.horizon)
        odds = odds + p.talks_channel * us.channel + p.talks_ripeness * ripe + p.talks_momentum * self.talks
        self.talks = self.on.talks & ~self.settled & ~self.relapsed & (self.luck("uniform", "talks") < expit(odds))
        self.moscow_first = self.talks & (self.luck("uniform", "who is called first") < us.channel)
        refused = self.answer(*self.proposal()) if self.talks.any() else dict.fromkeys(self.rho, np.zeros(self.W))
        collapsed = self.p.front.collapse * self.config.initial.force_ukraine > self.K_U
        self.sign(collapsed & ~self.settled & ~self.relapsed, 0.08, 0.0, 0.0)
        e = self.p.executive
        for j in self.rho:
            faded = e.refusal_memory * self.rho[j]
            self.rho[j] = faded + e.refusal_weight * (1 - faded) * refused[j]

    def proposal(self):
        """The package with the highest score, world by world: its terms, its values, and whether there is one."""
        p, channel = self.p.table, self.us.channel
        sd = p.estimate_sd_learned + (p.estimate_sd - p.estimate_sd_learned) * p.estimate_learning**self.rounds
        sds = {"ukraine": sd, "russia": sd * (1 - p.channel_sharpness * channel)}
        tilt, (strong, deep) = p.channel_tilt * (channel - 0.5), self.consents()
        weights = {"ukraine": 1 - tilt, "russia": 1 + tilt}
        treaty = self.ayes("senate", self.odds(0, False))
        ratified = expit(1.702 * (treaty - 66.5) / self.p.congress.senate_shock) if self.on.ratification else 1
        best = SimpleNamespace(score=np.full(self.W, -np.inf), o=0, g=0, s=0, V_U=0, V_R=0)
        for o, g, s in ((o, g, s) for o in OFFSETS for g in range(5) for s in RELIEFS):
            V_U, V_R, V_W = self.package(o, g, s)
            consent = (strong if g >= 3 else 1) * (deep if s > 0.35 else 1) * (ratified if g == 4 else 1)
            score = np.log(np.maximum(consent, 1e-9)) + p.surplus_power * np.log(np.where(V_W > 0, V_W, 1))
            for j, V, R in (("ukraine", V_U, self.R_U), ("russia", V_R, self.R_R)):
                wrong = self.bias[j] * sds[j] + self.correction[j]
                z = (V - R - wrong) / np.sqrt(sds[j] ** 2 + p.private_sd**2)
                score = score + weights[j] * np.log(np.maximum(ndtr(z), 1e-300))
            better = (V_W > 0) & (score > best.score)
            for name, value in {"score": score, "o": o, "g": g, "s": s, "V_U": V_U, "V_R": V_R}.items():
                setattr(best, name, np.where(better, value, getattr(best, name)))
        return best, self.talks & np.isfinite(best.score), treaty

    def answer(self, best, serious, treaty):
        p, (strong, deep) = self.p.table, self.consents()
        refused = {"ukraine": serious & (best.V_U < self.R_U), "russia": serious & (best.V_R < self.R_R)}
        agreed = serious & ~refused["ukraine"] & ~refused["russia"]
        objects = (best.g >= 3) & (self.luck("uniform", "consent to guarantee") >= strong)
        objects = objects | (best.s > 0.35) & (self.luck("uniform", "consent to relief") >= deep)
        senate = np.round(treaty + self.p.congress.senate_shock * self.luck("normal", "ratification")) >= 67
        agreed = agreed & ~objects & ~((best.g == 4) & ~senate & self.on.ratification)
        for j in self.correction:
            learned = p.estimate_correction * np.where(refused[j], 1, -p.vain_acceptance)
            self.correction[j] = self.correction[j] + np.where(serious, learned, 0)
        self.rounds = self.rounds + serious
        self.sign(agreed, best.o, best.g, best.s)
        return {j: says * 1.0 for j, says in refused.items()}

    def sign(self, where, o, g, s):
        self.settled, self.signed_now = self.settled | where, self.signed_now | where
        for name, value in {"offset": o, "guarantee": g, "relief": s, "vague": 1 - self.us.clarity}.items():
            setattr(self, name, np.where(where, value, getattr(self, name)))
        self.L = np.where(where, np.clip(self.L + o, 0, 1), self.L)
        self.m = np.where(where, 0, self.m)

    def peace(self):
        """7.11."""
        hazard = self.hazard(self.guarantee, self.bel, self.vague)
        breaks = self.on.renewed_war & self.settled & ~self.signed_now & (self.luck("uniform", "renewed war") < hazard)
        self.settled, self.relapsed = self.settled & ~breaks, self.relapsed | breaks
