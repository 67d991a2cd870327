"""The measurement of speed: who is timed on what, what is counted, and what the command says when a part is missing."""

import csv
import json
import os
import venv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from client_sdk.canoniek import canoniseer
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.persoon import Persoon
from koppelradar.bench import snelheidwerker
from koppelradar.bench.snelheid import (
    CLKHASH,
    HMAC,
    OPENLINKTOKEN,
    SCALARMULT,
    SLEUTELHOUDER,
    VOPRF,
    VOPRF_CRYPTO,
    Ronde,
    Tijd,
    measure,
    result,
)
from koppelradar.bench.snelheidbronnen import draw_personen, read_snelheid
from koppelradar.bench.snelheideigen import HmacDeelnemer, ScalarmultDeelnemer, VoprfDeelnemer
from koppelradar.bench.snelheidopdracht import _OneCore, snelheid
from koppelradar.bench.snelheidvergelijk import VERSIES, Vergelijking, default_map
from koppelradar.errors import BronFout, OnderdeelOntbreekt, ProcesFout

VANDAAG = date(2026, 1, 1)
KOP = "id,voornamen,voorvoegsel,geslachtsnaam,geboortedatum\n"
# Initials and an unknown date: one person with eleven keys, one with hardly any, one with none.
PERSONEN = (
    Persoon("Jan", "van", "Dijk", "1980-05-31"),
    Persoon("J.", "", "Smit", "1990-02-03"),
    Persoon("P.", "", "Bos", "0000-00-00"),
)

# The packages in miniature: the calls that the worker makes, and nothing else.
PAKKETTEN: Mapping[str, Mapping[str, str]] = {
    OPENLINKTOKEN: {
        "tokens/token_generator.py": """
class Result:
    tokens = {"T1": "x", "T2": "y", "T3": ""}
class TokenGenerator:
    @classmethod
    def from_transformers(cls, definition, transformers):
        print("this is no part of the conversation")
        return cls()
    def get_all_tokens_via_field_id(self, person):
        if person["BirthDate"] == "stop":
            raise SystemExit
        assert set(person) == {"FirstName", "LastName", "BirthDate", "Sex", "SocialSecurityNumber", "PostalCode"}
        return Result()
""",
        "tokens/token_definition.py": "class TokenDefinition: pass",
        "tokentransformer/hash_token_transformer.py": "class HashTokenTransformer:\n    def __init__(self, key): pass",
    },
    CLKHASH: {
        "clk.py": "def generate_clks(persons, schema, secret, max_workers): return [b'clk' for _ in persons]",
        "schema.py": "def from_json_dict(document): return document",
    },
}


