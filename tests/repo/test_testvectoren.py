"""The test vectors, worked out again with the standard library alone, as a supplier would from docs/protocol.md."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hkdf(ikm: bytes, salt: bytes, info: bytes) -> bytes:
    prk = hmac.digest(salt, ikm, hashlib.sha256)
    return hmac.digest(prk, info + b"\x01", hashlib.sha256)


@pytest.fixture(scope="module")
def vectoren(wortel: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((wortel / "docs/testvectoren/nl-1.json").read_text(encoding="utf-8"))
    return found


def test_x_is_the_key_under_the_convenant_key(vectoren: dict[str, Any]) -> None:
    k = _bytes(vectoren["sleutels"]["convenantsleutel"])
    for persoon in vectoren["personen"]:
        for sleutel in persoon["sleutels"]:
            message = f"koppelradar/nl-1/{sleutel['code']}\0{sleutel['sleutel']}".encode()
            assert hmac.digest(k, message, hashlib.sha256) == _bytes(sleutel["x"]), persoon["naam"]


def test_tokens_and_kaartsleutel_follow_from_y(vectoren: dict[str, Any]) -> None:
    salt = f"{vectoren['convenant']}/{vectoren['epoche']}".encode()
    codes = [slot["code"] for slot in vectoren["slots"]]
    for persoon in vectoren["personen"]:
        tokens = dict(zip(codes, persoon["koppeltokens"], strict=True))
        y = {sleutel["code"]: _bytes(sleutel["y"]) for sleutel in persoon["sleutels"]}
        for code, value in y.items():
            assert _hkdf(value, salt, f"koppeltoken/{code}".encode()) == _bytes(tokens[code])
        kaartsleutel = _hkdf(y["zeker"], salt, b"kaartsleutel/zeker") if "zeker" in y else None
        assert kaartsleutel == (_bytes(persoon["kaartsleutel"]) if persoon["kaartsleutel"] else None)


def test_an_empty_slot_holds_a_filler_of_the_organisation(vectoren: dict[str, Any]) -> None:
    key = _bytes(vectoren["sleutels"]["organisatiesleutel"])
    checked = 0
    for persoon in vectoren["personen"]:
        borne = {sleutel["code"] for sleutel in persoon["sleutels"]}
        for slot, token in zip(vectoren["slots"], persoon["koppeltokens"], strict=True):
            if slot["code"] not in borne:
                parts = (vectoren["convenant"], str(vectoren["epoche"]), slot["code"], persoon["clientnummer"])
                message = b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)
                expected = hmac.digest(key, b"koppelradar/vulling/v1\0" + message, hashlib.sha256)
                assert expected == _bytes(token)
                checked += 1
    assert checked > 50


def test_persons_that_are_written_differently_have_one_set_of_tokens(vectoren: dict[str, Any]) -> None:
    tokens = {persoon["naam"]: persoon["koppeltokens"] for persoon in vectoren["personen"]}
    assert tokens["alles bekend"][0] == tokens["andere schrijfwijze"][0]
    assert tokens["alles bekend"][0] == tokens["voorvoegsel achter de voornamen"][0]
    assert tokens["apostrof"][0] == tokens["rechte en kromme apostrof"][0]
    assert tokens["getrouwde naam"][0] == tokens["geboren als"][0]
