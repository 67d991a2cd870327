"""New keys for a whole region: an overlap, a retired epoch, and a leak, with the real services."""

import asyncio
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey
from sqlalchemy import create_engine, text

from client_sdk.persoon import Persoon
from client_sdk.sleutels import read_ondertekensleutel, write_sleutel
from client_sdk.types import ConvenantSleutel
from convenant.base64url import encode_base64url
from convenant.canoniek import content_hash
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.pg.database import Database
from convenant.pg.tabellen import now
from convenant.profielen import NL_1
from convenant.sleutelbewaarder import give_out, open_uitgifte
from convenant.sleutelhouder.diensten.beheren import make_epoche
from convenant.sleutelhouder.instellingen import read_kluis
from convenant.types import Epoche, Oin
from convenant.zegelbestanden import read_zegelsleutel
from koppelradar.omgeving.diensten import sleutelhouder_database
from matcher.opslag.opzet import OPZET

SOORT = "huiselijk-geweld"
VANDAAG = date.today()
BEGIN, EIND = "2026-01-01", "2029-12-31"
_PER_EPOCHE = text("SELECT epoche, count(*) FROM koppelindex GROUP BY epoche")


class Regio:
    """The people of a region who change its convenant and its keys."""

    def __init__(self, huis: Any, organisaties: list[Oin]) -> None:
        self._huis = huis
        self._organisaties = organisaties
        self._document = document_from_yaml(_path(huis).read_text(encoding="utf-8"), bron="test")

    def make_keys(self, epoche: int) -> None:
        """Let the sleutelhouder make keys for an epoch, and pin them."""
        url = sleutelhouder_database(self._huis.postgres, 1).toepassing
        instellingen = self._huis.omgeving.sleutelhouders[0]
        punten = asyncio.run(_make_epoche(url, instellingen, self._document["convenant"], epoche))
        pinned = {code: encode_base64url(punt) for code, punt in punten.items()}
        self._document["sleutelhouders"][0]["sleutels"].append({"epoche": epoche, "punten": pinned})

    def publish(self, *epochen: dict[str, Any]) -> None:
        """Bring a new version to everybody, and restart the services that read it."""
        versie = self._document["versie"]
        opvolging = {"versie": versie, "hash": content_hash(self._document), "lopendeSignalen": "nieuwe-regels"}
        self._document |= {"versie": versie + 1, "opvolging": opvolging, "epochen": list(epochen)}
        written = dump_yaml(self._document)
        self._huis.stop_all()
        folders = [path.parent for path in self._huis.omgeving.configuraties.values()]
        services = [self._huis.map / name / "convenanten" for name in ("matcher", "sleutelhouder-1")]
        for folder in (*folders, *services):
            (folder / "convenant.yaml").write_text(written, encoding="utf-8")
        self._huis.start_sleutelhouder()
        self._huis.start_matcher()

    def hand_out(self, epoche: int) -> None:
        """Let the sleutelbewaarder make K of an epoch, and every organisation open it."""
        convenant = parse_convenant(dump_yaml(self._document), bron="test")
        bewaarder = read_ondertekensleutel(self._huis.map / "sleutelbewaarder" / "ondertekensleutel.jwk")
        signing = OKPKey.import_key(dict(bewaarder.private_jwk()))
        k = bytes(range(epoche, epoche + 32))
        for oin in self._organisaties:
            folder = self._huis.omgeving.configuraties[oin].parent
            uitgifte = give_out(k, convenant, Epoche(epoche), oin, ondertekenaar=signing)
            opened = open_uitgifte(uitgifte, read_zegelsleutel(folder / "zegel.sleutel"), convenant, ontvanger=oin)
            write_sleutel(folder / f"convenant-{epoche}.sleutel", ConvenantSleutel(opened))

    def tokens_per_epoche(self) -> dict[int, int]:
        """What the matcher's database holds."""
        engine = create_engine(self._huis.postgres.urls(OPZET).eigenaar)
        with engine.connect() as connection:
            found = {row[0]: row[1] for row in connection.execute(_PER_EPOCHE)}
        engine.dispose()
        return found


def _path(huis: Any) -> Path:
    return Path(huis.map / "matcher" / "convenanten" / "convenant.yaml")


