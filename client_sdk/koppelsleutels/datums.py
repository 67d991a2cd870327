"""The birth date as keys hold it: whole, or with a part left out that may be wrong."""

from dataclasses import dataclass, field
from typing import Final

from client_sdk.canoniek import Geboortedatum

# Given to people whose birth date nobody knows: shared by so many that name and date no longer point at one
# person.
_ASSIGNED_DAYS: Final = frozenset({(1, 1), (7, 1)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Datumdelen:
    """A birth date in digits, each part empty when the date cannot bear it.

    `geordend` writes the smaller of day and month first, so that a date of which they changed places is the same.
    It is there for every complete date, `jaar` for every known year, the rest for a complete date other than 1
    January and 1 July only.
    """

    jaar: str = field(default="", repr=False)
    geordend: str = field(default="", repr=False)
    eigen: str = field(default="", repr=False)
    eigen_geordend: str = field(default="", repr=False)
    jaar_maand: str = field(default="", repr=False)
    jaar_dag: str = field(default="", repr=False)
    maand_dag: str = field(default="", repr=False)


def datumdelen_of(datum: Geboortedatum) -> Datumdelen:
    """Return the parts of a birth date that keys are made of."""
    if not datum.jaar:
        return Datumdelen()
    jaar = f"{datum.jaar:04}"
    if not datum.is_complete:
        return Datumdelen(jaar=jaar)
    maand, dag = f"{datum.maand:02}", f"{datum.dag:02}"
    geordend = f"{jaar}{min(maand, dag)}{max(maand, dag)}"
    if (datum.maand, datum.dag) in _ASSIGNED_DAYS:
        return Datumdelen(jaar=jaar, geordend=geordend)
    return Datumdelen(
        jaar=jaar,
        geordend=geordend,
        eigen=jaar + maand + dag,
        eigen_geordend=geordend,
        jaar_maand=jaar + maand,
        jaar_dag=jaar + dag,
        maand_dag=maand + dag,
    )
