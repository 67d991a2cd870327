"""The folders of the services: the matcher, the sleutelhouders, and the sleutelbewaarder, who has no service."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from joserfc.jwk import OKPKey

from client_sdk.sleutels import Ondertekensleutel, write_ondertekensleutel, write_sleutel
from client_sdk.types import ConvenantSleutel
from convenant.pg.database import Database
from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
from convenant.pg.tabellen import now
from convenant.profielen import NL_1
from convenant.sleutelhouder import instellingen as sleutelhouder
from convenant.sleutelhouder.diensten.beheren import make_epoche
from convenant.sleutelhouder.instellingen import Instellingen as Sleutelhouderinstellingen
from convenant.sleutelhouder.opslag.opzet import OPZET
from convenant.types import ConvenantId, Epoche, Oin
from koppelradar.omgeving.model import (
    BEHEERDERS,
    MATCHER,
    SLEUTELBEWAARDER,
    SLEUTELHOUDER,
    SLEUTELS,
    beheerder_path,
    convenant_path,
)
from matcher.instellingen import Instellingen, make_sleutels, read_sleutel, sleutels_in

_BEHEERDERS_FILE = "beheerders.json"


def matcher_in(folder: Path, url: str) -> Instellingen:
    """The settings of the matcher of the environment in `folder`."""
    own = folder / MATCHER
    return sleutels_in(own / SLEUTELS).model_copy(
        update={
            "convenanten": convenant_path(own).parent,
            "publieke_url": url,
            "port": urlsplit(url).port,
            "datamap": own,
        }
    )


def write_matcher_keys(folder: Path) -> dict[str, str]:
    """Make the keys of the matcher; its public JWK for the convenant."""
    made = make_sleutels(folder / MATCHER / SLEUTELS)
    return _public_jwk(read_sleutel(made.sleutel_bestand), "matcher-proef")


def sleutelhouder_in(folder: Path, nummer: int, url: str, oin: Oin) -> Sleutelhouderinstellingen:
    """The settings of the sleutelhouder with that number, from 1, of the environment in `folder`."""
    own = folder / SLEUTELHOUDER.format(nummer)
    return sleutelhouder.sleutels_in(own / SLEUTELS).model_copy(
        update={
            "oin": oin,
            "convenanten": convenant_path(own).parent,
            "beheerders": own / _BEHEERDERS_FILE,
            "publieke_url": url,
            "port": urlsplit(url).port,
            "datamap": own,
        }
    )


def sleutelhouder_name(nummer: int) -> str:
    """The name of the database of that sleutelhouder."""
    return f"{OPZET.database}_{nummer}"


def sleutelhouder_database(postgres: EmbeddedPostgres, nummer: int) -> DatabaseUrls:
    """The database of that sleutelhouder on the PostgreSQL of the environment, made and migrated."""
    return postgres.prepare(replace(OPZET, database=sleutelhouder_name(nummer)))


def write_sleutelhouder_keys(
    folder: Path, nummer: int, postgres: EmbeddedPostgres, *, convenant: ConvenantId, epochen: tuple[int, ...]
) -> Mapping[int, Mapping[str, bytes]]:
    """Make all keys of a sleutelhouder; per epoch and code the public half for the convenant."""
    own = folder / SLEUTELHOUDER.format(nummer)
    made = sleutelhouder.make_sleutels(own / SLEUTELS)
    publiek = {naam: sleutelhouder.make_beheerdersleutel(beheerder_path(own, naam)) for naam in BEHEERDERS}
    (own / _BEHEERDERS_FILE).write_text(json.dumps(publiek), encoding="utf-8")
    url = sleutelhouder_database(postgres, nummer).toepassing
    return asyncio.run(_make_epochen(url, made, convenant, epochen))


def write_sleutelbewaarder(folder: Path, k: ConvenantSleutel) -> Ondertekensleutel:
    """Write the sleutelbewaarder's signing key and K of the first epoch; the signing key."""
    own = folder / SLEUTELBEWAARDER
    own.mkdir()
    sleutel = Ondertekensleutel.generate()
    write_ondertekensleutel(own / "ondertekensleutel.jwk", sleutel)
    write_sleutel(own / "convenant-1.sleutel", k)
    return sleutel


async def _make_epochen(
    url: str, instellingen: Sleutelhouderinstellingen, convenant: ConvenantId, epochen: tuple[int, ...]
) -> Mapping[int, Mapping[str, bytes]]:
    database = Database(url, pool_size=1)
    kluis = sleutelhouder.read_kluis(instellingen)
    codes = [slot.code for slot in NL_1.slots]
    try:
        return {
            nummer: await make_epoche(
                database, kluis, convenant=convenant, epoche=Epoche(nummer), codes=codes, op=now()
            )
            for nummer in epochen
        }
    finally:
        await database.close()


def _public_jwk(sleutel: OKPKey, kid: str) -> dict[str, str]:
    return {"kid": kid, "kty": "OKP", "crv": "Ed25519", "x": str(sleutel.as_dict(private=False)["x"])}