@pytest.fixture(scope="module")
def omgevingen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment for each package, as the command looks for them."""
    folder = tmp_path_factory.mktemp("vergelijking")
    for naam, modules in PAKKETTEN.items():
        venv.create(folder / naam, symlinks=os.name != "nt")
        site = next((folder / naam).glob("lib/python*/site-packages"), folder / naam / "Lib" / "site-packages")
        for path, text in modules.items():
            module = site / naam / path
            module.parent.mkdir(parents=True, exist_ok=True)
            module.write_text(text, encoding="utf-8")
        for pakket, versie in ((naam, "0.0.1"), ("cryptography", "0.0.2")):
            metadata = site / f"{pakket}-{versie}.dist-info" / "METADATA"
            metadata.parent.mkdir()
            metadata.write_text(f"Metadata-Version: 2.1\nName: {pakket}\nVersion: {versie}\n", encoding="utf-8")
    return folder


def _run(*args: str) -> Result:
    app = typer.Typer()
    app.command()(snelheid)
    return CliRunner().invoke(app, list(args))


def _keys(personen: Sequence[Persoon]) -> int:
    return sum(len(derive_koppelsleutels(canoniseer(persoon, vandaag=VANDAAG))) for persoon in personen)


def test_only_tokens_of_real_keys_are_counted() -> None:
    expected = _keys(PERSONEN)
    assert 0 < expected < 12 * len(PERSONEN)
    hmac = HmacDeelnemer(vandaag=VANDAAG).run(PERSONEN)[HMAC]
    voprf = VoprfDeelnemer(vandaag=VANDAAG, partij=2).run(PERSONEN)
    assert (hmac.personen, hmac.aantal) == (len(PERSONEN), expected)
    for naam in (VOPRF, VOPRF_CRYPTO):
        assert (voprf[naam].personen, voprf[naam].aantal) == (len(PERSONEN), expected)
    assert voprf[SLEUTELHOUDER].aantal == expected
    assert 0 < voprf[VOPRF_CRYPTO].seconden < voprf[VOPRF].seconden


def test_bare_multiplication_counts_what_it_did() -> None:
    tijd = ScalarmultDeelnemer().run(PERSONEN)[SCALARMULT]
    assert (tijd.personen, tijd.aantal, tijd.seconden > 0) == (0, 10 * len(PERSONEN), True)


class _Recorder:
    def __init__(self, naam: str, log: list[tuple[str, tuple[Persoon, ...]]]) -> None:
        self._naam, self._log = naam, log

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        self._log.append((self._naam, tuple(personen)))
        return {self._naam: Tijd(len(personen), 1, 1.0)}


def test_everybody_gets_the_same_persons_each_once_and_takes_turns_to_go_first() -> None:
    log: list[tuple[str, tuple[Persoon, ...]]] = []
    personen = [Persoon("Jan", "", "Bos", f"1990-02-{dag:02}") for dag in range(1, 10)]
    ronden = measure([_Recorder("a", log), _Recorder("b", log)], personen, ronden=2)
    assert [naam for naam, _ in log] == ["a", "b", "a", "b", "b", "a"]
    assert all(een == ander for (_, een), (_, ander) in zip(log[::2], log[1::2], strict=True))
    assert sorted(p.geboortedatum for _, deel in log[::2] for p in deel) == [p.geboortedatum for p in personen]
    assert [ronde["a"].personen for ronde in ronden] == [3, 3]
    with pytest.raises(ValueError, match="needs a person"):
        measure([_Recorder("a", log)], personen[:2], ronden=2)


def _ronde(factor: float) -> Ronde:
    return {
        HMAC: Tijd(20, 200, factor),
        VOPRF: Tijd(20, 30, factor),
        VOPRF_CRYPTO: Tijd(20, 30, factor / 2),
        OPENLINKTOKEN: Tijd(10, 50, factor),
        CLKHASH: Tijd(40, 40, factor),
        SCALARMULT: Tijd(0, 200, factor),
        SLEUTELHOUDER: Tijd(0, 140, factor),
    }


def test_ratios_are_taken_within_a_round_and_speeds_are_medians() -> None:
    figures: dict[str, Any] = result([_ronde(1.0), _ronde(10.0), _ronde(2.0)])
    assert figures["hmac"] == {"personen_per_s": 10.0, "tokens_per_s": 100.0}
    assert figures["voprf"] == {"personen_per_s": 10.0, "tokens_per_s": 15.0, "crypto_tokens_per_s": 30.0}
    assert figures["openlinktoken"] == {"personen_per_s": 5.0, "tokens_per_s": 25.0}
    assert figures["clkhash"] == {"personen_per_s": 20.0}
    assert figures["scalarmult_per_s"] == 100.0
    assert figures["sleutelhouder_punten_per_s"] == 70.0
    assert figures["verhoudingen"] == {
        "hmac_personen_tegen_openlinktoken": 2.0,
        "hmac_tokens_tegen_openlinktoken": 4.0,
        "hmac_personen_tegen_clkhash": 0.5,
        "voprf_personen_tegen_openlinktoken": 2.0,
        "voprf_tegen_scalarmult": 0.6,
        "voprf_crypto_tegen_scalarmult": 1.2,
    }


def test_persons_of_the_population_all_differ_and_the_seed_decides() -> None:
    bron = draw_personen(300, zaad=3)
    assert len(bron.personen) == len(set(bron.personen)) == 330
    assert draw_personen(300, zaad=3).personen == bron.personen
    assert draw_personen(300, zaad=4).personen != bron.personen


def test_a_file_loses_whom_the_sdk_refuses_and_who_occurs_twice(tmp_path: Path) -> None:
    pad = tmp_path / "personen.csv"
    rows = [f"{i},Jan,,Bos,1990-02-{i % 15 + 1:02}\n" for i in range(20)]
    pad.write_text(KOP + "".join(rows) + "x,Els,,Bos,31-2-1990\n", encoding="utf-8")
    assert len(read_snelheid(pad, aantal=None).personen) == 15
    assert len(read_snelheid(pad, aantal=10).personen) == 11
    pad.write_text(KOP + rows[0], encoding="utf-8")
    with pytest.raises(BronFout, match="te weinig verschillende personen"):
        read_snelheid(pad, aantal=None)


@pytest.mark.slow
def test_the_command_ends_with_one_line_of_json_and_writes_every_round(omgevingen: Path, tmp_path: Path) -> None:
    ruw = tmp_path / "ruw.csv"
    run = _run("--personen", "20", "--partij", "1", "--vergelijking", str(omgevingen), "--json", "--ruw", str(ruw))
    assert run.exit_code == 0, run.output
    figures = json.loads(run.stdout.splitlines()[-1])
    assert {"hmac", "voprf", "openlinktoken", "clkhash", "scalarmult_per_s", "verhoudingen"} <= figures.keys()
    for naam in ("hmac", "voprf", "openlinktoken"):
        assert figures[naam]["tokens_per_s"] > figures[naam]["personen_per_s"] > 0
    assert (figures["personen"], figures["ronden"]) == (20, 10)
    assert figures["versies"]["clkhash"] == {"clkhash": "0.0.1", "cryptography": "0.0.2"}
    rows = list(csv.DictReader(ruw.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 10 * 7
    # Two of the three tokens that the package in miniature gives: an empty one is none.
    assert {int(row["aantal"]) for row in rows if row["meting"] == OPENLINKTOKEN} == {4}
    assert "openlinktoken 0.0.1" in run.stdout


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not bind a process to cores")
def test_works_on_one_core_and_afterwards_may_use_all_of_them_again() -> None:
    before = os.sched_getaffinity(0)
    with _OneCore():
        assert os.sched_getaffinity(0) == {max(before)}
    assert os.sched_getaffinity(0) == before


@pytest.mark.parametrize("naam", VERSIES)
def test_a_missing_package_is_named_with_the_commands_that_install_it(naam: str, tmp_path: Path) -> None:
    run = _run("--personen", "11", "--vergelijking", str(tmp_path))
    assert isinstance(run.exception, OnderdeelOntbreekt)
    with pytest.raises(OnderdeelOntbreekt, match="Voer eerst uit") as fout, Vergelijking(naam, folder=tmp_path):
        pass
    assert f"-m venv {tmp_path / naam}\n" in str(fout.value)
    assert f"-m pip install {naam}=={VERSIES[naam]}" in str(fout.value)


def test_an_environment_without_the_package_counts_as_missing(tmp_path: Path) -> None:
    venv.create(tmp_path / CLKHASH, symlinks=os.name != "nt")
    with pytest.raises(OnderdeelOntbreekt), Vergelijking(CLKHASH, folder=tmp_path):
        pass


def test_a_package_that_breaks_off_is_reported(omgevingen: Path) -> None:
    with Vergelijking(OPENLINKTOKEN, folder=omgevingen) as ander:
        with pytest.raises(ProcesFout, match="gestopt"):
            ander.run([Persoon("Jan", "", "Bos", "stop")])
        with pytest.raises(ProcesFout):
            ander.run(PERSONEN)


def test_invented_numbers_differ_per_person_and_are_valid() -> None:
    numbers = [snelheidwerker._invented_ssn(i) for i in range(0, 7000 * 90 * 60, 6899)]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        area, group, serial = number.split("-")
        assert (len(area), len(group), len(serial)) == (3, 2, 4)
        assert area != "666"
        assert group != "00"
        assert serial != "0000"


@pytest.mark.slow
def test_both_modes_keep_their_promise_beside_the_real_packages() -> None:
    if not default_map().exists():
        pytest.skip("the packages to compare with are not installed; the command says how")
    figures = json.loads(_run("--personen", "2000", "--json").stdout.splitlines()[-1])["verhoudingen"]
    assert figures["hmac_personen_tegen_openlinktoken"] >= 2
    assert figures["hmac_tokens_tegen_openlinktoken"] >= 3
    assert figures["voprf_tegen_scalarmult"] >= 0.6
