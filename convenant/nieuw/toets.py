"""Whether a new convenant will be right once the parties fill their keys in."""

from joserfc.jwk import OKPKey

from convenant.invullen import with_public_keys
from convenant.laden import convenant_from_document, document_from_yaml
from convenant.model import Convenant
from convenant.types import Oin


def check_start(text: str, *, bron: str) -> Convenant:
    """Return the convenant as it would be with keys; these ones are made up and forgotten.

    Raises `OngeldigConvenant` for everything but the missing keys.
    """
    document = document_from_yaml(text, bron=bron)
    keys = {Oin(partij["oin"]): _public(f"sleutel-{i}") for i, partij in enumerate(document["partijen"])}
    return convenant_from_document(with_public_keys(document, keys), bron=bron)


def _public(kid: str) -> dict[str, str]:
    key = OKPKey.generate_key("Ed25519").as_dict(private=False)
    return {"kid": kid, "kty": "OKP", "crv": "Ed25519", "x": str(key["x"])}
