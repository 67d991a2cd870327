"""Our own side of the measurement: mode hmac, the client of mode voprf, and bare scalar multiplication."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import process_time
from typing import Final, TypeVar

from client_sdk.canoniek import canoniseer
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.koppeltokens.voprf import Antwoord, Blindronde
from client_sdk.persoon import Persoon
from client_sdk.sleutels import generate_sleutel
from client_sdk.types import ConvenantSleutel, Kaartsleutel, Koppeltoken
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Niveau
from convenant.voprf import OprfSleutel, Punt, _libsodium, evaluate, groep
from koppelradar.bench.snelheid import HMAC, SCALARMULT, SLEUTELHOUDER, VOPRF, VOPRF_CRYPTO, Tijd

_ZEKER: Final = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.ZEKER)
_MULTIPLICATIONS: Final = 2000
_PER_PERSOON: Final = 10

Resultaat = TypeVar("Resultaat")


def make_afleiding() -> Tokenafleiding:
    """Return a derivation under a fresh key."""
    return Tokenafleiding(ConvenantId("meting"), Epoche(1), generate_sleutel(ConvenantSleutel))


def timed(work: Callable[[], Resultaat]) -> tuple[Resultaat, float]:
    """Return what the work gives, and the seconds of processor time that it took in this process."""
    start = process_time()
    outcome = work()
    return outcome, process_time() - start


def _keys(personen: Sequence[Persoon], vandaag: date) -> list[tuple[Koppelsleutel, ...]]:
    return [derive_koppelsleutels(canoniseer(persoon, vandaag=vandaag)) for persoon in personen]


def _derive(
    afleiding: Tokenafleiding, uitkomsten: Mapping[str, bytes]
) -> tuple[list[Koppeltoken], Kaartsleutel | None]:
    """Return the tokens of a person without fillers, and the kaartsleutel."""
    tokens = [afleiding.koppeltoken(code, y) for code, y in uitkomsten.items()]
    zeker = uitkomsten.get(_ZEKER)
    return tokens, None if zeker is None else afleiding.kaartsleutel(zeker)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gesprek:
    """One conversation with the sleutelhouder: how many tokens, and the seconds of each part."""

    tokens: int
    crypto: float
    rest: float
    sleutelhouder: float


class HmacDeelnemer:
    """Mode hmac: from a person as typed to tokens and kaartsleutel. `vandaag` is what `canoniseer` asks for."""

    def __init__(self, *, vandaag: date) -> None:
        self._afleiding = make_afleiding()
        self._vandaag = vandaag

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        """Return one figure; fillers are neither made nor counted."""
        made, seconden = timed(lambda: self._make(personen))
        return {HMAC: Tijd(len(personen), sum(len(tokens) for tokens, _ in made), seconden)}

    def _make(self, personen: Sequence[Persoon]) -> list[tuple[list[Koppeltoken], Kaartsleutel | None]]:
        afleiding = self._afleiding
        return [
            _derive(afleiding, {sleutel.code: afleiding.mask(sleutel) for sleutel in sleutels})
            for sleutels in _keys(personen, self._vandaag)
        ]


class VoprfDeelnemer:
    """The client of mode voprf: everything of mode hmac, and blinding, checking the proof and unblinding.

    A sleutelhouder with fresh keys answers in this process, on a clock of its own. `partij` is how many persons share
    one conversation, and so one proof per code.
    """

    def __init__(self, *, vandaag: date, partij: int) -> None:
        self._afleiding = make_afleiding()
        self._vandaag = vandaag
        self._partij = partij
        self._sleutels = {slot.code: OprfSleutel.generate() for slot in NL_1.slots}

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        """Return the client's work, of that its cryptography from key to y alone, and the sleutelhouder's work."""
        partijen = [personen[i : i + self._partij] for i in range(0, len(personen), self._partij)]
        gesprekken = [self._conversation(partij) for partij in partijen]
        tokens = sum(gesprek.tokens for gesprek in gesprekken)
        crypto = sum(gesprek.crypto for gesprek in gesprekken)
        rest = sum(gesprek.rest for gesprek in gesprekken)
        return {
            VOPRF: Tijd(len(personen), tokens, crypto + rest),
            VOPRF_CRYPTO: Tijd(len(personen), tokens, crypto),
            SLEUTELHOUDER: Tijd(0, tokens, sum(gesprek.sleutelhouder for gesprek in gesprekken)),
        }

    def _conversation(self, personen: Sequence[Persoon]) -> _Gesprek:
        keys, deriving = timed(lambda: _keys(personen, self._vandaag))
        ronde, blinding = timed(lambda: Blindronde.prepare(self._afleiding, keys))
        punten = ronde.punten
        antwoord, answering = timed(lambda: self._answer(punten))
        uitkomsten, finishing = timed(lambda: ronde.finish([antwoord]))
        made, hashing = timed(lambda: [_derive(self._afleiding, per_code) for per_code in uitkomsten])
        return _Gesprek(
            tokens=sum(len(tokens) for tokens, _ in made),
            crypto=blinding + finishing,
            rest=deriving + hashing,
            sleutelhouder=answering,
        )

    def _answer(self, punten: Mapping[str, Sequence[Punt]]) -> Antwoord:
        return {code: (evaluate(self._sleutels[code], p), self._sleutels[code].publiek) for code, p in punten.items()}


class ScalarmultDeelnemer:
    """Bare multiplication of an element by a scalar with libsodium, which bounds what mode voprf can reach."""

    def __init__(self) -> None:
        self._scalars = [groep.random_scalar() for _ in range(_MULTIPLICATIONS)]
        self._punten = [groep.multiply_base(scalar) for scalar in self._scalars]

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        """Return one figure, of ten multiplications per person and at most 2000; the persons do not matter."""
        scalars = self._scalars[: _PER_PERSOON * len(personen)]
        producten, seconden = timed(lambda: [*map(_libsodium.multiply, scalars, self._punten)])
        return {SCALARMULT: Tijd(0, len(producten), seconden)}
