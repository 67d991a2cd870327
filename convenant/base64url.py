"""Base64url without padding (RFC 4648 section 5): the one spelling of bytes in JSON, key files and tokens."""

import base64


def encode_base64url(data: bytes) -> str:
    """Return the text; no padding, so that it needs no escaping anywhere."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
