"""What `client_sdk` offers by name."""

import client_sdk
from client_sdk.errors import KoppelradarFout


def test_every_exported_name_exists_and_the_list_is_sorted() -> None:
    assert client_sdk.__all__ == sorted(client_sdk.__all__)
    assert all(hasattr(client_sdk, name) for name in client_sdk.__all__)


def test_every_exported_error_has_the_one_base() -> None:
    members = [getattr(client_sdk, name) for name in client_sdk.__all__]
    errors = [m for m in members if isinstance(m, type) and issubclass(m, Exception)]

    assert errors
    assert all(issubclass(error, KoppelradarFout) for error in errors)
