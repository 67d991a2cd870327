"""The radar of Veilig Thuis: casussen, what is new about them, bevragingen, and word back to who signalled."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from client_sdk.client.radar import BekendeCasus, Bevragingspersoon, Casus, Casustoestand, Radarfilter, Terugkoppeling
from client_sdk.dienst.bevragen import Bevrager
from client_sdk.dienst.casusmodel import (
    Betrokkene,
    Casusvermelding,
    Clientbevraging,
    Clientcasus,
    Clientradar,
    Persoonsbeeld,
)
from client_sdk.dienst.casusopening import Casusopening
from client_sdk.dienst.indienbalie import Indienbalie
from client_sdk.dienst.model import Indiening
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.errors import InvoerFout, OngeldigeReferentie
from client_sdk.kaarten import Kaartgegevens
from client_sdk.persoon import Persoon
from client_sdk.referentie import open_casusnummer
from client_sdk.register.model import Signaal
from convenant.types import ConvenantId, Oin, Rol

_CASUSROLLEN: Final = frozenset({Rol.RADAR, Rol.REGISSEUR})


class Radarbalie:
    """What a party with a radar does. Everything raises MatcherFout and RegisterFout.

    A casus that is not one's own is a VerzoekGeweigerd with status 404; a party without the role gets one with 403.
    """

    def __init__(self, onderdelen: Onderdelen, *, indienbalie: Indienbalie, clock: Callable[[], datetime]) -> None:
        self._register = onderdelen.register
        self._calls = onderdelen.client.radar
        self._voorbereider = onderdelen.voorbereider
        self._indienbalie = indienbalie
        self._opening = Casusopening(
            register=onderdelen.register,
            client=onderdelen.client,
            voorbereider=onderdelen.voorbereider,
            indienbalie=indienbalie,
            clock=clock,
        )
        self._bevrager = Bevrager(voorbereider=onderdelen.voorbereider, tokeniser=onderdelen.tokeniser, clock=clock)

    def open_casus(
        self,
        casusnummer: str,
        betrokkenen: Sequence[Betrokkene],
        *,
        signaalsoort: str,
        monitoring_tot: date,
        acuut: bool = False,
    ) -> Clientcasus:
        """Register a casus with 1 to 50 directbetrokkenen, and return it as the matcher holds it.

        Each gets a signal of `signaalsoort`; the one that there is for the same client and kind is used again. The
        number stays readable for ourselves alone. Stopped half-way, the same can be done again: nothing comes twice,
        and who was not in it yet is added.

        Raises OngeldigCasusnummer, and what `Koppelradar.submit` raises before anything is written, for all of them
        before the first is submitted; CasusOnvolledig when a signal waits or was refused.
        """
        casus = self._opening.open(
            casusnummer, betrokkenen, signaalsoort=signaalsoort, acuut=acuut, monitoring_tot=monitoring_tot
        )
        return self._with_clients(casus)

    def voeg_betrokkene_toe(self, casus: UUID, betrokkene: Betrokkene, *, signaalsoort: str) -> Clientcasus:
        """Add somebody to a casus, with a signal; raises what `open_casus` raises."""
        signalen = self._opening.submit([betrokkene], signaalsoort)
        return self._with_clients(self._opening.extend(self._calls.casus(casus), signalen))

    def verander_toestand(
        self,
        casus: UUID,
        toestand: Casustoestand,
        *,
        overgedragen_aan: Oin | None = None,
        monitoring_tot: date | None = None,
    ) -> Clientcasus:
        """Say where a casus is now; to whom it was handed over, and until when it is monitored, when that changes."""
        changed = self._calls.set_toestand(
            casus, toestand, overgedragen_aan=overgedragen_aan, monitoring_tot=monitoring_tot
        )
        return self._with_clients(changed)

    def koppel_terug(self, casus: UUID, terugkoppeling: Terugkoppeling) -> None:
        """Let whoever signalled a person of a casus know what becomes of it."""
        self._calls.give_terugkoppeling(casus, terugkoppeling)

    def gezien(self, casus: UUID) -> None:
        """Say that somebody looked at what is new of a casus: it no longer counts as new."""
        self._calls.mark_seen(casus)

    def casus(self, casus: UUID) -> Clientcasus:
        """Return one own casus."""
        return self._with_clients(self._calls.casus(casus))

    def casussen(self) -> Iterator[Clientcasus]:
        """Yield all own casussen."""
        return (self._with_clients(casus) for casus in self._calls.list_casussen())

    def lijst(self, filter_: Radarfilter | None = None) -> Iterator[Clientradar]:
        """Yield the radar list: per casus what is new, how many parties and signals, levels, and terms."""
        for regel in self._calls.list_radar(filter_):
            casus = self._with_clients(regel.casus)
            yield Clientradar(regel=regel, casusnummer=casus.casusnummer, clientnummers=casus.clientnummers)

    def bevraag(self, personen: Sequence[Persoon], reden: str) -> Clientbevraging:
        """Ask, at a melding, which signals and own casussen there are on 1 to 20 persons; nothing is written down.

        `reden` is a code of the convenant, and goes into the access log. Every bevraging counts for the limit of the
        month, and every person for the budget at the sleutelhouder. Raises InvoerFout for another number of persons
        or an unknown reason, OngeldigPersoon, SleutelFout, SleutelhouderFout, and PlafondBereikt.
        """
        convenant = self._voorbereider.convenant.id
        gevraagd = self._bevrager.prepare(personen, reden)
        antwoord = self._calls.bevraag(convenant, reden, gevraagd)
        return Clientbevraging(
            bevraagd_op=antwoord.bevraagd_op,
            personen=tuple(self._beeld(persoon, convenant) for persoon in antwoord.personen),
        )

    def radarmelding(self, persoon: Persoon, *, clientnummer: str, kaart: Kaartgegevens | None = None) -> Signaal:
        """Put a person on the radar of Veilig Thuis: we go on by ourselves, and no action is asked.

        A signal of the kind that the convenant has for this. Raises InvoerFout when it has none that we may submit, or
        several, and what `Koppelradar.submit` raises.
        """
        return self._indienbalie.submit(
            Indiening(persoon=persoon, clientnummer=clientnummer, signaalsoort=self._radarsoort(), kaart=kaart)
        )

    def restore(self) -> int:
        """Add the casussen that the register does not know; return how many. 0 for a party that composes none."""
        convenant = self._voorbereider.convenant
        if _CASUSROLLEN.isdisjoint(convenant.partij(self._voorbereider.oin).rollen):
            return 0
        return sum(self._restore(casus) for casus in self._calls.list_casussen())

    def _restore(self, casus: Casus) -> bool:
        known = self._register.casus(casus.id)
        if known is not None:
            self._register.mark_casus_ontvangen(casus.id)
            return False
        nummer = self._open(casus.id, casus.convenant, casus.nummer)
        if nummer is None:
            return False
        added = self._register.add_casus(
            casus.id, convenant=casus.convenant, casusnummer=nummer, op=casus.geopend_op, opgave=None
        )
        return added.id == casus.id

    def _radarsoort(self) -> str:
        convenant, oin = self._voorbereider.convenant, self._voorbereider.oin
        soorten = [s.code for s in convenant.signaalsoorten if s.radarmelding and convenant.may_submit(oin, s.code)]
        if not soorten:
            raise InvoerFout("Dit convenant heeft geen signaalsoort waarmee uw organisatie een radarmelding doet.")
        if len(soorten) > 1:
            raise InvoerFout(
                f"Dit convenant heeft meer signaalsoorten voor een radarmelding: {', '.join(soorten)}. Dien een "
                "signaal in met een van deze soorten: koppelradar signaal indienen --soort SOORT"
            )
        return soorten[0]

    def _with_clients(self, casus: Casus) -> Clientcasus:
        return Clientcasus(
            casus=casus,
            casusnummer=self._open(casus.id, casus.convenant, casus.nummer),
            clientnummers=self._clients(casus.signalen),
        )

    def _clients(self, signalen: Iterable[UUID]) -> tuple[str, ...]:
        known = (self._register.find(signaal) for signaal in signalen)
        return tuple(sorted({signaal.clientnummer for signaal in known if signaal is not None}))

    def _beeld(self, persoon: Bevragingspersoon, convenant: ConvenantId) -> Persoonsbeeld:
        return Persoonsbeeld(
            partijen=persoon.partijen,
            casussen=tuple(self._vermelding(casus, convenant) for casus in persoon.eigen_casussen),
        )

    def _vermelding(self, casus: BekendeCasus, convenant: ConvenantId) -> Casusvermelding:
        return Casusvermelding(
            id=casus.id,
            casusnummer=self._open(casus.id, convenant, casus.nummer),
            toestand=casus.toestand,
            melding=casus.melding,
            niveau=casus.niveau,
        )

    def _open(self, casus: UUID, convenant: ConvenantId, nummer: bytes) -> str | None:
        try:
            return open_casusnummer(
                self._voorbereider.organisatiesleutel, convenant=convenant, casus=casus, referentie=nummer
            )
        except OngeldigeReferentie:
            return None
