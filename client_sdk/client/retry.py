"""When a request is sent again, and how long we wait for that."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from client_sdk.client.dienstsoort import MATCHER, Dienstsoort
from client_sdk.client.problem import code_of, retry_after, unavailable
from client_sdk.client.transport import ConnectionFailed, Pause, Request, Response, Steps
from client_sdk.errors import KoppelradarFout

_PASSING_STATUSES = frozenset({429, 502, 503, 504})
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Herhaalbeleid:
    """How often and how patiently a request is repeated. Times are seconds.

    The wait before attempt n is drawn from 0 to `basis * 2**(n-1)`, at most `maximum`: full jitter, so that a
    hundred organisations do not return together after a failure. A Retry-After is honoured on top of that;
    one longer than `maximum` ends the attempts, because waiting that long is the caller's decision.
    """

    pogingen: int = 4
    basis: float = 0.5
    maximum: float = 8.0


def send_repeatedly(
    make_request: Callable[[], Request], beleid: Herhaalbeleid, soort: Dienstsoort = MATCHER
) -> Steps[Response]:
    """Return the first response that is not a passing failure.

    `make_request` is called for every attempt, because a client assertion may be used once. Only connection
    failures and the statuses 429, 502, 503 and 504 are repeated, and only for a request that is `repeatable`;
    an answer with one of the `eindcodes` of the service is final.

    Raises the `onbereikbaar` of the service when the attempts are used up.
    """
    attempt = 1
    while True:
        request = make_request()
        outcome = yield request
        if isinstance(outcome, Response) and not _is_passing(outcome, soort):
            return outcome
        wait = _wait(attempt, retry_after(outcome) if isinstance(outcome, Response) else None, beleid)
        if not request.repeatable or attempt >= beleid.pogingen or wait is None:
            raise _failure(outcome, soort)
        yield Pause(wait)
        attempt += 1


def _is_passing(response: Response, soort: Dienstsoort) -> bool:
    return response.status in _PASSING_STATUSES and code_of(response) not in soort.eindcodes


def _failure(outcome: Response | ConnectionFailed | None, soort: Dienstsoort) -> KoppelradarFout:
    if isinstance(outcome, Response):
        return unavailable(outcome, soort)
    failure = soort.onbereikbaar(f"{soort.naam} is nu niet bereikbaar. Probeer het later opnieuw.", retry_after=None)
    failure.__cause__ = outcome.cause if outcome is not None else None
    return failure


def _wait(attempt: int, asked: float | None, beleid: Herhaalbeleid) -> float | None:
    jitter = _random.uniform(0, min(beleid.maximum, beleid.basis * 2.0 ** (attempt - 1)))
    if asked is None:
        return jitter
    return asked + jitter if asked <= beleid.maximum else None
