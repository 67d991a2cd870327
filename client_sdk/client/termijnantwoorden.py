"""What answers and events say about terms, read into values."""

from datetime import date
from uuid import UUID

from client_sdk.client.lezer import Document, read
from client_sdk.client.partijantwoorden import OrganisatieDocument
from client_sdk.client.termijnen import Escalatiebericht, Onderwerpsoort, Termijn, Termijnbericht, Termijnstatus
from convenant.types import ConvenantId


class TermijnDocument(Document):
    """A term as it stands."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: Onderwerpsoort
    begonnen_op: date
    uiterlijk: date
    status: Termijnstatus

    def value(self) -> Termijn:
        """Return the term."""
        return Termijn(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            code=self.code,
            artikel=self.artikel,
            onderwerp=self.onderwerp,
            onderwerpsoort=self.onderwerpsoort,
            begonnen_op=self.begonnen_op,
            uiterlijk=self.uiterlijk,
            status=self.status,
        )


class _Termijnen(Document):
    termijnen: list[TermijnDocument]


class TermijnberichtDocument(Document):
    """The data of `termijn-nadert` and `termijn-verstreken`."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: Onderwerpsoort
    uiterlijk: date

    def value(self) -> Termijnbericht:
        """Return the event."""
        return Termijnbericht(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            code=self.code,
            artikel=self.artikel,
            onderwerp=self.onderwerp,
            onderwerpsoort=self.onderwerpsoort,
            uiterlijk=self.uiterlijk,
        )


class EscalatieDocument(Document):
    """The data of `geescaleerd`."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    functie: str
    organisatie: OrganisatieDocument
    onderwerp: UUID | None = None
    uiterlijk: date

    def value(self) -> Escalatiebericht:
        """Return the event."""
        return Escalatiebericht(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            code=self.code,
            artikel=self.artikel,
            functie=self.functie,
            organisatie=self.organisatie.value(),
            onderwerp=self.onderwerp,
            uiterlijk=self.uiterlijk,
        )


def read_termijnen(content: bytes) -> tuple[Termijn, ...]:
    """Return the own terms that run. Raises OngeldigAntwoord."""
    return tuple(termijn.value() for termijn in read(_Termijnen, content).termijnen)
