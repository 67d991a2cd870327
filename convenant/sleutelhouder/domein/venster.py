"""The bulk window: points for tokenising a whole register once, opened by two operators together.

Each operator signs what the window is, under a key of its own. The signatures are checked again whenever points are
taken out of the window: who can write in the database alone opens nothing.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import OKPKey

from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.types import Beheerder, VensterId, Vensterstatus
from convenant.types import ConvenantId, Oin

TYPE: Final = "vensterbesluit+jwt"
MAX_DUUR: Final = timedelta(days=31)
OGEN: Final = 2
"""How many different operators have to agree."""

_ALGORITME: Final = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venster:
    """So many points per code for one organisation. `van` and `tot` (aware) are set by the first who approves.

    `goedkeurders` are the operators whose signatures over exactly this hold; `gebruikt` counts points per code.
    """

    id: VensterId
    convenant: ConvenantId
    organisatie: Oin
    punten: int
    aangevraagd_op: datetime
    van: datetime | None = None
    tot: datetime | None = None
    goedkeurders: frozenset[Beheerder] = frozenset()
    gebruikt: Mapping[str, int] = field(default_factory=dict)

    def status(self, op: datetime) -> Vensterstatus:
        """Where the window is in its life at this moment."""
        if self.tot is not None and self.tot <= op:
            return Vensterstatus.VERLOPEN
        if len(self.goedkeurders) < OGEN or self.van is None:
            # Nobody came to approve it in all the time that it could have been open.
            return Vensterstatus.VERLOPEN if self.aangevraagd_op + MAX_DUUR <= op else Vensterstatus.AANGEVRAAGD
        return Vensterstatus.GOEDGEKEURD if op < self.van else Vensterstatus.OPEN

    def rest(self, code: str, *, op: datetime) -> int:
        """How many points of this code are left in it now; 0 unless it is open."""
        if self.status(op) is not Vensterstatus.OPEN:
            return 0
        return max(0, self.punten - self.gebruikt.get(code, 0))


def check_period(van: datetime, tot: datetime, *, op: datetime) -> None:
    """Raise BeheerFout unless the window ends after it begins and after now, and is open for at most 31 days."""
    if tot <= van or tot <= op:
        raise BeheerFout("Het venster moet na zijn begin, en in de toekomst, eindigen. Kies een latere --tot.")
    if tot - van > MAX_DUUR:
        raise BeheerFout(f"Een venster is hoogstens {MAX_DUUR.days} dagen open. Kies een eerdere --tot.")


def sign_goedkeuring(venster: Venster, beheerder: Beheerder, sleutel: OKPKey, *, op: datetime) -> str:
    """An operator's signed approval of exactly this window, as a compact JWS."""
    header = {"alg": _ALGORITME, "typ": TYPE}
    return jwt.encode(
        header, {**_claims(venster, beheerder), "iat": int(op.timestamp())}, sleutel, algorithms=[_ALGORITME]
    )


def approves(verklaring: str, venster: Venster, beheerder: Beheerder, sleutel: OKPKey) -> bool:
    """Whether this is that operator's approval of exactly this window."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)
            token = jwt.decode(verklaring, sleutel, algorithms=[_ALGORITME])
    except (JoseError, ValueError, KeyError, TypeError):
        return False
    claims = {naam: waarde for naam, waarde in token.claims.items() if naam != "iat"}
    return token.header.get("typ") == TYPE and claims == _claims(venster, beheerder)


def _claims(venster: Venster, beheerder: Beheerder) -> dict[str, Any]:
    return {
        "venster": str(venster.id),
        "convenant": venster.convenant,
        "organisatie": venster.organisatie,
        "punten": venster.punten,
        "van": _moment(venster.van),
        "tot": _moment(venster.tot),
        "beheerder": beheerder,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
