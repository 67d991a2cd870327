"""What a receiver may see of a match, for convenanten that grant every possible set of fields."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.model import Convenant, Partijgroep, Wederkerig
from convenant.types import Epoche, Niveau, Oin, Rol, Sector, Veld
from matcher.domein.document import match_document
from matcher.domein.melding import Matchmelding, local_date, matchmelding, matchmeldingen
from matcher.domein.signaal import Signaal
from matcher.types import MatchId, MedewerkerPseudoniem, SignaalId, Signaalstatus

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


def document(convenant: Convenant, melding: Matchmelding) -> dict[str, object]:
    return match_document(
        melding,
        match=MatchId(UUID(int=1)),
        convenant=convenant.id,
        niveau=Niveau.ZEKER,
        ontstaan_op=datetime(2026, 5, 12, tzinfo=UTC),
    )


def test_nothing_is_told_without_a_deelregel(convenant: Convenant) -> None:
    silent = replace(convenant, deelregels=())
    leden = [signaal(silent, partij.oin) for partij in silent.partijen]
    assert matchmeldingen(silent, leden, niveau=Niveau.ZEKER, op=VANDAAG) == ()


def test_nothing_is_told_when_the_convenant_does_not_hold_today(convenant: Convenant) -> None:
    leden = [signaal(convenant, partij.oin) for partij in convenant.partijen]
    assert matchmeldingen(convenant, leden, niveau=Niveau.ZEKER, op=date(2030, 1, 1)) == ()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(velden=st.sets(st.sampled_from(list(MEMBER_OF))))
def test_a_field_is_present_exactly_when_it_is_granted(convenant: Convenant, velden: set[Veld]) -> None:
    agreed = granting(convenant, velden)
    een, ander = (of_sector(agreed, sector) for sector in (Sector.JEUGDHULP, Sector.ONDERWIJS))
    leden = [signaal(agreed, een), signaal(agreed, ander)]
    melding = matchmelding(agreed, leden, ontvanger=een, niveau=Niveau.ZEKER, op=VANDAAG)
    assert len(melding.partijen) == (1 if velden else 0)
    for partij in document(agreed, melding)["partijen"]:  # type: ignore[attr-defined]
        assert partij.keys() == {MEMBER_OF[veld] for veld in velden} | {"artikel", "grondslag"}


def test_the_receiver_sees_its_own_signals_and_nobody_elses_ids(convenant: Convenant) -> None:
    een, ander = (of_sector(convenant, s) for s in (Sector.JEUGDHULP, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING))
    leden = [signaal(convenant, een), signaal(convenant, ander), signaal(convenant, een)]
    melding = matchmelding(convenant, leden, ontvanger=een, niveau=Niveau.ZEKER, op=VANDAAG)
    assert melding.eigen_signalen == (leden[0].id, leden[2].id)
    assert str(leden[1].id) not in str(document(convenant, melding))


def test_reciprocal_rules_tell_both_sides_the_same(convenant: Convenant) -> None:
    een, ander = (of_sector(convenant, s) for s in (Sector.ONDERWIJS, Sector.GEZONDHEIDSZORG))
    leden = [signaal(convenant, een), signaal(convenant, ander)]
    seen = [
        matchmelding(convenant, leden, ontvanger=oin, niveau=Niveau.ZEKER, op=VANDAAG).partijen[0]
        for oin in (een, ander)
    ]
    assert seen[0].besluit.velden == seen[1].besluit.velden == {Veld.ORGANISATIE, Veld.CONTACT}
    assert seen[0].organisatie == convenant.partij(ander)
    assert seen[1].organisatie == convenant.partij(een)


def test_the_radar_is_a_receiver_without_a_signal_of_its_own(convenant: Convenant) -> None:
    radar = of_sector(convenant, Sector.VEILIG_THUIS)
    leden = [signaal(convenant, of_sector(convenant, s)) for s in (Sector.ONDERWIJS, Sector.JEUGDHULP)]
    ontvangers = {m.ontvanger: m for m in matchmeldingen(convenant, leden, niveau=Niveau.ZEKER, op=VANDAAG)}
    assert ontvangers.keys() == {radar, *(lid.organisatie for lid in leden)}
    assert ontvangers[radar].eigen_signalen == ()
    assert len(ontvangers[radar].partijen) == 2


def test_a_day_is_that_of_the_netherlands(convenant: Convenant) -> None:
    assert local_date(datetime(2026, 5, 11, 22, 0, tzinfo=UTC)) == date(2026, 5, 12)
    assert local_date(datetime(2026, 1, 11, 22, 59, tzinfo=UTC)) == date(2026, 1, 11)
