"""Asking who signalled or knows a person: for which reasons, and who answers how."""

from convenant.model import Bekendheid, Convenant
from convenant.uitleg.toon.html import Html, samen, tabel
from convenant.uitleg.toon.sectie import Sectie, alinea
from convenant.uitleg.woorden import ANTWOORDWIJZEN, groep, hoofdletter, termijn, termijn_met_code


def vragen(convenant: Convenant) -> Sectie:
    """Return the reasons for asking, and the agreements about bekendheidsvragen."""
    return Sectie(kop="Vragen stellen", inhoud=samen(_reasons(convenant), _bekendheid(convenant)))


def _reasons(convenant: Convenant) -> Html:
    bevraging = convenant.afspraken.bevraging
    if bevraging is None:
        return Html("")
    rijen = [[reden.code, reden.omschrijving] for reden in bevraging.redenen]
    tekst = alinea(f"Vragen kan alleen om een van deze redenen (artikel {bevraging.artikel}).")
    return samen(tekst, tabel("Redenen", ["Reden", "Wanneer"], rijen, plek="tabel-redenen"))


def _bekendheid(convenant: Convenant) -> Html:
    bekendheid = convenant.afspraken.bekendheid
    if bekendheid is None:
        return Html("")
    rijen = [
        [hoofdletter(groep(regel.partijen, convenant.partijen)), hoofdletter(ANTWOORDWIJZEN[regel.wijze])]
        for regel in bekendheid.regels
    ]
    tekst = alinea(
        f"Op de vraag of een persoon bij hen bekend is, antwoorden deze organisaties binnen "
        f"{_term(convenant, bekendheid)} (artikel {bekendheid.artikel}). Wie hier niet staat, krijgt die vraag niet."
    )
    return samen(tekst, tabel("Bekendheidsvragen", ["Wie", "Hoe"], rijen, plek="tabel-bekendheid"))


def _term(convenant: Convenant, bekendheid: Bekendheid) -> str:
    gevonden = termijn_met_code(convenant, bekendheid.antwoordtermijn)
    return termijn(gevonden) if gevonden else bekendheid.antwoordtermijn
