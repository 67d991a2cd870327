"""From linkage keys to what one signal sends and keeps (profile nl-1), in mode hmac and mode voprf.

`client_sdk.koppeltokens.voprf` is imported by itself: it loads libsodium, which mode hmac does not need.
"""

from client_sdk.koppeltokens.afleiding import Tokenafleiding
from client_sdk.koppeltokens.bekendheid import vraagtoken
from client_sdk.koppeltokens.model import Tokenset

__all__ = ["Tokenafleiding", "Tokenset", "vraagtoken"]
