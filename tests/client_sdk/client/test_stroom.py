"""Following the notifications: the stream, long polling where there is none, and where the next connection starts."""

import json
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Any

import httpx
import pytest

from client_sdk.client import Aanmelding, AsyncMatcherClient, Herhaalbeleid, MatcherClient, Notificatie
from client_sdk.errors import NietIngelogd, OngeldigAntwoord
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import Oin

SOORT = "nl.koppelradar.convenant-gewijzigd"
HARTSLAG = b": hartslag\n\n"


def document(n: int, soort: str = SOORT) -> dict[str, Any]:
    return {
        "id": f"id-{n}",
        "type": soort,
        "sequence": f"{n:010}",
        "time": "2026-03-01T12:00:00Z",
        "data": {"convenant": "nhn", "versie": n, "hash": "sha256:0", "soort": "nieuwe-versie"},
    }


def frame(n: int, soort: str = SOORT) -> bytes:
    return f"id: {n:010}\nevent: {soort}\ndata: {json.dumps(document(n, soort))}\n\n".encode()


class Stroom(httpx.SyncByteStream, httpx.AsyncByteStream):
    """What comes along one connection; `broken` ends it with a failure."""

    def __init__(self, *chunks: bytes, broken: bool = False) -> None:
        self._chunks = chunks
        self._broken = broken

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks
        if self._broken:
            raise httpx.ReadTimeout("stil")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


class Matcher:
    """Gives each connection the next of `streams` (a Stroom, a status, or an error), and pages of all events."""

    def __init__(self, *streams: Any, events: int = 0) -> None:
        self.streams = list(streams)
        self.events = events
        self.asked: list[str] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/token":
            return httpx.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 300})
        na = request.url.params["na"]
        if request.url.path == "/v1/notificaties":
            self.asked.append(f"poll {int(na)}")
            page = [document(n) for n in range(int(na) + 1, self.events + 1)]
            return httpx.Response(200, json={"notificaties": page, "cursor": page[-1]["sequence"] if page else na})
        self.asked.append(f"stream {int(na)}")
        return self._stream(self.streams.pop(0))

    def _stream(self, stream: Any) -> httpx.Response:
        if isinstance(stream, Exception):
            raise stream
        if isinstance(stream, int):
            return httpx.Response(stream, json={})
        return httpx.Response(200, headers={"Content-Type": "text/event-stream; charset=utf-8"}, stream=stream)


def client(matcher: Matcher) -> MatcherClient:
    return MatcherClient(
        aanmelding(),
        medewerker=MedewerkerPseudoniem(bytes(32)),
        herhaalbeleid=Herhaalbeleid(pogingen=1),
        transport=httpx.MockTransport(matcher),
        sleep=matcher.pauses.append,
    )


def aanmelding() -> Aanmelding:
    return Aanmelding(
        url="https://matcher.example",
        oin=Oin("00000099000000021000"),
        ondertekensleutel=Ondertekensleutel.generate(),
    )


def take(matcher: Matcher, count: int, na: str = "0000000000") -> list[int]:
    with client(matcher) as opened:
        return [versie(n) for n in islice(opened.stream_notificaties(na), count)]


def versie(notificatie: Notificatie) -> int:
    return int(notificatie.volgnummer)


