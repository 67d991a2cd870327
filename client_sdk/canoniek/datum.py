"""Birth dates: Dutch notations, incomplete ones included, impossible ones refused."""

import re
import unicodedata
from datetime import date
from typing import Final

from client_sdk.canoniek.letters import fold_hyphens
from client_sdk.canoniek.model import Geboortedatum
from client_sdk.errors import OngeldigPersoon

# The oldest person on record became 122; older is a typing error in the century.
MAX_AGE_YEARS: Final = 130
_VELD: Final = "geboortedatum"
_YEAR_FIRST: Final = re.compile(r"(?P<jaar>[0-9]{4})(?P<teken>[-/.]?)(?P<maand>[0-9]{2})(?P=teken)(?P<dag>[0-9]{2})")
_DAY_FIRST: Final = re.compile(r"(?P<dag>[0-9]{1,2})(?P<teken>[-/.])(?P<maand>[0-9]{1,2})(?P=teken)(?P<jaar>[0-9]{4})")
_TWO_DIGIT_YEAR: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")


def parse_geboortedatum(text: str, *, vandaag: date) -> Geboortedatum:
    """Return the birth date in `text`, with 0 for what is not known.

    Reads 1980-05-31, 19800531, 31-5-1980, 31/05/1980 and 31.5.1980: with the day first, the month always
    comes second. Unknown parts are zeros, as in the BRP: 1980-05-00, 1980-00-00, 0000-00-00. Raises
    `OngeldigPersoon` for anything else, for days that do not exist, for dates after `vandaag` and for more
    than 130 years before it.
    """
    found = _match(text)
    geboortedatum = Geboortedatum(int(found["jaar"]), int(found["maand"]), int(found["dag"]))
    _check_exists(geboortedatum)
    _check_range(geboortedatum, vandaag)
    return geboortedatum


def _match(text: str) -> re.Match[str]:
    plain = fold_hyphens(unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        raise _refusal("De geboortedatum is leeg. Vul 0000-00-00 in als die niet bekend is.")
    if found := _YEAR_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain):
        return found
    if _TWO_DIGIT_YEAR.fullmatch(plain):
        raise _refusal("Het jaar heeft twee cijfers. Schrijf het jaar met vier cijfers.")
    raise _refusal("Deze datum is niet te lezen. Schrijf hem als JJJJ-MM-DD of DD-MM-JJJJ.")


def _check_exists(geboortedatum: Geboortedatum) -> None:
    jaar, maand, dag = geboortedatum
    if (dag and not maand) or (maand and not jaar):
        raise _refusal("Een onbekend deel kan niet voor een bekend deel staan. Vul 0 in voor alles wat niet zeker is.")
    try:
        # A leap year stands in for an unknown one; an unknown month or day for the first.
        date(jaar or 2000, maand or 1, dag or 1)
    except ValueError:
        raise _refusal("Deze dag bestaat niet. Controleer dag en maand.") from None  # the cause holds the date


def _check_range(geboortedatum: Geboortedatum, vandaag: date) -> None:
    jaar, maand, dag = geboortedatum
    if not jaar:
        return
    if date(jaar, maand or 1, dag or 1) > vandaag:
        raise _refusal("Deze datum ligt in de toekomst. Controleer het jaar.")
    if jaar < vandaag.year - MAX_AGE_YEARS:
        raise _refusal(f"Deze datum ligt meer dan {MAX_AGE_YEARS} jaar terug. Controleer het jaar.")


def _refusal(melding: str) -> OngeldigPersoon:
    return OngeldigPersoon(_VELD, melding)
