"""The example of the VT-register: Veilig Thuis learns of Veilig Thuis, across regions, and nobody searches."""

import pytest

from convenant.laden import parse_convenant
from convenant.model import Convenant, Partij
from convenant.types import Gebeurtenis, Oin, Rol, Sector, Veld
from convenant.voorbeelden import example_text


@pytest.fixture(scope="module")
def register() -> Convenant:
    return parse_convenant(example_text("vt-register"), bron="vt-register")


@pytest.fixture(scope="module")
def organisaties(register: Convenant) -> tuple[Partij, ...]:
    return tuple(partij for partij in register.partijen if partij.sector is Sector.VEILIG_THUIS)


def _learns(convenant: Convenant, ontvanger: Oin, over: Oin, gebeurtenis: Gebeurtenis) -> set[Veld]:
    return {
        veld
        for toepassing in convenant.toepassingen(ontvanger)
        if over in toepassing.over and gebeurtenis in toepassing.regel.gebeurtenissen
        for veld in toepassing.regel.velden
    }


def test_there_are_twenty_six_of_them(organisaties: tuple[Partij, ...]) -> None:
    assert len({partij.naam for partij in organisaties}) == 26
    assert {"Veilig Thuis Flevoland", "Veilig Thuis Noord-Holland Noord"} <= {partij.naam for partij in organisaties}


@pytest.mark.parametrize("voorbeeld", ["flevoland", "noord-holland-noord"])
def test_an_organisation_has_one_oin_in_all_its_convenanten(organisaties: tuple[Partij, ...], voorbeeld: str) -> None:
    regio = parse_convenant(example_text(voorbeeld), bron=voorbeeld)
    (vt,) = [partij for partij in regio.partijen if partij.sector is Sector.VEILIG_THUIS]
    assert {partij.oin for partij in organisaties if partij.naam == vt.naam} == {vt.oin}


def test_each_learns_which_other_has_a_casus(register: Convenant, organisaties: tuple[Partij, ...]) -> None:
    expected = {Veld.ORGANISATIE, Veld.CONTACT, Veld.INGEDIEND_OP, Veld.OPVOLGING}
    for ontvanger in organisaties:
        for ander in organisaties:
            assert _learns(register, ontvanger.oin, ander.oin, Gebeurtenis.MATCH) == expected


def test_nobody_else_learns_anything(register: Convenant, organisaties: tuple[Partij, ...]) -> None:
    oins = {partij.oin for partij in organisaties}
    others = [partij.oin for partij in register.partijen if partij.oin not in oins]
    assert others
    assert all(not t.over for oin in others for t in register.toepassingen(oin))


def test_nobody_can_search(register: Convenant, organisaties: tuple[Partij, ...]) -> None:
    for partij in organisaties:
        regel = register.plafondregel_of(partij.oin)
        assert regel is not None
        assert regel.bevragingen.of(partij.omvang) == 0
        assert Rol.RADAR not in partij.rollen


def test_each_region_has_its_own_retention(register: Convenant, organisaties: tuple[Partij, ...]) -> None:
    for partij in organisaties:
        assert sum(register.may_submit(partij.oin, soort.code) for soort in register.signaalsoorten) == 1
    assert {soort.bewaartermijn_maanden for soort in register.signaalsoorten} == {12, 18, 24}


def test_one_leaving_does_not_end_it(register: Convenant) -> None:
    assert {partij.oin for partij in register.partijen if partij.vereist} == {register.convenanthouder}
