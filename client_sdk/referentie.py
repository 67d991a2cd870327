"""A client number or casusnummer, sealed by an organisation for itself and kept by the matcher.

A signal and a casus carry it so that a lost register can be rebuilt. The matcher sees a constant 156 bytes:

    12 nonce | 128 encrypted: 1 length, the number in UTF-8, zeros | 16 tag                 (AES-256-GCM)

The convenant and the id of the signal or casus are authenticated along, under a key for each of the two kinds: a
matcher that hands back the reference of another one is found out.
"""

import os
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from client_sdk.errors import OngeldigClientnummer, OngeldigeReferentie
from client_sdk.types import KEY_BYTES, Label, OrganisatieSleutel, Referentie
from convenant.types import ConvenantId

MAX_CLIENTNUMMER_BYTES: Final = 120
_NONCE_BYTES: Final = 12
_PLAINTEXT_BYTES: Final = 128
_TAG_BYTES: Final = 16
_UNKNOWN_FORM: Final = "De referentie heeft een onbekende vorm. Gebruik een nieuwere versie van Koppelradar."
REFERENTIE_BYTES: Final = _NONCE_BYTES + _PLAINTEXT_BYTES + _TAG_BYTES


@lru_cache(maxsize=8)
def _cipher(organisatiesleutel: OrganisatieSleutel, label: Label) -> AESGCM:
    # One key per organisation and random nonces: NIST SP 800-38D allows 2**32 messages, far beyond its
    # signals.
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label)
    return AESGCM(hkdf.derive(organisatiesleutel.reveal()))


def _associated_data(convenant: ConvenantId, signaal_id: UUID) -> bytes:
    # The id of the signal has a fixed length and comes last, so the two cannot run into each other.
    return convenant.encode() + signaal_id.bytes


def _pad(clientnummer: str) -> bytes:
    try:
        content = clientnummer.encode("utf-8")
    except UnicodeEncodeError:
        raise OngeldigClientnummer("Het cliëntnummer bevat een teken dat niet bestaat.") from None  # cause holds it
    if not content:
        raise OngeldigClientnummer("Het cliëntnummer is leeg. Geef het nummer uit uw eigen systeem op.")
    if len(content) > MAX_CLIENTNUMMER_BYTES:
        raise OngeldigClientnummer(
            f"Het cliëntnummer is langer dan {MAX_CLIENTNUMMER_BYTES} bytes. Gebruik een korter nummer."
        )
    return (bytes([len(content)]) + content).ljust(_PLAINTEXT_BYTES, b"\x00")


def _unpad(plaintext: bytes) -> str:
    length, content = plaintext[0], plaintext[1:]
    if not 0 < length <= MAX_CLIENTNUMMER_BYTES or any(content[length:]):
        raise OngeldigeReferentie(_UNKNOWN_FORM)
    try:
        return content[:length].decode("utf-8")
    except UnicodeDecodeError:
        raise OngeldigeReferentie(_UNKNOWN_FORM) from None  # the cause holds the client number


def check_clientnummer(clientnummer: str) -> None:
    """Raise `OngeldigClientnummer` unless `seal_referentie` can seal this client number."""
    _pad(clientnummer)


def seal_referentie(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, signaal_id: UUID, clientnummer: str
) -> Referentie:
    """Return 156 bytes, different at every call, that only the holder of `organisatiesleutel` can open.

    Raises `OngeldigClientnummer` when the client number is empty or longer than 120 bytes in UTF-8.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(organisatiesleutel, Label.REFERENTIE).encrypt(nonce, _pad(clientnummer), _associated_data(convenant, signaal_id))
    return Referentie(nonce + sealed)


def open_referentie(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, signaal_id: UUID, referentie: bytes
) -> str:
    """Return the client number.

    Raises `OngeldigeReferentie` when the bytes were not sealed with this key for this convenant and signal.
    """
    if len(referentie) != REFERENTIE_BYTES:
        raise OngeldigeReferentie(f"De referentie is geen {REFERENTIE_BYTES} bytes lang.")
    nonce, sealed = referentie[:_NONCE_BYTES], referentie[_NONCE_BYTES:]
    try:
        plaintext = _cipher(organisatiesleutel, Label.REFERENTIE).decrypt(nonce, sealed, _associated_data(convenant, signaal_id))
    except InvalidTag as error:
        raise OngeldigeReferentie(
            "De referentie past niet bij deze sleutel, dit convenant en dit signaal. Controleer de organisatiesleutel."
        ) from error
    return _unpad(plaintext)
