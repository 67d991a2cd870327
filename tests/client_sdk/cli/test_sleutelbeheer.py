"""Making keys, handing out K and receiving it, as the people who do it would."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from client_sdk.cli.sleutelbeheer import hand_out, make, receive
from client_sdk.sleutels import ConvenantSleutel, read_ondertekensleutel, read_sleutel
from convenant.invullen import with_sleutelbewaarder_key, with_zegelsleutels
from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Oin
from convenant.voorbeelden import example_text
from convenant.zegelbestanden import read_zegelsleutel

SCHOOL = Oin("00000099000000061000")
GGZ = Oin("00000099000000041000")

_FINGERPRINT = re.compile(r"[Vv]ingerafdruk[^:]*: ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})\.")

app = typer.Typer()
app.command("maak")(make)
app.command("deel-uit")(hand_out)
app.command("open")(receive)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@dataclass(frozen=True)
class Huis:
    folder: Path

    def configuratie(self, oin: Oin) -> Path:
        return self.folder / oin / "koppelradar.toml"

    def zegelsleutel(self, oin: Oin) -> Path:
        return self.folder / oin / "zegel.sleutel"

    def bericht(self, oin: Oin) -> Path:
        return self.folder / "uit" / f"nhn-2026-1-{oin}.sleutelbericht.json"

    def hand_out(self, *more: str) -> Result:
        signing = self.folder / "bewaarder" / "ondertekensleutel.jwk"
        files = ("--sleutel", self.folder / "k.sleutel", "--uit", self.folder / "uit", "--ondertekensleutel", signing)
        return run("deel-uit", "--convenant", self.folder / "convenant.yaml", "--epoche", "1", *files, *more)

    def receive(self, bericht: Path, als: Oin, naar: str = "k.sleutel") -> Result:
        paths = ("--zegelsleutel", self.zegelsleutel(als), "--configuratie", self.configuratie(als))
        return run("open", bericht, "--naar", self.folder / als / naar, *paths)


def _toml(oin: Oin) -> str:
    return (
        f'[organisatie]\noin = "{oin}"\nondertekensleutel = "o.jwk"\norganisatiesleutel = "o.sleutel"\n'
        '[matcher]\nurl = "http://127.0.0.1:1"\n[convenant]\nbestand = "../convenant.yaml"\nsleutel = "k.sleutel"\n'
        '[register]\nbestand = "r.db"\nsleutel = "r.sleutel"\n'
    )


@pytest.fixture
def huis(tmp_path: Path) -> Huis:
    for naam in (SCHOOL, GGZ, "bewaarder"):
        assert run("maak", tmp_path / naam).exit_code == 0
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    publiek = {oin: read_zegelsleutel(tmp_path / oin / "zegel.sleutel").publiek for oin in (SCHOOL, GGZ)}
    bewaarder = read_ondertekensleutel(tmp_path / "bewaarder" / "ondertekensleutel.jwk").public_jwk()
    text = dump_yaml(with_sleutelbewaarder_key(with_zegelsleutels(document, publiek), bewaarder))
    (tmp_path / "convenant.yaml").write_text(text, encoding="utf-8")
    for oin in (SCHOOL, GGZ):
        (tmp_path / oin / "koppelradar.toml").write_text(_toml(oin), encoding="utf-8")
    return Huis(tmp_path)


def test_what_is_shown_of_new_keys_is_their_public_half(tmp_path: Path) -> None:
    result = run("maak", tmp_path / "nieuw")
    ondertekensleutel = read_ondertekensleutel(tmp_path / "nieuw" / "ondertekensleutel.jwk")
    assert ondertekensleutel.public_jwk()["x"] in result.output
    assert ondertekensleutel.private_jwk()["d"] not in result.output
    assert json.loads((tmp_path / "nieuw" / "zegel.sleutel").read_text())["geheim"] not in result.output


def test_existing_keys_are_never_overwritten(huis: Huis) -> None:
    before = huis.zegelsleutel(SCHOOL).read_bytes()
    result = run("maak", huis.folder / SCHOOL)
    assert result.exit_code == 2
    assert "bestaat al" in result.output
    assert huis.zegelsleutel(SCHOOL).read_bytes() == before


def test_two_parties_end_up_with_one_key_and_see_one_fingerprint(huis: Huis) -> None:
    handed_out = huis.hand_out()
    assert handed_out.exit_code == 0, handed_out.output
    assert "23 sleutelberichten" in handed_out.output
    received = [huis.receive(huis.bericht(oin), oin) for oin in (SCHOOL, GGZ)]
    assert [result.exit_code for result in received] == [0, 0]
    keys = [read_sleutel(huis.folder / oin / "k.sleutel", ConvenantSleutel) for oin in (SCHOOL, GGZ)]
    assert keys[0].reveal() == keys[1].reveal()
    shown = [_FINGERPRINT.search(result.output) for result in (handed_out, *received)]
    assert len({found and found[1] for found in shown} - {None}) == 1
    assert None not in shown


def test_a_party_that_joins_later_gets_the_same_key(huis: Huis) -> None:
    huis.hand_out("--aan", SCHOOL)
    assert not huis.bericht(GGZ).exists()
    huis.hand_out("--aan", GGZ)
    for oin in (SCHOOL, GGZ):
        assert huis.receive(huis.bericht(oin), oin).exit_code == 0
    assert len({(huis.folder / oin / "k.sleutel").read_text() for oin in (SCHOOL, GGZ)}) == 1


def test_the_message_of_another_party_does_not_open(huis: Huis) -> None:
    huis.hand_out()
    result = huis.receive(huis.bericht(GGZ), SCHOOL)
    assert result.exit_code == 2
    assert "andere organisatie" in result.output
    assert not (huis.folder / SCHOOL / "k.sleutel").exists()


@pytest.mark.parametrize("content", ["", "geen json", '{"versie": 1}'])
def test_anything_else_is_refused_in_one_sentence(huis: Huis, content: str) -> None:
    path = huis.folder / "x.json"
    path.write_text(content, encoding="utf-8")
    result = huis.receive(path, SCHOOL)
    assert result.exit_code == 2
    assert "geen sleutelbericht" in result.output


def test_somebody_else_cannot_hand_out(huis: Huis) -> None:
    (huis.folder / "bewaarder" / "ondertekensleutel.jwk").unlink()
    run("maak", huis.folder / "ander")
    (huis.folder / "ander" / "ondertekensleutel.jwk").rename(huis.folder / "bewaarder" / "ondertekensleutel.jwk")
    result = huis.hand_out()
    assert result.exit_code == 2
    assert "ondertekensleutel" in result.output
    assert not (huis.folder / "uit").exists()


def test_an_epoch_that_the_convenant_does_not_have_is_refused(huis: Huis) -> None:
    result = huis.hand_out("--epoche", "9")
    assert result.exit_code == 2
    assert "epoche" in result.output
