"""A pseudonym of the professional on whose behalf a call is made."""

import hmac
import unicodedata

from client_sdk.errors import InvoerFout
from client_sdk.types import Label, MedewerkerPseudoniem, OrganisatieSleutel


def medewerker_pseudoniem(organisatiesleutel: OrganisatieSleutel, account: str) -> MedewerkerPseudoniem:
    """Return 32 bytes that stand for `account` at this organisation, the same ones every time.

    Upper and lower case, spaces around it and composed or decomposed accents make no difference. The matcher
    can count per professional; only the organisation, which has the key, can find out who it is. Raises
    `InvoerFout` when the account is empty.
    """
    normalised = unicodedata.normalize("NFC", unicodedata.normalize("NFC", account).strip().lower())
    if not normalised:
        raise InvoerFout("De medewerker is leeg. Geef het account op waarmee de medewerker is ingelogd.")
    message = Label.MEDEWERKER + b"\x00" + normalised.encode("utf-8", "surrogatepass")
    return MedewerkerPseudoniem(hmac.digest(organisatiesleutel.reveal(), message, "sha256"))
