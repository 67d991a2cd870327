"""When asking looks like guessing: far more points in a month than signals submitted."""

from convenant.model import Alarm


def stap(alarm: Alarm, *, gevraagd: int, ingediend: int) -> int:
    """How often the limit was doubled before it held so many points: 0 is no alarm, 1 the first, 2 at twice the limit.

    Each step is told once, so that an alarm that goes on is heard again and does not drown the rest.
    """
    if not alarm.is_raised(gevraagd=gevraagd, ingediend=ingediend):
        return 0
    grens = max(1, alarm.factor * ingediend + alarm.vrij)
    return 1 + (gevraagd // grens).bit_length() - 1
