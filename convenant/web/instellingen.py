"""What an operator sets of every service: environment variables, under a prefix of each service's own."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings

from convenant.types import Omgeving


class Dienstinstellingen(BaseSettings):
    """Where a service listens and what it reads. A service adds its prefix, its defaults and what is its own."""

    omgeving: Omgeving = Omgeving.PROEF
    database_url: str | None = Field(default=None, repr=False)
    migratie_url: str | None = Field(default=None, repr=False)
    datamap: Path
    convenanten: Path = Path("convenanten")
    publieke_url: str
    host: str = "127.0.0.1"
    port: int
    verbindingen: int = Field(default=10, ge=1, le=100)

    @property
    def required_url(self) -> str:
        """The database, once the command line filled in the embedded one where the operator named none."""
        if self.database_url is None:
            raise RuntimeError("the command line fills in the url of the embedded PostgreSQL")
        return self.database_url

    @property
    def basis_url(self) -> str:
        """The base of version 1 as callers see it, without a slash at the end."""
        return f"{self.publieke_url.rstrip('/')}/v1"

    @property
    def openapi_server(self) -> str:
        """The server in the OpenAPI document: the base URL, but a path only where there is no TLS, as on loopback.

        The NL API Design Rules want https for every server that is named in full.
        """
        return self.basis_url if self.basis_url.startswith("https://") else "/v1"

    @property
    def token_url(self) -> str:
        """The token endpoint, which client assertions must name as their audience."""
        return f"{self.basis_url}/token"
