"""From signals that wait for tokens to what is sent of them, with their contact cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from client_sdk.client.koppeling import Epochetokens, Hertokening, Omslag, Verzegeldekaart, Zegel
from client_sdk.client.model import SignaalInzending
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.dienst.tokenisering import Tokeniser
from client_sdk.kaarten import EigenKaart, Kaartcontext, make_omslag, random_omslag, seal_geheim, seal_kaart
from client_sdk.koppeltokens import Tokenset
from client_sdk.referentie import seal_referentie
from client_sdk.register.model import Getokend, Signaal, TeTokeniseren
from client_sdk.types import OrganisatieSleutel
from convenant.base64url import encode_base64url
from convenant.beleid import Vraag, beslis
from convenant.model import Convenant, Partij
from convenant.profielen import NL_1
from convenant.types import Epoche, Gebeurtenis, Niveau, Oin, Rol, Veld

MAX_ZEGELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Inzendingen:
    """Makes what one organisation sends under one convenant."""

    convenant: Convenant
    oin: Oin
    organisatiesleutel: OrganisatieSleutel
    tokeniser: Tokeniser

    def make(
        self, wachtend: Sequence[TeTokeniseren], *, epochen: Sequence[Epoche], vandaag: date
    ) -> tuple[Getokend, ...]:
        """Return every signal as it will be sent, with tokens of all these epochs; raises what `Tokeniser` raises."""
        per_epoche = [self.tokeniser.tokensets(wachtend, epoche, vandaag=vandaag) for epoche in epochen]
        return tuple(
            self._getokend(een, tokensets, vandaag) for een, *tokensets in zip(wachtend, *per_epoche, strict=True)
        )

    def hertoken(
        self, signalen: Sequence[TeTokeniseren], epoche: Epoche, *, vandaag: date
    ) -> tuple[Sequence[Hertokening], Mapping[UUID, Tokenset]]:
        """Return the tokens of an epoch for signals that the matcher has, and the sets with the keys that stay."""
        tokensets = self.tokeniser.tokensets(signalen, epoche, vandaag=vandaag)
        hertokeningen = [
            Hertokening(
                signaal=een.signaal.id,
                tokens=epochetokens(tokenset),
                omslag=None if een.kaart is None else self._omslag(een.kaart, een.signaal, tokenset).waarde,
            )
            for een, tokenset in zip(signalen, tokensets, strict=True)
        ]
        return hertokeningen, {een.signaal.id: t for een, t in zip(signalen, tokensets, strict=True)}

    def _getokend(self, een: TeTokeniseren, tokensets: Sequence[Tokenset], vandaag: date) -> Getokend:
        signaal = een.signaal
        referentie = seal_referentie(
            self.organisatiesleutel,
            convenant=signaal.convenant,
            signaal_id=signaal.id,
            clientnummer=signaal.clientnummer,
        )
        inzending = SignaalInzending(
            id=signaal.id,
            convenant=signaal.convenant,
            profiel=NL_1.naam,
            signaalsoort=signaal.signaalsoort,
            verloopt_op=signaal.verloopt_op,
            tokensets=tuple(epochetokens(tokenset) for tokenset in tokensets),
            referentie=encode_base64url(referentie),
            kaart=None if een.kaart is None else self._kaart(een.kaart, signaal, tokensets, vandaag),
        )
        return Getokend(
            inzending=inzending,
            kaartsleutels={t.epoche: t.kaartsleutel for t in tokensets},
            vraagsleutels={t.epoche: t.vraagsleutel for t in tokensets if t.vraagsleutel is not None},
        )

    def _kaart(
        self, kaart: EigenKaart, signaal: Signaal, tokensets: Sequence[Tokenset], vandaag: date
    ) -> Verzegeldekaart:
        context = self._context(signaal)
        return Verzegeldekaart(
            versleuteld=seal_kaart(kaart.jws, kaart.geheim, context),
            omslagen=tuple(self._omslag(kaart, signaal, tokenset) for tokenset in tokensets),
            zegels=tuple(
                Zegel(
                    ontvanger=partij.oin,
                    waarde=seal_geheim(
                        kaart.geheim, context=context, ontvanger=partij.oin, zegelsleutel=partij.zegelsleutel
                    ),
                )
                for partij in self._receivers(signaal.signaalsoort, vandaag)
                if partij.zegelsleutel is not None
            ),
        )

    def _omslag(self, kaart: EigenKaart, signaal: Signaal, tokenset: Tokenset) -> Omslag:
        if tokenset.kaartsleutel is None:
            return Omslag(epoche=tokenset.epoche, waarde=random_omslag())
        waarde = make_omslag(
            kaart.geheim, tokenset.kaartsleutel, context=self._context(signaal), epoche=tokenset.epoche
        )
        return Omslag(epoche=tokenset.epoche, waarde=waarde)

    def _receivers(self, signaalsoort: str, vandaag: date) -> Sequence[Partij]:
        """Return the radar parties that the convenant lets see the card of such a signal, whatever they know."""
        radar = [
            partij
            for partij in self.convenant.partijen
            if Rol.RADAR in partij.rollen and partij.zegelsleutel is not None and partij.oin != self.oin
        ]
        return [partij for partij in radar if self._grants_kaart(partij.oin, signaalsoort, vandaag)][:MAX_ZEGELS]

    def _grants_kaart(self, ontvanger: Oin, signaalsoort: str, vandaag: date) -> bool:
        vraag = Vraag(
            gebeurtenis=Gebeurtenis.MATCH,
            niveau=Niveau.ZEKER,
            ontvanger=ontvanger,
            over=self.oin,
            signaalsoort=signaalsoort,
            eigen_signaalsoorten=frozenset(),
            op=vandaag,
        )
        return Veld.KAART in beslis(self.convenant, vraag).velden

    def _context(self, signaal: Signaal) -> Kaartcontext:
        return Kaartcontext(convenant=signaal.convenant, signaal=signaal.id, oin=self.oin)


def make_inzendingen(onderdelen: Onderdelen) -> Inzendingen:
    """Return what makes the submissions of these parts."""
    voorbereider = onderdelen.voorbereider
    return Inzendingen(
        convenant=voorbereider.convenant,
        oin=voorbereider.oin,
        organisatiesleutel=voorbereider.organisatiesleutel,
        tokeniser=onderdelen.tokeniser,
    )


def epochetokens(tokenset: Tokenset) -> Epochetokens:
    """Return a Tokenset as it is sent."""
    return Epochetokens(
        epoche=tokenset.epoche, koppeltokens=tuple(encode_base64url(token) for token in tokenset.koppeltokens)
    )
