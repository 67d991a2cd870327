"""The written-out HMAC and HKDF against the standard library and `cryptography`."""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import example, given
from hypothesis import strategies as st

from client_sdk.koppeltokens._hkdf import Mac, expand, extract

# Around 64 bytes, the block of SHA-256: longer keys are hashed first.
keys = st.binary(max_size=130)


@given(key=keys, messages=st.lists(st.binary(max_size=200), min_size=1, max_size=3))
@example(key=bytes(64), messages=[b""])
@example(key=bytes(65), messages=[b"", b"x"])
def test_hmac_is_that_of_the_standard_library_message_after_message(key: bytes, messages: list[bytes]) -> None:
    mac = Mac(key)
    assert [mac.digest(message) for message in messages] == [hmac.digest(key, m, "sha256") for m in messages]


@given(salt=keys, key_material=st.binary(max_size=130), info=st.binary(max_size=100))
def test_hkdf_is_that_of_cryptography(salt: bytes, key_material: bytes, info: bytes) -> None:
    expected = HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key_material)
    assert expand(extract(Mac(salt), key_material), info) == expected
