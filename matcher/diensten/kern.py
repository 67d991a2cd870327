"""What every act needs at hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from convenant.model import Convenant
from convenant.pg import asserties
from convenant.pg.convenanten import Boek
from convenant.pg.database import table_of
from convenant.pg.middelen import Middelen
from convenant.pg.tabellen import now
from convenant.types import Omgeving, Rol
from convenant.web.assertie import Assertie
from convenant.web.types import Client
from matcher.diensten.wekker import Wekker
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.pepper import Pepper
from matcher.logboek.handeling import Bladmaker, Handeling
from matcher.opslag.tabellen import ConvenantRij, GebruikteAssertieRij, VerklaringRij
from matcher.types import MedewerkerPseudoniem
from matcher.uitgaand.uitgang import Uitgang

ASSERTIES = table_of(GebruikteAssertieRij)
BOEK = Boek(table_of(ConvenantRij), table_of(VerklaringRij))
ONTVANGERS = (Rol.SIGNALEERDER, Rol.RADAR, Rol.PRIVACY)
"""The roles that are told of things, by whatever way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kern(Middelen):
    """The matcher's means: storage, agreements, secrets, and the clock."""

    pepper: Pepper = field(repr=False)
    kenmerker: Kenmerker
    bladmaker: Bladmaker
    wekker: Wekker
    omgeving: Omgeving
    uitgang: Uitgang | None = None
    """None where nothing is sent, as in a measurement."""

    @property
    def required_uitgang(self) -> Uitgang:
        """The means to send, in a service that has them."""
        if self.uitgang is None:
            raise RuntimeError("whoever opens the matcher as a service gives it the means to send")
        return self.uitgang

    deurklok: Callable[[], datetime] = now
    """Real time, by which tokens and assertions are judged, also where `klok` simulates another."""

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
    rol: str

    def handeling(self, naam: str, *, op: datetime) -> Handeling:
        """The start of an act by this caller."""
        return Handeling(naam=naam, organisatie=self.client, medewerker=self.medewerker, rol=self.rol, begonnen_op=op)


def by_matcher(convenant: Convenant, naam: str, *, op: datetime) -> Handeling:
    """The start of an act that nobody asked for: it is the operator's."""
    return Handeling(
        naam=naam, organisatie=convenant.matcher.beheerder, medewerker=None, rol=Rol.BEHEER.value, begonnen_op=op
    )
