"""What events say about pairs and about contact cards, read into values."""

from uuid import UUID

from pydantic import Field

from client_sdk.client.koppeling import Kaartvraag, Kaartvrijgave, Paarbericht
from client_sdk.client.lezer import Base64Url, Document
from convenant.types import ConvenantId, Niveau, Oin


class PaarberichtDocument(Document):
    """The data of `match-onjuist` and `vroeg-ingetrokken`."""

    id: str
    convenant: str
    paar: UUID | None = None
    organisaties: tuple[str, ...] = ()

    def value(self) -> Paarbericht:
        """Return the event."""
        return Paarbericht(
            match=self.id,
            convenant=ConvenantId(self.convenant),
            paar=self.paar,
            organisaties=tuple(Oin(oin) for oin in self.organisaties),
        )


class KaartvraagDocument(Document):
    """The data of `kaart-gevraagd`."""

    match: str
    paar: UUID
    eigen_signaal: UUID
    convenant: str
    niveau: Niveau
    ontvanger: str

    def value(self) -> Kaartvraag:
        """Return the event."""
        return Kaartvraag(
            match=self.match,
            paar=self.paar,
            eigen_signaal=self.eigen_signaal,
            convenant=ConvenantId(self.convenant),
            niveau=self.niveau,
            ontvanger=Oin(self.ontvanger),
        )


class KaartvrijgaveDocument(Document):
    """The data of `kaart-vrijgegeven`."""

    match: str
    paar: UUID
    oin: str
    convenant: str
    zegel: Base64Url | None = Field(default=None, repr=False)

    def value(self) -> Kaartvrijgave:
        """Return the event."""
        return Kaartvrijgave(
            match=self.match,
            paar=self.paar,
            oin=Oin(self.oin),
            convenant=ConvenantId(self.convenant),
            zegel=self.zegel,
        )
