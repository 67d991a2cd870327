"""The sleutelhouder as an ASGI application."""

import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial

import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp

from convenant.errors import ConvenantFout
from convenant.pg import asserties
from convenant.pg.database import Database
from convenant.pg.tabellen import now
from convenant.sleutelhouder.diensten.kern import ASSERTIES, Kern
from convenant.sleutelhouder.diensten.starten import open_database
from convenant.sleutelhouder.domein.kluis import Kluis
from convenant.sleutelhouder.http import budget, evaluaties
from convenant.sleutelhouder.http.openapi import API_VERSIE, BESCHRIJVING
from convenant.sleutelhouder.instellingen import (
    Instellingen,
    read_beheerders,
    read_kluis,
    read_sleutel,
    required_oin,
)
from convenant.sleutelhouder.opslag import verbruik
from convenant.sleutelhouder.opslag.vensters import Beheerders
from convenant.types import Oin
from convenant.web import algemeen
from convenant.web import app as web
from convenant.web.omhulsel import OPEN_PATHS, Grenzen
from convenant.web.poort import Poort

MAX_BODY_BYTES = 1024 * 1024
"""A thousand points of each of twelve codes are about 0.55 MB."""

_CLEAN_UP_SECONDS = 60
_GRENZEN = Grenzen(
    versie=API_VERSIE,
    max_body_bytes=MAX_BODY_BYTES,
    te_groot="Stuur hoogstens duizend punten per code en verzoek.",
    open_paths=OPEN_PATHS | {"/v1/sleutels"},
)
_log = structlog.get_logger("sleutelhouder")


def create_app(
    instellingen: Instellingen, *, kluis: Kluis | None = None, klok: Callable[[], datetime] = now
) -> ASGIApp:
    """The whole service, with version 1 of the interface under /v1.

    Key files are read at once, the database when the application starts. `kluis` takes the place of the key file, for
    who keeps keys in a key management service. Raises StartFout at either moment.
    """
    oin = required_oin(instellingen)
    kluis = kluis or read_kluis(instellingen)
    beheerders = read_beheerders(instellingen)
    poort = Poort(
        sleutel=read_sleutel(instellingen), basis_url=instellingen.basis_url, token_url=instellingen.token_url
    )
    versie_1 = create_versie_1(server=instellingen.openapi_server)
    versie_1.state.poort = poort

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            database = Database(instellingen.required_url, pool_size=instellingen.verbindingen)
            stack.push_async_callback(database.close)
            # One thread per core: more would only wait for each other, and for the event loop.
            rekenaar = stack.enter_context(ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="rekenaar"))
            kern = await _open(instellingen, database, rekenaar, oin=oin, kluis=kluis, beheerders=beheerders, klok=klok)
            versie_1.state.kern = kern
            await stack.enter_async_context(web.cleaning_up(partial(_clean_up, kern), seconds=_CLEAN_UP_SECONDS))
            yield

    return web.mount(versie_1, _GRENZEN, lifespan)


def create_versie_1(*, server: str) -> FastAPI:
    """Version 1 of the interface, enough to describe it; `create_app` gives it a database to work with."""
    routers = (algemeen.create_router("sleutelhouder"), evaluaties.router, budget.router)
    return web.create_versie_1(routers, BESCHRIJVING, server=server)


async def _open(
    instellingen: Instellingen,
    database: Database,
    rekenaar: ThreadPoolExecutor,
    *,
    oin: Oin,
    kluis: Kluis,
    beheerders: Beheerders,
    klok: Callable[[], datetime],
) -> Kern:
    try:
        lijst, sleutels = await open_database(
            database, instellingen.convenanten, oin=oin, kluis=kluis, omgeving=instellingen.omgeving, klok=klok
        )
    except ConvenantFout as fout:
        # The server that runs us knows of errors by their trace only; the sentence is what the operator needs.
        _log.error("niet gestart", reden=str(fout))
        raise
    return Kern(
        oin=oin,
        database=database,
        lijst=lijst,
        sleutels=sleutels,
        beheerders=beheerders,
        rekenaar=rekenaar,
        klok=klok,
    )


async def _clean_up(kern: Kern) -> None:
    async with kern.transaction() as connection:
        await asserties.erase_old(connection, ASSERTIES, op=kern.klok())
        await verbruik.erase_old(connection, op=kern.klok())
