"""`koppelradar convenant`: making, checking, explaining and signing a convenant, and saying where it stands."""

import typer

from convenant.cli import bundelen, controleer, nieuw, ondertekenen, uitleggen
from convenant.cli._gedeeld import EXIT_CODES

__all__ = ["convenant_app"]

convenant_app = typer.Typer(
    name="convenant",
    help=f"Convenanten maken, controleren, uitleggen en ondertekenen. {EXIT_CODES}",
    no_args_is_help=True,
)
convenant_app.command("nieuw")(nieuw.nieuw)
convenant_app.command("controleer")(controleer.controleer)
convenant_app.command("leg-uit")(uitleggen.leg_uit)
convenant_app.command("verschil")(uitleggen.verschil)
convenant_app.command("toon")(uitleggen.toon)
convenant_app.command("onderteken")(ondertekenen.onderteken)
convenant_app.command("bundel")(bundelen.bundel)
convenant_app.command("verifieer")(bundelen.verifieer)
convenant_app.command("toetreden")(ondertekenen.toetreden)
convenant_app.command("toelaten")(ondertekenen.toelaten)
convenant_app.command("schorsen")(ondertekenen.schorsen)
convenant_app.command("hervatten")(ondertekenen.hervatten)
convenant_app.command("wissel-sleutel")(ondertekenen.wissel_sleutel)
