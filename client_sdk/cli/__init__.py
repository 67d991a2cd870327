"""The commands of the SDK; the command `koppelradar` brings them together with those of the other packages."""

from client_sdk.cli.bekendheid import bekendheid_app
from client_sdk.cli.casus import casus_app
from client_sdk.cli.importeren import import_
from client_sdk.cli.kaarten import kaarten_app
from client_sdk.cli.kanalen import kanalen_app
from client_sdk.cli.matches import matches_app
from client_sdk.cli.mogelijke_matches import mogelijke_matches_app
from client_sdk.cli.notificaties import notificaties
from client_sdk.cli.opvolging import opvolging_app, termijnen
from client_sdk.cli.radar import bevraag, radar, radarmelding
from client_sdk.cli.register import register_app
from client_sdk.cli.signaal import signaal_app
from client_sdk.cli.sleutels import sleutels_app
from client_sdk.cli.token import token

__all__ = [
    "bekendheid_app",
    "bevraag",
    "casus_app",
    "import_",
    "kaarten_app",
    "kanalen_app",
    "matches_app",
    "mogelijke_matches_app",
    "notificaties",
    "opvolging_app",
    "radar",
    "radarmelding",
    "register_app",
    "signaal_app",
    "sleutels_app",
    "termijnen",
    "token",
]
