"""Taking a signed convenant in: a bundle as its parties made it, or one statement of one party.

Every import is verified as a whole, against what was seen before: nothing that was seen goes away, and a new version
follows on the one before. The first version of a convenant is believed on the word of the operator who brings it in,
because its keys stand in itself; from then on only those keys, and their successors, are.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.errors import ConvenantFout
from convenant.ondertekening import (
    Bundel,
    Ondertekend,
    Verklaringtekst,
    check_opvolging,
    merge,
    verify_bundel,
    verify_stored,
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
    await convenanten.lock(connection)
    stored = await convenanten.find(connection, boek, op=op, convenant=nieuwe.convenant.id)
    if not stored and bekend:
        raise StartFout("Dit convenant is hier niet bekend. De beheerder van de dienst leest de eerste versie in.")
    merged = _merged(stored, nieuwe, op)
    await convenanten.keep(connection, boek, merged.convenant, bundel.document, op=op)
    await convenanten.add_verklaringen(connection, boek, merged.convenant, merged.bundel.verklaringen, op=op)
    return merged


async def import_bundels(
    connection: AsyncConnection, boek: Boek, bundels: Sequence[tuple[str, Bundel]], *, omgeving: Omgeving, op: datetime
) -> list[Ondertekend]:
    """Store what the operator brings in, each with the name it is told by, older versions first.

    Raises StartFout with all that is wrong; some may be stored then, so undo the transaction.
    """
    taken: list[Ondertekend] = []
    fouten: list[str] = []
    for naam, bundel in sorted(bundels, key=_version_of):
        try:
            taken.append(await import_bundel(connection, boek, bundel, omgeving=omgeving, bekend=False, op=op))
        except ConvenantFout as fout:
            fouten.append(f"{naam}: {fout}")
    if fouten:
        raise StartFout("\n".join(fouten))
    return taken


def _version_of(named: tuple[str, Bundel]) -> int:
    versie = named[1].document.get("versie")
    return versie if isinstance(versie, int) else 0


async def add_verklaring(
    connection: AsyncConnection,
    boek: Boek,
    convenant: ConvenantId,
    versie: int,
    tekst: Verklaringtekst,
    *,
    op: datetime,
) -> Ondertekend:
    """Store one statement about a version that is known here; the version with it. Raises ConvenantFout."""
    await convenanten.lock(connection)
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
    else:
        _require_accepted(nieuwe)
    return nieuwe


def _require_accepted(nieuwe: Ondertekend) -> None:
    vereist = {partij.oin for partij in nieuwe.convenant.partijen if partij.vereist}
    if not vereist <= nieuwe.stand.aanvaard:
        raise StartFout(
            "Nog niet elke vereiste partij heeft dit convenant aanvaard. 'koppelradar convenant verifieer' toont wie "
            "nog moet tekenen."
        )


def _with(known: Ondertekend, teksten: tuple[Verklaringtekst, ...], op: datetime) -> Ondertekend:
    if set(teksten) <= set(known.bundel.verklaringen):
        return known
    together = merge(known.bundel, Bundel(document=known.bundel.document, verklaringen=teksten))
    return verify_stored(together, bron=_BRON, op=op)
