"""What delivering to webhooks and mailing share: who may have news, and when the next round is."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from convenant.types import Oin
from convenant.web.assertie import rollen_of
from matcher.diensten.kern import ONTVANGERS, Kern

LONGEST_SECONDS: Final = 60.0
"""After this long a worker looks again, whatever it expects."""

_SHORTEST_SECONDS: Final = 0.1
_STEPS: Final = 1 << 32


def ontvangers_of(kern: Kern) -> list[Oin]:
    """Who may have news today, as when it would come and fetch it."""
    convenanten = kern.convenanten.values()
    oins = {partij.oin for convenant in convenanten for partij in convenant.partijen}
    return [oin for oin in oins if not rollen_of(oin, convenanten).isdisjoint(ONTVANGERS)]


def seconds_to_first(momenten: Iterable[datetime], *, op: datetime) -> float:
    """How long to wait at `op` for the first of these moments: from 0.1 to 60 seconds, and 60 when there are none."""
    left = ((moment - op).total_seconds() for moment in momenten)
    return max(min((LONGEST_SECONDS, *left)), _SHORTEST_SECONDS)


def random_fraction() -> float:
    """At least 0 and below 1."""
    return secrets.randbelow(_STEPS) / _STEPS
