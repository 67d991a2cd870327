"""The feed of notifications and its events (NL GOV CloudEvents), read into values."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Protocol

from pydantic import AwareDatetime, Field, ValidationError

from client_sdk.client import model
from client_sdk.client.bekendheidantwoorden import AntwoordberichtDocument, VerzoekberichtDocument
from client_sdk.client.lezer import Document, read, where
from client_sdk.client.matchantwoorden import MatchDocument, MogelijkeMatchDocument
from client_sdk.client.model import NotificatieSoort
from client_sdk.client.opvolgingantwoorden import OpvolgberichtDocument, RegieberichtDocument
from client_sdk.client.paarberichten import KaartvraagDocument, KaartvrijgaveDocument, PaarberichtDocument
from client_sdk.client.radarberichten import GezinsmatchDocument, RadartrefferDocument, TerugkoppelingDocument
from client_sdk.client.signaalantwoorden import ConvenantDocument, OntvangenDocument, VerloopDocument
from client_sdk.client.termijnantwoorden import EscalatieDocument, TermijnberichtDocument
from client_sdk.client.volgorde import SEQUENCE, Volgorde
from client_sdk.errors import OngeldigAntwoord


class _Inhoud(Protocol):
    def value(self) -> model.Inhoud: ...


class _Soort(Protocol):
    def model_validate(self, obj: Any) -> _Inhoud: ...


class EventDocument(Document):
    """One CloudEvent, of which the data is not read yet."""

    id: str
    type: str
    sequence: Annotated[str, Field(pattern=SEQUENCE)]
    time: AwareDatetime
    data: Any = Field(repr=False)


class _Notificaties(Document):
    notificaties: list[EventDocument]
    cursor: Annotated[str, Field(pattern=SEQUENCE)]


class _AcuutBevestigd:
    """What the other side is told, or what a privacy officer is."""

    def model_validate(self, obj: Any) -> _Inhoud:
        document = PaarberichtDocument if isinstance(obj, dict) and "organisaties" in obj else MogelijkeMatchDocument
        return document.model_validate(obj)


_SOORTEN: Final[Mapping[NotificatieSoort, _Soort]] = {
    NotificatieSoort.MATCH_ONTSTAAN: MatchDocument,
    NotificatieSoort.MATCH_UITGEBREID: MatchDocument,
    NotificatieSoort.MATCH_GEKROMPEN: MatchDocument,
    NotificatieSoort.MATCH_VERVALLEN: MatchDocument,
    NotificatieSoort.MATCH_ONJUIST: PaarberichtDocument,
    NotificatieSoort.VROEG_INGETROKKEN: PaarberichtDocument,
    NotificatieSoort.MOGELIJKE_MATCH_ONTSTAAN: MogelijkeMatchDocument,
    NotificatieSoort.MOGELIJKE_MATCH_BEVESTIGD: MogelijkeMatchDocument,
    NotificatieSoort.MOGELIJKE_MATCH_AFGEWEZEN: MogelijkeMatchDocument,
    NotificatieSoort.MOGELIJKE_MATCH_VERVALLEN: MogelijkeMatchDocument,
    NotificatieSoort.ACUUT_BEVESTIGD: _AcuutBevestigd(),
    NotificatieSoort.KAART_GEVRAAGD: KaartvraagDocument,
    NotificatieSoort.KAART_VRIJGEGEVEN: KaartvrijgaveDocument,
    NotificatieSoort.SIGNAAL_ONTVANGEN: OntvangenDocument,
    NotificatieSoort.SIGNAAL_VERLOOPT_BINNENKORT: VerloopDocument,
    NotificatieSoort.SIGNAAL_VERLOPEN: VerloopDocument,
    NotificatieSoort.CONTACT_VASTGELEGD: OpvolgberichtDocument,
    NotificatieSoort.MOMENT_AFGESPROKEN: OpvolgberichtDocument,
    NotificatieSoort.HULP_GEMELD: OpvolgberichtDocument,
    NotificatieSoort.OPVOLGING_AFGESLOTEN: OpvolgberichtDocument,
    NotificatieSoort.REGIE_VOORGESTELD: RegieberichtDocument,
    NotificatieSoort.REGIE_VASTGESTELD: RegieberichtDocument,
    NotificatieSoort.REGIE_OVERGEDRAGEN: RegieberichtDocument,
    NotificatieSoort.TERMIJN_NADERT: TermijnberichtDocument,
    NotificatieSoort.TERMIJN_VERSTREKEN: TermijnberichtDocument,
    NotificatieSoort.GEESCALEERD: EscalatieDocument,
    NotificatieSoort.GEZINSMATCH_ONTSTAAN: GezinsmatchDocument,
    NotificatieSoort.GEZINSMATCH_VERVALLEN: GezinsmatchDocument,
    NotificatieSoort.RADARTREFFER: RadartrefferDocument,
    NotificatieSoort.TERUGKOPPELING: TerugkoppelingDocument,
    NotificatieSoort.BEKENDHEIDSVRAAG: VerzoekberichtDocument,
    NotificatieSoort.BEKENDHEIDSANTWOORD: AntwoordberichtDocument,
    NotificatieSoort.CONVENANT_GEWIJZIGD: ConvenantDocument,
}
_KNOWN: Final = {soort.value: document for soort, document in _SOORTEN.items()}


def read_notificaties(content: bytes, na: str) -> model.Notificatiebladzijde:
    """Return the notifications after `na`, each once; repetitions and events of an unknown kind are left out.

    Raises OngeldigAntwoord when a number is missing or was given out twice: a notification that never comes would go
    unseen. The first page of all may start anywhere, because a matcher does not keep notifications for ever.
    """
    volgorde = Volgorde(na)
    found = tuple(notificatie_of(event) for event in read_events(content, volgorde))
    return model.Notificatiebladzijde(notificaties=tuple(n for n in found if n is not None), cursor=volgorde.cursor)


def read_events(content: bytes, volgorde: Volgorde) -> Iterator[EventDocument]:
    """Yield the events of a page that come next, each once; raises what `read_notificaties` raises."""
    document = read(_Notificaties, content)
    for event in document.notificaties:
        if volgorde.accepts(event.sequence, event.id):
            yield event
    if document.cursor != volgorde.cursor:
        raise OngeldigAntwoord("De cursor van de matcher past niet bij de notificaties. Meld dit aan de beheerder.")


def read_event(content: bytes) -> EventDocument:
    """Return one CloudEvent. Raises OngeldigAntwoord."""
    return read(EventDocument, content)


def notificatie_of(event: EventDocument) -> model.Notificatie | None:
    """Return the notification in an event, None for one of an unknown kind. Raises OngeldigAntwoord."""
    soort = _KNOWN.get(event.type)
    if soort is None:
        return None
    try:
        inhoud = soort.model_validate(event.data).value()
    except ValidationError as error:
        raise OngeldigAntwoord(f"De matcher gaf een notificatie die niet klopt, bij {where(error)}.") from error
    return model.Notificatie(
        id=event.id,
        soort=NotificatieSoort(event.type),
        volgnummer=event.sequence,
        tijd=event.time,
        inhoud=inhoud,
    )
