"""The example of Flevoland does what the region agreed: six municipalities, six ways of taking over a melding."""

from collections.abc import Iterable
from typing import Final

import pytest

from convenant.laden import parse_convenant
from convenant.model import Convenant, Overdrachtsafspraak, Partij
from convenant.overdracht import Overdrachtsvraag, find_afspraak, ontvangers_of
from convenant.types import (
    Doelgroep,
    Eenheid,
    Gebeurtenis,
    Informeerder,
    Oin,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Rol,
    Sector,
    Veld,
    Zwaarte,
)
from convenant.voorbeelden import example_text

GEMEENTEN: Final = ("Almere", "Lelystad", "Dronten", "Noordoostpolder", "Urk", "Zeewolde")
NOOIT_GEDEELD: Final = {
    Overdrachtsgegeven.MELDER,
    Overdrachtsgegeven.POLITIEMELDING,
    Overdrachtsgegeven.MEDISCHE_GEGEVENS,
    Overdrachtsgegeven.STRAFRECHTELIJKE_GEGEVENS,
}


@pytest.fixture(scope="module")
def flevoland() -> Convenant:
    return parse_convenant(example_text("flevoland"), bron="flevoland")


def _vraag(
    gemeente: str,
    *,
    doelgroep: Doelgroep = Doelgroep.JEUGD,
    zwaarte: Zwaarte = Zwaarte.MIDDELZWAAR,
    moment: Overdrachtsmoment = Overdrachtsmoment.BEOORDELING,
    hulp: bool = False,
) -> Overdrachtsvraag:
    return Overdrachtsvraag(gemeente=gemeente, doelgroep=doelgroep, zwaarte=zwaarte, moment=moment, hulp_betrokken=hulp)


VRAGEN: Final = [
    _vraag(gemeente, doelgroep=doelgroep, zwaarte=zwaarte, moment=moment, hulp=hulp)
    for gemeente in GEMEENTEN
    for doelgroep in Doelgroep
    for zwaarte in (Zwaarte.LICHT, Zwaarte.MIDDELZWAAR)
    for moment in Overdrachtsmoment
    for hulp in (False, True)
]


def _answer(convenant: Convenant, vraag: Overdrachtsvraag) -> Overdrachtsafspraak:
    afspraak = find_afspraak(convenant, vraag)
    assert afspraak is not None
    return afspraak


def _namen(partijen: Iterable[Partij]) -> set[str]:
    return {partij.naam.partition(",")[0] for partij in partijen}


def test_every_melding_that_is_handed_over_has_an_answer(flevoland: Convenant) -> None:
    for vraag in VRAGEN:
        afspraak = _answer(flevoland, vraag)
        assert vraag.hulp_betrokken or ontvangers_of(flevoland, afspraak, vraag.gemeente)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_a_heavy_melding_stays_with_veilig_thuis(flevoland: Convenant, gemeente: str) -> None:
    assert find_afspraak(flevoland, _vraag(gemeente, zwaarte=Zwaarte.ZWAAR)) is None


@pytest.mark.parametrize(
    ("gemeente", "doelgroep", "zwaarte", "ontvangers"),
    [
        ("Almere", Doelgroep.JEUGD, Zwaarte.MIDDELZWAAR, {"JGZ Almere"}),
        ("Almere", Doelgroep.VOLWASSENEN, Zwaarte.LICHT, {"Wijkteams Almere"}),
        ("Almere", Doelgroep.VOLWASSENEN, Zwaarte.MIDDELZWAAR, {"Blijf Groep Ambulant"}),
        ("Lelystad", Doelgroep.JEUGD, Zwaarte.MIDDELZWAAR, {"Jeugd- en Gezinsteams Lelystad"}),
        ("Lelystad", Doelgroep.VOLWASSENEN, Zwaarte.LICHT, {"Blijf Groep Ambulant"}),
        ("Dronten", Doelgroep.JEUGD, Zwaarte.LICHT, {"Gidsen Dronten"}),
        ("Noordoostpolder", Doelgroep.JEUGD, Zwaarte.LICHT, {"StopHG", "Sociale wijkteams Noordoostpolder"}),
        ("Urk", Doelgroep.VOLWASSENEN, Zwaarte.MIDDELZWAAR, {"StopHG"}),
        ("Zeewolde", Doelgroep.JEUGD, Zwaarte.MIDDELZWAAR, {"Jeugdhulp Zeewolde"}),
        ("Zeewolde", Doelgroep.VOLWASSENEN, Zwaarte.LICHT, {"Maatschappelijke Dienstverlening Flevoland"}),
        ("Zeewolde", Doelgroep.VOLWASSENEN, Zwaarte.MIDDELZWAAR, {"Meerinzicht Sociaal"}),
    ],
)
def test_who_takes_over_depends_on_municipality_group_and_weight(
    flevoland: Convenant, gemeente: str, doelgroep: Doelgroep, zwaarte: Zwaarte, ontvangers: set[str]
) -> None:
    afspraak = _answer(flevoland, _vraag(gemeente, doelgroep=doelgroep, zwaarte=zwaarte))
    assert _namen(ontvangers_of(flevoland, afspraak, gemeente)) == ontvangers


@pytest.mark.parametrize("gemeente", ["Noordoostpolder", "Urk"])
def test_where_help_is_involved_the_professional_takes_over(flevoland: Convenant, gemeente: str) -> None:
    afspraak = _answer(flevoland, _vraag(gemeente, hulp=True))
    assert (afspraak.ontvangers, afspraak.via) == (None, None)
    # Who helps already knows the family.
    assert Overdrachtsgegeven.CONTACTGEGEVENS in afspraak.niet_gedeeld


