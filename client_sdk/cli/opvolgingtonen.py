"""The follow-up of a match and terms, on the screen."""

from collections.abc import Iterator, Sequence

import typer

from client_sdk.cli.opvolgwoorden import HULP, ONDERWERP, OPVOLGTOESTAND, TERMIJNSTATUS, day, termijn_words
from client_sdk.client.opvolging import EigenOpvolging, Opvolging, Opvolgpartij
from client_sdk.client.termijnen import Termijn
from convenant.taal import meervoud
from convenant.terminal import printable


def print_opvolging(opvolging: Opvolging) -> None:
    """Print how the follow-up of a match stands."""
    typer.echo(f"Match {printable(opvolging.match)}")
    for line in (
        f"stand: {OPVOLGTOESTAND[opvolging.toestand]}",
        *_regie_lines(opvolging),
        *_own_lines(opvolging.eigen),
        *(line for partij in opvolging.partijen for line in _party_lines(partij)),
        *(line for termijn in opvolging.termijnen for line in termijn_lines(termijn)),
    ):
        typer.echo(f"  {printable(line)}")


def termijn_lines(termijn: Termijn) -> Iterator[str]:
    """Yield what has to be done before which day."""
    yield f"{TERMIJNSTATUS[termijn.status]}: {termijn_words(termijn.code)}, uiterlijk {day(termijn.uiterlijk)}"
    yield f"  {ONDERWERP[termijn.onderwerpsoort]} {termijn.onderwerp}, artikel {termijn.artikel}"


def print_termijnen(termijnen: Sequence[Termijn]) -> None:
    """Print terms, the one that ends first on top."""
    for termijn in sorted(termijnen, key=lambda each: (each.uiterlijk, each.code, each.id)):
        for line in termijn_lines(termijn):
            typer.echo(printable(line))
    typer.echo(f"{meervoud(len(termijnen), 'termijn', 'termijnen')}.")


def _regie_lines(opvolging: Opvolging) -> Iterator[str]:
    regisseur, voorstel, overdracht = opvolging.regisseur, opvolging.voorstel, opvolging.overdracht
    if regisseur:
        eigen = " (uw organisatie)" if regisseur.eigen else ""
        yield f"regisseur: {regisseur.organisatie.naam}{eigen}, sinds {day(regisseur.sinds)}"
    if overdracht:
        yield f"  gaat over naar {overdracht.aan.naam} per {day(overdracht.per)}"
    if voorstel:
        door = f" door {voorstel.door.naam}" if voorstel.door else ""
        per = f", per {day(voorstel.per)}" if voorstel.per else ""
        yield f"voorgesteld: {voorstel.kandidaat.naam}{door}, op {day(voorstel.op)}{per}"
    if opvolging.volgend_moment:
        yield f"volgende moment: {day(opvolging.volgend_moment.op)}"


def _own_lines(eigen: EigenOpvolging) -> Iterator[str]:
    yield f"uw organisatie: {'contact op ' + day(eigen.contact_op) if eigen.contact_op else 'nog geen contact'}"
    if eigen.hulp:
        yield f"  {HULP[eigen.hulp]}{' sinds ' + day(eigen.hulp_sinds) if eigen.hulp_sinds else ''}"
    if eigen.afgesloten_op:
        yield f"  afgesloten op {day(eigen.afgesloten_op)}"


def _party_lines(partij: Opvolgpartij) -> Iterator[str]:
    yield partij.organisatie.naam if partij.organisatie else "een organisatie (naam niet gedeeld)"
    if partij.contact_op:
        yield f"  contact op {day(partij.contact_op)}"
    if partij.hulp:
        yield f"  {HULP[partij.hulp]}{' sinds ' + day(partij.hulp_sinds) if partij.hulp_sinds else ''}"
    yield f"  paar: {partij.paar}"
