"""The matcher as an ASGI application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime

import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp

from convenant.errors import ConvenantFout
from convenant.pg.tabellen import now
from convenant.web import algemeen
from convenant.web import app as web
from convenant.web.omhulsel import Grenzen
from convenant.web.poort import Poort
from matcher.beheer import open_kern
from matcher.diensten.bode import carrying
from matcher.diensten.epochen import erase_leaked
from matcher.diensten.kern import Kern
from matcher.domein.pepper import Pepper
from matcher.http import (
    bekendheid,
    casussen,
    convenanten,
    epochen,
    kanalen,
    matches,
    notificaties,
    opvolging,
    paren,
    radar,
    signalen,
)
from matcher.http.openapi import API_VERSIE, BESCHRIJVING
from matcher.instellingen import Instellingen, read_logsleutel, read_pepper, read_sleutel
from matcher.logboek.handeling import Bladmaker
from matcher.werker import working

MAX_BODY_BYTES = 8 * 1024 * 1024
"""A batch of a thousand signals with two tokensets and a card each, sealed for two receivers, is about 6.5 MB."""

_GRENZEN = Grenzen(
    versie=API_VERSIE, max_body_bytes=MAX_BODY_BYTES, te_groot="Stuur hoogstens duizend signalen per verzoek."
)
_log = structlog.get_logger("matcher")


def create_app(instellingen: Instellingen, *, klok: Callable[[], datetime] = now, werker: bool = True) -> ASGIApp:
    """The whole service, with version 1 of the interface under /v1, and with a worker unless told otherwise.

    Key files are read at once, the database when the application starts. Raises InstellingenFout or StartFout at
    either moment.
    """
    pepper = read_pepper(instellingen.pepper_bestand)
    bladmaker = Bladmaker(read_logsleutel(instellingen.logsleutel_bestand))
    poort = Poort(
        sleutel=read_sleutel(instellingen.sleutel_bestand),
        basis_url=instellingen.basis_url,
        token_url=instellingen.token_url,
        klok=klok,
    )
    versie_1 = create_versie_1(server=instellingen.openapi_server)
    versie_1.state.poort = poort

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with _open(instellingen, pepper, bladmaker, klok) as kern:
            await erase_leaked(kern)
            versie_1.state.kern = kern
            async with carrying(kern.database, kern.wekker), working(kern) if werker else nullcontext():
                yield

    return web.mount(versie_1, _GRENZEN, lifespan)


def create_versie_1(*, server: str) -> FastAPI:
    """Version 1 of the interface, enough to describe it; `create_app` gives it a database to work with."""
    routers = (
        algemeen.create_router("matcher"),
        signalen.router,
        matches.router,
        notificaties.router,
        kanalen.router,
        paren.router,
        opvolging.router,
        casussen.router,
        radar.router,
        epochen.router,
        convenanten.router,
        bekendheid.router,
    )
    return web.create_versie_1(routers, BESCHRIJVING, server=server)


@asynccontextmanager
async def _open(
    instellingen: Instellingen, pepper: Pepper, bladmaker: Bladmaker, klok: Callable[[], datetime]
) -> AsyncIterator[Kern]:
    try:
        async with open_kern(instellingen, pepper, bladmaker, klok=klok) as kern:
            yield kern
    except ConvenantFout as fout:
        # The server that runs us knows of errors by their trace only; the sentence is what the operator needs.
        _log.error("niet gestart", reden=str(fout))
        raise
