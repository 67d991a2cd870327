"""Signing a convenant: statements of parties, the state they lead to, and the bundle in which they travel.

Every party keeps a chain of signed statements on one version, and signs independently of the others. What holds follows
from the set of statements alone, which only grows. Nothing here reads or writes a file or looks at a clock.
"""

from convenant.ondertekening.bundel import MAX_BUNDEL_BYTES, dump_bundel, is_bundel, merge, read_bundel
from convenant.ondertekening.model import Bundel, Ondertekend, Stand, Verklaring
from convenant.ondertekening.opvolging import check_opvolging
from convenant.ondertekening.samen import sign_together
from convenant.ondertekening.slot import check_groei, seal, verify_bundel, verify_stored, verify_verklaringen
from convenant.ondertekening.stand import in_werking, open_toetredingen, stand_of
from convenant.ondertekening.types import (
    Slottekst,
    Status,
    Verklaringhash,
    Verklaringsoort,
    Verklaringtekst,
    Woord,
)
from convenant.ondertekening.verklaring import read_verklaringen, sign_verklaring

__all__ = [
    "MAX_BUNDEL_BYTES",
    "Bundel",
    "Ondertekend",
    "Slottekst",
    "Stand",
    "Status",
    "Verklaring",
    "Verklaringhash",
    "Verklaringsoort",
    "Verklaringtekst",
    "Woord",
    "check_groei",
    "check_opvolging",
    "dump_bundel",
    "in_werking",
    "is_bundel",
    "merge",
    "open_toetredingen",
    "read_bundel",
    "read_verklaringen",
    "seal",
    "sign_together",
    "sign_verklaring",
    "stand_of",
    "verify_bundel",
    "verify_stored",
    "verify_verklaringen",
]
