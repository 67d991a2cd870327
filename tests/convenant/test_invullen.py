"""Filling keys in into a document."""

from typing import Any

import pytest
from joserfc.jwk import OKPKey

from convenant.errors import OnbekendePartij, OngeldigConvenant
from convenant.invullen import (
    with_matcher_key,
    with_public_keys,
    with_sleutelhouder,
    with_zegelsleutels,
    without_sleutelhouder,
)
from convenant.laden import convenant_from_document, document_from_yaml, dump_yaml
from convenant.profielen import NL_1
from convenant.types import Modus, Oin
from convenant.voorbeelden import example_text
from convenant.voprf import OprfSleutel
from convenant.zegel import Kem, Zegelsleutel

VT = Oin("00000099000000001000")
STRANGER = Oin("00000099000000008000")


def _jwk(kid: str) -> dict[str, str]:
    x = OKPKey.generate_key("Ed25519").as_dict(private=False)["x"]
    return {"kid": kid, "kty": "OKP", "crv": "Ed25519", "x": str(x)}


@pytest.fixture
def voorbeeld() -> dict[str, Any]:
    return document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")


def test_fills_in_fresh_keys_and_leaves_the_document_as_it_was(voorbeeld: dict[str, Any]) -> None:
    before = dump_yaml(voorbeeld)
    oins = [Oin(partij["oin"]) for partij in voorbeeld["partijen"]]
    keys = {oin: _jwk(f"vers-{i}") for i, oin in enumerate(oins[:3])}
    filled = convenant_from_document(with_public_keys(voorbeeld, keys), bron="test")
    assert [filled.partij(oin).sleutels[0].as_jwk() for oin in oins[:3]] == list(keys.values())
    assert filled.partij(oins[3]).sleutels[0].x == voorbeeld["partijen"][3]["sleutels"][0]["x"]
    assert dump_yaml(voorbeeld) == before


def test_fills_in_sealing_keys(voorbeeld: dict[str, Any]) -> None:
    sleutel = Zegelsleutel.generate(Kem.X25519).publiek
    filled = convenant_from_document(with_zegelsleutels(voorbeeld, {VT: sleutel}), bron="test")
    assert filled.partij(VT).zegelsleutel == sleutel


def test_fills_in_the_key_of_the_matcher(voorbeeld: dict[str, Any]) -> None:
    jwk = _jwk("matcher-vers")
    filled = convenant_from_document(with_matcher_key(voorbeeld, jwk), bron="test")
    assert [sleutel.as_jwk() for sleutel in filled.matcher.sleutels] == [jwk]


def test_fills_in_the_address_and_keys_of_a_sleutelhouder(voorbeeld: dict[str, Any]) -> None:
    punten = {slot.code: OprfSleutel.generate().publiek.to_bytes() for slot in NL_1.slots}
    document = with_sleutelhouder(voorbeeld, 0, url="http://127.0.0.1:8200", sleutels={1: punten})
    houder = convenant_from_document(document, bron="test").sleutelhouders[0]
    assert houder.url == "http://127.0.0.1:8200"
    assert dict(houder.publieke_punten(1)) == punten


def test_a_trial_without_sleutelhouder_runs_in_mode_hmac(voorbeeld: dict[str, Any]) -> None:
    convenant = convenant_from_document(without_sleutelhouder(voorbeeld), bron="test")
    assert convenant.modus is Modus.HMAC
    assert convenant.sleutelhouders == ()


@pytest.mark.parametrize("fill", [lambda d, jwk: with_public_keys(d, {VT: jwk}), with_matcher_key])
def test_never_fills_in_a_private_key(document: dict[str, Any], fill: Any) -> None:
    private = {"kid": "x", "d": str(OKPKey.generate_key("Ed25519").as_dict(private=True)["d"])}
    with pytest.raises(OngeldigConvenant) as caught:
        fill(document, private)
    assert private["d"] not in str(caught.value)


def test_refuses_a_key_for_an_organisation_that_takes_no_part(document: dict[str, Any]) -> None:
    with pytest.raises(OnbekendePartij):
        with_public_keys(document, {STRANGER: {"kid": "x"}})
    with pytest.raises(OnbekendePartij):
        with_zegelsleutels(document, {STRANGER: Zegelsleutel.generate(Kem.X25519).publiek})
