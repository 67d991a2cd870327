"""`convenant controleer` as people type it."""

import json
from pathlib import Path

from convenant.laden import load_convenant
from convenant.ondertekening import Bundel, dump_bundel
from tests.convenant.cli.conftest import VT, Bureau
from tests.convenant.conftest import right_document


def test_a_right_document_is_one_sentence(bureau: Bureau) -> None:
    result = bureau.run("controleer", bureau.yaml)
    assert result.exit_code == 0
    assert result.output == f"test.yaml: test-2026, versie 1, klopt. Hash: {load_convenant(bureau.yaml).hash}\n"


def test_a_bundle_is_checked_like_its_document(bureau: Bureau) -> None:
    assert bureau.sign(VT).exit_code == 0
    result = bureau.run("controleer", bureau.bundel)
    assert result.exit_code == 0
    assert load_convenant(bureau.yaml).hash in result.output


def test_everything_that_is_wrong_has_its_line_and_path(bureau: Bureau) -> None:
    text = bureau.yaml.read_text(encoding="utf-8").replace("\nversie: 1\n", "\nversie: nul\n")
    bureau.yaml.write_text(text + "extra: 1\n", encoding="utf-8")
    result = bureau.run("controleer", bureau.yaml)
    assert result.exit_code == 1
    assert "Het convenant in test.yaml klopt niet" in result.output
    assert "regel " in result.output
    assert ", extra: " in result.output


def test_one_wrong_file_among_several_is_told_apart(bureau: Bureau, tmp_path: Path) -> None:
    weg = tmp_path / "weg.yaml"
    result = bureau.run("controleer", bureau.yaml, weg)
    assert result.exit_code == 1
    assert "test.yaml: test-2026, versie 1, klopt." in result.output
    assert "weg.yaml is niet te lezen" in result.output


def test_json_says_the_same_to_programs(bureau: Bureau, tmp_path: Path) -> None:
    fout = tmp_path / "fout.yaml"
    fout.write_text("schemaversie: 1\n", encoding="utf-8")
    kapot = tmp_path / "kapot.bundel.json"
    kapot.write_text('{"bundelversie": 1}', encoding="utf-8")
    result = bureau.run("controleer", "--json", bureau.yaml, fout, kapot)
    right, wrong, broken = json.loads(result.output)
    assert result.exit_code == 1
    assert right == {
        "bestand": str(bureau.yaml),
        "klopt": True,
        "convenant": "test-2026",
        "versie": 1,
        "hash": load_convenant(bureau.yaml).hash,
    }
    assert wrong["klopt"] is False
    assert {"pad", "regel", "melding"} == set(wrong["bevindingen"][0])
    assert broken["bevindingen"][0]["pad"] == ""


def test_a_bundle_with_a_wrong_document_is_refused(bureau: Bureau) -> None:
    document = right_document() | {"versie": 0}
    bureau.bundel.write_text(dump_bundel(Bundel(document=document, verklaringen=(), slot=None)), encoding="utf-8")
    result = bureau.run("controleer", bureau.bundel)
    assert result.exit_code == 1
    assert "versie: " in result.output
