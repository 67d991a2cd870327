"""The short way to an outcome equals the way of the SDK, and a counter keeps to its budget."""

import pytest

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.koppeltokens.voprf import Blindronde
from client_sdk.types import ConvenantSleutel
from convenant.model import Budget
from convenant.types import ConvenantId, Epoche, Niveau
from koppelradar.bench.aanval.voprf import BudgetOp, Loket, Loketvrager, Sleutelvrager
from koppelradar.bench.aanval.wereld import Zaadbron

OPRF = Zaadbron(1).oprf()
BUDGET = Budget(per_minuut=2, per_dag=3, per_maand=6)
AFLEIDING = Tokenafleiding(ConvenantId("proef"), Epoche(1), ConvenantSleutel(b"k" * 32))
SLEUTEL = Koppelsleutel("zeker", Niveau.ZEKER, "jan\x1fdijk\x1f19800531")


def test_every_way_to_an_outcome_gives_the_same() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[SLEUTEL]])
    loket = Loket(OPRF, BUDGET)
    antwoord = {code: (loket.evalueer(code, punten), loket.publiek[code]) for code, punten in ronde.punten.items()}
    (uitkomsten,) = ronde.finish([antwoord])
    invoer = [AFLEIDING.mask(SLEUTEL)]
    assert [uitkomsten["zeker"]] == list(Sleutelvrager(OPRF).vraag("zeker", invoer))
    assert [uitkomsten["zeker"]] == list(Loketvrager(loket).vraag("zeker", invoer))


def test_a_counter_evaluates_nothing_beyond_its_budget() -> None:
    vrager = Loketvrager(Loket(OPRF, BUDGET))
    vrager.vraag("zeker", [b"a", b"b"])
    with pytest.raises(BudgetOp):
        vrager.vraag("zeker", [b"c", b"d"])
    assert (vrager.ruimte("zeker"), vrager.ruimte("met-jaar"), vrager.loket.minuten) == (1, 3, 1)
    vrager.vraag("zeker", [b"c"])
    assert (vrager.ruimte("zeker"), vrager.loket.minuten) == (0, 2)
    assert vrager.vraag("zeker", []) == ()


def test_the_keys_do_not_show() -> None:
    assert OPRF["zeker"].reveal().hex() not in repr(Loketvrager(Loket(OPRF, BUDGET)))
