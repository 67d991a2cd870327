"""The settings of the matcher: environment variables with the prefix KOPPELRADAR_, and key files.

Key files, made by `koppelradar matcher sleutels MAP`:

- pepper: 32 bytes in base64url per line, newest last; older ones stay above it (see `matcher.domein.pepper`);
- sleutel: the private Ed25519 JWK that signs access tokens (RFC 8037);
- logsleutel: 32 bytes in base64url, under which the log names data subjects.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from pathlib import Path

import platformdirs
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from convenant.types import Omgeving
from matcher.domein.pepper import PEPPER_BYTES, Pepper
from matcher.errors import InstellingenFout

_GROUP_OR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Instellingen(BaseSettings):
    """What the operator sets. Without `database_url` the matcher runs its own PostgreSQL in `datamap`."""

    model_config = SettingsConfigDict(env_prefix="KOPPELRADAR_", frozen=True, extra="ignore")

    omgeving: Omgeving = Omgeving.PROEF
    database_url: str | None = Field(default=None, repr=False)
    migratie_url: str | None = Field(default=None, repr=False)
    datamap: Path = Field(default_factory=lambda: platformdirs.user_data_path("koppelradar"))
    convenanten: Path = Path("convenanten")
    pepper_bestand: Path = Path("pepper.sleutel")
    sleutel_bestand: Path = Path("matcher.jwk")
    logsleutel_bestand: Path = Path("logboek.sleutel")
    publieke_url: str = "http://127.0.0.1:8100"
    host: str = "127.0.0.1"
    port: int = 8100
    verbindingen: int = Field(default=10, ge=1, le=100)

    @property
    def basis_url(self) -> str:
        """The base of version 1 as callers see it, without a slash at the end."""
        return f"{self.publieke_url.rstrip('/')}/v1"

    @property
    def token_url(self) -> str:
        """The token endpoint, which client assertions must name as their audience."""
        return f"{self.basis_url}/token"


def read_pepper(path: Path) -> Pepper:
    """The pepper in a key file. Raises InstellingenFout."""
    lines = [line for line in _read_secret(path).splitlines() if line.strip()]
    if not lines:
        raise InstellingenFout(
            f"Het bestand {path} is leeg. Zet er een pepper in, of maak er een nieuwe bij een lege database."
        )
    return Pepper(tuple(_decode(line, path) for line in lines))


def read_logsleutel(path: Path) -> bytes:
    """The key of the log, 32 bytes. Raises InstellingenFout."""
    return _decode(_read_secret(path), path)


def read_sleutel(path: Path) -> OKPKey:
    """The private key that signs access tokens. Raises InstellingenFout."""
    melding = f"In {path} staat geen geldige Ed25519-sleutel (JWK). Maak er een met 'koppelradar matcher sleutels'."
    try:
        key = OKPKey.import_key(json.loads(_read_secret(path)))
    except (JoseError, ValueError, KeyError, TypeError) as fout:
        raise InstellingenFout(melding) from fout
    if not key.is_private or key.curve_name != "Ed25519":
        raise InstellingenFout(melding)
    return key


def make_sleutels(folder: Path) -> Instellingen:
    """Write a new pepper, signing key and log key, readable by the owner only; settings that point at them.

    Raises InstellingenFout when one of the files exists: a lost pepper makes every stored signal useless.
    """
    made = Instellingen(
        pepper_bestand=folder / "pepper.sleutel",
        sleutel_bestand=folder / "matcher.jwk",
        logsleutel_bestand=folder / "logboek.sleutel",
    )
    key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "Ed25519"}, auto_kid=True)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        made.pepper_bestand: _random_key(),
        made.sleutel_bestand: json.dumps(key.as_dict(private=True)),
        made.logsleutel_bestand: _random_key(),
    }
    for path in contents:
        if path.exists():
            raise InstellingenFout(
                f"{path} bestaat al. Kies een andere map; bestaande sleutels worden nooit overschreven."
            )
    for path, content in contents.items():
        _write_secret(path, content)
    return made


def _read_secret(path: Path) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & _GROUP_OR_OTHERS:
            raise InstellingenFout(f"Anderen kunnen {path} lezen. Herstel dat met: chmod 600 {path}")
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as fout:
        raise InstellingenFout(
            f"Het sleutelbestand {path} is niet te lezen. Maak sleutels met 'koppelradar matcher sleutels MAP' "
            "en verwijs ernaar in de instellingen."
        ) from fout


def _write_secret(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content + "\n")


def _random_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(PEPPER_BYTES)).rstrip(b"=").decode()


def _decode(line: str, path: Path) -> bytes:
    text = line.strip()
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != PEPPER_BYTES:
        raise InstellingenFout(f"Een regel in {path} is geen sleutel van 32 bytes in base64url.")
    return key
