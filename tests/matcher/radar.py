"""Casussen in tests: a convenant that grants what they bring to light, and the calls of who keeps a radar."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.model import Bevraging, Bevragingsreden, Convenant
from convenant.pg.middelen import Middelen
from convenant.types import ConvenantId
from tests.matcher.conftest import base64url, signaal

if TYPE_CHECKING:
    import httpx

    from tests.matcher.conftest import Caller

KIND = "zorg-om-kind"
REDEN = "veiligheidsbeoordeling"
HULP = ["jeugdhulp", "maatschappelijke-ondersteuning"]
REGELS: list[dict[str, Any]] = [
    {
        "artikel": "20.1",
        "gebeurtenissen": ["gezinsmatch"],
        "niveaus": ["zeker", "waarschijnlijk"],
        "tussen": [{"sectoren": HULP}, {"sectoren": ["onderwijs", *HULP]}],
        "signaalsoorten": [KIND],
        "velden": ["organisatie", "contact"],
        "grondslag": "jeugdwet-signaal",
        "toelichting": "Wie in een gezin helpt, weet van elkaar.",
    },
    {
        "artikel": "20.2",
        "gebeurtenissen": ["terugkoppeling"],
        "niveaus": ["zeker", "waarschijnlijk", "mogelijk"],
        "tussen": [{"sectoren": ["veilig-thuis"]}, {"sectoren": HULP}],
        "signaalsoorten": [KIND, "huiselijk-geweld", "veilig-thuis-betrokken"],
        "velden": ["terugkoppeling"],
        "grondslag": "avg-algemeen-belang",
        "toelichting": "Wie een signaal gaf, hoort wat ermee gebeurt.",
    },
    {
        "artikel": "20.3",
        "gebeurtenissen": ["bevraging"],
        "niveaus": ["zeker", "waarschijnlijk"],
        "ontvanger": {"rollen": ["radar"]},
        "over": {"rollen": ["signaleerder"]},
        "zonderEigenSignaal": True,
        "signaalsoorten": [KIND, "huiselijk-geweld"],
        "velden": ["organisatie", "contact", "signaalsoort", "ingediendOp"],
        "grondslag": "wmo-veilig-thuis",
        "toelichting": "Bij een melding ziet Veilig Thuis wie deze personen kent.",
    },
]


def radar_text(text: str, **changes: Any) -> str:
    """The convenant with rules for what casussen bring to light."""
    document = document_from_yaml(text, bron="test")
    return dump_yaml({**document, "deelregels": [*document["deelregels"], *REGELS]} | changes)


@contextmanager
def with_bevraging(monkeypatch: pytest.MonkeyPatch, **plafond: int) -> Iterator[None]:
    """Let every convenant in force have a reason for which somebody may ask."""
    found: dict[str, Convenant] = {}
    bevraging = Bevraging(artikel="21.1", redenen=(Bevragingsreden(code=REDEN, omschrijving="Een nieuwe melding."),))

    def convenanten(self: Middelen) -> Mapping[ConvenantId, Convenant]:
        for convenant in self.lijst.geldend.values():
            key = f"{convenant.id}/{convenant.versie}/{len(convenant.partijen)}"
            if key not in found:
                found[key] = replace(convenant, afspraken=replace(convenant.afspraken, bevraging=bevraging))
        return {
            id_: found[f"{id_}/{convenant.versie}/{len(convenant.partijen)}"]
            for id_, convenant in self.lijst.geldend.items()
        }

    with monkeypatch.context() as patch:
        patch.setattr(Middelen, "convenanten", property(convenanten))
        yield


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
