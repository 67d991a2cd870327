"""The set-up: a real PostgreSQL, a matcher process, and two organisations whose signals meet in pairs."""

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from client_sdk.client import AsyncMatcherClient
from client_sdk.client.core import Aanmelding
from client_sdk.client.koppeling import Epochetokens
from client_sdk.client.model import SignaalInzending
from client_sdk.configuratie import load_configuratie
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.sleutels import OrganisatieSleutel, read_ondertekensleutel, read_sleutel
from convenant.kalender import first_of_month, next_month
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.profielen import NL_1
from convenant.types import Oin
from koppelradar.omgeving import Proefomgeving, make_proefomgeving
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import free_port, running_matcher
from matcher.opslag.opzet import OPZET

INDIENER = Oin("00000099000000011000")
LUISTERAAR = Oin("00000099000000041000")
_SOORT = "huiselijk-geweld"
_TOKEN_BYTES = 32
_REFERENTIE_BYTES = 156


@dataclass(frozen=True, slots=True)
class Opstelling:
    """A running matcher and its two callers."""

    omgeving: Proefomgeving

    def client(self, oin: Oin) -> AsyncMatcherClient:
        """A client of one of the two, to be used as a context manager."""
        configuratie = load_configuratie(self.omgeving.configuraties[oin])
        aanmelding = Aanmelding(
            url=configuratie.matcher_url,
            oin=oin,
            ondertekensleutel=read_ondertekensleutel(configuratie.ondertekensleutel),
        )
        sleutel = read_sleutel(configuratie.organisatiesleutel, OrganisatieSleutel)
        return AsyncMatcherClient(aanmelding, medewerker=medewerker_pseudoniem(sleutel, "bench"))

    def paar(self) -> tuple[SignaalInzending, SignaalInzending]:
        """A signal for each of the two that share slot `zeker` and nothing else, as of one person.

        The tokens are random bytes, which is what tokens look like to the matcher.
        """
        gedeeld = secrets.token_bytes(_TOKEN_BYTES)
        return self._inzending(gedeeld), self._inzending(gedeeld)

    def _inzending(self, zeker: bytes) -> SignaalInzending:
        anders = [secrets.token_bytes(_TOKEN_BYTES) for _ in NL_1.slots[1:]]
        convenant = self.omgeving.convenant
        epoche = convenant.current_epoche(datetime.now(UTC).date())
        return SignaalInzending(
            id=_new_id(),
            convenant=convenant.id,
            profiel=convenant.profiel,
            signaalsoort=_SOORT,
            verloopt_op=_in_a_few_months(),
            tokensets=(Epochetokens(epoche=epoche, koppeltokens=tuple(_base64url(t) for t in (zeker, *anders))),),
            referentie=_base64url(secrets.token_bytes(_REFERENTIE_BYTES)),
        )


@contextmanager
def running_opstelling(folder: Path) -> Iterator[Opstelling]:
    """Everything in a folder, until the block ends. Raises OmgevingFout, StartFout or ProcesFout."""
    with EmbeddedPostgres(folder / MATCHER) as postgres:
        omgeving = make_proefomgeving(
            folder,
            postgres,
            organisaties=(INDIENER, LUISTERAAR),
            poort=free_port(),
            sleutelhouder_poorten=(free_port(),),
        )
        with running_matcher(omgeving.matcher, postgres.prepare(OPZET), log=folder / "matcher.log"):
            yield Opstelling(omgeving)


def _new_id() -> UUID:
    return uuid4()


def _in_a_few_months() -> date:
    return first_of_month(next_month(next_month(datetime.now(UTC))).date())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
