"""Registering a casus, so that what was interrupted half-way is gone on with: nothing is registered twice.

First every directbetrokkene gets a signal, then the casus is written in the register as it will be sent, then it is
sent, and then that it was received is written down. Whatever stops it in between, doing the same again goes on there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

from client_sdk.client.radar import Casus, Casusopgave
from client_sdk.client.radarverzoeken import MAX_SIGNALEN
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.casusmodel import Betrokkene
from client_sdk.dienst.indienbalie import Indienbalie
from client_sdk.dienst.model import Indiening, Uitkomst
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.dienst.wachten import wachtzin
from client_sdk.errors import CasusOnvolledig, InvoerFout, VerzoekGeweigerd
from client_sdk.referentie import check_casusnummer, seal_casusnummer
from client_sdk.register.model import Signaal, SignaalStatus
from client_sdk.register.register import Register
from convenant.base64url import encode_base64url

_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Casusopening:
    """Opens casussen of one organisation under one convenant."""

    register: Register
    client: MatcherClient
    voorbereider: Voorbereider
    indienbalie: Indienbalie
    clock: Callable[[], datetime]

    def open(
        self,
        casusnummer: str,
        betrokkenen: Sequence[Betrokkene],
        *,
        signaalsoort: str,
        acuut: bool,
        monitoring_tot: date,
    ) -> Casus:
        """Return the casus with this number as the matcher holds it now, with all of these in it."""
        check_casusnummer(casusnummer)
        signalen = self.submit(betrokkenen, signaalsoort)
        casus = self._arrived(casusnummer)
        if casus is None:
            opgave = self._opgave(casusnummer, signalen, acuut=acuut, monitoring_tot=monitoring_tot)
            casus = self.client.radar.open_casus(opgave)
        self.register.mark_casus_ontvangen(casus.id)
        return self.extend(casus, signalen)

    def submit(self, betrokkenen: Sequence[Betrokkene], signaalsoort: str) -> tuple[UUID, ...]:
        """Give everybody a signal of this kind, or find the one there is; return them, all at the matcher.

        Raises CasusOnvolledig when one waits or was refused; before anything is written what `submit` raises.
        """
        if not 1 <= len(betrokkenen) <= MAX_SIGNALEN:
            raise InvoerFout(f"Een casus krijgt 1 tot {MAX_SIGNALEN} betrokkenen tegelijk.")
        indieningen = [
            Indiening(persoon=een.persoon, clientnummer=een.clientnummer, signaalsoort=signaalsoort)
            for een in betrokkenen
        ]
        for indiening in indieningen:
            self.indienbalie.check(indiening)
        signalen = [_signaal(uitkomst) for uitkomst in self.indienbalie.submit_many(indieningen)]
        for signaal in signalen:
            _require_received(signaal)
        return tuple(dict.fromkeys(signaal.id for signaal in signalen))

    def extend(self, casus: Casus, signalen: Sequence[UUID]) -> Casus:
        """Return the casus with these signals in it."""
        missing = [signaal for signaal in signalen if signaal not in casus.signalen]
        return self.client.radar.add_betrokkenen(casus.id, missing) if missing else casus

    def _arrived(self, casusnummer: str) -> Casus | None:
        """Return the casus with this number when the matcher has it, whether or not we heard that it arrived."""
        known = self.register.find_casus(self.voorbereider.convenant.id, casusnummer)
        if known is None:
            return None
        try:
            return self.client.radar.casus(known.id)
        except VerzoekGeweigerd as refusal:
            if refusal.status == _NOT_FOUND:
                return None
            raise

    def _opgave(
        self, casusnummer: str, signalen: tuple[UUID, ...], *, acuut: bool, monitoring_tot: date
    ) -> Casusopgave:
        """Return what is sent, written down before it is; what was written down before, as long as it can be sent."""
        known = self.register.find_casus(self.voorbereider.convenant.id, casusnummer)
        if known is not None and known.opgave is not None and self._all_received(known.opgave.signalen):
            return known.opgave
        new = self._new(
            casusnummer,
            casus=known.id if known else uuid4(),
            signalen=signalen,
            acuut=acuut,
            monitoring_tot=monitoring_tot,
        )
        if known is not None:
            self.register.renew_casus(new)
            return new
        nu = self.clock().astimezone(UTC)
        written = self.register.add_casus(new.id, convenant=new.convenant, casusnummer=casusnummer, op=nu, opgave=new)
        # Another process can have written the same number meanwhile: one casus is sent, whoever sends it.
        return written.opgave or new

    def _new(
        self, casusnummer: str, *, casus: UUID, signalen: tuple[UUID, ...], acuut: bool, monitoring_tot: date
    ) -> Casusopgave:
        convenant = self.voorbereider.convenant.id
        nummer = seal_casusnummer(
            self.voorbereider.organisatiesleutel, convenant=convenant, casus=casus, casusnummer=casusnummer
        )
        return Casusopgave(
            id=casus,
            convenant=convenant,
            nummer=encode_base64url(nummer),
            signalen=signalen,
            acuut=acuut,
            monitoring_tot=monitoring_tot,
        )

    def _all_received(self, signalen: Sequence[UUID]) -> bool:
        found = [self.register.find(signaal) for signaal in signalen]
        return all(signaal is not None and signaal.status is SignaalStatus.ONTVANGEN for signaal in found)


def _signaal(uitkomst: Uitkomst) -> Signaal:
    if uitkomst.fout is not None:
        raise uitkomst.fout
    if uitkomst.signaal is None:
        raise TypeError("an outcome has a signal or an error")
    return uitkomst.signaal


def _require_received(signaal: Signaal) -> None:
    if signaal.status is SignaalStatus.ONTVANGEN:
        return
    if signaal.status is SignaalStatus.WACHTEND:
        raise CasusOnvolledig(
            "De signalen van deze casus zijn nog niet allemaal bij de matcher, dus de casus ook niet. "
            f"{wachtzin(signaal.wacht_op, signaal.wacht_tot)} Doe daarna hetzelfde nog een keer; er komt niets dubbel."
        )
    raise CasusOnvolledig(
        f"De matcher heeft een signaal van deze casus geweigerd ({signaal.reden or signaal.status.value}). "
        "De casus is niet geregistreerd."
    )
