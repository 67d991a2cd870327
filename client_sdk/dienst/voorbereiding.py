"""From a person to a signal that is ready to be written and sent. No I/O."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from client_sdk.canoniek import canoniseer
from client_sdk.client.model import SignaalInzending
from client_sdk.configuratie import Configuratie
from client_sdk.dienst.model import Indiening
from client_sdk.errors import ConfiguratieFout, InvoerFout, LeeftijdsgrensFout
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.referentie import seal_referentie
from client_sdk.register.model import NieuwSignaal
from client_sdk.sleutels import read_sleutel
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.base64url import encode_base64url
from convenant.bewaartermijn import einddatum
from convenant.errors import ConvenantFout, LeeftijdsgrensBereikt, OnbekendeEpoche
from convenant.laden import load_convenant
from convenant.model import Convenant, Signaalsoort
from convenant.profielen import NL_1
from convenant.types import Epoche, Modus, Oin

NEDERLAND: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorbereiding:
    """Everything that does not change from one signal to the next."""

    convenant: Convenant
    epoche: Epoche
    oin: Oin
    organisatiesleutel: OrganisatieSleutel
    _afleiding: Tokenafleiding = field(repr=False)

    def prepare(self, indiening: Indiening, *, nu: datetime) -> NieuwSignaal:
        """Return a new signal with an id of its own; `nu` is aware, and its day in Europe/Amsterdam counts.

        Raises OngeldigPersoon or OngeldigClientnummer for what was entered, InvoerFout for a kind of signal
        that the convenant does not let this organisation submit, LeeftijdsgrensFout for a person who is too
        old for it.
        """
        vandaag = nu.astimezone(NEDERLAND).date()
        soort = self._signaalsoort(indiening.signaalsoort)
        canoniek = canoniseer(indiening.persoon, vandaag=vandaag)
        try:
            verloopt_op = einddatum(soort, ingediend_op=vandaag, geboortedatum=canoniek.geboortedatum)
        except LeeftijdsgrensBereikt as error:
            raise LeeftijdsgrensFout(str(error)) from error
        signaal_id = uuid4()
        referentie = seal_referentie(
            self.organisatiesleutel,
            convenant=self.convenant.id,
            signaal_id=signaal_id,
            clientnummer=indiening.clientnummer,
        )
        tokenset = self._afleiding.tokenset_hmac(
            derive_koppelsleutels(canoniek),
            organisatiesleutel=self.organisatiesleutel,
            clientnummer=indiening.clientnummer,
        )
        inzending = SignaalInzending(
            id=signaal_id,
            convenant=self.convenant.id,
            epoche=self.epoche,
            profiel=NL_1.naam,
            signaalsoort=soort.code,
            verloopt_op=verloopt_op,
            koppeltokens=tuple(encode_base64url(token) for token in tokenset.koppeltokens),
            referentie=encode_base64url(referentie),
        )
        return NieuwSignaal(
            inzending=inzending,
            clientnummer=indiening.clientnummer,
            persoon=indiening.persoon,
            aangemaakt_op=nu.astimezone(UTC),
        )

    def _signaalsoort(self, code: str) -> Signaalsoort:
        if not self.convenant.may_submit(self.oin, code):
            raise InvoerFout(f"Deze signaalsoort mag uw organisatie niet indienen. Kies uit: {self._allowed()}.")
        return self.convenant.signaalsoort(code)

    def _allowed(self) -> str:
        codes = [s.code for s in self.convenant.signaalsoorten if self.convenant.may_submit(self.oin, s.code)]
        return ", ".join(codes) or "geen; uw organisatie dient in dit convenant niets in"


class Voorbereider:
    """Prepares signals under the epoch of the day: a process that runs for months crosses into the next."""

    def __init__(
        self,
        convenant: Convenant,
        *,
        oin: Oin,
        convenantsleutel: ConvenantSleutel,
        organisatiesleutel: OrganisatieSleutel,
        epoche: Epoche | None = None,
    ) -> None:
        self.organisatiesleutel = organisatiesleutel
        self._convenant = convenant
        self._oin = oin
        self._convenantsleutel = convenantsleutel
        self._epoche = epoche
        self._huidige: Voorbereiding | None = None

    def prepare(self, indiening: Indiening, *, nu: datetime) -> NieuwSignaal:
        """Return a new signal; raises what `Voorbereiding.prepare` raises.

        Raises ConfiguratieFout when the convenant is not in force on that day or has no epoch for it.
        """
        vandaag = nu.astimezone(NEDERLAND).date()
        if not self._convenant.is_in_force(vandaag):
            raise ConfiguratieFout(
                "Het convenant is vandaag niet geldig. Vraag de convenanthouder om een nieuwe versie."
            )
        try:
            epoche = self._epoche or self._convenant.current_epoche(vandaag)
        except OnbekendeEpoche as error:
            raise ConfiguratieFout(str(error)) from error
        return self._for_epoche(epoche).prepare(indiening, nu=nu)

    def _for_epoche(self, epoche: Epoche) -> Voorbereiding:
        if self._huidige is None or self._huidige.epoche != epoche:
            self._huidige = Voorbereiding(
                convenant=self._convenant,
                epoche=epoche,
                oin=self._oin,
                organisatiesleutel=self.organisatiesleutel,
                _afleiding=Tokenafleiding(self._convenant.id, epoche, self._convenantsleutel),
            )
        return self._huidige


def load_voorbereider(configuratie: Configuratie) -> Voorbereider:
    """Return the preparation that a configuration asks for, with its convenant and keys read.

    Raises SleutelFout, and ConfiguratieFout when the convenant cannot be read, this organisation is no party
    to it, it lacks the epoch, or it asks for a profile or a mode that this version cannot derive.
    """
    try:
        convenant = load_convenant(configuratie.convenant)
        convenant.partij(configuratie.oin)
        if configuratie.epoche is not None:
            convenant.epoche(configuratie.epoche)
    except ConvenantFout as error:
        raise ConfiguratieFout(f"Het convenant past niet bij deze configuratie. {error}") from error
    if convenant.profiel != NL_1.naam or convenant.modus is not Modus.HMAC:
        raise ConfiguratieFout(
            "Deze versie van Koppelradar kan voor dit convenant geen koppeltokens maken. Werk Koppelradar bij."
        )
    return Voorbereider(
        convenant,
        oin=configuratie.oin,
        convenantsleutel=read_sleutel(configuratie.convenantsleutel, ConvenantSleutel),
        organisatiesleutel=read_sleutel(configuratie.organisatiesleutel, OrganisatieSleutel),
        epoche=configuratie.epoche,
    )
