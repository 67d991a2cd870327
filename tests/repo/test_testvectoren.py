"""The test vectors, worked out again with `cryptography` at most, as a supplier would from docs/protocol.md."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite


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


def test_vraagsleutel_and_vraagtokens_follow_from_y(vectoren: dict[str, Any]) -> None:
    salt = f"{vectoren['convenant']}/{vectoren['epoche']}".encode()
    seen: dict[str, str] = {}
    for persoon in vectoren["personen"]:
        y = {sleutel["code"]: _bytes(sleutel["y"]) for sleutel in persoon["sleutels"]}
        if "zeker" not in y:
            assert (persoon["vraagsleutel"], persoon["vraagtokens"]) == (None, [])
            continue
        sleutel = _hkdf(y["zeker"], salt, b"vraagsleutel/zeker")
        assert sleutel == _bytes(persoon["vraagsleutel"])
        assert len(persoon["vraagtokens"]) == 2
        for vraagtoken in persoon["vraagtokens"]:
            assert _hkdf(sleutel, vraagtoken["vraag"].encode(), b"bekendheid/nl-1") == _bytes(vraagtoken["token"])
            # One person, one question: one token, however the name was written; and no other person or question has it.
            assert seen.setdefault(vraagtoken["token"], persoon["vraagsleutel"] + vraagtoken["vraag"]) == (
                persoon["vraagsleutel"] + vraagtoken["vraag"]
            )
    assert len(seen) > 20


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


def _jcs(document: dict[str, Any]) -> bytes:
    # RFC 8785, for the ASCII names and whole numbers that occur here.
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _open_kaart(kaart: dict[str, Any]) -> bytes:
    """Return the JWS of a card, opened through its omslag."""
    names = {name: kaart[name] for name in ("convenant", "oin", "signaal")}
    omslag, versleuteld = _bytes(kaart["omslag"]), _bytes(kaart["versleuteld"])
    aad = _jcs({**names, "epoche": kaart["epoche"]})
    geheim = AESGCM(_bytes(kaart["kaartsleutel"])).decrypt(omslag[:12], omslag[12:], aad)
    sleutelhash = base64.urlsafe_b64encode(hashlib.sha256(geheim).digest()).rstrip(b"=").decode()
    aad = _jcs({**names, "sleutelhash": sleutelhash})
    plain = AESGCM(geheim).decrypt(versleuteld[:12], versleuteld[12:], aad)
    length = int.from_bytes(plain[:2], "big")
    assert len(plain) == 1024
    assert not any(plain[2 + length :])
    return plain[2 : 2 + length]


def _verify(vectoren: dict[str, Any], jws: str) -> dict[str, Any]:
    head, payload, signature = jws.split(".")
    key = Ed25519PublicKey.from_public_bytes(_bytes(vectoren["sleutels"]["ondertekensleutel"]["x"]))
    key.verify(_bytes(signature), f"{head}.{payload}".encode())
    found: dict[str, Any] = json.loads(_bytes(payload))
    return found


def _unseal(vectoren: dict[str, Any], kem: str, zegel: str, info: bytes) -> bytes:
    sleutel = next(s for s in vectoren["sleutels"]["zegelsleutels"] if s["kem"] == kem)
    geheim = _bytes(sleutel["geheim"])
    x25519 = X25519PrivateKey.from_private_bytes(geheim[-32:])
    if kem == "X25519":
        return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM).decrypt(_bytes(zegel), x25519, info)
    key = MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(geheim[:64]), x25519)
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM).decrypt(_bytes(zegel), key, info)


def _info(label: bytes, kaart: dict[str, Any], *names: str) -> bytes:
    return label + b"\0" + _jcs({name: kaart[name] for name in names})


def _open_all(vectoren: dict[str, Any], kaart: dict[str, Any]) -> None:
    """Open everything; a change anywhere must be found."""
    _verify(vectoren, kaart["jws"])
    info = _info(b"koppelradar/kaart/v1", kaart, "convenant", "oin", "ontvanger", "signaal")
    for zegel in kaart["zegels"]:
        _unseal(vectoren, zegel["kem"], zegel["zegel"], info)
    _open_kaart(kaart)


def test_the_card_opens_and_says_who_to_call(vectoren: dict[str, Any]) -> None:
    kaart = vectoren["kaart"]
    assert _open_kaart(kaart) == kaart["jws"].encode()
    inhoud = _verify(vectoren, kaart["jws"])
    names = {name: kaart[name] for name in ("convenant", "oin", "signaal", "naam")}
    assert inhoud == {"versie": 1, **names, **kaart["gegevens"]}


def test_every_seal_opens(vectoren: dict[str, Any]) -> None:
    kaart = vectoren["kaart"]
    for zegel in kaart["zegels"]:
        info = _info(b"koppelradar/kaart/v1", kaart, "convenant", "oin", "ontvanger", "signaal")
        assert _unseal(vectoren, zegel["kem"], zegel["zegel"], info) == _bytes(kaart["kaartgeheim"])
        info = _info(b"koppelradar/kaartvrijgave/v1", kaart, "convenant", "oin", "ontvanger")
        assert _unseal(vectoren, zegel["kem"], zegel["vrijgave"], info) == kaart["jws"].encode()


def test_what_must_not_open_does_not(vectoren: dict[str, Any]) -> None:
    checked = 0
    for geval in vectoren["kaart"]["opentNiet"]:
        changed = {**vectoren["kaart"], **geval["anders"]}
        with pytest.raises((InvalidTag, InvalidSignature)):
            _open_all(vectoren, changed)
        checked += 1
    assert checked == 10
