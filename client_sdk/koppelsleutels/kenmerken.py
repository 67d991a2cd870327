"""What keys are put together from: names as they sound, and the birth date with a part left out."""

from dataclasses import dataclass, field

from client_sdk.canoniek import CanoniekePersoon, Geboortedatum, Naamdeel
from client_sdk.canoniek.letters import letters_of
from client_sdk.canoniek.voorvoegsels import split_leading
from client_sdk.koppelsleutels.fonetisch import klank, skelet
from client_sdk.koppelsleutels.roepnamen import stam_of

# Given to people whose birth date nobody knows: shared by so many that name and date no longer point at one
# person.
_ASSIGNED_DAYS = frozenset({(1, 1), (7, 1)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kenmerken:
    """The parts of one person in a to z and the digits 0, 1 and 2, each empty when it is not known.

    `voornamen` and `achternaam` hold all letters, the surname with its voorvoegsels; every other part of the surname
    leaves those out. What is called `voornaam` is of the first given name. A `skelet` is of the stam; a `begin`
    (two letters, or three) and a `letter` are as typed, because names that changed places and initials have no
    stam. `gebruikt` is the partner's name, and for who has none the last part of the surname. Initials give a
    `voornaam_letter` and no other part of the given names.
    """

    voornamen: str = field(repr=False)
    achternaam: str = field(repr=False)
    voornaam_letter: str = field(repr=False)
    voornaam_begin: str = field(repr=False)
    voornaam_skelet: str = field(repr=False)
    voornamen_skelet: tuple[str, ...] = field(repr=False)
    achternaam_begin: str = field(repr=False)
    achternaam_begin_3: str = field(repr=False)
    achternaam_skelet: str = field(repr=False)
    gebruikt_skelet: str = field(repr=False)
    datum: Geboortedatum = field(repr=False)

    @property
    def has_own_date(self) -> bool:
        """Whether the date is complete and not one of those that are given to people without papers."""
        return self.datum.is_complete and not self.has_assigned_date

    @property
    def has_assigned_date(self) -> bool:
        """Whether the date is 1 January or 1 July."""
        return (self.datum.maand, self.datum.dag) in _ASSIGNED_DAYS


def kenmerken_of(canoniek: CanoniekePersoon) -> Kenmerken:
    """Return the parts of a person; the roepnaam counts only for who has no other given name."""
    voornamen = _given(canoniek)
    eerste_getypt = voornamen[0] if voornamen else canoniek.eerste_voornaam
    klanken = tuple(klank(stam_of(naam)) for naam in voornamen)
    eerste = klanken[0] if klanken else ""
    kaal = _joined(canoniek.naamdelen)
    achternaam = klank(kaal)
    return Kenmerken(
        voornamen="" if canoniek.voorletters_only else letters_of("".join(canoniek.voornamen)),
        achternaam=letters_of("".join(deel.voorvoegsel + deel.naam for deel in canoniek.naamdelen)),
        voornaam_letter=eerste_getypt[:1],
        voornaam_begin=_begin(voornamen),
        voornaam_skelet=skelet(eerste),
        voornamen_skelet=tuple(map(skelet, klanken)),
        achternaam_begin=kaal[:2],
        achternaam_begin_3=kaal[:3],
        achternaam_skelet=skelet(achternaam),
        gebruikt_skelet=skelet(klank(_joined(canoniek.partnerdelen) or canoniek.naamdelen[-1].naam)),
        datum=canoniek.geboortedatum,
    )


def _given(canoniek: CanoniekePersoon) -> tuple[str, ...]:
    """Return the given names that are known in full."""
    if canoniek.voorletters_only:
        return ()
    return canoniek.voornamen or tuple(filter(None, (canoniek.roepnaam,)))


def _begin(voornamen: tuple[str, ...]) -> str:
    # In a person whose names changed places the surname's voorvoegsel stands before the given names.
    _, namen = split_leading(voornamen)
    return namen[0][:2] if namen else ""


def _joined(delen: tuple[Naamdeel, ...]) -> str:
    return letters_of("".join(deel.naam for deel in delen))
