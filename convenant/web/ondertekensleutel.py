"""The key under which a service signs: a private Ed25519 JWK (RFC 8037) in a file of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from convenant.errors import SleutelbestandFout
from convenant.sleutelbestanden import decode_sleutel, read_secret
from convenant.web.errors import StartFout


def read_ondertekensleutel(path: Path, *, hulp: str) -> OKPKey:
    """The private key in a file. Raises StartFout; `hulp` is the command that makes such a file."""
    melding = f"In {path} staat geen geldige Ed25519-sleutel (JWK). Maak er een met '{hulp}'."
    try:
        key = OKPKey.import_key(json.loads(read_sleuteltekst(path, hulp=hulp)))
    except (JoseError, ValueError, KeyError, TypeError) as fout:
        raise StartFout(melding) from fout
    if not key.is_private or key.curve_name != "Ed25519":
        raise StartFout(melding)
    return key


def generate_ondertekensleutel() -> str:
    """A new private key, as the JSON text of its file."""
    key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "Ed25519"}, auto_kid=True)
    return json.dumps(key.as_dict(private=True))


def read_sleuteltekst(path: Path, *, hulp: str) -> str:
    """The text of a secret file. Raises StartFout."""
    with _as_start_fout(hulp):
        return read_secret(path)


def decode_sleutelregel(line: str, path: Path, *, hulp: str) -> bytes:
    """The 32 bytes in a line of a secret file. Raises StartFout."""
    with _as_start_fout(hulp):
        return decode_sleutel(line, path)


@contextmanager
def _as_start_fout(hulp: str) -> Iterator[None]:
    try:
        yield
    except SleutelbestandFout as fout:
        # Without its cause: that one can quote the key.
        raise StartFout(f"{fout} Nieuwe sleutels maakt u met '{hulp}'.") from None
