"""What becomes of a follow-up when matches join, part, or lose a party.

A step goes where the signals of its party go: to two matches when the party is in both, to none when it left.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import ConvenantId
from matcher.domein.koppeling import Lid
from matcher.domein.melding import is_radar
from matcher.domein.opvolging import Deelnemer, Opvolging, Stap, Stapsoort, fold
from matcher.types import MatchId, MedewerkerPseudoniem, SignaalId

Plaats = tuple[MatchId, Deelnemer]
"""A party in a match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bewaard:
    """A step as it is kept: in which match, in which place, and by whom. `id` is None as long as it has no row."""

    id: UUID | None
    match: MatchId
    stap: Stap
    volgnummer: int | None = None
    medewerker: MedewerkerPseudoniem | None = field(default=None, repr=False)


def deelnemer_of(convenant: Convenant, lid: Lid) -> Deelnemer | None:
    """The party that this signal makes a participant of its match; None when it is in none.

    A party with a radar knows whole matches.
    """
    organisatie = lid.signaal.organisatie
    name = lid.match if is_radar(convenant, organisatie) else lid.bekend_als
    return Deelnemer(organisatie, name) if lid.match is not None and name is not None else None


def plaatsen(convenanten: Mapping[ConvenantId, Convenant], leden: Mapping[SignaalId, Lid]) -> dict[SignaalId, Plaats]:
    """Where each of these signals is, in order; without those that are in no match."""
    found = {}
    for id_, lid in leden.items():
        convenant = convenanten.get(lid.signaal.convenant)
        deelnemer = deelnemer_of(convenant, lid) if convenant else None
        if deelnemer is not None and lid.match is not None:
            found[id_] = (lid.match, deelnemer)
    return found


def deelnemers(convenant: Convenant, leden: Iterable[Lid]) -> set[Deelnemer]:
    """The parties that these signals make participants, and that take part in the convenant today."""
    found = {deelnemer_of(convenant, lid) for lid in leden if convenant.has_partij(lid.signaal.organisatie)}
    return {deelnemer for deelnemer in found if deelnemer is not None}


def opvolging_of(bewaard: Iterable[Bewaard], match: MatchId, leden: Collection[Deelnemer], *, dag: date) -> Opvolging:
    """How the follow-up of one match stands on this day for these parties; steps of other matches do not count."""
    return fold((each.stap for each in bewaard if each.match == match), leden, dag=dag)


def moves(voor: Mapping[SignaalId, Plaats], na: Mapping[SignaalId, Plaats]) -> dict[Plaats, tuple[Plaats, ...]]:
    """Where the parties went that are not where they were, or not only: nowhere when they left."""
    found: dict[Plaats, dict[Plaats, None]] = {}
    for signaal, plaats in voor.items():
        places = found.setdefault(plaats, {})
        if signaal in na:
            places[na[signaal]] = None
    return {plaats: tuple(places) for plaats, places in found.items() if tuple(places) != (plaats,)}


def relocated(bewaard: Iterable[Bewaard], weg: Mapping[Plaats, tuple[Plaats, ...]]) -> Iterator[Bewaard]:
    """The steps that change: where they belong now, with an id; those that belong in another place as well, without."""
    for oud in bewaard:
        own = (oud.match, oud.stap.eigenaar)
        # A step of who left stays behind: it counts no longer.
        for nummer, plaats in enumerate(weg.get(own) or (own,)):
            stap = _renamed(oud, plaats, weg)
            moved = replace(oud, id=None if nummer else oud.id, match=plaats[0], stap=stap)
            if moved != oud:
                yield moved


def departures(
    weg: Mapping[Plaats, tuple[Plaats, ...]], matches: Collection[MatchId], *, op: datetime
) -> Iterator[Bewaard]:
    """A step for every party that left one of these matches."""
    for (match, deelnemer), places in weg.items():
        if not places and match in matches:
            yield Bewaard(id=None, match=match, stap=Stap(door=deelnemer, soort=Stapsoort.VERTROKKEN, op=op))


def lost_regies(match: MatchId, opvolging: Opvolging, *, op: datetime) -> Iterator[Bewaard]:
    """A step for every regisseur but the one that accepted first: after matches were joined one stays."""
    for regie in opvolging.regies[1:]:
        yield Bewaard(id=None, match=match, stap=Stap(door=regie.wie, soort=Stapsoort.REGIE_VERVALLEN, op=op))


def absent(
    match: MatchId, bewaard: Iterable[Bewaard], leden: Collection[Deelnemer], *, op: datetime
) -> Iterator[Bewaard]:
    """A step for a regisseur that is not in the match today, and whom nothing says to have left.

    Its last day came and nobody cleared it yet, or it was suspended: whoever takes over has to come after that.
    """
    stappen = [each.stap for each in bewaard]
    everybody = {wie for stap in stappen for wie in (stap.door, stap.eigenaar)}
    stand = fold(stappen, everybody, dag=local_date(op))
    holders = {wie for regie in stand.regies for wie in (regie.wie, regie.aan) if wie is not None}
    for weg in sorted(holders.difference(leden)):
        yield Bewaard(id=None, match=match, stap=Stap(door=weg, soort=Stapsoort.VERTROKKEN, op=op))


def _renamed(oud: Bewaard, plaats: Plaats, weg: Mapping[Plaats, tuple[Plaats, ...]]) -> Stap:
    match, eigenaar = plaats

    def name(deelnemer: Deelnemer) -> Deelnemer:
        if deelnemer == oud.stap.eigenaar:
            return eigenaar
        return next((wie for plek, wie in weg.get((oud.match, deelnemer), ()) if plek == match), deelnemer)

    over = oud.stap.over
    return replace(oud.stap, door=name(oud.stap.door), over=None if over is None else name(over))
