"""A person as an organisation's own system knows them."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from client_sdk.errors import OngeldigPersoon

MAX_NAME_LENGTH: Final = 200
_NAME_FIELDS: Final = ("voornamen", "voorvoegsel", "geslachtsnaam", "partnernaam")
# Formatting characters (Cf) are invisible but harmless, and dropped when folding; these two are never part of
# a name.
_FORBIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs"})
# A BSN has nine digits; older ones are often written with eight. Separators between them are part of the
# disguise.
_BSN_LENGTHS: Final = (8, 9)


@dataclass(frozen=True, slots=True, repr=False)
class Persoon:
    """Name and birth date exactly as typed; nothing is corrected here and `repr` shows nothing.

    A `Persoon` that exists holds no digit in a name, so no BSN can travel with it. Whether the birth date is
    possible is decided by `canoniseer`. Raises `OngeldigPersoon` for digits, control characters and names
    longer than 200 characters.
    """

    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboortedatum: str
    partnernaam: str | None = None

    def __post_init__(self) -> None:
        for veld in _NAME_FIELDS:
            _check_name(veld, getattr(self, veld) or "")
        _check_characters("geboortedatum", self.geboortedatum)

    def __repr__(self) -> str:
        return "Persoon(***)"


def _check_characters(veld: str, text: str) -> None:
    if len(text) > MAX_NAME_LENGTH:
        raise OngeldigPersoon(veld, f"Dit is langer dan {MAX_NAME_LENGTH} tekens. Kort het in.")
    if text.isascii() and text.isprintable():
        return
    if any(unicodedata.category(char) in _FORBIDDEN_CATEGORIES for char in text):
        raise OngeldigPersoon(
            veld, "Hier staat een onzichtbaar stuurteken in, zoals een tab of regeleinde. Haal het weg."
        )


def _check_name(veld: str, text: str) -> None:
    _check_characters(veld, text)
    # isnumeric also sees digits of other scripts, superscripts and circled numbers.
    digits = 0 if text.isalpha() else sum(char.isnumeric() and not char.isalpha() for char in text)
    if digits in _BSN_LENGTHS:
        raise OngeldigPersoon(veld, "Dit lijkt een BSN. Koppelradar werkt zonder BSN: vul hier alleen de naam in.")
    if digits:
        raise OngeldigPersoon(veld, "In een naam staan geen cijfers. Vul alleen letters in.")
