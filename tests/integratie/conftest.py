"""The parts as real processes: PostgreSQL, a matcher, and organisations with SDKs of their own."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from client_sdk.client import AsyncMatcherClient
from client_sdk.client.core import Aanmelding
from client_sdk.client.model import SignaalInzending
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Indiening, Koppelradar
from client_sdk.dienst.inzendingen import Inzendingen
from client_sdk.dienst.tokenisering import HmacTokeniser
from client_sdk.dienst.voorbereiding import load_voorbereider
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.persoon import Persoon
from client_sdk.register.model import TeTokeniseren
from client_sdk.sleutels import read_ondertekensleutel
from convenant.kalender import local_date
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.types import Oin
from koppelradar.omgeving import Proefomgeving, make_proefomgeving, open_venster
from koppelradar.omgeving.diensten import sleutelhouder_database
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import free_port, running_matcher, running_sleutelhouder, running_werker, stop
from matcher.opslag.opzet import OPZET

SCHOOL = Oin("00000099000000061000")
WIJKTEAM = Oin("00000099000000011000")
GGZ = Oin("00000099000000041000")
VEILIG_THUIS = Oin("00000099000000001000")


def _naam(bron: random.Random) -> str:
    return "".join(bron.choice("bdfgklmnprst") + bron.choice("aeo") for _ in range(6)).capitalize()


def persoon(nummer: int) -> Persoon:
    """An invented person; another number is another person, who resembles nobody."""
    voornaam, achternaam = (_naam(random.Random(f"{kind}{nummer}")) for kind in ("v", "a"))  # noqa: S311 - invented
    return Persoon(
        voornamen=voornaam,
        voorvoegsel="van",
        geslachtsnaam=achternaam,
        geboortedatum=f"20{10 + nummer % 10}-0{1 + nummer % 9}-1{nummer % 9}",
    )


@dataclass
class Huis:
    """A running matcher with organisations around it."""

    omgeving: Proefomgeving
    map: Path
    postgres: EmbeddedPostgres
    processes: ExitStack = field(default_factory=ExitStack)
    matcher: subprocess.Popen[bytes] | None = None
    werker: subprocess.Popen[bytes] | None = None
    sleutelhouders: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start_matcher(self, *, werker: bool = True) -> subprocess.Popen[bytes]:
        running: AbstractContextManager[subprocess.Popen[bytes]] = running_matcher(
            self.omgeving.matcher, self.postgres.prepare(OPZET), log=self.map / "matcher.log", werker=werker
        )
        self.matcher = self.processes.enter_context(running)
        return self.matcher

    def start_werker(self) -> subprocess.Popen[bytes]:
        """Start a worker in a process of its own."""
        running: AbstractContextManager[subprocess.Popen[bytes]] = running_werker(
            self.omgeving.matcher, self.postgres.urls(OPZET), log=self.map / "werker.log"
        )
        self.werker = self.processes.enter_context(running)
        return self.werker

    def split_werker(self) -> subprocess.Popen[bytes]:
        """From now on the matcher serves only, and a worker beside it does the rest; the worker."""
        assert self.matcher is not None
        stop(self.matcher)
        self.start_matcher(werker=False)
        return self.start_werker()

    def start_sleutelhouder(self, nummer: int = 1) -> subprocess.Popen[bytes]:
        running: AbstractContextManager[subprocess.Popen[bytes]] = running_sleutelhouder(
            self.omgeving.sleutelhouders[nummer - 1],
            sleutelhouder_database(self.postgres, nummer),
            log=self.map / f"sleutelhouder-{nummer}.log",
        )
        process = self.processes.enter_context(running)
        self.sleutelhouders[nummer] = process
        return process

    def stop_all(self) -> None:
        """Stop matcher and sleutelhouders, in order."""
        self.processes.close()

    def open_venster(self, oin: Oin, punten: int) -> None:
        open_venster(self.omgeving, self.postgres, oin, punten)

    def kill_postgres(self) -> None:
        """Kill the database server as a crash would; returns when none of its processes is left."""
        [pid, *_] = (self.omgeving.matcher.datamap / "postgres" / "postmaster.pid").read_text().splitlines()
        postmaster = psutil.Process(int(pid))
        processes = [postmaster, *postmaster.children(recursive=True)]
        postmaster.kill()
        _, left = psutil.wait_procs(processes, timeout=30)
        assert not left
        self.postgres.stop()  # which now only forgets it

    def restart_postgres(self) -> None:
        self.postgres = EmbeddedPostgres(self.omgeving.matcher.datamap)

    def open(self, oin: Oin, *, herhaalbeleid: Herhaalbeleid | None = None) -> Koppelradar:
        configuratie = load_configuratie(self.omgeving.configuraties[oin])
        return Koppelradar.open(configuratie, account="test", herhaalbeleid=herhaalbeleid)

    def async_client(self, oin: Oin, herhaalbeleid: Herhaalbeleid | None = None) -> AsyncMatcherClient:
        configuratie = load_configuratie(self.omgeving.configuraties[oin])
        sleutel = load_voorbereider(configuratie).organisatiesleutel
        aanmelding = Aanmelding(
            url=configuratie.matcher_url,
            oin=oin,
            ondertekensleutel=read_ondertekensleutel(configuratie.ondertekensleutel),
        )
        pseudoniem = medewerker_pseudoniem(sleutel, "test")
        return AsyncMatcherClient(aanmelding, medewerker=pseudoniem, herhaalbeleid=herhaalbeleid)

    def inzendingen(self, oin: Oin, nummers: range) -> list[SignaalInzending]:
        """Signals on persons, ready to be sent, without a register."""
        voorbereider = load_voorbereider(load_configuratie(self.omgeving.configuraties[oin]))
        nu = datetime.now(UTC)
        nieuwe = [
            voorbereider.prepare(
                Indiening(persoon=persoon(n), clientnummer=f"C{n}", signaalsoort="huiselijk-geweld"), nu=nu
            )
            for n in nummers
        ]
        inzendingen = Inzendingen(
            convenant=voorbereider.convenant,
            oin=oin,
            organisatiesleutel=voorbereider.organisatiesleutel,
            tokeniser=HmacTokeniser(voorbereider.sleutelring, voorbereider.organisatiesleutel),
        )
        wachtend = [TeTokeniseren(signaal=n.signaal, persoon=n.persoon, kaart=n.kaart) for n in nieuwe]
        vandaag = local_date(nu)
        getokend = inzendingen.make(wachtend, epochen=voorbereider.epochen(vandaag), vandaag=vandaag)
        return [een.inzending for een in getokend]

    def command(
        self, oin: Oin, *arguments: str, invoer: str = "", cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command line of one organisation, as its administrator would."""
        environment = {
            **os.environ,
            "KOPPELRADAR_CONFIGURATIE": str(self.omgeving.configuraties[oin]),
            "COLUMNS": "200",
        }
        return subprocess.run(
            [sys.executable, "-m", "koppelradar", *arguments],
            env=environment,
            cwd=cwd,
            input=invoer,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def make_persoon() -> Callable[[int], Persoon]:
    return persoon


@contextmanager
def _running_huis(sleutelhouders: int) -> Iterator[Huis]:
    # Not in pytest's own temporary folder: as root the database server runs as another user, who cannot get in there.
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        folder = Path(name)
        postgres = EmbeddedPostgres(folder / MATCHER)
        omgeving = make_proefomgeving(
            folder,
            postgres,
            organisaties=(SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS),
            poort=free_port(),
            sleutelhouder_poorten=[free_port() for _ in range(sleutelhouders)],
        )
        house = Huis(omgeving, folder, postgres)
        try:
            with house.processes:
                for nummer in range(1, sleutelhouders + 1):
                    house.start_sleutelhouder(nummer)
                house.start_matcher()
                yield house
        finally:
            house.postgres.stop()


@pytest.fixture(scope="module")
def huis() -> Iterator[Huis]:
    """One house per test module; tests in it use persons of their own."""
    with _running_huis(sleutelhouders=1) as house:
        yield house


@pytest.fixture(scope="module")
def huis_met_twee() -> Iterator[Huis]:
    """A house whose convenant names two sleutelhouders."""
    with _running_huis(sleutelhouders=2) as house:
        yield house


@pytest.fixture(scope="session")
def oins() -> dict[str, Oin]:
    return {"school": SCHOOL, "wijkteam": WIJKTEAM, "ggz": GGZ, "vt": VEILIG_THUIS}


@pytest.fixture
def signaal_json() -> Callable[..., dict[str, Any]]:
    def make(nummer: int, clientnummer: str) -> dict[str, Any]:
        who = persoon(nummer)
        return {
            "clientnummer": clientnummer,
            "voornamen": who.voornamen,
            "voorvoegsel": who.voorvoegsel,
            "geslachtsnaam": who.geslachtsnaam,
            "geboortedatum": who.geboortedatum,
        }

    return make
