"""The matcher's signed statement of how many signals an organisation submitted in a month."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import OKPKey

from convenant.model import Convenant, PubliekeSleutel
from convenant.types import Oin
from convenant.web.errors import Invoerfout, OngeldigeInvoer

TYPE: Final = "telling+jwt"
_ALGORITMEN: Final = ("EdDSA", "Ed25519")
_MAAND: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Telling:
    """So many signals in the month that begins on `maand`, signed by the matcher of the convenant."""

    maand: date
    signalen: int


def verify_telling(verklaring: str, *, convenant: Convenant, organisatie: Oin) -> Telling:
    """What the statement says. Raises OngeldigeInvoer unless the matcher made it for this organisation."""
    claims = next((c for sleutel in convenant.matcher.sleutels if (c := _claims_under(verklaring, sleutel))), None)
    if claims is None or claims.get("sub") != organisatie or claims.get("convenant") != convenant.id:
        raise _refused()
    return Telling(_maand(claims.get("maand")), _signalen(claims.get("signalen")))


def _claims_under(verklaring: str, sleutel: PubliekeSleutel) -> Mapping[str, Any] | None:
    if sleutel.kty != "OKP":
        return None
    # Neither kid nor alg: every key of the matcher is tried, and EdDSA has two names.
    jwk = {naam: waarde for naam, waarde in sleutel.as_jwk().items() if naam not in {"alg", "kid"}}
    try:
        with warnings.catch_warnings():
            # RFC 9864 renames EdDSA; both names are accepted, as in client assertions.
            warnings.simplefilter("ignore", SecurityWarning)
            token = jwt.decode(verklaring, OKPKey.import_key({**jwk}), algorithms=list(_ALGORITMEN))
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    return token.claims if token.header.get("typ") == TYPE else None


def _maand(value: object) -> date:
    if not isinstance(value, str) or not _MAAND.fullmatch(value):
        raise _refused()
    return date.fromisoformat(f"{value}-01")


def _signalen(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise _refused()
    return value


def _refused() -> OngeldigeInvoer:
    melding = "Deze telling is niet door de matcher van dit convenant voor uw organisatie ondertekend. Haal een nieuwe."
    return OngeldigeInvoer(
        "Verbeter wat bij 'fouten' staat en stuur het verzoek opnieuw.",
        fouten=(Invoerfout("/telling", "ongeldige-telling", melding),),
    )
