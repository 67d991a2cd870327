"""The leaf encoding of the access log, version 1. It never changes: history is built on it.

A leaf is the RFC 8785 encoding of

    {"stroom": "toegang" | "verwerking", "tijd": milliseconds since 1970, "v": 1, "verbintenis": base64url}

with verbintenis = SHA-256(salt || inhoud), salt 32 random bytes and inhoud the RFC 8785 encoding of the entry. The
entry and its salt are kept apart from the leaf: once they are erased nobody can find out what the leaf was about, while
the tree of leaves stays whole. The hash of a leaf is that of RFC 9162 section 2.1.1.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

from convenant.base64url import encode_base64url

ZOUT_BYTES = 32
VERSIE = 1
_LEAF_PREFIX = b"\x00"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Bladhash = NewType("Bladhash", bytes)
"""SHA-256 of a leaf, 32 bytes, RFC 9162 section 2.1.1."""

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class Stroom(StrEnum):
    """The two streams: what was done to whose data, and who did it on what ground."""

    TOEGANG = "toegang"
    VERWERKING = "verwerking"


@dataclass(frozen=True, slots=True)
class Blad:
    """A leaf, with the entry and the salt that open its commitment."""

    blad: bytes
    zout: bytes = field(repr=False)
    inhoud: str = field(repr=False)


def make_blad(stroom: Stroom, inhoud: dict[str, Json], *, tijd: datetime) -> Blad:
    """A new leaf under a fresh salt. `tijd` is aware; milliseconds are kept."""
    encoded = canonical(inhoud)
    zout = secrets.token_bytes(ZOUT_BYTES)
    blad = canonical(
        {
            "v": VERSIE,
            "stroom": stroom.value,
            "tijd": milliseconds(tijd),
            "verbintenis": _commitment(zout, encoded),
        }
    )
    return Blad(blad, zout, encoded.decode())


def canonical(inhoud: Mapping[str, Json]) -> bytes:
    """The RFC 8785 encoding of an entry.

    The standard library gives it, twenty times as fast as the library that the convenant uses, because an entry has
    ASCII names and no fractions; a test holds the two against each other. Every submission waits for this.
    """
    return json.dumps(inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def opens(blad: Blad) -> bool:
    """Whether the entry and salt are the ones that the leaf commits to."""
    expected = f'"verbintenis":"{_commitment(blad.zout, blad.inhoud.encode())}"}}'
    return blad.blad.endswith(expected.encode())


def blad_hash(blad: bytes) -> Bladhash:
    """The leaf's hash in the Merkle tree."""
    return Bladhash(hashlib.sha256(_LEAF_PREFIX + blad).digest())


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z, rounded down."""
    # In whole numbers: a float of seconds would sometimes land a millisecond too early.
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _commitment(zout: bytes, inhoud: bytes) -> str:
    digest = hashlib.sha256(zout + inhoud).digest()
    return encode_base64url(digest)
