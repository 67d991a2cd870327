"""Every case once, and cases drawn together without losing or adding one."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.model import Convenant
from convenant.types import Fase, Gebeurtenis, Niveau, Oin
from convenant.uitleg.gevallen import NIVEAUS_BIJ, Doos, Geval, Keuze, gevallen, samenvoegen

WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")

_TUPLES = st.sets(st.tuples(*[st.integers(0, 2)] * 4), max_size=30)


def _out_of(dozen: tuple[Doos, ...]) -> list[tuple[int, ...]]:
    return [geval for doos in dozen for geval in product(*doos)]


@given(_TUPLES)
@settings(max_examples=60)
def test_drawing_together_keeps_every_case_exactly_once(tuples: set[tuple[int, ...]]) -> None:
    assert sorted(_out_of(samenvoegen(tuples))) == sorted(tuples)


def test_what_makes_a_whole_becomes_one() -> None:
    assert samenvoegen(product((1, 2), (3, 4), (5, 6))) == ((frozenset({1, 2}), frozenset({3, 4}), frozenset({5, 6})),)


def test_leaves_open_what_is_not_asked(convenant: Convenant) -> None:
    found = set(gevallen(convenant, WIJKTEAM, SCHOOL, Keuze()))
    assert {(g.gebeurtenis, g.niveau) for g in found} == {
        (gebeurtenis, niveau) for gebeurtenis in Gebeurtenis for niveau in NIVEAUS_BIJ[gebeurtenis]
    }
    assert {g.signaalsoort for g in found} == {"zorg", "verzuim"}
    assert {g.eigen for g in found} == {frozenset(), frozenset({"zorg"})}


def test_asks_only_about_what_the_other_may_signal(convenant: Convenant) -> None:
    assert {g.signaalsoort for g in gevallen(convenant, SCHOOL, WIJKTEAM, Keuze())} == {"zorg"}


def test_a_full_question_is_one_case(convenant: Convenant) -> None:
    keuze = Keuze(Gebeurtenis.ACUUT, Niveau.ZEKER, "verzuim", frozenset({"zorg"}), Fase.HERSTEL)
    assert list(gevallen(convenant, SCHOOL, WIJKTEAM, keuze)) == [Geval(*keuze)]  # type: ignore[arg-type]


def test_a_level_alone_asks_only_events_that_can_have_it(convenant: Convenant) -> None:
    found = gevallen(convenant, SCHOOL, WIJKTEAM, Keuze(niveau=Niveau.ZEKER))
    assert {g.gebeurtenis for g in found} == set(Gebeurtenis) - {Gebeurtenis.MOGELIJKE_MATCH, Gebeurtenis.ACUUT}
