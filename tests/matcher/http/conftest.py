"""These tests look at forms of requests and answers, not at what is stored: they share one database."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from matcher.opslag.opzet import OPZET

if TYPE_CHECKING:
    from pathlib import Path

    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
    from matcher.instellingen import Instellingen
    from tests.conftest import Partijen


@pytest.fixture(scope="session")
def gedeelde_instellingen(
    server: "EmbeddedPostgres",
    partijen: "Partijen",
    tmp_path_factory: pytest.TempPathFactory,
    maak_instellingen: "Callable[[DatabaseUrls, str, Path], Instellingen]",
) -> "Instellingen":
    server.create_database("http", template="sjabloon")
    return maak_instellingen(server.urls(OPZET, "http"), partijen.text, tmp_path_factory.mktemp("http"))


@pytest.fixture
def instellingen(gedeelde_instellingen: "Instellingen") -> "Instellingen":
    return gedeelde_instellingen
