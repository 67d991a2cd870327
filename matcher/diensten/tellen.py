"""The signed statement of how much an organisation submitted, for the sleutelhouder to hold against what it asked."""

import warnings
from datetime import date
from typing import Any

from joserfc import jwt
from joserfc.errors import SecurityWarning

from convenant.kalender import first_of_month
from convenant.types import ConvenantId
from convenant.web.errors import NietGevonden
from convenant.web.poort import Poort
from matcher.diensten.kern import Aanroeper, Kern
from matcher.logboek import opslag as logboek
from matcher.opslag import tellingen

TYPE = "telling+jwt"
_ALGORITME = "EdDSA"
_NAAM = "telling opvragen"


async def signed_telling(kern: Kern, poort: Poort, aanroeper: Aanroeper, convenant_id: ConvenantId) -> str:
    """A compact JWS over what the caller submitted this calendar month in the Netherlands, hertokeningen included.

    Raises NietGevonden for a convenant that the caller is no party to.
    """
    op = kern.klok()
    maand = first_of_month(kern.vandaag())
    convenant = kern.convenanten.get(convenant_id)
    if convenant is None or not convenant.has_partij(aanroeper.client):
        raise NietGevonden("Uw organisatie doet niet mee aan dit convenant.")
    async with kern.database.transaction() as connection:
        telling = await tellingen.count(connection, aanroeper.client, convenant_id, maand=maand)
        blad = kern.bladmaker.toegang(aanroeper.handeling(_NAAM, op=op), convenant=convenant_id, uitkomst="verstrekt")
        await logboek.append(connection, [blad])
    claims = {
        "iss": poort.basis_url,
        "sub": aanroeper.client,
        "convenant": convenant_id,
        "maand": _month(maand),
        "signalen": telling.signalen,
        "iat": int(op.timestamp()),
    }
    return _sign(claims, poort)


def _sign(claims: dict[str, Any], poort: Poort) -> str:
    header = {"alg": _ALGORITME, "typ": TYPE, "kid": poort.sleutel.thumbprint()}
    key = poort.sleutel.as_dict(private=True)
    # The key is marked Ed25519, the newer name of the same algorithm (RFC 9864); JOSE libraries read the older one.
    key.pop("alg", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.encode(header, claims, type(poort.sleutel).import_key(key), algorithms=[_ALGORITME])


def _month(maand: date) -> str:
    return f"{maand:%Y-%m}"
