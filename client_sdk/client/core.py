"""The conversation with the matcher, without I/O: what is asked, with which token, what an answer means."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar
from uuid import UUID

from client_sdk.client import answers, requests
from client_sdk.client.assertion import sign_assertion
from client_sdk.client.model import (
    BEGIN_CURSOR,
    Bladzijde,
    EigenSignaal,
    Intrekking,
    Match,
    Notificatiebladzijde,
    Ontvangst,
    SignaalInzending,
)
from client_sdk.client.problem import error_of
from client_sdk.client.retry import Herhaalbeleid, send_repeatedly
from client_sdk.client.transport import Request, Response, Steps
from client_sdk.errors import OngeldigAntwoord
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.base64url import encode_base64url
from convenant.types import Oin

DEFAULT_LIMIET: Final = 100
_TOKEN_MARGIN: Final = 30.0
_UNAUTHORIZED: Final = 401
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanmelding:
    """With what an organisation identifies itself: at which matcher, as whom, with which key."""

    url: str
    oin: Oin
    ondertekensleutel: Ondertekensleutel


@dataclass(frozen=True, slots=True)
class _Toegangstoken:
    value: str = field(repr=False)
    usable_until: float


class MatcherCore:
    """Every call as a generator that yields requests and pauses and returns its result.

    Holds one access token, until 30 seconds before it ends. Calls that overlap may each fetch a token; the
    last one stays. All calls raise `MatcherOnbereikbaar`, `NietIngelogd`, `VerzoekGeweigerd` or
    `OngeldigAntwoord`.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._aanmelding = aanmelding
        self._medewerker = medewerker
        self._beleid = herhaalbeleid
        self._monotonic = monotonic
        self._token: _Toegangstoken | None = None

    def submit_signalen(
        self,
        signalen: tuple[SignaalInzending, ...],
        *,
        idempotentiesleutel: str,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[tuple[Ontvangst, ...]]:
        """Submit a batch, all or none; return a receipt for every signal, in the same order."""
        request = requests.signalen_request(signalen, idempotentiesleutel=idempotentiesleutel)
        content = yield from self._call(request, medewerker)
        return answers.read_ontvangsten(content, tuple(signaal.id for signaal in signalen))

    def withdraw_signaal(self, signaal: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Steps[Intrekking]:
        """Withdraw a signal; doing it again gives the same answer."""
        content = yield from self._call(requests.intrekking_request(signaal), medewerker)
        return answers.read_intrekking(content, signaal)

    def signalen_page(
        self, *, na: str | None, limiet: int, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[Bladzijde[EigenSignaal]]:
        """Return one page of the own signals."""
        request = requests.page_request("signalen", na=na, limiet=limiet)
        content = yield from self._call(request, medewerker)
        return _advancing(answers.read_signalen(content), na)

    def matches_page(
        self, *, na: str | None, limiet: int, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[Bladzijde[Match]]:
        """Return one page of the own matches."""
        request = requests.page_request("matches", na=na, limiet=limiet)
        content = yield from self._call(request, medewerker)
        return _advancing(answers.read_matches(content), na)

    def read_notificaties(
        self,
        *,
        na: str = BEGIN_CURSOR,
        wacht: int = 0,
        limiet: int = DEFAULT_LIMIET,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[Notificatiebladzijde]:
        """Return the notifications after `na`."""
        request = requests.notificaties_request(na=na, wacht=wacht, limiet=limiet)
        content = yield from self._call(request, medewerker)
        return answers.read_notificaties(content, na)

    def _call(self, request: Request, medewerker: MedewerkerPseudoniem | None) -> Steps[bytes]:
        """Send with a token and return the content of a 2xx answer.

        A 401 on a token from the cache gets one more chance with a fresh one: the matcher may have changed
        its key.
        """
        cached = self._cached_token()
        token = cached or (yield from self._fresh_token())
        response = yield from self._send(request, token, medewerker)
        if response.status == _UNAUTHORIZED and cached is not None:
            token = yield from self._fresh_token()
            response = yield from self._send(request, token, medewerker)
        if response.status == _UNAUTHORIZED:
            self._token = None
        return _content(response)

    def _send(self, request: Request, token: str, medewerker: MedewerkerPseudoniem | None) -> Steps[Response]:
        headers = {
            **request.headers,
            "Authorization": f"Bearer {token}",
            "Koppelradar-Medewerker": encode_base64url(medewerker or self._medewerker),
        }
        signed = replace(request, headers=headers)
        return (yield from send_repeatedly(lambda: signed, self._beleid))

    def _cached_token(self) -> str | None:
        if self._token is None or self._monotonic() >= self._token.usable_until:
            return None
        return self._token.value

    def _fresh_token(self) -> Steps[str]:
        asked_at = self._monotonic()
        response = yield from send_repeatedly(self._token_request, self._beleid)
        answer = answers.read_token(_content(response))
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


def _content(response: Response) -> bytes:
    if 200 <= response.status < 300:  # noqa: PLR2004 -- the class of success
        return response.content
    raise error_of(response)


def _advancing(page: Bladzijde[_T], na: str | None) -> Bladzijde[_T]:
    """Return the page, unless its cursor stands still: following that one would never end."""
    if page.volgende is not None and page.volgende == na:
        raise OngeldigAntwoord("De matcher blijft dezelfde bladzijde geven. Meld dit aan de beheerder.")
    return page