@pytest.mark.parametrize(
    ("gemeente", "hulp", "via"),
    [
        ("Almere", False, None),
        ("Dronten", False, "wekelijks interventieoverleg Dronten"),
        ("Dronten", True, "wekelijks interventieoverleg Dronten"),
        ("Noordoostpolder", False, "wekelijks interventieoverleg StopHG"),
        ("Urk", False, None),
    ],
)
def test_some_municipalities_divide_meldingen_in_a_meeting(
    flevoland: Convenant, gemeente: str, hulp: bool, via: str | None
) -> None:
    assert _answer(flevoland, _vraag(gemeente, hulp=hulp)).via == via


@pytest.mark.parametrize(
    ("gemeente", "zwaarte", "door"),
    [
        ("Almere", Zwaarte.LICHT, set()),
        ("Almere", Zwaarte.MIDDELZWAAR, {"Veilig Thuis Flevoland"}),
        ("Lelystad", Zwaarte.MIDDELZWAAR, set()),
        ("Dronten", Zwaarte.LICHT, {"Gidsen Dronten"}),
        ("Noordoostpolder", Zwaarte.LICHT, {"StopHG"}),
        ("Urk", Zwaarte.LICHT, {"StopHG"}),
        ("Zeewolde", Zwaarte.MIDDELZWAAR, set()),
    ],
)
def test_who_monitors_a_new_melding(flevoland: Convenant, gemeente: str, zwaarte: Zwaarte, door: set[str]) -> None:
    code = _answer(flevoland, _vraag(gemeente, zwaarte=zwaarte)).monitoring
    groepen = [m.door for m in flevoland.afspraken.monitoring if m.code == code]
    assert _namen(p for p in flevoland.partijen for groep in groepen if groep.contains(p)) == door


@pytest.mark.parametrize("gemeente", sorted(set(GEMEENTEN) - {"Dronten"}))
def test_after_its_own_onderzoek_veilig_thuis_monitors_and_hands_over_in_person(
    flevoland: Convenant, gemeente: str
) -> None:
    afspraak = _answer(flevoland, _vraag(gemeente, moment=Overdrachtsmoment.ONDERZOEK))
    assert afspraak.monitoring == "monitoring-veilig-thuis"
    assert afspraak.wijze is not Overdrachtswijze.SCHRIFTELIJK
    assert Overdrachtsgegeven.VEILIGHEIDSVOORWAARDEN in afspraak.gedeeld


def test_zeewolde_gets_every_melding_in_a_conversation_unless_contact_was_intensive(flevoland: Convenant) -> None:
    in_zeewolde = [a for a in flevoland.afspraken.overdracht if "Zeewolde" in a.gemeenten]
    assert {(a.wijze, a.informeert) for a in in_zeewolde} == {(Overdrachtswijze.WARM, Informeerder.VEILIG_THUIS)}
    assert all("vooraf al veel contact" in a.wijze_toelichting for a in in_zeewolde)


def test_it_is_settled_of_everything_whether_it_goes_along(flevoland: Convenant) -> None:
    for afspraak in flevoland.afspraken.overdracht:
        assert afspraak.gedeeld | afspraak.niet_gedeeld == set(Overdrachtsgegeven)
        assert afspraak.niet_gedeeld >= NOOIT_GEDEELD


def test_every_municipality_confirms_within_its_own_term(flevoland: Convenant) -> None:
    termijnen = {termijn.code: termijn for termijn in flevoland.afspraken.termijnen}
    for afspraak in flevoland.afspraken.overdracht:
        (gemeente,) = afspraak.gemeenten
        assert afspraak.ontvangstbevestiging == f"ontvangst-{gemeente.lower()}"
        assert termijnen[afspraak.ontvangstbevestiging].eenheid is Eenheid.WERKDAGEN


def _learns(convenant: Convenant, ontvanger: Oin, over: Oin) -> set[Veld]:
    toepassingen = convenant.toepassingen(ontvanger)
    return {veld for t in toepassingen if over in t.over for veld in t.regel.velden}


def test_a_school_never_learns_that_veilig_thuis_is_involved(flevoland: Convenant) -> None:
    vt = next(p for p in flevoland.partijen if Rol.RADAR in p.rollen)
    scholen = [p for p in flevoland.partijen if p.sector is Sector.ONDERWIJS]
    assert scholen
    for school in scholen:
        assert _learns(flevoland, school.oin, vt.oin) == set()
        assert _learns(flevoland, vt.oin, school.oin)


def test_a_school_learns_whom_to_call_and_not_about_what(flevoland: Convenant) -> None:
    school = next(p for p in flevoland.partijen if p.sector is Sector.ONDERWIJS)
    jgz = next(p for p in flevoland.partijen if p.sector is Sector.GEZONDHEIDSZORG)
    assert _learns(flevoland, school.oin, jgz.oin) == {
        Veld.ORGANISATIE,
        Veld.CONTACT,
        Veld.OVEREENKOMST,
        Veld.REGIE,
        Veld.OPVOLGING,
    }
    violence = [t for t in flevoland.toepassingen(school.oin) if "huiselijk-geweld" in t.regel.signaalsoorten]
    assert violence == []


def test_a_notification_holds_whom_to_call_and_what_was_done_and_no_more(flevoland: Convenant) -> None:
    per_gebeurtenis = {g: bericht.velden for bericht in flevoland.afspraken.berichten for g in bericht.gebeurtenissen}
    assert per_gebeurtenis == {
        Gebeurtenis.MATCH: {Veld.ORGANISATIE, Veld.CONTACT, Veld.REGIE, Veld.OPVOLGING, Veld.HULP},
        Gebeurtenis.ACUUT: {Veld.ORGANISATIE, Veld.CONTACT},
        Gebeurtenis.MOGELIJKE_MATCH: {Veld.OVEREENKOMST},
    }
