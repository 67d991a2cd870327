"""What the parties agreed beside who may be told what: joining, informing, terms, handing over, escalating, limits."""

from dataclasses import dataclass
from datetime import date

from convenant.model.partijen import Partij, Partijgroep
from convenant.types import (
    Antwoordwijze,
    Betrokkene,
    Doelgroep,
    Eenheid,
    Gebeurtenis,
    Informeerder,
    LopendeSignalen,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Rol,
    Sector,
    Veld,
    Zwaarte,
)

_THOUSAND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvolging:
    """Which version this one supersedes, by number and content hash, and what happens to its signals."""

    versie: int
    hash: str
    lopende_signalen: LopendeSignalen


@dataclass(frozen=True, slots=True, kw_only=True)
class Toetreding:
    """Organisations of these sectors may join, with no other roles than these, without everybody signing again."""

    artikel: str
    sectoren: frozenset[Sector]
    rollen: frozenset[Rol]
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Informeertrap:
    """From this age on (in years) these are told."""

    vanaf: int
    wie: frozenset[Betrokkene]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitzonderingsgrond:
    """A ground on which a professional may leave telling those concerned until later."""

    code: str
    omschrijving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Informeren:
    """The duty to tell those concerned, by age, and the grounds for not telling. `trappen` rise from age 0."""

    artikel: str
    trappen: tuple[Informeertrap, ...]
    uitzonderingen: tuple[Uitzonderingsgrond, ...]

    def wie(self, leeftijd: int) -> frozenset[Betrokkene]:
        """Return who is told about somebody of that age, in whole years."""
        reached = [trap for trap in self.trappen if trap.vanaf <= leeftijd]
        return reached[-1].wie if reached else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archivering:
    """How long after its end an organisation keeps that it gave a signal, outside the matcher."""

    artikel: str
    maanden: int
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijn:
    """A term that others refer to by `code`; how it is counted says `convenant.kalender`."""

    code: str
    artikel: str
    aantal: int
    eenheid: Eenheid
    omschrijving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Who looks how a casus goes, so many months after help took over."""

    code: str
    artikel: str
    momenten_maanden: tuple[int, ...]
    door: Partijgroep
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalatietrede:
    """One step of the ladder: so many working days after a term passed, it goes to this function at these parties."""

    artikel: str
    na_werkdagen: int
    partijen: Partijgroep
    functie: str
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plafond:
    """The most of something in a calendar month: so many per thousand persons served, and at least `minstens`."""

    per_duizend: int
    minstens: int

    def of(self, omvang: int) -> int:
        """Return the limit for an organisation that serves so many persons, rounded up."""
        return max(self.minstens, -(-omvang * self.per_duizend // _THOUSAND))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plafondregel:
    """The limits of a group of parties, each for itself; they keep anybody from fishing (ONTWERP guarantee 10)."""

    partijen: Partijgroep
    signalen: Plafond
    mogelijke_matches: Plafond
    bevragingen: Plafond
    bekendheidsvragen: Plafond | None = None
    """Persons in bekendheidsvragen; None is that none may be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevragingsreden:
    """Why somebody asks; the code goes into the access log."""

    code: str
    omschrijving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevraging:
    """On which article, and for which reasons, somebody may ask who signalled or knows a person."""

    artikel: str
    redenen: tuple[Bevragingsreden, ...]

    def has_reden(self, code: str) -> bool:
        """Return whether that is one of the reasons."""
        return any(reden.code == code for reden in self.redenen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsregel:
    """How a group of parties answers a bekendheidsvraag."""

    partijen: Partijgroep
    wijze: Antwoordwijze


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheid:
    """The agreements about bekendheidsvragen; `antwoordtermijn` is the code of a Termijn of this convenant.

    The first rule that names a party says how it answers; a party without a rule is not asked.
    """

    artikel: str
    antwoordtermijn: str
    regels: tuple[Bekendheidsregel, ...]

    def wijze_of(self, partij: Partij) -> Antwoordwijze | None:
        """Return how this party answers; None when it is not asked."""
        return next((regel.wijze for regel in self.regels if regel.partijen.contains(partij)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Berichtregel:
    """Of what is granted, only these fields go into the notifications of this group; the rest waits to be fetched."""

    ontvangers: Partijgroep
    gebeurtenissen: frozenset[Gebeurtenis]
    velden: frozenset[Veld]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdrachtsafspraak:
    """Who takes over which melding from Veilig Thuis, how, within which term, and what goes along and what not.

    No `gemeenten` is the whole region. `ontvangers` is None where the professional who is involved already takes it
    over. `termijn`, `ontvangstbevestiging` and `monitoring` are codes of this convenant.
    """

    artikel: str
    gemeenten: frozenset[str]
    doelgroepen: frozenset[Doelgroep]
    zwaarten: frozenset[Zwaarte]
    momenten: frozenset[Overdrachtsmoment]
    hulp_betrokken: bool | None
    ontvangers: Partijgroep | None
    via: str | None
    wijze: Overdrachtswijze
    wijze_toelichting: str
    termijn: str
    ontvangstbevestiging: str
    gedeeld: frozenset[Overdrachtsgegeven]
    niet_gedeeld: frozenset[Overdrachtsgegeven]
    advies: str
    terugmelding: str
    monitoring: str | None
    informeert: Informeerder
    zicht_op_veiligheid: str
    grondslag: str
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraken:
    """Everything of this module in one convenant; `vrije_dagen` are free beside the Dutch public holidays."""

    opvolging: Opvolging | None = None
    toetreding: tuple[Toetreding, ...] = ()
    informeren: Informeren | None = None
    archivering: Archivering | None = None
    vrije_dagen: frozenset[date] = frozenset()
    termijnen: tuple[Termijn, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    escalatie: tuple[Escalatietrede, ...] = ()
    plafonds: tuple[Plafondregel, ...] = ()
    berichten: tuple[Berichtregel, ...] = ()
    overdracht: tuple[Overdrachtsafspraak, ...] = ()
    bevraging: Bevraging | None = None
    bekendheid: Bekendheid | None = None

    def termijn(self, code: str) -> Termijn | None:
        """Return the term with that code, if there is one."""
        return next((termijn for termijn in self.termijnen if termijn.code == code), None)
