"""What is said of a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koppelradar.bench.latentie.meting import Indiening, percentiel, result


def test_time_counts_from_when_a_submission_was_due() -> None:
    indiening = Indiening(gepland=10.0, ontvangen=10.25, gehoord=10.5)
    assert (indiening.ontvangst_s, indiening.latentie_s) == (0.25, 0.5)


@pytest.mark.parametrize(("deel", "verwacht"), [(0.01, 1), (0.5, 50), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_value_that_occurred(deel: float, verwacht: int) -> None:
    assert percentiel([float(n) for n in range(100, 0, -1)], deel) == verwacht


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_at_least_that_part_of_the_values_is_no_larger(waarden: list[float], deel: float) -> None:
    gevonden = percentiel(waarden, deel)
    assert gevonden in waarden
    assert sum(waarde <= gevonden for waarde in waarden) >= deel * len(waarden)


def test_figures_are_in_milliseconds_beside_the_receipt() -> None:
    indieningen = [Indiening(0.0, 0.010, 0.030), Indiening(1.0, 1.020, 1.030), Indiening(2.0, 2.030, 2.090)]
    figures = result(indieningen, per_seconde=50)
    assert figures == {
        "indieningen": 3,
        "per_seconde": 50,
        "latentie_mediaan_ms": 30.0,
        "latentie_p99_ms": 90.0,
        "latentie_hoogst_ms": 90.0,
        "ontvangst_mediaan_ms": 20.0,
        "ontvangst_p99_ms": 30.0,
        "verhouding_mediaan": 1.5,
    }
