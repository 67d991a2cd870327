"""What the matcher does by itself, without anybody asking: the periodic jobs, and the delivery of what is due.

It runs inside the service, or as a process of its own beside services that leave it out. Several side by side are fine.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from convenant.errors import ConvenantFout
from convenant.pg.tabellen import now
from convenant.web.errors import TijdelijkNietBeschikbaar
from convenant.web.problemen import place_of
from matcher.beheer import open_kern
from matcher.diensten.aankondigen import announce
from matcher.diensten.beeindigen import end_left, erase_old, expire
from matcher.diensten.bekendheid import close_bekendheidsvragen
from matcher.diensten.bezorgen import deliver_due
from matcher.diensten.bode import carrying
from matcher.diensten.epochen import erase_leaked, retire_old
from matcher.diensten.escaleren import run_termijnen
from matcher.diensten.kern import Kern
from matcher.diensten.mailen import mail_due
from matcher.instellingen import Instellingen, read_logsleutel, read_pepper
from matcher.logboek.handeling import Bladmaker
from matcher.opslag import taken

_RONDE_SECONDS = 60.0
_AFTER_FAILURE_SECONDS = 5.0
_log = structlog.get_logger("matcher")


@dataclass(frozen=True, slots=True)
class Taak:
    """Something to do every round, by one worker at a time. It can be broken off anywhere, and is then done anew.

    A whole number that comes back is how much there was to do.
    """

    naam: str
    doe: Callable[[Kern], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Bezorger:
    """Something that delivers: `deliver_due` does what is due and says how many seconds later it wants to be called.

    It is called sooner when there are new notifications. Several workers call it at the same time: it sees to it itself
    that no two of them deliver the same.
    """

    naam: str
    deliver_due: Callable[[Kern], Awaitable[float]]


TAKEN: tuple[Taak, ...] = (
    Taak("gelekte epochen wissen", erase_leaked),
    Taak("signalen laten verlopen", expire),
    Taak("signalen van vertrokken organisaties beeindigen", end_left),
    Taak("einde van signalen aankondigen", announce),
    Taak("gebruikte sleutels van verzoeken vergeten", erase_old),
    Taak("oude epochen uittreden", retire_old),
    Taak("termijnen bewaken", run_termijnen),
    Taak("bekendheidsvragen sluiten", close_bekendheidsvragen),
)
"""In this order: what an earlier one ends, a later one need not look at."""

BEZORGERS: tuple[Bezorger, ...] = (
    Bezorger("notificaties naar webhooks bezorgen", deliver_due),
    Bezorger("e-mail versturen", mail_due),
)


async def do_ronde(kern: Kern, alle: Sequence[Taak] | None = None) -> None:
    """Every job once, in order; one that fails does not keep the others from being done."""
    for taak in TAKEN if alle is None else alle:
        await _do(kern, taak)


@asynccontextmanager
async def working(kern: Kern) -> AsyncIterator[None]:
    """Do all that there is to do, time after time, until the block ends."""
    tasks = [asyncio.create_task(_do_for_ever(kern))]
    tasks += [asyncio.create_task(_deliver_for_ever(kern, bezorger)) for bezorger in BEZORGERS]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def run(instellingen: Instellingen, *, klok: Callable[[], datetime] = now) -> None:
    """A worker in a process of its own, until that is told to stop. Raises StartFout."""
    pepper = read_pepper(instellingen.pepper_bestand)
    bladmaker = Bladmaker(read_logsleutel(instellingen.logsleutel_bestand))
    ended = _ended()
    async with (
        open_kern(instellingen, pepper, bladmaker, klok=klok) as kern,
        carrying(kern.database, kern.wekker),
        working(kern),
    ):
        _log.info("werker gereed")
        await ended.wait()


async def _do_for_ever(kern: Kern) -> None:
    while True:
        await do_ronde(kern)
        await asyncio.sleep(_RONDE_SECONDS)


async def _do(kern: Kern, taak: Taak) -> None:
    try:
        async with kern.transaction() as connection:
            if await taken.take(connection, taak.naam):
                aantal = await taak.doe(kern)
                if isinstance(aantal, int) and aantal:
                    _log.info("taak gedaan", taak=taak.naam, aantal=aantal)
    except Exception as fout:
        # Whatever it is, the others and the next round must come: what is over has to be erased (guarantee 8).
        _report(taak.naam, fout)


async def _deliver_for_ever(kern: Kern, bezorger: Bezorger) -> None:
    while True:
        roep = kern.wekker.expect()
        try:
            seconds = await bezorger.deliver_due(kern)
        except Exception as fout:
            _report(bezorger.naam, fout)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)
        else:
            await roep.wait(min(seconds, _RONDE_SECONDS))


def _report(naam: str, fout: Exception) -> None:
    if isinstance(fout, TijdelijkNietBeschikbaar):
        _log.warning("taak uitgesteld", taak=naam)
    elif isinstance(fout, ConvenantFout):
        _log.error("taak mislukt", taak=naam, reden=str(fout))
    else:
        # Never the message of an error that is not ours: it may quote what was being worked on.
        _log.error("taak mislukt", taak=naam, soort=type(fout).__name__, plaats=place_of(fout))


def _ended() -> asyncio.Event:
    """Set when the process is told to stop."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # on Windows Ctrl-C raises KeyboardInterrupt, and that is all there is
            loop.add_signal_handler(number, ended.set)
    return ended
