"""Putting a service together: version 1 of its interface under /v1, inside the envelope, with a task that cleans up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache, partial

import structlog
from fastapi import APIRouter, Depends, FastAPI
from starlette.types import ASGIApp

from convenant.web import problemen
from convenant.web.afhankelijkheden import json_answer
from convenant.web.errors import TijdelijkNietBeschikbaar
from convenant.web.omhulsel import Grenzen, Omhulsel
from convenant.web.openapi import Beschrijving, build_openapi

_log = structlog.get_logger("convenant.web")


def create_versie_1(routers: Iterable[APIRouter], beschrijving: Beschrijving, *, server: str) -> FastAPI:
    """Version 1 of an interface, enough to describe it; its state still needs `kern` and `poort` to work with."""
    app = FastAPI(
        openapi_url="/openapi.json",
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(json_answer)],
    )
    problemen.install(app)
    for router in routers:
        app.include_router(router)
    app.openapi = cache(partial(build_openapi, app, beschrijving, server=server))  # type: ignore[method-assign]
    return app


def mount(
    versie_1: FastAPI, grenzen: Grenzen, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]
) -> ASGIApp:
    """The whole service: version 1 under /v1, problem documents everywhere, within these bounds."""
    root = FastAPI(openapi_url=None, redirect_slashes=False, lifespan=lifespan)
    problemen.install(root)
    root.mount("/v1", versie_1)
    return Omhulsel(root, grenzen)


@asynccontextmanager
async def cleaning_up(ronde: Callable[[], Awaitable[None]], *, seconds: float) -> AsyncIterator[None]:
    """Run `ronde` now and then every so many seconds, until the block ends, whatever goes wrong in a round."""
    task = asyncio.create_task(_clean_up_for_ever(ronde, seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _clean_up_for_ever(ronde: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        try:
            await ronde()
        except TijdelijkNietBeschikbaar:
            _log.warning("opruimen uitgesteld")
        except Exception as fout:
            # Whatever it is, the next round must come: what is over has to be erased (guarantee 8).
            _log.error("opruimen mislukt", soort=type(fout).__name__, plaats=problemen.place_of(fout))
        await asyncio.sleep(seconds)
