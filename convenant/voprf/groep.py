"""The group ristretto255 (RFC 9496) as RFC 9497, section 4.1 uses it: elements, scalars, and hashing to both.

Elements and scalars stay in their 32-byte encodings: libsodium takes and gives nothing else. What is known of such
bytes stands in their type, and only the functions here give a type.

libsodium computes in constant time. Python does not, and does not wipe memory: this module never branches on
or indexes with a secret, and that is all it promises.
"""

import hmac
from collections.abc import Iterable, Sequence
from functools import reduce
from hashlib import sha512
from itertools import accumulate
from typing import Final, NewType

from convenant.errors import OngeldigPunt
from convenant.voprf import _libsodium, suite

Puntcodering = NewType("Puntcodering", bytes)
"""What somebody else sent as an element: any bytes, of any length."""

Punt = NewType("Punt", Puntcodering)
"""The canonical encoding (32 bytes) of an element that is not the identity."""

Scalar = NewType("Scalar", bytes)
"""An integer modulo the order of the group: 32 bytes, little-endian, reduced. Zero is nobody's blind, key or proof."""

_HIGHEST_BIT: Final = 0x80
_IDENTITY: Final = bytes(suite.PUNT_BYTES)
_ZERO: Final = bytes(suite.SCALAR_BYTES)
# expand_message_xmd with SHA-512 (RFC 9380, section 5.3.1): blocks of 128 bytes, and one hash is all 64 bytes wanted.
# The block of padding that every message begins with is hashed once.
_Z_PAD: Final = sha512(bytes(128))
_WANTED: Final = suite.i2osp2(64)


def _expand(bericht: bytes, dst: bytes) -> bytes:
    dst_prime = dst + bytes((len(dst),))
    b_0 = _Z_PAD.copy()
    b_0.update(bericht + _WANTED + b"\x00" + dst_prime)
    return sha512(b_0.digest() + b"\x01" + dst_prime).digest()


def _not_identity(element: bytes) -> Punt:
    if element == _IDENTITY:
        raise OngeldigPunt
    return Punt(Puntcodering(element))


def _has_form(codering: bytes) -> bool:
    # libsodium 1.0.18 looks past the highest bit: one element would have two encodings, and proofs hash encodings.
    return len(codering) == suite.PUNT_BYTES and not codering[-1] & _HIGHEST_BIT


def is_zero(scalar: Scalar) -> bool:
    """Return whether the scalar is zero."""
    return hmac.compare_digest(scalar, _ZERO)


def parse_punt(codering: bytes) -> Punt:
    """Return the element that these bytes encode (DeserializeElement).

    Raises `OngeldigPunt` for another length, an encoding that is not canonical (RFC 9496, section 4.3.1) and the
    identity.
    """
    if not _has_form(codering) or not _libsodium.is_canonical(codering):
        raise OngeldigPunt
    return _not_identity(codering)


def parse_punten(coderingen: Iterable[bytes]) -> tuple[Punt, ...]:
    """Return all elements, or raise `OngeldigPunt` with the position of the first that is not one."""
    punten = []
    for positie, codering in enumerate(coderingen):
        try:
            punten.append(parse_punt(codering))
        except OngeldigPunt as fout:
            raise OngeldigPunt(positie) from fout
    return tuple(punten)


def parse_scalar(codering: bytes) -> Scalar:
    """Return the scalar that these bytes encode (DeserializeScalar).

    Raises ValueError for another length, a number that is not reduced, and zero (stricter than the RFC, which a
    random scalar meets once in 2**252).
    """
    if len(codering) != suite.SCALAR_BYTES:
        raise ValueError("a scalar has 32 bytes")
    reduced = _libsodium.scalar_reduce(codering + bytes(suite.SCALAR_BYTES))
    if not hmac.compare_digest(reduced, codering) or is_zero(Scalar(reduced)):
        raise ValueError("a scalar is reduced and not zero")
    return Scalar(codering)


def random_scalar() -> Scalar:
    """Return a uniform scalar that is never zero (RandomScalar), drawn from the operating system."""
    return Scalar(_libsodium.scalar_random())


