"""Profile nl-1: from a person as typed to the one spelling that all organisations arrive at."""

from client_sdk.canoniek.model import CanoniekePersoon, Geboortedatum, Naamdeel
from client_sdk.canoniek.persoon import canoniseer

__all__ = ["CanoniekePersoon", "Geboortedatum", "Naamdeel", "canoniseer"]
