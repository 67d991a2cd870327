"""The command `token`, run as a supplier runs it."""

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from client_sdk.canoniek import canoniseer
from client_sdk.cli.token import token
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.persoon import Persoon
from client_sdk.sleutels import ConvenantSleutel, generate_sleutel, read_sleutel, write_sleutel
from convenant.types import ConvenantId, Epoche, Niveau

JAN = {"voornamen": "Jan", "voorvoegsel": "v.d.", "geslachtsnaam": "Dijk", "geboortedatum": "31-5-1980"}


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(token)
    return app


@pytest.fixture
def sleutelbestand(tmp_path: Path) -> Path:
    path = tmp_path / "convenant.sleutel"
    write_sleutel(path, generate_sleutel(ConvenantSleutel))
    return path


def _run(app: typer.Typer, pad: Path, stdin: str | bytes, **options: str) -> Result:
    arguments = {"convenant": "twente", "epoche": "2", "sleutelbestand": str(pad), **options}
    flat = [part for name, value in arguments.items() for part in (f"--{name}", value)]
    return CliRunner().invoke(app, flat, input=stdin)


def _lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_prints_canonical_form_keys_and_tokens(app: typer.Typer, sleutelbestand: Path) -> None:
    result = _run(app, sleutelbestand, json.dumps(JAN))
    sleutels = derive_koppelsleutels(canoniseer(Persoon(**JAN), vandaag=date(2026, 1, 1)))
    afleiding = Tokenafleiding(ConvenantId("twente"), Epoche(2), read_sleutel(sleutelbestand, ConvenantSleutel))
    assert sleutels[0] == Koppelsleutel("zeker", Niveau.ZEKER, "jan\x1fvanderdyk\x1f19800531")
    assert len(sleutels) == 10  # names too short for the slots `namen` and `voornamen-jaar`
    assert result.exit_code == 0
    assert _lines(result) == [
        {
            "regel": 1,
            "canoniek": {
                "voornamen": ["jan"],
                "eersteVoornaam": "jan",
                "roepnaam": "",
                "alleenVoorletters": False,
                "voorvoegsel": "vander",
                "naamdelen": [{"voorvoegsel": "vander", "naam": "dyk"}],
                "partnerdelen": [],
                "geboortedatum": "1980-05-31",
            },
            "sleutels": [{"code": s.code, "niveau": s.niveau.value, "invoer": s.invoer} for s in sleutels],
            "koppeltokens": [
                {
                    "code": s.code,
                    "koppeltoken": base64.urlsafe_b64encode(afleiding.koppeltoken(s.code, afleiding.mask(s)))
                    .decode()
                    .rstrip("="),
                }
                for s in sleutels
            ],
        }
    ]


def test_a_person_without_keys_has_no_tokens_and_no_error(app: typer.Typer, sleutelbestand: Path) -> None:
    result = _run(app, sleutelbestand, json.dumps({**JAN, "voornamen": "J.", "geboortedatum": "0000-00-00"}))
    assert result.exit_code == 0
    assert _lines(result)[0]["koppeltokens"] == []


@pytest.mark.parametrize(
    ("line", "veld", "melding"),
    [
        pytest.param(json.dumps({**JAN, "voornamen": "Jan 123456782"}), "voornamen", "BSN", id="bsn"),
        pytest.param(json.dumps({**JAN, "geboortedatum": "31-4-1980"}), "geboortedatum", "bestaat", id="date"),
        pytest.param(json.dumps({**JAN, "geslachtsnaam": None}), "geslachtsnaam", "tekst", id="wrong-type"),
        pytest.param(json.dumps({"voornamen": "Jan"}), "voorvoegsel", "ontbreekt", id="missing"),
        pytest.param(json.dumps({**JAN, "Querido": "x"}), None, "onbekend veld", id="unknown-field"),
        pytest.param("{Querido", None, "JSON", id="not-json"),
        pytest.param('["Querido"]', None, "JSON-object", id="not-an-object"),
        pytest.param(b'{"voornamen": "Querido\xff"}', None, "JSON", id="not-utf-8"),
    ],
)
def test_a_bad_line_gets_an_error_and_the_rest_is_done(
    app: typer.Typer, sleutelbestand: Path, line: str | bytes, veld: str | None, melding: str
) -> None:
    raw = line.encode() if isinstance(line, str) else line
    good = json.dumps(JAN).encode()
    result = _run(app, sleutelbestand, b"\n".join((good, b"", raw, good)))
    first, bad, last = _lines(result)
    assert result.exit_code == 1
    assert (first["regel"], bad["regel"], last["regel"]) == (1, 3, 4)
    assert bad["fout"]["veld"] == veld
    assert melding in bad["fout"]["melding"]
    assert "Querido" not in result.output
    assert "123456782" not in result.output
    assert first["koppeltokens"] == last["koppeltokens"] != []


@pytest.mark.parametrize(
    ("option", "value", "melding"),
    [
        ("profiel", "nl-0", "Dit profiel bestaat niet. Kies uit: nl-1."),
        ("convenant", "Twente/1", "id van het convenant"),
        ("epoche", "0", "1 of hoger"),
        ("sleutelbestand", "bestaat-niet", "bestaat niet"),
    ],
)
def test_a_bad_call_says_what_to_do_and_prints_nothing(
    app: typer.Typer, sleutelbestand: Path, option: str, value: str, melding: str
) -> None:
    result = _run(app, sleutelbestand, json.dumps(JAN), **{option: value})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert melding in result.stderr


def test_refuses_a_file_that_holds_no_key(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "tekst"
    path.write_text("geen sleutel\n", encoding="utf-8")
    path.chmod(0o600)
    result = _run(app, path, json.dumps(JAN))
    assert result.exit_code == 2
    assert "geen sleutel van 32 bytes" in result.stderr


def test_the_help_warns(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert "LET OP" in result.output
    assert "pseudoniemen" in result.output
