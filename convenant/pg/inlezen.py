"""Taking a signed convenant in: a bundle as its parties made it, or one statement of one party.

Every import is verified as a whole, against what was seen before: nothing that was seen goes away, and a new version
follows on the one before. The first version of a convenant is believed on the word of the operator who brings it in,
because its keys stand in itself; from then on only those keys, and their successors, are.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.errors import ConvenantFout
from convenant.ondertekening import (
    Bundel,
    Ondertekend,
    Status,
    Verklaringtekst,
    check_opvolging,
    verify_bundel,
    verify_verklaringen,
)
from convenant.pg import convenanten
from convenant.pg.convenanten import Boek
from convenant.types import ConvenantId, Omgeving
from convenant.web.errors import StartFout

_BRON = "de bundel"


async def import_bundel(
    connection: AsyncConnection, boek: Boek, bundel: Bundel, *, omgeving: Omgeving, bekend: bool, op: datetime
) -> Ondertekend:
    """Store what a sealed bundle brings; the version with all statements that are known of it now.

    `bekend` refuses a convenant of which there is nothing here yet: that is for the operator to bring in. The same
    bundle again changes nothing. Raises ConvenantFout with what is wrong, and then nothing changed.
    """
    nieuwe = verify_bundel(bundel, bron=_BRON, op=op)
    if nieuwe.convenant.omgeving is not omgeving:
        raise StartFout(
            f"Dit convenant is voor omgeving {nieuwe.convenant.omgeving.value}; deze dienst draait als "
            f"{omgeving.value}."
        )
    stored = await convenanten.find(connection, boek, op=op, convenant=nieuwe.convenant.id)
    if not stored and bekend:
        raise StartFout("Dit convenant is hier niet bekend. De beheerder van de dienst leest de eerste versie in.")
    merged = _merged(stored, nieuwe, op)
    await convenanten.keep(connection, boek, merged.convenant, bundel.document, op=op)
    await convenanten.add_verklaringen(connection, boek, merged.convenant, merged.bundel.verklaringen, op=op)
    return merged


async def add_verklaring(
    connection: AsyncConnection, boek: Boek, convenant: ConvenantId, versie: int, tekst: Verklaringtekst, *, op: datetime
) -> Ondertekend:
    """Store one statement about a version that is known here; the version with it. Raises ConvenantFout."""
    stored = await convenanten.find(connection, boek, op=op, convenant=convenant)
    known = next((each for each in stored if each.convenant.versie == versie), None)
    if known is None:
        raise StartFout("Deze versie van het convenant is hier niet bekend. Lees eerst haar bundel in.")
    merged = _with(known, (tekst,), op)
    await convenanten.add_verklaringen(connection, boek, merged.convenant, (tekst,), op=op)
    return merged


def _merged(stored: Sequence[Ondertekend], nieuwe: Ondertekend, op: datetime) -> Ondertekend:
    same = next((each for each in stored if each.convenant.versie == nieuwe.convenant.versie), None)
    if same is not None:
        if same.convenant.hash != nieuwe.convenant.hash:
            raise StartFout(
                "Deze versie is hier bekend met een andere tekst. Geef de gewijzigde tekst een nieuw versienummer."
            )
        return _with(same, nieuwe.bundel.verklaringen, op)
    if stored:
        check_opvolging(stored[-1], nieuwe)
    elif nieuwe.stand.status is not Status.GELDIG and nieuwe.stand.ontbreekt:
        _require_accepted(nieuwe)
    return nieuwe


def _require_accepted(nieuwe: Ondertekend) -> None:
    vereist = {partij.oin for partij in nieuwe.convenant.partijen if partij.vereist}
    if not vereist <= nieuwe.stand.aanvaard:
        raise StartFout(
            "Nog niet elke vereiste partij heeft dit convenant aanvaard. 'koppelradar convenant verifieer' toont wie "
            "nog moet tekenen."
        )


def _with(known: Ondertekend, teksten: Sequence[Verklaringtekst], op: datetime) -> Ondertekend:
    seen = set(known.bundel.verklaringen)
    more = (tekst for tekst in teksten if tekst not in seen)
    together = replace(known.bundel, verklaringen=(*known.bundel.verklaringen, *more), slot=None)
    try:
        return verify_verklaringen(together, bron=_BRON, op=op)
    except ConvenantFout:
        # A newer set may hold statements between those that are known: read in the order in which it came.
        rest = (tekst for tekst in known.bundel.verklaringen if tekst not in set(teksten))
        return verify_verklaringen(replace(together, verklaringen=(*teksten, *rest)), bron=_BRON, op=op)
