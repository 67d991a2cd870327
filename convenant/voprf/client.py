"""The side of the organisation: blind inputs, check the answer, and take the blinding off.

    blinderingen = blind_batch(invoeren)              send [b.punt for b in blinderingen]
    uitvoeren = finalize(blinderingen, evaluatie, publiek)

With two sleutelhouders the same points go to both, and `combine` takes the place of `finalize`: the key is
then the sum of theirs, which neither knows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha512
from typing import Final, NewType

from convenant.errors import VerkeerdAantal
from convenant.voprf import groep, suite
from convenant.voprf.bewijs import Evaluatie, check_batch, verify_evaluatie
from convenant.voprf.groep import Punt, Scalar
from convenant.voprf.sleutel import PubliekeOprfSleutel

Uitvoer = NewType("Uitvoer", bytes)
"""64 bytes, the same for everybody with the same input and key. Secret: derive from it, never send or store it."""

_MIN_DIENSTEN: Final = 2


# Compared by identity: a comparison of secrets that stops at the first difference tells where it is.
@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Blindering:
    """An input and the point under which it is hidden; only `punt` may leave the organisation.

    For one conversation: the same blinding sent twice shows that it is the same input.
    """

    invoer: bytes
    blind: Scalar
    punt: Punt

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


def _blind_with(invoer: bytes, blind: Scalar) -> Blindering:
    # Apart from `blind` so that the vectors of the RFC can choose the blind; nobody else may.
    if len(invoer) > suite.MAX_INVOER_BYTES:
        raise ValueError("an input has at most 65535 bytes")
    return Blindering(invoer, blind, groep.multiply(blind, groep.hash_to_group(invoer)))


def _unblind(blinderingen: Sequence[Blindering], evaluated: Sequence[Punt]) -> tuple[Uitvoer, ...]:
    """Return the outputs; `evaluated` has been proven (Finalize, RFC 9497, section 3.3.2, after VerifyProof)."""
    inversen = groep.invert_scalars([blindering.blind for blindering in blinderingen])
    unblinded = map(groep.multiply, inversen, evaluated)
    return tuple(
        Uitvoer(sha512(suite.prefixed(blindering.invoer, punt) + suite.LABEL_FINALIZE).digest())
        for blindering, punt in zip(blinderingen, unblinded, strict=True)
    )


def _verify(blinderingen: Sequence[Blindering], evaluatie: Evaluatie, publiek: PubliekeOprfSleutel) -> tuple[Punt, ...]:
    return verify_evaluatie(publiek, [blindering.punt for blindering in blinderingen], evaluatie)


def blind(invoer: bytes) -> Blindering:
    """Return the input under a fresh random blind (Blind, RFC 9497, section 3.3.2).

    The point is uniform, whatever the input: who sees it learns nothing. Raises ValueError above 65535 bytes.
    """
    return _blind_with(invoer, groep.random_scalar())


def blind_batch(invoeren: Iterable[bytes]) -> tuple[Blindering, ...]:
    """Return each input under a blind of its own, in order.

    Raises `VerkeerdAantal` unless there are 1 to 65535, ValueError for an input above 65535 bytes.
    """
    invoeren = tuple(invoeren)
    check_batch(len(invoeren))
    return tuple(map(blind, invoeren))


def finalize(
    blinderingen: Sequence[Blindering], evaluatie: Evaluatie, publiek: PubliekeOprfSleutel
) -> tuple[Uitvoer, ...]:
    """Return the output of each input, in order, once the answer is proven for all (Finalize, RFC 9497, section 3.3.2).

    `publiek` is the pinned key, not one that came with the answer. Nothing is unblinded unless all of it holds:
    raises `VerkeerdAantal`, `OngeldigPunt` or `OngeldigBewijs`, and then no output exists.
    """
    return _unblind(blinderingen, _verify(blinderingen, evaluatie, publiek))


def combine(
    blinderingen: Sequence[Blindering], antwoorden: Sequence[tuple[Evaluatie, PubliekeOprfSleutel]]
) -> tuple[Uitvoer, ...]:
    """Return the outputs under the sum of the keys of two or more sleutelhouders, each answer with its pinned key.

    Every answer is proven against its own key before anything is added: a key that was chosen to cancel another (a
    rogue key) fails there, for nobody knows its secret. The outputs are those of the summed key, whatever the order of
    the answers. Raises what `finalize` raises, `VerkeerdAantal` for fewer than two answers, and ValueError for one
    key twice. Which sleutelhouder failed shows by calling `finalize` with each answer alone.
    """
    if len(antwoorden) < _MIN_DIENSTEN:
        raise VerkeerdAantal(
            "Er zijn antwoorden van ten minste twee sleutelhouders nodig. Vraag de ontbrekende opnieuw."
        )
    if len({publiek for _, publiek in antwoorden}) != len(antwoorden):
        raise ValueError("every sleutelhouder needs a key of its own")
    proven = [_verify(blinderingen, evaluatie, publiek) for evaluatie, publiek in antwoorden]
    return _unblind(blinderingen, [reduce(groep.add, bijdragen) for bijdragen in zip(*proven, strict=True)])
