"""Answers of HTTP interface version 1, read into values.

A tolerant reader: members that this version does not know are ignored, a member that is missing or has
another form is an `OngeldigAntwoord`. The error says where, never what.
"""

import base64
import binascii
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from client_sdk.client import model
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Epoche, Niveau, Oin

_SEQUENCE = r"^[0-9]{10}$"
_D = TypeVar("_D", bound=BaseModel)
_KNOWN_EVENTS = frozenset(soort.value for soort in model.NotificatieSoort)


class _Document(BaseModel):
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


_Base64Url = Annotated[bytes, BeforeValidator(_decode_base64url)]
_Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]


class TokenAnswer(_Document):
    """The answer of the token endpoint (RFC 6749, 5.1); `expires_in` is seconds."""

    access_token: Annotated[str, Field(alias="access_token", min_length=1, repr=False)]
    token_type: Annotated[str, Field(alias="token_type")]
    expires_in: Annotated[int, Field(alias="expires_in", ge=0)]


class _Ontvangst(_Document):
    signaal: UUID
    status: Literal["actief"]
    ontvangen_op: AwareDatetime
    verloopt_op: date


class _Ontvangsten(_Document):
    ontvangsten: list[_Ontvangst]


class _Intrekking(_Document):
    signaal: UUID
    status: Literal["ingetrokken"]
    ingetrokken_op: AwareDatetime


class _EigenSignaal(_Document):
    id: UUID
    convenant: str
    epoche: int
    signaalsoort: str
    status: str
    ingediend_op: _Moment
    verloopt_op: date
    referentie: _Base64Url


class _Signalen(_Document):
    signalen: list[_EigenSignaal]
    volgende: str | None


class _Organisatie(_Document):
    oin: str
    naam: str


class _Contact(_Document):
    afdeling: str | None = None
    telefoon: str | None = None
    email: str | None = None


class _Partijmelding(_Document):
    organisatie: _Organisatie | None = None
    contact: _Contact | None = None
    signaalsoort: str | None = None
    ingediend_op: date | None = None
    artikel: str
    grondslag: str


class _Match(_Document):
    id: str
    convenant: str
    niveau: Niveau
    ontstaan_op: AwareDatetime
    eigen_signalen: list[UUID]
    partijen: list[_Partijmelding]


class _Matches(_Document):
    matches: list[_Match]
    volgende: str | None


class _Event(_Document):
    id: str
    type: str
    sequence: Annotated[str, Field(pattern=_SEQUENCE)]
    time: AwareDatetime
    data: Any


class _Notificaties(_Document):
    notificaties: list[_Event]
    cursor: Annotated[str, Field(pattern=_SEQUENCE)]


def read_token(content: bytes) -> TokenAnswer:
    """Return the access token. Raises OngeldigAntwoord, also for another token type than Bearer."""
    answer = _read(TokenAnswer, content)
    if answer.token_type.lower() != "bearer":
        raise OngeldigAntwoord("De matcher gaf een toegangstoken van een onbekende soort.")
    return answer


def read_ontvangsten(content: bytes, verwacht: tuple[UUID, ...]) -> tuple[model.Ontvangst, ...]:
    """Return the receipts, exactly those of `verwacht` and in that order; else raises OngeldigAntwoord."""
    ontvangsten = tuple(
        model.Ontvangst(signaal=o.signaal, ontvangen_op=o.ontvangen_op, verloopt_op=o.verloopt_op)
        for o in _read(_Ontvangsten, content).ontvangsten
    )
    if tuple(ontvangst.signaal for ontvangst in ontvangsten) != verwacht:
        raise OngeldigAntwoord("De ontvangst van de matcher hoort niet bij de verstuurde signalen.")
    return ontvangsten


def read_intrekking(content: bytes, verwacht: UUID) -> model.Intrekking:
    """Return the confirmation for the signal `verwacht`; else raises OngeldigAntwoord."""
    document = _read(_Intrekking, content)
    if document.signaal != verwacht:
        raise OngeldigAntwoord("De bevestiging van de matcher hoort bij een ander signaal.")
    return model.Intrekking(signaal=document.signaal, ingetrokken_op=document.ingetrokken_op)


