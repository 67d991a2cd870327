"""From a linkage key to the token that is sent and the key that is kept (profile nl-1).

    x            = HMAC-SHA-256(K, "koppelradar/nl-1/" + code + 0x00 + invoer)
    mode voprf   : y = the VOPRF output of x, 64 bytes (`client_sdk.koppeltokens.voprf`)
    mode hmac    : y = x
    koppeltoken  = HKDF-SHA-256(y, salt = convenant id + "/" + epoch, info = "koppeltoken/" + code, 32 bytes)
    kaartsleutel = HKDF-SHA-256(y, salt = same, info = "kaartsleutel/" + code, 32 bytes), slot `zeker` only
    vraagsleutel = HKDF-SHA-256(y, salt = same, info = "vraagsleutel/" + code, 32 bytes), slot `zeker` only

Who holds K can compute the token of any name in mode hmac: it does not withstand guessing by a party, and is for a
`proef` only. In mode voprf each guess takes an evaluation by the sleutelhouder.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens._hkdf import Mac, expand, extract
from client_sdk.koppeltokens.model import Tokenset
from client_sdk.types import (
    ConvenantSleutel,
    GemaskeerdeInvoer,
    Kaartsleutel,
    Koppeltoken,
    Label,
    OrganisatieSleutel,
    Vraagsleutel,
)
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Niveau

_CODES: Final = tuple(slot.code for slot in NL_1.slots)
_ZEKER: Final = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.ZEKER)
_LENGTH_BYTES: Final = 4
_UITKOMST_BYTES: Final = (32, 64)  # mode hmac, mode voprf
# Looked up once: an attribute of an Enum costs as much as a hash.
_MASK: Final = Label.KOPPELSLEUTEL_NL_1.decode()
_KOPPELTOKEN_INFO: Final = {code: Label.KOPPELTOKEN + code.encode() for code in _CODES}
_KAARTSLEUTEL_INFO: Final = Label.KAARTSLEUTEL + _ZEKER.encode()
_VRAAGSLEUTEL_INFO: Final = Label.VRAAGSLEUTEL + _ZEKER.encode()


@dataclass(frozen=True, slots=True)
class Tokenafleiding:
    """Derives what the signals of one convenant hold in one epoch.

    Tokens of two convenants or two epochs cannot be compared with each other, also when they share the key.
    """

    convenant: ConvenantId
    epoche: Epoche
    sleutel: ConvenantSleutel
    _mask: Mac = field(init=False, repr=False, compare=False)
    _salt: Mac = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_mask", Mac(self.sleutel.reveal()))
        object.__setattr__(self, "_salt", Mac(f"{self.convenant}/{self.epoche}".encode()))

    def mask(self, koppelsleutel: Koppelsleutel) -> GemaskeerdeInvoer:
        """Return x: the key under K, 32 bytes; what is blinded in mode voprf, and what y is in mode hmac."""
        message = f"{_MASK}{koppelsleutel.code}\x00{koppelsleutel.invoer}".encode()
        return GemaskeerdeInvoer(self._mask.digest(message))

    def koppeltoken(self, code: str, uitkomst: bytes) -> Koppeltoken:
        """Return the 32 bytes that every party of the convenant derives from this y in this slot and epoch.

        Raises ValueError for a code outside the profile, and for a y that is not 32 (mode hmac) or 64 bytes (mode
        voprf).
        """
        info = _KOPPELTOKEN_INFO.get(code)
        if info is None:
            raise ValueError("each key needs a slot of the profile")
        return Koppeltoken(expand(self._extract(uitkomst), info))

    def kaartsleutel(self, uitkomst: bytes) -> Kaartsleutel:
        """Return the key for contact cards that the y of slot `zeker` gives. Raises ValueError as `koppeltoken`."""
        return Kaartsleutel(expand(self._extract(uitkomst), _KAARTSLEUTEL_INFO))

    def vraagsleutel(self, uitkomst: bytes) -> Vraagsleutel:
        """Return the key for bekendheidsvragen that the y of slot `zeker` gives. Raises ValueError as `koppeltoken`."""
        return Vraagsleutel(expand(self._extract(uitkomst), _VRAAGSLEUTEL_INFO))

    def tokenset(
        self, uitkomsten: Mapping[str, bytes], *, organisatiesleutel: OrganisatieSleutel, clientnummer: str
    ) -> Tokenset:
        """Return the tokens of a person, from the y of each code it bears a key for; other slots get a filler.

        The same client gives the same fillers within an epoch, so that neither the number of real keys nor a
        repeated submission shows. Only the organisation can tell a filler from a token. Raises ValueError for
        a code outside the profile, or a y of another length than 32 or 64 bytes.
        """
        if not uitkomsten.keys() <= _KOPPELTOKEN_INFO.keys():
            raise ValueError("each key needs a slot of the profile")
        koppeltokens = tuple(
            self.koppeltoken(code, uitkomsten[code])
            if code in uitkomsten
            else self._filler(code, organisatiesleutel=organisatiesleutel, clientnummer=clientnummer)
            for code in _CODES
        )
        zeker = uitkomsten.get(_ZEKER)
        if zeker is None:
            return Tokenset(self.epoche, koppeltokens, None, None)
        return Tokenset(self.epoche, koppeltokens, self.kaartsleutel(zeker), self.vraagsleutel(zeker))

    def tokenset_hmac(
        self, sleutels: Iterable[Koppelsleutel], *, organisatiesleutel: OrganisatieSleutel, clientnummer: str
    ) -> Tokenset:
        """Return the tokens of a person in mode hmac, with fillers as `tokenset`.

        Raises ValueError for two keys of one code, or a code outside the profile.
        """
        uitkomsten = {code: self.mask(sleutel) for code, sleutel in by_code(sleutels).items()}
        return self.tokenset(uitkomsten, organisatiesleutel=organisatiesleutel, clientnummer=clientnummer)

    def _extract(self, uitkomst: bytes) -> bytes:
        # An empty y would give a token that anybody can compute, and that matches all others of its kind.
        if len(uitkomst) not in _UITKOMST_BYTES:
            raise ValueError("the outcome of a key has 32 bytes in mode hmac, 64 in mode voprf")
        return extract(self._salt, uitkomst)

    def _filler(self, code: str, *, organisatiesleutel: OrganisatieSleutel, clientnummer: str) -> Koppeltoken:
        message = _unambiguous(self.convenant, str(self.epoche), code, clientnummer)
        return Koppeltoken(hmac.digest(organisatiesleutel.reveal(), Label.VULLING + b"\x00" + message, "sha256"))


def by_code(sleutels: Iterable[Koppelsleutel]) -> dict[str, Koppelsleutel]:
    """Return the keys of one person by code. Raises ValueError for two of one code, or one outside the profile."""
    keys: dict[str, Koppelsleutel] = {}
    for sleutel in sleutels:
        if sleutel.code not in _CODES or sleutel.code in keys:
            raise ValueError("each key needs a slot of its own in the profile")
        keys[sleutel.code] = sleutel
    return keys


def _unambiguous(*parts: str) -> bytes:
    """Return the parts each behind its length: no two lists of parts give the same bytes."""
    encoded = (part.encode("utf-8", "surrogatepass") for part in parts)
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in encoded)
