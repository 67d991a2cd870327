"""From a person to a signal that is ready to be written. Nothing is sent, and no token is made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from client_sdk.canoniek import canoniseer
from client_sdk.configuratie import Configuratie
from client_sdk.dienst.model import Indiening
from client_sdk.dienst.sleutelring import Sleutelring
from client_sdk.errors import ConfiguratieFout, InvoerFout, LeeftijdsgrensFout
from client_sdk.kaarten import EigenKaart, Kaartcontext, Kaartgegevens, generate_kaartgeheim, sign_kaart
from client_sdk.referentie import check_clientnummer
from client_sdk.register.model import NieuwSignaal
from client_sdk.sleutels import Ondertekensleutel, read_ondertekensleutel, read_sleutel
from client_sdk.types import OrganisatieSleutel
from convenant.bewaartermijn import einddatum
from convenant.bundelbestanden import load_geldend
from convenant.errors import ConvenantFout, LeeftijdsgrensBereikt
from convenant.kalender import local_date
from convenant.model import Convenant, Signaalsoort
from convenant.profielen import NL_1
from convenant.types import Epoche, Modus, Oin, Omgeving


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorbereider:
    """Prepares signals of one organisation under one convenant.

    `epoche` pins one epoch; None means those of the day: a process that runs for months crosses into the next.
    """

    convenant: Convenant
    oin: Oin
    organisatiesleutel: OrganisatieSleutel
    ondertekensleutel: Ondertekensleutel
    sleutelring: Sleutelring
    epoche: Epoche | None = None
    kaart: Kaartgegevens | None = None

    def prepare(self, indiening: Indiening, *, nu: datetime) -> NieuwSignaal:
        """Return a new signal with an id of its own; `nu` is aware, and its day in Europe/Amsterdam counts.

        Raises OngeldigPersoon or OngeldigClientnummer for what was entered, InvoerFout for a kind of signal
        that the convenant does not let this organisation submit, LeeftijdsgrensFout for a person who is too
        old for it, KaartOngeldig for a card that is too long, ConfiguratieFout when the convenant is not in force
        on that day or has no epoch for it, and SleutelFout when the key of a running epoch is missing.
        """
        vandaag = local_date(nu)
        for epoche in self.epochen(vandaag):
            self.sleutelring.afleiding(epoche)
        soort = self._signaalsoort(indiening.signaalsoort)
        canoniek = canoniseer(indiening.persoon, vandaag=vandaag)
        try:
            verloopt_op = einddatum(soort, ingediend_op=vandaag, geboortedatum=canoniek.geboortedatum)
        except LeeftijdsgrensBereikt as error:
            raise LeeftijdsgrensFout(str(error)) from error
        check_clientnummer(indiening.clientnummer)
        signaal_id = uuid4()
        return NieuwSignaal(
            id=signaal_id,
            convenant=self.convenant.id,
            signaalsoort=soort.code,
            verloopt_op=verloopt_op,
            clientnummer=indiening.clientnummer,
            persoon=indiening.persoon,
            aangemaakt_op=nu.astimezone(UTC),
            kaart=self._kaart(indiening.kaart or self.kaart, signaal_id),
        )

    def epochen(self, vandaag: date) -> Sequence[Epoche]:
        """Return the epochs of which a signal gets tokens on that day, newest first.

        Raises ConfiguratieFout when the convenant is not in force or has no epoch for it.
        """
        if not self.convenant.is_in_force(vandaag):
            raise ConfiguratieFout(
                "Het convenant is vandaag niet geldig. Vraag de convenanthouder om een nieuwe versie."
            )
        if self.epoche is not None:
            return (self.epoche,)
        running = tuple(periode.nummer for periode in self.convenant.running_epochen(vandaag))
        if not running:
            raise ConfiguratieFout(
                "Op deze dag geldt geen epoche van dit convenant. Vraag de convenanthouder om een nieuwe."
            )
        return running

    def sign(self, gegevens: Kaartgegevens, signaal: UUID) -> str:
        """Return the signed card of a signal. Raises KaartOngeldig for one that is too long."""
        return sign_kaart(
            gegevens,
            context=Kaartcontext(convenant=self.convenant.id, signaal=signaal, oin=self.oin),
            naam=self.convenant.partij(self.oin).naam,
            ondertekensleutel=self.ondertekensleutel,
        )

    def _kaart(self, gegevens: Kaartgegevens | None, signaal: UUID) -> EigenKaart | None:
        if gegevens is None:
            return None
        return EigenKaart(jws=self.sign(gegevens, signaal), geheim=generate_kaartgeheim())

    def _signaalsoort(self, code: str) -> Signaalsoort:
        if not self.convenant.may_submit(self.oin, code):
            raise InvoerFout(f"Deze signaalsoort mag uw organisatie niet indienen. Kies uit: {self._allowed()}.")
        return self.convenant.signaalsoort(code)

    def _allowed(self) -> str:
        codes = [s.code for s in self.convenant.signaalsoorten if self.convenant.may_submit(self.oin, s.code)]
        return ", ".join(codes) or "geen; uw organisatie dient in dit convenant niets in"


def load_voorbereider(configuratie: Configuratie) -> Voorbereider:
    """Return the preparation that a configuration asks for, with its convenant and keys read.

    The convenant is a sealed bundle, verified here; bare text counts in omgeving proef only.
    Raises SleutelFout, and ConfiguratieFout when it cannot be read or is not in force, this organisation takes no part
    in it, it lacks the epoch, or it asks for a profile or a mode that this version cannot derive.
    """
    try:
        convenant = load_geldend(configuratie.convenant, op=datetime.now(UTC))
        convenant.partij(configuratie.oin)
        if configuratie.epoche is not None:
            convenant.epoche(configuratie.epoche)
    except ConvenantFout as error:
        raise ConfiguratieFout(f"Het convenant past niet bij deze configuratie. {error}") from error
    _check_modus(convenant)
    return Voorbereider(
        convenant=convenant,
        oin=configuratie.oin,
        organisatiesleutel=read_sleutel(configuratie.organisatiesleutel, OrganisatieSleutel),
        ondertekensleutel=read_ondertekensleutel(configuratie.ondertekensleutel),
        sleutelring=Sleutelring(convenant, configuratie.convenantsleutel, epoche=configuratie.epoche),
        epoche=configuratie.epoche,
        kaart=configuratie.kaart,
    )


def _check_modus(convenant: Convenant) -> None:
    if convenant.profiel != NL_1.naam:
        raise ConfiguratieFout(
            "Deze versie van Koppelradar kan voor dit convenant geen koppeltokens maken. Werk Koppelradar bij."
        )
    if convenant.modus is Modus.HMAC and convenant.omgeving is not Omgeving.PROEF:
        raise ConfiguratieFout("Modus hmac is alleen voor een proef. Gebruik een convenant in modus voprf.")
    if convenant.modus is Modus.VOPRF and not convenant.sleutelhouders:
        raise ConfiguratieFout("Het convenant noemt geen sleutelhouder. Vraag de convenanthouder om een nieuwe versie.")
