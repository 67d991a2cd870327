"""The commands of the SDK; the command `koppelradar` brings them together with those of the other packages."""

from client_sdk.cli.importeren import import_
from client_sdk.cli.matches import matches, notificaties
from client_sdk.cli.register import register_app
from client_sdk.cli.signaal import signaal_app
from client_sdk.cli.token import token

__all__ = ["import_", "matches", "notificaties", "register_app", "signaal_app", "token"]
