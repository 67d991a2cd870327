"""The files in deploy/: their structure, and what the programs that read them say, where those are installed."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from convenant.sleutelhouder.instellingen import Instellingen as SleutelhouderInstellingen
from matcher.instellingen import Instellingen

_PREFIX = "SLEUTELHOUDER_"
_SETTING = re.compile(r"KOPPELRADAR_([A-Z_]+)")
_COMPOSE = {"matcher": "compose.yaml", "sleutelhouder": "compose-sleutelhouder.yaml"}
_UNITS = (
    "koppelradar-matcher.service",
    "koppelradar-migratie.service",
    "koppelradar-sleutelhouder.service",
    "koppelradar-sleutelhouder-migratie.service",
)
_SETTINGS = {
    *(name.upper() for name in Instellingen.model_fields),
    *(f"{_PREFIX}{name.upper()}" for name in SleutelhouderInstellingen.model_fields),
}
_SCRIPTS = ("bare-machine.sh", "compose-geheimen.sh", "postgresql/10-rollen.sh")


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    return found or pytest.skip(f"{name} is not installed")


def _run(*command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def deploy(wortel: Path) -> Path:
    return wortel / "deploy"


@pytest.fixture(scope="module", params=list(_COMPOSE))
def dienst(request: pytest.FixtureRequest) -> str:
    """Each service that has a compose file of its own."""
    return str(request.param)


@pytest.fixture(scope="module")
def compose(deploy: Path, dienst: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((deploy / _COMPOSE[dienst]).read_text(encoding="utf-8"))
    return document


def test_a_container_of_ours_cannot_write_or_gain_rights(compose: dict[str, Any], dienst: str) -> None:
    for service in ("migratie", dienst):
        settings = compose["services"][service]

        assert settings["read_only"] is True
        assert settings["cap_drop"] == ["ALL"]
        assert settings["security_opt"] == ["no-new-privileges:true"]


def test_libsodium_can_be_loaded(compose: dict[str, Any], dienst: str) -> None:
    """It is written to /tmp and loaded from there; a tmpfs of a container is noexec unless it says otherwise."""
    for service in ("migratie", dienst):
        assert [tmpfs.endswith(",exec") for tmpfs in compose["services"][service]["tmpfs"]] == [True]


def test_the_database_has_no_way_out(compose: dict[str, Any]) -> None:
    assert compose["services"]["database"]["networks"] == ["intern"]
    assert compose["networks"]["intern"] == {"internal": True}
    assert "ports" not in compose["services"]["database"]


def test_a_service_is_published_on_this_host_only(compose: dict[str, Any], dienst: str) -> None:
    assert [port.rpartition(":")[0].partition(":")[0] for port in compose["services"][dienst]["ports"]] == ["127.0.0.1"]


def test_only_the_migration_has_the_password_of_the_owner(compose: dict[str, Any], dienst: str) -> None:
    service = compose["services"][dienst]

    assert "pgpass_eigenaar" not in service["secrets"]
    assert not [name for name in service["environment"] if name.endswith("MIGRATIE_URL")]


def test_the_sleutelhouder_shares_nothing_with_the_matcher(deploy: Path) -> None:
    een, ander = (yaml.safe_load((deploy / name).read_text(encoding="utf-8")) for name in _COMPOSE.values())
    files = [{secret["file"] for secret in document["secrets"].values()} for document in (een, ander)]

    assert een["name"] != ander["name"]
    assert files[0].isdisjoint(files[1])


def test_no_secret_is_in_the_environment(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for url in (value for name, value in service["environment"].items() if name.endswith("_URL")):
            assert not re.search(r"//[^@/]*:[^@/]*@", url)


def test_secrets_are_declared_and_used(compose: dict[str, Any]) -> None:
    used = {
        secret if isinstance(secret, str) else secret["source"]
        for service in compose["services"].values()
        for secret in service["secrets"]
    }

    assert used == set(compose["secrets"])


def test_a_service_waits_for_the_migration(compose: dict[str, Any], dienst: str) -> None:
    assert compose["services"][dienst]["depends_on"] == {"migratie": {"condition": "service_completed_successfully"}}


def test_compose_accepts_the_file(deploy: Path, dienst: str) -> None:
    docker = _program("docker")
    if _run(docker, "compose", "version").returncode != 0:
        pytest.skip("docker has no compose here")
    done = _run(docker, "compose", "--file", str(deploy / _COMPOSE[dienst]), "config", "--quiet")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_image_runs_as_a_user_without_rights(deploy: Path) -> None:
    text = (deploy / "Containerfile").read_text(encoding="utf-8")
    last_stage = text[text.rindex("\nFROM ") :]

    assert re.search(r"^USER (\d+):\1$", last_stage, re.MULTILINE)
    assert "RUN" not in last_stage


def test_the_image_copies_every_package(wortel: Path, deploy: Path) -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", (deploy / "Containerfile").read_text(), re.MULTILINE))
    packages = {path.parent.name for path in wortel.glob("*/py.typed")}

    assert copied == packages
    assert packages <= set(re.findall(r"^!(\w+)$", (wortel / ".dockerignore").read_text(), re.MULTILINE))


@pytest.mark.parametrize(
    "file",
    [
        *_COMPOSE.values(),
        "bare-machine.sh",
        *(f"systemd/{unit}" for unit in _UNITS),
        "../docs/operations.md",
    ],
)
def test_settings_that_a_file_names_exist(deploy: Path, file: str) -> None:
    named = set(_SETTING.findall((deploy / file).read_text(encoding="utf-8")))

    assert named
    assert named <= _SETTINGS


def test_operations_explains_every_setting(wortel: Path) -> None:
    text = (wortel / "docs/operations.md").read_text(encoding="utf-8")

    assert set(_SETTING.findall(text)) == _SETTINGS


@pytest.mark.parametrize("unit", _UNITS)
def test_systemd_accepts_a_unit(deploy: Path, tmp_path: Path, unit: str) -> None:
    analyze = _program("systemd-analyze")
    for source in (deploy / "systemd").glob("*.service"):
        text = source.read_text(encoding="utf-8")
        # The program is not installed where this is tested; a unit must name one that exists.
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={_program('true')}", text, flags=re.MULTILINE)
        (tmp_path / source.name).write_text(text, encoding="utf-8")

    done = _run(analyze, "verify", "--man=no", str(tmp_path / unit))
    complaints = [line for line in done.stderr.splitlines() if "koppelradar" in line]

    assert complaints == []


@pytest.mark.parametrize("unit", _UNITS)
def test_a_service_can_write_nowhere_and_gain_nothing(deploy: Path, unit: str) -> None:
    lines = (deploy / "systemd" / unit).read_text(encoding="utf-8").splitlines()

    assert {"ProtectSystem=strict", "ProtectHome=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet="} <= set(lines)
    assert not [line for line in lines if line.startswith(("ReadWritePaths", "StateDirectory"))]


def test_no_service_can_log_in_as_the_owner(deploy: Path) -> None:
    users = [
        re.findall(r"^User=(\S+)$", (deploy / "systemd" / unit).read_text(encoding="utf-8"), re.MULTILINE)
        for unit in _UNITS
    ]

    assert users == [
        ["koppelradar"],
        ["koppelradar_eigenaar"],
        ["koppelradar_sleutelhouder"],
        ["sleutelhouder_eigenaar"],
    ]


def test_the_script_for_secrets_refuses_a_service_that_does_not_exist(deploy: Path) -> None:
    done = _run(str(deploy / "compose-geheimen.sh"), "matscher")

    assert (done.returncode, done.stderr) == (1, "Onbekende dienst: matscher. Kies matcher of sleutelhouder.\n")


@pytest.mark.parametrize("script", _SCRIPTS)
def test_a_script_can_run_and_stops_at_the_first_error(deploy: Path, script: str) -> None:
    path = deploy / script

    assert os.access(path, os.X_OK)
    assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8")
    assert _run(_program("bash"), "-n", str(path)).returncode == 0


@pytest.mark.parametrize("script", _SCRIPTS)
def test_shellcheck_has_no_remarks(deploy: Path, script: str) -> None:
    done = _run(_program("shellcheck"), str(deploy / script))

    assert (done.returncode, done.stdout) == (0, "")


def test_the_script_explains_itself(deploy: Path) -> None:
    done = _run(str(deploy / "bare-machine.sh"), "--help")

    assert done.returncode == 0
    assert "--proef" in done.stdout


def test_the_script_refuses_an_option_it_does_not_know(deploy: Path) -> None:
    done = _run(str(deploy / "bare-machine.sh"), "--proeff")

    assert done.returncode == 1
    assert "Onbekende optie: --proeff" in done.stderr


@pytest.mark.parametrize(
    ("file", "certificates"),
    [
        ("koppelradar.conf", "/etc/koppelradar/tls"),
        ("sleutelhouder.conf", "/etc/koppelradar-sleutelhouder/tls"),
    ],
)
def test_nginx_accepts_the_configuration(deploy: Path, tmp_path: Path, file: str, certificates: str) -> None:
    nginx = _program("nginx")
    _write_certificate(tmp_path)
    text = (deploy / "nginx" / file).read_text(encoding="utf-8")
    assert certificates in text
    text = text.replace(certificates, str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / file).write_text(text, encoding="utf-8")
    main = tmp_path / "nginx.conf"
    main.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ include {tmp_path}/{file}; }}",
        encoding="utf-8",
    )

    done = _run(nginx, "-t", "-q", "-p", str(tmp_path), "-c", str(main))

    assert done.returncode == 0, done.stderr


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "koppelradar.example.nl")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "keten.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "sleutel.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
