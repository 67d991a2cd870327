"""The application as a whole: what it reads when, and where another vault fits."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from convenant.sleutelhouder import app as application
from convenant.sleutelhouder.app import create_app
from convenant.sleutelhouder.domein.kluis import AesKluis, Plaats
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from convenant.sleutelhouder.instellingen import Instellingen
    from tests.conftest import Klok, Runner


def test_key_files_are_read_before_anything_else(instellingen: "Instellingen") -> None:
    for name in ("kluissleutel_bestand", "sleutel_bestand", "beheerders"):
        with pytest.raises(StartFout):
            create_app(instellingen.model_copy(update={name: Path("nergens")}))


async def test_a_key_management_service_takes_the_place_of_the_key_file(
    instellingen: "Instellingen", kluissleutel: bytes, klok: "Klok", running: "Runner", monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Plaats] = []
    cleaned: list[Any] = []

    class Dienst(AesKluis):
        def open(self, verzegeld: bytes, plaats: Plaats) -> bytes:
            opened.append(plaats)
            return super().open(verzegeld, plaats)

    async def cleaning(kern: Any) -> None:
        cleaned.append(kern)

    monkeypatch.setattr(application, "_clean_up", cleaning)
    without_file = instellingen.model_copy(update={"kluissleutel_bestand": Path("nergens")})
    async with running(create_app(without_file, kluis=Dienst(kluissleutel), klok=klok)):
        assert len(opened) == 3 * 12
    assert cleaned
