"""Merging, sealing and verifying from the command line."""

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from convenant.cli import convenant_app
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.cli.conftest import Bureau

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")


def test_bundles_that_parties_signed_apart_come_together_under_a_seal(bureau: "Bureau") -> None:
    apart = [bureau.folder / f"{oin}.bundel.json" for oin in (VT, SCHOOL)]
    for oin, uit in zip((VT, SCHOOL), apart, strict=True):
        bureau.sign(oin, "--uit", uit)
    result = bureau.run("bundel", *apart, "--uit", bureau.bundel)
    assert result.exit_code == 0, result.output
    assert "2 verklaringen in" in result.output
    assert "niet verzegeld" in result.output
    result = bureau.seal()
    assert result.exit_code == 0, result.output
    assert "niet verzegeld" not in result.output
    result = bureau.run("verifieer", bureau.bundel)
    assert result.exit_code == 0, result.output
    assert "status: geldig" in result.output
    assert f"{WIJKTEAM}  Wijkteam: heeft nog niet getekend" in result.output
    assert "hash: sha256:" in result.output


def test_verifying_fails_while_a_required_party_is_missing(bureau: "Bureau") -> None:
    bureau.sign(SCHOOL)
    assert bureau.seal().exit_code == 0
    result = bureau.run("verifieer", bureau.bundel)
    assert result.exit_code == 1
    assert "voorgesteld" in result.stdout
    assert "geldt nu niet" in result.stderr


def test_verifying_fails_without_a_seal_and_still_shows_who_signed(bureau: "Bureau") -> None:
    bureau.sign(VT)
    result = bureau.run("verifieer", bureau.bundel)
    assert result.exit_code == 1
    assert f"{VT}  Veilig Thuis (nodig): aanvaard" in result.stdout
    assert "niet verzegeld" in result.stderr


def test_a_sealed_bundle_from_which_an_opzegging_is_gone_is_refused(bureau: "Bureau") -> None:
    bureau.sign(VT)
    bureau.sign(SCHOOL)
    accepted = json.loads(bureau.bundel.read_text())["verklaringen"]
    bureau.sign(SCHOOL, "--besluit", "opzeggen")
    bureau.seal()
    sealed = json.loads(bureau.bundel.read_text())
    bureau.bundel.write_text(json.dumps({**sealed, "verklaringen": accepted}))
    result = bureau.run("verifieer", bureau.bundel)
    assert result.exit_code == 1
    assert "er ontbreekt iets" in result.stderr
    assert result.stdout == ""


def test_a_new_statement_takes_the_seal_off(bureau: "Bureau") -> None:
    bureau.sign(VT)
    bureau.seal()
    assert bureau.report()["verzegeld"]
    bureau.sign(SCHOOL)
    assert not bureau.report()["verzegeld"]


def test_only_the_convenanthouder_seals(bureau: "Bureau") -> None:
    bureau.sign(VT)
    before = bureau.bundel.read_text()
    result = bureau.run("bundel", bureau.bundel, "--uit", bureau.bundel, "--sleutel", bureau.sleutel(SCHOOL))
    assert result.exit_code == 1
    assert "Alleen de convenanthouder verzegelt" in result.stderr
    assert bureau.bundel.read_text() == before


def test_bundles_of_two_texts_do_not_merge(bureau: "Bureau") -> None:
    bureau.sign(VT)
    other = bureau.folder / "ander.yaml"
    other.write_text(bureau.yaml.read_text().replace("Testconvenant", "Ander convenant"))
    bureau.sign(VT, bestand=other)
    bundels = (bureau.bundel, bureau.folder / "ander.bundel.json")
    result = bureau.run("bundel", *bundels, "--uit", bureau.folder / "samen.json")
    assert result.exit_code == 1
    assert "verschillende teksten" in result.stderr
    assert not (bureau.folder / "samen.json").exists()


def test_verifying_wants_a_bundle(bureau: "Bureau") -> None:
    for path in (bureau.yaml, bureau.folder / "weg.json", bureau.folder):
        result = bureau.run("verifieer", path)
        assert result.exit_code == 1
        assert result.stderr.startswith("Fout: ")


def test_json_says_the_same_for_other_programs(bureau: "Bureau") -> None:
    bureau.sign(VT)
    bureau.seal()
    report = bureau.report()
    assert (report["convenant"], report["versie"], report["status"]) == ("test-2026", 1, "geldig")
    assert report["partijen"][0] == {
        "oin": VT,
        "naam": "Veilig Thuis",
        "vereist": True,
        "woord": "aanvaard",
        "geschorst": False,
        "doetMee": True,
    }


def test_every_command_has_a_dutch_explanation() -> None:
    for command in convenant_app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__
        result = CliRunner().invoke(convenant_app, [str(command.name), "--help"])
        assert result.exit_code == 0
