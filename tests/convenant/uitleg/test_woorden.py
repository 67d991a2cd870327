"""Plain Dutch for what stands in the document."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

import pytest

from convenant import types
from convenant.model import Budget, Convenant, Grondslag, Partijgroep, Plafond, Termijn
from convenant.types import Eenheid, Oin, Rol, Sector, Veld
from convenant.uitleg import woorden

_TABLES: tuple[tuple[type[Enum], Mapping[Enum, object]], ...] = tuple(
    (type(next(iter(table))), table)
    for table in vars(woorden).values()
    if isinstance(table, Mapping) and table and isinstance(next(iter(table)), Enum)
)


@pytest.mark.parametrize(("lijst", "tabel"), _TABLES, ids=[lijst.__name__ for lijst, _ in _TABLES])
def test_every_value_of_a_list_has_its_own_words(lijst: type[Enum], tabel: Mapping[Enum, object]) -> None:
    assert set(tabel) == set(lijst)
    assert len({str(woord) for woord in tabel.values()}) == len(tabel)


def test_every_closed_list_has_a_table() -> None:
    lists = {thing for thing in vars(types).values() if isinstance(thing, type) and issubclass(thing, Enum)}
    assert {item for item in lists if item.__module__ == types.__name__} == {lijst for lijst, _ in _TABLES}


@pytest.mark.parametrize(
    ("delen", "zin"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_lists_words_as_a_sentence_does(delen: list[str], zin: str) -> None:
    assert woorden.opsomming(delen) == zin


def test_values_come_in_the_order_of_the_list() -> None:
    assert woorden.in_order({Veld.KAART, Veld.ORGANISATIE}, woorden.VELDEN_KORT) == ["naam", "contactkaart"]


def test_days_and_terms_are_written_out() -> None:
    term = Termijn(code="x", artikel="1", aantal=1, eenheid=Eenheid.WERKDAGEN, omschrijving="Iets.")
    assert woorden.datum(date(2026, 3, 1)) == "1 maart 2026"
    assert woorden.termijn(term) == "1 werkdag"
    assert woorden.maanden(3) == "3 maanden"


def test_a_limit_of_nothing_is_said_so() -> None:
    assert woorden.plafond(Plafond(per_duizend=0, minstens=0)) == "geen"
    assert woorden.plafond(Plafond(per_duizend=2, minstens=5)) == "2 per duizend personen, en minstens 5"
    assert "3 per minuut" in woorden.budget(Budget(per_minuut=3, per_dag=4, per_maand=5))


@pytest.mark.parametrize(
    ("artikel", "zin"),
    [("7.1.4.1", "Wet, artikel 7.1.4.1"), ("stap 4", "Wet, stap 4")],
)
def test_an_article_is_called_so_when_it_is_a_number(artikel: str, zin: str) -> None:
    grondslag = Grondslag(
        code="x",
        wet="Wet",
        artikel=artikel,
        omschrijving="Mag.",
        signaalsoorten=frozenset(),
        ontvangers=Partijgroep(alle=True),
    )
    assert woorden.wet(grondslag) == zin


@pytest.mark.parametrize(
    ("groep", "zin"),
    [
        (Partijgroep(alle=True), "alle partijen"),
        (Partijgroep(), "niemand"),
        (
            Partijgroep(sectoren=frozenset({Sector.ONDERWIJS, Sector.JEUGDHULP})),
            "partijen in de sectoren onderwijs en jeugdhulp",
        ),
        (Partijgroep(rollen=frozenset({Rol.RADAR})), "partijen met de rol radar"),
        (Partijgroep(oins=frozenset({Oin("00000099000000003000")})), "School"),
        (
            Partijgroep(oins=frozenset({Oin("00000099000000003000")}), rollen=frozenset({Rol.RADAR})),
            "School met de rol radar",
        ),
        (Partijgroep(oins=frozenset({Oin("00000099000000077000")})), "een onbekende organisatie"),
    ],
)
def test_a_group_is_said_in_words(groep: Partijgroep, zin: str, convenant: Convenant) -> None:
    assert woorden.groep(groep, convenant.partijen) == zin


def test_all_kinds_of_signals_are_called_so(convenant: Convenant) -> None:
    assert woorden.soorten(["verzuim", "zorg"], convenant) == "elke soort"
    assert woorden.soorten(["verzuim"], convenant) == "verzuim"
