"""What every act of a service works with: storage, the agreements in force, and the clock."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.pg import convenantenlijst
from convenant.pg.convenantenlijst import Convenantenlijst
from convenant.pg.database import Database
from convenant.pg.tabellen import now
from convenant.types import ConvenantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Middelen:
    """The means that all services have; each adds its own."""

    database: Database
    lijst: Convenantenlijst
    klok: Callable[[], datetime] = now

    @property
    def convenanten(self) -> Mapping[ConvenantId, Convenant]:
        """The agreements in force today, by id, each among the parties that take part."""
        return self.lijst.geldend

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that works with what is in force at its start. Raises TijdelijkNietBeschikbaar."""
        return convenantenlijst.transaction(self.database, self.lijst)

    async def refresh(self) -> None:
        """Obey what was signed since the last transaction. Raises TijdelijkNietBeschikbaar."""
        async with self.transaction():
            pass

    async def require_database(self) -> None:
        """Return when the database answers. Raises TijdelijkNietBeschikbaar."""
        await self.database.ping()

    def vandaag(self) -> date:
        """The day that it is in the Netherlands."""
        return local_date(self.klok())
