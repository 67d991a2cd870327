"""What every answer carries, and how much a request may hold."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from convenant.types import Sector
from matcher.app import MAX_BODY_BYTES

if TYPE_CHECKING:
    from tests.matcher.conftest import World

HEADERS = {
    "api-version": "1.0.0",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/gezondheid", 200),
        ("GET", "/v1/openapi.json", 200),
        ("POST", "/v1/token", 415),
        ("GET", "/v1/nergens", 404),
        ("GET", "/buiten", 404),
        ("PATCH", "/v1/token", 405),
        ("OPTIONS", "/v1/signalen", 405),
    ],
)
async def test_every_answer_carries_version_and_security_headers(
    world: "World", method: str, path: str, status: int
) -> None:
    answer = await world.http.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "content-type" in answer.headers
    assert "server" not in answer.headers


async def test_the_reply_to_a_signal_carries_them_too(
    world: "World", maak_signaal: Callable[..., dict[str, Any]]
) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    answer = await wijkteam.submit(maak_signaal())
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("path", "public"),
    [
        ("/v1/openapi.json", True),
        ("/v1/jwks", True),
        ("/v1/.well-known/openid-configuration", True),
        ("/v1/gezondheid", False),
        ("/v1/signalen", False),
    ],
)
async def test_only_public_documents_are_open_to_other_origins(world: "World", path: str, public: bool) -> None:
    answer = await world.http.get(path, headers={"Origin": "https://elders.test"})
    assert answer.headers.get("access-control-allow-origin") == ("*" if public else None)


async def test_a_body_that_is_too_large_is_refused_before_it_is_read_to_the_end(world: "World") -> None:
    given = 0

    async def endless() -> Any:
        nonlocal given
        for _ in range(100):
            given += 1
            yield b" " * (MAX_BODY_BYTES // 4)

    answer = await world.http.post("/v1/signalen", content=endless())
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:problem-type:koppelradar:te-groot"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert given == 5


async def test_the_log_holds_the_template_of_a_route_and_no_path(world: "World") -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    with capture_logs() as logs:
        await wijkteam.withdraw("11111111-2222-4333-8444-555555555555")
        await wijkteam.get("/v1/signalen", limiet=7)
    entries = [entry for entry in logs if entry["event"] == "verzoek"]
    assert [(e["methode"], e["status"]) for e in entries] == [("POST", 404), ("GET", 200)]
    assert "11111111" not in str(logs)
    assert wijkteam.oin not in str(logs)
    assert entries[0].keys() == {"event", "log_level", "methode", "route", "status", "ms"}
    assert [e["route"] for e in entries] == ["/signalen/{id}/intrekkingen", "/signalen"]
