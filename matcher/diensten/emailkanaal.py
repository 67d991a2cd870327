"""What an organisation wants of mail that says that there is news."""

from dataclasses import replace
from typing import Final

from convenant.web.errors import Conflict, Invoerfout, OngeldigeInvoer
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.post import Emailinstelling, Emailkanaal, Emailstand
from matcher.logboek import opslag as logboek
from matcher.opslag import emailkanalen, notificaties

NIET_INGESTELD: Final = Emailinstelling(aan=False)
_GEEN_POST: Final = (
    "Deze matcher kan geen e-mail versturen. Vraag de beheerder om een mailserver in te stellen, of gebruik een ander "
    "kanaal."
)


async def own_emailkanaal(kern: Kern, aanroeper: Aanroeper) -> Emailinstelling:
    """What the organisation wants; no mail when it never said."""
    async with kern.transaction() as connection:
        kanaal = await emailkanalen.find(connection, aanroeper.client)
    return NIET_INGESTELD if kanaal is None else kanaal.instelling


async def set_emailkanaal(kern: Kern, aanroeper: Aanroeper, instelling: Emailinstelling) -> Emailinstelling:
    """Say what the organisation wants from now on; what happened while mail was off is never mailed about.

    Raises Conflict when the operator set no mail server, and OngeldigeInvoer for quiet hours that are none.
    """
    _check(instelling)
    if kern.required_uitgang.post is None:
        raise Conflict(_GEEN_POST)
    op = kern.klok()
    async with kern.transaction() as connection:
        laatste = await notificaties.lock_last_number(connection, aanroeper.client)
        kanaal = await emailkanalen.find(connection, aanroeper.client)
        stand = Emailstand(gemeld_tot=laatste, volgende_op=op)
        if kanaal is not None:
            stand = kanaal.stand if kanaal.instelling.aan else replace(stand, verzonden_op=kanaal.stand.verzonden_op)
        await emailkanalen.put(
            connection, Emailkanaal(organisatie=aanroeper.client, instelling=instelling, stand=stand)
        )
        handeling = aanroeper.handeling("e-mailkanaal instellen", op=op)
        await logboek.append(connection, [kern.bladmaker.toegang(handeling, uitkomst="verwerkt")])
    kern.wekker.wake([aanroeper.client])
    return instelling


def _check(instelling: Emailinstelling) -> None:
    van, tot = instelling.stil_van, instelling.stil_tot
    if (van is None) != (tot is None) or (van is not None and van == tot):
        melding = "Geef 'stilVan' en 'stilTot' allebei, en verschillend, of geen van beide."
        raise OngeldigeInvoer("De stille uren kloppen niet.", fouten=(Invoerfout("/stilTot", "stille-uren", melding),))
