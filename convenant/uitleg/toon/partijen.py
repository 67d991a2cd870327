"""Who takes part, who may join, how much each may do, and who keeps the keys."""

from convenant.model import Convenant, Partij
from convenant.uitleg.klassen import wie
from convenant.uitleg.toon.html import Html, gegevens, lijst, samen, tabel, tag
from convenant.uitleg.toon.sectie import Sectie, alinea
from convenant.uitleg.verschil.grenzen import LIMIETEN, alarm_zin
from convenant.uitleg.verschil.sleutels import periode
from convenant.uitleg.woorden import (
    MODI,
    ROLLEN,
    SECTOREN,
    budget,
    hoofdletter,
    in_order,
    opsomming,
    plafond,
)


def partijen(convenant: Convenant) -> Sectie:
    """Return the parties in the order of the sectors, and who may join them."""
    volgorde = list(SECTOREN)
    rijen = [
        [
            partij.naam,
            hoofdletter(SECTOREN[partij.sector]),
            _roles(partij, convenant),
            ", ".join(partij.gemeenten) or "Hele regio",
            samen(
                *(
                    tag("div", regel)
                    for regel in (partij.contact.afdeling, partij.contact.telefoon, partij.contact.email)
                )
            ),
        ]
        for partij in sorted(convenant.partijen, key=lambda partij: volgorde.index(partij.sector))
    ]
    koppen = ["Organisatie", "Sector", "Rol", "Gemeenten", "Contact"]
    return Sectie(
        kop="Wie doet mee",
        inhoud=samen(tabel("Partijen", koppen, rijen, plek="tabel-partijen"), _joining(convenant)),
    )


def _roles(partij: Partij, convenant: Convenant) -> str:
    erbij = ["convenanthouder"] if partij.oin == convenant.convenanthouder else []
    vereist = ["moet tekenen"] if partij.vereist else []
    return hoofdletter(", ".join([*in_order(partij.rollen, ROLLEN), *erbij, *vereist]))


def _joining(convenant: Convenant) -> Html:
    regels = convenant.afspraken.toetreding
    if not regels:
        return Html("")
    punten = (
        f"Organisaties in {opsomming(in_order(regel.sectoren, SECTOREN), 'of')}, met de rol "
        f"{opsomming(in_order(regel.rollen, ROLLEN), 'of')} (artikel {regel.artikel}). {regel.toelichting}"
        for regel in regels
    )
    return samen(tag("h3", "Wie mag later toetreden"), lijst(punten))


def grenzen(convenant: Convenant) -> Sectie:
    """Return the limits as they come out for the parties, parties with the same ones together."""
    per_grens: dict[tuple[str, ...], list[Partij]] = {}
    for partij in convenant.partijen:
        per_grens.setdefault(_limits(convenant, partij), []).append(partij)
    rijen = [
        [hoofdletter(wie(leden, convenant.partijen)), *grens]
        for grens, leden in per_grens.items()
        if set(grens) != {"geen"}
    ]
    koppen = ["Wie", *(f"{naam} per maand" for naam in LIMIETEN), "Budget bij de sleutelhouder"]
    tekst = alinea("Elke organisatie heeft deze grenzen voor zichzelf. Zo kan niemand naar namen hengelen.")
    tafel = tabel("Plafonds en budgetten", koppen, rijen, plek="tabel-plafonds")
    alarm = alinea(f"De sleutelhouder slaat alarm bij {alarm_zin(convenant.alarm)}.") if convenant.alarm else Html("")
    return Sectie(kop="Plafonds en budgetten", inhoud=samen(tekst, tafel, alarm) if rijen else Html(""))


def _limits(convenant: Convenant, partij: Partij) -> tuple[str, ...]:
    regel = convenant.plafondregel_of(partij.oin)
    grens = convenant.budget_of(partij.oin)
    plafonds = (plafond(van(regel)) if regel else "geen" for van in LIMIETEN.values())
    return (*plafonds, budget(grens) if grens else "geen")


def sleutels(convenant: Convenant) -> Sectie:
    """Return who operates what and which key periods there are; the keys themselves stand in the document."""
    bewaarder = convenant.sleutelbewaarder
    paren = [
        ("Matcher", f"{convenant.matcher.naam} (OIN {convenant.matcher.beheerder})"),
        *(("Sleutelhouder", f"{houder.naam} (OIN {houder.oin}), {houder.url}") for houder in convenant.sleutelhouders),
        *([("Sleutelbewaarder", bewaarder.naam)] if bewaarder else []),
        ("Modus", MODI[convenant.modus]),
        ("Koppelprofiel", convenant.profiel),
    ]
    rijen = [
        [str(epoche.nummer), periode(epoche), "Gelekt: stopt meteen" if epoche.gelekt else "In orde"]
        for epoche in convenant.epochen
    ]
    tafel = tabel("Epochen", ["Epoche", "Periode", "Sleutels"], rijen, plek="tabel-epochen")
    return Sectie(kop="Sleutels en beheer", inhoud=samen(gegevens(paren), tafel))
