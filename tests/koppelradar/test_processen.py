"""Child processes come up or say where to look, and are gone afterwards, whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from convenant.pg.ingebed import DatabaseUrls
from koppelradar import processen
from koppelradar.errors import ProcesFout
from koppelradar.processen import (
    ends_like_ctrl_c,
    free_port,
    is_free,
    matcher_environment,
    running,
    running_matcher,
    stop,
    wait_until_ready,
)
from matcher.instellingen import Instellingen

_PRINT_ENVIRONMENT = "import os; print(sorted(n for n in os.environ if n.startswith('KOPPELRADAR_')), os.getpgid(0))\n"
_SLEEP = "import time; print('klaar', flush=True); time.sleep(60)\n"
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + _SLEEP


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Make a module that a child can run."""
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)

    def make(source: str) -> str:
        (tmp_path / "kind.py").write_text(source, encoding="utf-8")
        return "kind"

    return make


def _wait_for(log: Path, word: str) -> None:
    deadline = time.monotonic() + 10
    while word not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "the child did not start"
        time.sleep(0.02)


def test_a_free_port_can_be_listened_on() -> None:
    poort = free_port()
    assert is_free(poort)
    with socket.create_server(("127.0.0.1", poort)):
        assert not is_free(poort)
    assert is_free(poort)


def test_settings_of_the_surroundings_do_not_reach_the_child(
    module: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPPELRADAR_DATABASE_URL", "postgresql://productie")
    monkeypatch.setenv("KOPPELRADAR_PORT", "1")
    log = tmp_path / "log"
    with running([], log=log, module=module(_PRINT_ENVIRONMENT), environment={"KOPPELRADAR_HOST": "x"}) as process:
        process.wait(10)
    names, group = log.read_text(encoding="utf-8").rsplit(maxsplit=1)
    assert names == "['KOPPELRADAR_HOST']"
    assert int(group) != os.getpgid(0)  # so that a Ctrl-C in the terminal is ours to handle


def test_output_and_errors_go_to_the_log_behind_what_was_there(module: Callable[[str], str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("eerder\n", encoding="utf-8")
    source = "import sys; print('uit', flush=True); print('fout', file=sys.stderr)\n"
    with running([], log=log, module=module(source)) as process:
        process.wait(10)
    assert log.read_text(encoding="utf-8").split() == ["eerder", "uit", "fout"]


def test_the_child_is_gone_after_the_block(module: Callable[[str], str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running([], log=log, module=module(_SLEEP)) as process:
        _wait_for(log, "klaar")
    assert process.returncode == -signal.SIGTERM


def test_the_child_is_gone_when_the_block_fails(module: Callable[[str], str], tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), running([], log=tmp_path / "log", module=module(_SLEEP)) as process:
        raise ZeroDivisionError
    assert process.returncode is not None


def test_a_stubborn_child_is_ended(
    module: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processen, "_STOP_SECONDS", 0.2)
    log = tmp_path / "log"
    with running([], log=log, module=module(_STUBBORN)) as process:
        _wait_for(log, "klaar")
    assert process.returncode == -signal.SIGKILL


def test_a_second_ctrl_c_does_not_leave_a_stubborn_child_behind(
    module: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"

    def interrupted(self: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout is not None:
            raise KeyboardInterrupt
        return original(self)

    original = subprocess.Popen.wait
    with running([], log=log, module=module(_STUBBORN)) as process:
        _wait_for(log, "klaar")
        monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            stop(process)
        assert process.returncode == -signal.SIGKILL


def test_stopping_a_process_that_ended_does_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    process.wait(10)
    stop(process)
    assert process.returncode == 3


@pytest.mark.parametrize(
    ("source", "words"),
    [("raise SystemExit('eerst\\ngeen pepper\\n')\n", "geen pepper"), ("raise SystemExit(1)\n", "(niets)")],
    ids=["with a reason", "in silence"],
)
def test_a_process_that_dies_at_start_names_its_log_and_the_end_of_it(
    module: Callable[[str], str], tmp_path: Path, source: str, words: str
) -> None:
    log = tmp_path / "dood.log"
    with running([], log=log, module=module(source)) as process, pytest.raises(ProcesFout) as raised:
        wait_until_ready(f"http://127.0.0.1:{free_port()}/", process, log, naam="matcher")
    assert str(raised.value) == f"De matcher is niet gestart. Het laatste in {log}: {words}"


def test_a_process_that_never_gets_ready_names_its_log(
    module: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processen, "_START_SECONDS", 0.3)
    log = tmp_path / "traag.log"
    with (
        running([], log=log, module=module(_SLEEP)) as process,
        pytest.raises(ProcesFout, match=r"nog niet klaar.*traag\.log"),
    ):
        wait_until_ready(f"http://127.0.0.1:{free_port()}/", process, log, naam="matcher")
    assert process.returncode is not None


def test_not_ready_is_waited_out(module: Callable[[str], str], tmp_path: Path) -> None:
    answers = iter([503, 503, 200])
    asked: list[int] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(next(answers))
            self.send_response(asked[-1])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library names it
            pass

    log = tmp_path / "log"
    with HTTPServer(("127.0.0.1", 0), Answer) as server, running([], log=log, module=module(_SLEEP)) as process:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            wait_until_ready(f"http://127.0.0.1:{server.server_port}/", process, log, naam="matcher")
        finally:
            server.shutdown()
            thread.join()
    assert asked == [503, 503, 200]


def test_a_matcher_without_its_files_is_a_clear_error(tmp_path: Path) -> None:
    instellingen = Instellingen(
        pepper_bestand=tmp_path / "weg.sleutel", convenanten=tmp_path / "weg", port=free_port(), datamap=tmp_path
    )
    database = DatabaseUrls("postgresql+psycopg://x@/x?host=/nergens", "postgresql+psycopg://x@/x?host=/nergens")
    log = tmp_path / "matcher.log"
    with pytest.raises(ProcesFout, match=r"matcher\.log"), running_matcher(instellingen, database, log=log):
        pass
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_the_matcher_connects_as_the_application_and_gets_every_setting_that_differs(tmp_path: Path) -> None:
    instellingen = Instellingen(
        pepper_bestand=tmp_path / "p", sleutel_bestand=tmp_path / "s", logsleutel_bestand=tmp_path / "l", port=8199
    )
    environment = matcher_environment(instellingen, DatabaseUrls(eigenaar="eigenaar", toepassing="toepassing"))
    assert environment["KOPPELRADAR_DATABASE_URL"] == "toepassing"
    assert "eigenaar" not in environment.values()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        read = Instellingen(datamap=instellingen.datamap)
    assert read == instellingen.model_copy(update={"database_url": "toepassing"})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_terminal_is_like_ctrl_c(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with ends_like_ctrl_c(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ends_like_ctrl_c():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
