"""How answers are read: tolerantly, and with an error that says where, never what.

Members that this version does not know are ignored; a member that is missing or has another form is the `ongeldig` of
the service that gave it.
"""

import base64
import binascii
from datetime import UTC, date, datetime, time
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from client_sdk.client.dienstsoort import MATCHER, Dienstsoort

DocumentT = TypeVar("DocumentT", bound=BaseModel)


class Document(BaseModel):
    """The base of what is read from an answer."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True, hide_input_in_errors=True)


def _decode_base64url(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 -- pydantic turns a ValueError, not a TypeError, into an error
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _moment(value: object) -> object:
    """Accept a plain date where a moment is meant: midnight UTC."""
    if isinstance(value, str) and len(value) == len("2026-01-01"):
        return datetime.combine(date.fromisoformat(value), time(), tzinfo=UTC)
    return value


Base64Url = Annotated[bytes, BeforeValidator(_decode_base64url)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]


class TokenAnswer(Document):
    """The answer of the token endpoint (RFC 6749, 5.1); `expires_in` is seconds."""

    access_token: Annotated[str, Field(alias="access_token", min_length=1, repr=False)]
    token_type: Annotated[str, Field(alias="token_type")]
    expires_in: Annotated[int, Field(alias="expires_in", ge=0)]


def read_token(content: bytes, soort: Dienstsoort = MATCHER) -> TokenAnswer:
    """Return the access token. Raises the `ongeldig` of the service, also for another token type than Bearer."""
    answer = read(TokenAnswer, content, soort)
    if answer.token_type.lower() != "bearer":
        raise soort.ongeldig(f"{soort.naam} gaf een toegangstoken van een onbekende soort.")
    return answer


def read(document: type[DocumentT], content: bytes, soort: Dienstsoort = MATCHER) -> DocumentT:
    """Return the document in an answer; raises the `ongeldig` of the service."""
    try:
        return document.model_validate_json(content)
    except ValidationError as error:
        raise soort.ongeldig(f"{soort.naam} gaf een antwoord dat niet klopt, bij {where(error)}.") from error


def where(error: ValidationError) -> str:
    """Return the JSON pointer of the first problem: names that the interface defines, and indexes."""
    location = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
    return "/" + "/".join(str(part) for part in location)
