"""Which signals are held to be about one person: verbanden between two of them, as tokens and confirmations tell.

A Verband is what disclosure is decided on, a pair at a time. A match is no more than what hangs together by them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin
from matcher.domein.paar import Paar, paarsleutel
from matcher.domein.signaal import Signaal
from matcher.types import MatchId, Paarsleutel, SignaalId, TokenHash

Zekertoken = tuple[TokenHash, SignaalId]
"""That a signal bears this hash in slot `zeker`, under whichever epoch."""


@dataclass(frozen=True, slots=True)
class Lid:
    """A signal with the match it is in, and the match as its own organisation knows it.

    The two differ once matches were joined: whoever saw nothing of that keeps the id it was told.
    """

    signaal: Signaal
    match: MatchId | None = None
    bekend_als: MatchId | None = None


@dataclass(frozen=True, slots=True)
class Verband:
    """Two signals of different organisations are held to be about one person, at this level, since that moment.

    `gebeurtenis` is ACUUT when only one side confirmed, under the acute article.
    """

    niveau: Niveau
    gebeurtenis: Gebeurtenis
    sinds: datetime

    @property
    def is_zeker(self) -> bool:
        """Whether the two share slot `zeker`."""
        return self.niveau is Niveau.ZEKER


Verbanden = Mapping[SignaalId, Mapping[SignaalId, Verband]]
"""For every signal the others it has a Verband with; each stands there twice."""


@dataclass(frozen=True, slots=True)
class Toestand:
    """Everything that is known of some signals, oldest first: tokens, pairs, and the matches they are in."""

    leden: Mapping[SignaalId, Lid]
    zeker: Collection[Zekertoken] = ()
    paren: Collection[Paar] = ()

    def verbanden(self) -> Verbanden:
        """Who has a Verband with whom."""
        blocked = {paar.sleutel for paar in self.paren if paar.is_blocked}
        found: dict[SignaalId, dict[SignaalId, Verband]] = defaultdict(dict)
        # A shared token says more than a confirmation, so it comes last.
        for (een, ander), verband in [*self._confirmed(), *self._shared(blocked)]:
            found[een][ander] = found[ander][een] = verband
        return found

    def only(self, keep: Callable[[Lid], bool]) -> "Toestand":
        """The same without the signals for which `keep` is False."""
        return replace(self, leden={id_: lid for id_, lid in self.leden.items() if keep(lid)})

    def without_tokens(self, tokens: Collection[Zekertoken]) -> "Toestand":
        """The same as it was before these tokens came in."""
        return replace(self, zeker=[token for token in self.zeker if token not in tokens])

    def with_paar(self, paar: Paar) -> "Toestand":
        """The same after this pair changed."""
        return replace(self, paren=[*(p for p in self.paren if p.sleutel != paar.sleutel), paar])

    def _confirmed(self) -> Iterator[tuple[Paarsleutel, Verband]]:
        for paar in self.paren:
            een, ander = (self.leden.get(kant.signaal) for kant in paar.kanten)
            if een is None or ander is None or paar.geldt_sinds is None:
                continue
            sinds = max(paar.geldt_sinds, _met_op(een.signaal, ander.signaal))
            yield paar.sleutel, Verband(paar.niveau, paar.gebeurtenis, sinds)

    def _shared(self, blocked: Collection[Paarsleutel]) -> Iterator[tuple[Paarsleutel, Verband]]:
        groepen: dict[tuple[TokenHash, ConvenantId], list[Signaal]] = defaultdict(list)
        for token_hash, signaal_id in self.zeker:
            if signaal_id in self.leden:
                signaal = self.leden[signaal_id].signaal
                # Tokens of two convenanten never meet, not even when somebody sends one under the other's name.
                groepen[token_hash, signaal.convenant].append(signaal)
        for groep in groepen.values():
            for een, ander in combinations(groep, 2):
                sleutel = paarsleutel(een.id, ander.id)
                if een.organisatie != ander.organisatie and sleutel not in blocked:
                    yield sleutel, Verband(Niveau.ZEKER, Gebeurtenis.MATCH, _met_op(een, ander))


def _met_op(een: Signaal, ander: Signaal) -> datetime:
    return max(een.ingediend_op, ander.ingediend_op)


def components(signalen: Iterable[SignaalId], verbanden: Verbanden) -> list[tuple[SignaalId, ...]]:
    """What hangs together, each in the order given; whoever has no Verband is left out."""
    volgorde = {signaal: plaats for plaats, signaal in enumerate(signalen)}
    seen: set[SignaalId] = set()
    found = []
    for signaal in volgorde:
        if signaal not in seen and verbanden.get(signaal):
            reached = _reach(signaal, verbanden, volgorde)
            seen |= reached
            found.append(tuple(sorted(reached, key=volgorde.__getitem__)))
    return found


def own_components(eigen: Iterable[SignaalId], verbanden: Verbanden) -> list[tuple[SignaalId, ...]]:
    """The signals of one organisation, together as far as their own verbanden bring them together.

    Two of them that others hold together stay apart: that would tell the organisation what others confirmed.
    """
    eigen = list(eigen)
    anderen = {ander for signaal in eigen for ander in verbanden.get(signaal, ())}
    own: dict[SignaalId, dict[SignaalId, Verband]] = defaultdict(dict)
    for signaal in eigen:
        for ander, verband in verbanden.get(signaal, {}).items():
            own[signaal][ander] = own[ander][signaal] = verband
    return [
        tuple(signaal for signaal in groep if signaal not in anderen) for groep in components([*eigen, *anderen], own)
    ]


def rearrange(
    toestand: Toestand,
    *,
    ouderdom: Mapping[MatchId, int],
    bezet: Collection[tuple[Oin, MatchId]],
    nieuw: Callable[[], MatchId],
) -> dict[SignaalId, Lid]:
    """Every signal with the match it belongs in now; None when it has no Verband.

    Where matches come together the oldest one stays (`ouderdom`: a lower number is older). Where one falls apart, the
    part with the oldest signal keeps the id. `bezet` are ids under which an organisation knows another match already;
    `nieuw` makes an id.
    """
    verbanden = toestand.verbanden()
    groepen = components(toestand.leden, verbanden)
    kandidaten = [_by_age({toestand.leden[id_].match for id_ in groep}, ouderdom) for groep in groepen]
    matches = _name(kandidaten, set(), nieuw)
    placed = {
        id_: replace(toestand.leden[id_], match=match)
        for groep, match in zip(groepen, matches, strict=True)
        for id_ in groep
    }
    bekend = _own_names(placed, verbanden, set(bezet), nieuw)
    return {
        id_: replace(placed[id_], bekend_als=bekend[id_]) if id_ in placed else Lid(lid.signaal)
        for id_, lid in toestand.leden.items()
    }


def _own_names(
    placed: Mapping[SignaalId, Lid], verbanden: Verbanden, bezet: set[tuple[Oin, MatchId]], nieuw: Callable[[], MatchId]
) -> dict[SignaalId, MatchId]:
    eigen: dict[Oin, list[SignaalId]] = defaultdict(list)
    for id_, lid in placed.items():
        eigen[lid.signaal.organisatie].append(id_)
    found: dict[SignaalId, MatchId] = {}
    for organisatie, ids in eigen.items():
        groepen = own_components(ids, verbanden)
        taken = {match for oin, match in bezet if oin == organisatie}
        known = [[m for id_ in groep if (m := placed[id_].bekend_als)] for groep in groepen]
        # What an organisation was told before goes before a name that would only be convenient.
        reserved = {match for matches in known for match in matches}
        fresh = [[m] if (m := placed[groep[0]].match) and m not in reserved else [] for groep in groepen]
        names = _name([[*k, *f] for k, f in zip(known, fresh, strict=True)], taken, nieuw)
        found |= {id_: name for groep, name in zip(groepen, names, strict=True) for id_ in groep}
    return found


def _by_age(matches: Iterable[MatchId | None], ouderdom: Mapping[MatchId, int]) -> list[MatchId]:
    return sorted((match for match in matches if match is not None), key=ouderdom.__getitem__)


def _name(kandidaten: Iterable[Iterable[MatchId]], taken: set[MatchId], nieuw: Callable[[], MatchId]) -> list[MatchId]:
    """For each the first of its candidates that is still free, or a new id."""
    names = []
    for candidates in kandidaten:
        name = next((match for match in candidates if match not in taken), None) or nieuw()
        taken.add(name)
        names.append(name)
    return names


def _reach(start: SignaalId, verbanden: Verbanden, among: Collection[SignaalId]) -> set[SignaalId]:
    reached, border = {start}, [start]
    while border:
        for ander in verbanden.get(border.pop(), ()):
            if ander in among and ander not in reached:
                reached.add(ander)
                border.append(ander)
    return reached
