"""Signals: as many as asked, with the overlap and the errors asked, and always acceptable."""

from collections import Counter, defaultdict

import pytest

from client_sdk.canoniek import canoniseer
from koppelradar.bench.bevolking import PEILDATUM, BevolkingFout, Inwoner, Signaalkopie, bevolking, trek_signalen

# A population is large before its shares can be told from chance.
pytestmark = pytest.mark.slow

PERSONEN = 20_000
SIGNALEN = 10_000


@pytest.fixture(scope="module")
def inwoners() -> list[Inwoner]:
    return list(bevolking(PERSONEN, zaad=5))


@pytest.fixture(scope="module")
def kopieen(inwoners: list[Inwoner]) -> list[Signaalkopie]:
    return list(trek_signalen(inwoners, personen=PERSONEN, signalen=SIGNALEN, zaad=5))


def test_there_are_exactly_as_many_as_asked(kopieen: list[Signaalkopie]) -> None:
    assert len(kopieen) == SIGNALEN
    assert {each.organisatie for each in kopieen} == set(range(50))


def test_overlap_is_as_asked(kopieen: list[Signaalkopie]) -> None:
    aantallen = Counter(each.inwoner for each in kopieen)
    assert sum(aantal > 1 for aantal in aantallen.values()) / len(aantallen) == pytest.approx(0.30, abs=0.001)
    assert max(aantallen.values()) <= 6


def test_errors_are_as_asked_for_first_and_later_copies(kopieen: list[Signaalkopie]) -> None:
    per_plaats: defaultdict[int, list[bool]] = defaultdict(list)
    gezien: Counter[int] = Counter()
    for kopie in kopieen:
        per_plaats[gezien[kopie.inwoner]].append(bool(kopie.fouten))
        gezien[kopie.inwoner] += 1
    for plaats in (0, 1):
        assert sum(per_plaats[plaats]) / len(per_plaats[plaats]) == pytest.approx(0.45, abs=0.03)
    met_fout = [kopie.fouten for kopie in kopieen if kopie.fouten]
    assert sum(len(fouten) == 2 for fouten in met_fout) / len(met_fout) == pytest.approx(0.15, abs=0.02)


def test_copies_of_one_person_are_at_different_organisations(kopieen: list[Signaalkopie]) -> None:
    paren = [(each.inwoner, each.organisatie) for each in kopieen]
    assert len(paren) == len(set(paren))


def test_copies_are_as_registered_unless_they_carry_an_error(
    inwoners: list[Inwoner], kopieen: list[Signaalkopie]
) -> None:
    for kopie in kopieen:
        assert (kopie.persoon == inwoners[kopie.inwoner].persoon) is not bool(kopie.fouten)


def test_every_copy_is_acceptable_input(kopieen: list[Signaalkopie]) -> None:
    for kopie in kopieen[:5000]:
        canoniseer(kopie.persoon, vandaag=PEILDATUM)


def test_persons_are_drawn_from_the_whole_population(kopieen: list[Signaalkopie]) -> None:
    assert sum(each.inwoner for each in kopieen) / SIGNALEN == pytest.approx(PERSONEN / 2, rel=0.05)


def test_the_same_seed_draws_the_same(inwoners: list[Inwoner]) -> None:
    een, ander, derde = (
        [
            (each.inwoner, each.organisatie, each.fouten, each.persoon)
            for each in trek_signalen(inwoners, personen=PERSONEN, signalen=200, zaad=zaad)
        ]
        for zaad in (1, 1, 2)
    )
    assert een == ander != derde


@pytest.mark.parametrize(
    ("organisaties", "overlap", "fouten"),
    [(1, 0.0, 0.0), (2, 1.0, 1.0), (3, 0.5, 0.2), (50, 0.0, 1.0), (50, 1.0, 0.0)],
)
def test_other_sizes_hold_too(inwoners: list[Inwoner], organisaties: int, overlap: float, fouten: float) -> None:
    drawn = list(
        trek_signalen(
            inwoners,
            personen=PERSONEN,
            signalen=500,
            organisaties=organisaties,
            overlap=overlap,
            fouten=fouten,
            zaad=9,
        )
    )
    aantallen = Counter(each.inwoner for each in drawn)
    assert len(drawn) == 500
    assert sum(aantal > 1 for aantal in aantallen.values()) / len(aantallen) == pytest.approx(overlap, abs=0.01)
    assert sum(bool(each.fouten) for each in drawn) / 500 == pytest.approx(fouten, abs=0.06)
    assert max(each.organisatie for each in drawn) < organisaties


@pytest.mark.parametrize(
    "sizes",
    [
        {"personen": 10},
        {"organisaties": 0},
        {"organisaties": 1},
        {"signalen": -1},
        {"overlap": 1.2},
        {"fouten": -0.1},
    ],
    ids=lambda sizes: next(iter(sizes)),
)
def test_refuses_sizes_that_cannot_go_together(inwoners: list[Inwoner], sizes: dict[str, int]) -> None:
    with pytest.raises(BevolkingFout):
        trek_signalen(inwoners, **({"personen": PERSONEN, "signalen": 100, "zaad": 1} | sizes))
