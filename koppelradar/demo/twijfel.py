"""Part (c): one child, two spellings; a possible match that both sides look at, confirm, and exchange a card about."""

from dataclasses import dataclass
from uuid import UUID

from client_sdk.dienst import ClientMogelijkeMatch, Clientnotificatie, Koppelradar
from client_sdk.persoon import Persoon
from convenant.types import Oin
from koppelradar.demo.scherm import Scherm
from koppelradar.demo.verhaal import GGZ, WIJKTEAM, describe
from koppelradar.errors import ProcesFout
from koppelradar.omgeving import Proefomgeving

_SOORT = "huiselijk-geweld"
_KANTEN = {
    WIJKTEAM: ("WT-201", Persoon("Milan", "van", "Dijk", "2013-08-24")),
    GGZ: ("P-80155", Persoon("Milan", "van", "Dyck", "2013-08-24")),
}


@dataclass(frozen=True, slots=True)
class Twijfel:
    """What the part added: submitted signals, and the ids of the matches it ended in."""

    signalen: int
    matches: frozenset[str]


def play_twijfel(omgeving: Proefomgeving, scherm: Scherm) -> Twijfel:
    """Submit, confirm on both sides, ask for a card and release it; return what was added."""
    scherm.kop("Deel 3. Eén kind, twee schrijfwijzen: een mogelijke match.")
    for oin, (clientnummer, persoon) in _KANTEN.items():
        with omgeving.open(oin) as dienst:
            dienst.submit(persoon, clientnummer=clientnummer, signaalsoort=_SOORT)
    for oin in _KANTEN:
        _confirm(omgeving, oin, scherm)
    found = {oin: _news(omgeving, oin) for oin in _KANTEN}
    for oin, notificaties in found.items():
        rows = [describe(notificatie) for notificatie in notificaties if notificatie.match]
        scherm.tabel(
            f"Wat {scherm.naam(oin)} te horen krijgt nadat beide kanten bevestigden",
            ("wat", "eigen cliënt", "wie nog meer", "contactkaart", "artikel"),
            rows,
        )
    _exchange_card(omgeving, found[WIJKTEAM], scherm)
    matches = {notificatie.match.match.id for news in found.values() for notificatie in news if notificatie.match}
    return Twijfel(len(_KANTEN), frozenset(matches))


def _confirm(omgeving: Proefomgeving, oin: Oin, scherm: Scherm) -> None:
    clientnummer, _ = _KANTEN[oin]
    with omgeving.open(oin) as dienst:
        mogelijk = _mogelijke_match_of(dienst, clientnummer)
        scherm.regel(f"{scherm.naam(oin)}, cliënt {clientnummer}: {mogelijk.vergelijking}")
        dienst.bevestig(mogelijk.mogelijke_match.id)
    scherm.regel("    Een medewerker kijkt in het eigen dossier en bevestigt.")


def _mogelijke_match_of(dienst: Koppelradar, clientnummer: str) -> ClientMogelijkeMatch:
    for mogelijk in dienst.mogelijke_matches():
        if mogelijk.clientnummer == clientnummer:
            return mogelijk
    raise ProcesFout("De mogelijke match van het verhaal is er niet. Meld dit aan de beheerder.")


def _news(omgeving: Proefomgeving, oin: Oin) -> list[Clientnotificatie]:
    with omgeving.open(oin) as dienst:
        return list(dienst.notificaties())


def _exchange_card(omgeving: Proefomgeving, news: list[Clientnotificatie], scherm: Scherm) -> None:
    match = next(notificatie.match.match for notificatie in news if notificatie.match)
    paar = match.partijen[0].paar
    if paar is None:
        raise ProcesFout("De match van het verhaal heeft geen paar. Meld dit aan de beheerder.")
    with omgeving.open(WIJKTEAM) as dienst:
        dienst.vraag_kaart(match.id, paar)
    scherm.regel(
        f"{scherm.naam(WIJKTEAM)} vraagt om de contactkaart. Die kan de matcher niet openen, ook niet voor een ander."
    )
    _release(omgeving, scherm)
    for notificatie in _news(omgeving, WIJKTEAM):
        kaart = notificatie.kaart
        if kaart is not None and kaart.kaart is not None:
            gegevens = kaart.kaart.gegevens
            scherm.regel(
                f"{scherm.naam(WIJKTEAM)} leest: {gegevens.professional}, {gegevens.functie}, tel. {gegevens.telefoon}"
                f" ({'handtekening klopt' if kaart.geverifieerd else 'NIET gecontroleerd'})."
            )


def _release(omgeving: Proefomgeving, scherm: Scherm) -> None:
    with omgeving.open(GGZ) as dienst:
        asked: list[UUID] = [n.kaartverzoek.id for n in dienst.notificaties() if n.kaartverzoek]
        for paar in asked:
            dienst.geef_kaart_vrij(paar)
    scherm.regel(f"{scherm.naam(GGZ)} kijkt zelf in het ondertekende convenant of dat mag, en geeft de kaart vrij.")
