"""The small words of a convenant: identifiers and the closed lists that appear in the document."""

import re
from enum import StrEnum, unique
from typing import Final, NewType

from convenant.errors import OngeldigOin

Oin = NewType("Oin", str)
"""Organisatie-identificatienummer: twenty characters, leading zeros included; checked by `parse_oin`."""

ConvenantId = NewType("ConvenantId", str)
"""Three to forty characters of `[a-z0-9-]`; part of the salt of every koppeltoken."""

Epoche = NewType("Epoche", int)
"""Number of a key period, from 1."""

# Prefix, main number and suffix as in Logius' OIN-stelsel. Prefix 05 is unassigned. There is no check digit.
OIN_PATTERN: Final = "^(0000000[1-46-9]|00000010|00000099)[0-9A-Z]{9}000$"
TEST_OIN_PREFIX: Final = "00000099"

_OIN: Final = re.compile(OIN_PATTERN)


@unique
class Niveau(StrEnum):
    """How sure it is that two signals are about one person."""

    ZEKER = "zeker"
    WAARSCHIJNLIJK = "waarschijnlijk"
    MOGELIJK = "mogelijk"


@unique
class Omgeving(StrEnum):
    """Whether real persons may be in it: a `proef` runs on invented ones."""

    PROEF = "proef"
    PRODUCTIE = "productie"


@unique
class Modus(StrEnum):
    """How a koppeltoken is derived; `hmac` falls to a dictionary attack by a party: for a `proef` only."""

    HMAC = "hmac"
    VOPRF = "voprf"


@unique
class Rol(StrEnum):
    """What a party may do in the system."""

    SIGNALEERDER = "signaleerder"
    RADAR = "radar"
    REGISSEUR = "regisseur"
    PRIVACY = "privacy"
    BEHEER = "beheer"


@unique
class Sector(StrEnum):
    """The sectors of the Wet meldcode, with Veilig Thuis and other public bodies."""

    GEZONDHEIDSZORG = "gezondheidszorg"
    ONDERWIJS = "onderwijs"
    KINDEROPVANG = "kinderopvang"
    MAATSCHAPPELIJKE_ONDERSTEUNING = "maatschappelijke-ondersteuning"
    JEUGDHULP = "jeugdhulp"
    JUSTITIE = "justitie"
    VEILIG_THUIS = "veilig-thuis"
    OVERHEID = "overheid"


@unique
class Veld(StrEnum):
    """What can be told about a signal; there is nothing else that the matcher could tell."""

    ORGANISATIE = "organisatie"
    CONTACT = "contact"
    SIGNAALSOORT = "signaalsoort"
    INGEDIEND_OP = "ingediendOp"
    KAART = "kaart"
    """The contact card of the professional who signalled."""
    OVEREENKOMST = "overeenkomst"
    """Which slots of a possible match coincide; the only thing that is told of one."""


@unique
class Gebeurtenis(StrEnum):
    """What gives rise to telling something."""

    MATCH = "match"
    """Two signals share slot `zeker`, or both sides confirmed that they are about one person."""
    MOGELIJKE_MATCH = "mogelijke-match"
    """Weaker slots coincide and nobody has confirmed anything."""
    ACUUT = "acuut"
    """One side confirmed a possible match because of acute danger; reviewed afterwards."""


@unique
class Informatieplicht(StrEnum):
    """Whether the persons concerned must have been told before a signal is submitted."""

    VERPLICHT = "verplicht"
    NIET_VERPLICHT = "niet-verplicht"


def parse_oin(text: str) -> Oin:
    """Return `text` as an OIN.

    Only the form is checked: an OIN has no check digit and the public register is incomplete, so that this
    does not prove that the organisation exists. Raises `OngeldigOin`.
    """
    if not _OIN.fullmatch(text):
        raise OngeldigOin(
            "Dit is geen OIN. Een OIN heeft 20 tekens: 8 cijfers voorvoegsel, een nummer van 9 tekens en 000."
        )
    return Oin(text)
