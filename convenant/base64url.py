"""Base64url without padding (RFC 4648 section 5): the one spelling of bytes in JSON, key files and tokens."""

import base64
import binascii


def encode_base64url(data: bytes) -> str:
    """Return the text; no padding, so that it needs no escaping anywhere."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_base64url(text: str) -> bytes:
    """Return the bytes. Raises ValueError for all but the one canonical spelling: two texts are never one value."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None  # the cause could quote what was decoded
    if encode_base64url(data) != text:
        raise ValueError("not the canonical base64url of any bytes")
    return data
