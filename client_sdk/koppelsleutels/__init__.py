"""Linkage keys of profile nl-1: from a canonical person to the strings on which two organisations meet."""

from client_sdk.koppelsleutels.afleiding import derive_koppelsleutels
from client_sdk.koppelsleutels.model import Koppelsleutel

__all__ = ["Koppelsleutel", "derive_koppelsleutels"]
