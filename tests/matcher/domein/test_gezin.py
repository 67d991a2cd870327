"""Signals on different members of one casus: who is told of whom, for every shape of family."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.model import Convenant, Partijgroep, Wederkerig
from convenant.types import Gebeurtenis, Niveau, Oin, Sector, Veld
from matcher.domein.casus import Casus, Casustoestand
from matcher.domein.gezin import Gezinsmelding, gezinsberichten, gezinsmeldingen
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.koppeling import Toestand
from matcher.domein.radardocument import gezin_document
from matcher.domein.signaal import Signaal
from matcher.types import CasusId, Notificatiesoort, SignaalId
from tests.matcher.domein.conftest import BEGIN, CONVENANT, confirmed, maak_paar, maak_signaal, of, settle, token

if TYPE_CHECKING:
    from tests.conftest import Partijen

VANDAAG = date(2026, 5, 13)
ALLEN = Partijgroep(alle=True)
KENMERKER = Kenmerker(bytes(32))


def granting(convenant: Convenant, velden: Iterable[Veld], **changes: Any) -> Convenant:
    """A convenant whose only rule grants these fields for a gezinsmatch, from everybody to everybody."""
    grondslag = replace(convenant.grondslagen[0], ontvangers=ALLEN)
    regel = replace(
        convenant.deelregels[0],
        gebeurtenissen=frozenset({Gebeurtenis.GEZINSMATCH}),
        richting=Wederkerig(tussen=(ALLEN, ALLEN)),
        velden=frozenset(velden),
        grondslag=grondslag.code,
        **changes,
    )
    return replace(convenant, deelregels=(regel,), grondslagen=(grondslag,))


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return granting(partijen.convenant, {Veld.ORGANISATIE, Veld.SIGNAALSOORT})


@pytest.fixture(scope="module")
def oins(partijen: "Partijen") -> list[Oin]:
    """Veilig Thuis first, then four others."""
    sectors = (Sector.VEILIG_THUIS, Sector.ONDERWIJS, Sector.JEUGDHULP, Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
    return [partijen.in_sector(sector) for sector in sectors]


def maak_casus(nummer: int, eigenaar: Oin, leden: Iterable[Signaal], **changes: Any) -> Casus:
    casus = Casus(
        id=CasusId(UUID(int=nummer)),
        convenant=CONVENANT,
        organisatie=eigenaar,
        nummer=b"n",
        stand=Casustoestand.BEOORDELING,
        stand_sinds=BEGIN,
        acuut=False,
        geopend_op=BEGIN,
        gewijzigd_op=BEGIN,
        monitoring_tot=date(2027, 1, 1),
        leden={lid.id: BEGIN for lid in leden},
    )
    return replace(casus, **changes)


def family(*persons: Iterable[Signaal]) -> Toestand:
    """The signals of each person share slot `zeker`."""
    groups = [list(person) for person in persons]
    tokens = [(token(f"persoon {n}"), signaal.id) for n, group in enumerate(groups) for signaal in group]
    return settle(Toestand(of(*(signaal for group in groups for signaal in group)), tokens))


def views(convenant: Convenant, toestand: Toestand, *casussen: Casus) -> dict[tuple[Oin, SignaalId], set[SignaalId]]:
    found = gezinsmeldingen({CONVENANT: convenant}, casussen, toestand, op=VANDAAG)
    return {(m.ontvanger, m.eigen): {p.melding.ander for p in m.partijen} for m in found if m.partijen}


def test_a_signal_on_one_child_is_told_of_one_on_another(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, jeugd, *_ = oins
    anna, bas = maak_signaal(1, vt), maak_signaal(2, vt)
    over_anna, over_bas = maak_signaal(3, school), maak_signaal(4, jeugd)
    toestand = family([anna, over_anna], [bas, over_bas])
    assert views(convenant, toestand, maak_casus(1, vt, [anna, bas])) == {
        (school, over_anna.id): {over_bas.id, bas.id},
        (jeugd, over_bas.id): {over_anna.id, anna.id},
    }


def test_the_owner_hears_nothing_and_without_a_casus_nobody_does(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, *_ = oins
    anna, bas, over_anna = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    toestand = family([anna, over_anna], [bas])
    assert views(convenant, toestand) == {}
    assert {oin for oin, _ in views(convenant, toestand, maak_casus(1, vt, [anna, bas]))} == {school}


def test_who_signalled_the_same_person_is_no_gezinsmatch(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, jeugd, *_ = oins
    anna, een, ander = maak_signaal(1, vt), maak_signaal(2, school), maak_signaal(3, jeugd)
    assert views(convenant, family([anna, een, ander]), maak_casus(1, vt, [anna])) == {}


def test_two_signals_of_the_owner_on_one_person_make_no_second_person(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, *_ = oins
    een, twee, over = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    # The school confirmed a weaker pair with the first; the two of the owner share slot zeker.
    paar = confirmed(maak_paar(een, over))
    toestand = settle(Toestand(of(een, twee, over), [(token("p"), een.id), (token("p"), twee.id)], [paar]))
    assert views(convenant, toestand, maak_casus(1, vt, [een, twee])) == {}


def test_a_closed_casus_holds_nobody_together(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, *_ = oins
    anna, bas, over_anna = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    casus = maak_casus(1, vt, [anna, bas], stand=Casustoestand.AFGESLOTEN)
    assert views(convenant, family([anna, over_anna], [bas]), casus) == {}


def test_what_one_side_confirmed_in_acute_danger_is_for_nobody_else(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, jeugd, *_ = oins
    anna, bas, over_anna, over_bas = (maak_signaal(n, oin) for n, oin in enumerate([vt, vt, school, jeugd], 1))
    acute = confirmed(maak_paar(bas, over_bas), acuut_door=vt)
    tokens = [(token("anna"), anna.id), (token("anna"), over_anna.id)]
    toestand = settle(Toestand(of(anna, bas, over_anna, over_bas), tokens, [acute]))
    assert views(convenant, toestand, maak_casus(1, vt, [anna, bas])) == {(school, over_anna.id): {bas.id}}


@pytest.mark.parametrize("granted", [Niveau.ZEKER, Niveau.WAARSCHIJNLIJK])
def test_the_level_is_that_of_the_weaker_side(convenant: Convenant, oins: list[Oin], granted: Niveau) -> None:
    vt, school, jeugd, *_ = oins
    anna, bas, over_anna, over_bas = (maak_signaal(n, oin) for n, oin in enumerate([vt, vt, school, jeugd], 1))
    tokens = [(token("anna"), anna.id), (token("anna"), over_anna.id)]
    toestand = settle(Toestand(of(anna, bas, over_anna, over_bas), tokens, [confirmed(maak_paar(bas, over_bas))]))
    strict = replace(convenant, deelregels=(replace(convenant.deelregels[0], niveaus=frozenset({granted})),))
    found = views(strict, toestand, maak_casus(1, vt, [anna, bas]))
    told = {over for others in found.values() for over in others}
    assert told == ({over_anna.id, over_bas.id, anna.id} if granted is Niveau.WAARSCHIJNLIJK else {bas.id})


def test_a_card_is_never_told_of_somebody_else(partijen: "Partijen", oins: list[Oin]) -> None:
    vt, school, *_ = oins
    anna, bas, over_anna = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    toestand, casus = family([anna, over_anna], [bas]), maak_casus(1, vt, [anna, bas])
    [view] = gezinsmeldingen({CONVENANT: granting(partijen.convenant, set(Veld))}, [casus], toestand, op=VANDAAG)
    assert "kaart" not in gezin_document(view, KENMERKER)["partijen"][0]
    assert views(granting(partijen.convenant, {Veld.KAART}), toestand, casus) == {}


def test_nothing_in_it_names_the_casus_its_owner_or_a_signal_of_another(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, jeugd, *_ = oins
    anna, bas, over_anna, over_bas = (maak_signaal(n, oin) for n, oin in enumerate([vt, vt, school, jeugd], 1))
    soort = replace(convenant, deelregels=(replace(convenant.deelregels[0], velden=frozenset({Veld.SIGNAALSOORT})),))
    casus = maak_casus(77, vt, [anna, bas])
    found = gezinsmeldingen({CONVENANT: soort}, [casus], family([anna, over_anna], [bas, over_bas]), op=VANDAAG)
    for view in found:
        told = str(gezin_document(view, KENMERKER))
        others = {str(s.id) for s in (anna, bas, over_anna, over_bas) if s.id != view.eigen}
        assert not [word for word in (*others, *oins, str(casus.id)) if word in told]
    assert len({gezin_document(view, KENMERKER)["id"] for view in found}) == len(found)


def test_it_arose_when_the_last_of_all_that_it_needs_was_there(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, *_ = oins
    anna, bas, over_anna = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    toestand = family([anna, over_anna], [bas])
    late = BEGIN + timedelta(days=1)
    casus = replace(maak_casus(1, vt, [anna, bas]), leden={anna.id: BEGIN, bas.id: late})
    [view] = gezinsmeldingen({CONVENANT: convenant}, [casus], toestand, op=VANDAAG)
    assert view.sinds == late
    earlier = maak_casus(2, vt, [anna, bas])
    [view] = gezinsmeldingen({CONVENANT: convenant}, [casus, earlier], toestand, op=VANDAAG)
    assert view.sinds == BEGIN + timedelta(hours=3)


class TestAnyFamily:
    """Up to five members, and others who signalled any of them, surely or by confirmation."""

    @st.composite
    @staticmethod
    def families(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, bool]]]:
        members = draw(st.integers(1, 5))
        person = st.integers(0, members - 1)
        signalen = draw(st.lists(st.tuples(person, st.integers(1, 4), st.booleans()), max_size=8))
        return list(range(members)), signalen

    @staticmethod
    def build(oins: list[Oin], shape: tuple[list[int], list[tuple[int, int, bool]]]) -> tuple[list[Signaal], Toestand]:
        members = [maak_signaal(n + 1, oins[0]) for n in shape[0]]
        others = [maak_signaal(100 + n, oins[wie]) for n, (_, wie, _) in enumerate(shape[1])]
        tokens = [(token(f"p{n}"), lid.id) for n, lid in enumerate(members)]
        paren = []
        for other, (person, _, zeker) in zip(others, shape[1], strict=True):
            if zeker:
                tokens.append((token(f"p{person}"), other.id))
            else:
                paren.append(confirmed(maak_paar(members[person], other)))
        return members, settle(Toestand(of(*members, *others), tokens, paren))

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(shape=families())
    def test_everybody_hears_of_all_others_on_other_persons_and_of_nothing_else(
        self, convenant: Convenant, oins: list[Oin], shape: tuple[list[int], list[tuple[int, int, bool]]]
    ) -> None:
        members, toestand = self.build(oins, shape)
        who = {lid.id: (n, oins[0]) for n, lid in enumerate(members)}
        who |= {SignaalId(UUID(int=100 + n)): (person, oins[wie]) for n, (person, wie, _) in enumerate(shape[1])}
        expected = {
            (oin, id_): {ander for ander, (p, o) in who.items() if p != person and o != oin}
            for id_, (person, oin) in who.items()
            if oin != oins[0]
        }
        found = views(convenant, toestand, maak_casus(1, oins[0], members))
        assert found == {place: others for place, others in expected.items() if others}

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(shape=families())
    def test_a_second_casus_with_the_same_persons_tells_no_more(
        self, convenant: Convenant, oins: list[Oin], shape: tuple[list[int], list[tuple[int, int, bool]]]
    ) -> None:
        members, toestand = self.build(oins, shape)
        een, twee = maak_casus(1, oins[0], members), maak_casus(2, oins[0], members)
        before = gezinsmeldingen({CONVENANT: convenant}, [een], toestand, op=VANDAAG)
        both = gezinsmeldingen({CONVENANT: convenant}, [een, twee], toestand, op=VANDAAG)
        assert list(gezinsberichten(before, both, ended=())) == []
        assert list(gezinsberichten(both, before, ended=())) == []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(shape=families())
    def test_without_a_rule_nobody_hears_anything(
        self, partijen: "Partijen", oins: list[Oin], shape: tuple[list[int], list[tuple[int, int, bool]]]
    ) -> None:
        members, toestand = self.build(oins, shape)
        geldend = partijen.convenant
        regels = tuple(r for r in geldend.deelregels if Gebeurtenis.GEZINSMATCH not in r.gebeurtenissen)
        assert views(replace(geldend, deelregels=regels), toestand, maak_casus(1, oins[0], members)) == {}

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(shape=families(), kept=st.sets(st.integers(0, 7)), together=st.sets(st.integers(0, 4)))
    def test_who_follows_the_messages_knows_what_the_view_holds(
        self,
        convenant: Convenant,
        oins: list[Oin],
        shape: tuple[list[int], list[tuple[int, int, bool]]],
        kept: set[int],
        together: set[int],
    ) -> None:
        members, toestand = self.build(oins, shape)
        later = toestand.only(lambda lid: lid.signaal.organisatie == oins[0] or lid.signaal.id.int - 100 in kept)
        casus = maak_casus(1, oins[0], members)
        smaller = replace(casus, leden={lid.id: BEGIN for n, lid in enumerate(members) if n in together})
        stages = [(casus, toestand), (smaller, toestand), (smaller, later), (casus, later)]
        seen = [gezinsmeldingen({CONVENANT: convenant}, [c], t, op=VANDAAG) for c, t in stages]
        known = follow({}, [], seen[0])
        for before, after in pairwise(seen):
            known = follow(known, before, after)
            now = {(m.ontvanger, m.eigen): {p.melding.ander for p in m.partijen} for m in after if m.partijen}
            assert {place: others for place, others in known.items() if others} == now


def follow(
    known: dict[tuple[Oin, SignaalId], set[SignaalId]],
    before: Iterable[Gezinsmelding],
    after: Iterable[Gezinsmelding],
) -> dict[tuple[Oin, SignaalId], set[SignaalId]]:
    """What everybody knows after reading the messages between the two."""
    for bericht in gezinsberichten(before, after, ended=()):
        place = (bericht.melding.ontvanger, bericht.melding.eigen)
        told = {partij.melding.ander for partij in bericht.melding.partijen}
        arose = bericht.soort is Notificatiesoort.GEZINSMATCH_ONTSTAAN
        known = known | {place: known.get(place, set()) | told if arose else known.get(place, set()) - told}
    return known


def test_whoever_ended_its_own_signal_need_not_hear_that_it_lapsed(convenant: Convenant, oins: list[Oin]) -> None:
    vt, school, jeugd, *_ = oins
    anna, bas, over_anna, over_bas = (maak_signaal(n, oin) for n, oin in enumerate([vt, vt, school, jeugd], 1))
    toestand, casus = family([anna, over_anna], [bas, over_bas]), maak_casus(1, vt, [anna, bas])
    gone = toestand.only(lambda lid: lid.signaal.id != over_anna.id)
    before, after = (gezinsmeldingen({CONVENANT: convenant}, [casus], t, op=VANDAAG) for t in (toestand, gone))
    [bericht] = gezinsberichten(before, after, ended={over_anna.id})
    assert (bericht.soort, bericht.melding.ontvanger) == (Notificatiesoort.GEZINSMATCH_VERVALLEN, jeugd)
    [partij] = gezin_document(bericht.melding, KENMERKER)["partijen"]
    assert partij.keys() == {"paar", "artikel", "grondslag"}


def test_more_that_may_be_told_is_told(convenant: Convenant, partijen: "Partijen", oins: list[Oin]) -> None:
    vt, school, *_ = oins
    anna, bas, over_anna = maak_signaal(1, vt), maak_signaal(2, vt), maak_signaal(3, school)
    toestand, casus = family([anna, over_anna], [bas]), maak_casus(1, vt, [anna, bas])
    less, more = (
        gezinsmeldingen({CONVENANT: c}, [casus], toestand, op=VANDAAG)
        for c in (granting(partijen.convenant, {Veld.ORGANISATIE}), convenant)
    )
    assert [b.soort for b in gezinsberichten(less, more, ended=())] == [Notificatiesoort.GEZINSMATCH_ONTSTAAN]
    assert list(gezinsberichten(more, less, ended=())) == []
