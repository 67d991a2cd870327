"""A casus: who belong together in one situation, where its owner stands with it, and what follows from that.

Its members are signals of the owner itself, one per directbetrokkene. What a new melding is called is never stored: it
follows from where the casus stands (DOMEIN section 4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, unique
from typing import Final

from convenant import termijncodes
from convenant.model import Convenant, Termijn
from convenant.types import ConvenantId, Eenheid, Oin
from convenant.werkdagen import termijn_einde
from matcher.types import CasusId, SignaalId

MAX_LEDEN: Final = 50
"""A casus is a family or a household, also a large one; more would be a list of names."""


@unique
class Casustoestand(StrEnum):
    """Where a casus stands; in JSON it is called `toestand`."""

    BEOORDELING = "beoordeling"
    ONDERZOEK = "onderzoek"
    VOORWAARDEN_EN_VERVOLG = "voorwaarden-en-vervolg"
    MONITORING = "monitoring"
    OVERGEDRAGEN = "overgedragen"
    AFGESLOTEN = "afgesloten"


@unique
class Meldingsoort(StrEnum):
    """What a new melding on the persons of a casus is called."""

    HERMELDING = "hermelding"
    """The casus is still in treatment."""
    TERUGMELDING = "terugmelding"
    """It was handed over, and comes back."""
    NIEUWE_MELDING = "nieuwe-melding"
    """Nobody was involved any more."""


_WERK: Final = frozenset({Casustoestand.ONDERZOEK, Casustoestand.VOORWAARDEN_EN_VERVOLG})
_NA_WERK: Final = frozenset({Casustoestand.MONITORING, Casustoestand.OVERGEDRAGEN, Casustoestand.AFGESLOTEN})
# Monitoring follows on work of one's own only, and who closed a casus registers a new one at a new melding.
_OVERGANGEN: Final[Mapping[Casustoestand, frozenset[Casustoestand]]] = {
    Casustoestand.BEOORDELING: _WERK | {Casustoestand.OVERGEDRAGEN, Casustoestand.AFGESLOTEN},
    Casustoestand.ONDERZOEK: _NA_WERK | {Casustoestand.VOORWAARDEN_EN_VERVOLG},
    Casustoestand.VOORWAARDEN_EN_VERVOLG: _NA_WERK | {Casustoestand.ONDERZOEK},
    Casustoestand.MONITORING: _WERK | {Casustoestand.BEOORDELING, Casustoestand.OVERGEDRAGEN, Casustoestand.AFGESLOTEN},
    Casustoestand.OVERGEDRAGEN: _WERK | {Casustoestand.BEOORDELING, Casustoestand.MONITORING, Casustoestand.AFGESLOTEN},
    Casustoestand.AFGESLOTEN: frozenset(),
}
_LABELS: Final[Mapping[Casustoestand, Meldingsoort]] = {
    Casustoestand.OVERGEDRAGEN: Meldingsoort.TERUGMELDING,
    Casustoestand.AFGESLOTEN: Meldingsoort.NIEUWE_MELDING,
}
_MONITORING: Final = "monitoring-"
_BEWAAKT: Final = frozenset({Casustoestand.MONITORING, Casustoestand.OVERGEDRAGEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Casus:
    """A casus of one organisation; `nummer` is its own number for it, sealed for itself.

    `leden` are its signals, each with the moment from which on it belongs; `stand_sinds` is when it came to stand where
    it stands.
    """

    id: CasusId
    convenant: ConvenantId
    organisatie: Oin
    nummer: bytes = field(repr=False)
    stand: Casustoestand
    stand_sinds: datetime
    acuut: bool
    geopend_op: datetime
    gewijzigd_op: datetime
    monitoring_tot: date
    overgedragen_aan: Oin | None = None
    leden: Mapping[SignaalId, datetime] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it still holds its members together."""
        return self.stand is not Casustoestand.AFGESLOTEN

    @property
    def melding(self) -> Meldingsoort:
        """What a new melding on its persons is called now."""
        return label_in(self.stand)


def label_in(stand: Casustoestand | None) -> Meldingsoort:
    """What a new melding is called where a casus stands so; None is that there is no casus."""
    if stand is None:
        return Meldingsoort.NIEUWE_MELDING
    return _LABELS.get(stand, Meldingsoort.HERMELDING)


def may_become(stand: Casustoestand, nieuw: Casustoestand) -> bool:
    """Whether a casus may go from here to there; staying where it is, is no step."""
    return nieuw in _OVERGANGEN[stand]


def termijnen_in(stand: Casustoestand) -> frozenset[str]:
    """The codes of the terms that run because a casus stands so; moments of monitoring are apart."""
    if stand is Casustoestand.BEOORDELING:
        return frozenset({termijncodes.VEILIGHEIDSBEOORDELING})
    return frozenset({termijncodes.ONDERZOEK}) if stand in _WERK else frozenset()


def owes_terugkoppeling(stand: Casustoestand, nieuw: Casustoestand) -> bool:
    """Whether this step is the one after which whoever signalled is to hear what became of it."""
    return stand is Casustoestand.BEOORDELING and nieuw is not Casustoestand.BEOORDELING


def monitoring_codes(convenant: Convenant, organisatie: Oin) -> frozenset[str]:
    """The codes of all moments at which this organisation may have to look."""
    return frozenset(_MONITORING + str(maanden) for maanden in _months(convenant, organisatie))


def monitoring_moments(
    convenant: Convenant, organisatie: Oin, stand: Casustoestand, *, vanaf: date, tot: date
) -> Iterator[tuple[str, date]]:
    """The code and the day of every moment at which this organisation looks how a casus goes, the first one first.

    So many months after monitoring began or the casus was handed over (`vanaf`), and not after `tot`. None in any other
    stand. As with every term, a day on which nobody works becomes the next working day.
    """
    if stand not in _BEWAAKT:
        return
    for maanden in _months(convenant, organisatie):
        termijn = Termijn(
            code=_MONITORING + str(maanden), artikel="", aantal=maanden, eenheid=Eenheid.MAANDEN, omschrijving=""
        )
        dag = termijn_einde(termijn, vanaf, vrije_dagen=convenant.afspraken.vrije_dagen)
        if dag <= tot:
            yield termijn.code, dag


def monitoring_artikel(convenant: Convenant, organisatie: Oin, code: str) -> str:
    """The article of a moment of monitoring; empty when the convenant has no such moment for this organisation."""
    if not convenant.has_partij(organisatie):
        return ""
    partij = convenant.partij(organisatie)
    return next(
        (
            monitoring.artikel
            for monitoring in convenant.afspraken.monitoring
            for maanden in monitoring.momenten_maanden
            if monitoring.door.contains(partij) and code == _MONITORING + str(maanden)
        ),
        "",
    )


def _months(convenant: Convenant, organisatie: Oin) -> list[int]:
    partij = convenant.partij(organisatie)
    return sorted(
        {
            maanden
            for monitoring in convenant.afspraken.monitoring
            if monitoring.door.contains(partij)
            for maanden in monitoring.momenten_maanden
        }
    )
