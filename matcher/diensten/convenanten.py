"""Signed convenanten, while the matcher runs: taking them in, and showing who signed what."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.errors import ConvenantFout
from convenant.ondertekening import Bundel, Ondertekend, Stand, Verklaringtekst, stand_of
from convenant.pg import inlezen
from convenant.types import ConvenantId, Oin
from convenant.web.errors import NietGevonden, OngeldigeInvoer, VerzoekFout
from matcher.diensten.beeindigen import end_left
from matcher.diensten.epochen import erase_leaked
from matcher.diensten.kern import BOEK, Aanroeper, Kern, by_matcher
from matcher.diensten.melden import Nieuws
from matcher.domein.convenantbericht import blijvers, change, gewijzigd_document, is_known
from matcher.domein.grond import EigenZaak
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling
from matcher.types import Notificatiesoort

_INLEZEN = "convenant inlezen"
_VERKLAREN = "verklaring toevoegen"
_INZIEN = "convenanten inzien"


async def take_bundel(kern: Kern, aanroeper: Aanroeper, bundel: Bundel) -> Ondertekend:
    """Take in a next version, or more statements about a known one, from who keeps a convenant that is known here.

    What it says holds from now on. Raises OngeldigeInvoer with what is wrong, and then nothing changed.
    """
    op = kern.klok()
    try:
        async with kern.transaction() as connection:
            _require_keeper(kern, aanroeper, bundel)
            taken = await inlezen.import_bundel(connection, BOEK, bundel, omgeving=kern.omgeving, bekend=True, op=op)
            nieuws = await _write(kern, connection, aanroeper.handeling(_INLEZEN, op=op), taken)
    except ConvenantFout as fout:
        raise _refusal(fout) from fout
    await _carry_out(kern, [nieuws])
    return taken


async def take_as_operator(kern: Kern, bundels: Sequence[tuple[str, Bundel]]) -> list[Ondertekend]:
    """Take in bundles, each with the name it is told by, also of convenanten that are new here: the operator's word.

    Raises StartFout with all that is wrong, and then nothing changed.
    """
    op = kern.klok()
    async with kern.transaction() as connection:
        taken = await inlezen.import_bundels(connection, BOEK, bundels, omgeving=kern.omgeving, op=op)
        nieuws = [
            await _write(kern, connection, by_matcher(versie.convenant, _INLEZEN, op=op), versie) for versie in taken
        ]
    await _carry_out(kern, nieuws)
    return taken


async def take_verklaring(
    kern: Kern, aanroeper: Aanroeper, convenant: ConvenantId, versie: int, tekst: Verklaringtekst
) -> Ondertekend:
    """Take in one statement; whoever hands it in need not be who signed it. It holds from now on.

    Raises NietGevonden for a convenant that the caller is no party to, OngeldigeInvoer with what is wrong with the
    statement, and then nothing changed.
    """
    op = kern.klok()
    try:
        async with kern.transaction() as connection:
            _require_party(kern, aanroeper, convenant)
            taken = await inlezen.add_verklaring(connection, BOEK, convenant, versie, tekst, op=op)
            nieuws = await _write(kern, connection, aanroeper.handeling(_VERKLAREN, op=op), taken)
    except ConvenantFout as fout:
        raise _refusal(fout) from fout
    await _carry_out(kern, [nieuws])
    return taken


async def own_versies(kern: Kern, aanroeper: Aanroeper) -> list[tuple[Ondertekend, Stand, bool]]:
    """Every version that names the caller, where it stands today, and whether it is the one in force."""
    op = kern.klok()
    async with kern.transaction() as connection:
        found = list(_own(kern, aanroeper.client, op))
        blad = kern.bladmaker.toegang(aanroeper.handeling(_INZIEN, op=op), aantal=len(found), uitkomst="verstrekt")
        await logboek.append(connection, [blad])
    return found


async def bundel_of(kern: Kern, aanroeper: Aanroeper, convenant: ConvenantId, versie: int) -> Ondertekend:
    """A version with all statements that are known here. Raises NietGevonden unless it names the caller."""
    for found, _, _ in await own_versies(kern, aanroeper):
        if (found.convenant.id, found.convenant.versie) == (convenant, versie):
            return found
    raise NietGevonden("Uw organisatie doet niet mee aan deze versie van het convenant.")


def is_geldend(kern: Kern, versie: Ondertekend) -> bool:
    """Whether this is the version that is in force here."""
    geldend = kern.convenanten.get(versie.convenant.id)
    return geldend is not None and geldend.versie == versie.convenant.versie


async def _write(kern: Kern, connection: AsyncConnection, handeling: Handeling, taken: Ondertekend) -> Nieuws:
    """Log what was taken in, and tell every party that is still in, unless it was all known."""
    nieuws = Nieuws(kern, handeling)
    soort = change(kern.lijst.versies, taken)
    if soort is not None and is_known(kern.convenanten, taken, op=handeling.begonnen_op):
        for partij in blijvers(taken):
            inhoud = gewijzigd_document(taken.convenant, soort)
            grond = EigenZaak.under(taken.convenant)
            nieuws.tell(partij, Notificatiesoort.CONVENANT_GEWIJZIGD, uuid4(), inhoud, grond=grond)
    await nieuws.write(connection, [_blad(kern, handeling, taken)])
    return nieuws


async def _carry_out(kern: Kern, nieuws: Iterable[Nieuws]) -> None:
    """Let what was taken in take effect now: tokens that leaked are gone, as are the signals of who left."""
    for each in nieuws:
        each.wake()
    await kern.refresh()
    await erase_leaked(kern)
    await end_left(kern)


def _own(kern: Kern, oin: Oin, op: datetime) -> Iterator[tuple[Ondertekend, Stand, bool]]:
    for versie in kern.lijst.versies:
        stand = stand_of(versie.convenant, versie.verklaringen, op=op)
        if any(partij.oin == oin for partij in stand.geregistreerd):
            yield versie, stand, is_geldend(kern, versie)


def _require_keeper(kern: Kern, aanroeper: Aanroeper, bundel: Bundel) -> None:
    # A keeper of one convenant has no say in another one.
    known = kern.convenanten.get(ConvenantId(str(bundel.document.get("convenant"))))
    if known is None or known.convenanthouder != aanroeper.client:
        raise NietGevonden("Uw organisatie is van dit convenant niet de convenanthouder.")


def _require_party(kern: Kern, aanroeper: Aanroeper, convenant: ConvenantId) -> None:
    stand = kern.lijst.standen.get(convenant)
    if stand is None or all(partij.oin != aanroeper.client for partij in stand.geregistreerd):
        raise NietGevonden("Uw organisatie doet niet mee aan dit convenant.")


def _blad(kern: Kern, handeling: Handeling, taken: Ondertekend) -> Blad:
    convenant = taken.convenant
    return kern.bladmaker.toegang(
        handeling,
        convenant=convenant.id,
        convenantversie=convenant.versie,
        hash=convenant.hash,
        verklaringen=len(taken.verklaringen),
        uitkomst="verwerkt",
    )


def _refusal(fout: ConvenantFout) -> VerzoekFout:
    return fout if isinstance(fout, VerzoekFout) else OngeldigeInvoer(str(fout))
