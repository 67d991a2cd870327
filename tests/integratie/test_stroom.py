"""Following the notifications of a real matcher, from the SDK and from the command line."""

import time
from collections.abc import Callable
from itertools import islice
from threading import Thread
from typing import Any

from client_sdk.client.model import NotificatieSoort
from client_sdk.persoon import Persoon
from convenant.types import Oin


def test_news_comes_along_the_stream_as_soon_as_there_is_any(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    def submit() -> None:
        time.sleep(0.5)
        with huis.open(oins["wijkteam"]) as wijkteam:
            wijkteam.submit(make_persoon(31), clientnummer="W-31", signaalsoort="zorg-om-kind")

    with huis.open(oins["school"]) as school:
        list(school.notificaties())
        school.submit(make_persoon(31), clientnummer="L-31", signaalsoort="zorg-om-kind")
        submitting = Thread(target=submit)
        submitting.start()
        started = time.monotonic()
        told = next(n for n in school.volg() if n.notificatie.soort is NotificatieSoort.MATCH_ONTSTAAN)
        submitting.join()

        assert told.clientnummers == ("L-31",)
        assert time.monotonic() - started < 10


def test_what_was_followed_does_not_come_again(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["ggz"]) as ggz, huis.open(oins["wijkteam"]) as wijkteam:
        for dienst, nummer in ((ggz, "P"), (wijkteam, "W")):
            for n in (32, 33):
                dienst.submit(make_persoon(n), clientnummer=f"{nummer}-{n}", signaalsoort="huiselijk-geweld")

        first = [n.notificatie.volgnummer for n in islice(ggz.volg(), 2)]
        rest = [n.notificatie.volgnummer for n in ggz.notificaties()]

        # The last one was not asked past, so it comes again; the one before it does not.
        assert first[0] not in rest
        assert rest[0] == first[1]
