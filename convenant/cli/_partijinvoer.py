"""Parties as somebody types them on one line, and those to begin with when nobody names any."""

from collections.abc import Mapping
from typing import Final, NoReturn

from convenant.nieuw import NieuwePartij, Sjabloon
from convenant.terminal import EXIT_GEBRUIK, stop
from convenant.types import Rol, Sector

FORM: Final = '"naam; sector; rollen; gemeenten" (rollen en gemeenten met komma\'s, en ze mogen ontbreken)'

_MAX_PARTS: Final = 4
_USUAL_ROLES: Final[Mapping[Sector, tuple[Rol, ...]]] = {
    Sector.VEILIG_THUIS: (Rol.SIGNALEERDER, Rol.RADAR),
    Sector.OVERHEID: (Rol.BEHEER,),
}
_STARTS: Final[Mapping[Sjabloon, tuple[tuple[str, Sector], ...]]] = {
    Sjabloon.MINIMAAL: (
        ("Wijkteam (vul in)", Sector.MAATSCHAPPELIJKE_ONDERSTEUNING),
        ("School (vul in)", Sector.ONDERWIJS),
    ),
    Sjabloon.REGIO: (
        ("Gemeente (vul in)", Sector.OVERHEID),
        ("Veilig Thuis (vul in)", Sector.VEILIG_THUIS),
        ("Wijkteam (vul in)", Sector.MAATSCHAPPELIJKE_ONDERSTEUNING),
        ("Jeugdhulp (vul in)", Sector.JEUGDHULP),
        ("School (vul in)", Sector.ONDERWIJS),
    ),
}


def default_parties(sjabloon: Sjabloon) -> tuple[NieuwePartij, ...]:
    """Return parties that make a template complete, with names that say that they are to be changed."""
    return tuple(
        NieuwePartij(naam=naam, sector=sector, rollen=_usual_roles(sector)) for naam, sector in _STARTS[sjabloon]
    )


def parse_partij(regel: str) -> NieuwePartij:
    """Return the party on a line; ends the command when it cannot be read."""
    delen = [deel.strip() for deel in regel.split(";")]
    naam, sector, rollen, gemeenten = (*delen, "", "", "")[:_MAX_PARTS]
    if not naam or not sector or len(delen) > _MAX_PARTS:
        _wrong()
    gekozen = _sector(sector)
    return NieuwePartij(
        naam=naam,
        sector=gekozen,
        rollen=tuple(_role(rol) for rol in _parts(rollen)) or _usual_roles(gekozen),
        gemeenten=tuple(_parts(gemeenten)),
    )


def _usual_roles(sector: Sector) -> tuple[Rol, ...]:
    return _USUAL_ROLES.get(sector, (Rol.SIGNALEERDER,))


def _parts(tekst: str) -> list[str]:
    return [deel.strip() for deel in tekst.split(",") if deel.strip()]


def _sector(tekst: str) -> Sector:
    try:
        return Sector(tekst.lower().replace(" ", "-"))
    except ValueError:
        stop(f"Deze sector bestaat niet. Kies uit: {', '.join(sector.value for sector in Sector)}.", EXIT_GEBRUIK)


def _role(tekst: str) -> Rol:
    try:
        return Rol(tekst.lower())
    except ValueError:
        stop(f"Deze rol bestaat niet. Kies uit: {', '.join(rol.value for rol in Rol)}.", EXIT_GEBRUIK)


def _wrong() -> NoReturn:
    stop(f"Schrijf een partij als {FORM}.", EXIT_GEBRUIK)
