"""Probing names as many persons as the budget lets it ask, and no more."""

from typing import TYPE_CHECKING

from convenant.model import Budget
from koppelradar.bench.aanval import peilen
from koppelradar.bench.aanval.buit import CODES
from koppelradar.bench.aanval.oordeel import judge_namen
from koppelradar.bench.aanval.voprf import Loket, Loketvrager
from koppelradar.bench.aanval.woordenlijst import Woordenlijst

if TYPE_CHECKING:
    from tests.koppelradar.bench.aanval.conftest import Vuller, Werkplaats, Werkplaatsmaker


def _loket(plaats: "Werkplaats", per_dag: int) -> Loket:
    assert plaats.oprf is not None
    return Loket(plaats.oprf, Budget(per_minuut=60, per_dag=per_dag, per_maand=10 * per_dag))


def test_each_code_tests_another_person(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    loket = _loket(plaats, per_dag=1)
    peiling = peilen.peil(plaats.buit(), lijst, Loketvrager(loket))
    assert dict(loket.gevraagd) == dict.fromkeys(CODES, 1)
    assert peiling.getest >= len(CODES)
    assert 0 < judge_namen(peiling.namen, plaats.waarheid).herkend <= peiling.getest


def test_without_a_limit_that_matters_everybody_is_named(
    werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller"
) -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    peiling = peilen.peil(plaats.buit(), lijst, Loketvrager(_loket(plaats, per_dag=1000)))
    assert peiling.getest == sum(bool(persoon.sleutels) for persoon in lijst.personen)
    assert judge_namen(peiling.namen, plaats.waarheid).herkend == 25


def test_finds_everybody_with_the_oprf_keys(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    assert judge_namen(peilen.val_aan(plaats.buit(), lijst, plaats.sleutel()), plaats.waarheid).herkend == 25
