"""The folder with convenanten that a service starts with."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convenant.ondertekening import read_bundel
from convenant.web.convenanten import read_bundel_file, read_bundels
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from tests.conftest import Partijen

INSTELLING = "KOPPELRADAR_CONVENANTEN"


def read(folder: Path) -> list[str]:
    return [naam for naam, _ in read_bundels(folder, instelling=INSTELLING)]


def refused(folder: Path) -> str:
    with pytest.raises(StartFout) as caught:
        read(folder)
    return str(caught.value)


def test_every_bundle_is_read_in_the_order_of_the_names(tmp_path: Path, partijen: "Partijen") -> None:
    text = partijen.signed(partijen.text)
    for naam in ("b.bundel.json", "a.bundel.json"):
        (tmp_path / naam).write_text(text, encoding="utf-8")
    found = read_bundels(tmp_path, instelling=INSTELLING)
    assert found == [(naam, read_bundel(text, bron="test")) for naam in ("a.bundel.json", "b.bundel.json")]


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    assert read(tmp_path) == []


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    for naam in ("LEESMIJ.txt", "bundel.json", "oud.bundel.json.bak"):
        (tmp_path / naam).write_bytes(b"\xff")
    assert read(tmp_path) == []


def test_a_folder_that_is_not_there_names_the_setting(tmp_path: Path) -> None:
    assert INSTELLING in refused(tmp_path / "nergens")


def test_a_file_where_the_folder_should_be_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "nhn.bundel.json"
    path.write_text("{}", encoding="utf-8")
    assert INSTELLING in refused(path)


def test_text_that_nobody_signed_is_named_with_what_to_do(tmp_path: Path, partijen: "Partijen") -> None:
    """Left in the folder it would look as if it were in force."""
    (tmp_path / "goed.bundel.json").write_text(partijen.signed(partijen.text), encoding="utf-8")
    for naam in ("tweede.yaml", "eerste.yaml"):
        (tmp_path / naam).write_text(partijen.text, encoding="utf-8")
    told = refused(tmp_path)
    assert told.startswith("eerste.yaml, tweede.yaml in ")
    assert "koppelradar convenant onderteken" in told


def test_every_bad_file_is_named_at_once(tmp_path: Path, partijen: "Partijen") -> None:
    (tmp_path / "goed.bundel.json").write_text(partijen.signed(partijen.text), encoding="utf-8")
    (tmp_path / "geen-json.bundel.json").write_text("{", encoding="utf-8")
    (tmp_path / "iets-anders.bundel.json").write_text('{"boodschappen": []}', encoding="utf-8")
    (tmp_path / "latin.bundel.json").write_bytes("é".encode("latin-1"))
    (tmp_path / "map.bundel.json").mkdir()
    lines = refused(tmp_path).splitlines()
    assert len(lines) == 4
    for naam, line in zip(("geen-json", "iets-anders", "latin", "map"), lines, strict=True):
        assert f"{naam}.bundel.json" in line


def test_the_bytes_of_an_unreadable_file_stay_out_of_the_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.bundel.json"
    path.write_bytes("Privégegevens".encode("latin-1"))
    with pytest.raises(StartFout, match="UTF-8") as caught:
        read_bundel_file(path)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
