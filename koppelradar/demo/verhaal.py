"""Part (b): a school, a wijkteam, the GGZ and Veilig Thuis around three invented families."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from client_sdk.dienst import Clientmatch, Clientnotificatie
from client_sdk.persoon import Persoon
from convenant.types import Oin

SCHOOL = Oin("00000099000000061000")
WIJKTEAM = Oin("00000099000000011000")
GGZ = Oin("00000099000000041000")
VEILIG_THUIS = Oin("00000099000000001000")

DEELNEMERS = (SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS)


@dataclass(frozen=True, slots=True)
class Stap:
    """One organisation submits one signal. `toelichting` is for the audience; the matcher gets none of it."""

    organisatie: Oin
    clientnummer: str
    persoon: Persoon = field(repr=False)
    signaalsoort: str
    toelichting: str


def _persoon(voornamen: str, voorvoegsel: str, geslachtsnaam: str, geboortedatum: str) -> Persoon:
    return Persoon(
        voornamen=voornamen, voorvoegsel=voorvoegsel, geslachtsnaam=geslachtsnaam, geboortedatum=geboortedatum
    )


def steps() -> Iterator[Stap]:
    """The story, in order. The same person is written differently by different organisations, as in real life."""
    yield Stap(
        SCHOOL,
        "LL-2031",
        _persoon("Sanne", "de", "Vries", "2015-03-09"),
        "zorg-om-kind",
        "Gezin 1: de school maakt zich zorgen om Sanne.",
    )
    yield Stap(
        WIJKTEAM,
        "WT-118",
        _persoon("SANNE", "", "Vries, de", "09-03-2015"),
        "zorg-om-kind",
        "Gezin 1: het wijkteam kent Sanne ook, en schrijft haar naam anders. Dat geeft een match.",
    )
    yield Stap(
        GGZ,
        "P-77410",
        _persoon("Renée", "", "Đorđević", "1986-11-30"),
        "huiselijk-geweld",
        "Gezin 2: de GGZ behandelt Renée.",
    )
    yield Stap(
        VEILIG_THUIS,
        "VT-2026-0911",
        _persoon("Renee", "", "Dordevic", "1986-11-30"),
        "veilig-thuis-betrokken",
        "Gezin 2: Veilig Thuis heeft een casus over Renée, zonder accenten. Ook dat is een match.",
    )
    yield Stap(
        WIJKTEAM,
        "WT-119",
        _persoon("Renée", "", "Đorđević", "30-11-1986"),
        "huiselijk-geweld",
        "Gezin 2: het wijkteam meldt zich erbij; de match wordt uitgebreid.",
    )
    yield Stap(
        SCHOOL,
        "LL-2044",
        _persoon("Thijs", "van 't", "Hof", "2016-06-21"),
        "zorg-om-kind",
        "Gezin 3: de school signaleert Thijs.",
    )
    yield Stap(
        WIJKTEAM,
        "WT-120",
        _persoon("Lotte", "van ’t", "Hof", "2016-06-21"),
        "zorg-om-kind",
        "Gezin 3: het wijkteam signaleert zijn tweelingzus Lotte. Een ander kind, dus geen match.",
    )


def describe(notificatie: Clientnotificatie) -> tuple[str, str, str, str, str]:
    """A notification about a match in words: what happened, the own client, who else, the cards, and the article."""
    if notificatie.match is None:
        raise ValueError("this notification is not about a match")
    match = notificatie.match.match
    wie = "; ".join(
        f"{partij.organisatie.naam}{f', tel. {partij.contact.telefoon}' if partij.contact else ''}"
        for partij in match.partijen
        if partij.organisatie
    )
    artikelen = ", ".join(sorted({partij.artikel for partij in match.partijen}))
    clients = ", ".join(notificatie.match.clientnummers) or "niet een eigen cliënt"
    soort = notificatie.notificatie.soort.value.rpartition(".")[2]
    return soort, clients, wie or "niemand meer", _kaarten(notificatie.match), artikelen or "-"


def _kaarten(match: Clientmatch) -> str:
    lines = (
        f"{kaart.kaart.gegevens.professional}, {kaart.kaart.gegevens.functie}"
        f"{' (gecontroleerd)' if kaart.geverifieerd else ''}"
        for kaart in match.kaarten
        if kaart.kaart is not None
    )
    return "; ".join(lines) or "-"
