"""What an organisation is told about its own signals, beside their matches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from convenant.model import Convenant
from convenant.termijncodes import EINDE_SIGNAAL
from convenant.types import ConvenantId, Eenheid, Oin
from convenant.werkdagen import counted
from matcher.domein.document import format_moment
from matcher.domein.signaal import Signaal
from matcher.domein.termijn import last_day
from matcher.types import SignaalId


def announced_until(convenant: Convenant, vandaag: date) -> date | None:
    """Signals that expire up to and including this day are announced today; None where the convenant has no such term.

    The term is counted back in whole days, and in working days only when it says so.
    """
    termijn = convenant.afspraken.termijn(EINDE_SIGNAAL)
    if termijn is None or termijn.eenheid is Eenheid.WERKDAGEN:
        return last_day(convenant, EINDE_SIGNAAL, vandaag)
    return counted(termijn, vandaag)


def per_einde(signalen: Iterable[Signaal]) -> Iterator[tuple[Oin, date, list[Signaal]]]:
    """The signals, put together by organisation and by the day on which they expire."""
    groups: dict[tuple[Oin, date], list[Signaal]] = defaultdict(list)
    for signaal in signalen:
        groups[signaal.organisatie, signaal.verloopt_op].append(signaal)
    for (organisatie, verloopt_op), group in sorted(groups.items()):
        yield organisatie, verloopt_op, group


def ontvangen_document(convenant: ConvenantId, signalen: Iterable[SignaalId], op: datetime) -> dict[str, Any]:
    """That these signals came in, ready for JSON."""
    return {"convenant": convenant, "signalen": [str(id_) for id_ in signalen], "ontvangenOp": format_moment(op)}


def einde_document(convenant: ConvenantId, signalen: Iterable[Signaal], verloopt_op: date) -> dict[str, Any]:
    """That these signals expire, or expired, on this day, ready for JSON."""
    ids = [str(signaal.id) for signaal in signalen]
    return {"convenant": convenant, "signalen": ids, "verlooptOp": verloopt_op.isoformat()}