class TestTheStream:
    def test_hands_over_what_comes(self) -> None:
        matcher = Matcher(Stroom(HARTSLAG, frame(1) + frame(2)[:20], frame(2)[20:], frame(3)))

        assert take(matcher, 3) == [1, 2, 3]
        assert matcher.asked == ["stream 0"]

    def test_goes_on_from_the_last_one_after_its_end(self) -> None:
        matcher = Matcher(Stroom(frame(1), frame(2)), Stroom(frame(3)), Stroom(frame(3), frame(4)))

        assert take(matcher, 4) == [1, 2, 3, 4]
        assert matcher.asked == ["stream 0", "stream 2", "stream 3"]

    def test_drops_what_is_repeated_and_what_it_does_not_know(self) -> None:
        matcher = Matcher(Stroom(frame(1), frame(1), frame(2, "nl.koppelradar.later"), frame(2), frame(3)))

        assert take(matcher, 2) == [1, 3]

    @pytest.mark.parametrize("after", [frame(3), b"data: {}\n\n", b"id: 2\ndata: x\n\n"])
    def test_refuses_a_gap_and_what_is_no_notification(self, after: bytes) -> None:
        with pytest.raises(OngeldigAntwoord):
            take(Matcher(Stroom(frame(1), after)), 2)

    def test_refuses_another_number_than_that_of_the_event(self) -> None:
        with pytest.raises(OngeldigAntwoord, match="ander nummer"):
            take(Matcher(Stroom(frame(1).replace(b"id: 0000000001", b"id: 0000000002"))), 1)

    def test_a_token_that_is_no_longer_accepted_is_replaced_once(self) -> None:
        assert take(Matcher(401, Stroom(frame(1))), 1) == [1]
        with pytest.raises(NietIngelogd):
            take(Matcher(401, 401), 1)

    def test_closes_the_connection_when_the_reader_stops(self) -> None:
        matcher = Matcher(Stroom(frame(1), frame(2)))
        with client(matcher) as opened:
            following = opened.stream_notificaties()
            next(following)
            following.close()  # type: ignore[attr-defined]

        assert matcher.asked == ["stream 0"]


class TestWithoutAStream:
    @pytest.mark.parametrize(
        "stream",
        [
            pytest.param(404, id="an older matcher"),
            pytest.param(503, id="away"),
            pytest.param(httpx.ConnectError("weg"), id="no connection"),
            pytest.param(Stroom(broken=True), id="a proxy that holds it up"),
        ],
    )
    def test_asks_again_and_again(self, stream: Any) -> None:
        matcher = Matcher(stream, Stroom(frame(3)), events=2)

        assert take(matcher, 3) == [1, 2, 3]
        assert matcher.asked == ["stream 0", "poll 0", "stream 2"]

    def test_asks_longer_after_every_failure(self) -> None:
        matcher = Matcher(404, 404, 404, Stroom(frame(1)))

        assert take(matcher, 1) == [1]
        polls = "".join("p" if asked.startswith("poll") else "s" for asked in matcher.asked)
        assert polls == "spsppspppps"

    def test_a_stream_that_was_alive_is_tried_again_at_once(self) -> None:
        matcher = Matcher(Stroom(HARTSLAG, broken=True), Stroom(frame(1)))

        assert take(matcher, 1) == [1]
        assert matcher.asked == ["stream 0", "stream 0"]

    def test_goes_on_trying_while_the_matcher_is_away(self) -> None:
        away: list[Any] = [httpx.ConnectError("weg")] * 12
        matcher = Matcher(*away, Stroom(frame(1)))
        respond = matcher.__call__

        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v1/notificaties":
                raise httpx.ConnectError("weg")
            return respond(request)

        with MatcherClient(
            aanmelding(),
            medewerker=MedewerkerPseudoniem(bytes(32)),
            herhaalbeleid=Herhaalbeleid(pogingen=1),
            transport=httpx.MockTransport(handle),
            sleep=matcher.pauses.append,
        ) as opened:
            assert versie(next(iter(opened.stream_notificaties()))) == 1
        assert len(matcher.pauses) == 12
        assert max(matcher.pauses) <= 60


async def test_the_asynchronous_client_does_the_same() -> None:
    matcher = Matcher(404, Stroom(frame(3), frame(4), broken=True), Stroom(frame(5)), events=2)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    got: list[int] = []
    async with AsyncMatcherClient(
        aanmelding(),
        medewerker=MedewerkerPseudoniem(bytes(32)),
        transport=httpx.MockTransport(matcher),
        sleep=sleep,
    ) as opened:
        async for notificatie in opened.stream_notificaties():
            got.append(versie(notificatie))
            if len(got) == 5:
                break

    assert got == [1, 2, 3, 4, 5]
    assert matcher.asked == ["stream 0", "poll 0", "stream 2", "stream 4"]
