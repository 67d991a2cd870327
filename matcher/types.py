"""Encodings and trust states of the matcher, one type each."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

TokenHash = NewType("TokenHash", bytes)
"""HMAC-SHA-256 under the pepper of a koppeltoken; 32 bytes. The only form in which a token is stored."""

MedewerkerPseudoniem = NewType("MedewerkerPseudoniem", bytes)
"""32 bytes that tell professionals of one organisation apart, without saying who they are."""

SignaalId = NewType("SignaalId", UUID)
MatchId = NewType("MatchId", UUID)


class Signaalstatus(StrEnum):
    """Where a signal is in its life; only `actief` ones match."""

    ACTIEF = "actief"
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"


class Matchgebeurtenis(StrEnum):
    """What happened to a match, as named in the type of a CloudEvent."""

    ONTSTAAN = "match-ontstaan"
    UITGEBREID = "match-uitgebreid"
    GEKROMPEN = "match-gekrompen"
    VERVALLEN = "match-vervallen"
