"""A population from a file is the one that was written; a bad line is refused without its values."""

from collections import deque
from pathlib import Path

import pytest

from koppelradar.bench.aanval.wereld import VANDAAG
from koppelradar.bench.aanval.woordenlijst import make_woordenlijst, read_bevolking
from koppelradar.bench.bevolking import bevolking
from koppelradar.bench.bevolking.bestanden import BEVOLKING_KOLOMMEN, Telling, write_bevolking
from koppelradar.errors import BronFout

KOP = ",".join(BEVOLKING_KOLOMMEN)


def test_reads_what_the_bench_writes(tmp_path: Path) -> None:
    written = tuple(bevolking(50, zaad=4))
    deque(write_bevolking(tmp_path / "bevolking.csv", iter(written), Telling()), maxlen=0)
    assert read_bevolking(tmp_path / "bevolking.csv") == written


def test_groups_and_households_hold_everybody() -> None:
    lijst = make_woordenlijst(bevolking(50, zaad=4), vandaag=VANDAAG)
    assert sorted(p.nummer for huishouden in lijst.huishoudens for p in huishouden) == list(range(50))
    assert sum(len(personen) for _, personen in lijst.sleutels()) == sum(len(p.sleutels) for p in lijst.personen)


@pytest.mark.parametrize(
    ("text", "melding"),
    [
        pytest.param("id,voornamen\n1,Querido\n", "ontbreekt: voorvoegsel", id="column"),
        pytest.param(f"{KOP}\n0,Querido,,Bos,1980-01-02,,nul,,man,pools\n", "regel 2", id="household"),
        pytest.param(f"{KOP}\n0,Querido\n", "regel 2", id="short row"),
    ],
)
def test_a_bad_file_is_refused_without_its_values(tmp_path: Path, text: str, melding: str) -> None:
    path = tmp_path / "bevolking.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BronFout, match=melding) as error:
        read_bevolking(path)
    assert "Querido" not in str(error.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BronFout, match="niet te lezen"):
        read_bevolking(tmp_path / "weg.csv")
