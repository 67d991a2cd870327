"""Dictionary attack: derive the keys of everybody, and try everything that can be computed from what was stolen.

Each guess is a way to come from a linkage key to a token without the sleutelhouder. In mode hmac the first one is the
way that the SDK goes. In mode voprf all of them should miss: the guesses after the first are mistakes that an
implementation, or a sleutelhouder that chose its keys badly, could have made.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from client_sdk.koppeltokens import Tokenafleiding
from convenant.voprf import OprfSleutel, Punt
from convenant.voprf import groep as ristretto
from koppelradar.bench.aanval.buit import CODES, Buit
from koppelradar.bench.aanval.namen import Kandidaten, Namen, name_signalen
from koppelradar.bench.aanval.ontsleutelen import kandidaten_with_sleutel
from koppelradar.bench.aanval.voprf import Oprfsleutels, Vrager, outcome
from koppelradar.bench.aanval.woordenlijst import Woordenlijst

_Opslaan = Callable[[bytes], bytes]
"""From a koppeltoken to what the database would hold."""


@dataclass(frozen=True)
class _Woord:
    """A key of the dictionary, masked under K."""

    code: str
    masked: bytes = field(repr=False)

    @cached_property
    def punt(self) -> Punt:
        """The point it is hashed to; guesses share it."""
        return ristretto.hash_to_group(self.masked)


_Gok = Callable[[_Woord], bytes]


def val_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager | None) -> Namen:
    """Return the names that a dictionary attack gives; with the OPRF keys those are used instead of guesses."""
    kandidaten = kandidaten_with_sleutel(buit, lijst, sleutel) if sleutel else _guessed(buit, lijst)
    return name_signalen(buit.dump, kandidaten)


def _guessed(buit: Buit, lijst: Woordenlijst) -> Kandidaten:
    """Return whom the guesses hit; a guess at y that hits is then used as if it were the key."""
    pogingen = tuple(_pogingen(buit))
    raak: set[_Poging] = set()
    found: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    for koppelsleutel, personen in lijst.sleutels():
        woord = _Woord(koppelsleutel.code, buit.organisatie.afleiding().mask(koppelsleutel))
        for poging in pogingen:
            # Any place: a token that was stored in another slot than its own would be a hit as well.
            for _, slot in buit.dump.plaatsen.get(token := poging(woord), ()):
                raak.add(poging)
                found[slot, token] += personen
    for poging in raak:
        found.update(
            {plaats: list(p) for plaats, p in kandidaten_with_sleutel(buit, lijst, _Gokvrager(poging.gok)).items()}
        )
    return found


@dataclass(frozen=True)
class _Gokvrager(Vrager):
    """A guess that turned out to be right needs no sleutelhouder."""

    gok: _Gok = field(repr=False)

    def vraag(self, code: str, invoeren: Sequence[bytes]) -> tuple[bytes, ...]:
        return tuple(self.gok(_Woord(code, masked)) for masked in invoeren)


@dataclass(frozen=True, slots=True)
class _Poging:
    """A guess at y, with the derivation and the way of storing under which it is tried."""

    gok: _Gok = field(repr=False)
    afleiding: Tokenafleiding
    opslaan: _Opslaan = field(repr=False)

    def __call__(self, woord: _Woord) -> bytes:
        return self.opslaan(self.afleiding.koppeltoken(woord.code, self.gok(woord)))


def _pogingen(buit: Buit) -> Iterator[_Poging]:
    afleiding, opslaan = buit.organisatie.afleiding(), buit.pepper.hash
    for gok in (_as_hmac, _hashed, _without_key, *_under_own_keys(buit)):
        yield _Poging(gok, afleiding, opslaan)
    # Tokens of a neighbouring epoch, stored bare, and peppered twice.
    for verder in (-1, 1):
        yield _Poging(_as_hmac, buit.organisatie.afleiding(afleiding.epoche + verder), opslaan)
    yield _Poging(_as_hmac, afleiding, bytes)
    yield _Poging(_as_hmac, afleiding, lambda token: opslaan(opslaan(token)))


def _as_hmac(woord: _Woord) -> bytes:
    return woord.masked


def _hashed(woord: _Woord) -> bytes:
    return hashlib.sha512(woord.masked).digest()


def _without_key(woord: _Woord) -> bytes:
    return outcome(None, woord.masked, woord.punt)


def _under_own_keys(buit: Buit) -> Iterator[_Gok]:
    """Yield outcomes under keys that the attacker can make: from K, from the pepper, and one of its own."""
    eigen = OprfSleutel.generate()
    for seed in (buit.organisatie.convenantsleutel.reveal(), buit.pepper.sleutels[0]):
        yield _under({code: OprfSleutel.derive(seed, code.encode()) for code in CODES})
    yield _under(dict.fromkeys(CODES, eigen))


def _under(sleutels: Oprfsleutels) -> _Gok:
    return lambda woord: outcome(sleutels[woord.code].scalar, woord.masked, woord.punt)
