"""The text of a new convenant."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.errors import OngeldigConvenant
from convenant.laden import document_from_yaml, parse_convenant
from convenant.nieuw import PLACEHOLDER, NieuwConvenant, NieuwePartij, Sjabloon, check_start, convenant_id, nieuw_yaml
from convenant.types import Rol, Sector

_NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=60)
# A municipality may hold a comma here, as the template quotes each by itself.
_PARTIJEN = st.builds(
    NieuwePartij,
    naam=_NAMES,
    sector=st.sampled_from(Sector),
    rollen=st.just((Rol.SIGNALEERDER,)),
    gemeenten=st.lists(_NAMES, max_size=2).map(tuple),
)


def _nieuw(*partijen: NieuwePartij) -> NieuwConvenant:
    return NieuwConvenant(
        id="test-2026",
        naam="Test",
        regio="Nergens",
        van=date(2026, 1, 1),
        tot=date(2027, 1, 31),
        convenanthouder=partijen[0].naam,
        beheerder="ICT",
        partijen=partijen,
    )


WIJKTEAM = NieuwePartij(naam="Wijk", sector=Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, rollen=(Rol.SIGNALEERDER,))
VT = NieuwePartij(naam="VT", sector=Sector.VEILIG_THUIS, rollen=(Rol.SIGNALEERDER, Rol.RADAR))


@given(st.lists(_PARTIJEN, min_size=1, max_size=3), st.sampled_from(Sjabloon), _NAMES)
@settings(max_examples=25, deadline=None)
def test_every_name_comes_back_as_it_was(partijen: list[NieuwePartij], sjabloon: Sjabloon, bestand: str) -> None:
    text = nieuw_yaml(_nieuw(*partijen), sjabloon, bestand=bestand)
    document = document_from_yaml(text, bron="nieuw")
    assert [p["naam"] for p in document["partijen"]] == [partij.naam for partij in partijen]
    assert [tuple(p["gemeenten"]) for p in document["partijen"]] == [partij.gemeenten for partij in partijen]
    assert {p["sleutels"][0]["x"] for p in document["partijen"]} == {PLACEHOLDER}


@pytest.mark.parametrize("sector", Sector)
@pytest.mark.parametrize("sjabloon", Sjabloon)
def test_an_organisation_of_any_sector_can_take_part(sjabloon: Sjabloon, sector: Sector) -> None:
    ander = NieuwePartij(naam="Ander", sector=sector, rollen=(Rol.SIGNALEERDER,))
    convenant = check_start(nieuw_yaml(_nieuw(VT, WIJKTEAM, ander), sjabloon, bestand="x"), bron="x")
    assert len(convenant.partijen) == 3
    assert convenant.partijen[0].vereist


def test_the_placeholder_passes_for_no_key() -> None:
    with pytest.raises(OngeldigConvenant) as fout:
        parse_convenant(nieuw_yaml(_nieuw(VT, WIJKTEAM), Sjabloon.REGIO, bestand="x"), bron="x")
    assert [b.pad for b in fout.value.bevindingen] == [f"partijen.{i}.sleutels.0.x" for i in range(2)]


def test_what_would_be_wrong_with_keys_is_found() -> None:
    alone = nieuw_yaml(_nieuw(WIJKTEAM), Sjabloon.MINIMAAL, bestand="x")
    with pytest.raises(OngeldigConvenant):
        check_start(alone, bron="x")


@pytest.mark.parametrize(
    ("regio", "kenmerk"),
    [("Noord-Holland Noord", "noord-holland-noord-2026"), ("Fryslân", "fryslan-2026"), ("…", "convenant-2026")],
)
def test_an_id_is_made_of_the_region(regio: str, kenmerk: str) -> None:
    assert convenant_id(regio, 2026) == kenmerk
