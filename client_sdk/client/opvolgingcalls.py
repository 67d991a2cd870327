"""The calls about the follow-up of a match: written once without I/O, then in the two shells.

Repeating any of them changes nothing. All raise what the client itself raises; a match that we are not in is a
`VerzoekGeweigerd` with status 404.
"""

from datetime import date

from client_sdk.client import opvolgingantwoorden, opvolgingverzoeken, termijnantwoorden
from client_sdk.client.gesprek import Gesprek
from client_sdk.client.opvolging import Hulp, Opvolging
from client_sdk.client.termijnen import Termijn
from client_sdk.client.transport import AsyncRun, Run, Steps
from client_sdk.types import Medewerker
from convenant.types import Oin


class OpvolgingCore:
    """Each call as a generator that yields requests and pauses and returns its result."""

    def __init__(self, gesprek: Gesprek) -> None:
        self._gesprek = gesprek

    def read(self, match: str, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Return how the follow-up of a match stands."""
        content = yield from self._gesprek.call(opvolgingverzoeken.opvolging_request(match), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def record_contact(self, match: str, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Record that we had contact about a match."""
        content = yield from self._gesprek.call(opvolgingverzoeken.contact_request(match), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def propose_regisseur(
        self, match: str, kandidaat: Oin, *, per: date | None = None, medewerker: Medewerker = None
    ) -> Steps[Opvolging]:
        """Propose who gets the regie; `per` is the day of a hand-over."""
        content = yield from self._gesprek.call(
            opvolgingverzoeken.regievoorstel_request(match, kandidaat, per), medewerker
        )
        return opvolgingantwoorden.read_opvolging(content, match)

    def accept_regie(self, match: str, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Accept the regie that was proposed to us."""
        content = yield from self._gesprek.call(opvolgingverzoeken.regieaanvaarding_request(match), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def decline_regie(self, match: str, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Turn down the regie that was proposed to us."""
        content = yield from self._gesprek.call(opvolgingverzoeken.regieafwijzing_request(match), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def agree_moment(self, match: str, op: date, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Agree the day on which the parties speak each other next."""
        content = yield from self._gesprek.call(opvolgingverzoeken.moment_request(match, op), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def report_hulp(self, match: str, hulp: Hulp, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Say how our help goes."""
        content = yield from self._gesprek.call(opvolgingverzoeken.hulpmelding_request(match, hulp), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def close(self, match: str, *, medewerker: Medewerker = None) -> Steps[Opvolging]:
        """Close the follow-up for our organisation."""
        content = yield from self._gesprek.call(opvolgingverzoeken.afsluiting_request(match), medewerker)
        return opvolgingantwoorden.read_opvolging(content, match)

    def termijnen(self, *, medewerker: Medewerker = None) -> Steps[tuple[Termijn, ...]]:
        """Return our own terms that run."""
        content = yield from self._gesprek.call(opvolgingverzoeken.termijnen_request(), medewerker)
        return termijnantwoorden.read_termijnen(content)


class OpvolgingClient:
    """What is done about a match, for blocking code; `MatcherClient.opvolging`."""

    def __init__(self, core: OpvolgingCore, run: Run) -> None:
        self._core = core
        self._run = run

    def read(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Return how the follow-up of a match stands."""
        return self._run(self._core.read(match, medewerker=medewerker))

    def record_contact(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Record that we had contact about a match."""
        return self._run(self._core.record_contact(match, medewerker=medewerker))

    def propose_regisseur(
        self, match: str, kandidaat: Oin, *, per: date | None = None, medewerker: Medewerker = None
    ) -> Opvolging:
        """Propose who gets the regie; `per` is the day of a hand-over."""
        return self._run(self._core.propose_regisseur(match, kandidaat, per=per, medewerker=medewerker))

    def accept_regie(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Accept the regie that was proposed to us."""
        return self._run(self._core.accept_regie(match, medewerker=medewerker))

    def decline_regie(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Turn down the regie that was proposed to us."""
        return self._run(self._core.decline_regie(match, medewerker=medewerker))

    def agree_moment(self, match: str, op: date, *, medewerker: Medewerker = None) -> Opvolging:
        """Agree the day on which the parties speak each other next."""
        return self._run(self._core.agree_moment(match, op, medewerker=medewerker))

    def report_hulp(self, match: str, hulp: Hulp, *, medewerker: Medewerker = None) -> Opvolging:
        """Say how our help goes."""
        return self._run(self._core.report_hulp(match, hulp, medewerker=medewerker))

    def close(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Close the follow-up for our organisation."""
        return self._run(self._core.close(match, medewerker=medewerker))

    def termijnen(self, *, medewerker: Medewerker = None) -> tuple[Termijn, ...]:
        """Return our own terms that run."""
        return self._run(self._core.termijnen(medewerker=medewerker))


class AsyncOpvolgingClient:
    """What is done about a match, for asyncio; `AsyncMatcherClient.opvolging`."""

    def __init__(self, core: OpvolgingCore, run: AsyncRun) -> None:
        self._core = core
        self._run = run

    async def read(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Return how the follow-up of a match stands."""
        return await self._run(self._core.read(match, medewerker=medewerker))

    async def record_contact(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Record that we had contact about a match."""
        return await self._run(self._core.record_contact(match, medewerker=medewerker))

    async def propose_regisseur(
        self, match: str, kandidaat: Oin, *, per: date | None = None, medewerker: Medewerker = None
    ) -> Opvolging:
        """Propose who gets the regie; `per` is the day of a hand-over."""
        return await self._run(self._core.propose_regisseur(match, kandidaat, per=per, medewerker=medewerker))

    async def accept_regie(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Accept the regie that was proposed to us."""
        return await self._run(self._core.accept_regie(match, medewerker=medewerker))

    async def decline_regie(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Turn down the regie that was proposed to us."""
        return await self._run(self._core.decline_regie(match, medewerker=medewerker))

    async def agree_moment(self, match: str, op: date, *, medewerker: Medewerker = None) -> Opvolging:
        """Agree the day on which the parties speak each other next."""
        return await self._run(self._core.agree_moment(match, op, medewerker=medewerker))

    async def report_hulp(self, match: str, hulp: Hulp, *, medewerker: Medewerker = None) -> Opvolging:
        """Say how our help goes."""
        return await self._run(self._core.report_hulp(match, hulp, medewerker=medewerker))

    async def close(self, match: str, *, medewerker: Medewerker = None) -> Opvolging:
        """Close the follow-up for our organisation."""
        return await self._run(self._core.close(match, medewerker=medewerker))

    async def termijnen(self, *, medewerker: Medewerker = None) -> tuple[Termijn, ...]:
        """Return our own terms that run."""
        return await self._run(self._core.termijnen(medewerker=medewerker))
