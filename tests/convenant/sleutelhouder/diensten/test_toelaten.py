"""Who may ask under a convenant: a party with a role that enters persons, a budget, and a convenant that runs."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest

from convenant.model import Convenant
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.diensten.toelaten import admit
from convenant.sleutelhouder.types import MedewerkerPseudoniem
from convenant.types import Oin, Rol
from convenant.web.errors import GeenToegang, OngeldigeInvoer
from convenant.web.types import Client

if TYPE_CHECKING:
    from tests.conftest import Partijen


class Vandaag:
    """As much of a Kern as admitting needs."""

    def __init__(self, convenant: Convenant) -> None:
        self.convenanten = {convenant.id: convenant}

    def vandaag(self) -> date:
        return date(2026, 5, 12)


def ask(convenant: Convenant, oin: Oin, rol: Rol = Rol.SIGNALEERDER) -> Any:
    aanroeper = Aanroeper(Client(oin), MedewerkerPseudoniem(b"m" * 32), rol)
    return admit(cast("Kern", Vandaag(convenant)), aanroeper, convenant.id)


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


def of_rol(convenant: Convenant, rol: Rol) -> Oin:
    return next(partij.oin for partij in convenant.partijen if rol in partij.rollen)


@pytest.mark.parametrize("rol", [Rol.SIGNALEERDER, Rol.RADAR])
def test_a_party_that_enters_persons_gets_its_budget(convenant: Convenant, rol: Rol) -> None:
    oin = of_rol(convenant, rol)
    assert ask(convenant, oin, rol) == (convenant, convenant.budget_of(oin))


def test_an_organisation_outside_this_convenant_may_ask_nothing(convenant: Convenant) -> None:
    with pytest.raises(GeenToegang):
        ask(convenant, Oin("00000099000000099000"))


def test_a_party_without_a_role_that_enters_persons_may_ask_nothing(convenant: Convenant) -> None:
    """Whatever role another convenant gave it: one access token speaks of all."""
    with pytest.raises(GeenToegang):
        ask(convenant, of_rol(convenant, Rol.PRIVACY))


def test_without_a_budget_rule_there_is_no_budget(convenant: Convenant) -> None:
    with pytest.raises(GeenToegang, match="budget"):
        ask(replace(convenant, budgetten=()), of_rol(convenant, Rol.SIGNALEERDER))


def test_a_convenant_that_is_over_is_unknown(convenant: Convenant) -> None:
    over = replace(convenant, geldig_tot=date(2026, 5, 11))
    with pytest.raises(OngeldigeInvoer) as caught:
        ask(over, of_rol(convenant, Rol.SIGNALEERDER))
    assert [fout.code for fout in caught.value.fouten] == ["onbekend-convenant"]
