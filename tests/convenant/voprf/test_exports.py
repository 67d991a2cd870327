"""The public surface of the package, and how its errors read."""

import pickle

import pytest

from convenant import voprf
from convenant.errors import OngeldigBewijs, OngeldigeSleutel, OngeldigPunt, VerkeerdAantal, VoprfFout


def test_every_exported_name_exists_once_and_is_public() -> None:
    assert len(set(voprf.__all__)) == len(voprf.__all__)
    assert all(hasattr(voprf, name) and not name.startswith("_") for name in voprf.__all__)


@pytest.mark.parametrize("klasse", [OngeldigPunt, OngeldigBewijs, OngeldigeSleutel, VerkeerdAantal])
def test_one_except_catches_every_error(klasse: type[Exception]) -> None:
    assert issubclass(klasse, VoprfFout)


@pytest.mark.parametrize(
    ("positie", "text"), [(None, "Een punt is ongeldig"), (0, "Het punt op plaats 1 is ongeldig")], ids=["alone", "row"]
)
def test_a_bad_point_is_named_by_its_place_also_in_another_process(positie: int | None, text: str) -> None:
    copy = pickle.loads(pickle.dumps(OngeldigPunt(positie)))  # noqa: S301 - our own bytes
    assert copy.positie == positie
    assert str(copy).startswith(text)
