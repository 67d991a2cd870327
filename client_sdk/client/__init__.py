"""The clients of matcher and sleutelhouder: each conversation written once, in a blocking and an asynchronous shell."""

from client_sdk.client.asynchronous import AsyncMatcherClient
from client_sdk.client.gesprek import Aanmelding
from client_sdk.client.koppeling import (
    Epochestand,
    Epochestatus,
    Epochetokens,
    Hertokening,
    Kaartvraag,
    Kaartvrijgave,
    MogelijkeMatch,
    MogelijkeMatchStatus,
    Omslag,
    OntvangenKaart,
    Paarbericht,
    Verzegeldekaart,
    Zegel,
)
from client_sdk.client.model import (
    BEGIN_CURSOR,
    Bladzijde,
    Contact,
    EigenSignaal,
    Intrekking,
    Match,
    Matcherstatus,
    Notificatie,
    Notificatiebladzijde,
    NotificatieSoort,
    Ontvangst,
    Organisatie,
    Partijmelding,
    SignaalInzending,
)
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.sleutelhouder import AsyncSleutelhouderClient, SleutelhouderClient
from client_sdk.client.sync import MatcherClient

__all__ = [
    "BEGIN_CURSOR",
    "Aanmelding",
    "AsyncMatcherClient",
    "AsyncSleutelhouderClient",
    "Bladzijde",
    "Contact",
    "EigenSignaal",
    "Epochestand",
    "Epochestatus",
    "Epochetokens",
    "Herhaalbeleid",
    "Hertokening",
    "Intrekking",
    "Kaartvraag",
    "Kaartvrijgave",
    "Match",
    "MatcherClient",
    "Matcherstatus",
    "MogelijkeMatch",
    "MogelijkeMatchStatus",
    "Notificatie",
    "NotificatieSoort",
    "Notificatiebladzijde",
    "Omslag",
    "OntvangenKaart",
    "Ontvangst",
    "Organisatie",
    "Paarbericht",
    "Partijmelding",
    "SignaalInzending",
    "SleutelhouderClient",
    "Verzegeldekaart",
    "Zegel",
]
