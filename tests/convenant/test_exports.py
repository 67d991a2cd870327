"""The public surface of the package."""

import convenant
from convenant import laden, ondertekening, voorbeelden


def test_every_exported_name_exists_once_and_in_order() -> None:
    for module in (convenant, laden, ondertekening, voorbeelden):
        assert len(set(module.__all__)) == len(module.__all__)
        assert all(hasattr(module, name) for name in module.__all__)


def test_nothing_private_is_exported() -> None:
    assert not [name for name in convenant.__all__ if name.startswith("_")]
