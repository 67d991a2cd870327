"""What one party is told about a match. It can be built from a Besluit only, so nothing leaves without a rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from convenant.beleid import Besluit, Vraag, beslis
from convenant.kalender import local_date
from convenant.model import Convenant, Partij
from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin, Rol, Veld
from matcher.domein.kaart import Kaartverwijzing
from matcher.domein.koppeling import Lid, Toestand, Verband, Verbanden, own_components
from matcher.domein.signaal import Signaal
from matcher.types import MatchId, SignaalId


@dataclass(frozen=True, slots=True)
class Partijmelding:
    """The granted fields about one signal of another organisation; what was not granted is None.

    `ander` is that signal: for the matcher itself, to name the pair by; it is told with a card only. `gebeurtenis` is
    what the decision was asked on.
    """

    besluit: Besluit
    gebeurtenis: Gebeurtenis
    ander: SignaalId
    niveau: Niveau
    organisatie: Partij | None
    contact: Partij | None
    signaalsoort: str | None
    ingediend_op: date | None
    kaart: Kaartverwijzing | None

    @classmethod
    def from_besluit(
        cls, besluit: Besluit, *, partij: Partij, signaal: Signaal, verband: Verband, direct: bool
    ) -> "Partijmelding":
        """Keep of the party and its signal what the decision grants, and nothing else.

        `direct`: they share slot `zeker` with a signal of the receiver itself.
        """
        velden = besluit.velden
        return cls(
            besluit=besluit,
            gebeurtenis=verband.gebeurtenis,
            ander=signaal.id,
            niveau=verband.niveau,
            organisatie=partij if Veld.ORGANISATIE in velden else None,
            contact=partij if Veld.CONTACT in velden else None,
            signaalsoort=signaal.signaalsoort if Veld.SIGNAALSOORT in velden else None,
            ingediend_op=local_date(signaal.ingediend_op) if Veld.INGEDIEND_OP in velden else None,
            kaart=Kaartverwijzing(str(signaal.id), partij.oin, direct) if Veld.KAART in velden else None,
        )

    def limited(self, velden: frozenset[Veld]) -> "Partijmelding":
        """The same with no more than these fields."""
        return replace(
            self,
            organisatie=self.organisatie if Veld.ORGANISATIE in velden else None,
            contact=self.contact if Veld.CONTACT in velden else None,
            signaalsoort=self.signaalsoort if Veld.SIGNAALSOORT in velden else None,
            ingediend_op=self.ingediend_op if Veld.INGEDIEND_OP in velden else None,
            kaart=self.kaart if Veld.KAART in velden else None,
        )


@dataclass(frozen=True, slots=True)
class Matchmelding:
    """A match as one receiver may see it; empty `partijen` means: tell nothing.

    `match` is the id under which this receiver knows it, `niveau` the best one among the pairs it sees. `sinds` is when
    it arose in this view: the moment of the whole match would tell a newcomer that it existed before the parties that
    it can see.
    """

    ontvanger: Oin
    convenant: ConvenantId
    match: MatchId
    niveau: Niveau
    sinds: datetime | None
    eigen_signalen: tuple[SignaalId, ...]
    partijen: tuple[Partijmelding, ...]
    geweigerd: tuple[Besluit, ...] = ()
    """What was asked and not granted: for the access log, told to nobody."""

    @property
    def shown(self) -> frozenset[SignaalId]:
        """The signals that it is about, one's own and the others'."""
        return frozenset((*self.eigen_signalen, *(partij.ander for partij in self.partijen)))


@dataclass(frozen=True, slots=True)
class _Zicht:
    """Where a receiver stands: its own signals, and the others that it may be told of if the convenant grants it."""

    match: MatchId
    eigen: tuple[Signaal, ...]
    anderen: tuple[Signaal, ...]


@dataclass(frozen=True, slots=True)
class _Blik:
    """Who looks, under which convenant, on which day."""

    convenant: Convenant
    ontvanger: Oin
    verbanden: Verbanden
    op: date


def matchmeldingen(
    convenanten: Mapping[ConvenantId, Convenant],
    toestand: Toestand,
    *,
    op: date,
    ontvangers: Iterable[Oin] | None = None,
) -> tuple[Matchmelding, ...]:
    """What everybody may learn today of the matches that these signals are in: the views that show something."""
    return tuple(m for m in all_meldingen(convenanten, toestand, op=op, ontvangers=ontvangers) if m.partijen)


def all_meldingen(
    convenanten: Mapping[ConvenantId, Convenant],
    toestand: Toestand,
    *,
    op: date,
    ontvangers: Iterable[Oin] | None = None,
) -> tuple[Matchmelding, ...]:
    """Every view of the matches that these signals are in, also an empty one, by asking the convenant pair by pair.

    An organisation is told of signals that have a Verband with one of its own; a party with a radar of all of them.
    `ontvangers` narrows it down.
    """
    verbanden = toestand.verbanden()
    groepen: dict[MatchId, list[Lid]] = defaultdict(list)
    for lid in toestand.leden.values():
        if lid.match is not None and verbanden.get(lid.signaal.id):
            groepen[lid.match].append(lid)
    return tuple(
        melding
        for leden in groepen.values()
        for melding in _of_match(convenanten[leden[0].signaal.convenant], leden, verbanden, op, ontvangers)
    )


def is_radar(convenant: Convenant, oin: Oin) -> bool:
    """Whether the convenant gives this party a radar."""
    return convenant.has_rol(oin, Rol.RADAR)


def _of_match(
    convenant: Convenant, leden: Sequence[Lid], verbanden: Verbanden, op: date, ontvangers: Iterable[Oin] | None
) -> Iterator[Matchmelding]:
    radar = set(convenant.oins_with(Rol.RADAR))
    possible = radar | {lid.signaal.organisatie for lid in leden}
    for oin in sorted(possible if ontvangers is None else possible.intersection(ontvangers)):
        blik = _Blik(convenant, oin, verbanden, op)
        for zicht in [_radar_zicht(oin, leden)] if oin in radar else _own_zichten(oin, leden, verbanden):
            yield _melding(blik, zicht)


def _radar_zicht(oin: Oin, leden: Sequence[Lid]) -> _Zicht:
    signalen = [lid.signaal for lid in leden]
    eigen = tuple(s for s in signalen if s.organisatie == oin)
    match = leden[0].match or MatchId(signalen[0].id)
    return _Zicht(match, eigen, tuple(s for s in signalen if s.organisatie != oin))


def _own_zichten(oin: Oin, leden: Sequence[Lid], verbanden: Verbanden) -> Iterator[_Zicht]:
    by_id = {lid.signaal.id: lid for lid in leden}
    for groep in own_components((id_ for id_, lid in by_id.items() if lid.signaal.organisatie == oin), verbanden):
        reached = {ander for eigen in groep for ander in verbanden[eigen]}
        anderen = tuple(lid.signaal for id_, lid in by_id.items() if id_ in reached)
        oldest = by_id[groep[0]]
        yield _Zicht(
            oldest.bekend_als or oldest.match or MatchId(oldest.signaal.id),
            tuple(by_id[id_].signaal for id_ in groep),
            anderen,
        )


def _melding(blik: _Blik, zicht: _Zicht) -> Matchmelding:
    asked = [_ask(blik, zicht.eigen, ander) for ander in zicht.anderen]
    partijen = tuple(answer for answer in asked if isinstance(answer, Partijmelding))
    return Matchmelding(
        ontvanger=blik.ontvanger,
        convenant=blik.convenant.id,
        match=zicht.match,
        niveau=min((melding.niveau for melding in partijen), key=attrgetter("rang"), default=Niveau.ZEKER),
        sinds=_since(zicht, {melding.ander for melding in partijen}, blik.verbanden),
        eigen_signalen=tuple(signaal.id for signaal in zicht.eigen),
        partijen=partijen,
        geweigerd=tuple(answer for answer in asked if isinstance(answer, Besluit)),
    )


def _ask(blik: _Blik, eigen: Sequence[Signaal], ander: Signaal) -> Partijmelding | Besluit:
    """The most that a pair with one of the receiver's own grants, or its radar without one; or the refusal."""
    banden = blik.verbanden[ander.id]
    direct = [(signaal, banden[signaal.id]) for signaal in eigen if signaal.id in banden]
    asked = []
    if direct:
        best = min((verband for _, verband in direct), key=_rank)
        soorten = frozenset(signaal.signaalsoort for signaal, verband in direct if _rank(verband) == _rank(best))
        asked.append((best, soorten))
    if is_radar(blik.convenant, blik.ontvanger):
        asked.append((min(banden.values(), key=_rank), frozenset[str]()))
    besluiten = [(_decide(blik, ander, verband, soorten), verband) for verband, soorten in asked]
    besluit, verband = max(besluiten, key=lambda paar: len(paar[0].velden))
    if not besluit.toegestaan:
        return besluit
    return Partijmelding.from_besluit(
        besluit,
        partij=blik.convenant.partij(ander.organisatie),
        signaal=ander,
        verband=verband,
        direct=any(verband.is_zeker for _, verband in direct),
    )


