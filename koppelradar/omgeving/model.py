"""Where everything of a trial environment is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Koppelradar
from convenant.model import Convenant
from convenant.sleutelhouder.instellingen import Instellingen as Sleutelhouderinstellingen
from convenant.types import Oin
from matcher.instellingen import Instellingen

MATCHER = "matcher"
SLEUTELHOUDER = "sleutelhouder-{}"
SLEUTELBEWAARDER = "sleutelbewaarder"
BUNDEL = "convenant.bundel.json"
ONDERTEKENAARS = "ondertekenaars"
CONFIGURATIE = "koppelradar.toml"
SLEUTELS = "sleutels"
BEHEERDERS = ("beheerder-een", "beheerder-twee")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proefomgeving:
    """`configuraties` holds the SDK configuration of each organisation that was asked for."""

    convenant: Convenant
    matcher: Instellingen
    sleutelhouders: tuple[Sleutelhouderinstellingen, ...]
    configuraties: Mapping[Oin, Path]

    def open(self, oin: Oin, *, account: str = "demo") -> Koppelradar:
        """The SDK of one of the organisations; close it after use."""
        return Koppelradar.open(load_configuratie(self.configuraties[oin]), account=account)


def convenant_path(folder: Path) -> Path:
    """Where a service in this folder finds the convenant."""
    return folder / "convenanten" / BUNDEL


def beheerder_path(folder: Path, naam: str) -> Path:
    """The secret key of an operator of the sleutelhouder in this folder."""
    return folder / SLEUTELS / f"{naam}.jwk"
