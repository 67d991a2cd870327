"""Bekendheidsvragen of one organisation: asking who knows a person, and saying that we know one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from client_sdk.client.bekendheid import (
    BekendeOrganisatie,
    Bekendheidsantwoordbericht,
    Bekendheidsopgave,
    Bekendheidsstand,
    Bekendheidsvraag,
    Vraagstatus,
)
from client_sdk.client.bekendheidverzoeken import MAX_PERSONEN
from client_sdk.dienst.beantwoorder import Beantwoorder
from client_sdk.dienst.bekendheidmodel import Bekendheidsuitkomst, BekendPersoon, Clientverzoek
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.dienst.vraagsleutels import Vraagsleutelbron
from client_sdk.errors import BekendheidFout, InvoerFout, NietIngelogd, PlafondBereikt, VerzoekGeweigerd
from client_sdk.koppeltokens import vraagtoken
from client_sdk.persoon import Persoon
from client_sdk.register.bekendheid import Bekendheidsverzoek, EigenVraag, VerzoekStatus
from client_sdk.types import Vraagsleutel
from convenant.beleid import Vraag, beslis
from convenant.kalender import local_date
from convenant.types import Gebeurtenis, Niveau, Veld
from convenant.werkdagen import termijn_einde

BEWAARD: Final = timedelta(days=30)
"""How long after the last day of a question of ours the register keeps who was found."""

_CONFLICT: Final = 409


class Bekendheidsbalie:
    """Asks for one organisation, and decides with its professional; the SDK answers by itself (`Beantwoorder`)."""

    def __init__(self, onderdelen: Onderdelen, *, clock: Callable[[], datetime]) -> None:
        self._register = onderdelen.register
        self._client = onderdelen.client
        self._voorbereider = onderdelen.voorbereider
        self._tokeniser = onderdelen.tokeniser
        self._clock = clock
        bron = Vraagsleutelbron(
            register=onderdelen.register,
            voorbereider=onderdelen.voorbereider,
            tokeniser=onderdelen.tokeniser,
            clock=clock,
        )
        self.beantwoorder: Final = Beantwoorder(
            register=onderdelen.register,
            client=onderdelen.client,
            voorbereider=onderdelen.voorbereider,
            bron=bron,
            clock=clock,
        )

    # Asking

    def vraag(self, personen: Sequence[Persoon], *, reden: str) -> Bekendheidsvraag:
        """Ask who knows these 1 to 50 persons, for a reason of the convenant, and return the question.

        Each person takes one point of the budget at the sleutelhouder, and counts for the limit of the month. The
        register keeps the persons of the question so that its answers can be read: whom nobody knows until it closes,
        the others 30 days longer.

        Raises OngeldigPersoon, InvoerFout (also for somebody of whom too little is known, and for somebody who is
        there twice), ConfiguratieFout, SleutelFout, SleutelhouderFout, PlafondBereikt, VerzoekGeweigerd, NietIngelogd.
        After MatcherOnbereikbaar the question may have arrived or not: `vragen` names it.
        """
        self._end_old()
        uiterlijk = self._check(len(personen), reden)
        epoche = self._voorbereider.epochen(self._vandaag())[0]
        sleutels = _complete(self._tokeniser.vraagsleutels(personen, epoche, vandaag=self._vandaag()))
        convenant, vraag = self._voorbereider.convenant.id, uuid4()
        opgave = Bekendheidsopgave(
            id=vraag,
            convenant=convenant,
            epoche=epoche,
            reden=reden,
            tokens=tuple(vraagtoken(sleutel, vraag) for sleutel in sleutels),
        )
        self._register.add_eigen_vraag(
            EigenVraag(id=vraag, convenant=convenant, uiterlijk=uiterlijk, personen=tuple(personen))
        )
        try:
            return self._client.bekendheid.ask(opgave)
        except (NietIngelogd, PlafondBereikt, VerzoekGeweigerd):
            # Only of these we know that the matcher did not take it.
            self._register.remove_eigen_vraag(vraag)
            raise

    def vragen(self) -> tuple[EigenVraag, ...]:
        """Return the own questions of which the register still has the persons; asks the matcher nothing."""
        self._end_old()
        return self._register.eigen_vragen()

    def antwoorden(self, vraag: UUID) -> Bekendheidsuitkomst:
        """Return how a question of ours stands and who knows whom; VerzoekGeweigerd (404) when it is not ours.

        Once it is closed the register keeps only those whom somebody knows.
        """
        return self._uitkomst(self._client.bekendheid.read(vraag))

    def sluit(self, vraag: UUID) -> Bekendheidsuitkomst:
        """Close a question of ours before its last day; return how it stands then."""
        return self._uitkomst(self._client.bekendheid.close(vraag))

    def bekend(self, bericht: Bekendheidsantwoordbericht) -> BekendPersoon:
        """Return the person whom somebody turned out to know."""
        organisatie = bericht.organisatie and BekendeOrganisatie(
            organisatie=bericht.organisatie,
            contact=bericht.contact,
            artikel=bericht.artikel,
            grondslag=bericht.grondslag,
        )
        return BekendPersoon(
            plaats=bericht.plaats,
            persoon=self._persoon(bericht.id, bericht.plaats),
            organisaties=(organisatie,) if organisatie else (),
        )

    # Being asked

    def verzoeken(self) -> tuple[Clientverzoek, ...]:
        """Return the own clients about whom somebody asks, oldest first, also those we decided about."""
        self._end_old()
        return self.beantwoorder.verzoeken()

    def zeg(self, verzoek: UUID, *, ja: bool) -> Clientverzoek:
        """Say that we know the client of this request, or not; a no tells the asker nothing, and can become a yes.

        Raises BekendheidFout when there is no such request, its signal ended, or our own convenant does not let us name
        ourselves to the asker; VerzoekGeweigerd (409) when the question is closed.
        """
        found = self._register.bekendheidsverzoek(verzoek)
        sleutel = self._register.vraagsleutel(found.signaal, found.epoche)
        if sleutel is None:
            raise BekendheidFout("Het signaal van deze cliënt is er niet meer. Er is niets gestuurd.")
        if ja:
            self._check_granted(found)
        self._agree(found, sleutel, ja=ja)
        self._register.set_verzoek(verzoek, VerzoekStatus.JA if ja else VerzoekStatus.NEE)
        return self.beantwoorder.with_client(self._register.bekendheidsverzoek(verzoek))

    def _agree(self, verzoek: Bekendheidsverzoek, sleutel: Vraagsleutel, *, ja: bool) -> None:
        token = vraagtoken(sleutel, verzoek.vraag)
        try:
            self._client.bekendheid.agree(verzoek.vraag, token, bekend=ja)
        except VerzoekGeweigerd as refusal:
            if refusal.status == _CONFLICT and verzoek.status is not VerzoekStatus.JA:
                self._register.set_verzoek(verzoek.id, VerzoekStatus.GESLOTEN)
            raise

    def _check_granted(self, verzoek: Bekendheidsverzoek) -> None:
        convenant = self._voorbereider.convenant
        if verzoek.vrager is None or not convenant.has_partij(verzoek.vrager.oin):
            raise BekendheidFout("Wie dit vraagt, doet niet mee aan uw convenant. Er is niets gestuurd.")
        besluit = beslis(
            convenant,
            Vraag(
                gebeurtenis=Gebeurtenis.BEKENDHEIDSVRAAG,
                niveau=Niveau.ZEKER,
                ontvanger=verzoek.vrager.oin,
                over=self._voorbereider.oin,
                signaalsoort=self._register.signaal(verzoek.signaal).signaalsoort,
                eigen_signaalsoorten=frozenset(),
                op=self._vandaag(),
            ),
        )
        if Veld.ORGANISATIE not in besluit.velden:
            raise BekendheidFout(f"Uw convenant laat u hier niet zeggen dat u iemand kent. {besluit.reden}")

    def _check(self, aantal: int, reden: str) -> date:
        """Return the last day of a question that is put now. Raises InvoerFout for one that the convenant has not."""
        if not 1 <= aantal <= MAX_PERSONEN:
            raise InvoerFout(f"Een bekendheidsvraag gaat over 1 tot {MAX_PERSONEN} personen.")
        afspraken = self._voorbereider.convenant.afspraken
        termijn = afspraken.termijn(afspraken.bekendheid.antwoordtermijn) if afspraken.bekendheid else None
        if termijn is None or afspraken.bevraging is None:
            raise InvoerFout("Dit convenant kent geen bekendheidsvragen.")
        if not afspraken.bevraging.has_reden(reden):
            redenen = ", ".join(een.code for een in afspraken.bevraging.redenen)
            raise InvoerFout(f"Dit convenant kent deze reden niet. Kies uit: {redenen}.")
        return termijn_einde(termijn, self._vandaag(), vrije_dagen=afspraken.vrije_dagen)

    def _uitkomst(self, stand: Bekendheidsstand) -> Bekendheidsuitkomst:
        vraag = stand.vraag.id
        personen = tuple(
            BekendPersoon(plaats=een.plaats, persoon=self._persoon(vraag, een.plaats), organisaties=een.organisaties)
            for een in stand.personen
        )
        if stand.status is Vraagstatus.GESLOTEN:
            self._register.keep_only(vraag, {een.plaats for een in stand.personen})
        return Bekendheidsuitkomst(stand=stand, personen=personen)

    def _persoon(self, vraag: UUID, plaats: int) -> Persoon | None:
        eigen = self._register.eigen_vraag(vraag)
        known = eigen is not None and 0 <= plaats < len(eigen.personen)
        return eigen.personen[plaats] if eigen is not None and known else None

    def _end_old(self) -> None:
        vandaag = self._vandaag()
        self._register.end_vragen(gesteld_tot=vandaag, eigen_tot=vandaag - BEWAARD)

    def _vandaag(self) -> date:
        return local_date(self._clock())


def _complete(sleutels: Sequence[Vraagsleutel | None]) -> tuple[Vraagsleutel, ...]:
    """Return the keys when everybody has one of his own; else raises InvoerFout, with places and never a name."""
    found: dict[Vraagsleutel, int] = {}
    for nummer, sleutel in enumerate(sleutels, 1):
        if sleutel is None:
            raise InvoerFout(
                f"Van persoon {nummer} is te weinig bekend. Vragen kan met alle voornamen, de achternaam en een "
                "volledige geboortedatum, niet met alleen voorletters of 1 januari of 1 juli."
            )
        if sleutel in found:
            raise InvoerFout(f"Persoon {found[sleutel]} en persoon {nummer} zijn dezelfde. Laat een van beide weg.")
        found[sleutel] = nummer
    return tuple(found)
