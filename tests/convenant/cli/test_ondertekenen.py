"""Signing from the command line, as the people who do it would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from joserfc.jwk import OctKey, OKPKey, RSAKey

from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.cli.conftest import Bureau

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")


def test_signing_a_yaml_file_makes_a_bundle_beside_it(bureau: "Bureau") -> None:
    result = bureau.sign(SCHOOL)
    assert result.exit_code == 0, result.output
    assert "Ondertekend: aanvaarden" in result.output
    assert f"{SCHOOL}  School: aanvaard" in result.output
    assert f"{VT}  Veilig Thuis (nodig): heeft nog niet getekend" in result.output
    assert bureau.words() == {VT: "geen", WIJKTEAM: "geen", SCHOOL: "aanvaard"}


def test_who_signs_next_adds_to_what_is_there(bureau: "Bureau") -> None:
    for oin in (SCHOOL, VT):
        assert bureau.sign(oin).exit_code == 0
    assert bureau.sign(WIJKTEAM, bestand=bureau.bundel).exit_code == 0
    assert set(bureau.words().values()) == {"aanvaard"}
    assert len(json.loads(bureau.bundel.read_text())["verklaringen"]) == 3


def test_rejecting_and_revoking_are_signed_the_same_way(bureau: "Bureau") -> None:
    assert bureau.sign(WIJKTEAM, "--besluit", "afwijzen").exit_code == 0
    assert bureau.sign(SCHOOL).exit_code == 0
    assert bureau.sign(SCHOOL, "--besluit", "opzeggen").exit_code == 0
    assert bureau.words() == {VT: "geen", WIJKTEAM: "afgewezen", SCHOOL: "opgezegd"}


def test_the_bundle_goes_where_it_is_asked_for(bureau: "Bureau") -> None:
    uit = bureau.folder / "anders.json"
    assert bureau.sign(SCHOOL, "--uit", uit).exit_code == 0
    assert uit.exists()
    assert not bureau.bundel.exists()
    assert sorted(path.suffix for path in bureau.folder.iterdir()) == [".json", *[".jwk"] * 4, ".yaml"]


def test_a_convenant_is_never_written_over(bureau: "Bureau") -> None:
    before = bureau.yaml.read_text()
    result = bureau.sign(SCHOOL, "--uit", bureau.yaml)
    assert result.exit_code == 1
    assert "geen bundel" in result.stderr
    assert bureau.yaml.read_text() == before


def test_an_outcome_that_cannot_be_written_is_said_in_one_sentence(bureau: "Bureau") -> None:
    result = bureau.sign(SCHOOL, "--uit", bureau.folder / "weg" / "x.json")
    assert result.exit_code == 1
    assert "kan niet worden geschreven" in result.stderr


def test_signs_with_the_key_of_that_party_only(bureau: "Bureau") -> None:
    result = bureau.run("onderteken", bureau.yaml, "--oin", SCHOOL, "--sleutel", bureau.sleutel(VT))
    assert result.exit_code == 1
    assert "niet de geregistreerde sleutel" in result.stderr
    assert not bureau.bundel.exists()


def test_refuses_an_oin_of_the_wrong_form_as_wrong_use(bureau: "Bureau") -> None:
    result = bureau.run("onderteken", bureau.yaml, "--oin", "123", "--sleutel", bureau.sleutel(VT))
    assert result.exit_code == 2
    assert "Dit is geen OIN" in result.stderr
    assert "123" not in result.stderr


_KEYS: dict[str, Callable[[], object]] = {
    "rsa": lambda: RSAKey.generate_key(2048, private=True).as_dict(private=True),
    "symmetric": lambda: OctKey.generate_key(256).as_dict(private=True),
    "public-half": lambda: OKPKey.generate_key("Ed25519").as_dict(private=False),
    "other-curve": lambda: OKPKey.generate_key("X25519").as_dict(private=True),
    "list": list,
    "empty": dict,
}


@pytest.mark.parametrize("kind", _KEYS)
def test_refuses_a_key_file_with_anything_else(bureau: "Bureau", kind: str) -> None:
    bureau.sleutel(SCHOOL).write_text(json.dumps(_KEYS[kind]()))
    result = bureau.sign(SCHOOL)
    assert result.exit_code == 2
    assert "geen geheime Ed25519-sleutel" in result.stderr


def test_refuses_a_key_file_that_is_missing_open_to_others_or_no_json(bureau: "Bureau") -> None:
    path = bureau.sleutel(SCHOOL)
    path.chmod(0o644)
    assert "chmod 600" in bureau.sign(SCHOOL).stderr
    path.chmod(0o600)
    path.write_text("geheim")
    result = bureau.sign(SCHOOL)
    assert (result.exit_code, "geheim" in result.stderr.replace("geheime", "")) == (2, False)
    path.unlink()
    assert "bestaat niet" in bureau.sign(SCHOOL).stderr


def test_a_convenant_with_faults_is_not_signed_and_the_lines_are_named(bureau: "Bureau") -> None:
    text = bureau.yaml.read_text()
    bureau.yaml.write_text(text.replace("doel:", "doell:"))
    result = bureau.sign(SCHOOL)
    assert result.exit_code == 1
    assert "test.yaml: regel" in result.stderr
    assert "Bedoelt u 'doel'?" in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b"", b'{"bundelversie":1}'])
def test_a_file_that_is_neither_is_refused_without_a_traceback(bureau: "Bureau", content: bytes) -> None:
    bureau.yaml.write_bytes(content)
    result = bureau.sign(SCHOOL)
    assert result.exit_code == 1
    assert result.stderr.startswith("Fout: ")


def test_a_bundle_that_was_tampered_with_is_not_signed_on(bureau: "Bureau") -> None:
    bureau.sign(SCHOOL)
    bureau.sign(SCHOOL, "--besluit", "opzeggen")
    bundel = json.loads(bureau.bundel.read_text())
    del bundel["verklaringen"][0]
    bureau.bundel.write_text(json.dumps(bundel))
    result = bureau.sign(VT, bestand=bureau.bundel)
    assert result.exit_code == 1
    assert "Verklaring 1: " in result.stderr


def test_joining_takes_a_request_and_an_admission(bureau: "Bureau") -> None:
    bureau.sign(VT)
    result = bureau.ask()
    assert result.exit_code == 0, result.output
    asked = bureau.report()["openToetredingen"]
    assert [request["oin"] for request in asked] == [NIEUW]
    assert f"{NIEUW}  Basisschool: {asked[0]['toetreding']}" in result.output
    result = bureau.houder("toelaten", NIEUW)
    assert result.exit_code == 0, result.output
    assert "Basisschool, sector onderwijs, rollen: signaleerder." in result.output
    assert f"dit haar aanvraag is: {asked[0]['toetreding']}" in result.output
    assert bureau.report()["openToetredingen"] == []
    assert bureau.words()[NIEUW] == "aanvaard"


def test_who_may_not_join_is_refused(bureau: "Bureau") -> None:
    bureau.sign(VT)
    result = bureau.ask(sector="justitie")
    assert result.exit_code == 1
    assert "Kijk bij 'toetreding'" in result.stderr
    assert bureau.ask(oin="geheim").exit_code == 2
    assert "geheim" not in bureau.ask(oin="geheim").output
    assert bureau.ask(sleutels=[{"kid": "x", "geheim": 1}]).exit_code == 1


def test_admitting_needs_a_request_and_a_choice_between_two(
    bureau: "Bureau", write_key_file: Callable[[Path, OKPKey], None]
) -> None:
    bureau.sign(VT)
    result = bureau.houder("toelaten", NIEUW)
    assert result.exit_code == 1
    assert "niet gevraagd" in result.stderr
    bureau.ask()
    other = OKPKey.generate_key("Ed25519")
    bureau.sleutel(NIEUW).unlink()
    write_key_file(bureau.sleutel(NIEUW), other)
    x = str(other.as_dict(private=False)["x"])
    bureau.ask(sleutels=[{"kid": str(other.thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}])
    requests = bureau.report()["openToetredingen"]
    assert len(requests) == 2
    result = bureau.houder("toelaten", NIEUW)
    assert result.exit_code == 1
    assert "--toetreding" in result.stderr
    assert bureau.houder("toelaten", NIEUW, "--toetreding", "sha256:0").exit_code == 1
    assert bureau.houder("toelaten", NIEUW, "--toetreding", requests[1]["toetreding"]).exit_code == 0
    assert bureau.words()[NIEUW] == "aanvaard"


def test_suspending_and_resuming(bureau: "Bureau") -> None:
    bureau.sign(VT)
    bureau.sign(SCHOOL)
    result = bureau.houder("schorsen", SCHOOL)
    assert result.exit_code == 0, result.output
    assert f"{SCHOOL}  School: aanvaard, geschorst" in result.output
    assert _takes_part(bureau) == {VT}
    assert bureau.houder("schorsen", SCHOOL).exit_code == 1
    assert bureau.houder("hervatten", SCHOOL).exit_code == 0
    assert _takes_part(bureau) == {VT, SCHOOL}
    assert bureau.houder("hervatten", SCHOOL).exit_code == 1


def test_only_the_convenanthouder_suspends(bureau: "Bureau") -> None:
    bureau.sign(VT)
    result = bureau.run("schorsen", bureau.bundel, "--partij", SCHOOL, "--sleutel", bureau.sleutel(WIJKTEAM))
    assert result.exit_code == 1
    assert "niet de geregistreerde sleutel" in result.stderr


def test_after_a_change_of_keys_only_the_new_one_signs(
    bureau: "Bureau", write_key_file: Callable[[Path, OKPKey], None]
) -> None:
    bureau.sign(SCHOOL)
    new = bureau.folder / "nieuw.jwk"
    write_key_file(new, OKPKey.generate_key("Ed25519"))
    keys = ("--sleutel", bureau.sleutel(SCHOOL), "--nieuwe-sleutel", new)
    result = bureau.run("wissel-sleutel", bureau.bundel, "--oin", SCHOOL, *keys)
    assert result.exit_code == 0, result.output
    assert bureau.sign(SCHOOL, "--besluit", "opzeggen").exit_code == 1
    result = bureau.run("onderteken", bureau.bundel, "--oin", SCHOOL, "--sleutel", new, "--besluit", "opzeggen")
    assert result.exit_code == 0, result.output
    assert bureau.words()[SCHOOL] == "opgezegd"


def _takes_part(bureau: "Bureau") -> set[str]:
    return {partij["oin"] for partij in bureau.report()["partijen"] if partij["doetMee"]}
