"""What was agreed beside who may be told what: informing, terms, monitoring, escalating, handing over."""

from convenant.model import Convenant, Overdrachtsafspraak
from convenant.overdracht import ontvangers_of
from convenant.taal import meervoud
from convenant.uitleg.overdracht import Overdrachtsantwoord, gemeenten_of, leg_uit_overdracht
from convenant.uitleg.overdracht_tekst import afspraak_geval, geval_zin, groep_rijen
from convenant.uitleg.toon.html import Html, gegevens, kenmerk, lijst, samen, tabel, tag
from convenant.uitleg.toon.sectie import Sectie, alinea, artikel_plek, artikelen
from convenant.uitleg.woorden import (
    BETROKKENEN,
    WIJZEN,
    bewaren,
    datum,
    hoofdletter,
    in_order,
    leden_of_groep,
    momenten,
    opsomming,
    termijn,
    termijn_met_code,
)


def informeren(convenant: Convenant) -> Sectie:
    """Return who is told about a signal, on which grounds not, and what is kept afterwards."""
    return Sectie(kop="Informeren en bewaren", inhoud=samen(_telling(convenant), _keeping(convenant)))


def _telling(convenant: Convenant) -> Html:
    afspraak = convenant.afspraken.informeren
    if afspraak is None:
        return Html("")
    volgende = [*(trap.vanaf for trap in afspraak.trappen[1:]), None]
    rijen = [
        [
            f"Vanaf {trap.vanaf} jaar" if tot is None else f"{trap.vanaf} tot {tot} jaar",
            hoofdletter(opsomming(in_order(trap.wie, BETROKKENEN))),
        ]
        for trap, tot in zip(afspraak.trappen, volgende, strict=True)
    ]
    gronden = lijst(grond.omschrijving for grond in afspraak.uitzonderingen)
    uitzondering = samen(alinea("Niet of later informeren kan alleen op een van deze gronden:"), gronden)
    return samen(
        tabel(
            f"Wie wordt geïnformeerd over een signaal (artikel {afspraak.artikel})",
            ["Leeftijd", "Wie"],
            rijen,
            plek="tabel-informeren",
        ),
        uitzondering if gronden else alinea("Er zijn geen gronden om niet of later te informeren."),
    )


def _keeping(convenant: Convenant) -> Html:
    archivering = convenant.afspraken.archivering
    if archivering is None:
        return Html("")
    wat = f"Een organisatie bewaart in haar eigen systeem dat zij een signaal gaf: {bewaren(archivering)}"
    return alinea(f"{wat} (artikel {archivering.artikel}). {archivering.toelichting}")


def termijnen(convenant: Convenant) -> Sectie:
    """Return terms, free days and moments of monitoring."""
    afspraken = convenant.afspraken
    rijen = [
        [hoofdletter(ding.code.replace("-", " ")), termijn(ding), ding.omschrijving, ding.artikel]
        for ding in afspraken.termijnen
    ]
    delen: list[Html] = []
    if rijen:
        delen.append(tabel("Termijnen", ["Termijn", "Hoe lang", "Waarvoor", "Artikel"], rijen, plek="tabel-termijnen"))
        delen.append(alinea("Werkdagen tellen zonder weekend en zonder feestdagen."))
    if afspraken.vrije_dagen:
        delen.append(alinea(f"Ook vrij in deze regio: {opsomming(map(datum, sorted(afspraken.vrije_dagen)))}."))
    return Sectie(kop="Termijnen en monitoring", inhoud=samen(*delen, _monitoring(convenant)))


def _monitoring(convenant: Convenant) -> Html:
    rijen = [
        [
            hoofdletter(ding.code.replace("-", " ")),
            hoofdletter(momenten(ding)),
            hoofdletter(leden_of_groep(ding.door, convenant.partijen)),
            ding.toelichting,
            ding.artikel,
        ]
        for ding in convenant.afspraken.monitoring
    ]
    if not rijen:
        return Html("")
    return tabel("Monitoring", ["Monitoring", "Wanneer", "Door wie", "Wat", "Artikel"], rijen, plek="tabel-monitoring")