def hash_to_group(invoer: bytes) -> Punt:
    """Return the element for an input (HashToGroup: RFC 9380, appendix B, with expand_message_xmd and SHA-512).

    Raises `OngeldigPunt` where it is the identity, which nobody can find an input for.
    """
    return _not_identity(_libsodium.from_hash(_expand(invoer, suite.DST_HASH_TO_GROUP)))


def hash_to_scalar(bericht: bytes, dst: bytes = suite.DST_HASH_TO_SCALAR) -> Scalar:
    """Return the scalar for a message (HashToScalar): 64 bytes, little-endian, reduced; zero is not excluded."""
    return Scalar(_libsodium.scalar_reduce(_expand(bericht, dst)))


def multiply(scalar: Scalar, punt: Punt) -> Punt:
    """Return scalar * punt. Raises `OngeldigPunt` where that is the identity."""
    try:
        return Punt(Puntcodering(_libsodium.multiply(scalar, punt)))
    except RuntimeError as error:
        raise OngeldigPunt from error


def check_vormen(coderingen: Iterable[bytes]) -> None:
    """Raise `OngeldigPunt` with the position of the first that has not 32 bytes or has its highest bit set.

    The part of `parse_punten` that takes no time: enough for hashing, not for reckoning with.
    """
    for positie, codering in enumerate(coderingen):
        if not _has_form(codering):
            raise OngeldigPunt(positie)


def parse_and_multiply(scalars: Iterable[Scalar], coderingen: Iterable[Puntcodering]) -> list[Punt]:
    """Return scalar * element of each row; when nothing is raised, every codering is a `Punt`.

    Does what `parse_punten` and `multiply` do for the price of `multiply` alone, in which libsodium decodes with the
    same check. Raises `OngeldigPunt` with the position of the first that is no element or has the identity for product.
    """
    producten = []
    for positie, (scalar, codering) in enumerate(zip(scalars, coderingen, strict=True)):
        if not _has_form(codering):
            raise OngeldigPunt(positie)
        try:
            producten.append(multiply(scalar, Punt(codering)))
        except OngeldigPunt as fout:
            raise OngeldigPunt(positie) from fout
    return producten


def multiply_base(scalar: Scalar) -> Punt:
    """Return scalar * generator (ScalarMultGen). Raises `OngeldigPunt` for zero."""
    try:
        return Punt(Puntcodering(_libsodium.multiply_base(scalar)))
    except RuntimeError as error:
        raise OngeldigPunt from error


def add(links: Punt, rechts: Punt) -> Punt:
    """Return the sum of two elements. Raises `OngeldigPunt` where that is the identity."""
    return _not_identity(_libsodium.add(links, rechts))


def weighted_sum(gewichten: Sequence[Scalar], punten: Sequence[Punt]) -> Punt:
    """Return the sum of gewicht * punt over both rows, which are equally long and not empty.

    Raises `OngeldigPunt` where the sum, or one on the way, is the identity; with weights from a hash of the points
    nobody can arrange that.
    """
    return sum_of(map(multiply, gewichten, punten))


def sum_of(punten: Iterable[Punt]) -> Punt:
    """Return the sum of a row that is not empty. Raises `OngeldigPunt` where it, or one on the way, is the identity."""
    return reduce(add, punten)


def multiply_scalars(links: Scalar, rechts: Scalar) -> Scalar:
    """Return the product modulo the order."""
    return Scalar(_libsodium.scalar_multiply(links, rechts))


def subtract_scalars(links: Scalar, rechts: Scalar) -> Scalar:
    """Return the difference modulo the order."""
    return Scalar(_libsodium.scalar_subtract(links, rechts))


def invert_scalars(scalars: Sequence[Scalar]) -> list[Scalar]:
    """Return the inverse of each scalar of a row that is not empty. Raises ValueError when one is zero.

    One inversion serves all (Montgomery): the three multiplications that it costs each take a tenth of its time.
    """
    producten = list(accumulate(scalars, multiply_scalars))
    rest = Scalar(_libsodium.scalar_invert(producten[-1]))
    inversen = []
    for vorige, scalar in zip(reversed(producten[:-1]), reversed(scalars[1:]), strict=True):
        inversen.append(multiply_scalars(rest, vorige))
        rest = multiply_scalars(rest, scalar)
    inversen.append(rest)
    return inversen[::-1]
