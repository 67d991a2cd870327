"""Tokens against an independent computation, and fillers that are bound to everything they should be."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Niveau

K = ConvenantSleutel(bytes(range(32)))
EIGEN = OrganisatieSleutel(bytes(range(32, 64)))
AFLEIDING = Tokenafleiding(ConvenantId("noord-holland-noord"), Epoche(3), K)
ZEKER = Koppelsleutel("zeker", Niveau.ZEKER, "jan\x1fvanderberg\x1f19800531")


def _hkdf_sha256(key_material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, written from the text: the oracle for the library the SDK uses."""
    pseudorandom_key = hmac.new(salt, key_material, hashlib.sha256).digest()
    block, output = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.new(pseudorandom_key, block + info + bytes([counter]), hashlib.sha256).digest()
        output += block
    return output[:length]


@pytest.mark.parametrize(
    ("key_material", "salt", "info", "length", "expected"),
    [
        pytest.param(
            "0b" * 22,
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
            id="A.1",
        ),
        pytest.param(
            "0b" * 22,
            "",
            "",
            42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
            id="A.3",
        ),
    ],
)
def test_the_oracle_follows_rfc_5869(key_material: str, salt: str, info: str, length: int, expected: str) -> None:
    output = _hkdf_sha256(bytes.fromhex(key_material), bytes.fromhex(salt), bytes.fromhex(info), length)
    assert output.hex() == expected


def test_a_token_is_what_the_protocol_says() -> None:
    message = b"koppelradar/nl-1/zeker\x00jan\x1fvanderberg\x1f19800531"
    y = hmac.new(bytes(range(32)), message, hashlib.sha256).digest()
    expected = _hkdf_sha256(y, b"noord-holland-noord/3", b"koppeltoken/zeker", 32)
    assert AFLEIDING.koppeltoken(ZEKER) == expected


@pytest.mark.parametrize(
    ("afleiding", "sleutel"),
    [
        pytest.param(replace(AFLEIDING, convenant=ConvenantId("twente")), ZEKER, id="convenant"),
        pytest.param(replace(AFLEIDING, epoche=Epoche(4)), ZEKER, id="epoche"),
        pytest.param(replace(AFLEIDING, sleutel=ConvenantSleutel(bytes(32))), ZEKER, id="sleutel"),
        pytest.param(AFLEIDING, replace(ZEKER, invoer="jan\x1fvandeberg\x1f19800531"), id="person"),
        pytest.param(AFLEIDING, replace(ZEKER, code="slot-02"), id="slot"),
    ],
)
def test_a_token_depends_on(afleiding: Tokenafleiding, sleutel: Koppelsleutel) -> None:
    assert afleiding.koppeltoken(sleutel) != AFLEIDING.koppeltoken(ZEKER)


def test_there_are_always_twelve_different_tokens_of_32_bytes() -> None:
    for sleutels in ((), (ZEKER,)):
        tokens = AFLEIDING.slots(sleutels, organisatiesleutel=EIGEN, clientnummer="C-1")
        assert len(tokens) == len(set(tokens)) == len(NL_1.slots) == 12
        assert {len(token) for token in tokens} == {32}


def test_a_real_key_takes_its_own_slot_and_leaves_the_others() -> None:
    with_key = AFLEIDING.slots((ZEKER,), organisatiesleutel=EIGEN, clientnummer="C-1")
    without = AFLEIDING.slots((), organisatiesleutel=EIGEN, clientnummer="C-1")
    assert with_key[0] == AFLEIDING.koppeltoken(ZEKER)
    assert with_key[0] != without[0]
    assert with_key[1:] == without[1:]


def test_a_filler_is_bound_to_client_epoch_convenant_organisation_and_slot() -> None:
    other_key = OrganisatieSleutel(bytes(32))
    variants = [
        AFLEIDING.slots((), organisatiesleutel=EIGEN, clientnummer="C-1"),
        AFLEIDING.slots((), organisatiesleutel=EIGEN, clientnummer="C-2"),
        AFLEIDING.slots((), organisatiesleutel=other_key, clientnummer="C-1"),
        replace(AFLEIDING, epoche=Epoche(4)).slots((), organisatiesleutel=EIGEN, clientnummer="C-1"),
        replace(AFLEIDING, convenant=ConvenantId("twente")).slots((), organisatiesleutel=EIGEN, clientnummer="C-1"),
    ]
    assert len({token for tokens in variants for token in tokens}) == 12 * len(variants)


def test_a_filler_does_not_depend_on_the_key_that_others_hold() -> None:
    other = replace(AFLEIDING, sleutel=ConvenantSleutel(bytes(32)))
    fillers = AFLEIDING.slots((), organisatiesleutel=EIGEN, clientnummer="C-1")
    assert other.slots((), organisatiesleutel=EIGEN, clientnummer="C-1") == fillers


def test_a_client_number_cannot_imitate_another_epoch() -> None:
    one = replace(AFLEIDING, epoche=Epoche(1)).slots((), organisatiesleutel=EIGEN, clientnummer="1C")
    eleven = replace(AFLEIDING, epoche=Epoche(11)).slots((), organisatiesleutel=EIGEN, clientnummer="C")
    assert not set(one) & set(eleven)


@pytest.mark.parametrize("sleutels", [(ZEKER, ZEKER), (replace(ZEKER, code="slot-13"),)], ids=["twice", "unknown"])
def test_refuses_keys_without_a_slot_of_their_own(sleutels: tuple[Koppelsleutel, ...]) -> None:
    with pytest.raises(ValueError, match="slot of its own"):
        AFLEIDING.slots(sleutels, organisatiesleutel=EIGEN, clientnummer="C-1")


def test_shows_no_secret() -> None:
    assert repr(AFLEIDING).count("***") == 1
    assert "\\x" not in repr(AFLEIDING)


@settings(max_examples=50)
@given(st.text(max_size=20), st.text(max_size=20))
def test_two_clients_share_no_filler(first: str, second: str) -> None:
    tokens = [AFLEIDING.slots((), organisatiesleutel=EIGEN, clientnummer=nummer) for nummer in (first, second)]
    assert bool(set(tokens[0]) & set(tokens[1])) is (first == second)
