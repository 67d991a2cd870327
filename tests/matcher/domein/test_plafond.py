"""The limits of a month."""

from dataclasses import replace

import pytest

from convenant.laden import parse_convenant
from convenant.model import Afspraken, Convenant, Partijgroep, Plafond, Plafondregel
from convenant.types import Oin, Sector
from convenant.voorbeelden import example_text
from matcher.domein.plafond import Telling, over_plafond

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
SCHOOL = next(partij.oin for partij in NHN.partijen if partij.sector is Sector.ONDERWIJS)
OMVANG = NHN.partij(SCHOOL).omvang


def _convenant(signalen: Plafond, mogelijk: Plafond, partijen: Partijgroep | None = None) -> Convenant:
    regel = Plafondregel(
        partijen=partijen or Partijgroep(alle=True),
        signalen=signalen,
        mogelijke_matches=mogelijk,
        bevragingen=Plafond(per_duizend=0, minstens=0),
    )
    return replace(NHN, afspraken=Afspraken(plafonds=(regel,)))


def _codes(convenant: Convenant, erbij: Telling, totaal: Telling, oin: Oin = SCHOOL) -> list[str]:
    found = over_plafond(oin, {NHN.id: erbij}, {NHN.id: totaal}, convenanten={NHN.id: convenant})
    assert all(fout.pad == "/signalen" for fout in found)
    return [fout.code for fout in found]


RUIM = Plafond(per_duizend=1000, minstens=0)


@pytest.mark.parametrize(("totaal", "codes"), [(20, []), (21, ["plafond-signalen"])])
def test_signals_count_to_the_last_one(totaal: int, codes: list[str]) -> None:
    convenant = _convenant(Plafond(per_duizend=0, minstens=20), RUIM)
    assert _codes(convenant, Telling(nieuwe_signalen=5), Telling(nieuwe_signalen=totaal)) == codes


def test_the_limit_grows_with_the_size_and_is_rounded_up() -> None:
    assert Plafond(per_duizend=10, minstens=20).of(1000) == 20
    assert Plafond(per_duizend=10, minstens=20).of(2001) == 21
    convenant = _convenant(Plafond(per_duizend=10, minstens=1), RUIM)
    limit = -(-OMVANG * 10 // 1000)
    assert _codes(convenant, Telling(nieuwe_signalen=1), Telling(nieuwe_signalen=limit)) == []
    assert _codes(convenant, Telling(nieuwe_signalen=1), Telling(nieuwe_signalen=limit + 1)) == ["plafond-signalen"]


@pytest.mark.parametrize(
    ("voor", "erbij", "codes"),
    [(9, 50, []), (10, 0, ["plafond-mogelijke-matches"]), (12, 3, ["plafond-mogelijke-matches"])],
)
def test_what_was_found_before_decides_about_possible_matches(voor: int, erbij: int, codes: list[str]) -> None:
    convenant = _convenant(RUIM, Plafond(per_duizend=0, minstens=10))
    act = Telling(nieuwe_signalen=1, mogelijke_matches=erbij)
    assert _codes(convenant, act, Telling(nieuwe_signalen=1, mogelijke_matches=voor + erbij)) == codes


def test_a_party_without_a_limit_may_submit_nothing() -> None:
    convenant = _convenant(RUIM, RUIM, Partijgroep(sectoren=frozenset({Sector.JUSTITIE})))
    assert _codes(convenant, Telling(nieuwe_signalen=1), Telling(nieuwe_signalen=1)) == ["plafond-signalen"]


def test_what_brings_no_new_signal_is_never_refused() -> None:
    convenant = _convenant(Plafond(per_duizend=0, minstens=1), Plafond(per_duizend=0, minstens=1))
    assert _codes(convenant, Telling(signalen=9), Telling(signalen=9, nieuwe_signalen=5, mogelijke_matches=5)) == []
