"""The calls about webhooks and mail: written once without I/O, then in the two shells.

All raise what the client itself raises; a webhook that is not ours is a `VerzoekGeweigerd` with status 404.
"""

from uuid import UUID

from client_sdk.client import kanaalantwoorden, kanaalverzoeken
from client_sdk.client.gesprek import Gesprek
from client_sdk.client.kanalen import DodeLetter, Emailkanaal, Jwks, Webhook
from client_sdk.client.transport import AsyncRun, Run, Steps
from client_sdk.types import Medewerker


class KanalenCore:
    """Each call as a generator that yields requests and pauses and returns its result."""

    def __init__(self, gesprek: Gesprek) -> None:
        self._gesprek = gesprek

    def add_webhook(self, url: str, bearer: str, *, medewerker: Medewerker = None) -> Steps[Webhook]:
        """Register a webhook; it becomes active once its handshake came back. `bearer` is sent along to it."""
        content = yield from self._gesprek.call(kanaalverzoeken.webhook_request(url, bearer), medewerker)
        return kanaalantwoorden.read_webhook(content)

    def webhooks(self, *, medewerker: Medewerker = None) -> Steps[tuple[Webhook, ...]]:
        """Return the own webhooks."""
        content = yield from self._gesprek.call(kanaalverzoeken.webhooks_request(), medewerker)
        return kanaalantwoorden.read_webhooks(content)

    def remove_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> Steps[None]:
        """Remove a webhook."""
        yield from self._gesprek.call(kanaalverzoeken.webhook_delete_request(webhook), medewerker)

    def resume_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> Steps[Webhook]:
        """Make a webhook active again, after a new handshake."""
        content = yield from self._gesprek.call(kanaalverzoeken.hervatting_request(webhook), medewerker)
        return kanaalantwoorden.read_webhook(content, webhook)

    def dode_letters(self, webhook: UUID, *, medewerker: Medewerker = None) -> Steps[tuple[DodeLetter, ...]]:
        """Return the events that a webhook did not take, in order."""
        content = yield from self._gesprek.call(kanaalverzoeken.dode_letters_request(webhook), medewerker)
        return kanaalantwoorden.read_dode_letters(content)

    def redeliver(self, webhook: UUID, *, medewerker: Medewerker = None) -> Steps[None]:
        """Have the dead letters of a webhook sent again."""
        yield from self._gesprek.call(kanaalverzoeken.herbezorging_request(webhook), medewerker)

    def emailkanaal(self, *, medewerker: Medewerker = None) -> Steps[Emailkanaal]:
        """Return how mail is set."""
        content = yield from self._gesprek.call(kanaalverzoeken.emailkanaal_request(), medewerker)
        return kanaalantwoorden.read_emailkanaal(content)

    def set_emailkanaal(self, kanaal: Emailkanaal, *, medewerker: Medewerker = None) -> Steps[Emailkanaal]:
        """Set mail, and return how it is set now."""
        content = yield from self._gesprek.call(kanaalverzoeken.set_emailkanaal_request(kanaal), medewerker)
        return kanaalantwoorden.read_emailkanaal(content)

    def jwks(self, *, medewerker: Medewerker = None) -> Steps[Jwks]:
        """Return the public keys of the matcher, with which webhooks are verified."""
        content = yield from self._gesprek.call(kanaalverzoeken.jwks_request(), medewerker)
        return kanaalantwoorden.read_jwks(content)


