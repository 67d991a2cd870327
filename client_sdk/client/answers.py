"""Answers of the matcher about signals and epochs (HTTP interface version 1), read into values.

What is read about matches and notifications stands in `matchantwoorden`.
"""

from datetime import date
from typing import Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime

from client_sdk.client import koppeling, model
from client_sdk.client.lezer import Base64Url, Document, Moment, read
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Epoche

_T = TypeVar("_T")


class _Ontvangst(Document):
    signaal: UUID
    status: Literal["actief"]
    ontvangen_op: AwareDatetime
    verloopt_op: date


class _Ontvangsten(Document):
    ontvangsten: list[_Ontvangst]


class _Intrekking(Document):
    signaal: UUID
    status: Literal["ingetrokken"]
    ingetrokken_op: AwareDatetime


class _EigenSignaal(Document):
    id: UUID
    convenant: str
    # A matcher says one or the other: the epoch of submission, or all epochs of which it has tokens.
    epoche: int | None = None
    epochen: list[int] | None = None
    signaalsoort: str
    status: str
    ingediend_op: Moment
    verloopt_op: date
    referentie: Base64Url


class _Signalen(Document):
    signalen: list[_EigenSignaal]
    volgende: str | None


class _Hertokening(Document):
    signaal: UUID
    epoche: int


class _Hertokeningen(Document):
    hertokend: list[_Hertokening]


class _Wissing(Document):
    gewist: int


class _Epoche(Document):
    nummer: int
    status: koppeling.Epochestatus
    eigen_signalen_zonder: int


class _Epochen(Document):
    epochen: list[_Epoche]


class _Telling(Document):
    telling: str


def read_ontvangsten(content: bytes, verwacht: tuple[UUID, ...]) -> tuple[model.Ontvangst, ...]:
    """Return the receipts, exactly those of `verwacht` and in that order; else raises OngeldigAntwoord."""
    ontvangsten = tuple(
        model.Ontvangst(signaal=o.signaal, ontvangen_op=o.ontvangen_op, verloopt_op=o.verloopt_op)
        for o in read(_Ontvangsten, content).ontvangsten
    )
    if tuple(ontvangst.signaal for ontvangst in ontvangsten) != verwacht:
        raise OngeldigAntwoord("De ontvangst van de matcher hoort niet bij de verstuurde signalen.")
    return ontvangsten


def read_intrekking(content: bytes, verwacht: UUID) -> model.Intrekking:
    """Return the confirmation for the signal `verwacht`; else raises OngeldigAntwoord."""
    document = read(_Intrekking, content)
    if document.signaal != verwacht:
        raise OngeldigAntwoord("De bevestiging van de matcher hoort bij een ander signaal.")
    return model.Intrekking(signaal=document.signaal, ingetrokken_op=document.ingetrokken_op)


def read_signalen(content: bytes) -> model.Bladzijde[model.EigenSignaal]:
    """Return one page of own signals. Raises OngeldigAntwoord."""
    document = read(_Signalen, content)
    return model.Bladzijde(regels=tuple(_eigen_signaal(s) for s in document.signalen), volgende=document.volgende)


def read_hertokeningen(content: bytes, verwacht: tuple[tuple[UUID, Epoche], ...]) -> tuple[UUID, ...]:
    """Return the signals that now have the tokens: those of `verwacht`, in any order; else raises OngeldigAntwoord."""
    hertokend = [(h.signaal, Epoche(h.epoche)) for h in read(_Hertokeningen, content).hertokend]
    if sorted(hertokend) != sorted(verwacht):
        raise OngeldigAntwoord("De bevestiging van de matcher hoort niet bij de hertokende signalen.")
    return tuple(signaal for signaal, _ in hertokend)


def read_wissing(content: bytes) -> int:
    """Return of how many signals the tokens were erased. Raises OngeldigAntwoord."""
    return read(_Wissing, content).gewist


def read_epochen(content: bytes) -> tuple[koppeling.Epochestand, ...]:
    """Return how the epochs stand. Raises OngeldigAntwoord."""
    return tuple(
        koppeling.Epochestand(nummer=Epoche(e.nummer), status=e.status, eigen_signalen_zonder=e.eigen_signalen_zonder)
        for e in read(_Epochen, content).epochen
    )


def read_telling(content: bytes) -> str:
    """Return the matcher's signed statement, as it is; who gets it checks it. Raises OngeldigAntwoord."""
    return read(_Telling, content).telling


def advancing(page: model.Bladzijde[_T], na: str | None) -> model.Bladzijde[_T]:
    """Return the page, unless its cursor stands still: following that one would never end."""
    if page.volgende is not None and page.volgende == na:
        raise OngeldigAntwoord("De matcher blijft dezelfde bladzijde geven. Meld dit aan de beheerder.")
    return page


def _eigen_signaal(document: _EigenSignaal) -> model.EigenSignaal:
    nummers = document.epochen if document.epochen is not None else [document.epoche]
    return model.EigenSignaal(
        id=document.id,
        convenant=ConvenantId(document.convenant),
        epochen=tuple(Epoche(nummer) for nummer in sorted({n for n in nummers if n is not None})),
        signaalsoort=document.signaalsoort,
        status=document.status,
        ingediend_op=document.ingediend_op,
        verloopt_op=document.verloopt_op,
        referentie=document.referentie,
    )
