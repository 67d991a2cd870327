"""All that the matcher needs to speak outward by itself."""

from dataclasses import dataclass, field

from joserfc.jwk import OKPKey

from matcher.domein.kluis import Kluis
from matcher.uitgaand.post import Postbus
from matcher.uitgaand.webhook import Webhookzender


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitgang:
    """The base URL and the signing key that others know the matcher by, its means to send, and the secrets to send."""

    basis_url: str
    sleutel: OKPKey = field(repr=False)
    kluis: Kluis
    webhooks: Webhookzender
    post: Postbus | None
    """None when the operator set no mail server."""
