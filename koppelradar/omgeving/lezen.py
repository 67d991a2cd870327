"""Finding a trial environment again that was made before."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from client_sdk.configuratie import load_configuratie
from convenant.bundelbestanden import load_geldend
from convenant.types import Oin
from koppelradar.omgeving.diensten import matcher_in, sleutelhouder_in
from koppelradar.omgeving.model import CONFIGURATIE, MATCHER, Proefomgeving, convenant_path


def is_proefomgeving(folder: Path) -> bool:
    """Whether `make_proefomgeving` filled this folder."""
    return convenant_path(folder / MATCHER).is_file()


def read_proefomgeving(folder: Path, *, organisaties: Iterable[Oin]) -> Proefomgeving:
    """The environment that was made in this folder before, with its keys, registers and ports."""
    configuraties = {oin: folder / oin / CONFIGURATIE for oin in organisaties}
    url = load_configuratie(next(iter(configuraties.values()))).matcher_url
    convenant = load_geldend(convenant_path(folder / MATCHER), op=datetime.now(UTC))
    return Proefomgeving(
        convenant=convenant,
        matcher=matcher_in(folder, url),
        sleutelhouders=tuple(
            sleutelhouder_in(folder, nummer, houder.url, houder.oin)
            for nummer, houder in enumerate(convenant.sleutelhouders, start=1)
        ),
        configuraties=configuraties,
    )
