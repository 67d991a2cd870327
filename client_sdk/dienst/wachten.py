"""What a signal waits for, from the error that made it wait to the sentence that tells the user."""

from datetime import datetime, timedelta
from typing import Final

from client_sdk.errors import (
    BudgetOp,
    OneerlijkeSleutelhouder,
    PlafondBereikt,
    SleutelhouderFout,
    SleutelhouderOnbereikbaar,
)
from client_sdk.register.model import Wachtreden
from convenant.kalender import NEDERLAND

_LATER: Final = "Verstuur het later met: koppelradar register verzend"
_ZINNEN: Final = {
    None: f"Het heeft nog geen koppeltokens. {_LATER}",
    Wachtreden.MATCHER: f"De matcher is nu niet bereikbaar. {_LATER}",
    Wachtreden.PLAFOND: f"Het plafond van uw organisatie voor deze maand is bereikt. {_LATER}",
    Wachtreden.SLEUTELHOUDER: f"De sleutelhouder is nu niet bereikbaar. {_LATER}",
    Wachtreden.BUDGET: f"Het budget van uw organisatie bij de sleutelhouder is op. {_LATER}",
    Wachtreden.ONEERLIJK: (
        "De sleutelhouder gaf een antwoord dat niet klopt met het convenant; er is niets mee gedaan. Meld dit aan de "
        f"convenanthouder. {_LATER}"
    ),
    Wachtreden.GEWEIGERD: (
        "De sleutelhouder weigert het verzoek van uw organisatie, of kent deze epoche of dit profiel niet. Meld dit "
        f"aan de convenanthouder. {_LATER}"
    ),
}


def reden_of(error: SleutelhouderFout) -> Wachtreden:
    """Return what a signal waits for after this error."""
    if isinstance(error, SleutelhouderOnbereikbaar):
        return Wachtreden.SLEUTELHOUDER
    if isinstance(error, BudgetOp):
        return Wachtreden.BUDGET
    return Wachtreden.ONEERLIJK if isinstance(error, OneerlijkeSleutelhouder) else Wachtreden.GEWEIGERD


def until(error: SleutelhouderFout | PlafondBereikt, nu: datetime) -> datetime | None:
    """Return until when to wait, as far as the service said; rounded up to a second."""
    if not isinstance(error, (SleutelhouderOnbereikbaar, BudgetOp, PlafondBereikt)) or error.retry_after is None:
        return None
    return (nu + timedelta(seconds=error.retry_after + 1)).replace(microsecond=0)


def wachtzin(reden: Wachtreden | None, tot: datetime | None = None) -> str:
    """Return what is waited for, until when as far as that is known, and what to do; None is nothing tried yet."""
    zin = _ZINNEN[reden]
    if tot is None:
        return zin
    return f"{zin} (weer ruimte vanaf {tot.astimezone(NEDERLAND):%d-%m-%Y %H:%M})"
