"""Which own clients and casussen an event is about, as far as it names own signals."""

from collections.abc import Iterable
from uuid import UUID

from client_sdk.client.model import Inhoud
from client_sdk.client.opvolging import Opvolgbericht
from client_sdk.client.radar import Gezinsmatch, Radartreffer, Terugkoppelbericht
from client_sdk.client.signaalberichten import Signaalbericht
from client_sdk.client.termijnen import Onderwerpsoort, Termijnbericht
from client_sdk.register.register import Register


def own_clients(register: Register, inhoud: Inhoud) -> tuple[str, ...]:
    """Return the client numbers of the own signals that an event names, or that the register knows of its pair."""
    match inhoud:
        case Signaalbericht(signalen=signalen):
            return _clients(register, signalen)
        case Gezinsmatch(eigen_signaal=signaal):
            return _clients(register, [signaal])
        case Opvolgbericht(paar=paar) | Terugkoppelbericht(paar=paar):
            known = register.paar(paar)
            return _clients(register, [known.signaal]) if known else ()
        case _:
            return ()


def own_casus(register: Register, inhoud: Inhoud) -> str | None:
    """Return the casusnummer of the own casus that an event names; None when there is none, or it is not known."""
    match inhoud:
        case Radartreffer(casus=casus):
            return _casusnummer(register, casus)
        case Termijnbericht(onderwerpsoort=Onderwerpsoort.CASUS, onderwerp=casus):
            return _casusnummer(register, casus)
        case _:
            return None


def _clients(register: Register, signalen: Iterable[UUID]) -> tuple[str, ...]:
    known = (register.find(signaal) for signaal in signalen)
    return tuple(sorted({signaal.clientnummer for signaal in known if signaal is not None}))


def _casusnummer(register: Register, casus: UUID) -> str | None:
    known = register.casus(casus)
    return known.casusnummer if known else None
