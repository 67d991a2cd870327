"""The matcher's statement, under each of its keys and under both names of its algorithm."""

import warnings
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

from convenant.laden import parse_convenant
from convenant.model import Convenant, PubliekeSleutel
from convenant.sleutelhouder.domein.telling import Telling, verify_telling
from convenant.types import Oin
from convenant.voorbeelden import example_text
from convenant.web.errors import OngeldigeInvoer

OUD, NIEUW = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
OIN = Oin("00000099000000061000")


def registered(key: OKPKey, kid: str) -> PubliekeSleutel:
    return PubliekeSleutel(kid=kid, kty="OKP", crv="Ed25519", x=str(key.as_dict(private=False)["x"]))


@pytest.fixture(scope="module")
def convenant() -> Convenant:
    found = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    rsa = PubliekeSleutel(kid="rsa", kty="RSA", n="AQAB", e="AQAB")
    sleutels = (rsa, registered(OUD, "oud"), registered(NIEUW, "nieuw"))
    return replace(found, matcher=replace(found.matcher, sleutels=sleutels))


def signed(key: OKPKey, alg: str = "EdDSA", **changes: Any) -> str:
    claims = {"sub": OIN, "convenant": "nhn-2026", "maand": "2026-05", "signalen": 7, "iat": 1} | changes
    header = {"alg": alg, "typ": "telling+jwt", "kid": "another than the convenant has"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.encode(header, claims, key, algorithms=[alg])


@pytest.mark.parametrize("alg", ["EdDSA", "Ed25519"])
@pytest.mark.parametrize("key", [OUD, NIEUW], ids=["old key", "new key"])
def test_every_key_of_the_matcher_counts(convenant: Convenant, key: OKPKey, alg: str) -> None:
    found = verify_telling(signed(key, alg), convenant=convenant, organisatie=OIN)
    assert found == Telling(date(2026, 5, 1), 7)


@pytest.mark.parametrize(
    "changes", [{"maand": "2026-5"}, {"maand": 202605}, {"signalen": 2**31}, {"signalen": "7"}, {"sub": None}], ids=str
)
def test_what_is_no_statement_is_refused(convenant: Convenant, changes: dict[str, Any]) -> None:
    with pytest.raises(OngeldigeInvoer):
        verify_telling(signed(NIEUW, **changes), convenant=convenant, organisatie=OIN)


def test_an_unsigned_statement_is_refused(convenant: Convenant) -> None:
    head, body, _ = signed(NIEUW).split(".")
    for forged in (f"{head}.{body}.", f"{head}.{body}.AAAA"):
        with pytest.raises(OngeldigeInvoer):
            verify_telling(forged, convenant=convenant, organisatie=OIN)
