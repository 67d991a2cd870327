"""Asking for contact cards, and releasing the own one: what the matcher says is granted counts for nothing here.

The own signed convenant decides whether a card goes to who asks, at the level at which we know the pair ourselves: a
zeker pair of which the card opened here, or a weaker one that we confirmed. A matcher that asks for a card with an
invented request gets nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from client_sdk.client.koppeling import Kaartvraag, Kaartvrijgave
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.kaartlezer import LET_OP
from client_sdk.dienst.model import Partijkaart
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.errors import KaartNietVrij, KaartOnbetrouwbaar
from client_sdk.kaarten import Kaartcontext, open_vrijgave, seal_vrijgave, verify_kaart
from client_sdk.kaarten.handtekening import context_of
from client_sdk.register.model import Kaartverzoek, KaartverzoekStatus, Paar
from client_sdk.register.register import Register
from convenant.beleid import Vraag, beslis
from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import Gebeurtenis, Niveau, Oin, Veld
from convenant.zegel import PubliekeZegelsleutel, Zegelsleutel


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartbalie:
    """Deals with requests for cards, of one organisation."""

    register: Register
    client: MatcherClient
    voorbereider: Voorbereider
    zegelsleutel: Zegelsleutel | None
    clock: Callable[[], datetime]

    def receive(self, vraag: Kaartvraag, *, op: datetime) -> Kaartverzoek | None:
        """Write down who asks for our card; None when it is about a signal or a convenant that is not ours."""
        if vraag.convenant != self._convenant.id or self.register.find(vraag.eigen_signaal) is None:
            return None
        self.register.add_kaartverzoek(
            Kaartverzoek(
                id=vraag.paar,
                signaal=vraag.eigen_signaal,
                match=vraag.match,
                ontvanger=vraag.ontvanger,
                convenant=vraag.convenant,
                status=KaartverzoekStatus.OPEN,
                op=op.astimezone(UTC),
            )
        )
        return self.register.kaartverzoek(vraag.paar)

    def release(self, paar: UUID) -> Kaartverzoek:
        """Seal our card for who asked and hand it over.

        Raises KaartNietVrij when nobody asked, when the convenant does not grant it at the level at which this
        register knows the pair, or when there is no card or no zegelsleutel; and MatcherFout.
        """
        verzoek = self.register.kaartverzoek(paar)
        self._check_granted(verzoek)
        zegel = seal_vrijgave(
            self._jws(verzoek.signaal),
            convenant=verzoek.convenant,
            oin=self.voorbereider.oin,
            ontvanger=verzoek.ontvanger,
            zegelsleutel=self._zegelsleutel_of(verzoek.ontvanger),
        )
        self.client.release_kaart(verzoek.match, paar, zegel)
        self.register.set_kaartverzoek(paar, KaartverzoekStatus.VRIJGEGEVEN)
        return self.register.kaartverzoek(paar)

    def refuse(self, paar: UUID) -> Kaartverzoek:
        """Record that a person said no; the other side is not told. Raises KaartNietVrij when nobody asked."""
        self.register.kaartverzoek(paar)
        self.register.set_kaartverzoek(paar, KaartverzoekStatus.GEWEIGERD)
        return self.register.kaartverzoek(paar)

    def accept(self, vrijgave: Kaartvrijgave, eigen_signaal: UUID | None) -> Partijkaart:
        """Return the card that somebody released to us, once its signature holds; remembered when we know the pair."""
        if self.zegelsleutel is None:
            return Partijkaart(
                uitleg="U kreeg een contactkaart, maar in de configuratie staat geen organisatie.zegelsleutel."
            )
        if vrijgave.zegel is None:
            return Partijkaart(uitleg="De kaart is er niet meer: het signaal erachter is beëindigd.")
        try:
            jws = open_vrijgave(
                vrijgave.zegel,
                convenant=vrijgave.convenant,
                oin=vrijgave.oin,
                ontvanger=self.voorbereider.oin,
                zegelsleutel=self.zegelsleutel,
            )
            context = context_of(jws)
            self._check_release(vrijgave, context)
            kaart = verify_kaart(jws, context=context, convenant=self._convenant)
        except KaartOnbetrouwbaar as error:
            return Partijkaart(waarschuwing=f"{error} {LET_OP}")
        if eigen_signaal is not None:
            self._remember(vrijgave, context, eigen_signaal, jws)
        return Partijkaart(kaart=kaart, geverifieerd=True)

    @property
    def _convenant(self) -> Convenant:
        return self.voorbereider.convenant

    def _check_release(self, vrijgave: Kaartvrijgave, context: Kaartcontext) -> None:
        if context.oin != vrijgave.oin or context.convenant != vrijgave.convenant:
            raise KaartOnbetrouwbaar("De vrijgegeven contactkaart is van een andere organisatie dan de matcher noemt.")
        others = (paar for paar in self.register.paren() if paar.id != vrijgave.paar and paar.match != vrijgave.match)
        if any(paar.kaartsignaal == context.signaal for paar in others):
            raise KaartOnbetrouwbaar("Deze contactkaart hoort bij een andere match.")

    def _remember(self, vrijgave: Kaartvrijgave, context: Kaartcontext, eigen_signaal: UUID, jws: str) -> None:
        known = self.register.paar(vrijgave.paar)
        niveaus = self.register.bevestigde_niveaus(eigen_signaal)
        niveau = known.niveau if known else _weakest(niveaus)
        if niveau is None:
            return
        self.register.add_paar(
            Paar(
                id=vrijgave.paar,
                signaal=eigen_signaal,
                niveau=niveau,
                match=vrijgave.match,
                oin=vrijgave.oin,
                kaartsignaal=context.signaal,
                jws=jws,
            )
        )

    def _check_granted(self, verzoek: Kaartverzoek) -> None:
        niveau = self._own_niveau(verzoek)
        if niveau is None:
            raise KaartNietVrij(
                "Uw register kent deze koppeling niet: de kaart van de ander ging hier niet open, en u hebt geen "
                "mogelijke match bevestigd. Uw kaart wordt niet vrijgegeven."
            )
        besluit = beslis(self._convenant, self._vraag(verzoek, niveau))
        if Veld.KAART not in besluit.velden:
            raise KaartNietVrij(f"Het convenant geeft uw contactkaart hier niet vrij. {besluit.reden}")

    def _own_niveau(self, verzoek: Kaartverzoek) -> Niveau | None:
        """Return at which level we know, of ourselves, that the asker has a signal on the person of this one."""
        paar = self.register.paar(verzoek.id)
        zeker = paar is not None and paar.niveau is Niveau.ZEKER and paar.oin == verzoek.ontvanger
        if paar is not None and zeker and self._same_client(paar.signaal, verzoek.signaal):
            return Niveau.ZEKER
        return _weakest(self.register.bevestigde_niveaus(verzoek.signaal))

    def _same_client(self, een: UUID, ander: UUID) -> bool:
        # A matcher could ask, on a pair that we know, for the card of a signal on somebody else.
        signaal, tweede = self.register.find(een), self.register.find(ander)
        return signaal is not None and tweede is not None and signaal.clientnummer == tweede.clientnummer

    def _vraag(self, verzoek: Kaartverzoek, niveau: Niveau) -> Vraag:
        """Return the question to our own convenant.

        Of which kind the other's signal is, only the matcher knows. So every kind that it may submit is put in: the
        answer is what the convenant could grant that party, never what the matcher says it does.
        """
        soorten = (soort.code for soort in self._convenant.signaalsoorten)
        return Vraag(
            gebeurtenis=Gebeurtenis.MATCH,
            niveau=niveau,
            ontvanger=verzoek.ontvanger,
            over=self.voorbereider.oin,
            signaalsoort=self.register.signaal(verzoek.signaal).signaalsoort,
            eigen_signaalsoorten=frozenset(s for s in soorten if self._convenant.may_submit(verzoek.ontvanger, s)),
            op=local_date(self.clock()),
        )

    def _jws(self, signaal: UUID) -> str:
        kaart = self.register.eigen_kaart(signaal)
        if kaart is not None:
            return kaart.jws
        if self.voorbereider.kaart is None:
            raise KaartNietVrij("U hebt geen contactkaart. Vul [kaart] in de configuratie in.")
        return self.voorbereider.sign(self.voorbereider.kaart, signaal)

    def _zegelsleutel_of(self, oin: Oin) -> PubliekeZegelsleutel:
        zegelsleutel = self._convenant.partij(oin).zegelsleutel
        if zegelsleutel is None:
            raise KaartNietVrij("De ander heeft in het convenant geen zegelsleutel. Bel met uw contactgegevens.")
        return zegelsleutel


def _weakest(niveaus: Sequence[Niveau] | frozenset[Niveau]) -> Niveau | None:
    """Return the weakest level: which of several confirmations a request is about, only the matcher says."""
    order = list(Niveau)
    return max(niveaus, key=order.index, default=None)
