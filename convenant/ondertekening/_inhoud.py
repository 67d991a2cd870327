"""What is inside a statement and a seal, as JSON; the edge at which it is checked for its form."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from convenant._afspraken import HASH_PATTERN
from convenant._basis import OinTekst
from convenant._partijen import PartijDocument
from convenant._sleutels import OkpSleutel
from convenant.canoniek import canonical_bytes
from convenant.errors import OngeldigeVerklaring
from convenant.ondertekening.types import Verklaringsoort

VERSIE: Final = 1
_MOMENT: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_MAX_NUMMER: Final = 1_000_000

_EXTRA: Final = {
    Verklaringsoort.TOETREDEN: {"partij"},
    Verklaringsoort.TOELATEN: {"partij_oin", "toetreding"},
    Verklaringsoort.SCHORSEN: {"partij_oin"},
    Verklaringsoort.HERVATTEN: {"partij_oin"},
    Verklaringsoort.SLEUTELWISSEL: {"sleutel", "bewijs"},
}
_OPTIONAL: Final = frozenset[str]().union(*_EXTRA.values())


def moment_text(op: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC, in whole seconds."""
    return f"{op.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "moment")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("moment", "moment") from None


_Moment = Annotated[datetime, BeforeValidator(_moment)]
_Hash = Annotated[str, Field(pattern=HASH_PATTERN)]


class _Onderwerp(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    v: int = Field(ge=VERSIE, le=VERSIE)
    convenant: str
    versie: int
    hash: _Hash
    oin: OinTekst
    op: _Moment


class VerklaringInhoud(_Onderwerp):
    """The payload of a statement."""

    soort: Verklaringsoort
    nummer: int = Field(ge=1, le=_MAX_NUMMER)
    vorige: _Hash | None
    partij: PartijDocument | None = None
    partij_oin: OinTekst | None = None
    toetreding: _Hash | None = None
    sleutel: OkpSleutel | None = None
    bewijs: str | None = None

    @model_validator(mode="after")
    def _has_what_belongs(self) -> "VerklaringInhoud":
        given = {naam for naam in _OPTIONAL if getattr(self, naam) is not None}
        if self.model_fields_set & _OPTIONAL != given or given != _EXTRA.get(self.soort, set()):
            raise PydanticCustomError("velden", "velden")
        return self


class SlotInhoud(_Onderwerp):
    """The payload of a seal: how many statements there are, and the hash of their sorted hashes."""

    aantal: int = Field(ge=0)
    verklaringen: _Hash


def parse_verklaring(inhoud: dict[str, Any]) -> VerklaringInhoud:
    """Return the payload in its form. Raises `OngeldigeVerklaring`."""
    _refuse_newer(inhoud)
    try:
        return VerklaringInhoud.model_validate_json(canonical_bytes(inhoud))
    except ValidationError:
        raise _wrong_form() from None  # pydantic can quote what it says


def parse_slot(inhoud: dict[str, Any]) -> SlotInhoud:
    """Return the payload in its form. Raises `OngeldigeVerklaring`."""
    _refuse_newer(inhoud)
    try:
        return SlotInhoud.model_validate_json(canonical_bytes(inhoud))
    except ValidationError:
        raise _wrong_form() from None


def _refuse_newer(inhoud: dict[str, Any]) -> None:
    versie = inhoud.get("v")
    if isinstance(versie, int) and versie > VERSIE:
        raise OngeldigeVerklaring("Dit is met een nieuwere versie van Koppelradar ondertekend. Werk Koppelradar bij.")


def _wrong_form() -> OngeldigeVerklaring:
    return OngeldigeVerklaring("De inhoud heeft een onbekende vorm. Laat opnieuw ondertekenen met Koppelradar.")
