"""What a receiver may see of a match, for convenanten that grant every possible set of fields."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.kalender import local_date
from convenant.model import Convenant, Partijgroep, Wederkerig
from convenant.types import Epoche, Niveau, Oin, Rol, Sector, Veld
from matcher.domein.document import match_document
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding, matchmeldingen
from matcher.domein.signaal import Signaal
from matcher.types import MedewerkerPseudoniem, SignaalId, Signaalstatus
from tests.matcher.domein.conftest import confirmed, maak_paar, of, settle, token

if TYPE_CHECKING:
    from tests.conftest import Partijen

VANDAAG = date(2026, 5, 12)
SOORT = "zorg-om-kind"
MEMBER_OF = {Veld.ORGANISATIE: "organisatie", Veld.CONTACT: "contact", Veld.SIGNAALSOORT: "signaalsoort"}
MEMBER_OF |= {Veld.INGEDIEND_OP: "ingediendOp"}


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


def signaal(convenant: Convenant, organisatie: Oin) -> Signaal:
    return Signaal(
        id=SignaalId(uuid4()),
        convenant=convenant.id,
        convenantversie=convenant.versie,
        epoche=Epoche(1),
        organisatie=organisatie,
        signaalsoort=SOORT,
        medewerker=MedewerkerPseudoniem(bytes(32)),
        status=Signaalstatus.ACTIEF,
        ingediend_op=datetime(2026, 5, 11, 23, 30, tzinfo=UTC),
        verloopt_op=date(2027, 6, 1),
    )


def of_sector(convenant: Convenant, sector: Sector) -> Oin:
    return next(p.oin for p in convenant.partijen if p.sector is sector and Rol.SIGNALEERDER in p.rollen)


def granting(convenant: Convenant, velden: Iterable[Veld]) -> Convenant:
    """A convenant whose only rule grants these fields, from everybody to everybody."""
    allen = Partijgroep(alle=True)
    regel = replace(convenant.deelregels[0], richting=Wederkerig(tussen=(allen, allen)), velden=frozenset(velden))
    return replace(convenant, deelregels=(regel,))


def together(leden: Iterable[Signaal], persoon: str = "p") -> Toestand:
    """These signals share slot `zeker`, and are in their matches."""
    leden = list(leden)
    return settle(Toestand(of(*leden), [(token(persoon), lid.id) for lid in leden]))


def meldingen(convenant: Convenant, toestand: Toestand, op: date = VANDAAG) -> dict[Oin, Matchmelding]:
    found = matchmeldingen({convenant.id: convenant}, toestand, op=op)
    assert len({melding.ontvanger for melding in found}) == len(found)
    return {melding.ontvanger: melding for melding in found}


def document(melding: Matchmelding) -> dict[str, Any]:
    return match_document(melding, Kenmerker(bytes(32)))


def test_nothing_is_told_without_a_deelregel(convenant: Convenant) -> None:
    silent = replace(convenant, deelregels=())
    assert meldingen(silent, together(signaal(silent, partij.oin) for partij in silent.partijen)) == {}


def test_nothing_is_told_when_the_convenant_does_not_hold_today(convenant: Convenant) -> None:
    toestand = together(signaal(convenant, partij.oin) for partij in convenant.partijen)
    assert meldingen(convenant, toestand, op=date(2030, 1, 1)) == {}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(velden=st.sets(st.sampled_from([*MEMBER_OF, Veld.KAART])))
def test_a_field_is_present_exactly_when_it_is_granted(convenant: Convenant, velden: set[Veld]) -> None:
    agreed = granting(convenant, velden)
    een, ander = (of_sector(agreed, sector) for sector in (Sector.JEUGDHULP, Sector.ONDERWIJS))
    found = meldingen(agreed, together([signaal(agreed, een), signaal(agreed, ander)]))
    assert (een in found) == bool(velden)
    for partij in document(found[een])["partijen"] if velden else ():
        members = {MEMBER_OF.get(veld, "kaart") for veld in velden}
        assert partij.keys() == members | {"paar", "artikel", "grondslag"}


def test_the_receiver_sees_its_own_signals_and_nobody_elses_ids(convenant: Convenant) -> None:
    een, ander = (of_sector(convenant, s) for s in (Sector.ONDERWIJS, Sector.GEZONDHEIDSZORG))
    leden = [signaal(convenant, een), signaal(convenant, ander), signaal(convenant, een)]
    melding = meldingen(convenant, together(leden))[een]
    assert melding.eigen_signalen == (leden[0].id, leden[2].id)
    assert str(leden[1].id) not in str(document(melding))


def test_reciprocal_rules_tell_both_sides_the_same(convenant: Convenant) -> None:
    een, ander = (of_sector(convenant, s) for s in (Sector.ONDERWIJS, Sector.GEZONDHEIDSZORG))
    found = meldingen(convenant, together([signaal(convenant, een), signaal(convenant, ander)]))
    seen = [found[oin].partijen[0] for oin in (een, ander)]
    assert seen[0].besluit.velden == seen[1].besluit.velden == {Veld.ORGANISATIE, Veld.CONTACT, Veld.OPVOLGING}
    assert seen[0].organisatie == convenant.partij(ander)
    assert seen[1].organisatie == convenant.partij(een)


def test_the_radar_is_a_receiver_without_a_signal_of_its_own(convenant: Convenant) -> None:
    radar = of_sector(convenant, Sector.VEILIG_THUIS)
    leden = [signaal(convenant, of_sector(convenant, s)) for s in (Sector.ONDERWIJS, Sector.JEUGDHULP)]
    found = meldingen(convenant, together(leden))
    assert found.keys() == {radar, *(lid.organisatie for lid in leden)}
    assert found[radar].eigen_signalen == ()
    assert len(found[radar].partijen) == 2


def test_only_who_has_a_pair_with_a_signal_is_told_of_it(convenant: Convenant) -> None:
    een, midden, ander = (
        signaal(convenant, of_sector(convenant, s))
        for s in (Sector.GEZONDHEIDSZORG, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    )
    apart = Toestand(of(een, midden, ander), [(token("p"), een.id), (token("p"), midden.id)])
    found = meldingen(convenant, settle(apart.with_paar(confirmed(maak_paar(midden, ander)))))
    seen = {oin: {partij.ander: partij.niveau for partij in melding.partijen} for oin, melding in found.items()}
    assert seen[een.organisatie] == {midden.id: Niveau.ZEKER}
    assert seen[ander.organisatie] == {midden.id: Niveau.WAARSCHIJNLIJK}
    assert seen[midden.organisatie] == {een.id: Niveau.ZEKER, ander.id: Niveau.WAARSCHIJNLIJK}


def test_the_level_of_a_pair_is_what_the_convenant_is_asked(convenant: Convenant) -> None:
    sure_only = replace(convenant, deelregels=(replace(convenant.deelregels[0], niveaus=frozenset({Niveau.ZEKER})),))
    een, ander = (
        signaal(convenant, of_sector(convenant, s)) for s in (Sector.JEUGDHULP, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    )
    pair = settle(Toestand(of(een, ander), paren=[confirmed(maak_paar(een, ander))]))
    assert meldingen(sure_only, pair) == {}
    assert meldingen(sure_only, together([een, ander])).keys() == {een.organisatie, ander.organisatie}


def test_a_radar_with_a_signal_of_its_own_sees_no_less_for_it(convenant: Convenant) -> None:
    vt = of_sector(convenant, Sector.VEILIG_THUIS)
    own = signaal(convenant, vt)
    een, ander = (signaal(convenant, of_sector(convenant, s)) for s in (Sector.JEUGDHULP, Sector.ONDERWIJS))
    tokens = [(token("p"), een.id), (token("p"), ander.id)]
    without = meldingen(convenant, settle(Toestand(of(een, ander), tokens)))[vt]
    pair = confirmed(maak_paar(own, een))
    found = meldingen(convenant, settle(Toestand(of(een, ander, own), tokens, [pair])))[vt]
    assert {partij.ander for partij in found.partijen} == {partij.ander for partij in without.partijen}


def test_a_day_is_that_of_the_netherlands(convenant: Convenant) -> None:
    assert local_date(datetime(2026, 5, 11, 22, 0, tzinfo=UTC)) == date(2026, 5, 12)
    assert local_date(datetime(2026, 1, 11, 22, 59, tzinfo=UTC)) == date(2026, 1, 11)
