"""Precision and recall come from the matches and the record numbers, nothing else."""

from concurrent.futures import Future
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_sdk.importeren import ImportVerslag
from convenant.types import Oin
from koppelradar.demo.febrl import FebrlPersoon
from koppelradar.demo.registers import Importresultaat, Koppelkwaliteit, _follow, measure

_A = Oin("00000099000000011000")
_B = Oin("00000099000000041000")


def _bron(suffix: str, count: int) -> list[FebrlPersoon]:
    return [FebrlPersoon(f"rec-{n}-{suffix}", "a", "b", "19800102") for n in range(count)]


BRONNEN = (_bron("org", 4), _bron("dup-0", 4))


def _org(*nummers: int) -> set[str]:
    return {f"rec-{n}-org" for n in nummers}


def _dup(*nummers: int) -> set[str]:
    return {f"rec-{n}-dup-0" for n in nummers}


@pytest.mark.parametrize(
    ("een", "ander", "expected"),
    [
        ({}, {}, Koppelkwaliteit(0, 0, 4)),
        ({"m": _org(0)}, {"m": _dup(0)}, Koppelkwaliteit(1, 1, 4)),
        ({"m": _org(0)}, {"m": _dup(1)}, Koppelkwaliteit(1, 0, 4)),
        ({"m": _org(0), "n": _org(1)}, {"m": _dup(0), "n": _dup(2)}, Koppelkwaliteit(2, 1, 4)),
        ({"m": _org(0, 1)}, {"m": _dup(0, 1)}, Koppelkwaliteit(4, 2, 4)),
        ({"m": _org(0)}, {"n": _dup(0)}, Koppelkwaliteit(0, 0, 4)),
    ],
    ids=["none", "right", "wrong", "half", "two in one match", "seen from one side"],
)
def test_counts_the_pairs_in_each_match(
    een: dict[str, set[str]], ander: dict[str, set[str]], expected: Koppelkwaliteit
) -> None:
    assert measure(een, ander, BRONNEN) == expected


def test_a_record_without_a_copy_is_no_true_pair() -> None:
    assert measure({}, {}, (BRONNEN[0], BRONNEN[1][:3])).werkelijk == 3


@given(right=st.sets(st.integers(0, 19)), wrong=st.sets(st.integers(0, 18)))
def test_precision_and_recall_follow_from_the_planted_matches(right: set[int], wrong: set[int]) -> None:
    bronnen = (_bron("org", 20), _bron("dup-0", 20))
    een = {f"r{n}": _org(n) for n in right} | {f"w{n}": _org(n) for n in wrong}
    ander = {f"r{n}": _dup(n) for n in right} | {f"w{n}": _dup(n + 1) for n in wrong}
    kwaliteit = measure(een, ander, bronnen)
    found = len(right) + len(wrong)
    assert kwaliteit.precisie == (len(right) / found if found else 1.0)
    assert kwaliteit.recall == len(right) / 20


def test_one_wrong_pair_shows_in_the_precision() -> None:
    matches = {str(n): _org(n) for n in range(3)}
    copies = {"0": _dup(0), "1": _dup(1), "2": _dup(3)}
    kwaliteit = measure(matches, copies, BRONNEN)
    assert (kwaliteit.precisie, kwaliteit.recall) == (2 / 3, 2 / 4)


def test_submitted_is_what_both_acknowledged() -> None:
    verslagen = {
        oin: ImportVerslag(gelezen=9, ingediend=count, wachtend=1, bestond_al=2, fouten=())
        for oin, count in ((_A, 3), (_B, 4))
    }
    assert Importresultaat(verslagen, 2.0).ingediend == 7


def test_progress_is_passed_on_until_the_last_report() -> None:
    queue: Queue[tuple[Oin, int, int]] = Queue()
    done: Future[ImportVerslag] = Future()
    done.set_result(ImportVerslag(gelezen=0, ingediend=0, wachtend=0, bestond_al=0, fouten=()))
    reports = [(_A, 1, 2), (_B, 1, 3), (_A, 2, 2)]
    for report in reports:
        queue.put(report)
    heard: list[tuple[Oin, int, int]] = []
    _follow([done], queue, lambda *report: heard.append(report))
    assert heard == reports
