"""The matcher's own code on a real PostgreSQL: the one place of this bench that knows how signals are stored.

Acts go through `matcher.diensten`, as behind its HTTP interface; a dump is read with plain SQL, as a thief would.
"""

import asyncio
import hashlib
import secrets
import tempfile
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from joserfc.jwk import OKPKey
from sqlalchemy import NullPool, create_engine, text

from client_sdk.koppeltokens import Tokenset
from convenant.canoniek import content_hash
from convenant.invullen import with_plafond, with_public_keys
from convenant.kalender import next_month
from convenant.laden import document_from_yaml
from convenant.model import Convenant
from convenant.ondertekening import Bundel, dump_bundel, sign_together
from convenant.pg.convenantenlijst import Convenantenlijst
from convenant.pg.database import Database
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.profielen import NL_1
from convenant.types import Epoche, Oin, Omgeving, Rol
from convenant.web.types import Client
from koppelradar.bench.aanval.buit import Dump, Gevondensignaal, Tabellen
from matcher.diensten.convenanten import take_as_operator
from matcher.diensten.indienen import submit
from matcher.diensten.inzien import granted_matches
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.mogelijk import own_mogelijke
from matcher.diensten.starten import open_database
from matcher.diensten.wekker import Wekker
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.pepper import Pepper
from matcher.domein.signaal import Inzending
from matcher.domein.signaal import Tokenset as Hashset
from matcher.logboek.handeling import Bladmaker
from matcher.opslag.opzet import OPZET
from matcher.types import MedewerkerPseudoniem, SignaalId

_PAGE: Final = 1000
_NO_LIMIT: Final = 1_000_000
_ZEKER: Final = NL_1.slots[0].code
_BETWEEN: Final = timedelta(minutes=7)

