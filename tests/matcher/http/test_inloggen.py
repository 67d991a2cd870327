"""The token endpoint, and what an access token opens."""

import asyncio
import json
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

ISSUER = "https://matcher.test/v1"


@pytest.fixture
def school(world: "World") -> "Caller":
    return world.stranger(world.partijen.in_sector(Sector.ONDERWIJS))


async def test_a_good_assertion_gives_a_token_for_five_minutes(world: "World", school: "Caller") -> None:
    answer = await school.ask_token()
    assert answer.status_code == 200
    body = answer.json()
    assert body | {"access_token": ""} == {
        "access_token": "",
        "token_type": "Bearer",
        "expires_in": 300,
        "scope": "signaleerder",
    }
    [key] = (await world.http.get("/v1/jwks")).json()["keys"]
    token = jwt.decode(body["access_token"], OKPKey.import_key(key), algorithms=["Ed25519"])
    assert token.header["kid"] == key["kid"]
    assert token.header["typ"] == "at+jwt"
    assert (token.claims["iss"], token.claims["aud"]) == (ISSUER, ISSUER)
    assert (token.claims["azp"], token.claims["sub"]) == (school.oin, school.oin)
    assert token.claims["exp"] - token.claims["iat"] == 300
    assert "d" not in key


async def test_a_scope_narrows_the_token(world: "World") -> None:
    vt = world.stranger(world.partijen.in_sector(Sector.VEILIG_THUIS))
    answer = await vt.ask_token(scope="radar")
    assert answer.json()["scope"] == "radar"
    vt.token = answer.json()["access_token"]
    assert (await vt.submit({})).status_code == 403
    assert (await vt.get("/v1/matches")).status_code == 200


def assert_oauth_error(answer: Any, status: int, error: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["error"] == error
    assert body["error_description"] == body["title"]
    assert body["status"] == status


async def test_a_role_outside_the_convenant_is_refused(school: "Caller") -> None:
    assert_oauth_error(await school.ask_token(scope="radar"), 400, "invalid_scope")


async def test_an_assertion_is_used_once(school: "Caller") -> None:
    assertion = school.assertion()
    assert (await school.ask_token(assertion)).status_code == 200
    assert_oauth_error(await school.ask_token(assertion), 401, "invalid_client")


async def test_of_five_at_the_same_moment_one_wins(school: "Caller") -> None:
    assertion = school.assertion()
    answers = await asyncio.gather(*(school.ask_token(assertion) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]


async def test_refuses_an_expired_assertion(world: "World", school: "Caller") -> None:
    assertion = school.assertion()
    world.klok.later(seconds=60)
    assert_oauth_error(await school.ask_token(assertion), 401, "invalid_client")


async def test_refuses_the_signature_of_another_party(world: "World", school: "Caller") -> None:
    other = world.stranger(world.partijen.in_sector(Sector.JEUGDHULP))
    forged = other.assertion(iss=school.oin, sub=school.oin)
    assert_oauth_error(await school.ask_token(forged), 401, "invalid_client")


async def test_refuses_an_organisation_that_does_not_take_part(school: "Caller") -> None:
    answer = await school.ask_token(client_id="00000099999999999000")
    assert_oauth_error(answer, 401, "invalid_client")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"grant_type": "password"}, id="grant type"),
        pytest.param({"client_id": "x"}, id="client id"),
        pytest.param({"client_assertion_type": "anders"}, id="assertion type"),
        pytest.param({"client_assertion": "x" * 4097}, id="assertion too long"),
    ],
)
async def test_a_malformed_request_is_invalid_and_names_the_field(school: "Caller", form: dict[str, str]) -> None:
    answer = await school.ask_token(**form)
    assert_oauth_error(answer, 400, "invalid_request")
    assert [fout["pad"] for fout in answer.json()["fouten"]] == [f"/{next(iter(form))}"]


async def test_json_is_no_form(world: "World") -> None:
    answer = await world.http.post("/v1/token", json={"grant_type": "client_credentials"})
    assert_oauth_error(answer, 415, "invalid_request")


async def test_discovery_names_endpoint_and_keys(world: "World") -> None:
    document = (await world.http.get("/v1/.well-known/openid-configuration")).json()
    assert document["issuer"] == ISSUER
    assert document["token_endpoint"] == f"{ISSUER}/token"
    assert document["jwks_uri"] == f"{ISSUER}/jwks"
    assert {"RS256", "PS256"} <= set(document["token_endpoint_auth_signing_alg_values_supported"])


async def test_a_token_opens_nothing_after_five_minutes(world: "World") -> None:
    school = await world.in_sector(Sector.ONDERWIJS)
    world.klok.later(seconds=299)
    assert (await school.get("/v1/signalen")).status_code == 200
    world.klok.later(seconds=1)
    assert (await school.get("/v1/signalen")).status_code == 401


def _claims(school: "Caller", **changes: Any) -> dict[str, Any]:
    nu = int(school.klok().timestamp())
    return {
        "iss": ISSUER,
        "aud": ISSUER,
        "azp": school.oin,
        "scope": "signaleerder",
        "iat": nu,
        "exp": nu + 300,
        "jti": secrets.token_urlsafe(16),
    } | changes


async def test_tokens_of_other_issuers_open_nothing(world: "World", school: "Caller") -> None:
    stranger = OKPKey.generate_key("Ed25519", auto_kid=True)
    [ours] = (await world.http.get("/v1/jwks")).json()["keys"]
    for header in ({"kid": stranger.thumbprint()}, {"kid": ours["kid"]}):
        header |= {"alg": "Ed25519", "typ": "at+jwt"}
        school.token = jwt.encode(header, _claims(school), stranger, algorithms=["Ed25519"])
        assert (await school.get("/v1/signalen")).status_code == 401


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        pytest.param({"typ": "at+jwt"}, {"iss": "https://elders.test/v1"}, id="another issuer"),
        pytest.param({"typ": "at+jwt"}, {"aud": "https://elders.test/v1"}, id="for another matcher"),
        pytest.param({"typ": "at+jwt"}, {"exp": 1}, id="expired"),
        pytest.param({"typ": "JWT"}, {}, id="no access token"),
    ],
)
async def test_our_key_alone_is_not_enough(
    world: "World", school: "Caller", instellingen: Any, header: dict[str, str], claims: dict[str, Any]
) -> None:
    key = OKPKey.import_key(json.loads(instellingen.sleutel_bestand.read_text()))
    signed = {"alg": "Ed25519", "kid": key.thumbprint()}
    good = jwt.encode(signed | {"typ": "at+jwt"}, _claims(school), key, algorithms=["Ed25519"])
    bad = jwt.encode(signed | header, _claims(school, **claims), key, algorithms=["Ed25519"])
    statuses = []
    for school.token in (good, bad):
        statuses.append((await school.get("/v1/signalen")).status_code)
    assert statuses == [200, 401]


async def test_a_client_assertion_is_no_access_token(school: "Caller") -> None:
    school.token = school.assertion()
    assert (await school.get("/v1/signalen")).status_code == 401


async def test_a_token_in_the_query_is_not_read(world: "World") -> None:
    school = await world.in_sector(Sector.ONDERWIJS)
    headers = {"Koppelradar-Medewerker": school.headers()["Koppelradar-Medewerker"]}
    answer = await world.http.get("/v1/signalen", params={"access_token": school.token}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
