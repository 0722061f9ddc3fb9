"""C3: ambiguity and few commitments make deals. C3', the traditional reply: clarity deters and keeps the peace."""

import pytest
import xarray as xr
from contrast import MATTERS, Effect, contrast, dials, difference, together, turned

from sim.scenario import Scenario, load


def ambiguous_and_clear(scenario: Scenario) -> xr.Dataset:
    return together(worlds=2000, vague=dials(scenario, clarity=0.0), clear=dials(scenario, clarity=1.0))


def uncommitted_and_committed(scenario: Scenario) -> xr.Dataset:
    return together(worlds=1000, uncommitted=dials(scenario, commitment=0.0), committed=dials(scenario, commitment=1.0))


# ---- C3


def test_c3_terms_that_each_may_read_its_own_way_make_deals(outlook: Scenario) -> None:
    found = together(on=outlook, off=outlook.with_mechanisms(constructive_ambiguity=False))
    assert contrast(found, "signed", "on", "off").rises()


def test_c3_threats_hardly_change_how_many_deals_there_are(outlook: Scenario) -> None:
    """A finding against the claim: what Washington would still do to who goes on refusing is little."""
    found = together(on=outlook, off=outlook.with_mechanisms(leverage=False))
    assert contrast(found, "signed", "on", "off").is_within(MATTERS)


def test_c3_constructive_ambiguity_does_nothing_for_a_clear_doctrine(outlook: Scenario) -> None:
    clear = dials(outlook, clarity=1.0)
    found = together(on=clear, off=clear.with_mechanisms(constructive_ambiguity=False))
    assert contrast(found, "signed", "on", "off") == Effect(0.0, 0.0)


@pytest.fixture(scope="module")
def words(plain_outlook: Scenario) -> xr.Dataset:
    return ambiguous_and_clear(plain_outlook)


def test_c3_ambiguity_makes_deals_where_vague_terms_do_not_break_and_none_where_they_do(
    plain_outlook: Scenario, words: xr.Dataset
) -> None:
    """A finding against the second half of the claim: what pleases at signing is foreseen to break."""
    lasting = ambiguous_and_clear(plain_outlook.with_mechanisms(fragility=False))
    assert contrast(lasting, "signed", "vague", "clear").rises()
    assert turned(lasting, words, "signed", "vague", "clear").rises()
    assert contrast(words, "signed", "vague", "clear").is_within(MATTERS)


def test_c3_that_moscow_may_wait_costs_vague_words_no_deals(plain_outlook: Scenario, words: xr.Dataset) -> None:
    """A finding: waiting is worth what stopping in time would save, and that is next to nothing."""
    unwaiting = ambiguous_and_clear(plain_outlook.with_mechanisms(option_value=False))
    assert turned(unwaiting, words, "signed", "vague", "clear").is_within(0.01)


@pytest.fixture(scope="module")
def promises(outlook: Scenario) -> xr.Dataset:
    return uncommitted_and_committed(outlook)


def test_c3_commitment_that_nobody_reads_makes_deals_because_who_means_to_pay_offers_stronger_guarantees(
    outlook: Scenario, promises: xr.Dataset
) -> None:
    """A finding against the first half of the claim: to who does not mean to pay a guarantee is a liability."""
    unliable = uncommitted_and_committed(outlook.with_parameters({"patron": {"guarantee_liability": 0.0}}))
    assert contrast(promises, "signed", "committed", "uncommitted").rises()
    assert contrast(promises, "settlement_guarantee", "committed", "uncommitted").rises()
    assert contrast(unliable, "signed", "committed", "uncommitted").is_within(MATTERS)
    assert turned(promises, unliable, "signed", "committed", "uncommitted").rises()


def test_c3_commitment_loses_no_deals_by_losing_threats(outlook: Scenario, promises: xr.Dataset) -> None:
    """A finding: what leverage it gives up by being committed is worth few of them."""
    unthreatening = uncommitted_and_committed(outlook.with_mechanisms(leverage=False))
    assert turned(promises, unthreatening, "signed", "committed", "uncommitted").is_within(MATTERS)


def known_to_be_committed(scenario: Scenario, **mechanisms: bool) -> xr.Dataset:
    """Hands tied for all to see, or free: what is not among the doctrines that audiences think possible is not read."""
    return uncommitted_and_committed(scenario.with_mechanisms(reading=False, **mechanisms))


@pytest.fixture(scope="module")
def known_promises(plain_outlook: Scenario) -> xr.Dataset:
    return known_to_be_committed(plain_outlook)


def test_c3_known_commitment_makes_deals_because_guarantees_are_believed_and_costs_some_where_they_do_not_deter(
    plain_outlook: Scenario, known_promises: xr.Dataset
) -> None:
    """A finding against the first half of the claim: what commitment loses it gains by being believed, and more."""
    undeterred = known_to_be_committed(plain_outlook, guarantees=False)
    assert contrast(known_promises, "signed", "committed", "uncommitted").rises()
    assert contrast(undeterred, "signed", "committed", "uncommitted").falls()
    assert turned(known_promises, undeterred, "signed", "committed", "uncommitted").rises()


