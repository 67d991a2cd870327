"""The commands of the SDK, run for one organisation against the small matcher."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from client_sdk.cli import (
    bekendheid_app,
    bevraag,
    casus_app,
    import_,
    kaarten_app,
    kanalen_app,
    matches_app,
    mogelijke_matches_app,
    notificaties,
    opvolging_app,
    radar,
    radarmelding,
    register_app,
    signaal_app,
    sleutels_app,
    termijnen,
)
from client_sdk.client import Herhaalbeleid

PERSON = {
    "clientnummer": "client-77",
    "voornamen": "Fatima",
    "voorvoegsel": "el",
    "geslachtsnaam": "Amrani",
    "geboortedatum": "2015-03-09",
    "signaalsoort": "zorg-om-kind",
}

app = typer.Typer()
app.add_typer(signaal_app)
app.add_typer(register_app)
app.add_typer(matches_app)
app.add_typer(mogelijke_matches_app)
app.add_typer(kaarten_app)
app.add_typer(sleutels_app)
app.add_typer(opvolging_app)
app.add_typer(casus_app)
app.add_typer(bekendheid_app)
app.add_typer(kanalen_app)
app.command("termijnen")(termijnen)
app.command("radar")(radar)
app.command("bevraag")(bevraag)
app.command("radarmelding")(radarmelding)
app.command("notificaties")(notificaties)
app.command("import")(import_)


class Shell:
    """Runs commands with the settings of one organisation."""

    person = PERSON
    columns = "200"

    def __init__(self, configuratie: Path) -> None:
        self._configuratie = configuratie

    def __call__(self, *args: str, stdin: str | None = None) -> Result:
        env = {"KOPPELRADAR_CONFIGURATIE": str(self._configuratie), "COLUMNS": self.columns}
        return CliRunner().invoke(app, list(args), input=stdin, env=env)

    def submit(self, **changes: object) -> Result:
        return self("signaal", "indienen", "--invoer", "-", "--json", stdin=json.dumps({**PERSON, **changes}))


@pytest.fixture
def shell(configuratiebestand: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    fast = Herhaalbeleid(pogingen=2, basis=0.001, maximum=0.01)
    monkeypatch.setattr("client_sdk.client.sync.Herhaalbeleid", lambda: fast)
    return Shell(configuratiebestand)
