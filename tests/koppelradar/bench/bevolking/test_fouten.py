"""Each kind of error does what it says, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.canoniek import canoniseer
from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking import PEILDATUM, Foutsoort, Geslacht, Herkomst, Inwoner, bevolking
from koppelradar.bench.bevolking.fouten import GEWICHTEN, UITLEG, draw_fouten, make_fout
from koppelradar.bench.bevolking.kans import Kans

INWONERS = tuple(bevolking(1500, zaad=11))
ZADEN = st.integers(0, 2**32)
NAAMVELDEN = ("voornamen", "voorvoegsel", "geslachtsnaam", "partnernaam")
# Which fields a kind may touch.
VELDEN = {
    Foutsoort.TYPEFOUT: {"voornamen", "geslachtsnaam"},
    Foutsoort.OCR: {"voornamen", "geslachtsnaam"},
    Foutsoort.FONETISCH: {"voornamen", "geslachtsnaam"},
    Foutsoort.VOORVOEGSEL: {"voornamen", "voorvoegsel", "geslachtsnaam"},
    Foutsoort.VERWISSELD: {"voornamen", "voorvoegsel", "geslachtsnaam"},
    Foutsoort.ROEPNAAM: {"voornamen"},
    Foutsoort.INITIALEN: {"voornamen"},
    Foutsoort.DUBBELE_NAAM_HALF: {"voornamen", "geslachtsnaam"},
    Foutsoort.GETROUWDE_NAAM: {"voorvoegsel", "geslachtsnaam", "partnernaam"},
    Foutsoort.DAG_MAAND: {"geboortedatum"},
    Foutsoort.DATUMCIJFER: {"geboortedatum"},
    Foutsoort.VOORNAAM_ONTBREEKT: {"voornamen"},
    Foutsoort.VOORNAMEN_INGEKORT: {"voornamen"},
    Foutsoort.TRANSLITERATIE: {"voornamen", "voorvoegsel", "geslachtsnaam"},
    Foutsoort.STANDAARDDATUM: {"geboortedatum"},
}


def _inwoner(
    voornamen: str = "Johannes Cornelis",
    voorvoegsel: str = "van der",
    geslachtsnaam: str = "Berg",
    geboortedatum: str = "1980-05-04",
    partnernaam: str | None = None,
    *,
    herkomst: Herkomst = Herkomst.NEDERLANDS,
) -> Inwoner:
    persoon = Persoon(voornamen, voorvoegsel, geslachtsnaam, geboortedatum, partnernaam)
    return Inwoner(nummer=0, huishouden=0, tweeling=None, geslacht=Geslacht.MAN, herkomst=herkomst, persoon=persoon)


def _forms(soort: Foutsoort, inwoner: Inwoner) -> set[Persoon]:
    """Everything that a kind of error makes of somebody in 200 throws."""
    made = (make_fout(Kans(zaad), soort, inwoner.persoon, inwoner) for zaad in range(200))
    return {persoon for persoon in made if persoon is not None}


def _changed(voor: Persoon, na: Persoon) -> set[str]:
    return {veld for veld in (*NAAMVELDEN, "geboortedatum") if getattr(voor, veld) != getattr(na, veld)}


def test_every_kind_has_a_weight_and_an_explanation() -> None:
    assert set(GEWICHTEN) == set(UITLEG) == set(VELDEN) == set(Foutsoort)


@pytest.mark.parametrize("soort", Foutsoort)
@settings(max_examples=40, deadline=None)
@given(zaad=ZADEN)
def test_a_kind_changes_its_own_fields_only_and_stays_acceptable(soort: Foutsoort, zaad: int) -> None:
    kans = Kans(zaad)
    inwoner = kans.pick(INWONERS)
    getypt = make_fout(kans, soort, inwoner.persoon, inwoner)
    if getypt is not None:
        assert _changed(inwoner.persoon, getypt)
        assert _changed(inwoner.persoon, getypt) <= VELDEN[soort]
        canoniseer(getypt, vandaag=PEILDATUM)


@pytest.mark.parametrize("soort", Foutsoort)
def test_every_kind_happens_to_somebody(soort: Foutsoort) -> None:
    assert any(make_fout(Kans(each.nummer), soort, each.persoon, each) for each in INWONERS)


@settings(max_examples=150, deadline=None)
@given(zaad=ZADEN)
def test_a_copy_has_one_or_two_kinds_in_different_fields(zaad: int) -> None:
    kans = Kans(zaad)
    inwoner = kans.pick(INWONERS)
    persoon, soorten = draw_fouten(kans, inwoner)
    assert 1 <= len(set(soorten)) == len(soorten) <= 2
    changed = _changed(inwoner.persoon, persoon)
    assert len(changed) >= len(soorten)
    assert all(changed & VELDEN[soort] for soort in soorten)
    canoniseer(persoon, vandaag=PEILDATUM)


@settings(max_examples=60, deadline=None)
@given(zaad=ZADEN)
def test_a_typing_error_is_one_letter(zaad: int) -> None:
    inwoner = _inwoner(voornamen="Cornelis", geslachtsnaam="Timmermans")
    getypt = make_fout(Kans(zaad), Foutsoort.TYPEFOUT, inwoner.persoon, inwoner)
    if getypt is not None:
        (veld,) = _changed(inwoner.persoon, getypt)
        voor, na = getattr(inwoner.persoon, veld), getattr(getypt, veld)
        assert abs(len(voor) - len(na)) <= 1
        assert na[0] == voor[0] or sorted(na) == sorted(voor)
        assert sum(een != ander for een, ander in zip(voor, na, strict=True)) <= 2 if len(voor) == len(na) else True


def test_a_voorvoegsel_is_dropped_abbreviated_or_typed_elsewhere() -> None:
    found = {
        (each.voornamen, each.voorvoegsel, each.geslachtsnaam) for each in _forms(Foutsoort.VOORVOEGSEL, _inwoner())
    }
    assert found == {
        ("Johannes Cornelis", "", "Berg"),
        ("Johannes Cornelis", "v.d.", "Berg"),
        ("Johannes Cornelis", "", "van der Berg"),
        ("Johannes Cornelis", "", "Berg, van der"),
        ("Johannes Cornelis van der", "", "Berg"),
    }
    assert not _forms(Foutsoort.VOORVOEGSEL, _inwoner(voorvoegsel=""))


@pytest.mark.parametrize(
    ("soort", "veld", "expected"),
    [
        (Foutsoort.ROEPNAAM, "voornamen", {"Hannes"}),
        (Foutsoort.INITIALEN, "voornamen", {"J.C."}),
        (Foutsoort.VOORNAAM_ONTBREEKT, "voornamen", {""}),
        (Foutsoort.VOORNAMEN_INGEKORT, "voornamen", {"Johannes"}),
        (Foutsoort.VERWISSELD, "geslachtsnaam", {"Johannes Cornelis"}),
        (Foutsoort.VERWISSELD, "voornamen", {"van der Berg"}),
        (Foutsoort.DAG_MAAND, "geboortedatum", {"1980-04-05"}),
        (Foutsoort.STANDAARDDATUM, "geboortedatum", {"1980-01-01", "1980-07-01"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_kind_does_what_it_says(soort: Foutsoort, veld: str, expected: set[str]) -> None:
    assert {getattr(each, veld) for each in _forms(soort, _inwoner())} == expected


@pytest.mark.parametrize(
    ("soort", "inwoner"),
    [
        pytest.param(Foutsoort.DAG_MAAND, _inwoner(geboortedatum="1980-05-14"), id="month 14"),
        pytest.param(Foutsoort.DAG_MAAND, _inwoner(geboortedatum="1980-05-05"), id="same day and month"),
        pytest.param(Foutsoort.ROEPNAAM, _inwoner(voornamen="Xanthippe"), id="no roepnaam known"),
        pytest.param(Foutsoort.VOORNAMEN_INGEKORT, _inwoner(voornamen="Jan"), id="one given name"),
        pytest.param(Foutsoort.DUBBELE_NAAM_HALF, _inwoner(), id="no double name"),
        pytest.param(Foutsoort.GETROUWDE_NAAM, _inwoner(), id="no partner"),
        pytest.param(Foutsoort.TRANSLITERATIE, _inwoner(), id="Dutch name"),
    ],
)
def test_a_kind_that_cannot_happen_does_not(soort: Foutsoort, inwoner: Inwoner) -> None:
    assert not _forms(soort, inwoner)


def test_one_digit_of_the_date_is_wrong() -> None:
    forms = _forms(Foutsoort.DATUMCIJFER, _inwoner())
    assert len(forms) > 10
    for each in forms:
        assert sum(een != ander for een, ander in zip(each.geboortedatum, "1980-05-04", strict=True)) == 1


def test_the_partner_name_comes_in_place_of_the_own_name_or_before_it() -> None:
    forms = _forms(Foutsoort.GETROUWDE_NAAM, _inwoner(partnernaam="de Vries"))
    assert {(each.voorvoegsel, each.geslachtsnaam, each.partnernaam) for each in forms} == {
        ("", "de Vries", None),
        ("", "de Vries-van der Berg", None),
    }


def test_half_of_a_double_name_is_left() -> None:
    surname = _forms(Foutsoort.DUBBELE_NAAM_HALF, _inwoner(geslachtsnaam="Berg-de Vries"))
    assert {each.geslachtsnaam for each in surname} == {"Berg", "de Vries"}
    given_name = _forms(Foutsoort.DUBBELE_NAAM_HALF, _inwoner(voornamen="Jan-Willem"))
    assert {each.voornamen for each in given_name} == {"Jan", "Willem"}


def test_an_arabic_name_is_spelled_in_several_ways() -> None:
    inwoner = _inwoner("Mohamed", "El", "Amrani", herkomst=Herkomst.MAROKKAANS)
    forms = _forms(Foutsoort.TRANSLITERATIE, inwoner)
    assert {"Mohammed", "Muhammed"} <= {each.voornamen for each in forms}
    assert {("Al", "Amrani"), ("", "Elamrani")} <= {(each.voorvoegsel, each.geslachtsnaam) for each in forms}


@pytest.mark.parametrize(
    ("soort", "naam", "expected"),
    [
        (Foutsoort.FONETISCH, "Meijer", {"Meeier", "Meyer"}),
        (Foutsoort.OCR, "Horn", {"Hom"}),
    ],
    ids=["sound", "scan"],
)
def test_letters_are_taken_for_others(soort: Foutsoort, naam: str, expected: set[str]) -> None:
    forms = _forms(soort, _inwoner("", "", naam))
    assert expected & {each.geslachtsnaam for each in forms}
