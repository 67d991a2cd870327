"""The SDK's own client against the real service: what one sends the other takes, and its refusals are understood."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from client_sdk.client.gesprek import Aanmelding
from client_sdk.client.sleutelhouder import AsyncSleutelhouderClient
from client_sdk.errors import BudgetOp, EpocheLooptNiet, OnbekendProfiel
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche, Sector
from convenant.voprf import PubliekeOprfSleutel, blind_batch, finalize

if TYPE_CHECKING:
    from tests.convenant.sleutelhouder.conftest import Afspraak, Wereld

ASK: dict[str, Any] = {"convenant": ConvenantId("nhn-2026"), "epoche": Epoche(2), "profiel": "nl-1"}
"""What a good request has beside its points."""


@pytest.fixture
async def client(wereld: "Wereld", afspraak: "Afspraak") -> AsyncIterator[AsyncSleutelhouderClient]:
    wereld.klok.nu = datetime.now(UTC)  # the clock of the SDK
    oin = wereld.partijen.in_sector(Sector.ONDERWIJS)
    sleutel = Ondertekensleutel.from_private_jwk(wereld.partijen.keys[oin].as_dict(private=True))
    aanmelding = Aanmelding(url="https://sleutelhouder.test", oin=oin, ondertekensleutel=sleutel)
    transport = httpx.ASGITransport(app=wereld.app, raise_app_exceptions=False)
    async with AsyncSleutelhouderClient(
        aanmelding,
        sleutelhouder=afspraak.oin,
        medewerker=MedewerkerPseudoniem(b"m" * 32),
        transport=transport,
    ) as made:
        yield made


async def test_the_answer_of_the_service_passes_the_check_of_the_sdk(
    client: AsyncSleutelhouderClient, afspraak: "Afspraak"
) -> None:
    blinderingen = blind_batch([b"kim", b"jan"])
    punten = {code: tuple(b.punt for b in blinderingen) for code in ("zeker", "achternaam")}
    answer = await client.evaluate(punten, **ASK)
    publiek = afspraak.convenant.sleutelhouders[0].publieke_punten(2)
    for code, evaluatie in answer.items():
        assert len(finalize(blinderingen, evaluatie, PubliekeOprfSleutel.from_bytes(publiek[code]))) == 2


async def test_the_sdk_understands_every_refusal(client: AsyncSleutelhouderClient) -> None:
    punten = {"zeker": tuple(b.punt for b in blind_batch(b"%d" % i for i in range(11)))}
    with pytest.raises(BudgetOp) as over:
        await client.evaluate(punten, **ASK)
    assert over.value.retry_after == 60
    with pytest.raises(EpocheLooptNiet):
        await client.evaluate(punten, **{**ASK, "epoche": Epoche(3)})
    with pytest.raises(OnbekendProfiel):
        await client.evaluate(punten, **{**ASK, "profiel": "nl-2"})
