"""Which step a party may add to the follow-up of a match; no step where it would change nothing.

Refusals are Conflict, in a sentence that is true for whoever gets it and says nothing of a party that it cannot see.
Whoever calls these holds the lock on the match.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from convenant.kalender import local_date
from convenant.web.errors import Conflict
from matcher.domein.opvolging import Deelnemer, Hulp, Opvolging, Stap, Stapsoort, Voorstel

_BELEGD = "Deze match heeft al een regisseur. Alleen die kan de regie overdragen."
_GEEN_KANDIDAAT = (
    "Kies als regisseur een organisatie die u in deze match ziet en die volgens het convenant regisseur kan zijn."
)
_GEEN_ROL = "Uw organisatie kan volgens het convenant geen regisseur zijn."
_NIET_VOORGESTELD = "Uw organisatie is nu niet voorgesteld als regisseur. U kunt uw eigen organisatie wel voorstellen."
_VERLEDEN = "Deze dag is al voorbij. Kies vandaag of een latere dag."
_ZELF_REGISSEUR = "Uw organisatie is al regisseur. Draag de regie over als u ermee wilt stoppen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wie:
    """Who wants to take a step, and what it may know that decides about it.

    `mag_regie`: its role lets it be regisseur. `ziet_regie`: it may know who is regisseur, if anybody is.
    """

    deelnemer: Deelnemer
    mag_regie: bool
    ziet_regie: bool


def record_contact(opvolging: Opvolging, wie: Wie, *, op: datetime) -> tuple[Stap, ...]:
    """The party took it up."""
    if opvolging.stand_of(wie.deelnemer).contact_op is not None:
        return ()
    return (Stap(door=wie.deelnemer, soort=Stapsoort.CONTACT, op=op),)


def propose(
    opvolging: Opvolging, wie: Wie, kandidaat: Deelnemer | None, *, per: date | None, op: datetime
) -> tuple[Stap, ...]:
    """The party proposes a regisseur, itself or another that it sees; None is one that it may not propose.

    Proposing oneself is accepting. While there is a regisseur that the party cannot see, its proposal is kept and
    has no effect: a refusal would tell of it. `per` counts in a hand-over only.
    """
    if kandidaat is None:
        raise Conflict(_GEEN_KANDIDAAT)
    if kandidaat.organisatie == wie.deelnemer.organisatie:
        return _take(opvolging, wie, op=op, asked=False)
    regie = opvolging.regie
    if regie is not None and not _is(regie.wie, wie) and wie.ziet_regie:
        raise Conflict(_BELEGD)
    agreed = regie is not None and _is(regie.wie, wie) and (regie.aan, regie.per) == (kandidaat, per)
    if agreed or any(v.door == wie.deelnemer and v.per == per for v in opvolging.voorstellen_for(kandidaat)):
        return ()
    _refuse_past(per, op)
    return (Stap(door=wie.deelnemer, soort=Stapsoort.VOORGESTELD, op=op, over=kandidaat, per=per),)


def accept(opvolging: Opvolging, wie: Wie, *, op: datetime) -> tuple[Stap, ...]:
    """The party that was proposed becomes regisseur, or will be on the day of the hand-over."""
    return _take(opvolging, wie, op=op, asked=True)


def decline(opvolging: Opvolging, wie: Wie, *, op: datetime) -> tuple[Stap, ...]:
    """The party that was proposed does not want to be regisseur, or takes back that it would take over."""
    regie = opvolging.regie
    if regie is not None and _is(regie.wie, wie):
        raise Conflict(_ZELF_REGISSEUR)
    if opvolging.voorstellen_for(wie.deelnemer) or (regie is not None and regie.aan == wie.deelnemer):
        return (Stap(door=wie.deelnemer, soort=Stapsoort.AFGEWEZEN, op=op),)
    if wie.deelnemer in opvolging.afgewezen:
        return ()
    raise Conflict(_NIET_VOORGESTELD)


def agree_moment(opvolging: Opvolging, wie: Wie, dag: date, *, op: datetime) -> tuple[Stap, ...]:
    """The party writes down when the parties speak next; one that had closed opens again by it."""
    stand = opvolging.stand_of(wie.deelnemer)
    if stand.moment is not None and stand.moment.dag == dag and stand.afgesloten_op is None:
        return ()
    _refuse_past(dag, op)
    return (Stap(door=wie.deelnemer, soort=Stapsoort.MOMENT, op=op, moment=dag),)


def report_hulp(opvolging: Opvolging, wie: Wie, hulp: Hulp, *, op: datetime) -> tuple[Stap, ...]:
    """The party says how it goes with its help."""
    if opvolging.stand_of(wie.deelnemer).hulp is hulp:
        return ()
    return (Stap(door=wie.deelnemer, soort=Stapsoort.HULP, op=op, hulp=hulp),)


def close(opvolging: Opvolging, wie: Wie, *, volgers: Collection[Deelnemer], op: datetime) -> tuple[Stap, ...]:
    """The party is done; when it is the regisseur, so are the others that may know of it (`volgers`)."""
    regie = opvolging.regie
    everybody = regie is not None and _is(regie.wie, wie)
    klaar = [wie.deelnemer, *(sorted(volgers) if everybody else ())]
    return tuple(
        Stap(door=wie.deelnemer, soort=Stapsoort.AFGESLOTEN, op=op, over=None if over == wie.deelnemer else over)
        for over in klaar
        if opvolging.stand_of(over).afgesloten_op is None
    )


def _take(opvolging: Opvolging, wie: Wie, *, op: datetime, asked: bool) -> tuple[Stap, ...]:
    if not wie.mag_regie:
        raise Conflict(_GEEN_ROL)
    regie = opvolging.regie
    voorstellen = opvolging.voorstellen_for(wie.deelnemer)
    if regie is not None and not _by(regie.wie, voorstellen):
        if _is(regie.wie, wie) or regie.aan == wie.deelnemer:
            return ()
        # Parties with this role always see each other, so that this tells nobody anything.
        raise Conflict(_BELEGD)
    if asked and not voorstellen:
        raise Conflict(_NIET_VOORGESTELD)
    return (Stap(door=wie.deelnemer, soort=Stapsoort.AANVAARD, op=op),)


def _is(deelnemer: Deelnemer, wie: Wie) -> bool:
    # By organisation: there is one regisseur of the whole match, by whichever name it knows it.
    return deelnemer.organisatie == wie.deelnemer.organisatie


def _by(deelnemer: Deelnemer, voorstellen: Collection[Voorstel]) -> bool:
    return any(voorstel.door == deelnemer for voorstel in voorstellen)


def _refuse_past(dag: date | None, op: datetime) -> None:
    if dag is not None and dag < local_date(op):
        raise Conflict(_VERLEDEN)
