import base64
import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.logboek.blad import Blad, Stroom, blad_hash, make_blad, milliseconds, opens

TIJD = datetime(2026, 5, 12, 10, 0, 0, 123999, UTC)
ZOUT = bytes(range(32))
EMPTY_LEAF = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"  # of RFC 9162's reference vectors


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Blad:
    monkeypatch.setattr(secrets, "token_bytes", lambda _: ZOUT)
    return make_blad(Stroom.TOEGANG, {"b": [1, None, "ë"], "a": True}, tijd=TIJD)


def test_encoding_version_1_never_changes(frozen: Blad) -> None:
    assert frozen.zout == ZOUT
    assert frozen.inhoud == '{"a":true,"b":[1,null,"ë"]}'
    assert frozen.blad == (
        b'{"stroom":"toegang","tijd":1778580000123,"v":1,"verbintenis":"blTTLA6SW8ZI4PtxVOJLrqswbO5J9Sf7ZAnqP1PRhNA"}'
    )
    assert blad_hash(frozen.blad).hex() == "ad5b56057476918a0ac8e50dcee20348e7cc99d7752703290be069e0a4b4e8aa"


def test_commitment_is_sha256_of_salt_and_entry(frozen: Blad) -> None:
    digest = hashlib.sha256(ZOUT + '{"a":true,"b":[1,null,"ë"]}'.encode()).digest()
    commitment = json.loads(frozen.blad)["verbintenis"]
    assert base64.urlsafe_b64decode(commitment + "=") == digest


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        pytest.param(b"", EMPTY_LEAF, id="empty"),
        pytest.param(b"\x00", "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", id="one zero"),
        pytest.param(b"\x10", "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7", id="0x10"),
    ],
)
def test_leaf_hash_is_that_of_rfc_9162(leaf: bytes, expected: str) -> None:
    assert blad_hash(leaf).hex() == expected


def test_a_leaf_opens_with_its_own_entry_and_salt_only(frozen: Blad) -> None:
    other_salt = replace(frozen, zout=bytes(32))
    changed = replace(frozen, inhoud=frozen.inhoud.replace("true", "false"))
    erased = replace(frozen, zout=b"", inhoud="")
    assert opens(frozen)
    assert not any(map(opens, (other_salt, changed, erased)))


def test_erasing_an_entry_leaves_the_hash_of_its_leaf(frozen: Blad) -> None:
    assert blad_hash(replace(frozen, zout=b"", inhoud="").blad) == blad_hash(frozen.blad)


def test_the_same_entry_gives_another_leaf_every_time() -> None:
    een, ander = (make_blad(Stroom.VERWERKING, {"a": 1}, tijd=TIJD) for _ in range(2))
    assert een.blad != ander.blad
    assert een.zout != ander.zout
    assert len(een.zout) == 32


@settings(max_examples=50)
@given(inhoud=st.dictionaries(st.text(max_size=10), st.none() | st.booleans() | st.text(max_size=20), max_size=4))
def test_every_leaf_opens(inhoud: dict[str, bool | str | None]) -> None:
    assert opens(make_blad(Stroom.TOEGANG, dict(inhoud), tijd=TIJD))


@settings(max_examples=100)
@given(millis=st.integers(0, 4_000_000_000_000))
def test_milliseconds_are_exact(millis: int) -> None:
    moment = datetime.fromtimestamp(millis // 1000, UTC).replace(microsecond=millis % 1000 * 1000)
    assert milliseconds(moment) == millis


def test_repr_hides_entry_and_salt(frozen: Blad) -> None:
    assert "true" not in repr(frozen)
    assert "zout" not in repr(frozen)
