"""An explanation of what may be told, as plain text for a terminal or a letter."""

from collections.abc import Iterable, Iterator
from typing import Final

from convenant.model import Convenant
from convenant.uitleg.gevallen import NIVEAUS_BIJ, fasen_of
from convenant.uitleg.leg_uit import Antwoord, Grond, Omstandigheid, Uitleg
from convenant.uitleg.regels import alinea, blokken
from convenant.uitleg.woorden import GEBEURTENISSEN, NIVEAUS, VELDEN, datum, fasen_zin, in_order, opsomming, wet

_NEVER: Final = (
    "Over de persoon zelf gaat er nooit iets mee: geen naam, geen geboortedatum, geen reden en niets uit een dossier."
)


def uitleg_tekst(uitleg: Uitleg) -> str:
    """Return the explanation; what is told comes first, and what is refused is said once."""
    wel = [antwoord for antwoord in uitleg.antwoorden if antwoord.toegestaan]
    niet = [antwoord for antwoord in uitleg.antwoorden if not antwoord.toegestaan]
    return blokken(
        [_kop(uitleg), *(_granted(antwoord, uitleg) for antwoord in wel), _refused(niet, uitleg), alinea(_NEVER)]
    )


def _kop(uitleg: Uitleg) -> str:
    convenant = uitleg.convenant
    vraag = f"Wat mag {uitleg.ontvanger.naam} horen van {uitleg.over.naam}?"
    return f"{alinea(vraag)}\nConvenant {convenant.id}, versie {convenant.versie}, op {datum(uitleg.op)}."


def _granted(antwoord: Antwoord, uitleg: Uitleg) -> str:
    regels = [
        *_circumstances(antwoord, uitleg),
        alinea(f"Ja: {opsomming(in_order(antwoord.velden, VELDEN))}.", 2),
        *_message(antwoord, uitleg),
        *([alinea(f"Niet: {opsomming(in_order(antwoord.niet, VELDEN), 'of')}.", 2)] if antwoord.niet else []),
    ]
    for grond in antwoord.gronden:
        regels += _ground(grond, alone=len(antwoord.gronden) == 1)
    return "\n".join(regels)


def _message(antwoord: Antwoord, uitleg: Uitleg) -> Iterator[str]:
    if antwoord.in_bericht == antwoord.velden:
        return
    velden = opsomming(in_order(antwoord.in_bericht, VELDEN)) or "niets hiervan"
    yield alinea(f"In de notificatie zelf: {velden}. De rest haalt {uitleg.ontvanger.naam} op.", 2)


def _ground(grond: Grond, *, alone: bool) -> Iterator[str]:
    velden = "" if alone else f" ({opsomming(in_order(grond.velden, VELDEN))})"
    yield alinea(f"Artikel {grond.artikel}{velden}: {grond.toelichting}", 2)
    if grond.grondslag:
        yield alinea(f"Grondslag: {wet(grond.grondslag)}. {grond.grondslag.omschrijving}", 4)


def _refused(antwoorden: list[Antwoord], uitleg: Uitleg) -> str:
    if not uitleg.antwoorden:
        return alinea(f"Niets: {uitleg.over.naam} mag geen signalen indienen.")
    if not antwoorden:
        return ""
    kop = "Niets." if len(antwoorden) == len(uitleg.antwoorden) else "In alle andere gevallen: niets."
    return "\n".join([kop, *(alinea(reden, 2) for reden in sorted({antwoord.reden for antwoord in antwoorden}))])


def _circumstances(antwoord: Antwoord, uitleg: Uitleg) -> list[str]:
    *eerst, laatst = [omstandigheid_zin(deel, uitleg) for deel in antwoord.omstandigheden]
    return [*(alinea(f"{zin}, of") for zin in eerst), alinea(f"{laatst}:")]


def omstandigheid_zin(omstandigheid: Omstandigheid, uitleg: Uitleg) -> str:
    """Return when an answer holds: on what event, on which signal of the other, with which signal of one's own."""
    soorten = opsomming(omstandigheid.signaalsoorten, "of")
    eigen = _own(omstandigheid, uitleg.ontvanger.naam)
    return f"Bij {_events(omstandigheid)}, over een signaal {soorten}, {eigen}{_phase(omstandigheid, uitleg.convenant)}"


def _phase(omstandigheid: Omstandigheid, convenant: Convenant) -> str:
    if omstandigheid.fasen == fasen_of(convenant):
        return ""
    return f", {fasen_zin(omstandigheid.fasen)}"


def _events(omstandigheid: Omstandigheid) -> str:
    namen = opsomming(in_order(omstandigheid.gebeurtenissen, GEBEURTENISSEN), "of")
    gewoon = {niveau for gebeurtenis in omstandigheid.gebeurtenissen for niveau in NIVEAUS_BIJ[gebeurtenis]}
    if gewoon == set(omstandigheid.niveaus):
        return namen
    return f"{namen} ({opsomming(in_order(omstandigheid.niveaus, NIVEAUS), 'of')})"


def _own(omstandigheid: Omstandigheid, naam: str) -> str:
    met = [codes for codes in omstandigheid.eigen if codes]
    if not met:
        return f"als {naam} zelf geen signaal heeft"
    zonder = " of zelf geen signaal heeft" if len(met) < len(omstandigheid.eigen) else ""
    return f"als {naam} zelf een signaal {opsomming(_own_kinds(met), 'of')} heeft{zonder}"


def _own_kinds(keuzen: Iterable[frozenset[str]]) -> Iterator[str]:
    for codes in keuzen:
        yield opsomming(sorted(codes), "en")
