"""Birth dates: seasons, quieter weekends, and the dates that are given to people without papers."""

from calendar import monthrange
from datetime import date
from typing import Final

from koppelradar.bench.bevolking.kans import Kans, Tabel
from koppelradar.bench.bevolking.model import Herkomst

# Births per month: summer and early autumn are the busiest.
_MAANDEN: Final = Tabel(zip(range(1, 13), (82, 76, 83, 80, 84, 83, 89, 89, 88, 86, 80, 80), strict=True))
# Planned births fall on working days since about 1970.
_GEPLAND_VANAF: Final = 1970
_ZATERDAG: Final = 5
_NIET_IN_HET_WEEKEND: Final = 0.2
_STANDAARD_DAGEN: Final = Tabel([((1, 1), 70), ((7, 1), 30)])
_ZONDER_PAPIEREN: Final = {Herkomst.SYRISCH: 0.20}
# Older migrants from the countryside often had no registered day of birth either.
_ZONDER_PAPIEREN_OUDER: Final = {Herkomst.TURKS: 0.08, Herkomst.MAROKKAANS: 0.08}
_OUDER_DAN: Final = 1965


def draw_datum(kans: Kans, jaar: int) -> date:
    """Return a day in `jaar` on which a child is born."""
    datum = _day(kans, jaar)
    weekend = jaar >= _GEPLAND_VANAF and datum.weekday() >= _ZATERDAG
    return _day(kans, jaar) if weekend and kans.happens(_NIET_IN_HET_WEEKEND) else datum


def registered(kans: Kans, datum: date, herkomst: Herkomst) -> date:
    """Return the date that is registered: for some the first of January or July of the year of birth."""
    kans_op_geen = _ZONDER_PAPIEREN.get(herkomst, 0.0)
    if datum.year < _OUDER_DAN:
        kans_op_geen = _ZONDER_PAPIEREN_OUDER.get(herkomst, kans_op_geen)
    return standaarddatum(kans, datum.year) if kans.happens(kans_op_geen) else datum


def standaarddatum(kans: Kans, jaar: int) -> date:
    """Return 1 January or, less often, 1 July."""
    maand, dag = kans.draw(_STANDAARD_DAGEN)
    return date(jaar, maand, dag)


def _day(kans: Kans, jaar: int) -> date:
    maand = kans.draw(_MAANDEN)
    return date(jaar, maand, kans.between(1, monthrange(jaar, maand)[1]))
