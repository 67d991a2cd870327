"""What the shared parts ask of the service they are part of."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from convenant.model import Convenant
from convenant.types import ConvenantId
from convenant.web.assertie import Assertie


class Dienst(Protocol):
    """A running service: its agreements, its clock and its database."""

    @property
    def convenanten(self) -> Mapping[ConvenantId, Convenant]:
        """The agreements in force here, by id."""
        ...

    @property
    def klok(self) -> Callable[[], datetime]:
        """Gives the present moment, aware."""
        ...

    async def refresh(self) -> None:
        """Obey what was signed meanwhile, whatever process took it in. Raises TijdelijkNietBeschikbaar."""
        ...

    async def use_assertie(self, assertie: Assertie) -> bool:
        """Whether this assertion is used for the first time; from now on it no longer is, also after a crash."""
        ...

    async def require_database(self) -> None:
        """Return when the database answers. Raises TijdelijkNietBeschikbaar."""
        ...
