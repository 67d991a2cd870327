"""`koppelradar convenant`: signing a convenant and saying where it stands."""

import typer

from convenant.cli import bundelen, ondertekenen
from convenant.cli._gedeeld import EXIT_CODES

__all__ = ["convenant_app"]

convenant_app = typer.Typer(
    name="convenant", help=f"Convenanten ondertekenen en controleren. {EXIT_CODES}", no_args_is_help=True
)
convenant_app.command("onderteken")(ondertekenen.onderteken)
convenant_app.command("bundel")(bundelen.bundel)
convenant_app.command("verifieer")(bundelen.verifieer)
convenant_app.command("toetreden")(ondertekenen.toetreden)
convenant_app.command("toelaten")(ondertekenen.toelaten)
convenant_app.command("schorsen")(ondertekenen.schorsen)
convenant_app.command("hervatten")(ondertekenen.hervatten)
convenant_app.command("wissel-sleutel")(ondertekenen.wissel_sleutel)
