"""The settings of the matcher: environment variables with the prefix KOPPELRADAR_, and key files.

Key files, made by `koppelradar matcher sleutels MAP`:

- pepper: 32 bytes in base64url per line, newest last; older ones stay above it (see `matcher.domein.pepper`);
- sleutel: the private Ed25519 JWK that signs access tokens (RFC 8037);
- logsleutel: 32 bytes in base64url, under which the log names data subjects.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from convenant.errors import SleutelbestandFout
from convenant.sleutelbestanden import decode_sleutel, encode_sleutel, read_secret, write_secret
from convenant.types import Omgeving
from matcher.domein.pepper import PEPPER_BYTES, Pepper
from matcher.errors import InstellingenFout


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
    def openapi_server(self) -> str:
        """The server in the OpenAPI document: the base URL, but a path only where there is no TLS, as on loopback.

        The NL API Design Rules want https for every server that is named in full.
        """
        return self.basis_url if self.basis_url.startswith("https://") else "/v1"

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


def sleutels_in(folder: Path) -> Instellingen:
    """Settings that point at the key files in a folder, under the names that `make_sleutels` gives them."""
    return Instellingen(
        pepper_bestand=folder / "pepper.sleutel",
        sleutel_bestand=folder / "matcher.jwk",
        logsleutel_bestand=folder / "logboek.sleutel",
    )


def make_sleutels(folder: Path) -> Instellingen:
    """Write a new pepper, signing key and log key, readable by the owner only; settings that point at them.

    Raises InstellingenFout when one of the files exists: a lost pepper makes every stored signal useless.
    """
    made = sleutels_in(folder)
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
        write_secret(path, content + "\n")
    return made


def _decode(line: str, path: Path) -> bytes:
    with _as_instellingen_fout():
        return decode_sleutel(line, path)


def _read_secret(path: Path) -> str:
    with _as_instellingen_fout():
        return read_secret(path)


def _random_key() -> str:
    return encode_sleutel(secrets.token_bytes(PEPPER_BYTES))


@contextmanager
def _as_instellingen_fout() -> Iterator[None]:
    try:
        yield
    except SleutelbestandFout as fout:
        # Without its cause: that one can quote the key.
        raise InstellingenFout(f"{fout} Nieuwe sleutels maakt u met 'koppelradar matcher sleutels MAP'.") from None
