"""The month of docs/ODD.md, section 7, typed out a second time, and from the document alone.

One function a submodel, numbered as there. It shares with the simulator the scenario, the luck and the tables of the
record, and nothing else: where the two disagree, the document or the code is wrong.
"""

import numpy as np
from odd_table import Table
from scipy.special import expit
from scipy.stats import norm

from sim import record
from sim.basics.actors import FACTIONS
from sim.basics.draws import Draws

THEATRES = ("indo_pacific", "hemisphere", "domestic")
VOTE_COLUMNS = ("intercept", "size", "fatigue", "fatigue_months", "whip", "burden", "price", "sanctions", "follows")


GRID = np.arange(-128 * 256, 8 * 256 + 1) / 256
TABLE = norm.logcdf(GRID)


def log_phi(sds):
    return np.interp(sds, GRID, TABLE)


def blend(old, new, memory):
    return memory * old + (1 - memory) * new


class Month(Table):
    """W worlds, moved month by month."""

    def __init__(self, scenario, seed, worlds):
        self.config, self.p, self.on, self.W = scenario, scenario.parameters, scenario.mechanisms, worlds
        self.draws, self.t = Draws(seed, 0, worlds), 0
        self.address = 0
        self.set_dials(scenario.start)
        self.initialise()

    def luck(self, kind, stream):
        return getattr(self.draws, kind)(stream, self.address)

    def months_since(self, first):
        (y0, m0), (y1, m1) = (map(int, month.split("-")) for month in (first, self.month))
        return 12 * (y1 - y0) + m1 - m0

    def set_dials(self, month):
        self.month = month
        self.address = self.months_since("0000-01")
        self.us, self.ukraine, self.russia, self.europe, self.congress = (
            self.config.doctrine(actor, month) for actor in ("us", "ukraine", "russia", "europe", "congress")
        )
        self.to_europe = min(1.0, self.us.priorities.europe / 0.4)

    def initialise(self):  # noqa: PLR0915 -- as long as the table of section 2
        """5."""
        i, p, w = self.config.initial, self.p, np.ones(self.W)
        self.address = 0
        self.L, self.m = i.line * w, i.momentum * w
        self.theta = p.front.advantage + p.front.advantage_sd * self.luck("normal", "defender's advantage")
        self.promised = self.done = i.promised * w
        self.explicit, self.authority = self.us.clarity, i.authority * w
        self.pipeline, self.weapons = i.pipeline * w, dict.fromkeys(("us", "europe"), 0 * w)
        self.kept, self.broken = i.promises_kept * w, i.promises_broken * w
        self.rho = {"ukraine": 0 * w, "russia": 0 * w}
        self.crises, self.blocked = dict.fromkeys(THEATRES, 0 * w), 0 * w
        self.level = {name: getattr(i, name) * w for name in ("intelligence", "posture")}
        self.M, self.U, self.held_by_law, self.lifted = (
            i.sanctions * w,
            i.upkeep * w,
            p.bureaucracy.sanctions_floor,
            0 * w,
        )
        self.kept_up = self.U >= 1
        self.M_E, self.U_E = i.sanctions_europe * w, 1 * w
        self.proposed, self.due, self.held_up, self.expired = (np.zeros(self.W, bool) for _ in range(4))
        self.pending, self.unasked, self.age, self.size, self.cooling = 0 * w > 0, 0 * w > 0, 0 * w, 0 * w, 0 * w
        self.P, self.called, self.d_R = i.promised * w, (np.zeros(self.W, bool), 0 * w, 0 * w), 0 * w
        self.hypotheses, reading = list(self.config.hypotheses), self.config.reading
        even = [1] * len(self.hypotheses)
        self.prior, self.pi = {}, {}
        for j in ("ukraine", "russia", "europe"):
            prior = np.array(getattr(reading.prior, j) or even, float)[:, None]
            start = np.array(getattr(reading.start, j) or prior.ravel(), float)[:, None]
            self.prior[j], self.pi[j] = prior / prior.sum(), start / start.sum() * w
        if not self.on.reading:
            in_force = [self.config.doctrine("us", month) for month in self.config.calendar]
            self.hypotheses += [d for k, d in enumerate(in_force) if d not in [*self.hypotheses, *in_force[:k]]]
            self.pi = dict.fromkeys(self.pi, self.point_mass())
            added = np.zeros((len(self.hypotheses) - len(self.config.hypotheses), 1))
            self.prior = {j: np.vstack([prior, added]) for j, prior in self.prior.items()}
        self.K_U, self.K_R = i.force_ukraine * w, i.force_russia * w
        self.theta_of = {
            "ukraine": (p.front.advantage + p.beliefs.optimism_ukraine) * w,
            "russia": (p.front.advantage - p.beliefs.optimism_russia) * w,
        }
        self.theta_var = dict.fromkeys(self.theta_of, p.beliefs.advantage_prior_sd**2 * w)
        self.z = {j: self.luck("normal", f"hardship {j}") for j in self.theta_of}
        known = p.table.known if self.on.private_information else 1
        rumour = {j: np.sqrt(known * (1 - known)) * self.luck("normal", f"rumour about {j}") for j in self.z}
        self.believed = {j: known * self.z[j] + rumour[j] for j in self.z}
        self.believed_var = dict.fromkeys(self.z, (1 - known) * w)
        self.heard, self.heard_var, self.heard_channel = self.believed["russia"], (1 - known) * w, -w
        self.opposed, self.meets = i.opposed * w, np.zeros(self.W, bool)
        self.war_months = self.months_since("2022-02") - w
        self.make_up_minds()
        mean_one = {"ukrainian audience": p.table.audience_sd, "russian red line": p.table.red_line_sd}
        self.audience_w, self.red_line_w = (
            np.exp(sd * self.luck("normal", stream) - sd**2 / 2) for stream, sd in mean_one.items()
        )
        self.rounds = 0 * w
        self.effort = p.front.wear * self.K_R
        self.donors = record.members()
        self.y, self.w_i = (self.donors[[c]].to_numpy(float) for c in ("budget", "weight"))
        supply = record.table("europe_supply").set_index("member").loc[self.donors["member"]]
        self.nothing, self.power = (supply[[c]].to_numpy(float) for c in ("nothing", "power"))
        self.envelope, self.waiting, self.vetoed = i.eu_envelope * w, 0 * w, np.zeros(self.W, bool)
        self.g = self.donors[["start"]].to_numpy(float) * i.europe * w
        self.europe_pipeline, self.alarm = i.europe_pipeline * w, 0 * w
        self.orders, self.stationed = 0 * w, 0 * w
        self.buys = self.share_bought(i.promised * w)
        self.window = []
        self.s_E = self.g.sum(0) / (self.g.sum(0) + i.promised * p.executive.full_support)
        self.cleared = {"house": 0 * w > 0, "senate": 0 * w > 0}
        self.carries = 0 * w > 0
        bills, rates = record.table("aid_bills"), record.table("exchange_rates").set_index("year")["usd_per_eur"]
        self.bills = (bills["usd_bn"] / bills["date"].dt.year.clip(upper=rates.index.max()).map(rates)).to_numpy(float)
        self.with_sanctions = bills["sanctions"].to_numpy() == 1
        self.votes = record.coefficients().set_index("faction").loc[list(FACTIONS)]
        nowhere = (np.zeros(self.W, bool) for _ in range(5))
        self.talks, self.moscow_first, self.settled, self.relapsed, self.truce = nowhere
        self.truce_guarantee = 0 * w
        self.initialise_senate()
        self.offset, self.guarantee, self.relief, self.vague = 0 * w, 0 * w, 0 * w, 0 * w
        if i.settlement is not None:
            self.settled = ~self.settled
            self.stationed = self.stationed + self.sends * (i.settlement.guarantee >= 3)
            self.guarantee, self.relief = i.settlement.guarantee * w, i.settlement.relief * w
            self.vague = (1 - self.us.clarity) * w

    def initialise_senate(self):
        """7.4: the will of the Senate."""
        seats = record.seats()
        last = seats[(seats["congress"] == seats["congress"].max()) & (seats["chamber"] == "senate")]
        senate = last.set_index("faction")["seats"].loc[list(FACTIONS)].to_numpy(float)
        v = self.votes
        neutral = (v["intercept"] + v["fatigue"] * v["fatigue_months"]).to_numpy(float)
        self.will_mean = self.mean_will(senate, neutral) * np.ones(self.W)
        self.will_var = self.p.congress.treaty_sd**2 * np.ones(self.W)
        self.will = self.will_mean + self.p.congress.treaty_sd * self.luck("normal", "will of the Senate")

    def public(self):
        """7.9."""
        if self.on.public_opinion:
            p = self.p.public
            self.war_months = self.war_months + ~(self.settled | self.truce)
            years = np.maximum(0, p.opposed_months - self.war_months) / 12
            towards = expit(p.opposed_lasting + p.opposed_war * years)
            step = p.opposed_speed * (towards - self.opposed)
            step = step + p.opposed_noise * self.luck("normal", "Ukrainian public")
            self.opposed = np.clip(self.opposed + step, 0, 1)

    def make_up_minds(self):
        """7.7: governments decide in January and July what they will consent to."""
        self.mind = [self.luck("uniform", f"consent to {what}") for what in ("guarantee", "relief")]
        self.known = [[0 * self.mind[0], 0 * self.mind[0]], [1 + 0 * self.mind[0], 1 + 0 * self.mind[0]]]

    def step(self):
        """3."""
        self.set_dials(self.config.calendar[self.t])
        self.front()
        self.public()
        self.executive()
        self.bureaucracy()
        self.legislature()
        self.european_sanctions()
        self.flows()
        self.beliefs()
        self.contributions()
        self.forces()
        self.war()
        self.signed_now = np.zeros(self.W, bool)
        self.table()
        self.peace()
        self.t += 1

    @property
    def pi_E(self):  # noqa: N802 -- as the document calls it
        return self.pi["europe"]

    @property
    def pi_U(self):  # noqa: N802
        return self.pi["ukraine"]

    @property
    def credibility(self):
        return self.kept / (self.kept + self.broken)

    def eyes(self, intelligence):
        return 1 + self.p.front.intelligence_value * (intelligence - self.p.front.intelligence_reference)

    def front(self):
        """7.1."""
        p, before, quiet = self.p.front, self.m, self.settled | self.truce
        ratio = np.log(self.K_R / (self.K_U * self.eyes(self.level["intelligence"])))
        S = ratio - self.theta
        shock = self.luck("heavy_tailed", "front") if self.on.front_noise else 0
        self.m = np.where(quiet, 0, p.persistence * before + (1 - p.persistence) * p.pull * S + p.noise * shock)
        self.L = np.clip(self.L + self.m, 0, 1)
        self.need_at_war = expit(p.need_slope * S)
        pledged = self.on.arms_in_peace & self.settled & (self.guarantee >= 2)
        self.need = self.need_at_war * np.where(quiet, np.where(pledged, p.need_armed, p.need_in_peace), 1)
        slope = (1 - p.persistence) * p.pull
        seen, noise = ratio - (self.m - p.persistence * before) / slope, (p.noise / slope) ** 2
        for j in self.theta_of if self.on.learning else ():
            gain = np.where(quiet, 0, self.theta_var[j] / (self.theta_var[j] + noise))
            self.theta_of[j] = self.theta_of[j] + gain * (seen - self.theta_of[j])
            self.theta_var[j] = (1 - gain) * self.theta_var[j]

    def executive(self):
        """7.2."""
        p, us, pressing = self.p.executive, self.us, self.on.aid_pressure
        for theatre in THEATRES if self.on.other_theatres else ():
            crises = [e for e in self.config.events if e.kind == "crisis" and e.theatre == theatre]
            due = sum(e.size for e in crises if e.month == self.month)
            out = self.luck("uniform", f"crisis {theatre}") < p.crisis_hazard
            self.crises[theatre] = p.crisis_fade * self.crises[theatre] + out + due
        ranks = {theatre: getattr(us.priorities, theatre) for theatre in THEATRES}
        crisis = sum(3 * ranks[k] / sum(ranks.values()) * self.crises[k] for k in THEATRES)
        short_E = np.maximum(0, 1 - self.s_E / p.fair_share)
        self.short_E, self.toll_seen = short_E, self.toll()
        pulls = (
            self.to_europe * us.order * (p.order_base + p.order_need * self.need)
            + pressing * p.press_russia * (1 - us.affinity) * (1 - us.order) * self.to_europe * self.rho["russia"]
            - pressing * p.press_ukraine * (1 - us.order) * self.rho["ukraine"]
            - pressing * p.press_europe * (1 - us.alliance) * short_E
            - p.press_affinity * us.affinity * self.toll_seen
            + p.keep_promise * us.commitment * self.promised
        )
        cost = p.effort_cost * (1 + (1 - self.to_europe) * p.crisis_cost * crisis) + p.keep_promise * us.commitment
        self.desired = np.clip(pulls / cost, 0, 1.2)
        noise = p.words_noise + p.words_vagueness * (1 - us.clarity)
        self.announced = np.clip(self.desired + noise * self.luck("normal", "announcement"), 0, 1.2)
        self.promised = blend(self.promised, self.desired, p.promise_memory)
        self.explicit = blend(self.explicit, us.clarity, p.promise_memory)

    def bureaucracy(self):
        """7.3."""
        p, us, relief = self.p.bureaucracy, self.us, np.where(self.settled, self.relief, 0)
        seats = self.congress.senate.order_majority + self.congress.senate.institutional_hawks
        pause = self.on.aid_pressure * p.intelligence_pause * (1 - us.commitment) * self.rho["ukraine"]
        self.level_before, self.kept_up_before = dict(self.level), self.kept_up
        self.acts_of_sanctions(p, us, relief, self.held_by_law * (seats >= 60) * self.on.institutions)
        wanted = {
            "intelligence": p.intelligence_base + p.intelligence_order * us.order - pause,
            "posture": p.posture_base + p.posture_alliance * us.alliance * self.to_europe + 0 * relief,
        }
        for name, pull in wanted.items():
            target, floor = np.clip(pull, 0, 1), getattr(p, f"{name}_floor")
            kept = blend(self.level[name], np.maximum(target, floor), getattr(p, f"{name}_inertia"))
            self.level[name] = kept if self.on.institutions else target

    def hazards(self, us, rho, p):
        """7.3: T and E of doctrine `us`, but for relief."""
        tighten = p.sanctions_tighten * us.rivalry + p.sanctions_press * (1 - us.affinity) * rho["russia"]
        return tighten, p.sanctions_ease * (1 - us.rivalry) + p.sanctions_affinity * us.affinity + 0 * tighten

    def acts_of_sanctions(self, p, us, relief, held):
        """7.3: what Washington does about sanctions, and how well it keeps them up."""
        a, on = p.sanctions_act, self.on
        self.lifted = blend(self.lifted, relief, 1 - (a if on.institutions else 1))
        self.tightens, self.eases = (
            on.sanctions_acts & (self.luck("uniform", f"sanctions {done}") < 1 - np.exp(-(1 - relief) * acts))
            for done, acts in zip(("tightened", "eased"), self.hazards(us, self.rho, p), strict=True)
        )
        kept = (1 - p.upkeep_turn) * self.kept_up + p.upkeep_turn * us.rivalry
        self.kept_up = self.luck("uniform", "sanctions kept up") < kept
        self.M = self.M - a * self.eases * np.maximum(0, self.M - held)
        self.M = self.M + a * self.tightens * (1 - self.M)
        if on.upkeep:
            self.U = self.U + p.upkeep_leak * (self.kept_up - self.U)
            self.U = self.U + a * self.tightens * (1 - self.U)
        self.sanctions_us = self.M * self.U * (1 - self.lifted)

    def european_sanctions(self):
        """7.7: packages and renewals, which all governments must agree to."""
        p, a, relief = self.p.europe, self.p.bureaucracy.sanctions_act, np.where(self.settled, self.relief, 0)
        came = self.luck("uniform", "package of sanctions") < (1 - relief) * (1 - np.exp(-p.packages))
        self.proposed = self.proposed | (came & self.on.sanctions_acts)
        self.due = self.due | (self.month[-2:] in ("06", "12"))
        united = self.europe.cohesion**p.reluctant_sanctions if self.on.unanimity else 1
        waits, u = self.proposed | self.due, self.luck("uniform", "veto of sanctions")
        agreed = waits & (u < np.where(self.held_up, p.veto_lifted, united))
        package, self.held_up = self.proposed & agreed, waits & ~agreed
        self.proposed, self.due = self.proposed & ~agreed, self.due & ~agreed
        self.expired = self.due & (self.expired | (self.month[-2:] in ("01", "07")))
        self.M_E = self.M_E + a * package * (1 - self.M_E)
        if self.on.upkeep:
            self.U_E = self.U_E + self.p.bureaucracy.upkeep_leak * (~self.held_up - self.U_E)
            self.U_E = self.U_E + a * package * (1 - self.U_E)
        self.sanctions_europe = self.M_E * self.U_E * ~self.expired * (1 - self.lifted)
        share = self.p.bureaucracy.american_sanctions
        self.sanctions = share * self.sanctions_us + (1 - share) * self.sanctions_europe

    def odds(self, size, unpaid, unwanted=False, alone=0):
        v, months = {c: self.votes[[c]].to_numpy(float) for c in VOTE_COLUMNS}, self.months_since("2022-03")
        self.follows = v["follows"]
        pull = np.where(unwanted, 0.73, 2 * self.us.order * self.to_europe - self.p.congress.whip_reference)
        mood = self.p.congress.need_weight * (self.need - 0.5)
        fatigue = v["fatigue"] * np.minimum(months, v["fatigue_months"])
        return (
            v["intercept"] + v["size"] * size + fatigue + v["whip"] * pull
            + v["burden"] * (2 * self.s_E - 1) + mood + v["price"] * unpaid + v["sanctions"] * alone
        )  # fmt: skip

    def ayes(self, chamber, odds, kept_back=0):
        seats = np.array([[getattr(getattr(self.congress, chamber), faction)] for faction in FACTIONS])
        return (seats * expit(odds) * (1 - self.follows * kept_back)).sum(0)

    def drop(self, where):
        self.pending, self.unasked, self.carries = self.pending & ~where, self.unasked & ~where, self.carries & ~where
        self.cleared = {chamber: passed & ~where for chamber, passed in self.cleared.items()}

    def legislature(self):  # noqa: PLR0915 -- as long as section 7.4
        """7.4."""
        p, full = self.p.congress, self.p.executive.full_support
        if self.month.endswith("-01") and int(self.month[:4]) % 2:
            self.drop(self.pending)
        self.cooling = np.maximum(self.cooling - 1, 0)
        wants, wanted = self.desired >= p.withdrawn_below, self.desired * full
        new = (
            wants & (self.authority < p.reserve_months * wanted) & (self.cooling == 0) & ~(self.pending & ~self.unasked)
        )
        self.drop(new | self.pending & ~self.unasked & ~wants)
        self.pending = self.pending | new
        self.size = np.where(new, p.bill_months * wanted, self.size)
        self.age = np.where(self.pending & ~new, self.age + 1, 0)
        forced = p.discharge_hazard * self.need
        if self.on.discharge_petition:
            nth = (self.luck("uniform", "bill introduced") * len(self.bills)).astype(int)
            size, carries = self.bills[nth], self.with_sanctions[nth]
            own = (self.luck("uniform", "unasked bill") < forced) & ~self.pending & (self.cooling == 0)
            own = own & (~wants | (self.authority < size) | carries & (size == 0))
            self.pending, self.unasked, self.carries = (
                self.pending | own,
                self.unasked | own,
                self.carries | own & carries,
            )
            self.size, self.age = np.where(own, size, self.size), np.where(own, 0, self.age)
        unwanted = self.unasked & ~wants
        odds = self.odds(self.size, self.age < p.price_months, unwanted, self.carries & (self.size == 0))
        kept, dead, self.house_ayes = p.follow_leaders * unwanted, 0 * self.L > 0, np.nan * self.L
        for chamber, members, needed in (("house", 435, 218), ("senate", 100, 60 if self.on.filibuster else 51)):
            expected = self.ayes(chamber, odds, kept)
            led = chamber == "senate" and self.congress.senate.order_majority >= 50
            gate = (
                p.gate_shut
                + p.gate_openness * (1 if led else self.congress.agenda)
                + p.gate_age * self.age * ~self.unasked
            )
            gate = expit(gate + (expected * 435 / members - p.gate_reference) / p.gate_scale)
            opens = self.luck("uniform", "agenda gate" if chamber == "house" else "senate gate") < gate
            opens = opens | (not self.on.agenda_gate)
            if chamber == "house" and self.on.discharge_petition:
                opens = opens | (expected >= 218) & (self.luck("uniform", "discharge petition") < forced)
            floor = self.pending & ~self.cleared[chamber] & opens
            surprise = self.follows * p.vote_scatter * self.luck("normal", f"{chamber} vote")
            count = np.round(self.ayes(chamber, odds + surprise, kept))
            self.cleared[chamber] = self.cleared[chamber] | floor & (count >= needed)
            dead = dead | floor & (count < needed)
            if chamber == "house":
                self.house_ayes = np.where(floor, count, np.nan)
        passed = self.cleared["house"] & self.cleared["senate"]
        self.law, act = passed & self.carries, self.p.bureaucracy.sanctions_act * self.on.sanctions_acts
        self.M, self.held_by_law = (x + act * self.law * (1 - x) for x in (self.M, self.held_by_law))
        self.U = self.U + act * self.on.upkeep * self.law * (1 - self.U)
        self.sanctions_us = self.M * self.U * (1 - self.lifted)
        year = p.usai_year * (self.on.usai_floor and self.month.endswith("-12"))
        self.authority = self.authority + np.where(passed, self.size, 0) + year
        self.cooling = np.where(dead, p.cooling_months, self.cooling)
        self.drop(passed | dead)

    def flows(self):
        """7.5, and credibility of 7.6."""
        p, b = self.p, self.p.beliefs
        wanted = self.desired * p.executive.full_support
        lump = self.luck("exponential", "american lump") if self.on.lumpy_flows else 1
        allocated = np.minimum(wanted * lump, self.authority)
        starved = np.where(wanted > 1e-6, np.maximum(0, 1 - self.authority / np.maximum(wanted, 1e-6)), 0)
        self.blocked = blend(self.blocked, starved, b.conduct_memory)
        self.B, self.a = self.authority, allocated
        self.authority = self.authority - allocated
        grant, weapons = self.granted("us")
        self.allocation = allocated + grant
        stock, arms = self.pipeline + allocated, self.weapons["us"] + weapons
        self.arms = p.flows.delivery * (p.front.military_share_us * stock + arms)
        self.pipeline, self.weapons["us"] = stock * (1 - p.flows.delivery), arms * (1 - p.flows.delivery)
        share = allocated / p.executive.full_support
        self.done = blend(self.done, share, p.executive.deeds_memory)
        if self.on.credibility:
            k = np.clip(1 - (self.promised - self.done) / b.promise_tolerance, 0, 1)
            blame = 1 - self.blocked * self.on.attribution
            self.kept = b.credibility_memory * self.kept + self.explicit * k
            self.broken = b.credibility_memory * self.broken + self.explicit * (1 - k) * blame

    def granted(self, *donors):
        """What events give this month in the name of these donors, and how much of it is arms."""
        grant, weapons = 0.0, 0.0
        for e in (e for e in self.config.events if e.kind != "crisis" and e.donor in donors):
            if 0 <= self.months_since(e.month) < e.months:
                grant, weapons = grant + e.amount / e.months, weapons + e.arms * e.amount / e.months
        return grant, weapons

    def toll(self):
        """7.2: what full American support takes from Moscow's war."""
        v_R, sharing = self.p.preferences.land_russia * self.russia.resolve / 0.7, self.level["intelligence"]
        return v_R * self.tau_R * (self.movement("russia", 0, sharing) - self.movement("russia", 1, sharing))

    def wants(self, us, P, kappa, rho, need):
        """7.6: what doctrine `us` wants, where P was promised and weighs kappa, by the scenario's parameters."""
        p, pressing = self.config.parameters.executive, self.on.aid_pressure
        europe = min(1.0, us.priorities.europe / 0.4)
        ranks = {theatre: getattr(us.priorities, theatre) for theatre in THEATRES}
        crisis = sum(3 * ranks[k] / sum(ranks.values()) * self.crises[k] for k in THEATRES)
        pull = (
            europe * us.order * (p.order_base + p.order_need * need)
            + pressing * p.press_russia * (1 - us.affinity) * (1 - us.order) * europe * rho["russia"]
            - pressing * p.press_ukraine * (1 - us.order) * rho["ukraine"]
            - pressing * p.press_europe * (1 - us.alliance) * self.short_E
            - p.press_affinity * us.affinity * self.toll_seen
        )
        cost = p.effort_cost * (1 + (1 - europe) * p.crisis_cost * crisis)
        return np.clip((pull + kappa * P) / (cost + kappa), 0, 1.2)

    def intelligence_wanted(self, us, rho):
        """7.3: the intelligence that doctrine `us` aims for, floor included."""
        p, on = self.config.parameters.bureaucracy, self.on
        pause = on.aid_pressure * p.intelligence_pause * (1 - us.commitment) * rho["ukraine"]
        intelligence = p.intelligence_base + p.intelligence_order * us.order - pause
        return np.maximum(np.clip(intelligence, 0, 1), on.institutions * p.intelligence_floor)

    def talks_chance(self, us, ripe, talked):
        p = self.config.parameters.table
        odds = p.talks_base + p.talks_rivalry * (1 - us.rivalry) + p.talks_horizon * (1 - us.horizon)
        return expit(odds + p.talks_channel * us.channel + p.talks_ripeness * ripe + p.talks_momentum * talked)

    def point_mass(self):
        """1 for the doctrine in force."""
        return np.array([[h == self.us] for h in self.hypotheses]) * np.ones(self.W)

    def capped(self, said):
        said = np.array([row + 0 * self.L for row in said])
        return np.maximum(said - said.max(0), -self.p.reading.cap)

    def beliefs(self):  # noqa: PLR0915 -- as long as 7.6
        """7.6."""
        p, own, rho = self.config.parameters, self.p.reading, dict(self.rho)
        keep = [p.executive.keep_promise * h.commitment for h in self.hypotheses]
        forgotten = {"ukraine": 0, "russia": 0}
        x = [self.wants(h, self.P, k, rho, self.need) for h, k in zip(self.hypotheses, keep, strict=True)]
        self.xbar = np.array([self.wants(h, 0, 0, rho, self.need) for h in self.hypotheses])
        self.k = np.minimum([self.wants(h, 1, k, forgotten, 1) for h, k in zip(self.hypotheses, keep, strict=True)], 1)
        ripe = np.exp(-np.abs(self.d_R) / self.p.table.stalemate_movement)
        ripe = ripe * min(1, self.months_since("2022-02") / self.p.table.stalemate_months)
        self.rest = []
        for h in self.hypotheses:
            wt = (
                p.executive.refusal_weight * self.on.talks * p.table.tabled * self.talks_chance(h, ripe, 1 * self.talks)
            )
            self.rest.append(wt / (1 - p.executive.refusal_memory * (1 - wt)))
        self.rho_seen = rho
        aid, words, talks, first = [], [], [], []
        acts = {"sanctions": [], "intelligence": []}
        B = self.B if self.on.attribution else np.inf
        possible, was_ripe, had_talked = self.called
        for h, wants in zip(self.hypotheses, x, strict=True):
            w = np.maximum(wants * p.executive.full_support, own.drip)
            none = np.log(-np.expm1(-np.minimum(np.maximum(B, 1e-9), own.smallest) / w))
            some = np.where(self.a < own.smallest, none, -np.log(w) - self.a / w)
            aid.append(np.where(own.smallest > B, 0, np.where(self.a >= B, -B / w, some)))
            sd = np.hypot(p.executive.words_noise + p.executive.words_vagueness * (1 - h.clarity), own.words_error)
            inside = -(((self.announced - wants) / sd) ** 2) / 2 - np.log(sd)
            ends = np.where(self.announced <= 0, log_phi(-wants / sd), log_phi((wants - 1.2) / sd))
            words.append(self.credibility * np.where((self.announced > 0) & (self.announced < 1.2), inside, ends))
            q = self.talks_chance(h, was_ripe, had_talked)
            talks.append(np.where(possible, np.log(np.where(self.talks, q, 1 - q)), 0))
            first.append(np.where(self.talks, np.log(np.where(self.moscow_first, h.channel, 1 - h.channel)), 0))
            v, inertia = own.intelligence_seen, p.bureaucracy.intelligence_inertia * self.on.institutions
            seen = self.level["intelligence"] + v * self.luck("normal", "intelligence as seen")
            expected = blend(self.level_before["intelligence"], self.intelligence_wanted(h, rho), inertia)
            acts["intelligence"].append(-(((seen - expected) / v) ** 2) / 2)
            relief, turn = np.where(self.settled, self.relief, 0), p.bureaucracy.upkeep_turn
            kept = (1 - turn) * self.kept_up_before + turn * h.rivalry
            said = self.on.upkeep * np.log(np.where(self.kept_up, kept, 1 - kept))
            for did, rate in zip((self.tightens, self.eases), self.hazards(h, rho, p.bureaucracy), strict=True):
                c = np.maximum(1 - np.exp(-(1 - relief) * rate), 0)
                said = said + self.on.sanctions_acts * np.log(np.maximum(np.where(did, c, 1 - c), 1e-12))
            acts["sanctions"].append(said)
        deeds = self.capped(aid) + self.capped(acts["sanctions"]) + self.capped(acts["intelligence"])
        words, calls = self.on.signals * self.capped(words), self.on.signals * (self.capped(talks) + self.capped(first))
        turn = self.months_since("2025-01") % 48 == 0
        self.mu, self.nu, self.news = {}, {}, {}
        vague = np.array([[1 - h.clarity] for h in self.hypotheses])
        noise = p.executive.words_noise + p.executive.words_vagueness * vague
        for j, before in self.pi.items():
            tau = self.tau_R if j == "russia" else self.p.preferences.horizon_ukraine
            if self.on.reading:
                called = before * np.exp(own.pace * calls)
                q = own.switch_turn if turn else own.switch
                foreseen = (1 - q) * called / called.sum(0) + q * self.prior[j]
                trust = 0.5 + self.ukraine.trust if j == "ukraine" else 1
                pi = foreseen * np.exp(own.pace * (deeds + trust * words))
                pi = pi / pi.sum(0)
            else:
                foreseen, pi = before, self.point_mass()
            stay = min(1, (1 - (1 - own.switch) ** tau) / (own.switch * tau))
            ahead = stay * pi + (1 - stay) * self.prior[j]
            self.pi[j] = pi
            self.mu[j] = (ahead * self.xbar).sum(0)
            self.nu[j] = (ahead * ((self.xbar - self.mu[j]) ** 2 + noise**2 / tau)).sum(0)
            self.news[j] = ((pi - foreseen) * self.xbar).sum(0)
        self.P = blend(self.P, self.announced, p.executive.promise_memory)

    def contributions(self):
        """7.7."""
        p, dials, full = self.p.europe, self.europe, self.p.executive.full_support
        if self.month[-2:] in ("01", "07"):
            self.make_up_minds()
        fall = np.maximum(0, -self.news["europe"])
        self.alarm = p.alarm_fade * self.alarm + self.on.alarm * p.alarm_gain * dials.autonomy * fall
        exposed = p.doubt_weight * np.sqrt(self.nu["europe"]) + np.maximum(0, p.relied_on - self.mu["europe"])
        self.threat = (
            p.need_weight * self.need
            + self.on.hedging * p.hedge * dials.autonomy * exposed
            + p.posture_weight * np.maximum(0, p.posture_relied_on - self.level["posture"])
        )
        pressed = 1 + p.pressed * (1 - self.us.alliance)
        taste = p.taste * self.w_i * (p.threat_base + (1 - p.threat_base) * self.threat) * pressed
        taste = np.minimum(1.0, taste)
        counted = self.on.free_riding * p.publicness * dials.free_riding
        counted = counted * (self.g.sum(0) - self.g + self.mu["europe"] * full)
        self.buys = self.share_bought(self.mu["europe"])
        aim = self.sends * (self.settled & (self.guarantee >= 3))
        self.stationed = self.stationed + p.adjustment * (aim - self.stationed)
        y = self.y * self.purse(self.stationed)
        reply = np.clip(taste * (y + counted) - counted, 0, p.budget_limit * y)
        self.g = self.g + p.adjustment * (reply - self.g)
        grant, weapons = self.granted("europe", "eu", *self.donors["member"])
        given = self.g + self.alarm * self.y
        given = self.supply(given) if self.on.lumpy_flows else given
        bought, given = self.buys * given[1:].sum(0), given.sum(0)
        self.contribution = given + grant
        self.window = [*self.window, (self.contribution, self.allocation)][-6:]
        ours, theirs = (sum(month[k] for month in self.window) for k in (0, 1))
        self.s_E = ours / (ours + theirs)
        stock, orders = self.europe_pipeline + given - bought, self.orders + bought
        arms = self.weapons["europe"] + weapons
        self.europe_arms = p.delivery * (self.p.front.military_share_europe * stock + arms)
        self.europe_arms = self.europe_arms + self.p.flows.delivery * self.arms_bought * orders
        self.orders = orders * (1 - self.p.flows.delivery)
        self.europe_pipeline, self.weapons["europe"] = stock * (1 - p.delivery), arms * (1 - p.delivery)

    @property
    def sends(self):
        return self.europe.presence * self.on.tripwire

    def purse(self, force):
        return np.maximum(0, 1 - self.p.europe.force_cost * force / self.y.sum())

    def share_bought(self, mu):
        p = self.p.europe
        missing = np.maximum(0, 1 - mu / p.relied_on)
        return self.on.american_arms * p.purchases * (1 - self.us.affinity) * missing

    @property
    def arms_bought(self):
        own = self.donors["military_share"].to_numpy(float)[1:]
        own = (own * self.y[1:, 0]).sum() / self.y[1:].sum()
        return 1 - np.maximum(0, own - self.p.front.military_share_europe)

    @property
    def arms_meant(self):
        share = self.p.front.military_share_europe
        return share * self.g.sum(0) + (self.arms_bought - share) * self.buys * self.g[1:].sum(0)

    def lumps(self, u):
        e = -np.log(np.maximum(u - self.nothing, 1e-300) / (1 - self.nothing))
        return np.where(u > self.nothing, e**self.power, 0)

    def supply(self, meant):
        """7.7: lumps, and envelopes of the EU."""
        p = self.p.europe
        u = np.array([(self.luck("part", f"european lump {m}") + 0.5) / 2**16 for m in self.donors["member"]])
        lump = self.lumps(u) / self.lumps((np.arange(2**16) + 0.5) / 2**16).mean(1, keepdims=True)
        given = meant * lump
        due = self.waiting + given[0]
        sought = due > self.envelope
        united = self.europe.cohesion**p.reluctant if self.on.unanimity else 1
        agreeing = np.where(self.vetoed, p.veto_lifted, united)
        agreed = sought & (self.luck("uniform", "european veto") < agreeing)
        self.vetoed = sought & ~agreed
        self.envelope = self.envelope + np.where(agreed, p.envelope_months * meant[0] + self.waiting, 0)
        given[0] = np.minimum(due, self.envelope)
        self.waiting, self.envelope = due - given[0], self.envelope - given[0]
        return given

    def lasting_force(self, support):
        p = self.p.front
        american = p.military_share_us * support * self.p.executive.full_support
        return (self.own_effort + american + self.arms_meant) / p.wear

    def armed(self, j, g):
        """7.11: log points by which peace arms Ukraine."""
        p, x, e = self.p.front, self.p.executive, self.p.europe
        then = self.need_at_war * np.where(np.asarray(g) >= 2, p.need_armed, p.need_in_peace)
        gives = (x.order_base + x.order_need * then) / (x.order_base + x.order_need * self.need)
        felt = e.threat_base + (1 - e.threat_base) * self.threat
        means = np.maximum(0, 1 + (1 - e.threat_base) * e.need_weight * (then - self.need) / felt)
        garrison = self.purse(self.sends) / self.purse(self.stationed)
        means = means * np.where(np.asarray(g) >= 3, garrison, 1)
        american = p.military_share_us * self.mu[j] * x.full_support
        lasting = (self.own_effort + american * gives + self.arms_meant * means) / p.wear
        return self.on.arms_in_peace * np.log((self.K_U + lasting) / 2 / self.expected_force(self.mu[j]))

    @property
    def own_effort(self):
        return self.p.front.own_effort_ukraine * (1 + self.ukraine.resolve - 0.6)

    def expected_force(self, support):
        return (self.K_U + self.lasting_force(support)) / 2

    @property
    def tau_R(self):  # noqa: N802 -- as the document calls it
        return self.p.preferences.horizon_russia * (1 + self.russia.patience - 0.5)

    @property
    def kap_R(self):  # noqa: N802 -- as the document calls it
        p = self.p.preferences
        return p.war_cost_russia * (1 + p.weariness_russia * self.on.weariness * self.months_since("2022-02"))

    @property
    def dearer(self):
        p = self.p.front
        bite = self.on.sanctions_bite * p.sanctions_bite
        return np.maximum(0.05, 1 + bite * (self.sanctions - p.sanctions_reference))

    def forces(self):
        """7.8."""
        p = self.p.front
        self.K_U = (1 - p.wear) * self.K_U + self.own_effort + self.arms + self.europe_arms
        a = self.russia.opportunism * self.on.opportunism
        expected = (1 - a) * self.K_U + a * self.lasting_force(self.mu["russia"])
        h = self.theta_of["russia"] + np.log(expected * self.eyes(self.level["intelligence"]))
        phi = p.wear / (p.wear + 1 / self.tau_R)
        v_R, gamma = self.p.preferences.land_russia * self.russia.resolve / 0.7, p.effort_convexity
        D = min(p.decisiveness, 0.95 * gamma)
        right = np.log(v_R * self.tau_R * phi * p.pull / (gamma * self.kap_R * self.dearer))
        low, high = np.full(self.W, -4.0), np.full(self.W, 4.0)
        for _ in range(100):
            x = (low + high) / 2
            y = x + np.log(p.effort_reference / p.wear) - h
            short = gamma * x + 2 * np.log(np.cosh(D * y / 2)) < right
            low, high = np.where(short, x, low), np.where(short, high, x)
        best = p.effort_reference * np.exp(low)
        self.effort = self.effort + p.adjustment_russia * (best - self.effort)
        self.K_R = (1 - p.wear) * self.K_R + self.effort

    def movement(self, j, support, intelligence):
        met, p = self.expected_force(support) * self.eyes(intelligence), self.p.front
        S = np.log(self.K_R / met) - self.theta_of[j]
        return p.pull * 2 / p.decisiveness * np.tanh(p.decisiveness * S / 2)

    def still_to_come(self, j):
        """7.9: by how much aid, intelligence and sanctions would still change if j went on refusing."""
        dx, di, ds = 0, 0, 0
        for pi, h, rest, now in zip(self.pi[j], self.hypotheses, self.rest, self.xbar, strict=True):
            later = {**self.rho_seen, j: np.maximum(self.rho_seen[j], rest)}
            di_h = self.intelligence_wanted(h, later) - self.intelligence_wanted(h, self.rho_seen)
            p = self.config.parameters.bureaucracy
            more = self.hazards(h, later, p)[0] - self.hazards(h, self.rho_seen, p)[0]
            z = np.maximum(p.sanctions_act * self.tau_R * more, 1e-9)
            to_come = p.american_sanctions * (1 - self.sanctions_us) * (1 + np.expm1(-z) / z) * (z > 1e-9)
            dx = dx + pi * (self.wants(h, 0, 0, later, self.need) - now)
            di = di + pi * di_h
            ds = ds + self.on.sanctions_acts * pi * to_come
        return dx, di, ds

    def war(self):
        """7.9."""
        p, table, on = self.p.preferences, self.p.table, self.on
        months = self.months_since("2022-02") * on.weariness
        seen = self.level["intelligence"]
        self.d_U, self.d_R = (self.movement(j, self.mu[j], seen) for j in ("ukraine", "russia"))
        self.v_U = p.land_ukraine * (1 + self.ukraine.resolve - 0.6)
        self.v_R, tau_R = p.land_russia * self.russia.resolve / 0.7, self.tau_R
        worry = on.caution * p.caution * np.sqrt(self.nu["ukraine"])
        hangs = self.movement("russia", 0.0, seen) - self.movement("russia", 1.0, seen)
        sd = np.maximum(np.sqrt(self.nu["russia"]) * hangs, 1e-12)
        z, m = np.abs(self.d_R) / sd, np.abs(self.d_R)
        wait = on.option_value * (sd * norm.pdf(z) - m * norm.cdf(-z))
        tau_U = p.horizon_ukraine
        f = self.p.front
        self.c = {
            "ukraine": p.war_cost_ukraine * (1 + p.weariness_ukraine * months) * (1 + self.ukraine.resolve - 0.6),
            "russia": self.kap_R * (self.effort / f.effort_reference) ** f.effort_convexity * self.dearer,
        }
        mood = table.mood_sd * on.private_information
        self.x = {j: self.z[j] + mood * self.luck("normal", f"mood {j}") for j in self.z}
        full = {j: self.c[j] * (1 + np.maximum(getattr(p, f"hardship_sd_{j}") * self.x[j], -0.9)) for j in self.z}
        adv_U, adv_R = self.v_U * tau_U * (self.d_U + worry), self.v_R * tau_R * (self.d_R + wait)
        self.W_U = -self.v_U * self.L - adv_U - full["ukraine"]
        self.W_R = self.v_R * self.L + adv_R - full["russia"] - p.sanctions_cost * self.sanctions
        dx, di, _ = self.still_to_come("ukraine")
        cut = self.movement("ukraine", np.maximum(0, self.mu["ukraine"] + dx), np.maximum(0, seen + di))
        dx, _, ds = self.still_to_come("russia")
        surge = self.movement("russia", np.maximum(0, self.mu["russia"] + dx), seen)
        self.R_U = self.W_U - on.leverage * self.v_U * p.horizon_ukraine * np.maximum(0, cut - self.d_U)
        self.R_R = self.W_R + on.leverage * self.v_R * tau_R * np.minimum(0, surge - self.d_R)
        self.R_R = self.R_R - on.leverage * p.sanctions_cost * ds
        saved_U, saved_R = adv_U - (self.R_U - self.W_U), -adv_R - (self.R_R - self.W_R)
        self.saved = {"ukraine": saved_U + self.c["ukraine"], "russia": saved_R + self.c["russia"]}
