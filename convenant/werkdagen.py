"""Dutch working days, and the last day of a term.

A convenant is no law, so the Algemene termijnenwet (Atw) does not bind it by itself. Here terms are counted as that
law counts them, which is what professionals expect: Saturdays, Sundays and the days of its article 3 are free. What the
parties write in `vrijeDagen` is free beside them; days that a royal decree puts on a par with those (article 3, third
paragraph) belong there too, because no library knows them beforehand.
"""

import calendar
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from convenant.model import Termijn
from convenant.types import Eenheid

_DAY: Final = timedelta(days=1)
_DAYS_PER_WEEK: Final = 7
_MONTHS_PER_YEAR: Final = 12
_SATURDAY: Final = 5
# Article 2: a term of three days or more holds at least two days that are not free.
_LONG_TERM: Final = timedelta(days=3)
_LEAST_WERKDAGEN: Final = 2
_YEARS_KEPT: Final = 64


@lru_cache(maxsize=_YEARS_KEPT)
def _feestdagen(jaar: int) -> frozenset[date]:
    """Return the days of article 3 in that year; none before 1966, when the law did not hold a whole year."""
    # Only who counts a term pays for the import: it takes longer than all of this package.
    from holidays import country_holidays  # noqa: PLC0415 - heavy

    # Category public has Goede Vrijdag, which article 3, second paragraph, puts on a par, and 5 May in every fifth year
    # only, as many collective agreements do. The law has 5 May every year: that one is in category optional, alone.
    # Its Koningsdag moves to Saturday when 27 April is a Sunday, as article 3 says by naming the day it is celebrated.
    return frozenset(country_holidays("NL", years=jaar, categories=("public", "optional")))


def is_werkdag(dag: date, *, vrije_dagen: AbstractSet[date]) -> bool:
    """Return whether the day is no Saturday, Sunday, generally recognised holiday (Atw art. 3) or one of these."""
    return dag.weekday() < _SATURDAY and dag not in vrije_dagen and dag not in _feestdagen(dag.year)


def add_werkdagen(van: date, aantal: int, *, vrije_dagen: AbstractSet[date]) -> date:
    """Return the `aantal`-th working day after `van`, which itself does not count; for 0 that is `van`.

    Raises `ValueError` for a negative number: terms counted backwards follow other rules (Atw art. 1, second
    paragraph).
    """
    if aantal < 0:
        raise ValueError("a number of working days is not negative")
    dag = van
    for _ in range(aantal):
        dag = _first_werkdag(dag + _DAY, vrije_dagen)
    return dag


def termijn_einde(termijn: Termijn, van: date, *, vrije_dagen: AbstractSet[date]) -> date:
    """Return the last day of the term, on which one is still in time; `van` itself does not count.

    A term in days, weeks or months that ends on a Saturday, Sunday or holiday runs to the next working day (Atw art. 1,
    first paragraph); one of three days or more holds at least two working days (art. 2). Months are those of the civil
    calendar: one month from 31 January ends on the last day of February. Unlike the law (art. 4) this makes no
    exception for long terms: it can only give more time.
    """
    if termijn.eenheid is Eenheid.WERKDAGEN:
        return add_werkdagen(van, termijn.aantal, vrije_dagen=vrije_dagen)
    einde = counted(termijn, van)
    if einde - van >= _LONG_TERM:
        einde = max(einde, add_werkdagen(van, _LEAST_WERKDAGEN, vrije_dagen=vrije_dagen))
    return _first_werkdag(einde, vrije_dagen)


def _first_werkdag(dag: date, vrije_dagen: AbstractSet[date]) -> date:
    while not is_werkdag(dag, vrije_dagen=vrije_dagen):
        dag += _DAY
    return dag


def counted(termijn: Termijn, van: date) -> date:
    """Return the day that is so many days, weeks or months after `van`, whatever day of the week that is."""
    match termijn.eenheid:
        case Eenheid.WEKEN:
            return van + timedelta(days=termijn.aantal * _DAYS_PER_WEEK)
        case Eenheid.MAANDEN:
            return _add_months(van, termijn.aantal)
        case _:
            return van + timedelta(days=termijn.aantal)


def _add_months(van: date, aantal: int) -> date:
    year, month = divmod(van.year * _MONTHS_PER_YEAR + van.month - 1 + aantal, _MONTHS_PER_YEAR)
    _, last_day = calendar.monthrange(year, month + 1)
    return date(year, month + 1, min(van.day, last_day))
