"""The world that is attacked: persons, who signalled them, every secret, and a matcher that stored it all.

Only what judges an attack may hold a `Wereld`; attackers are given what `buit` or `deelname` take out of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Final
from uuid import UUID

from client_sdk.canoniek import Geboortedatum, canoniseer
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.referentie import seal_referentie
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.bewaartermijn import einddatum
from convenant.errors import LeeftijdOnbekend, LeeftijdsgrensBereikt
from convenant.invullen import with_sleutelhouder, without_sleutelhouder
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Epoche, Modus, Oin
from convenant.voorbeelden import example_text
from convenant.voprf import OprfSleutel
from koppelradar.bench.aanval.buit import CODES, Buit, Organisatiegeheimen
from koppelradar.bench.aanval.matcheropslag import Indiening, Matcheropslag, running_matcheropslag
from koppelradar.bench.aanval.voprf import Oprfsleutels, Sleutelvrager
from koppelradar.bench.bevolking import Inwoner, Signaalkopie, trek_signalen
from koppelradar.bench.bevolking.kans import Kans
from koppelradar.errors import BevolkingFout
from matcher.domein.pepper import PEPPER_BYTES, Pepper

VOORBEELD: Final = "noord-holland-noord"
VANDAAG: Final = date(2026, 1, 12)
"""The day on which submitting begins; the population is that of 1 January 2026."""
EPOCHE: Final = Epoche(1)

_URL: Final = "https://sleutelhouder.example.nl"
_SOORTEN: Final = ("zorg-om-kind", "huiselijk-geweld")
# Signals come per family: they fall on households with this many members per signal.
_LEDEN_PER_SIGNAAL: Final = 1.5
_ACCOUNTS: Final = 8
_CLIENTNUMMERS: Final = 10**8
_EIGEN_STROOM: Final = 0xAA7A


@dataclass(frozen=True, slots=True, kw_only=True)
class Opzet:
    """How large the world is, and the chance that fills it."""

    signalen: int
    organisaties: int
    fouten: float
    zaad: int


@dataclass(frozen=True, kw_only=True)
class Wereld:
    """Everything, for judging only. `waarheid` says which person of the population each signal is about."""

    convenant: Convenant
    signaleerders: tuple[Oin, ...]
    matcher: Matcheropslag = field(repr=False)
    waarheid: Mapping[UUID, int] = field(repr=False)
    dragers: frozenset[int] = field(repr=False)
    pepper: Pepper
    convenantsleutel: ConvenantSleutel
    organisatiesleutels: Mapping[Oin, OrganisatieSleutel]
    oprf: Oprfsleutels | None = field(repr=False)

    @property
    def personen(self) -> frozenset[int]:
        """The persons about whom something is stored, also those who bear no key."""
        return frozenset(self.waarheid.values())

    def geheimen(self, oin: Oin) -> Organisatiegeheimen:
        """Return what one organisation holds."""
        return Organisatiegeheimen(
            oin=oin,
            convenant=self.convenant,
            epoche=EPOCHE,
            convenantsleutel=self.convenantsleutel,
            organisatiesleutel=self.organisatiesleutels[oin],
        )

    def buit(self, oin: Oin) -> Buit:
        """Return the database as it is now, the pepper, and the secrets of that organisation."""
        return Buit(dump=self.matcher.dump(), pepper=self.pepper, organisatie=self.geheimen(oin))


class Zaadbron:
    """Secrets of the world, each by a name: the same seed gives the same world, which repeats a measurement."""

    def __init__(self, zaad: int) -> None:
        self._zaad = zaad

    def __call__(self, naam: str) -> bytes:
        """Return the 32 bytes of that name."""
        return sha256(f"koppelradar bench aanval/{self._zaad}/{naam}".encode()).digest()

    def oprf(self) -> Oprfsleutels:
        """Return an OPRF key of its own for every code."""
        return {code: OprfSleutel.derive(self(f"oprf/{code}"), code.encode()) for code in CODES}


@contextmanager
def running_wereld(
    inwoners: Sequence[Inwoner], opzet: Opzet, *, modus: Modus = Modus.VOPRF, oprf: Oprfsleutels | None = None
) -> Iterator[Wereld]:
    """Run a world in which the organisations of the example convenant signalled some of these persons.

    `oprf` replaces the keys that the sleutelhouder made, to plant a weakness. Raises BevolkingFout when the sizes
    cannot go together, StartFout when PostgreSQL does not start.
    """
    bron = Zaadbron(opzet.zaad)
    sleutels = None if modus is Modus.HMAC else oprf or bron.oprf()
    text = _convenant_text(sleutels)
    convenant = parse_convenant(text, bron=VOORBEELD)
    signaleerders = _signaleerders(convenant, opzet.organisaties)
    pepper = Pepper((bron("pepper")[:PEPPER_BYTES],))
    kopieen = _draw(inwoners, opzet)
    with running_matcheropslag(text, pepper, op=VANDAAG) as matcher:
        maker = _Maker(convenant, signaleerders, bron, sleutels, opzet.zaad)
        maker.fill(matcher, inwoners, kopieen)
        matcher.set_plafonds()
        yield Wereld(
            convenant=convenant,
            signaleerders=signaleerders,
            matcher=matcher,
            waarheid=maker.waarheid,
            dragers=frozenset(maker.dragers),
            pepper=pepper,
            convenantsleutel=maker.convenantsleutel,
            organisatiesleutels=maker.organisatiesleutels,
            oprf=sleutels,
        )


def _convenant_text(oprf: Oprfsleutels | None) -> str:
    document = document_from_yaml(example_text(VOORBEELD), bron=VOORBEELD)
    if oprf is None:
        return dump_yaml(without_sleutelhouder(document))
    punten = {code: sleutel.publiek.to_bytes() for code, sleutel in oprf.items()}
    return dump_yaml(with_sleutelhouder(document, 0, url=_URL, sleutels={EPOCHE: punten}))


def _signaleerders(convenant: Convenant, aantal: int) -> tuple[Oin, ...]:
    # A day nursery has no kind of signal for an adult; the others can signal everybody in the population.
    found = tuple(p.oin for p in convenant.partijen if all(convenant.may_submit(p.oin, soort) for soort in _SOORTEN))
    if aantal > len(found):
        raise BevolkingFout(f"Het voorbeeldconvenant heeft {len(found)} signaleerders. Vraag minder organisaties.")
    return found[:aantal]


def _draw(inwoners: Sequence[Inwoner], opzet: Opzet) -> list[Signaalkopie]:
    """Return the signals: about members of as few households as fit, and of a family by the same organisations.

    That is how it goes in a region, and it gives more structure to an attacker than persons drawn one by one.
    """
    kans = Kans(opzet.zaad ^ _EIGEN_STROOM)
    gekozen = _chosen_households(inwoners, kans, int(opzet.signalen * _LEDEN_PER_SIGNAAL))
    kopieen = trek_signalen(
        gekozen,
        personen=len(gekozen),
        signalen=opzet.signalen,
        organisaties=opzet.organisaties,
        fouten=opzet.fouten,
        zaad=opzet.zaad,
    )
    return _by_family(kans, kopieen, gekozen, opzet.organisaties)


def _by_family(
    kans: Kans, kopieen: Iterable[Signaalkopie], inwoners: Sequence[Inwoner], organisaties: int
) -> list[Signaalkopie]:
    """Return the copies with other organisations: the nth of a person is by the nth that knows the family."""
    huishouden = {inwoner.nummer: inwoner.huishouden for inwoner in inwoners}
    eerste = {nummer: kans.below(organisaties) for nummer in dict.fromkeys(huishouden.values())}
    nth: Counter[int] = Counter()
    found = []
    for kopie in kopieen:
        organisatie = (eerste[huishouden[kopie.inwoner]] + nth[kopie.inwoner]) % organisaties
        nth[kopie.inwoner] += 1
        found.append(replace(kopie, organisatie=organisatie))
    return found


def _chosen_households(inwoners: Sequence[Inwoner], kans: Kans, leden: int) -> list[Inwoner]:
    huishoudens = list({inwoner.huishouden for inwoner in inwoners})
    sizes = Counter(inwoner.huishouden for inwoner in inwoners)
    chosen: set[int] = set()
    count = 0
    for place in range(len(huishoudens)):
        if count >= leden:
            break
        other = kans.between(place, len(huishoudens) - 1)
        huishoudens[place], huishoudens[other] = huishoudens[other], huishoudens[place]
        chosen.add(huishoudens[place])
        count += sizes[huishoudens[place]]
    return [inwoner for inwoner in inwoners if inwoner.huishouden in chosen]


class _Maker:
    """Plays every organisation: derives, tokenises and submits; a family at one organisation goes in one act."""

    def __init__(
        self, convenant: Convenant, oins: Sequence[Oin], bron: Zaadbron, oprf: Oprfsleutels | None, zaad: int
    ) -> None:
        self._convenant = convenant
        self._oins = oins
        self._kans = Kans(zaad ^ _EIGEN_STROOM ^ 1)
        self._bron = bron
        self._vrager = None if oprf is None else Sleutelvrager(oprf)
        self.convenantsleutel = ConvenantSleutel(bron("K"))
        self.organisatiesleutels = {p.oin: OrganisatieSleutel(bron(f"organisatie/{p.oin}")) for p in convenant.partijen}
        self._afleiding = Tokenafleiding(convenant.id, EPOCHE, self.convenantsleutel)
        self.waarheid: dict[UUID, int] = {}
        self.dragers: set[int] = set()

    def fill(self, matcher: Matcheropslag, inwoners: Sequence[Inwoner], kopieen: Sequence[Signaalkopie]) -> None:
        """Submit all copies, in an order that says nothing of the order of the population."""
        huishouden = {inwoner.nummer: inwoner.huishouden for inwoner in inwoners}
        ordered = sorted(kopieen, key=lambda kopie: (kopie.organisatie, huishouden[kopie.inwoner]))
        groups = [list(g) for _, g in groupby(ordered, key=lambda k: (k.organisatie, huishouden[k.inwoner]))]
        for place in range(len(groups) - 1, 0, -1):
            other = self._kans.below(place + 1)
            groups[place], groups[other] = groups[other], groups[place]
        for group in groups:
            oin = self._oins[group[0].organisatie]
            medewerker = medewerker_pseudoniem(
                self.organisatiesleutels[oin], f"medewerker{self._kans.below(_ACCOUNTS)}"
            )
            matcher.submit(oin, medewerker, [self._indiening(oin, kopie, matcher.vandaag) for kopie in group])

    def _indiening(self, oin: Oin, kopie: Signaalkopie, vandaag: date) -> Indiening:
        canoniek = canoniseer(kopie.persoon, vandaag=vandaag)
        signaal = UUID(bytes=self._bron(f"signaal/{len(self.waarheid)}")[:16], version=4)
        uitkomsten = self._uitkomsten(derive_koppelsleutels(canoniek))
        self.waarheid[signaal] = kopie.inwoner
        if uitkomsten:
            self.dragers.add(kopie.inwoner)
        clientnummer = str(self._kans.below(_CLIENTNUMMERS))
        geheim = self.organisatiesleutels[oin]
        soort, verloopt_op = self._soort(canoniek.geboortedatum, vandaag)
        return Indiening(
            id=signaal,
            epoche=EPOCHE,
            signaalsoort=soort,
            verloopt_op=verloopt_op,
            tokenset=self._afleiding.tokenset(uitkomsten, organisatiesleutel=geheim, clientnummer=clientnummer),
            referentie=seal_referentie(
                geheim, convenant=self._convenant.id, signaal_id=signaal, clientnummer=clientnummer
            ),
        )

    def _uitkomsten(self, sleutels: Iterable[Koppelsleutel]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for sleutel in sleutels:
            masked = self._afleiding.mask(sleutel)
            found[sleutel.code] = masked if self._vrager is None else self._vrager.vraag(sleutel.code, [masked])[0]
        return found

    def _soort(self, geboren: Geboortedatum, vandaag: date) -> tuple[str, date]:
        """Return the first kind of signal that somebody of this age can have, and when it ends."""
        for code in _SOORTEN:
            with suppress(LeeftijdsgrensBereikt, LeeftijdOnbekend):
                soort = self._convenant.signaalsoort(code)
                return code, einddatum(soort, ingediend_op=vandaag, geboortedatum=geboren)
        raise AssertionError("the last kind has no age limit")
