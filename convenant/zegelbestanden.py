"""The file that holds the secret half of a sealing key: one JSON object, made once, readable by its owner alone."""

import json
from pathlib import Path

from convenant.base64url import decode_base64url, encode_base64url
from convenant.errors import OngeldigeZegelsleutel, SleutelbestandFout
from convenant.sleutelbestanden import read_secret, write_secret
from convenant.zegel import Kem, Zegelsleutel


def write_zegelsleutel(path: Path, sleutel: Zegelsleutel) -> None:
    """Write the key to a new file with mode 0600. Raises `SleutelbestandFout` when it exists or cannot be made."""
    document = {"kem": sleutel.kem.value, "geheim": encode_base64url(sleutel.reveal())}
    write_secret(path, json.dumps(document) + "\n")


def read_zegelsleutel(path: Path) -> Zegelsleutel:
    """Return the key in a file. Raises `SleutelbestandFout` when it is missing, open to others, or another thing."""
    text = read_secret(path)
    try:
        document = json.loads(text)
        return Zegelsleutel.from_bytes(Kem(document["kem"]), decode_base64url(document["geheim"]))
    except (ValueError, KeyError, TypeError, OngeldigeZegelsleutel):
        # Without its cause: that one can quote the key.
        raise SleutelbestandFout(f"In {path} staat geen geheime zegelsleutel. Controleer het pad.") from None
