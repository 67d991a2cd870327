"""Seals: who opens them, and what is noticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.errors import OngeldigeZegelsleutel, OngeldigZegel, ZegelFout
from convenant.zegel import Kem, PubliekeZegelsleutel, Zegelsleutel, zegel_bytes

SLEUTELS = {kem: Zegelsleutel.generate(kem) for kem in Kem}
INFO = b"koppelradar/test\x00a"


@pytest.mark.parametrize("kem", list(Kem))
@given(inhoud=st.binary(max_size=300))
@settings(max_examples=20, deadline=None)
def test_the_receiver_opens_what_was_sealed_and_its_length_says_only_how_long_it_is(kem: Kem, inhoud: bytes) -> None:
    sleutel = SLEUTELS[kem]
    zegel = sleutel.publiek.seal(inhoud, info=INFO)
    assert len(zegel) == zegel_bytes(kem, len(inhoud))
    assert sleutel.open(zegel, info=INFO) == inhoud


@pytest.mark.parametrize("kem", list(Kem))
def test_two_seals_of_one_thing_differ(kem: Kem) -> None:
    assert SLEUTELS[kem].publiek.seal(b"x", info=INFO) != SLEUTELS[kem].publiek.seal(b"x", info=INFO)


@pytest.mark.parametrize("kem", list(Kem))
def test_nobody_else_opens_it_and_not_for_another_purpose(kem: Kem) -> None:
    zegel = SLEUTELS[kem].publiek.seal(b"geheim", info=INFO)
    with pytest.raises(OngeldigZegel):
        Zegelsleutel.generate(kem).open(zegel, info=INFO)
    with pytest.raises(OngeldigZegel):
        SLEUTELS[kem].open(zegel, info=b"koppelradar/test\x00b")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_bit_or_a_missing_end_is_noticed(data: st.DataObject) -> None:
    kem = data.draw(st.sampled_from(list(Kem)))
    zegel = bytearray(SLEUTELS[kem].publiek.seal(b"geheim", info=INFO))
    if data.draw(st.booleans()):
        zegel[data.draw(st.integers(0, len(zegel) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del zegel[data.draw(st.integers(0, len(zegel) - 1)) :]
    with pytest.raises(OngeldigZegel):
        SLEUTELS[kem].open(bytes(zegel), info=INFO)


@pytest.mark.parametrize("kem", list(Kem))
def test_a_stored_key_is_the_same_key(kem: Kem) -> None:
    again = Zegelsleutel.from_bytes(kem, SLEUTELS[kem].reveal())
    assert again.publiek == SLEUTELS[kem].publiek
    assert again.open(SLEUTELS[kem].publiek.seal(b"x", info=INFO), info=INFO) == b"x"


def test_the_hybrid_key_is_ml_kem_before_x25519_as_x_wing_has_it() -> None:
    hybrid = SLEUTELS[Kem.MLKEM768_X25519]
    klassiek = Zegelsleutel.from_bytes(Kem.X25519, hybrid.reveal()[-32:])
    assert len(hybrid.publiek.publiek) == 1184 + 32
    assert hybrid.publiek.publiek.endswith(klassiek.publiek.publiek)


def test_a_key_has_a_name_that_depends_on_all_of_it() -> None:
    hybrid, klassiek = (SLEUTELS[kem].publiek for kem in Kem)
    assert hybrid.kid == PubliekeZegelsleutel(hybrid.kem, hybrid.publiek).kid != klassiek.kid
    assert len(hybrid.kid) == 43


@pytest.mark.parametrize("kem", list(Kem))
@pytest.mark.parametrize("length", [0, 31, 33, 95, 97, 1215, 1217])
def test_bytes_of_another_length_are_no_key(kem: Kem, length: int) -> None:
    with pytest.raises(OngeldigeZegelsleutel):
        PubliekeZegelsleutel(kem, bytes(length))
    with pytest.raises(OngeldigeZegelsleutel):
        Zegelsleutel.from_bytes(kem, bytes(length))


def test_an_ml_kem_key_out_of_range_is_no_key() -> None:
    publiek = bytearray(SLEUTELS[Kem.MLKEM768_X25519].publiek.publiek)
    publiek[:3] = b"\xff\xff\xff"
    with pytest.raises(OngeldigeZegelsleutel):
        PubliekeZegelsleutel(Kem.MLKEM768_X25519, bytes(publiek))


def test_a_secret_shows_nothing_of_itself() -> None:
    sleutel = SLEUTELS[Kem.X25519]
    assert repr(sleutel) == "Zegelsleutel(***)"
    assert sleutel.publiek.publiek.hex() not in repr(sleutel.publiek)


def test_all_errors_have_one_base() -> None:
    assert issubclass(OngeldigZegel, ZegelFout)
    assert issubclass(OngeldigeZegelsleutel, ZegelFout)
