"""Following up a match: every step that a party can take, and what it may see of the steps of others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.types import Oin, Rol, Veld
from matcher.diensten.bijhouden import end_fulfilled
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.opvolgnieuws import Kring, tell_stap
from matcher.diensten.termijnen import termijn_documents, termijnen_of
from matcher.diensten.zicht import Zicht, find_match, require_own
from matcher.domein import stappen
from matcher.domein.opvolgdocument import Kijk, opvolging_document
from matcher.domein.opvolging import Deelnemer, Hulp, Opvolging, Stap
from matcher.domein.stappen import Wie
from matcher.domein.verhuizing import Bewaard, absent, deelnemer_of, deelnemers, opvolging_of
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, besluit_fields
from matcher.opslag import opvolging as opslag
from matcher.types import MatchId

_INZIEN = "opvolging inzien"
_TOLD = frozenset({Veld.ORGANISATIE, Veld.REGIE, Veld.OPVOLGING, Veld.HULP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The follow-up of one match before an act: who is in it, the steps, how it stands, and what the caller sees."""

    kern: Kern
    zicht: Zicht
    leden: frozenset[Deelnemer]
    bewaard: tuple[Bewaard, ...]
    opvolging: Opvolging
    kijk: Kijk
    op: datetime

    @property
    def dag(self) -> date:
        """The day of the act."""
        return local_date(self.op)

    @property
    def wie(self) -> Wie:
        """The caller, as the rules want to know it."""
        if self.kijk.ik is None:
            raise LookupError("a radar without a signal of its own takes no steps")
        return Wie(
            deelnemer=self.kijk.ik,
            mag_regie=self.zicht.convenant.has_rol(self.kijk.ik.organisatie, Rol.REGISSEUR),
            ziet_regie=self.kijk.regie(self.opvolging) is not None,
        )

    @property
    def kring(self) -> Kring:
        """Everybody who sees something of the match."""
        return Kring.around(self.kern, self.zicht.convenant, self.zicht.match, self.zicht.toestand, op=self.dag)

    def kandidaat(self, oin: Oin) -> Deelnemer | None:
        """The party that the caller means, if it sees it by name and it may be regisseur; None otherwise."""
        if oin == self.zicht.melding.ontvanger:
            return self.kijk.ik
        if not self.zicht.convenant.has_rol(oin, Rol.REGISSEUR):
            return None
        found = (self.kijk.deelnemers[partij.ander] for partij in self.kijk.granting(oin, Veld.ORGANISATIE))
        kring = self.kring
        # Who sees nothing of the match itself could not answer, and must not learn of it by being asked.
        return next((deelnemer for deelnemer in found if kring.view_of(deelnemer)), None)


_Regel = Callable[[Dossier], tuple[Stap, ...]]


async def own_opvolging(kern: Kern, aanroeper: Aanroeper, match: MatchId) -> dict[str, Any]:
    """The follow-up of a match as far as the convenant grants it today, ready for JSON. Raises NietGevonden."""
    op = kern.klok()
    handeling = aanroeper.handeling(_INZIEN, op=op)
    async with kern.transaction() as connection:
        dossier = await _open(kern, connection, aanroeper, match, op=op, lock=False)
        await logboek.append(connection, list(_disclosures(kern, handeling, dossier)))
        return await _document(connection, dossier, dossier.opvolging)


async def record_contact(kern: Kern, aanroeper: Aanroeper, match: MatchId) -> dict[str, Any]:
    """Say that the match was taken up; the follow-up as it is now. Repeating changes nothing. Raises NietGevonden."""
    return await _act(
        kern, aanroeper, match, "contact vastleggen", lambda d: stappen.record_contact(d.opvolging, d.wie, op=d.op)
    )


async def propose_regie(
    kern: Kern, aanroeper: Aanroeper, match: MatchId, kandidaat: Oin, *, per: date | None
) -> dict[str, Any]:
    """Propose a regisseur, or as the regisseur a next one; the follow-up as it is now.

    Raises NietGevonden, and Conflict when the caller does not see that party, when that cannot be regisseur, or when
    the caller sees that there is one.
    """

    def decide(dossier: Dossier) -> tuple[Stap, ...]:
        wanted = dossier.kandidaat(kandidaat)
        return stappen.propose(dossier.opvolging, dossier.wie, wanted, per=per, op=dossier.op)

    return await _act(kern, aanroeper, match, "regie voorstellen", decide)


async def accept_regie(kern: Kern, aanroeper: Aanroeper, match: MatchId) -> dict[str, Any]:
    """Become regisseur after being proposed; the follow-up as it is now. Raises NietGevonden and Conflict."""
    return await _act(kern, aanroeper, match, "regie aanvaarden", lambda d: stappen.accept(d.opvolging, d.wie, op=d.op))


async def decline_regie(kern: Kern, aanroeper: Aanroeper, match: MatchId) -> dict[str, Any]:
    """Say no after being proposed; the follow-up as it is now. Raises NietGevonden and Conflict."""
    return await _act(kern, aanroeper, match, "regie afwijzen", lambda d: stappen.decline(d.opvolging, d.wie, op=d.op))


