"""Tokens against an independent computation, and fillers that are bound to everything they should be."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens import Tokenafleiding, Tokenset
from client_sdk.types import ConvenantSleutel, Kaartsleutel, Koppeltoken, OrganisatieSleutel, Vraagsleutel
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Niveau

K = ConvenantSleutel(bytes(range(32)))
EIGEN = OrganisatieSleutel(bytes(range(32, 64)))
AFLEIDING = Tokenafleiding(ConvenantId("noord-holland-noord"), Epoche(3), K)
CODES = tuple(slot.code for slot in NL_1.slots)
ZEKER = Koppelsleutel("zeker", Niveau.ZEKER, "jan\x1fvanderberg\x1f19800531")


def _hkdf_sha256(key_material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, written from the text: the oracle for the library the SDK uses."""
    pseudorandom_key = hmac.new(salt, key_material, hashlib.sha256).digest()
    block, output = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.new(pseudorandom_key, block + info + bytes([counter]), hashlib.sha256).digest()
        output += block
    return output[:length]


def _token(afleiding: Tokenafleiding, sleutel: Koppelsleutel) -> Koppeltoken:
    return afleiding.koppeltoken(sleutel.code, afleiding.mask(sleutel))


def _tokenset(uitkomsten: Mapping[str, bytes]) -> Tokenset:
    return AFLEIDING.tokenset(uitkomsten, organisatiesleutel=EIGEN, clientnummer="C-1")


def _slots(
    afleiding: Tokenafleiding,
    sleutels: tuple[Koppelsleutel, ...],
    clientnummer: str,
    *,
    eigen: OrganisatieSleutel = EIGEN,
) -> tuple[Koppeltoken, ...]:
    return afleiding.tokenset_hmac(sleutels, organisatiesleutel=eigen, clientnummer=clientnummer).koppeltokens


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
    assert AFLEIDING.mask(ZEKER) == y
    assert _token(AFLEIDING, ZEKER) == expected


@given(y=st.binary(min_size=32, max_size=32) | st.binary(min_size=64, max_size=64), code=st.sampled_from(CODES))
def test_token_and_kaartsleutel_follow_rfc_5869_for_any_outcome(y: bytes, code: str) -> None:
    salt = b"noord-holland-noord/3"
    assert AFLEIDING.koppeltoken(code, y) == _hkdf_sha256(y, salt, b"koppeltoken/" + code.encode(), 32)
    assert AFLEIDING.kaartsleutel(y) == Kaartsleutel(_hkdf_sha256(y, salt, b"kaartsleutel/zeker", 32))
    assert AFLEIDING.vraagsleutel(y) == Vraagsleutel(_hkdf_sha256(y, salt, b"vraagsleutel/zeker", 32))


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65])
def test_refuses_an_outcome_of_another_length(length: int) -> None:
    for derive in (AFLEIDING.kaartsleutel, AFLEIDING.vraagsleutel, lambda y: AFLEIDING.koppeltoken("zeker", y)):
        with pytest.raises(ValueError, match="32 bytes in mode hmac, 64 in mode voprf"):
            derive(bytes(length))


def test_the_kaartsleutel_belongs_to_slot_zeker_alone() -> None:
    uitkomsten = {code: bytes([i]) * 64 for i, code in enumerate(CODES)}
    tokenset = _tokenset(uitkomsten)
    without = _tokenset({code: y for code, y in uitkomsten.items() if code != "zeker"})
    assert tokenset.kaartsleutel == AFLEIDING.kaartsleutel(uitkomsten["zeker"])
    assert tokenset.vraagsleutel == AFLEIDING.vraagsleutel(uitkomsten["zeker"])
    assert (without.kaartsleutel, without.vraagsleutel) == (None, None)
    assert without.koppeltokens[1:] == tokenset.koppeltokens[1:]


def test_tokens_stand_in_slot_order_whatever_the_order_of_the_outcomes() -> None:
    uitkomsten = {code: bytes([i]) * 64 for i, code in enumerate(CODES)}
    expected = tuple(AFLEIDING.koppeltoken(code, uitkomsten[code]) for code in CODES)
    assert _tokenset(dict(reversed(uitkomsten.items()))) == _tokenset(uitkomsten)
    assert _tokenset(uitkomsten).koppeltokens == expected
    assert _tokenset(uitkomsten).epoche == 3


