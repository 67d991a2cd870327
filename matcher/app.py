"""The matcher as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import cache, partial

import structlog
from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from convenant.model import Convenant
from convenant.types import ConvenantId
from matcher.diensten.beeindigen import erase_old, expire
from matcher.diensten.inloggen import Poort
from matcher.diensten.kern import Kern, Wekker
from matcher.diensten.starten import open_database
from matcher.domein.pepper import Pepper
from matcher.errors import MatcherFout, TijdelijkNietBeschikbaar
from matcher.http import algemeen, matches, problemen, signalen
from matcher.http.afhankelijkheden import json_answer
from matcher.http.omhulsel import Omhulsel
from matcher.http.openapi import build_openapi
from matcher.http.problemen import place_of
from matcher.instellingen import Instellingen, read_logsleutel, read_pepper, read_sleutel
from matcher.logboek.handeling import Bladmaker
from matcher.opslag.database import Database
from matcher.opslag.tabellen import now

_CLEAN_UP_SECONDS = 60
_log = structlog.get_logger("matcher")


def create_app(instellingen: Instellingen, *, klok: Callable[[], datetime] = now) -> ASGIApp:
    """The whole service, with version 1 of the interface under /v1.

    Key files are read at once, the database when the application starts. Raises InstellingenFout at either moment.
    """
    pepper = read_pepper(instellingen.pepper_bestand)
    bladmaker = Bladmaker(read_logsleutel(instellingen.logsleutel_bestand))
    poort = Poort(
        sleutel=read_sleutel(instellingen.sleutel_bestand),
        basis_url=instellingen.basis_url,
        token_url=instellingen.token_url,
    )
    versie_1 = create_versie_1(server=instellingen.openapi_server)
    versie_1.state.poort = poort

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        database = Database(_required_url(instellingen), pool_size=instellingen.verbindingen)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            convenanten = await _open(database, instellingen, pepper, op=klok())
            kern = Kern(
                database=database,
                convenanten=convenanten,
                pepper=pepper,
                bladmaker=bladmaker,
                wekker=Wekker(),
                klok=klok,
            )
            versie_1.state.kern = kern
            await stack.enter_async_context(_cleaning_up(kern))
            yield

    root = FastAPI(openapi_url=None, redirect_slashes=False, lifespan=lifespan)
    problemen.install(root)
    root.mount("/v1", versie_1)
    return Omhulsel(root)


def create_versie_1(*, server: str) -> FastAPI:
    """Version 1 of the interface, enough to describe it; `create_app` gives it a database to work with."""
    app = FastAPI(
        openapi_url="/openapi.json",
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(json_answer)],
    )
    problemen.install(app)
    for router in (algemeen.router, signalen.router, matches.router):
        app.include_router(router)
    app.openapi = cache(partial(build_openapi, app, server=server))  # type: ignore[method-assign]
    return app


async def _open(
    database: Database, instellingen: Instellingen, pepper: Pepper, *, op: datetime
) -> Mapping[ConvenantId, Convenant]:
    try:
        return await open_database(
            database, instellingen.convenanten, pepper=pepper, omgeving=instellingen.omgeving, op=op
        )
    except MatcherFout as fout:
        # The server that runs us knows of errors by their trace only; the sentence is what the operator needs.
        _log.error("niet gestart", reden=str(fout))
        raise


@asynccontextmanager
async def _cleaning_up(kern: Kern) -> AsyncIterator[None]:
    task = asyncio.create_task(_clean_up_for_ever(kern))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _clean_up_for_ever(kern: Kern) -> None:
    while True:
        try:
            expired = await expire(kern)
            await erase_old(kern)
            _log.info("opgeruimd", verlopen=expired)
        except TijdelijkNietBeschikbaar:
            _log.warning("opruimen uitgesteld")
        except Exception as fout:
            # Whatever it is, the next round must come: signals that are over have to be erased (guarantee 8).
            _log.error("opruimen mislukt", soort=type(fout).__name__, plaats=place_of(fout))
        await asyncio.sleep(_CLEAN_UP_SECONDS)


def _required_url(instellingen: Instellingen) -> str:
    if instellingen.database_url is None:
        raise RuntimeError("the command line fills in the url of the embedded PostgreSQL")
    return instellingen.database_url
