"""The conversation without a network: what is repeated, and how long the pauses are."""

import pytest

from client_sdk.client import Herhaalbeleid
from client_sdk.client.problem import retry_after
from client_sdk.client.retry import send_repeatedly
from client_sdk.client.transport import ConnectionFailed, Pause, Request, Response
from client_sdk.errors import MatcherOnbereikbaar

GET = Request(method="GET", path="/v1/matches", repeatable=True)
UNAVAILABLE = Response(status=503, headers={}, content=b"")


def _response(value: str) -> Response:
    return Response(status=503, headers={"retry-after": value}, content=b"")


def test_a_request_that_is_not_repeatable_is_sent_once() -> None:
    steps = send_repeatedly(lambda: Request(method="POST", path="/v1/iets"), Herhaalbeleid())
    next(steps)

    with pytest.raises(MatcherOnbereikbaar):
        steps.send(ConnectionFailed(OSError()))


def test_the_pauses_grow_up_to_the_maximum() -> None:
    beleid = Herhaalbeleid(pogingen=6, basis=1.0, maximum=4.0)
    longest = [0.0] * 5
    for _ in range(200):
        steps = send_repeatedly(lambda: GET, beleid)
        next(steps)
        for attempt in range(5):
            pause = steps.send(UNAVAILABLE)
            assert isinstance(pause, Pause)
            longest[attempt] = max(longest[attempt], pause.seconds)
            steps.send(None)

    for seconds, bound in zip(longest, (1, 2, 4, 4, 4), strict=True):
        assert bound * 0.8 < seconds <= bound


def test_a_retry_after_is_the_least_we_wait() -> None:
    steps = send_repeatedly(lambda: GET, Herhaalbeleid(basis=0.1))
    next(steps)

    pause = steps.send(_response("3"))

    assert isinstance(pause, Pause)
    assert 3 <= pause.seconds <= 3.1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param("Sun, 06 Nov 1994 08:49:37 GMT", 0.0, id="a moment that has passed"),
        pytest.param("straks", None, id="no time"),
        pytest.param("-3", None, id="negative"),
        pytest.param("", None, id="empty"),
    ],
)
def test_retry_after_is_read(value: str, seconds: float | None) -> None:
    assert retry_after(_response(value)) == seconds


def test_a_request_shows_no_credentials() -> None:
    request = Request(method="POST", path="/v1/x", headers={"Authorization": "Bearer geheim"}, content=b"geheim")

    assert "geheim" not in repr(request)
