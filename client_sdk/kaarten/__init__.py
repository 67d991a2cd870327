"""Contact cards: who to call at a co-signaller, signed by the organisation and sealed for its reader. No I/O."""

from client_sdk.kaarten.handtekening import sign_kaart, verify_kaart
from client_sdk.kaarten.model import Contactkaart, EigenKaart, Kaartcontext, Kaartgegevens
from client_sdk.kaarten.versleuteling import (
    KAART_BYTES,
    OMSLAG_BYTES,
    generate_kaartgeheim,
    make_omslag,
    open_kaart,
    open_omslag,
    random_omslag,
    seal_kaart,
)
from client_sdk.kaarten.zegels import open_vrijgave, open_zegel, seal_geheim, seal_vrijgave

__all__ = [
    "KAART_BYTES",
    "OMSLAG_BYTES",
    "Contactkaart",
    "EigenKaart",
    "Kaartcontext",
    "Kaartgegevens",
    "generate_kaartgeheim",
    "make_omslag",
    "open_kaart",
    "open_omslag",
    "open_vrijgave",
    "open_zegel",
    "random_omslag",
    "seal_geheim",
    "seal_kaart",
    "seal_vrijgave",
    "sign_kaart",
    "verify_kaart",
]
