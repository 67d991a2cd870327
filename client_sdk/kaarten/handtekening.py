"""The signature of a card: a compact JWS (RFC 7515) with the organisation's own Ed25519 key.

Who holds a card cannot change it, and a matcher or co-signaller that has no key of the organisation cannot make one.
"""

import json
from typing import Annotated, Final, Literal
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from client_sdk.errors import KaartOnbetrouwbaar, KaartOngeldig
from client_sdk.kaarten.model import Contactkaart, Kaartcontext, Kaartgegevens
from client_sdk.sleutels import Ondertekensleutel
from convenant.model import Convenant, PubliekeSleutel
from convenant.types import ConvenantId, Oin

MAX_JWS_BYTES: Final = 1022
_ALG: Final = "Ed25519"
"""The name that RFC 9864 gives to EdDSA on this curve."""
_TYP: Final = "kaart+jws"
_VELDEN: Final = ("professional", "functie", "telefoon", "email", "beschikbaarheid")

_Tekst = Annotated[str, StringConstraints(max_length=MAX_JWS_BYTES)]


class _Inhoud(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    versie: Literal[1]
    convenant: _Tekst
    signaal: UUID
    oin: _Tekst
    naam: _Tekst
    professional: _Tekst
    functie: _Tekst
    telefoon: _Tekst
    email: _Tekst
    beschikbaarheid: _Tekst


def sign_kaart(
    gegevens: Kaartgegevens, *, context: Kaartcontext, naam: str, ondertekensleutel: Ondertekensleutel
) -> str:
    """Return the card as a JWS of at most 1022 bytes; `naam` is the organisation's.

    Raises KaartOngeldig, naming the longest field, for a card that does not fit.
    """
    velden = {veld: getattr(gegevens, veld) for veld in _VELDEN}
    inhoud = {"versie": 1, **context.document(), "naam": naam, **velden}
    payload = json.dumps(inhoud, ensure_ascii=False, separators=(",", ":")).encode()
    header = {"alg": _ALG, "kid": ondertekensleutel.kid, "typ": _TYP}
    key = OKPKey.import_key(dict(ondertekensleutel.private_jwk()))
    token = jws.serialize_compact(header, payload, key, algorithms=[_ALG])
    if len(token) > MAX_JWS_BYTES:
        langste = max(_VELDEN, key=lambda veld: len(velden[veld].encode()))
        te_veel = (len(token) - MAX_JWS_BYTES) * 3 // 4 + 1
        raise KaartOngeldig(langste, f"De contactkaart is te lang. Maak dit veld ongeveer {te_veel} tekens korter.")
    return token


def verify_kaart(token: str, *, context: Kaartcontext, convenant: Convenant) -> Contactkaart:
    """Return the card, once it is signed with a key that the convenant names for the OIN of the context.

    Raises KaartOnbetrouwbaar for another signature, for a card of another convenant, signal or organisation, and for
    one of another form: it is nobody's word then.
    """
    inhoud = _read(_verified_payload(token, _sleutels_of(convenant, context.oin)))
    found = Kaartcontext(convenant=ConvenantId(inhoud.convenant), signaal=inhoud.signaal, oin=Oin(inhoud.oin))
    if found != context or convenant.id != context.convenant:
        raise KaartOnbetrouwbaar("De contactkaart hoort bij een ander signaal of een andere organisatie.")
    try:
        gegevens = Kaartgegevens(**{veld: getattr(inhoud, veld) for veld in _VELDEN})
    except KaartOngeldig as error:
        raise KaartOnbetrouwbaar("De contactkaart is niet ingevuld zoals het hoort.") from error
    return Contactkaart(context=context, naam=inhoud.naam, gegevens=gegevens)


def context_of(token: str) -> Kaartcontext:
    """Return what a card says it belongs to, unverified: for `verify_kaart` to hold it to. Raises KaartOnbetrouwbaar.

    A released card names its signal itself; whose it is and under which convenant, the caller knows.
    """
    try:
        payload = jws.extract_compact(token.encode("ascii")).payload
    except (JoseError, ValueError):
        raise KaartOnbetrouwbaar("De contactkaart heeft een onbekende vorm.") from None
    inhoud = _read(payload)
    return Kaartcontext(convenant=ConvenantId(inhoud.convenant), signaal=inhoud.signaal, oin=Oin(inhoud.oin))


def _sleutels_of(convenant: Convenant, oin: Oin) -> tuple[PubliekeSleutel, ...]:
    return convenant.partij(oin).sleutels if convenant.has_partij(oin) else ()


def _verified_payload(token: str, sleutels: tuple[PubliekeSleutel, ...]) -> bytes:
    # The keys that count are those of the convenant; the header only says which of them to try.
    for sleutel in sleutels:
        if sleutel.is_ed25519:
            payload = _payload(token, sleutel)
            if payload is not None:
                return payload
    raise KaartOnbetrouwbaar("De handtekening op de contactkaart is niet van deze organisatie.")


def _payload(token: str, sleutel: PubliekeSleutel) -> bytes | None:
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": sleutel.x or ""})
    try:
        found = jws.deserialize_compact(token, key, algorithms=[_ALG])
    except (JoseError, ValueError):
        return None
    # The key is chosen above, so a kid proves nothing; what else a header says could change how the rest is read.
    return found.payload if {**found.headers(), "kid": None} == {"alg": _ALG, "kid": None, "typ": _TYP} else None


def _read(payload: bytes) -> _Inhoud:
    try:
        return _Inhoud.model_validate_json(payload)
    except ValidationError:
        # Without its cause: pydantic can quote what the card says.
        raise KaartOnbetrouwbaar("De contactkaart heeft een onbekende vorm. Werk Koppelradar bij.") from None
