"""The words of a convenant in plain Dutch: what the codes of the document are called when people read about them.

Every value of a closed list has its words here; a test holds the tables against the lists.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

from convenant.model import (
    Archivering,
    Budget,
    Contact,
    Convenant,
    Grondslag,
    Monitoring,
    Partij,
    Partijgroep,
    Plafond,
    Termijn,
)
from convenant.taal import meervoud
from convenant.types import (
    Antwoordwijze,
    Betrokkene,
    Doelgroep,
    Eenheid,
    Fase,
    Gebeurtenis,
    Informatieplicht,
    Informeerder,
    LopendeSignalen,
    Modus,
    Niveau,
    Oin,
    Omgeving,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Rol,
    Sector,
    Veld,
    Zwaarte,
)

_T = TypeVar("_T")

SECTOREN: Final[Mapping[Sector, str]] = {
    Sector.GEZONDHEIDSZORG: "gezondheidszorg",
    Sector.ONDERWIJS: "onderwijs",
    Sector.KINDEROPVANG: "kinderopvang",
    Sector.MAATSCHAPPELIJKE_ONDERSTEUNING: "maatschappelijke ondersteuning",
    Sector.JEUGDHULP: "jeugdhulp",
    Sector.JUSTITIE: "justitie",
    Sector.VEILIG_THUIS: "Veilig Thuis",
    Sector.OVERHEID: "overheid",
}
ROLLEN: Final[Mapping[Rol, str]] = {
    Rol.SIGNALEERDER: "signaleerder",
    Rol.RADAR: "radar",
    Rol.REGISSEUR: "regisseur",
    Rol.PRIVACY: "functionaris gegevensbescherming",
    Rol.BEHEER: "beheer",
}
VELDEN: Final[Mapping[Veld, str]] = {
    Veld.ORGANISATIE: "de naam van de organisatie",
    Veld.CONTACT: "waar die te bereiken is",
    Veld.SIGNAALSOORT: "de soort van het signaal",
    Veld.INGEDIEND_OP: "de dag waarop het signaal is ingediend",
    Veld.KAART: "de contactkaart van de professional",
    Veld.OVEREENKOMST: "welke gegevens overeenkomen",
    Veld.REGIE: "wie de regie heeft",
    Veld.OPVOLGING: "wat de organisatie na de match deed",
    Veld.HULP: "hoe het met de hulp staat",
    Veld.TERUGKOPPELING: "wat er met de melding gebeurt",
}
VELDEN_KORT: Final[Mapping[Veld, str]] = {
    Veld.ORGANISATIE: "naam",
    Veld.CONTACT: "contact",
    Veld.SIGNAALSOORT: "soort signaal",
    Veld.INGEDIEND_OP: "datum",
    Veld.KAART: "contactkaart",
    Veld.OVEREENKOMST: "overeenkomst",
    Veld.REGIE: "regie",
    Veld.OPVOLGING: "opvolging",
    Veld.HULP: "hulp",
    Veld.TERUGKOPPELING: "terugkoppeling",
}
GEBEURTENISSEN: Final[Mapping[Gebeurtenis, str]] = {
    Gebeurtenis.MATCH: "een match",
    Gebeurtenis.MOGELIJKE_MATCH: "een mogelijke match",
    Gebeurtenis.ACUUT: "acuut gevaar",
    Gebeurtenis.GEZINSMATCH: "een gezinsmatch",
    Gebeurtenis.BEVRAGING: "een bevraging",
    Gebeurtenis.TERUGKOPPELING: "een terugkoppeling",
    Gebeurtenis.BEKENDHEIDSVRAAG: "een bekendheidsvraag",
}
ANTWOORDWIJZEN: Final[Mapping[Antwoordwijze, str]] = {
    Antwoordwijze.AUTOMATISCH: "het eigen systeem antwoordt vanzelf",
    Antwoordwijze.NA_AKKOORD: "eerst zegt een professional ja",
}
NIVEAUS: Final[Mapping[Niveau, str]] = {niveau: niveau.value for niveau in Niveau}
FASEN: Final[Mapping[Fase, str]] = {fase: fase.value.replace("-", " ") for fase in Fase}
INFORMATIEPLICHTEN: Final[Mapping[Informatieplicht, str]] = {
    Informatieplicht.VERPLICHT: "vooraf informeren is verplicht",
    Informatieplicht.NIET_VERPLICHT: "vooraf informeren is niet verplicht",
}
LOPENDE_SIGNALEN: Final[Mapping[LopendeSignalen, str]] = {
    LopendeSignalen.NIEUWE_REGELS: "Lopende signalen blijven tot hun eigen einddatum en vallen onder de nieuwe regels.",
    LopendeSignalen.BEEINDIGEN: "Lopende signalen eindigen op het moment dat deze versie gaat gelden.",
}
BETROKKENEN: Final[Mapping[Betrokkene, str]] = {
    Betrokkene.OUDERS: "de ouders",
    Betrokkene.JEUGDIGE: "de jeugdige zelf",
    Betrokkene.VOLWASSENE: "de volwassene zelf",
}
EENHEDEN: Final[Mapping[Eenheid, tuple[str, str]]] = {
    Eenheid.WERKDAGEN: ("werkdag", "werkdagen"),
    Eenheid.DAGEN: ("dag", "dagen"),
    Eenheid.WEKEN: ("week", "weken"),
    Eenheid.MAANDEN: ("maand", "maanden"),
}
ZWAARTEN: Final[Mapping[Zwaarte, str]] = {zwaarte: zwaarte.value for zwaarte in Zwaarte}
ZWARE: Final[Mapping[Zwaarte, str]] = {
    Zwaarte.LICHT: "lichte",
    Zwaarte.MIDDELZWAAR: "middelzware",
    Zwaarte.ZWAAR: "zware",
}
DOELGROEPEN: Final[Mapping[Doelgroep, str]] = {doelgroep: doelgroep.value for doelgroep in Doelgroep}
MOMENTEN: Final[Mapping[Overdrachtsmoment, str]] = {
    Overdrachtsmoment.BEOORDELING: "de veiligheidsbeoordeling",
    Overdrachtsmoment.ONDERZOEK: "het onderzoek",
}
WIJZEN: Final[Mapping[Overdrachtswijze, str]] = {
    Overdrachtswijze.WARM: "warm",
    Overdrachtswijze.SCHRIFTELIJK: "schriftelijk",
    Overdrachtswijze.WARM_EN_SCHRIFTELIJK: "warm en schriftelijk",
}
GEGEVENS: Final[Mapping[Overdrachtsgegeven, str]] = {
    Overdrachtsgegeven.AANLEIDING: "de aanleiding",
    Overdrachtsgegeven.GEZINSSAMENSTELLING: "de gezinssamenstelling",
    Overdrachtsgegeven.CONTACTGEGEVENS: "de contactgegevens",
    Overdrachtsgegeven.VEILIGHEIDSBEOORDELING: "de veiligheidsbeoordeling",
    Overdrachtsgegeven.VEILIGHEIDSVOORWAARDEN: "de veiligheidsvoorwaarden",
    Overdrachtsgegeven.EERDERE_MELDINGEN: "eerdere meldingen",
    Overdrachtsgegeven.BETROKKEN_HULP: "welke hulp al betrokken is",
    Overdrachtsgegeven.MELDER: "wie de melder is",
    Overdrachtsgegeven.POLITIEMELDING: "de politiemelding",
    Overdrachtsgegeven.MEDISCHE_GEGEVENS: "medische gegevens",
    Overdrachtsgegeven.STRAFRECHTELIJKE_GEGEVENS: "strafrechtelijke gegevens",
}
INFORMEERDERS: Final[Mapping[Informeerder, str]] = {
    Informeerder.VEILIG_THUIS: "Veilig Thuis",
    Informeerder.ONTVANGER: "wie de melding overneemt",
    Informeerder.SAMEN: "Veilig Thuis en wie de melding overneemt, samen",
}
MODI: Final[Mapping[Modus, str]] = {
    Modus.HMAC: "hmac (alleen voor een proef: wie een sleutel heeft, kan namen raden)",
    Modus.VOPRF: "voprf (raden kan alleen met hulp van de sleutelhouder, en die telt)",
}
OMGEVINGEN: Final[Mapping[Omgeving, str]] = {
    Omgeving.PROEF: "proef met verzonnen personen",
    Omgeving.PRODUCTIE: "productie",
}

_FEW: Final = 3
_MAANDEN: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)


def opsomming(woorden: Iterable[str], voegwoord: str = "en") -> str:
    """Return the words as a sentence lists them: a, b en c; empty for none."""
    *eerst, laatst = [*woorden] or [""]
    return f"{', '.join(eerst)} {voegwoord} {laatst}" if eerst else laatst


def in_order(waarden: Iterable[_T], woorden: Mapping[_T, str]) -> list[str]:
    """Return the words of the values that are present, in the order of the closed list."""
    aanwezig = set(waarden)
    return [woord for waarde, woord in woorden.items() if waarde in aanwezig]


def maanden(aantal: int) -> str:
    """Return a number of months."""
    return meervoud(aantal, "maand", "maanden")


def fasen_zin(fasen: Iterable[Fase | None]) -> str:
    """Return in which phases of a casus something holds; None is that nobody knows the phase."""
    gekozen = list(fasen)
    bekend = [woord for fase, woord in FASEN.items() if fase in gekozen]
    delen = [f"in de fase {opsomming(bekend, 'of')}"] if bekend else []
    return opsomming([*delen, *(["als de fase onbekend is"] if None in gekozen else [])], "of")


def leeftijdsgrens(jaar: int | None) -> str:
    """Return until which age a kind of signal counts."""
    return "geen" if jaar is None else f"tot {jaar} jaar"


def datum(dag: date) -> str:
    """Return a day as it is written out: 1 januari 2026."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def hoofdletter(tekst: str) -> str:
    """Return the text with a capital in front."""
    return tekst[:1].upper() + tekst[1:]


