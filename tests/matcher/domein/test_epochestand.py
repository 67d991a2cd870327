from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from convenant.model import EpochePeriode
from convenant.types import Epoche
from matcher.domein.epochestand import Epochestand, stand_of

if TYPE_CHECKING:
    from tests.conftest import Partijen

EEN = EpochePeriode(nummer=Epoche(1), van=date(2026, 1, 1), tot=date(2026, 6, 30))
TWEE = EpochePeriode(nummer=Epoche(2), van=date(2026, 6, 1), tot=date(2027, 6, 30))


@pytest.mark.parametrize(
    ("vandaag", "erased", "stand"),
    [
        pytest.param(date(2026, 5, 1), (), Epochestand.LOOPT, id="alone"),
        pytest.param(date(2026, 6, 30), (), Epochestand.OVERLAP, id="last day"),
        pytest.param(date(2026, 7, 1), (), Epochestand.WACHT_OP_HERTOKENING, id="over"),
        pytest.param(date(2026, 7, 1), (Epoche(1),), Epochestand.UITGETREDEN, id="erased"),
    ],
)
def test_an_epoch_goes_through_its_life(
    partijen: "Partijen", vandaag: date, erased: tuple[Epoche, ...], stand: Epochestand
) -> None:
    convenant = replace(partijen.convenant, epochen=(EEN, TWEE))
    assert stand_of(EEN, convenant, erased=erased, vandaag=vandaag) is stand
    assert stand_of(replace(EEN, gelekt=True), convenant, erased=erased, vandaag=vandaag) is Epochestand.GELEKT
