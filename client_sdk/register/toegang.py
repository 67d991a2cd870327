"""The keys that open a register: one wrapped copy of the data key for each."""

import sqlite3
from datetime import UTC, datetime

from client_sdk.errors import RegisterFout, RegisterVergrendeld
from client_sdk.register.kluis import Kluis, Omslag
from client_sdk.types import RegisterSleutel


def insert_toegang(connection: sqlite3.Connection, kluis: Kluis, label: str, sleutel: RegisterSleutel) -> None:
    """Let a key open the register. Raises RegisterFout for an empty label or one that is in use."""
    if not label.strip():
        raise RegisterFout("Geef de toegang een label, bijvoorbeeld de naam van het account.")
    if label in list_labels(connection):
        raise RegisterFout("Er is al een toegang met dit label. Kies een ander label.")
    omslag = kluis.wrap(sleutel, label)
    connection.execute(
        "INSERT INTO toegang (label, salt, wrapped, aangemaakt_op) VALUES (?, ?, ?, ?)",
        (label, omslag.salt, omslag.wrapped, datetime.now(UTC).isoformat()),
    )


def delete_toegang(connection: sqlite3.Connection, label: str) -> None:
    """Let a key no longer open the register. Raises RegisterFout for an unknown or the last label."""
    labels = list_labels(connection)
    if label not in labels:
        raise RegisterFout("Er is geen toegang met dit label.")
    if len(labels) == 1:
        raise RegisterFout("Dit is de laatste toegang. Voeg eerst een andere toe.")
    connection.execute("DELETE FROM toegang WHERE label = ?", (label,))


def list_labels(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the labels in alphabetical order."""
    return tuple(row["label"] for row in connection.execute("SELECT label FROM toegang ORDER BY label"))


def unlock(connection: sqlite3.Connection, sleutel: RegisterSleutel) -> Kluis:
    """Return the vault, trying the key on every wrapping: who has a key need not know its label.

    Raises RegisterVergrendeld.
    """
    for row in connection.execute("SELECT label, salt, wrapped FROM toegang"):
        try:
            return Kluis.unwrap(Omslag(row["salt"], row["wrapped"]), sleutel, row["label"])
        except RegisterVergrendeld:
            continue
    raise RegisterVergrendeld("Deze sleutel opent het register niet. Controleer register.sleutel.")
