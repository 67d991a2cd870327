"""Keys to test with: one of the sleutelhouder, one of a second."""

import pytest

from convenant.voprf import OprfSleutel


@pytest.fixture(scope="session")
def sleutel() -> OprfSleutel:
    return OprfSleutel.derive(bytes(range(32)), b"eerste")


@pytest.fixture(scope="session")
def tweede() -> OprfSleutel:
    return OprfSleutel.derive(bytes(range(32)), b"tweede")
