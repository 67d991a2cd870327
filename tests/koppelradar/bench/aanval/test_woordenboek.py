"""The dictionary attack finds nobody in mode voprf, and everybody where a weakness was planted."""

from typing import TYPE_CHECKING, Any

import pytest

from convenant.voprf import OprfSleutel
from koppelradar.bench.aanval import woordenboek
from koppelradar.bench.aanval.buit import CODES
from koppelradar.bench.aanval.oordeel import judge_namen
from koppelradar.bench.aanval.voprf import Oprfsleutels
from koppelradar.bench.aanval.wereld import Zaadbron
from koppelradar.bench.aanval.woordenlijst import Woordenlijst

if TYPE_CHECKING:
    from tests.koppelradar.bench.aanval.conftest import Vuller, Werkplaatsmaker

ONE = OprfSleutel.from_bytes((1).to_bytes(32, "little"))


def _derived_from(name: str) -> Oprfsleutels:
    return {code: OprfSleutel.derive(Zaadbron(5)(name), code.encode()) for code in CODES}


def test_finds_nobody_without_the_oprf_keys(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    assert woordenboek.val_aan(plaats.buit(), lijst, None) == {}


def test_finds_everybody_with_the_oprf_keys(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    oordeel = judge_namen(woordenboek.val_aan(plaats.buit(), lijst, plaats.sleutel()), plaats.waarheid)
    assert (oordeel.herkend, oordeel.onterecht) == (25, 0)


@pytest.mark.parametrize(
    "zwakte",
    [
        pytest.param({"hmac": True}, id="mode hmac"),
        pytest.param({"hmac": True, "opslaan": bytes}, id="mode hmac, no pepper"),
        pytest.param({"oprf": dict.fromkeys(CODES, ONE)}, id="a key of 1"),
        pytest.param({"oprf": _derived_from("K")}, id="keys made from K"),
        pytest.param({"oprf": _derived_from("pepper")}, id="keys made from the pepper"),
    ],
)
def test_finds_everybody_where_a_weakness_was_planted(
    werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller", zwakte: dict[str, Any]
) -> None:
    plaats = werkplaats(**zwakte)
    fill(plaats, lijst.personen[:25])
    oordeel = judge_namen(woordenboek.val_aan(plaats.buit(), lijst, None), plaats.waarheid)
    assert (oordeel.herkend, oordeel.onterecht) == (25, 0)


def test_finds_who_bears_a_key_of_one_weak_code(
    werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller"
) -> None:
    plaats = werkplaats(oprf={**Zaadbron(5).oprf(), "met-jaar": ONE})
    fill(plaats, lijst.personen[:25])
    oordeel = judge_namen(woordenboek.val_aan(plaats.buit(), lijst, None), plaats.waarheid)
    bearers = {persoon.nummer for persoon in lijst.personen[:25] if CODES.index("met-jaar") in persoon.sleutels}
    assert oordeel.herkend == len(bearers) > 0
