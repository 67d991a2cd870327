"""The signed statement of what was submitted: counted once, by month in the Netherlands, verified by whoever wants."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from convenant.base64url import encode_base64url
from convenant.types import Sector
from convenant.web.modellen import decode

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]


async def verified(world: "World", caller: "Caller") -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of the statement, checked as somebody would who has nothing but RFC 8032."""
    answer = await caller.get("/v1/telling", convenant="nhn-2026")
    assert answer.status_code == 200, answer.text
    header, payload, signature = answer.json()["telling"].split(".")
    [key] = (await world.http.get("/v1/jwks")).json()["keys"]
    public = Ed25519PublicKey.from_public_bytes(decode(key["x"]))
    public.verify(decode(signature), f"{header}.{payload}".encode())
    with pytest.raises(InvalidSignature):
        public.verify(decode(signature), f"{header}.{encode_base64url(b'{}')}".encode())
    found = json.loads(decode(header))
    assert found == {"alg": "EdDSA", "typ": "telling+jwt", "kid": key["kid"]}
    return found, json.loads(decode(payload))


async def test_it_counts_what_was_really_added_this_month(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    signalen = [maak_signaal() for _ in range(3)]
    await wijkteam.submit(*signalen[:2])
    await wijkteam.submit(*signalen)
    await wijkteam.withdraw(signalen[0]["id"])
    await jeugdhulp.submit(maak_signaal())
    _, claims = await verified(world, wijkteam)
    assert claims == {
        "iss": "https://matcher.test/v1",
        "sub": wijkteam.oin,
        "convenant": "nhn-2026",
        "maand": "2026-05",
        "signalen": 3,
        "iat": int(world.klok().timestamp()),
    }
    assert (await verified(world, jeugdhulp))[1]["signalen"] == 1


async def test_a_month_begins_at_midnight_in_the_netherlands(world: "World", maak_signaal: Maker) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    for hour, count in ((21, 1), (22, 2)):
        world.klok.nu = datetime(2026, 5, 31, hour, 30, tzinfo=UTC)
        await wijkteam.log_in()
        await wijkteam.submit(*(maak_signaal() for _ in range(count)))
        _, claims = await verified(world, wijkteam)
        assert (claims["maand"], claims["signalen"]) == (f"2026-0{4 + count}", count)


async def test_a_convenant_of_others_is_not_found(world: "World") -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    assert (await wijkteam.get("/v1/telling", convenant="elders-2026")).status_code == 404
