"""Blind evaluation under the key of a sleutelhouder: VOPRF(ristretto255, SHA-512), RFC 9497, mode 1.

An organisation blinds, a sleutelhouder evaluates without seeing what, and the organisation takes the blinding off after
checking the proof. Pure functions over frozen values; transport, limits and storage are for the callers. Importing this
package loads libsodium (`convenant.voprf._libsodium`); importing `convenant` does not.
"""

from convenant.voprf.bewijs import Bewijs, Evaluatie
from convenant.voprf.client import Blindering, Uitvoer, blind, blind_batch, combine, finalize
from convenant.voprf.groep import Punt, Puntcodering, parse_punt
from convenant.voprf.server import evaluate
from convenant.voprf.sleutel import OprfSleutel, PubliekeOprfSleutel
from convenant.voprf.suite import BEWIJS_BYTES, MAX_BATCH, PUNT_BYTES, SEED_BYTES, UITVOER_BYTES

__all__ = [
    "BEWIJS_BYTES",
    "MAX_BATCH",
    "PUNT_BYTES",
    "SEED_BYTES",
    "UITVOER_BYTES",
    "Bewijs",
    "Blindering",
    "Evaluatie",
    "OprfSleutel",
    "PubliekeOprfSleutel",
    "Punt",
    "Puntcodering",
    "Uitvoer",
    "blind",
    "blind_batch",
    "combine",
    "evaluate",
    "finalize",
    "parse_punt",
]
