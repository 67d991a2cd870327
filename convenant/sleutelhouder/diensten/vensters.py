"""Asking for a bulk window, and opening it with two operators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from joserfc.jwk import OKPKey

from convenant.pg.database import Database
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.diensten.toelaten import admit
from convenant.sleutelhouder.domein.venster import Venster, approves, check_period, sign_goedkeuring
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.opslag import logboek, vensters
from convenant.sleutelhouder.opslag.logboek import Regel
from convenant.sleutelhouder.opslag.vensters import Beheerders
from convenant.sleutelhouder.types import Beheerder, VensterId, Vensterstatus
from convenant.types import ConvenantId
from convenant.web.errors import Conflict

_STANDAARD_DUUR = timedelta(days=7)


async def request(kern: Kern, aanroeper: Aanroeper, convenant_id: str, punten: int) -> Venster:
    """A window that was asked for; two operators have to approve it.

    Raises Conflict while another one is asked for or open, and what `admit` raises.
    """
    convenant, _ = admit(kern, aanroeper, convenant_id)
    op = kern.klok()
    venster = Venster(
        id=VensterId(uuid4()),
        convenant=convenant.id,
        organisatie=aanroeper.client,
        punten=punten,
        aangevraagd_op=op,
    )
    async with kern.transaction() as connection:
        await vensters.lock_organisatie(connection, convenant.id, aanroeper.client)
        bestaande = await vensters.of_organisatie(connection, aanroeper.client, kern.beheerders, convenant=convenant.id)
        if any(v.status(op) is not Vensterstatus.VERLOPEN for v in bestaande):
            raise Conflict("Er is al een venster aangevraagd of open. Wacht tot dat voorbij is.")
        await vensters.add(connection, venster)
        regel = aanroeper.regel(
            "venster aanvragen",
            op=op,
            convenant=convenant.id,
            uitkomst="aangevraagd",
            aantallen={"punten": punten},
        )
        await logboek.append(connection, regel)
    return venster


async def own(kern: Kern, aanroeper: Aanroeper) -> Sequence[Venster]:
    """The caller's windows, oldest first."""
    async with kern.transaction() as connection:
        return await vensters.of_organisatie(connection, aanroeper.client, kern.beheerders)


async def all_vensters(database: Database, beheerders: Beheerders) -> Sequence[Venster]:
    """Every window, for an operator."""
    async with database.transaction() as connection:
        return await vensters.all_of(connection, beheerders)


async def approve(
    database: Database,
    beheerders: Beheerders,
    venster_id: VensterId,
    beheerder: Beheerder,
    sleutel: OKPKey,
    *,
    van: datetime | None,
    tot: datetime | None,
    op: datetime,
) -> Venster:
    """The window after this operator's approval; open once two have approved and `van` has come.

    The first who approves sets the period (seven days from now unless told otherwise), the second signs the same one.
    Raises BeheerFout.
    """
    async with database.transaction() as connection:
        venster = await vensters.lock_one(connection, venster_id, beheerders)
        if venster is None:
            raise BeheerFout(
                "Er is geen venster met dit nummer. Bekijk ze met: koppelradar sleutelhouder venster lijst"
            )
        venster = _with_period(venster, van, tot, op)
        verklaring = _sign(venster, beheerders, beheerder, sleutel, op)
        await vensters.approve(connection, venster, beheerder, verklaring, op=op)
        regel = Regel(
            op=op,
            handeling="venster goedkeuren",
            uitkomst="goedgekeurd",
            convenant=ConvenantId(venster.convenant),
            organisatie=venster.organisatie,
            beheerder=beheerder,
            aantallen={"punten": venster.punten},
        )
        await logboek.append(connection, regel)
    return replace(venster, goedkeurders=venster.goedkeurders | {beheerder})


def _with_period(venster: Venster, van: datetime | None, tot: datetime | None, op: datetime) -> Venster:
    if venster.status(op) is Vensterstatus.VERLOPEN:
        raise BeheerFout("Dit venster is verlopen. Laat de organisatie een nieuw venster aanvragen.")
    if not venster.goedkeurders:
        begin = (van or op).replace(microsecond=0)
        eind = tot or begin + _STANDAARD_DUUR
        check_period(begin, eind, op=op)
        return replace(venster, van=begin, tot=eind)
    if van not in {None, venster.van} or tot not in {None, venster.tot}:
        raise BeheerFout("De eerste beheerder keurde een andere periode goed. Laat --van en --tot weg, of overleg.")
    return venster


def _sign(venster: Venster, beheerders: Beheerders, beheerder: Beheerder, sleutel: OKPKey, op: datetime) -> str:
    if beheerder not in beheerders:
        raise BeheerFout("Deze beheerder staat niet in het beheerdersbestand. Controleer de naam.")
    if beheerder in venster.goedkeurders:
        raise BeheerFout("Deze beheerder heeft dit venster al goedgekeurd. Een andere beheerder moet het ook doen.")
    verklaring = sign_goedkeuring(venster, beheerder, sleutel, op=op)
    if not approves(verklaring, venster, beheerder, beheerders[beheerder]):
        raise BeheerFout("Dit is niet de sleutel die voor deze beheerder is geregistreerd. Kies het goede bestand.")
    return verklaring
