"""The settings of the matcher: environment variables with the prefix KOPPELRADAR_, and key files.

Key files, made by `koppelradar matcher sleutels MAP`:

- pepper: 32 bytes in base64url per line, newest last; older ones stay above it (see `matcher.domein.pepper`);
- sleutel: the private Ed25519 JWK that signs access tokens (RFC 8037);
- logsleutel: 32 bytes in base64url, under which the log names data subjects.
"""

import os
import secrets
from pathlib import Path

import platformdirs
from joserfc.jwk import OKPKey
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from convenant.errors import SleutelbestandFout
from convenant.sleutelbestanden import encode_sleutel, read_secret, write_secret
from convenant.types import Omgeving
from convenant.web.errors import StartFout
from convenant.web.instellingen import Dienstinstellingen
from convenant.web.ondertekensleutel import (
    decode_sleutelregel,
    generate_ondertekensleutel,
    read_ondertekensleutel,
    read_sleuteltekst,
)
from matcher.domein.pepper import PEPPER_BYTES, Pepper
from matcher.errors import InstellingenFout
from matcher.uitgaand.post import Smtp, SmtpTls

PREFIX = "KOPPELRADAR_"
_HULP = "koppelradar matcher sleutels MAP"
_EMAIL = "^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}$"


class Instellingen(Dienstinstellingen):
    """What the operator sets. Without `database_url` the matcher runs its own PostgreSQL in `datamap`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    datamap: Path = Field(default_factory=lambda: platformdirs.user_data_path("koppelradar"))
    pepper_bestand: Path = Path("pepper.sleutel")
    sleutel_bestand: Path = Path("matcher.jwk")
    logsleutel_bestand: Path = Path("logboek.sleutel")
    publieke_url: str = "http://127.0.0.1:8100"
    port: int = 8100
    proefklok: Path | None = None
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: SmtpTls = SmtpTls.STARTTLS
    smtp_gebruiker: str | None = Field(default=None, repr=False)
    smtp_wachtwoord_bestand: Path | None = None
    smtp_afzender: str | None = Field(default=None, pattern=_EMAIL)


def read_pepper(path: Path) -> Pepper:
    """The pepper in a key file. Raises StartFout."""
    lines = [line for line in read_sleuteltekst(path, hulp=_HULP).splitlines() if line.strip()]
    if not lines:
        raise StartFout(
            f"Het bestand {path} is leeg. Zet er een pepper in, of maak er een nieuwe bij een lege database."
        )
    return Pepper(tuple(decode_sleutelregel(line, path, hulp=_HULP) for line in lines))


def append_pepper(path: Path) -> Pepper:
    """Add a new key to the pepper in a file, on disk when this returns; the pepper with it.

    The file is replaced as a whole: a crash leaves the old one or the new one. Raises StartFout, and then nothing
    changed.
    """
    lines = read_sleuteltekst(path, hulp=_HULP).splitlines()
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        write_secret(fresh, "\n".join([*(line for line in lines if line.strip()), _random_key()]) + "\n")
        fresh.replace(path)
        _sync_folder(path.parent)
    except (SleutelbestandFout, OSError) as fout:
        fresh.unlink(missing_ok=True)
        raise StartFout(
            f"Het pepperbestand {path} is niet bij te werken. Voer dit uit als eigenaar van het bestand en zijn map."
        ) from fout
    return read_pepper(path)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened, and a rename is on disk with the file
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_logsleutel(path: Path) -> bytes:
    """The key of the log, 32 bytes. Raises StartFout."""
    return decode_sleutelregel(read_sleuteltekst(path, hulp=_HULP), path, hulp=_HULP)


def read_sleutel(path: Path) -> OKPKey:
    """The private key that signs access tokens. Raises StartFout."""
    return read_ondertekensleutel(path, hulp=_HULP.removesuffix(" MAP"))


def read_smtp(instellingen: Instellingen) -> Smtp | None:
    """Through which server mail goes; None when none is set. Raises InstellingenFout or StartFout."""
    if instellingen.smtp_host is None:
        return None
    if instellingen.smtp_afzender is None:
        raise InstellingenFout("Stel ook KOPPELRADAR_SMTP_AFZENDER in: het adres waar e-mail vandaan komt.")
    if instellingen.smtp_tls is SmtpTls.GEEN and instellingen.omgeving is not Omgeving.PROEF:
        raise InstellingenFout(
            "E-mail zonder TLS kan alleen in een proef. Zet KOPPELRADAR_SMTP_TLS op starttls of tls."
        )
    if (instellingen.smtp_gebruiker is None) != (instellingen.smtp_wachtwoord_bestand is None):
        raise InstellingenFout("Stel KOPPELRADAR_SMTP_GEBRUIKER en KOPPELRADAR_SMTP_WACHTWOORD_BESTAND allebei in.")
    return Smtp(
        host=instellingen.smtp_host,
        port=instellingen.smtp_port,
        tls=instellingen.smtp_tls,
        afzender=instellingen.smtp_afzender,
        gebruiker=instellingen.smtp_gebruiker,
        wachtwoord=_read_wachtwoord(instellingen.smtp_wachtwoord_bestand),
    )


def _read_wachtwoord(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return read_secret(path).strip()
    except SleutelbestandFout as fout:
        # Without its cause, which can quote the password.
        raise StartFout(str(fout)) from None


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
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        made.pepper_bestand: _random_key(),
        made.sleutel_bestand: generate_ondertekensleutel(),
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


def _random_key() -> str:
    return encode_sleutel(secrets.token_bytes(PEPPER_BYTES))
