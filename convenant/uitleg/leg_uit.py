"""What one party may learn of another, and why: every answer is one of `beslis`.

Pure, and only as true as the question: that the parties signed is not checked here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from convenant.beleid import Besluit, Verlening, Vraag, berichtvelden, beslis
from convenant.model import Convenant, Grondslag, Partij
from convenant.types import Fase, Gebeurtenis, Niveau, Oin, Veld
from convenant.uitleg.gevallen import Doos, Geval, Keuze, gevallen, samenvoegen
from convenant.velden import VELDEN_BIJ

_PLACE: Final = {waarde: plek for lijst in (Gebeurtenis, Niveau, Veld) for plek, waarde in enumerate(lijst)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Omstandigheid:
    """Cases with one answer, drawn together; no own signal is an empty choice in `eigen`, an unknown phase is None."""

    gebeurtenissen: tuple[Gebeurtenis, ...]
    niveaus: tuple[Niveau, ...]
    signaalsoorten: tuple[str, ...]
    eigen: tuple[frozenset[str], ...]
    fasen: tuple[Fase | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grond:
    """One article that grants something here, with the law that it rests on."""

    artikel: str
    velden: tuple[Veld, ...]
    toelichting: str
    grondslag: Grondslag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Antwoord:
    """What is told in these circumstances; without `velden` it is no, and `reden` says why.

    `in_bericht` is what of it stands in the notification itself; the rest the receiver has to fetch.
    """

    omstandigheden: tuple[Omstandigheid, ...]
    velden: tuple[Veld, ...]
    in_bericht: tuple[Veld, ...]
    niet: tuple[Veld, ...]
    gronden: tuple[Grond, ...]
    reden: str

    @property
    def toegestaan(self) -> bool:
        """Whether anything is told."""
        return bool(self.velden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitleg:
    """All answers, those that tell something first; none when the other may not signal anything."""

    convenant: Convenant
    ontvanger: Partij
    over: Partij
    op: date
    antwoorden: tuple[Antwoord, ...]


def leg_uit(
    convenant: Convenant,
    *,
    ontvanger: Oin,
    over: Oin,
    gebeurtenis: Gebeurtenis | None = None,
    niveau: Niveau | None = None,
    signaalsoort: str | None = None,
    eigen_signaalsoorten: frozenset[str] | None = None,
    fase: Fase | None = None,
    op: date,
) -> Uitleg:
    """Return what the receiver may learn of the other, for everything that is left open.

    Raises `OnbekendePartij` and `OnbekendeSignaalsoort`, so that a misspelt question gets no answer that looks right.
    """
    keuze = Keuze(gebeurtenis, niveau, signaalsoort, eigen_signaalsoorten, fase)
    for code in {signaalsoort} - {None} | (eigen_signaalsoorten or frozenset()):
        convenant.signaalsoort(str(code))
    partijen = convenant.partij(ontvanger), convenant.partij(over)
    per_besluit: dict[tuple[Besluit, frozenset[Veld]], list[Geval]] = defaultdict(list)
    for geval in gevallen(convenant, ontvanger, over, keuze):
        besluit = beslis(convenant, vraag_van(geval, ontvanger, over, op))
        in_bericht = berichtvelden(convenant, ontvanger, geval.gebeurtenis, besluit)
        per_besluit[besluit, in_bericht].append(geval)
    antwoorden = (_antwoord(convenant, *key, samen) for key, samen in per_besluit.items())
    return Uitleg(
        convenant=convenant,
        ontvanger=partijen[0],
        over=partijen[1],
        op=op,
        antwoorden=tuple(sorted(antwoorden, key=_order)),
    )


def vraag_van(geval: Geval, ontvanger: Oin, over: Oin, op: date) -> Vraag:
    """Return the question that a case puts to `beslis`."""
    return Vraag(
        gebeurtenis=geval.gebeurtenis,
        niveau=geval.niveau,
        ontvanger=ontvanger,
        over=over,
        signaalsoort=geval.signaalsoort,
        eigen_signaalsoorten=geval.eigen,
        op=op,
        fase=geval.fase,
    )


def _antwoord(convenant: Convenant, besluit: Besluit, in_bericht: frozenset[Veld], samen: list[Geval]) -> Antwoord:
    omstandigheden = (_omstandigheid(convenant, doos) for doos in samenvoegen(samen))
    return Antwoord(
        omstandigheden=tuple(sorted(omstandigheden, key=_circumstance_order)),
        velden=_fields(besluit.velden),
        in_bericht=_fields(in_bericht),
        niet=_fields(_thinkable(samen) - besluit.velden),
        gronden=tuple(_grond(convenant, verlening) for verlening in besluit.verleend),
        reden=besluit.reden,
    )


def _thinkable(samen: Iterable[Geval]) -> frozenset[Veld]:
    """Return what a reader could expect to be told on one of these events."""
    return frozenset[Veld]().union(*(VELDEN_BIJ[geval.gebeurtenis] for geval in samen))


def _omstandigheid(convenant: Convenant, doos: Doos) -> Omstandigheid:
    gebeurtenissen, niveaus, soorten, eigen, fasen = doos
    volgorde = [soort.code for soort in convenant.signaalsoorten]
    return Omstandigheid(
        gebeurtenissen=tuple(sorted(gebeurtenissen, key=_PLACE.__getitem__)),
        niveaus=tuple(sorted(niveaus, key=_PLACE.__getitem__)),
        signaalsoorten=tuple(sorted(soorten, key=volgorde.index)),
        eigen=tuple(sorted(eigen, key=lambda codes: sorted(map(volgorde.index, codes)))),
        fasen=tuple(fase for fase in (None, *Fase) if fase in fasen),
    )


def _grond(convenant: Convenant, verlening: Verlening) -> Grond:
    regel = next(regel for regel in convenant.deelregels if regel.artikel == verlening.artikel)
    return Grond(
        artikel=verlening.artikel,
        velden=_fields(verlening.velden),
        toelichting=regel.toelichting,
        grondslag=convenant.grondslag(verlening.grondslag),
    )


def _fields(velden: Iterable[Veld]) -> tuple[Veld, ...]:
    return tuple(sorted(velden, key=_PLACE.__getitem__))


def _circumstance_order(omstandigheid: Omstandigheid) -> tuple[object, ...]:
    return (
        [_PLACE[gebeurtenis] for gebeurtenis in omstandigheid.gebeurtenissen],
        [_PLACE[niveau] for niveau in omstandigheid.niveaus],
        omstandigheid.signaalsoorten,
        [sorted(codes) for codes in omstandigheid.eigen],
        [str(fase or "") for fase in omstandigheid.fasen],
    )


def _order(antwoord: Antwoord) -> tuple[object, ...]:
    return (not antwoord.toegestaan, *map(_circumstance_order, antwoord.omstandigheden[:1]), antwoord.reden)
