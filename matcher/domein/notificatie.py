"""An event for one receiver."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from convenant.types import Oin
from matcher.types import Notificatiesoort


@dataclass(frozen=True, slots=True, kw_only=True)
class Notificatie:
    """An event for one receiver about something (`onderwerp`); `nummer` is None until committed and read.

    `dringend` is that acute danger is at stake: quiet hours and digests do not hold it up.
    """

    id: UUID
    ontvanger: Oin
    soort: Notificatiesoort
    onderwerp: UUID
    inhoud: dict[str, Any]
    ontstaan_op: datetime
    nummer: int | None = None
    dringend: bool = False
