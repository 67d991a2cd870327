"""What holds of every decision, whatever the convenant says and whoever asks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.beleid import Besluit, Vraag, berichtvelden, beslis
from convenant.beleid.besluit import refuse
from convenant.model import Convenant, Deelregel, Eenrichting, Partij, Partijgroep
from convenant.types import Rol, Veld
from tests.convenant.beleid import orakel
from tests.convenant.strategieen import any_vragen, convenanten, deelregels, gevallen, vragen, wederkerig

_NO_FIELDS: Final = frozenset[Veld]()
_GEVALLEN: Final = gevallen()


def no_field_leaves_without_a_rule_and_its_grondslag(convenant: Convenant, vraag: Vraag) -> None:
    besluit = beslis(convenant, vraag)
    holding = [regel for regel in convenant.deelregels if orakel.holds(convenant, regel, vraag)]
    for veld in besluit.velden:
        assert any(veld in regel.velden for regel in holding)
        assert besluit.grounds_for(veld)
    assert besluit.velden == orakel.granted(convenant, vraag)
    assert besluit.toegestaan == bool(besluit.velden)


def all_rules_grant_what_the_single_rules_grant(convenant: Convenant, vraag: Vraag) -> None:
    together = beslis(convenant, vraag)
    alone = [beslis(replace(convenant, deelregels=(regel,)), vraag) for regel in convenant.deelregels]
    assert together.velden == _NO_FIELDS.union(*(besluit.velden for besluit in alone))
    assert sorted(together.verleend, key=str) == sorted((v for b in alone for v in b.verleend), key=str)


def a_rule_less_takes_away_what_that_rule_granted_only(convenant: Convenant, vraag: Vraag) -> None:
    whole = beslis(convenant, vraag)
    for regel in convenant.deelregels:
        rest = tuple(ander for ander in convenant.deelregels if ander is not regel)
        less = beslis(replace(convenant, deelregels=rest), vraag)
        assert less.verleend == tuple(v for v in whole.verleend if v.artikel != regel.artikel)


def _turned(values: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    return values[::-1], (*values[1:], *values[:1]), tuple(sorted(values, key=str))


def the_order_of_rules_and_parties_does_not_count(convenant: Convenant, vraag: Vraag) -> None:
    orders = zip(*map(_turned, (convenant.deelregels, convenant.partijen, convenant.grondslagen)), strict=True)
    for deelregels_, partijen, grondslagen in orders:
        turned = replace(convenant, deelregels=deelregels_, partijen=partijen, grondslagen=grondslagen)
        assert beslis(turned, vraag) == beslis(convenant, vraag)


def another_party_changes_nothing_between_two(convenant: Convenant, vraag: Vraag) -> None:
    two = tuple(partij for partij in convenant.partijen if partij.oin in {vraag.ontvanger, vraag.over})
    assert beslis(replace(convenant, partijen=two), vraag) == beslis(convenant, vraag)


def a_grondslag_less_never_grants_more(convenant: Convenant, vraag: Vraag) -> None:
    whole = beslis(convenant, vraag)
    for grondslag in convenant.grondslagen:
        rest = tuple(ander for ander in convenant.grondslagen if ander is not grondslag)
        less = beslis(replace(convenant, grondslagen=rest), vraag)
        assert less.verleend == tuple(v for v in whole.verleend if v.grondslag != grondslag.code)
    assert not beslis(replace(convenant, grondslagen=()), vraag).toegestaan


def an_unknown_phase_grants_no_more_than_any_phase(convenant: Convenant, vraag: Vraag) -> None:
    assert beslis(convenant, replace(vraag, fase=None)).velden <= beslis(convenant, vraag).velden


def fewer_own_signals_never_grant_more(convenant: Convenant, vraag: Vraag) -> None:
    whole = beslis(convenant, vraag).velden
    for soort in vraag.eigen_signaalsoorten:
        fewer = replace(vraag, eigen_signaalsoorten=vraag.eigen_signaalsoorten - {soort})
        assert beslis(convenant, fewer).velden <= whole


def only_a_radar_learns_without_a_signal_of_its_own(convenant: Convenant, vraag: Vraag) -> None:
    besluit = beslis(convenant, replace(vraag, eigen_signaalsoorten=frozenset()))
    assert not besluit.toegestaan or Rol.RADAR in convenant.partij(vraag.ontvanger).rollen


def _back(vraag: Vraag, soort: str) -> Vraag:
    """What the other would ask about a signal of that kind of the receiver."""
    return replace(
        vraag,
        ontvanger=vraag.over,
        over=vraag.ontvanger,
        signaalsoort=soort,
        eigen_signaalsoorten=frozenset({vraag.signaalsoort}),
    )


def reciprocal_rules_tell_both_sides_the_same(convenant: Convenant, vraag: Vraag) -> None:
    rules = tuple(regel for regel in convenant.deelregels if not isinstance(regel.richting, Eenrichting))
    convenant = replace(convenant, deelregels=rules)
    told_back = {soort: beslis(convenant, _back(vraag, soort)).verleend for soort in vraag.eigen_signaalsoorten}
    for soort, back in told_back.items():
        there = beslis(convenant, replace(vraag, eigen_signaalsoorten=frozenset({soort})))
        assert there.verleend == back
    # With signals of more kinds: nothing that the other does not learn of one of them.
    assert set(beslis(convenant, vraag).verleend) == {v for back in told_back.values() for v in back}


def a_notification_holds_nothing_that_was_not_granted(convenant: Convenant, vraag: Vraag) -> None:
    besluit = beslis(convenant, vraag)
    told = berichtvelden(convenant, vraag.ontvanger, vraag.gebeurtenis, besluit)
    assert told <= besluit.velden
    without = replace(convenant, afspraken=replace(convenant.afspraken, berichten=()))
    assert berichtvelden(without, vraag.ontvanger, vraag.gebeurtenis, besluit) == besluit.velden


def _names(partij: Partij) -> tuple[str, ...]:
    return partij.oin, partij.naam, partij.contact.email


def an_answer_is_whole_and_a_refusal_names_nobody(convenant: Convenant, vraag: Vraag) -> None:
    besluit = beslis(convenant, vraag)
    assert besluit.convenant == convenant.id
    assert besluit.versie == convenant.versie
    assert besluit.artikel == ", ".join(verlening.artikel for verlening in besluit.verleend)
    assert set(besluit.grondslag.split(", ")) - {""} == {verlening.grondslag for verlening in besluit.verleend}
    assert besluit.velden == _NO_FIELDS.union(*(verlening.velden for verlening in besluit.verleend))
    if not besluit.toegestaan:
        assert besluit == refuse(convenant, besluit.reden)
        assert besluit.reden.endswith(".")
        assert not [n for partij in convenant.partijen for n in _names(partij) if n in besluit.reden]


_EIGENSCHAPPEN: Final[tuple[Callable[[Convenant, Vraag], None], ...]] = (
    no_field_leaves_without_a_rule_and_its_grondslag,
    all_rules_grant_what_the_single_rules_grant,
    a_rule_less_takes_away_what_that_rule_granted_only,
    the_order_of_rules_and_parties_does_not_count,
    another_party_changes_nothing_between_two,
    a_grondslag_less_never_grants_more,
    an_unknown_phase_grants_no_more_than_any_phase,
    fewer_own_signals_never_grant_more,
    only_a_radar_learns_without_a_signal_of_its_own,
    reciprocal_rules_tell_both_sides_the_same,
    a_notification_holds_nothing_that_was_not_granted,
    an_answer_is_whole_and_a_refusal_names_nobody,
)


@pytest.mark.parametrize("eigenschap", _EIGENSCHAPPEN, ids=[e.__name__ for e in _EIGENSCHAPPEN])
def test_holds_of_every_decision(eigenschap: Callable[[Convenant, Vraag], None]) -> None:
    @given(_GEVALLEN)
    @settings(max_examples=25)
    def check(geval: tuple[Convenant, Vraag]) -> None:
        eigenschap(*geval)

    check()


@given(convenanten(), any_vragen())
@settings(max_examples=50)
def test_a_question_of_which_nothing_fits_gets_an_answer_too(convenant: Convenant, vraag: Vraag) -> None:
    no_field_leaves_without_a_rule_and_its_grondslag(convenant, vraag)
    an_answer_is_whole_and_a_refusal_names_nobody(convenant, vraag)


@given(_GEVALLEN, deelregels(min_size=1, max_size=1))
@settings(max_examples=25)
def test_another_rule_takes_nothing_away(geval: tuple[Convenant, Vraag], extra: tuple[Deelregel, ...]) -> None:
    convenant, vraag = geval
    more = beslis(replace(convenant, deelregels=(*convenant.deelregels, *extra)), vraag)
    assert set(beslis(convenant, vraag).verleend) <= set(more.verleend)


@given(gevallen(convenanten(regels=deelregels(wederkerig()))))
@settings(max_examples=25)
def test_whoever_has_no_signal_of_its_own_learns_nothing_by_a_reciprocal_rule(geval: tuple[Convenant, Vraag]) -> None:
    convenant, vraag = geval
    assert not beslis(convenant, replace(vraag, eigen_signaalsoorten=frozenset())).toegestaan


@given(_GEVALLEN)
@settings(max_examples=25)
def test_a_rule_for_nobody_grants_nothing(geval: tuple[Convenant, Vraag]) -> None:
    convenant, vraag = geval
    nobody = Eenrichting(ontvanger=Partijgroep(), over=Partijgroep(), zonder_eigen_signaal=True)
    rules = tuple(replace(regel, richting=nobody) for regel in convenant.deelregels)
    assert not beslis(replace(convenant, deelregels=rules), vraag).toegestaan


def test_the_questions_are_often_granted_and_often_refused() -> None:
    besluiten: list[Besluit] = []

    @given(_GEVALLEN)
    @settings(max_examples=120, database=None)
    def ask(geval: tuple[Convenant, Vraag]) -> None:
        besluiten.append(beslis(*geval))

    ask()
    granted = sum(besluit.toegestaan for besluit in besluiten)
    assert 5 <= granted <= len(besluiten) - 5


@pytest.mark.slow
def test_ten_thousand_convenanten_and_questions() -> None:
    seen: list[bool] = []

    @given(_GEVALLEN, st.data())
    @settings(max_examples=10_000, database=None, suppress_health_check=[HealthCheck.too_slow])
    def check(geval: tuple[Convenant, Vraag], data: st.DataObject) -> None:
        convenant, vraag = geval
        for eigenschap in _EIGENSCHAPPEN:
            eigenschap(convenant, vraag)
        anything = data.draw(st.one_of(any_vragen(), vragen(convenant)))
        no_field_leaves_without_a_rule_and_its_grondslag(convenant, anything)
        seen.append(beslis(convenant, vraag).toegestaan)

    check()
    assert len(seen) >= 10_000
    assert 500 < sum(seen) < 9_500
