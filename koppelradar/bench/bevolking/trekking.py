"""Signals drawn from the population: who is signalled by whom, and how it was typed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking.fouten import Foutsoort, draw_fouten
from koppelradar.bench.bevolking.kans import Kans
from koppelradar.bench.bevolking.model import Inwoner
from koppelradar.errors import BevolkingFout

ORGANISATIES: Final = 50
OVERLAP: Final = 0.30
FOUTEN: Final = 0.45

# Persons signalled by more than one organisation have 2.3 signals on average, and never more than six.
_MEER_DAN_EEN: Final = 1.3
_HOOGSTENS: Final = 6
# Keeps the stream of this module apart from the one that made the population with the same seed.
_EIGEN_STROOM: Final = 0x51A1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalkopie:
    """A person as one organisation typed it. `fouten` is empty for a copy without errors."""

    organisatie: int
    inwoner: int
    persoon: Persoon = field(repr=False)
    fouten: tuple[Foutsoort, ...]


def trek_signalen(
    inwoners: Iterable[Inwoner],
    *,
    personen: int,
    signalen: int,
    organisaties: int = ORGANISATIES,
    overlap: float = OVERLAP,
    fouten: float = FOUTEN,
    zaad: int,
) -> Iterator[Signaalkopie]:
    """Return exactly `signalen` copies in the order of the inwoners, those of one person at different organisations.

    `personen` is the number of inwoners in the stream. A part `overlap` of the persons drawn is signalled by
    two or more organisations; a part `fouten` of the copies, the first of a person no less than the second,
    carries one or two errors. `canoniseer` accepts every copy. Raises `BevolkingFout` when the sizes cannot go
    together: before the first copy is drawn.
    """
    _check(organisaties, signalen, overlap, fouten)
    kans = Kans(zaad ^ _EIGEN_STROOM)
    aantallen = _copies_per_person(kans, signalen, overlap, min(_HOOGSTENS, organisaties))
    if len(aantallen) > personen:
        raise BevolkingFout("Er zijn te weinig personen voor zoveel signalen. Vraag meer personen of minder signalen.")
    return _draw(kans, inwoners, personen, aantallen, organisaties=organisaties, fouten=fouten)


def _check(organisaties: int, signalen: int, overlap: float, fouten: float) -> None:
    if organisaties < 1 or signalen < 0:
        raise BevolkingFout("Geef minstens 1 organisatie en 0 of meer signalen.")
    if not 0 <= overlap <= 1 or not 0 <= fouten <= 1:
        raise BevolkingFout("Overlap en fouten zijn delen van het geheel. Geef een getal van 0 tot en met 1.")
    if overlap and organisaties == 1:
        raise BevolkingFout("Bij één organisatie is er geen overlap. Geef overlap 0 of meer organisaties.")


def _copies_per_person(kans: Kans, signalen: int, overlap: float, hoogstens: int) -> bytearray:
    """Return how many copies each person drawn has, in random order; they add up to `signalen`."""
    gemiddeld_meer = min(_MEER_DAN_EEN, hoogstens - 1)
    personen = round(signalen / (1 + gemiddeld_meer * overlap))
    gedeeld = min(round(personen * overlap), signalen - personen)
    aantallen = bytearray([2] * gedeeld + [1] * (personen - gedeeld))
    _add(kans, aantallen, gedeeld, signalen - personen - gedeeld, hoogstens)
    _shuffle(kans, aantallen)
    return aantallen


def _add(kans: Kans, aantallen: bytearray, gedeeld: int, over: int, hoogstens: int) -> None:
    """Spread what is left over the shared persons; when those are full, over new persons with one copy."""
    vol = gedeeld * (hoogstens - 2)
    for _ in range(min(over, vol)):
        plaats = kans.below(gedeeld)
        while aantallen[plaats] == hoogstens:
            plaats = kans.below(gedeeld)
        aantallen[plaats] += 1
    aantallen.extend([1] * max(over - vol, 0))


def _shuffle(kans: Kans, aantallen: bytearray) -> None:
    for laatste in range(len(aantallen) - 1, 0, -1):
        ander = kans.below(laatste + 1)
        aantallen[laatste], aantallen[ander] = aantallen[ander], aantallen[laatste]


def _draw(
    kans: Kans, inwoners: Iterable[Inwoner], personen: int, aantallen: bytearray, *, organisaties: int, fouten: float
) -> Iterator[Signaalkopie]:
    # Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): every person is as likely, nobody is kept.
    gekozen = 0
    for gezien, inwoner in enumerate(inwoners):
        if gekozen == len(aantallen):
            return
        if kans.below(personen - gezien) < len(aantallen) - gekozen:
            yield from _copies(kans, inwoner, aantallen[gekozen], organisaties, fouten)
            gekozen += 1


def _copies(kans: Kans, inwoner: Inwoner, aantal: int, organisaties: int, fouten: float) -> Iterator[Signaalkopie]:
    bij: list[int] = []
    while len(bij) < aantal:
        organisatie = kans.below(organisaties)
        if organisatie in bij:
            continue
        bij.append(organisatie)
        persoon, soorten = draw_fouten(kans, inwoner) if kans.happens(fouten) else (inwoner.persoon, ())
        yield Signaalkopie(organisatie=organisatie, inwoner=inwoner.nummer, persoon=persoon, fouten=soorten)
