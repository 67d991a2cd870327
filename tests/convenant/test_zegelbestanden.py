"""Files with a sealing key."""

from pathlib import Path

import pytest

from convenant.errors import SleutelbestandFout
from convenant.zegel import Kem, Zegelsleutel
from convenant.zegelbestanden import read_zegelsleutel, write_zegelsleutel


@pytest.mark.parametrize("kem", list(Kem))
def test_a_written_key_is_read_back_and_only_its_owner_can_read_it(tmp_path: Path, kem: Kem) -> None:
    sleutel = Zegelsleutel.generate(kem)
    path = tmp_path / "zegel.sleutel"
    write_zegelsleutel(path, sleutel)
    assert read_zegelsleutel(path).publiek == sleutel.publiek
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_existing_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "zegel.sleutel"
    write_zegelsleutel(path, Zegelsleutel.generate())
    before = path.read_bytes()
    with pytest.raises(SleutelbestandFout, match="bestaat al"):
        write_zegelsleutel(path, Zegelsleutel.generate())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"kem": "X25519", "geheim": "AAAA"}',
        '{"kem": "RSA", "geheim": "AAAA"}',
        '{"kem": "X25519", "geheim": 1}',
    ],
)
def test_anything_else_is_no_key_and_is_not_quoted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "zegel.sleutel"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(SleutelbestandFout, match="geen geheime zegelsleutel") as caught:
        read_zegelsleutel(path)
    assert "AAAA" not in str(caught.value)
