"""Register and matcher together: what an organisation's own system calls."""

from client_sdk.dienst.casusmodel import (
    Betrokkene,
    Casusvermelding,
    Clientbevraging,
    Clientcasus,
    Clientradar,
    Persoonsbeeld,
)
from client_sdk.dienst.dienst import Koppelradar
from client_sdk.dienst.model import (
    Clientmatch,
    ClientMogelijkeMatch,
    Clientnotificatie,
    Herstelverslag,
    Hertokenverslag,
    Hertokenvoortgang,
    Indiening,
    OnHertoken,
    OnProgress,
    Partijkaart,
    Uitkomst,
    Verzendverslag,
    Voortgang,
)
from client_sdk.dienst.wachten import wachtzin

__all__ = [
    "Betrokkene",
    "Casusvermelding",
    "ClientMogelijkeMatch",
    "Clientbevraging",
    "Clientcasus",
    "Clientmatch",
    "Clientnotificatie",
    "Clientradar",
    "Herstelverslag",
    "Hertokenverslag",
    "Hertokenvoortgang",
    "Indiening",
    "Koppelradar",
    "OnHertoken",
    "OnProgress",
    "Partijkaart",
    "Persoonsbeeld",
    "Uitkomst",
    "Verzendverslag",
    "Voortgang",
    "wachtzin",
]
