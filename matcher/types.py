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
CasusId = NewType("CasusId", UUID)
TermijnId = NewType("TermijnId", UUID)
VraagId = NewType("VraagId", UUID)
"""A bekendheidsvraag; made by the asker's SDK, and the salt of its tokens."""
WebhookId = NewType("WebhookId", UUID)

Paarsleutel = tuple[SignaalId, SignaalId]
"""Two signals, the lower id first: one name for a pair, whoever looks at it."""

Paarkenmerk = NewType("Paarkenmerk", UUID)
"""A pair as one receiver knows it: stable, opaque, and another one for every receiver."""


class Signaalstatus(StrEnum):
    """Where a signal is in its life; only `actief` ones match."""

    ACTIEF = "actief"
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"
    BEEINDIGD = "beeindigd"
    """Its organisation left the convenant, or the convenant itself ended it."""


class Notificatiesoort(StrEnum):
    """What a receiver is told of, as named in the type of a CloudEvent."""

    MATCH_ONTSTAAN = "match-ontstaan"
    MATCH_UITGEBREID = "match-uitgebreid"
    MATCH_GEKROMPEN = "match-gekrompen"
    MATCH_VERVALLEN = "match-vervallen"
    MATCH_ONJUIST = "match-onjuist"
    MOGELIJK_ONTSTAAN = "mogelijke-match-ontstaan"
    MOGELIJK_BEVESTIGD = "mogelijke-match-bevestigd"
    MOGELIJK_AFGEWEZEN = "mogelijke-match-afgewezen"
    MOGELIJK_VERVALLEN = "mogelijke-match-vervallen"
    ACUUT_BEVESTIGD = "acuut-bevestigd"
    VROEG_INGETROKKEN = "vroeg-ingetrokken"
    KAART_GEVRAAGD = "kaart-gevraagd"
    KAART_VRIJGEGEVEN = "kaart-vrijgegeven"
    SIGNAAL_ONTVANGEN = "signaal-ontvangen"
    SIGNAAL_VERLOOPT_BINNENKORT = "signaal-verloopt-binnenkort"
    SIGNAAL_VERLOPEN = "signaal-verlopen"
    CONTACT_VASTGELEGD = "contact-vastgelegd"
    REGIE_VOORGESTELD = "regie-voorgesteld"
    REGIE_VASTGESTELD = "regie-vastgesteld"
    REGIE_OVERGEDRAGEN = "regie-overgedragen"
    MOMENT_AFGESPROKEN = "moment-afgesproken"
    HULP_GEMELD = "hulp-gemeld"
    OPVOLGING_AFGESLOTEN = "opvolging-afgesloten"
    TERMIJN_NADERT = "termijn-nadert"
    TERMIJN_VERSTREKEN = "termijn-verstreken"
    GEESCALEERD = "geescaleerd"
    GEZINSMATCH_ONTSTAAN = "gezinsmatch-ontstaan"
    GEZINSMATCH_VERVALLEN = "gezinsmatch-vervallen"
    RADARTREFFER = "radartreffer"
    TERUGKOPPELING = "terugkoppeling"
    BEKENDHEIDSVRAAG = "bekendheidsvraag"
    BEKENDHEIDSANTWOORD = "bekendheidsantwoord"
    CONVENANT_GEWIJZIGD = "convenant-gewijzigd"


class Paarstatus(StrEnum):
    """What became of two signals whose weaker keys coincide, or that were separated."""

    OPEN = "open"
    BEVESTIGD = "bevestigd"
    AFGEWEZEN = "afgewezen"
    ONJUIST = "onjuist"
    VERVALLEN = "vervallen"
    VASTGELEGD = "vastgelegd"
    """It shared slot `zeker` under an epoch whose tokens were erased since."""
