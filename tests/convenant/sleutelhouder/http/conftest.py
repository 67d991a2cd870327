"""These tests look at forms of requests and refusals, not at what is counted: they share one database."""

from typing import TYPE_CHECKING, Any

import pytest

from convenant.sleutelhouder.opslag.opzet import OPZET

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres


@pytest.fixture(scope="session")
def gedeelde_urls(postgres: "EmbeddedPostgres", punten_per_epoche: Any) -> "DatabaseUrls":
    postgres.create_database("sleutelhouder_http", template="sleutelhouder_sjabloon")
    return postgres.urls(OPZET, "sleutelhouder_http")


@pytest.fixture
def database_urls(gedeelde_urls: "DatabaseUrls") -> "DatabaseUrls":
    return gedeelde_urls
