"""`koppelradar proef` as a supplier runs it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Koppelradar
from convenant.types import Oin
from convenant.web.errors import StartFout
from koppelradar.errors import OmgevingFout
from koppelradar.processen import free_port, is_free
from koppelradar.proef.proef import LEVERANCIER, TEGENPARTIJ, run
from koppelradar.proef.tegenpartij import SIGNAALSOORT
from koppelradar.proef.testpersonen import TESTPERSONEN
from koppelradar.proef.testpersonen import Testpersoon as _Testpersoon  # not a test, though its name begins with Test

FLEUR, _, _, NOOR = TESTPERSONEN
_START_SECONDS = 40
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Proef:
    """A sandbox in a process of its own."""

    folder: Path
    poort: int
    process: subprocess.Popen[bytes]
    output: Path

    def shown(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not done():
            assert self.process.poll() is None, self.shown()
            assert time.monotonic() < deadline, self.shown()
            time.sleep(0.05)

    def configuratie(self, oin: Oin) -> Path:
        return self.folder / oin / "koppelradar.toml"


def _start(base: Path, *, poort: int | None = None) -> Proef:
    # A name that a markup language reads in its own way.
    folder, poort, output = base / "een[red]proef", poort or free_port(), base / "uitvoer.txt"
    command = [sys.executable, "-m", "koppelradar", "proef", "--map", str(folder), "--poort", str(poort)]
    with output.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, stdin=subprocess.DEVNULL)
    return Proef(folder, poort, process, output)


def _end(proef: Proef, number: signal.Signals) -> int:
    if proef.process.poll() is None:
        proef.process.send_signal(number)
    return proef.process.wait(_STOP_SECONDS)


@pytest.fixture(scope="module")
def proef(ruim: Path) -> Iterator[Proef]:
    started = _start(ruim)
    try:
        started.wait_until(lambda: "signaal indienen" in started.shown())
        yield started
        assert _end(started, signal.SIGTERM) == 0
        assert is_free(started.poort)
    finally:
        if started.process.poll() is None:
            started.process.kill()


@pytest.fixture
def leverancier(proef: Proef) -> Iterator[Koppelradar]:
    with Koppelradar.open(load_configuratie(proef.configuratie(LEVERANCIER)), account="leverancier") as radar:
        yield radar


def _submit(radar: Koppelradar, testpersoon: _Testpersoon) -> None:
    radar.submit(testpersoon.persoon, clientnummer=testpersoon.clientnummer, signaalsoort=SIGNAALSOORT)


def test_tells_a_supplier_everything_needed_to_get_in(proef: Proef) -> None:
    shown = proef.shown()
    url = f"http://127.0.0.1:{proef.poort}/v1"
    configuratie = load_configuratie(proef.configuratie(LEVERANCIER))
    for needed in (
        f"{url}/openapi.json",
        f"{url}/token",
        LEVERANCIER,
        str(configuratie.ondertekensleutel),
        str(configuratie.convenant),
        f"export KOPPELRADAR_CONFIGURATIE='{proef.configuratie(LEVERANCIER)}'",
        "Ctrl-C",
    ):
        assert needed in shown
    for testpersoon in TESTPERSONEN:
        assert testpersoon.persoon.geslachtsnaam in shown
        assert str(testpersoon.persoon.geboortedatum) in shown


def test_shows_no_secret(proef: Proef) -> None:
    secrets = [path.read_text(encoding="utf-8").strip() for path in proef.folder.rglob("*.sleutel")]
    assert len(secrets) >= 2 * 3
    logs = [path.read_text(encoding="utf-8") for path in proef.folder.glob("*.log")]
    assert len(logs) == 3
    assert not any(secret in text for secret in secrets for text in [proef.shown(), *logs])


def test_serves_the_description_that_it_names(proef: Proef) -> None:
    answer = httpx.get(f"http://127.0.0.1:{proef.poort}/v1/openapi.json", trust_env=False)
    assert answer.json()["openapi"].startswith("3.1")


def test_a_known_person_gives_a_match_within_seconds_through_the_configuration_it_wrote(
    leverancier: Koppelradar,
) -> None:
    _submit(leverancier, FLEUR)
    everything = [*leverancier.notificaties(wacht=10), *leverancier.notificaties(wacht=10)]
    told = [found for found in everything if found.match and FLEUR.clientnummer in found.clientnummers]
    assert [found.notificatie.soort for found in told] == [NotificatieSoort.MATCH_ONTSTAAN]
    assert told[0].match is not None
    (partij,) = told[0].match.match.partijen
    assert partij.organisatie is not None
    assert partij.organisatie.oin == TEGENPARTIJ


def test_no_log_names_a_test_person(proef: Proef, leverancier: Koppelradar) -> None:
    _submit(leverancier, FLEUR)
    # What the other party logs is there once it was told of the match.
    proef.wait_until(lambda: "notificatie" in (proef.folder / "tegenpartij.log").read_text(encoding="utf-8"))
    logs = "".join(path.read_text(encoding="utf-8") for path in proef.folder.glob("*.log"))
    for testpersoon in TESTPERSONEN:
        assert testpersoon.persoon.geslachtsnaam not in logs
        assert str(testpersoon.persoon.geboortedatum) not in logs


@pytest.mark.slow
def test_the_other_party_withdraws_and_comes_back(leverancier: Koppelradar) -> None:
    _submit(leverancier, NOOR)
    heard: list[NotificatieSoort] = []
    deadline = time.monotonic() + 60
    while len(heard) < 3 and time.monotonic() < deadline:
        told = leverancier.notificaties(wacht=10)
        heard += [found.notificatie.soort for found in told if NOOR.clientnummer in found.clientnummers]
    ontstaan, vervallen = NotificatieSoort.MATCH_ONTSTAAN, NotificatieSoort.MATCH_VERVALLEN
    assert heard[:3] == [ontstaan, vervallen, ontstaan]


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("", encoding="utf-8")
    with pytest.raises(OmgevingFout, match="is niet leeg"):
        run(tmp_path, poort=None)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_a_sandbox_that_still_runs_is_not_started_twice(proef: Proef) -> None:
    with pytest.raises(OmgevingFout, match="Draait zij nog"):
        run(proef.folder, poort=None)
    assert proef.process.poll() is None


def test_a_sandbox_keeps_its_port(proef: Proef) -> None:
    with pytest.raises(OmgevingFout, match=f"gebruikt poort {proef.poort}"):
        run(proef.folder, poort=free_port())


@pytest.mark.slow
def test_a_sandbox_is_taken_up_again_with_its_keys_and_signals() -> None:
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        first = _start(Path(name))
        first.wait_until(lambda: "signaal indienen" in first.shown())
        with Koppelradar.open(load_configuratie(first.configuratie(LEVERANCIER)), account="leverancier") as radar:
            _submit(radar, FLEUR)
            assert len(list(radar.notificaties(wacht=20))) == 1
        assert _end(first, signal.SIGTERM) == 0
        again = _start(Path(name), poort=first.poort)
        again.wait_until(lambda: "signaal indienen" in again.shown())
        try:
            with Koppelradar.open(load_configuratie(again.configuratie(LEVERANCIER)), account="leverancier") as radar:
                assert [match.clientnummers for match in radar.matches()] == [(FLEUR.clientnummer,)]
        finally:
            assert _end(again, signal.SIGTERM) == 0


def test_a_taken_port_is_refused_before_anything_is_written(proef: Proef, tmp_path: Path) -> None:
    with pytest.raises(OmgevingFout, match=f"Poort {proef.poort} is al in gebruik"):
        run(tmp_path / "nieuw", poort=proef.poort)
    assert not (tmp_path / "nieuw").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    with pytest.raises(OmgevingFout, match="kan niet worden gemaakt"):
        run(tmp_path / "bestand", poort=None)


@pytest.mark.parametrize("name", ["mijn proef", "proef's", "proef;ls", "$HOME"])
def test_a_folder_that_postgresql_cannot_live_in_is_one_clear_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(StartFout, match="spatie of leesteken"):
        run(tmp_path / name, poort=None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("early", [True, False], ids=["while it starts", "while it runs"])
def test_sigterm_leaves_nothing_behind(early: bool, processes_naming: Callable[[str], list[str]]) -> None:
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        started = _start(Path(name))
        try:
            log = started.folder / "matcher.log"
            # The log is there when the matcher has just been started, and PostgreSQL runs.
            started.wait_until(log.exists if early else lambda: "signaal indienen" in started.shown())
            assert len(processes_naming(str(started.folder))) > 1
            code = _end(started, signal.SIGTERM)
        finally:
            if started.process.poll() is None:
                started.process.kill()
        assert code == 0
        assert "Traceback" not in started.shown()
        assert processes_naming(str(started.folder)) == []
        assert is_free(started.poort)


@pytest.mark.slow
def test_a_child_that_stops_ends_the_sandbox(processes_naming: Callable[[str], list[str]]) -> None:
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        started = _start(Path(name))
        try:
            started.wait_until(lambda: "signaal indienen" in started.shown())
            os.kill(_pid_of_tegenpartij(started), signal.SIGKILL)
            assert started.process.wait(_STOP_SECONDS) == 1
        finally:
            _end(started, signal.SIGTERM)
        assert "Fout: Een onderdeel van de proefomgeving is gestopt." in started.shown()
        assert "tegenpartij.log" in started.shown()
        assert processes_naming(str(started.folder)) == []


def _pid_of_tegenpartij(proef: Proef) -> int:
    listing = subprocess.run(["ps", "-eo", "pid,args", "-ww"], capture_output=True, text=True, check=True)  # noqa: S607
    argument = str(proef.configuratie(TEGENPARTIJ))
    (line,) = [line for line in listing.stdout.splitlines() if argument in line]
    return int(line.split()[0])


def test_a_listener_on_every_address_takes_the_port_too() -> None:
    with socket.create_server(("", 0)) as other:
        assert not is_free(other.getsockname()[1])
