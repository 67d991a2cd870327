"""What every act needs at hand."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from convenant.model import Convenant
from convenant.pg import asserties
from convenant.pg.convenanten import Boek
from convenant.pg.database import table_of
from convenant.pg.middelen import Middelen
from convenant.types import Oin, Omgeving, Rol
from convenant.web.assertie import Assertie
from convenant.web.types import Client
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.pepper import Pepper
from matcher.logboek.handeling import Bladmaker, Handeling
from matcher.opslag.tabellen import ConvenantRij, GebruikteAssertieRij, VerklaringRij
from matcher.types import MedewerkerPseudoniem

ASSERTIES = table_of(GebruikteAssertieRij)
BOEK = Boek(table_of(ConvenantRij), table_of(VerklaringRij))


class Wekker:
    """Wakes long polls of this process as soon as something was committed for them.

    Other processes are not woken: waiters look again by themselves after a short while.
    """

    def __init__(self) -> None:
        self._events: dict[Oin, asyncio.Event] = {}

    def wake(self, ontvangers: Iterable[Oin]) -> None:
        """Wake everyone who waits for one of these receivers."""
        for ontvanger in ontvangers:
            event = self._events.pop(ontvanger, None)
            if event is not None:
                event.set()

    async def wait(self, ontvanger: Oin, seconds: float) -> None:
        """Return when woken, or after so many seconds."""
        event = self._events.setdefault(ontvanger, asyncio.Event())
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kern(Middelen):
    """The matcher's means: storage, agreements, secrets, and the clock."""

    pepper: Pepper = field(repr=False)
    kenmerker: Kenmerker
    bladmaker: Bladmaker
    wekker: Wekker
    omgeving: Omgeving

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
