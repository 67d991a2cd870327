"""What holds for every test: a clean environment, no network beyond this machine, repeatable examples."""

import ipaddress
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Deadlines measure how busy the machine is, not the code. On CI the same examples are tried every time, so
# that a failure always belongs to the change that is being tested.
settings.register_profile("lokaal", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "lokaal")


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # a path of a Unix socket
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_developer() -> Iterator[None]:
    """Settings that a developer happens to have in the environment never reach a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("KOPPELRADAR_"):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A connection from Python to another machine fails; libpq and subprocesses are not watched."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise PermissionError("tests do not connect to other machines")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(scope="session")
def wortel() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def readme_voorbeeld(wortel: Path) -> str:
    """The Python example of the README, as a reader would copy it."""
    text = (wortel / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"<!-- voorbeeld -->\n```python\n(.*?)```\n<!-- /voorbeeld -->", text, flags=re.DOTALL)
    assert len(found) == 1
    return str(found[0])
