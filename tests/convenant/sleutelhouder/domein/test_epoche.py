from dataclasses import replace
from datetime import date

import pytest

from convenant.laden import parse_convenant
from convenant.model import Convenant, EpochePeriode
from convenant.sleutelhouder.domein.epoche import Epochesleutels, status_of
from convenant.sleutelhouder.types import Epochestatus
from convenant.types import Epoche
from convenant.voorbeelden import example_text
from convenant.voprf import OprfSleutel

EPOCHEN = (
    EpochePeriode(nummer=Epoche(1), van=date(2026, 1, 1), tot=date(2026, 6, 30)),
    EpochePeriode(nummer=Epoche(2), van=date(2026, 5, 1), tot=date(2027, 12, 31)),
)


@pytest.fixture(scope="module")
def convenant() -> Convenant:
    return replace(parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld"), epochen=EPOCHEN)


@pytest.mark.parametrize(
    ("nummer", "op", "status"),
    [
        (1, date(2026, 1, 1), Epochestatus.ACTIEF),
        (2, date(2026, 4, 30), Epochestatus.GEMAAKT),
        (1, date(2026, 5, 1), Epochestatus.OVERLAP),
        (2, date(2026, 5, 1), Epochestatus.ACTIEF),
        (1, date(2026, 6, 30), Epochestatus.OVERLAP),
        (1, date(2026, 7, 1), Epochestatus.UITGETREDEN),
        (7, date(2026, 7, 1), Epochestatus.GEMAAKT),
    ],
)
def test_the_calendar_of_the_convenant_decides(
    convenant: Convenant, nummer: int, op: date, status: Epochestatus
) -> None:
    assert status_of(convenant, Epoche(nummer), gewist=False, op=op) is status


def test_a_leaked_or_erased_epoch_is_retired_whatever_its_dates(convenant: Convenant) -> None:
    leaked = replace(convenant, epochen=(EPOCHEN[0], replace(EPOCHEN[1], gelekt=True)))
    op = date(2026, 5, 12)
    assert status_of(leaked, Epoche(2), gewist=False, op=op) is Epochestatus.UITGETREDEN
    assert status_of(leaked, Epoche(1), gewist=False, op=op) is Epochestatus.ACTIEF
    assert status_of(convenant, Epoche(2), gewist=True, op=op) is Epochestatus.UITGETREDEN
    assert status_of(convenant, Epoche(7), gewist=True, op=op) is Epochestatus.UITGETREDEN


def test_keys_do_not_show() -> None:
    assert "geheim" not in repr(Epochesleutels({}, {"zeker": OprfSleutel.generate()}))
