"""References of one length that open only where they belong."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.errors import OngeldigCasusnummer, OngeldigClientnummer, OngeldigeReferentie
from client_sdk.referentie import (
    REFERENTIE_BYTES,
    check_casusnummer,
    open_casusnummer,
    open_referentie,
    seal_casusnummer,
    seal_referentie,
)
from client_sdk.types import OrganisatieSleutel
from convenant.types import ConvenantId

EIGEN = OrganisatieSleutel(bytes(range(32)))
CONVENANT = ConvenantId("twente")
SIGNAAL = UUID("0190163d-8694-739b-aea5-966c26f8ad91")


def _seal(clientnummer: str) -> bytes:
    return seal_referentie(EIGEN, convenant=CONVENANT, signaal_id=SIGNAAL, clientnummer=clientnummer)


def _open(
    referentie: bytes,
    sleutel: OrganisatieSleutel = EIGEN,
    convenant: ConvenantId = CONVENANT,
    signaal_id: UUID = SIGNAAL,
) -> str:
    return open_referentie(sleutel, convenant=convenant, signaal_id=signaal_id, referentie=referentie)


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_opens_to_what_was_sealed_and_has_one_length(clientnummer: str) -> None:
    referentie = _seal(clientnummer)
    assert len(referentie) == REFERENTIE_BYTES == 156
    assert _open(referentie) == clientnummer


@pytest.mark.parametrize("clientnummer", ["a", "a" * 120, "é" * 60, "a\x00", "\x00"])
def test_the_padding_keeps_the_edges(clientnummer: str) -> None:
    assert _open(_seal(clientnummer)) == clientnummer


def test_the_same_client_never_looks_the_same() -> None:
    assert _seal("C-1") != _seal("C-1")


@pytest.mark.parametrize(
    "clientnummer", ["", "a" * 121, "é" * 61, "C-\ud800"], ids=["empty", "long", "utf-8", "surrogate"]
)
def test_refuses_a_client_number_that_does_not_fit(clientnummer: str) -> None:
    with pytest.raises(OngeldigClientnummer, match="cliëntnummer") as caught:
        _seal(clientnummer)
    assert not clientnummer or clientnummer not in str(caught.value)


@pytest.mark.parametrize(
    ("sleutel", "convenant", "signaal_id"),
    [
        pytest.param(OrganisatieSleutel(bytes(32)), CONVENANT, SIGNAAL, id="other-key"),
        pytest.param(EIGEN, ConvenantId("twent"), SIGNAAL, id="other-convenant"),
        pytest.param(EIGEN, CONVENANT, UUID(int=1), id="other-signal"),
    ],
)
def test_does_not_open_elsewhere(sleutel: OrganisatieSleutel, convenant: ConvenantId, signaal_id: UUID) -> None:
    with pytest.raises(OngeldigeReferentie, match="past niet"):
        _open(_seal("C-1"), sleutel, convenant, signaal_id)


@pytest.mark.parametrize("position", [0, 11, 12, 139, 140, 155])
def test_does_not_open_after_a_change(position: int) -> None:
    changed = bytearray(_seal("C-1"))
    changed[position] ^= 1
    with pytest.raises(OngeldigeReferentie):
        _open(bytes(changed))


def _seal_plaintext(plaintext: bytes) -> bytes:
    """Seal as the format says, written apart from the code under test."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"koppelradar/referentie/v1").derive(EIGEN.reveal())
    nonce = bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, b"twente" + SIGNAAL.bytes)


def test_opens_what_another_implementation_of_the_format_sealed() -> None:
    assert _open(_seal_plaintext(b"\x03C-1" + bytes(124))) == "C-1"


@pytest.mark.parametrize(
    "plaintext",
    [
        pytest.param(bytes(128), id="empty"),
        pytest.param(bytes([121]) + b"a" * 121 + bytes(6), id="too-long"),
        pytest.param(b"\x03C-1x" + bytes(123), id="something-behind-it"),
        pytest.param(b"\x01\xff" + bytes(126), id="not-utf-8"),
    ],
)
def test_refuses_another_form_inside_a_valid_seal(plaintext: bytes) -> None:
    with pytest.raises(OngeldigeReferentie, match="onbekende vorm"):
        _open(_seal_plaintext(plaintext))


@pytest.mark.parametrize("length", [0, 155, 157])
def test_does_not_open_at_another_length(length: int) -> None:
    with pytest.raises(OngeldigeReferentie, match="156 bytes"):
        _open(_seal("C-1").ljust(200, b"\x00")[:length])


class TestCasusnummer:
    def test_opens_where_it_belongs_and_nowhere_else(self) -> None:
        sealed = seal_casusnummer(EIGEN, convenant=CONVENANT, casus=SIGNAAL, casusnummer="C-1")

        assert len(sealed) == REFERENTIE_BYTES
        assert open_casusnummer(EIGEN, convenant=CONVENANT, casus=SIGNAAL, referentie=sealed) == "C-1"
        with pytest.raises(OngeldigeReferentie):
            open_casusnummer(EIGEN, convenant=CONVENANT, casus=UUID(int=1), referentie=sealed)

    def test_is_never_taken_for_a_client_number(self) -> None:
        sealed = seal_casusnummer(EIGEN, convenant=CONVENANT, casus=SIGNAAL, casusnummer="7")

        with pytest.raises(OngeldigeReferentie):
            _open(sealed)

    @pytest.mark.parametrize("nummer", ["", "x" * 121, "\ud800"])
    def test_one_that_does_not_fit_is_refused(self, nummer: str) -> None:
        with pytest.raises(OngeldigCasusnummer, match="casusnummer"):
            check_casusnummer(nummer)
