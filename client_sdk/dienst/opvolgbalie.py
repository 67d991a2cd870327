"""The follow-up of a match: contact, regie, the next moment, help, closing, and the terms by which it goes."""

from datetime import date

from client_sdk.client.opvolging import Hulp, Opvolging
from client_sdk.client.sync import MatcherClient
from client_sdk.client.termijnen import Termijn
from convenant.types import Oin


class Opvolgbalie:
    """What an organisation does after a match; no content travels, and repeating anything changes nothing.

    Everything but `termijnen` returns how the follow-up stands then. Raises VerzoekGeweigerd (404) for a match that
    this organisation is not in, (409) for what cannot be done now, and MatcherFout for all else.
    """

    def __init__(self, client: MatcherClient) -> None:
        self._calls = client.opvolging

    def toon(self, match: str) -> Opvolging:
        """Return how the follow-up stands."""
        return self._calls.read(match)

    def contact(self, match: str) -> Opvolging:
        """Record that there was contact."""
        return self._calls.record_contact(match)

    def stel_regisseur_voor(self, match: str, kandidaat: Oin, *, per: date | None = None) -> Opvolging:
        """Propose who gets the regie; with `per`, that it is handed over on that day."""
        return self._calls.propose_regisseur(match, kandidaat, per=per)

    def aanvaard_regie(self, match: str) -> Opvolging:
        """Accept the regie that was proposed to us; from then on, or from the day that was named, it is ours alone."""
        return self._calls.accept_regie(match)

    def wijs_regie_af(self, match: str) -> Opvolging:
        """Turn down the regie that was proposed to us."""
        return self._calls.decline_regie(match)

    def spreek_moment_af(self, match: str, op: date) -> Opvolging:
        """Agree the day on which the parties speak each other next."""
        return self._calls.agree_moment(match, op)

    def meld_hulp(self, match: str, hulp: Hulp) -> Opvolging:
        """Say that our help started, stagnates or stopped."""
        return self._calls.report_hulp(match, hulp)

    def sluit_af(self, match: str) -> Opvolging:
        """Close the follow-up for our organisation."""
        return self._calls.close(match)

    def termijnen(self) -> tuple[Termijn, ...]:
        """Return our own terms that run, of every kind."""
        return self._calls.termijnen()
