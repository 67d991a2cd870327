"""These tests look at forms of requests and answers, not at what is stored: they share one database."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.ingebed import DatabaseUrls, EmbeddedPostgres
    from matcher.instellingen import Instellingen
    from tests.matcher.conftest import Partijen


@pytest.fixture(scope="session")
def gedeelde_instellingen(
    postgres: "EmbeddedPostgres",
    partijen: "Partijen",
    tmp_path_factory: pytest.TempPathFactory,
    maak_instellingen: "Callable[[DatabaseUrls, str, Path], Instellingen]",
) -> "Instellingen":
    postgres.create_database("http", template="sjabloon")
    return maak_instellingen(postgres.urls("http"), partijen.text, tmp_path_factory.mktemp("http"))


@pytest.fixture
def instellingen(gedeelde_instellingen: "Instellingen") -> "Instellingen":
    return gedeelde_instellingen
