"""What random convenanten are put together from: small sets, groups and parties."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any, Final

from hypothesis import strategies as st

from convenant.model import (
    Contact,
    Partij,
    Partijgroep,
    PubliekeSleutel,
)
from convenant.types import (
    Oin,
    Rol,
    Sector,
)

OINS: Final = tuple(Oin(f"00000099{nummer:09}000") for nummer in range(1, 6))
STRANGER: Final = Oin("00000099999999999000")
SOORTEN: Final = ("zorg", "geweld", "verzuim")
UNKNOWN_SOORT: Final = "onbekend"
GRONDSLAGEN: Final = ("jeugdwet", "wmo", "meldcode")
UNKNOWN_GRONDSLAG: Final = "bestaat-niet"
VAN: Final = date(2026, 1, 1)
TOT: Final = date(2027, 12, 31)

SECTOREN: Final = (Sector.VEILIG_THUIS, Sector.ONDERWIJS, Sector.JEUGDHULP)
_ROLLEN: Final = (Rol.SIGNALEERDER, Rol.RADAR, Rol.REGISSEUR)
_ARTIKELEN: Final = tuple(f"{hoofd}.{lid}" for hoofd in range(1, 5) for lid in range(1, 12))
TEKST: Final = st.sampled_from(["Daarom.", "Zij stemmen hun hulp af."])
ARTIKEL: Final = st.sampled_from(_ARTIKELEN)
HASHES: Final = st.integers(0, 2**256 - 1).map(lambda waarde: f"sha256:{waarde:064x}")


def some(values: Iterable[Any], *, min_size: int = 1, max_size: int = 3) -> st.SearchStrategy[frozenset[Any]]:
    """Subsets of so many."""
    # One draw from all subsets is many times faster than drawing member by member.
    members = list(values)
    sizes = range(min_size, min(max_size, len(members)) + 1)
    return st.sampled_from([frozenset(chosen) for size in sizes for chosen in combinations(members, size)])


def mostly(values: Iterable[Any]) -> st.SearchStrategy[frozenset[Any]]:
    """Subsets, half of them all of it."""
    # All of them in half of the cases: rules that ask little meet questions often.
    members = list(values)
    subsets = [frozenset(chosen) for size in range(1, len(members)) for chosen in combinations(members, size)]
    return st.sampled_from([*[frozenset(members)] * len(subsets), *subsets])


def few(elements: st.SearchStrategy[Any], *, max_size: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Short tuples."""
    return st.lists(elements, max_size=max_size).map(tuple)


_EVERYBODY: Final = Partijgroep(alle=True)
_CHOICES: Final = (
    *(Partijgroep(sectoren=frozenset({sector})) for sector in SECTOREN),
    Partijgroep(sectoren=frozenset(SECTOREN[1:])),
    *(Partijgroep(rollen=frozenset({rol})) for rol in _ROLLEN),
    *(Partijgroep(oins=frozenset({oin})) for oin in OINS),
    Partijgroep(oins=frozenset(OINS[:3])),
    Partijgroep(oins=frozenset(OINS[2:]), rollen=frozenset({Rol.RADAR})),
    Partijgroep(alle=True, sectoren=frozenset(SECTOREN[:1])),
    Partijgroep(),
)
GROEPEN: Final = st.sampled_from([*[_EVERYBODY] * 2 * len(_CHOICES), *_CHOICES])


def partijgroepen() -> st.SearchStrategy[Partijgroep]:
    """Groups by every criterion, most of them of everybody, one of nobody."""
    return GROEPEN


def _partij(oin: Oin) -> st.SearchStrategy[Partij]:
    nummer = OINS.index(oin) + 1
    return st.builds(
        Partij,
        oin=st.just(oin),
        naam=st.just(f"Stichting Nummer {nummer}"),
        sector=st.sampled_from(SECTOREN),
        rollen=some(_ROLLEN),
        gemeenten=st.sampled_from([(), ("Almere",), ("Urk", "Zeewolde")]),
        omvang=st.integers(1, 100_000),
        sleutels=st.just((PubliekeSleutel(kid=f"partij-{nummer}", kty="OKP", crv="Ed25519", x=f"{nummer}" * 43),)),
        functies=st.just(("aandachtsfunctionaris",)),
        contact=st.just(Contact(afdeling="Balie", telefoon="000-0000000", email=f"p{nummer}@example.nl")),
        vereist=st.booleans(),
    )


_PARTIJEN: Final = {oin: _partij(oin) for oin in OINS}
_DEELNEMERS: Final = some(OINS, min_size=2, max_size=len(OINS))


@st.composite
def partijen(draw: st.DrawFn) -> tuple[Partij, ...]:
    """Two parties or more, with an OIN each."""
    return tuple(draw(_PARTIJEN[oin]) for oin in sorted(draw(_DEELNEMERS)))
