"""VOPRF(ristretto255, SHA-512): the constants of RFC 9497 that keep every use of the hash apart.

Mode 1 (verifiable) alone. A change here changes every token of every convenant.
"""

from typing import Final

PUNT_BYTES: Final = 32
SCALAR_BYTES: Final = 32
SEED_BYTES: Final = 32
BEWIJS_BYTES: Final = 2 * SCALAR_BYTES
UITVOER_BYTES: Final = 64

MAX_INVOER_BYTES: Final = 2**16 - 1
"""Lengths travel as I2OSP(length, 2); RFC 9497, section 1.2."""

MAX_BATCH: Final = 2**16 - 1
"""Most points under one proof: the position of a point is I2OSP(i, 2); RFC 9497, section 2.2.1."""

CONTEXT: Final = b"OPRFV1-\x01-ristretto255-SHA512"
"""contextString: protocol, mode 1, suite; RFC 9497, section 3.1."""

DST_HASH_TO_GROUP: Final = b"HashToGroup-" + CONTEXT
DST_HASH_TO_SCALAR: Final = b"HashToScalar-" + CONTEXT
DST_DERIVE_KEY_PAIR: Final = b"DeriveKeyPair" + CONTEXT  # without a hyphen: RFC 9497, section 3.2.1
DST_SEED: Final = b"Seed-" + CONTEXT

LABEL_COMPOSITE: Final = b"Composite"
LABEL_CHALLENGE: Final = b"Challenge"
LABEL_FINALIZE: Final = b"Finalize"

_LENGTH_BYTES: Final = 2


def i2osp2(getal: int) -> bytes:
    """Return I2OSP(getal, 2) of RFC 8017. Raises OverflowError from 2**16."""
    return getal.to_bytes(_LENGTH_BYTES, "big")


def prefixed(*delen: bytes) -> bytes:
    """Return the parts each behind its length, so that no two lists of parts give the same bytes."""
    return b"".join(i2osp2(len(deel)) + deel for deel in delen)