_Lezer = Callable[..., Coroutine[Any, Any, tuple[list[dict[str, Any]], UUID | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indiening:
    """A signal as the SDK of an organisation sends it."""

    id: UUID
    epoche: Epoche
    signaalsoort: str
    verloopt_op: date
    tokenset: Tokenset
    referentie: bytes = field(repr=False)


class Matcheropslag:
    """A matcher that serves one convenant. Its clock moves on by seven minutes with each submission."""

    def __init__(
        self, kern: Kern, runner: asyncio.Runner, klok: "_Klok", afspraak: "_Afspraak", *, eigenaar: str
    ) -> None:
        self._kern = kern
        self._afspraak = afspraak
        self._runner = runner
        self._klok = klok
        self._eigenaar = eigenaar

    @property
    def convenant(self) -> Convenant:
        """The agreement it serves."""
        return next(iter(self._kern.convenanten.values()))

    @property
    def vandaag(self) -> date:
        """The day of its clock."""
        return self._kern.vandaag()

    def submit(self, oin: Oin, medewerker: bytes, indieningen: Sequence[Indiening]) -> None:
        """Store up to a thousand signals of one organisation, all in one act."""
        self._klok.nu += _BETWEEN
        inzendingen = [self._inzending(indiening) for indiening in indieningen]
        sleutel = secrets.token_urlsafe(16)
        verzoek_hash = hashlib.sha256(sleutel.encode()).digest()
        self._runner.run(
            submit(self._kern, _aanroeper(oin, medewerker), inzendingen, sleutel=sleutel, verzoek_hash=verzoek_hash)
        )

    def set_plafonds(self) -> None:
        """Let the limits of the convenant hold, from a new month on; filling it with years of signals went without."""
        self.begin_month()
        bundel = self._afspraak.with_plafonds(self._klok.nu)
        self._runner.run(take_as_operator(self._kern, [("convenant", bundel)]))

    def begin_month(self) -> None:
        """Set the clock to the beginning of the next month, in which nothing was counted yet."""
        self._klok.nu = next_month(self._klok.nu)

    def coinciding(self, oin: Oin, medewerker: bytes) -> set[tuple[UUID, str]]:
        """Return which of its own signals an organisation is told coincide with another one, and in which slot.

        Matches and possible matches, as far as the convenant grants them.
        """
        aanroeper = _aanroeper(oin, medewerker)
        matches = self._pages(partial(granted_matches, self._kern, aanroeper))
        found = {(UUID(signaal), _ZEKER) for match in matches for signaal in match["eigenSignalen"]}
        mogelijke = self._pages(partial(own_mogelijke, self._kern, aanroeper))
        return found | {(UUID(paar["eigenSignaal"]), slot) for paar in mogelijke for slot in paar["sloten"]}

    def dump(self) -> Dump:
        """Return a copy of every table, read as the owner of the database."""
        engine = create_engine(self._eigenaar, poolclass=NullPool)
        with engine.connect() as connection:
            names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
            tabellen = {
                name: [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]  # noqa: S608
                for name in sorted(names)
            }
        return Dump(tuple(_signalen(tabellen)), tabellen)

    def _inzending(self, indiening: Indiening) -> Inzending:
        hashes = tuple(map(self._kern.pepper.hash, indiening.tokenset.koppeltokens))
        return Inzending(
            id=SignaalId(indiening.id),
            convenant=self.convenant.id,
            profiel=NL_1.naam,
            signaalsoort=indiening.signaalsoort,
            verloopt_op=indiening.verloopt_op,
            tokensets=(Hashset(epoche=indiening.epoche, hashes=hashes),),
            referentie=indiening.referentie,
        )

    def _pages(self, read: "_Lezer") -> Iterator[dict[str, Any]]:
        na: UUID | None = None
        while True:
            found, na = self._runner.run(read(na=na, limiet=_PAGE))
            yield from found
            if na is None:
                return


@contextmanager
def running_matcheropslag(convenant: str, pepper: Pepper, *, op: date) -> Iterator[Matcheropslag]:
    """Run a matcher on an empty database, for a convenant in YAML; its clock starts on that day.

    The limits of the convenant hold from `set_plafonds` on.
    Raises StartFout where the embedded PostgreSQL is not installed or does not start.
    """
    klok = _Klok(datetime(op.year, op.month, op.day, 8, tzinfo=UTC))
    with tempfile.TemporaryDirectory(prefix="koppelradar-aanval-") as name, asyncio.Runner() as runner:
        folder = Path(name)
        (folder / "convenanten").mkdir()
        afspraak = _Afspraak.among_new_keys(convenant)
        bundel = dump_bundel(afspraak.without_plafonds(klok()))
        (folder / "convenanten" / "convenant.bundel.json").write_text(bundel, encoding="utf-8")
        with EmbeddedPostgres(folder / "data") as server:
            urls = server.prepare(OPZET)
            database = Database(urls.toepassing)
            try:
                lijst = runner.run(_open(database, folder / "convenanten", pepper, klok))
                kern = _kern(database, lijst, pepper, klok)
                yield Matcheropslag(kern, runner, klok, afspraak, eigenaar=urls.eigenaar)
            finally:
                runner.run(database.close())


class _Klok:
    def __init__(self, nu: datetime) -> None:
        self.nu = nu

    def __call__(self) -> datetime:
        return self.nu


@dataclass(frozen=True, slots=True)
class _Afspraak:
    """The convenant under keys made for this, and signed by everybody: who signed does not matter to an attack."""

    document: dict[str, Any]
    sleutels: Mapping[Oin, OKPKey] = field(repr=False)

    @classmethod
    def among_new_keys(cls, convenant: str) -> "_Afspraak":
        document = document_from_yaml(convenant, bron="convenant")
        sleutels = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
        publiek = {oin: {k: str(v) for k, v in s.as_dict(private=False).items()} for oin, s in sleutels.items()}
        return cls(with_public_keys(document, publiek), sleutels)

    def without_plafonds(self, op: datetime) -> Bundel:
        return sign_together(self._ruim(), self.sleutels, op=op)

    def with_plafonds(self, op: datetime) -> Bundel:
        opvolging = {"versie": 1, "hash": content_hash(self._ruim()), "lopendeSignalen": "nieuwe-regels"}
        return sign_together({**self.document, "versie": 2, "opvolging": opvolging}, self.sleutels, op=op)

    def _ruim(self) -> dict[str, Any]:
        return with_plafond(self.document, _NO_LIMIT)


async def _open(database: Database, folder: Path, pepper: Pepper, klok: _Klok) -> Convenantenlijst:
    return await open_database(database, folder, pepper=pepper, omgeving=Omgeving.PROEF, klok=klok)


def _kern(database: Database, lijst: Convenantenlijst, pepper: Pepper, klok: _Klok) -> Kern:
    return Kern(
        database=database,
        lijst=lijst,
        pepper=pepper,
        kenmerker=Kenmerker.from_pepper(pepper),
        bladmaker=Bladmaker(secrets.token_bytes(32)),
        wekker=Wekker(),
        omgeving=Omgeving.PROEF,
        klok=klok,
    )


def _aanroeper(oin: Oin, medewerker: bytes) -> Aanroeper:
    return Aanroeper(Client(oin), MedewerkerPseudoniem(medewerker), Rol.SIGNALEERDER.value)


def _signalen(tabellen: Tabellen) -> Iterator[Gevondensignaal]:
    hashes: defaultdict[UUID, dict[int, bytes]] = defaultdict(dict)
    for row in tabellen["koppelindex"]:
        hashes[row["signaal_id"]][row["slot"]] = bytes(row["token_hash"])
    for row in sorted(tabellen["signaal"], key=lambda row: row["id"].bytes):
        yield Gevondensignaal(
            id=row["id"],
            organisatie=Oin(row["organisatie"]),
            medewerker=bytes(row["medewerker"]),
            signaalsoort=row["signaalsoort"],
            ingediend_op=row["ingediend_op"],
            verloopt_op=row["verloopt_op"],
            referentie=bytes(row["referentie"]),
            hashes=tuple(token_hash for _, token_hash in sorted(hashes[row["id"]].items())),
        )
