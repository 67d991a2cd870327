"""Who learns more or less of whom than before, by asking both versions the same questions.

The rules are not compared: a rule that was split in two changes nothing for anybody, and that is what is said.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, TypeAlias

from convenant.beleid import beslis
from convenant.model import Convenant, Partij
from convenant.types import Fase, Gebeurtenis, Niveau, Oin, Veld
from convenant.uitleg.gevallen import NIVEAUS_BIJ, Doos, Geval, Keuze, fasen_of, gevallen, samenvoegen
from convenant.uitleg.klassen import Klasse, kenmerk, klassen_of, wie
from convenant.uitleg.leg_uit import vraag_van
from convenant.uitleg.verschil.partijen import twin_of
from convenant.uitleg.woorden import GEBEURTENISSEN, NIVEAUS, VELDEN, fasen_zin, hoofdletter, in_order, opsomming

_Verschil: TypeAlias = tuple[frozenset[Veld], frozenset[Veld]]
"""The fields that are told from now on, and those that no longer are."""

_Zaak: TypeAlias = tuple[Gebeurtenis, Niveau, frozenset[str], frozenset[frozenset[str]], Fase | None]
"""Event, level, kinds of signals, choices of own signals, and phase."""

_Plek: TypeAlias = tuple[int, int, Gebeurtenis, Niveau, frozenset[str], frozenset[frozenset[str]], Fase | None]
"""The same, with receiver and other before it by the place of their class."""

_ANY: Final = frozenset({"*"})
_ANY_OWN: Final = frozenset({_ANY})
_WITH_OR_WITHOUT: Final = frozenset({_ANY, frozenset[str]()})


def over_weten(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield who learns what more, and what less, of whom; parties that go, or are new beside a twin, are left out."""
    klassen = _klassen(oud, nieuw)
    fasen = frozenset({*fasen_of(oud), *fasen_of(nieuw)})
    gevonden: dict[_Verschil, set[_Plek]] = defaultdict(set)
    for (i, ontvanger), (j, over) in product(enumerate(klassen), repeat=2):
        for verschil, plek in _between(oud, nieuw, ontvanger, over):
            gevonden[verschil].add((i, j, *plek))
    for (meer, minder), plekken in gevonden.items():
        for doos in samenvoegen(_with_lone_ones(plekken, klassen)):
            for zin, velden in _who(doos, klassen, meer, minder):
                yield f"{zin} {velden}, {_condition(doos, fasen)}."


def _klassen(oud: Convenant, nieuw: Convenant) -> tuple[Klasse, ...]:
    blijft = [p for p in nieuw.partijen if oud.has_partij(p.oin) or twin_of(oud, nieuw, p) is None]
    return klassen_of(blijft, lambda oin: (kenmerk(oud, oin), kenmerk(nieuw, oin)))


def _between(oud: Convenant, nieuw: Convenant, ontvanger: Klasse, over: Klasse) -> Iterator[tuple[_Verschil, _Zaak]]:
    """Yield what differs between two classes, case by case; one party stands for all that are alike."""
    ander = next((oin for oin in over.oins if oin != ontvanger.oins[0]), None)
    if ander is None:
        return
    per_plek: dict[tuple[_Verschil, Gebeurtenis, Niveau, Fase | None, str], set[frozenset[str]]] = defaultdict(set)
    vragen = _questions(oud, nieuw, ontvanger.oins[0], ander)
    for geval in vragen:
        verschil = _difference(oud, nieuw, geval, ontvanger.oins[0], ander)
        if verschil != (frozenset(), frozenset()):
            per_plek[verschil, geval.gebeurtenis, geval.niveau, geval.fase, geval.signaalsoort].add(geval.eigen)
    alle_eigen = frozenset(geval.eigen for geval in vragen)
    alle_soorten = frozenset(geval.signaalsoort for geval in vragen)
    yield from _shortened(per_plek, alle_eigen, alle_soorten)


def _questions(oud: Convenant, nieuw: Convenant, ontvanger: Oin, over: Oin) -> frozenset[Geval]:
    """Return every case of either version."""
    partijen = [c for c in (oud, nieuw) if c.has_partij(ontvanger) and c.has_partij(over)]
    return frozenset(geval for convenant in partijen for geval in gevallen(convenant, ontvanger, over, Keuze()))


def _difference(oud: Convenant, nieuw: Convenant, geval: Geval, ontvanger: Oin, over: Oin) -> _Verschil:
    was, is_nu = (
        beslis(convenant, vraag_van(geval, ontvanger, over, convenant.geldig_van)).velden for convenant in (oud, nieuw)
    )
    return is_nu - was, was - is_nu


