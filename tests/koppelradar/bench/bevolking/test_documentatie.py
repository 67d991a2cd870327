"""docs/bevolking.md says what the code does."""

from pathlib import Path

import pytest

from koppelradar.bench.bevolking import Foutsoort
from koppelradar.bench.bevolking.fouten import GEWICHTEN, UITLEG

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "bevolking.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("soort", Foutsoort)
def test_the_page_shows_weight_and_explanation_of_every_kind(soort: Foutsoort) -> None:
    assert f"| `{soort.value}` | {GEWICHTEN[soort]} | {UITLEG[soort]} |" in PAGE
