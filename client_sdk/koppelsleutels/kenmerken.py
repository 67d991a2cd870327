"""What keys are put together from: names as they are typed and as they sound, and the birth date."""

from dataclasses import dataclass, field

from client_sdk.canoniek import CanoniekePersoon, Naamdeel
from client_sdk.canoniek.letters import letters_of
from client_sdk.canoniek.voorvoegsels import split_leading
from client_sdk.koppelsleutels.datums import Datumdelen, datumdelen_of
from client_sdk.koppelsleutels.fonetisch import bundel, klank, skelet
from client_sdk.koppelsleutels.roepnamen import stam_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Voornaamdelen:
    """The given names in a to z and the digits 0, 1 and 2, each part empty when it is not known.

    `letters` is of all given names, never of initials or a roepnaam. `klanken`, `skelet` and `begin` are of the given
    names behind a voorvoegsel: where names changed places, that is where the surname begins. `begin` is two letters
    as typed; `roepskelet` is the skelet of the stam of the first name. Initials give `initialen` and `letter` only.
    """

    letters: str = field(repr=False)
    initialen: str = field(repr=False)
    letter: str = field(repr=False)
    begin: str = field(repr=False)
    klanken: str = field(repr=False)
    skelet: str = field(repr=False)
    roepskelet: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Achternaamdelen:
    """The surname in a to z and the digits 0, 1 and 2.

    `letters` holds the voorvoegsels; the other parts leave them out. `kaal` is all parts of a double name joined.
    `gebruikt` is the bundel of the partner's name, and for who has none of the first part of the surname: a married
    name is typed alone or before the own one.
    """

    letters: str = field(repr=False)
    kaal: str = field(repr=False)
    skelet: str = field(repr=False)
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
    klanken = klank(letters_of("".join(behind_voorvoegsel)))
    eerste = namen[0] if namen else ""
    return Voornaamdelen(
        letters=letters_of("".join(canoniek.voornamen)) if not canoniek.voorletters_only else "",
        initialen="".join([naam[0] for naam in canoniek.voornamen]),
        letter=(eerste or canoniek.eerste_voornaam)[:1],
        begin=behind_voorvoegsel[0][:2] if behind_voorvoegsel else "",
        klanken=klanken,
        skelet=skelet(klanken),
        roepskelet=skelet(klank(stam_of(eerste))),
    )


def _achternaam(canoniek: CanoniekePersoon) -> Achternaamdelen:
    kaal = _joined(canoniek.naamdelen)
    eigen = skelet(klank(kaal))
    gebruikt = _joined(canoniek.partnerdelen) or canoniek.naamdelen[0].naam
    return Achternaamdelen(
        letters=letters_of("".join([deel.voorvoegsel + deel.naam for deel in canoniek.naamdelen])),
        kaal=kaal,
        skelet=eigen,
        gebruikt=bundel(eigen if gebruikt == kaal else skelet(klank(gebruikt))),
    )


def _known_in_full(canoniek: CanoniekePersoon) -> tuple[str, ...]:
    if canoniek.voorletters_only:
        return ()
    return canoniek.voornamen or ((canoniek.roepnaam,) if canoniek.roepnaam else ())


def _joined(delen: tuple[Naamdeel, ...]) -> str:
    return letters_of("".join([deel.naam for deel in delen]))