def escalatie(convenant: Convenant) -> Sectie:
    """Return the ladder: who comes in when a term has passed."""
    rijen = [
        [
            f"Na {meervoud(trede.na_werkdagen, 'werkdag', 'werkdagen')}",
            trede.functie,
            hoofdletter(leden_of_groep(trede.partijen, convenant.partijen)),
            trede.toelichting,
            trede.artikel,
        ]
        for trede in convenant.afspraken.escalatie
    ]
    tekst = alinea("Is een termijn voorbij en is er niets gebeurd? Dan komt deze functie erbij.")
    koppen = ["Wanneer", "Functie", "Bij wie", "Wat", "Artikel"]
    tafel = tabel("Escalatieladder", koppen, rijen, plek="tabel-escalatie")
    return Sectie(kop="Escalatie", inhoud=samen(tekst, tafel) if rijen else Html(""))


def overdracht(convenant: Convenant) -> Sectie:
    """Return who takes over per municipality, and below that every agreement in full."""
    afspraken = convenant.afspraken.overdracht
    if not afspraken:
        return Sectie(kop="Overdracht van meldingen", inhoud=Html(""))
    per_gemeente = (_municipality(convenant, gemeente) for gemeente in gemeenten_of(convenant))
    tekst = alinea("Per gemeente: wie een melding van Veilig Thuis overneemt. De afspraken zelf staan daaronder.")
    return Sectie(
        kop="Overdracht van meldingen",
        inhoud=samen(
            tekst,
            *per_gemeente,
            tag("h3", "De afspraken over overdracht"),
            *(_agreement(convenant, afspraak) for afspraak in afspraken),
        ),
    )


def _municipality(convenant: Convenant, gemeente: str) -> Html:
    uitleg = leg_uit_overdracht(convenant, gemeente=gemeente)
    rijen = [_takeover(convenant, gemeente, antwoord) for antwoord in uitleg.antwoorden]
    koppen = ["Melding", "Wie neemt over", "Hoe", "Binnen", "Artikel"]
    titel = f"Overdracht in {gemeente}"
    return samen(tag("h3", gemeente), tabel(titel, koppen, rijen, plek=kenmerk("tabel-overdracht", gemeente)))


def _takeover(convenant: Convenant, gemeente: str, antwoord: Overdrachtsantwoord) -> list[str]:
    melding = samen(*(tag("span", f"{geval_zin(geval)}.", class_="geval") for geval in antwoord.gevallen))
    afspraak = antwoord.afspraak
    if afspraak is None:
        return [melding, "Hierover is niets afgesproken.", "", "", ""]
    return [
        melding,
        _receivers(convenant, afspraak, gemeente),
        hoofdletter(WIJZEN[afspraak.wijze]),
        _term(convenant, afspraak.termijn),
        artikelen([afspraak.artikel]),
    ]


def _receivers(convenant: Convenant, afspraak: Overdrachtsafspraak, gemeente: str) -> str:
    if afspraak.ontvangers is None:
        return "De professional die al betrokken is"
    namen = (partij.naam for partij in ontvangers_of(convenant, afspraak, gemeente))
    via = f", via {afspraak.via}" if afspraak.via else ""
    return f"{opsomming(namen, 'of') or 'Niemand in deze gemeente'}{via}"


def _term(convenant: Convenant, code: str) -> str:
    gevonden = termijn_met_code(convenant, code)
    return termijn(gevonden) if gevonden else code


def _agreement(convenant: Convenant, afspraak: Overdrachtsafspraak) -> Html:
    waar = ", ".join(sorted(afspraak.gemeenten)) or "hele regio"
    kop = tag("h4", f"Artikel {afspraak.artikel} ({waar})", id=artikel_plek(afspraak.artikel))
    melding = ("Voor welke melding", f"{afspraak_geval(afspraak)}.")
    return samen(kop, gegevens([melding, *groep_rijen(convenant, afspraak)]))
