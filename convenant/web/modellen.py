"""What every service sends and takes, and the fields that they share.

Strict: an unknown member is refused, so that no content can hide in one (guarantee 1).
"""

import base64
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

_LAST_OF_32_BYTES = "[AEIMQUYcgkosw048]"
BASE64URL_32 = f"^[A-Za-z0-9_-]{{42}}{_LAST_OF_32_BYTES}$"
"""32 bytes in base64url without padding; the last character has two bits that must be zero."""


def _iso_date(value: object) -> object:
    # Pydantic alone would also take a date-time or a number of seconds.
    if not isinstance(value, str) or len(value) != len("2026-01-01"):
        raise PydanticCustomError("date_format", "not a plain date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_format", "not a plain date") from None


PlainDate = Annotated[date, BeforeValidator(_iso_date), Field(json_schema_extra={"format": "date"})]
Base64url32 = Annotated[str, Field(pattern=BASE64URL_32)]


class Model(BaseModel):
    """Base of everything that travels: frozen, strict about names, camelCase on the wire."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class TokenUitvoer(BaseModel):
    """Een toegangstoken (RFC 6749, paragraaf 5.1)."""

    access_token: str = Field(repr=False)
    token_type: str
    expires_in: int
    scope: str


class ToestandUitvoer(Model):
    """Hoe het met de dienst gaat."""

    status: str


class InvoerfoutUitvoer(Model):
    """Eén ding dat niet klopt: waar, en wat eraan te doen."""

    pad: str
    code: str
    melding: str


class Probleem(BaseModel):
    """Een fout volgens RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    fouten: list[InvoerfoutUitvoer] | None = None
    error: str | None = None
    error_description: str | None = None


def decode(text: str) -> bytes:
    """Base64url without padding, checked by a pattern before."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
