"""Contact cards on the wire. Every length is fixed, so that no card tells anything by its size."""

from typing import Annotated

from pydantic import Field

from convenant.types import OIN_PATTERN, Epoche, Oin
from convenant.web.modellen import Model, decode
from matcher.domein.kaart import Kaart, Omslag, Zegel

MAX_ZEGELS = 10
MAX_VRIJGAVE_TEKENS = 5462
"""4096 bytes in base64url without padding."""

_TEKEN = "[A-Za-z0-9_-]"
# The last character of a value whose length is no multiple of three bytes has bits that must be zero.
_NA_TWEE = "[AEIMQUYcgkosw048]"
_NA_EEN = "[AQgw]"

Versleuteld = Annotated[str, Field(pattern=f"^{_TEKEN}{{1402}}{_NA_TWEE}$")]
"""1052 bytes: nonce, a kilobyte of padded card, tag."""

OmslagWaarde = Annotated[str, Field(pattern=f"^{_TEKEN}{{80}}$")]
"""60 bytes: nonce, card key, tag."""

ZegelWaarde = Annotated[str, Field(pattern=f"^({_TEKEN}{{106}}{_NA_TWEE}|{_TEKEN}{{1557}}{_NA_EEN})$")]
"""A card key sealed with X25519 (80 bytes) or MLKEM768-X25519 (1168 bytes)."""

Vrijgavezegel = Annotated[
    str,
    Field(
        pattern=f"^({_TEKEN}{{4}})*({_TEKEN}{_NA_EEN}|{_TEKEN}{{2}}{_NA_TWEE})?$",
        min_length=64,
        max_length=MAX_VRIJGAVE_TEKENS,
    ),
]
"""A signed card, sealed; at most 4096 bytes."""


class OmslagInvoer(Model):
    """De kaartsleutel, verpakt onder de kaartsleutel van één epoche."""

    epoche: int = Field(ge=1, le=2**31 - 1, strict=True)
    waarde: OmslagWaarde = Field(repr=False)


class ZegelInvoer(Model):
    """De kaartsleutel, verzegeld voor één ontvanger."""

    ontvanger: str = Field(pattern=OIN_PATTERN)
    waarde: ZegelWaarde = Field(repr=False)


class KaartInvoer(Model):
    """De contactkaart bij een SIGNAAL; de matcher kan haar niet lezen."""

    versleuteld: Versleuteld = Field(repr=False)
    omslagen: list[OmslagInvoer] = Field(min_length=1, max_length=2, description="Een per tokenset.")
    zegels: list[ZegelInvoer] = Field(max_length=MAX_ZEGELS)

    def to_kaart(self) -> Kaart:
        """The card in bytes."""
        return Kaart(
            decode(self.versleuteld),
            tuple(Omslag(Epoche(omslag.epoche), decode(omslag.waarde)) for omslag in self.omslagen),
            tuple(Zegel(Oin(zegel.ontvanger), decode(zegel.waarde)) for zegel in self.zegels),
        )


class OmslagUitvoer(Model):
    """De kaartsleutel onder één epoche."""

    epoche: int
    waarde: str = Field(repr=False)


class ZegelUitvoer(Model):
    """De kaartsleutel, verzegeld voor de ontvanger van dit antwoord."""

    ontvanger: str
    waarde: str = Field(repr=False)


class KaartUitvoer(Model):
    """De contactkaart bij het signaal van een andere organisatie; omslagen alleen als beide slot `zeker` delen."""

    signaal: str = Field(json_schema_extra={"format": "uuid"})
    oin: str
    versleuteld: str = Field(repr=False)
    omslagen: list[OmslagUitvoer]
    zegels: list[ZegelUitvoer]
