"""Opening the contact cards in a match, and finding out when they are not what they should be.

The matcher passes cards on and can open none. So a card that opens with a key that only goes with our own client, and
that bears the signature of the organisation the matcher names, says that this organisation did signal the same person:
a matcher that invents, swaps or replays cards is found out here. Nothing of that is an exception: the user gets the
match, with a warning.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from client_sdk.client.koppeling import OntvangenKaart
from client_sdk.client.model import Match, Partijmelding
from client_sdk.dienst.kaartsleutels import Kaartsleutelbron
from client_sdk.dienst.model import Partijkaart
from client_sdk.errors import KaartOnbetrouwbaar
from client_sdk.kaarten import Contactkaart, Kaartcontext, open_kaart, open_omslag, open_zegel, verify_kaart
from client_sdk.register.model import Paar
from client_sdk.register.register import Register
from client_sdk.types import Kaartgeheim, Kaartsleutel
from convenant.model import Convenant
from convenant.types import Epoche, Niveau, Oin
from convenant.zegel import Zegelsleutel

LET_OP: Final = "Vertrouw deze match niet zonder meer, en meld dit aan de functionaris gegevensbescherming."
_NO_CARD: Final = Partijkaart(uitleg="Deze organisatie gaf geen kaart mee, of u mag die niet zien.")
_NO_KEY: Final = Partijkaart(
    uitleg="De contactkaart gaat hier niet open: uw register kent er de sleutel niet van. Vraag om de kaart."
)

_Sleutels = Sequence[tuple[Epoche, Kaartsleutel]]


class Kaartlezer:
    """Opens the cards that come with matches, for one organisation."""

    def __init__(
        self,
        register: Register,
        *,
        convenant: Convenant,
        oin: Oin,
        bron: Kaartsleutelbron,
        zegelsleutel: Zegelsleutel | None,
    ) -> None:
        self._register = register
        self._convenant = convenant
        self._oin = oin
        self._bron = bron
        self._zegelsleutel = zegelsleutel

    def read(self, match: Match) -> tuple[Partijkaart, ...]:
        """Return the card of every party of a match, in its order; what was verified is remembered."""
        eigen = [signaal for signaal in match.eigen_signalen if self._register.find(signaal) is not None]
        dubbel = _repeated(match.partijen)
        return tuple(self._card(match, partij, eigen, dubbel) for partij in match.partijen)

    def _card(self, match: Match, partij: Partijmelding, eigen: Sequence[UUID], dubbel: frozenset[UUID]) -> Partijkaart:
        if partij.kaart is None:
            return self._released(partij)
        try:
            self._check(match, partij, partij.kaart, dubbel)
            geheim = self._geheim(match, partij.kaart, eigen)
            if geheim is None:
                return self._unopened(partij)
            context = self._context(match, partij.kaart)
            jws = open_kaart(partij.kaart.versleuteld, geheim, context)
            kaart = verify_kaart(jws, context=context, convenant=self._convenant)
        except KaartOnbetrouwbaar as error:
            return Partijkaart(waarschuwing=f"{error} {LET_OP}")
        self._remember(match, partij, eigen, kaart, jws)
        return Partijkaart(kaart=kaart, geverifieerd=True)

    def _check(self, match: Match, partij: Partijmelding, kaart: OntvangenKaart, dubbel: frozenset[UUID]) -> None:
        if match.convenant != self._convenant.id or kaart.oin == self._oin or kaart.signaal in match.eigen_signalen:
            raise KaartOnbetrouwbaar("De matcher gaf een contactkaart die hier niet hoort.")
        if partij.organisatie is not None and partij.organisatie.oin != kaart.oin:
            raise KaartOnbetrouwbaar("De contactkaart is van een andere organisatie dan de matcher noemt.")
        if kaart.signaal in dubbel:
            raise KaartOnbetrouwbaar("De matcher gaf dezelfde contactkaart bij twee organisaties.")

    def _geheim(self, match: Match, kaart: OntvangenKaart, eigen: Sequence[UUID]) -> Kaartgeheim | None:
        """Return the key of a card; None when we have no key that should open it. Raises KaartOnbetrouwbaar."""
        context = self._context(match, kaart)
        sleutels = [
            (epoche, sleutel)
            for signaal in eigen
            for epoche, sleutel in self._bron.kaartsleutels(signaal, [o.epoche for o in kaart.omslagen]).items()
        ]
        if sleutels and kaart.omslagen:
            return _unwrap(kaart, sleutels, context)
        return self._unseal(kaart, context)

    def _unseal(self, kaart: OntvangenKaart, context: Kaartcontext) -> Kaartgeheim | None:
        zegels = [zegel for zegel in kaart.zegels if zegel.ontvanger == self._oin]
        if self._zegelsleutel is None or not zegels:
            return None
        return open_zegel(zegels[0].waarde, context=context, ontvanger=self._oin, zegelsleutel=self._zegelsleutel)

    def _unopened(self, partij: Partijmelding) -> Partijkaart:
        released = self._released(partij)
        return released if released.kaart else _NO_KEY

    def _released(self, partij: Partijmelding) -> Partijkaart:
        """Return the card that came in before for this pair, if its signature still holds under this convenant."""
        paar = self._register.paar(partij.paar) if partij.paar else None
        if paar is None or (partij.organisatie is not None and partij.organisatie.oin != paar.oin):
            return _NO_CARD
        context = Kaartcontext(convenant=self._convenant.id, signaal=paar.kaartsignaal, oin=paar.oin)
        try:
            return Partijkaart(
                kaart=verify_kaart(paar.jws, context=context, convenant=self._convenant), geverifieerd=True
            )
        except KaartOnbetrouwbaar as error:
            return Partijkaart(uitleg=str(error))

    def _remember(
        self, match: Match, partij: Partijmelding, eigen: Sequence[UUID], kaart: Contactkaart, jws: str
    ) -> None:
        if partij.paar is None or not eigen or match.niveau is not Niveau.ZEKER:
            return
        paar = Paar(
            id=partij.paar,
            signaal=eigen[0],
            niveau=Niveau.ZEKER,
            match=match.id,
            oin=kaart.context.oin,
            kaartsignaal=kaart.context.signaal,
            jws=jws,
        )
        if self._register.paar(paar.id) != paar:
            self._register.add_paar(paar)

    def _context(self, match: Match, kaart: OntvangenKaart) -> Kaartcontext:
        return Kaartcontext(convenant=match.convenant, signaal=kaart.signaal, oin=kaart.oin)


def _unwrap(kaart: OntvangenKaart, sleutels: _Sleutels, context: Kaartcontext) -> Kaartgeheim:
    """Return the key of a card out of the first omslag that opens; raises when we have the keys and none does."""
    failure: KaartOnbetrouwbaar | None = None
    for omslag in kaart.omslagen:
        for epoche, sleutel in sleutels:
            if epoche == omslag.epoche:
                try:
                    return open_omslag(omslag.waarde, sleutel, context=context, epoche=epoche)
                except KaartOnbetrouwbaar as error:
                    failure = error
    raise failure or KaartOnbetrouwbaar("De contactkaart is van een andere epoche dan uw eigen signaal.")


def _repeated(partijen: Iterable[Partijmelding]) -> frozenset[UUID]:
    counts: Mapping[UUID, int] = Counter(partij.kaart.signaal for partij in partijen if partij.kaart is not None)
    return frozenset(signaal for signaal, count in counts.items() if count > 1)
