"""Sealing K for one party, and opening it there. No I/O.

What is sealed is a JWS (RFC 7515) by the sleutelbewaarder over K, the convenant, the epoch and the receiver. The seal
keeps K from everybody else; the signature keeps others, the operator of the matcher above all, from handing out a K
that they know. Whoever compares two fingerprints knows that two parties have one K, and nothing about K.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from convenant.base64url import decode_base64url, encode_base64url
from convenant.errors import OngeldigeUitgifte, OngeldigZegel
from convenant.model import Convenant, PubliekeSleutel
from convenant.sleutelbestanden import SLEUTEL_BYTES
from convenant.types import ConvenantId, Epoche, Oin
from convenant.zegel import Zegel, Zegelsleutel

_TYPE: Final = "convenantsleutel+jws"
_ALG: Final = "Ed25519"  # the name that RFC 9864 gives to EdDSA on this curve
_INFO: Final = b"koppelradar/convenantsleutel/v1\x00"
_FINGERPRINT: Final = b"koppelradar/convenantsleutel/vingerafdruk/v1"
_FINGERPRINT_BYTES: Final = 8
_VERSIE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitgifte:
    """K of one epoch, for one party; may travel over any road."""

    convenant: ConvenantId
    epoche: Epoche
    ontvanger: Oin
    zegel: Zegel = field(repr=False)

    def to_json(self) -> str:
        """Return the one line that goes into a file."""
        return json.dumps(
            {
                "versie": _VERSIE,
                "convenant": self.convenant,
                "epoche": self.epoche,
                "ontvanger": self.ontvanger,
                "zegel": encode_base64url(self.zegel),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Uitgifte":
        """Return what a file holds; nothing in it has been checked yet. Raises `OngeldigeUitgifte`."""
        try:
            document = json.loads(text)
            if document["versie"] != _VERSIE:
                raise OngeldigeUitgifte("Dit sleutelbericht is van een nieuwere versie. Werk Koppelradar bij.")
            return cls(
                convenant=ConvenantId(str(document["convenant"])),
                epoche=Epoche(int(document["epoche"])),
                ontvanger=Oin(str(document["ontvanger"])),
                zegel=Zegel(decode_base64url(str(document["zegel"]))),
            )
        except (ValueError, KeyError, TypeError):
            # Without its cause, which can quote what was in the file.
            raise OngeldigeUitgifte("Dit is geen sleutelbericht. Vraag de sleutelbewaarder om een nieuw.") from None


def give_out(k: bytes, convenant: Convenant, epoche: Epoche, ontvanger: Oin, *, ondertekenaar: OKPKey) -> Uitgifte:
    """Return K sealed for one party; `ondertekenaar` is the private Ed25519 key of the sleutelbewaarder.

    Raises `OnbekendePartij`, `OnbekendeEpoche`, and `OngeldigeUitgifte` when the convenant does not register that key
    for its sleutelbewaarder, or no sealing key for the party.
    """
    convenant.epoche(epoche)
    publiek = convenant.partij(ontvanger).zegelsleutel
    if publiek is None:
        raise OngeldigeUitgifte("Deze partij heeft in het convenant geen zegelsleutel. Vraag haar om een.")
    if ondertekenaar.as_dict(private=False)["x"] not in {sleutel.x for sleutel in _registered(convenant)}:
        raise OngeldigeUitgifte("Het convenant noemt deze ondertekensleutel niet bij de sleutelbewaarder.")
    inhoud = {**_claims(convenant.id, epoche, ontvanger), "k": encode_base64url(k)}
    header = {"alg": _ALG, "typ": _TYPE}
    signed = jws.serialize_compact(header, json.dumps(inhoud), ondertekenaar, algorithms=[_ALG])
    zegel = publiek.seal(signed.encode(), info=_info(convenant.id, epoche, ontvanger))
    return Uitgifte(convenant=convenant.id, epoche=epoche, ontvanger=ontvanger, zegel=zegel)


def open_uitgifte(uitgifte: Uitgifte, zegelsleutel: Zegelsleutel, convenant: Convenant, *, ontvanger: Oin) -> bytes:
    """Return K, 32 bytes, which the sleutelbewaarder of this convenant made for this party and epoch.

    Raises `OngeldigeUitgifte` when it is for another convenant or party, does not open, or is not signed by the
    sleutelbewaarder that the convenant names; `OnbekendeEpoche` for an epoch that it does not have.
    """
    convenant.epoche(uitgifte.epoche)
    if uitgifte.convenant != convenant.id or uitgifte.ontvanger != ontvanger:
        raise OngeldigeUitgifte("Dit sleutelbericht is voor een ander convenant of een andere organisatie.")
    info = _info(uitgifte.convenant, uitgifte.epoche, uitgifte.ontvanger)
    try:
        signed = zegelsleutel.open(uitgifte.zegel, info=info)
    except OngeldigZegel as error:
        raise OngeldigeUitgifte(
            "Dit sleutelbericht gaat niet open met uw zegelsleutel. Staat uw nieuwste zegelsleutel in het convenant?"
        ) from error
    inhoud = _verified(signed, _registered(convenant))
    if {**inhoud, "k": ""} != {**_claims(uitgifte.convenant, uitgifte.epoche, uitgifte.ontvanger), "k": ""}:
        raise _forged()
    return _key_of(inhoud)


def vingerafdruk(sleutel: bytes) -> str:
    """Return sixteen hex digits in groups of four, to compare by telephone: equal for one K, useless to find it."""
    digest = hmac.digest(sleutel, _FINGERPRINT, hashlib.sha256)[:_FINGERPRINT_BYTES].hex()
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


def _registered(convenant: Convenant) -> tuple[PubliekeSleutel, ...]:
    bewaarder = convenant.sleutelbewaarder
    return bewaarder.sleutels if bewaarder else ()


def _claims(convenant: ConvenantId, epoche: Epoche, ontvanger: Oin) -> dict[str, Any]:
    return {"convenant": convenant, "epoche": epoche, "ontvanger": ontvanger}


def _info(convenant: ConvenantId, epoche: Epoche, ontvanger: Oin) -> bytes:
    # An identifier holds no slash, so that two of these never run into each other.
    return _INFO + f"{convenant}/{epoche}/{ontvanger}".encode()


def _verified(signed: bytes, sleutels: Iterable[PubliekeSleutel]) -> dict[str, Any]:
    for sleutel in sleutels:
        try:
            found = jws.deserialize_compact(signed, OKPKey.import_key(_without_alg(sleutel)), algorithms=[_ALG])
            inhoud = json.loads(found.payload)
        except (JoseError, ValueError, KeyError, TypeError):
            continue
        if found.headers().get("typ") == _TYPE and isinstance(inhoud, dict):
            return inhoud
    raise _forged()


def _without_alg(sleutel: PubliekeSleutel) -> dict[str, str | list[str]]:
    return {naam: waarde for naam, waarde in sleutel.as_jwk().items() if naam != "alg"}


def _key_of(inhoud: dict[str, Any]) -> bytes:
    try:
        sleutel = decode_base64url(inhoud["k"])
    except (ValueError, KeyError, TypeError):
        raise _forged() from None
    if len(sleutel) != SLEUTEL_BYTES:
        raise _forged()
    return sleutel


def _forged() -> OngeldigeUitgifte:
    return OngeldigeUitgifte(
        "Dit sleutelbericht is niet van de sleutelbewaarder die het convenant noemt. Gebruik het niet en meld dit."
    )
