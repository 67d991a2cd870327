"""Small loot, made by hand: what a matcher would have stored, without a matcher or a database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.referentie import seal_referentie
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin
from convenant.voorbeelden import example_text
from koppelradar.bench.aanval.buit import CODES, Buit, Dump, Gevondensignaal, Organisatiegeheimen
from koppelradar.bench.aanval.voprf import Oprfsleutels, Sleutelvrager
from koppelradar.bench.aanval.wereld import EPOCHE, VANDAAG, Zaadbron
from koppelradar.bench.aanval.woordenlijst import Ingezetene, Woordenlijst, make_woordenlijst
from koppelradar.bench.bevolking import bevolking
from matcher.domein.pepper import Pepper

RETENTIE = date(2028, 1, 1)
"""The end of a signal of 12 January 2026 that no age limit shortens."""

Opslaan = Callable[[bytes], bytes]


@dataclass
class Werkplaats:
    """Makes loot. `oprf` None is mode hmac; `opslaan` replaces the pepper."""

    convenant: Convenant
    oprf: Oprfsleutels | None
    bron: Zaadbron = field(default_factory=lambda: Zaadbron(5))
    opslaan: Opslaan | None = None
    waarheid: dict[UUID, int] = field(default_factory=dict)
    signalen: list[Gevondensignaal] = field(default_factory=list)

    @property
    def pepper(self) -> Pepper:
        return Pepper((self.bron("pepper"),))

    @property
    def oins(self) -> tuple[Oin, ...]:
        return tuple(partij.oin for partij in self.convenant.partijen)

    def add(
        self,
        persoon: Ingezetene,
        *,
        organisatie: int = 1,
        act: int | None = None,
        verloopt_op: date = RETENTIE,
        soort: str = "huiselijk-geweld",
    ) -> UUID:
        """Store a signal about a person; signals with one `act` and organisation came in together."""
        nummer = len(self.signalen)
        signaal = UUID(bytes=self.bron(f"signaal/{nummer}")[:16], version=4)
        oin = self.oins[organisatie]
        eigen = OrganisatieSleutel(self.bron(f"organisatie/{oin}"))
        tokens = self._afleiding.tokenset(
            self._uitkomsten(persoon), organisatiesleutel=eigen, clientnummer=str(nummer)
        ).koppeltokens
        self.signalen.append(
            Gevondensignaal(
                id=signaal,
                organisatie=oin,
                medewerker=b"m" * 32,
                signaalsoort=soort,
                ingediend_op=datetime(2026, 1, 12, tzinfo=UTC)
                + timedelta(minutes=1000 + nummer if act is None else act),
                verloopt_op=verloopt_op,
                referentie=seal_referentie(
                    eigen, convenant=self.convenant.id, signaal_id=signaal, clientnummer=str(nummer)
                ),
                hashes=tuple(map(self.opslaan or self.pepper.hash, tokens)),
            )
        )
        self.waarheid[signaal] = persoon.nummer
        return signaal

    def buit(self, *, organisatie: int = 1) -> Buit:
        oin = self.oins[organisatie]
        geheimen = Organisatiegeheimen(
            oin=oin,
            convenant=self.convenant,
            epoche=EPOCHE,
            convenantsleutel=ConvenantSleutel(self.bron("K")),
            organisatiesleutel=OrganisatieSleutel(self.bron(f"organisatie/{oin}")),
        )
        return Buit(
            dump=Dump(tuple(sorted(self.signalen, key=lambda signaal: signaal.id)), {}),
            pepper=self.pepper,
            organisatie=geheimen,
        )

    def sleutel(self) -> Sleutelvrager:
        assert self.oprf is not None
        return Sleutelvrager(self.oprf)

    @property
    def _afleiding(self) -> Tokenafleiding:
        return Tokenafleiding(self.convenant.id, EPOCHE, ConvenantSleutel(self.bron("K")))

    def _uitkomsten(self, persoon: Ingezetene) -> Mapping[str, bytes]:
        masked = {CODES[slot]: self._afleiding.mask(sleutel) for slot, sleutel in persoon.sleutels.items()}
        if self.oprf is None:
            return masked
        vrager = self.sleutel()
        return {code: vrager.vraag(code, [invoer])[0] for code, invoer in masked.items()}


Werkplaatsmaker = Callable[..., Werkplaats]
Vuller = Callable[[Werkplaats, Sequence[Ingezetene]], None]


@pytest.fixture(scope="session")
def convenant() -> Convenant:
    return parse_convenant(
        dump_yaml(document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")), bron="test"
    )


@pytest.fixture
def werkplaats(convenant: Convenant) -> Werkplaatsmaker:
    """Make a workshop, in mode voprf unless told otherwise."""

    def make(*, oprf: Oprfsleutels | None = None, hmac: bool = False, opslaan: Opslaan | None = None) -> Werkplaats:
        return Werkplaats(convenant, None if hmac else oprf or Zaadbron(5).oprf(), opslaan=opslaan)

    return make


@pytest.fixture(scope="session")
def lijst() -> Woordenlijst:
    """A hamlet of 60 persons."""
    return make_woordenlijst(bevolking(60, zaad=3), vandaag=VANDAAG)


@pytest.fixture
def fill() -> Vuller:
    """Store a signal about each of these persons, and about every third by another organisation too."""

    def add(plaats: Werkplaats, personen: Sequence[Ingezetene]) -> None:
        for nummer, persoon in enumerate(personen):
            plaats.add(persoon, organisatie=1 + nummer % 3)
            if nummer % 3 == 0:
                plaats.add(persoon, organisatie=5)

    return add
