"""`koppelradar demo` as a user runs it, and the line of figures it ends with."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from koppelradar.demo.demo import Samenvatting

_SAMENVATTING = Samenvatting(
    signalen=10007,
    matches=2125,
    precisie_zeker=0.99999951,
    recall=2121 / 5000,
    namen_bij_diensten=0,
    geplant_gevonden=10000,
    gezocht=10000,
    signalen_per_seconde=812,
    notificaties={"Wijkteams Alkmaar": 2121},
    mogelijke_matches=2109,
    soorten_notificaties=13,
    seconden=41.3,
)


def test_the_last_line_is_one_json_object_with_every_figure() -> None:
    line = _SAMENVATTING.to_json()
    assert "\n" not in line
    assert json.loads(line).keys() == {field.name for field in fields(Samenvatting)}
    assert json.loads(line)["notificaties"] == {"Wijkteams Alkmaar": 2121}


def test_precision_is_rounded_and_never_up_to_perfect_by_a_wrong_pair() -> None:
    # One wrong pair among as many as the demo can find.
    one_wrong = replace(_SAMENVATTING, precisie_zeker=4999 / 5000)
    assert json.loads(one_wrong.to_json())["precisie_zeker"] == 0.9998


@pytest.fixture(scope="module")
def gespeeld(ruim: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "koppelradar", "demo", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        cwd=Path(__file__).resolve().parents[3],
        env={**os.environ, "TMPDIR": str(ruim)},
    )


@pytest.mark.slow
def test_the_demo_shows_what_it_promises(gespeeld: subprocess.CompletedProcess[str]) -> None:
    assert gespeeld.returncode == 0, gespeeld.stderr
    figures = json.loads(gespeeld.stdout.splitlines()[-1])
    assert figures.keys() == {field.name for field in fields(Samenvatting)}
    assert figures["precisie_zeker"] == 1.0
    assert figures["recall"] >= 0.42
    assert figures["namen_bij_diensten"] == 0
    assert figures["geplant_gevonden"] == figures["gezocht"] == 10000
    # Two organisations hear of every pair of part 1; part 2 adds seven signals and two matches, part 3 two and one.
    assert set(figures["notificaties"].values()) == {round(figures["recall"] * 5000)}
    assert figures["matches"] == round(figures["recall"] * 5000) + 3
    assert figures["mogelijke_matches"] > 1500
    assert 9000 < figures["signalen"] <= 10009
    assert figures["signalen_per_seconde"] > 0
    assert 0 < figures["seconden"] < 600


@pytest.mark.slow
def test_nothing_stays_behind(
    gespeeld: subprocess.CompletedProcess[str], ruim: Path, processes_naming: Callable[[str], list[str]]
) -> None:
    assert "Deel 5" in gespeeld.stdout
    # The lock of the embedded PostgreSQL is one per user of the machine, and stays (convenant.pg.ingebed).
    assert [folder.name for folder in ruim.glob("koppelradar-*")] in ([], [f"koppelradar-{os.geteuid()}"])
    assert processes_naming(str(ruim)) == []


@pytest.mark.slow
def test_the_audience_sees_the_story(gespeeld: subprocess.CompletedProcess[str]) -> None:
    assert gespeeld.stderr == ""
    for words in (
        "Deel 1",
        "Deel 2",
        "Deel 3",
        "Deel 4",
        "Deel 5",
        "Een termijn is verstreken",
        "Terugkoppeling van Veilig Thuis",
        "WT-201",
        "handtekening klopt",
        "LL-2031",
        "Samenvatting",
        "match-uitgebreid",
    ):
        assert words in gespeeld.stdout
    # The twin who was signalled by one organisation only is nobody's news.
    told = gespeeld.stdout.partition("te horen krijgt")[2]
    assert "WT-120" not in told
    assert "LL-2044" not in told
