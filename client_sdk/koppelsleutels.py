"""Linkage keys: the strings on which two organisations can find out that they know the same person.

A key is what is hashed, so everything that may differ between two systems that mean the same person has to be
gone from it, and everything that tells two persons apart has to be in it. Which keys earn one of the other
slots of the profile is decided by measurement; a slot without a key gets a filler.
"""

from dataclasses import dataclass, field
from typing import Final

from client_sdk.canoniek import CanoniekePersoon, Geboortedatum
from client_sdk.canoniek.letters import letters_of
from convenant.profielen import NL_1
from convenant.types import Niveau

# Unit separator: cannot occur in a-z and digits, so two different persons never give the same string by
# shifting letters.
_SEPARATOR: Final = "\x1f"
_ZEKER: Final = NL_1.slots[0].code
# Given to people whose birth date nobody knows: shared by so many that name and date no longer point at one
# person.
_ASSIGNED_DAYS: Final = frozenset({(1, 1), (7, 1)})


@dataclass(frozen=True, slots=True)
class Koppelsleutel:
    """What a slot is derived from. `invoer` (a-z, digits, U+001F) is personal data; `repr` leaves it out."""

    code: str
    niveau: Niveau
    invoer: str = field(repr=False)


def derive_koppelsleutels(canoniek: CanoniekePersoon) -> tuple[Koppelsleutel, ...]:
    """Return the keys this person can bear, in slot order; none when too little is known.

    `zeker` needs full given names (not initials, not only a roepnaam) and a complete birth date other than 1
    January and 1 July. It holds all given names, the surname with its voorvoegsels as typed, and the date.
    """
    if not _bears_zeker(canoniek):
        return ()
    return (Koppelsleutel(_ZEKER, Niveau.ZEKER, _zeker_invoer(canoniek)),)


def _bears_zeker(canoniek: CanoniekePersoon) -> bool:
    named = bool(canoniek.voornamen) and not canoniek.voorletters_only
    return named and canoniek.geboortedatum.is_complete and not _is_assigned(canoniek.geboortedatum)


def _is_assigned(geboortedatum: Geboortedatum) -> bool:
    return (geboortedatum.maand, geboortedatum.dag) in _ASSIGNED_DAYS


def _zeker_invoer(canoniek: CanoniekePersoon) -> str:
    # Joined without separators: systems disagree most about hyphens and spaces (Jan-Willem, Jan Willem,
    # Janwillem).
    voornamen = letters_of("".join(canoniek.voornamen))
    achternaam = letters_of("".join(deel.voorvoegsel + deel.naam for deel in canoniek.naamdelen))
    jaar, maand, dag = canoniek.geboortedatum
    return _SEPARATOR.join((voornamen, achternaam, f"{jaar:04}{maand:02}{dag:02}"))
