"""Sending over real connections to this machine."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convenant.types import Omgeving
from matcher.domein.webhook import Antwoord
from matcher.uitgaand.webhook import Webhookzender, Zending
from tests.matcher.luisteraar import listening, reply

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
Contexts = tuple[ssl.SSLContext, ssl.SSLContext]
NIETS = Antwoord(status=None)


def resolver(*answers: list[str]) -> Callable[[str], Awaitable[list[str]]]:
    """A DNS whose answer is another one every time; the last one stays."""
    left = list(answers)

    async def resolve(_: str) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


def zender(omgeving: Omgeving = Omgeving.PROEF, **changes: Any) -> Webhookzender:
    return Webhookzender(omgeving=omgeving, origin="matcher.test", klok=lambda: OP, **changes)


def zending(url: str) -> Zending:
    return Zending(url=url, body=b'{"a":1}', bearer="t" * 20, handtekening=("Koppelradar-Handtekening", "x..y"))


async def test_an_event_is_posted_with_token_and_signature() -> None:
    async with listening() as luisteraar:
        assert await zender().send(zending(luisteraar.url)) == Antwoord(status=204)
    [verzoek] = luisteraar.came_in
    assert (verzoek.method, verzoek.target, verzoek.body) == ("POST", "/hook?a=b", b'{"a":1}')
    assert verzoek.headers["Host"] == f"127.0.0.1:{luisteraar.port}"
    assert verzoek.headers["Authorization"] == "Bearer " + "t" * 20
    assert verzoek.headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    assert verzoek.headers["Koppelradar-Handtekening"] == "x..y"
    assert "t" * 20 not in repr(zending(luisteraar.url))


async def test_what_the_answer_asks_for_is_read() -> None:
    async with listening() as luisteraar:
        luisteraar.says(429, Retry_After="7")
        antwoord = await zender().send(zending(luisteraar.url))
    assert (antwoord.status, antwoord.wacht) == (429, timedelta(seconds=7))


async def test_a_redirect_is_not_followed() -> None:
    async with listening() as elders, listening() as luisteraar:
        luisteraar.says(307, Location=elders.url)
        assert (await zender().send(zending(luisteraar.url))).status == 307
    assert elders.connections == 0


async def test_who_says_nothing_in_time_did_not_answer() -> None:
    async with listening() as luisteraar:
        luisteraar.gate.clear()
        assert await zender(seconds=0.2).send(zending(luisteraar.url)) == NIETS


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
        try:
            while not writer.is_closing():
                writer.write(b"x" * 65536)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(flood, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with asyncio.timeout(5):
            assert await zender().send(zending(url)) == Antwoord(status=200)


@pytest.mark.parametrize("answer", [b"", b"onzin\r\n\r\n", b"HTTP/1.1 200", b"HTTP/1.1 abc X\r\n\r\n"])
async def test_what_is_no_http_is_no_answer(answer: bytes) -> None:
    async with listening() as luisteraar:
        luisteraar.answer = lambda _: answer
        assert await zender().send(zending(luisteraar.url)) == NIETS


async def test_nobody_listens() -> None:
    async with listening() as luisteraar:
        url = luisteraar.url
    assert await zender().send(zending(url)) == NIETS


async def test_a_name_that_does_not_exist_is_no_answer() -> None:
    async def resolve(_: str) -> list[str]:
        raise OSError

    assert await zender(resolver=resolve).send(zending("http://hook.test/")) == NIETS


async def test_the_second_address_is_tried_when_the_first_takes_no_connection() -> None:
    async with listening() as luisteraar:
        url = f"http://hook.test:{luisteraar.port}/"
        addresses = resolver(["::1", "127.0.0.1"])
        assert (await zender(resolver=addresses).send(zending(url))).status == 204


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], []],
)
async def test_outside_a_trial_no_connection_goes_to_our_own_network(addresses: list[str]) -> None:
    async with listening() as luisteraar:
        url = f"https://hook.test:{luisteraar.port}/"
        antwoord = await zender(Omgeving.PRODUCTIE, resolver=resolver(addresses)).send(zending(url))
    assert (antwoord, luisteraar.connections) == (NIETS, 0)


async def test_a_name_that_moves_to_our_own_network_later_is_refused_then() -> None:
    async with listening() as luisteraar:
        url = f"https://hook.test:{luisteraar.port}/"
        sender = zender(Omgeving.PRODUCTIE, resolver=resolver(["93.184.216.34"], ["127.0.0.1"]))
        # Tests reach no other machine: the first connection fails, but it is not refused by the sender.
        assert [await sender.send(zending(url)) for _ in range(2)] == [NIETS, NIETS]
    assert luisteraar.connections == 0


async def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with listening() as luisteraar:
        # No resolver but ours knows this name.
        url = f"http://bestaat-niet.invalid:{luisteraar.port}/"
        assert (await zender(resolver=resolve).send(zending(url))).status == 204
    assert asked == ["bestaat-niet.invalid"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:{}/", "https://127.0.0.1:{}/", "http://hook.test:{}/"])
async def test_outside_a_trial_a_stored_url_is_judged_again(url: str) -> None:
    async with listening() as luisteraar:
        sender = zender(Omgeving.PRODUCTIE, resolver=resolver(["127.0.0.1"]))
        assert await sender.send(zending(url.format(luisteraar.port))) == NIETS
        assert await sender.shake_hands(url.format(luisteraar.port)) == NIETS
    assert luisteraar.connections == 0


@pytest.mark.parametrize(
    ("welcome", "antwoord"),
    [
        (reply(200, WebHook_Allowed_Origin="matcher.test"), Antwoord(status=200)),
        (reply(204, WebHook_Allowed_Origin="*"), Antwoord(status=204)),
        (
            reply(200, WebHook_Allowed_Origin="MATCHER.test", WebHook_Allowed_Rate="120"),
            Antwoord(status=200, per_minuut=120),
        ),
        (reply(200), None),
        (reply(200, WebHook_Allowed_Origin="iemand.anders"), None),
        (reply(403, WebHook_Allowed_Origin="*"), Antwoord(status=403)),
        (reply(410), Antwoord(status=410)),
        (reply(302, Location="/elders", WebHook_Allowed_Origin="*"), Antwoord(status=302)),
    ],
)
async def test_events_are_welcome_only_when_the_webhook_says_so(welcome: bytes, antwoord: Antwoord | None) -> None:
    async with listening() as luisteraar:
        luisteraar.welcome = welcome
        assert await zender().shake_hands(luisteraar.url) == antwoord
    [verzoek] = luisteraar.came_in
    assert verzoek.method == "OPTIONS"
    assert verzoek.headers["WebHook-Request-Origin"] == "matcher.test"
    assert "Authorization" not in verzoek.headers


@pytest.mark.parametrize(("host", "status"), [("hook.test", 204), ("ander.test", None)])
async def test_tls_verifies_the_name_and_not_the_address(tls_contexts: Contexts, host: str, status: int | None) -> None:
    server, client = tls_contexts
    async with listening(server) as luisteraar:
        sender = zender(resolver=resolver(["127.0.0.1"]), ssl_context=client)
        assert (await sender.send(zending(f"https://{host}:{luisteraar.port}/"))).status == status
    assert len(luisteraar.came_in) == (status is not None)


async def test_a_certificate_of_an_unknown_issuer_is_no_answer(
    tls_contexts: Contexts,
) -> None:
    async with listening(tls_contexts[0]) as luisteraar:
        sender = zender(resolver=resolver(["127.0.0.1"]))
        assert await sender.send(zending(f"https://hook.test:{luisteraar.port}/")) == NIETS
