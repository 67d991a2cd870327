"""The cryptography of the register.

One random data key per register encrypts everything personal (AES-256-GCM) and indexes client numbers (HMAC).
The data key itself lies in the register once per user, wrapped under that user's RegisterSleutel, so that
several users open the same register and one of them can lose access without the others noticing.

Who copied the file and once held a key keeps that copy readable: taking away access is not re-encrypting.
"""

import hmac
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from client_sdk.errors import RegisterBeschadigd, RegisterVergrendeld
from client_sdk.persoon import Persoon
from client_sdk.types import KEY_BYTES, Geheim, RegisterSleutel

GeheimT = TypeVar("GeheimT", bound=Geheim)

# Part of what every value is bound to, so it says how values are sealed, not how the tables look: a new table layout
# must not make old values unreadable.
_FORMAT: Final = 1
_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16
_WRAP_INFO: Final = b"koppelradar/register/toegang/v1"
_SEAL_INFO: Final = b"koppelradar/register/inhoud/v1"
_CASUS: Final = b"casus\x00"
_INDEX_INFO: Final = b"koppelradar/register/index/v1"


@dataclass(frozen=True, slots=True)
class Omslag:
    """The data key, wrapped for one user; says nothing without that user's key."""

    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Kluis:
    """Seals and opens what the register holds, each value bound to its signal (pair, casus), column and format."""

    _data_key: bytes = field(repr=False)
    _cipher: AESGCM = field(repr=False)
    _index_key: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """Return a vault with a new data key."""
        return cls._from_data_key(os.urandom(KEY_BYTES))

    @classmethod
    def unwrap(cls, omslag: Omslag, sleutel: RegisterSleutel, label: str) -> Self:
        """Return the vault in a wrapped key. Raises RegisterVergrendeld when this key does not open it."""
        cipher = AESGCM(_derive(sleutel.reveal(), _WRAP_INFO, omslag.salt))
        try:
            return cls._from_data_key(_open(cipher, omslag.wrapped, _wrap_context(label)))
        except (InvalidTag, ValueError) as error:
            raise RegisterVergrendeld("Deze sleutel opent het register niet.") from error

    def wrap(self, sleutel: RegisterSleutel, label: str) -> Omslag:
        """Return the data key wrapped for the user `label`."""
        salt = os.urandom(_SALT_BYTES)
        cipher = AESGCM(_derive(sleutel.reveal(), _WRAP_INFO, salt))
        return Omslag(salt=salt, wrapped=_seal(cipher, self._data_key, _wrap_context(label)))

    def seal(self, document: Any, *, signaal: UUID, column: str) -> bytes:
        """Return a JSON value, encrypted for one column of one signal."""
        plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        return _seal(self._cipher, plain, _context(signaal, column))

    def open(self, sealed: bytes, *, signaal: UUID, column: str) -> Any:
        """Return what was sealed. Raises RegisterBeschadigd, naming the signal, when it was changed."""
        try:
            return json.loads(_open(self._cipher, sealed, _context(signaal, column)))
        except (InvalidTag, ValueError) as error:
            raise _damaged(signaal) from error

    def seal_key(self, geheim: Geheim, *, signaal: UUID, column: str) -> bytes:
        """Return a key, encrypted for one column of one signal."""
        return _seal(self._cipher, geheim.reveal(), _context(signaal, column))

    def open_key(self, sealed: bytes, soort: type[GeheimT], *, signaal: UUID, column: str) -> GeheimT:
        """Return a key that was sealed. Raises RegisterBeschadigd, naming the signal, when it was changed."""
        try:
            return soort(_open(self._cipher, sealed, _context(signaal, column)))
        except (InvalidTag, ValueError) as error:
            raise _damaged(signaal) from error

    def blind_index(self, clientnummer: str) -> bytes:
        """Return 32 bytes by which a client number is found again, however its accents are composed."""
        return hmac.digest(self._index_key, unicodedata.normalize("NFC", clientnummer).encode(), "sha256")

    def blind_casusindex(self, casusnummer: str) -> bytes:
        """Return 32 bytes by which a casusnummer is found again; never those of a client with the same number."""
        return hmac.digest(self._index_key, _CASUS + unicodedata.normalize("NFC", casusnummer).encode(), "sha256")

    @classmethod
    def _from_data_key(cls, data_key: bytes) -> Self:
        return cls(data_key, AESGCM(_derive(data_key, _SEAL_INFO)), _derive(data_key, _INDEX_INFO))


def persoon_document(persoon: Persoon) -> dict[str, str | None]:
    """Return a person as JSON, to be sealed."""
    return asdict(persoon)


def _damaged(signaal: UUID) -> RegisterBeschadigd:
    return RegisterBeschadigd(
        f"De gegevens van signaal {signaal} in het register zijn beschadigd. Zet een back-up terug."
    )


def _derive(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def _wrap_context(label: str) -> bytes:
    return f"toegang/{_FORMAT}/{label}".encode()


def _context(signaal: UUID, column: str) -> bytes:
    return f"signaal/{_FORMAT}/{column}/{signaal}".encode()


def _seal(cipher: AESGCM, plain: bytes, context: bytes) -> bytes:
    # Random nonces under one key: NIST SP 800-38D, 8.3 allows 2**32 of them, far beyond any organisation.
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, context)


def _open(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
