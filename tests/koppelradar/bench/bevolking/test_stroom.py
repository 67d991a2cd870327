"""The population: the same for the same seed, and shaped like the one it stands for."""

import hashlib
from collections import Counter, defaultdict
from datetime import date
from itertools import islice, pairwise

import pytest

from client_sdk.canoniek import canoniseer
from koppelradar.bench.bevolking import PEILDATUM, BevolkingFout, Geslacht, Herkomst, Inwoner, bevolking

# A population is large before its shares can be told from chance.
pytestmark = pytest.mark.slow

AANTAL = 20_000
# Changes only together with docs/bevolking.md: another population is another measurement.
FROZEN = "86912e344baa38a13b9699a722c6d5350e154391114ee2c7f6691c70817692cc"


@pytest.fixture(scope="module")
def inwoners() -> list[Inwoner]:
    return list(bevolking(AANTAL, zaad=20))


def _line(inwoner: Inwoner) -> str:
    each = inwoner.persoon
    namen = (each.voornamen, each.voorvoegsel, each.geslachtsnaam, each.geboortedatum, each.partnernaam or "")
    return "|".join((str(inwoner.nummer), str(inwoner.huishouden), str(inwoner.tweeling), inwoner.herkomst, *namen))


def _born(inwoner: Inwoner) -> date:
    return date.fromisoformat(inwoner.persoon.geboortedatum)


def test_the_same_seed_gives_the_same_bytes() -> None:
    text = "\n".join(map(_line, bevolking(2000, zaad=7)))
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN


def test_another_seed_gives_other_persons() -> None:
    assert list(map(_line, bevolking(50, zaad=1))) != list(map(_line, bevolking(50, zaad=2)))


def test_a_longer_population_begins_with_the_shorter_one() -> None:
    assert list(map(_line, islice(bevolking(5000, zaad=3), 500))) == list(map(_line, bevolking(500, zaad=3)))


def test_nobody_is_missing_and_households_stay_together(inwoners: list[Inwoner]) -> None:
    assert [each.nummer for each in inwoners] == list(range(AANTAL))
    assert all(na.huishouden - voor.huishouden in (0, 1) for voor, na in pairwise(inwoners))


def test_everybody_is_acceptable_input(inwoners: list[Inwoner]) -> None:
    for inwoner in inwoners[:5000]:
        assert canoniseer(inwoner.persoon, vandaag=PEILDATUM).voornamen


def test_ages_lie_between_0_and_just_over_90(inwoners: list[Inwoner]) -> None:
    jaren = [PEILDATUM.year - _born(each).year for each in inwoners]
    assert 1 <= min(jaren) <= 2
    assert 85 <= max(jaren) <= 91


def test_households_have_a_size_as_in_the_netherlands(inwoners: list[Inwoner]) -> None:
    assert 1.9 < AANTAL / (inwoners[-1].huishouden + 1) < 2.4


def test_origins_have_their_share(inwoners: list[Inwoner]) -> None:
    found = Counter(each.herkomst for each in inwoners)
    assert found[Herkomst.NEDERLANDS] / AANTAL == pytest.approx(0.78, abs=0.03)
    assert found[Herkomst.MAROKKAANS] / AANTAL == pytest.approx(0.05, abs=0.02)
    assert set(found) == set(Herkomst)


def test_a_sixth_of_the_people_bears_a_frequent_surname(inwoners: list[Inwoner]) -> None:
    namen = Counter((each.persoon.voorvoegsel, each.persoon.geslachtsnaam) for each in inwoners)
    assert sum(aantal for _, aantal in namen.most_common(100)) / AANTAL == pytest.approx(1 / 6, abs=0.02)
    assert len(namen) > 5000


def test_twins_are_as_frequent_as_they_should_be_and_share_date_and_surname() -> None:
    groepen = defaultdict(list)
    kinderen = 0
    for inwoner in bevolking(AANTAL, zaad=4, gezinnen=1.0):
        kinderen += _born(inwoner).year > PEILDATUM.year - 23
        if inwoner.tweeling is not None:
            groepen[inwoner.tweeling].append(inwoner)
    assert len(groepen) / kinderen == pytest.approx(0.016, abs=0.004)
    assert list(groepen) == list(range(len(groepen)))
    for groep in list(groepen.values())[:-1]:
        een, ander = groep
        assert een.persoon.geboortedatum == ander.persoon.geboortedatum
        assert een.huishouden == ander.huishouden
        assert een.persoon.voornamen.split()[0] != ander.persoon.voornamen.split()[0]
        assert een.persoon.geslachtsnaam[:-1] == ander.persoon.geslachtsnaam[:-1]


def test_emphasis_on_families_gives_more_children(inwoners: list[Inwoner]) -> None:
    gezinnen = list(bevolking(5000, zaad=20, gezinnen=1.0))
    jong = [sum(_born(each).year > 2007 for each in groep) / len(groep) for groep in (inwoners, gezinnen)]
    assert jong[1] > 1.5 * jong[0]


def test_a_fifth_of_the_syrian_persons_has_an_assigned_date(inwoners: list[Inwoner]) -> None:
    def share(herkomst: Herkomst) -> float:
        dagen = [each.persoon.geboortedatum[5:] in {"01-01", "07-01"} for each in inwoners if each.herkomst is herkomst]
        return sum(dagen) / len(dagen)

    assert share(Herkomst.SYRISCH) == pytest.approx(0.20, abs=0.05)
    assert share(Herkomst.NEDERLANDS) < 0.015


def test_a_few_given_names_carry_many_moroccan_men(inwoners: list[Inwoner]) -> None:
    mannen = [
        each.persoon.voornamen.split()[0]
        for each in inwoners
        if each.herkomst is Herkomst.MAROKKAANS and each.geslacht is Geslacht.MAN
    ]
    assert sum(naam in {"Mohamed", "Mohammed"} for naam in mannen) / len(mannen) == pytest.approx(0.2, abs=0.06)


def test_some_married_women_bear_a_partner_name(inwoners: list[Inwoner]) -> None:
    dragers = [each for each in inwoners if each.persoon.partnernaam]
    assert {each.geslacht for each in dragers} == {Geslacht.VROUW}
    assert 0.02 < len(dragers) / AANTAL < 0.15


@pytest.mark.parametrize(
    ("personen", "gezinnen"), [(-1, 0.3), (10, -0.1), (10, 1.1)], ids=["negative", "below 0", "above 1"]
)
def test_refuses_sizes_that_make_no_sense(personen: int, gezinnen: float) -> None:
    with pytest.raises(BevolkingFout):
        bevolking(personen, zaad=1, gezinnen=gezinnen)
