"""Who is calling: private_key_jwt (RFC 7523; NL GOV OAuth profile) against the keys that the convenant registers."""

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import KeySet, OKPKey, RSAKey

from convenant.model import Convenant, PubliekeSleutel
from convenant.types import Oin, Rol
from convenant.web.errors import OngeldigeClient, OngeldigeScope
from convenant.web.types import Client

ALGORITMEN = ("RS256", "PS256", "EdDSA", "Ed25519")
"""What a client may sign with. `Ed25519` is the name that RFC 9864 gives to the EdDSA of this curve."""

MAX_LEVENSDUUR = timedelta(seconds=60)
SCHEEFSTAND = timedelta(seconds=10)
"""How far the clocks of the two sides may be apart."""

_JTI = re.compile(r"[\x21-\x7e]{22,128}")  # 22 characters of base64url hold 128 bits
_ONBEKEND = "De assertie is niet geldig. Onderteken haar met een sleutel die in het convenant staat."


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertie:
    """A verified assertion. Whether it was used before is not checked here."""

    client: Client
    rollen: frozenset[Rol]
    jti: str
    verloopt_op: datetime


def verify_assertie(
    assertion: str, *, client_id: str, convenanten: Iterable[Convenant], audience: str, op: datetime
) -> Assertie:
    """The caller that this assertion proves. `op` is the present moment, aware.

    Raises OngeldigeClient; the reason is told only as far as it helps an honest client.
    """
    deelnames = [c for c in convenanten if c.has_partij(Oin(client_id))]
    partijen = [convenant.partij(Oin(client_id)) for convenant in deelnames]
    # A set of keys and not of kids: two convenanten may register different keys under one kid.
    sleutels = {sleutel for partij in partijen for sleutel in partij.sleutels}
    claims = _verified_claims(assertion, sleutels)
    return Assertie(
        client=_check_names(claims, client_id, audience),
        rollen=frozenset(rol for partij in partijen for rol in partij.rollen),
        jti=_check_jti(claims),
        verloopt_op=_check_period(claims, op),
    )


def rollen_of(client: Oin, convenanten: Iterable[Convenant]) -> frozenset[Rol]:
    """The roles that an organisation has at this moment, in whatever convenant."""
    return frozenset(
        rol for convenant in convenanten if convenant.has_partij(client) for rol in convenant.partij(client).rollen
    )


def choose_scope(asked: str | None, rollen: frozenset[Rol]) -> str:
    """The roles that the access token will carry: those asked for, or all. Raises OngeldigeScope."""
    granted = {rol.value for rol in rollen}
    wanted = set(asked.split()) if asked else granted
    if not wanted or not wanted <= granted:
        raise OngeldigeScope("Uw organisatie heeft deze rol niet in het convenant. Vraag een andere scope aan.")
    return " ".join(sorted(wanted))


def _verified_claims(assertion: str, sleutels: Iterable[PubliekeSleutel]) -> Mapping[str, Any]:
    for sleutel in sleutels:
        claims = _claims_under(assertion, sleutel)
        if claims is not None:
            return claims
    raise OngeldigeClient(_ONBEKEND)


def _claims_under(assertion: str, sleutel: PubliekeSleutel) -> Mapping[str, Any] | None:
    try:
        with warnings.catch_warnings():
            # RFC 9864 renames EdDSA; the Dutch profile and most libraries still use the old name.
            warnings.simplefilter("ignore", SecurityWarning)
            token = jwt.decode(assertion, KeySet([_import(sleutel)]), algorithms=list(ALGORITMEN))
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    return token.claims


def _import(sleutel: PubliekeSleutel) -> OKPKey | RSAKey:
    jwk: dict[str, str | list[str]] = {**sleutel.as_jwk()}
    if sleutel.kty == "RSA":
        return RSAKey.import_key(jwk)
    # EdDSA and Ed25519 are two names of one algorithm; a key marked with the one may sign under the other.
    return OKPKey.import_key({naam: waarde for naam, waarde in jwk.items() if naam != "alg"})


def _check_names(claims: Mapping[str, Any], client_id: str, audience: str) -> Client:
    if claims.get("iss") != client_id or claims.get("sub") != client_id:
        raise OngeldigeClient("In de assertie moeten iss en sub het OIN van uw organisatie zijn, gelijk aan client_id.")
    aud = claims.get("aud")
    if audience not in (aud if isinstance(aud, list) else [aud]):
        raise OngeldigeClient("In de assertie moet aud het volledige adres van dit token-endpoint zijn.")
    return Client(Oin(client_id))


def _check_jti(claims: Mapping[str, Any]) -> str:
    jti = claims.get("jti")
    if not isinstance(jti, str) or not _JTI.fullmatch(jti):
        raise OngeldigeClient("In de assertie moet jti een nieuwe, willekeurige waarde van minstens 128 bits zijn.")
    return jti


def _check_period(claims: Mapping[str, Any], op: datetime) -> datetime:
    issued, expires = (_moment(claims.get(name)) for name in ("iat", "exp"))
    if expires <= op:
        raise OngeldigeClient("De assertie is verlopen. Maak een nieuwe, en controleer de klok van uw systeem.")
    if issued > op + SCHEEFSTAND:
        raise OngeldigeClient("De assertie is in de toekomst gemaakt. Controleer de klok van uw systeem.")
    if expires - issued > MAX_LEVENSDUUR or expires > op + MAX_LEVENSDUUR + SCHEEFSTAND:
        raise OngeldigeClient("De assertie mag hoogstens 60 seconden geldig zijn.")
    return expires


def _moment(value: object) -> datetime:
    melding = "In de assertie moeten iat en exp tijdstippen in seconden zijn."
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise OngeldigeClient(melding)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as fout:
        raise OngeldigeClient(melding) from fout
