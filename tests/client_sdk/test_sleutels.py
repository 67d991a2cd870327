"""Key files: who may read them, what they may hold, and that they are never overwritten."""

import json
import os
import stat
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey

from client_sdk.errors import SleutelFout
from client_sdk.sleutels import (
    ConvenantSleutel,
    Ondertekensleutel,
    OrganisatieSleutel,
    RegisterSleutel,
    generate_sleutel,
    read_ondertekensleutel,
    read_sleutel,
    write_ondertekensleutel,
    write_sleutel,
)
from client_sdk.types import Geheim

posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")

# RFC 8037 appendix A.1 and A.3
_RFC_8037_D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
_RFC_8037_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
_RFC_8037_KID = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def _file(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "sleutel"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("soort", [ConvenantSleutel, OrganisatieSleutel, RegisterSleutel])
def test_reads_what_it_wrote(tmp_path: Path, soort: type[Geheim]) -> None:
    sleutel = generate_sleutel(soort)
    write_sleutel(tmp_path / "sleutel", sleutel)
    assert read_sleutel(tmp_path / "sleutel", soort) == sleutel


def test_two_keys_differ() -> None:
    assert generate_sleutel(ConvenantSleutel) != generate_sleutel(ConvenantSleutel)


def test_a_file_is_one_line_of_base64url(tmp_path: Path) -> None:
    write_sleutel(tmp_path / "sleutel", ConvenantSleutel(bytes(range(224, 256))))
    assert (tmp_path / "sleutel").read_bytes() == b"4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8\n"


@posix_only
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_file_is_for_its_owner_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_sleutel(tmp_path / "sleutel", generate_sleutel(ConvenantSleutel))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "sleutel").stat().st_mode) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_refuses_a_file_that_others_can_reach(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "sleutel"
    write_sleutel(path, generate_sleutel(ConvenantSleutel))
    path.chmod(mode)
    with pytest.raises(SleutelFout, match="chmod 600"):
        read_sleutel(path, ConvenantSleutel)


def test_never_overwrites(tmp_path: Path) -> None:
    path = _file(tmp_path, "blijft")
    with pytest.raises(SleutelFout, match="bestaat al"):
        write_sleutel(path, generate_sleutel(ConvenantSleutel))
    with pytest.raises(SleutelFout, match="bestaat al"):
        write_ondertekensleutel(path, Ondertekensleutel.generate())
    assert path.read_text(encoding="utf-8") == "blijft"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("geheim", id="not-a-key"),
        pytest.param("4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9", id="too-short"),
        pytest.param("4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8AAAA", id="too-long"),
        pytest.param("4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v9", id="not-canonical"),
        pytest.param("4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8", id="plain-base64"),
        pytest.param("4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8\n4OHi", id="two-lines"),
        pytest.param("é" * 43, id="not-ascii"),
    ],
)
def test_refuses_what_is_not_a_key_without_repeating_it(tmp_path: Path, content: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(SleutelFout, match="geen sleutel") as caught:
        read_sleutel(path, ConvenantSleutel)
    assert not content or content not in str(caught.value)
    assert caught.value.__cause__ is None


def test_refuses_a_key_that_nobody_drew_at_random(tmp_path: Path) -> None:
    path = _file(tmp_path, "A" * 43)
    with pytest.raises(SleutelFout, match="niet willekeurig"):
        read_sleutel(path, ConvenantSleutel)


def test_refuses_a_missing_file_a_folder_and_a_huge_file(tmp_path: Path) -> None:
    with pytest.raises(SleutelFout, match="bestaat niet"):
        read_sleutel(tmp_path / "weg", ConvenantSleutel)
    with pytest.raises(SleutelFout, match="kan niet worden gelezen"):
        read_sleutel(tmp_path, ConvenantSleutel)
    with pytest.raises(SleutelFout, match="te groot"):
        read_sleutel(_file(tmp_path, "A" * 5000), ConvenantSleutel)
    with pytest.raises(SleutelFout, match="kan niet worden gemaakt"):
        write_sleutel(tmp_path / "weg" / "sleutel", generate_sleutel(ConvenantSleutel))


def test_the_thumbprint_of_rfc_8037() -> None:
    sleutel = Ondertekensleutel.from_private_jwk({"kty": "OKP", "crv": "Ed25519", "d": _RFC_8037_D, "x": _RFC_8037_X})
    assert sleutel.kid == _RFC_8037_KID
    assert sleutel.public_jwk() == {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": _RFC_8037_X,
        "kid": _RFC_8037_KID,
        "use": "sig",
    }


def test_a_signing_key_survives_its_file(tmp_path: Path) -> None:
    sleutel = Ondertekensleutel.generate()
    write_ondertekensleutel(tmp_path / "sleutel.jwk", sleutel)
    assert read_ondertekensleutel(tmp_path / "sleutel.jwk").private_jwk() == sleutel.private_jwk()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "sleutel.jwk").stat().st_mode) == 0o600


def test_a_jose_library_takes_the_key_and_agrees_on_its_kid() -> None:
    sleutel = Ondertekensleutel.generate()
    private, public = OKPKey.import_key({**sleutel.private_jwk()}), OKPKey.import_key({**sleutel.public_jwk()})
    assert private.is_private
    assert not public.is_private
    assert private.thumbprint() == public.thumbprint() == sleutel.kid


def test_the_public_half_and_the_repr_hold_nothing_private() -> None:
    sleutel = Ondertekensleutel.generate()
    assert "d" not in sleutel.public_jwk()
    assert repr(sleutel) == f"Ondertekensleutel(kid={sleutel.kid!r})"


_JWK = {"kty": "OKP", "crv": "Ed25519", "d": _RFC_8037_D, "x": _RFC_8037_X}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("geen json", id="not-json"),
        pytest.param("[]", id="not-an-object"),
        pytest.param(json.dumps({**_JWK, "kty": "EC"}), id="other-type"),
        pytest.param(json.dumps({**_JWK, "crv": "X25519"}), id="other-curve"),
        pytest.param(json.dumps({key: _JWK[key] for key in ("kty", "crv", "x")}), id="public"),
        pytest.param(json.dumps({**_JWK, "d": 7}), id="private-half-not-text"),
        pytest.param(json.dumps({**_JWK, "x": _RFC_8037_D}), id="other-public-half"),
        pytest.param(json.dumps({**_JWK, "kid": "mijn-sleutel"}), id="other-kid"),
    ],
)
def test_refuses_what_is_not_a_signing_key_without_repeating_it(tmp_path: Path, content: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(SleutelFout, match="private JWK") as caught:
        read_ondertekensleutel(path)
    assert _RFC_8037_D not in str(caught.value)
    assert caught.value.__cause__ is None