def test_c3_what_known_commitment_costs_there_is_the_temptation_of_moscow_and_no_lost_threat(
    plain_outlook: Scenario,
) -> None:
    """A finding: a believed guarantee hurts Moscow, and one that does not deter makes it the likelier to break."""
    unthreatening = known_to_be_committed(plain_outlook, guarantees=False, leverage=False)
    assert contrast(unthreatening, "signed", "committed", "uncommitted").falls()
    untempted = known_to_be_committed(plain_outlook, guarantees=False, temptation=False)
    assert contrast(untempted, "signed", "committed", "uncommitted").is_within(MATTERS)


def test_c3_the_transactional_doctrine_signs_more_than_the_architectural_one(outlook: Scenario) -> None:
    found = together(transactional=outlook, architectural=outlook.with_doctrine("us", "architectural"))
    assert contrast(found, "signed", "transactional", "architectural").rises()


# ---- C3'


def treaty(**mechanisms: bool) -> Scenario:
    """A treaty in force."""
    return load("strong_guarantee").with_mechanisms(**mechanisms)


def guarantors(scenario: Scenario) -> xr.Dataset:
    """Four kinds of guarantor."""
    kinds = {"both": (1.0, 1.0), "clear": (1.0, 0.0), "committed": (0.0, 1.0), "neither": (0.0, 0.0)}
    return together(worlds=1000, **{name: dials(scenario, clarity=c, commitment=k) for name, (c, k) in kinds.items()})


@pytest.fixture(scope="module")
def read_guarantors() -> xr.Dataset:
    """Moscow reads who guarantees from what he does, and thinks none of the four possible."""
    return guarantors(treaty())


@pytest.fixture(scope="module")
def known_guarantors() -> xr.Dataset:
    return guarantors(treaty(reading=False))


CLEARER = [("clear", "neither"), ("both", "committed")]
MORE_COMMITTED = [("committed", "neither"), ("both", "clear")]


@pytest.mark.parametrize(("more", "less"), CLEARER)
def test_c3_reply_peace_holds_longer_under_a_clear_guarantor(
    read_guarantors: xr.Dataset, known_guarantors: xr.Dataset, more: str, less: str
) -> None:
    assert contrast(read_guarantors, "kept", more, less).rises()
    assert contrast(known_guarantors, "kept", more, less).rises()


@pytest.mark.parametrize(("more", "less"), MORE_COMMITTED)
def test_c3_reply_peace_holds_longer_under_a_committed_guarantor_only_where_he_is_known_to_be_one(
    read_guarantors: xr.Dataset, known_guarantors: xr.Dataset, more: str, less: str
) -> None:
    """A finding against the reply: a peace calls no promise in, so nothing shows what would be paid."""
    assert contrast(known_guarantors, "kept", more, less).rises()
    assert contrast(read_guarantors, "kept", more, less).is_within(0.01)


def test_c3_reply_known_commitment_keeps_the_peace_by_making_guarantees_believed() -> None:
    """And where guarantees do not deter, a believed one tempts Moscow: it hurts, and war would rid it of it."""
    undeterred = treaty(reading=False, guarantees=False)
    assert contrast(uncommitted_and_committed(undeterred), "kept", "committed", "uncommitted").falls()
    plain = uncommitted_and_committed(undeterred.with_mechanisms(temptation=False))
    assert contrast(plain, "kept", "committed", "uncommitted").is_nothing()


def broken(found: xr.Dataset, label: str) -> Effect:
    """Of the settlements the share that broke, whatever came after it, and its standard error."""
    one = found.sel(doctrine=label)
    signed = float(one["settlements"].sum())
    share = float(one["breaks"].sum()) / signed
    return Effect(share, (share * (1.0 - share) / signed) ** 0.5)


def test_c3_reply_what_was_signed_vaguely_breaks_more_often(words: xr.Dataset) -> None:
    assert difference(broken(words, "vague"), broken(words, "clear")).rises()


def test_c3_reply_more_peaces_are_in_force_at_the_end_under_clarity(words: xr.Dataset) -> None:
    assert contrast(words, "holds", "clear", "vague").rises()


def test_c3_reply_the_architectural_doctrines_few_peaces_hold_better(plain_outlook: Scenario) -> None:
    """Talks are made frequent under both, so that there is something to compare."""
    talkative = plain_outlook.with_parameters({"table": {"talks_base": 0.0}})
    found = together(transactional=talkative, architectural=talkative.with_doctrine("us", "architectural"))
    assert broken(found, "architectural").mean < 0.8 * broken(found, "transactional").mean
    assert difference(broken(found, "transactional"), broken(found, "architectural")).rises()
