"""Running a service: its log, and the server around it."""

import logging
import signal
import sys
from contextlib import suppress

import structlog
import uvicorn
from starlette.types import ASGIApp

from convenant.web.errors import StartFout

_GRACE_SECONDS = 5


def _end(*_: object) -> None:
    raise SystemExit


def configure_logging() -> None:
    """One JSON object per line on standard error. Fields are chosen by us; nothing that was sent is among them."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format='{"event": "%(name)s", "niveau": "%(levelname)s"}'
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def serve(app: ASGIApp, *, naam: str, host: str, port: int) -> None:
    """Serve until the process is told to stop. Raises StartFout, which names the service as `naam`."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        proxy_headers=False,
    )
    # uvicorn stops in good order and then raises the signal again; by default that would end the process before what
    # was opened around us, an embedded PostgreSQL, is closed.
    signal.signal(signal.SIGTERM, _end)
    server = uvicorn.Server(config)
    with suppress(SystemExit):  # uvicorn's way to end after a failed start
        server.run()
    if not server.started:
        raise StartFout(
            f"De {naam} kon niet starten. Staat de reden niet hierboven? Controleer dan of poort {port} "
            f"op {host} vrij is."
        )
