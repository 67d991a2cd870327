"""The encrypted register of an organisation: which of its own clients each signal is about."""

from client_sdk.register.casussen import Casusregistratie
from client_sdk.register.model import (
    LOPEND,
    Getokend,
    Idempotentiesleutel,
    Kaartverzoek,
    KaartverzoekStatus,
    NieuwSignaal,
    Paar,
    Signaal,
    SignaalStatus,
    TeTokeniseren,
    Wachtreden,
    Zending,
)
from client_sdk.register.register import Inschrijving, Register

__all__ = [
    "LOPEND",
    "Casusregistratie",
    "Getokend",
    "Idempotentiesleutel",
    "Inschrijving",
    "Kaartverzoek",
    "KaartverzoekStatus",
    "NieuwSignaal",
    "Paar",
    "Register",
    "Signaal",
    "SignaalStatus",
    "TeTokeniseren",
    "Wachtreden",
    "Zending",
]
