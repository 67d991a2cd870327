"""Casussen in tests: the calls of who keeps a radar, and what others hear of it."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.matcher.conftest import base64url, signaal

if TYPE_CHECKING:
    import httpx

    from tests.matcher.conftest import Caller

KIND = "zorg-om-kind"
REDEN = "nieuwe-melding"


def kinds(events: Iterable[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


async def told(caller: "Caller", soort: str) -> list[dict[str, Any]]:
    """The content of the caller's events of this kind."""
    events = await caller.events(limiet=1000)
    return [event["data"] for event in events if event["type"] == f"nl.koppelradar.{soort}"]


async def signal(caller: "Caller", *personen: str, soort: str = KIND, **changes: Any) -> list[str]:
    """Submit a signal on each of these persons; their ids."""
    made = [signaal(persoon, signaalsoort=soort, **changes) for persoon in personen]
    answer = await caller.submit(*made)
    assert answer.status_code == 201, answer.text
    return [each["id"] for each in made]


def casus(*signalen: str, **changes: Any) -> dict[str, Any]:
    """A casus as an SDK would register it."""
    return {
        "id": str(uuid4()),
        "convenant": "nhn-2026",
        "nummer": base64url(secrets.token_bytes(156)),
        "signalen": list(signalen),
        "monitoringTot": "2027-11-01",
    } | changes


async def register(caller: "Caller", *signalen: str, **changes: Any) -> dict[str, Any]:
    answer = await caller.post("/v1/casussen", casus(*signalen, **changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def to_stand(caller: "Caller", casus_id: str, toestand: str, **more: Any) -> "httpx.Response":
    return await caller.post(f"/v1/casussen/{casus_id}/toestanden", {"toestand": toestand, **more})


async def radar(caller: "Caller", **params: Any) -> list[dict[str, Any]]:
    answer = await caller.get("/v1/radar", **params)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["radar"]
    return found


async def termijnen(caller: "Caller", casus_id: str) -> dict[str, str]:
    """The running terms of a casus, each with its last day."""
    [regel] = [regel for regel in await radar(caller) if regel["casus"]["id"] == casus_id]
    return {termijn["code"]: termijn["uiterlijk"] for termijn in regel["termijnen"]}
