"""What counts as proof of who is calling. The convenant of these tests registers an Ed25519 and an RSA key."""

import base64
import hmac
import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey

from convenant.model import Convenant, PubliekeSleutel
from convenant.types import Oin, Rol
from convenant.web.assertie import Assertie, choose_scope, verify_assertie
from convenant.web.errors import OngeldigeClient, OngeldigeScope

if TYPE_CHECKING:
    from tests.conftest import Partijen

OP = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
NU = int(OP.timestamp())
AUD = "https://matcher.test/v1/token"
RSA = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)
ED = OKPKey.generate_key("Ed25519", auto_kid=True)

Sign = Callable[..., str]


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def registered(key: OKPKey | RSAKey) -> PubliekeSleutel:
    public = {name: str(value) for name, value in key.as_dict(private=False).items()}
    return PubliekeSleutel(**{name: public[name] for name in ("kid", "kty", "crv", "x", "n", "e") if name in public})


@pytest.fixture(scope="module")
def oin(partijen: "Partijen") -> Oin:
    return partijen.convenant.partijen[0].oin


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    first, *others = partijen.convenant.partijen
    first = replace(first, sleutels=(registered(ED), registered(RSA)))
    return replace(partijen.convenant, partijen=(first, *others))


@pytest.fixture(scope="module")
def sign(oin: Oin) -> Sign:
    def signed(key: Any = ED, alg: str = "Ed25519", header: dict[str, Any] | None = None, **changes: Any) -> str:
        claims = {"iss": oin, "sub": oin, "aud": AUD, "iat": NU, "exp": NU + 60, "jti": "j" * 22} | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": alg, "kid": key.kid} | (header or {}), claims, key, algorithms=[alg])

    return signed


@pytest.fixture(scope="module")
def verify(convenant: Convenant, oin: Oin) -> Callable[[str], Assertie]:
    def verified(assertion: str) -> Assertie:
        return verify_assertie(assertion, client_id=oin, convenanten=[convenant], audience=AUD, op=OP)

    return verified


Verify = Callable[[str], Assertie]


@pytest.mark.parametrize(
    ("key", "alg"), [(RSA, "RS256"), (RSA, "PS256"), (ED, "Ed25519")], ids=["RS256", "PS256", "Ed25519"]
)
def test_accepts_a_registered_key(sign: Sign, verify: Verify, convenant: Convenant, key: Any, alg: str) -> None:
    assertie = verify(sign(key, alg))
    assert assertie.client == convenant.partijen[0].oin
    assert assertie.rollen == {Rol.SIGNALEERDER, Rol.RADAR}
    assert assertie.jti == "j" * 22
    assert assertie.verloopt_op == OP + timedelta(seconds=60)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_accepts_the_old_name_of_ed25519(sign: Sign, verify: Verify) -> None:
    assert verify(sign(alg="EdDSA")).jti == "j" * 22


def test_accepts_a_list_of_audiences_and_fractions_of_seconds(sign: Sign, verify: Verify) -> None:
    assert verify(sign(aud=["https://elders.test", AUD], iat=NU - 0.5, exp=NU + 59.5))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"exp": NU}, id="expired this second"),
        pytest.param({"iat": NU - 100, "exp": NU - 40}, id="expired"),
        pytest.param({"iat": NU + 11, "exp": NU + 60}, id="made in the future"),
        pytest.param({"exp": NU + 61}, id="valid too long"),
        pytest.param({"iat": NU + 10, "exp": NU + 71}, id="too far ahead"),
        pytest.param({"iat": None}, id="without iat"),
        pytest.param({"exp": None}, id="without exp"),
        pytest.param({"iat": str(NU)}, id="iat as text"),
        pytest.param({"exp": str(NU + 60)}, id="exp as text"),
        pytest.param({"exp": True}, id="exp as boolean"),
        pytest.param({"exp": math.nan}, id="exp is no number"),
        pytest.param({"exp": math.inf}, id="exp is endless"),
        pytest.param({"exp": 10**40}, id="exp beyond all calendars"),
        pytest.param({"aud": "https://elders.test/v1/token"}, id="for another matcher"),
        pytest.param({"aud": AUD + "/"}, id="almost the audience"),
        pytest.param({"aud": None}, id="without aud"),
        pytest.param({"iss": "00000099000000099000"}, id="other iss"),
        pytest.param({"sub": "00000099000000099000"}, id="other sub"),
        pytest.param({"iss": None}, id="without iss"),
        pytest.param({"jti": "j" * 21}, id="jti too short"),
        pytest.param({"jti": "j" * 129}, id="jti too long"),
        pytest.param({"jti": "j" * 21 + "\0"}, id="jti with a control character"),
        pytest.param({"jti": 10**30}, id="jti as number"),
        pytest.param({"jti": None}, id="without jti"),
    ],
)
def test_rejects_claims(sign: Sign, verify: Verify, changes: dict[str, Any]) -> None:
    with pytest.raises(OngeldigeClient):
        verify(sign(**changes))


