"""Child processes: the matcher and others, each with its own log, stopped whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from convenant.pg.ingebed import DatabaseUrls
from convenant.sleutelhouder.instellingen import PREFIX as SLEUTELHOUDER_PREFIX
from convenant.sleutelhouder.instellingen import Instellingen as Sleutelhouderinstellingen
from koppelradar.errors import ProcesFout
from matcher.instellingen import Instellingen

_START_SECONDS = 30.0
_STOP_SECONDS = 10.0
_PREFIX = "KOPPELRADAR_"
_WERKER_GEREED = "werker gereed"
# Windows has no SIGHUP.
_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def free_port() -> int:
    """A port of this machine that nobody listens on; somebody else may take it before we do."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def is_free(poort: int) -> bool:
    """Whether a server of ours could listen on this port of this machine, now."""
    with socket.socket() as sock:
        # As the server does: a connection that lingers after an earlier run is no server.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", poort))
        except OSError:
            return False
    return True


@contextmanager
def ends_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM and a closed terminal raise KeyboardInterrupt in the block, so that it stops its children.

    Only in the main thread. A signal that is being ignored (nohup) stays so.
    """
    before = {number: handler for number in _ENDINGS if (handler := signal.getsignal(number)) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running(
    arguments: list[str], *, log: Path, environment: Mapping[str, str] | None = None, module: str = "koppelradar"
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `koppelradar`, or another module of ours, with these arguments in a process of its own, until the block ends.

    Settings of the surrounding environment do not reach it, only `environment` does. Its output goes to `log`.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX)}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**clean, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A Ctrl-C is for us: we stop our children in order, so that nothing is cut off half way.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def running_matcher(
    instellingen: Instellingen, database: DatabaseUrls, *, log: Path, werker: bool = True
) -> Iterator[subprocess.Popen[bytes]]:
    """A matcher process that is ready to serve, with a worker inside unless told otherwise.

    Raises ProcesFout when it does not get there.
    """
    arguments = ["matcher", "start", *([] if werker else ["--zonder-werker"])]
    with running(arguments, log=log, environment=matcher_environment(instellingen, database)) as process:
        wait_until_ready(f"http://127.0.0.1:{instellingen.port}/v1/gereedheid", process, log, naam="matcher")
        yield process


@contextmanager
def running_werker(
    instellingen: Instellingen, database: DatabaseUrls, *, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does the work of a matcher without a worker. Raises ProcesFout when it does not get there."""
    before = log.stat().st_size if log.exists() else 0
    with running(["matcher", "werker"], log=log, environment=matcher_environment(instellingen, database)) as process:
        _wait_until(lambda: _logged(_WERKER_GEREED, log, before), process, log, naam="werker")
        yield process


@contextmanager
def running_sleutelhouder(
    instellingen: Sleutelhouderinstellingen, database: DatabaseUrls, *, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A sleutelhouder process that is ready to serve. Raises ProcesFout when it does not get there."""
    environment = sleutelhouder_environment(instellingen, database)
    with running(["sleutelhouder", "start"], log=log, environment=environment) as process:
        wait_until_ready(f"http://127.0.0.1:{instellingen.port}/v1/gereedheid", process, log, naam="sleutelhouder")
        yield process


def sleutelhouder_environment(instellingen: Sleutelhouderinstellingen, database: DatabaseUrls) -> dict[str, str]:
    """The settings as environment variables."""
    return {
        f"{SLEUTELHOUDER_PREFIX}DATABASE_URL": database.toepassing,
        f"{SLEUTELHOUDER_PREFIX}OIN": instellingen.oin or "",
        f"{SLEUTELHOUDER_PREFIX}CONVENANTEN": str(instellingen.convenanten),
        f"{SLEUTELHOUDER_PREFIX}KLUISSLEUTEL_BESTAND": str(instellingen.kluissleutel_bestand),
        f"{SLEUTELHOUDER_PREFIX}SLEUTEL_BESTAND": str(instellingen.sleutel_bestand),
        f"{SLEUTELHOUDER_PREFIX}BEHEERDERS": str(instellingen.beheerders),
        f"{SLEUTELHOUDER_PREFIX}PUBLIEKE_URL": instellingen.publieke_url,
        f"{SLEUTELHOUDER_PREFIX}HOST": instellingen.host,
        f"{SLEUTELHOUDER_PREFIX}PORT": str(instellingen.port),
    }


def matcher_environment(instellingen: Instellingen, database: DatabaseUrls) -> dict[str, str]:
    """The settings as environment variables."""
    proefklok = {f"{_PREFIX}PROEFKLOK": str(instellingen.proefklok)} if instellingen.proefklok else {}
    return proefklok | {
        f"{_PREFIX}DATABASE_URL": database.toepassing,
        f"{_PREFIX}CONVENANTEN": str(instellingen.convenanten),
        f"{_PREFIX}PEPPER_BESTAND": str(instellingen.pepper_bestand),
        f"{_PREFIX}SLEUTEL_BESTAND": str(instellingen.sleutel_bestand),
        f"{_PREFIX}LOGSLEUTEL_BESTAND": str(instellingen.logsleutel_bestand),
        f"{_PREFIX}PUBLIEKE_URL": instellingen.publieke_url,
        f"{_PREFIX}HOST": instellingen.host,
        f"{_PREFIX}PORT": str(instellingen.port),
    }


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path, *, naam: str) -> None:
    """Return when `url` answers 200. Raises ProcesFout when the process ends first, or takes too long."""
    _wait_until(lambda: _is_ready(url), process, log, naam=naam)


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, *, naam: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ProcesFout(f"De {naam} is niet gestart. Het laatste in {log}: {_last_line(log)}")
        if ready():
            return
        time.sleep(0.1)
    raise ProcesFout(f"De {naam} was na {_START_SECONDS:.0f} seconden nog niet klaar. Kijk in {log} waarom.")


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _logged(event: str, log: Path, start: int) -> bool:
    """Whether the log says so after this many bytes, which are from earlier processes."""
    return f'"event": "{event}"'.encode() in log.read_bytes()[start:]


def _last_line(log: Path) -> str:
    # Quoted, because the demo throws its folder away. The matcher logs nothing that was sent to it.
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "(niets)")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to stop, and make it when it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
    finally:
        # Also when a second Ctrl-C cuts the waiting short. Does nothing to a process that has ended.
        process.kill()
        process.wait()
