"""One proof for a whole batch that every point was multiplied by the secret key behind one public key.

A batched DLEQ proof (RFC 9497, section 2.2): log_G(publiek) = log_C(D) for every blinded point C and its evaluation
D. Challenge and weights hash the points themselves, so the proof holds for this batch, in this order, under this
key, and for no other.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha512
from typing import NewType

from convenant.errors import OngeldigBewijs, OngeldigPunt, VerkeerdAantal
from convenant.voprf import groep, suite
from convenant.voprf.groep import Punt, Puntcodering, Scalar
from convenant.voprf.sleutel import OprfSleutel, PubliekeOprfSleutel

Bewijs = NewType("Bewijs", bytes)
"""Challenge and response, 32 bytes each, as the RFC orders them. Proves nothing before `verify_evaluatie`."""


@dataclass(frozen=True, slots=True, repr=False)
class Evaluatie:
    """The answer of a sleutelhouder as it travels: an element for each blinded point, and one proof.

    Nothing in it is checked; `finalize` and `combine` do that.
    """

    punten: tuple[Puntcodering, ...]
    bewijs: Bewijs

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self.punten)} punten)"


def check_batch(aantal: int) -> None:
    """Raise `VerkeerdAantal` unless so many points fit under one proof: 1 to 65535."""
    if not 1 <= aantal <= suite.MAX_BATCH:
        raise VerkeerdAantal(
            f"Een aanvraag telt 1 tot {suite.MAX_BATCH} punten. Verdeel de punten over meer aanvragen."
        )


def _gewichten(publiek: Punt, blinded: Sequence[Punt], evaluated: Sequence[Puntcodering]) -> list[Scalar]:
    """Return the weight of each pair (ComputeComposites, RFC 9497, section 2.2.1, first half)."""
    seed = suite.prefixed(sha512(suite.prefixed(publiek, suite.DST_SEED)).digest())
    return [
        groep.hash_to_scalar(seed + suite.i2osp2(i) + suite.prefixed(c, d) + suite.LABEL_COMPOSITE)
        for i, (c, d) in enumerate(zip(blinded, evaluated, strict=True))
    ]


def _challenge(publiek: Punt, m: Punt, z: Punt, t2: Punt, t3: Punt) -> Scalar:
    return groep.hash_to_scalar(suite.prefixed(publiek, m, z, t2, t3) + suite.LABEL_CHALLENGE)


def _parse_bewijs(bewijs: Bewijs) -> tuple[Scalar, Scalar]:
    """Return challenge c and response s. Raises ValueError where they are not two scalars."""
    if len(bewijs) != suite.BEWIJS_BYTES:
        raise ValueError("a proof has 64 bytes")
    return groep.parse_scalar(bewijs[: suite.SCALAR_BYTES]), groep.parse_scalar(bewijs[suite.SCALAR_BYTES :])


def _expected_challenge(c: Scalar, s: Scalar, publiek: Punt, m: Punt, z: Punt) -> Scalar:
    t2 = groep.add(groep.multiply_base(s), groep.multiply(c, publiek))
    t3 = groep.add(groep.multiply(s, m), groep.multiply(c, z))
    return _challenge(publiek, m, z, t2, t3)


def generate_bewijs(sleutel: OprfSleutel, blinded: Sequence[Punt], evaluated: Sequence[Punt], *, r: Scalar) -> Bewijs:
    """Return the proof (GenerateProof with ComputeCompositesFast, RFC 9497, sections 2.2.1 and 2.2.2).

    `r` is a fresh random scalar: two proofs with one `r`, or one known `r`, give the secret key away.
    """
    publiek = sleutel.publiek.punt
    m = groep.weighted_sum(_gewichten(publiek, blinded, evaluated), blinded)
    z = groep.multiply(sleutel.scalar, m)
    c = _challenge(publiek, m, z, groep.multiply_base(r), groep.multiply(r, m))
    s = groep.subtract_scalars(r, groep.multiply_scalars(c, sleutel.scalar))
    return Bewijs(c + s)


def verify_evaluatie(publiek: PubliekeOprfSleutel, blinded: Sequence[Punt], evaluatie: Evaluatie) -> tuple[Punt, ...]:
    """Return the evaluations, proven to be made from `blinded` with the key behind `publiek` (VerifyProof).

    RFC 9497, section 2.2.2. Raises `VerkeerdAantal`, `OngeldigPunt` (with its position) or `OngeldigBewijs`.
    """
    check_batch(len(blinded))
    if len(evaluatie.punten) != len(blinded):
        raise VerkeerdAantal(
            "Het antwoord telt niet evenveel punten als de aanvraag. Gebruik het niet en vraag opnieuw."
        )
    groep.check_vormen(evaluatie.punten)
    gewichten = _gewichten(publiek.punt, blinded, evaluatie.punten)
    gewogen = groep.parse_and_multiply(gewichten, evaluatie.punten)
    try:
        c, s = _parse_bewijs(evaluatie.bewijs)
        m, z = groep.weighted_sum(gewichten, blinded), groep.sum_of(gewogen)
        expected = _expected_challenge(c, s, publiek.punt, m, z)
    # The identity turns up on the way only in a forged proof.
    except (ValueError, OngeldigPunt) as error:
        raise _rejected() from error
    if not hmac.compare_digest(expected, c):
        raise _rejected()
    return tuple(map(Punt, evaluatie.punten))


def _rejected() -> OngeldigBewijs:
    return OngeldigBewijs(
        "Het bewijs van de sleutelhouder klopt niet. Gebruik dit antwoord niet en meld dit aan de beheerder."
    )
