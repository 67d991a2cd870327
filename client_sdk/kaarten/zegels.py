"""A card for a receiver that the convenant grants it to, sealed (HPKE) under the zegelsleutel in the convenant.

Two seals, kept apart by their info: the key of a card that lies at the matcher, and, in a kaartvrijgave, the signed
card itself. HPKE does not say who sealed; the signature inside does.
"""

from typing import Final

from client_sdk.errors import KaartOnbetrouwbaar
from client_sdk.kaarten.model import Kaartcontext
from client_sdk.types import KEY_BYTES, Kaartgeheim
from convenant.canoniek import canonical_bytes
from convenant.errors import OngeldigZegel
from convenant.types import ConvenantId, Oin
from convenant.zegel import PubliekeZegelsleutel, Zegelsleutel

_KAART: Final = b"koppelradar/kaart/v1\x00"
_VRIJGAVE: Final = b"koppelradar/kaartvrijgave/v1\x00"


def seal_geheim(
    geheim: Kaartgeheim, *, context: Kaartcontext, ontvanger: Oin, zegelsleutel: PubliekeZegelsleutel
) -> bytes:
    """Return the key of a card, sealed for one receiver."""
    return zegelsleutel.seal(geheim.reveal(), info=_kaart_info(context, ontvanger))


def open_zegel(zegel: bytes, *, context: Kaartcontext, ontvanger: Oin, zegelsleutel: Zegelsleutel) -> Kaartgeheim:
    """Return the key of a card that was sealed for us. Raises KaartOnbetrouwbaar."""
    geheim = _open(zegel, zegelsleutel, _kaart_info(context, ontvanger))
    if len(geheim) != KEY_BYTES:
        raise KaartOnbetrouwbaar("Het zegel van de contactkaart bevat geen sleutel.")
    return Kaartgeheim(geheim)


def seal_vrijgave(
    jws: str, *, convenant: ConvenantId, oin: Oin, ontvanger: Oin, zegelsleutel: PubliekeZegelsleutel
) -> bytes:
    """Return the signed card of `oin`, sealed for who asked for it."""
    return zegelsleutel.seal(jws.encode("ascii"), info=_vrijgave_info(convenant, oin, ontvanger))


def open_vrijgave(zegel: bytes, *, convenant: ConvenantId, oin: Oin, ontvanger: Oin, zegelsleutel: Zegelsleutel) -> str:
    """Return a signed card that was released to us; its signature is not checked here. Raises KaartOnbetrouwbaar."""
    jws = _open(zegel, zegelsleutel, _vrijgave_info(convenant, oin, ontvanger))
    if not jws.isascii():
        raise KaartOnbetrouwbaar("De vrijgegeven contactkaart heeft een onbekende vorm.")
    return jws.decode("ascii")


def _kaart_info(context: Kaartcontext, ontvanger: Oin) -> bytes:
    return _KAART + canonical_bytes({**context.document(), "ontvanger": ontvanger})


def _vrijgave_info(convenant: ConvenantId, oin: Oin, ontvanger: Oin) -> bytes:
    return _VRIJGAVE + canonical_bytes({"convenant": convenant, "oin": oin, "ontvanger": ontvanger})


def _open(zegel: bytes, zegelsleutel: Zegelsleutel, info: bytes) -> bytes:
    try:
        return zegelsleutel.open(zegel, info=info)
    except OngeldigZegel as error:
        raise KaartOnbetrouwbaar("De contactkaart is niet voor uw zegelsleutel verzegeld, of veranderd.") from error
