"""Answers of the matcher about matches, possible matches and notifications, read into values."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from client_sdk.client import koppeling, model
from client_sdk.client.lezer import Base64Url, Document, read, where
from client_sdk.client.model import NotificatieSoort
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Epoche, Niveau, Oin

_SEQUENCE = r"^[0-9]{10}$"
_D = TypeVar("_D", bound=BaseModel)


class _Organisatie(Document):
    oin: str
    naam: str


class _Contact(Document):
    afdeling: str | None = None
    telefoon: str | None = None
    email: str | None = None


class _Omslag(Document):
    epoche: int
    waarde: Base64Url


class _Zegel(Document):
    ontvanger: str
    waarde: Base64Url


class _Kaart(Document):
    signaal: UUID
    oin: str
    versleuteld: Base64Url
    omslagen: tuple[_Omslag, ...] = ()
    zegels: tuple[_Zegel, ...] = ()


class _Partijmelding(Document):
    organisatie: _Organisatie | None = None
    contact: _Contact | None = None
    signaalsoort: str | None = None
    ingediend_op: date | None = None
    artikel: str
    grondslag: str
    paar: UUID | None = None
    kaart: _Kaart | None = None


class _Match(Document):
    id: str
    convenant: str
    niveau: Niveau
    ontstaan_op: AwareDatetime
    eigen_signalen: list[UUID]
    partijen: list[_Partijmelding]


class _Matches(Document):
    matches: list[_Match]
    volgende: str | None


class _MogelijkeMatch(Document):
    id: UUID
    convenant: str
    niveau: Niveau
    sloten: list[str]
    ontstaan_op: AwareDatetime
    eigen_signaal: UUID | None = None
    status: koppeling.MogelijkeMatchStatus


class _MogelijkeMatches(Document):
    mogelijke_matches: list[_MogelijkeMatch]
    volgende: str | None


class _Paarbericht(Document):
    id: str
    convenant: str
    paar: UUID | None = None
    organisaties: tuple[str, ...] = ()


class _Kaartvraag(Document):
    match: str
    paar: UUID
    eigen_signaal: UUID
    convenant: str
    niveau: Niveau
    ontvanger: str


class _Kaartvrijgave(Document):
    match: str
    paar: UUID
    oin: str
    convenant: str
    zegel: Base64Url | None = None


class _Event(Document):
    id: str
    type: str
    sequence: Annotated[str, Field(pattern=_SEQUENCE)]
    time: AwareDatetime
    data: Any


class _Notificaties(Document):
    notificaties: list[_Event]
    cursor: Annotated[str, Field(pattern=_SEQUENCE)]


def read_matches(content: bytes) -> model.Bladzijde[model.Match]:
    """Return one page of matches. Raises OngeldigAntwoord."""
    document = read(_Matches, content)
    return model.Bladzijde(regels=tuple(_match(m) for m in document.matches), volgende=document.volgende)


def read_mogelijke_matches(content: bytes) -> model.Bladzijde[koppeling.MogelijkeMatch]:
    """Return one page of possible matches. Raises OngeldigAntwoord."""
    document = read(_MogelijkeMatches, content)
    regels = tuple(_mogelijke_match(m) for m in document.mogelijke_matches)
    return model.Bladzijde(regels=regels, volgende=document.volgende)


def read_mogelijke_match(content: bytes, verwacht: UUID) -> koppeling.MogelijkeMatch:
    """Return the possible match `verwacht` as it stands now; else raises OngeldigAntwoord."""
    document = read(_MogelijkeMatch, content)
    if document.id != verwacht:
        raise OngeldigAntwoord("De bevestiging van de matcher hoort bij een andere mogelijke match.")
    return _mogelijke_match(document)


def read_notificaties(content: bytes, na: str) -> model.Notificatiebladzijde:
    """Return the notifications after `na`, events of an unknown kind left out.

    Raises OngeldigAntwoord when a number is missing or out of order: a notification that never comes would go
    unseen. The first page of all may start anywhere, because a matcher does not keep notifications for ever.
    """
    document = read(_Notificaties, content)
    _check_sequence([event.sequence for event in document.notificaties], na=na, cursor=document.cursor)
    return model.Notificatiebladzijde(
        notificaties=tuple(_notificatie(e) for e in document.notificaties if e.type in _READERS),
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
        paar=document.paar,
        kaart=_kaart(document.kaart) if document.kaart else None,
    )


def _kaart(document: _Kaart) -> koppeling.OntvangenKaart:
    return koppeling.OntvangenKaart(
        signaal=document.signaal,
        oin=Oin(document.oin),
        versleuteld=document.versleuteld,
        omslagen=tuple(koppeling.Omslag(epoche=Epoche(o.epoche), waarde=o.waarde) for o in document.omslagen),
        zegels=tuple(koppeling.Zegel(ontvanger=Oin(z.ontvanger), waarde=z.waarde) for z in document.zegels),
    )


def _mogelijke_match(document: _MogelijkeMatch) -> koppeling.MogelijkeMatch:
    return koppeling.MogelijkeMatch(
        id=document.id,
        convenant=ConvenantId(document.convenant),
        niveau=document.niveau,
        sloten=tuple(document.sloten),
        ontstaan_op=document.ontstaan_op,
        eigen_signaal=document.eigen_signaal,
        status=document.status,
    )


def _paarbericht(document: _Paarbericht) -> koppeling.Paarbericht:
    return koppeling.Paarbericht(
        match=document.id,
        convenant=ConvenantId(document.convenant),
        paar=document.paar,
        organisaties=tuple(Oin(oin) for oin in document.organisaties),
    )


def _kaartvraag(document: _Kaartvraag) -> koppeling.Kaartvraag:
    return koppeling.Kaartvraag(
        match=document.match,
        paar=document.paar,
        eigen_signaal=document.eigen_signaal,
        convenant=ConvenantId(document.convenant),
        niveau=document.niveau,
        ontvanger=Oin(document.ontvanger),
    )


def _kaartvrijgave(document: _Kaartvrijgave) -> koppeling.Kaartvrijgave:
    return koppeling.Kaartvrijgave(
        match=document.match,
        paar=document.paar,
        oin=Oin(document.oin),
        convenant=ConvenantId(document.convenant),
        zegel=document.zegel,
    )


def _reader(document: type[_D], build: Callable[[_D], model.Inhoud]) -> Callable[[Any], model.Inhoud]:
    return lambda data: build(document.model_validate(data))


_READ_MATCH: Final = _reader(_Match, _match)
_READ_MOGELIJKE_MATCH: Final = _reader(_MogelijkeMatch, _mogelijke_match)
_READ_PAARBERICHT: Final = _reader(_Paarbericht, _paarbericht)


def _read_acuut(data: Any) -> model.Inhoud:
    """Return what the other side is told, or what a privacy officer is."""
    read = _READ_PAARBERICHT if isinstance(data, dict) and "organisaties" in data else _READ_MOGELIJKE_MATCH
    return read(data)


_READERS: Final[Mapping[str, Callable[[Any], model.Inhoud]]] = {
    NotificatieSoort.MATCH_ONTSTAAN.value: _READ_MATCH,
    NotificatieSoort.MATCH_UITGEBREID.value: _READ_MATCH,
    NotificatieSoort.MATCH_GEKROMPEN.value: _READ_MATCH,
    NotificatieSoort.MATCH_VERVALLEN.value: _READ_MATCH,
    NotificatieSoort.MATCH_ONJUIST.value: _READ_PAARBERICHT,
    NotificatieSoort.VROEG_INGETROKKEN.value: _READ_PAARBERICHT,
    NotificatieSoort.MOGELIJKE_MATCH_ONTSTAAN.value: _READ_MOGELIJKE_MATCH,
    NotificatieSoort.MOGELIJKE_MATCH_BEVESTIGD.value: _READ_MOGELIJKE_MATCH,
    NotificatieSoort.MOGELIJKE_MATCH_AFGEWEZEN.value: _READ_MOGELIJKE_MATCH,
    NotificatieSoort.MOGELIJKE_MATCH_VERVALLEN.value: _READ_MOGELIJKE_MATCH,
    NotificatieSoort.ACUUT_BEVESTIGD.value: _read_acuut,
    NotificatieSoort.KAART_GEVRAAGD.value: _reader(_Kaartvraag, _kaartvraag),
    NotificatieSoort.KAART_VRIJGEGEVEN.value: _reader(_Kaartvrijgave, _kaartvrijgave),
}


def _notificatie(event: _Event) -> model.Notificatie:
    return model.Notificatie(
        id=event.id,
        soort=NotificatieSoort(event.type),
        volgnummer=event.sequence,
        tijd=event.time,
        inhoud=_inhoud(event),
    )


def _inhoud(event: _Event) -> model.Inhoud:
    try:
        return _READERS[event.type](event.data)
    except ValidationError as error:
        raise OngeldigAntwoord(f"De matcher gaf een notificatie die niet klopt, bij {where(error)}.") from error
