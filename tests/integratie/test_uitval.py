"""Guarantee 6 while everything falls over: worker, matcher and PostgreSQL are killed at random while signals run.

Two organisations submit a signal each on the same persons. One listens to the stream, the other has a webhook. Whatever
is killed, in the end the application of either got word of every match, in order, and of nothing twice.
"""

import asyncio
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.dienst import Clientnotificatie, Koppelradar
from client_sdk.errors import KoppelradarFout
from client_sdk.webhook import answer_handshake
from convenant.types import Oin

PAREN = 1000
BATCH = 10
ZAAD = 20261125
PATIENCE_SECONDS = 240.0
GEDULDIG = Herhaalbeleid(pogingen=1000)


class Toepassing:
    """What the application of an organisation gets from its SDK, in the order in which it gets it."""

    def __init__(self) -> None:
        self.compleet = threading.Event()
        self._gekregen: list[Clientnotificatie] = []

    def neem(self, notificatie: Clientnotificatie) -> None:
        self._gekregen.append(notificatie)
        if len(set(self._matches())) == PAREN:
            self.compleet.set()

    def check(self) -> None:
        events = [een.notificatie for een in self._gekregen]
        numbers = [int(event.volgnummer) for event in events]
        assert numbers == list(range(1, len(numbers) + 1))
        assert not [id_ for id_, times in Counter(event.id for event in events).items() if times > 1]
        matches = self._matches()
        assert len(matches) == len(set(matches)) == PAREN

    def _matches(self) -> list[str]:
        events = [een.notificatie for een in self._gekregen]
        return [event.match.id for event in events if event.soort is NotificatieSoort.MATCH_ONTSTAAN and event.match]


@contextmanager
def listening(huis: Any, oin: Oin, toepassing: Toepassing, stop: threading.Event) -> Iterator[None]:
    """An application that follows the stream; the SDK connects again by itself."""

    def follow() -> None:
        with huis.open(oin, herhaalbeleid=GEDULDIG) as dienst:
            while not stop.is_set():
                with suppress(KoppelradarFout):
                    for notificatie in dienst.volg():
                        toepassing.neem(notificatie)
                        if stop.is_set() or toepassing.compleet.is_set():
                            return

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(PATIENCE_SECONDS)


class Ontvanger(threading.Thread):
    """A web server with the SDK of an organisation in it, as who has a webhook would run one."""

    def __init__(self, huis: Any, oin: Oin, toepassing: Toepassing) -> None:
        super().__init__(daemon=True)
        self.webhook: UUID | None = None
        self._huis, self._oin, self._toepassing = huis, oin, toepassing
        ontvanger = self

        class Handler(BaseHTTPRequestHandler):
            def do_OPTIONS(self) -> None:
                origin = self.headers["WebHook-Request-Origin"]
                self._answer(200, answer_handshake(dict(self.headers), origin=origin))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(ontvanger.receive(dict(self.headers), body), {})

            def _answer(self, status: int, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    def run(self) -> None:
        # The SDK is for one thread: that of the server.
        with self._huis.open(self._oin, herhaalbeleid=Herhaalbeleid(pogingen=2)) as dienst:
            self._dienst: Koppelradar = dienst
            with self.server:
                self.server.serve_forever()

    def receive(self, headers: dict[str, str], body: bytes) -> int:
        if self.webhook is None:
            return 503
        try:
            for notificatie in self._dienst.ontvang_webhook(headers, body, webhook=self.webhook):
                self._toepassing.neem(notificatie)
        except KoppelradarFout:
            return 503  # the matcher is away while a gap is filled: it delivers again
        return 204


@asynccontextmanager
async def webhook(huis: Any, oin: Oin, toepassing: Toepassing) -> AsyncIterator[None]:
    ontvanger = Ontvanger(huis, oin, toepassing)
    ontvanger.start()
    async with huis.async_client(oin) as client:
        url = f"http://127.0.0.1:{ontvanger.server.server_port}/"
        made = await client.kanalen.add_webhook(url, "geheim-van-de-ontvanger")
        ontvanger.webhook = made.id
    yield
    ontvanger.server.shutdown()
    ontvanger.join(PATIENCE_SECONDS)


class Chaos(threading.Thread):
    """Kills one of the processes, at random moments, and starts it again; until it is told to stop."""

    def __init__(self, huis: Any) -> None:
        super().__init__(daemon=True)
        self.gedood: Counter[str] = Counter()
        self.klaar = threading.Event()
        self._huis = huis
        self._toeval = random.Random(ZAAD)  # noqa: S311 - when something falls over is no secret

    def run(self) -> None:
        while True:
            # Each of them once, in another order every time.
            for wat in self._toeval.sample(["werker", "matcher", "postgres"], k=3):
                if self.klaar.wait(self._toeval.uniform(0.2, 2.0)):
                    return
                getattr(self, f"_kill_{wat}")()
                self.gedood[wat] += 1

    def _kill_werker(self) -> None:
        self._huis.werker.send_signal(signal.SIGKILL)
        self._huis.werker.wait()
        self._huis.start_werker()

    def _kill_matcher(self) -> None:
        self._huis.matcher.send_signal(signal.SIGKILL)
        self._huis.matcher.wait()
        self._huis.start_matcher(werker=False)

    def _kill_postgres(self) -> None:
        self._huis.kill_postgres()
        time.sleep(self._toeval.uniform(0, 0.5))
        self._huis.restart_postgres()


async def submit_all(huis: Any, oin: Oin) -> None:
    """Submit a signal on every person, a few at a time; the client repeats what went unanswered."""
    inzendingen = huis.inzendingen(oin, range(10_000, 10_000 + PAREN))
    async with huis.async_client(oin, herhaalbeleid=GEDULDIG) as client:
        for start in range(0, PAREN, BATCH):
            batch = inzendingen[start : start + BATCH]
            await client.submit_signalen(batch, idempotentiesleutel=f"uitval-{batch[0].id}")


@pytest.mark.slow
async def test_every_match_arrives_once_and_in_order_whatever_is_killed(huis: Any, oins: dict[str, Oin]) -> None:
    huis.split_werker()
    luisteraar, webhookhouder = Toepassing(), Toepassing()
    stop = threading.Event()
    async with webhook(huis, oins["ggz"], webhookhouder):
        with listening(huis, oins["wijkteam"], luisteraar, stop):
            chaos = Chaos(huis)
            chaos.start()
            await asyncio.gather(submit_all(huis, oins["wijkteam"]), submit_all(huis, oins["ggz"]))
            chaos.klaar.set()
            await asyncio.to_thread(chaos.join)
            for toepassing in (luisteraar, webhookhouder):
                assert await asyncio.to_thread(toepassing.compleet.wait, PATIENCE_SECONDS)
    assert set(chaos.gedood) == {"werker", "matcher", "postgres"}
    luisteraar.check()
    webhookhouder.check()
