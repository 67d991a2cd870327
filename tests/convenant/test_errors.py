"""How findings read."""

import pickle

import pytest

from convenant import errors
from convenant.errors import Bevinding, ConvenantFout, OngeldigConvenant


def test_names_source_line_and_path_of_every_finding() -> None:
    fout = OngeldigConvenant("nhn.yaml", (Bevinding("partijen.2.oin", 17, "Fout."), Bevinding("", None, "Leeg.")))
    assert str(fout).splitlines() == [
        "Het convenant in nhn.yaml klopt niet (2 problemen).",
        "  nhn.yaml: regel 17, partijen.2.oin: Fout.",
        "  nhn.yaml: Leeg.",
    ]


def test_counts_one_problem_in_the_singular() -> None:
    assert "(1 probleem)" in str(OngeldigConvenant("nhn.yaml", (Bevinding("versie", None, "Fout."),)))


def test_survives_a_trip_to_another_process() -> None:
    fout = OngeldigConvenant("nhn.yaml", (Bevinding("versie", 2, "Fout."),))
    copy = pickle.loads(pickle.dumps(fout))  # noqa: S301 - our own bytes
    assert (copy.bron, copy.bevindingen, str(copy)) == (fout.bron, fout.bevindingen, str(fout))


@pytest.mark.parametrize(
    "klasse",
    [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, Exception)],
    ids=lambda c: c.__name__,
)
def test_every_error_has_the_one_base_and_stands_in_the_tree(klasse: type[Exception]) -> None:
    assert issubclass(klasse, ConvenantFout)
    assert klasse.__name__ in (errors.__doc__ or "")
