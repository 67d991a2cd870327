"""One sequence of bytes per document, so that parties hash and sign the same thing.

RFC 8785 (JCS) over the document as it was written: keys are sorted, lists keep their order, nothing is
filled in. Two spellings of the same YAML value give the same bytes; a comment does not count.
"""

import hashlib
from typing import Any

import rfc8785

from convenant.errors import Bevinding, OngeldigConvenant


def canonical_bytes(document: dict[str, Any]) -> bytes:
    """Return the RFC 8785 form of a document of JSON values.

    Strings are not normalised (RFC 8785 section 3.1): é in one and in two code points are two documents.
    Raises `OngeldigConvenant` for a value that JSON does not have, or an integer beyond 2**53 - 1.
    """
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, RecursionError) as fout:
        bevinding = Bevinding("", None, "Het document bevat een waarde die niet in JSON past.")
        raise OngeldigConvenant("document", (bevinding,)) from fout


def content_hash(document: dict[str, Any]) -> str:
    """Return `sha256:` and 64 lower case hex digits over `canonical_bytes`. Raises `OngeldigConvenant`."""
    return hash_text(canonical_bytes(document))


def hash_text(content: bytes) -> str:
    """Return `sha256:` and 64 lower case hex digits over these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
