"""A trial environment is complete: every part starts with what lies in its folder."""

import json
import stat
from pathlib import Path

import pytest

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst.voorbereiding import load_voorbereider
from client_sdk.register import Register
from client_sdk.sleutels import RegisterSleutel, read_ondertekensleutel, read_sleutel
from convenant.laden import load_convenant
from convenant.types import Oin, Omgeving
from koppelradar.omgeving import Proefomgeving, make_proefomgeving
from matcher.instellingen import read_logsleutel, read_pepper
from matcher.instellingen import read_sleutel as read_matchersleutel

SCHOOL = Oin("00000099000000061000")
WIJKTEAM = Oin("00000099000000011000")
BEIDE = (SCHOOL, WIJKTEAM)
FILES = {
    "koppelradar.toml",
    "convenant.yaml",
    "ondertekensleutel.jwk",
    "convenant.sleutel",
    "organisatie.sleutel",
    "register.sleutel",
    "register.db",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("omgeving")


@pytest.fixture(scope="module")
def omgeving(folder: Path) -> Proefomgeving:
    return make_proefomgeving(folder, organisaties=BEIDE, poort=8123)


@pytest.mark.parametrize("oin", BEIDE)
def test_every_organisation_has_all_its_files(omgeving: Proefomgeving, oin: Oin) -> None:
    present = {path.name for path in omgeving.configuraties[oin].parent.iterdir()}
    # SQLite keeps its own files beside the register.
    assert {name for name in present if not name.startswith("register.db-")} == FILES


def test_only_the_organisations_that_were_asked_for_have_a_folder(omgeving: Proefomgeving, folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"matcher", *BEIDE}
    assert omgeving.configuraties.keys() == set(BEIDE)


def test_key_files_are_readable_by_their_owner_only(omgeving: Proefomgeving, folder: Path) -> None:
    found = [path for suffix in ("*.sleutel", "*.jwk") for path in folder.rglob(suffix)]
    assert len(found) == 2 * 4 + 3
    assert omgeving.matcher.pepper_bestand in found
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}


@pytest.mark.parametrize("oin", BEIDE)
def test_configuration_points_at_the_matcher_and_at_files_that_work(omgeving: Proefomgeving, oin: Oin) -> None:
    configuratie = load_configuratie(omgeving.configuraties[oin])
    assert (configuratie.oin, configuratie.matcher_url) == (oin, "http://127.0.0.1:8123")
    Register.open(configuratie.register, read_sleutel(configuratie.registersleutel, RegisterSleutel)).close()
    load_voorbereider(configuratie)
    with omgeving.open(oin) as radar:
        assert radar.signalen() == ()


def test_organisations_share_the_convenant_key_and_nothing_else(omgeving: Proefomgeving) -> None:
    een, ander = (omgeving.configuraties[oin].parent for oin in BEIDE)
    same = {name for name in FILES if (een / name).read_bytes() == (ander / name).read_bytes()}
    assert same == {"convenant.yaml", "convenant.sleutel"}


def test_keys_of_the_matcher_can_be_read_and_are_no_organisations(omgeving: Proefomgeving, folder: Path) -> None:
    read_pepper(omgeving.matcher.pepper_bestand)
    read_logsleutel(omgeving.matcher.logsleutel_bestand)
    read_matchersleutel(omgeving.matcher.sleutel_bestand)
    symmetric = [path.read_text(encoding="utf-8") for path in folder.rglob("*.sleutel")]
    assert len(set(symmetric)) == len(symmetric) - 1  # the convenant key lies with both


def test_matcher_and_organisations_hold_one_convenant_that_parses(omgeving: Proefomgeving) -> None:
    (held,) = omgeving.matcher.convenanten.iterdir()
    assert load_convenant(held).hash == omgeving.convenant.hash
    for oin in BEIDE:
        own = load_convenant(load_configuratie(omgeving.configuraties[oin]).convenant)
        assert own.hash == omgeving.convenant.hash
    assert omgeving.convenant.omgeving is Omgeving.PROEF


@pytest.mark.parametrize("oin", BEIDE)
def test_the_convenant_names_the_public_half_of_the_signing_key(omgeving: Proefomgeving, oin: Oin) -> None:
    configuratie = load_configuratie(omgeving.configuraties[oin])
    own = read_ondertekensleutel(configuratie.ondertekensleutel).public_jwk()
    (named,) = omgeving.convenant.partij(oin).sleutels
    assert named.x == own["x"]


def test_every_party_got_a_fresh_key(omgeving: Proefomgeving, tmp_path: Path) -> None:
    again = make_proefomgeving(tmp_path, organisaties=(), poort=8123)
    keys = [sleutel.x for c in (omgeving.convenant, again.convenant) for p in c.partijen for sleutel in p.sleutels]
    assert len(set(keys)) == len(keys)


def test_settings_name_the_port_and_the_public_address(omgeving: Proefomgeving) -> None:
    assert omgeving.matcher.port == 8123
    assert omgeving.matcher.token_url == "http://127.0.0.1:8123/v1/token"


def test_neither_convenant_nor_configuration_holds_a_secret(omgeving: Proefomgeving, folder: Path) -> None:
    secrets = [path.read_text(encoding="utf-8").strip() for path in folder.rglob("*.sleutel")]
    secrets += [json.loads(path.read_text(encoding="utf-8"))["d"] for path in folder.rglob("*.jwk")]
    public = [path.read_text(encoding="utf-8") for suffix in ("*.yaml", "*.toml") for path in folder.rglob(suffix)]
    assert len(public) == 5
    assert not any(secret in text for secret in secrets for text in public)


def test_refuses_to_overwrite(tmp_path: Path) -> None:
    make_proefomgeving(tmp_path, organisaties=(SCHOOL,), poort=8123)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(FileExistsError):
        make_proefomgeving(tmp_path, organisaties=(SCHOOL,), poort=8124)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