def _shortened(
    per_plek: Mapping[tuple[_Verschil, Gebeurtenis, Niveau, Fase | None, str], set[frozenset[str]]],
    alle_eigen: frozenset[frozenset[str]],
    alle_soorten: frozenset[str],
) -> Iterator[tuple[_Verschil, _Zaak]]:
    """Yield the cases with one word for every kind and for every own signal, so that sectors can share a sentence."""
    samen: dict[tuple[_Verschil, Gebeurtenis, Niveau, Fase | None, frozenset[frozenset[str]]], set[str]]
    samen = defaultdict(set)
    for (verschil, gebeurtenis, niveau, fase, soort), eigen in per_plek.items():
        samen[verschil, gebeurtenis, niveau, fase, _own_word(frozenset(eigen), alle_eigen)].add(soort)
    for (verschil, gebeurtenis, niveau, fase, eigen_woord), soorten in samen.items():
        woord = _ANY if soorten == alle_soorten else frozenset(soorten)
        yield verschil, (gebeurtenis, niveau, woord, eigen_woord, fase)


def _own_word(eigen: frozenset[frozenset[str]], alle: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    if eigen == alle:
        return _WITH_OR_WITHOUT
    return _ANY_OWN if eigen == alle - {frozenset()} else eigen


def _with_lone_ones(plekken: set[_Plek], klassen: tuple[Klasse, ...]) -> set[_Plek]:
    """Return the places, and those of a lone party with itself that make a sentence shorter.

    That party has nobody like it to learn of, so that nothing untrue is said: a sentence about several is about others.
    """
    erbij: set[_Plek] = set()
    for i in (plek for plek, klasse in enumerate(klassen) if len(klasse.partijen) == 1):
        van = {plek[2:] for plek in plekken if plek[0] == i}
        naar = {plek[2:] for plek in plekken if plek[1] == i}
        erbij |= {(i, i, *rest) for rest in van & naar}
    return plekken | erbij


def _who(
    doos: Doos, klassen: tuple[Klasse, ...], meer: frozenset[Veld], minder: frozenset[Veld]
) -> Iterator[tuple[str, str]]:
    """Yield who learns of whom, with what is told from now on, and then with what no longer is."""
    alle = [partij for klasse in klassen for partij in klasse.partijen]
    ontvangers, van = _of_others(doos[0], doos[1], klassen)
    if not (ontvangers and van):
        return
    bron = "elkaar" if van == ontvangers else wie(van, alle)
    zin = f"{hoofdletter(wie(ontvangers, alle))} {'horen' if len(ontvangers) > 1 else 'hoort'} van {bron}"
    if meer:
        yield zin, f"voortaan ook {opsomming(in_order(meer, VELDEN))}"
    if minder:
        yield zin, f"niet meer {opsomming(in_order(minder, VELDEN), 'of')}"


def _of_others(
    ontvangers: frozenset[int], over: frozenset[int], klassen: tuple[Klasse, ...]
) -> tuple[list[Partij], list[Partij]]:
    """Return receivers and others as parties, without a lone party that would be said to learn of itself."""

    def leden(plekken: frozenset[int], andere: frozenset[int]) -> list[Partij]:
        gekozen = [klassen[plek].partijen for plek in sorted(plekken)]
        alone = klassen[next(iter(andere))].partijen if len(andere) == 1 else ()
        return [partij for partijen in gekozen if partijen != alone or len(alone) > 1 for partij in partijen]

    return leden(ontvangers, over), leden(over, ontvangers)


def _condition(doos: Doos, fasen: frozenset[Fase | None]) -> str:
    soorten = frozenset[str]().union(*doos[4])
    soort = "" if "*" in soorten else f", over een signaal {opsomming(sorted(soorten), 'of')}"
    return f"bij {_events(doos)}{soort}, {_own(frozenset[frozenset[str]]().union(*doos[5]))}{_phase(doos[6], fasen)}"


def _phase(fasen: frozenset[Fase | None], alle: frozenset[Fase | None]) -> str:
    return "" if fasen == alle else f", {fasen_zin(fasen)}"


def _events(doos: Doos) -> str:
    namen = opsomming(in_order(doos[2], GEBEURTENISSEN), "of")
    if doos[3] == {niveau for gebeurtenis in doos[2] for niveau in NIVEAUS_BIJ[gebeurtenis]}:
        return namen
    return f"{namen} ({opsomming(in_order(doos[3], NIVEAUS), 'of')})"


def _own(eigen: frozenset[frozenset[str]]) -> str:
    met = sorted(code for codes in eigen for code in codes)
    if not met:
        return "zonder eigen signaal"
    zin = "met een eigen signaal" if "*" in met else f"met een eigen signaal {opsomming(met, 'of')}"
    return f"{zin} of zonder" if frozenset() in eigen else zin
