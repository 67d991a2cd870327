"""What one party is told about a match. It can be built from a Besluit only, so nothing leaves without a rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from convenant.beleid import Besluit, Vraag, beslis
from convenant.model import Convenant, Partij
from convenant.types import Gebeurtenis, Niveau, Oin, Rol, Veld
from matcher.domein.signaal import Signaal
from matcher.types import SignaalId

TIJDZONE = ZoneInfo("Europe/Amsterdam")
"""The zone in which a day begins and ends for everybody in the convenant."""


@dataclass(frozen=True, slots=True)
class Partijmelding:
    """The granted fields about one signal of another organisation; what was not granted is None."""

    besluit: Besluit
    organisatie: Partij | None
    contact: Partij | None
    signaalsoort: str | None
    ingediend_op: date | None

    @classmethod
    def from_besluit(cls, besluit: Besluit, *, partij: Partij, signaal: Signaal) -> "Partijmelding":
        """Keep of the party and its signal what the decision grants, and nothing else."""
        velden = besluit.velden
        return cls(
            besluit=besluit,
            organisatie=partij if Veld.ORGANISATIE in velden else None,
            contact=partij if Veld.CONTACT in velden else None,
            signaalsoort=signaal.signaalsoort if Veld.SIGNAALSOORT in velden else None,
            ingediend_op=local_date(signaal.ingediend_op) if Veld.INGEDIEND_OP in velden else None,
        )


@dataclass(frozen=True, slots=True)
class Matchmelding:
    """A match as one receiver may see it; empty `partijen` means: tell nothing.

    `sinds` is when it arose in this view. The moment of the whole match would tell a newcomer that it existed before
    the parties that it can see.
    """

    ontvanger: Oin
    sinds: datetime | None
    eigen_signalen: tuple[SignaalId, ...]
    partijen: tuple[Partijmelding, ...]


def local_date(moment: datetime) -> date:
    """The calendar day in the Netherlands on which this moment fell."""
    return moment.astimezone(TIJDZONE).date()


def matchmelding(
    convenant: Convenant, leden: Sequence[Signaal], *, ontvanger: Oin, niveau: Niveau, op: date
) -> Matchmelding:
    """What `ontvanger` may learn of this match today, by asking the convenant for every other member."""
    eigen = tuple(lid for lid in leden if lid.organisatie == ontvanger)
    anderen = [lid for lid in leden if lid.organisatie != ontvanger]
    soorten = frozenset(lid.signaalsoort for lid in eigen)
    zichtbaar = tuple(_ask(convenant, anderen, ontvanger=ontvanger, soorten=soorten, niveau=niveau, op=op))
    return Matchmelding(
        ontvanger=ontvanger,
        sinds=_since(eigen, [lid for lid, _ in zichtbaar]),
        eigen_signalen=tuple(lid.id for lid in eigen),
        partijen=tuple(melding for _, melding in zichtbaar),
    )


def matchmeldingen(
    convenant: Convenant, leden: Sequence[Signaal], *, niveau: Niveau, op: date
) -> tuple[Matchmelding, ...]:
    """One for everybody who may learn anything of this match: its members, and parties with a radar."""
    meldingen = (
        matchmelding(convenant, leden, ontvanger=oin, niveau=niveau, op=op)
        for oin in _possible_receivers(convenant, leden)
    )
    return tuple(melding for melding in meldingen if melding.partijen)


def _since(eigen: Sequence[Signaal], zichtbaar: Sequence[Signaal]) -> datetime | None:
    """When it became a match for this receiver; None while it sees no two organisations, its own included.

    For a member that is not before its own first signal, for a radar when the second organisation came in.
    """
    first: dict[Oin, datetime] = {}
    for lid in zichtbaar:
        first[lid.organisatie] = min(lid.ingediend_op, first.get(lid.organisatie, lid.ingediend_op))
    others = sorted(first.values())
    if eigen:
        return max(min(lid.ingediend_op for lid in eigen), others[0]) if others else None
    return others[1] if len(others) > 1 else None


def _possible_receivers(convenant: Convenant, leden: Iterable[Signaal]) -> list[Oin]:
    radar = {partij.oin for partij in convenant.partijen if Rol.RADAR in partij.rollen}
    return sorted(radar | {lid.organisatie for lid in leden})


def _ask(
    convenant: Convenant,
    anderen: Iterable[Signaal],
    *,
    ontvanger: Oin,
    soorten: frozenset[str],
    niveau: Niveau,
    op: date,
) -> Iterator[tuple[Signaal, Partijmelding]]:
    for ander in anderen:
        besluit = beslis(
            convenant,
            Vraag(
                gebeurtenis=Gebeurtenis.MATCH,
                niveau=niveau,
                ontvanger=ontvanger,
                over=ander.organisatie,
                signaalsoort=ander.signaalsoort,
                eigen_signaalsoorten=soorten,
                op=op,
            ),
        )
        if besluit.toegestaan:
            yield ander, Partijmelding.from_besluit(besluit, partij=convenant.partij(ander.organisatie), signaal=ander)
