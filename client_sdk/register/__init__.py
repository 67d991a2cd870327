"""The encrypted register of an organisation: which of its own clients each signal is about."""

from client_sdk.register.model import (
    LOPEND,
    Idempotentiesleutel,
    NieuwSignaal,
    Signaal,
    SignaalStatus,
    Zending,
)
from client_sdk.register.register import Inschrijving, Register

__all__ = [
    "LOPEND",
    "Idempotentiesleutel",
    "Inschrijving",
    "NieuwSignaal",
    "Register",
    "Signaal",
    "SignaalStatus",
    "Zending",
]