def termijn(afspraak: Termijn) -> str:
    """Return how long a term is: 5 werkdagen."""
    return meervoud(afspraak.aantal, *EENHEDEN[afspraak.eenheid])


def termijn_met_code(convenant: Convenant, code: str) -> Termijn | None:
    """Return the term with that code, if there is one."""
    return next((afspraak for afspraak in convenant.afspraken.termijnen if afspraak.code == code), None)


def momenten(monitoring: Monitoring) -> str:
    """Return when is looked again: na 3 en 6 maanden."""
    return f"na {opsomming(map(str, monitoring.momenten_maanden))} maanden"


def wet(grondslag: Grondslag) -> str:
    """Return the law and its article, which some documents write with a word of its own: stap 4."""
    woord = "artikel " if grondslag.artikel[:1].isdigit() else ""
    return f"{grondslag.wet}, {woord}{grondslag.artikel}"


def wet_met_code(convenant: Convenant, code: str) -> str:
    """Return the law and its article by the code of the grondslag; the code itself where there is none."""
    grondslag = convenant.grondslag(code)
    return wet(grondslag) if grondslag else code


def bereikbaar(contact: Contact) -> str:
    """Return where somebody can be reached, in one line."""
    return f"{contact.afdeling}, {contact.telefoon}, {contact.email}"


