"""The clients of a sleutelhouder, without a network: what an answer means, and that nothing is asked twice."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from client_sdk.client import (
    Aanmelding,
    AsyncSleutelhouderClient,
    Herhaalbeleid,
    SleutelhouderClient,
)
from client_sdk.errors import (
    BudgetOp,
    EpocheLooptNiet,
    OnbekendProfiel,
    OneerlijkeSleutelhouder,
    SleutelhouderOnbereikbaar,
    SleutelhouderWeigert,
)
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.base64url import decode_base64url, encode_base64url
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voprf import OprfSleutel, Puntcodering, blind, evaluate

BLIJF, HOUDER = Oin("00000099000000021000"), Oin("00000099000000004000")
SLEUTEL = OprfSleutel.generate()
PUNTEN = {"zeker": (blind(b"a").punt, blind(b"b").punt)}
AANMELDING = Aanmelding(url="https://houder.example.nl", oin=BLIJF, ondertekensleutel=Ondertekensleutel.generate())
FAST = Herhaalbeleid(pogingen=3, basis=0.0, maximum=0.0)
CALL: dict[str, Any] = {"convenant": ConvenantId("nhn"), "epoche": Epoche(1), "profiel": "nl-1"}

Handler = Callable[[httpx.Request], httpx.Response]


def _honest(request: httpx.Request) -> httpx.Response:
    asked = json.loads(request.content)["punten"]
    evaluaties = {
        code: evaluate(SLEUTEL, [Puntcodering(decode_base64url(punt)) for punt in punten])
        for code, punten in asked.items()
    }
    body = {
        code: {"punten": [encode_base64url(p) for p in e.punten], "bewijs": encode_base64url(e.bewijs)}
        for code, e in evaluaties.items()
    }
    return httpx.Response(200, json={"evaluaties": body, "extra": 1})


class Service:
    """Gives a token, and whatever the test wants for the rest; remembers what it was asked."""

    def __init__(self, answer: Handler) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/v1/token":
            return httpx.Response(200, json={"access_token": "geheim", "token_type": "Bearer", "expires_in": 300})
        return self.answer(request)

    def client(self) -> SleutelhouderClient:
        return SleutelhouderClient(
            AANMELDING,
            sleutelhouder=HOUDER,
            medewerker=MedewerkerPseudoniem(bytes(32)),
            herhaalbeleid=FAST,
            transport=httpx.MockTransport(self),
            sleep=lambda _: None,
        )

    def asked(self) -> list[httpx.Request]:
        return [request for request in self.requests if request.url.path == "/v1/evaluaties"]


def _ask(answer: Handler, **more: Any) -> Any:
    with Service(answer).client() as client:
        return client.evaluate(PUNTEN, **CALL, **more)


def _problem(status: int, code: str, fouten: list[dict[str, str]], headers: dict[str, str] | None = None) -> Handler:
    document = {"type": f"urn:problem-type:koppelradar:{code}", "detail": "Uitleg.", "fouten": fouten}
    return lambda _: httpx.Response(status, json=document, headers=headers)


def _refusal(pad: str, code: str) -> Handler:
    return _problem(400, "ongeldige-invoer", [{"pad": pad, "code": code}])


def test_an_honest_answer_comes_back_as_it_was_made() -> None:
    answer = _ask(_honest)

    assert [len(evaluatie.punten) for evaluatie in answer.values()] == [2]
    assert list(answer) == ["zeker"]


def test_carries_what_the_interface_asks_for() -> None:
    service = Service(_honest)
    with service.client() as client:
        client.evaluate(PUNTEN, **CALL)
        client.evaluate(PUNTEN, **CALL, telling="a.b.c")

    first, second = (json.loads(request.content) for request in service.asked())
    assert set(first) == {"convenant", "epoche", "profiel", "punten"}
    assert second["telling"] == "a.b.c"
    assert service.asked()[0].headers["authorization"] == "Bearer geheim"
    assert service.asked()[0].headers["koppelradar-medewerker"] == "A" * 43
    assert len([request for request in service.requests if request.url.path == "/v1/token"]) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(
            _problem(429, "budget-op", [{"pad": "/punten/zeker", "code": "budget-dag"}], {"Retry-After": "7200"}),
            BudgetOp,
            id="budget",
        ),
        pytest.param(_refusal("/epoche", "epoche-uitgetreden"), EpocheLooptNiet, id="retired"),
        pytest.param(_refusal("/epoche", "epoche-loopt-niet"), EpocheLooptNiet, id="not yet"),
        pytest.param(_refusal("/profiel", "verkeerd-profiel"), OnbekendProfiel, id="profile"),
        pytest.param(_problem(403, "geen-toegang", []), SleutelhouderWeigert, id="403"),
        pytest.param(_problem(413, "te-groot", []), SleutelhouderWeigert, id="413"),
        pytest.param(lambda _: httpx.Response(401), SleutelhouderWeigert, id="401"),
        pytest.param(lambda _: httpx.Response(429), SleutelhouderOnbereikbaar, id="429 of a proxy"),
        pytest.param(lambda _: httpx.Response(503), SleutelhouderOnbereikbaar, id="503"),
        pytest.param(lambda _: httpx.Response(302), OneerlijkeSleutelhouder, id="redirect"),
        pytest.param(lambda _: httpx.Response(200, content=b"<html>"), OneerlijkeSleutelhouder, id="HTML"),
        pytest.param(lambda _: httpx.Response(200, json={"evaluaties": {}}), OneerlijkeSleutelhouder, id="no codes"),
        pytest.param(lambda _: httpx.Response(200, json={}), OneerlijkeSleutelhouder, id="nothing"),
        pytest.param(
            lambda _: httpx.Response(200, json={"evaluaties": {"zeker": {"punten": ["AA"], "bewijs": "A" * 86}}}),
            OneerlijkeSleutelhouder,
            id="too few",
        ),
        pytest.param(
            lambda _: httpx.Response(200, json={"evaluaties": {"zeker": {"punten": ["AA"] * 2, "bewijs": "AA"}}}),
            OneerlijkeSleutelhouder,
            id="short proof",
        ),
        pytest.param(
            lambda _: httpx.Response(200, json={"evaluaties": {"zeker": {"punten": ["!"] * 2, "bewijs": "AA"}}}),
            OneerlijkeSleutelhouder,
            id="no base64url",
        ),
    ],
)
def test_every_answer_has_an_error_of_its_own(answer: Handler, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        _ask(answer)
    assert type(caught.value) is error
    assert "matcher" not in str(caught.value).lower()


def test_a_budget_says_when_there_is_room() -> None:
    with pytest.raises(BudgetOp) as caught:
        _ask(_problem(429, "budget-op", [], {"Retry-After": "7200"}))
    assert caught.value.retry_after == 7200


@pytest.mark.parametrize("answer", [lambda _: httpx.Response(503), _problem(429, "budget-op", [])])
def test_points_are_sent_once_because_every_attempt_costs_budget(answer: Handler) -> None:
    service = Service(answer)
    with service.client() as client, pytest.raises((SleutelhouderOnbereikbaar, BudgetOp)):
        client.evaluate(PUNTEN, **CALL)
    assert len(service.asked()) == 1


def test_a_connection_that_fails_leaves_no_credentials_in_the_error() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("traag", request=request)

    with pytest.raises(SleutelhouderOnbereikbaar) as caught:
        _ask(fail)
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.RequestError)
    with pytest.raises(RuntimeError):
        _ = cause.request


async def test_the_asynchronous_client_does_the_same() -> None:
    service = Service(_honest)
    async with AsyncSleutelhouderClient(
        AANMELDING,
        sleutelhouder=HOUDER,
        medewerker=MedewerkerPseudoniem(bytes(32)),
        herhaalbeleid=FAST,
        transport=httpx.MockTransport(service),
    ) as client:
        answer = await client.evaluate(PUNTEN, **CALL)
        service.answer = lambda _: httpx.Response(503)
        with pytest.raises(SleutelhouderOnbereikbaar):
            await client.evaluate(PUNTEN, **CALL)

    assert len(answer["zeker"].punten) == 2
