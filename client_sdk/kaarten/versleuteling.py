"""A card under a key of its own, and that key under the kaartsleutel of everybody who signalled the same person.

    versleuteld = 12 nonce | AES-256-GCM(kaartgeheim, 2 length | JWS | zeros to 1024) | 16 tag         1052 bytes
    omslag      = 12 nonce | AES-256-GCM(kaartsleutel, kaartgeheim) | 16 tag                             60 bytes

The card is bound to convenant, signal, organisation and to a hash of its key: AES-GCM alone lets somebody make one
ciphertext that opens under two keys, as two cards. The omslag is bound to the epoch as well; the card is not, because
it outlives an epoch through a new omslag.
"""

import hashlib
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from client_sdk.errors import KaartOnbetrouwbaar
from client_sdk.kaarten.handtekening import MAX_JWS_BYTES
from client_sdk.kaarten.model import Kaartcontext
from client_sdk.types import KEY_BYTES, Kaartgeheim, Kaartsleutel
from convenant.base64url import encode_base64url
from convenant.canoniek import canonical_bytes
from convenant.types import Epoche

_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_LENGTH_BYTES: Final = 2
_PLAINTEXT_BYTES: Final = _LENGTH_BYTES + MAX_JWS_BYTES
KAART_BYTES: Final = _NONCE_BYTES + _PLAINTEXT_BYTES + _TAG_BYTES
OMSLAG_BYTES: Final = _NONCE_BYTES + KEY_BYTES + _TAG_BYTES
_DOES_NOT_OPEN: Final = "De contactkaart gaat niet open: zij is niet voor deze persoon gemaakt, of veranderd."


def generate_kaartgeheim() -> Kaartgeheim:
    """Return the key of one new card."""
    return Kaartgeheim(secrets.token_bytes(KEY_BYTES))


def seal_kaart(jws: str, geheim: Kaartgeheim, context: Kaartcontext) -> bytes:
    """Return the signed card encrypted, always 1052 bytes. Raises ValueError for a JWS of more than 1022 bytes."""
    content = jws.encode("ascii")
    if len(content) > MAX_JWS_BYTES:
        raise ValueError(f"a signed card has at most {MAX_JWS_BYTES} bytes")
    plain = (len(content).to_bytes(_LENGTH_BYTES, "big") + content).ljust(_PLAINTEXT_BYTES, b"\x00")
    return _seal(geheim.reveal(), plain, _kaart_context(geheim, context))


def open_kaart(versleuteld: bytes, geheim: Kaartgeheim, context: Kaartcontext) -> str:
    """Return the signed card; its signature is not checked here. Raises KaartOnbetrouwbaar."""
    plain = _open(geheim.reveal(), versleuteld, _kaart_context(geheim, context), KAART_BYTES)
    length, content = int.from_bytes(plain[:_LENGTH_BYTES], "big"), plain[_LENGTH_BYTES:]
    if length > MAX_JWS_BYTES or any(content[length:]) or not content[:length].isascii():
        raise KaartOnbetrouwbaar(_DOES_NOT_OPEN)
    return content[:length].decode("ascii")


def make_omslag(geheim: Kaartgeheim, kaartsleutel: Kaartsleutel, *, context: Kaartcontext, epoche: Epoche) -> bytes:
    """Return the key of a card, 60 bytes, for who signalled the same person in that epoch."""
    return _seal(kaartsleutel.reveal(), geheim.reveal(), _omslag_context(context, epoche))


def random_omslag() -> bytes:
    """Return 60 bytes that open for nobody: what a person without a kaartsleutel gets, so that it does not show."""
    return secrets.token_bytes(OMSLAG_BYTES)


def open_omslag(omslag: bytes, kaartsleutel: Kaartsleutel, *, context: Kaartcontext, epoche: Epoche) -> Kaartgeheim:
    """Return the key of a card. Raises KaartOnbetrouwbaar when it was not made for this person, signal and epoch."""
    return Kaartgeheim(_open(kaartsleutel.reveal(), omslag, _omslag_context(context, epoche), OMSLAG_BYTES))


def _kaart_context(geheim: Kaartgeheim, context: Kaartcontext) -> bytes:
    sleutelhash = encode_base64url(hashlib.sha256(geheim.reveal()).digest())
    return canonical_bytes({**context.document(), "sleutelhash": sleutelhash})


def _omslag_context(context: Kaartcontext, epoche: Epoche) -> bytes:
    return canonical_bytes({**context.document(), "epoche": epoche})


def _seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def _open(key: bytes, sealed: bytes, context: bytes, length: int) -> bytes:
    if len(sealed) != length:
        raise KaartOnbetrouwbaar(_DOES_NOT_OPEN)
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except InvalidTag as error:
        raise KaartOnbetrouwbaar(_DOES_NOT_OPEN) from error
