"""The small words of signing."""

from enum import StrEnum, unique
from typing import NewType

Verklaringtekst = NewType("Verklaringtekst", str)
"""A statement as it travels: a compact JWS. Nothing in it counts before it was verified in its chain."""

Verklaringhash = NewType("Verklaringhash", str)
"""`sha256:` and 64 hex digits over the ASCII bytes of a Verklaringtekst; by it the next statement names this one."""

Slottekst = NewType("Slottekst", str)
"""The seal of the convenanthouder on a whole bundle: a compact JWS."""


@unique
class Verklaringsoort(StrEnum):
    """What a statement does; admitting, suspending and resuming are for the convenanthouder alone."""

    AANVAARDEN = "aanvaarden"
    AFWIJZEN = "afwijzen"
    OPZEGGEN = "opzeggen"
    TOETREDEN = "toetreden"
    """Asks to join; counts as accepting once the convenanthouder admits the party."""
    TOELATEN = "toelaten"
    SCHORSEN = "schorsen"
    HERVATTEN = "hervatten"
    SLEUTELWISSEL = "sleutelwissel"


@unique
class Woord(StrEnum):
    """The last word of a party on this version."""

    GEEN = "geen"
    AANVAARD = "aanvaard"
    AFGEWEZEN = "afgewezen"
    OPGEZEGD = "opgezegd"


@unique
class Status(StrEnum):
    """Where one version of a convenant stands."""

    VOORGESTELD = "voorgesteld"
    GELDIG = "geldig"
    AFGEWEZEN = "afgewezen"
    OPGEZEGD = "opgezegd"
    VERLOPEN = "verlopen"
