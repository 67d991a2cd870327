"""The calls about bekendheidsvragen: written once without I/O, then in the two shells.

Repeating any of them changes nothing. All raise what the client itself raises; a question that is not ours, or not put
to us, is a `VerzoekGeweigerd` with status 404, one that is closed with status 409.
"""

from collections.abc import Sequence
from uuid import UUID

from client_sdk.client import bekendheidantwoorden, bekendheidverzoeken
from client_sdk.client.bekendheid import Bekendheidsopgave, Bekendheidsstand, Bekendheidsvraag
from client_sdk.client.gesprek import Gesprek
from client_sdk.client.transport import AsyncRun, Run, Steps
from client_sdk.types import Medewerker, Vraagtoken


class BekendheidCore:
    """Each call as a generator that yields requests and pauses and returns its result."""

    def __init__(self, gesprek: Gesprek) -> None:
        self._gesprek = gesprek

    def ask(self, opgave: Bekendheidsopgave, *, medewerker: Medewerker = None) -> Steps[Bekendheidsvraag]:
        """Put a question; a `PlafondBereikt` when that is more persons than this month allows."""
        content = yield from self._gesprek.call(bekendheidverzoeken.vraag_request(opgave), medewerker)
        return bekendheidantwoorden.read_vraag(content, opgave)

    def read(self, vraag: UUID, *, medewerker: Medewerker = None) -> Steps[Bekendheidsstand]:
        """Return how a question of our own stands."""
        content = yield from self._gesprek.call(bekendheidverzoeken.stand_request(vraag), medewerker)
        return bekendheidantwoorden.read_stand(content, vraag)

    def close(self, vraag: UUID, *, medewerker: Medewerker = None) -> Steps[Bekendheidsstand]:
        """Close a question of our own; return how it stands then."""
        content = yield from self._gesprek.call(bekendheidverzoeken.sluiting_request(vraag), medewerker)
        return bekendheidantwoorden.read_stand(content, vraag)

    def answer(
        self, vraag: UUID, tokens: Sequence[Vraagtoken], *, medewerker: Medewerker = None
    ) -> Steps[tuple[int, ...]]:
        """Send the tokens of all own clients; return about which of them a person has to decide."""
        content = yield from self._gesprek.call(bekendheidverzoeken.antwoord_request(vraag, tokens), medewerker)
        return bekendheidantwoorden.read_antwoord(content, len(tokens))

    def agree(self, vraag: UUID, token: Vraagtoken, *, bekend: bool, medewerker: Medewerker = None) -> Steps[None]:
        """Say whether the own client of this token is known; a no tells the asker nothing."""
        request = bekendheidverzoeken.akkoord_request(vraag, token, bekend=bekend)
        content = yield from self._gesprek.call(request, medewerker)
        bekendheidantwoorden.read_akkoord(content, vraag, bekend=bekend)


class BekendheidClient:
    """Who knows whom, for blocking code; `MatcherClient.bekendheid`."""

    def __init__(self, core: BekendheidCore, run: Run) -> None:
        self._core = core
        self._run = run

    def ask(self, opgave: Bekendheidsopgave, *, medewerker: Medewerker = None) -> Bekendheidsvraag:
        """Put a question; a `PlafondBereikt` when that is more persons than this month allows."""
        return self._run(self._core.ask(opgave, medewerker=medewerker))

    def read(self, vraag: UUID, *, medewerker: Medewerker = None) -> Bekendheidsstand:
        """Return how a question of our own stands."""
        return self._run(self._core.read(vraag, medewerker=medewerker))

    def close(self, vraag: UUID, *, medewerker: Medewerker = None) -> Bekendheidsstand:
        """Close a question of our own; return how it stands then."""
        return self._run(self._core.close(vraag, medewerker=medewerker))

    def answer(self, vraag: UUID, tokens: Sequence[Vraagtoken], *, medewerker: Medewerker = None) -> tuple[int, ...]:
        """Send the tokens of all own clients; return about which of them a person has to decide."""
        return self._run(self._core.answer(vraag, tokens, medewerker=medewerker))

    def agree(self, vraag: UUID, token: Vraagtoken, *, bekend: bool, medewerker: Medewerker = None) -> None:
        """Say whether the own client of this token is known; a no tells the asker nothing."""
        self._run(self._core.agree(vraag, token, bekend=bekend, medewerker=medewerker))


class AsyncBekendheidClient:
    """Who knows whom, for asyncio; `AsyncMatcherClient.bekendheid`."""

    def __init__(self, core: BekendheidCore, run: AsyncRun) -> None:
        self._core = core
        self._run = run

    async def ask(self, opgave: Bekendheidsopgave, *, medewerker: Medewerker = None) -> Bekendheidsvraag:
        """Put a question; a `PlafondBereikt` when that is more persons than this month allows."""
        return await self._run(self._core.ask(opgave, medewerker=medewerker))

    async def read(self, vraag: UUID, *, medewerker: Medewerker = None) -> Bekendheidsstand:
        """Return how a question of our own stands."""
        return await self._run(self._core.read(vraag, medewerker=medewerker))

    async def close(self, vraag: UUID, *, medewerker: Medewerker = None) -> Bekendheidsstand:
        """Close a question of our own; return how it stands then."""
        return await self._run(self._core.close(vraag, medewerker=medewerker))

    async def answer(
        self, vraag: UUID, tokens: Sequence[Vraagtoken], *, medewerker: Medewerker = None
    ) -> tuple[int, ...]:
        """Send the tokens of all own clients; return about which of them a person has to decide."""
        return await self._run(self._core.answer(vraag, tokens, medewerker=medewerker))

    async def agree(self, vraag: UUID, token: Vraagtoken, *, bekend: bool, medewerker: Medewerker = None) -> None:
        """Say whether the own client of this token is known; a no tells the asker nothing."""
        await self._run(self._core.agree(vraag, token, bekend=bekend, medewerker=medewerker))
