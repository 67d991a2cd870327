"""The client of the matcher: one conversation, written once, in a blocking and an asynchronous shell."""

from client_sdk.client.asynchronous import AsyncMatcherClient
from client_sdk.client.core import Aanmelding
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
from client_sdk.client.sync import MatcherClient

__all__ = [
    "BEGIN_CURSOR",
    "Aanmelding",
    "AsyncMatcherClient",
    "Bladzijde",
    "Contact",
    "EigenSignaal",
    "Herhaalbeleid",
    "Intrekking",
    "Match",
    "MatcherClient",
    "Matcherstatus",
    "Notificatie",
    "NotificatieSoort",
    "Notificatiebladzijde",
    "Ontvangst",
    "Organisatie",
    "Partijmelding",
    "SignaalInzending",
]
