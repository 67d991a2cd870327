"""Asking who signalled or knows a person, as it stands in the document."""

from pydantic import Field

from convenant import model
from convenant._afspraken import Artikel
from convenant._basis import Base, Code, Tekst
from convenant._partijen import PartijgroepDocument
from convenant.types import Antwoordwijze


class BevragingsredenDocument(Base):
    """Een reden om iets te vragen; de code komt in het logboek."""

    code: Code = Field(description="Korte code van de reden.")
    omschrijving: Tekst = Field(description="Wanneer een professional deze reden kiest.")

    def to_model(self) -> model.Bevragingsreden:
        """Return the frozen form."""
        return model.Bevragingsreden(code=self.code, omschrijving=self.omschrijving)


class BevragingDocument(Base):
    """Om welke redenen iemand mag vragen wie een persoon kent of over hem een signaal gaf."""

    artikel: Artikel
    redenen: tuple[BevragingsredenDocument, ...] = Field(
        min_length=1, description="De redenen; zonder reden geen vraag."
    )

    def to_model(self) -> model.Bevraging:
        """Return the frozen form."""
        return model.Bevraging(artikel=self.artikel, redenen=tuple(reden.to_model() for reden in self.redenen))


class BekendheidsregelDocument(Base):
    """Hoe een groep partijen op een bekendheidsvraag antwoordt."""

    partijen: PartijgroepDocument = Field(description="Welke partijen; de eerste regel die past, telt.")
    wijze: Antwoordwijze = Field(
        description="automatisch: hun systeem antwoordt. na-akkoord: een professional zegt eerst ja."
    )

    def to_model(self) -> model.Bekendheidsregel:
        """Return the frozen form."""
        return model.Bekendheidsregel(partijen=self.partijen.to_model(), wijze=self.wijze)


class BekendheidDocument(Base):
    """De vraag aan andere partijen of een persoon bij hen bekend is; wie in geen regel staat, krijgt hem niet."""

    artikel: Artikel
    antwoordtermijn: Code = Field(description="Code van de termijn waarbinnen zij antwoorden.")
    regels: tuple[BekendheidsregelDocument, ...] = Field(min_length=1, description="Wie hoe antwoordt.")

    def to_model(self) -> model.Bekendheid:
        """Return the frozen form."""
        return model.Bekendheid(
            artikel=self.artikel,
            antwoordtermijn=self.antwoordtermijn,
            regels=tuple(regel.to_model() for regel in self.regels),
        )
