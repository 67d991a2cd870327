"""What every act needs at hand."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from convenant.pg import asserties
from convenant.pg.convenanten import Boek
from convenant.pg.database import table_of
from convenant.pg.middelen import Middelen
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
class Kern(Middelen):
    """The sleutelhouder's means: storage, agreements, keys, threads to compute in, and the clock."""

    oin: Oin
    sleutels: Sleutelring = field(repr=False)
    beheerders: Beheerders = field(repr=False)
    rekenaar: Executor

    async def use_assertie(self, assertie: Assertie) -> bool:
        """Whether this assertion is used for the first time; from now on it no longer is."""
        async with self.transaction() as connection:
            return await asserties.use(
                connection, ASSERTIES, assertie.client, assertie.jti, verloopt_op=assertie.verloopt_op
            )


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
