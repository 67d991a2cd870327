"""What the calls of the follow-up take and refuse, whatever is stored."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import World

KANDIDAAT = "00000099000000011000"


@pytest.mark.parametrize(
    ("path", "body", "pad"),
    [
        ("contacten", {"toelichting": "x"}, ""),
        ("regieaanvaardingen", {"per": "2026-06-01"}, ""),
        ("regievoorstellen", {}, "/kandidaat"),
        ("regievoorstellen", {"kandidaat": "wijkteam"}, "/kandidaat"),
        ("regievoorstellen", {"kandidaat": KANDIDAAT, "per": "2026-06-01T00:00:00Z"}, "/per"),
        ("regievoorstellen", {"kandidaat": KANDIDAAT, "per": "morgen"}, "/per"),
        ("momenten", {"op": "2026-02-30"}, "/op"),
        ("momenten", {}, "/op"),
        ("hulpmeldingen", {"hulp": "gaat wel"}, "/hulp"),
        ("afsluitingen", {"reden": "x"}, ""),
    ],
)
async def test_a_step_with_anything_else_is_refused(world: "World", path: str, body: dict[str, Any], pad: str) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    answer = await wijkteam.post(f"/v1/matches/{uuid4()}/{path}", body)
    assert (answer.status_code, [fout["pad"] for fout in answer.json()["fouten"]]) == (400, [pad])
    assert "gaat wel" not in answer.text


async def test_who_only_reads_takes_no_steps(world: "World") -> None:
    houder = await world.caller(world.partijen.convenant.convenanthouder)
    assert (await houder.post(f"/v1/matches/{uuid4()}/contacten", {})).status_code == 403
    assert (await houder.get(f"/v1/matches/{uuid4()}/opvolging")).status_code == 403
    assert (await houder.get("/v1/termijnen")).json() == {"termijnen": []}
