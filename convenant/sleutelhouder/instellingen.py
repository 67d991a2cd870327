"""The settings of the sleutelhouder: environment variables with the prefix KOPPELRADAR_SLEUTELHOUDER_, and key files.

Key files, the first two made by `koppelradar sleutelhouder sleutels MAP`:

- kluissleutel: 32 bytes in base64url, under which the OPRF keys lie in the database; instead of the file, the
  setting KLUISSLEUTEL can hold it, for a platform that gives secrets as environment variables;
- sleutel: the private Ed25519 JWK that signs access tokens (RFC 8037);
- beheerders: a JSON object with, per operator, the public Ed25519 JWK under which approvals are checked.
"""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from convenant.errors import OngeldigOin
from convenant.sleutelbestanden import SLEUTEL_BYTES, encode_sleutel, write_secret
from convenant.sleutelhouder.domein.kluis import AesKluis, Kluis
from convenant.sleutelhouder.types import Beheerder
from convenant.types import Oin, parse_oin
from convenant.web.errors import StartFout
from convenant.web.instellingen import Dienstinstellingen
from convenant.web.ondertekensleutel import (
    decode_sleutelregel,
    generate_ondertekensleutel,
    read_ondertekensleutel,
    read_sleuteltekst,
)

PREFIX = "KOPPELRADAR_SLEUTELHOUDER_"
_HULP = "koppelradar sleutelhouder sleutels MAP"
_HULP_BEHEERDER = "koppelradar sleutelhouder beheerder NAAM --sleutel BESTAND"


class Instellingen(Dienstinstellingen):
    """What the operator sets. Without `database_url` the sleutelhouder runs its own PostgreSQL in `datamap`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    oin: str | None = None
    datamap: Path = Field(default_factory=lambda: platformdirs.user_data_path("koppelradar-sleutelhouder"))
    kluissleutel: SecretStr | None = None
    kluissleutel_bestand: Path = Path("kluis.sleutel")
    sleutel_bestand: Path = Path("sleutelhouder.jwk")
    beheerders: Path | None = None
    publieke_url: str = "http://127.0.0.1:8200"
    port: int = 8200


def required_oin(instellingen: Instellingen) -> Oin:
    """The OIN of who runs this sleutelhouder. Raises StartFout."""
    try:
        return parse_oin(instellingen.oin or "")
    except OngeldigOin as fout:
        raise StartFout(f"Zet {PREFIX}OIN op het OIN waaronder het convenant deze sleutelhouder noemt.") from fout


def read_kluis(instellingen: Instellingen) -> Kluis:
    """The vault, under the key from the environment or else from the file. Raises StartFout."""
    if instellingen.kluissleutel is not None:
        text, path = instellingen.kluissleutel.get_secret_value(), Path(f"{PREFIX}KLUISSLEUTEL")
    else:
        path = instellingen.kluissleutel_bestand
        text = read_sleuteltekst(path, hulp=_HULP)
    return AesKluis(decode_sleutelregel(text, path, hulp=_HULP))


def read_sleutel(instellingen: Instellingen) -> OKPKey:
    """The private key that signs access tokens. Raises StartFout."""
    return read_ondertekensleutel(instellingen.sleutel_bestand, hulp=_HULP)


def read_beheerdersleutel(path: Path) -> OKPKey:
    """An operator's private key. Raises StartFout."""
    return read_ondertekensleutel(path, hulp=_HULP_BEHEERDER)


def read_beheerders(instellingen: Instellingen) -> Mapping[Beheerder, OKPKey]:
    """The registered operators with their public keys; none when no file is set. Raises StartFout."""
    path = instellingen.beheerders
    if path is None:
        return {}
    melding = f"Het beheerdersbestand {path} klopt niet. Maak de regels met: {_HULP_BEHEERDER}"
    try:
        found = {
            Beheerder(naam): _public_key(jwk) for naam, jwk in json.loads(path.read_text(encoding="utf-8")).items()
        }
    except (OSError, JoseError, ValueError, KeyError, TypeError, AttributeError) as fout:
        raise StartFout(melding) from fout
    # Two names with one key are one pair of eyes.
    if len({sleutel.thumbprint() for sleutel in found.values()}) != len(found):
        raise StartFout(f"In {path} hebben twee beheerders dezelfde sleutel. Elke beheerder heeft een eigen sleutel.")
    return found


def sleutels_in(folder: Path) -> Instellingen:
    """Settings that point at the key files in a folder, under the names that `make_sleutels` gives them."""
    return Instellingen(kluissleutel_bestand=folder / "kluis.sleutel", sleutel_bestand=folder / "sleutelhouder.jwk")


def make_sleutels(folder: Path) -> Instellingen:
    """Write a new key of the vault and a new signing key, readable by the owner only; settings that point at them.

    Raises StartFout when one of the files exists: without its key of the vault a database of keys is worth nothing.
    """
    made = sleutels_in(folder)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        made.kluissleutel_bestand: encode_sleutel(secrets.token_bytes(SLEUTEL_BYTES)),
        made.sleutel_bestand: generate_ondertekensleutel(),
    }
    for path in contents:
        if path.exists():
            raise StartFout(f"{path} bestaat al. Kies een andere map; bestaande sleutels worden nooit overschreven.")
    for path, content in contents.items():
        write_secret(path, content + "\n")
    return made


def make_beheerdersleutel(path: Path) -> dict[str, Any]:
    """Write a new private key for an operator; the public JWK to register. Raises SleutelbestandFout."""
    private = generate_ondertekensleutel()
    write_secret(path, private + "\n")
    return OKPKey.import_key(json.loads(private)).as_dict(private=False)


def _public_key(jwk: dict[str, Any]) -> OKPKey:
    key = OKPKey.import_key(jwk)
    if key.is_private or key.curve_name != "Ed25519":
        raise ValueError("an operator is registered with a public Ed25519 key")
    return key
