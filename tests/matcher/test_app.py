"""The application as a whole: what it reads when."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convenant.web.errors import StartFout
from matcher.app import create_app

if TYPE_CHECKING:
    from matcher.instellingen import Instellingen


def test_key_files_are_read_before_anything_else(instellingen: "Instellingen") -> None:
    for name in ("pepper_bestand", "sleutel_bestand", "logsleutel_bestand"):
        with pytest.raises(StartFout):
            create_app(instellingen.model_copy(update={name: Path("nergens")}))