async def _make_epoche(url: str, instellingen: Any, convenant: Any, epoche: int) -> Any:
    database = Database(url, pool_size=1)
    codes = [slot.code for slot in NL_1.slots]
    try:
        return await make_epoche(
            database, read_kluis(instellingen), convenant=convenant, epoche=Epoche(epoche), codes=codes, op=now()
        )
    finally:
        await database.close()


def _epoche(nummer: int, van: str | date, tot: str | date, *, gelekt: bool = False) -> dict[str, Any]:
    return {"nummer": nummer, "van": str(van), "tot": str(tot)} | ({"gelekt": True} if gelekt else {})


def _matches(huis: Any, oin: Oin) -> dict[str, tuple[str, ...]]:
    with huis.open(oin) as dienst:
        return {found.match.id: found.clientnummers for found in dienst.matches()}


def _news(huis: Any, oin: Oin) -> list[str]:
    with huis.open(oin) as dienst:
        return [found.notificatie.soort.value.rpartition(".")[2] for found in dienst.notificaties()]


def _roteer(huis: Any, oin: Oin, *options: str) -> dict[str, Any]:
    done = huis.command(oin, "sleutels", "roteer", "--json", *options)
    assert done.returncode == 0, done.stderr
    verslag: dict[str, Any] = json.loads(done.stdout)
    return verslag


@pytest.mark.slow
def test_no_match_is_lost_or_doubled_through_an_overlap_a_retirement_and_a_leak(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    wijkteam, ggz = oins["wijkteam"], oins["ggz"]
    regio = Regio(huis, [wijkteam, ggz])

    def submit(oin: Oin, nummer: int) -> None:
        with huis.open(oin) as dienst:
            dienst.submit(make_persoon(nummer), clientnummer=f"C-{nummer}", signaalsoort=SOORT)

    for nummer in (1, 2, 3, 4):
        submit(wijkteam, nummer)
    submit(ggz, 1)
    first = _matches(huis, wijkteam)
    assert list(first.values()) == [("C-1",)]
    assert _news(huis, wijkteam) == _news(huis, ggz) == ["match-ontstaan"]

    regio.make_keys(2)
    overlap = VANDAAG + timedelta(days=30)
    regio.publish(_epoche(1, BEGIN, overlap), _epoche(2, VANDAAG, EIND))
    refused = huis.command(wijkteam, "sleutels", "roteer")
    assert refused.returncode != 0
    assert "sleutels open" in refused.stderr
    regio.hand_out(2)
    # A new signal bears the tokens of both epochs, and meets one that only has those of the first.
    submit(ggz, 2)
    assert len(_matches(huis, wijkteam)) == 2
    assert _roteer(huis, wijkteam)["hertokend"] == 4
    assert _roteer(huis, ggz)["hertokend"] == 1
    assert _roteer(huis, ggz)["hertokend"] == 0
    assert first.items() <= _matches(huis, wijkteam).items()
    assert len(_matches(huis, wijkteam)) == 2
    assert _news(huis, wijkteam) == _news(huis, ggz) == ["match-ontstaan"]
    assert regio.tokens_per_epoche() == {1: 6 * 12, 2: 6 * 12}

    regio.publish(_epoche(1, BEGIN, VANDAAG - timedelta(days=1)), _epoche(2, VANDAAG - timedelta(days=1), EIND))
    submit(ggz, 3)
    assert regio.tokens_per_epoche() == {2: 7 * 12}
    assert len(_matches(huis, wijkteam)) == 3

    regio.make_keys(3)
    regio.publish(
        _epoche(1, BEGIN, VANDAAG - timedelta(days=1)),
        _epoche(2, VANDAAG - timedelta(days=1), overlap, gelekt=True),
        _epoche(3, VANDAAG, EIND),
    )
    regio.hand_out(3)
    assert regio.tokens_per_epoche() == {}
    assert len(_matches(huis, wijkteam)) == 3
    assert _roteer(huis, wijkteam, "--gelekt")["hertokend"] == 4
    submit(ggz, 4)
    assert _roteer(huis, ggz, "--gelekt")["hertokend"] == 3
    assert regio.tokens_per_epoche() == {3: 8 * 12}
    assert len(_matches(huis, wijkteam)) == len(_matches(huis, ggz)) == 4
    assert _news(huis, wijkteam) == _news(huis, ggz) == ["match-ontstaan"] * 2
