"""The commands `koppelradar bench ...`: what is measured, and the data it is measured on."""

import typer

from koppelradar.bench.aanval.commando import aanval
from koppelradar.bench.beleid import beleid
from koppelradar.bench.bevolking.commando import bevolking
from koppelradar.bench.koppelopdracht import koppelkwaliteit
from koppelradar.bench.latentie.commando import latentie
from koppelradar.bench.snelheidopdracht import snelheid
from koppelradar.taal import Groep

app = typer.Typer(
    help="Metingen die u zelf kunt herhalen, en de gegevens daarvoor.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    cls=Groep,
    rich_markup_mode=None,
)


@app.callback()
def _bench() -> None:
    pass


app.command("aanval")(aanval)
app.command("beleid")(beleid)
app.command("bevolking")(bevolking)
app.command("koppelkwaliteit")(koppelkwaliteit)
app.command("latentie")(latentie)
app.command("snelheid")(snelheid)
