"""What changes for whom between two versions, in words.

Both versions are compared as models, so that another order, a comment or a rule in two parts counts for nothing. Two
documents with one meaning can thus have different hashes and no difference here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from convenant.model import Convenant
from convenant.uitleg.regels import alinea, blokken
from convenant.uitleg.verschil.afspraken import (
    over_berichten,
    over_escalatie,
    over_informeren,
    over_overdracht,
    over_termijnen,
    over_toetreding,
)
from convenant.uitleg.verschil.algemeen import lopende_signalen, over_het_geheel
from convenant.uitleg.verschil.grenzen import over_grenzen
from convenant.uitleg.verschil.partijen import over_partijen
from convenant.uitleg.verschil.signalen import over_artikelen, over_grondslagen, over_signaalsoorten
from convenant.uitleg.verschil.sleutels import over_sleutels
from convenant.uitleg.verschil.vragen import over_vragen
from convenant.uitleg.verschil.weten import over_weten
from convenant.uitleg.verschil.zinnen import gesorteerd

__all__ = ["Onderdeel", "Verschil", "verschil", "verschil_tekst"]

_PARTS: Final[tuple[tuple[str, Callable[[Convenant, Convenant], Iterator[str]]], ...]] = (
    ("Het geheel", over_het_geheel),
    ("Partijen", over_partijen),
    ("Toetreden", over_toetreding),
    ("Wie wat hoort", over_weten),
    ("Notificaties", over_berichten),
    ("Artikelen", over_artikelen),
    ("Grondslagen", over_grondslagen),
    ("Signaalsoorten", over_signaalsoorten),
    ("Lopende signalen", lopende_signalen),
    ("Informeren en bewaren", over_informeren),
    ("Termijnen en monitoring", over_termijnen),
    ("Vragen stellen", over_vragen),
    ("Overdracht", over_overdracht),
    ("Escalatie", over_escalatie),
    ("Plafonds en budgetten", over_grenzen),
    ("Sleutels", over_sleutels),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderdeel:
    """A part of the convenant with at least one sentence about it."""

    kop: str
    zinnen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verschil:
    """What changes, by part; no parts when nothing does."""

    oud: Convenant
    nieuw: Convenant
    onderdelen: tuple[Onderdeel, ...]


def verschil(oud: Convenant, nieuw: Convenant) -> Verschil:
    """Return what changes from one version to the other; the sentences of a part are sorted.

    That the two belong to one convenant and follow each other is for `convenant.ondertekening`.
    """
    gevonden = ((kop, gesorteerd(over(oud, nieuw))) for kop, over in _PARTS)
    return Verschil(
        oud=oud,
        nieuw=nieuw,
        onderdelen=tuple(Onderdeel(kop=kop, zinnen=zinnen) for kop, zinnen in gevonden if zinnen),
    )


def verschil_tekst(gevonden: Verschil) -> str:
    """Return the difference as text; one sentence when there is none."""
    oud, nieuw = gevonden.oud, gevonden.nieuw
    if not gevonden.onderdelen:
        return _unchanged(oud, nieuw)
    kop = f"Wat er verandert van {oud.id} versie {oud.versie} naar {nieuw.id} versie {nieuw.versie}"
    return blokken([alinea(kop), *map(_block, gevonden.onderdelen)])


def _unchanged(oud: Convenant, nieuw: Convenant) -> str:
    if oud.hash == nieuw.hash:
        return "Er verandert niets: dit is twee keer hetzelfde convenant."
    return "Er verandert voor niemand iets: alleen nummer, volgorde of schrijfwijze van de tekst verschillen."


def _block(onderdeel: Onderdeel) -> str:
    return "\n".join([onderdeel.kop, *(alinea(f"- {zin}", 2) for zin in onderdeel.zinnen)])