class KanalenClient:
    """By which ways we hear of things, for blocking code; `MatcherClient.kanalen`."""

    def __init__(self, core: KanalenCore, run: Run) -> None:
        self._core = core
        self._run = run

    def add_webhook(self, url: str, bearer: str, *, medewerker: Medewerker = None) -> Webhook:
        """Register a webhook; it becomes active once its handshake came back. `bearer` is sent along to it."""
        return self._run(self._core.add_webhook(url, bearer, medewerker=medewerker))

    def webhooks(self, *, medewerker: Medewerker = None) -> tuple[Webhook, ...]:
        """Return the own webhooks."""
        return self._run(self._core.webhooks(medewerker=medewerker))

    def remove_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> None:
        """Remove a webhook."""
        self._run(self._core.remove_webhook(webhook, medewerker=medewerker))

    def resume_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> Webhook:
        """Make a webhook active again, after a new handshake."""
        return self._run(self._core.resume_webhook(webhook, medewerker=medewerker))

    def dode_letters(self, webhook: UUID, *, medewerker: Medewerker = None) -> tuple[DodeLetter, ...]:
        """Return the events that a webhook did not take, in order."""
        return self._run(self._core.dode_letters(webhook, medewerker=medewerker))

    def redeliver(self, webhook: UUID, *, medewerker: Medewerker = None) -> None:
        """Have the dead letters of a webhook sent again."""
        self._run(self._core.redeliver(webhook, medewerker=medewerker))

    def emailkanaal(self, *, medewerker: Medewerker = None) -> Emailkanaal:
        """Return how mail is set."""
        return self._run(self._core.emailkanaal(medewerker=medewerker))

    def set_emailkanaal(self, kanaal: Emailkanaal, *, medewerker: Medewerker = None) -> Emailkanaal:
        """Set mail, and return how it is set now."""
        return self._run(self._core.set_emailkanaal(kanaal, medewerker=medewerker))

    def jwks(self, *, medewerker: Medewerker = None) -> Jwks:
        """Return the public keys of the matcher, with which webhooks are verified."""
        return self._run(self._core.jwks(medewerker=medewerker))


class AsyncKanalenClient:
    """By which ways we hear of things, for asyncio; `AsyncMatcherClient.kanalen`."""

    def __init__(self, core: KanalenCore, run: AsyncRun) -> None:
        self._core = core
        self._run = run

    async def add_webhook(self, url: str, bearer: str, *, medewerker: Medewerker = None) -> Webhook:
        """Register a webhook; it becomes active once its handshake came back. `bearer` is sent along to it."""
        return await self._run(self._core.add_webhook(url, bearer, medewerker=medewerker))

    async def webhooks(self, *, medewerker: Medewerker = None) -> tuple[Webhook, ...]:
        """Return the own webhooks."""
        return await self._run(self._core.webhooks(medewerker=medewerker))

    async def remove_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> None:
        """Remove a webhook."""
        await self._run(self._core.remove_webhook(webhook, medewerker=medewerker))

    async def resume_webhook(self, webhook: UUID, *, medewerker: Medewerker = None) -> Webhook:
        """Make a webhook active again, after a new handshake."""
        return await self._run(self._core.resume_webhook(webhook, medewerker=medewerker))

    async def dode_letters(self, webhook: UUID, *, medewerker: Medewerker = None) -> tuple[DodeLetter, ...]:
        """Return the events that a webhook did not take, in order."""
        return await self._run(self._core.dode_letters(webhook, medewerker=medewerker))

    async def redeliver(self, webhook: UUID, *, medewerker: Medewerker = None) -> None:
        """Have the dead letters of a webhook sent again."""
        await self._run(self._core.redeliver(webhook, medewerker=medewerker))

    async def emailkanaal(self, *, medewerker: Medewerker = None) -> Emailkanaal:
        """Return how mail is set."""
        return await self._run(self._core.emailkanaal(medewerker=medewerker))

    async def set_emailkanaal(self, kanaal: Emailkanaal, *, medewerker: Medewerker = None) -> Emailkanaal:
        """Set mail, and return how it is set now."""
        return await self._run(self._core.set_emailkanaal(kanaal, medewerker=medewerker))

    async def jwks(self, *, medewerker: Medewerker = None) -> Jwks:
        """Return the public keys of the matcher, with which webhooks are verified."""
        return await self._run(self._core.jwks(medewerker=medewerker))