def read_signalen(content: bytes) -> model.Bladzijde[model.EigenSignaal]:
    """Return one page of own signals. Raises OngeldigAntwoord."""
    document = _read(_Signalen, content)
    return model.Bladzijde(regels=tuple(_eigen_signaal(s) for s in document.signalen), volgende=document.volgende)


def read_matches(content: bytes) -> model.Bladzijde[model.Match]:
    """Return one page of matches. Raises OngeldigAntwoord."""
    document = _read(_Matches, content)
    return model.Bladzijde(regels=tuple(_match(m) for m in document.matches), volgende=document.volgende)


def read_notificaties(content: bytes, na: str) -> model.Notificatiebladzijde:
    """Return the notifications after `na`, events of an unknown kind left out.

    Raises OngeldigAntwoord when a number is missing or out of order: a notification that never comes would go
    unseen. The first page of all may start anywhere, because a matcher does not keep notifications for ever.
    """
    document = _read(_Notificaties, content)
    _check_sequence([event.sequence for event in document.notificaties], na=na, cursor=document.cursor)
    return model.Notificatiebladzijde(
        notificaties=tuple(_notificatie(e) for e in document.notificaties if e.type in _KNOWN_EVENTS),
        cursor=document.cursor,
    )


def _check_sequence(sequences: list[str], *, na: str, cursor: str) -> None:
    numbers = [int(sequence) for sequence in sequences]
    last = int(na)
    if last == 0 and numbers:
        last = numbers[0] - 1
    if numbers != list(range(last + 1, last + 1 + len(numbers))):
        raise OngeldigAntwoord("In de notificaties van de matcher ontbreekt een nummer. Meld dit aan de beheerder.")
    if int(cursor) != (numbers[-1] if numbers else int(na)):
        raise OngeldigAntwoord("De cursor van de matcher past niet bij de notificaties. Meld dit aan de beheerder.")


def _read(document: type[_D], content: bytes) -> _D:
    try:
        return document.model_validate_json(content)
    except ValidationError as error:
        raise OngeldigAntwoord(f"De matcher gaf een antwoord dat niet klopt, bij {_where(error)}.") from error


def _where(error: ValidationError) -> str:
    """Return the JSON pointer of the first problem: names that the interface defines, and indexes."""
    location = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
    return "/" + "/".join(str(part) for part in location)


def _eigen_signaal(document: _EigenSignaal) -> model.EigenSignaal:
    return model.EigenSignaal(
        id=document.id,
        convenant=ConvenantId(document.convenant),
        epoche=Epoche(document.epoche),
        signaalsoort=document.signaalsoort,
        status=document.status,
        ingediend_op=document.ingediend_op,
        verloopt_op=document.verloopt_op,
        referentie=document.referentie,
    )


def _match(document: _Match) -> model.Match:
    return model.Match(
        id=document.id,
        convenant=ConvenantId(document.convenant),
        niveau=document.niveau,
        ontstaan_op=document.ontstaan_op,
        eigen_signalen=tuple(document.eigen_signalen),
        partijen=tuple(_partijmelding(partij) for partij in document.partijen),
    )


def _partijmelding(document: _Partijmelding) -> model.Partijmelding:
    organisatie, contact = document.organisatie, document.contact
    return model.Partijmelding(
        organisatie=model.Organisatie(oin=Oin(organisatie.oin), naam=organisatie.naam) if organisatie else None,
        contact=model.Contact(afdeling=contact.afdeling, telefoon=contact.telefoon, email=contact.email)
        if contact
        else None,
        signaalsoort=document.signaalsoort,
        ingediend_op=document.ingediend_op,
        artikel=document.artikel,
        grondslag=document.grondslag,
    )


def _notificatie(event: _Event) -> model.Notificatie:
    return model.Notificatie(
        id=event.id,
        soort=model.NotificatieSoort(event.type),
        volgnummer=event.sequence,
        tijd=event.time,
        match=_match_of_event(event),
    )


def _match_of_event(event: _Event) -> model.Match:
    try:
        return _match(_Match.model_validate(event.data))
    except ValidationError as error:
        raise OngeldigAntwoord(f"De matcher gaf een notificatie die niet klopt, bij {_where(error)}.") from error