async def agree_moment(kern: Kern, aanroeper: Aanroeper, match: MatchId, dag: date) -> dict[str, Any]:
    """Write down when the parties speak next; how it is now. Raises NietGevonden, and Conflict for a past day."""
    return await _act(
        kern, aanroeper, match, "moment afspreken", lambda d: stappen.agree_moment(d.opvolging, d.wie, dag, op=d.op)
    )


async def report_hulp(kern: Kern, aanroeper: Aanroeper, match: MatchId, hulp: Hulp) -> dict[str, Any]:
    """Say that the own help started, stagnates or stopped; the follow-up as it is now. Raises NietGevonden."""
    return await _act(
        kern, aanroeper, match, "hulp melden", lambda d: stappen.report_hulp(d.opvolging, d.wie, hulp, op=d.op)
    )


async def close_opvolging(kern: Kern, aanroeper: Aanroeper, match: MatchId) -> dict[str, Any]:
    """End one's own follow-up, as the regisseur that of all who see that; how it is now. Raises NietGevonden."""

    def decide(dossier: Dossier) -> tuple[Stap, ...]:
        wie = dossier.wie
        return stappen.close(dossier.opvolging, wie, volgers=dossier.kring.followers(wie.deelnemer), op=dossier.op)

    return await _act(kern, aanroeper, match, "opvolging afsluiten", decide)


async def _act(kern: Kern, aanroeper: Aanroeper, match: MatchId, naam: str, decide: _Regel) -> dict[str, Any]:
    """Add what `decide` says under the lock on the match, tell it, and end the terms that are met by it."""
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(naam, op=op))
    async with kern.transaction() as connection:
        dossier = await _open(kern, connection, aanroeper, match, op=op, lock=True)
        require_own(dossier.zicht)
        after = await _add(connection, dossier, aanroeper, decide(dossier), nieuws)
        await end_fulfilled(connection, after, dossier.leden, op=op)
        await _log(kern, connection, nieuws, dossier)
        document = await _document(connection, dossier, after)
    nieuws.wake()
    return document


async def _open(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, match: MatchId, *, op: datetime, lock: bool
) -> Dossier:
    zicht = await find_match(kern, connection, aanroeper, match, lock=lock)
    convenant, melding, known = zicht.convenant, zicht.melding, zicht.toestand
    whose = ((id_, deelnemer_of(convenant, lid)) for id_, lid in known.leden.items())
    leden = frozenset(deelnemers(convenant, known.leden.values()))
    bewaard = tuple(await opslag.of_matches(connection, [zicht.match]))
    return Dossier(
        kern=kern,
        zicht=zicht,
        leden=leden,
        bewaard=bewaard,
        opvolging=opvolging_of(bewaard, zicht.match, leden, dag=local_date(op)),
        kijk=Kijk(
            convenant=convenant,
            melding=melding,
            ik=Deelnemer(aanroeper.client, melding.match) if melding.eigen_signalen else None,
            deelnemers={id_: deelnemer for id_, deelnemer in whose if deelnemer is not None},
        ),
        op=op,
    )


async def _add(
    connection: AsyncConnection, dossier: Dossier, aanroeper: Aanroeper, added: tuple[Stap, ...], nieuws: Nieuws
) -> Opvolging:
    """How it stands after these steps, which are written and told."""
    before = dossier.opvolging
    if not added:
        return before
    match = dossier.zicht.match
    gone = list(absent(match, dossier.bewaard, dossier.leden, op=dossier.op))
    new = [Bewaard(id=None, match=match, stap=stap, medewerker=aanroeper.medewerker) for stap in added]
    await opslag.keep(connection, [*gone, *new])
    after = opvolging_of((*dossier.bewaard, *gone, *new), match, dossier.leden, dag=dossier.dag)
    kring = dossier.kring
    for stap in added:
        tell_stap(nieuws, kring, stap, voor=before, na=after)
    return after


async def _log(kern: Kern, connection: AsyncConnection, nieuws: Nieuws, dossier: Dossier) -> None:
    eigen = dossier.zicht.melding.eigen_signalen
    verwerkingen = kern.bladmaker.verwerkingen(nieuws.handeling, eigen, klaar_op=kern.klok())
    await nieuws.write(connection, [*_disclosures(kern, nieuws.handeling, dossier), *verwerkingen])


def _disclosures(kern: Kern, handeling: Handeling, dossier: Dossier) -> Iterable[Blad]:
    """A leaf for every pair of which the answer may tell something, or one leaf when it tells of nobody."""
    match = str(dossier.zicht.melding.match)
    found = [
        kern.bladmaker.toegang(
            handeling,
            match=match,
            uitkomst="verstrekt",
            **besluit_fields(partij.besluit, partij.besluit.velden & _TOLD),
        )
        for partij in dossier.zicht.melding.partijen
        if partij.besluit.velden & _TOLD
    ]
    return found or [kern.bladmaker.toegang(handeling, match=match, uitkomst="verwerkt")]


async def _document(connection: AsyncConnection, dossier: Dossier, opvolging: Opvolging) -> dict[str, Any]:
    kern, melding = dossier.kern, dossier.zicht.melding
    document = opvolging_document(dossier.kijk, opvolging, kern.kenmerker, dag=dossier.dag)
    own = await termijnen_of(connection, melding.ontvanger, onderwerpen=[melding.match])
    return {**document, "termijnen": termijn_documents(kern, own)}