def test_tolerates_clocks_ten_seconds_apart(sign: Sign, verify: Verify) -> None:
    assert verify(sign(iat=NU + 10, exp=NU + 70))


def test_rejects_a_key_that_is_not_registered(sign: Sign, verify: Verify) -> None:
    stranger = OKPKey.generate_key("Ed25519", auto_kid=True)
    for header in ({}, {"kid": ED.kid}):
        with pytest.raises(OngeldigeClient):
            verify(sign(stranger, header=header))


def test_rejects_a_key_that_travels_along(sign: Sign, verify: Verify) -> None:
    stranger = OKPKey.generate_key("Ed25519", auto_kid=True)
    with pytest.raises(OngeldigeClient):
        verify(sign(stranger, header={"jwk": stranger.as_dict(private=False)}))


def test_rejects_an_unsigned_assertion(sign: Sign, verify: Verify) -> None:
    _, payload, _ = sign().split(".")
    header = encoded(json.dumps({"alg": "none", "kid": ED.kid}).encode())
    for signature in ("", "AAAA"):
        with pytest.raises(OngeldigeClient):
            verify(f"{header}.{payload}.{signature}")


@pytest.mark.parametrize("secret", [RSA.as_pem(private=False), RSA.as_der(private=False)], ids=["pem", "der"])
def test_rejects_a_mac_made_with_the_public_key(sign: Sign, verify: Verify, secret: bytes) -> None:
    _, payload, _ = sign().split(".")
    content = f"{encoded(json.dumps({'alg': 'HS256', 'kid': RSA.kid}).encode())}.{payload}"
    with pytest.raises(OngeldigeClient):
        verify(f"{content}.{encoded(hmac.digest(secret, content.encode(), 'sha256'))}")


def test_rejects_a_changed_payload(sign: Sign, verify: Verify) -> None:
    header, _, signature = sign().split(".")
    _, payload, _ = sign(jti="k" * 22).split(".")
    with pytest.raises(OngeldigeClient):
        verify(f"{header}.{payload}.{signature}")


def test_rejects_an_algorithm_that_the_profile_does_not_have(sign: Sign, verify: Verify) -> None:
    with pytest.raises(OngeldigeClient):
        verify(sign(RSA, "RS512"))


def test_rejects_an_organisation_outside_the_convenant(sign: Sign, convenant: Convenant) -> None:
    with pytest.raises(OngeldigeClient):
        verify_assertie(sign(), client_id="00000099999999999000", convenanten=[convenant], audience=AUD, op=OP)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(assertion=st.text(max_size=200) | st.lists(st.text(max_size=40), min_size=2, max_size=5).map(".".join))
def test_any_text_is_refused_in_one_way(verify: Verify, assertion: str) -> None:
    with pytest.raises(OngeldigeClient):
        verify(assertion)


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        pytest.param(None, "radar signaleerder", id="all"),
        pytest.param("", "radar signaleerder", id="empty"),
        pytest.param("radar", "radar", id="one"),
        pytest.param("signaleerder  radar", "radar signaleerder", id="two"),
    ],
)
def test_scope_is_what_was_asked_or_everything(asked: str | None, granted: str) -> None:
    assert choose_scope(asked, frozenset({Rol.RADAR, Rol.SIGNALEERDER})) == granted


@pytest.mark.parametrize("asked", ["regisseur", "signaleerder regisseur", "SIGNALEERDER", " "])
def test_a_scope_that_the_convenant_does_not_give_is_refused(asked: str) -> None:
    with pytest.raises(OngeldigeScope):
        choose_scope(asked, frozenset({Rol.SIGNALEERDER}))


def test_no_role_means_no_scope() -> None:
    with pytest.raises(OngeldigeScope):
        choose_scope(None, frozenset())


def test_two_convenanten_may_use_one_kid_for_different_keys(convenant: Convenant, oin: Oin, sign: Sign) -> None:
    first, *others = convenant.partijen
    other_key = replace(registered(OKPKey.generate_key("Ed25519", auto_kid=True)), kid=registered(ED).kid)
    ander = replace(convenant, partijen=(replace(first, sleutels=(other_key,)), *others))
    for convenanten in ([convenant, ander], [ander, convenant]):
        found = verify_assertie(sign(), client_id=oin, convenanten=convenanten, audience=AUD, op=OP)
        assert found.client == oin
