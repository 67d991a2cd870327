"""A conversation with one service, without I/O: logging in, sending with a token, and what an answer means.

Matcher and sleutelhouder ask the same of who calls them (private_key_jwt, a short-lived token, the pseudonym of the
professional); what differs between them is whose errors come out, and stands in `Dienstsoort`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from client_sdk.client import lezer, requests
from client_sdk.client.assertion import sign_assertion
from client_sdk.client.dienstsoort import Dienstsoort
from client_sdk.client.problem import error_of
from client_sdk.client.retry import Herhaalbeleid, send_repeatedly
from client_sdk.client.transport import Request, Response, Steps
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.base64url import encode_base64url
from convenant.types import Oin

_TOKEN_MARGIN: Final = 30.0
_UNAUTHORIZED: Final = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanmelding:
    """With what an organisation identifies itself: at which service, as whom, with which key."""

    url: str
    oin: Oin
    ondertekensleutel: Ondertekensleutel


@dataclass(frozen=True, slots=True)
class _Toegangstoken:
    value: str = field(repr=False)
    usable_until: float


class Gesprek:
    """Sends requests to one service as one organisation, as generators that yield requests and pauses.

    Holds one access token, until 30 seconds before it ends. Calls that overlap may each fetch a token; the
    last one stays. Raises the errors of its `soort`.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        soort: Dienstsoort,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._aanmelding = aanmelding
        self._soort = soort
        self._medewerker = medewerker
        self._beleid = herhaalbeleid
        self._monotonic = monotonic
        self._token: _Toegangstoken | None = None

    def call(self, request: Request, medewerker: MedewerkerPseudoniem | None = None) -> Steps[bytes]:
        """Send with a token and return the content of a 2xx answer.

        A 401 on a token from the cache gets one more chance with a fresh one: the service may have changed
        its key.
        """
        cached = self._cached_token()
        signed = yield from self.authorise(request, medewerker)
        response = yield from send_repeatedly(lambda: signed, self._beleid, self._soort)
        if response.status == _UNAUTHORIZED and cached is not None:
            self.forget_token()
            signed = yield from self.authorise(request, medewerker)
            response = yield from send_repeatedly(lambda: signed, self._beleid, self._soort)
        if response.status == _UNAUTHORIZED:
            self.forget_token()
        return self._content(response)

    def authorise(self, request: Request, medewerker: MedewerkerPseudoniem | None) -> Steps[Request]:
        """Return the request with a token, logging in when there is none, for who sends it another way."""
        token = self._cached_token() or (yield from self._fresh_token())
        headers = {
            **request.headers,
            "Authorization": f"Bearer {token}",
            "Koppelradar-Medewerker": encode_base64url(medewerker or self._medewerker),
        }
        return replace(request, headers=headers)

    def forget_token(self) -> None:
        """Log in again at the next request."""
        self._token = None

    def _cached_token(self) -> str | None:
        if self._token is None or self._monotonic() >= self._token.usable_until:
            return None
        return self._token.value

    def _fresh_token(self) -> Steps[str]:
        asked_at = self._monotonic()
        response = yield from send_repeatedly(self._token_request, self._beleid, self._soort)
        answer = lezer.read_token(self._content(response), self._soort)
        usable_until = asked_at + answer.expires_in - _TOKEN_MARGIN
        self._token = _Toegangstoken(answer.access_token, usable_until)
        return answer.access_token

    def _token_request(self) -> Request:
        aanmelding = self._aanmelding
        assertion = sign_assertion(
            aanmelding.ondertekensleutel,
            oin=aanmelding.oin,
            audience=aanmelding.url + requests.TOKEN_PATH,
            now=time.time(),
        )
        return requests.token_request(oin=aanmelding.oin, assertion=assertion)

    def _content(self, response: Response) -> bytes:
        if 200 <= response.status < 300:  # noqa: PLR2004 -- the class of success
            return response.content
        raise error_of(response, self._soort)
