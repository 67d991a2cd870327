"""Handing K to one party: who can open it, and what a forger cannot do."""

import json
import secrets
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from convenant.base64url import encode_base64url
from convenant.errors import OnbekendeEpoche, OnbekendePartij, OngeldigeUitgifte
from convenant.invullen import with_sleutelbewaarder_key, with_zegelsleutels
from convenant.laden import convenant_from_document, document_from_yaml
from convenant.model import Convenant
from convenant.sleutelbewaarder import Uitgifte, give_out, open_uitgifte, vingerafdruk
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voorbeelden import example_text
from convenant.zegel import Zegel, Zegelsleutel

SCHOOL = Oin("00000099000000061000")
GGZ = Oin("00000099000000041000")
EEN = Epoche(1)
K = secrets.token_bytes(32)
TYPE = "convenantsleutel+jws"
SLEUTELS = {oin: Zegelsleutel.generate() for oin in (SCHOOL, GGZ)}
BEWAARDER = OKPKey.generate_key("Ed25519")
ANDER = OKPKey.generate_key("Ed25519")


def _public(key: OKPKey) -> dict[str, str]:
    return {"kid": "bewaarder", "kty": "OKP", "crv": "Ed25519", "x": str(key.as_dict(private=False)["x"])}


@pytest.fixture(scope="module")
def convenant() -> Convenant:
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    document = with_zegelsleutels(document, {oin: sleutel.publiek for oin, sleutel in SLEUTELS.items()})
    return convenant_from_document(with_sleutelbewaarder_key(document, _public(BEWAARDER)), bron="test")


@pytest.fixture(scope="module")
def uitgifte(convenant: Convenant) -> Uitgifte:
    return give_out(K, convenant, EEN, SCHOOL, ondertekenaar=BEWAARDER)


def test_the_party_gets_the_key_that_was_made(convenant: Convenant, uitgifte: Uitgifte) -> None:
    again = Uitgifte.from_json(uitgifte.to_json())
    assert open_uitgifte(again, SLEUTELS[SCHOOL], convenant, ontvanger=SCHOOL) == K


def test_another_party_cannot_open_it(convenant: Convenant, uitgifte: Uitgifte) -> None:
    with pytest.raises(OngeldigeUitgifte, match="andere organisatie"):
        open_uitgifte(uitgifte, SLEUTELS[GGZ], convenant, ontvanger=GGZ)
    with pytest.raises(OngeldigeUitgifte, match="niet open"):
        open_uitgifte(replace(uitgifte, ontvanger=GGZ), SLEUTELS[GGZ], convenant, ontvanger=GGZ)


def test_it_opens_for_its_own_epoch_and_convenant_only(convenant: Convenant, uitgifte: Uitgifte) -> None:
    tweede = replace(convenant.epochen[0], nummer=Epoche(2))
    two = replace(convenant, epochen=(*convenant.epochen, tweede))
    with pytest.raises(OngeldigeUitgifte, match="niet open"):
        open_uitgifte(replace(uitgifte, epoche=Epoche(2)), SLEUTELS[SCHOOL], two, ontvanger=SCHOOL)
    with pytest.raises(OngeldigeUitgifte, match="ander convenant"):
        open_uitgifte(uitgifte, SLEUTELS[SCHOOL], replace(convenant, id=ConvenantId("ander-2026")), ontvanger=SCHOOL)
    with pytest.raises(OnbekendeEpoche):
        open_uitgifte(replace(uitgifte, epoche=Epoche(9)), SLEUTELS[SCHOOL], convenant, ontvanger=SCHOOL)


def _sealed(convenant: Convenant, inhoud: dict[str, Any], *, key: OKPKey, typ: str = TYPE) -> Uitgifte:
    signed = jws.serialize_compact({"alg": "Ed25519", "typ": typ}, json.dumps(inhoud), key, algorithms=["Ed25519"])
    info = b"koppelradar/convenantsleutel/v1\x00" + f"{convenant.id}/1/{SCHOOL}".encode()
    zegel = SLEUTELS[SCHOOL].publiek.seal(signed.encode(), info=info)
    return Uitgifte(convenant=convenant.id, epoche=EEN, ontvanger=SCHOOL, zegel=Zegel(zegel))


def _inhoud(naar: Convenant, **other: Any) -> dict[str, Any]:
    return {"convenant": naar.id, "epoche": 1, "ontvanger": SCHOOL, "k": encode_base64url(K), **other}


def test_the_way_these_forgeries_are_made_gives_a_good_one_when_nothing_is_wrong(convenant: Convenant) -> None:
    honest = _sealed(convenant, _inhoud(convenant), key=BEWAARDER)
    assert open_uitgifte(honest, SLEUTELS[SCHOOL], convenant, ontvanger=SCHOOL) == K


@pytest.mark.parametrize(
    ("other", "key", "typ"),
    [
        ({}, ANDER, TYPE),
        ({}, BEWAARDER, "JWT"),
        ({"ontvanger": GGZ}, BEWAARDER, TYPE),
        ({"epoche": 2}, BEWAARDER, TYPE),
        ({"convenant": "ander-2026"}, BEWAARDER, TYPE),
        ({"k": "AAAA"}, BEWAARDER, TYPE),
        ({"k": 1}, BEWAARDER, TYPE),
        ({"extra": 1}, BEWAARDER, TYPE),
    ],
    ids=["signed-by-another", "other-type", "other-party", "other-epoch", "other-convenant", "short", "number", "more"],
)
def test_what_the_sleutelbewaarder_did_not_sign_for_this_is_refused(
    convenant: Convenant, other: dict[str, Any], key: OKPKey, typ: str
) -> None:
    forged = _sealed(convenant, _inhoud(convenant, **other), key=key, typ=typ)
    with pytest.raises(OngeldigeUitgifte, match="niet van de sleutelbewaarder"):
        open_uitgifte(forged, SLEUTELS[SCHOOL], convenant, ontvanger=SCHOOL)


def test_only_the_registered_sleutelbewaarder_gives_out(convenant: Convenant) -> None:
    with pytest.raises(OngeldigeUitgifte, match="ondertekensleutel"):
        give_out(K, convenant, EEN, SCHOOL, ondertekenaar=ANDER)


def test_gives_out_to_parties_with_a_sealing_key_only(convenant: Convenant) -> None:
    with pytest.raises(OnbekendePartij):
        give_out(K, convenant, EEN, Oin("00000099000000008000"), ondertekenaar=BEWAARDER)
    bare = replace(convenant, partijen=tuple(replace(partij, zegelsleutel=None) for partij in convenant.partijen))
    with pytest.raises(OngeldigeUitgifte, match="zegelsleutel"):
        give_out(K, bare, EEN, SCHOOL, ondertekenaar=BEWAARDER)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"versie": 2}', '{"versie": 1, "convenant": "x"}'])
def test_a_file_with_something_else_is_refused(text: str) -> None:
    with pytest.raises(OngeldigeUitgifte):
        Uitgifte.from_json(text)


def test_equal_keys_have_equal_fingerprints_and_those_say_nothing_of_the_key() -> None:
    assert vingerafdruk(K) == vingerafdruk(bytes(K)) != vingerafdruk(secrets.token_bytes(32))
    assert len(vingerafdruk(K)) == 19
    assert vingerafdruk(K).replace(" ", "") not in K.hex()


def test_shows_no_seal_in_its_repr(uitgifte: Uitgifte) -> None:
    assert repr(uitgifte.zegel) not in repr(uitgifte)
