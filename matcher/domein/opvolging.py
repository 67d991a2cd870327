"""The follow-up of a match: what its parties did since, and who is its regisseur.

Steps are only ever added; `fold` reads them in order and tells how things stand on a day. Which step may be added is
for `matcher.domein.stappen`. Of one party nothing depends on what another one did, but for the regie.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from convenant.kalender import local_date
from convenant.types import Oin
from matcher.types import MatchId


class Stapsoort(StrEnum):
    """What a step is."""

    CONTACT = "contact"
    """The ontvangstbevestiging: somebody took it up."""
    VOORGESTELD = "voorgesteld"
    AANVAARD = "aanvaard"
    AFGEWEZEN = "afgewezen"
    MOMENT = "moment"
    HULP = "hulp"
    AFGESLOTEN = "afgesloten"
    VERTROKKEN = "vertrokken"
    """Its last signal in the match ended."""
    REGIE_VERVALLEN = "regie-vervallen"
    """Matches were joined, and another regisseur had accepted before."""


class Hulp(StrEnum):
    """How it goes with the help of a party; no content."""

    GESTART = "gestart"
    STAGNEERT = "stagneert"
    GESTOPT = "gestopt"


@dataclass(frozen=True, slots=True, order=True)
class Deelnemer:
    """A party in a match, by the name under which it knows the match.

    An organisation that knows one match by two names, because only others hold its signals together, follows up twice:
    it would otherwise learn from the one that it is the other.
    """

    organisatie: Oin
    bekend_als: MatchId


@dataclass(frozen=True, slots=True, kw_only=True)
class Stap:
    """One step. `over` is whom it is about, when that is not who took it: a kandidaat, or a party that is closed.

    `per` is the day of a hand-over, `moment` the day on which parties speak next.
    """

    door: Deelnemer
    soort: Stapsoort
    op: datetime
    over: Deelnemer | None = None
    per: date | None = None
    moment: date | None = None
    hulp: Hulp | None = None

    @property
    def eigenaar(self) -> Deelnemer:
        """The party whose step it is: with it the step goes to another match, or counts no longer."""
        return self.over or self.door


@dataclass(frozen=True, slots=True)
class Moment:
    """The next moment, as one party wrote it down."""

    dag: date
    vastgelegd_op: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Partijstand:
    """What one party did: every member is None as long as it did not."""

    contact_op: date | None = None
    moment: Moment | None = None
    hulp: Hulp | None = None
    hulp_sinds: date | None = None
    afgesloten_op: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorstel:
    """That somebody was proposed as regisseur, and did not answer yet."""

    kandidaat: Deelnemer
    door: Deelnemer
    op: date
    per: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regie:
    """Who is regisseur, since when, and who takes over on which later day."""

    wie: Deelnemer
    sinds: date
    aan: Deelnemer | None = None
    per: date | None = None

    def on(self, dag: date) -> "Regie":
        """The regie on this day: handed over once its day has come."""
        if self.aan is None or self.per is None or self.per > dag:
            return self
        return Regie(wie=self.aan, sinds=self.per)

    def without(self, weg: Deelnemer, dag: date) -> "Regie | None":
        """The regie after this party left. Who accepted a hand-over takes it at once; without one it is vacant."""
        if self.aan == weg:
            return Regie(wie=self.wie, sinds=self.sinds)
        if self.wie != weg:
            return self
        return None if self.aan is None else Regie(wie=self.aan, sinds=dag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvolging:
    """How the follow-up of one match stands on one day.

    `regies` holds one at most, but while matches are being joined: then the first is the one that stays. `voorstellen`
    are open ones, the oldest first.
    """

    standen: Mapping[Deelnemer, Partijstand] = field(default_factory=dict)
    regies: tuple[Regie, ...] = ()
    voorstellen: tuple[Voorstel, ...] = ()
    afgewezen: frozenset[Deelnemer] = frozenset()

    @property
    def regie(self) -> Regie | None:
        """The regie, if a party accepted it and is still in the match."""
        return self.regies[0] if self.regies else None

    def stand_of(self, deelnemer: Deelnemer) -> Partijstand:
        """What this party did; of one that did nothing, nothing."""
        return self.standen.get(deelnemer, Partijstand())

    def voorstellen_for(self, kandidaat: Deelnemer) -> list[Voorstel]:
        """Who proposed this party and had no answer yet, the oldest first."""
        return [voorstel for voorstel in self.voorstellen if voorstel.kandidaat == kandidaat]


def fold(stappen: Iterable[Stap], leden: Collection[Deelnemer], *, dag: date) -> Opvolging:
    """How things stand on this day after these steps, in this order, with `leden` in the match.

    Never raises: a step that could not have been added in this order changes nothing that it may not change.
    """
    stand = Opvolging()
    for stap in stappen:
        stand = _step(_on(stand, local_date(stap.op)), stap)
    stand = _on(stand, dag)
    for weg in sorted(_mentioned(stand).difference(leden)):
        stand = _leave(stand, weg, dag)
    return stand


def _on(stand: Opvolging, dag: date) -> Opvolging:
    return replace(stand, regies=tuple(regie.on(dag) for regie in stand.regies)) if stand.regies else stand


def _mentioned(stand: Opvolging) -> set[Deelnemer]:
    takers = {regie.aan for regie in stand.regies if regie.aan is not None}
    kandidaten = {voorstel.kandidaat for voorstel in stand.voorstellen}
    return {*stand.standen, *(regie.wie for regie in stand.regies), *takers, *kandidaten, *stand.afgewezen}


def _step(stand: Opvolging, stap: Stap) -> Opvolging:
    dag = local_date(stap.op)
    match stap.soort:
        case Stapsoort.VOORGESTELD:
            return _propose(stand, stap, dag)
        case Stapsoort.AANVAARD:
            return _accept(stand, stap.door, dag)
        case Stapsoort.AFGEWEZEN:
            return _reject(stand, stap.door)
        case Stapsoort.VERTROKKEN:
            return _leave(stand, stap.door, dag)
        case Stapsoort.REGIE_VERVALLEN:
            return replace(stand, regies=tuple(regie for regie in stand.regies if regie.wie != stap.door))
        case _:
            eigenaar = stap.eigenaar
            return replace(stand, standen={**stand.standen, eigenaar: _done(stand.stand_of(eigenaar), stap, dag)})


def _done(stand: Partijstand, stap: Stap, dag: date) -> Partijstand:
    match stap.soort:
        case Stapsoort.CONTACT:
            return replace(stand, contact_op=stand.contact_op or dag)
        case Stapsoort.MOMENT if stap.moment is not None:
            # Who agrees on a next moment is not done.
            return replace(stand, moment=Moment(stap.moment, stap.op), afgesloten_op=None)
        case Stapsoort.HULP if stap.hulp is not stand.hulp:
            return replace(stand, hulp=stap.hulp, hulp_sinds=dag)
        case Stapsoort.AFGESLOTEN:
            return replace(stand, afgesloten_op=stand.afgesloten_op or dag)
        case _:
            return stand


def _propose(stand: Opvolging, stap: Stap, dag: date) -> Opvolging:
    kandidaat = stap.eigenaar
    rest = [v for v in stand.voorstellen if (v.kandidaat, v.door) != (kandidaat, stap.door)]
    voorstel = Voorstel(kandidaat=kandidaat, door=stap.door, op=dag, per=stap.per)
    return replace(stand, voorstellen=(*rest, voorstel), afgewezen=stand.afgewezen - {kandidaat})


def _accept(stand: Opvolging, wie: Deelnemer, dag: date) -> Opvolging:
    proposed = {voorstel.door: voorstel for voorstel in stand.voorstellen_for(wie)}
    if any(wie == regie.wie or (wie == regie.aan and regie.wie not in proposed) for regie in stand.regies):
        return stand
    regies = list(stand.regies)
    for plaats, regie in enumerate(regies):
        if regie.wie in proposed:
            per = proposed[regie.wie].per or dag
            regies[plaats] = replace(regie, aan=wie, per=per).on(dag)
            break
    else:
        # A second one is there only after matches were joined; it comes behind the one that accepted before.
        regies.append(Regie(wie=wie, sinds=dag))
    return replace(stand, regies=tuple(regies), voorstellen=(), afgewezen=frozenset())


def _reject(stand: Opvolging, wie: Deelnemer) -> Opvolging:
    return replace(
        stand,
        regies=tuple(replace(r, aan=None, per=None) if r.aan == wie else r for r in stand.regies),
        voorstellen=tuple(voorstel for voorstel in stand.voorstellen if voorstel.kandidaat != wie),
        afgewezen=stand.afgewezen | {wie},
    )


def _leave(stand: Opvolging, weg: Deelnemer, dag: date) -> Opvolging:
    return replace(
        stand,
        standen={wie: partij for wie, partij in stand.standen.items() if wie != weg},
        regies=tuple(left for regie in stand.regies if (left := regie.without(weg, dag)) is not None),
        voorstellen=tuple(voorstel for voorstel in stand.voorstellen if voorstel.kandidaat != weg),
        afgewezen=stand.afgewezen - {weg},
    )
