"""A bevraging: which signals there are on these persons, asked at a melding by a party with a radar.

Whether it may be asked never depends on what it would find.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from convenant.beleid import Besluit, Vraag, beslis
from convenant.model import Convenant
from convenant.profielen import PROFIELEN
from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin
from convenant.web.errors import Invoerfout
from matcher.domein.paar import best_niveau, slot_codes
from matcher.domein.plafond import Telling
from matcher.domein.signaal import SLOT_ZEKER, Signaal, Tokenset
from matcher.domein.toelating import EPOCHE_LOOPT_NIET

_REDEN = "Kies een reden die in het convenant staat. Zonder zo'n reden wordt er niets opgezocht."
_PLAFOND = "Uw organisatie mag deze maand niet zoveel personen meer bevragen. Vraag naar minder, of wacht."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevragingsvraag:
    """What was asked: why (a code of the convenant), and about whom: per person one or two tokensets."""

    convenant: ConvenantId
    reden: str
    personen: tuple[tuple[Tokenset, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bevonden:
    """A signal of another organisation that was found, and what the convenant says of telling it.

    `sloten` are the codes that coincide; empty where slot `zeker` does.
    """

    signaal: Signaal
    niveau: Niveau
    sloten: tuple[str, ...]
    besluit: Besluit


def bevraging_findings(convenant: Convenant, vraag: Bevragingsvraag, *, vandaag: date) -> tuple[Invoerfout, ...]:
    """Everything that keeps this from being asked; empty when it may be."""
    return tuple(_check(convenant, vraag, vandaag))


def over_bevragingen(convenant: Convenant, organisatie: Oin, totaal: Telling) -> tuple[Invoerfout, ...]:
    """What these counts of the month, with this bevraging, go beyond."""
    regel = convenant.plafondregel_of(organisatie)
    omvang = convenant.partij(organisatie).omvang
    if regel is None or totaal.bevragingen > regel.bevragingen.of(omvang):
        return (Invoerfout("/personen", "plafond-bevragingen", _PLAFOND),)
    return ()


def niveau_of(convenant: Convenant, sloten: int) -> Niveau:
    """How sure it is: slot `zeker` says it all, else the best of the slots that coincide."""
    return Niveau.ZEKER if _is_zeker(sloten) else best_niveau(PROFIELEN[convenant.profiel], sloten)


def decide_bevraging(
    convenant: Convenant, ontvanger: Oin, signaal: Signaal, sloten: int, eigen: Iterable[Signaal], *, op: date
) -> Bevonden:
    """What may be told of a signal that was found; `eigen` are the asker's own signals on the same person."""
    niveau = niveau_of(convenant, sloten)
    besluit = beslis(
        convenant,
        Vraag(
            gebeurtenis=Gebeurtenis.BEVRAGING,
            niveau=niveau,
            ontvanger=ontvanger,
            over=signaal.organisatie,
            signaalsoort=signaal.signaalsoort,
            eigen_signaalsoorten=frozenset(own.signaalsoort for own in eigen),
            op=op,
        ),
    )
    codes = () if _is_zeker(sloten) else tuple(slot_codes(PROFIELEN[convenant.profiel], sloten))
    return Bevonden(signaal, niveau, codes, besluit)


def in_order(found: Iterable[Bevonden]) -> list[Bevonden]:
    """The surest first; among equals an order that tells nothing, for ids are random."""
    niveaus = list(Niveau)
    return sorted(found, key=lambda bevonden: (niveaus.index(bevonden.niveau), bevonden.signaal.id))


def _is_zeker(sloten: int) -> bool:
    return bool(sloten >> SLOT_ZEKER & 1)


def _check(convenant: Convenant, vraag: Bevragingsvraag, vandaag: date) -> Iterator[Invoerfout]:
    bevraging = convenant.afspraken.bevraging
    if bevraging is None or not bevraging.has_reden(vraag.reden):
        yield Invoerfout("/reden", "onbekende-reden", _REDEN)
    running = {periode.nummer for periode in convenant.running_epochen(vandaag)}
    for nummer, tokensets in enumerate(vraag.personen):
        yield from _check_epochen(f"/personen/{nummer}/tokensets", tokensets, running)


def _check_epochen(pad: str, tokensets: Sequence[Tokenset], running: AbstractSet[int]) -> Iterator[Invoerfout]:
    sent = [tokenset.epoche for tokenset in tokensets]
    for nummer, epoche in enumerate(sent):
        if epoche not in running:
            yield Invoerfout(f"{pad}/{nummer}/epoche", "epoche-loopt-niet", EPOCHE_LOOPT_NIET)
        if epoche in sent[:nummer]:
            melding = "Deze epoche staat er twee keer. Stuur per epoche een keer koppeltokens."
            yield Invoerfout(f"{pad}/{nummer}/epoche", "dubbele-epoche", melding)
