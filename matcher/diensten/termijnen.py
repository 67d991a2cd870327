"""Starting, ending and listing the terms of organisations; `matcher.diensten.escaleren` tells about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import Oin
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.termijn import LopendeTermijn, Onderwerpsoort, artikel_of, last_day, next_day, status_on
from matcher.logboek import opslag as logboek
from matcher.opslag import termijnen
from matcher.types import TermijnId

_INZIEN = "termijnen inzien"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """That a term may begin for an organisation, about something.

    `onderwerp` is the id by which the organisation knows what it is about, `bron` the one by which it is ended.
    `uiterlijk` is for a moment of monitoring, whose day no Termijn gives.
    """

    code: str
    organisatie: Oin
    soort: Onderwerpsoort
    onderwerp: UUID
    bron: UUID
    uiterlijk: date | None = None


async def start_all(
    connection: AsyncConnection, convenant: Convenant, begins: Iterable[Begin], *, op: datetime
) -> None:
    """Let these terms begin today: each unless the convenant has none with its code, or it runs already."""
    made = [termijn for begin in begins if (termijn := _make(convenant, begin, local_date(op)))]
    await termijnen.add(connection, [(termijn, next_day(termijn, convenant)) for termijn in made])


async def end_termijn(
    connection: AsyncConnection, bron: UUID, codes: Collection[str], *, organisatie: Oin | None = None, op: datetime
) -> None:
    """End the running terms about this with one of these codes, of one organisation or of all; none is fine too."""
    await termijnen.end(connection, [bron], codes, organisatie=organisatie, op=op)


async def termijnen_of(
    connection: AsyncConnection, organisatie: Oin, *, onderwerpen: Collection[UUID] | None = None
) -> list[LopendeTermijn]:
    """The running terms of the organisation, the first to end first; only about these things, when they are given."""
    return await termijnen.running(connection, organisatie, onderwerpen=onderwerpen)


async def own_termijnen(kern: Kern, aanroeper: Aanroeper) -> list[dict[str, Any]]:
    """The caller's running terms, ready for JSON, the first to end first."""
    handeling = aanroeper.handeling(_INZIEN, op=kern.klok())
    async with kern.transaction() as connection:
        found = await termijnen_of(connection, aanroeper.client)
        documents = termijn_documents(kern, found)
        blad = kern.bladmaker.toegang(handeling, aantal=len(documents), uitkomst="verstrekt")
        await logboek.append(connection, [blad])
    return documents


def termijn_documents(kern: Kern, found: Iterable[LopendeTermijn]) -> list[dict[str, Any]]:
    """How these terms stand today, ready for JSON; without those of a convenant that is over."""
    vandaag = kern.vandaag()
    known = ((termijn, kern.convenanten.get(termijn.convenant)) for termijn in found)
    return [_document(termijn, convenant, vandaag) for termijn, convenant in known if convenant is not None]


def _document(termijn: LopendeTermijn, convenant: Convenant, vandaag: date) -> dict[str, Any]:
    return {
        "id": str(termijn.id),
        "convenant": termijn.convenant,
        "code": termijn.code,
        "artikel": artikel_of(convenant, termijn.code, termijn.organisatie),
        "onderwerp": str(termijn.onderwerp),
        "onderwerpsoort": termijn.soort.value,
        "begonnenOp": termijn.begonnen_op.isoformat(),
        "uiterlijk": termijn.uiterlijk.isoformat(),
        "status": status_on(termijn, vandaag, convenant).value,
    }


def _make(convenant: Convenant, begin: Begin, vandaag: date) -> LopendeTermijn | None:
    uiterlijk = begin.uiterlijk or last_day(convenant, begin.code, vandaag)
    if uiterlijk is None:
        return None
    return LopendeTermijn(
        id=TermijnId(uuid4()),
        convenant=convenant.id,
        code=begin.code,
        organisatie=begin.organisatie,
        soort=begin.soort,
        onderwerp=begin.onderwerp,
        bron=begin.bron,
        begonnen_op=vandaag,
        uiterlijk=uiterlijk,
    )
