"""What keys are put together from: names as they are typed and as they sound, and the birth date."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from client_sdk.canoniek import CanoniekePersoon, Naamdeel
from client_sdk.canoniek.letters import merge_ij
from client_sdk.canoniek.voorvoegsels import split_leading
from client_sdk.koppelsleutels.datums import Datumdelen, datumdelen_of
from client_sdk.koppelsleutels.fonetisch import bundel, klank, skelet
from client_sdk.koppelsleutels.roepnamen import stam_of

# First names repeat from person to person. Names are kept, never a person, and the least used make room.
_KEPT_NAMES: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Voornaamdelen:
    """The given names in a to z and the digits 0, 1 and 2, each part empty when it is not known.

    `letters` is of all given names, never of initials or a roepnaam. `begin` (two letters as typed), `klanken`,
    `medeklinkers` (the length of the skelet) and `bundel` are of the given names behind a voorvoegsel: where names
    changed places, that is where the surname begins. `stamskelet` is of the stam of the first name, `stambundel` its
    bundel. Initials give `initialen` and `letter` only.
    """

    letters: str = field(repr=False)
    initialen: str = field(repr=False)
    letter: str = field(repr=False)
    begin: str = field(repr=False)
    klanken: str = field(repr=False)
    medeklinkers: int = field(repr=False)
    bundel: str = field(repr=False)
    stamskelet: str = field(repr=False)
    stambundel: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Achternaamdelen:
    """The surname in a to z and the digits 0, 1 and 2.

    `letters` holds the voorvoegsels; the other parts leave them out. `kaal` is all parts of a double name joined,
    `klanken` its sounds, `medeklinkers` the length of its skelet, `bundel` the bundel of that. `gebruikt` is the bundel
    of the partner's name, and for who has none of the first part of the surname: a married name is typed alone or
    before the own one.
    """

    letters: str = field(repr=False)
    kaal: str = field(repr=False)
    klanken: str = field(repr=False)
    medeklinkers: int = field(repr=False)
    bundel: str = field(repr=False)
    gebruikt: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """The parts of one person."""

    voornaam: Voornaamdelen
    achternaam: Achternaamdelen
    datum: Datumdelen


def kenmerken_of(canoniek: CanoniekePersoon) -> Kenmerken:
    """Return the parts of a person; the roepnaam counts only for who has no other given name."""
    return Kenmerken(_voornaam(canoniek), _achternaam(canoniek), datumdelen_of(canoniek.geboortedatum))


def _voornaam(canoniek: CanoniekePersoon) -> Voornaamdelen:
    namen = _known_in_full(canoniek)
    _, behind_voorvoegsel = split_leading(namen)
    klanken = klank(merge_ij("".join(behind_voorvoegsel)))
    eigen = skelet(klanken)
    eerste = namen[0] if namen else ""
    stam = _stamskelet(eerste)
    return Voornaamdelen(
        letters=merge_ij("".join(canoniek.voornamen)) if not canoniek.voorletters_only else "",
        initialen="".join([naam[0] for naam in canoniek.voornamen]),
        letter=(eerste or canoniek.eerste_voornaam)[:1],
        begin=behind_voorvoegsel[0][:2] if behind_voorvoegsel else "",
        klanken=klanken,
        medeklinkers=len(eigen),
        bundel=bundel(eigen),
        stamskelet=stam,
        stambundel=bundel(stam),
    )


@lru_cache(maxsize=_KEPT_NAMES)
def _stamskelet(naam: str) -> str:
    return skelet(klank(stam_of(naam)))


def _achternaam(canoniek: CanoniekePersoon) -> Achternaamdelen:
    kaal = _joined(canoniek.naamdelen)
    klanken = klank(kaal)
    eigen = skelet(klanken)
    own_bundel = bundel(eigen)
    gebruikt = _joined(canoniek.partnerdelen) or canoniek.naamdelen[0].naam
    return Achternaamdelen(
        letters=merge_ij("".join([deel.voorvoegsel + deel.naam for deel in canoniek.naamdelen])),
        kaal=kaal,
        klanken=klanken,
        medeklinkers=len(eigen),
        bundel=own_bundel,
        gebruikt=own_bundel if gebruikt == kaal else bundel(skelet(klank(gebruikt))),
    )


def _known_in_full(canoniek: CanoniekePersoon) -> tuple[str, ...]:
    if canoniek.voorletters_only:
        return ()
    return canoniek.voornamen or ((canoniek.roepnaam,) if canoniek.roepnaam else ())


def _joined(delen: tuple[Naamdeel, ...]) -> str:
    return merge_ij("".join([deel.naam for deel in delen]))