def test_refuses_an_outcome_outside_the_profile() -> None:
    for refuse in (lambda: _tokenset({"slot-13": bytes(64)}), lambda: AFLEIDING.koppeltoken("slot-13", bytes(64))):
        with pytest.raises(ValueError, match="slot of the profile"):
            refuse()


def test_a_tokenset_shows_neither_tokens_nor_key() -> None:
    assert repr(_tokenset({"zeker": bytes(64)})) == "Tokenset(epoche=3)"


@pytest.mark.parametrize(
    ("afleiding", "sleutel"),
    [
        pytest.param(replace(AFLEIDING, convenant=ConvenantId("twente")), ZEKER, id="convenant"),
        pytest.param(replace(AFLEIDING, epoche=Epoche(4)), ZEKER, id="epoche"),
        pytest.param(replace(AFLEIDING, sleutel=ConvenantSleutel(bytes(32))), ZEKER, id="sleutel"),
        pytest.param(AFLEIDING, replace(ZEKER, invoer="jan\x1fvandeberg\x1f19800531"), id="person"),
        pytest.param(AFLEIDING, replace(ZEKER, code="namen"), id="slot"),
    ],
)
def test_a_token_depends_on(afleiding: Tokenafleiding, sleutel: Koppelsleutel) -> None:
    assert _token(afleiding, sleutel) != _token(AFLEIDING, ZEKER)


def test_there_are_always_twelve_different_tokens_of_32_bytes() -> None:
    for sleutels in ((), (ZEKER,)):
        tokens = _slots(AFLEIDING, sleutels, "C-1")
        assert len(tokens) == len(set(tokens)) == len(NL_1.slots) == 12
        assert {len(token) for token in tokens} == {32}


def test_a_real_key_takes_its_own_slot_and_leaves_the_others() -> None:
    with_key = _slots(AFLEIDING, (ZEKER,), "C-1")
    without = _slots(AFLEIDING, (), "C-1")
    assert with_key[0] == _token(AFLEIDING, ZEKER)
    assert with_key[0] != without[0]
    assert with_key[1:] == without[1:]


def test_a_filler_is_bound_to_client_epoch_convenant_organisation_and_slot() -> None:
    other_key = OrganisatieSleutel(bytes(32))
    variants = [
        _slots(AFLEIDING, (), "C-1"),
        _slots(AFLEIDING, (), "C-2"),
        _slots(AFLEIDING, (), "C-1", eigen=other_key),
        _slots(replace(AFLEIDING, epoche=Epoche(4)), (), "C-1"),
        _slots(replace(AFLEIDING, convenant=ConvenantId("twente")), (), "C-1"),
    ]
    assert len({token for tokens in variants for token in tokens}) == 12 * len(variants)


def test_a_filler_does_not_depend_on_the_key_that_others_hold() -> None:
    other = replace(AFLEIDING, sleutel=ConvenantSleutel(bytes(32)))
    fillers = _slots(AFLEIDING, (), "C-1")
    assert _slots(other, (), "C-1") == fillers


def test_a_client_number_cannot_imitate_another_epoch() -> None:
    one = _slots(replace(AFLEIDING, epoche=Epoche(1)), (), "1C")
    eleven = _slots(replace(AFLEIDING, epoche=Epoche(11)), (), "C")
    assert not set(one) & set(eleven)


@pytest.mark.parametrize("sleutels", [(ZEKER, ZEKER), (replace(ZEKER, code="slot-13"),)], ids=["twice", "unknown"])
def test_refuses_keys_without_a_slot_of_their_own(sleutels: tuple[Koppelsleutel, ...]) -> None:
    with pytest.raises(ValueError, match="slot of its own"):
        _slots(AFLEIDING, sleutels, "C-1")


def test_shows_no_secret() -> None:
    assert repr(AFLEIDING).count("***") == 1
    assert "\\x" not in repr(AFLEIDING)


@settings(max_examples=50)
@given(st.text(max_size=20), st.text(max_size=20))
def test_two_clients_share_no_filler(first: str, second: str) -> None:
    tokens = [_slots(AFLEIDING, (), nummer) for nummer in (first, second)]
    assert bool(set(tokens[0]) & set(tokens[1])) is (first == second)
