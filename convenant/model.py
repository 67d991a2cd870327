"""The convenant as frozen values.

These classes hold what the document says and look things up; they judge nothing. Build them with
`convenant.laden`, which checks that a convenant makes sense. Periods are in whole days of Europe/Amsterdam;
first and last day both count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from convenant.errors import OnbekendeEpoche, OnbekendePartij, OnbekendeSignaalsoort
from convenant.types import (
    ConvenantId,
    Epoche,
    Gebeurtenis,
    Informatieplicht,
    Modus,
    Niveau,
    Oin,
    Omgeving,
    Rol,
    Sector,
    Veld,
)
from convenant.zegel import PubliekeZegelsleutel


@dataclass(frozen=True, slots=True, kw_only=True)
class Grondslag:
    """A legal basis; `code` is what deelregels refer to."""

    code: str
    wet: str
    artikel: str
    omschrijving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochePeriode:
    """The period in which one convenant key, and the OPRF keys that go with it, are in use.

    The next epoch may begin before this one ends: in that overlap signals bear the tokens of both. `gelekt` says that
    keys of it got out: it is in use no longer, whatever its dates.
    """

    nummer: Epoche
    van: date
    tot: date
    gelekt: bool = False

    def contains(self, on: date) -> bool:
        """Return whether the key is in use on that day."""
        return self.van <= on <= self.tot


@dataclass(frozen=True, slots=True, kw_only=True)
class PubliekeSleutel:
    """A public key as a JWK (RFC 7517): Ed25519 (RFC 8037) or RSA of at least 2048 bits; in base64url."""

    kid: str
    kty: str
    alg: str | None = None
    crv: str | None = None
    x: str | None = None
    n: str | None = None
    e: str | None = None

    def as_jwk(self) -> dict[str, str]:
        """Return a new dict with the members that are present, ready for a JOSE library."""
        leden = {
            "kid": self.kid,
            "kty": self.kty,
            "alg": self.alg,
            "crv": self.crv,
            "x": self.x,
            "n": self.n,
            "e": self.e,
        }
        return {naam: waarde for naam, waarde in leden.items() if waarde is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where colleagues of another organisation can call; public, of a department and never of a person."""

    afdeling: str
    telefoon: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partij:
    """An organisation that takes part; `omvang` is the number of persons it serves, the measure for caps."""

    oin: Oin
    naam: str
    sector: Sector
    rollen: frozenset[Rol]
    gemeenten: tuple[str, ...]
    omvang: int
    sleutels: tuple[PubliekeSleutel, ...]
    functies: tuple[str, ...]
    contact: Contact
    zegelsleutel: PubliekeZegelsleutel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partijgroep:
    """A choice of parties: who meets every criterion that is given. No criterion chooses nobody."""

    oins: frozenset[Oin] = frozenset()
    sectoren: frozenset[Sector] = frozenset()
    rollen: frozenset[Rol] = frozenset()
    alle: bool = False

    def contains(self, partij: Partij) -> bool:
        """Return whether the party belongs; a party with any of the named roles meets `rollen`."""
        return (
            (self.alle or bool(self.oins or self.sectoren or self.rollen))
            and (not self.oins or partij.oin in self.oins)
            and (not self.sectoren or partij.sector in self.sectoren)
            and (not self.rollen or not self.rollen.isdisjoint(partij.rollen))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalsoort:
    """A kind of signal; `leeftijd_tot` is the birthday on which it ends, None when age does not matter."""

    code: str
    omschrijving: str
    leeftijd_tot: int | None
    bewaartermijn_maanden: int
    betrokkenen_geinformeerd: Informatieplicht
    indieners: Partijgroep


@dataclass(frozen=True, slots=True, kw_only=True)
class Wederkerig:
    """Both sides learn the same of each other, so that nobody signals in order to find out."""

    tussen: tuple[Partijgroep, Partijgroep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eenrichting:
    """Only the receiver learns; unless `zonder_eigen_signaal` it needs a signal of its own in the match."""

    ontvanger: Partijgroep
    over: Partijgroep
    zonder_eigen_signaal: bool


Richting: TypeAlias = Wederkerig | Eenrichting


@dataclass(frozen=True, slots=True, kw_only=True)
class Deelregel:
    """One article that grants something. Rules only add: none can take away what another one grants."""

    artikel: str
    gebeurtenissen: frozenset[Gebeurtenis]
    niveaus: frozenset[Niveau]
    richting: Richting
    signaalsoorten: frozenset[str]
    velden: frozenset[Veld]
    grondslag: str
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toepassing:
    """A deelregel worked out to parties: these may learn about those; a receiver has at most one per rule."""

    regel: Deelregel
    ontvangers: frozenset[Oin]
    over: frozenset[Oin]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Who runs the matcher, and the keys under which it signs what it states."""

    beheerder: Oin
    naam: str
    sleutels: tuple[PubliekeSleutel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Epochesleutels:
    """The public OPRF keys of one sleutelhouder in one epoch: pairs of a code of the profile and 32 bytes."""

    epoche: Epoche
    punten: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sleutelhouder:
    """A service that evaluates keys blindly; `url` has no path. Its answers are held against the keys pinned here."""

    oin: Oin
    naam: str
    url: str
    sleutels: tuple[Epochesleutels, ...]

    def publieke_punten(self, epoche: int) -> Mapping[str, bytes]:
        """Return the public keys of an epoch, by code. Raises `OnbekendeEpoche`."""
        for sleutels in self.sleutels:
            if sleutels.epoche == epoche:
                return dict(sleutels.punten)
        raise OnbekendeEpoche("Het convenant noemt voor deze epoche geen sleutels van de sleutelhouder.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sleutelbewaarder:
    """Who makes the convenant key of each epoch, signs it, and seals it for every party: a person or a body."""

    naam: str
    sleutels: tuple[PubliekeSleutel, ...]
    oin: Oin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many points of one code a party may have evaluated, by a sleutelhouder: each is one guess.

    A day and a month are those of Europe/Amsterdam, a minute is any sixty seconds.
    """

    per_minuut: int
    per_dag: int
    per_maand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgetregel:
    """The budget of a group of parties."""

    partijen: "Partijgroep"
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """When asking looks like guessing: more points of a code in a month than `factor` * signals submitted + `vrij`."""

    factor: int
    vrij: int

    def is_raised(self, *, gevraagd: int, ingediend: int) -> bool:
        """Return whether so many points for so many signals, both in one month, are too many."""
        return gevraagd > self.factor * ingediend + self.vrij


def _leden(groep: Partijgroep, partijen: tuple[Partij, ...]) -> frozenset[Oin]:
    return frozenset(partij.oin for partij in partijen if groep.contains(partij))


def _richtingen(richting: Richting, partijen: tuple[Partij, ...]) -> Iterator[tuple[frozenset[Oin], frozenset[Oin]]]:
    """Yield receivers with the parties they may learn about; no receiver occurs twice."""
    match richting:
        case Wederkerig(tussen=(een, ander)):
            links, rechts = _leden(een, partijen), _leden(ander, partijen)
            yield links - rechts, rechts
            yield rechts - links, links
            yield links & rechts, links | rechts
        case Eenrichting(ontvanger=ontvanger, over=over):
            # The loader refuses other receivers; a model built in code gets no further than this.
            radar = _leden(Partijgroep(rollen=frozenset({Rol.RADAR})), partijen)
            yield _leden(ontvanger, partijen) & radar, _leden(over, partijen)


def _uitwerken(regel: Deelregel, partijen: tuple[Partij, ...]) -> Iterator[Toepassing]:
    for ontvangers, over in _richtingen(regel.richting, partijen):
        yield Toepassing(regel=regel, ontvangers=ontvangers, over=over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Convenant:
    """A version of the agreement; `hash` is `convenant.canoniek.content_hash` of its document."""

    id: ConvenantId
    versie: int
    naam: str
    regio: str
    doel: str
    omgeving: Omgeving
    modus: Modus
    profiel: str
    geldig_van: date
    geldig_tot: date
    convenanthouder: Oin
    matcher: Matcher
    grondslagen: tuple[Grondslag, ...]
    epochen: tuple[EpochePeriode, ...]
    partijen: tuple[Partij, ...]
    signaalsoorten: tuple[Signaalsoort, ...]
    deelregels: tuple[Deelregel, ...]
    hash: str
    sleutelhouders: tuple[Sleutelhouder, ...] = ()
    sleutelbewaarder: Sleutelbewaarder | None = None
    budgetten: tuple[Budgetregel, ...] = ()
    alarm: Alarm | None = None
    _partijen: Mapping[Oin, Partij] = field(init=False, repr=False, compare=False)
    _soorten: Mapping[str, Signaalsoort] = field(init=False, repr=False, compare=False)
    _toepassingen: Mapping[Oin, tuple[Toepassing, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        toepassingen = [t for regel in self.deelregels for t in _uitwerken(regel, self.partijen)]
        per_ontvanger = {
            partij.oin: tuple(t for t in toepassingen if partij.oin in t.ontvangers) for partij in self.partijen
        }
        object.__setattr__(self, "_partijen", {p.oin: p for p in self.partijen})
        object.__setattr__(self, "_soorten", {s.code: s for s in self.signaalsoorten})
        object.__setattr__(self, "_toepassingen", per_ontvanger)

    def partij(self, oin: Oin) -> Partij:
        """Return the party. Raises `OnbekendePartij`."""
        try:
            return self._partijen[oin]
        except KeyError as fout:
            raise OnbekendePartij("Deze organisatie (OIN) doet niet mee aan dit convenant.") from fout

    def has_partij(self, oin: Oin) -> bool:
        """Return whether the organisation is a party."""
        return oin in self._partijen

    def signaalsoort(self, code: str) -> Signaalsoort:
        """Return the kind of signal. Raises `OnbekendeSignaalsoort`."""
        try:
            return self._soorten[code]
        except KeyError as fout:
            raise OnbekendeSignaalsoort("Dit convenant kent deze signaalsoort niet.") from fout

    def has_signaalsoort(self, code: str) -> bool:
        """Return whether the convenant knows this kind of signal."""
        return code in self._soorten

    def epoche(self, nummer: int) -> EpochePeriode:
        """Return the epoch with that number. Raises `OnbekendeEpoche`."""
        for periode in self.epochen:
            if periode.nummer == nummer:
                return periode
        raise OnbekendeEpoche("Dit convenant heeft geen epoche met dit nummer.")

    def is_in_force(self, on: date) -> bool:
        """Return whether that day lies in the period of validity; says nothing about signatures."""
        return self.geldig_van <= on <= self.geldig_tot

    def running_epochen(self, on: date) -> tuple[EpochePeriode, ...]:
        """Return the epochs in use on that day, newest first: one, two in an overlap, none when all ended or leaked."""
        running = (periode for periode in self.epochen if periode.contains(on) and not periode.gelekt)
        return tuple(sorted(running, key=lambda periode: periode.nummer, reverse=True))

    def current_epoche(self, on: date) -> Epoche:
        """Return the number of the newest epoch in use on that day. Raises `OnbekendeEpoche`."""
        running = self.running_epochen(on)
        if not running:
            raise OnbekendeEpoche(
                "Op deze dag geldt geen epoche van dit convenant. Vraag de convenanthouder om een nieuwe."
            )
        return running[0].nummer

    def budget_of(self, oin: Oin) -> Budget | None:
        """Return what the first budget rule that names this party lets it ask of a sleutelhouder; None is nothing."""
        partij = self._partijen.get(oin)
        if partij is None:
            return None
        return next((regel.budget for regel in self.budgetten if regel.partijen.contains(partij)), None)

    def may_submit(self, oin: Oin, code: str) -> bool:
        """Return whether the party is a signaleerder and an indiener of that soort; False if unknown."""
        partij, soort = self._partijen.get(oin), self._soorten.get(code)
        if partij is None or soort is None:
            return False
        return Rol.SIGNALEERDER in partij.rollen and soort.indieners.contains(partij)

    def toepassingen(self, ontvanger: Oin) -> tuple[Toepassing, ...]:
        """Return the rules under which this party can learn something; none for an unknown one."""
        return self._toepassingen.get(ontvanger, ())