def _decide(blik: _Blik, ander: Signaal, verband: Verband, soorten: frozenset[str]) -> Besluit:
    return beslis(
        blik.convenant,
        Vraag(
            gebeurtenis=verband.gebeurtenis,
            niveau=verband.niveau,
            ontvanger=blik.ontvanger,
            over=ander.organisatie,
            signaalsoort=ander.signaalsoort,
            eigen_signaalsoorten=soorten,
            op=blik.op,
        ),
    )


def _rank(verband: Verband) -> tuple[bool, int]:
    return verband.gebeurtenis is not Gebeurtenis.MATCH, verband.niveau.rang


def _since(zicht: _Zicht, zichtbaar: set[SignaalId], verbanden: Verbanden) -> datetime | None:
    """When it became a match for this receiver; None when it sees nobody.

    For a member that is when its first pair arose, for a radar when it could first see a second organisation.
    """
    own = [
        verband.sinds
        for signaal in zicht.eigen
        for ander, verband in verbanden[signaal.id].items()
        if ander in zichtbaar
    ]
    if own:
        return min(own)
    first: dict[Oin, datetime] = {}
    for ander in zicht.anderen:
        if ander.id in zichtbaar:
            moment = min(verband.sinds for verband in verbanden[ander.id].values())
            first[ander.organisatie] = min(moment, first.get(ander.organisatie, moment))
    others = sorted(first.values())
    return others[:2][-1] if others else None
