"""The token of a person in one bekendheidsvraag."""

import hashlib
import hmac
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from client_sdk.koppeltokens import vraagtoken
from client_sdk.types import Vraagsleutel

_SLEUTELS = st.binary(min_size=32, max_size=32)


@given(_SLEUTELS, st.uuids())
def test_it_follows_rfc_5869_with_the_question_as_salt(sleutel: bytes, vraag: UUID) -> None:
    prk = hmac.digest(str(vraag).encode(), sleutel, hashlib.sha256)
    expected = hmac.digest(prk, b"bekendheid/nl-1\x01", hashlib.sha256)
    assert vraagtoken(Vraagsleutel(sleutel), vraag) == expected


@given(st.sets(_SLEUTELS, min_size=2, max_size=2), st.sets(st.uuids(), min_size=2, max_size=2))
def test_another_question_or_another_person_has_another_token(sleutels: set[bytes], vragen: set[UUID]) -> None:
    assert len({vraagtoken(Vraagsleutel(sleutel), vraag) for sleutel in sleutels for vraag in vragen}) == 4


def test_a_key_shows_only_its_kind() -> None:
    assert repr(Vraagsleutel(bytes(32))) == "Vraagsleutel(***)"
