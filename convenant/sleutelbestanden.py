"""Files that hold a secret: made once, never overwritten, readable by their owner alone.

Every part of the house keeps its keys this way, and all of them build on this package.
"""

import base64
import binascii
import os
import stat
from pathlib import Path
from typing import Final

from convenant.base64url import encode_base64url
from convenant.errors import SleutelbestandFout

SLEUTEL_BYTES: Final = 32
"""Length of every symmetric key: HMAC-SHA-256, AES-256 and HKDF-SHA-256 want no more."""

_FILE_MODE: Final = 0o600
_MAX_FILE_BYTES: Final = 4096
# 32 random bytes hold fewer than 16 different values less than once in 10**15 keys; zeros and repeated words do.
_MIN_DISTINCT_BYTES: Final = 16
_CREDENTIALS: Final = "CREDENTIALS_DIRECTORY"


def read_secret(path: Path) -> str:
    """Return the text of a secret file.

    Raises `SleutelbestandFout` when it is missing, too large, not text, or (POSIX) open to others. Group rights pass in
    the folder that systemd names for credentials: systemd gives them there and lets no other account in.
    """
    try:
        with path.open("rb") as file:
            _check_permissions(file.fileno(), path)
            content = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SleutelbestandFout(f"Het sleutelbestand {path} bestaat niet. Controleer het pad.") from error
    except OSError as error:
        raise SleutelbestandFout(
            f"Het sleutelbestand {path} kan niet worden gelezen. Controleer de rechten."
        ) from error
    if len(content) > _MAX_FILE_BYTES:
        raise SleutelbestandFout(f"Het bestand {path} is te groot voor een sleutelbestand. Controleer het pad.")
    return content.decode("utf-8", "replace")


def write_secret(path: Path, content: str) -> None:
    """Write a new file with mode 0600, on disk when this returns. Raises `SleutelbestandFout` when that cannot be."""
    try:
        # O_EXCL: never overwrite, also not through a symbolic link that was put there in advance.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise SleutelbestandFout(
            f"Het bestand {path} bestaat al en wordt niet overschreven. Kies een andere naam."
        ) from error
    except OSError as error:
        raise SleutelbestandFout(
            f"Het sleutelbestand {path} kan niet worden gemaakt. Controleer map en rechten."
        ) from error


def encode_sleutel(sleutel: bytes) -> str:
    """Return a key as base64url without padding."""
    return encode_base64url(sleutel)


def decode_sleutel(line: str, path: Path) -> bytes:
    """Return the 32 bytes of a line of a key file.

    Raises `SleutelbestandFout` for anything but the one canonical spelling, and for a key that cannot be random.
    """
    text = line.strip()
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != SLEUTEL_BYTES or encode_sleutel(raw) != text:
        raise SleutelbestandFout(f"In {path} staat geen sleutel van {SLEUTEL_BYTES} bytes in base64url.")
    if len(set(raw)) < _MIN_DISTINCT_BYTES:
        raise SleutelbestandFout(f"De sleutel in {path} is niet willekeurig gekozen. Maak een nieuwe sleutel.")
    return raw


def _check_permissions(descriptor: int, path: Path) -> None:
    # Asked of the open file, not of the name: between two looks at a name the file can be swapped.
    if os.name == "posix" and os.fstat(descriptor).st_mode & _forbidden(path):
        raise SleutelbestandFout(f"Anderen kunnen het sleutelbestand {path} lezen. Voer uit: chmod 600 {path}")


def _forbidden(path: Path) -> int:
    folder = os.environ.get(_CREDENTIALS)
    if folder and path.absolute().parent == Path(folder):
        return stat.S_IRWXO
    return stat.S_IRWXG | stat.S_IRWXO
