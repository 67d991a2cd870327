"""Headers in what a webhook answers, which may hold anything; no I/O."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_SECONDS: Final = re.compile("[0-9]{1,9}")
_MAX_PER_MINUTE: Final = 60_000


def parse_retry_after(text: str | None, *, op: datetime) -> timedelta | None:
    """How long to wait, from seconds or an HTTP date (RFC 9110, section 10.2.3); None when it is neither."""
    if text is None:
        return None
    if _SECONDS.fullmatch(text.strip()):
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - op
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def parse_rate(text: str | None) -> int | None:
    """How many events a minute are allowed; None for as many as there are, and for what is no number."""
    if text is None or not _SECONDS.fullmatch(text.strip()):
        return None
    rate = int(text)
    return rate if 0 < rate < _MAX_PER_MINUTE else None
