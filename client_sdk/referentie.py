"""A client number or casusnummer, sealed by an organisation for itself and kept by the matcher.

A signal and a casus carry it so that a lost register can be rebuilt. The matcher sees a constant 156 bytes:

    12 nonce | 128 encrypted: 1 length, the number in UTF-8, zeros | 16 tag                 (AES-256-GCM)

The convenant and the id of the signal or casus are authenticated along, under a key for each of the two kinds: a
matcher that hands back the reference of another one is found out.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from client_sdk.errors import InvoerFout, OngeldigCasusnummer, OngeldigClientnummer, OngeldigeReferentie
from client_sdk.types import KEY_BYTES, Label, OrganisatieSleutel, Referentie
from convenant.types import ConvenantId

MAX_CLIENTNUMMER_BYTES: Final = 120
_NONCE_BYTES: Final = 12
_PLAINTEXT_BYTES: Final = 128
_TAG_BYTES: Final = 16
_UNKNOWN_FORM: Final = "De referentie heeft een onbekende vorm. Gebruik een nieuwere versie van Koppelradar."
REFERENTIE_BYTES: Final = _NONCE_BYTES + _PLAINTEXT_BYTES + _TAG_BYTES


@dataclass(frozen=True, slots=True)
class _Soort:
    """One of the two kinds: what it is called, and the label of its key."""

    naam: str
    label: Label
    fout: type[InvoerFout]

    def pad(self, nummer: str) -> bytes:
        try:
            content = nummer.encode("utf-8")
        except UnicodeEncodeError:
            raise self.fout(f"Het {self.naam} bevat een teken dat niet bestaat.") from None  # cause holds it
        if not content:
            raise self.fout(f"Het {self.naam} is leeg. Geef het nummer uit uw eigen systeem op.")
        if len(content) > MAX_CLIENTNUMMER_BYTES:
            raise self.fout(f"Het {self.naam} is langer dan {MAX_CLIENTNUMMER_BYTES} bytes. Gebruik een korter nummer.")
        return (bytes([len(content)]) + content).ljust(_PLAINTEXT_BYTES, b"\x00")

    def seal(self, sleutel: OrganisatieSleutel, nummer: str, context: bytes) -> Referentie:
        nonce = os.urandom(_NONCE_BYTES)
        return Referentie(nonce + _cipher(sleutel, self.label).encrypt(nonce, self.pad(nummer), context))

    def open(self, sleutel: OrganisatieSleutel, referentie: bytes, context: bytes) -> str:
        if len(referentie) != REFERENTIE_BYTES:
            raise OngeldigeReferentie(f"De referentie is geen {REFERENTIE_BYTES} bytes lang.")
        nonce, sealed = referentie[:_NONCE_BYTES], referentie[_NONCE_BYTES:]
        try:
            plaintext = _cipher(sleutel, self.label).decrypt(nonce, sealed, context)
        except InvalidTag as error:
            raise OngeldigeReferentie(
                "De referentie past niet bij deze sleutel, dit convenant en dit signaal. Controleer de "
                "organisatiesleutel."
            ) from error
        return _unpad(plaintext)


_CLIENTNUMMER: Final = _Soort("cliëntnummer", Label.REFERENTIE, OngeldigClientnummer)
_CASUSNUMMER: Final = _Soort("casusnummer", Label.CASUSNUMMER, OngeldigCasusnummer)


@lru_cache(maxsize=8)
def _cipher(organisatiesleutel: OrganisatieSleutel, label: Label) -> AESGCM:
    # One key per organisation and random nonces: NIST SP 800-38D allows 2**32 messages, far beyond its
    # signals.
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label)
    return AESGCM(hkdf.derive(organisatiesleutel.reveal()))


def _associated_data(convenant: ConvenantId, id_: UUID) -> bytes:
    # The id of the signal or casus has a fixed length and comes last, so the two cannot run into each other.
    return convenant.encode() + id_.bytes


def _unpad(plaintext: bytes) -> str:
    length, content = plaintext[0], plaintext[1:]
    if not 0 < length <= MAX_CLIENTNUMMER_BYTES or any(content[length:]):
        raise OngeldigeReferentie(_UNKNOWN_FORM)
    try:
        return content[:length].decode("utf-8")
    except UnicodeDecodeError:
        raise OngeldigeReferentie(_UNKNOWN_FORM) from None  # the cause holds the number


def check_clientnummer(clientnummer: str) -> None:
    """Raise `OngeldigClientnummer` unless `seal_referentie` can seal this client number."""
    _CLIENTNUMMER.pad(clientnummer)


def check_casusnummer(casusnummer: str) -> None:
    """Raise `OngeldigCasusnummer` unless `seal_casusnummer` can seal this casusnummer."""
    _CASUSNUMMER.pad(casusnummer)


def seal_referentie(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, signaal_id: UUID, clientnummer: str
) -> Referentie:
    """Return 156 bytes, different at every call, that only the holder of `organisatiesleutel` can open.

    Raises `OngeldigClientnummer` when the client number is empty or longer than 120 bytes in UTF-8.
    """
    return _CLIENTNUMMER.seal(organisatiesleutel, clientnummer, _associated_data(convenant, signaal_id))


def open_referentie(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, signaal_id: UUID, referentie: bytes
) -> str:
    """Return the client number.

    Raises `OngeldigeReferentie` when the bytes were not sealed with this key for this convenant and signal.
    """
    return _CLIENTNUMMER.open(organisatiesleutel, referentie, _associated_data(convenant, signaal_id))


def seal_casusnummer(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, casus: UUID, casusnummer: str
) -> Referentie:
    """Return a casusnummer sealed as `seal_referentie` seals a client number. Raises `OngeldigCasusnummer`."""
    return _CASUSNUMMER.seal(organisatiesleutel, casusnummer, _associated_data(convenant, casus))


def open_casusnummer(
    organisatiesleutel: OrganisatieSleutel, *, convenant: ConvenantId, casus: UUID, referentie: bytes
) -> str:
    """Return the casusnummer.

    Raises `OngeldigeReferentie` when the bytes were not sealed with this key for this convenant and casus.
    """
    return _CASUSNUMMER.open(organisatiesleutel, referentie, _associated_data(convenant, casus))
