import os
from pathlib import Path

import pytest

from convenant.errors import SleutelbestandFout
from convenant.sleutelbestanden import SLEUTEL_BYTES, decode_sleutel, encode_sleutel, read_secret, write_secret

_KEY = bytes(range(SLEUTEL_BYTES))


def test_reads_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.sleutel"
    write_secret(path, encode_sleutel(_KEY) + "\n")
    assert decode_sleutel(read_secret(path), path) == _KEY
    assert path.stat().st_mode & 0o777 == 0o600


def test_never_overwrites_also_not_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elders"
    link = tmp_path / "a.sleutel"
    link.symlink_to(target)
    with pytest.raises(SleutelbestandFout, match="wordt niet overschreven"):
        write_secret(link, "x")
    assert not target.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660], ids=oct)
def test_refuses_a_file_that_others_can_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.sleutel"
    write_secret(path, encode_sleutel(_KEY))
    path.chmod(mode)
    with pytest.raises(SleutelbestandFout, match="chmod 600"):
        read_secret(path)


def test_group_rights_pass_in_the_credentials_folder_of_systemd_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sleutel"
    write_secret(path, "inhoud")
    path.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", os.fspath(tmp_path))
    assert read_secret(path) == "inhoud"
    path.chmod(0o444)
    with pytest.raises(SleutelbestandFout, match="chmod 600"):
        read_secret(path)


@pytest.mark.parametrize(
    "text",
    ["", "kort", encode_sleutel(_KEY) + "=", encode_sleutel(_KEY)[:-1] + "9", "é" * 43, encode_sleutel(bytes(32))],
    ids=["empty", "short", "padded", "not canonical", "not ascii", "zeros"],
)
def test_refuses_what_is_no_random_key_without_quoting_it(text: str) -> None:
    with pytest.raises(SleutelbestandFout) as caught:
        decode_sleutel(text, Path("a.sleutel"))
    assert not text or text not in str(caught.value)
