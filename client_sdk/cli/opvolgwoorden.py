"""The words for follow-up, terms and casussen on the screen."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from client_sdk.client.opvolging import Hulp, Opvolgtoestand
from client_sdk.client.radar import Casustoestand, Meldingsoort
from client_sdk.client.termijnen import Onderwerpsoort, Termijnstatus
from convenant import termijncodes

HULP: Final[Mapping[Hulp, str]] = {
    Hulp.GESTART: "de hulp is gestart",
    Hulp.STAGNEERT: "de hulp stagneert",
    Hulp.GESTOPT: "de hulp is gestopt",
}
OPVOLGTOESTAND: Final[Mapping[Opvolgtoestand, str]] = {
    Opvolgtoestand.OPEN: "open: er is nog geen regisseur",
    Opvolgtoestand.REGIE_VOORGESTELD: "er is een regisseur voorgesteld",
    Opvolgtoestand.REGIE_BELEGD: "er is een regisseur",
    Opvolgtoestand.AFGESLOTEN: "afgesloten",
}
CASUSTOESTAND: Final[Mapping[Casustoestand, str]] = {
    Casustoestand.BEOORDELING: "beoordeling",
    Casustoestand.ONDERZOEK: "onderzoek",
    Casustoestand.VOORWAARDEN_EN_VERVOLG: "voorwaarden en vervolg",
    Casustoestand.MONITORING: "monitoring",
    Casustoestand.OVERGEDRAGEN: "overgedragen",
    Casustoestand.AFGESLOTEN: "afgesloten",
}
MELDING: Final[Mapping[Meldingsoort, str]] = {
    Meldingsoort.NIEUWE_MELDING: "nieuwe melding",
    Meldingsoort.HERMELDING: "hermelding",
    Meldingsoort.TERUGMELDING: "terugmelding",
}
ONDERWERP: Final[Mapping[Onderwerpsoort, str]] = {
    Onderwerpsoort.MATCH: "match",
    Onderwerpsoort.MOGELIJKE_MATCH: "mogelijke match",
    Onderwerpsoort.KAARTVERZOEK: "verzoek om een contactkaart",
    Onderwerpsoort.CASUS: "casus",
    Onderwerpsoort.BEKENDHEIDSVRAAG: "bekendheidsvraag",
}
TERMIJNSTATUS: Final[Mapping[Termijnstatus, str]] = {
    Termijnstatus.LOOPT: "loopt",
    Termijnstatus.NADERT: "loopt bijna af",
    Termijnstatus.VERSTREKEN: "VERSTREKEN",
    Termijnstatus.VOLDAAN: "voldaan",
}
_TERMIJN: Final[Mapping[str, str]] = {
    termijncodes.CONTACT_NA_MATCH: "contact leggen na een match",
    termijncodes.REGIE_NA_MATCH: "een regisseur kiezen na een match",
    termijncodes.BEVESTIGING_NA_MOGELIJKE_MATCH: "een mogelijke match bevestigen of afwijzen",
    termijncodes.KAARTVRIJGAVE: "een gevraagde contactkaart vrijgeven",
    termijncodes.VEILIGHEIDSBEOORDELING: "de veiligheidsbeoordeling afronden",
    termijncodes.ONDERZOEK: "het onderzoek of de voorwaarden en vervolg afronden",
    termijncodes.TERUGKOPPELING_MELDER: "de melder terugkoppelen",
    termijncodes.EINDE_SIGNAAL: "het einde van een signaal",
}


def termijn_words(code: str) -> str:
    """Return what has to be done within a term; the code itself for one of a convenant's own."""
    return _TERMIJN.get(code, code)


def day(moment: date) -> str:
    """Return a day as people in the Netherlands write it."""
    return f"{moment:%d-%m-%Y}"
