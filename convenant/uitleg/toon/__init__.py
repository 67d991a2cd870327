"""The convenant as one readable page: HTML with its style inside, no scripts, and nothing from elsewhere.

Meant to meet WCAG 2.2 AA; to be read on a phone, on a screen, and on paper.
"""

from collections.abc import Callable
from importlib.resources import files
from typing import Final

from convenant.model import Convenant
from convenant.types import Oin
from convenant.uitleg.toon.afspraken import escalatie, informeren, overdracht, termijnen
from convenant.uitleg.toon.html import Html, gegevens, tag, verwijzing
from convenant.uitleg.toon.matrix import matrix
from convenant.uitleg.toon.partijen import grenzen, partijen, sleutels
from convenant.uitleg.toon.regels import artikelen, grondslagen, notificaties, signaalsoorten
from convenant.uitleg.toon.sectie import Sectie
from convenant.uitleg.toon.vragen import vragen
from convenant.uitleg.woorden import LOPENDE_SIGNALEN, OMGEVINGEN, datum, hoofdletter

__all__ = ["toon"]

_PARTS: Final[tuple[Callable[[Convenant], Sectie], ...]] = (
    partijen,
    matrix,
    artikelen,
    notificaties,
    signaalsoorten,
    grondslagen,
    informeren,
    termijnen,
    overdracht,
    escalatie,
    vragen,
    grenzen,
    sleutels,
)
_STYLE: Final = "stijl.css"
_ENTRY: Final = "inhoud"


def toon(convenant: Convenant) -> str:
    """Return the page. That the parties signed is not checked, and the page says so."""
    secties = [sectie for deel in _PARTS if (sectie := deel(convenant)).inhoud]
    hoofd = tag("main", *map(_section, secties), id=_ENTRY, tabindex="-1")
    lichaam = tag(
        "body",
        tag("a", "Naar de inhoud", class_="overslaan", href=f"#{_ENTRY}"),
        tag("header", tag("h1", convenant.naam), tag("p", convenant.doel, class_="doel"), _facts(convenant)),
        _contents(secties),
        hoofd,
        _foot(convenant),
    )
    return f'<!DOCTYPE html>\n<html lang="nl">\n{_head(convenant)}\n{lichaam}\n</html>\n'


def _head(convenant: Convenant) -> Html:
    stijl = files(__name__).joinpath(_STYLE).read_text(encoding="utf-8")
    return tag(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{convenant.naam}, versie {convenant.versie}"),
        tag("style", Html(stijl)),
    )


def _facts(convenant: Convenant) -> Html:
    opvolging = convenant.afspraken.opvolging
    paren = [
        ("Regio", convenant.regio),
        ("Geldig", f"{datum(convenant.geldig_van)} tot en met {datum(convenant.geldig_tot)}"),
        ("Versie", f"{convenant.versie} van {convenant.id}"),
        ("Omgeving", hoofdletter(OMGEVINGEN[convenant.omgeving])),
        ("Convenanthouder", _name(convenant, convenant.convenanthouder)),
    ]
    if opvolging is not None:
        paren.append(("Vervangt", f"Versie {opvolging.versie}. {LOPENDE_SIGNALEN[opvolging.lopende_signalen]}"))
    return gegevens(paren)


def _contents(secties: list[Sectie]) -> Html:
    regels = (tag("li", verwijzing(sectie.plek, sectie.kop)) for sectie in secties)
    return tag("nav", tag("h2", "Inhoud", id="inhoudsopgave"), tag("ol", *regels), aria_labelledby="inhoudsopgave")


def _section(sectie: Sectie) -> Html:
    kop = tag("h2", sectie.kop, id=sectie.plek)
    return tag("section", kop, sectie.inhoud, aria_labelledby=sectie.plek)


def _foot(convenant: Convenant) -> Html:
    return tag(
        "footer",
        tag(
            "p",
            "Deze pagina is gemaakt uit het convenant zelf. De tekst die de partijen ondertekenen, beslist; of zij dat "
            "deden, ziet u hier niet.",
        ),
        tag("p", "Hash van de tekst: ", tag("code", convenant.hash)),
    )


def _name(convenant: Convenant, oin: Oin) -> str:
    return convenant.partij(oin).naam if convenant.has_partij(oin) else f"OIN {oin}"
