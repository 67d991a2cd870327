"""A guided start: the text of a new convenant, with what is still to be filled in."""

from convenant.nieuw.sjabloon import (
    PLACEHOLDER,
    NieuwConvenant,
    NieuwePartij,
    Sjabloon,
    convenant_id,
    nieuw_yaml,
)
from convenant.nieuw.toets import check_start

__all__ = ["PLACEHOLDER", "NieuwConvenant", "NieuwePartij", "Sjabloon", "check_start", "convenant_id", "nieuw_yaml"]
