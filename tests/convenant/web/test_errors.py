import pytest

from convenant.errors import ConvenantFout
from convenant.web import errors


@pytest.mark.parametrize(
    "klasse",
    [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, Exception)],
    ids=lambda c: c.__name__,
)
def test_every_error_has_the_one_base_and_stands_in_the_tree(klasse: type[Exception]) -> None:
    assert issubclass(klasse, ConvenantFout)
    assert klasse.__name__ in (errors.__doc__ or "")
