"""What hangs together, whatever the order in which it was learnt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin
from matcher.domein.koppeling import Lid, Toestand, components, own_components, rearrange
from matcher.domein.paar import Paar, reject, separate
from matcher.domein.signaal import Signaal
from matcher.types import MatchId, SignaalId
from tests.matcher.domein.conftest import confirmed, maak_paar, maak_signaal, of, oin, settle, token

A, B, C, D = (maak_signaal(n, oin(n)) for n in range(1, 5))
P, Q = token("p"), token("q")
PERSONEN, ORGANISATIES = 3, 4


def partition(toestand: Toestand) -> set[frozenset[SignaalId]]:
    """Who is with whom, by the ids of matches."""
    found: dict[MatchId, set[SignaalId]] = {}
    for id_, lid in toestand.leden.items():
        if lid.match is not None:
            found.setdefault(lid.match, set()).add(id_)
    return {frozenset(group) for group in found.values()}


def ids(*signalen: Signaal) -> frozenset[SignaalId]:
    return frozenset(signaal.id for signaal in signalen)


def test_a_shared_token_is_a_verband_between_organisations_only() -> None:
    own = replace(B, organisatie=A.organisatie)
    toestand = Toestand(of(A, own, C), [(P, A.id), (P, own.id), (P, C.id)])
    verbanden = toestand.verbanden()
    assert verbanden[A.id].keys() == verbanden[own.id].keys() == {C.id}
    assert verbanden[A.id][C.id].is_zeker
    assert verbanden[A.id][C.id].sinds == C.ingediend_op


def test_tokens_of_two_convenanten_never_meet() -> None:
    other = replace(B, convenant=ConvenantId("elders-2026"))
    assert not Toestand(of(A, other), [(P, A.id), (P, other.id)]).verbanden()


def test_a_confirmed_pair_counts_at_its_own_level() -> None:
    [verband] = Toestand(of(A, B), paren=[confirmed(maak_paar(A, B))]).verbanden()[A.id].values()
    assert (verband.niveau, verband.gebeurtenis) == (Niveau.WAARSCHIJNLIJK, Gebeurtenis.MATCH)
    acute = confirmed(maak_paar(A, B), acuut_door=A.organisatie)
    [verband] = Toestand(of(A, B), paren=[acute]).verbanden()[A.id].values()
    assert verband.gebeurtenis is Gebeurtenis.ACUUT


def test_a_shared_token_says_more_than_a_confirmation_and_less_than_a_separation() -> None:
    tokens = [(P, A.id), (P, B.id)]
    assert Toestand(of(A, B), tokens, [confirmed(maak_paar(A, B))]).verbanden()[A.id][B.id].is_zeker
    for no in (separate(maak_paar(A, B)), reject(maak_paar(A, B), A.organisatie)):
        assert not Toestand(of(A, B), tokens, [no]).verbanden()


def test_an_open_pair_is_no_verband() -> None:
    assert not Toestand(of(A, B), paren=[maak_paar(A, B)]).verbanden()


def test_where_matches_come_together_the_older_one_stays_and_nobody_gets_another_name() -> None:
    tokens = [(P, A.id), (P, B.id), (Q, C.id), (Q, D.id)]
    apart = settle(Toestand(of(A, B, C, D), tokens))
    older, younger = apart.leden[A.id].match, apart.leden[C.id].match
    together = settle(apart.with_paar(confirmed(maak_paar(B, C))))
    assert {lid.match for lid in together.leden.values()} == {older}
    assert [lid.bekend_als for lid in together.leden.values()] == [older, older, younger, younger]


def test_where_a_match_falls_apart_the_oldest_signal_keeps_the_id() -> None:
    tokens = [(P, A.id), (P, B.id), (Q, C.id), (Q, D.id)]
    pair = confirmed(maak_paar(B, C))
    together = settle(Toestand(of(A, B, C, D), tokens, [pair]))
    apart = settle(together.with_paar(separate(pair)), range(2000, 3000))
    assert apart.leden[A.id] == together.leden[A.id]
    assert apart.leden[C.id].match == apart.leden[D.id].match == MatchId(UUID(int=2000))
    # They knew it by the id that the other part keeps, which is no reason to call theirs otherwise.
    assert apart.leden[C.id].bekend_als == together.leden[C.id].bekend_als


def test_an_organisation_never_knows_two_matches_by_one_name() -> None:
    own = replace(D, organisatie=A.organisatie)
    tokens = [(P, A.id), (P, B.id), (Q, C.id), (Q, own.id)]
    pair = confirmed(maak_paar(B, C))
    together = settle(Toestand(of(A, B, C, own), tokens, [pair]))
    assert together.leden[A.id].match == together.leden[own.id].match
    # Nothing of its own holds the two together: that B and C did is not for it to learn.
    assert together.leden[A.id].bekend_als != together.leden[own.id].bekend_als


def test_a_name_that_is_in_use_elsewhere_is_not_given() -> None:
    toestand = Toestand(of(A, B), [(P, A.id), (P, B.id)])
    fresh = (MatchId(UUID(int=n)) for n in count(1))
    first = MatchId(UUID(int=1))
    placed = rearrange(toestand, ouderdom={}, bezet=[(A.organisatie, first)], nieuw=lambda: next(fresh))
    assert placed[A.id].match == placed[B.id].match == placed[B.id].bekend_als == first
    assert placed[A.id].bekend_als == MatchId(UUID(int=2))


def test_own_components_hang_together_by_own_verbanden_only() -> None:
    own = replace(D, organisatie=A.organisatie)
    toestand = Toestand(of(A, B, C, own), [(P, A.id), (P, B.id), (P, C.id), (Q, C.id), (Q, own.id)])
    assert own_components([A.id, own.id], toestand.verbanden()) == [(A.id, own.id)]
    toestand = Toestand(of(A, B, C, own), [(P, A.id), (P, B.id), (Q, C.id), (Q, own.id)], [confirmed(maak_paar(B, C))])
    assert own_components([A.id, own.id], toestand.verbanden()) == [(A.id,), (own.id,)]
    assert len(components(toestand.leden, toestand.verbanden())) == 1


@dataclass(frozen=True)
class Stap:
    """One thing that the matcher learns."""

    naam: str
    doe: Callable[[Toestand], Toestand]


def arrives(signaal: Signaal, persoon: str) -> Stap:
    def do(toestand: Toestand) -> Toestand:
        leden = {**toestand.leden, signaal.id: Lid(signaal)}
        # The database gives signals in order of arrival.
        ordered = dict(sorted(leden.items(), key=lambda item: item[1].signaal.ingediend_op))
        return Toestand(ordered, [*toestand.zeker, (token(persoon), signaal.id)], toestand.paren)

    return Stap("arrives", do)


def decides(paar: Paar) -> Stap:
    return Stap("decides", lambda toestand: toestand.with_paar(paar))


def ends(signaal: Signaal) -> Stap:
    return Stap("ends", lambda toestand: toestand.only(lambda lid: lid.signaal.id != signaal.id))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Stap], list[Stap]]:
    """Signals of several persons, pairs that are confirmed or separated, and ends, in two orders."""
    aantal = draw(st.integers(2, 7))
    signalen = [maak_signaal(n, oin(draw(st.integers(1, ORGANISATIES)))) for n in range(1, aantal + 1)]
    first = [arrives(s, f"p{draw(st.integers(1, PERSONEN))}") for s in signalen]
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, aantal - 1), st.integers(0, aantal - 1), st.booleans()),
            max_size=4,
            unique_by=lambda pair: frozenset(pair[:2]),
        )
    )
    later = []
    for een, ander, same in pairs:
        if signalen[een].organisatie != signalen[ander].organisatie:
            paar = maak_paar(signalen[een], signalen[ander])
            decided = confirmed(paar) if same else separate(paar)
            later.append(decides(decided))
    leaving = draw(st.lists(st.sampled_from(signalen), max_size=2, unique_by=lambda s: s.id))
    ending = [ends(signaal) for signaal in leaving]
    orderly = [*draw(st.permutations(first)), *draw(st.permutations(later)), *ending]
    # A pair can be decided as soon as both signals are there; ends can come before a decision about others.
    mixed = [*draw(st.permutations(first)), *draw(st.permutations([*later, *ending]))]
    return orderly, mixed


@settings(max_examples=150, deadline=None)
@given(orders=histories())
def test_the_same_matches_come_out_whatever_the_order(orders: tuple[list[Stap], list[Stap]]) -> None:
    outcomes = []
    for steps in orders:
        toestand = Toestand({})
        numbers = count(1000)
        for step in steps:
            toestand = settle(step.doe(toestand), numbers)
            _check(toestand)
        outcomes.append(partition(toestand))
    assert outcomes[0] == outcomes[1]


def _check(toestand: Toestand) -> None:
    """What must hold after every step."""
    verbanden = toestand.verbanden()
    for id_, lid in toestand.leden.items():
        assert (lid.match is not None) == bool(verbanden.get(id_))
        assert (lid.bekend_als is not None) == (lid.match is not None)
        for ander in verbanden.get(id_, ()):
            assert toestand.leden[ander].match == lid.match
            assert toestand.leden[ander].signaal.organisatie != lid.signaal.organisatie
    assert partition(toestand) == {frozenset(group) for group in components(toestand.leden, verbanden)}
    per_organisatie: dict[Oin, list[SignaalId]] = {}
    for id_, lid in toestand.leden.items():
        per_organisatie.setdefault(lid.signaal.organisatie, []).append(id_)
    for own in per_organisatie.values():
        names = [{toestand.leden[id_].bekend_als for id_ in group} for group in own_components(own, verbanden)]
        assert all(len(group) == 1 for group in names)
        assert len({name for group in names for name in group}) == len(names)


@pytest.mark.parametrize("size", [2, 5])
def test_settling_twice_changes_nothing_more(size: int) -> None:
    signalen = [maak_signaal(n, oin(n)) for n in range(1, size + 1)]
    once = settle(Toestand(of(*signalen), [(P, s.id) for s in signalen]))
    assert settle(once, range(5000, 6000)).leden == once.leden
