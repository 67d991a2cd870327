"""A trial environment is complete: every part starts with what lies in its folder."""

import asyncio
import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst.voorbereiding import load_voorbereider
from client_sdk.register import Register
from client_sdk.sleutels import RegisterSleutel, read_ondertekensleutel, read_sleutel
from convenant.bundelbestanden import load_geldend
from convenant.pg.database import Database
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.sleutelhouder.diensten.beheren import public_points
from convenant.sleutelhouder.instellingen import read_beheerders, read_kluis
from convenant.types import Epoche, Modus, Oin, Omgeving
from convenant.zegelbestanden import read_zegelsleutel
from koppelradar.omgeving import Proefomgeving, make_proefomgeving, read_proefomgeving
from koppelradar.omgeving.diensten import sleutelhouder_database
from koppelradar.omgeving.model import MATCHER
from matcher.instellingen import read_logsleutel, read_pepper
from matcher.instellingen import read_sleutel as read_matchersleutel

SCHOOL = Oin("00000099000000061000")
WIJKTEAM = Oin("00000099000000011000")
NU = datetime.now(UTC)
BEIDE = (SCHOOL, WIJKTEAM)
POORTEN = (8223, 8224)
FILES = {
    "koppelradar.toml",
    "convenant.bundel.json",
    "ondertekensleutel.jwk",
    "zegel.sleutel",
    "convenant-1.sleutel",
    "organisatie.sleutel",
    "register.sleutel",
    "register.db",
}


