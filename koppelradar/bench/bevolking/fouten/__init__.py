"""The error model: what organisations do to a name and a birth date."""

from koppelradar.bench.bevolking.fouten.model import draw_fouten, make_fout
from koppelradar.bench.bevolking.fouten.soorten import GEWICHTEN, TWEEDE_FOUT, UITLEG, Foutsoort

__all__ = ["GEWICHTEN", "TWEEDE_FOUT", "UITLEG", "Foutsoort", "draw_fouten", "make_fout"]
