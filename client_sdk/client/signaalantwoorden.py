"""What events say about own signals and about the convenant, read into values."""

from datetime import date
from uuid import UUID

from client_sdk.client.lezer import Document, Moment
from client_sdk.client.signaalberichten import Convenantbericht, Convenantwijziging, Signaalbericht
from convenant.types import ConvenantId


class OntvangenDocument(Document):
    """The data of `signaal-ontvangen`."""

    convenant: str
    signalen: list[UUID]
    ontvangen_op: Moment

    def value(self) -> Signaalbericht:
        """Return the event."""
        return Signaalbericht(
            convenant=ConvenantId(self.convenant),
            signalen=tuple(self.signalen),
            ontvangen_op=self.ontvangen_op,
            verloopt_op=None,
        )


class VerloopDocument(Document):
    """The data of `signaal-verloopt-binnenkort` and `signaal-verlopen`."""

    convenant: str
    signalen: list[UUID]
    verloopt_op: date

    def value(self) -> Signaalbericht:
        """Return the event."""
        return Signaalbericht(
            convenant=ConvenantId(self.convenant),
            signalen=tuple(self.signalen),
            ontvangen_op=None,
            verloopt_op=self.verloopt_op,
        )


class ConvenantDocument(Document):
    """The data of `convenant-gewijzigd`."""

    convenant: str
    versie: int
    hash: str
    soort: Convenantwijziging

    def value(self) -> Convenantbericht:
        """Return the event."""
        return Convenantbericht(
            convenant=ConvenantId(self.convenant), versie=self.versie, hash=self.hash, soort=self.soort
        )
