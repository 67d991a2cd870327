"""`koppelradar convenant leg-uit`, `verschil` and `toon`: the convenant in plain Dutch."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from convenant.cli._gedeeld import BestandArgument, now, with_clear_errors
from convenant.cli._lezen import choices, find_partij, read_convenant, show
from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.terminal import EXIT_GEBRUIK, EXIT_GEWEIGERD, stop
from convenant.types import Doelgroep, Fase, Gebeurtenis, Niveau, Overdrachtsmoment, Zwaarte
from convenant.uitleg import leg_uit as explain
from convenant.uitleg import leg_uit_overdracht, overdracht_tekst, uitleg_tekst, verschil_tekst
from convenant.uitleg import toon as page
from convenant.uitleg import verschil as compare

_DATES: Final = ["%Y-%m-%d"]
_PAGES: Final = frozenset({".html", ".htm"})
_WHICH: Final = (
    "Noem --ontvanger en --over (wat mag de een van de ander horen), of --gemeente (wie neemt een melding over)."
)


@with_clear_errors
def leg_uit(
    bestand: BestandArgument,
    *,
    ontvanger: Annotated[str | None, typer.Option("--ontvanger", help="Wie iets hoort: OIN of naam.")] = None,
    over: Annotated[str | None, typer.Option("--over", help="Over wiens signaal: OIN of naam.")] = None,
    gebeurtenis: Annotated[
        Gebeurtenis | None, typer.Option("--gebeurtenis", help=f"Bij {choices(Gebeurtenis)}.")
    ] = None,
    niveau: Annotated[
        Niveau | None, typer.Option("--niveau", help=f"Zekerheid van de match: {choices(Niveau)}.")
    ] = None,
    signaalsoort: Annotated[str | None, typer.Option("--signaalsoort", help="De soort van het signaal.")] = None,
    eigen: Annotated[
        list[str] | None,
        typer.Option("--eigen-signaalsoort", help="De soort van een eigen signaal van de ontvanger; mag vaker."),
    ] = None,
    zonder_eigen: Annotated[
        bool, typer.Option("--zonder-eigen-signaal", help="De ontvanger heeft zelf geen signaal.")
    ] = False,
    fase: Annotated[Fase | None, typer.Option("--fase", help=f"Fase van de casus: {choices(Fase)}.")] = None,
    op: Annotated[
        datetime | None,
        typer.Option("--op", formats=_DATES, help="Op deze dag; anders vandaag, of de eerste dag van het convenant."),
    ] = None,
    gemeente: Annotated[str | None, typer.Option("--gemeente", help="Uit welke gemeente de melding komt.")] = None,
    zwaarte: Annotated[
        Zwaarte | None, typer.Option("--zwaarte", help=f"Zwaarte van de melding: {choices(Zwaarte)}.")
    ] = None,
    doelgroep: Annotated[Doelgroep | None, typer.Option("--doelgroep", help=f"Over {choices(Doelgroep)}.")] = None,
    na: Annotated[Overdrachtsmoment | None, typer.Option("--na", help=f"Na {choices(Overdrachtsmoment)}.")] = None,
    hulp: Annotated[
        bool | None,
        typer.Option("--hulp-betrokken/--geen-hulp", help="Er is al hulp betrokken; --geen-hulp is nog niet."),
    ] = None,
) -> None:
    """Leg uit wat de een van de ander mag horen, of wie een melding overneemt. Wat u weglaat, blijft open."""
    samen = bool(ontvanger and over)
    if samen == (gemeente is not None) or (gemeente is not None and (ontvanger or over)):
        stop(_WHICH, EXIT_GEBRUIK)
    convenant = read_convenant(bestand)
    if gemeente is not None:
        uitleg = leg_uit_overdracht(
            convenant, gemeente=gemeente, doelgroep=doelgroep, zwaarte=zwaarte, moment=na, hulp_betrokken=hulp
        )
        show(overdracht_tekst(uitleg))
        return
    antwoord = explain(
        convenant,
        ontvanger=find_partij(convenant, ontvanger or "").oin,
        over=find_partij(convenant, over or "").oin,
        gebeurtenis=gebeurtenis,
        niveau=niveau,
        signaalsoort=signaalsoort,
        eigen_signaalsoorten=frozenset(eigen or ()) if eigen or zonder_eigen else None,
        fase=fase,
        op=op.date() if op else _today(convenant),
    )
    show(uitleg_tekst(antwoord))


@with_clear_errors
def verschil(
    oud: Annotated[Path, typer.Argument(metavar="OUD", help="De vorige versie: YAML of een bundel.")],
    nieuw: Annotated[Path, typer.Argument(metavar="NIEUW", help="De nieuwe versie: YAML of een bundel.")],
) -> None:
    """Zeg in gewone taal wat er voor wie verandert van de ene versie naar de andere."""
    show(verschil_tekst(compare(read_convenant(oud), read_convenant(nieuw))))


@with_clear_errors
def toon(
    bestand: BestandArgument,
    uit: Annotated[Path, typer.Option("--uit", metavar="PAGINA.html", help="Waar de pagina komt.")],
) -> None:
    """Maak van het convenant een leesbare pagina: wie doet mee, en wie hoort wat. Open haar in een browser."""
    if uit.suffix.lower() not in _PAGES:
        # Nobody loses a convenant by naming it as the place for the page.
        stop("Geef met --uit een bestand op dat eindigt op .html.", EXIT_GEBRUIK)
    tekst = page(read_convenant(bestand))
    try:
        uit.write_text(tekst, encoding="utf-8")
    except OSError:
        stop(f"{uit} kan niet worden geschreven. Controleer het pad en de rechten.", EXIT_GEWEIGERD)
    typer.echo(f"De pagina staat in {uit}.")


def _today(convenant: Convenant) -> date:
    """Return today, or the first day of an agreement that does not hold today: people read it before it starts."""
    vandaag = local_date(now())
    return vandaag if convenant.is_in_force(vandaag) else convenant.geldig_van
