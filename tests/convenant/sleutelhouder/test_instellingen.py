import json
import stat
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey
from pydantic import SecretStr

from convenant.sleutelhouder.domein.kluis import Plaats
from convenant.sleutelhouder.instellingen import (
    Instellingen,
    make_beheerdersleutel,
    make_sleutels,
    read_beheerders,
    read_beheerdersleutel,
    read_kluis,
    read_sleutel,
    required_oin,
)
from convenant.web.errors import StartFout

PLAATS = Plaats("nhn-2026", 1, "zeker")


def test_made_keys_can_be_read_by_the_owner_only(tmp_path: Path) -> None:
    made = make_sleutels(tmp_path / "nieuw")
    assert read_sleutel(made).is_private
    assert read_kluis(made).open(read_kluis(made).seal(b"x", PLAATS), PLAATS) == b"x"
    for path in (made.kluissleutel_bestand, made.sleutel_bestand):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_of_the_vault_can_come_from_the_environment(tmp_path: Path) -> None:
    made = make_sleutels(tmp_path)
    text = made.kluissleutel_bestand.read_text()
    given = made.model_copy(update={"kluissleutel": SecretStr(text), "kluissleutel_bestand": tmp_path / "nergens"})
    assert read_kluis(made).open(read_kluis(given).seal(b"x", PLAATS), PLAATS) == b"x"
    assert text.strip() not in repr(given)


@pytest.mark.parametrize("text", ["", "geheim", "A" * 43])
def test_a_key_of_the_vault_that_is_no_key_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    bad = make_sleutels(tmp_path).model_copy(update={"kluissleutel": SecretStr(text)})
    with pytest.raises(StartFout, match="koppelradar sleutelhouder sleutels") as caught:
        read_kluis(bad)
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize("oin", [None, "", "1234"])
def test_an_oin_is_required(oin: str | None) -> None:
    with pytest.raises(StartFout, match="KOPPELRADAR_SLEUTELHOUDER_OIN"):
        required_oin(Instellingen(oin=oin))


def registered(tmp_path: Path, content: object) -> Instellingen:
    path = tmp_path / "beheerders.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Instellingen(beheerders=path)


def test_operators_are_read_with_their_public_keys(tmp_path: Path) -> None:
    public = {naam: make_beheerdersleutel(tmp_path / f"{naam}.jwk") for naam in ("anna", "bas")}
    found = read_beheerders(registered(tmp_path, public))
    assert found.keys() == {"anna", "bas"}
    assert read_beheerdersleutel(tmp_path / "anna.jwk").thumbprint() == found["anna"].thumbprint()  # type: ignore[index]
    assert read_beheerders(Instellingen()) == {}


def test_two_names_with_one_key_are_refused(tmp_path: Path) -> None:
    """Two names would be one pair of eyes."""
    public = make_beheerdersleutel(tmp_path / "anna.jwk")
    with pytest.raises(StartFout, match="dezelfde sleutel"):
        read_beheerders(registered(tmp_path, {"anna": public, "bas": public}))


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"anna": "x"},
        {"anna": {"kty": "oct", "k": "AAAA"}},
        {"anna": OKPKey.generate_key("X25519").as_dict(private=False)},
        {"anna": OKPKey.generate_key("Ed25519").as_dict(private=True)},
    ],
    ids=["list", "text", "symmetric", "other curve", "private"],
)
def test_a_file_that_does_not_hold_public_keys_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(StartFout, match=r"beheerders\.json"):
        read_beheerders(registered(tmp_path, content))
