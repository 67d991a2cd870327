"""What the content of an event is when it is about one's own signals, or about the convenant."""

from uuid import UUID

from pydantic import AwareDatetime

from convenant.web.modellen import Model, PlainDate


class SignaalOntvangenUitvoer(Model):
    """Eigen SIGNALEN zijn opgeslagen."""

    convenant: str
    signalen: list[UUID]
    ontvangen_op: AwareDatetime


class SignaalEindeUitvoer(Model):
    """Eigen SIGNALEN verlopen op deze dag, of zijn toen verlopen."""

    convenant: str
    signalen: list[UUID]
    verloopt_op: PlainDate


class ConvenantGewijzigdUitvoer(Model):
    """Er is een nieuwe versie van het CONVENANT, of een partij legde een verklaring af."""

    convenant: str
    versie: int
    hash: str
    soort: str


Berichtinhoud = SignaalOntvangenUitvoer | SignaalEindeUitvoer | ConvenantGewijzigdUitvoer
