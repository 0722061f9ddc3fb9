"""C3: ambiguity and few commitments make deals. C3', the traditional reply: clarity deters and keeps the peace."""

import pytest
import xarray as xr
from contrast import Effect, contrast, dials, difference, together

from sim.scenario import Scenario, load


def ambiguous_and_clear(scenario: Scenario) -> xr.Dataset:
    return together(worlds=2000, vague=dials(scenario, clarity=0.0), clear=dials(scenario, clarity=1.0))


def uncommitted_and_committed(scenario: Scenario) -> xr.Dataset:
    return together(worlds=1000, uncommitted=dials(scenario, commitment=0.0), committed=dials(scenario, commitment=1.0))


# ---- C3


@pytest.mark.parametrize("mechanism", ["constructive_ambiguity", "leverage"])
def test_c3_what_the_transactional_theory_counts_on_makes_deals(outlook: Scenario, mechanism: str) -> None:
    found = together(on=outlook, off=outlook.with_mechanisms(**{mechanism: False}))
    assert contrast(found, "signed", "on", "off").rises()


def test_c3_constructive_ambiguity_does_nothing_for_a_clear_doctrine(outlook: Scenario) -> None:
    clear = dials(outlook, clarity=1.0)
    found = together(on=clear, off=clear.with_mechanisms(constructive_ambiguity=False))
    assert contrast(found, "signed", "on", "off") == Effect(0.0, 0.0)


@pytest.fixture(scope="module")
def words(plain_outlook: Scenario) -> xr.Dataset:
    return ambiguous_and_clear(plain_outlook)


PRICES = ("fragility", "option_value")


def more_signed_if_vague(scenario: Scenario) -> Effect:
    return contrast(ambiguous_and_clear(scenario), "signed", "vague", "clear")


@pytest.mark.parametrize("price", PRICES)
def test_c3_ambiguity_pays_for_its_deals_with_fragile_terms_and_a_russia_that_waits(
    plain_outlook: Scenario, words: xr.Dataset, price: str
) -> None:
    """Each price takes deals away from vague words."""
    free = more_signed_if_vague(plain_outlook.with_mechanisms(**{price: False}))
    assert difference(free, contrast(words, "signed", "vague", "clear")).rises()


def test_c3_ambiguity_makes_deals_where_nobody_pays_for_it_and_costs_deals_where_both_prices_are_paid(
    plain_outlook: Scenario, words: xr.Dataset
) -> None:
    """A finding against the second half of the claim: what pleases at signing is foreseen to break."""
    assert more_signed_if_vague(plain_outlook.with_mechanisms(**dict.fromkeys(PRICES, False))).rises()
    assert contrast(words, "signed", "vague", "clear").falls()


def test_c3_commitment_costs_no_deals_because_guarantees_are_believed(outlook: Scenario) -> None:
    """A finding against the first half of the claim: commitment loses leverage, and gains as much by being believed."""
    as_it_is = contrast(uncommitted_and_committed(outlook), "signed", "committed", "uncommitted")
    unbelieved = contrast(
        uncommitted_and_committed(outlook.with_mechanisms(guarantees=False)), "signed", "committed", "uncommitted"
    )
    assert unbelieved.falls()
    assert not as_it_is.falls()
    assert difference(as_it_is, unbelieved).rises()


def test_c3_the_transactional_doctrine_signs_more_than_the_architectural_one(outlook: Scenario) -> None:
    found = together(transactional=outlook, architectural=outlook.with_doctrine("us", "architectural"))
    assert contrast(found, "signed", "transactional", "architectural").rises()


# ---- C3'


@pytest.fixture(scope="module")
def treaties() -> xr.Dataset:
    """A treaty in force, under four kinds of guarantor."""
    scenario = load("strong_guarantee")
    kinds = {"both": (1.0, 1.0), "clear": (1.0, 0.0), "committed": (0.0, 1.0), "neither": (0.0, 0.0)}
    return together(worlds=1000, **{name: dials(scenario, clarity=c, commitment=k) for name, (c, k) in kinds.items()})


@pytest.mark.parametrize(
    ("more", "less"),
    [("clear", "neither"), ("committed", "neither"), ("both", "clear"), ("both", "committed")],
)
def test_c3_reply_peace_holds_longer_under_a_clear_and_a_committed_guarantor(
    treaties: xr.Dataset, more: str, less: str
) -> None:
    assert contrast(treaties, "kept", more, less).rises()


def test_c3_reply_commitment_keeps_the_peace_by_making_guarantees_believed() -> None:
    """And where guarantees do not deter, a believed one tempts Moscow: it hurts, and war would rid it of it."""
    undeterred = load("strong_guarantee").with_mechanisms(guarantees=False)
    assert contrast(uncommitted_and_committed(undeterred), "kept", "committed", "uncommitted").falls()
    plain = uncommitted_and_committed(undeterred.with_mechanisms(temptation=False))
    assert contrast(plain, "kept", "committed", "uncommitted").is_nothing()


def test_c3_reply_what_was_signed_vaguely_breaks_more_often(words: xr.Dataset) -> None:
    """Of the settlements, the share that broke, and its standard error as of two independent samples."""
    broke = {}
    for label in ("vague", "clear"):
        one = words.sel(doctrine=label)
        signed = int(one["signed"].sum())
        share = float((one["outcome"] == 4).sum()) / signed
        broke[label] = Effect(share, (share * (1.0 - share) / signed) ** 0.5)
    assert difference(broke["vague"], broke["clear"]).rises()


def test_c3_reply_more_peaces_are_in_force_at_the_end_under_clarity(words: xr.Dataset) -> None:
    assert contrast(words, "holds", "clear", "vague").rises()


def test_c3_reply_the_architectural_doctrines_few_peaces_hold_better(plain_outlook: Scenario) -> None:
    """Talks are made frequent under both, so that there is something to compare."""
    talkative = plain_outlook.with_parameters({"table": {"talks_base": 0.0}})
    found = together(transactional=talkative, architectural=talkative.with_doctrine("us", "architectural"))
    broken = {
        label: float((found["outcome"].sel(doctrine=label) == 4).sum() / found["signed"].sel(doctrine=label).sum())
        for label in ("transactional", "architectural")
    }
    assert broken["architectural"] < 0.8 * broken["transactional"]