def bewaren(archivering: Archivering) -> str:
    """Return how long is kept that there was a signal."""
    return f"{maanden(archivering.maanden)} na het einde van het signaal"


def plafond(grens: Plafond) -> str:
    """Return a limit per month."""
    if grens.per_duizend == 0 and grens.minstens == 0:
        return "geen"
    return f"{grens.per_duizend} per duizend personen, en minstens {grens.minstens}"


def budget(grens: Budget) -> str:
    """Return what may be asked of a sleutelhouder."""
    return f"{grens.per_minuut} per minuut, {grens.per_dag} per dag en {grens.per_maand} per maand"


def soorten(codes: Iterable[str], convenant: Convenant, voegwoord: str = "of") -> str:
    """Return kinds of signals in the order of the convenant; 'elke soort' when that is all of them."""
    gekozen = set(codes)
    alle = [soort.code for soort in convenant.signaalsoorten]
    if gekozen.issuperset(alle) and len(alle) > 1:
        return "elke soort"
    return opsomming([*(code for code in alle if code in gekozen), *sorted(gekozen.difference(alle))], voegwoord)


def groep(keuze: Partijgroep, partijen: Iterable[Partij]) -> str:
    """Return a group of parties in words; those that it names are called by their name."""
    kenmerken = " ".join(filter(None, (_sectoren(keuze.sectoren), _rollen(keuze.rollen))))
    if keuze.oins:
        return f"{_namen(keuze.oins, partijen)} {kenmerken}".rstrip()
    if kenmerken:
        return f"partijen {kenmerken}"
    return "alle partijen" if keuze.alle else "niemand"


def leden_of_groep(keuze: Partijgroep, partijen: Iterable[Partij]) -> str:
    """Return who are in a group by their names when they are few, else the group in words."""
    alle = list(partijen)
    namen = [partij.naam for partij in alle if keuze.contains(partij)]
    return opsomming(namen) if 0 < len(namen) <= _FEW else groep(keuze, alle)


def _namen(oins: frozenset[Oin], partijen: Iterable[Partij]) -> str:
    namen = [partij.naam for partij in partijen if partij.oin in oins]
    return opsomming([*namen, *["een onbekende organisatie"] * (len(oins) - len(namen))])


def _sectoren(sectoren: frozenset[Sector]) -> str:
    if not sectoren:
        return ""
    return f"in de {'sector' if len(sectoren) == 1 else 'sectoren'} {opsomming(in_order(sectoren, SECTOREN))}"


def _rollen(rollen: frozenset[Rol]) -> str:
    return f"met de rol {opsomming(in_order(rollen, ROLLEN), 'of')}" if rollen else ""
