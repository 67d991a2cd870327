"""What every act needs at hand."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.pg import asserties, convenantenlijst
from convenant.pg.convenanten import Boek
from convenant.pg.convenantenlijst import Convenantenlijst
from convenant.pg.database import Database, table_of
from convenant.pg.tabellen import now
from convenant.sleutelhouder.domein.epoche import Epochesleutels
from convenant.sleutelhouder.opslag.logboek import Regel
from convenant.sleutelhouder.opslag.tabellen import ConvenantRij, GebruikteAssertieRij, VerklaringRij
from convenant.sleutelhouder.opslag.vensters import Beheerders
from convenant.sleutelhouder.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche, Oin, Rol
from convenant.web.assertie import Assertie
from convenant.web.types import Client

ASSERTIES = table_of(GebruikteAssertieRij)
BOEK = Boek(table_of(ConvenantRij), table_of(VerklaringRij))

Sleutelring = Mapping[ConvenantId, Mapping[Epoche, Epochesleutels]]
"""The keys of every epoch, by convenant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kern:
    """The sleutelhouder's means: storage, agreements, keys, threads to compute in, and the clock."""

    oin: Oin
    database: Database
    lijst: Convenantenlijst
    sleutels: Sleutelring = field(repr=False)
    beheerders: Beheerders = field(repr=False)
    rekenaar: Executor
    klok: Callable[[], datetime] = now

    def vandaag(self) -> date:
        """The day that it is in the Netherlands."""
        return local_date(self.klok())

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

    async def use_assertie(self, assertie: Assertie) -> bool:
        """Whether this assertion is used for the first time; from now on it no longer is."""
        async with self.transaction() as connection:
            return await asserties.use(
                connection, ASSERTIES, assertie.client, assertie.jti, verloopt_op=assertie.verloopt_op
            )

    async def require_database(self) -> None:
        """Return when the database answers. Raises TijdelijkNietBeschikbaar."""
        await self.database.ping()


@dataclass(frozen=True, slots=True)
class Aanroeper:
    """Who is calling: the organisation its token proves, and the professional it says is acting."""

    client: Client
    medewerker: MedewerkerPseudoniem = field(repr=False)
    rol: Rol

    def regel(
        self,
        handeling: str,
        *,
        op: datetime,
        convenant: ConvenantId,
        uitkomst: str,
        epoche: Epoche | None = None,
        aantallen: Mapping[str, int] | None = None,
    ) -> Regel:
        """The line that the access log keeps of an act by this caller."""
        return Regel(
            op=op,
            handeling=handeling,
            uitkomst=uitkomst,
            convenant=convenant,
            epoche=epoche,
            organisatie=self.client,
            medewerker=self.medewerker,
            rol=self.rol.value,
            aantallen=dict(aantallen or {}),
        )
