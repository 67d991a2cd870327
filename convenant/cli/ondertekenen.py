"""Commands that sign: each adds one statement of one party to a bundle."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from convenant.cli._gedeeld import (
    BestandArgument,
    OinOptie,
    SleutelOptie,
    UitOptie,
    now,
    output_of,
    read_input,
    read_key,
    read_text,
    with_clear_errors,
    with_what_is_there,
    write_bundel,
)
from convenant.cli._verslag import print_verslag
from convenant.errors import VerklaringGeweigerd
from convenant.laden import document_from_yaml
from convenant.ondertekening import (
    Bundel,
    Ondertekend,
    Verklaring,
    Verklaringsoort,
    merge,
    open_toetredingen,
    sign_verklaring,
    verify_verklaringen,
)
from convenant.terminal import printable
from convenant.types import Oin, parse_oin

_SEAL = "Laat de convenanthouder de bundel verzegelen: koppelradar convenant bundel BUNDEL --uit BUNDEL --sleutel ..."

HouderSleutelOptie = Annotated[
    Path, typer.Option("--sleutel", metavar="JWKBESTAND", help="De geheime ondertekensleutel van de convenanthouder.")
]
PartijOptie = Annotated[str, typer.Option("--partij", metavar="OIN", help="OIN van de organisatie waar het om gaat.")]


class Keuze(StrEnum):
    """What a party can say on a version."""

    AANVAARDEN = "aanvaarden"
    AFWIJZEN = "afwijzen"
    OPZEGGEN = "opzeggen"


@with_clear_errors
def onderteken(
    bestand: BestandArgument,
    oin: OinOptie,
    sleutel: SleutelOptie,
    besluit: Annotated[Keuze, typer.Option("--besluit", help="Wat uw organisatie verklaart.")] = Keuze.AANVAARDEN,
    uit: UitOptie = None,
) -> None:
    """Onderteken het convenant namens uw organisatie: aanvaard deze versie, wijs haar af of zeg haar op."""
    before = _open(bestand, uit)
    _state(before, output_of(bestand, uit), parse_oin(oin), Verklaringsoort(besluit.value), sleutel)


@with_clear_errors
def toetreden(
    bestand: BestandArgument,
    partij: Annotated[
        Path,
        typer.Option("--partij", metavar="PARTIJBESTAND", help="Uw organisatie (YAML), zoals onder 'partijen'."),
    ],
    sleutel: SleutelOptie,
    uit: UitOptie = None,
) -> None:
    """Vraag of uw organisatie mag toetreden. U doet mee zodra de convenanthouder u toelaat."""
    document = document_from_yaml(read_text(partij), bron=partij.name)
    oin = parse_oin(str(document.get("oin")))
    before = _open(bestand, uit)
    _state(before, output_of(bestand, uit), oin, Verklaringsoort.TOETREDEN, sleutel, partij=document)


@with_clear_errors
def toelaten(
    bestand: BestandArgument,
    partij: PartijOptie,
    sleutel: HouderSleutelOptie,
    toetreding: Annotated[
        str | None, typer.Option("--toetreding", metavar="HASH", help="Welke aanvraag, als er meer zijn.")
    ] = None,
    uit: UitOptie = None,
) -> None:
    """Laat een organisatie toe die vroeg om toe te treden. Dit doet de convenanthouder."""
    before = _open(bestand, uit)
    asked = _request(before, parse_oin(partij), toetreding)
    _show_request(asked)
    out, houder = output_of(bestand, uit), before.convenant.convenanthouder
    more = {"partij_oin": asked.oin, "toetreding": asked.hash}
    _state(before, out, houder, Verklaringsoort.TOELATEN, sleutel, **more)


@with_clear_errors
def schorsen(bestand: BestandArgument, partij: PartijOptie, sleutel: HouderSleutelOptie, uit: UitOptie = None) -> None:
    """Schors een partij: zij doet niet meer mee tot u hervat. Dit doet de convenanthouder."""
    _on_party(bestand, uit, partij, sleutel, Verklaringsoort.SCHORSEN)


@with_clear_errors
def hervatten(bestand: BestandArgument, partij: PartijOptie, sleutel: HouderSleutelOptie, uit: UitOptie = None) -> None:
    """Laat een geschorste partij weer meedoen. Dit doet de convenanthouder."""
    _on_party(bestand, uit, partij, sleutel, Verklaringsoort.HERVATTEN)


@with_clear_errors
def wissel_sleutel(
    bestand: BestandArgument,
    oin: OinOptie,
    sleutel: SleutelOptie,
    nieuwe_sleutel: Annotated[
        Path, typer.Option("--nieuwe-sleutel", metavar="JWKBESTAND", help="De nieuwe geheime ondertekensleutel.")
    ],
    uit: UitOptie = None,
) -> None:
    """Vervang de ondertekensleutel van uw organisatie. De oude is daarna niets meer waard."""
    new, before = read_key(nieuwe_sleutel), _open(bestand, uit)
    out = output_of(bestand, uit)
    _state(before, out, parse_oin(oin), Verklaringsoort.SLEUTELWISSEL, sleutel, nieuwe_sleutel=new)


def _open(bestand: Path, uit: Path | None) -> Ondertekend:
    """Return what was stated so far, verified, with what the file that will be written holds already."""
    bundel = with_what_is_there(read_input(bestand), output_of(bestand, uit))
    return verify_verklaringen(bundel, bron=bestand.name, op=now())


def _state(before: Ondertekend, out: Path, oin: Oin, soort: Verklaringsoort, sleutel: Path, **more: Any) -> None:
    """Sign one statement, put it in the bundle at `out`, and show where that leaves the convenant."""
    bundel, op = before.bundel, now()
    tekst = sign_verklaring(
        before.convenant,
        oin=oin,
        soort=soort,
        ondertekenaar=read_key(sleutel),
        op=op,
        eerdere=bundel.verklaringen,
        **more,
    )
    after = merge(bundel, Bundel(document=bundel.document, verklaringen=(tekst,)))
    write_bundel(out, after)
    typer.echo(f"Ondertekend: {soort.value}. De verklaring staat in {out}.\n")
    print_verslag(verify_verklaringen(after, bron=out.name, op=op))
    typer.echo(f"\n{_SEAL}")


def _on_party(bestand: Path, uit: Path | None, partij: str, sleutel: Path, soort: Verklaringsoort) -> None:
    before = _open(bestand, uit)
    houder = before.convenant.convenanthouder
    _state(before, output_of(bestand, uit), houder, soort, sleutel, partij_oin=parse_oin(partij))


def _request(ondertekend: Ondertekend, oin: Oin, toetreding: str | None) -> Verklaring:
    asked = [v for v in open_toetredingen(ondertekend.convenant, ondertekend.verklaringen) if v.oin == oin]
    chosen = [v for v in asked if toetreding in (None, v.hash)]
    if not chosen:
        raise VerklaringGeweigerd("Deze organisatie heeft niet gevraagd om toe te treden. Voeg haar bundel eerst toe.")
    if len(chosen) > 1:
        raise VerklaringGeweigerd(
            "Er zijn meer aanvragen met deze OIN. Bel de organisatie, vergelijk de hash die 'koppelradar convenant "
            "verifieer' toont, en kies haar aanvraag met --toetreding."
        )
    return chosen[0]


def _show_request(asked: Verklaring) -> None:
    """Show whom this lets in: a request bears the signature of whoever made it, and proves no more than that."""
    if asked.partij is None:
        return
    rollen = ", ".join(sorted(asked.partij.rollen))
    typer.echo(f"{printable(asked.partij.naam)}, sector {asked.partij.sector.value}, rollen: {rollen}.")
    typer.echo(f"Vraag de organisatie zelf, langs een andere weg, of dit haar aanvraag is: {asked.hash}\n")
