"""Terms on the wire."""

from uuid import UUID

from convenant.web.modellen import Model, PlainDate


class TermijnUitvoer(Model):
    """Een termijn die loopt."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: str
    begonnen_op: PlainDate
    uiterlijk: PlainDate
    status: str
