"""Bring the fields of a person together into the canonical form."""

from datetime import date

from client_sdk.canoniek import achternaam, voornamen, voorvoegsels
from client_sdk.canoniek.datum import parse_geboortedatum
from client_sdk.canoniek.letters import letters_of
from client_sdk.canoniek.model import CanoniekePersoon
from client_sdk.canoniek.voorvoegsels import Words
from client_sdk.errors import OngeldigPersoon
from client_sdk.persoon import Persoon


def canoniseer(persoon: Persoon, *, vandaag: date) -> CanoniekePersoon:
    """Return the canonical form of `persoon` in profile nl-1.

    Two systems that spell the same name in another case, alphabet, order or punctuation arrive at the same
    form. Typing errors, nicknames and married names are not repaired here. `vandaag` is the local date in the
    Netherlands, against which a birth date can be in the future. Raises `OngeldigPersoon` when the surname
    holds no letters or the birth date is impossible; given names can be empty.
    """
    eigen, partner = achternaam.split_partner(persoon.geslachtsnaam)
    if not letters_of(eigen):
        raise OngeldigPersoon("geslachtsnaam", "De achternaam is leeg. Vul de eigen achternaam in.")
    typed = voornamen.parse_voornamen(persoon.voornamen)
    words, voorvoegsel = _divide(typed.words, achternaam.parse_voorvoegsel(persoon.voorvoegsel), eigen)
    namen = voornamen.canonical_names(words)
    return CanoniekePersoon(
        voornamen=namen,
        roepnaam=typed.roepnaam,
        voorletters_only=voornamen.are_initials(namen),
        naamdelen=achternaam.parse_delen(eigen, voorvoegsel=voorvoegsel),
        partnerdelen=achternaam.parse_partner(persoon.partnernaam or "") or achternaam.parse_delen(partner),
        geboortedatum=parse_geboortedatum(persoon.geboortedatum, vandaag=vandaag),
    )


def _divide(words: Words, field: Words, eigen: str) -> tuple[Words, Words]:
    """Return given names and voorvoegsel, after taking back a voorvoegsel typed behind the given names."""
    names, trailing = voorvoegsels.split_trailing(words)
    # "J.V.D." are three initials.
    if not trailing or voornamen.are_initials(voornamen.canonical_names(words)):
        return words, field
    own = achternaam.leading_voorvoegsel(eigen)
    if _fits(trailing, field or own):
        return names, voorvoegsels.prepend(trailing, field)
    return words, field


def _fits(trailing: Words, elsewhere: Words) -> bool:
    # Behind "Thi Van" with a voorvoegsel of its own in place, "Van" is a given name.
    repeated = elsewhere[: len(trailing)] == trailing
    return not elsewhere or repeated or voorvoegsels.is_known(trailing + elsewhere)
