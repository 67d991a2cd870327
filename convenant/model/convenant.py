"""A version of the agreement as a whole; it looks things up and judges nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from convenant.errors import OnbekendeEpoche, OnbekendePartij, OnbekendeSignaalsoort
from convenant.model.afspraken import Afspraken, Plafondregel
from convenant.model.partijen import Partij
from convenant.model.regels import Deelregel, Grondslag, Signaalsoort, Toepassing, uitwerken
from convenant.model.sleuteldienst import (
    Alarm,
    Budget,
    Budgetregel,
    EpochePeriode,
    Matcher,
    Sleutelbewaarder,
    Sleutelhouder,
)
from convenant.types import ConvenantId, Epoche, Modus, Oin, Omgeving, Rol


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
    afspraken: Afspraken = field(default_factory=Afspraken)
    _partijen: Mapping[Oin, Partij] = field(init=False, repr=False, compare=False)
    _soorten: Mapping[str, Signaalsoort] = field(init=False, repr=False, compare=False)
    _grondslagen: Mapping[str, Grondslag] = field(init=False, repr=False, compare=False)
    _toepassingen: Mapping[Oin, tuple[Toepassing, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        toepassingen = [t for regel in self.deelregels for t in uitwerken(regel, self.partijen)]
        per_ontvanger = {
            partij.oin: tuple(t for t in toepassingen if partij.oin in t.ontvangers) for partij in self.partijen
        }
        object.__setattr__(self, "_partijen", {p.oin: p for p in self.partijen})
        object.__setattr__(self, "_soorten", {s.code: s for s in self.signaalsoorten})
        object.__setattr__(self, "_grondslagen", {g.code: g for g in self.grondslagen})
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

    def plafondregel_of(self, oin: Oin) -> Plafondregel | None:
        """Return the limits of the first rule that names this party; None is that it may do nothing of the kind."""
        partij = self._partijen.get(oin)
        if partij is None:
            return None
        return next((regel for regel in self.afspraken.plafonds if regel.partijen.contains(partij)), None)

    def grondslag(self, code: str) -> Grondslag | None:
        """Return the legal basis with that code, if there is one."""
        return self._grondslagen.get(code)

    def may_submit(self, oin: Oin, code: str) -> bool:
        """Return whether the party is a signaleerder and an indiener of that soort; False if unknown."""
        partij, soort = self._partijen.get(oin), self._soorten.get(code)
        if partij is None or soort is None:
            return False
        return Rol.SIGNALEERDER in partij.rollen and soort.indieners.contains(partij)

    def has_rol(self, oin: Oin, rol: Rol) -> bool:
        """Return whether this is a party with that role; False if unknown."""
        partij = self._partijen.get(oin)
        return partij is not None and rol in partij.rollen

    def oins_with(self, rol: Rol) -> tuple[Oin, ...]:
        """Return which parties have that role."""
        return tuple(partij.oin for partij in self.partijen if rol in partij.rollen)

    def toepassingen(self, ontvanger: Oin) -> tuple[Toepassing, ...]:
        """Return the rules under which this party can learn something; none for an unknown one."""
        return self._toepassingen.get(ontvanger, ())
