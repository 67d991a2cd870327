"""Waking whoever waits for news, as soon as it was committed."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from convenant.types import Oin


@dataclass(frozen=True, slots=True)
class Roep:
    """What a waiter listens for, from the moment at which it was expected."""

    _event: asyncio.Event

    async def wait(self, seconds: float) -> None:
        """Return when woken, or after so many seconds."""
        # Not `asyncio.wait_for`: up to Python 3.11 that loses a cancellation that comes at the moment of being woken,
        # and a worker that is told to stop then goes on for ever.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()


class Wekker:
    """Wakes those who wait in this process, and passes the word on to the others (see `matcher.diensten.bode`).

    Word can get lost between processes: waiters look again by themselves after a short while.
    """

    def __init__(self) -> None:
        self._events: dict[Oin | None, asyncio.Event] = {}
        self._pass_on: Callable[[frozenset[Oin]], None] | None = None

    def wake(self, ontvangers: Iterable[Oin]) -> None:
        """Wake everyone who waits for one of these receivers, in every process."""
        whom = frozenset(ontvangers)
        self.wake_here(whom)
        if whom and self._pass_on is not None:
            self._pass_on(whom)

    def wake_here(self, ontvangers: frozenset[Oin]) -> None:
        """Wake everyone in this process who waits for one of these receivers."""
        for key in (*ontvangers, None) if ontvangers else ():
            event = self._events.pop(key, None)
            if event is not None:
                event.set()

    def expect(self, ontvanger: Oin | None = None) -> Roep:
        """A call for this receiver, or for any. Expect it before looking, and nothing is missed."""
        return Roep(self._events.setdefault(ontvanger, asyncio.Event()))

    def pass_on_to(self, pass_on: Callable[[frozenset[Oin]], None] | None) -> None:
        """Have other processes told by this, from now on; by nothing when it is None."""
        self._pass_on = pass_on
