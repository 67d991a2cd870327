"""The packages that are measured beside ours, each in an environment of its own.

They cannot share ours: clkhash 0.18.3 asks for cryptography older than 41, openlinktoken 2.2.1 for exactly one version,
and no package that is only compared with may decide which cryptography the SDK runs on.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from client_sdk.persoon import Persoon
from koppelradar.bench import snelheidwerker
from koppelradar.bench.snelheid import CLKHASH, OPENLINKTOKEN, Tijd
from koppelradar.errors import OnderdeelOntbreekt, ProcesFout

VERSIES: Final[Mapping[str, str]] = {OPENLINKTOKEN: "2.2.1", CLKHASH: "0.18.3"}
"""What we measured against; another version that somebody installed is measured just as well, and named."""

_WAIT_SECONDS: Final = 10


def default_map() -> Path:
    """Return where the environments are looked for when nobody says otherwise: beside this Python's own packages."""
    return Path(sys.prefix) / "vergelijking"


def _python(omgeving: Path) -> Path:
    return omgeving / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _missing(naam: str, omgeving: Path) -> OnderdeelOntbreekt:
    return OnderdeelOntbreekt(
        f"Voor deze meting is {naam} nodig, in een eigen omgeving. Voer eerst uit:\n"
        f"  {sys.executable} -m venv {omgeving}\n"
        f"  {_python(omgeving)} -m pip install {naam}=={VERSIES[naam]}"
    )


class Vergelijking:
    """A package at work in a process of its own, from `with` to its end.

    Entering raises OnderdeelOntbreekt, with the commands that install it, when the environment or the package in it is
    not there. The process inherits the core to which this one is bound.
    """

    def __init__(self, naam: str, *, folder: Path) -> None:
        self.naam = naam
        self.versies: Mapping[str, str] = {}
        self._omgeving = folder / naam
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        python = _python(self._omgeving)
        if not python.exists():
            raise _missing(self.naam, self._omgeving)
        # -P: the folder of the script, with modules of ours, stays out of the package's way.
        command = [str(python), "-P", str(snelheidwerker.__file__), self.naam]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=environment,
        )
        hello = self._read()
        if "ontbreekt" in hello:
            self._stop()
            raise _missing(self.naam, self._omgeving)
        self.versies = hello["versies"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        """Return its figure. Raises ProcesFout when its process does not answer."""
        if self._process is None or self._process.stdin is None:
            raise ProcesFout(f"{self.naam} is niet gestart.")
        regels = [(p.voornamen, f"{p.voorvoegsel} {p.geslachtsnaam}".strip(), p.geboortedatum) for p in personen]
        try:
            self._process.stdin.write(json.dumps(regels) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._broken() from error
        answer = self._read()
        return {self.naam: Tijd(answer["personen"], answer["tokens"], answer["seconden"])}

    def _read(self) -> Any:
        line = self._process.stdout.readline() if self._process and self._process.stdout else ""
        if not line:
            self._stop()
            raise self._broken()
        return json.loads(line)

    def _broken(self) -> ProcesFout:
        return ProcesFout(
            f"{self.naam} is tijdens de meting gestopt. Installeer {self.naam}=={VERSIES[self.naam]} opnieuw."
        )

    def _stop(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        with process:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(_WAIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
