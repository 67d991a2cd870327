"""Until when a signal lives.

The matcher must not learn when somebody was born. Retention alone gives the first of a month that only
depends on the day of submission. Where the age limit comes sooner, the date can only be the 1 January or 1
July on or before the birthday, which leaves six months of birth dates for each answer. Incomplete dates (0
for an unknown day or month, as the BRP allows) count as the earliest possible birthday, so that a signal
never outlives its ground.
"""

from datetime import date
from typing import Final

from convenant.errors import LeeftijdOnbekend, LeeftijdsgrensBereikt
from convenant.model import Signaalsoort

_MONTHS_PER_YEAR: Final = 12
_JANUARY: Final = 1
_JULY: Final = 7


def _retention_end(soort: Signaalsoort, ingediend_op: date) -> date:
    months = ingediend_op.year * _MONTHS_PER_YEAR + ingediend_op.month - 1 + soort.bewaartermijn_maanden
    year, month = divmod(months, _MONTHS_PER_YEAR)
    return date(year, month + 1, 1)


def _age_end(leeftijd_tot: int, geboortedatum: tuple[int, int, int] | None) -> date:
    year, month, _ = geboortedatum or (0, 0, 0)
    if year == 0:
        raise LeeftijdOnbekend(
            "Dit soort signaal heeft een leeftijdsgrens en het geboortejaar is onbekend. "
            "Vul het geboortejaar in, of kies een soort signaal zonder leeftijdsgrens."
        )
    if not 0 <= month <= _MONTHS_PER_YEAR:
        raise ValueError("month of birth must be 0 (unknown) to 12")
    return date(year + leeftijd_tot, _JULY if month >= _JULY else _JANUARY, 1)


def latest_einddatum(soort: Signaalsoort, *, ingediend_op: date) -> date:
    """Return the last end date the matcher may accept: the first of the month in which retention runs out.

    Days are those of Europe/Amsterdam, on both sides. The signal is over at the start of the returned day.
    """
    return _retention_end(soort, ingediend_op)


def einddatum(soort: Signaalsoort, *, ingediend_op: date, geboortedatum: tuple[int, int, int] | None) -> date:
    """Return the day on which the signal is over, at its start; never later than `latest_einddatum`.

    `geboortedatum` is (year, month, day) with 0 for what is unknown; it only matters for a soort with an
    age limit. The returned day is always the first of a month. Raises `LeeftijdsgrensBereikt` when that day
    is not after `ingediend_op` (which can be up to half a year before the birthday itself),
    `LeeftijdOnbekend` when there is an age limit but no year of birth, and `ValueError` for a month that
    does not exist.
    """
    retention = _retention_end(soort, ingediend_op)
    if soort.leeftijd_tot is None:
        return retention
    end = min(retention, _age_end(soort.leeftijd_tot, geboortedatum))
    if end <= ingediend_op:
        raise LeeftijdsgrensBereikt(
            f"Dit soort signaal geldt tot {soort.leeftijd_tot} jaar. "
            "Voor deze persoon kan het niet meer worden ingediend."
        )
    return end