@pytest.fixture(scope="module")
def postgres(ruim: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(ruim / MATCHER) as server:
        yield server


@pytest.fixture(scope="module")
def omgeving(ruim: Path, postgres: EmbeddedPostgres) -> Proefomgeving:
    return make_proefomgeving(ruim, postgres, organisaties=BEIDE, poort=8123, sleutelhouder_poorten=POORTEN)


def _keys(folder: Path) -> list[Path]:
    return [path for suffix in ("*.sleutel", "*.jwk") for path in folder.rglob(suffix)]


@pytest.mark.parametrize("oin", BEIDE)
def test_every_organisation_has_all_its_files(omgeving: Proefomgeving, oin: Oin) -> None:
    present = {path.name for path in omgeving.configuraties[oin].parent.iterdir()}
    # SQLite keeps its own files beside the register.
    assert {name for name in present if not name.startswith("register.db-")} == FILES


def test_only_the_parts_and_the_organisations_that_were_asked_for_have_a_folder(
    omgeving: Proefomgeving, ruim: Path
) -> None:
    parts = {"ondertekenaars", "matcher", "sleutelhouder-1", "sleutelhouder-2", "sleutelbewaarder"}
    assert {path.name for path in ruim.iterdir()} == {*parts, *BEIDE}
    assert omgeving.configuraties.keys() == set(BEIDE)


def test_key_files_are_readable_by_their_owner_only(omgeving: Proefomgeving, ruim: Path) -> None:
    found = _keys(ruim)
    # Five per organisation, three of the matcher, four of each sleutelhouder, two of the sleutelbewaarder, and the
    # signing key of every party.
    assert len(found) == 2 * 5 + 3 + 2 * 4 + 2 + len(omgeving.convenant.partijen)
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
    assert same == {"convenant.bundel.json", "convenant-1.sleutel"}


def test_keys_of_the_services_can_be_read_and_no_two_are_one(omgeving: Proefomgeving, ruim: Path) -> None:
    read_pepper(omgeving.matcher.pepper_bestand)
    read_logsleutel(omgeving.matcher.logsleutel_bestand)
    read_matchersleutel(omgeving.matcher.sleutel_bestand)
    for instellingen in omgeving.sleutelhouders:
        read_kluis(instellingen)
        assert len(read_beheerders(instellingen)) == 2
    texts = [path.read_text(encoding="utf-8") for path in _keys(ruim)]
    # The convenant key lies with both and with the sleutelbewaarder, the signing key of both with the signers as well.
    assert len(set(texts)) == len(texts) - 2 - 2


def test_all_parts_hold_one_convenant_that_parses(omgeving: Proefomgeving) -> None:
    folders = [omgeving.matcher.convenanten, *(houder.convenanten for houder in omgeving.sleutelhouders)]
    for folder in folders:
        (held,) = folder.iterdir()
        assert load_geldend(held, op=NU).hash == omgeving.convenant.hash
    for oin in BEIDE:
        own = load_geldend(load_configuratie(omgeving.configuraties[oin]).convenant, op=NU)
        assert own.hash == omgeving.convenant.hash
    assert (omgeving.convenant.omgeving, omgeving.convenant.modus) == (Omgeving.PROEF, Modus.VOPRF)


@pytest.mark.parametrize("oin", BEIDE)
def test_the_convenant_names_the_public_halves_of_the_own_keys(omgeving: Proefomgeving, oin: Oin) -> None:
    configuratie = load_configuratie(omgeving.configuraties[oin])
    partij = omgeving.convenant.partij(oin)
    (named,) = partij.sleutels
    assert named.x == read_ondertekensleutel(configuratie.ondertekensleutel).public_jwk()["x"]
    assert partij.zegelsleutel == read_zegelsleutel(configuratie.ondertekensleutel.parent / "zegel.sleutel").publiek


def test_the_convenant_pins_the_keys_that_the_sleutelhouders_have(
    omgeving: Proefomgeving, postgres: EmbeddedPostgres
) -> None:
    for nummer, houder in enumerate(omgeving.convenant.sleutelhouders, start=1):
        url = sleutelhouder_database(postgres, nummer).toepassing
        punten, _ = asyncio.run(_public_points(url, omgeving))
        assert dict(punten) == dict(houder.publieke_punten(1))


async def _public_points(url: str, omgeving: Proefomgeving) -> tuple[dict[str, bytes], bool]:
    database = Database(url, pool_size=1)
    try:
        found, kept = (await public_points(database, omgeving.convenant.id))[Epoche(1)]
        return dict(found), kept
    finally:
        await database.close()


def test_every_party_got_a_fresh_key(omgeving: Proefomgeving) -> None:
    keys = [sleutel.x for partij in omgeving.convenant.partijen for sleutel in partij.sleutels]
    sealing = [partij.zegelsleutel for partij in omgeving.convenant.partijen]
    assert len(set(keys)) == len(keys)
    assert len(set(sealing)) == len(sealing)


def test_settings_name_the_ports_and_the_public_addresses(omgeving: Proefomgeving) -> None:
    assert omgeving.matcher.port == 8123
    assert omgeving.matcher.token_url == "http://127.0.0.1:8123/v1/token"
    assert tuple(instellingen.port for instellingen in omgeving.sleutelhouders) == POORTEN
    assert [houder.url for houder in omgeving.convenant.sleutelhouders] == [f"http://127.0.0.1:{p}" for p in POORTEN]


def test_an_environment_is_found_again_as_it_was_made(omgeving: Proefomgeving, ruim: Path) -> None:
    assert read_proefomgeving(ruim, organisaties=BEIDE) == omgeving


def test_neither_convenant_nor_configuration_holds_a_secret(omgeving: Proefomgeving, ruim: Path) -> None:
    secrets = [path.read_text(encoding="utf-8").strip() for path in ruim.rglob("*.sleutel")]
    secrets += [json.loads(path.read_text(encoding="utf-8"))["d"] for path in ruim.rglob("*.jwk")]
    public = [path.read_text(encoding="utf-8") for suffix in ("*.bundel.json", "*.toml") for path in ruim.rglob(suffix)]
    assert len(public) == 3 + 2 * 2
    assert not any(secret in text for secret in secrets for text in public)
    assert omgeving.convenant.sleutelbewaarder is not None


def test_refuses_to_overwrite(omgeving: Proefomgeving, ruim: Path, postgres: EmbeddedPostgres) -> None:
    before = {path: path.read_bytes() for path in _keys(ruim)}
    with pytest.raises(FileExistsError):
        make_proefomgeving(ruim, postgres, organisaties=(SCHOOL,), poort=8124, sleutelhouder_poorten=(8225,))
    assert {path: path.read_bytes() for path in _keys(ruim)} == before
    assert omgeving.matcher.port == 8123
