"""The articles that grant something, the laws they rest on, what stands in notifications, and the kinds of signals."""

from convenant.model import Convenant, Deelregel, Eenrichting
from convenant.uitleg.gevallen import NIVEAUS_BIJ
from convenant.uitleg.toon.html import samen, tabel, tag
from convenant.uitleg.toon.sectie import Sectie, alinea, artikel_plek
from convenant.uitleg.woorden import (
    GEBEURTENISSEN,
    INFORMATIEPLICHTEN,
    NIVEAUS,
    VELDEN,
    fasen_zin,
    groep,
    hoofdletter,
    in_order,
    leeftijdsgrens,
    maanden,
    opsomming,
    soorten,
    wet,
    wet_met_code,
)


def artikelen(convenant: Convenant) -> Sectie:
    """Return every deelregel as it was agreed."""
    rijen = [
        [
            tag("span", regel.artikel, id=artikel_plek(regel.artikel)),
            regel.toelichting,
            _between(convenant, regel),
            _when(convenant, regel),
            hoofdletter(f"{opsomming(in_order(regel.velden, VELDEN))}."),
            wet_met_code(convenant, regel.grondslag),
        ]
        for regel in convenant.deelregels
    ]
    koppen = ["Artikel", "Afspraak", "Voor wie", "Wanneer", "Wat wordt verteld", "Grondslag"]
    tekst = alinea("Op deze artikelen rust wat hierboven staat. Wat er niet in staat, mag niet.")
    return Sectie(kop="De artikelen", inhoud=samen(tekst, tabel("Artikelen", koppen, rijen, plek="tabel-artikelen")))


def _between(convenant: Convenant, regel: Deelregel) -> str:
    richting = regel.richting
    if isinstance(richting, Eenrichting):
        eigen = "ook zonder" if richting.zonder_eigen_signaal else "alleen met"
        wie = groep(richting.ontvanger, convenant.partijen)
        return hoofdletter(f"{wie}, over {groep(richting.over, convenant.partijen)}; {eigen} eigen signaal.")
    een, ander = (groep(keuze, convenant.partijen) for keuze in richting.tussen)
    if een == ander:
        return hoofdletter(f"{een}, onder elkaar.")
    return hoofdletter(f"{een}, en {ander}, over en weer.")


def _when(convenant: Convenant, regel: Deelregel) -> str:
    mogelijk = {niveau for gebeurtenis in regel.gebeurtenissen for niveau in NIVEAUS_BIJ[gebeurtenis]}
    niveaus = f" ({opsomming(in_order(regel.niveaus, NIVEAUS), 'of')})" if regel.niveaus != mogelijk else ""
    delen = [
        f"Bij {opsomming(in_order(regel.gebeurtenissen, GEBEURTENISSEN), 'of')}{niveaus}",
        f"over {soorten(regel.signaalsoorten, convenant)}",
        *([fasen_zin(regel.fasen)] if regel.fasen else []),
    ]
    return f"{', '.join(delen)}."


def notificaties(convenant: Convenant) -> Sectie:
    """Return what stands in notifications, where that is less than what is told."""
    rijen = [
        [
            hoofdletter(groep(regel.ontvangers, convenant.partijen)),
            hoofdletter(opsomming(in_order(regel.gebeurtenissen, GEBEURTENISSEN), "of")),
            hoofdletter(f"{opsomming(in_order(regel.velden, VELDEN))}."),
        ]
        for regel in convenant.afspraken.berichten
    ]
    tekst = alinea(
        "In een notificatie staat voor deze organisaties niet alles wat zij mogen horen. De rest halen zij zelf op."
    )
    koppen = ["Voor wie", "Bij", "In de notificatie"]
    inhoud = samen(tekst, tabel("Notificaties", koppen, rijen, plek="tabel-notificaties")) if rijen else samen()
    return Sectie(kop="Notificaties", inhoud=inhoud)


def signaalsoorten(convenant: Convenant) -> Sectie:
    """Return what can be signalled, by whom, and for how long it counts."""
    rijen = [
        [
            soort.code,
            f"{soort.omschrijving} Alleen voor de radar." if soort.radarmelding else soort.omschrijving,
            hoofdletter(groep(soort.indieners, convenant.partijen)),
            maanden(soort.bewaartermijn_maanden),
            hoofdletter(leeftijdsgrens(soort.leeftijd_tot)),
            hoofdletter(INFORMATIEPLICHTEN[soort.betrokkenen_geinformeerd]),
        ]
        for soort in convenant.signaalsoorten
    ]
    koppen = ["Soort", "Wanneer", "Wie mag dit indienen", "Hoe lang het meetelt", "Leeftijdsgrens", "Informeren"]
    return Sectie(kop="Signaalsoorten", inhoud=tabel("Signaalsoorten", koppen, rijen, plek="tabel-signaalsoorten"))


def grondslagen(convenant: Convenant) -> Sectie:
    """Return the laws, and for which signals and whom they hold."""
    rijen = [
        [
            wet(grondslag),
            grondslag.omschrijving,
            hoofdletter(soorten(grondslag.signaalsoorten, convenant, "en")),
            hoofdletter(groep(grondslag.ontvangers, convenant.partijen)),
            opsomming(regel.artikel for regel in convenant.deelregels if regel.grondslag == grondslag.code) or "geen",
        ]
        for grondslag in convenant.grondslagen
    ]
    koppen = ["Wet", "Wat zij toestaat", "Voor welke signalen", "Wie iets mag horen", "Artikelen hierop"]
    return Sectie(kop="Grondslagen", inhoud=tabel("Grondslagen", koppen, rijen, plek="tabel-grondslagen"))
