"""Tokens for persons: by ourselves in mode hmac, with the sleutelhouders in mode voprf."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from client_sdk.canoniek import canoniseer
from client_sdk.client.sleutelhouder import SleutelhouderClient
from client_sdk.client.sleutelhouder_core import MAX_PUNTEN
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.sleutelring import Sleutelring
from client_sdk.errors import ConfiguratieFout, MatcherFout, OneerlijkeSleutelhouder
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding, Tokenset
from client_sdk.koppeltokens.voprf import Antwoord, Blindronde
from client_sdk.persoon import Persoon
from client_sdk.register.model import TeTokeniseren
from client_sdk.types import OrganisatieSleutel, Vraagsleutel
from convenant.errors import ConvenantFout, VoprfFout
from convenant.model import Convenant, Sleutelhouder
from convenant.profielen import NL_1
from convenant.types import Epoche, Niveau
from convenant.voprf import PubliekeOprfSleutel

MAX_PERSONEN: Final = MAX_PUNTEN
"""How many persons get their tokens in one call."""

_TELLING_SECONDS: Final = 180.0
_ZEKER: Final = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.ZEKER)


class Tokeniser(Protocol):
    """Makes the tokens of persons in one epoch."""

    def tokensets(self, personen: Sequence[TeTokeniseren], epoche: Epoche, *, vandaag: date) -> tuple[Tokenset, ...]:
        """Return a Tokenset per person, in order; at most `MAX_PERSONEN` of them.

        Raises SleutelFout when the convenant key of the epoch is missing, and SleutelhouderFout.
        """

    def vraagsleutels(
        self, personen: Sequence[Persoon], epoche: Epoche, *, vandaag: date
    ) -> tuple[Vraagsleutel | None, ...]:
        """Return per person, in order, with what a bekendheidsvraag is asked and answered; None who bears no `zeker`.

        At most `MAX_PERSONEN` of them; takes one point of slot `zeker` each. Raises what `tokensets` raises.
        """


@dataclass(frozen=True, slots=True)
class HmacTokeniser:
    """Mode hmac: nobody is asked anything."""

    sleutelring: Sleutelring
    organisatiesleutel: OrganisatieSleutel

    def tokensets(self, personen: Sequence[TeTokeniseren], epoche: Epoche, *, vandaag: date) -> tuple[Tokenset, ...]:
        """Return a Tokenset per person, in order."""
        afleiding = self.sleutelring.afleiding(epoche)
        return tuple(
            afleiding.tokenset_hmac(
                koppelsleutels(persoon, vandaag),
                organisatiesleutel=self.organisatiesleutel,
                clientnummer=persoon.signaal.clientnummer,
            )
            for persoon in personen
        )

    def vraagsleutels(
        self, personen: Sequence[Persoon], epoche: Epoche, *, vandaag: date
    ) -> tuple[Vraagsleutel | None, ...]:
        """Return a Vraagsleutel per person, in order."""
        afleiding = self.sleutelring.afleiding(epoche)
        sleutels = [zeker_of(persoon, vandaag) for persoon in personen]
        return tuple(s if s is None else afleiding.vraagsleutel(afleiding.mask(s)) for s in sleutels)


class Tellingbron:
    """The matcher's statement of how much we submitted; kept three minutes, absent while the matcher is away."""

    def __init__(
        self, client: MatcherClient, convenant: Convenant, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._convenant = convenant
        self._monotonic = monotonic
        self._telling: str | None = None
        self._until = 0.0

    def __call__(self) -> str | None:
        """Return the statement, None when there is none: without it a sleutelhouder only sounds the alarm sooner."""
        if self._monotonic() >= self._until:
            try:
                self._telling = self._client.telling(self._convenant.id)
            except MatcherFout:
                self._telling = None
            self._until = self._monotonic() + _TELLING_SECONDS
        return self._telling


@dataclass(frozen=True, slots=True)
class Houder:
    """One sleutelhouder as the convenant names it, and the client that talks with it."""

    partij: Sleutelhouder
    client: SleutelhouderClient


@dataclass(frozen=True, slots=True)
class VoprfTokeniser:
    """Mode voprf: blinded points go to every sleutelhouder of the convenant, and their answers are added.

    The public keys are those that the convenant pins; what comes with an answer proves nothing.
    """

    convenant: Convenant
    sleutelring: Sleutelring
    organisatiesleutel: OrganisatieSleutel
    houders: tuple[Houder, ...]
    telling: Callable[[], str | None]

    def tokensets(self, personen: Sequence[TeTokeniseren], epoche: Epoche, *, vandaag: date) -> tuple[Tokenset, ...]:
        """Return a Tokenset per person, in order, once every proof of every sleutelhouder holds."""
        afleiding = self.sleutelring.afleiding(epoche)
        sleutels = [koppelsleutels(persoon, vandaag) for persoon in personen]
        uitkomsten = self._evaluate(afleiding, sleutels, epoche)
        return tuple(
            afleiding.tokenset(
                uitkomst, organisatiesleutel=self.organisatiesleutel, clientnummer=persoon.signaal.clientnummer
            )
            for persoon, uitkomst in zip(personen, uitkomsten, strict=True)
        )

    def vraagsleutels(
        self, personen: Sequence[Persoon], epoche: Epoche, *, vandaag: date
    ) -> tuple[Vraagsleutel | None, ...]:
        """Return a Vraagsleutel per person, in order, once every proof of every sleutelhouder holds."""
        afleiding = self.sleutelring.afleiding(epoche)
        sleutels = [zeker_of(persoon, vandaag) for persoon in personen]
        uitkomsten = self._evaluate(afleiding, [[sleutel] if sleutel else [] for sleutel in sleutels], epoche)
        return tuple(
            afleiding.vraagsleutel(uitkomst[_ZEKER]) if _ZEKER in uitkomst else None for uitkomst in uitkomsten
        )

    def _evaluate(
        self, afleiding: Tokenafleiding, sleutels: Sequence[Sequence[Koppelsleutel]], epoche: Epoche
    ) -> tuple[Mapping[str, bytes], ...]:
        # Fresh for every attempt: the same blinding twice shows that it is the same person.
        ronde = Blindronde.prepare(afleiding, sleutels)
        return _finish(ronde, [(houder, self._ask(houder, ronde, epoche)) for houder in self.houders])

    def _ask(self, houder: Houder, ronde: Blindronde, epoche: Epoche) -> Antwoord:
        publiek = _pinned(houder.partij, epoche)
        if not ronde.punten:
            return {}
        evaluaties = houder.client.evaluate(
            ronde.punten, convenant=self.convenant.id, epoche=epoche, profiel=NL_1.naam, telling=self.telling()
        )
        return {code: (evaluatie, publiek[code]) for code, evaluatie in evaluaties.items()}


def koppelsleutels(persoon: TeTokeniseren, vandaag: date) -> tuple[Koppelsleutel, ...]:
    """Return the linkage keys that a person bears."""
    return derive_koppelsleutels(canoniseer(persoon.persoon, vandaag=vandaag))


def zeker_of(persoon: Persoon, vandaag: date) -> Koppelsleutel | None:
    """Return the key of slot `zeker`; None for a person who bears none. Raises OngeldigPersoon."""
    sleutels = derive_koppelsleutels(canoniseer(persoon, vandaag=vandaag))
    return next((sleutel for sleutel in sleutels if sleutel.code == _ZEKER), None)


def _pinned(houder: Sleutelhouder, epoche: Epoche) -> Mapping[str, PubliekeOprfSleutel]:
    try:
        return {code: PubliekeOprfSleutel.from_bytes(punt) for code, punt in houder.publieke_punten(epoche).items()}
    except ConvenantFout as error:
        raise ConfiguratieFout(
            f"Het convenant noemt voor epoche {epoche} geen bruikbare sleutels van sleutelhouder {houder.naam}. "
            "Vraag de convenanthouder om een nieuwe versie."
        ) from error


def _finish(ronde: Blindronde, antwoorden: Sequence[tuple[Houder, Antwoord]]) -> tuple[Mapping[str, bytes], ...]:
    try:
        return ronde.finish([antwoord for _, antwoord in antwoorden])
    except VoprfFout as error:
        houder = _culprit(ronde, antwoorden)
        raise OneerlijkeSleutelhouder(
            f"Het antwoord van sleutelhouder {houder.partij.naam} klopt niet met het convenant. Er is niets mee "
            "gedaan. Meld dit aan de convenanthouder.",
            oin=houder.partij.oin,
        ) from error


def _culprit(ronde: Blindronde, antwoorden: Sequence[tuple[Houder, Antwoord]]) -> Houder:
    """Return the sleutelhouder whose answer does not hold by itself; all of them cannot hold."""
    for houder, antwoord in antwoorden[:-1]:
        try:
            ronde.finish([antwoord])
        except VoprfFout:
            return houder
    return antwoorden[-1][0]
