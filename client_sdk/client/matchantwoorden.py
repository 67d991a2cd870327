"""Answers of the matcher about matches and possible matches, read into values."""

from uuid import UUID

from pydantic import AwareDatetime

from client_sdk.client import koppeling, model
from client_sdk.client.lezer import Document, read
from client_sdk.client.partijantwoorden import PartijmeldingDocument
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Niveau


class MatchDocument(Document):
    """A match, in an answer and in the events about it."""

    id: str
    convenant: str
    niveau: Niveau
    ontstaan_op: AwareDatetime
    eigen_signalen: list[UUID]
    partijen: list[PartijmeldingDocument]

    def value(self) -> model.Match:
        """Return the match."""
        return model.Match(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            niveau=self.niveau,
            ontstaan_op=self.ontstaan_op,
            eigen_signalen=tuple(self.eigen_signalen),
            partijen=tuple(partij.value() for partij in self.partijen),
        )


class _Matches(Document):
    matches: list[MatchDocument]
    volgende: str | None


class MogelijkeMatchDocument(Document):
    """A possible match, in an answer and in the events about it."""

    id: UUID
    convenant: str
    niveau: Niveau
    sloten: list[str]
    ontstaan_op: AwareDatetime
    eigen_signaal: UUID | None = None
    status: koppeling.MogelijkeMatchStatus

    def value(self) -> koppeling.MogelijkeMatch:
        """Return the possible match."""
        return koppeling.MogelijkeMatch(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            niveau=self.niveau,
            sloten=tuple(self.sloten),
            ontstaan_op=self.ontstaan_op,
            eigen_signaal=self.eigen_signaal,
            status=self.status,
        )


class _MogelijkeMatches(Document):
    mogelijke_matches: list[MogelijkeMatchDocument]
    volgende: str | None


def read_matches(content: bytes) -> model.Bladzijde[model.Match]:
    """Return one page of matches. Raises OngeldigAntwoord."""
    document = read(_Matches, content)
    return model.Bladzijde(regels=tuple(m.value() for m in document.matches), volgende=document.volgende)


def read_mogelijke_matches(content: bytes) -> model.Bladzijde[koppeling.MogelijkeMatch]:
    """Return one page of possible matches. Raises OngeldigAntwoord."""
    document = read(_MogelijkeMatches, content)
    return model.Bladzijde(regels=tuple(m.value() for m in document.mogelijke_matches), volgende=document.volgende)


def read_mogelijke_match(content: bytes, verwacht: UUID) -> koppeling.MogelijkeMatch:
    """Return the possible match `verwacht` as it stands now; else raises OngeldigAntwoord."""
    document = read(MogelijkeMatchDocument, content)
    if document.id != verwacht:
        raise OngeldigAntwoord("De bevestiging van de matcher hoort bij een andere mogelijke match.")
    return document.value()
