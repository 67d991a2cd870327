"""Register and matcher together: what an organisation's own system calls."""

from client_sdk.dienst.dienst import Koppelradar
from client_sdk.dienst.model import (
    Clientmatch,
    Clientnotificatie,
    Herstelverslag,
    Indiening,
    OnProgress,
    Uitkomst,
    Verzendverslag,
    Voortgang,
)

__all__ = [
    "Clientmatch",
    "Clientnotificatie",
    "Herstelverslag",
    "Indiening",
    "Koppelradar",
    "OnProgress",
    "Uitkomst",
    "Verzendverslag",
    "Voortgang",
]
