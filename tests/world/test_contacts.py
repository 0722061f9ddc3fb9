"""Direct contacts: in clusters, after Washington's talks; and whose terms are on the table."""

import numpy as np
import pytest

from sim.ensemble import opened
from sim.scenario import Scenario, load
from sim.world.contacts import clusters
from sim.world.proposal import Proposer


def lived(scenario: Scenario, worlds: int = 800) -> dict[str, np.ndarray]:
    """What happened month by month, (months, worlds)."""
    model = opened(scenario.with_parameter_sets("one"), seed=3, start=0, stop=worlds)
    kept = {"meets": [], "talks": [], "proposer": [], "refusal": [], "settled": [], "remembered": []}
    for _ in model:
        table = model.mediator
        kept["meets"].append(model.contacts.meets.copy())
        for name in ("talks", "proposer", "refusal", "settled"):
            kept[name].append(getattr(table, name).copy())
        kept["remembered"].append(model.united_states.refused_by_ukraine.copy())
    return {name: np.array(months) for name, months in kept.items()}


@pytest.fixture(scope="module")
def months() -> dict[str, np.ndarray]:
    return lived(load("outlook").with_doctrine("us", "transactional"))


def test_clusters_are_counted_by_their_first_meeting() -> None:
    meets = np.array([[0, 1, 1, 0, 0, 1, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1]])
    assert clusters(meets, 2).tolist() == [2, 3]
    assert clusters(meets, 5).tolist() == [1, 1]


def test_a_meeting_makes_another_many_times_as_likely(months: dict[str, np.ndarray]) -> None:
    met, meets = months["meets"][:-1], months["meets"][1:]
    war = ~months["settled"][1:] & ~months["settled"][:-1]
    after, otherwise = meets[met & war].mean(), meets[~met & war].mean()
    assert after > 0.4
    assert otherwise < 0.1


def test_they_answer_washingtons_talks(months: dict[str, np.ndarray]) -> None:
    fresh = ~months["meets"][:-1] & ~months["settled"][1:]
    with_washington = months["meets"][1:][fresh & months["talks"][1:]].mean()
    without = months["meets"][1:][fresh & ~months["talks"][1:]].mean()
    assert with_washington > 2.0 * without


def test_their_terms_are_tabled_only_where_they_meet_and_washington_has_none(months: dict[str, np.ndarray]) -> None:
    own = np.isin(months["proposer"], (Proposer.UKRAINE, Proposer.RUSSIA))
    assert own.any()
    assert not (own & ~months["meets"]).any()
    assert {Proposer.UKRAINE, Proposer.RUSSIA} <= set(months["proposer"][own].tolist())


def test_washington_does_not_remember_refusals_of_terms_that_are_not_its_own() -> None:
    """Where the envoy never tables anything, refusals leave no memory, though there are some."""
    scenario = load("outlook").with_parameters({"table": {"tabled": 0.0}, "contacts": {"direct_base": 1.0}})
    months = lived(scenario, 200)
    assert (months["refusal"] > 0.0).any()
    assert (months["remembered"] == 0.0).all()


def test_nobody_meets_while_a_settlement_holds_and_nobody_at_all_when_switched_off() -> None:
    settled = lived(load("strong_guarantee"), 200)
    assert not (settled["meets"][1:] & settled["settled"][:-1] & settled["settled"][1:]).any()
    off = lived(load("outlook").with_mechanisms(direct_talks=False), 50)
    assert not off["meets"].any()
    assert set(np.unique(off["proposer"])) <= {Proposer.NOBODY, Proposer.WASHINGTON}
