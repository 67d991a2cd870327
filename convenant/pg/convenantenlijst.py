"""The convenanten that a running service obeys at this moment, without a restart when something was signed."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.ondertekening import Ondertekend, Stand, Status, in_werking, stand_of
from convenant.pg import convenanten
from convenant.pg.convenanten import Boek, Revisie
from convenant.pg.database import Database
from convenant.types import ConvenantId

# What was in force once, and has no successor, keeps its place: signals refer to it, and nothing is granted under it.
_EVER_IN_FORCE = frozenset({Status.GELDIG, Status.OPGEZEGD, Status.VERLOPEN})


class Convenantenlijst:
    """What is in force today, by id: of every convenant the newest version that came into force, among who takes part.

    Every transaction refreshes it first, so that leaving, suspending and a new version hold from the moment at which
    they were stored, in every process.
    """

    def __init__(
        self, boek: Boek, klok: Callable[[], datetime], *, keuze: Callable[[Convenant], bool] = lambda _: True
    ) -> None:
        self._boek = boek
        self._klok = klok
        self._keuze = keuze
        self._revisie: Revisie | None = None
        self._versies: tuple[Ondertekend, ...] = ()
        self._dag: date | None = None
        self._geldend: Mapping[ConvenantId, Convenant] = MappingProxyType({})
        self._standen: Mapping[ConvenantId, Stand] = MappingProxyType({})

    @property
    def versies(self) -> tuple[Ondertekend, ...]:
        """Every version that is kept, oldest first, with its statements."""
        return self._versies

    @property
    def geldend(self) -> Mapping[ConvenantId, Convenant]:
        """What is in force on this day in the Netherlands."""
        if local_date(self._klok()) != self._dag:
            self._choose()
        return self._geldend

    @property
    def standen(self) -> Mapping[ConvenantId, Stand]:
        """Of what is in force: who signed, left, joined or was suspended."""
        if local_date(self._klok()) != self._dag:
            self._choose()
        return self._standen

    async def refresh(self, connection: AsyncConnection) -> None:
        """Read again when there is something new. Raises StartFout when what is stored makes no sense."""
        revisie = await convenanten.revision(connection, self._boek)
        if revisie == self._revisie:
            return
        versies = await convenanten.find(connection, self._boek, op=self._klok())
        self._versies = tuple(versie for versie in versies if self._keuze(versie.convenant))
        self._revisie = revisie
        self._choose()

    def _choose(self) -> None:
        op = self._klok()
        newest = _newest(self._versies, op)
        self._geldend = MappingProxyType({id_: in_werking(*each) for id_, each in newest.items()})
        self._standen = MappingProxyType({id_: stand for id_, (_, stand) in newest.items()})
        self._dag = local_date(op)


@asynccontextmanager
async def transaction(database: Database, lijst: Convenantenlijst) -> AsyncIterator[AsyncConnection]:
    """A transaction that works with what is in force at its start. Raises TijdelijkNietBeschikbaar."""
    async with database.transaction() as connection:
        await lijst.refresh(connection)
        yield connection


def geldende(versies: Iterable[Ondertekend], *, op: datetime) -> dict[ConvenantId, Convenant]:
    """Of every convenant the newest version that came into force; `versies` are oldest first."""
    return {id_: in_werking(*each) for id_, each in _newest(versies, op).items()}


def _newest(versies: Iterable[Ondertekend], op: datetime) -> dict[ConvenantId, tuple[Convenant, Stand]]:
    found: dict[ConvenantId, tuple[Convenant, Stand]] = {}
    for versie in versies:
        stand = stand_of(versie.convenant, versie.verklaringen, op=op)
        if stand.status in _EVER_IN_FORCE and versie.convenant.geldig_van <= local_date(op):
            found[versie.convenant.id] = versie.convenant, stand
    return found
