"""Opening the contact cards in a match, and finding out when they are not what they should be.

The matcher passes cards on and can open none. So a card that opens with a key that only goes with our own client, and
that bears the signature of the organisation the matcher names, says that this organisation did signal the same person:
a matcher that invents, swaps or replays cards is found out here. Nothing of that is an exception: the user gets the
match, with a warning.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple
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
    uitleg="De contactkaart gaat hier niet open: uw register heeft er geen sleutel van, of de ander heeft de kaart nog "
    "niet vernieuwd. Vraag om de kaart."
)

_NO_PROOF: Final = "De kaart is echt, maar bewijst niet dat het om uw eigen cliënt gaat. Bel om dat na te gaan."


class _Sleutel(NamedTuple):
    """A kaartsleutel of an own signal."""

    signaal: UUID
    epoche: Epoche
    sleutel: Kaartsleutel


class _Opening(NamedTuple):
    """The key of a card, and the own signal whose kaartsleutel gave it: None says that a zegel did.

    Only a kaartsleutel proves that both signals are on one person.
    """

    geheim: Kaartgeheim
    signaal: UUID | None


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
            opening = self._open(match, partij.kaart, eigen)
            if opening is None:
                return self._unopened(partij)
            context = self._context(match, partij.kaart)
            jws = open_kaart(partij.kaart.versleuteld, opening.geheim, context)
            kaart = verify_kaart(jws, context=context, convenant=self._convenant)
        except KaartOnbetrouwbaar as error:
            return Partijkaart(waarschuwing=f"{error} {LET_OP}")
        if partij.paar is not None and opening.signaal is not None:
            self._remember(match, partij.paar, opening.signaal, kaart, jws)
        if opening.signaal is None and eigen:
            # Sealed for us, so a real card; but the matcher could show it at any match of ours.
            return Partijkaart(kaart=kaart, uitleg=_NO_PROOF)
        return Partijkaart(kaart=kaart, geverifieerd=True)

    def _check(self, match: Match, partij: Partijmelding, kaart: OntvangenKaart, dubbel: frozenset[UUID]) -> None:
        if match.convenant != self._convenant.id or kaart.oin == self._oin or kaart.signaal in match.eigen_signalen:
            raise KaartOnbetrouwbaar("De matcher gaf een contactkaart die hier niet hoort.")
        if partij.organisatie is not None and partij.organisatie.oin != kaart.oin:
            raise KaartOnbetrouwbaar("De contactkaart is van een andere organisatie dan de matcher noemt.")
        if kaart.signaal in dubbel:
            raise KaartOnbetrouwbaar("De matcher gaf dezelfde contactkaart bij twee organisaties.")

    def _open(self, match: Match, kaart: OntvangenKaart, eigen: Sequence[UUID]) -> _Opening | None:
        """Return the key of a card; None when we have no key that should open it. Raises KaartOnbetrouwbaar."""
        context = self._context(match, kaart)
        epochen = [omslag.epoche for omslag in kaart.omslagen]
        sleutels = [
            _Sleutel(signaal, epoche, sleutel)
            for signaal in eigen
            for epoche, sleutel in self._bron.kaartsleutels(signaal, epochen).items()
            if epoche in epochen
        ]
        return _unwrap(kaart, sleutels, context) if sleutels else self._unseal(kaart, context)

    def _unseal(self, kaart: OntvangenKaart, context: Kaartcontext) -> _Opening | None:
        zegels = [zegel for zegel in kaart.zegels if zegel.ontvanger == self._oin]
        if self._zegelsleutel is None or not zegels:
            return None
        geheim = open_zegel(zegels[0].waarde, context=context, ontvanger=self._oin, zegelsleutel=self._zegelsleutel)
        return _Opening(geheim, None)

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

    def _remember(self, match: Match, paar: UUID, signaal: UUID, kaart: Contactkaart, jws: str) -> None:
        found = Paar(
            id=paar,
            signaal=signaal,
            niveau=Niveau.ZEKER,
            match=match.id,
            oin=kaart.context.oin,
            kaartsignaal=kaart.context.signaal,
            jws=jws,
        )
        if self._register.paar(paar) != found:
            self._register.add_paar(found)

    def _context(self, match: Match, kaart: OntvangenKaart) -> Kaartcontext:
        return Kaartcontext(convenant=match.convenant, signaal=kaart.signaal, oin=kaart.oin)


def _unwrap(kaart: OntvangenKaart, sleutels: Sequence[_Sleutel], context: Kaartcontext) -> _Opening:
    """Return the key of a card out of the first omslag that opens; raises when we have the keys and none does."""
    failure = KaartOnbetrouwbaar("De contactkaart gaat niet open.")
    fitting = ((omslag, eigen) for omslag in kaart.omslagen for eigen in sleutels if eigen.epoche == omslag.epoche)
    for omslag, eigen in fitting:
        try:
            geheim = open_omslag(omslag.waarde, eigen.sleutel, context=context, epoche=eigen.epoche)
        except KaartOnbetrouwbaar as error:
            failure = error
        else:
            return _Opening(geheim, eigen.signaal)
    raise failure


def _repeated(partijen: Iterable[Partijmelding]) -> frozenset[UUID]:
    counts: Mapping[UUID, int] = Counter(partij.kaart.signaal for partij in partijen if partij.kaart is not None)
    return frozenset(signaal for signaal, count in counts.items() if count > 1)
