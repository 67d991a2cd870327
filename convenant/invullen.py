"""Filling public keys in into a document, as somebody does who makes a convenant from an example.

Each function returns a changed copy and leaves its input alone; the keys themselves are checked on loading the result.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from convenant._meldingen import PRIVATE_KEY
from convenant._sleutels import PRIVATE_MEMBERS
from convenant.base64url import encode_base64url
from convenant.errors import Bevinding, OnbekendePartij, OngeldigConvenant
from convenant.types import Modus, Oin
from convenant.zegel import PubliekeZegelsleutel


def with_public_keys(document: dict[str, Any], keys: Mapping[Oin, Mapping[str, str]]) -> dict[str, Any]:
    """Return a copy in which each party named in `keys` has that JWK as its only key.

    Raises `OngeldigConvenant` for a private member, so that none is ever written out, and `OnbekendePartij` for an OIN
    that is no party.
    """
    _refuse_private(keys.values())
    return _with_party_members(document, {oin: {"sleutels": [dict(jwk)]} for oin, jwk in keys.items()})


def with_zegelsleutels(document: dict[str, Any], zegelsleutels: Mapping[Oin, PubliekeZegelsleutel]) -> dict[str, Any]:
    """Return a copy in which each party named has that sealing key. Raises `OnbekendePartij`."""
    return _with_party_members(
        document,
        {
            oin: {"zegelsleutel": {"kem": sleutel.kem.value, "publiek": encode_base64url(sleutel.publiek)}}
            for oin, sleutel in zegelsleutels.items()
        },
    )


def with_matcher_key(document: dict[str, Any], jwk: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy in which the matcher signs with that JWK alone. Raises `OngeldigConvenant` for a private member."""
    _refuse_private([jwk])
    result = deepcopy(document)
    result["matcher"]["sleutels"] = [dict(jwk)]
    return result


def with_sleutelbewaarder_key(document: dict[str, Any], jwk: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy in which the sleutelbewaarder signs with that JWK alone.

    Raises `OngeldigConvenant` for a private member, and KeyError when the document names no sleutelbewaarder.
    """
    _refuse_private([jwk])
    result = deepcopy(document)
    result["sleutelbewaarder"]["sleutels"] = [dict(jwk)]
    return result


def with_sleutelhouder(
    document: dict[str, Any], positie: int, *, url: str, sleutels: Mapping[int, Mapping[str, bytes]]
) -> dict[str, Any]:
    """Return a copy in which the sleutelhouder at that place has this address and, per epoch and code, these keys.

    Raises IndexError when the document names no sleutelhouder there.
    """
    result = deepcopy(document)
    houder = result["sleutelhouders"][positie]
    houder["url"] = url
    houder["sleutels"] = [
        {"epoche": epoche, "punten": {code: encode_base64url(punt) for code, punt in punten.items()}}
        for epoche, punten in sorted(sleutels.items())
    ]
    return result


def without_sleutelhouder(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in mode hmac, for a trial without a sleutelhouder; in any other omgeving it is refused."""
    result = deepcopy(document)
    result["modus"] = Modus.HMAC.value
    for member in ("sleutelhouders", "sleutelbewaarder", "budgetten", "alarm"):
        result.pop(member, None)
    return result


def _with_party_members(document: dict[str, Any], members: Mapping[Oin, Mapping[str, Any]]) -> dict[str, Any]:
    if not members.keys() <= {partij["oin"] for partij in document["partijen"]}:
        raise OnbekendePartij("Er is een sleutel voor een organisatie die niet meedoet aan dit convenant.")
    result = deepcopy(document)
    for partij in result["partijen"]:
        partij.update(members.get(partij["oin"], {}))
    return result


def _refuse_private(keys: Iterable[Mapping[str, str]]) -> None:
    if any(not PRIVATE_MEMBERS.isdisjoint(jwk) for jwk in keys):
        raise OngeldigConvenant("document", (Bevinding("sleutels", None, PRIVATE_KEY),))


def with_plafond(document: dict[str, Any], aantal: int) -> dict[str, Any]:
    """Return a copy in which every party may do this many of everything in a month."""
    plafond = {"perDuizend": 0, "minstens": aantal}
    what = ("signalen", "mogelijkeMatches", "bevragingen", "bekendheidsvragen")
    return {**document, "plafonds": [{"partijen": {"alle": True}} | dict.fromkeys(what, plafond)]}
