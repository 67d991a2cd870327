"""The calls of a sleutelhouder, without I/O: blinded points out, evaluations back.

What comes back is checked for its form here: the codes that were asked, as many points for each, one proof. Whether it
was made with the key that the convenant pins, the proof says; that is checked where the blinding is taken off.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from client_sdk.client import requests
from client_sdk.client.dienstsoort import Sleutelhouderdienst
from client_sdk.client.gesprek import Aanmelding, Gesprek
from client_sdk.client.lezer import Base64Url, Document, read
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.transport import Request, Steps
from client_sdk.types import MedewerkerPseudoniem
from convenant.base64url import encode_base64url
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voprf import BEWIJS_BYTES, Bewijs, Evaluatie, Punt, Puntcodering

MAX_PUNTEN: Final = 1000
"""Points of one code in one call."""

_EVALUATIE_TIMEOUT: Final = 60.0


class _Evaluatie(Document):
    punten: tuple[Base64Url, ...]
    bewijs: Base64Url


class _Evaluaties(Document):
    evaluaties: dict[str, _Evaluatie]


class _Venster(Document):
    id: UUID
    status: str
    punten: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Venster:
    """A bulk window as a sleutelhouder holds it: so many points per code; open once two operators approved it."""

    id: UUID
    sleutelhouder: Oin
    status: str
    punten: int


class SleutelhouderCore:
    """Every call as a generator that yields requests and pauses and returns its result.

    All calls raise `SleutelhouderOnbereikbaar`, `BudgetOp`, `SleutelhouderWeigert` or `OneerlijkeSleutelhouder`.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        sleutelhouder: Oin,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleutelhouder = sleutelhouder
        self._soort = Sleutelhouderdienst(sleutelhouder)
        self._gesprek = Gesprek(
            aanmelding, soort=self._soort, medewerker=medewerker, herhaalbeleid=herhaalbeleid, monotonic=monotonic
        )

    def evaluate(
        self,
        punten: Mapping[str, Sequence[Punt]],
        *,
        convenant: ConvenantId,
        epoche: Epoche,
        profiel: str,
        telling: str | None,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[Mapping[str, Evaluatie]]:
        """Return an evaluation per code, of as many points as were sent; no proof is checked here."""
        request = _request(punten, convenant=convenant, epoche=epoche, profiel=profiel, telling=telling)
        content = yield from self._gesprek.call(request, medewerker)
        return self._read(content, punten)

    def request_venster(self, *, convenant: ConvenantId, punten: int) -> Steps[Venster]:
        """Ask for a bulk window of so many points per code; return it as it stands."""
        # Not repeatable: a second one is refused while the first waits.
        request = requests.post("/v1/vensters", {"convenant": convenant, "punten": punten}, {}, repeatable=False)
        content = yield from self._gesprek.call(request, None)
        found = read(_Venster, content, self._soort)
        return Venster(id=found.id, sleutelhouder=self._sleutelhouder, status=found.status, punten=found.punten)

    def _read(self, content: bytes, punten: Mapping[str, Sequence[Punt]]) -> Mapping[str, Evaluatie]:
        evaluaties = read(_Evaluaties, content, self._soort).evaluaties
        if evaluaties.keys() != punten.keys():
            raise self._soort.ongeldig("De sleutelhouder beantwoordde andere codes dan er zijn gevraagd.")
        return {code: self._evaluatie(evaluaties[code], len(punten[code])) for code in punten}

    def _evaluatie(self, evaluatie: _Evaluatie, verwacht: int) -> Evaluatie:
        if len(evaluatie.punten) != verwacht or len(evaluatie.bewijs) != BEWIJS_BYTES:
            raise self._soort.ongeldig("De sleutelhouder gaf een ander aantal punten terug dan er zijn gevraagd.")
        return Evaluatie(tuple(map(Puntcodering, evaluatie.punten)), Bewijs(evaluatie.bewijs))


def _request(
    punten: Mapping[str, Sequence[Punt]], *, convenant: ConvenantId, epoche: Epoche, profiel: str, telling: str | None
) -> Request:
    # Not repeatable: every attempt that arrived is taken off the budget. Who waits in the register is tried again.
    body = {
        "convenant": convenant,
        "epoche": epoche,
        "profiel": profiel,
        "punten": {code: [encode_base64url(punt) for punt in rij] for code, rij in punten.items()},
    }
    return requests.post(
        "/v1/evaluaties",
        body if telling is None else {**body, "telling": telling},
        {},
        repeatable=False,
        read_timeout=_EVALUATIE_TIMEOUT,
    )
