"""Whether a caller may ask anything under a convenant."""

from convenant.model import Budget, Convenant
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.types import ConvenantId, Rol
from convenant.web.errors import GeenToegang, Invoerfout, OngeldigeInvoer

_VRAGERS = frozenset({Rol.SIGNALEERDER, Rol.RADAR})
VERBETER = "Verbeter wat bij 'fouten' staat en stuur het verzoek opnieuw."


def admit(kern: Kern, aanroeper: Aanroeper, convenant_id: str, *, pad: str = "/convenant") -> tuple[Convenant, Budget]:
    """The convenant and what it lets this caller ask.

    Raises OngeldigeInvoer for a convenant that does not run here today, GeenToegang for an organisation that it gives
    no budget, or no role that enters persons: an access token speaks of all convenanten of this service together.
    """
    convenant = kern.convenanten.get(ConvenantId(convenant_id))
    if convenant is None or not convenant.is_in_force(kern.vandaag()):
        melding = "Dit convenant loopt niet bij deze sleutelhouder. Controleer de naam, of vraag de convenanthouder."
        raise refused(pad, "onbekend-convenant", melding)
    if not convenant.has_partij(aanroeper.client) or not convenant.partij(aanroeper.client).rollen & _VRAGERS:
        raise GeenToegang("Uw organisatie geeft in dit convenant geen signalen. Vraag de convenanthouder.")
    budget = convenant.budget_of(aanroeper.client)
    if budget is None:
        raise GeenToegang("Uw organisatie heeft in dit convenant geen budget. Vraag de convenanthouder.")
    return convenant, budget


def refused(pad: str, code: str, melding: str) -> OngeldigeInvoer:
    """What to answer to a request with one thing wrong."""
    return OngeldigeInvoer(VERBETER, fouten=(Invoerfout(pad, code, melding),))
