"""A folder with a convenant and the key files of its parties, and the command as people type it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey
from typer.testing import CliRunner, Result

from convenant.cli import convenant_app
from convenant.invullen import with_public_keys
from convenant.laden import dump_yaml
from convenant.sleutelbestanden import write_secret
from convenant.types import Oin

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
# Made once: keys are slow to make, and nothing depends on which ones they are.
SLEUTELS = {oin: OKPKey.generate_key("Ed25519") for oin in (VT, WIJKTEAM, SCHOOL, NIEUW)}


def _public(key: OKPKey) -> dict[str, str]:
    x = str(key.as_dict(private=False)["x"])
    return {"kid": str(key.thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}


@dataclass(frozen=True)
class Bureau:
    """A desk with files."""

    folder: Path

    @property
    def yaml(self) -> Path:
        return self.folder / "test.yaml"

    @property
    def bundel(self) -> Path:
        return self.folder / "test.bundel.json"

    def sleutel(self, oin: str) -> Path:
        return self.folder / f"{oin}.jwk"

    def run(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(convenant_app, [str(argument) for argument in arguments])

    def sign(self, oin: str, *more: str | Path, bestand: Path | None = None) -> Result:
        return self.run("onderteken", bestand or self.yaml, "--oin", oin, "--sleutel", self.sleutel(oin), *more)

    def houder(self, command: str, partij: str, *more: str | Path) -> Result:
        return self.run(command, self.bundel, "--partij", partij, "--sleutel", self.sleutel(VT), *more)

    def ask(self, **changes: Any) -> Result:
        """Let an organisation that is no party yet ask to join."""
        path = self.folder / "nieuw.yaml"
        path.write_text(dump_yaml({**self.joiner(), **changes}), encoding="utf-8")
        return self.run("toetreden", self.bundel, "--partij", path, "--sleutel", self.sleutel(NIEUW))

    def joiner(self) -> dict[str, Any]:
        return {
            "oin": NIEUW,
            "naam": "Basisschool",
            "sector": "onderwijs",
            "rollen": ["signaleerder"],
            "omvang": 300,
            "sleutels": [_public(SLEUTELS[NIEUW])],
            "contact": {"afdeling": "Zorgteam", "telefoon": "000-0000000", "email": "zorg@example.nl"},
        }

    def seal(self) -> Result:
        return self.run("bundel", self.bundel, "--uit", self.bundel, "--sleutel", self.sleutel(VT))

    def report(self) -> dict[str, Any]:
        """Return what `verifieer --json` says, whatever its exit code."""
        found: dict[str, Any] = json.loads(self.run("verifieer", self.bundel, "--json").stdout)
        return found

    def words(self) -> dict[str, str]:
        return {partij["oin"]: partij["woord"] for partij in self.report()["partijen"]}


def write_key(path: Path, key: OKPKey) -> None:
    """Write a private JWK as 'sleutels maak' does."""
    write_secret(path, json.dumps(key.as_dict(private=True) | {"kid": key.thumbprint()}))


@pytest.fixture(scope="session")
def write_key_file() -> Callable[[Path, OKPKey], None]:
    """Write a private JWK to a new file."""
    return write_key


@pytest.fixture
def bureau(tmp_path: Path, document: dict[str, Any]) -> Bureau:
    """A desk with a convenant that nobody signed yet; its period holds every day on which tests run."""
    for oin, key in SLEUTELS.items():
        write_key(tmp_path / f"{oin}.jwk", key)
    document |= {"geldigVan": "2020-01-01", "geldigTot": "2099-12-31"}
    document["toetreding"] = [
        {"artikel": "2.3", "sectoren": ["onderwijs"], "rollen": ["signaleerder"], "toelichting": "Scholen later."}
    ]
    parties = {Oin(partij["oin"]) for partij in document["partijen"]}
    document = with_public_keys(document, {oin: _public(key) for oin, key in SLEUTELS.items() if oin in parties})
    (tmp_path / "test.yaml").write_text(dump_yaml(document), encoding="utf-8")
    return Bureau(tmp_path)
