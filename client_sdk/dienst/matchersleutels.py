"""The public keys of the matcher, fetched when one is named that is not known yet."""

import time
from collections.abc import Callable
from typing import Final

from client_sdk.client.kanalen import Jwks
from client_sdk.client.sync import MatcherClient

_SECONDS_BETWEEN: Final = 60.0


class Matchersleutels:
    """Keeps the keys. Somebody who makes up key ids cannot make us ask more often than once a minute."""

    def __init__(self, client: MatcherClient, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._monotonic = monotonic
        self._jwks: Jwks = {"keys": []}
        self._asked_at: float | None = None

    def jwks(self, kid: str) -> Jwks:
        """Return the keys, with this one among them if the matcher has it. Raises MatcherFout."""
        if all(jwk.get("kid") != kid for jwk in self._jwks["keys"]) and self._may_ask():
            self._jwks = self._client.kanalen.jwks()
            self._asked_at = self._monotonic()
        return self._jwks

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._monotonic() - self._asked_at >= _SECONDS_BETWEEN
