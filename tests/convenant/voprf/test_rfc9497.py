"""The test vectors of RFC 9497, appendix A.1 (ristretto255, SHA-512)."""

import json
from pathlib import Path
from typing import Any

import pytest

from convenant.voprf import Evaluatie, OprfSleutel, finalize, groep, suite
from convenant.voprf import _libsodium as libsodium
from convenant.voprf.client import _blind_with, _unblind
from convenant.voprf.groep import Punt, Puntcodering, Scalar
from convenant.voprf.server import _evaluate_with

_OPRF, _VOPRF = json.loads((Path(__file__).parent / "vectors.json").read_text("ascii"))["suites"]
_CONTEXT_OPRF = suite.CONTEXT.replace(b"\x01", b"\x00")

_per_voprf_vector = pytest.mark.parametrize(
    "vector", _VOPRF["vectors"], ids=[f"A.1.2.{i}" for i in range(1, 1 + len(_VOPRF["vectors"]))]
)
_per_oprf_vector = pytest.mark.parametrize(
    "vector", _OPRF["vectors"], ids=[f"A.1.1.{i}" for i in range(1, 1 + len(_OPRF["vectors"]))]
)


def _bytes(vector: dict[str, Any], name: str) -> list[bytes]:
    return [bytes.fromhex(value) for value in vector[name]]


def _derive(suite_vector: dict[str, Any]) -> OprfSleutel:
    return OprfSleutel.derive(bytes.fromhex(suite_vector["seed"]), bytes.fromhex(suite_vector["keyInfo"]))


def test_group_dst_is_that_of_the_appendix() -> None:
    assert suite.DST_HASH_TO_GROUP.hex() == _VOPRF["groupDST"]


def test_derives_the_key_pair_of_the_appendix() -> None:
    sleutel = _derive(_VOPRF)
    assert (sleutel.reveal().hex(), sleutel.publiek.to_bytes().hex()) == (_VOPRF["skSm"], _VOPRF["pkSm"])


@_per_voprf_vector
def test_blinds_like_the_appendix(vector: dict[str, Any]) -> None:
    blinderingen = [
        _blind_with(invoer, Scalar(blind))
        for invoer, blind in zip(_bytes(vector, "Input"), _bytes(vector, "Blind"), strict=True)
    ]
    assert [blindering.punt for blindering in blinderingen] == _bytes(vector, "BlindedElement")


@_per_voprf_vector
def test_evaluates_and_proves_like_the_appendix(vector: dict[str, Any]) -> None:
    punten = [Puntcodering(punt) for punt in _bytes(vector, "BlindedElement")]
    evaluatie = _evaluate_with(_derive(_VOPRF), punten, r=Scalar(bytes.fromhex(vector["r"])))
    assert list(evaluatie.punten) == _bytes(vector, "EvaluationElement")
    assert evaluatie.bewijs.hex() == vector["Proof"]


@_per_voprf_vector
def test_accepts_the_proof_of_the_appendix_and_finalizes_like_it(vector: dict[str, Any]) -> None:
    blinderingen = [
        _blind_with(invoer, Scalar(blind))
        for invoer, blind in zip(_bytes(vector, "Input"), _bytes(vector, "Blind"), strict=True)
    ]
    evaluatie = Evaluatie(
        punten=tuple(Puntcodering(punt) for punt in _bytes(vector, "EvaluationElement")),
        bewijs=bytes.fromhex(vector["Proof"]),  # type: ignore[arg-type]  # as it would come in
    )
    assert list(finalize(blinderingen, evaluatie, _derive(_VOPRF).publiek)) == _bytes(vector, "Output")


# Mode 0 differs from mode 1 in its context string and in having no proof.


def test_oprf_group_dst_is_that_of_the_appendix() -> None:
    assert (b"HashToGroup-" + _CONTEXT_OPRF).hex() == _OPRF["groupDST"]


def test_derives_the_oprf_key_of_the_appendix() -> None:
    message = bytes.fromhex(_OPRF["seed"]) + suite.prefixed(bytes.fromhex(_OPRF["keyInfo"])) + b"\x00"
    assert groep.hash_to_scalar(message, b"DeriveKeyPair" + _CONTEXT_OPRF).hex() == _OPRF["skSm"]


@_per_oprf_vector
def test_blinds_in_mode_0_like_the_appendix(vector: dict[str, Any]) -> None:
    uniform = groep._expand(_bytes(vector, "Input")[0], bytes.fromhex(_OPRF["groupDST"]))
    blinded = groep.multiply(Scalar(_bytes(vector, "Blind")[0]), Punt(Puntcodering(libsodium.from_hash(uniform))))
    assert [blinded] == _bytes(vector, "BlindedElement")


@_per_oprf_vector
def test_evaluates_and_finalizes_in_mode_0_like_the_appendix(vector: dict[str, Any]) -> None:
    sleutel = Scalar(bytes.fromhex(_OPRF["skSm"]))
    evaluated = groep.multiply(sleutel, groep.parse_punt(_bytes(vector, "BlindedElement")[0]))
    assert [evaluated] == _bytes(vector, "EvaluationElement")
    blindering = _blind_with(_bytes(vector, "Input")[0], Scalar(_bytes(vector, "Blind")[0]))
    assert list(_unblind([blindering], [evaluated])) == _bytes(vector, "Output")
