"""The token of a person in one bekendheidsvraag.

    vraagtoken = HKDF-SHA-256(vraagsleutel, salt = the id of the question, info = "bekendheid/nl-1", 32 bytes)

The id is a UUID as the interface writes it: 36 characters, in lower case. So a token of one question says nothing in
another, and who has no vraagsleutel of a person can make none.
"""

from typing import Final
from uuid import UUID

from client_sdk.koppeltokens._hkdf import Mac, expand, extract
from client_sdk.types import Label, Vraagsleutel, Vraagtoken

_INFO: Final = bytes(Label.BEKENDHEID_NL_1)


def vraagtoken(vraagsleutel: Vraagsleutel, vraag: UUID) -> Vraagtoken:
    """Return the 32 bytes that every party derives of this person under this question, and under no other."""
    return Vraagtoken(expand(extract(Mac(str(vraag).encode()), vraagsleutel.reveal()), _INFO))
