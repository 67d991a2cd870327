"""The examples that come with the package."""

import re

import pytest

from convenant.errors import OnbekendVoorbeeld
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.overdracht import Overdrachtsvraag, find_afspraak, ontvangers_of
from convenant.types import TEST_OIN_PREFIX, Doelgroep, Modus, Omgeving, Overdrachtsmoment, Rol, Sector, Zwaarte
from convenant.voorbeelden import example_names, example_text


@pytest.fixture(params=example_names())
def voorbeeld(request: pytest.FixtureRequest) -> Convenant:
    return parse_convenant(example_text(request.param), bron=request.param)


def test_the_region_of_the_demo_is_among_them() -> None:
    assert "noord-holland-noord" in example_names()


def test_says_which_examples_there_are_when_asked_for_another() -> None:
    with pytest.raises(OnbekendVoorbeeld, match="noord-holland-noord"):
        example_text("../pyproject")


def test_an_example_can_only_be_used_for_a_trial(voorbeeld: Convenant) -> None:
    assert voorbeeld.omgeving is Omgeving.PROEF
    assert all(partij.oin.startswith(TEST_OIN_PREFIX) for partij in voorbeeld.partijen)


def test_only_the_smallest_example_does_without_a_sleutelhouder(voorbeeld: Convenant) -> None:
    assert (voorbeeld.modus is Modus.HMAC) is (voorbeeld.id == "minimaal-2026")


def test_nobody_can_be_called_or_mailed_by_accident(voorbeeld: Convenant) -> None:
    for partij in voorbeeld.partijen:
        assert re.fullmatch(r"0\d{2}-000 00 \d\d|0\d{3}-00 00 \d\d", partij.contact.telefoon)
        assert partij.contact.email.endswith(".example.nl")


def test_every_party_can_do_something_and_has_a_key(voorbeeld: Convenant) -> None:
    for partij in voorbeeld.partijen:
        assert partij.sleutels
        submits = any(voorbeeld.may_submit(partij.oin, soort.code) for soort in voorbeeld.signaalsoorten)
        assert submits is (Rol.SIGNALEERDER in partij.rollen)


def test_every_article_and_every_grondslag_is_of_use(voorbeeld: Convenant) -> None:
    used = {regel.grondslag for regel in voorbeeld.deelregels}
    used |= {afspraak.grondslag for afspraak in voorbeeld.afspraken.overdracht}
    assert used == {grondslag.code for grondslag in voorbeeld.grondslagen}
    told = {t.regel.artikel for partij in voorbeeld.partijen for t in voorbeeld.toepassingen(partij.oin) if t.over}
    assert told == {regel.artikel for regel in voorbeeld.deelregels}


def test_noord_holland_noord_has_the_partners_of_the_region() -> None:
    convenant = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    assert convenant.id == "nhn-2026"
    assert len(convenant.partijen) >= 17
    assert {partij.sector for partij in convenant.partijen} == set(Sector)
    assert sum(Rol.RADAR in partij.rollen for partij in convenant.partijen) == 1


def test_parties_have_keys_of_their_own_in_every_convenant() -> None:
    alle = [parse_convenant(example_text(naam), bron=naam) for naam in example_names()]
    keys = [sleutel.x for convenant in alle for partij in convenant.partijen for sleutel in partij.sleutels]
    assert len(keys) == len(set(keys))


def test_a_rung_of_the_ladder_is_a_function_that_somebody_has(voorbeeld: Convenant) -> None:
    for trede in voorbeeld.afspraken.escalatie:
        groep = [partij for partij in voorbeeld.partijen if trede.partijen.contains(partij)]
        assert groep
        assert all(trede.functie in partij.functies for partij in groep)


@pytest.mark.parametrize(
    ("gemeente", "hulp", "ontvangers"),
    [
        ("Hoorn", False, {"Wijkteams Hoorn"}),
        ("Heiloo", False, {"Wijkteams BUCH"}),
        ("Hoorn", True, set()),  # the professional who helps already
    ],
)
def test_noord_holland_noord_hands_over_to_the_wijkteam_of_the_gemeente(
    gemeente: str, hulp: bool, ontvangers: set[str]
) -> None:
    convenant = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    vraag = Overdrachtsvraag(
        gemeente=gemeente,
        doelgroep=Doelgroep.VOLWASSENEN,
        zwaarte=Zwaarte.LICHT,
        moment=Overdrachtsmoment.BEOORDELING,
        hulp_betrokken=hulp,
    )
    afspraak = find_afspraak(convenant, vraag)
    assert afspraak is not None
    assert {partij.naam for partij in ontvangers_of(convenant, afspraak, gemeente)} == ontvangers


def test_in_noord_holland_noord_schools_can_join_and_nobody_with_a_radar() -> None:
    convenant = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    (toetreding,) = convenant.afspraken.toetreding
    assert toetreding.sectoren == {Sector.ONDERWIJS, Sector.KINDEROPVANG}
    assert toetreding.rollen == {Rol.SIGNALEERDER}
