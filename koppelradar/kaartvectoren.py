"""The contact card in the test vectors: one card with all that opens it, and what must not open it.

What needs real randomness (nonces, HPKE) is kept from the file that is there, as long as it still opens; the rest
follows from the names of the keys.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client_sdk.errors import KaartOnbetrouwbaar
from client_sdk.kaarten import (
    Kaartcontext,
    Kaartgegevens,
    make_omslag,
    open_kaart,
    open_omslag,
    open_vrijgave,
    open_zegel,
    seal_geheim,
    seal_kaart,
    seal_vrijgave,
    sign_kaart,
)
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import Kaartgeheim, Kaartsleutel
from convenant.base64url import decode_base64url, encode_base64url
from convenant.types import ConvenantId, Epoche, Oin
from convenant.zegel import Kem, Zegelsleutel

_NAAM: Final = "Stichting De Vectoren"
_OIN: Final = Oin("00000099000000021000")
_ONTVANGER: Final = Oin("00000099000000001000")
_ANDER: Final = Oin("00000099000000011000")
_SIGNAAL: Final = UUID("0f6c7a52-3a0e-4b8e-9d0a-6c1f2e3d4b5a")
_GEGEVENS: Final = Kaartgegevens(
    professional="Z. Öztürk",
    functie="wijkcoach",
    telefoon="072-000 00 11",
    email="z.ozturk@example.nl",
    beschikbaarheid="ma t/m do, 9-17 uur",
)


def sleutels() -> dict[str, Any]:
    """Return the keys for the card: a signing key, and a sealing key of each kind."""
    return {
        "ondertekensleutel": dict(_ondertekensleutel().private_jwk()),
        "zegelsleutels": [
            {
                "kem": kem.value,
                "geheim": encode_base64url(_zegelsleutel(kem).reveal()),
                "publiek": encode_base64url(_zegelsleutel(kem).publiek.publiek),
            }
            for kem in Kem
        ],
    }


def kaart(existing: Mapping[str, Any], *, convenant: ConvenantId, epoche: Epoche) -> dict[str, Any]:
    """Return the card; what of `existing` still opens is kept."""
    context = Kaartcontext(convenant=convenant, signaal=_SIGNAAL, oin=_OIN)
    jws = sign_kaart(_GEGEVENS, context=context, naam=_NAAM, ondertekensleutel=_ondertekensleutel())
    geheim, kaartsleutel = Kaartgeheim(_secret("kaartgeheim")), Kaartsleutel(_secret("kaartsleutel"))
    found: dict[str, Any] = {
        **context.document(),
        "epoche": epoche,
        "naam": _NAAM,
        "gegevens": {
            veld: getattr(_GEGEVENS, veld)
            for veld in ("professional", "functie", "telefoon", "email", "beschikbaarheid")
        },
        "jws": jws,
        "kaartgeheim": encode_base64url(geheim.reveal()),
        "kaartsleutel": encode_base64url(kaartsleutel.reveal()),
        "versleuteld": _kept(
            existing.get("versleuteld"),
            lambda old: open_kaart(old, geheim, context) == jws,
            lambda: seal_kaart(jws, geheim, context),
        ),
        "omslag": _kept(
            existing.get("omslag"),
            lambda old: open_omslag(old, kaartsleutel, context=context, epoche=epoche) == geheim,
            lambda: make_omslag(geheim, kaartsleutel, context=context, epoche=epoche),
        ),
        "ontvanger": _ONTVANGER,
        "zegels": [_zegel(kem, existing, jws, geheim, context) for kem in Kem],
    }
    return {**found, "opentNiet": list(_must_not_open(found))}


def _zegel(
    kem: Kem, existing: Mapping[str, Any], jws: str, geheim: Kaartgeheim, context: Kaartcontext
) -> dict[str, str]:
    old: dict[str, str] = next((zegel for zegel in existing.get("zegels", []) if zegel["kem"] == kem.value), {})
    sleutel = _zegelsleutel(kem)
    seal = partial(seal_vrijgave, convenant=context.convenant, oin=context.oin, ontvanger=_ONTVANGER)
    open_it = partial(open_vrijgave, convenant=context.convenant, oin=context.oin, ontvanger=_ONTVANGER)
    return {
        "kem": kem.value,
        "zegel": _kept(
            old.get("zegel"),
            lambda z: open_zegel(z, context=context, ontvanger=_ONTVANGER, zegelsleutel=sleutel) == geheim,
            lambda: seal_geheim(geheim, context=context, ontvanger=_ONTVANGER, zegelsleutel=sleutel.publiek),
        ),
        "vrijgave": _kept(
            old.get("vrijgave"),
            lambda z: open_it(z, zegelsleutel=sleutel) == jws,
            lambda: seal(jws, zegelsleutel=sleutel.publiek),
        ),
    }


def _kept(existing: str | None, opens: Callable[[bytes], bool], make: Callable[[], bytes]) -> str:
    try:
        if existing is not None and opens(decode_base64url(existing)):
            return existing
    except (KaartOnbetrouwbaar, ValueError):
        pass
    return encode_base64url(make())


def _must_not_open(kaart: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield changes, each of which must be refused when it takes the place of what the card says."""
    changes: Mapping[str, Mapping[str, Any]] = {
        "kaartsleutel van een broer of zus": {"kaartsleutel": encode_base64url(_secret("kaartsleutel broer"))},
        "omslag in een andere epoche": {"epoche": kaart["epoche"] + 1},
        "kaart bij een ander signaal": {"signaal": str(UUID(int=1))},
        "kaart van een andere organisatie": {"oin": _ANDER},
        "kaart in een ander convenant": {"convenant": "vectoren-2027"},
        "laatste byte van de kaart veranderd": {"versleuteld": _flipped(kaart["versleuteld"])},
        "laatste byte van de omslag veranderd": {"omslag": _flipped(kaart["omslag"])},
        "kaart van een byte te weinig": {"versleuteld": encode_base64url(decode_base64url(kaart["versleuteld"])[:-1])},
        "zegel voor een andere ontvanger": {"ontvanger": _ANDER},
        "handtekening veranderd": {"jws": kaart["jws"][:-4] + ("AAAA" if kaart["jws"][-4:] != "AAAA" else "BBBB")},
    }
    for naam, anders in changes.items():
        yield {"naam": naam, "anders": dict(anders)}


def _flipped(text: str) -> str:
    data = decode_base64url(text)
    return encode_base64url(data[:-1] + bytes([data[-1] ^ 1]))


def _secret(naam: str) -> bytes:
    return hashlib.sha256(f"koppelradar testvectoren {naam}".encode()).digest()


def _ondertekensleutel() -> Ondertekensleutel:
    privaat = Ed25519PrivateKey.from_private_bytes(_secret("ondertekensleutel"))
    jwk = {
        "kty": "OKP",
        "crv": "Ed25519",
        "d": encode_base64url(privaat.private_bytes_raw()),
        "x": encode_base64url(privaat.public_key().public_bytes_raw()),
    }
    return Ondertekensleutel.from_private_jwk(jwk)


def _zegelsleutel(kem: Kem) -> Zegelsleutel:
    x25519 = _secret(f"zegelsleutel {kem.value} x25519")
    if kem is Kem.X25519:
        return Zegelsleutel.from_bytes(kem, x25519)
    return Zegelsleutel.from_bytes(kem, _secret("zegelsleutel d") + _secret("zegelsleutel z") + x25519)
