"""Finding who else knows the persons of new tokens: matches, and possible matches, in the transaction of the tokens."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit, Vraag, beslis
from convenant.kalender import local_date
from convenant.profielen import PROFIELEN
from convenant.types import ConvenantId, Gebeurtenis, Oin, Veld
from matcher.diensten.herschikken import settle
from matcher.diensten.kern import Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.paartermijnen import begin_bevestiging
from matcher.domein.koppeling import Zekertoken
from matcher.domein.paar import Kant, Paar, make_paar
from matcher.domein.signaal import Signaal
from matcher.opslag import koppelindex, paren, signalen, toestand
from matcher.opslag.koppelindex import Treffer
from matcher.types import Notificatiesoort, Paarkenmerk, SignaalId, TokenHash


async def link(
    kern: Kern,
    connection: AsyncConnection,
    nieuws: Nieuws,
    ids: Collection[SignaalId],
    hashes: Collection[TokenHash],
    *,
    added: Collection[Zekertoken],
) -> Counter[ConvenantId]:
    """Find and write the matches and pairs of these signals, and put in `nieuws` who is to hear of them.

    `hashes` are all their tokens, which must have been written already; `added` the new ones in slot `zeker`. Takes the
    stripes of all of them, so that whoever submits the same person at this moment comes before or after, never beside
    (guarantee 4). Returns how many possible matches were new, by convenant.
    """
    op = nieuws.handeling.begonnen_op
    await koppelindex.lock(connection, hashes)
    found = await koppelindex.treffers(connection, ids, hashes, vandaag=local_date(op))
    if not found:
        return Counter()
    betrokken = await signalen.find(connection, {id_ for treffer in found for id_ in (treffer.een, treffer.ander)})
    mogelijk = await _add_paren(kern, connection, nieuws, [t for t in found if not t.is_zeker], betrokken)
    zeker = {id_ for treffer in found if treffer.is_zeker for id_ in (treffer.een, treffer.ander)}
    if zeker:
        await koppelindex.lock_matches(connection, (betrokken[id_].convenant for id_ in zeker))
        bestand = await toestand.load(connection, zeker)
        voor = bestand.toestand.without_tokens(added)
        await settle(kern, connection, bestand, nieuws, voor=voor, na=bestand.toestand)
    return mogelijk


def granted_overeenkomst(
    kern: Kern, paar: Paar, signalen: Mapping[SignaalId, Signaal], *, op: date
) -> Mapping[Oin, Besluit]:
    """The decisions to tell both sides of a possible match; empty unless both may hear of it."""
    besluiten = decide_overeenkomst(kern, paar, signalen, op=op)
    return besluiten if _both(besluiten) else {}


def decide_overeenkomst(
    kern: Kern, paar: Paar, signalen: Mapping[SignaalId, Signaal], *, op: date
) -> Mapping[Oin, Besluit]:
    """What the convenant says of telling either side of a possible match."""
    convenant = kern.convenanten[paar.convenant]
    een, ander = (signalen[id_] for id_ in paar.sleutel)
    return {
        eigen.organisatie: beslis(
            convenant,
            Vraag(
                gebeurtenis=Gebeurtenis.MOGELIJKE_MATCH,
                niveau=paar.niveau,
                ontvanger=eigen.organisatie,
                over=over.organisatie,
                signaalsoort=over.signaalsoort,
                eigen_signaalsoorten=frozenset({eigen.signaalsoort}),
                op=op,
            ),
        )
        for eigen, over in ((een, ander), (ander, een))
    }


def _both(besluiten: Mapping[Oin, Besluit]) -> bool:
    return all(Veld.OVEREENKOMST in besluit.velden for besluit in besluiten.values())


async def _add_paren(
    kern: Kern,
    connection: AsyncConnection,
    nieuws: Nieuws,
    found: Iterable[Treffer],
    betrokken: Mapping[SignaalId, Signaal],
) -> Counter[ConvenantId]:
    """Write what exists for both sides only, and tell both. A pair that was there before stays what it is."""
    op = nieuws.handeling.begonnen_op
    made = [_paar(kern, treffer, betrokken, op) for treffer in found]
    besluiten = {paar.sleutel: decide_overeenkomst(kern, paar, betrokken, op=local_date(op)) for paar in made}
    added = await paren.add(connection, [paar for paar in made if _both(besluiten[paar.sleutel])])
    await begin_bevestiging(kern, connection, [p for p in made if p.sleutel in added], betrokken, op=op)
    for paar in made:
        for organisatie, besluit in besluiten[paar.sleutel].items():
            if not besluit.toegestaan:
                nieuws.log_refused_paar(organisatie, besluit)
        if paar.sleutel in added:
            for organisatie, besluit in besluiten[paar.sleutel].items():
                nieuws.tell_paar(paar, Notificatiesoort.MOGELIJK_ONTSTAAN, organisatie, besluit)
    return Counter(paar.convenant for paar in made if paar.sleutel in added)


def _paar(kern: Kern, treffer: Treffer, betrokken: Mapping[SignaalId, Signaal], op: datetime) -> Paar:
    een, ander = (betrokken[id_] for id_ in (treffer.een, treffer.ander))
    kanten = [Kant(signaal=s.id, organisatie=s.organisatie, kenmerk=Paarkenmerk(uuid4())) for s in (een, ander)]
    profiel = PROFIELEN[kern.convenanten[een.convenant].profiel]
    return make_paar(een.convenant, kanten[0], kanten[1], profiel=profiel, sloten=treffer.sloten, op=op)
