"""The signing keys of all parties of a trial environment: together they sign its convenant, and each next version."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from client_sdk.sleutels import Ondertekensleutel, read_ondertekensleutel, write_ondertekensleutel
from convenant.ondertekening import Bundel, sign_together
from convenant.types import Oin
from koppelradar.omgeving.model import ONDERTEKENAARS


def write_ondertekenaars(folder: Path, sleutels: Mapping[Oin, Ondertekensleutel]) -> None:
    """Keep the signing key of every party in the environment."""
    own = folder / ONDERTEKENAARS
    own.mkdir()
    for oin, sleutel in sleutels.items():
        write_ondertekensleutel(own / f"{oin}.jwk", sleutel)


def read_ondertekenaars(folder: Path) -> dict[Oin, Ondertekensleutel]:
    """The signing keys that `write_ondertekenaars` kept."""
    return {Oin(path.stem): read_ondertekensleutel(path) for path in sorted((folder / ONDERTEKENAARS).glob("*.jwk"))}


def sign_again(document: dict[str, Any], sleutels: Mapping[Oin, Ondertekensleutel]) -> Bundel:
    """The document as a bundle that every party accepted and the convenanthouder sealed, now."""
    keys = {oin: OKPKey.import_key(dict(sleutel.private_jwk())) for oin, sleutel in sleutels.items()}
    return sign_together(document, keys, op=datetime.now(UTC))
