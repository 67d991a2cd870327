"""The measurement: what it counts, what it reads, and the figures that the profile promises."""

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from client_sdk.persoon import Persoon
from convenant.types import Niveau
from koppelradar.bench.koppelbronnen import draw_bevolking, load_febrl, read_bestanden
from koppelradar.bench.koppelkwaliteit import Sleutelkolommen, Vermelding, measure, result, slot_codes
from koppelradar.bench.koppelopdracht import koppelkwaliteit
from koppelradar.errors import BronFout

VANDAAG = date(2026, 1, 1)
KOP = "id,voornamen,voorvoegsel,geslachtsnaam,geboortedatum\n"
A = KOP + "a1,Jan,van,Dijk,1980-05-31\na2,Piet,,Smit,1990-02-03\n"
B = KOP + "b1,Jan,van,Dijk,1980-05-31\nb2,Klaas,,Smit,1990-02-03\nb3,Els,,Bos,31-2-1990\n"


def _vermelding(
    id_: str, bron: int, *velden: str, tweeling: int | None = None, fouten: tuple[str, ...] = ()
) -> Vermelding:
    return Vermelding(id=id_, bron=bron, persoon=Persoon(*velden), tweeling=tweeling, fouten=fouten)


JAN = ("Jan", "van", "Dijk", "1980-05-31")


@pytest.fixture
def bestanden(tmp_path: Path) -> tuple[Path, Path, Path]:
    paden = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "links.csv"
    for pad, text in zip(paden, (A, B, "id_a,id_b\na1,b1\n"), strict=True):
        pad.write_text(text, encoding="utf-8")
    return paden


def _run(*args: str) -> Result:
    app = typer.Typer()
    app.command()(koppelkwaliteit)
    return CliRunner().invoke(app, list(args))


def test_counts_a_pair_once_at_its_best_level(bestanden: tuple[Path, Path, Path]) -> None:
    bron = read_bestanden(*bestanden)
    meting = measure(bron.vermeldingen, bron.waar, vandaag=VANDAAG)
    zeker, waarschijnlijk = meting.niveau(Niveau.ZEKER), meting.niveau(Niveau.WAARSCHIJNLIJK)
    assert (zeker.gevonden, zeker.precisie, zeker.recall) == (1, 1.0, 1.0)
    assert (waarschijnlijk.gevonden, waarschijnlijk.precisie, waarschijnlijk.recall) == (1, 0.0, 1.0)
    assert meting.totaal().precisie == 0.5


def test_records_of_one_source_are_not_paired() -> None:
    same = [_vermelding("1", 0, *JAN), _vermelding("2", 0, *JAN)]
    assert measure(same, frozenset(), vandaag=VANDAAG).gevonden == ()


def test_a_refused_record_counts_as_not_found() -> None:
    records = [_vermelding("1", 0, *JAN), _vermelding("2", 1, "Jan", "van", "Dijk", "1980-02-31")]
    meting = measure(records, frozenset({(0, 1)}), vandaag=VANDAAG)
    assert (meting.totaal().recall, meting.totaal().precisie) == (0.0, None)


def test_recall_per_kind_of_error() -> None:
    records = [_vermelding("1", 0, *JAN), _vermelding("2", 1, "", "", "Bos", "1970-03-04", fouten=("verwisseld",))]
    soorten = measure(records, frozenset({(0, 1)}), vandaag=VANDAAG).soorten()
    assert {soort: telling.recall for soort, telling in soorten.items()} == {"verwisseld": 0.0}


def test_twins_that_are_taken_for_one_person_are_counted() -> None:
    twins = [_vermelding("1", 0, *JAN, tweeling=4), _vermelding("2", 1, *JAN, tweeling=4)]
    assert measure(twins, frozenset(), vandaag=VANDAAG).twins_at_zeker() == 1
    assert measure(twins, frozenset({(0, 1)}), vandaag=VANDAAG).twins_at_zeker() == 0


def test_groups_are_counted_per_slot() -> None:
    kolommen = Sleutelkolommen(vandaag=VANDAAG)
    for voornaam in ("Jan", "Jan", "Piet"):
        kolommen.add(Persoon(voornaam, *JAN[1:]))
    groepen = kolommen.largest_groups()
    assert (groepen["zeker"], groepen["achternaam"], groepen["namen"]) == (2, 3, 0)


@pytest.mark.no_cover
def test_febrl_4_meets_what_the_profile_promises() -> None:
    bron = load_febrl()
    meting = measure(bron.vermeldingen, bron.waar, vandaag=VANDAAG)
    totaal, zeker = meting.totaal(), meting.niveau(Niveau.ZEKER)
    assert (zeker.precisie, zeker.recall) == (1.0, 0.4238)
    assert (totaal.recall or 0) >= 0.85
    assert (totaal.precisie or 0) >= 0.998
    assert set(result(meting)["slots"]) == set(slot_codes())


@pytest.mark.slow
def test_signals_from_the_population_are_paired_across_organisations() -> None:
    bron = draw_bevolking(4000, signalen=800, zaad=5)
    meting = measure(bron.vermeldingen, bron.waar, vandaag=VANDAAG)
    assert len(bron.vermeldingen) == 800
    assert meting.niveau(Niveau.ZEKER).precisie == 1.0
    assert (meting.totaal().recall or 0) > 0.9
    assert meting.twins_at_zeker() == 0
    assert max(bron.groepen.values()) <= 10


def test_the_command_ends_with_one_line_of_json_and_writes_the_pairs(
    bestanden: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    a, b, links = map(str, bestanden)
    ruw = tmp_path / "ruw.csv"
    run = _run("--a", a, "--b", b, "--links", links, "--json", "--ruw", str(ruw))
    figures = json.loads(run.stdout.splitlines()[-1])
    assert run.exit_code == 0
    assert figures["paren"] == 1
    assert figures["niveaus"]["zeker"] == {"precisie": 1.0, "recall": 1.0, "paren": 1, "waar": 1}
    assert figures["totaal"] == {"precisie": 0.5, "recall": 1.0}
    assert ruw.read_text(encoding="utf-8").splitlines() == [
        "id_a,id_b,niveau,slot,waar",
        "a1,b1,zeker,zeker,1",
        "a2,b2,waarschijnlijk,achternaam,0",
    ]


@pytest.mark.parametrize(
    ("naam", "text", "melding"),
    [
        pytest.param("a.csv", "id,voornamen\na1,Querido\n", "ontbreekt: voorvoegsel", id="column"),
        pytest.param("a.csv", A + "a1,Querido,,X,1980-01-02\n", "meer dan één keer", id="id-twice"),
        pytest.param("b.csv", B + "b4,Querido\n", "regel 5", id="short-row"),
        pytest.param("links.csv", "id_a,id_b\na1,Querido\n", "regel 2", id="link-to-nobody"),
    ],
)
def test_a_bad_file_is_refused_without_its_values(
    bestanden: tuple[Path, Path, Path], naam: str, text: str, melding: str
) -> None:
    next(pad for pad in bestanden if pad.name == naam).write_text(text, encoding="utf-8")
    with pytest.raises(BronFout, match=melding) as error:
        read_bestanden(*bestanden)
    assert "Querido" not in str(error.value)


def test_files_come_in_threes(bestanden: tuple[Path, Path, Path]) -> None:
    run = _run("--a", str(bestanden[0]))
    assert isinstance(run.exception, BronFout)
