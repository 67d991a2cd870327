"""What the classes of the document share: strict types, camelCase names, no unknown fields, forms of text."""

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from convenant.types import OIN_PATTERN

# Control characters, rare line breaks and bidirectional overrides: names are shown in terminals, consoles and e-mails.
_UNSHOWABLE: Final = r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
LINE_PATTERN: Final = rf"^[^\n{_UNSHOWABLE}]+$"
TEXT_PATTERN: Final = rf"^[^{_UNSHOWABLE}]+$"
CODE_PATTERN: Final = "^[a-z][a-z0-9-]{1,39}$"
ID_PATTERN: Final = "^[a-z0-9-]{3,40}$"
ARTIKEL_PATTERN: Final = "^[0-9]{1,3}([.][0-9]{1,3}){0,3}[a-z]?$"
TELEFOON_PATTERN: Final = "^[+]?[0-9][0-9 ()-]{4,18}[0-9]$"
EMAIL_PATTERN: Final = "^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}[.])+[A-Za-z]{2,24}$"
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _plain_date(value: Any) -> date:
    """Refuse what pydantic also takes for a date: a number of seconds, or a time at midnight."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date_form", "date")
    try:
        return date.fromisoformat(value)
    except ValueError as fout:
        raise PydanticCustomError("date_form", "date") from fout


Regel = Annotated[str, Field(pattern=LINE_PATTERN, max_length=200)]
Tekst = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=2000)]
Code = Annotated[str, Field(pattern=CODE_PATTERN)]
OinTekst = Annotated[str, Field(pattern=OIN_PATTERN)]
Datum = Annotated[date, BeforeValidator(_plain_date)]


class Base(BaseModel):
    """Base of the document classes; instances are read once and turned into `convenant.model`."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        alias_generator=to_camel,
        hide_input_in_errors=True,
        loc_by_alias=True,
        regex_engine="rust-regex",
    )
