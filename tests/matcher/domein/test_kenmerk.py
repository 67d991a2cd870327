from uuid import UUID

from matcher.domein.kenmerk import Kenmerker
from matcher.domein.pepper import Pepper
from matcher.types import SignaalId
from tests.matcher.domein.conftest import oin

EEN, ANDER = SignaalId(UUID(int=1)), SignaalId(UUID(int=2))
PEPPER = Pepper((b"p" * 32,))


def test_a_name_is_stable_and_outlives_a_rotation_of_the_pepper() -> None:
    rotated = Pepper((*PEPPER.sleutels, b"q" * 32))
    assert Kenmerker.from_pepper(PEPPER).paar(oin(1), EEN) == Kenmerker.from_pepper(rotated).paar(oin(1), EEN)


def test_every_receiver_signal_and_use_has_names_of_its_own() -> None:
    maker = Kenmerker.from_pepper(PEPPER)
    names = {
        maker.paar(oin(1), EEN),
        maker.paar(oin(2), EEN),
        maker.paar(oin(1), ANDER),
        maker.toezicht(oin(1), EEN, ANDER),
        maker.vrager(oin(1), oin(2)),
        Kenmerker.from_pepper(Pepper((b"q" * 32,))).paar(oin(1), EEN),
    }
    assert len(names) == 6
    assert {name.version for name in names} == {8}
    assert maker.toezicht(oin(1), EEN, ANDER) == maker.toezicht(oin(1), ANDER, EEN)
    assert "sleutel" not in repr(maker)
