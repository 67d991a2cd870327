"""Signals on different members of one casus, and what their organisations may learn of each other by that.

Whoever signalled one member is told of a signal on another one only where the convenant grants that for a gezinsmatch,
pair by pair. Nobody learns which casus it was, or how many there are: two that hold the same persons together tell no
more than one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter

from convenant.beleid import Besluit, Vraag, beslis
from convenant.model import Convenant
from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin, Veld
from matcher.domein.casus import Casus
from matcher.domein.koppeling import Toestand, Verband, Verbanden
from matcher.domein.melding import Partijmelding
from matcher.domein.signaal import Signaal
from matcher.types import Notificatiesoort, SignaalId, TokenHash

_Decide = Callable[[Oin, Oin, str, Niveau, frozenset[str]], Besluit]


@dataclass(frozen=True, slots=True)
class Plek:
    """That a signal is about a member of a casus: how sure that is, and since when both are so.

    `personen` are the persons that it is about, each known by one of the members.
    """

    signaal: Signaal
    niveau: Niveau
    sinds: datetime
    personen: frozenset[SignaalId]


@dataclass(frozen=True, slots=True)
class Gezinspartij:
    """What is granted of one signal on another member, and since when the two belong together."""

    melding: Partijmelding
    sinds: datetime


@dataclass(frozen=True, slots=True)
class Gezinsmelding:
    """What one organisation may learn, by one signal of its own, of signals on others in the same casus."""

    ontvanger: Oin
    convenant: ConvenantId
    eigen: SignaalId
    partijen: tuple[Gezinspartij, ...]
    geweigerd: tuple[Besluit, ...] = ()

    @property
    def sinds(self) -> datetime:
        """When the first of these arose for this receiver."""
        return min(partij.sinds for partij in self.partijen)


@dataclass(frozen=True, slots=True)
class Gezinsbericht:
    """That a gezinsmatch arose or lapsed; `melding` holds no more than the parties that it is about."""

    soort: Notificatiesoort
    melding: Gezinsmelding


def gezinsmeldingen(
    convenanten: Mapping[ConvenantId, Convenant], casussen: Iterable[Casus], toestand: Toestand, *, op: date
) -> tuple[Gezinsmelding, ...]:
    """Every view on signals that these casussen hold together, also an empty one, in order of receiver.

    `toestand` holds all their members and everybody in a match with one. The owner of a casus gets no view of it: it
    knows who is in it.
    """
    verbanden = toestand.verbanden()
    views: dict[tuple[Oin, SignaalId], dict[SignaalId, Gezinspartij | Besluit]] = defaultdict(dict)
    convenant_of: dict[SignaalId, ConvenantId] = {}
    for casus in casussen:
        if not casus.is_open or casus.convenant not in convenanten:
            continue
        decide = _decider(convenanten[casus.convenant], op)
        for eigen, ander, answer in _answers(decide, convenanten[casus.convenant], casus, toestand, verbanden):
            seen = views[eigen.organisatie, eigen.id]
            seen[ander.id] = _best(seen.get(ander.id), answer)
            convenant_of[eigen.id] = casus.convenant
    return tuple(_view(place, convenant_of[place[1]], views[place]) for place in sorted(views, key=str))


def gezinsberichten(
    voorheen: Iterable[Gezinsmelding], nu: Iterable[Gezinsmelding], *, ended: Collection[SignaalId]
) -> Iterator[Gezinsbericht]:
    """What to tell, in order of receiver. `ended` are signals that are over: their organisation knows that.

    A party is told again when more may be told of it than before.
    """
    before = {(melding.ontvanger, melding.eigen): melding for melding in voorheen}
    after = {(melding.ontvanger, melding.eigen): melding for melding in nu}
    for place in sorted(before.keys() | after.keys(), key=str):
        was, now = _shown(before.get(place)), _shown(after.get(place))
        fresh = [partij for id_, partij in now.items() if id_ not in was or _tells_more(was[id_], partij)]
        gone = [
            replace(partij, melding=partij.melding.limited(frozenset()))
            for id_, partij in was.items()
            if id_ not in now
        ]
        if fresh:
            yield _bericht(Notificatiesoort.GEZINSMATCH_ONTSTAAN, after[place], fresh)
        if gone and place[1] not in ended:
            yield _bericht(Notificatiesoort.GEZINSMATCH_VERVALLEN, before[place], gone)


def places_in(casus: Casus, toestand: Toestand, verbanden: Verbanden) -> dict[SignaalId, Plek]:
    """The signals that are about a member of this casus: the members themselves, and who has a Verband with one.

    A Verband that one side confirmed in acute danger does not count: nobody else has to believe it.
    """
    leden = {lid: sinds for lid, sinds in casus.leden.items() if lid in toestand.leden}
    found: dict[SignaalId, Plek] = {}
    for lid, persoon in _persons(leden, toestand).items():
        itself = Verband(Niveau.ZEKER, Gebeurtenis.MATCH, leden[lid])
        for signaal, verband in [(lid, itself), *verbanden.get(lid, {}).items()]:
            if verband.gebeurtenis is Gebeurtenis.MATCH:
                sinds = max(leden[lid], verband.sinds)
                plek = Plek(toestand.leden[signaal].signaal, verband.niveau, sinds, frozenset({persoon}))
                found[signaal] = _surest(found.get(signaal, plek), plek)
    return found


def _persons(leden: Collection[SignaalId], toestand: Toestand) -> dict[SignaalId, SignaalId]:
    """For every member the one that its person is known by: the owner can have two signals on one person."""
    known_by = {lid: lid for lid in leden}
    bearer: dict[TokenHash, SignaalId] = {}
    for token, signaal in toestand.zeker:
        if signaal in known_by:
            old, new = known_by[signaal], known_by[bearer.setdefault(token, signaal)]
            known_by = {lid: new if persoon == old else persoon for lid, persoon in known_by.items()}
    return known_by


def _surest(een: Plek, ander: Plek) -> Plek:
    best = min(een, ander, key=lambda plek: (plek.niveau.rang, plek.sinds))
    return replace(best, personen=een.personen | ander.personen)


def _answers(
    decide: _Decide, convenant: Convenant, casus: Casus, toestand: Toestand, verbanden: Verbanden
) -> Iterator[tuple[Signaal, Signaal, Gezinspartij | Besluit]]:
    places = places_in(casus, toestand, verbanden)
    for eigen in places.values():
        ontvanger = eigen.signaal.organisatie
        if ontvanger == casus.organisatie:
            continue
        mine = [plek for plek in places.values() if plek.signaal.organisatie == ontvanger]
        for ander in places.values():
            if ander.signaal.organisatie != ontvanger and not _one_person(toestand, eigen, ander):
                yield eigen.signaal, ander.signaal, _ask(decide, convenant, eigen, ander, mine)


def _one_person(toestand: Toestand, een: Plek, ander: Plek) -> bool:
    """Whether they may be about one person: of that they hear by a match, if at all."""
    match = toestand.leden[een.signaal.id].match
    in_one_match = match is not None and match == toestand.leden[ander.signaal.id].match
    return in_one_match or not een.personen.isdisjoint(ander.personen)


def _ask(
    decide: _Decide, convenant: Convenant, eigen: Plek, ander: Plek, mine: Iterable[Plek]
) -> Gezinspartij | Besluit:
    niveau = max(eigen.niveau, ander.niveau, key=attrgetter("rang"))
    # Own signals that are less sure than this pair are no ground for more.
    soorten = frozenset(plek.signaal.signaalsoort for plek in mine if plek.niveau.rang <= niveau.rang)
    signaal = ander.signaal
    besluit = decide(eigen.signaal.organisatie, signaal.organisatie, signaal.signaalsoort, niveau, soorten)
    # A card opens for who signalled the same person; of somebody else in the family it is never told.
    besluit = replace(besluit, velden=besluit.velden - {Veld.KAART})
    if not besluit.velden:
        return replace(besluit, toegestaan=False)
    sinds = max(eigen.sinds, ander.sinds)
    verband = Verband(niveau, Gebeurtenis.GEZINSMATCH, sinds)
    melding = Partijmelding.from_besluit(
        besluit, partij=convenant.partij(signaal.organisatie), signaal=signaal, verband=verband, direct=False
    )
    return Gezinspartij(melding, sinds)


def _decider(convenant: Convenant, op: date) -> _Decide:
    """Asks the convenant, each question once: a large family asks the same ones many times."""

    @cache
    def decide(ontvanger: Oin, over: Oin, soort: str, niveau: Niveau, eigen: frozenset[str]) -> Besluit:
        vraag = Vraag(
            gebeurtenis=Gebeurtenis.GEZINSMATCH,
            niveau=niveau,
            ontvanger=ontvanger,
            over=over,
            signaalsoort=soort,
            eigen_signaalsoorten=eigen,
            op=op,
        )
        return beslis(convenant, vraag)

    return decide


def _best(known: Gezinspartij | Besluit | None, answer: Gezinspartij | Besluit) -> Gezinspartij | Besluit:
    """Of two casussen that hold the same pair together the one by which most is granted, then the earlier one."""
    if not isinstance(known, Gezinspartij):
        return answer
    if not isinstance(answer, Gezinspartij):
        return known
    sinds = min(known.sinds, answer.sinds)
    best = max(known, answer, key=lambda p: (len(p.melding.besluit.velden), -p.melding.niveau.rang))
    return replace(best, sinds=sinds)


def _view(
    place: tuple[Oin, SignaalId], convenant: ConvenantId, answers: Mapping[SignaalId, Gezinspartij | Besluit]
) -> Gezinsmelding:
    partijen = tuple(answer for answer in answers.values() if isinstance(answer, Gezinspartij))
    geweigerd = tuple(answer for answer in answers.values() if isinstance(answer, Besluit))
    return Gezinsmelding(place[0], convenant, place[1], partijen, geweigerd)


def _shown(melding: Gezinsmelding | None) -> dict[SignaalId, Gezinspartij]:
    return {partij.melding.ander: partij for partij in melding.partijen} if melding else {}


def _tells_more(was: Gezinspartij, now: Gezinspartij) -> bool:
    return not now.melding.besluit.velden <= was.melding.besluit.velden


def _bericht(soort: Notificatiesoort, melding: Gezinsmelding, partijen: Iterable[Gezinspartij]) -> Gezinsbericht:
    return Gezinsbericht(soort, replace(melding, partijen=tuple(partijen), geweigerd=()))
