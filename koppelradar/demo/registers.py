"""Part (a): two organisations submit the registers they have, at the same time, each from a process of its own."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.managers import SyncManager
from pathlib import Path
from queue import Empty, Queue

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Koppelradar
from client_sdk.importeren import ImportVerslag, import_csv
from convenant.types import Oin
from koppelradar.demo.febrl import FebrlPersoon
from koppelradar.omgeving import Proefomgeving

SIGNAALSOORT = "huiselijk-geweld"
_POLL_SECONDS = 0.2

Progress = Callable[[Oin, int, int], None]


@dataclass(frozen=True, slots=True)
class Importresultaat:
    """What both imports gave, and how long they took together, in seconds."""

    verslagen: dict[Oin, ImportVerslag]
    seconden: float

    @property
    def ingediend(self) -> int:
        """The signals that the matcher acknowledged."""
        return sum(verslag.ingediend for verslag in self.verslagen.values())


@dataclass(frozen=True, slots=True)
class Koppelkwaliteit:
    """Pairs of client numbers that ended up in one match, against the true ones."""

    gevonden: int
    juist: int
    werkelijk: int

    @property
    def precisie(self) -> float:
        """The share of found pairs that are right; 1.0 when none was found."""
        return self.juist / self.gevonden if self.gevonden else 1.0

    @property
    def recall(self) -> float:
        """The share of true pairs that were found."""
        return self.juist / self.werkelijk


def import_at_the_same_time(
    omgeving: Proefomgeving, bestanden: dict[Oin, Path], on_progress: Progress
) -> Importresultaat:
    """Let every organisation import its file, all at once. `on_progress` hears organisation, done and total rows."""
    context = get_context("spawn")
    started = time.perf_counter()
    with context.Manager() as manager, ProcessPoolExecutor(len(bestanden), mp_context=context) as pool:
        queue = _queue(manager)
        futures = {
            oin: pool.submit(_import, str(omgeving.configuraties[oin]), str(path), oin, queue)
            for oin, path in bestanden.items()
        }
        _follow(futures.values(), queue, on_progress)
        verslagen = {oin: future.result() for oin, future in futures.items()}
    return Importresultaat(verslagen, time.perf_counter() - started)


def measure(
    een: dict[str, set[str]], ander: dict[str, set[str]], bronnen: tuple[Iterable[FebrlPersoon], Iterable[FebrlPersoon]]
) -> Koppelkwaliteit:
    """Compare the matches of both sides with the truth. Both map a match id to the own client numbers in it."""
    paar = {persoon.nummer: persoon.paar for bron in bronnen for persoon in bron}
    pairs = [(a, b) for match in een.keys() & ander.keys() for a in een[match] for b in ander[match]]
    links = {persoon.paar for persoon in bronnen[0]} & {persoon.paar for persoon in bronnen[1]}
    return Koppelkwaliteit(len(pairs), sum(paar[a] == paar[b] for a, b in pairs), len(links))


def clients_by_match(radar: Koppelradar) -> dict[str, set[str]]:
    """The own client numbers in every match that this organisation may see."""
    return {found.match.id: set(found.clientnummers) for found in radar.matches()}


def _queue(manager: SyncManager) -> "Queue[tuple[Oin, int, int]]":
    return manager.Queue()


def _import(configuratie: str, bestand: str, oin: Oin, queue: "Queue[tuple[Oin, int, int]]") -> ImportVerslag:
    with Koppelradar.open(load_configuratie(Path(configuratie)), account="import") as radar:
        return import_csv(
            radar,
            Path(bestand),
            signaalsoort=SIGNAALSOORT,
            on_progress=lambda done, total: queue.put((oin, done, total)),
        )


def _follow(
    futures: Iterable["Future[ImportVerslag]"], queue: "Queue[tuple[Oin, int, int]]", on_progress: Progress
) -> None:
    futures = list(futures)
    while not (all(future.done() for future in futures) and queue.empty()):
        try:
            on_progress(*queue.get(timeout=_POLL_SECONDS))
        except Empty:
            continue
